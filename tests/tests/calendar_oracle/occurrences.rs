//! Schedules on the clocks of zones against a brute force in Python (D7, R15).

use std::collections::BTreeSet;

use fortnight_engine::calendar::{Schedule, Shift, WorkCalendar, zone, zone_data_version};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Written by `tests/calendar/occurrences.py`.
pub(super) const OCCURRENCES: &str = include_str!("../../calendar/occurrences.txt");

/// One line of the fixture of schedules.
pub(super) struct Case<'f> {
    pub(super) zone: &'f str,
    pub(super) schedule: &'f Schedule,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) expected: Vec<Timestamp>,
}

/// Calls `check` for each case, and says how many there were, in how many zones.
pub(super) fn for_each_case(
    fixture: &str,
    mut check: impl FnMut(&TimeZone, Case<'_>),
) -> (usize, usize) {
    let schedules: Vec<Schedule> = fixture
        .lines()
        .filter_map(|line| line.strip_prefix("C "))
        .map(|text| Schedule::parse(text).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}")))
        .collect();
    let mut place = ("", TimeZone::UTC);
    let mut previous = 0_i64;
    let (mut cases, mut zones) = (0, BTreeSet::new());
    for line in fixture.lines().filter(|line| !line.starts_with(['#', 'C'])) {
        if let Some(name) = line.strip_prefix("Z ") {
            place = (name, zone(name).unwrap_or_else(|flaw| panic!("{flaw:?}")));
            previous = 0;
            zones.insert(name);
            continue;
        }
        let mut words = line.split(' ');
        let mut number = || words.next().unwrap().parse::<i64>().unwrap();
        let (schedule, start, span) = (number(), previous + number(), number());
        previous = start;
        let mut at = start * 60;
        let expected = words
            .map(|delta| {
                at += match delta.strip_suffix('s') {
                    Some(seconds) => seconds.parse::<i64>().unwrap(),
                    None => delta.parse::<i64>().unwrap() * 60,
                };
                Timestamp::from_second(at).unwrap()
            })
            .collect();
        let case = Case {
            zone: place.0,
            schedule: &schedules[usize::try_from(schedule).unwrap()],
            start: Timestamp::from_second(start * 60).unwrap(),
            end: Timestamp::from_second((start + span) * 60).unwrap(),
            expected,
        };
        check(&place.1, case);
        cases += 1;
    }
    (cases, zones.len())
}

#[test]
fn schedules_fall_on_the_instants_of_the_brute_force() {
    let work = WorkCalendar::default();
    let mut differences = Vec::new();
    let (cases, zones) = for_each_case(OCCURRENCES, |zone, case| {
        let found: Vec<Timestamp> = case
            .schedule
            .occurrences_after(zone, &work, case.start)
            .map(|found| found.instant)
            .take_while(|instant| *instant <= case.end)
            .collect();
        if found != case.expected {
            differences.push(format!(
                "{} in {} from {} to {}:\n  engine {found:?}\n  oracle {:?}",
                case.schedule, case.zone, case.start, case.end, case.expected
            ));
        }
    });
    let shown = differences.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} of {cases} differ:\n{shown}", differences.len());
    assert!(cases >= 20_000 && zones >= 40, "{cases} cases in {zones} zones");
}

#[test]
fn the_fixture_was_made_with_the_zone_data_of_the_engine() {
    // `2026e` is `2026.5` to PyPI. A newer bundle may agree all the same; a different one must be
    // noticed here, and the fixture made anew.
    let version = zone_data_version();
    let (year, letter) = version.split_at(4);
    let number = letter.bytes().map(|byte| byte - b'a' + 1).next().unwrap();
    let expected = format!("# tzdata {year}.{number};");
    assert!(OCCURRENCES.starts_with(&expected), "the engine has {version}");
}

#[test]
fn shifts_say_how_far_a_time_moved() {
    let work = WorkCalendar::default();
    for_each_case(OCCURRENCES, |zone, case| {
        for found in case.schedule.occurrences_after(zone, &work, case.start).take(3) {
            let shown = zone.to_datetime(found.instant);
            let moved = found.civil.duration_until(shown);
            let said = match found.shift {
                Shift::Skipped { by } => by,
                Shift::Usual | Shift::FirstOfTwo | Shift::SecondOfTwo => SignedDuration::ZERO,
            };
            assert_eq!(moved, said, "{} in {}: {found:?}", case.schedule, case.zone);
        }
    });
}
