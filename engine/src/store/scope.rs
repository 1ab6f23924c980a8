//! Which facts and which entries are asked for.

use super::Projection;
use crate::people::{self, EntryId, Kind};
use crate::plan::Fact;

/// Which facts of a plan are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    Everything,
    /// What a day needs: facts about the plan as a whole, facts of the running cycle and of one
    /// set up after it, of conversations that are still alive (as the plan's [`Projection`] names
    /// them), and all facts about `entries`.
    Open {
        /// Entries whose whole history in the plan is asked for.
        entries: Vec<EntryId>,
    },
}

impl Scope {
    /// True where `fact` is asked for, in a plan with this projection.
    pub fn holds(&self, fact: &Fact, projection: &Projection) -> bool {
        match self {
            Self::Everything => true,
            Self::Open { entries } => {
                let cycle = fact.cycle();
                let talk = cycle.zip(fact.entry());
                cycle.is_none()
                    || projection.running_cycle.is_some_and(|running| cycle >= Some(running))
                    || talk.is_some_and(|talk| projection.conversations.contains(&talk))
                    || fact.entry().is_some_and(|entry| entries.contains(&entry))
            }
        }
    }
}

/// Which people and companies are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries<'a> {
    /// All of them.
    All,
    /// People only, or companies only.
    Kind(Kind),
    /// These; numbers that nobody has are left out.
    Ids(&'a [EntryId]),
    /// Everybody whom [`Book::find`](people::Book::find) could find by this text, and perhaps a few
    /// more: those whose name contains its first word, and, where it looks like a mail address,
    /// those who have it.
    Named(&'a str),
}

/// The part of a searched text that a name must contain.
pub(super) fn needle(query: &str) -> String {
    let folded = people::fold(query);
    let word = folded.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
    word.map_or_else(|| folded.clone(), str::to_owned)
}

/// True where an entry of that name and mail address may be meant by `query`.
pub(super) fn may_be_meant(entry: &people::Entry, query: &str, needle: &str) -> bool {
    let mail = || {
        let query = query.contains('@').then(|| people::fold(query));
        query.is_some_and(|query| entry.emails().any(|mail| people::fold(mail) == query))
    };
    !needle.is_empty() && (people::fold(entry.name.raw()).contains(needle) || mail())
}
