//! A time as an author writes it anywhere in a playbook, and what it leads to.
//!
//! Knows the forms: a schedule, a length of time, a day of the cycle. It must not know the step it
//! stands in: whether a length is an `after` or a `within` is for the caller to say.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::reading::{self, quote};
use super::{CycleDay, DaySet, Deadline, Occurrence, Schedule, WorkCalendar, resolve};
use crate::source::Flaw;

/// A time of a playbook: `Mon and Wed at 09:00`, `5 workdays`, `7 days of send-intro`, `day 14`.
///
/// ```
/// use fortnight_engine::calendar::{Timing, WorkCalendar};
/// use jiff::civil::date;
/// let Timing::Length(length) = Timing::parse("9 days")? else { panic!("a length") };
/// let led = length.from_day(date(2026, 3, 6), &WorkCalendar::default());
/// assert_eq!(led.limit, date(2026, 3, 15)); // a Sunday; limits do not roll (D4)
/// assert_eq!(led.due, date(2026, 3, 16));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Timing {
    /// It comes round: for `every`.
    Schedule(Schedule),
    /// So long: for `after` and `within`.
    Length(Deadline),
    /// A day of the cycle: for `at`.
    CycleDay(CycleDay),
}

/// Where a length of time leads from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Led {
    /// The day a task with this `after` is due: it rolls to a workday (D4).
    pub due: Date,
    /// The last day of a deadline with this `within`: it does not roll.
    pub limit: Date,
}

impl Timing {
    /// Reads whichever form it is.
    ///
    /// # Errors
    ///
    /// The flaw of the form that was meant, at its place; for a pace, that it is no time.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let words = reading::words(text);
        let Some(first) = words.first() else {
            return Err(Flaw::new(reading::trimmed(text), "a time is missing here").help(
                "write it as `Mon and Wed at 09:00`, `0 9 * * MON,WED`, `5 workdays` or `day 14`",
            ));
        };
        let lower = first.lower();
        let names_at = words.iter().any(|word| word.lower() == "at");
        if lower == "day" && !names_at {
            return CycleDay::parse(text).map(Self::CycleDay);
        }
        let number = lower.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit());
        if !number {
            return Schedule::parse(text).map(Self::Schedule);
        }
        if let Some(per) = words.iter().find(|word| word.lower() == "per") {
            let hull = first.range.start..words.last().map_or(per.range.end, |last| last.range.end);
            return Err(Flaw::new(hull, "this is a pace: how many, and not when")
                .help("write `5 workdays`, or a schedule such as `workdays at 08:30`"));
        }
        let unit = words.get(1).is_some_and(|word| word.text.starts_with(char::is_alphabetic));
        let glued = words.len() == 1 && !lower.contains([':', '*', '/', ',']);
        let negative = lower.starts_with(['+', '-']);
        let fields = words.len() == 5 && words.iter().skip(2).any(|word| word.text == "*");
        let clock = lower.contains(':');
        if ((unit && !clock) || glued || negative) && !fields {
            Deadline::parse(text).map(Self::Length)
        } else {
            Schedule::parse(text).map(Self::Schedule)
        }
    }
}

impl Deadline {
    /// The days this length leads to from `day` (D3, D4).
    pub fn from_day(&self, day: Date, work: &WorkCalendar) -> Led {
        let due = work.roll_due(day, self.within, None);
        Led { due, limit: work.add(day, self.within) }
    }

    /// The moment this length leads to, where it counts minutes or hours: real time passes, also
    /// over a change of clocks. None for days.
    pub fn from_moment(&self, moment: Timestamp) -> Option<Timestamp> {
        let minutes = self.within.minutes()?;
        moment.checked_add(jiff::SignedDuration::from_mins(i64::from(minutes))).ok()
    }
}

/// An occurrence that a day off closes (D7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    /// The occurrence.
    pub occurrence: Occurrence,
    /// What the day off is called: words of people.
    pub label: Option<String>,
}

/// The next occurrences of a schedule, those on days off apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coming {
    /// Those that count.
    pub open: Vec<Occurrence>,
    /// Those in between that a day off closes.
    pub shut: Vec<Shut>,
}

/// Days off close no more occurrences than this before the search ends.
const MOST_SHUT: usize = 10_000;

impl Schedule {
    /// The first `count` occurrences at `from` or later that do not fall on a day off.
    ///
    /// A schedule that ends with the calendar gives fewer.
    pub fn coming(
        &self,
        zone: &TimeZone,
        work: &WorkCalendar,
        off: &DaySet,
        from: Timestamp,
        count: usize,
    ) -> Coming {
        let mut coming = Coming::default();
        let before = from.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(from);
        for occurrence in self.occurrences_after(zone, work, before) {
            if coming.open.len() >= count || coming.shut.len() >= MOST_SHUT {
                break;
            }
            let day = occurrence.civil.date();
            if off.contains(day) {
                let label = off.label(day).map(str::to_owned);
                coming.shut.push(Shut { occurrence, label });
            } else {
                coming.open.push(occurrence);
            }
        }
        let last = coming.open.last().map(|last| last.instant);
        coming.shut.retain(|shut| last.is_some_and(|last| shut.occurrence.instant < last));
        coming
    }
}

