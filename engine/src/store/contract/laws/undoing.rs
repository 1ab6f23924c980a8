//! Undo and redo (F4, R13).

use super::super::Fresh;
use super::{ANA, BEN, answers, begin, happen, note, record, undo};
use crate::people;
use crate::plan::FactKind;
use crate::store::contract::samples;
use crate::store::{Change, NewOperation, OperationId, StoreError};

pub(in crate::store::contract) fn undo_redo(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let before = answers(store)?;
    let mut operation = NewOperation::new(samples::at(1), "people edit");
    operation.changes = vec![
        Change::Person(people::Change::FieldSet {
            entry: ANA,
            field: "note".to_owned(),
            value: Some("met in Porto".into()),
        }),
        Change::Plan {
            plan: super::PLAN,
            fact: crate::plan::Fact::on(super::day(3), FactKind::Unlisted { cycle: 1, entry: BEN }),
        },
    ];
    let changed = record(store, operation)?;
    let after = answers(store)?;
    assert_ne!(before, after);
    // Undo, redo, undo of the redo, …: each retracts the operation before it.
    let mut newest = changed;
    for round in 0..9 {
        newest = undo(store, newest)?;
        assert_eq!(&answers(store)?, if round % 2 == 0 { &before } else { &after });
    }
    let log = store.operations(20)?;
    let undone: Vec<bool> = log.iter().rev().map(|operation| operation.undone).collect();
    assert_eq!(undone.len(), 11);
    assert!(!undone[0] && undone[1] && !undone[10], "{undone:?}");
    assert_eq!(log[0].undoes, Some(OperationId(10)));
    assert!(log[9].changes.len() == 2, "what an undone operation recorded stays in the log");
    Ok(())
}

pub(in crate::store::contract) fn hundred(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let mut states = vec![answers(store)?];
    let mut operations = Vec::new();
    for number in 0..100 {
        operations.push(happen(store, [note(number)])?);
        states.push(answers(store)?);
    }
    let mut undos = Vec::new();
    for number in (0..100).rev() {
        undos.push(undo(store, operations[number])?);
        assert_eq!(answers(store)?, states[number]);
    }
    for number in 0..100 {
        undo(store, undos[99 - number])?;
        assert_eq!(answers(store)?, states[number + 1]);
    }
    Ok(())
}

pub(in crate::store::contract) fn undo_once(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let noted = happen(store, [note(1)])?;
    let undone = undo(store, noted)?;
    for wrong in [noted, OperationId(0), OperationId(4), OperationId(u64::MAX)] {
        assert_eq!(undo(store, wrong), Err(StoreError::CannotUndo { operation: wrong }));
    }
    undo(store, undone)?;
    assert_eq!(undo(store, undone), Err(StoreError::CannotUndo { operation: undone }));
    undo(store, noted)?;
    Ok(())
}
