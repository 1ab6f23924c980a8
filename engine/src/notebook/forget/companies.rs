//! The companies that are forgotten with a person.

use std::collections::BTreeSet;

use crate::notebook::NotebookError;
use crate::people::{Book, Change, Entry, EntryId, fold};
use crate::store::{self, Store};
use crate::words::Words;

/// The companies that only this person had, now or under one of these names before: no other person belongs to them or names them, and
/// they became known with somebody, not by hand.
pub(super) fn companies_of(
    store: &impl Store,
    book: &Book,
    person: &Entry,
    employers: &[Words],
) -> Result<Vec<Entry>, NotebookError> {
    let named: BTreeSet<String> = employers.iter().map(|name| fold(name.raw())).collect();
    let theirs = |company: &&Entry| {
        company.forgotten.is_none()
            && (person.company == Some(company.id) || named.contains(&fold(company.name.raw())))
    };
    let mut going = Vec::new();
    for company in book.companies().filter(theirs) {
        let name = fold(company.name.raw());
        let shared = book.people().any(|other| {
            other.id != person.id
                && other.forgotten.is_none()
                && (other.company == Some(company.id)
                    || other.field("company").is_some_and(|field| fold(field.raw()) == name))
        });
        if !shared && !by_hand(store, company.id)? {
            going.push(company.clone());
        }
    }
    Ok(going)
}

/// True where an operation that added the company linked nobody to it.
fn by_hand(store: &impl Store, company: EntryId) -> Result<bool, NotebookError> {
    for operation in store.operations(usize::MAX)? {
        let adds = operation.changes.iter().any(|change| {
            matches!(change, store::Change::Person(Change::Added(added)) if added.id == company)
        });
        if adds {
            return Ok(!operation.changes.iter().any(|change| {
                matches!(
                    change,
                    store::Change::Person(Change::CompanyLinked { company: Some(linked), .. })
                        if *linked == company
                )
            }));
        }
    }
    // One of many in an import.
    Ok(false)
}
