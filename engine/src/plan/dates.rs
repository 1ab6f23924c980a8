//! The days of a cycle: where it begins and ends, what day it is, and how days away stretch it.

use jiff::civil::Date;

use super::state::CycleState;
use crate::calendar::{DaySet, Duration, Unit, WorkCalendar};

/// The calendar of one cycle: days away move its end and its days (D2, D10).
#[derive(Clone, Copy, Debug)]
pub struct CycleDates<'a> {
    /// Day 1.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Days from the first to the last, those away left out.
    pub length: u32,
    /// The plan's workdays.
    pub work: &'a WorkCalendar,
    away: &'a DaySet,
}

impl<'a> CycleDates<'a> {
    /// The days of a cycle that starts on `start` and has `length` days of the seeker's own.
    pub fn new(start: Date, length: u32, work: &'a WorkCalendar, away: &'a DaySet) -> Self {
        let mut dates = Self { start, end: start, length: length.max(1), work, away };
        dates.end = dates.date_of(dates.length);
        dates
    }

    /// The date of a cycle day, days away left out. Day 1 is the first day not away.
    pub fn date_of(&self, day: u32) -> Date {
        self.own_days_after(before(self.start), day.max(1))
    }

    /// The cycle day of a date: 0 before the cycle, at least 1 from its start.
    pub fn day_of(&self, date: Date) -> u32 {
        if date < self.start { 0 } else { self.own_days(self.start, date).max(1) }
    }

    /// Days from `first` to `last`, both included, that are not away.
    pub fn own_days(&self, first: Date, last: Date) -> u32 {
        let all = days_from_to(first, last);
        let away: i64 = self
            .away
            .runs()
            .iter()
            .map(|(from, to)| days_from_to(first.max(*from), last.min(*to)).max(0))
            .sum();
        u32::try_from(all - away).unwrap_or(0)
    }

    /// The day that is so many days after `from`, days away not counted: how the seeker's own
    /// deadlines move (D10).
    pub fn own_days_after(&self, from: Date, days: u32) -> Date {
        let mut date = plus_days(from, days);
        for (first, last) in self.away.runs() {
            if *last <= from {
                continue;
            }
            if *first > date {
                break;
            }
            let away = days_from_to(after(from).max(*first), *last).max(0);
            date = plus_days(date, u32::try_from(away).unwrap_or(u32::MAX));
        }
        date
    }

    /// The last day of a deadline that counts from `from` (D6): calendar days move with days away,
    /// workdays skip them anyway.
    pub fn deadline(&self, from: Date, duration: Duration) -> Date {
        match duration.unit {
            Unit::Workdays => self.work.add(from, duration),
            Unit::Weeks => self.own_days_after(from, duration.amount.saturating_mul(7)),
            Unit::Days => self.own_days_after(from, duration.amount),
            Unit::Minutes | Unit::Hours => from,
        }
    }

    /// The last day on which anything of that cycle could become due: the day on which it was
    /// abandoned, where it was.
    pub(super) fn last_day(&self, cycle: &CycleState) -> Date {
        cycle.stopped.map_or(self.end, |stopped| stopped.min(self.end))
    }

    /// True from the day after the last one.
    pub fn is_over(&self, today: Date) -> bool {
        today > self.end
    }

    /// The last workday of the cycle, or its last day where it has no workday (D2).
    pub fn last_workday(&self) -> Date {
        let last = self.work.last_workday(self.end);
        if last < self.start { self.end } else { last }
    }
}

/// Days from `first` to `last`, both included; 0 or less where `last` comes before `first`.
fn days_from_to(first: Date, last: Date) -> i64 {
    i64::from((last - first).get_days()) + 1
}

/// So many days later; the last date there is, at most.
pub(super) fn plus_days(date: Date, days: u32) -> Date {
    jiff::Span::new()
        .try_days(days)
        .ok()
        .and_then(|span| date.checked_add(span).ok())
        .unwrap_or(Date::MAX)
}

fn before(date: Date) -> Date {
    date.yesterday().unwrap_or(Date::MIN)
}

fn after(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}
