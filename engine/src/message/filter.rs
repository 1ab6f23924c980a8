//! The filters a template may use: a short list, each bounded by the length of its value.
//!
//! Knows what each filter makes of a value. It must not know names or templates.

use super::Value;
use super::tree::Operand;
use crate::words::Words;

/// One `| filter` behind a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    /// `default(…)`: what stands in for an empty value.
    Default(Box<Operand>),
    /// Anything that makes one value of another.
    Change(Change),
}

/// The filters without an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Upper,
    Lower,
    Title,
    Capitalize,
    Trim,
    FirstWord,
    Date,
    Day,
    Weekday,
    Time,
    Percent,
}

/// Every filter without an argument, by its name.
const CHANGES: [(&str, Change); 11] = [
    ("upper", Change::Upper),
    ("lower", Change::Lower),
    ("title", Change::Title),
    ("capitalize", Change::Capitalize),
    ("trim", Change::Trim),
    ("first_word", Change::FirstWord),
    ("date", Change::Date),
    ("day", Change::Day),
    ("weekday", Change::Weekday),
    ("time", Change::Time),
    ("percent", Change::Percent),
];

/// The names of all filters, `default` first.
pub(super) fn filter_names() -> impl Iterator<Item = &'static str> {
    std::iter::once("default").chain(CHANGES.iter().map(|(name, _)| *name))
}

/// Every filter with what it does, for the reference of the language.
pub fn filters() -> Vec<(&'static str, &'static str)> {
    let default = (
        "default(…)",
        "what stands in for an empty value, as in `person.position | default(\"your team\")`",
    );
    std::iter::once(default)
        .chain(CHANGES.iter().map(|(name, change)| (*name, change.doc())))
        .collect()
}

impl Change {
    /// What it does.
    fn doc(self) -> &'static str {
        match self {
            Self::Upper => "all letters large",
            Self::Lower => "all letters small",
            Self::Title => "every word with a large first letter",
            Self::Capitalize => "the first letter large, the others small",
            Self::Trim => "without white space around it",
            Self::FirstWord => "the first word",
            Self::Date => "a day as `12 March 2026`",
            Self::Day => "a day as `Thursday 12 March`",
            Self::Weekday => "a day as `Thursday`",
            Self::Time => "the time of an appointment, as `15:00`",
            Self::Percent => "a share as `25 %`",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        CHANGES.iter().find(|(known, _)| *known == name).map(|(_, change)| *change)
    }

    /// What the filter makes of `value`. A filter for dates leaves other values as they are, and
    /// the time of a mere day is empty; an empty value stays empty, and a text over 512 bytes itself.
    pub(super) fn apply(self, value: &Value) -> Value {
        if value.is_empty() {
            return Value::Empty;
        }
        match self {
            Self::Upper => on_text(value, str::to_uppercase),
            Self::Lower => on_text(value, str::to_lowercase),
            Self::Title => on_text(value, title),
            Self::Capitalize => on_text(value, |text| capital(text, true)),
            Self::Trim => on_text(value, str::to_owned),
            Self::FirstWord => {
                on_text(value, |text| text.split_whitespace().next().unwrap_or_default().to_owned())
            }
            Self::Date => on_date(value, "%-d %B %Y"),
            Self::Day => on_date(value, "%A %-d %B"),
            Self::Weekday => on_date(value, "%A"),
            Self::Time => match value {
                Value::Moment(moment) => text(moment.strftime("%H:%M").to_string()),
                Value::Date(_) => Value::Empty,
                Value::Empty | Value::Flag(_) | Value::Number(_) | Value::Text(_) => value.clone(),
            },
            Self::Percent => match value {
                Value::Number(number) => text(format!("{:.0} %", number * 100.0)),
                Value::Empty
                | Value::Flag(_)
                | Value::Text(_)
                | Value::Date(_)
                | Value::Moment(_) => value.clone(),
            },
        }
    }
}

fn text(text: String) -> Value {
    Value::Text(Words::new(text))
}

/// The longest text a filter changes, in bytes, so that hundreds of filters cost nothing (R19).
const LONGEST_CHANGED: usize = 512;

fn on_text(value: &Value, change: impl Fn(&str) -> String) -> Value {
    if let Value::Text(words) = value
        && words.raw().len() > LONGEST_CHANGED
    {
        return value.clone();
    }
    let mut written = String::new();
    value.write_to(&mut written);
    text(change(&written))
}

fn on_date(value: &Value, format: &str) -> Value {
    match value {
        Value::Date(date) => text(date.strftime(format).to_string()),
        Value::Moment(moment) => text(moment.strftime(format).to_string()),
        Value::Empty | Value::Flag(_) | Value::Number(_) | Value::Text(_) => value.clone(),
    }
}

/// The first letter large; the others small where `lower_rest` says so.
fn capital(word: &str, lower_rest: bool) -> String {
    let mut characters = word.chars();
    let Some(first) = characters.next() else { return String::new() };
    let rest = characters.as_str();
    let rest = if lower_rest { rest.to_lowercase() } else { rest.to_owned() };
    first.to_uppercase().chain(rest.chars()).collect()
}

/// Every word with a large first letter; the rest is left alone, so that "B2B sales" becomes
/// "B2B Sales".
fn title(text: &str) -> String {
    text.split_inclusive(char::is_whitespace).map(|word| capital(word, false)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(name: &str, value: impl Into<Value>, expected: &str) {
        let mut out = String::new();
        Change::named(name).unwrap().apply(&value.into()).write_to(&mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn filters_for_words() {
        check("upper", "straße", "STRASSE");
        check("lower", "ANA", "ana");
        check("title", "head of B2B sales", "Head Of B2B Sales");
        check("capitalize", "éCOLE", "École");
        check("capitalize", "", "");
        check("trim", "  x ", "x");
        check("first_word", " Ana María Silva", "Ana");
        check("upper", 3.5, "3.5");
    }

    #[test]
    fn filters_for_dates_and_numbers() {
        let moment = date(2026, 3, 3).at(14, 30, 0, 0);
        check("date", date(2026, 3, 3), "3 March 2026");
        check("day", moment, "Tuesday 3 March");
        check("weekday", moment, "Tuesday");
        check("time", moment, "14:30");
        check("time", date(2026, 3, 3), "");
        check("day", "soon", "soon");
        check("percent", 0.254, "25 %");
        check("percent", "x", "x");
    }

    #[test]
    fn every_listed_filter_is_known() {
        assert!(filter_names().skip(1).all(|name| Change::named(name).is_some()));
    }
}
