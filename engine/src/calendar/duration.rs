//! Lengths of time as playbooks write them: `5 workdays`, `9 days`, `2 weeks`, `60 minutes`.

use std::fmt;

use super::reading::{self, Word, quote};
use crate::source::Flaw;

/// What a [`Duration`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Sixty seconds.
    Minutes,
    /// Sixty minutes.
    Hours,
    /// Calendar days.
    Days,
    /// Days on which the plan works (D3).
    Workdays,
    /// Seven calendar days.
    Weeks,
}

impl Unit {
    const ALL: [Self; 5] = [Self::Minutes, Self::Hours, Self::Days, Self::Workdays, Self::Weeks];

    /// The word for one.
    fn singular(self) -> &'static str {
        match self {
            Self::Minutes => "minute",
            Self::Hours => "hour",
            Self::Days => "day",
            Self::Workdays => "workday",
            Self::Weeks => "week",
        }
    }

    /// The word for several.
    fn plural(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Workdays => "workdays",
            Self::Weeks => "weeks",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| word == unit.singular() || word == unit.plural())
    }

    fn parse(word: &Word<'_>) -> Result<Self, Flaw> {
        let lower = word.lower();
        if let Some(unit) = Self::named(&lower) {
            return Ok(unit);
        }
        let flaw = word.flaw(format!("{} is no unit of time", quote(word.text)));
        Err(match lower.as_str() {
            "d" => flaw.help("did you mean `days` or `workdays`?"),
            "h" | "hr" | "hrs" => flaw.help("did you mean `hours`?"),
            "m" | "min" | "mins" => flaw.help("did you mean `minutes`?"),
            "w" | "wk" | "wks" => flaw.help("did you mean `weeks`?"),
            "wd" | "weekday" | "weekdays" | "business" | "working" | "work" => {
                flaw.help("did you mean `workdays`?")
            }
            "month" | "months" | "year" | "years" => {
                flaw.help("months and years differ in length: write days or weeks, as in `4 weeks`")
            }
            _ => {
                let names = Self::ALL.into_iter().map(Self::plural);
                reading::hinted(flaw, &lower, names, || {
                    "the units are minutes, hours, days, workdays and weeks".into()
                })
            }
        })
    }
}

/// An amount of one unit.
///
/// ```
/// use fortnight_engine::calendar::{Duration, Unit};
/// let five = Duration::parse("5 workdays")?;
/// assert_eq!(five, Duration { amount: 5, unit: Unit::Workdays });
/// assert_eq!(Duration::parse("1 workdays")?.to_string(), "1 workday");
/// let flaw = Duration::parse("5 wrkdays").unwrap_err();
/// assert_eq!((flaw.range, flaw.helps), (2..9, vec!["did you mean `workdays`?".to_owned()]));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    /// How many of the unit; 0 of a day-like unit means the same day.
    pub amount: u32,
    /// What is counted.
    pub unit: Unit,
}

impl Duration {
    /// Reads `5 workdays` and the like.
    ///
    /// # Errors
    ///
    /// A flaw at the number or the unit that is wrong, missing or too much.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let words = reading::words(text);
        let (duration, used) = Self::read(&words)?;
        match words.get(used..) {
            None | Some([]) => Ok(duration),
            Some(rest) => Err(Flaw::new(
                reading::hull(rest),
                format!("nothing is expected after {}", quote(&duration.to_string())),
            )),
        }
    }

    /// Reads a duration at the start of `words`, and says how many it took.
    pub(super) fn read(words: &[Word<'_>]) -> Result<(Self, usize), Flaw> {
        let Some(number) = words.first() else {
            return Err(Flaw::new(0..0, "a duration is missing here")
                .help("write a number and a unit, as in `5 workdays` or `9 days`"));
        };
        let glued = reading::glued_number(number.text);
        // `1e3` is a number for some, and no length of time for anybody.
        if let Some((digits, rest)) =
            glued.filter(|(_, rest)| rest.chars().all(char::is_alphabetic))
        {
            let unit = Unit::named(&rest.to_lowercase()).map_or("days", Unit::plural);
            return Err(number
                .flaw(format!("{} lacks a space", quote(number.text)))
                .help(format!("write `{digits} {unit}`")));
        }
        let amount = reading::whole_number(number, "5 workdays")?;
        let Some(unit) = words.get(1) else {
            return Err(number.flaw(format!("{amount} of what?")).help(format!(
                "write `{amount} minutes`, `{amount} days` or `{amount} workdays`"
            )));
        };
        Ok((Self { amount, unit: Unit::parse(unit)? }, 2))
    }

    /// How many calendar days it is, where its unit is a day or a week.
    pub fn days(self) -> Option<u32> {
        match self.unit {
            Unit::Days => Some(self.amount),
            Unit::Weeks => Some(self.amount.saturating_mul(7)),
            Unit::Minutes | Unit::Hours | Unit::Workdays => None,
        }
    }

    /// How many minutes it is, where its unit is a minute or an hour.
    pub fn minutes(self) -> Option<u32> {
        match self.unit {
            Unit::Minutes => Some(self.amount),
            Unit::Hours => Some(self.amount.saturating_mul(60)),
            Unit::Days | Unit::Workdays | Unit::Weeks => None,
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.amount == 1 { self.unit.singular() } else { self.unit.plural() };
        write!(f, "{} {unit}", self.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, (&str, &str)>) {
        match (Duration::parse(text), expected) {
            (Ok(duration), Ok(shown)) => assert_eq!(duration.to_string(), shown),
            (Err(flaw), Err((place, words))) => {
                assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
                assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
            }
            (found, _) => panic!("{text:?} gave {found:?}"),
        }
    }

    #[test]
    fn every_unit_prints_back() {
        for text in ["60 minutes", "2 hours", "9 days", "5 workdays", "2 weeks", "1 workday"] {
            check(text, Ok(text));
        }
        check("  1   Weeks ", Ok("1 week"));
        check("0 days", Ok("0 days"));
    }

    #[test]
    fn mistakes_have_a_place_and_a_mend() {
        check("", Err(("", "as in `5 workdays`")));
        check("5", Err(("5", "5 of what?")));
        check("5 wrkdays", Err(("wrkdays", "did you mean `workdays`?")));
        check("5 months", Err(("months", "4 weeks")));
        check("5 weekdays", Err(("weekdays", "did you mean `workdays`?")));
        check("5days", Err(("5days", "write `5 days`")));
        check("five days", Err(("five", "write it with digits: `5`")));
        check("1e3", Err(("1e3", "no whole number")));
        check("-5 days", Err(("-5", "no whole number")));
        check("1.5 days", Err(("1.5", "no whole number")));
        check("99999999999999999999 days", Err(("99999999999999999999", "too large")));
        check("100000 days", Err(("100000", "too large")));
        check("5 days later on", Err(("later on", "nothing is expected after `5 days`")));
        check("5 äöü", Err(("äöü", "the units are")));
    }

    #[test]
    fn only_calendar_units_have_days() {
        assert_eq!(Duration::parse("2 weeks").unwrap().days(), Some(14));
        assert_eq!(Duration::parse("9 days").unwrap().days(), Some(9));
        assert_eq!(Duration::parse("5 workdays").unwrap().days(), None);
        assert_eq!(Duration::parse("2 hours").unwrap().minutes(), Some(120));
    }
}
