//! What a time in a playbook means: in words, and as data.

use std::fmt::Write as _;

use fortnight_engine::calendar::{
    ClockChange, CycleDay, Deadline, Led, Shift, Unit, show_day, show_day_with_year, show_time,
};
use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::Serialize;

use super::table::{Column, Table};
use super::words::count;
use super::{COLUMNS, width};

/// One occurrence.
pub(crate) struct Found {
    /// When it is.
    pub(crate) at: Zoned,
    /// The time as the schedule names it.
    pub(crate) civil: DateTime,
    /// What a change of clocks did to it.
    pub(crate) shift: Shift,
}

/// What kind of time it is.
pub(crate) enum Kind {
    /// It comes round.
    Schedule {
        /// In words.
        means: String,
        /// Real hours are followed, whatever the clocks show.
        real_hours: bool,
        /// The calendar ends before as many were found as were asked for.
        ends: bool,
    },
    /// So long.
    Length {
        /// The length.
        length: Deadline,
        /// Where it leads.
        led: Led,
        /// It was counted from a moment, in real time.
        timed: bool,
    },
    /// A day of the cycle.
    CycleDay(CycleDay),
}

/// Everything there is to say.
pub(crate) struct Answer {
    /// What kind of time.
    pub(crate) kind: Kind,
    /// The name of the zone.
    pub(crate) zone: String,
    /// From when on.
    pub(crate) from: Zoned,
    /// Only a day was named.
    pub(crate) whole_day: bool,
    /// A word about `--from`.
    pub(crate) note: Option<String>,
    /// What was found, in order.
    pub(crate) occurrences: Vec<Found>,
    /// What a day off closes, with its name.
    pub(crate) closed: Vec<(Found, Option<String>)>,
    /// The changes of clocks among them.
    pub(crate) changes: Vec<ClockChange>,
}

/// `playbook when --json`, version 1.
#[derive(Serialize)]
pub(crate) struct WhenData {
    version: u32,
    text: String,
    /// `schedule`, `length` or `cycle_day`.
    kind: &'static str,
    means: String,
    zone: String,
    from: String,
    /// RFC 9557.
    occurrences: Vec<String>,
    /// The same with what the clocks did.
    details: Vec<DetailData>,
    closed: Vec<ClosedData>,
    /// For a length: the last day of a deadline, which does not roll.
    limit: Option<String>,
    clock_changes: Vec<ChangeData>,
    note: Option<String>,
}

/// One occurrence.
#[derive(Serialize)]
struct DetailData {
    at: String,
    /// As the schedule names it; the clocks may skip it.
    civil: String,
    /// `usual`, `skipped`, `first_of_two` or `second_of_two`.
    clocks: &'static str,
    words: Option<String>,
}

/// One occurrence on a day off.
#[derive(Serialize)]
struct ClosedData {
    at: String,
    day_off: Option<String>,
}

/// A change of clocks.
#[derive(Serialize)]
struct ChangeData {
    at: String,
    before: String,
    after: String,
    minutes: i64,
    words: String,
}

/// So many changes of clocks are told one by one.
const MOST_CHANGES: usize = 4;

impl Answer {
    /// As data.
    pub(crate) fn data(&self, text: &str) -> WhenData {
        let (kind, limit) = match &self.kind {
            Kind::Schedule { .. } => ("schedule", None),
            Kind::Length { led, .. } => ("length", Some(led.limit.to_string())),
            Kind::CycleDay(_) => ("cycle_day", None),
        };
        WhenData {
            version: 1,
            text: text.to_owned(),
            kind,
            means: self.means(),
            zone: self.zone.clone(),
            from: self.from.to_string(),
            occurrences: self.occurrences.iter().map(|found| found.at.to_string()).collect(),
            details: self
                .occurrences
                .iter()
                .map(|found| DetailData {
                    at: found.at.to_string(),
                    civil: found.civil.strftime("%Y-%m-%dT%H:%M").to_string(),
                    clocks: match found.shift {
                        Shift::Usual => "usual",
                        Shift::Skipped { .. } => "skipped",
                        Shift::FirstOfTwo => "first_of_two",
                        Shift::SecondOfTwo => "second_of_two",
                    },
                    words: remark(found),
                })
                .collect(),
            closed: self
                .closed
                .iter()
                .map(|(found, label)| ClosedData {
                    at: found.at.to_string(),
                    day_off: label.clone(),
                })
                .collect(),
            limit,
            clock_changes: self
                .changes
                .iter()
                .map(|change| ChangeData {
                    at: change.instant.to_zoned(self.from.time_zone().clone()).to_string(),
                    before: offset(change.before),
                    after: offset(change.after),
                    minutes: change.by().as_mins(),
                    words: told(change),
                })
                .collect(),
            note: self.note.clone(),
        }
    }

    /// As people read it.
    pub(crate) fn page(&self) -> String {
        let day = show_day_with_year(self.from.date());
        let from =
            if self.whole_day { day } else { format!("{day} {}", show_time(self.from.time())) };
        let mut text = String::new();
        for line in width::wrap(&format!("{} · {} · from {from}", self.means(), self.zone), COLUMNS)
        {
            let _ = writeln!(text, "{line}");
        }
        if let Some(note) = &self.note {
            let _ = writeln!(text, "{}", width::wrap(note, COLUMNS).join("\n"));
        }
        text.push('\n');
        match &self.kind {
            Kind::Schedule { ends, real_hours, .. } => self.schedule(*ends, *real_hours, &mut text),
            Kind::Length { length, led, timed } => self.length(length, *led, *timed, &mut text),
            Kind::CycleDay(_) => {
                for found in &self.occurrences {
                    let _ = writeln!(text, "  {}", show_day_with_year(found.at.date()));
                }
            }
        }
        text
    }

