//! What a name can stand for, known before anybody has answered anything.
//!
//! Knows kinds of value and whether two of them can be compared. It must not know names.

use super::Value;
use super::evaluate::{day_of, moment_in};
use super::filter::{Change, Filter};
use super::tree::{Base, Operand};

/// The values a name can have; every one of them can also be empty.
#[derive(Clone, Debug, PartialEq)]
pub enum Domain {
    /// Yes or no, or whether an outcome happened.
    Flag,
    /// One of these texts.
    OneOf(Vec<String>),
    /// Any number.
    Number,
    /// A number from `least` to `most`, both included, such as the day of a cycle.
    Between {
        /// The smallest it can be.
        least: f64,
        /// The largest it can be.
        most: f64,
    },
    /// Any text.
    Text,
    /// A day or a moment.
    Date,
}

/// The kinds of value that have an order in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Flag,
    Number,
    Text,
    Date,
}

impl Kind {
    /// The kind as a coach would call it.
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Flag => "yes or no",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Date => "a date",
        }
    }
}

impl Domain {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Flag => Kind::Flag,
            Self::OneOf(_) | Self::Text => Kind::Text,
            Self::Number | Self::Between { .. } => Kind::Number,
            Self::Date => Kind::Date,
        }
    }
}

/// The kind of a value; none for an empty one.
pub(super) fn kind_of_value(value: &Value) -> Option<Kind> {
    match value {
        Value::Empty => None,
        Value::Flag(_) => Some(Kind::Flag),
        Value::Number(_) => Some(Kind::Number),
        Value::Text(_) => Some(Kind::Text),
        Value::Date(_) | Value::Moment(_) => Some(Kind::Date),
    }
}

/// The kind of an operand after its filters, where it can be known.
pub(super) fn kind_of(
    operand: &Operand,
    domain_of: &dyn Fn(&str) -> Option<Domain>,
) -> Option<Kind> {
    let base = match &operand.base {
        Base::Name(path) => domain_of(path).map(|domain| domain.kind()),
        Base::Literal(value) => kind_of_value(value),
    };
    operand.filters.iter().fold(base, |kind, filter| match filter {
        Filter::Change(_) => Some(Kind::Text),
        Filter::Default(fallback) => kind.filter(|_| kind_of(fallback, domain_of) == kind),
    })
}

/// The kind of value a filter is made for, where it is made for one.
pub(super) fn kind_wanted(change: Change) -> Option<Kind> {
    match change {
        Change::Date | Change::Day | Change::Weekday | Change::Time => Some(Kind::Date),
        Change::Percent => Some(Kind::Number),
        Change::Upper
        | Change::Lower
        | Change::Title
        | Change::Capitalize
        | Change::Trim
        | Change::FirstWord => None,
    }
}

/// True for a written text that names a day, or a day and a time.
pub(super) fn is_written_date(operand: &Operand) -> bool {
    match &operand.base {
        Base::Literal(value @ Value::Text(words)) => {
            day_of(value).is_some() || moment_in(words.raw()).is_some()
        }
        Base::Literal(_) | Base::Name(_) => false,
    }
}
