//! Operations: what one command recorded, the unit of undo (F4).

use std::fmt;

use jiff::{Timestamp, civil::Date};

use crate::people::{self, EntryId};
use crate::plan::{Fact, PlanId};

/// Names one operation: 1, 2, 3, … in the order of appending, one sequence for the whole log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub u64);

impl fmt::Display for OperationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// One change of an operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Something happened in a plan.
    Plan {
        /// The plan.
        plan: PlanId,
        /// What happened.
        fact: Fact,
    },
    /// Something changed in what is known of people and companies.
    Person(people::Change),
}

/// What one command wants to record, all of it or nothing (F4).
#[derive(Clone, Debug, PartialEq)]
pub struct NewOperation {
    /// When it is recorded: the clock of the command (F2), kept to the microsecond.
    pub at: Timestamp,
    /// The command's name, such as `record` or `undo`; never anything personal.
    pub command: String,
    /// The operation that it retracts. A redo retracts an undo.
    pub undoes: Option<OperationId>,
    /// What it records. People come back before plans, new entries first; else the order is kept.
    pub changes: Vec<Change>,
    /// Content hashes and packed texts of playbooks; kept where they are new (E3).
    pub playbooks: Vec<(String, String)>,
    /// What the next reading of a plan needs to find its rows.
    pub projections: Vec<(PlanId, Projection)>,
}

impl NewOperation {
    /// An operation that records nothing yet.
    pub fn new(at: Timestamp, command: impl Into<String>) -> Self {
        Self {
            at,
            command: command.into(),
            undoes: None,
            changes: Vec::new(),
            playbooks: Vec::new(),
            projections: Vec::new(),
        }
    }

    /// Puts it into the form that is kept: whole microseconds, people before plans.
    pub(super) fn settle(&mut self) {
        // In the very last second there are no whole microseconds but the first.
        let whole = Timestamp::from_microsecond(self.at.as_microsecond())
            .or_else(|_| Timestamp::from_second(self.at.as_second()));
        self.at = whole.unwrap_or(self.at);
        self.changes.sort_by_key(|change| match change {
            Change::Person(people::Change::Added(_)) => 0,
            Change::Person(_) => 1,
            Change::Plan { .. } => 2,
        });
    }
}

/// An operation as it stands in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its number.
    pub id: OperationId,
    /// When it was recorded.
    pub at: Timestamp,
    /// The command that recorded it.
    pub command: String,
    /// The operation that it retracts.
    pub undoes: Option<OperationId>,
    /// True where a later operation that still stands retracts it.
    pub undone: bool,
    /// What it recorded: new entries, other changes of people, facts of plans, each in the order
    /// of recording. Of its new entries only the first [`LISTED_ENTRIES`](Self::LISTED_ENTRIES)
    /// stand here, so that a log with a large import in it is quick to show.
    pub changes: Vec<Change>,
    /// How many new entries it recorded.
    pub added: u64,
}

impl Operation {
    /// So many new entries of an operation are listed at most.
    pub const LISTED_ENTRIES: usize = 100;
}

/// A fact with the operation that recorded it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The operation.
    pub operation: OperationId,
    /// When it was recorded (F3).
    pub at: Timestamp,
    /// What happened.
    pub fact: Fact,
}

/// Where the log ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The newest operation; none in an empty log.
    pub operation: Option<OperationId>,
    /// The newest instant recorded so far (F7): not always that of the newest operation.
    pub at: Option<Timestamp>,
    /// The number for the next new plan; numbers of undone plans are not given again.
    pub next_plan: PlanId,
    /// The number for the next new entry; numbers of undone entries are not given again.
    pub next_entry: EntryId,
}

impl Head {
    /// The head of an empty log.
    pub const EMPTY: Self =
        Self { operation: None, at: None, next_plan: PlanId(1), next_entry: EntryId(1) };
}

/// Which rows a plan's daily reading needs. Disposable: it follows from the facts, and whoever
/// appends facts works it out anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projection {
    /// What the plan is called.
    pub title: String,
    /// The content hash of the playbook it runs.
    pub playbook: String,
    /// The cycle that runs.
    pub running_cycle: Option<u32>,
    /// The day on which something is due next: none where it has to be worked out, [`Date::MAX`]
    /// where nothing will be due any more.
    pub next_due: Option<Date>,
    /// Conversations of ended cycles that are still alive (S8).
    pub conversations: Vec<(u32, EntryId)>,
}

/// A plan with what its last operation left as its projection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// The plan.
    pub id: PlanId,
    /// Its projection.
    pub projection: Projection,
}
