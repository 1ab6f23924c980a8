use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::calendar::DayRange;

fn duration(text: &str) -> Duration {
    Duration::parse(text).unwrap()
}

fn off(days: &[(i16, i8, i8)]) -> WorkCalendar {
    WorkCalendar {
        days_off: days.iter().map(|(y, m, d)| DayRange::day(date(*y, *m, *d))).collect(),
        ..WorkCalendar::default()
    }
}

#[track_caller]
fn check_due(work: &WorkCalendar, base: Date, after: &str, limit: Option<Date>, expected: Date) {
    assert_eq!(work.roll_due(base, duration(after), limit), expected);
}

#[test]
fn five_workdays_after_is_the_fifth_workday() {
    // D3
    let work = WorkCalendar::default();
    assert_eq!(work.add_workdays(date(2026, 3, 2), 5), date(2026, 3, 9));
    assert_eq!(work.add_workdays(date(2026, 3, 7), 1), date(2026, 3, 9));
    assert_eq!(work.add(date(2026, 3, 2), duration("5 days")), date(2026, 3, 7));
    assert_eq!(work.add(date(2026, 3, 2), duration("2 weeks")), date(2026, 3, 16));
}

#[test]
fn a_computed_day_off_moves_to_the_next_workday() {
    // D4
    let work = off(&[(2026, 3, 9)]);
    check_due(&work, date(2026, 3, 2), "5 days", None, date(2026, 3, 10));
    check_due(&work, date(2026, 3, 2), "5 days", Some(date(2026, 3, 10)), date(2026, 3, 10));
}

#[test]
fn past_the_limit_it_is_the_last_workday_before_it() {
    // D4: due on Sunday with a limit on Sunday is common.
    let work = WorkCalendar::default();
    check_due(&work, date(2026, 3, 1), "7 days", Some(date(2026, 3, 8)), date(2026, 3, 6));
    let work = off(&[(2026, 3, 6), (2026, 3, 5)]);
    check_due(&work, date(2026, 3, 1), "7 days", Some(date(2026, 3, 8)), date(2026, 3, 4));
}

#[test]
fn never_before_the_first_workday_after_the_needed_task() {
    // D4: done on Friday, limit on Sunday: Monday, late.
    let work = WorkCalendar::default();
    check_due(&work, date(2026, 3, 6), "2 days", Some(date(2026, 3, 8)), date(2026, 3, 9));
    check_due(&work, date(2026, 3, 6), "3 workdays", Some(date(2026, 3, 8)), date(2026, 3, 9));
}

#[test]
fn the_same_day_is_not_made_later_by_a_limit_that_has_passed() {
    let work = WorkCalendar::default();
    check_due(&work, date(2026, 3, 6), "0 days", Some(date(2026, 3, 1)), date(2026, 3, 6));
}

#[test]
fn without_a_workday_the_answer_is_the_end_of_the_calendar() {
    let never = WorkCalendar { weekdays: WeekdaySet::NONE, days_off: DaySet::default() };
    let mut away = WorkCalendar::default();
    away.days_off.insert(DayRange::new(Date::MIN, Date::MAX).unwrap());
    for work in [never, away] {
        let day = date(2026, 3, 2);
        assert!(!work.is_workday(day));
        assert_eq!(work.next_workday(day), Date::MAX);
        assert_eq!(work.last_workday(day), Date::MIN);
        assert_eq!(work.add_workdays(day, 3), Date::MAX);
        assert_eq!(work.add_workdays(day, 0), day);
        assert_eq!(work.workdays_between(Date::MIN, Date::MAX), 0);
        assert_eq!(work.roll_due(day, duration("3 days"), Some(day)), Date::MAX);
    }
}

#[test]
fn the_ends_of_the_calendar_are_no_panic() {
    let work = off(&[(2026, 3, 2)]);
    assert_eq!(work.add_workdays(Date::MAX, u32::MAX), Date::MAX);
    assert_eq!(work.add_workdays(Date::MIN, u32::MAX), Date::MAX);
    assert_eq!(work.next_workday(Date::MAX), Date::MAX);
    assert_eq!(work.last_workday(Date::MIN), Date::MIN);
    assert!(work.workdays_between(Date::MIN, Date::MAX) > 7_000_000 / 7 * 5);
    let far = Duration { amount: u32::MAX, unit: Unit::Weeks };
    assert_eq!(work.roll_due(Date::MAX, far, Some(Date::MIN)), Date::MAX);
    assert_eq!(work.roll_due(Date::MIN, far, Some(Date::MIN)), work.add_workdays(Date::MIN, 1));
}

prop_compose! {
    fn dates()(days in 0..4000_i64) -> Date {
        civil::plus(date(2020, 1, 1), days)
    }
}

prop_compose! {
    fn calendars()(
        bits in 1..128_u8,
        off in prop::collection::vec((dates(), 0..20_i64), 0..40),
    ) -> WorkCalendar {
        let all = WeekdaySet::ALL.iter().enumerate();
        WorkCalendar {
            weekdays: all.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, day)| day).collect(),
            days_off: off
                .into_iter()
                .filter_map(|(first, more)| DayRange::new(first, civil::plus(first, more)))
                .collect(),
        }
    }
}

proptest! {
    #[test]
    fn adding_then_counting_gives_back(work in calendars(), from in dates(), count in 0..2000_u32) {
        let day = work.add_workdays(from, count);
        prop_assert_eq!(work.workdays_between(from, day), count);
        prop_assert!(count == 0 || work.is_workday(day));
    }

    #[test]
    fn more_workdays_are_strictly_later(work in calendars(), from in dates(), count in 0..500_u32) {
        prop_assert!(work.add_workdays(from, count) < work.add_workdays(from, count + 1));
    }

    #[test]
    fn neighbours_are_workdays_with_none_between(work in calendars(), day in dates()) {
        let (next, last) = (work.next_workday(day), work.last_workday(day));
        prop_assert!(work.is_workday(next) && work.is_workday(last));
        prop_assert!(last <= day && day <= next);
        prop_assert_eq!(work.is_workday(day), next == last);
        prop_assert_eq!(work.workdays_between(last, next), u32::from(next != last));
    }

    #[test]
    fn a_due_day_is_a_workday_within_the_limit_where_one_can_be(
        work in calendars(), base in dates(), amount in 1..30_u32, slack in 0..40_i64,
        unit in prop::sample::select(vec![Unit::Days, Unit::Workdays, Unit::Weeks]),
    ) {
        // D4, as laws rather than as the formula.
        let limit = civil::plus(base, slack);
        let due = work.roll_due(base, Duration { amount, unit }, Some(limit));
        let free = work.roll_due(base, Duration { amount, unit }, None);
        prop_assert!(work.is_workday(due) && due > base && due <= free);
        if due > limit {
            prop_assert_eq!(work.workdays_between(base, due), 1);
        } else if due < free {
            prop_assert_eq!(work.workdays_between(due, limit), 0);
        }
    }
}
