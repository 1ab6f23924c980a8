//! Two concrete times to offer for a talk (language: `times.first`, `times.second`).

use jiff::civil::{Date, DateTime, Time};

use super::hours::show_time;
use super::months::long_month_name;
use super::weekdays::long_name;
use super::{Hours, WorkCalendar, civil};

/// The other person needs a day to answer: the first time lies on the second workday.
const LEAD: u32 = 2;

/// How many workdays are looked through for a free time.
const HORIZON: u32 = 30;

/// Half an hour is kept free for a talk; times lie on its grid, full hours first.
const SLOT: i32 = 30;

/// Two times on two different workdays after `from`, one early in the day and one late, clear of
/// `busy` (start and end of each talk). The same arguments give the same times.
///
/// Where nothing is free for thirty workdays, talks that stand in the way are not heeded; where no
/// workday comes, other days are taken.
///
/// ```
/// use fortnight_engine::calendar::{propose_times, say_time, Hours, WorkCalendar};
/// use jiff::civil::date;
/// let (work, hours) = (WorkCalendar::default(), Hours::default());
/// let [first, second] = propose_times(date(2026, 3, 6), &work, hours, &[]);
/// assert_eq!(say_time(first), "Tuesday 10 March at 10:00");
/// assert_eq!(say_time(second), "Wednesday 11 March at 15:00");
/// ```
pub fn propose_times(
    from: Date,
    work: &WorkCalendar,
    hours: Hours,
    busy: &[(DateTime, DateTime)],
) -> [DateTime; 2] {
    let (early, late) = slots(hours);
    let (first_at, first) = pick(from, work, LEAD, &early, busy);
    let (_, second) = pick(from, work, first_at + 1, &late, busy);
    [first, second]
}

/// `Tuesday 10 March at 10:00`.
pub fn say_time(moment: DateTime) -> String {
    format!(
        "{} {} {} at {}",
        long_name(moment.date().weekday()),
        moment.day(),
        long_month_name(moment.month()),
        show_time(moment.time())
    )
}

/// The first free slot from the `start`-th workday on, and which workday that is.
fn pick(
    from: Date,
    work: &WorkCalendar,
    start: u32,
    slots: &[Time],
    busy: &[(DateTime, DateTime)],
) -> (u32, DateTime) {
    let day = |at: u32| {
        let day = work.add_workdays(from, at);
        if work.is_workday(day) { day } else { civil::plus(from, i64::from(at)) }
    };
    let free = |at: u32| {
        let of_day = slots.iter().map(move |slot| day(at).to_datetime(*slot));
        of_day.into_iter().find(|slot| is_free(*slot, busy)).map(|slot| (at, slot))
    };
    let found = (start..start.saturating_add(HORIZON)).find_map(free);
    let first = slots.first().copied().unwrap_or(Time::midnight());
    found.unwrap_or_else(|| (start, day(start).to_datetime(first)))
}

fn is_free(start: DateTime, busy: &[(DateTime, DateTime)]) -> bool {
    let end = start.saturating_add(jiff::Span::new().minutes(SLOT));
    busy.iter().all(|(from, to)| end <= *from || *to <= start)
}

/// The slots of the first and of the second half of the day, the best first.
fn slots(hours: Hours) -> (Vec<Time>, Vec<Time>) {
    let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let (start, end) = (minutes(hours.from()), minutes(hours.to()));
    let (length, middle) = (end - start, start + (end - start) / 2);
    let half = |from: i32, to: i32, best: i32| {
        let mut slots: Vec<i32> =
            (from..to).filter(|at| at % SLOT == 0 && at + SLOT <= end).collect();
        slots.sort_by_key(|at| (at % 60 != 0, (at - best).abs(), *at));
        if slots.is_empty() {
            slots.push(start);
        }
        let time = |at: &i32| {
            let (hour, minute) = (i8::try_from(at / 60).ok()?, i8::try_from(at % 60).ok()?);
            Time::new(hour, minute, 0, 0).ok()
        };
        slots.iter().filter_map(time).collect()
    };
    (half(start, middle, start + length / 8), half(middle, end, start + length / 4 * 3))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{DayRange, WeekdaySet};

    fn check(from: Date, busy: &[(DateTime, DateTime)], expected: [&str; 2]) {
        let found = propose_times(from, &WorkCalendar::default(), Hours::default(), busy);
        assert_eq!(found.map(say_time), expected);
    }

    #[test]
    fn a_busy_hour_gives_way_to_the_next_best() {
        let ten = date(2026, 3, 10).at(10, 0, 0, 0);
        let talk = (ten, date(2026, 3, 10).at(10, 45, 0, 0));
        check(
            date(2026, 3, 6),
            &[talk],
            ["Tuesday 10 March at 09:00", "Wednesday 11 March at 15:00"],
        );
    }

    #[test]
    fn a_busy_day_gives_way_to_the_next_day() {
        let days = [10, 12]
            .map(|day| (date(2026, 3, day).at(0, 0, 0, 0), date(2026, 3, day).at(23, 0, 0, 0)));
        check(date(2026, 3, 6), &days, ["Wednesday 11 March at 10:00", "Friday 13 March at 15:00"]);
    }

    #[test]
    fn with_nothing_free_times_are_proposed_all_the_same() {
        let always = (DateTime::MIN, DateTime::MAX);
        check(
            date(2026, 3, 6),
            &[always],
            ["Tuesday 10 March at 10:00", "Wednesday 11 March at 15:00"],
        );
    }

    #[test]
    fn without_workdays_other_days_are_taken() {
        let mut work = WorkCalendar::default();
        work.days_off.insert(DayRange::new(Date::MIN, Date::MAX).unwrap());
        let [first, second] = propose_times(date(2026, 3, 6), &work, Hours::default(), &[]);
        assert_eq!((first.date(), second.date()), (date(2026, 3, 8), date(2026, 3, 9)));
        let none = WorkCalendar { weekdays: WeekdaySet::NONE, ..WorkCalendar::default() };
        assert_eq!(propose_times(Date::MAX, &none, Hours::default(), &[])[0].date(), Date::MAX);
    }

    proptest! {
        #[test]
        fn two_free_times_on_two_workdays_within_the_hours(
            day in 0..3000_i64, start in 0..1379_i32, length in 60..1440_i32,
            talks in prop::collection::vec((0..60_i64, 0..1440_i64, 15..180_i64), 0..10),
        ) {
            let minute = |at: i32| time(i8::try_from(at / 60).unwrap(), i8::try_from(at % 60).unwrap(), 0, 0);
            let hours = Hours::new(minute(start), minute((start + length).min(1439))).unwrap();
            prop_assume!(start + 60 <= 1439);
            let from = civil::plus(date(2024, 1, 1), day);
            let work = WorkCalendar::default();
            let busy: Vec<_> = talks.iter().map(|(days, at, long)| {
                let begin = civil::plus(from, *days).at(0, 0, 0, 0) + jiff::Span::new().minutes(*at);
                (begin, begin + jiff::Span::new().minutes(*long))
            }).collect();
            let [first, second] = propose_times(from, &work, hours, &busy);
            prop_assert!(first.date() > from && second.date() > first.date());
            for found in [first, second] {
                prop_assert!(work.is_workday(found.date()) && is_free(found, &busy));
                prop_assert!(hours.from() <= found.time() && found.time() < hours.to());
            }
        }
    }
}
