//! What a name stands for when a text is rendered or a condition judged.
//!
//! Knows the kinds of value, when one is empty, and how one reads in a text. It must not know
//! which names a playbook declares.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;

use crate::words::Words;

/// One value behind a name.
///
/// A blank text and a number that is none are as empty as [`Value::Empty`]: nothing is ever
/// printed for them (M2).
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Asked for and not answered, not counted, not known.
    #[default]
    Empty,
    /// Yes or no; also whether an outcome happened.
    Flag(bool),
    /// A count, a rate, a number somebody typed.
    Number(f64),
    /// Words from a person or a file: data, never a template (M6).
    Text(Words),
    /// A day.
    Date(civil::Date),
    /// A day with a time, in the plan's zone.
    Moment(civil::DateTime),
}

impl Value {
    /// True where there is nothing to print and nothing to compare.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Number(number) => number.is_nan(),
            Self::Text(words) => words.is_blank(),
            Self::Flag(_) | Self::Date(_) | Self::Moment(_) => false,
        }
    }

    /// What the value says as a condition: an empty one, `no` and zero are false.
    pub fn holds(&self) -> bool {
        match self {
            Self::Flag(flag) => *flag,
            Self::Number(number) => !number.is_nan() && *number != 0.0,
            Self::Empty | Self::Text(_) | Self::Date(_) | Self::Moment(_) => !self.is_empty(),
        }
    }

    /// Writes the value as it reads in a sentence: `yes`, `12`, `0.25`, `3 March 2026`,
    /// `3 March 2026 at 14:00`; words as they are, without white space around them.
    pub(super) fn write_to(&self, out: &mut String) {
        match self {
            Self::Empty => {}
            Self::Flag(flag) => out.push_str(if *flag { "yes" } else { "no" }),
            Self::Number(number) => out.push_str(&number_in_words(*number)),
            Self::Text(words) => out.push_str(words.raw().trim()),
            Self::Date(date) => out.push_str(&date.strftime("%-d %B %Y").to_string()),
            Self::Moment(moment) => {
                out.push_str(&moment.strftime("%-d %B %Y at %H:%M").to_string());
            }
        }
    }
}

/// A number with at most two decimals, and none where they would be zero.
fn number_in_words(number: f64) -> String {
    let rounded = format!("{number:.2}");
    let short = rounded.strip_suffix(".00").unwrap_or(&rounded);
    let short = if short.contains('.') { short.trim_end_matches('0') } else { short };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Self::Text(words)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Words::new(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Words::new(text))
    }
}

impl From<civil::Date> for Value {
    fn from(date: civil::Date) -> Self {
        Self::Date(date)
    }
}

impl From<civil::DateTime> for Value {
    fn from(moment: civil::DateTime) -> Self {
        Self::Moment(moment)
    }
}

/// The values behind dotted names, such as `person.first_name`.
///
/// A name may have a value and names below it: `person.booked` says whether the outcome happened,
/// `person.booked.at` when. Names are plain keys, so the two never get in each other's way.
///
/// ```
/// use fortnight_engine::message::{Names, Value};
/// let mut names = Names::default();
/// names.set("person.booked", true);
/// names.set("person.booked.at", jiff::civil::date(2026, 3, 12).at(14, 0, 0, 0));
/// assert_eq!(names.get("person.booked"), &Value::Flag(true));
/// assert_eq!(names.get("person.referred"), &Value::Empty);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Names {
    own: BTreeMap<String, Value>,
    shared: Option<Arc<Self>>,
}

impl Names {
    /// Names that fall back on `shared` where they have no value of their own, so that what is the
    /// same for everybody on a list is gathered once.
    pub fn over(shared: Arc<Self>) -> Self {
        Self { own: BTreeMap::new(), shared: Some(shared) }
    }

    /// Gives `name` a value; a later one replaces an earlier one. White space around a text is
    /// left out, once and here, so that no comparison or rendering has to pay for it.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let mut value = value.into();
        if let Value::Text(words) = &value
            && words.raw().trim().len() < words.raw().len()
        {
            value = Value::from(words.raw().trim());
        }
        self.own.insert(name.into(), value);
    }

    /// Gives a name that is there another value, without the care of [`set`](Self::set).
    pub(super) fn replace(&mut self, name: &str, value: &Value) {
        if let Some(slot) = self.own.get_mut(name) {
            slot.clone_from(value);
        }
    }

    /// The value of `name`; [`Value::Empty`] where nobody set one.
    pub fn get(&self, name: &str) -> &Value {
        static NOTHING: Value = Value::Empty;
        let mut names = self;
        loop {
            if let Some(value) = names.own.get(name) {
                return value;
            }
            match &names.shared {
                Some(shared) => names = shared,
                None => return &NOTHING,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: impl Into<Value>, expected: &str) {
        let mut out = String::new();
        value.into().write_to(&mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn values_read_as_a_person_would_write_them() {
        check(true, "yes");
        check(12.0, "12");
        check(0.25, "0.25");
        check(1.0 / 3.0, "0.33");
        check(0.5, "0.5");
        check(-0.0001, "0");
        check(100.0, "100");
        check("  Ana ", "Ana");
        check(civil::date(2026, 3, 2), "2 March 2026");
        check(civil::date(2026, 3, 2).at(9, 5, 0, 0), "2 March 2026 at 09:05");
    }

    #[test]
    fn blank_words_and_impossible_numbers_are_empty() {
        assert!(Value::from(" \n").is_empty());
        assert!(Value::from(f64::NAN).is_empty());
        assert!(!Value::from(false).is_empty());
        assert!(!Value::from(0.0).is_empty());
        assert!(!Value::from(0.0).holds());
        assert!(!Value::from(f64::NAN).holds());
    }

    #[test]
    fn own_names_hide_shared_ones() {
        let mut shared = Names::default();
        shared.set("inputs.role", "Designer");
        shared.set("cycle.day", 3);
        let mut names = Names::over(Arc::new(shared));
        names.set("cycle.day", 4);
        assert_eq!(names.get("inputs.role"), &Value::from("Designer"));
        assert_eq!(names.get("cycle.day"), &Value::from(4));
        assert_eq!(names.get("nobody"), &Value::Empty);
    }
}
