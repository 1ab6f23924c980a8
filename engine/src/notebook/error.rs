//! Why the notebook could not do something.

use crate::plan::{PlanId, Rejection};
use crate::store::{Operation, StoreError};

/// Three kinds of failure that never share a sentence: the request does not fit the facts, the
/// request names something that is not there, the environment failed.
#[derive(Clone, Debug, PartialEq)]
pub enum NotebookError {
    /// The command does not fit the facts.
    Rejected(Rejection),
    /// The command does not fit the facts, for several reasons.
    RejectedAll(Vec<Rejection>),
    /// There is no such plan.
    NoPlan(PlanId),
    /// Nothing is left to undo, or to redo.
    NothingTo(&'static str),
    /// The newest thing is that somebody was forgotten, which nothing takes back; before it stands
    /// this operation, if there is one.
    ForGood(Option<Box<Operation>>),
    /// The playbook that the plan is pinned to is missing or cannot be read by this program.
    PlaybookUnreadable {
        /// Its content hash.
        hash: String,
    },
    /// The plan's zone is unknown to this program.
    UnknownZone {
        /// Its name.
        zone: String,
    },
    /// The store failed.
    Store(StoreError),
}

impl From<Rejection> for NotebookError {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<StoreError> for NotebookError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
