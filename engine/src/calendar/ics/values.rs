//! Dates, lengths and offsets as iCalendar writes them (RFC 5545, 3.3).
//!
//! Knows their letters. It must not know where they stand. What is not wholly understood is not
//! understood: a date with something behind it is none.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

/// When something is, before its zone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A whole day.
    Day(Date),
    /// What a clock shows, in the zone that its line names.
    Wall(DateTime),
    /// What a clock in UTC shows.
    Universal(DateTime),
}

impl When {
    /// Reads `20260310`, `20260310T100000`, `20260310T090000Z`; hyphens and colons of ISO 8601 do
    /// no harm.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let date: String = date.split('-').collect();
        let [year, month, day] = numbers(&date, [4, 2, 2])?;
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let date = Date::new(year, month, day).ok()?;
        let Some(time) = time else { return Some(Self::Day(date)) };
        let universal = time.ends_with(['Z', 'z']);
        let mut time: String = time.trim_end_matches(['Z', 'z']).split(':').collect();
        if time.len() == 4 {
            time.push_str("00");
        }
        let [hour, minute, second] = numbers(&time, [2, 2, 2])?;
        let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
        // A leap second is the last one that clocks here have.
        let second = if second == 60 { 59 } else { i8::try_from(second).ok()? };
        let wall = date.to_datetime(Time::new(hour, minute, second, 0).ok()?);
        Some(if universal { Self::Universal(wall) } else { Self::Wall(wall) })
    }

    /// What the clock shows; midnight for a day.
    pub(super) fn wall(self) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(Time::midnight()),
            Self::Wall(wall) | Self::Universal(wall) => wall,
        }
    }

    /// True for a whole day.
    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::Day(_))
    }
}

/// Numbers of so many digits each, and nothing else.
fn numbers<const N: usize>(text: &str, lengths: [usize; N]) -> Option<[i16; N]> {
    let mut numbers = [0; N];
    let mut rest = text;
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let (digits, more) = rest.split_at_checked(length)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = digits.parse().ok()?;
        rest = more;
    }
    rest.is_empty().then_some(numbers)
}

/// How long something lasts: days as clocks count them, and time beyond them (3.3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Length {
    /// Whole days: the clock shows the same at their end, however clocks are changed.
    pub(super) days: i64,
    /// Time that passes.
    pub(super) exactly: SignedDuration,
}

impl Length {
    /// Reads `PT1H30M`, `P1D`, `P2W`. Nothing lasts less than no time.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.strip_prefix('+').unwrap_or(text).to_ascii_uppercase();
        let (mut length, mut seconds) = (Self::default(), 0_i64);
        let (mut digits, mut clock, mut parts) = (String::new(), false, 0);
        for letter in text.strip_prefix('P')?.chars() {
            if letter.is_ascii_digit() {
                digits.push(letter);
                continue;
            }
            if letter == 'T' && digits.is_empty() && !clock {
                clock = true;
                continue;
            }
            let number: i64 = std::mem::take(&mut digits).parse().ok()?;
            let (days, unit) = match (letter, clock) {
                ('W', false) => (7, 0),
                ('D', false) => (1, 0),
                ('H', true) => (0, 3_600),
                ('M', true) => (0, 60),
                ('S', true) => (0, 1),
                _ => return None,
            };
            length.days = length.days.checked_add(number.checked_mul(days)?)?;
            seconds = seconds.checked_add(number.checked_mul(unit)?)?;
            parts += 1;
        }
        length.exactly = SignedDuration::from_secs(seconds);
        (digits.is_empty() && parts > 0).then_some(length)
    }

    /// How many days it covers, begun ones in full.
    pub(super) fn covered(self) -> i64 {
        self.days.saturating_add(self.exactly.as_hours() / 24).saturating_add(1)
    }
}

/// Reads `+0100`, `-053000`: seconds east of Greenwich.
pub(super) fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.split(':').collect();
    let [hours, minutes, seconds] = match digits.len() {
        2 => numbers(&digits, [2]).map(|[hours]| [hours, 0, 0]),
        4 => numbers(&digits, [2, 2]).map(|[hours, minutes]| [hours, minutes, 0]),
        _ => numbers(&digits, [2, 2, 2]),
    }?;
    let all = i32::from(hours) * 3_600 + i32::from(minutes) * 60 + i32::from(seconds);
    // No zone lies further from Greenwich than a day and two hours.
    (all <= 93_600).then_some(sign * all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let shown = When::read(text).map(|when| match when {
            When::Day(day) => day.to_string(),
            When::Wall(wall) => wall.to_string(),
            When::Universal(wall) => format!("{wall}Z"),
        });
        assert_eq!(shown.as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_are_read_whole_or_not_at_all() {
        check("20260310", Some("2026-03-10"));
        check("20260310T100000", Some("2026-03-10T10:00:00"));
        check("20260310t1000z", Some("2026-03-10T10:00:00Z"));
        check("2026-03-10T10:00:60Z", Some("2026-03-10T10:00:59Z"));
        for text in ["", "2026", "20260230", "20260310T", "20260310T250000", "20260310T100000+0100"]
        {
            check(text, None);
        }
        for text in ["20260310x", "T100000", "2026031\u{661}", "\u{e9}0260310", "99999999T999999"] {
            check(text, None);
        }
    }

    #[test]
    fn lengths_are_days_and_time() {
        let length = |text| Length::read(text).map(|it| (it.days, it.exactly.as_secs()));
        assert_eq!(length("PT1H30M"), Some((0, 5_400)));
        assert_eq!(length("+P1DT2H"), Some((1, 7_200)));
        assert_eq!(length("p2w"), Some((14, 0)));
        for text in ["", "P", "PT", "-PT1H", "1H", "PT1D", "P1H", "PT1", "P99999999999999999999D"] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_have_a_sign() {
        assert_eq!(
            [offset("+0100"), offset("-0530"), offset("+02")],
            [Some(3_600), Some(-19_800), Some(7_200)]
        );
        assert_eq!([offset("0100"), offset("+9900"), offset("+1"), offset("")], [None; 4]);
    }
}
