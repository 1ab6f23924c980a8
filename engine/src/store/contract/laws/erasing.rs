//! Erasing (L3, R24).

use super::super::Fresh;
use super::{ANA, BEN, PLAN, begin, day, record, undo};
use crate::people::{Change as PersonChange, Entry, EntryId};
use crate::plan::{Fact, FactKind};
use crate::store::contract::samples;
use crate::store::{
    Change, Entries, Erasure, Left, NewOperation, OperationId, Place, Said, Scope, Store,
    StoreError,
};
use crate::words::Words;

/// Every text that stands, as it reads.
fn texts(store: &dyn Store) -> Result<Vec<(Place, String)>, StoreError> {
    let mut found = Vec::new();
    store.texts(&mut |text| {
        let words = match text.said {
            Said::Entry(entry) => {
                let fields = entry.fields.values().map(Words::raw).collect::<Vec<_>>();
                format!("{} {}", entry.name.raw(), fields.join(" "))
            }
            Said::Field { value, .. } => value.raw().to_owned(),
            Said::Fact { words, .. } => words.raw().to_owned(),
        };
        found.push((text.place, words.trim().to_owned()));
    })?;
    found.sort();
    Ok(found)
}

/// Notes of Ana and Ben, one of them undone, and an answer that speaks of Ana.
fn noted(store: &mut dyn Store) -> Result<(), StoreError> {
    begin(store)?;
    let mut operation = NewOperation::new(samples::at(1), "people edit");
    for (entry, note) in [(ANA, "met in Porto"), (BEN, "knows Ana Silva")] {
        operation.changes.push(Change::Person(PersonChange::FieldSet {
            entry,
            field: "note".to_owned(),
            value: Some(note.into()),
        }));
    }
    let noted = record(store, operation)?;
    undo(store, noted)?;
    let value = Words::new("as Ana Silva says");
    let fact = Fact::on(day(3), FactKind::InputSet { input: "why".into(), value });
    record(store, samples::operation(2, PLAN, [fact]))?;
    Ok(())
}

fn forget(entry: EntryId) -> NewOperation {
    let mut operation = NewOperation::new(samples::at(3), "forget");
    let change = PersonChange::Forgotten { entry, company_of: None, connected: false };
    operation.changes.push(Change::Person(change));
    operation
}

fn erase(store: &mut dyn Store) -> Result<OperationId, StoreError> {
    let mut erasures = Vec::new();
    for (place, text) in texts(store)? {
        let left = match text.as_str() {
            "Ana Silva" | "met in Porto" => None,
            text if text.contains("Ana Silva") => {
                Some(Left::Words(text.replace("Ana Silva", "somebody").into()))
            }
            "Ben Okafor" => {
                let ben = Entry::person(BEN, "Ben Okafor").with("note", "left");
                Some(Left::Entry(Box::new(ben)))
            }
            _ => continue,
        };
        erasures.push(Erasure { place, left });
    }
    let head = store.head()?.operation;
    store.erase(head, forget(ANA), &erasures)
}

pub(in crate::store::contract) fn erased(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    noted(store)?;
    erase(store)?;
    let left: Vec<String> = texts(store)?.into_iter().map(|(_, text)| text).collect();
    let erased = ["(forgotten)", "", "met in Porto"];
    let stand: Vec<&String> = left.iter().filter(|text| !erased.contains(&text.as_str())).collect();
    assert_eq!(stand, ["Ben Okafor left", "knows somebody", "as somebody says"]);
    assert!(!left.iter().any(|text| text.contains("Ana") || text.contains("Porto")), "{left:?}");
    let entries = store.entries(&Entries::All)?;
    assert_eq!((entries[0].name.raw(), entries[0].forgotten.is_some()), ("(forgotten)", true));
    assert_eq!(entries[1], Entry::person(BEN, "Ben Okafor").with("note", "left"));
    let facts = store.facts(PLAN, &Scope::Everything)?;
    let FactKind::InputSet { value, .. } = &facts[1].fact.kind else {
        return Err(StoreError::Corrupt { what: "not the fact that was recorded".to_owned() });
    };
    assert_eq!(value.raw(), "as somebody says");
    assert_eq!(store.verify()?, None);
    // Nothing stands there.
    let head = store.head()?.operation;
    let place = Place::Entry(EntryId(9));
    let nowhere = store.erase(head, forget(BEN), &[Erasure { place, left: None }]);
    assert!(matches!(nowhere, Err(StoreError::Corrupt { .. })), "{nowhere:?}");
    assert_eq!(store.head()?.operation, head);
    let stale = store.erase(None, forget(BEN), &[]);
    assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
    Ok(())
}

pub(in crate::store::contract) fn for_good(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    noted(store)?;
    let forgotten = erase(store)?;
    assert_eq!(undo(store, forgotten), Err(StoreError::CannotUndo { operation: forgotten }));
    // What was undone before comes back without its words.
    undo(store, OperationId(3))?;
    let entries = store.entries(&Entries::All)?;
    assert_eq!(entries[0].name.raw(), "(forgotten)");
    assert_eq!(entries[0].fields.len(), 0);
    assert_eq!(entries[1].field("note").unwrap_or_else(|| "".into()).raw(), "knows somebody");
    assert_eq!(store.verify()?, None);
    Ok(())
}
