//! The façade: load, decide, append, answer.
//!
//! Knows how playbook, log and people come together for one command, and how a command is tried
//! again when another process was faster. It must not know a command line, a screen, or the time:
//! every call is told the instant.

mod error;
mod fill;
mod forget;
mod history;
mod open;
mod projection;
mod record;
mod session;
mod start;
mod suggest;
#[cfg(test)]
mod tests;
mod upgrade;

use jiff::Timestamp;

pub use error::NotebookError;
pub use fill::Filled;
pub use forget::{Forgetting, Mention};
pub use history::{Turned, newest_to_redo, newest_to_undo};
pub use open::OpenPlan;
pub use record::{Answer, Answered, Introduced, Referral, refers};
pub use session::{Recording, Session};
pub use start::Beginning;
pub use suggest::{suggest, suggest_with};
pub use upgrade::Upgrading;

use crate::people::{Book, EntryId, Match};
use crate::plan::{FactKind, PlanId};
use crate::store::{Entries, Operation, OperationId, PlanRow, Scope, Store};

/// How often a command is tried again when something else was recorded meanwhile.
const TRIES: u32 = 8;

/// A database as people use it.
#[derive(Debug)]
pub struct Notebook<S> {
    store: S,
}

/// What was recorded, and what the closure of a recording gave.
#[derive(Clone, Debug)]
pub struct Written<T> {
    /// What the closure gave.
    pub value: T,
    /// The operation; none where everything was known already.
    pub operation: Option<OperationId>,
    /// The clock is behind what was recorded last (F7).
    pub clock_behind: bool,
}

impl<S: Store> Notebook<S> {
    /// A notebook over a store.
    pub fn new(store: S) -> Self {
        Self { store }
    }

    /// The store beneath.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// All plans.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn plans(&self) -> Result<Vec<PlanRow>, NotebookError> {
        Ok(self.store.plans()?)
    }

    /// Opens a plan for what a day needs, and for the whole history of `entries`.
    ///
    /// # Errors
    ///
    /// Where there is no such plan, its playbook is missing, or the store cannot be read.
    pub fn open(&self, plan: PlanId, entries: &[EntryId]) -> Result<OpenPlan, NotebookError> {
        OpenPlan::read(&self.store, plan, &Scope::Open { entries: entries.to_vec() })
    }

    /// Opens a plan with everything that was ever recorded in it and everybody who is known.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_whole(&self, plan: PlanId) -> Result<OpenPlan, NotebookError> {
        OpenPlan::read(&self.store, plan, &Scope::Everything)
    }

    /// Looks at what other plans do with the people of an opened one, as of `instant` (S6).
    /// Recording does so by itself.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn look_around(
        &self,
        open: &mut OpenPlan,
        instant: Timestamp,
    ) -> Result<(), NotebookError> {
        open.look_around(&self.store, &self.store.plans()?, instant)
    }

    /// Finds a person or company by any unambiguous part of the name; who is to be `prefer`red wins
    /// over a namesake who is not.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn find(
        &self,
        query: &str,
        prefer: impl Fn(EntryId) -> bool,
    ) -> Result<(Match, Book), NotebookError> {
        let mut book = Book::new();
        for entry in self.store.entries(&Entries::Named(query))? {
            book.insert(entry);
        }
        let found = book.find_preferring(query, |entry| prefer(entry.id));
        if let Match::None { .. } = found {
            let mut all = Book::new();
            for entry in self.store.entries(&Entries::All)? {
                all.insert(entry);
            }
            return Ok((all.find(query), all));
        }
        Ok((found, book))
    }

    /// When something was last recorded in a plan; what was handed out is no record of work.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn last_recorded(&self, plan: PlanId) -> Result<Option<Timestamp>, NotebookError> {
        let facts = self.store.facts(plan, &Scope::Everything)?.into_iter();
        let own = facts.filter(|one| !matches!(one.fact.kind, FactKind::Shared { .. }));
        Ok(own.map(|one| one.at).max())
    }

    /// The number of the newest operation; 0 in an empty log.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn newest_operation(&self) -> Result<u64, NotebookError> {
        Ok(self.store.head()?.operation.map_or(0, |operation| operation.0))
    }

    /// Everybody who is known.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn everybody(&self) -> Result<Book, NotebookError> {
        let mut book = Book::new();
        for entry in self.store.entries(&Entries::All)? {
            book.insert(entry);
        }
        Ok(book)
    }

    /// The newest operations, newest first.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn operations(&self, newest: usize) -> Result<Vec<Operation>, NotebookError> {
        Ok(self.store.operations(newest)?)
    }

    /// The newest operation that was recorded, whatever it was; none in an empty log.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn newest(&self) -> Result<Option<OperationId>, NotebookError> {
        Ok(self.store.head()?.operation)
    }

    /// The newest instant at which anything was recorded, whatever it was; none in an empty log.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub fn recorded_last(&self) -> Result<Option<Timestamp>, NotebookError> {
        Ok(self.store.head()?.at)
    }

    /// Records one operation: reads the plan, lets `work` decide on it, appends what it came to,
    /// all of it or nothing (F4). Where another process recorded something meanwhile, everything
    /// is read and decided again.
    ///
    /// # Errors
    ///
    /// Whatever `work` gives, and where the store cannot be read or written.
    pub fn record<T>(
        &mut self,
        recording: &Recording<'_>,
        instant: Timestamp,
        mut work: impl FnMut(&mut Session) -> Result<T, NotebookError>,
    ) -> Result<Written<T>, NotebookError> {
        let mut tries = 0;
        loop {
            let head = self.store.head()?;
            let mut session = Session::open(&self.store, head, recording, instant)?;
            let value = work(&mut session)?;
            let clock_behind = head.at.is_some_and(|at| at > instant);
            let Some(operation) = session.into_operation(recording.command, instant) else {
                return Ok(Written { value, operation: None, clock_behind });
            };
            match self.store.append(head.operation, operation) {
                Ok(operation) => {
                    return Ok(Written { value, operation: Some(operation), clock_behind });
                }
                Err(crate::store::StoreError::Stale { .. }) if tries < TRIES => tries += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }
}
