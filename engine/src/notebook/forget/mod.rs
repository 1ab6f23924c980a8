//! Forgetting somebody: what goes, what is cut out of other texts, what stays (L3, R24).
//!
//! Knows whose texts are to go. It must not know how a store erases.

mod companies;
mod gathering;
mod names;

use std::collections::BTreeSet;

use jiff::Timestamp;

use self::gathering::Gathering;
use super::projection::projection;
use super::{Notebook, NotebookError, OpenPlan, TRIES};
use crate::people::{Book, Change, Entry, EntryId, Kind};
use crate::plan::{PlanId, Rejection};
use crate::store::{
    self, Entries, Erasure, NewOperation, OperationId, Projection, Scope, Store, StoreError,
};
use crate::words::Words;

/// What forgetting somebody comes to.
#[derive(Clone, Debug)]
pub struct Forgetting {
    /// Who.
    pub entry: Entry,
    /// Companies that nobody else worked at and nobody put down by hand: they go too.
    pub companies: Vec<Entry>,
    /// How many texts about them go: names, notes, messages, answers, reasons.
    pub texts: usize,
    /// How many of those are messages that went out.
    pub messages: usize,
    /// Texts about others, or about nobody, out of which their name is cut.
    pub mentions: Vec<Mention>,
    /// Texts that hold a part of their name and are left as they are: it may be somebody else's.
    pub perhaps: Vec<Mention>,
    /// A playbook in use speaks of them; it is the coach's text and stays.
    pub in_playbook: bool,
    /// Every name they ever had here: copies made before a change know them by an older one.
    pub names: BTreeSet<String>,
    erasures: Vec<Erasure>,
    changes: Vec<Change>,
    plans: BTreeSet<PlanId>,
}

/// A text that speaks of somebody in passing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Whom the text is about.
    pub about: Option<EntryId>,
    /// What it is: the name of a field, a step, an input, a message.
    pub what: String,
    /// The seeker's own words for a message: these go out again.
    pub wording: bool,
    /// As it is.
    pub before: Words,
    /// As it will be.
    pub after: Words,
}

impl<S: Store> Notebook<S> {
    /// What forgetting a person would come to; nothing is changed. `also` are other ways in which
    /// texts name them.
    ///
    /// # Errors
    ///
    /// A rejection for somebody who is no person or is forgotten already; where the store cannot be
    /// read.
    pub fn forgetting(&self, entry: EntryId, also: &[String]) -> Result<Forgetting, NotebookError> {
        let mut book = Book::new();
        for known in self.store.entries(&Entries::All)? {
            book.insert(known);
        }
        let nobody = || Rejection::NotListed { name: Words::new(format!("@{entry}")) };
        let person = book.get(entry).ok_or_else(nobody)?.clone();
        if person.forgotten.is_some() || person.kind != Kind::Person {
            return Err(nobody().into());
        }
        Gathering::new(&self.store, &book, person, also)?.forgetting()
    }

    /// Forgets a person: erases every text that says who they are, for good. The counts they
    /// contributed stay; nothing undoes it.
    ///
    /// # Errors
    ///
    /// As [`forgetting`](Self::forgetting); [`StoreError::Busy`] while anybody else has the
    /// database open.
    pub fn forget(
        &mut self,
        entry: EntryId,
        also: &[String],
        instant: Timestamp,
    ) -> Result<(Forgetting, OperationId), NotebookError> {
        let mut tries = 0;
        loop {
            let head = self.store.head()?;
            let forgetting = self.forgetting(entry, also)?;
            let mut operation = NewOperation::new(instant, "forget");
            operation.changes =
                forgetting.changes.iter().cloned().map(store::Change::Person).collect();
            operation.projections = self.without(&forgetting, instant)?;
            match self.store.erase(head.operation, operation, &forgetting.erasures) {
                Ok(operation) => return Ok((forgetting, operation)),
                Err(StoreError::Stale { .. }) if tries < TRIES => tries += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What the plans concerned need once the person is forgotten.
    fn without(
        &self,
        forgetting: &Forgetting,
        instant: Timestamp,
    ) -> Result<Vec<(PlanId, Projection)>, NotebookError> {
        let mut projections = Vec::new();
        for plan in &forgetting.plans {
            let mut open =
                match OpenPlan::read(&self.store, *plan, &Scope::Open { entries: vec![] }) {
                    Ok(open) => open,
                    // Its beginning was taken back.
                    Err(NotebookError::NoPlan(_)) => continue,
                    Err(error) => return Err(error),
                };
            for change in &forgetting.changes {
                if let Some(entry) = open.book.get_mut(change.entry()) {
                    change.apply(entry);
                }
            }
            projections.push((*plan, projection(&open, instant)));
        }
        Ok(projections)
    }
}