/// The first moment of a day in a zone; midnight itself where the clocks do not skip it.
pub fn first_moment(zone: &TimeZone, day: Date) -> Timestamp {
    resolve(zone, day.to_datetime(Time::midnight())).0
}

/// Reads the moment that a list of occurrences begins with: a day, a day with a time, or either in
/// a person's words; the second value is a time that the text left open.
///
/// # Errors
///
/// The flaw of the day or the time.
pub fn parse_start(text: &str, today: Date) -> Result<(DateTime, bool), Flaw> {
    let (day, time) = super::parse_moment(text, today, super::Lean::Future).map_err(|flaw| {
        if flaw.range.is_empty() && !text.trim().is_empty() {
            Flaw { range: reading::trimmed(text), ..flaw }
        } else {
            flaw
        }
    })?;
    Ok((day.to_datetime(time.unwrap_or(Time::midnight())), time.is_some()))
}

/// Reads how many of something are meant, from 1 to `most`.
///
/// # Errors
///
/// A flaw over what is no number, 0, or too large a one.
pub fn parse_count(text: &str, most: u32) -> Result<u32, Flaw> {
    let range = reading::trimmed(text);
    let bare = text.get(range.clone()).unwrap_or_default();
    let flaw = |message: String| Flaw::new(range.clone(), message);
    let help = format!("write a number from 1 to {most}");
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(flaw(format!("{} is no whole number", quote(bare))).help(help));
    }
    match bare.parse::<u32>() {
        Ok(0) => Err(flaw("0 is too few".into()).help(help)),
        Ok(number) if number <= most => Ok(number),
        Ok(_) | Err(_) => Err(flaw(format!("{} is too many", quote(bare))).help(help)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match Timing::parse(text) {
            Ok(Timing::Schedule(schedule)) => format!("every {}", schedule.describe()),
            Ok(Timing::Length(length)) => format!("length {length}"),
            Ok(Timing::CycleDay(day)) => format!("at {day}"),
            Err(flaw) => format!("{}: {}", &text[flaw.range.clone()], flaw.message),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn each_form_is_told_from_the_others() {
        check("0 9 * * MON,WED", "every Mon and Wed at 09:00");
        check("Mon and Wed at 09:00", "every Mon and Wed at 09:00");
        check("@daily", "every every day at 00:00");
        check("workdays at 08:30", "every workdays at 08:30");
        check("5 workdays", "length 5 workdays");
        check("60 minutes", "length 60 minutes");
        check("7 days of send-intro", "length 7 days of send-intro");
        check("day 14", "at day 14");
    }

    #[test]
    fn what_is_wrong_is_said_of_the_form_that_was_meant() {
        check("5 wrkdays", "wrkdays: `wrkdays` is no unit of time");
        check("5days", "5days: `5days` lacks a space");
        check("5", "5: 5 of what?");
        check("-5 days", "-5: `-5` is no whole number");
        check("10 per workday", "10 per workday: this is a pace: how many, and not when");
        check("day 0", "0: the first day of a cycle is day 1");
        check("0 9 * MON", "0 9 * MON: a cron expression has five fields; this has 4");
        check("0 0 9 * * MON", "0 0 9 * * MON: a cron expression has five fields; this has 6");
        check("", ": a time is missing here");
        check("0 9 31 4 *", "31: this never happens: there is no day 31 in that month");
        check("0 9 * * 8", "8: 8 is no weekday: it goes from 0 to 7");
        check("9:00 daily", "9:00: `9:00` is a time and no cron field");
    }

    #[test]
    fn counts_have_a_smallest_and_a_largest() {
        assert_eq!(parse_count("5", 1000), Ok(5));
        for (text, words) in [("0", "too few"), ("1001", "too many"), ("x", "no whole")] {
            assert!(parse_count(text, 1000).unwrap_err().message.contains(words), "{text}");
        }
        assert!(parse_count("99999999999999999999", 1000).is_err());
        assert!(parse_count("", 1000).is_err());
    }

    #[test]
    fn an_hour_is_an_hour_also_over_a_change_of_clocks() {
        let zone = super::super::zone("Europe/Paris").unwrap();
        let Ok(Timing::Length(hour)) = Timing::parse("60 minutes") else { panic!("a length") };
        let start = resolve(&zone, date(2026, 3, 29).at(1, 30, 0, 0)).0;
        let end = hour.from_moment(start).unwrap();
        assert_eq!(zone.to_datetime(end), date(2026, 3, 29).at(3, 30, 0, 0));
    }

    #[test]
    fn days_off_close_occurrences_and_do_not_move_them() {
        // D7
        let zone = super::super::zone("Europe/Paris").unwrap();
        let schedule = Schedule::parse("Mon at 09:00").unwrap();
        let off: DaySet = [super::super::DayRange::day(date(2026, 4, 6)).labelled("Easter Monday")]
            .into_iter()
            .collect();
        let from = first_moment(&zone, date(2026, 4, 1));
        let coming = schedule.coming(&zone, &WorkCalendar::default(), &off, from, 2);
        let days: Vec<Date> = coming.open.iter().map(|found| found.civil.date()).collect();
        assert_eq!(days, [date(2026, 4, 13), date(2026, 4, 20)]);
        assert_eq!(coming.shut.len(), 1);
        assert_eq!(coming.shut[0].label.as_deref(), Some("Easter Monday"));
    }
}
