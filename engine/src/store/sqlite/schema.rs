//! The versions of the schema, and how a file comes from one to the next (R5).

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::failure::Outcome;
use crate::store::StoreError;

/// Marks our files: `Fort` in ASCII.
pub(super) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"Fort");

/// What leads from each version to the next; an empty file has version 0. An entry that was ever
/// released is never changed.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];

/// The version that this program writes.
pub(super) const VERSION: i32 = 1;

const _: () = assert!(MIGRATIONS.len() == 1, "VERSION counts the migrations");

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing in it yet.
    Empty,
    /// Ours, in the version of this program.
    Current,
    /// Ours, of an older program.
    Older(i32),
}

/// Looks whose file it is, and changes nothing. The three answers are of one moment only within a
/// transaction: another process may finish making the file between two of them.
pub(super) fn state(connection: &Connection, path: &Path) -> Outcome<State> {
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if id != APPLICATION_ID {
        let holds = "SELECT count(*) FROM sqlite_schema";
        let holds: i64 = connection.query_row(holds, [], |row| row.get(0))?;
        if id == 0 && version == 0 && holds == 0 {
            return Ok(State::Empty);
        }
        return Err(StoreError::NotADatabase { path: path.to_owned() }.into());
    }
    judge(version)
}

/// What a version of our own means.
pub(super) fn judge(version: i32) -> Outcome<State> {
    if version > VERSION {
        let what = format!("database version {version}, known here up to {VERSION}");
        return Err(StoreError::Newer { what }.into());
    }
    Ok(if version == VERSION { State::Current } else { State::Older(version) })
}

/// Creates what is missing or brings it up to date, in one transaction that looks again once it
/// holds the lock: any number of processes may do so at the same moment.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Outcome<()> {
    let glance = connection.transaction()?;
    let found = state(&glance, path)?;
    glance.finish()?;
    if found == State::Current {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = match state(&transaction, path)? {
        State::Current => return Ok(()),
        State::Empty => 0,
        State::Older(version) => version,
    };
    for migration in MIGRATIONS.iter().skip(usize::try_from(from).unwrap_or_default()) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}
