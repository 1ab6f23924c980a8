//! Which days of a year, month or week a recurrence rule takes (RFC 5545, 3.3.10).
//!
//! Knows dates only. It must not know how many of them are wanted, nor their times.

use jiff::civil::{Date, Weekday};

use super::recur::Rule;
use crate::calendar::civil;

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

/// What a rule goes through, one after the other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Year,
    Month,
    Week,
    Day,
}

impl Period {
    /// How many periods lie between those of two dates.
    pub(super) fn count(self, from: Date, to: Date, week_start: Weekday) -> i64 {
        let years = i64::from(to.year()) - i64::from(from.year());
        match self {
            Self::Year => years,
            Self::Month => years * 12 + i64::from(to.month()) - i64::from(from.month()),
            Self::Week => civil::days_between(monday(from, week_start), to).div_euclid(7),
            Self::Day => civil::days_between(from, to),
        }
    }

    /// The first and last day of the period `ahead` periods after that of `start`.
    pub(super) fn nth(self, start: Date, ahead: i64, week_start: Weekday) -> Option<(Date, Date)> {
        match self {
            Self::Year => {
                let year = i16::try_from(i64::from(start.year()).checked_add(ahead)?).ok()?;
                Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
            }
            Self::Month => {
                let months = (i64::from(start.month()) - 1).checked_add(ahead)?;
                let year = i16::try_from(i64::from(start.year()) + months.div_euclid(12)).ok()?;
                let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            Self::Week => {
                let first = moved(monday(start, week_start), ahead.checked_mul(7)?)?;
                Some((first, civil::plus(first, 6)))
            }
            Self::Day => moved(start, ahead).map(|day| (day, day)),
        }
    }
}

/// `date` moved by `days`; `None` beyond the calendar.
fn moved(date: Date, days: i64) -> Option<Date> {
    let day = civil::plus(date, days);
    (civil::days_between(date, day) == days).then_some(day)
}

/// The first day of the week of `date`.
fn monday(date: Date, week_start: Weekday) -> Date {
    civil::plus(date, -i64::from(week_start.until(date.weekday())))
}

/// Which days of a period a rule takes.
pub(super) struct Filter<'r> {
    rule: &'r Rule,
    months: Vec<i8>,
    month_days: Vec<i16>,
    weekdays: Vec<(i16, Weekday)>,
    /// The `n` of `nth weekday` counts within a year, not within a month.
    nth_in_year: bool,
    /// There is an `n` at all.
    has_nth: bool,
    pub(super) week_start: Weekday,
}

impl<'r> Filter<'r> {
    /// What is left open by the rule is taken from the day on which the event starts.
    pub(super) fn new(rule: &'r Rule, start: Date, period: Period) -> Self {
        let (mut months, mut month_days) = (rule.months.clone(), rule.month_days.clone());
        let mut weekdays = rule.weekdays.clone();
        let has_nth = matches!(period, Period::Year | Period::Month)
            && weekdays.iter().any(|(nth, _)| *nth != 0);
        // What the rule leaves open, the start of the event says.
        if rule.weeks.is_empty()
            && rule.year_days.is_empty()
            && month_days.is_empty()
            && weekdays.is_empty()
        {
            match period {
                Period::Year => {
                    if months.is_empty() {
                        months.push(start.month());
                    }
                    month_days.push(i16::from(start.day()));
                }
                Period::Month => month_days.push(i16::from(start.day())),
                Period::Week => weekdays.push((0, start.weekday())),
                Period::Day => {}
            }
        }
        Self {
            rule,
            nth_in_year: period == Period::Year && months.is_empty(),
            has_nth,
            months,
            month_days,
            weekdays,
            week_start: rule.week_start,
        }
    }

    /// The days from `from` to `to` that the months leave open.
    pub(super) fn candidates(&self, from: Date, to: Date) -> Vec<Date> {
        if self.months.is_empty() || from.year() != to.year() || civil::days_between(from, to) < 31
        {
            return days(from, to).collect();
        }
        let of_month = |month: &i8| {
            let first = Date::new(from.year(), *month, 1).ok();
            first.into_iter().flat_map(|first| days(first, first.last_of_month()))
        };
        self.months.iter().flat_map(of_month).collect()
    }

    /// True where the rule takes the day.
    pub(super) fn takes(&self, day: Date) -> bool {
        let of_month = i16::from(day.day());
        let month_length = i16::from(day.days_in_month());
        let (of_year, year_length) = (day.day_of_year(), day.days_in_year());
        let in_month = |wanted: &i16| either_end(*wanted, of_month, month_length);
        let in_year = |wanted: &i16| either_end(*wanted, of_year, year_length);
        let on_weekday = |(nth, weekday): &(i16, Weekday)| {
            let (at, length) =
                if self.nth_in_year { (of_year, year_length) } else { (of_month, month_length) };
            let from_start = (at - 1) / 7 + 1;
            let from_end = -((length - at) / 7 + 1);
            *weekday == day.weekday()
                && (!self.has_nth || *nth == 0 || *nth == from_start || *nth == from_end)
        };
        (self.months.is_empty() || self.months.contains(&day.month()))
            && (self.month_days.is_empty() || self.month_days.iter().any(in_month))
            && (self.rule.year_days.is_empty() || self.rule.year_days.iter().any(in_year))
            && (self.weekdays.is_empty() || self.weekdays.iter().any(on_weekday))
            && (self.rule.weeks.is_empty() || self.in_week_number(day))
    }

    /// True where the week of `day` has one of the numbers; week 1 is the first with four days.
    fn in_week_number(&self, day: Date) -> bool {
        let week = monday(day, self.week_start);
        let year = civil::plus(week, 3).year();
        let first_of = |year: i16| {
            Date::new(year, 1, 4).map_or(week, |fourth| monday(fourth, self.week_start))
        };
        let number = civil::days_between(first_of(year), week) / 7 + 1;
        let weeks = civil::days_between(first_of(year), first_of(year.saturating_add(1))) / 7;
        let wanted = |wanted: &i16| {
            let wanted = i64::from(*wanted);
            day.year() == year && (wanted == number || wanted + weeks + 1 == number)
        };
        self.rule.weeks.iter().any(wanted)
    }
}

/// True where `wanted` is `at`, or counts from the end of `length` and is `at`.
fn either_end(wanted: i16, at: i16, length: i16) -> bool {
    wanted == at || (wanted < 0 && wanted.saturating_add(length).saturating_add(1) == at)
}
