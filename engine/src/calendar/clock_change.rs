//! Changes of clocks in a zone: when they are, and by how much.

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// A moment at which the clocks of a zone are put forward or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// The first instant with the new offset.
    pub instant: Timestamp,
    /// The offset before.
    pub before: Offset,
    /// The offset from then on.
    pub after: Offset,
}

impl ClockChange {
    /// By how much the clocks go forward; negative where they go back.
    pub fn by(&self) -> SignedDuration {
        self.before.duration_until(self.after)
    }
}

/// Changes that do not change the offset (a new abbreviation) are looked over, but not for ever.
const LOOKED_OVER: usize = 500;

/// The changes of clocks after `from` and up to `to`, in order, at most `most` of them.
///
/// ```
/// use fortnight_engine::calendar::{changes_of_clocks, zone};
/// let paris = zone("Europe/Paris")?;
/// let (from, to) = ("2026-03-27T11:00:00Z", "2026-03-30T07:00:00Z");
/// let (from, to) = (from.parse().expect("an instant"), to.parse().expect("an instant"));
/// let changes = changes_of_clocks(&paris, from, to, 9);
/// assert_eq!(changes.len(), 1);
/// assert_eq!(changes[0].instant.to_string(), "2026-03-29T01:00:00Z");
/// assert_eq!(changes[0].by().as_hours(), 1);
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
pub fn changes_of_clocks(
    zone: &TimeZone,
    from: Timestamp,
    to: Timestamp,
    most: usize,
) -> Vec<ClockChange> {
    let mut before = zone.to_offset(from);
    let mut found = Vec::new();
    for transition in zone.following(from).take(LOOKED_OVER) {
        if transition.timestamp() > to || found.len() >= most {
            break;
        }
        let after = transition.offset();
        if after != before {
            found.push(ClockChange { instant: transition.timestamp(), before, after });
        }
        before = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::zone;

    #[track_caller]
    fn check(name: &str, from: &str, to: &str, expected: &[(&str, i64)]) {
        let zone = zone(name).unwrap();
        let changes =
            changes_of_clocks(&zone, from.parse().unwrap(), to.parse().unwrap(), usize::MAX);
        let found: Vec<(String, i64)> =
            changes.iter().map(|c| (c.instant.to_string(), c.by().as_mins())).collect();
        let found: Vec<(&str, i64)> = found.iter().map(|(at, by)| (at.as_str(), *by)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn half_hours_and_whole_days_are_found() {
        check(
            "Australia/Lord_Howe",
            "2026-01-01T00:00:00Z",
            "2026-12-31T00:00:00Z",
            &[("2026-04-04T15:00:00Z", -30), ("2026-10-03T15:30:00Z", 30)],
        );
        check(
            "Pacific/Apia",
            "2011-12-01T00:00:00Z",
            "2012-01-01T00:00:00Z",
            &[("2011-12-30T10:00:00Z", 24 * 60)],
        );
        check("Asia/Kathmandu", "2000-01-01T00:00:00Z", "2030-01-01T00:00:00Z", &[]);
    }
}