    fn means(&self) -> String {
        match &self.kind {
            Kind::Schedule { means, .. } => means.clone(),
            Kind::Length { length, .. } => match &length.of {
                Some(step) => format!("{} after `{step}` was done", length.within),
                None => format!("{} later", length.within),
            },
            Kind::CycleDay(day) => format!("{day} of a cycle"),
        }
    }

    fn schedule(&self, ends: bool, real_hours: bool, text: &mut String) {
        let mut table = Table::new(vec![Column::WORDS, Column::WORDS, Column::WORDS]).indent(2);
        for found in &self.occurrences {
            let moment =
                format!("{} {}", show_day_with_year(found.at.date()), show_time(found.at.time()));
            table.row([moment, offset(found.at.offset()), remark(found).unwrap_or_default()]);
        }
        text.push_str(&table.to_text(COLUMNS));
        if ends {
            text.push_str(if self.occurrences.is_empty() {
                "  It does not come round any more: the calendar ends with the year 9999.\n"
            } else {
                "  The calendar ends here, with the year 9999.\n"
            });
        }
        if !self.closed.is_empty() {
            let _ = writeln!(
                text,
                "\nClosed, on days off: {}",
                count(self.closed.len(), "occurrence", "occurrences")
            );
            for (found, label) in self.closed.iter().take(MOST_CHANGES) {
                let label = label.as_ref().map(|label| format!("  {label}")).unwrap_or_default();
                let _ = writeln!(text, "  {}{label}", show_day_with_year(found.at.date()));
            }
            if self.closed.len() > MOST_CHANGES {
                let _ = writeln!(text, "  … {} more", self.closed.len() - MOST_CHANGES);
            }
        }
        if !self.changes.is_empty() {
            text.push('\n');
        }
        for change in self.changes.iter().take(MOST_CHANGES) {
            let _ = writeln!(text, "{}", width::wrap(&told(change), COLUMNS).join("\n"));
        }
        if self.changes.len() > MOST_CHANGES {
            let more = self.changes.len() - MOST_CHANGES;
            let _ = writeln!(text, "… and {}", count(more, "more change", "more changes"));
        }
        if self.changes.is_empty() {
            return;
        }
        let touched = |found: &Found| !matches!(found.shift, Shift::Usual);
        if real_hours {
            text.push_str(
                "Real hours are followed: those skipped are left out, doubled ones come twice.\n",
            );
        } else if !self.occurrences.iter().any(touched) && !self.changes.iter().any(skips_a_day) {
            text.push_str("No occurrence above is skipped or doubled; all keep their time.\n");
        }
    }

    fn length(&self, length: &Deadline, led: Led, timed: bool, text: &mut String) {
        let day = |date| show_day_with_year(date);
        let small = matches!(length.within.unit, Unit::Minutes | Unit::Hours);
        if timed && let Some(found) = self.occurrences.first() {
            let moment = format!("{} {}", day(found.at.date()), show_time(found.at.time()));
            let _ = writeln!(text, "  {moment} {}", offset(found.at.offset()));
            text.push_str(
                "  In a playbook whole days count: a limit of less than a day is the same day.\n",
            );
            for change in &self.changes {
                let _ = writeln!(text, "  {}", told(change));
            }
            return;
        }
        let mut table =
            Table::new(vec![Column::WORDS, Column::WORDS, Column::yielding(20)]).indent(2);
        let rolled = if led.due == led.limit {
            String::new()
        } else {
            format!("{} is no workday", show_day(led.limit))
        };
        table.row(["as `after`".into(), day(led.due), rolled]);
        let still = if led.due == led.limit { "" } else { "a limit does not roll" };
        table.row(["as `within`".into(), day(led.limit), still.into()]);
        text.push_str(&table.to_text(COLUMNS));
        if small {
            text.push_str("  Whole days count: less than a day is the same day.\n");
        }
    }
}

/// `Clocks go forward by an hour on Sun 29 Mar 2026 at 02:00, from +01:00 to +02:00.`
fn told(change: &ClockChange) -> String {
    let minutes = change.by().as_mins();
    let wall = change.before.to_datetime(change.instant);
    let way = if minutes > 0 { "forward" } else { "back" };
    let lost = if skips_a_day(change) {
        "; that day does not exist there, and its times fall on the next"
    } else {
        ""
    };
    format!(
        "Clocks go {way} by {} on {} at {}, from {} to {}{lost}.",
        length(minutes.unsigned_abs()),
        show_day_with_year(wall.date()),
        show_time(wall.time()),
        offset(change.before),
        offset(change.after),
    )
}

/// The change leaves a whole day out, as Apia's did in 2011.
fn skips_a_day(change: &ClockChange) -> bool {
    change.by().as_hours() >= 24
}

/// What a change of clocks did to an occurrence.
fn remark(found: &Found) -> Option<String> {
    let named = show_time(found.civil.time());
    match found.shift {
        Shift::Usual => None,
        Shift::Skipped { by } => Some(format!(
            "the clocks skip {named}; it comes {} later",
            length(by.as_mins().unsigned_abs())
        )),
        Shift::FirstOfTwo => Some(format!("{named} happens twice; this is the first")),
        Shift::SecondOfTwo => Some(format!("{named} happens twice; this is the second")),
    }
}

/// `an hour`, `30 minutes`, `2 hours`, `a day`.
fn length(minutes: u64) -> String {
    match minutes {
        60 => "an hour".to_owned(),
        1440 => "a day".to_owned(),
        minutes if minutes % 60 == 0 => format!("{} hours", minutes / 60),
        minutes => format!("{minutes} minutes"),
    }
}

/// `+02:00`; with seconds where a historical offset has them.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.unsigned_abs();
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    if rest == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{rest:02}")
    }
}
