//! Recurrence rules on whole days (RFC 5545, 3.3.10): every part is a filter on the days of a
//! year, month, week or day.

use calcard::icalendar::{
    ICalendarDay, ICalendarFrequency, ICalendarRecurrenceRule, ICalendarWeekday,
};
use jiff::civil::{Date, Weekday};

use super::{civil, day_of};

/// How many days may be looked at for one file, whatever its rules say.
const MOST_DAYS: u32 = 2_000_000;

/// What is left of [`MOST_DAYS`].
pub(super) struct Budget(u32);

impl Budget {
    pub(super) fn new() -> Self {
        Self(MOST_DAYS)
    }

    fn spend(&mut self, days: usize) -> Result<(), &'static str> {
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        self.0 = self.0.checked_sub(days).ok_or("the file repeats too many events")?;
        Ok(())
    }
}

/// The days from `first` to `last` on which an event recurs that starts on `start`.
pub(super) fn expand(
    rule: &ICalendarRecurrenceRule,
    start: Date,
    first: Date,
    last: Date,
    budget: &mut Budget,
) -> Result<Vec<Date>, &'static str> {
    let period = match rule.freq {
        ICalendarFrequency::Yearly => Period::Year,
        ICalendarFrequency::Monthly => Period::Month,
        ICalendarFrequency::Weekly => Period::Week,
        ICalendarFrequency::Daily => Period::Day,
        ICalendarFrequency::Hourly
        | ICalendarFrequency::Minutely
        | ICalendarFrequency::Secondly => {
            return Err("it repeats within a day");
        }
    };
    if rule.rscale.is_some() || rule.skip.is_some() {
        return Err("it repeats by another calendar");
    }
    let until = match &rule.until {
        Some(until) => day_of(until).ok_or("its last day is no date")?.min(last),
        None => last,
    };
    let filter = Filter::new(rule, start, period);
    let interval = i64::from(rule.interval.unwrap_or(1).max(1));
    // A rule with a count must be told from its start; any other from where the answer begins.
    let skipped = match rule.count {
        Some(_) => 0,
        None => (period.count(start, first, filter.week_start) / interval - 1).max(0),
    };
    let mut left = rule.count.unwrap_or(u32::MAX);
    let mut found = Vec::new();
    for index in skipped.. {
        let Some((from, to)) = period.nth(start, index.saturating_mul(interval), filter.week_start)
        else {
            break;
        };
        if from > until || left == 0 {
            break;
        }
        let days: Vec<Date> = days(from, to).collect();
        budget.spend(days.len())?;
        let mut chosen: Vec<Date> = days.into_iter().filter(|day| filter.takes(*day)).collect();
        filter.positions(&mut chosen);
        for day in chosen {
            if day >= start && day <= until && left > 0 {
                left -= 1;
                if day >= first {
                    found.push(day);
                }
            }
        }
    }
    Ok(found)
}

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Period {
    Year,
    Month,
    Week,
    Day,
}

impl Period {
    /// How many periods lie between those of two dates.
    fn count(self, from: Date, to: Date, week_start: Weekday) -> i64 {
        let years = i64::from(to.year()) - i64::from(from.year());
        match self {
            Self::Year => years,
            Self::Month => years * 12 + i64::from(to.month()) - i64::from(from.month()),
            Self::Week => civil::days_between(monday(from, week_start), to).div_euclid(7),
            Self::Day => civil::days_between(from, to),
        }
    }

    /// The first and last day of the period `ahead` periods after that of `start`.
    fn nth(self, start: Date, ahead: i64, week_start: Weekday) -> Option<(Date, Date)> {
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
struct Filter<'r> {
    rule: &'r ICalendarRecurrenceRule,
    months: Vec<i8>,
    month_days: Vec<i8>,
    weekdays: Vec<(i16, Weekday)>,
    /// The `n` of `nth weekday` counts within a year, not within a month.
    nth_in_year: bool,
    /// There is an `n` at all.
    has_nth: bool,
    week_start: Weekday,
}

impl<'r> Filter<'r> {
    fn new(rule: &'r ICalendarRecurrenceRule, start: Date, period: Period) -> Self {
        let mut months: Vec<i8> =
            rule.bymonth.iter().map(|month| i8::try_from(month.month()).unwrap_or(0)).collect();
        let mut month_days = rule.bymonthday.clone();
        let day = |day: &ICalendarDay| (day.ordwk.unwrap_or(0), weekday(day.weekday));
        let mut weekdays: Vec<(i16, Weekday)> = rule.byday.iter().map(day).collect();
        let has_nth = matches!(period, Period::Year | Period::Month)
            && weekdays.iter().any(|(nth, _)| *nth != 0);
        // What the rule leaves open, the start of the event says.
        if rule.byweekno.is_empty()
            && rule.byyearday.is_empty()
            && month_days.is_empty()
            && weekdays.is_empty()
        {
            match period {
                Period::Year => {
                    if months.is_empty() {
                        months.push(start.month());
                    }
                    month_days.push(start.day());
                }
                Period::Month => month_days.push(start.day()),
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
            week_start: rule.wkst.map_or(Weekday::Monday, weekday),
        }
    }

    fn takes(&self, day: Date) -> bool {
        let of_month = i16::from(day.day());
        let month_length = i16::from(day.days_in_month());
        let (of_year, year_length) = (day.day_of_year(), day.days_in_year());
        let in_month = |wanted: &i8| either_end(i16::from(*wanted), of_month, month_length);
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
            && (self.rule.byyearday.is_empty() || self.rule.byyearday.iter().any(in_year))
            && (self.weekdays.is_empty() || self.weekdays.iter().any(on_weekday))
            && (self.rule.byweekno.is_empty() || self.in_week_number(day))
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
        let wanted = |wanted: &i8| {
            let wanted = i64::from(*wanted);
            day.year() == year && (wanted == number || wanted + weeks + 1 == number)
        };
        self.rule.byweekno.iter().any(wanted)
    }

    /// Keeps the days at the positions that `BYSETPOS` names.
    fn positions(&self, days: &mut Vec<Date>) {
        if self.rule.bysetpos.is_empty() {
            return;
        }
        let length = i64::try_from(days.len()).unwrap_or(0);
        let mut at = 0;
        days.retain(|_| {
            at += 1;
            let wanted = |wanted: &i32| {
                let wanted = i64::from(*wanted);
                wanted == at || wanted + length + 1 == at
            };
            self.rule.bysetpos.iter().any(wanted)
        });
    }
}

/// True where `wanted` is `at`, or counts from the end of `length` and is `at`.
fn either_end(wanted: i16, at: i16, length: i16) -> bool {
    wanted == at || (wanted < 0 && wanted.saturating_add(length).saturating_add(1) == at)
}

fn weekday(weekday: ICalendarWeekday) -> Weekday {
    match weekday {
        ICalendarWeekday::Monday => Weekday::Monday,
        ICalendarWeekday::Tuesday => Weekday::Tuesday,
        ICalendarWeekday::Wednesday => Weekday::Wednesday,
        ICalendarWeekday::Thursday => Weekday::Thursday,
        ICalendarWeekday::Friday => Weekday::Friday,
        ICalendarWeekday::Saturday => Weekday::Saturday,
        ICalendarWeekday::Sunday => Weekday::Sunday,
    }
}
