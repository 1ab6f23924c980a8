//! The log in memory: for tests, rehearsals, and as the plain account of what a store means.
//!
//! Keeps operations in a list and works every answer out anew. It must stay this simple: other
//! stores are held against it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};

use super::{
    Change, Entries, Erasure, Head, Left, NewOperation, Operation, OperationId, Place, PlanRow,
    Projection, Recorded, Said, Scope, Store, StoreError, Text, codec, scope,
};
use crate::people::{self, Entry, EntryId};
use crate::plan::{FactKind, PlanId, TaskKey};
use crate::words::Words;

/// A log that lives as long as the value.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    operations: Vec<Kept>,
    playbooks: BTreeMap<String, String>,
    projections: BTreeMap<PlanId, Projection>,
}

#[derive(Clone, Debug)]
struct Kept {
    id: OperationId,
    at: Timestamp,
    command: String,
    undoes: Option<OperationId>,
    changes: Vec<Change>,
}

impl MemoryStore {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    fn undone(&self) -> BTreeSet<OperationId> {
        let mut undone = BTreeSet::new();
        for operation in self.operations.iter().rev() {
            if !undone.contains(&operation.id) {
                undone.extend(operation.undoes);
            }
        }
        undone
    }

    fn live(&self) -> impl Iterator<Item = &Kept> {
        let undone = self.undone();
        self.operations.iter().filter(move |operation| !undone.contains(&operation.id))
    }

    fn live_facts(&self) -> impl Iterator<Item = (PlanId, Recorded)> {
        self.live().flat_map(|operation| {
            operation.changes.iter().filter_map(|change| match change {
                Change::Plan { plan, fact } => {
                    let (operation, at) = (operation.id, operation.at);
                    Some((*plan, Recorded { operation, at, fact: fact.clone() }))
                }
                Change::Person(_) => None,
            })
        })
    }

    fn live_entries(&self) -> BTreeMap<EntryId, Entry> {
        let mut entries = BTreeMap::new();
        for change in self.live().flat_map(|operation| &operation.changes) {
            match change {
                Change::Plan { .. } => {}
                Change::Person(people::Change::Added(entry)) => {
                    entries.insert(entry.id, entry.clone());
                }
                Change::Person(change) => {
                    if let Some(entry) = entries.get_mut(&change.entry()) {
                        change.apply(entry);
                    }
                }
            }
        }
        entries
    }

    /// A task that is done more than once (F6).
    fn done_twice(&self) -> Option<TaskKey> {
        let mut done = BTreeSet::new();
        self.live_facts().find_map(|(plan, recorded)| {
            let FactKind::Done { task, .. } = recorded.fact.kind else { return None };
            (!done.insert((plan, task.clone()))).then_some(task)
        })
    }

    fn put(&mut self, erasure: &Erasure) -> Result<(), StoreError> {
        let gone = || StoreError::Corrupt { what: "nothing stands where it should".to_owned() };
        let nothing = Words::new("");
        let left = match &erasure.left {
            Some(Left::Words(words)) => Some(words),
            Some(Left::Entry(_)) | None => None,
        };
        let (number, position) = match erasure.place {
            Place::Entry(id) => {
                let mut changes = self.operations.iter_mut().flat_map(|kept| &mut kept.changes);
                let entry = changes.find_map(|change| match change {
                    Change::Person(people::Change::Added(entry)) if entry.id == id => Some(entry),
                    Change::Person(_) | Change::Plan { .. } => None,
                });
                let entry = entry.ok_or_else(gone)?;
                match &erasure.left {
                    Some(Left::Entry(left)) => {
                        entry.name.clone_from(&left.name);
                        entry.fields.clone_from(&left.fields);
                    }
                    Some(Left::Words(_)) | None => {
                        entry.name = Words::new(Entry::NAMELESS);
                        entry.fields.clear();
                    }
                }
                return Ok(());
            }
            Place::Change { operation, position, .. } | Place::Fact { operation, position, .. } => {
                (operation, usize::try_from(position).unwrap_or(usize::MAX))
            }
        };
        let kept = self.operations.iter_mut().find(|kept| kept.id == number).ok_or_else(gone)?;
        match (kept.changes.get_mut(position).ok_or_else(gone)?, erasure.place) {
            (Change::Person(people::Change::FieldSet { value, .. }), Place::Change { .. }) => {
                value.clone_from(&left.cloned());
            }
            (Change::Person(people::Change::Favour { favour, .. }), Place::Change { .. }) => {
                favour.what.clone_from(left.unwrap_or(&nothing));
            }
            (Change::Plan { fact, .. }, Place::Fact { slot, .. }) => {
                let slot = usize::try_from(slot).unwrap_or(usize::MAX);
                *fact = codec::with_words(fact, slot, left.unwrap_or(&nothing))?;
            }
            (Change::Person(_) | Change::Plan { .. }, _) => return Err(gone()),
        }
        Ok(())
    }

