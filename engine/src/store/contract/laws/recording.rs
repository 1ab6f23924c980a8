//! What is recorded stays as it was, in its order, once, whole or not at all.

use jiff::Timestamp;

use super::super::{Fresh, Script, samples};
use super::{ANA, BEN, PLAN, answers, begin, day, happen, newest, note, record, undo};
use crate::people::{self, Entry, EntryId};
use crate::plan::{Fact, FactKind, PlanId, TaskKey};
use crate::store::{Change, Entries, NewOperation, OperationId, Projection, Scope, StoreError};

pub(in crate::store::contract) fn order(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let bytes: Vec<u8> = (0..=255).rev().chain(0..=255).collect();
    let mut script = Script::new(&bytes);
    let facts: Vec<Fact> = (0..samples::KINDS)
        .map(|kind| Fact {
            on: samples::day(&mut script),
            time: Some(samples::time(&mut script)),
            kind: samples::happened(kind, &mut script, &[ANA, BEN]),
        })
        .collect();
    let operation = record(store, samples::operation(7, PLAN, facts.clone()))?;
    let recorded = store.facts(PLAN, &Scope::Everything)?;
    assert!(matches!(recorded[0].fact.kind, FactKind::PlanStarted { .. }));
    assert!(recorded[1..].iter().all(|fact| fact.operation == operation));
    assert!(recorded[1..].iter().all(|fact| fact.at == samples::at(7)));
    let kinds: Vec<Fact> = recorded.into_iter().skip(1).map(|recorded| recorded.fact).collect();
    assert_eq!(kinds, facts);
    let logged = newest(store)?.map(|operation| operation.changes);
    let changes = facts.into_iter().map(|fact| Change::Plan { plan: PLAN, fact }).collect();
    assert_eq!(logged, Some(changes));
    Ok(())
}

pub(in crate::store::contract) fn stale(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    let first = begin(store)?;
    let before = answers(store)?;
    for head in [None, Some(OperationId(0)), Some(OperationId(2)), Some(OperationId(u64::MAX))] {
        let refused = store.append(head, samples::operation(1, PLAN, []));
        assert_eq!(refused, Err(StoreError::Stale { newest: Some(first) }));
    }
    assert_eq!(answers(store)?, before);
    assert_eq!(store.append(Some(first), samples::operation(1, PLAN, []))?, OperationId(2));
    Ok(())
}

fn done(task: TaskKey) -> FactKind {
    FactKind::Done { task, answers: std::collections::BTreeMap::new(), sent: None }
}

/// F6.
pub(in crate::store::contract) fn at_most_once(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let task = TaskKey::of(1, "send-intro".into(), ANA);
    let others = [
        TaskKey::of(2, "send-intro".into(), ANA),
        TaskKey::of(1, "send-intro".into(), BEN),
        TaskKey::of(1, "send".into(), ANA),
        TaskKey::new(1, "send-intro".into()),
        TaskKey::new(0, "send-intro".into()),
        TaskKey {
            occurrence: Some(crate::plan::Occurrence { date: day(2), time: None }),
            ..TaskKey::new(1, "send-intro".into())
        },
    ];
    let first = happen(store, [done(task.clone())])?;
    let again = Err(StoreError::AlreadyDone { task: task.clone() });
    assert_eq!(happen(store, [note(1), done(task.clone())]), again);
    happen(store, others.iter().cloned().map(done))?;
    let twice = TaskKey::new(3, "hold".into());
    let refused = happen(store, [done(twice.clone()), done(twice.clone())]);
    assert_eq!(refused, Err(StoreError::AlreadyDone { task: twice }));
    // Once it is undone it may be done again, and then the redo would be the second time.
    let undone = undo(store, first)?;
    let second = happen(store, [done(task.clone())])?;
    assert_eq!(undo(store, undone), again);
    undo(store, second)?;
    undo(store, undone)?;
    assert_eq!(happen(store, [done(task)]), again);
    Ok(())
}

