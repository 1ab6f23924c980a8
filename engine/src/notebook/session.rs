//! One command at work: what it reads, decides and will append.

use jiff::Timestamp;

use super::NotebookError;
use super::open::OpenPlan;
use super::projection::projection;
use crate::people::{self, Entry, EntryId};
use crate::plan::{Accepted, Command, Fact, PlanId, Situation, decide};
use crate::store::{Change, Head, NewOperation, OperationId, Scope, Store};

/// What a command is about to record, and what it has to read for that.
#[derive(Clone, Debug)]
pub struct Recording<'a> {
    /// The command's name for the log, never anything personal.
    pub command: &'a str,
    /// The plan; none for commands about people alone.
    pub plan: Option<PlanId>,
    /// Entries whose whole history is needed.
    pub entries: &'a [EntryId],
    /// Whether everything ever recorded is needed.
    pub whole: bool,
    /// Against a rule of the method.
    pub anyway: bool,
}

/// One command at work. Each decision is folded in at once, so that the next one sees it.
#[derive(Debug)]
pub struct Session {
    plan: Option<OpenPlan>,
    instant: Timestamp,
    anyway: bool,
    seen: Option<OperationId>,
    next_entry: EntryId,
    pub(super) next_plan: PlanId,
    changes: Vec<Change>,
    pub(super) playbooks: Vec<(String, String)>,
}

impl Session {
    pub(super) fn open(
        store: &impl Store,
        head: Head,
        recording: &Recording<'_>,
        instant: Timestamp,
    ) -> Result<Self, NotebookError> {
        let plan = match recording.plan {
            Some(plan) => {
                let scope = if recording.whole {
                    Scope::Everything
                } else {
                    Scope::Open { entries: recording.entries.to_vec() }
                };
                let mut open = OpenPlan::read(store, plan, &scope)?;
                open.look_around(store, &store.plans()?, instant)?;
                Some(open)
            }
            None => None,
        };
        Ok(Self {
            plan,
            instant,
            anyway: recording.anyway,
            seen: head.operation,
            next_entry: head.next_entry,
            next_plan: head.next_plan,
            changes: Vec::new(),
            playbooks: Vec::new(),
        })
    }

    /// The plan at work.
    ///
    /// # Errors
    ///
    /// Where the command was opened without one.
    pub fn plan(&self) -> Result<&OpenPlan, NotebookError> {
        self.plan.as_ref().ok_or(NotebookError::NoPlan(PlanId(0)))
    }

    /// Everything that an answer is derived from, with what this command decided so far.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan).
    pub fn situation(&self) -> Result<Situation<'_>, NotebookError> {
        Ok(self.plan()?.situation(self.instant))
    }

    /// Decides one thing and takes it in.
    ///
    /// # Errors
    ///
    /// A rejection, where it does not fit the facts.
    pub fn decide(&mut self, command: &Command) -> Result<Accepted, NotebookError> {
        self.decide_anyway(command, self.anyway)
    }

    /// Decides one thing, against a rule of the method where `anyway` says so.
    ///
    /// # Errors
    ///
    /// As [`decide`](Self::decide).
    pub fn decide_anyway(
        &mut self,
        command: &Command,
        anyway: bool,
    ) -> Result<Accepted, NotebookError> {
        if let Some(accepted) = self.before_a_cycle(command, anyway)? {
            return Ok(accepted);
        }
        let accepted = decide(&self.situation()?, command, anyway)?;
        self.take_in(&accepted.facts)?;
        Ok(accepted)
    }

    /// Facts that were decided: the next decision sees them.
    pub(super) fn take_in(&mut self, facts: &[Fact]) -> Result<(), NotebookError> {
        let plan = self.plan.as_mut().ok_or(NotebookError::NoPlan(PlanId(0)))?;
        for fact in facts {
            plan.state.evolve(fact);
            self.changes.push(Change::Plan { plan: plan.id, fact: fact.clone() });
        }
        Ok(())
    }

    pub(super) fn plan_mut(&mut self) -> Result<&mut OpenPlan, NotebookError> {
        self.plan.as_mut().ok_or(NotebookError::NoPlan(PlanId(0)))
    }

    pub(super) fn anyway(&self) -> bool {
        self.anyway
    }

    /// Adds somebody; the entry's number is given here.
    pub fn add(&mut self, mut entry: Entry) -> EntryId {
        let id = self.next_entry;
        self.next_entry = EntryId(id.0 + 1);
        entry.id = id;
        self.change(people::Change::Added(entry));
        id
    }

    /// The newest operation that this command has seen.
    pub fn seen(&self) -> Option<OperationId> {
        self.seen
    }

    /// The number that the next new entry gets.
    pub fn next_entry(&self) -> EntryId {
        self.next_entry
    }

    /// Adds somebody at whom this command does not look again: one of a hundred thousand.
    pub fn add_unseen(&mut self, mut entry: Entry) -> EntryId {
        let id = self.next_entry;
        self.next_entry = EntryId(id.0 + 1);
        entry.id = id;
        self.changes.push(Change::Person(people::Change::Added(entry)));
        id
    }

    /// Changes what is known of somebody. Fields that a step asks for complete it (S1).
    pub fn change(&mut self, change: people::Change) {
        if let Some(plan) = &mut self.plan {
            if let people::Change::Added(entry) = &change {
                plan.book.insert(entry.clone());
            } else if let Some(entry) = plan.book.get_mut(change.entry()) {
                change.apply(entry);
            }
        }
        self.changes.push(Change::Person(change));
    }

    /// The company of that name among those known to this command, else a new one.
    pub fn company(&mut self, name: &str) -> EntryId {
        let folded = people::fold(name);
        let known = self.plan.as_ref().and_then(|plan| {
            let same = |entry: &&Entry| people::fold(entry.name.raw()) == folded;
            plan.book.companies().find(same).map(|entry| entry.id)
        });
        known.unwrap_or_else(|| self.add(Entry::company(EntryId(0), name)))
    }

    /// Somebody who is known to this command.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.plan.as_ref().and_then(|plan| plan.book.get(id))
    }

    pub(super) fn begin(&mut self, plan: OpenPlan, facts: Vec<Fact>) {
        let id = plan.id;
        self.plan = Some(plan);
        self.changes.extend(facts.into_iter().map(|fact| Change::Plan { plan: id, fact }));
    }

    /// The operation that all of it comes to; none where nothing is new.
    pub(super) fn into_operation(self, command: &str, instant: Timestamp) -> Option<NewOperation> {
        if self.changes.is_empty() {
            return None;
        }
        let mut operation = NewOperation::new(instant, command);
        if let Some(plan) = &self.plan {
            operation.projections.push((plan.id, projection(plan, instant)));
        }
        operation.changes = self.changes;
        operation.playbooks = self.playbooks;
        Some(operation)
    }
}
