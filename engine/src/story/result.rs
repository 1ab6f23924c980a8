//! What came of running stories: plain data, for whoever words it.

use jiff::civil::Date;

use super::Spot;
use crate::diagnostic::{Diagnostic, Severity};
use crate::experiment::VerdictCode;
use crate::plan::{Hindrance, Rejection, Standing, Status};
use crate::playbook::Id;
use crate::source::{Sources, Span};
use crate::words::Words;

/// What running a file of stories gave.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The file, to look places up in.
    pub sources: Sources,
    /// What cannot be read in it.
    pub findings: Vec<Diagnostic>,
    /// Each story, in the order of the file.
    pub stories: Vec<Told>,
    /// What no story reaches, in the order of the playbook.
    pub unreached: Vec<Spot>,
}

impl Report {
    /// Every story was read, was run and holds.
    pub fn passes(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
            && self.stories.iter().all(Told::passes)
    }
}

/// One story that was told.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// It could be read; one that could not was not run.
    pub sound: bool,
    /// What did not hold.
    pub failures: Vec<Failure>,
}

impl Told {
    /// It was run and everything holds.
    pub fn passes(&self) -> bool {
        self.sound && self.failures.is_empty()
    }
}

/// Something that did not hold.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where it was expected.
    pub span: Span,
    /// The day of the story.
    pub day: Date,
    /// What was expected and what came.
    pub mismatch: Mismatch,
}

/// How what came differs from what was expected.
#[derive(Clone, Debug)]
pub enum Mismatch {
    /// A task has another status.
    Status {
        /// The step.
        step: Id,
        /// The person or company.
        who: Option<Words>,
        /// The status that was expected.
        expected: Expected,
        /// How it stands; none where there is no such task.
        found: Option<Box<Standing>>,
    },
    /// A step was expected of everybody on a list, and nobody is on it.
    NobodyListed {
        /// The step.
        step: Id,
    },
    /// A text lacks what it should have, or has what it should lack.
    Text {
        /// The step that sends it.
        step: Id,
        /// The person.
        who: Words,
        /// The words looked for.
        words: String,
        /// They should be there.
        wanted: bool,
        /// The text.
        text: Words,
    },
    /// There is no text to look into.
    NoText {
        /// The step that sends it.
        step: Id,
        /// The person.
        who: Words,
        /// Why; none where the person is on no list.
        hindrance: Option<Hindrance>,
    },
    /// A measure stands at another figure.
    Metric {
        /// The measure.
        metric: Id,
        /// Which of its figures.
        part: &'static str,
        /// As it was written.
        expected: String,
        /// The figure; none where there is none yet.
        found: Option<f64>,
    },
    /// The comparison says something else.
    Verdict {
        /// What was expected.
        expected: VerdictCode,
        /// What it says; none where no cycle runs.
        found: Option<VerdictCode>,
    },
    /// Something that the story does is refused.
    Refused {
        /// What it does, as its key.
        action: &'static str,
        /// Why.
        rejection: Box<Rejection>,
    },
    /// Something that should have been refused was accepted.
    Accepted {
        /// What the story tried, as its key.
        action: &'static str,
        /// The step, where it is about one.
        step: Option<Id>,
        /// The person or company, where it is about one.
        who: Option<Words>,
    },
    /// The plan of the story could not begin.
    NoPlan {
        /// Why, as the program says it to itself.
        error: String,
    },
}

/// What a story may expect of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// It is to be done now, within its deadline.
    Due,
    /// It is not on the day's list: neither due nor overdue.
    NotDue,
    /// Its deadline has passed.
    Overdue,
    /// A field that its message needs is empty, or the text breaks a rule.
    Blocked,
    /// Something else comes first.
    Waiting,
    /// Nothing to do about it any more.
    Closed,
}

impl Expected {
    /// All of them, in the order of the language.
    pub const ALL: [Self; 6] =
        [Self::Due, Self::NotDue, Self::Overdue, Self::Blocked, Self::Waiting, Self::Closed];

    /// The key under `expect`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::NotDue => "not_due",
            Self::Overdue => "overdue",
            Self::Blocked => "blocked",
            Self::Waiting => "waiting",
            Self::Closed => "closed",
        }
    }

    /// Whether a task with that status is as expected.
    pub fn is_met_by(self, status: Status) -> bool {
        match self {
            Self::Due => status == Status::Due,
            Self::NotDue => !status.is_now(),
            Self::Overdue => status == Status::Overdue,
            Self::Blocked => status == Status::Blocked,
            Self::Waiting => status == Status::Waiting,
            Self::Closed => status == Status::Closed,
        }
    }
}
