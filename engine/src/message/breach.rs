//! What a text does that a rule or its channel does not want.

use std::ops::Range;

/// One rule that a text breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub kind: BreachKind,
    /// How much it matters.
    pub force: Force,
    /// What was counted: sentences, characters, questions, or how often a phrase occurs.
    pub measured: usize,
    /// The bytes concerned in the checked text (of a subject: in the subject); none where
    /// something is missing.
    pub range: Option<Range<usize>>,
    /// What was counted and what the rule is, in a sentence without a full stop.
    pub message: String,
}

/// Which rule a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BreachKind {
    /// Too few or too many sentences.
    Sentences,
    /// Too few or too many characters.
    Characters,
    /// Too few or too many questions.
    Questions,
    /// A phrase to avoid is there.
    Avoided,
    /// A required phrase is missing.
    Required,
    /// The text says again what an earlier one said.
    Repeats,
    /// The text is longer than its channel takes, or takes well.
    ChannelLength,
    /// The subject is missing, too long, or more than one line.
    Subject,
}

/// How much a breach matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// Good to know.
    Advice,
    /// A rule of the playbook: its texts keep it, what a seeker wrote may break it (M3).
    Rule,
    /// The channel does not take it.
    Limit,
}

/// A number with its noun, in singular or plural.
pub(super) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
