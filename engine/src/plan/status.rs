//! What a task's status can be, and why.

use jiff::civil::{Date, Time};

use crate::message::Breach;
use crate::playbook::Id;

/// The status of a task: exactly one at each instant, the first that fits in this order (S1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It was done.
    Done,
    /// The person skipped it.
    Skipped,
    /// Nothing to do about it any more.
    Closed,
    /// Its condition is false.
    NotNeeded,
    /// A need is open, the person has not accepted, or another message comes first.
    Waiting,
    /// Its day has not come.
    Scheduled,
    /// A field its message needs is empty, or the text breaks a rule.
    Blocked,
    /// Its deadline has passed.
    Overdue,
    /// It is to be done now.
    Due,
}

impl Status {
    /// The word for it, the same in JSON, tests and documents.
    ///
    /// ```
    /// use fortnight_engine::plan::Status;
    /// assert_eq!(Status::NotNeeded.as_str(), "not_needed");
    /// assert!(Status::Overdue.is_open() && !Status::Skipped.is_open());
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Closed => "closed",
            Self::NotNeeded => "not_needed",
            Self::Waiting => "waiting",
            Self::Scheduled => "scheduled",
            Self::Blocked => "blocked",
            Self::Overdue => "overdue",
            Self::Due => "due",
        }
    }

    /// Something may still be done about it as things stand.
    pub fn is_open(self) -> bool {
        match self {
            Self::Done | Self::Skipped | Self::Closed | Self::NotNeeded => false,
            Self::Waiting | Self::Scheduled | Self::Blocked | Self::Overdue | Self::Due => true,
        }
    }

    /// It belongs on today's list.
    pub fn is_now(self) -> bool {
        matches!(self, Self::Overdue | Self::Due)
    }

    /// Its day has been computed: everything that must come before has come.
    pub fn is_dated(self) -> bool {
        matches!(self, Self::Scheduled | Self::Blocked | Self::Overdue | Self::Due)
    }
}

/// Why a task has its status. Steps are named by their position in the playbook.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// A person said so.
    Recorded,
    /// The facts say so: the list is long enough, the fields are filled, the choice is made.
    Facts,
    /// The cycle is over (S8).
    CycleOver,
    /// The person said no, asked for later, or could not be reached (S4).
    Ended(Id),
    /// The person does not want to be written to (S5).
    DoNotContact,
    /// The person was forgotten (L3).
    Forgotten,
    /// A newer occurrence of the habit took its place (D7).
    NewerOccurrence,
    /// The occurrence fell on a day off or away (D7).
    DayOff,
    /// The cycle compares something else (E1).
    OtherChoice(Id),
    /// The review of an earlier cycle: a later one has begun.
    LaterCycle,
    /// Its condition is false (G5).
    Condition,
    /// This step must come first (G2, G3).
    Need(usize),
    /// The request to connect has not been accepted.
    NotAccepted,
    /// Another message to the person comes first: that step, of this plan (S6).
    Message(usize),
    /// Another plan has an open message to the person (S6).
    OtherPlan,
    /// The date it waits for is not among the facts yet.
    NoDate,
    /// The day named or computed has not come.
    Day,
    /// The day's list is full (D8).
    Pace,
    /// A message went out to the person; the next one is due on a later workday (S6).
    MessageToday,
    /// The person moved it (D9).
    Postponed,
    /// People are still inside their reply window (D2, E5).
    Unsettled,
    /// These names are empty (M2).
    Missing(Vec<String>),
    /// The text breaks these rules (M3).
    Rules(Vec<Breach>),
    /// What was filled in makes the text longer than any message may be.
    TooLong,
    /// Nothing stands in the way.
    Ready,
}

/// The status of one task with everything that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// What gave it.
    pub reason: Reason,
    /// The day on which it became or becomes available; none while that cannot be known.
    pub available: Option<Date>,
    /// The time of day, for appointments and habits.
    pub time: Option<Time>,
    /// The last day of its deadline (D6).
    pub deadline: Option<Date>,
    /// The day on which it was done or skipped.
    pub finished: Option<Date>,
}

impl Standing {
    /// A standing without any day.
    pub fn undated(status: Status, reason: Reason) -> Self {
        Self { status, reason, available: None, time: None, deadline: None, finished: None }
    }

    /// Done or skipped on a day.
    pub fn finished(status: Status, reason: Reason, on: Date) -> Self {
        Self { finished: Some(on), ..Self::undated(status, reason) }
    }
}
