//! Workdays and the arithmetic on them (D3), and the rolling of computed days (D4).

use jiff::civil::{Date, Weekday};

use super::{DaySet, Duration, Unit, WeekdaySet, civil};

/// The days on which a plan works: some weekdays, minus days off.
///
/// Nothing here fails or runs long: where no workday is left, the answer is the last date there is
/// (or the first, looking back). Cost follows the number of runs of days off, not the distance.
///
/// ```
/// use fortnight_engine::calendar::{DayRange, Duration, WorkCalendar};
/// use jiff::civil::date;
/// let mut work = WorkCalendar::default(); // Monday to Friday
/// work.days_off.insert(DayRange::day(date(2026, 3, 6)).labelled("Bridge day"));
/// // The fifth workday after Monday 2 March is Tuesday the 10th, for Friday is off.
/// assert_eq!(work.add_workdays(date(2026, 3, 2), 5), date(2026, 3, 10));
/// assert_eq!(work.workdays_between(date(2026, 3, 2), date(2026, 3, 10)), 5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    /// The weekdays on which the plan works.
    pub weekdays: WeekdaySet,
    /// Dates on which it does not, whatever their weekday.
    pub days_off: DaySet,
}

impl Default for WorkCalendar {
    /// Monday to Friday, no days off (D3).
    fn default() -> Self {
        Self { weekdays: WeekdaySet::MONDAY_TO_FRIDAY, days_off: DaySet::default() }
    }
}

impl WorkCalendar {
    /// True where the plan works on `date`.
    pub fn is_workday(&self, date: Date) -> bool {
        self.weekdays.contains(date.weekday()) && !self.days_off.contains(date)
    }

    /// The first workday on `date` or after it.
    pub fn next_workday(&self, date: Date) -> Date {
        let mut day = date;
        loop {
            let Some(ahead) = self.days_to_weekday(day.weekday(), 1) else { return Date::MAX };
            day = civil::plus(day, ahead);
            match self.days_off.run_around(day) {
                Some((_, last)) if last < Date::MAX => day = civil::plus(last, 1),
                Some(_) => return Date::MAX,
                None => return day,
            }
        }
    }

    /// The last workday on `date` or before it.
    pub fn last_workday(&self, date: Date) -> Date {
        let mut day = date;
        loop {
            let Some(back) = self.days_to_weekday(day.weekday(), -1) else { return Date::MIN };
            day = civil::plus(day, -back);
            match self.days_off.run_around(day) {
                Some((first, _)) if first > Date::MIN => day = civil::plus(first, -1),
                Some(_) => return Date::MIN,
                None => return day,
            }
        }
    }

    /// How far it is from `weekday` to a weekday of the plan, in steps of `step` days.
    fn days_to_weekday(&self, weekday: Weekday, step: i64) -> Option<i64> {
        (0..7_i64).find(|days| self.weekdays.contains(weekday.wrapping_add(days * step)))
    }

    /// The `count`-th workday after `from` (D3); `from` itself for 0.
    pub fn add_workdays(&self, from: Date, count: u32) -> Date {
        let mut left = i64::from(count);
        if left == 0 || from == Date::MAX {
            return from;
        }
        let mut start = civil::plus(from, 1);
        let later_runs = self.days_off.first_run_ending_at(start);
        for (first, last) in self.days_off.runs().iter().skip(later_runs) {
            if *first > start {
                let end = civil::plus(*first, -1);
                let here = self.weekdays_within(start, end);
                if left <= here {
                    return self.nth_weekday(start, left);
                }
                left -= here;
            }
            if *last == Date::MAX {
                return Date::MAX;
            }
            start = civil::plus(*last, 1);
        }
        self.nth_weekday(start, left)
    }

    /// How many workdays lie after `from`, up to and including `to`; 0 where `to` is not later.
    pub fn workdays_between(&self, from: Date, to: Date) -> u32 {
        if to <= from {
            return 0;
        }
        let start = civil::plus(from, 1);
        let mut count = self.weekdays_within(start, to);
        let later_runs = self.days_off.first_run_ending_at(start);
        for (first, last) in self.days_off.runs().iter().skip(later_runs) {
            if *first > to {
                break;
            }
            count -= self.weekdays_within((*first).max(start), (*last).min(to));
        }
        u32::try_from(count).unwrap_or(0)
    }

    /// How many dates from `first` to `last`, both included, fall on the plan's weekdays.
    fn weekdays_within(&self, first: Date, last: Date) -> i64 {
        let days = civil::days_between(first, last) + 1;
        let rest = (0..days.max(0) % 7)
            .filter(|ahead| self.weekdays.contains(first.weekday().wrapping_add(*ahead)))
            .count();
        days.max(0) / 7 * i64::from(self.weekdays.len()) + i64::try_from(rest).unwrap_or(0)
    }

    /// The `count`-th date on the plan's weekdays from `first` on, that one included.
    fn nth_weekday(&self, first: Date, count: i64) -> Date {
        let a_week = i64::from(self.weekdays.len());
        if a_week == 0 {
            return Date::MAX;
        }
        let weeks = (count - 1) / a_week;
        let nth = usize::try_from(count - weeks * a_week - 1).unwrap_or(0);
        let rest = (0..7_i64)
            .filter(|ahead| self.weekdays.contains(first.weekday().wrapping_add(*ahead)))
            .nth(nth)
            .unwrap_or(0);
        civil::plus(first, weeks * 7 + rest)
    }

    /// The date `duration` after `from`. Minutes and hours count as far as they make whole days.
    pub fn add(&self, from: Date, duration: Duration) -> Date {
        match duration.unit {
            Unit::Workdays => self.add_workdays(from, duration.amount),
            Unit::Days => civil::plus(from, i64::from(duration.amount)),
            Unit::Weeks => civil::plus(from, i64::from(duration.amount) * 7),
            Unit::Hours => civil::plus(from, i64::from(duration.amount) / 24),
            Unit::Minutes => civil::plus(from, i64::from(duration.amount) / (24 * 60)),
        }
    }

    /// The day on which a task is due that comes `after` the day `base`, with a `limit` (D4).
    ///
    /// A day off moves to the next workday. If that passes the limit, it is the last workday on or
    /// before the limit, but never before the first workday after `base`; if that is past the
    /// limit, the task is due there, late. A limit never makes the day later.
    ///
    /// ```
    /// use fortnight_engine::calendar::{Duration, WorkCalendar};
    /// use jiff::civil::date;
    /// let (work, week) = (WorkCalendar::default(), Duration::parse("7 days")?);
    /// let (sunday, friday) = (date(2026, 3, 8), date(2026, 3, 6));
    /// // First message on Sunday 1 March: a week later is a Sunday, and so is the limit.
    /// assert_eq!(work.roll_due(date(2026, 3, 1), week, Some(sunday)), friday);
    /// assert_eq!(work.roll_due(date(2026, 3, 1), week, None), date(2026, 3, 9));
    /// # Ok::<(), fortnight_engine::source::Flaw>(())
    /// ```
    pub fn roll_due(&self, base: Date, after: Duration, limit: Option<Date>) -> Date {
        let rolled = self.next_workday(self.add(base, after));
        match limit {
            Some(limit) if rolled > limit => {
                let back = self.last_workday(limit).max(self.add_workdays(base, 1));
                back.min(rolled)
            }
            _ => rolled,
        }
    }
}

#[cfg(test)]
mod tests;
