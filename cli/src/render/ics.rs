//! A diary as an iCalendar file (RFC 5545): CRLF, lines of at most 75 octets, texts escaped (R21).
//!
//! Knows the format. It must not know why something is on a day. Moments are written in UTC: the
//! same moment for every reader (R16), without a copy of the zone's rules in the file.

use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::plan::{DiaryEntry, DiaryKind, DiaryState, DiaryTime, PlanId};
use fortnight_engine::words::Words;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What tasks become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// VTODO.
    Tasks,
    /// VEVENT of a whole day.
    Events,
}

/// What holds for the whole file.
#[derive(Clone, Debug)]
pub struct Frame<'f> {
    /// What the calendar is called.
    pub title: &'f str,
    /// The plan.
    pub plan: PlanId,
    /// What tells this plan from others of the same number.
    pub seed: u64,
    /// The number that rises.
    pub revision: u64,
    /// When the newest fact was recorded: the clock of whoever writes the file is in nothing.
    pub stamp: Timestamp,
    /// The plan's zone.
    pub zone: &'f TimeZone,
    /// What tasks become.
    pub form: Form,
    /// How many minutes before talks and habits to ring.
    pub alarm: Option<u32>,
}

/// The longest line, in octets, without its end (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// What lasts as long as nobody said, in minutes.
const UNSAID_LENGTH: u32 = 30;

/// The whole file.
pub fn calendar(frame: &Frame<'_>, entries: &[DiaryEntry]) -> String {
    let mut ics = Ics::default();
    ics.line("BEGIN", "VCALENDAR");
    ics.line("VERSION", "2.0");
    ics.line("PRODID", "-//Fortnight//Fortnight//EN");
    ics.line("CALSCALE", "GREGORIAN");
    ics.line("METHOD", "PUBLISH");
    ics.text("X-WR-CALNAME", frame.title);
    ics.line("X-WR-TIMEZONE", frame.zone.iana_name().unwrap_or("UTC"));
    ics.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    ics.line("X-PUBLISHED-TTL", "PT1H");
    for entry in entries {
        match (entry.when, frame.form) {
            (DiaryTime::Moment(start), _) => event_at(&mut ics, frame, entry, start),
            (DiaryTime::Day(day), Form::Events) => event_of(&mut ics, frame, entry, day),
            (DiaryTime::Day(day), Form::Tasks) if entry.kind == DiaryKind::Talk => {
                event_of(&mut ics, frame, entry, day);
            }
            (DiaryTime::Day(day), Form::Tasks) => task(&mut ics, frame, entry, day),
        }
    }
    ics.line("END", "VCALENDAR");
    ics.text
}

/// A talk or a habit: from a moment on, as long as it takes.
fn event_at(ics: &mut Ics, frame: &Frame<'_>, entry: &DiaryEntry, start: Timestamp) {
    let minutes = entry.minutes.filter(|minutes| *minutes > 0).unwrap_or(UNSAID_LENGTH);
    let length = SignedDuration::from_mins(i64::from(minutes));
    let end = start.checked_add(length).unwrap_or(Timestamp::MAX);
    ics.line("BEGIN", "VEVENT");
    head(ics, frame, entry);
    ics.line("DTSTART", &utc(start));
    ics.line("DTEND", &utc(end));
    ics.line("STATUS", event_status(entry.state));
    let held = matches!(entry.state, DiaryState::Done(_) | DiaryState::Off);
    if let Some(before) = frame.alarm.filter(|_| !held) {
        ics.line("BEGIN", "VALARM");
        ics.line("ACTION", "DISPLAY");
        ics.text("DESCRIPTION", &summary(entry));
        ics.line("TRIGGER", &format!("-PT{before}M"));
        ics.line("END", "VALARM");
    }
    ics.line("END", "VEVENT");
}

/// Something of a whole day, as an event that blocks no time.
fn event_of(ics: &mut Ics, frame: &Frame<'_>, entry: &DiaryEntry, day: Date) {
    ics.line("BEGIN", "VEVENT");
    let title = summary(entry);
    // An event has no word for done.
    let done = matches!(entry.state, DiaryState::Done(_));
    head_with(ics, frame, entry, &if done { format!("✓ {title}") } else { title });
    ics.line("DTSTART;VALUE=DATE", &date(day));
    ics.line("DTEND;VALUE=DATE", &date(day.tomorrow().unwrap_or(day)));
    ics.line("STATUS", event_status(entry.state));
    ics.line("TRANSP", "TRANSPARENT");
    ics.line("END", "VEVENT");
}

