//! A thing that is asked for: an input of the plan, a field of an entry, of an outcome, of a form.

use crate::message::Rules;
use crate::playbook::Id;

/// One question with the type of its answer.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in templates, conditions and commands.
    pub id: Id,
    /// The question, where one is asked.
    pub ask: Option<String>,
    /// An answer that would do; messages are checked on it, `--sample-answers` gives it.
    pub example: Option<String>,
    /// The answer where nobody gives one.
    pub default: Option<String>,
    /// What answers are allowed.
    pub kind: FieldKind,
    /// Rules that a text must keep.
    pub rules: Option<Rules>,
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Any words.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A day and a time in the plan's zone: an appointment.
    Datetime,
    /// Yes or no.
    YesNo,
    /// A web address.
    Url,
    /// A mail address.
    Email,
    /// One of these words.
    OneOf(Vec<Id>),
}
