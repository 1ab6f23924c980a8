//! One cycle: who is on its list, what was done, what came back, what was decided.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Happenings, TaskLog};
use crate::people::EntryId;
use crate::plan::Compared;
use crate::playbook::{Decision, Id};
use crate::words::Words;

/// What is recorded about one cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct CycleState {
    /// Its number, from 1.
    pub number: u32,
    /// Its first day.
    pub start: Date,
    /// The content hash of the playbook it started with.
    pub playbook: String,
    /// How many other versions had been taken before it: its place in [`PlanState::setups`].
    ///
    /// [`PlanState::setups`]: super::PlanState::setups
    pub version: usize,
    /// What it compares with the baseline, and since when that is known.
    pub compared: Option<(Compared, Date)>,
    /// The options in use when it started, by choice.
    pub in_use: BTreeMap<Id, Id>,
    /// Things changed against the method's advice while it ran (E1), in words.
    pub second_changes: Vec<String>,
    /// The list, in list order (L4).
    pub members: Vec<Member>,
    /// Its tasks.
    pub log: TaskLog,
    /// What happened with each person.
    pub happenings: BTreeMap<EntryId, Happenings>,
    /// The day on which it was abandoned.
    pub stopped: Option<Date>,
    /// How its review was answered.
    pub conclusion: Option<Conclusion>,
}

/// An entry on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person or company.
    pub entry: EntryId,
    /// The place in the list, from 1.
    pub rank: u32,
    /// The day on which they joined.
    pub listed: Date,
    /// The option drawn for them; none where nothing is split (E2).
    pub option: Option<Id>,
    /// Whether they count in comparisons; people added after the list closed do not (E4).
    pub counts: bool,
}

/// The answer to a review (E7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// The day of the decision.
    pub on: Date,
    /// What was decided.
    pub decision: Decision,
    /// The option taken into use.
    pub option: Option<Id>,
    /// The sentence of why.
    pub why: Words,
    /// The figures that were on the screen.
    pub shown: String,
}

impl CycleState {
    /// The member for an entry.
    pub fn member(&self, entry: EntryId) -> Option<&Member> {
        self.members.iter().find(|member| member.entry == entry)
    }

    /// Whether a first message went out: from then on the setup is frozen (E1).
    pub fn first_sent(&self) -> Option<Date> {
        self.log.completed.values().filter(|done| done.sent.is_some()).map(|done| done.on).min()
    }

    /// What was sent to an entry, oldest first.
    pub fn sent_to(&self, entry: EntryId) -> Vec<(Date, &crate::plan::Sent)> {
        let mut sent: Vec<_> = self
            .log
            .completed
            .iter()
            .filter(|(task, _)| task.entry == Some(entry))
            .filter_map(|(_, done)| done.sent.as_ref().map(|sent| (done.on, sent)))
            .collect();
        sent.sort_by_key(|(on, _)| *on);
        sent
    }
}
