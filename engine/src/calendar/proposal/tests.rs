use jiff::Timestamp;
use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;
use crate::calendar::{DayRange, WeekdaySet, zone};

/// An offer made on Friday 6 March 2026 in Paris.
struct Case {
    from: Date,
    work: WorkCalendar,
    hours: Hours,
    zone: TimeZone,
    busy: BusyTimes,
    theirs: Option<TimeZone>,
    turn: usize,
}

impl Case {
    fn new() -> Self {
        Self {
            from: date(2026, 3, 6),
            work: WorkCalendar::default(),
            hours: Hours::default(),
            zone: zone("Europe/Paris").unwrap(),
            busy: BusyTimes::default(),
            theirs: None,
            turn: 0,
        }
    }

    fn from(mut self, day: Date) -> Self {
        self.from = day;
        self
    }

    fn hours(mut self, hours: &str) -> Self {
        self.hours = Hours::parse(hours).unwrap();
        self
    }

    fn to(mut self, place: &str) -> Self {
        self.theirs = Some(zone(place).unwrap());
        self
    }

    /// Taken from one civil time to another, in Paris.
    fn busy(mut self, from: DateTime, to: DateTime) -> Self {
        self.busy.extend([(resolve(&self.zone, from).0, resolve(&self.zone, to).0)]);
        self
    }

    fn times(&self) -> Option<[Zoned; 2]> {
        propose_times(&Offer {
            from: self.from,
            work: &self.work,
            hours: self.hours,
            zone: &self.zone,
            busy: &self.busy,
            theirs: self.theirs.as_ref(),
            turn: self.turn,
        })
    }

    #[track_caller]
    fn gives(&self, expected: [&str; 2]) {
        let times = self.times().expect("two times");
        assert_eq!(times.map(|time| say_time(&time, self.theirs.as_ref())), expected);
    }
}

#[test]
fn a_busy_hour_gives_way_to_the_next_best() {
    let ten = date(2026, 3, 10).at(10, 0, 0, 0);
    Case::new()
        .busy(ten, date(2026, 3, 10).at(10, 45, 0, 0))
        .gives(["Tuesday 10 March at 09:00", "Wednesday 11 March at 15:00"]);
}

#[test]
fn a_busy_day_gives_way_to_the_next_day() {
    let mut case = Case::new();
    for day in [10, 12] {
        case = case.busy(date(2026, 3, day).at(0, 0, 0, 0), date(2026, 3, day).at(23, 0, 0, 0));
    }
    case.gives(["Wednesday 11 March at 10:00", "Friday 13 March at 15:00"]);
}

#[test]
fn one_free_day_takes_both_and_never_the_same_moment_twice() {
    let case = Case::new()
        .busy(date(2026, 1, 1).at(0, 0, 0, 0), date(2026, 3, 17).at(9, 0, 0, 0))
        .busy(date(2026, 3, 17).at(17, 0, 0, 0), date(2027, 1, 1).at(0, 0, 0, 0));
    case.gives(["Tuesday 17 March at 10:00", "Tuesday 17 March at 15:00"]);
    let one = case.busy(date(2026, 3, 17).at(9, 30, 0, 0), date(2026, 3, 18).at(0, 0, 0, 0));
    assert_eq!(one.times(), None);
}

#[test]
fn with_nothing_free_nothing_is_proposed() {
    let mut case = Case::new();
    case.busy.extend([(Timestamp::MIN, Timestamp::MAX)]);
    assert_eq!(case.times(), None);
}

#[test]
fn without_workdays_other_days_are_taken() {
    let mut case = Case::new();
    case.work.days_off.insert(DayRange::new(Date::MIN, Date::MAX).unwrap());
    case.gives(["Sunday 8 March at 10:00", "Monday 9 March at 15:00"]);
    let mut never = Case::new().from(Date::MAX);
    never.work = WorkCalendar { weekdays: WeekdaySet::NONE, ..WorkCalendar::default() };
    assert_eq!(never.times(), None);
}

#[test]
fn people_asked_at_the_same_time_are_offered_different_times() {
    let mut case = Case::new();
    let offers: Vec<[Zoned; 2]> = (0..8)
        .map(|turn| {
            case.turn = turn;
            case.times().unwrap()
        })
        .collect();
    for (at, offer) in offers.iter().enumerate() {
        assert!(offers[..at].iter().all(|other| other[0] != offer[0] && other[1] != offer[1]));
    }
}

#[test]
fn both_are_awake_and_see_their_own_clock() {
    Case::new().to("Europe/London").gives([
        "Tuesday 10 March at 09:00 your time (10:00 in Paris)",
        "Wednesday 11 March at 14:00 your time (15:00 in Paris)",
    ]);
    Case::new().to("Asia/Kolkata").gives([
        "Tuesday 10 March at 14:30 your time (10:00 in Paris)",
        "Wednesday 11 March at 16:30 your time (12:00 in Paris)",
    ]);
    // The same clock needs no word about zones.
    Case::new()
        .to("Europe/Berlin")
        .gives(["Tuesday 10 March at 10:00", "Wednesday 11 March at 15:00"]);
}

