//! Entries: the row they began with, and what was changed since.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rusqlite::{Connection, Params, Row};

use super::erase;
use super::failure::{Outcome, corrupt};
use super::projection::{column, number};
use super::read;
use crate::people::{self, Entry, EntryId, Kind};
use crate::store::codec::{self, CodedEntry};
use crate::store::{Change, Entries, Operation, OperationId, scope};
use crate::words::Words;

const COLUMNS: &str =
    "id, kind, version, company, introduced_by, do_not_contact, knows_me, name, fields";

/// Entries as they are known now.
pub(super) fn entries(connection: &Connection, which: &Entries<'_>) -> Outcome<Vec<Entry>> {
    match which {
        Entries::All => current(connection, "", "", []),
        Entries::Kind(kind) => {
            let mut entries = current(
                connection,
                " AND kind = ?1",
                "",
                [match kind {
                    Kind::Person => codec::PERSON,
                    Kind::Company => codec::COMPANY,
                }],
            )?;
            entries.retain(|entry| entry.kind == *kind);
            Ok(entries)
        }
        Entries::Ids(ids) => by_ids(connection, ids),
        Entries::Named(query) => {
            let needle = scope::needle(query);
            let mut entries = if query.contains('@') {
                current(connection, "", "", [])?
            } else {
                by_ids(connection, &perhaps_named(connection, &needle)?)?
            };
            entries.retain(|entry| scope::may_be_meant(entry, query, &needle));
            Ok(entries)
        }
    }
}

fn by_ids(connection: &Connection, ids: &[EntryId]) -> Outcome<Vec<Entry>> {
    let ids: Vec<i64> = ids.iter().map(|id| column(id.0)).collect();
    let ids = serde_json::to_string(&ids).map_err(|error| corrupt(error.to_string()))?;
    let (these, theirs) = (
        " AND id IN (SELECT value FROM json_each(?1))",
        " AND entry IN (SELECT value FROM json_each(?1))",
    );
    current(connection, these, theirs, [ids])
}

/// Entries with that in their first name, and all whose fields were changed since.
fn perhaps_named(connection: &Connection, needle: &str) -> Outcome<Vec<EntryId>> {
    let mut ids = Vec::new();
    if needle.is_empty() {
        return Ok(ids);
    }
    let mut statement = connection.prepare_cached("SELECT id, name FROM entries")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name = row.get_ref(1)?.as_str_or_null()?.unwrap_or_default();
        if people::fold(name).contains(needle) {
            ids.push(EntryId(number(row.get(0)?)?));
        }
    }
    let mut statement = connection.prepare_cached("SELECT DISTINCT entry FROM entry_changes")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        ids.push(EntryId(number(row.get(0)?)?));
    }
    Ok(ids)
}

/// Entries that stand, with the changes that stand.
fn current<P: Params + Clone>(
    connection: &Connection,
    these: &str,
    theirs: &str,
    parameters: P,
) -> Outcome<Vec<Entry>> {
    let mut entries = BTreeMap::new();
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM entries
         WHERE NOT EXISTS (SELECT 1 FROM undone WHERE undone.operation = entries.operation){these}"
    ))?;
    let mut rows = statement.query(parameters.clone())?;
    while let Some(row) = rows.next()? {
        let entry = codec::decode_entry(&coded(row)?)?;
        entries.insert(entry.id, entry);
    }
    let mut statement = connection.prepare_cached(&format!(
        "SELECT entry, kind, version, body, text FROM entry_changes
         WHERE NOT EXISTS (SELECT 1 FROM undone WHERE undone.operation = entry_changes.operation)
         {theirs} ORDER BY entry, operation, position"
    ))?;
    let parameters = if theirs.is_empty() { None } else { Some(parameters) };
    let mut rows = match parameters {
        Some(parameters) => statement.query(parameters)?,
        None => statement.query([])?,
    };
    while let Some(row) = rows.next()? {
        let change = change(row)?;
        if let Some(entry) = entries.get_mut(&change.entry()) {
            change.apply(entry);
        }
    }
    Ok(entries.into_values().collect())
}

/// What an operation changed in people, new entries first, not more of these than are listed.
pub(super) fn changes_of(connection: &Connection, operation: i64) -> Outcome<Vec<Change>> {
    let mut changes = Vec::new();
    // New entries have the numbers between those that came next before the operation and after it.
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM entries
         WHERE id >= coalesce((SELECT next_entry FROM operations WHERE id = ?1 - 1), 1)
         AND id < (SELECT next_entry FROM operations WHERE id = ?1) ORDER BY id LIMIT ?2"
    ))?;
    let most = i64::try_from(Operation::LISTED_ENTRIES).unwrap_or(i64::MAX);
    let mut rows = statement.query([operation, most])?;
    while let Some(row) = rows.next()? {
        let entry = codec::decode_entry(&coded(row)?)?;
        changes.push(Change::Person(people::Change::Added(entry)));
    }
    let mut statement = connection.prepare_cached(
        "SELECT entry, kind, version, body, text FROM entry_changes
         WHERE operation = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([operation])?;
    while let Some(row) = rows.next()? {
        changes.push(Change::Person(change(row)?));
    }
    Ok(changes)
}

/// Every entry as it began, as far as it was not erased.
pub(super) fn each_added(connection: &Connection, visit: &mut dyn FnMut(&Entry)) -> Outcome<()> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM entries WHERE name IS NOT NULL ORDER BY id"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(&codec::decode_entry(&coded(row)?)?);
    }
    Ok(())
}

/// Every value that a change set, as far as it was not erased.
pub(super) fn each_value(
    connection: &Connection,
    visit: &mut dyn FnMut(EntryId, OperationId, u64, &str, &Words),
) -> Outcome<()> {
    let mut statement = connection.prepare_cached(
        "SELECT entry, kind, version, body, text, operation, position FROM entry_changes
         WHERE text IS NOT NULL ORDER BY operation, position",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let change = change(row)?;
        if let Some((field, value)) = erase::value_of(&change) {
            let operation = OperationId(number(row.get(5)?)?);
            visit(change.entry(), operation, number(row.get(6)?)?, field, value);
        }
    }
    Ok(())
}

/// An entry out of the columns of [`COLUMNS`].
pub(super) fn coded<'r>(row: &'r Row<'_>) -> Outcome<CodedEntry<'r>> {
    Ok(CodedEntry {
        id: EntryId(number(row.get(0)?)?),
        kind: Cow::Borrowed(row.get_ref(1)?.as_str()?),
        version: row.get(2)?,
        company: read::entry_id(row.get(3)?)?,
        introduced_by: read::entry_id(row.get(4)?)?,
        do_not_contact: row.get(5)?,
        knows_me: row.get(6)?,
        name: row.get_ref(7)?.as_str_or_null()?.map(Cow::Borrowed),
        fields: row.get_ref(8)?.as_str_or_null()?.map(Cow::Borrowed),
    })
}

fn change(row: &Row<'_>) -> Outcome<people::Change> {
    let entry = EntryId(number(row.get(0)?)?);
    let value = row.get_ref(4)?.as_str_or_null()?.map(Words::new);
    let (kind, body) = (row.get_ref(1)?.as_str()?, row.get_ref(3)?.as_str()?);
    Ok(codec::decode_change(kind, row.get(2)?, body, entry, value)?)
}