    /// The rules of numbers: of the operation retracted, of plans, of entries.
    fn check(&self, operation: &NewOperation) -> Result<(), StoreError> {
        if let Some(target) = operation.undoes {
            let known = self.operations.iter().any(|kept| kept.id == target);
            let forgets = |kept: &Kept| kept.id == target && kept.changes.iter().any(is_forgetting);
            let for_good = self.operations.iter().any(forgets);
            if !known || for_good || self.undone().contains(&target) {
                return Err(StoreError::CannotUndo { operation: target });
            }
        }
        let mut next = self.head_now();
        for change in &operation.changes {
            if let Change::Person(people::Change::Added(entry)) = change {
                if entry.id != next.next_entry {
                    return Err(StoreError::EntryOutOfTurn { entry: entry.id });
                }
                next.next_entry.0 += 1;
            }
            if let Some(plan) = started(change) {
                if plan != next.next_plan {
                    return Err(StoreError::PlanOutOfTurn { plan });
                }
                next.next_plan.0 += 1;
            }
        }
        let somebody = |entry: EntryId| {
            let known = (EntryId(1)..next.next_entry).contains(&entry);
            known.then_some(()).ok_or(StoreError::NoSuchEntry { entry })
        };
        let plan = |plan: PlanId| {
            let known = (PlanId(1)..next.next_plan).contains(&plan);
            known.then_some(()).ok_or(StoreError::NoSuchPlan { plan })
        };
        for change in &operation.changes {
            match change {
                Change::Person(change) => change.mentions().try_for_each(somebody)?,
                Change::Plan { plan: of, fact } => {
                    plan(*of)?;
                    fact.entry().map_or(Ok(()), somebody)?;
                }
            }
        }
        operation.projections.iter().try_for_each(|(of, _)| plan(*of))
    }

    fn ever(&self) -> impl Iterator<Item = &Change> {
        self.operations.iter().flat_map(|operation| &operation.changes)
    }

    fn head_now(&self) -> Head {
        let is_new = |change: &&Change| matches!(change, Change::Person(people::Change::Added(_)));
        let (plans, entries) =
            (self.ever().filter_map(started).count(), self.ever().filter(is_new).count());
        let next = |count: usize| u64::try_from(count).unwrap_or(u64::MAX).saturating_add(1);
        Head {
            operation: self.operations.last().map(|operation| operation.id),
            at: self.operations.iter().map(|operation| operation.at).max(),
            next_plan: PlanId(next(plans)),
            next_entry: EntryId(next(entries)),
        }
    }
}

fn is_forgetting(change: &Change) -> bool {
    matches!(change, Change::Person(people::Change::Forgotten { .. }))
}

fn started(change: &Change) -> Option<PlanId> {
    match change {
        Change::Plan { plan, fact } => {
            matches!(fact.kind, FactKind::PlanStarted { .. }).then_some(*plan)
        }
        Change::Person(_) => None,
    }
}

impl Store for MemoryStore {
    fn head(&self) -> Result<Head, StoreError> {
        Ok(self.head_now())
    }

    fn append(
        &mut self,
        head: Option<OperationId>,
        mut operation: NewOperation,
    ) -> Result<OperationId, StoreError> {
        let newest = self.head_now().operation;
        if head != newest {
            return Err(StoreError::Stale { newest });
        }
        operation.settle();
        self.check(&operation)?;
        let NewOperation { at, command, undoes, changes, playbooks, projections } = operation;
        let id = OperationId(newest.map_or(1, |newest| newest.0 + 1));
        self.operations.push(Kept { id, at, command, undoes, changes });
        if let Some(task) = self.done_twice() {
            self.operations.pop();
            return Err(StoreError::AlreadyDone { task });
        }
        for (hash, text) in playbooks {
            self.playbooks.entry(hash).or_insert(text);
        }
        self.projections.extend(projections);
        Ok(id)
    }

    fn plans(&self) -> Result<Vec<PlanRow>, StoreError> {
        let ids: BTreeSet<PlanId> =
            self.live().flat_map(|operation| &operation.changes).filter_map(started).collect();
        let row =
            |id| PlanRow { id, projection: self.projections.get(&id).cloned().unwrap_or_default() };
        Ok(ids.into_iter().map(row).collect())
    }

