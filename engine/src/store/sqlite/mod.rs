//! The log in an SQLite file.
//!
//! Knows tables, transactions, and the file it was given. It must not know which file that should
//! be. `rusqlite` appears here and in no public signature.

mod append;
mod chain;
mod encoded;
mod erase;
mod failure;
mod file;
mod open;
mod people;
mod presence;
mod projection;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod verify;

use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::Connection;

use self::failure::{Failure, Outcome};
use self::presence::Presence;
use super::{
    Entries, Erasure, Head, NewOperation, Operation, OperationId, PlanRow, Recorded, Scope, Store,
    StoreError, Text,
};
use crate::people::{Entry, EntryId};
use crate::plan::PlanId;

/// The version of the SQLite that is built in, such as `3.51.3` (R8).
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// Is told how many changes of an operation are written so far.
type Watch = Box<dyn FnMut(usize)>;

/// A log in a file of its own.
///
/// Readers and writers of several processes may use the file at the same moment. Closing is
/// dropping; whatever [`append`](Store::append) returned from is durable already.
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    reads_only: bool,
    watch: RefCell<Watch>,
    /// Last, so that it ends after the connection.
    _presence: Presence,
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SqliteStore")
            .field("path", &self.path)
            .field("reads_only", &self.reads_only)
            .finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens the log in `path`; makes the file, and folders that lead to it, where they are
    /// missing: for the owner alone (R23).
    ///
    /// # Errors
    ///
    /// [`StoreError::NotADatabase`] and [`StoreError::Newer`] before a byte was changed;
    /// [`StoreError::Busy`], [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Io`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let presence = Presence::new();
        let connection = open::to_write(path, &presence).map_err(|failure| failure.of(path))?;
        Ok(Self::over(connection, path, false, presence))
    }

    /// Opens the log in `path` to read it as it is at this moment; no byte of it changes (R7), and
    /// what others record meanwhile is not seen. A file that is missing reads as an empty log.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and [`StoreError::Older`]. Appending to it is
    /// [`StoreError::ReadOnly`].
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let presence = Presence::new();
        let connection = open::to_read(path, &presence).map_err(|failure| failure.of(path))?;
        Ok(Self::over(connection, path, true, presence))
    }

    /// A log that is nowhere, for tests of this room.
    #[cfg(test)]
    pub(super) fn in_memory() -> Self {
        let connection = open::nowhere().unwrap();
        Self::over(connection, Path::new(""), false, Presence::new())
    }

    fn over(connection: Connection, path: &Path, reads_only: bool, presence: Presence) -> Self {
        let watch: Watch = Box::new(|_| ());
        Self {
            connection,
            path: path.to_owned(),
            reads_only,
            watch: RefCell::new(watch),
            _presence: presence,
        }
    }

    /// From now on `told` hears now and then how many changes of the operation that is being
    /// [appended](Store::append) are written; none of them is durable before that returns.
    ///
    /// ```
    /// use std::{cell::Cell, rc::Rc};
    /// use fortnight_engine::people::{Change as Known, Entry, EntryId};
    /// use fortnight_engine::store::{Change, NewOperation, SqliteStore, Store as _};
    /// # let folder = std::env::temp_dir().join(format!("fortnight-watch-{}", std::process::id()));
    /// let mut store = SqliteStore::open(folder.join("fortnight.db"))?;
    /// let written = Rc::new(Cell::new(0));
    /// let heard = Rc::clone(&written);
    /// store.watch(move |many| heard.set(many));
    /// let mut import = NewOperation::new(jiff::Timestamp::UNIX_EPOCH, "people import");
    /// let person = |id| Change::Person(Known::Added(Entry::person(EntryId(id), "Ana Silva")));
    /// import.changes = (1..=2_500).map(person).collect();
    /// store.append(None, import)?;
    /// assert_eq!(written.get(), 2_500);
    /// # std::fs::remove_dir_all(folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn watch(&self, told: impl FnMut(usize) + 'static) {
        *self.watch.borrow_mut() = Box::new(told);
    }

    fn named<T>(&self, outcome: Outcome<T>) -> Result<T, StoreError> {
        outcome.map_err(|failure| failure.of(&self.path))
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        if self.reads_only {
            open::leave(&self.connection, &self.path);
        }
    }
}

impl Store for SqliteStore {
    fn head(&self) -> Result<Head, StoreError> {
        self.named(read::head(&self.connection))
    }

    fn append(
        &mut self,
        head: Option<OperationId>,
        operation: NewOperation,
    ) -> Result<OperationId, StoreError> {
        if self.reads_only {
            return Err(StoreError::ReadOnly { path: self.path.clone() });
        }
        let outcome =
            append::append(&mut self.connection, head, operation, &[], self.watch.get_mut());
        outcome.map_err(|failure: Failure| failure.of(&self.path))
    }

    fn plans(&self) -> Result<Vec<PlanRow>, StoreError> {
        self.named(projection::plans(&self.connection, None))
    }

    fn plans_due(&self, day: Date) -> Result<Vec<PlanRow>, StoreError> {
        self.named(projection::plans(&self.connection, Some(day)))
    }

    fn facts(&self, plan: PlanId, scope: &Scope) -> Result<Vec<Recorded>, StoreError> {
        self.named(read::facts(&self.connection, plan, scope))
    }

    fn facts_about(&self, entries: &[EntryId]) -> Result<Vec<(PlanId, Recorded)>, StoreError> {
        self.named(read::facts_about(&self.connection, entries))
    }

    fn entries(&self, which: &Entries<'_>) -> Result<Vec<Entry>, StoreError> {
        self.named(people::entries(&self.connection, which))
    }

    fn playbook(&self, hash: &str) -> Result<Option<String>, StoreError> {
        self.named(read::playbook(&self.connection, hash))
    }

    fn operations(&self, newest: usize) -> Result<Vec<Operation>, StoreError> {
        self.named(read::operations(&self.connection, newest))
    }

    fn texts(&self, visit: &mut dyn FnMut(Text<'_>)) -> Result<(), StoreError> {
        self.named(erase::texts(&self.connection, visit))
    }

    fn erase(
        &mut self,
        head: Option<OperationId>,
        operation: NewOperation,
        erasures: &[Erasure],
    ) -> Result<OperationId, StoreError> {
        if self.reads_only {
            return Err(StoreError::ReadOnly { path: self.path.clone() });
        }
        let (connection, patience) = (&mut self.connection, open::PATIENCE);
        let outcome = erase::erase(connection, head, operation, erasures, patience);
        outcome.map_err(|failure: Failure| failure.of(&self.path))
    }

    fn verify(&self) -> Result<Option<OperationId>, StoreError> {
        self.named(verify::verify(&self.connection))
    }
}
