//! How many tasks of a step fit onto a day's list (D8): `10 per workday`.

use std::fmt;

use super::reading::{self, quote};
use crate::source::Flaw;

/// The stretch of time a [`Pace`] counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Each calendar day.
    Day,
    /// Each workday of the plan; none on other days.
    Workday,
    /// Each week, Monday to Sunday.
    Week,
}

impl Period {
    const ALL: [Self; 3] = [Self::Day, Self::Workday, Self::Week];

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Workday => "workday",
            Self::Week => "week",
        }
    }
}

/// At most `count` in each period.
///
/// ```
/// use fortnight_engine::calendar::{Pace, Period};
/// let pace = Pace::parse("10 per workday")?;
/// assert_eq!(pace, Pace { count: 10, per: Period::Workday });
/// assert_eq!(pace.to_string(), "10 per workday");
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pace {
    /// How many, at least 1.
    pub count: u32,
    /// In which stretch of time.
    pub per: Period,
}

impl Pace {
    /// Reads `10 per workday`.
    ///
    /// # Errors
    ///
    /// A flaw at the word that is wrong, missing or too much; a pace of 0 is one.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        const FORM: &str = "write it as `10 per workday`";
        let words = reading::words(text);
        let [number, per, period, rest @ ..] = words.as_slice() else {
            return Err(Flaw::new(reading::trimmed(text), "this is no pace").help(FORM));
        };
        let count = reading::whole_number(number, "10 per workday")?;
        if count == 0 {
            return Err(number
                .flaw("a pace of 0 lets nothing through")
                .help("leave `pace` out, or write at least 1"));
        }
        if per.lower() != "per" {
            return Err(per.flaw(format!("{} should be `per`", quote(per.text))).help(FORM));
        }
        let lower = period.lower();
        let Some(found) = Period::ALL.into_iter().find(|period| period.name() == lower) else {
            let flaw = period.flaw(format!("{} is no day or week", quote(period.text)));
            let names = Period::ALL.into_iter().map(Period::name);
            return Err(reading::hinted(flaw, &lower, names, || {
                "write `per day`, `per workday` or `per week`".into()
            }));
        };
        if !rest.is_empty() {
            return Err(Flaw::new(reading::hull(rest), "nothing is expected after a pace")
                .help("several paces are a list: `[10 per workday, 30 per week]`"));
        }
        Ok(Self { count, per: found })
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {}", self.count, self.per.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, place: &str, words: &str) {
        let flaw = Pace::parse(text).unwrap_err();
        assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
        assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
    }

    #[test]
    fn every_period_prints_back() {
        for text in ["1 per day", "10 per workday", "30 per week"] {
            assert_eq!(Pace::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn mistakes_have_a_place_and_a_mend() {
        check("", "", "`10 per workday`");
        check(" 10 a ", "10 a", "`10 per workday`");
        check("0 per day", "0", "at least 1");
        check("10 a workday", "a", "should be `per`");
        check("10 per wrkday", "wrkday", "did you mean `workday`?");
        check("10 per month", "month", "per week");
        check("10 per workday 30 per week", "30 per week", "a list");
    }
}
