//! What may be erased from a log, and where it stands (R24).
//!
//! Knows places of texts. It must not know whose texts are to go, or why.

use super::OperationId;
use crate::people::{Entry, EntryId};
use crate::plan::{Fact, PlanId};
use crate::words::Words;

/// Where a text of people stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The name and the fields with which an entry began.
    Entry(EntryId),
    /// The value that a change set.
    Change {
        /// Whose field it was.
        entry: EntryId,
        /// The operation that recorded it.
        operation: OperationId,
        /// Its place among the changes of the operation, from 0.
        position: u64,
    },
    /// A text of a fact.
    Fact {
        /// The plan.
        plan: PlanId,
        /// The cycle; 0 for facts about the plan as a whole.
        cycle: u32,
        /// The operation that recorded it.
        operation: OperationId,
        /// Its place among the changes of the operation, from 0.
        position: u64,
        /// Its place among the texts of the fact, from 0.
        slot: u64,
    },
}

/// A text as it stands in the log, undone or not.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub said: Said<'t>,
}

/// What a text is.
#[derive(Clone, Copy, Debug)]
pub enum Said<'t> {
    /// The name and fields with which an entry began.
    Entry(&'t Entry),
    /// The value of a field.
    Field {
        /// Whose.
        entry: EntryId,
        /// The name of the field.
        field: &'t str,
        /// The value.
        value: &'t Words,
    },
    /// A text of a fact.
    Fact {
        /// The fact.
        fact: &'t Fact,
        /// The text.
        words: &'t Words,
    },
}

/// One text that goes, and what is left in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasure {
    /// Where it stands.
    pub place: Place,
    /// What is left of it; nothing where all of it goes.
    pub left: Option<Left>,
}

/// What is left of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Left {
    /// Of an entry: its name and its fields.
    Entry(Box<Entry>),
    /// Of a value or a text of a fact.
    Words(Words),
}
