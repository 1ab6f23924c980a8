//! The `croner` crate as a second opinion, with every difference explained.
//!
//! It follows another rule where clocks change: a skipped time of a fixed schedule runs at the
//! first moment after the gap (D7 moves it by the gap, as RFC 5545 does), and a minute with `*` or
//! a step makes doubled times run twice (D7 looks at the hour only). It also finds nothing more
//! after a gap of some hours (Antarctic stations, the lost days). Elsewhere both must agree.

use std::collections::{BTreeMap, BTreeSet};

use fortnight_engine::calendar::{Shift, WorkCalendar};
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Timestamp};

use super::occurrences::{OCCURRENCES, for_each_case};

/// Why the two differ at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// We moved a skipped time by the gap.
    MovedByTheGap,
    /// It put a skipped time at the end of the gap.
    EndOfTheGap,
    /// It ran a doubled time a second time.
    SecondRun,
    /// It ends where the clocks go ahead by more than two hours.
    Ends,
}

#[test]
fn croner_differs_only_where_its_rule_for_changed_clocks_does() {
    let work = WorkCalendar::default();
    let mut reasons = BTreeMap::new();
    let mut unexplained = Vec::new();
    let mut agreed = 0;
    for_each_case(OCCURRENCES, |zone, case| {
        let ours: Vec<_> = case
            .schedule
            .occurrences_after(zone, &work, case.start)
            .take_while(|found| found.instant <= case.end)
            .collect();
        let cron: croner::Cron = case.schedule.to_string().parse().unwrap();
        let start = case.start.to_zoned(zone.clone());
        let mut later = cron.iter_after(start).map(|found| found.timestamp()).peekable();
        let mut theirs = BTreeSet::new();
        while let Some(instant) = later.next_if(|instant| *instant <= case.end) {
            theirs.insert(instant);
        }
        let second = SignedDuration::from_secs(1);
        let ends = later.peek().is_none()
            && zone.following(case.start).take_while(|change| change.timestamp() <= case.end).any(
                |change| {
                    let before = zone.to_offset(change.timestamp() - second);
                    before.duration_until(change.offset()) > SignedDuration::from_hours(2)
                },
            );
        let instants: BTreeSet<Timestamp> = ours.iter().map(|found| found.instant).collect();
        agreed += usize::from(instants == theirs);
        for instant in instants.symmetric_difference(&theirs) {
            let own = ours.iter().find(|found| found.instant == *instant);
            let begins = zone.following(*instant - second).next();
            let civil = zone.to_datetime(*instant);
            let reason =
                match (own.map(|found| found.shift), zone.to_ambiguous_timestamp(civil).offset()) {
                    (Some(Shift::Skipped { .. }), _) => Some(Reason::MovedByTheGap),
                    (None, AmbiguousOffset::Fold { after, .. })
                        if after.to_timestamp(civil).is_ok_and(|second| second == *instant) =>
                    {
                        Some(Reason::SecondRun)
                    }
                    (None, _) if begins.is_some_and(|change| change.timestamp() == *instant) => {
                        Some(Reason::EndOfTheGap)
                    }
                    (Some(_), _) if ends && theirs.last().is_none_or(|last| last < instant) => {
                        Some(Reason::Ends)
                    }
                    (_, _) => None,
                };
            match reason {
                Some(reason) => *reasons.entry(reason).or_insert(0) += 1,
                None => unexplained.push(format!(
                    "{} in {} from {} to {}: {instant} ({})\n  engine {instants:?}\n  croner {theirs:?}",
                    case.schedule,
                    case.zone,
                    case.start,
                    case.end,
                    if own.is_some() { "ours" } else { "theirs" },
                )),
            }
        }
    });
    let shown = unexplained.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
    assert!(
        unexplained.is_empty(),
        "{} unexplained; agreed {agreed}, {reasons:?}\n{shown}",
        unexplained.len()
    );
    assert!(agreed > 15_000 && reasons.len() == 4, "{agreed} agreed, {reasons:?}");
}
