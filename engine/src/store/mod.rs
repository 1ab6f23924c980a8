//! The log: operations that are appended and never changed, and what is read from them.
//!
//! Knows operations, the order of recording, undo, and where rows are kept. It must not know what a
//! fact means, what is due, or what time it is; projections are handed to it (see [`Projection`]).
//!
//! [`Store`] is small and synchronous so that another database can stand beside SQLite. Whatever
//! implements it passes the suite in `contract` (feature `testing`); [`MemoryStore`] is the simple
//! second implementation that the others are held against (R11).

mod codec;
#[cfg(any(test, feature = "testing"))]
pub mod contract;
mod erasing;
mod error;
mod memory;
mod operation;
mod scope;
mod sqlite;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use erasing::{Erasure, Left, Place, Said, Text};
pub use error::StoreError;
pub use memory::MemoryStore;
pub use operation::{
    Change, Head, NewOperation, Operation, OperationId, PlanRow, Projection, Recorded,
};
pub use scope::{Entries, Scope};
pub use sqlite::{SqliteStore, sqlite_version};

use crate::people::{Entry, EntryId};
use crate::plan::PlanId;

/// A log of operations.
///
/// What undone operations recorded is left out of every answer but [`operations`](Self::operations).
///
/// ```
/// use fortnight_engine::people::{self, Entry, EntryId};
/// use fortnight_engine::store::{Change, Entries, MemoryStore, NewOperation, Store};
///
/// let mut store = MemoryStore::new();
/// let head = store.head()?;
/// let ana = Entry::person(head.next_entry, "Ana Silva");
/// let mut operation = NewOperation::new("2026-03-02T08:00:00Z".parse().unwrap(), "people add");
/// operation.changes.push(Change::Person(people::Change::Added(ana)));
/// let added = store.append(head.operation, operation)?;
/// assert_eq!(store.entries(&Entries::Named("silva"))?.len(), 1);
///
/// let mut undo = NewOperation::new("2026-03-02T08:01:00Z".parse().unwrap(), "undo");
/// undo.undoes = Some(added);
/// store.append(Some(added), undo)?;
/// assert_eq!(store.entries(&Entries::All)?, []);
/// # Ok::<(), fortnight_engine::store::StoreError>(())
/// ```
pub trait Store {
    /// Where the log ends, and which numbers come next.
    ///
    /// # Errors
    ///
    /// As every reading: [`StoreError::Busy`], [`StoreError::Corrupt`], [`StoreError::Io`].
    fn head(&self) -> Result<Head, StoreError>;

    /// Records an operation: all of it is durable when this returns (R1), or nothing of it is there
    /// (R2). `head` is the newest operation that the writer has seen.
    ///
    /// # Errors
    ///
    /// [`StoreError::Stale`] where `head` is no longer the newest; [`StoreError::AlreadyDone`] where
    /// a task would be done twice (F6), by an undo or redo too; [`StoreError::CannotUndo`]; wrong
    /// numbers of plans and entries; [`StoreError::Full`], [`StoreError::Busy`] and the like.
    fn append(
        &mut self,
        head: Option<OperationId>,
        operation: NewOperation,
    ) -> Result<OperationId, StoreError>;

    /// All plans in the order of their numbers.
    ///
    /// # Errors
    ///
    /// As [`head`](Self::head).
    fn plans(&self) -> Result<Vec<PlanRow>, StoreError>;

    /// The plans of [`plans`](Self::plans) whose projection says that something is due on `day` or
    /// before, or does not say; the cost follows their number, not that of all plans.
    ///
    /// # Errors
    ///
    /// As [`head`](Self::head).
    fn plans_due(&self, day: Date) -> Result<Vec<PlanRow>, StoreError>;

    /// Facts of a plan in the order of recording; none for a plan that is not there.
    ///
    /// # Errors
    ///
    /// As [`head`](Self::head); [`StoreError::Newer`] for facts that this program does not know.
    fn facts(&self, plan: PlanId, scope: &Scope) -> Result<Vec<Recorded>, StoreError>;

    /// Facts about these entries over all plans (S6, E4), in the order of recording.
    ///
    /// # Errors
    ///
    /// As [`facts`](Self::facts).
    fn facts_about(&self, entries: &[EntryId]) -> Result<Vec<(PlanId, Recorded)>, StoreError>;

    /// People and companies as they are known now, in the order of their numbers.
    ///
    /// # Errors
    ///
    /// As [`facts`](Self::facts).
    fn entries(&self, which: &Entries<'_>) -> Result<Vec<Entry>, StoreError>;

    /// The packed playbook of that content hash.
    ///
    /// # Errors
    ///
    /// As [`head`](Self::head).
    fn playbook(&self, hash: &str) -> Result<Option<String>, StoreError>;

    /// The newest operations, undone ones included, newest first; at most `newest` of them.
    ///
    /// # Errors
    ///
    /// As [`facts`](Self::facts).
    fn operations(&self, newest: usize) -> Result<Vec<Operation>, StoreError>;

    /// Shows every text of people that stands in the log, undone or not, in the order of places.
    ///
    /// # Errors
    ///
    /// As [`facts`](Self::facts).
    fn texts(&self, visit: &mut dyn FnMut(Text<'_>)) -> Result<(), StoreError>;

    /// Records an operation as [`append`](Self::append) does, and with it erases texts for good:
    /// when this returns, no file of the store holds them, and the chain of hashes still holds
    /// (R24). An operation with a [`Forgotten`](crate::people::Change::Forgotten) in it can never
    /// be undone.
    ///
    /// # Errors
    ///
    /// As [`append`](Self::append); [`StoreError::Busy`] while anybody else has the log open;
    /// [`StoreError::Corrupt`] for a place where nothing stands.
    fn erase(
        &mut self,
        head: Option<OperationId>,
        operation: NewOperation,
        erasures: &[Erasure],
    ) -> Result<OperationId, StoreError>;

    /// Checks the whole log against its chain of hashes (R9). Gives the first operation that was
    /// changed, removed, inserted or moved; none where all is well.
    ///
    /// # Errors
    ///
    /// As [`head`](Self::head).
    fn verify(&self) -> Result<Option<OperationId>, StoreError>;
}