/// R2, R18.
pub(in crate::store::contract) fn whole_or_not(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let task = TaskKey::new(1, "prepare".into());
    let head = happen(store, [done(task.clone())])?;
    let before = (answers(store)?, store.operations(9)?, store.head()?);
    let mut operation = samples::operation(2, PLAN, [Fact::on(day(4), note(1))]);
    let dana = Entry::person(EntryId(3), "Dana Wu");
    operation.changes.push(Change::Person(people::Change::Added(dana)));
    operation.playbooks.push(("hash".to_owned(), "text".to_owned()));
    operation
        .projections
        .push((PLAN, Projection { running_cycle: Some(7), ..Projection::default() }));
    operation.changes.push(Change::Plan { plan: PLAN, fact: Fact::on(day(4), done(task)) });
    assert!(matches!(store.append(Some(head), operation), Err(StoreError::AlreadyDone { .. })));
    assert_eq!((answers(store)?, store.operations(9)?, store.head()?), before);
    assert_eq!(store.playbook("hash")?, None);
    Ok(())
}

pub(in crate::store::contract) fn numbers(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    let nobody = |entry| Err(StoreError::NoSuchEntry { entry });
    let no_plan = |plan| Err(StoreError::NoSuchPlan { plan });
    assert_eq!(happen(store, [note(1)]), no_plan(PLAN));
    let first = begin(store)?;
    let person = |change| {
        let mut operation = NewOperation::new(samples::at(1), "people edit");
        operation.changes.push(Change::Person(change));
        operation
    };
    for wrong in [0, 1, 2, 4, u64::MAX].map(EntryId) {
        let added = person(people::Change::Added(Entry::person(wrong, "Dana")));
        assert_eq!(record(store, added), Err(StoreError::EntryOutOfTurn { entry: wrong }));
    }
    for wrong in [0, 1, 3, u64::MAX].map(PlanId) {
        let kind = samples::started(&mut Script::new(&[]));
        let begun = record(store, samples::operation(1, wrong, [Fact::on(day(2), kind)]));
        assert_eq!(begun, Err(StoreError::PlanOutOfTurn { plan: wrong }));
    }
    for wrong in [0, 3, u64::MAX].map(EntryId) {
        let listed = FactKind::Unlisted { cycle: 1, entry: wrong };
        assert_eq!(happen(store, [listed]), nobody(wrong));
        let quiet = people::Change::DoNotContact { entry: wrong, yes: true };
        assert_eq!(record(store, person(quiet)), nobody(wrong));
        let by = people::Change::Introduced { entry: ANA, by: wrong };
        assert_eq!(record(store, person(by)), nobody(wrong));
        assert_eq!(store.facts_about(&[wrong])?, []);
        assert_eq!(store.entries(&Entries::Ids(&[wrong]))?, []);
    }
    for wrong in [0, 2, u64::MAX].map(PlanId) {
        let fact = Fact::on(day(3), note(1));
        assert_eq!(record(store, samples::operation(1, wrong, [fact])), no_plan(wrong));
        let mut operation = samples::operation(1, PLAN, []);
        operation.projections.push((wrong, Projection::default()));
        assert_eq!(record(store, operation), no_plan(wrong));
        assert_eq!(store.facts(wrong, &Scope::Everything)?, []);
    }
    // The numbers of what is undone are not given again.
    undo(store, first)?;
    let head = store.head()?;
    assert_eq!((head.next_plan, head.next_entry), (PlanId(2), EntryId(3)));
    Ok(())
}

/// F7.
pub(in crate::store::contract) fn clock_behind(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    record(store, samples::operation(90, PLAN, []))?;
    record(store, samples::operation(5, PLAN, [Fact::on(day(3), note(1))]))?;
    assert_eq!(store.head()?.at, Some(samples::at(90)));
    assert_eq!(newest(store)?.map(|operation| operation.at), Some(samples::at(5)));
    for extreme in [Timestamp::MIN, Timestamp::MAX] {
        record(store, NewOperation::new(extreme, "record"))?;
        let kept = newest(store)?.map_or(Timestamp::UNIX_EPOCH, |operation| operation.at);
        assert!(kept.duration_since(extreme).abs() < jiff::SignedDuration::from_secs(1), "{kept}");
        assert_eq!(store.head()?.at, Some(kept.max(samples::at(90))));
    }
    Ok(())
}
