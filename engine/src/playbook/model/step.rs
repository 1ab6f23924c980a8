//! One step of the graph.

use super::Field;
use crate::calendar::{Duration, Pace, Schedule};
use crate::message::{Condition, Template};
use crate::playbook::Id;

/// A step as the coach declared it, with its references resolved to positions.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub id: Id,
    /// What to do, in a few words.
    pub title: String,
    /// Where it comes from, for coaches.
    pub source: Option<String>,
    /// How to do it: Markdown and a template.
    pub guide: Option<Template>,
    /// Small things not to forget.
    pub checklist: Vec<String>,
    /// What kind of step it is.
    pub kind: StepKind,
    /// What must come before (G2–G4).
    pub needs: Vec<Need>,
    /// One task for each entry of this list.
    pub for_each: Option<List>,
    /// While it is false, the task is not needed (G5).
    pub when: Option<Condition>,
    /// How long after its needs it becomes due (D3–D5).
    pub after: Option<After>,
    /// The day it becomes due.
    pub at: Option<Available>,
    /// Its deadline (D6).
    pub within: Option<Within>,
    /// How many of its tasks come onto one day's list (D8); several combine by the smallest.
    pub pace: Vec<Pace>,
    /// Once in the plan's life, not once per cycle (G7); always true for steps over companies.
    pub once_per_plan: bool,
    /// The form that is filled when it is done.
    pub record: Vec<Field>,
    /// The outcome that doing it records.
    pub sets: Option<Id>,
    /// Whether it may be skipped (S2).
    pub required: Required,
    /// How many minutes it takes, for each entry.
    pub effort: Option<u32>,
}

/// The kinds of step.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// A person does it and says done.
    Task,
    /// Settles what this cycle compares: the choice of that id.
    Choose(Id),
    /// The seeker's own wording of the message of that id.
    Write(Id),
    /// Gathers a list.
    Collect(List),
    /// Fills fields of entries.
    Fill(Vec<Id>),
    /// Sends the message of that id.
    Send(Id),
    /// The review: what comes next, out of these.
    Decide(Vec<Decision>),
    /// A habit (D7).
    Every(Schedule),
}

/// The two lists of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// The people of the cycle.
    People,
    /// The companies of the plan.
    Companies,
}

/// What a review may decide (E7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The same pair once more.
    Again,
    /// An option becomes the baseline.
    Use,
    /// No further cycle.
    Stop,
}

/// An edge of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The position of the needed step.
    pub step: usize,
    /// What of it is needed.
    pub measure: NeedMeasure,
}

/// When a need is met (G2, G3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedMeasure {
    /// Done, skipped, closed or not needed.
    Finished,
    /// Done, nothing else.
    Done,
    /// So many are done, or none can still be done.
    AtLeast(u32),
}

/// An offset, counted from the needs or from an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// How long after.
    pub duration: Duration,
    /// From when; the last need where none is named.
    pub of: Option<Anchor>,
}

/// What an offset counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day on which the step at this position was done (D5).
    Step(usize),
    /// The day on which the outcome happened.
    Outcome(Id),
}

/// A named day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Available {
    /// This day of the cycle.
    CycleDay(u32),
    /// A date or datetime field of an outcome of the person, such as `person.booked.at`.
    OutcomeField {
        /// The outcome.
        outcome: Id,
        /// Its field.
        field: Id,
    },
    /// A date field of the entry, such as `person.born` or `company.deadline`.
    EntryField(Id),
}

/// A deadline: so long after the task became available, or after a step was done (D6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// How long.
    pub duration: Duration,
    /// The position of the step it counts from, where one is named.
    pub of: Option<usize>,
}

/// Whether a task may be skipped (S2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Required {
    /// Never.
    Must,
    /// With a sentence of why.
    #[default]
    UnlessReason,
    /// Freely.
    Optional,
}
