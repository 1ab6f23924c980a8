//! The one reading of the clock that a command makes (F2), or the `--now` given in its place.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// When the command runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Now {
    /// A moment, the same everywhere.
    Instant(Timestamp),
    /// What a clock on the wall of the plan's zone shows.
    Wall(DateTime),
}

impl Now {
    /// Reads RFC 9557 (`2026-03-02T08:30+01:00[Europe/Paris]`), RFC 3339
    /// (`2026-03-02T07:30:00Z`), or a wall clock (`2026-03-02T08:30`, `2026-03-02` for its first
    /// moment). None where it is none of these.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse::<Zoned>()
            .map(|zoned| Self::Instant(zoned.timestamp()))
            .or_else(|_| text.parse::<Timestamp>().map(Self::Instant))
            .or_else(|_| text.parse::<DateTime>().map(Self::Wall))
            .or_else(|_| {
                text.parse::<Date>().map(|day| Self::Wall(day.to_datetime(Time::midnight())))
            })
            .ok()
    }

    /// Where a text that could not be read is wrong: its day, else what stands behind that.
    pub(crate) fn fault(text: &str) -> Range<usize> {
        let from = text.len() - text.trim_start().len();
        let to = text.trim_end().len().max(from);
        let length = text[from..to].find(['T', 't', ' ']).unwrap_or(to - from);
        let (day, rest) = (from..from + length, from + length + 1..to);
        let is_day = text[day.clone()].parse::<Date>().is_ok();
        if is_day && rest.start < rest.end { rest } else { day }
    }

    /// The moment meant, for a plan in `zone`. A wall clock's time that the zone skips moves later
    /// by the gap; one that happens twice is the first (D7). None beyond the ends of time.
    pub(crate) fn in_zone(&self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Instant(instant) => Some(*instant),
            Self::Wall(wall) => {
                zone.to_ambiguous_zoned(*wall).compatible().ok().map(|z| z.timestamp())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::Now;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let read = Now::read(text).and_then(|now| now.in_zone(&paris));
        assert_eq!(read.map(|instant| instant.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_wall_clock_is_read_in_the_plans_zone() {
        check("2026-03-02T08:30", Some("2026-03-02T07:30:00Z"));
        check("2026-03-02 08:30", Some("2026-03-02T07:30:00Z"));
        check("2026-03-02", Some("2026-03-01T23:00:00Z"));
    }

    #[test]
    fn what_is_wrong_is_the_day_or_what_stands_behind_it() {
        for (text, wrong) in [
            ("2026-02-30T08:00", "2026-02-30"),
            ("2026-03-02T24:00", "24:00"),
            (" 2026-03-02 8 o'clock ", "8 o'clock"),
            ("2026-03-02T", "2026-03-02"),
            ("garbage", "garbage"),
            ("ünde", "ünde"),
            ("", ""),
            ("  ", ""),
        ] {
            assert_eq!(&text[Now::fault(text)], wrong, "{text}");
        }
    }

    #[test]
    fn a_moment_is_the_same_everywhere() {
        check("2026-03-02T08:30:00Z", Some("2026-03-02T08:30:00Z"));
        check("2026-03-02T08:30:00+05:30", Some("2026-03-02T03:00:00Z"));
        check("2026-03-02T08:30+05:45[Asia/Kathmandu]", Some("2026-03-02T02:45:00Z"));
    }

    #[test]
    fn a_skipped_time_moves_later_by_the_gap_d7() {
        check("2026-03-29T02:30", Some("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "soon", "2026-13-01", "2026-02-30T08:00", "08:30", "99999-01-01"] {
            check(text, None);
        }
    }
}