/// Something to do, with the day on which it is to be done at the latest. DUE is later than DTSTART
/// where both are given (RFC 5545, 3.8.2.3), so a task for one day has only DUE.
fn task(ics: &mut Ics, frame: &Frame<'_>, entry: &DiaryEntry, day: Date) {
    let due = entry.limit.map_or(day, |limit| limit.max(day));
    ics.line("BEGIN", "VTODO");
    head(ics, frame, entry);
    if day < due {
        ics.line("DTSTART;VALUE=DATE", &date(day));
    }
    ics.line("DUE;VALUE=DATE", &date(due));
    match entry.state {
        DiaryState::Open | DiaryState::Planned => ics.line("STATUS", "NEEDS-ACTION"),
        DiaryState::Done(on) => {
            // People say the day and no hour; noon is on that day nearly everywhere.
            let noon = on.to_datetime(time(12, 0, 0, 0));
            let (instant, _) = fortnight_engine::calendar::resolve(frame.zone, noon);
            ics.line("STATUS", "COMPLETED");
            ics.line("COMPLETED", &utc(instant));
            ics.line("PERCENT-COMPLETE", "100");
        }
        DiaryState::Off => ics.line("STATUS", "CANCELLED"),
    }
    ics.line("END", "VTODO");
}

/// What every entry begins with.
fn head(ics: &mut Ics, frame: &Frame<'_>, entry: &DiaryEntry) {
    head_with(ics, frame, entry, &summary(entry));
}

fn head_with(ics: &mut Ics, frame: &Frame<'_>, entry: &DiaryEntry, summary: &str) {
    ics.line("UID", &uid(frame, entry));
    ics.line("DTSTAMP", &utc(frame.stamp));
    ics.line("SEQUENCE", &frame.revision.min(2_147_483_647).to_string());
    ics.text("SUMMARY", summary);
    ics.text("DESCRIPTION", &description(entry));
    ics.line("CATEGORIES", "Fortnight");
}

/// The name of an entry for ever: the plan's seed, and the task. No name of a person is in it.
fn uid(frame: &Frame<'_>, entry: &DiaryEntry) -> String {
    let task: String = entry
        .key
        .to_string()
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() || sign == '-' { sign } else { '.' })
        .collect();
    format!("{task}.{}.{:016x}@fortnight", frame.plan.0, frame.seed)
}

/// `Follow up once: Ana Silva`.
fn summary(entry: &DiaryEntry) -> String {
    match &entry.entry {
        Some((_, name)) => format!("{}: {}", entry.title, name.raw().trim()),
        None => entry.title.clone(),
    }
}

fn description(entry: &DiaryEntry) -> String {
    let mut lines = Vec::new();
    match entry.state {
        DiaryState::Planned => {
            lines.push("Planned: if everything before it is done on its day.".to_owned());
        }
        DiaryState::Done(on) => lines.push(format!("Done on {}.", show_day_with_year(on))),
        DiaryState::Off => lines.push("It will not take place any more.".to_owned()),
        DiaryState::Open => {}
    }
    if let Some(limit) = entry.limit {
        lines.push(format!("Limit: {}.", show_day(limit)));
    }
    if let Some(minutes) = entry.minutes {
        lines.push(format!("About {minutes} min."));
    }
    lines.push(format!("fortnight show {}", entry.key.short()));
    lines.join("\n")
}

fn event_status(state: DiaryState) -> &'static str {
    match state {
        DiaryState::Open | DiaryState::Done(_) => "CONFIRMED",
        DiaryState::Planned => "TENTATIVE",
        DiaryState::Off => "CANCELLED",
    }
}

/// `20260312T140000Z`
fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// `20260312`
fn date(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Lines, folded and ended as the format wants it.
#[derive(Default)]
struct Ics {
    text: String,
}

impl Ics {
    /// A property whose value is safe as it is.
    fn line(&mut self, name: &str, value: &str) {
        let mut taken = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if taken + letter.len_utf8() > LONGEST_LINE {
                self.text.push_str("\r\n ");
                taken = 1;
            }
            self.text.push(letter);
            taken += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// A property whose value is text, whoever wrote it.
    fn text(&mut self, name: &str, value: &str) {
        self.line(name, &Words::new(value).ical());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Ics;

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    proptest! {
        #[test]
        fn any_text_is_one_property_of_short_lines(value in "\\PC{0,300}|[\\r\\n\\t,;\\\\:a]{0,200}") {
            let mut ics = Ics::default();
            ics.text("SUMMARY", &value);
            let lines: Vec<&str> = ics.text.split("\r\n").collect();
            prop_assert_eq!(lines.last(), Some(&""));
            for line in &lines {
                prop_assert!(line.len() <= 75, "{}", line);
                prop_assert!(!line.contains(['\r', '\n']), "{:?}", line);
            }
            prop_assert_eq!(unfolded(&ics.text).matches("\r\n").count(), 1);
        }
    }

    #[test]
    fn lines_are_folded_between_characters() {
        let mut ics = Ics::default();
        ics.line("SUMMARY", &"ü".repeat(60));
        assert_eq!(ics.text.lines().next().map(str::len), Some(74));
        assert_eq!(unfolded(&ics.text), format!("SUMMARY:{}\r\n", "ü".repeat(60)));
    }
}
