//! What may go wrong with a store: the environment, another writer, or a broken rule of the log.

use std::path::PathBuf;

use super::OperationId;
use crate::people::EntryId;
use crate::plan::{PlanId, TaskKey};

/// Why a store could not answer or record. Nothing was recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The file holds something else, or belongs to another program.
    #[error("{} is not a Fortnight database; name another file with --db", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// A newer program wrote what is read.
    #[error("this was written by a newer Fortnight ({what}); install the newest one to read it")]
    Newer {
        /// What is newer than this program.
        what: String,
    },
    /// An older program wrote the file, and reading alone may not bring it up to date (R7).
    #[error(
        "{} was written by an older Fortnight; any command that records something brings it up to \
         date", path.display()
    )]
    Older {
        /// The file.
        path: PathBuf,
    },
    /// Another process kept the database locked for longer than one waits.
    #[error("another Fortnight is writing just now; try again in a moment")]
    Busy,
    /// Somebody else recorded something since the log was read.
    #[error("something else was recorded meanwhile; look again and repeat the command")]
    Stale {
        /// The newest operation now.
        newest: Option<OperationId>,
    },
    /// The task was done before, and a task is done at most once (F6).
    #[error("`{task}` was done already")]
    AlreadyDone {
        /// The task.
        task: TaskKey,
    },
    /// The operation does not exist or is undone already.
    #[error("operation {operation} cannot be undone: it does not exist or is undone already")]
    CannotUndo {
        /// The operation asked for.
        operation: OperationId,
    },
    /// A fact or projection of a plan that never began.
    #[error("there is no plan {}", plan.0)]
    NoSuchPlan {
        /// Its number.
        plan: PlanId,
    },
    /// A plan begins under another number than the next one.
    #[error("plan {} is not the next plan", plan.0)]
    PlanOutOfTurn {
        /// The number.
        plan: PlanId,
    },
    /// Something is about somebody who was never added.
    #[error("there is nobody with the number {entry}")]
    NoSuchEntry {
        /// The number.
        entry: EntryId,
    },
    /// Somebody is added under another number than the next one.
    #[error("{entry} is not the next number for a person or company")]
    EntryOutOfTurn {
        /// The number.
        entry: EntryId,
    },
    /// The disk, or what one may use of it, is full (R3).
    #[error("the disk is full: nothing was recorded; make room and repeat the command")]
    Full,
    /// The file may be read but not written.
    #[error("{} cannot be written; check who owns it and its permissions", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// What is stored contradicts itself.
    #[error("the database is damaged ({what}); restore a backup, or run `fortnight doctor`")]
    Corrupt {
        /// What was found.
        what: String,
    },
    /// The system refused to read or write.
    #[error("{} could not be read or written: {reason}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// The SQLite that this program was built with can damage databases (R8).
    #[error("this program was built with SQLite {version}, which is too old to trust with data")]
    OldLibrary {
        /// Its version.
        version: String,
    },
}
