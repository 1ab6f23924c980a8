//! A day of a cycle: `day 14`.

use std::fmt;

use jiff::civil::Date;

use super::civil;
use super::reading::{self, quote};
use crate::source::Flaw;

/// The day of a cycle, counted from 1 on its start date (D2).
///
/// ```
/// use fortnight_engine::calendar::CycleDay;
/// use jiff::civil::date;
/// let day = CycleDay::parse("day 14")?;
/// assert_eq!((day.number(), day.to_string()), (14, "day 14".to_owned()));
/// assert_eq!(day.date(date(2026, 3, 2)), date(2026, 3, 15));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CycleDay(u32);

impl CycleDay {
    /// The day of that number; `None` for 0.
    pub fn new(number: u32) -> Option<Self> {
        (number >= 1).then_some(Self(number))
    }

    /// The number, at least 1.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The date of this day in a cycle that starts on `start`; the last date there is, beyond it.
    pub fn date(self, start: Date) -> Date {
        civil::plus(start, i64::from(self.0) - 1)
    }

    /// The day of the cycle that `date` is; `None` before the cycle.
    pub fn of(date: Date, start: Date) -> Option<Self> {
        u32::try_from(civil::days_between(start, date) + 1).ok().and_then(Self::new)
    }

    /// Reads `day 14`.
    ///
    /// # Errors
    ///
    /// A flaw at the word that is wrong, missing or too much; day 0 is one.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let words = reading::words(text);
        let [day, number, rest @ ..] = words.as_slice() else {
            return Err(Flaw::new(reading::trimmed(text), "this is no day of the cycle")
                .help("write it as `day 14`"));
        };
        if day.lower() != "day" {
            return Err(day
                .flaw(format!("{} should be `day`", quote(day.text)))
                .help("write it as `day 14`"));
        }
        let found = reading::whole_number(number, "day 14")?;
        if !rest.is_empty() {
            return Err(Flaw::new(
                reading::hull(rest),
                format!("nothing is expected after `day {found}`"),
            ));
        }
        Self::new(found)
            .ok_or_else(|| number.flaw("the first day of a cycle is day 1").help("write `day 1`"))
    }
}

impl fmt::Display for CycleDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "day {}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(text: &str, place: &str, words: &str) {
        let flaw = CycleDay::parse(text).unwrap_err();
        assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
        assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
    }

    #[test]
    fn a_fortnight_from_monday_ends_on_the_second_sunday() {
        // D2
        let start = date(2026, 3, 2);
        let last = CycleDay::new(14).unwrap();
        assert_eq!(last.date(start), date(2026, 3, 15));
        assert_eq!(CycleDay::of(date(2026, 3, 15), start), Some(last));
        assert_eq!(CycleDay::of(start, start), CycleDay::new(1));
        assert_eq!(CycleDay::of(date(2026, 3, 1), start), None);
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        assert_eq!(CycleDay::new(u32::MAX).unwrap().date(Date::MIN), Date::MAX);
        assert_eq!(CycleDay::of(Date::MIN, Date::MAX), None);
        assert!(CycleDay::of(Date::MAX, Date::MIN).is_some());
    }

    #[test]
    fn mistakes_have_a_place_and_a_mend() {
        check("", "", "`day 14`");
        check("14", "14", "`day 14`");
        check("dya 14", "dya", "should be `day`");
        check("day 0", "0", "day 1");
        check("day 14 15", "15", "nothing is expected");
        check("day fourteen", "fourteen", "no whole number");
    }
}
