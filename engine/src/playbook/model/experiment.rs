//! What a cycle compares and measures.

use super::Within;
use crate::playbook::Id;

/// Something cycles may compare, one at a time (E1).
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub id: Id,
    /// The question that picks it.
    pub ask: Option<String>,
    /// Two or more values; the first is the baseline to begin with.
    pub options: Vec<ChoiceOption>,
    /// Both options may run side by side in one cycle (E2).
    pub split: bool,
}

/// One value of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceOption {
    /// Its name.
    pub id: Id,
    /// How people read it.
    pub title: String,
}

/// The shape of a cycle.
#[derive(Clone, Debug)]
pub struct CycleRules {
    /// Days from the first to the last, both included.
    pub length: u32,
    /// The cycle day on which the list closes (E4); the last day of the cycle where none is given.
    pub list_closes: u32,
    /// The one measure that decides.
    pub decided_by: Option<Id>,
    /// The measure that must be alike on both sides for a fair comparison.
    pub fairness: Option<Id>,
}

/// A measure of a cycle (E8).
#[derive(Clone, Debug)]
pub struct Metric {
    /// Its name.
    pub id: Id,
    /// How people read it.
    pub title: String,
    /// Who counts; none for a plain number per so many days.
    pub out_of: Option<Event>,
    /// What is hoped for.
    pub count: Event,
    /// How long after `out_of` (or after the named step) it still counts.
    pub within: Option<Within>,
    /// Days that the number is given for, such as 30.
    pub per: Option<u32>,
}

/// Something that happens to an entry (or to a habit) on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The step at this position was done.
    Done(usize),
    /// The step at this position became available, and no reply had come up to and including that day.
    Due(usize),
    /// The outcome was recorded.
    Outcome(Id),
}