    fn plans_due(&self, day: Date) -> Result<Vec<PlanRow>, StoreError> {
        let mut plans = self.plans()?;
        plans.retain(|plan| plan.projection.next_due.is_none_or(|due| due <= day));
        Ok(plans)
    }

    fn facts(&self, plan: PlanId, scope: &Scope) -> Result<Vec<Recorded>, StoreError> {
        let projection = self.projections.get(&plan).cloned().unwrap_or_default();
        Ok(self
            .live_facts()
            .filter(|(of, recorded)| *of == plan && scope.holds(&recorded.fact, &projection))
            .map(|(_, recorded)| recorded)
            .collect())
    }

    fn facts_about(&self, entries: &[EntryId]) -> Result<Vec<(PlanId, Recorded)>, StoreError> {
        let asked = |entry: EntryId| entries.contains(&entry);
        Ok(self
            .live_facts()
            .filter(|(_, recorded)| recorded.fact.entry().is_some_and(asked))
            .collect())
    }

    fn entries(&self, which: &Entries<'_>) -> Result<Vec<Entry>, StoreError> {
        let asked = |entry: &Entry| match which {
            Entries::All => true,
            Entries::Kind(kind) => entry.kind == *kind,
            Entries::Ids(ids) => ids.contains(&entry.id),
            Entries::Named(query) => scope::may_be_meant(entry, query, &scope::needle(query)),
        };
        Ok(self.live_entries().into_values().filter(asked).collect())
    }

    fn playbook(&self, hash: &str) -> Result<Option<String>, StoreError> {
        Ok(self.playbooks.get(hash).cloned())
    }

    fn operations(&self, newest: usize) -> Result<Vec<Operation>, StoreError> {
        let undone = self.undone();
        let listed = |kept: &Kept| {
            let is_new =
                |change: &&Change| matches!(change, Change::Person(people::Change::Added(_)));
            let added = kept.changes.iter().filter(is_new).count();
            let hidden = added.saturating_sub(Operation::LISTED_ENTRIES);
            let listed = kept.changes.iter().take(added - hidden);
            Operation {
                id: kept.id,
                at: kept.at,
                command: kept.command.clone(),
                undoes: kept.undoes,
                undone: undone.contains(&kept.id),
                changes: listed.chain(kept.changes.iter().skip(added)).cloned().collect(),
                added: u64::try_from(added).unwrap_or(u64::MAX),
            }
        };
        Ok(self.operations.iter().rev().take(newest).map(listed).collect())
    }

    fn texts(&self, visit: &mut dyn FnMut(Text<'_>)) -> Result<(), StoreError> {
        for kept in &self.operations {
            let operation = kept.id;
            for (position, change) in (0_u64..).zip(&kept.changes) {
                match change {
                    Change::Person(people::Change::Added(entry)) => {
                        let place = Place::Entry(entry.id);
                        visit(Text { place, said: Said::Entry(entry) });
                    }
                    Change::Person(people::Change::FieldSet { entry, field, value }) => {
                        let entry = *entry;
                        let place = Place::Change { entry, operation, position };
                        if let Some(value) = value {
                            visit(Text { place, said: Said::Field { entry, field, value } });
                        }
                    }
                    Change::Person(people::Change::Favour { entry, favour }) => {
                        let entry = *entry;
                        let place = Place::Change { entry, operation, position };
                        let (field, value) = (favour.kind.as_str(), &favour.what);
                        visit(Text { place, said: Said::Field { entry, field, value } });
                    }
                    Change::Person(_) => {}
                    Change::Plan { plan, fact } => {
                        let (plan, cycle) = (*plan, fact.cycle().unwrap_or(0));
                        for (slot, words) in (0_u64..).zip(codec::words_of(fact)?) {
                            let place = Place::Fact { plan, cycle, operation, position, slot };
                            visit(Text { place, said: Said::Fact { fact, words } });
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn erase(
        &mut self,
        head: Option<OperationId>,
        operation: NewOperation,
        erasures: &[Erasure],
    ) -> Result<OperationId, StoreError> {
        let before = self.clone();
        let appended = self.append(head, operation)?;
        for erasure in erasures {
            if let Err(error) = self.put(erasure) {
                *self = before;
                return Err(error);
            }
        }
        Ok(appended)
    }

    fn verify(&self) -> Result<Option<OperationId>, StoreError> {
        Ok(None)
    }
}
