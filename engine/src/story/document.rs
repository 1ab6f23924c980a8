//! Stories as they were read: every name resolved, every value understood.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Expected;
use crate::calendar::{DayRange, WeekdaySet};
use crate::experiment::VerdictCode;
use crate::people::Entry;
use crate::playbook::{Decision, Id};
use crate::source::Span;
use crate::words::Words;

/// One story.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) name: String,
    pub(super) span: Span,
    /// It could be read without an error.
    pub(super) sound: bool,
    pub(super) start: Date,
    pub(super) zone: String,
    pub(super) weekdays: WeekdaySet,
    pub(super) days_off: Vec<DayRange>,
    pub(super) inputs: BTreeMap<Id, Words>,
    pub(super) choices: Choices,
    /// Everybody who appears, in the order in which they do.
    pub(super) cast: Vec<Role>,
    /// How many of them are there from the start.
    pub(super) first: usize,
    pub(super) moments: Vec<Moment>,
}

/// What the first cycle does with the playbook's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choices {
    /// `choices: {}`: nothing is chosen yet, and the step that asks stays open.
    Open,
    /// Nothing is compared: the baseline of every choice, and the steps that ask are skipped.
    Baseline,
    /// A choice and the option that is compared with the baseline.
    Compared(String, String),
}

/// Somebody in a story: a place in [`Story::cast`].
pub(super) type Actor = usize;

/// Somebody who appears in a story.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) entry: Entry,
    /// Their company, where it appears too.
    pub(super) company: Option<Actor>,
}

/// What is done on a day, and what is then expected.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) day: Date,
    pub(super) acts: Vec<Act>,
    pub(super) expectations: Vec<Expectation>,
}

/// Something that is done.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) span: Span,
    pub(super) deed: Deed,
    /// It is expected to be refused.
    pub(super) refused: bool,
    /// It goes against a rule of the method, and the seeker says so.
    pub(super) anyway: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Deed {
    Add(Actor),
    Done(Subject),
    Skip(Subject),
    Fill { who: Whom, field: String, value: Words },
    Record { who: Actor, outcome: Id, fields: BTreeMap<Id, Words> },
    Set { input: Id, value: Words },
    Decide(Review),
    StopCycle,
    Compare { choice: String, option: String },
    StartCycle { start: Option<Date>, compared: Option<(String, String)> },
    Away(DayRange),
}

impl Deed {
    /// The key that it is written under.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::Done(_) => "done",
            Self::Skip(_) => "skip",
            Self::Fill { .. } => "fill",
            Self::Record { .. } => "record",
            Self::Set { .. } => "set",
            Self::Decide(_) => "decide",
            Self::StopCycle | Self::Compare { .. } | Self::StartCycle { .. } => "cycle",
            Self::Away(_) => "away",
        }
    }
}

/// A step, and for whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    /// The step's position in the playbook.
    pub(super) step: usize,
    /// One of its list; none means everybody on it, or the step itself where it has no list.
    pub(super) who: Option<Actor>,
}

/// Whose field is filled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whom {
    People,
    Companies,
    One(Actor),
}

/// The answer to a review.
#[derive(Clone, Debug)]
pub(super) struct Review {
    pub(super) decision: Decision,
    pub(super) option: Option<String>,
    pub(super) why: Words,
    pub(super) next: Next,
}

/// When the next cycle begins (E7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Monday,
    On(Date),
    No,
}

/// Something that is expected.
#[derive(Clone, Debug)]
pub(super) struct Expectation {
    pub(super) span: Span,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Status(Subject, Expected),
    Text {
        step: usize,
        who: Actor,
        words: String,
        wanted: bool,
    },
    /// Of a cycle by its number; of the running one without it.
    Metric {
        cycle: Option<u32>,
        metric: Id,
        part: Part,
        figure: String,
    },
    Verdict {
        cycle: Option<u32>,
        code: VerdictCode,
    },
}

/// A figure of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    OutOf,
    Count,
    Counted,
    Waiting,
    Late,
    Value,
}

impl Part {
    pub(super) const ALL: [Self; 6] =
        [Self::OutOf, Self::Count, Self::Counted, Self::Waiting, Self::Late, Self::Value];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::OutOf => "out_of",
            Self::Count => "count",
            Self::Counted => "counted",
            Self::Waiting => "waiting",
            Self::Late => "late",
            Self::Value => "value",
        }
    }
}
