//! Time as a plan sees it: zones, workdays, days off, durations, days in words, schedules.
//!
//! Knows the calendar and the small texts that speak of it. Everything is a pure function of its
//! arguments. It must not know what time it is, what a plan or a playbook is, or which day a task
//! falls on: callers bring dates and get dates (rules D1–D11).
//!
//! Mistakes in a text come back as a [`Flaw`](crate::source::Flaw) with the bytes concerned.

mod busy;
mod civil;
mod clock_change;
mod cycle_day;
mod dates;
mod day_set;
mod deadline;
mod duration;
mod hours;
mod ics;
mod months;
mod pace;
mod proposal;
mod reading;
mod schedule;
mod timing;
mod weekdays;
mod work;
mod zone;

pub use busy::BusyTimes;
pub use clock_change::{ClockChange, changes_of_clocks};
pub use cycle_day::CycleDay;
pub use dates::{
    Lean, parse_day, parse_moment, parse_range, show_day, show_day_with_year, show_moment,
};
pub use day_set::{DayRange, DaySet};
pub use deadline::Deadline;
pub use duration::{Duration, Unit};
pub use hours::{Hours, parse_time, show_time};
pub use ics::{BusyRead, DaysRead, Missed, UnreadEvent, read_busy, read_days_off};
pub use pace::{Pace, Period};
pub use proposal::{Offer, propose_times, say_time};
pub use schedule::{Occurrence, Occurrences, Schedule};
pub use timing::{Coming, Led, Shut, Timing, first_moment, parse_count, parse_start};
pub use weekdays::WeekdaySet;
pub use work::WorkCalendar;
pub use zone::{Shift, resolve, zone, zone_data_version};

#[cfg(test)]
mod laws;
