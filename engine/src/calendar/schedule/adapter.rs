//! The `cron` crate, as a matcher of civil time only.
//!
//! It wants six fields, counts weekdays from Sunday = 1, skips days around changes of clocks, and
//! ends in the year 2100. So it is given fields that were checked before, with weekdays as names,
//! and it is asked one thing: which numbers each field stands for.

use std::str::FromStr;

use cron::TimeUnitSpec;
use jiff::civil::{Date, Time, Weekday};

use crate::calendar::WeekdaySet;

/// The civil times that five fields stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) minutes: Vec<i8>,
    pub(super) hours: Vec<i8>,
    /// Days of the month; all of them where a weekday is given.
    pub(super) days: Vec<i8>,
    pub(super) months: Vec<i8>,
    pub(super) weekdays: WeekdaySet,
    /// The hour is `*`: real hours are followed (D7).
    pub(super) every_hour: bool,
}

impl Pattern {
    /// Expands five fields in the crate's spelling; `None` where the crate does not take them.
    pub(super) fn expand(fields: [&str; 5]) -> Option<Self> {
        let [minute, hour, day, month, weekday] = fields;
        let text = format!("0 {minute} {hour} {day} {month} {weekday}");
        let schedule = cron::Schedule::from_str(&text).ok()?;
        let sunday_is_one = schedule.days_of_week().iter();
        let weekdays = sunday_is_one.filter_map(|number| {
            i8::try_from(number)
                .ok()
                .and_then(|number| Weekday::from_sunday_one_offset(number).ok())
        });
        Some(Self {
            minutes: numbers(schedule.minutes()),
            hours: numbers(schedule.hours()),
            days: numbers(schedule.days_of_month()),
            months: numbers(schedule.months()),
            weekdays: weekdays.collect(),
            every_hour: hour == "*",
        })
    }

    /// True where `date` is one of the days.
    pub(super) fn has_day(&self, date: Date) -> bool {
        self.months.contains(&date.month())
            && self.days.contains(&date.day())
            && self.weekdays.contains(date.weekday())
    }

    /// The first of the days on or after `date`.
    pub(super) fn next_day(&self, date: Date) -> Option<Date> {
        let mut day = date;
        while !self.has_day(day) {
            day = if self.months.contains(&day.month()) {
                day.tomorrow().ok()?
            } else {
                day.last_of_month().tomorrow().ok()?
            };
        }
        Some(day)
    }

    /// The times of each of the days, in order.
    pub(super) fn times(&self) -> Vec<Time> {
        let of_hour = |hour: &i8| {
            let hour = *hour;
            self.minutes.iter().filter_map(move |minute| Time::new(hour, *minute, 0, 0).ok())
        };
        self.hours.iter().flat_map(of_hour).collect()
    }
}

fn numbers(field: &impl TimeUnitSpec) -> Vec<i8> {
    field.iter().filter_map(|number| i8::try_from(number).ok()).collect()
}
