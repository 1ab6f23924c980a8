//! What a command comes to, and what is worth saying about it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::fact::Fact;
use crate::playbook::Id;
use crate::words::Words;

/// What a command comes to: facts to append (none where everything is known already), and what is
/// worth a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accepted {
    /// The facts, in order.
    pub facts: Vec<Fact>,
    /// What to say about it.
    pub notes: Vec<Note>,
}

/// Something worth saying about an accepted command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It was recorded before; nothing changed (F5).
    Known {
        /// The day of the record.
        on: Date,
    },
    /// It replaces an earlier record (F5).
    Replaces {
        /// The day of the earlier record.
        on: Date,
        /// The earlier answers.
        fields: BTreeMap<Id, Words>,
    },
    /// It replaces what was said of a task before (F5).
    Corrects {
        /// The day as it was.
        on: Date,
        /// The channel as it was, where it was a message.
        channel: Option<Channel>,
        /// The answers as they were, where they change.
        answers: BTreeMap<Id, Words>,
        /// Other words went out than were recorded.
        reworded: bool,
    },
    /// It was done before its day.
    Early {
        /// The planned day.
        planned: Date,
    },
    /// Its day lies beyond the end of the cycle (D9).
    BeyondCycle {
        /// The last day of the cycle.
        end: Date,
    },
    /// It is recorded as a second change: comparisons with this cycle refuse to attribute (E1).
    SecondChange {
        /// What changed.
        what: String,
    },
    /// The list has fewer people than advised (L5).
    ShortList {
        /// How many there are.
        people: usize,
        /// How many are advised at least.
        advised: u32,
    },
    /// So few people that nothing is split: the cycle is practice (E2).
    Practice {
        /// How many there are.
        people: usize,
    },
    /// Added after the list closed: served, but counted in no comparison (E4).
    NotCompared {
        /// Who.
        entry: EntryId,
    },
    /// Messaged in an earlier cycle already (E4).
    MessagedBefore {
        /// Who.
        entry: EntryId,
        /// The cycle.
        cycle: u32,
    },
    /// Taken off the suggestion: on the list already.
    Listed {
        /// Who.
        entry: EntryId,
    },
    /// The text that went out might be better; the sentences say how.
    Advice {
        /// One sentence each.
        sentences: Vec<String>,
    },
}

impl Accepted {
    pub(super) fn facts(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { facts: facts.into_iter().collect(), notes: Vec::new() }
    }

    pub(super) fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    pub(in crate::plan) fn known(on: Date) -> Self {
        Self::default().note(Note::Known { on })
    }
}
