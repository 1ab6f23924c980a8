//! When a habit comes round: `Mon and Wed at 09:00`, `workdays at 08:30`, `0 9 * * MON,WED` (D7).
//!
//! A schedule is a pattern of civil times. The `cron` crate expands the fields, in one file; days
//! are walked in civil time, and each time is put onto the zone once, by [`resolve`](super::resolve)'s
//! rule. No type of that crate leaves this module.

mod adapter;
mod describe;
mod fields;
mod occurrences;
mod phrase;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

pub use self::occurrences::{Occurrence, Occurrences};

use self::adapter::Pattern;
use super::WorkCalendar;
use super::reading;
use crate::source::Flaw;

/// Which days a schedule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Days {
    /// Those of the pattern, workdays or not: the coach wrote them (D7).
    OfPattern,
    /// The plan's workdays.
    Workdays,
}

/// A schedule as a playbook writes it.
///
/// ```
/// use fortnight_engine::calendar::{zone, Schedule, WorkCalendar};
/// let schedule = Schedule::parse("0 9 * * MON,WED")?;
/// assert_eq!(schedule.describe(), "Mon and Wed at 09:00");
/// let (paris, work) = (zone("Europe/Paris")?, WorkCalendar::default());
/// let after = "2026-03-27T12:00:00Z".parse().expect("an instant");
/// let next = schedule.occurrences_after(&paris, &work, after).next().expect("it goes on");
/// assert_eq!(next.instant.to_string(), "2026-03-30T07:00:00Z"); // summer time began
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    text: String,
    days: Days,
    pattern: Pattern,
}

impl Schedule {
    /// Reads a phrase (`Mon and Wed at 09:00`, `workdays at 08:30`, `daily at 7:00`), five cron
    /// fields, or one of `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.
    ///
    /// # Errors
    ///
    /// A flaw at the field or word that is wrong; also for what never happens (31 February), and
    /// for a day of the month together with a weekday, which programs read in two ways.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let words = reading::words(text);
        let shown: Vec<&str> = words.iter().map(|word| word.text).collect();
        let shown = shown.join(" ");
        let starts = |wanted: fn(char) -> bool| shown.starts_with(wanted);
        let (days, pattern) = if words.is_empty() {
            return Err(Flaw::new(reading::trimmed(text), "a schedule is missing here")
                .help("write it as `Mon and Wed at 09:00` or `0 9 * * MON,WED`"));
        } else if starts(|c| c == '@') {
            (Days::OfPattern, fields::read_alias(&words)?)
        } else if starts(|c| c.is_ascii_digit() || c == '*') {
            (Days::OfPattern, fields::read(&words)?)
        } else {
            phrase::read(&words)?
        };
        Ok(Self { text: shown, days, pattern })
    }

    /// The schedule in words: `Mon and Wed at 09:00`.
    pub fn describe(&self) -> String {
        describe::describe(self.days, &self.pattern)
    }

    /// True where the hour is `*`, so that real hours are followed: those that the clocks skip are
    /// left out, those that happen twice come twice (D7).
    pub fn follows_real_hours(&self) -> bool {
        self.pattern.every_hour
    }

    /// All occurrences strictly after `after`, strictly increasing, without an end but that of the
    /// calendar. `work` matters only to `workdays at`.
    pub fn occurrences_after<'a>(
        &'a self,
        zone: &TimeZone,
        work: &'a WorkCalendar,
        after: Timestamp,
    ) -> Occurrences<'a> {
        Occurrences::new(self, zone.clone(), work, after)
    }

    /// True where the schedule has a time on `date`.
    pub fn falls_on(&self, work: &WorkCalendar, date: Date) -> bool {
        match self.days {
            Days::OfPattern => self.pattern.has_day(date),
            Days::Workdays => work.is_workday(date),
        }
    }

    /// The civil times on `date`, in order; none on other days.
    pub fn occurrences_on(
        &self,
        work: &WorkCalendar,
        date: Date,
    ) -> impl Iterator<Item = DateTime> + use<> {
        let times = if self.falls_on(work, date) { self.pattern.times() } else { Vec::new() };
        times.into_iter().map(move |time| date.to_datetime(time))
    }

    /// The civil times from `first` to `last`, both included, in order.
    pub fn occurrences_between<'a>(
        &'a self,
        work: &'a WorkCalendar,
        first: Date,
        last: Date,
    ) -> impl Iterator<Item = DateTime> + 'a {
        let start = self.next_day(work, first);
        std::iter::successors(start, |day| self.next_day(work, day.tomorrow().ok()?))
            .take_while(move |day| *day <= last)
            .flat_map(|day| self.occurrences_on(work, day))
    }

    /// The first day on or after `date` that has a time.
    fn next_day(&self, work: &WorkCalendar, date: Date) -> Option<Date> {
        match self.days {
            Days::OfPattern => self.pattern.next_day(date),
            Days::Workdays => Some(work.next_workday(date)).filter(|day| work.is_workday(*day)),
        }
    }
}

impl fmt::Display for Schedule {
    /// As written, white space apart.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
