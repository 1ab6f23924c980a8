//! A duration that may count from something named: `7 days`, `7 days of send-intro`.

use std::fmt;
use std::ops::Range;

use super::Duration;
use super::reading::{self, quote};
use crate::source::Flaw;

/// How long, and of what: for `within` (D6) and for `after: 3 workdays of STEP` (D5).
///
/// ```
/// use fortnight_engine::calendar::Deadline;
/// let text = "7 days of send-intro";
/// let deadline = Deadline::parse(text)?;
/// assert_eq!(deadline.of.as_deref(), Some("send-intro"));
/// assert_eq!(&text[deadline.of_range.clone()], "send-intro");
/// assert_eq!(deadline.to_string(), text);
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The length of time.
    pub within: Duration,
    /// The step or outcome it counts from; without one, what the key says.
    pub of: Option<String>,
    /// The bytes of that name in the text that was read; empty without one.
    pub of_range: Range<usize>,
}

impl Deadline {
    /// Reads a duration, perhaps followed by `of NAME`. Whether the name exists is not known here.
    ///
    /// # Errors
    ///
    /// A flaw at the word that is wrong, missing or too much.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let words = reading::words(text);
        let (within, used) = Duration::read(&words)?;
        match words.get(used..).unwrap_or_default() {
            [] => Ok(Self { within, of: None, of_range: 0..0 }),
            [of] if of.lower() == "of" => Err(of
                .flaw("of what?")
                .help(format!("write the id of a step, as in `{within} of send-intro`"))),
            [of, name] if of.lower() == "of" => {
                Ok(Self { within, of: Some(name.text.into()), of_range: name.range.clone() })
            }
            [of, names @ ..] if of.lower() == "of" => {
                let joined: Vec<&str> = names.iter().map(|word| word.text).collect();
                Err(Flaw::new(reading::hull(names), "one name is expected after `of`")
                    .help(format!("ids have hyphens, not spaces: {}?", quote(&joined.join("-")))))
            }
            rest => Err(Flaw::new(
                reading::hull(rest),
                format!(
                    "nothing but `of` and a name is expected after {}",
                    quote(&within.to_string())
                ),
            )
            .help(format!("write it as `{within} of send-intro`"))),
        }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.of {
            Some(name) => write!(f, "{} of {name}", self.within),
            None => write!(f, "{}", self.within),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, place: &str, words: &str) {
        let flaw = Deadline::parse(text).unwrap_err();
        assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
        assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
    }

    #[test]
    fn both_forms_print_back() {
        for text in ["7 days", "3 workdays of send-intro", "1 week of replied"] {
            assert_eq!(Deadline::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn mistakes_have_a_place_and_a_mend() {
        check("7 days of", "of", "of what?");
        check("7 days of send intro", "send intro", "`send-intro`");
        check("7 days after send-intro", "after send-intro", "7 days of send-intro");
        check("7 dayz of send-intro", "dayz", "did you mean `days`?");
    }
}