#[test]
fn where_days_hardly_meet_early_and_late_hours_do() {
    // Nine in Paris is seven in the evening in Sydney.
    Case::new().to("Australia/Sydney").gives([
        "Tuesday 10 March at 20:00 your time (10:00 in Paris)",
        "Wednesday 11 March at 20:00 your time (10:00 in Paris)",
    ]);
    Case::new().hours("22:00 to 23:00").to("Pacific/Auckland").gives([
        "Wednesday 11 March at 10:00 your time (Tuesday 10 March at 22:00 in Paris)",
        "Thursday 12 March at 10:30 your time (Wednesday 11 March at 22:30 in Paris)",
    ]);
    assert_eq!(Case::new().hours("11:00 to 17:00").to("Pacific/Auckland").times(), None);
}

#[test]
fn their_weekend_is_left_alone() {
    // Friday evening in Los Angeles is Saturday in Tokyo.
    let mut case = Case::new().from(date(2026, 3, 11)).hours("16:00 to 20:00").to("Asia/Tokyo");
    case.zone = zone("America/Los_Angeles").unwrap();
    case.gives([
        "Tuesday 17 March at 09:00 your time (Monday 16 March at 17:00 in Los Angeles)",
        "Wednesday 18 March at 11:00 your time (Tuesday 17 March at 19:00 in Los Angeles)",
    ]);
}

#[test]
fn somebody_who_works_on_weekends_asks_for_one_where_nothing_else_is_left() {
    let mut case = Case::new().to("Europe/London");
    case.work = WorkCalendar { weekdays: WeekdaySet::parse("sat and sun").unwrap(), ..case.work };
    case.gives([
        "Sunday 8 March at 09:00 your time (10:00 in Paris)",
        "Saturday 14 March at 14:00 your time (15:00 in Paris)",
    ]);
}

#[test]
fn hours_without_room_for_a_talk_give_none() {
    assert_eq!(Case::new().hours("09:00 to 09:15").times(), None);
    Case::new()
        .hours("09:10 to 09:40")
        .gives(["Tuesday 10 March at 09:10", "Wednesday 11 March at 09:10"]);
}

#[test]
fn a_change_of_clocks_between_now_and_then_is_right_for_both() {
    // Paris changes on 29 March, New York on 8 March: five hours between them before, six after.
    Case::new().from(date(2026, 3, 26)).to("America/New_York").gives([
        "Monday 30 March at 09:00 your time (15:00 in Paris)",
        "Tuesday 31 March at 09:00 your time (15:00 in Paris)",
    ]);
    Case::new().from(date(2026, 3, 24)).to("America/New_York").gives([
        "Thursday 26 March at 09:00 your time (14:00 in Paris)",
        "Friday 27 March at 10:00 your time (15:00 in Paris)",
    ]);
}

#[test]
fn a_time_that_the_clocks_skip_is_never_offered_d7() {
    let mut case = Case::new().from(date(2026, 3, 27)).hours("02:00 to 03:00");
    case.work.weekdays = WeekdaySet::parse("sun").unwrap();
    for time in case.times().unwrap() {
        assert_ne!(time.date(), date(2026, 3, 29), "{time}");
        assert_eq!(time.hour(), 2);
    }
}

#[test]
fn a_city_is_named_as_people_write_it() {
    assert_eq!(place(&zone("America/Argentina/Buenos_Aires").unwrap()), "Buenos Aires");
    assert_eq!(place(&TimeZone::UTC), "UTC");
}

proptest! {
    #[test]
    fn two_free_times_within_the_hours_and_never_the_same(
        day in 0..3000_i64, start in 0..1379_i32, length in 60..1440_i32, turn in 0..40_usize,
        talks in prop::collection::vec((0..60_i64, 0..1440_i64, 15..180_i64), 0..10),
    ) {
        let minute = |at: i32| time(i8::try_from(at / 60).unwrap(), i8::try_from(at % 60).unwrap(), 0, 0);
        prop_assume!(start + 60 <= 1439);
        let mut case = Case::new().from(civil::plus(date(2024, 1, 1), day));
        case.hours = Hours::new(minute(start), minute((start + length).min(1439))).unwrap();
        case.turn = turn;
        for (days, at, long) in &talks {
            let begin = civil::plus(case.from, *days).at(0, 0, 0, 0) + jiff::Span::new().minutes(*at);
            case = case.busy(begin, begin + jiff::Span::new().minutes(*long));
        }
        let Some([first, second]) = case.times() else { return Ok(()) };
        prop_assert!(first.date() > case.from && first < second && apart(&first, &second));
        for found in [&first, &second] {
            let end = found.timestamp() + jiff::SignedDuration::from_mins(i64::from(SLOT));
            prop_assert!(case.work.is_workday(found.date()));
            prop_assert!(case.busy.is_free(found.timestamp(), end));
            prop_assert!(case.hours.from() <= found.time() && found.time() < case.hours.to());
        }
        prop_assert_eq!(case.times(), Some([first, second]));
    }
}
