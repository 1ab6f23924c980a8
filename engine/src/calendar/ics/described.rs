//! A zone as a calendar file describes it (VTIMEZONE; RFC 5545, 3.6.5).
//!
//! Knows the changes of its clocks. It must not know any zone by name. Outlook writes
//! `Customized Time Zone` and means only what stands below it.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

use super::parts::Part;
use super::recur::Rule;
use super::rule::{Budget, expand};
use super::values::{When, offset};
use crate::calendar::civil;

/// Earlier changes are told by nobody's appointments.
const EARLIEST: Date = jiff::civil::date(1970, 1, 1);

/// A change of clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    /// When, in seconds since 1970.
    at: i64,
    /// Seconds east of Greenwich before it, and from then on.
    before: i32,
    after: i32,
}

/// A zone.
#[derive(Debug)]
pub(super) struct Described {
    /// In order; never empty.
    changes: Vec<Change>,
}

impl Described {
    /// Reads a description, for times until a little after the day `last`; `None` where one of its
    /// parts cannot be understood.
    pub(super) fn read(part: &Part, last: Date) -> Option<Self> {
        let last = civil::plus(last, 800);
        let mut budget = Budget::new();
        let mut changes = Vec::new();
        for observance in &part.observances {
            let first = |name: &str| observance.iter().find(|property| property.name == name);
            let before = offset(&first("TZOFFSETFROM")?.value)?;
            let after = offset(&first("TZOFFSETTO")?.value)?;
            let start = When::read(&first("DTSTART")?.value)?.wall();
            let mut begins = vec![start];
            if let Some(rule) = first("RRULE") {
                let rule = Rule::read(&rule.value).ok()?;
                let until = rule.until;
                let found = expand(&rule, start, false, EARLIEST, last, &mut budget).ok()?;
                let stays = |at: &DateTime| match until {
                    Some(When::Universal(until)) => {
                        seconds(*at) - i64::from(before) <= seconds(until)
                    }
                    Some(When::Wall(until)) => *at <= until,
                    Some(When::Day(day)) => at.date() <= day,
                    None => true,
                };
                begins.extend(found.into_iter().filter(stays));
            }
            for property in observance.iter().filter(|property| property.name == "RDATE") {
                for value in property.values() {
                    begins.push(When::read(value)?.wall());
                }
            }
            let at = |wall: DateTime| seconds(wall) - i64::from(before);
            changes.extend(begins.into_iter().map(|wall| Change { at: at(wall), before, after }));
        }
        changes.sort_unstable();
        changes.dedup();
        (!changes.is_empty()).then_some(Self { changes })
    }

    /// Seconds east of Greenwich at an instant.
    fn offset_at(&self, instant: i64) -> i64 {
        let next = self.changes.partition_point(|change| change.at <= instant);
        let before = next.checked_sub(1).and_then(|last| self.changes.get(last));
        let first = || self.changes.first().map_or(0, |change| change.before);
        i64::from(before.map_or_else(first, |change| change.after))
    }

    /// The instant of what a clock shows: one that clocks skip is later by the gap, of one that they
    /// show twice it is the first (D7).
    pub(super) fn instant(&self, wall: DateTime) -> Timestamp {
        const DAY: i64 = 86_400;
        let shown = seconds(wall);
        let (before, after) = (self.offset_at(shown - DAY), self.offset_at(shown + DAY));
        let holds = |offset: &i64| self.offset_at(shown - offset) == *offset;
        let offset = [before, after].into_iter().find(holds).unwrap_or(before);
        let ends = if wall.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
        Timestamp::from_second(shown - offset).unwrap_or(ends)
    }

    /// What a clock shows at an instant.
    pub(super) fn wall(&self, instant: Timestamp) -> DateTime {
        let shown = instant.as_second().saturating_add(self.offset_at(instant.as_second()));
        let since = SignedDuration::from_secs(shown);
        DateTime::constant(1970, 1, 1, 0, 0, 0, 0).saturating_add(since)
    }
}

/// Seconds since 1970, as if the clock were in UTC.
fn seconds(wall: DateTime) -> i64 {
    wall.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_secs()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::parts::{Found, Parts};
    use super::*;

    fn described(observances: &str) -> Option<Described> {
        let text =
            format!("BEGIN:VTIMEZONE\nTZID:x\n{}\nEND:VTIMEZONE\n", observances.replace('|', "\n"));
        let Some(Found::Part(part)) = Parts::of(text.as_bytes()).next() else { return None };
        Described::read(&part, date(2026, 12, 31))
    }

    /// As Outlook describes Paris.
    const PARIS: &str = "BEGIN:STANDARD|DTSTART:16010101T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10|END:STANDARD|BEGIN:DAYLIGHT|DTSTART:16010101T020000|\
        TZOFFSETFROM:+0100|TZOFFSETTO:+0200|RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3|END:DAYLIGHT";

    #[test]
    fn a_described_zone_goes_as_the_one_that_it_describes() {
        let zone = described(PARIS).unwrap();
        let paris = crate::calendar::zone("Europe/Paris").unwrap();
        let mut wall = date(2025, 12, 1).at(0, 15, 0, 0);
        while wall < date(2027, 2, 1).at(0, 0, 0, 0) {
            let instant = zone.instant(wall);
            assert_eq!(instant, crate::calendar::resolve(&paris, wall).0, "{wall}");
            assert_eq!(zone.wall(instant), paris.to_datetime(instant));
            wall = wall.saturating_add(SignedDuration::from_mins(30));
        }
    }

    #[test]
    fn clocks_that_never_change_or_changed_once_are_told() {
        let fixed = described(
            "BEGIN:STANDARD|DTSTART:19700101T000000|TZOFFSETFROM:+0530|TZOFFSETTO:+0530|END:STANDARD",
        );
        let noon = date(2026, 3, 10).at(12, 0, 0, 0);
        assert_eq!(fixed.unwrap().instant(noon).to_string(), "2026-03-10T06:30:00Z");
        let ended = described(
            "BEGIN:DAYLIGHT|DTSTART:20160327T000000|TZOFFSETFROM:+0300|TZOFFSETTO:+0400|RDATE:20170101T000000|END:DAYLIGHT",
        );
        assert_eq!(ended.unwrap().instant(noon).to_string(), "2026-03-10T08:00:00Z");
    }

    #[test]
    fn half_a_description_is_none() {
        for text in [
            "",
            "BEGIN:STANDARD|DTSTART:19700101T000000|TZOFFSETTO:+0100|END:STANDARD",
            "BEGIN:STANDARD|DTSTART:x|TZOFFSETFROM:+0100|TZOFFSETTO:+0100|END:STANDARD",
            "BEGIN:STANDARD|DTSTART:19700101T000000|TZOFFSETFROM:+0100|TZOFFSETTO:+0100|RRULE:FREQ=SECONDLY|END:STANDARD",
        ] {
            assert!(described(text).is_none(), "{text}");
        }
    }
}
