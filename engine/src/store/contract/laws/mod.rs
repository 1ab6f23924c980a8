//! The laws, by what they are about.

mod asking;
mod erasing;
mod recording;
mod undoing;

pub(super) use asking::{about, due, empty, large_import, named, people, scopes, whole};
pub(super) use erasing::{erased, for_good};
pub(super) use recording::{at_most_once, clock_behind, numbers, order, stale, whole_or_not};
pub(super) use undoing::{hundred, undo_once, undo_redo};

use super::{Script, samples};
use crate::people::{self as persons, Entry, EntryId};
use crate::plan::{Fact, FactKind, PlanId};
use crate::store::{
    Change, Entries, NewOperation, Operation, OperationId, PlanRow, Recorded, Scope, Store,
    StoreError,
};

/// The first plan.
const PLAN: PlanId = PlanId(1);
/// The first person of [`begin`].
const ANA: EntryId = EntryId(1);
/// The second.
const BEN: EntryId = EntryId(2);

/// A day in the story.
fn day(of_march: i8) -> jiff::civil::Date {
    jiff::civil::Date::constant(2026, 3, of_march)
}

/// A plan and two people.
fn begin(store: &mut dyn Store) -> Result<OperationId, StoreError> {
    let mut operation = NewOperation::new(samples::at(0), "start");
    for (id, name) in [(ANA, "Ana Silva"), (BEN, "Ben Okafor")] {
        operation.changes.push(Change::Person(persons::Change::Added(Entry::person(id, name))));
    }
    let fact = Fact::on(day(2), samples::started(&mut Script::new(b"plan")));
    operation.changes.push(Change::Plan { plan: PLAN, fact });
    record(store, operation)
}

/// Appends at the end of the log.
fn record(store: &mut dyn Store, operation: NewOperation) -> Result<OperationId, StoreError> {
    let head = store.head()?.operation;
    store.append(head, operation)
}

/// Retracts an operation.
fn undo(store: &mut dyn Store, operation: OperationId) -> Result<OperationId, StoreError> {
    let mut undo = NewOperation::new(samples::at(1), "undo");
    undo.undoes = Some(operation);
    record(store, undo)
}

/// Records facts of the first plan.
fn happen(
    store: &mut dyn Store,
    facts: impl IntoIterator<Item = FactKind>,
) -> Result<OperationId, StoreError> {
    let facts = facts.into_iter().map(|kind| Fact::on(day(3), kind));
    record(store, samples::operation(1, PLAN, facts))
}

/// A fact that differs for every number.
fn note(number: usize) -> FactKind {
    FactKind::InputSet { input: "note".into(), value: number.to_string().into() }
}

/// Every answer but the list of operations.
#[derive(Debug, PartialEq)]
struct Answers {
    plans: Vec<PlanRow>,
    facts: Vec<Recorded>,
    about: Vec<(PlanId, Recorded)>,
    entries: Vec<Entry>,
}

fn answers(store: &dyn Store) -> Result<Answers, StoreError> {
    Ok(Answers {
        plans: store.plans()?,
        facts: store.facts(PLAN, &Scope::Everything)?,
        about: store.facts_about(&[ANA, BEN])?,
        entries: store.entries(&Entries::All)?,
    })
}

/// The newest operation; an operation without content stands for none.
fn newest(store: &dyn Store) -> Result<Option<Operation>, StoreError> {
    Ok(store.operations(1)?.pop())
}
