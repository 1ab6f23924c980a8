//! Erasing: texts go for good, and no file keeps them (R24).
//!
//! The file is taken for oneself alone, without a log beside it: what a log or somebody reading an
//! older moment holds cannot be erased. Freed pages are zeroed (`secure_delete`), and the file is
//! written anew at the end.

use std::time::Duration;

use rusqlite::{Connection, ErrorCode, params};

use super::append;
use super::chain::{self, Hash, Salt, Salts};
use super::failure::{Failure, Outcome, corrupt};
use super::people;
use super::projection::column;
use super::read;
use crate::store::codec;
use crate::store::{Erasure, Left, NewOperation, OperationId, Place, Said, StoreError, Text};
use crate::words::Words;

/// What is left of a text, ready to be written.
pub(super) struct Redacted {
    pub(super) place: String,
    pub(super) digest: Hash,
    salt: Salt,
    /// Text or name; and fields, of an entry.
    texts: (String, Option<String>),
}

/// Records the operation and erases; busy while anybody else has the file open.
pub(super) fn erase(
    connection: &mut Connection,
    head: Option<OperationId>,
    operation: NewOperation,
    erasures: &[Erasure],
    patience: Duration,
) -> Outcome<OperationId> {
    let erased = alone(connection, patience).and_then(|()| {
        let appended = append::append(connection, head, operation, erasures, &mut |_| ())?;
        connection.execute_batch("VACUUM")?;
        Ok(appended)
    });
    let shared = share(connection);
    let erased = erased?;
    shared?;
    Ok(erased)
}

/// Takes the file for oneself, with everything in it and nothing beside it.
fn alone(connection: &Connection, patience: Duration) -> Outcome<()> {
    const PAUSE: Duration = Duration::from_millis(25);
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    let mut waited = Duration::ZERO;
    loop {
        // Switching writes the log into the file and removes it, which nobody else may watch.
        match connection
            .query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0))
        {
            Ok(mode) if mode != "wal" => break,
            Ok(_) => {}
            Err(error) if is_busy(&error) => {}
            Err(error) => return Err(error.into()),
        }
        // Counted in pauses, since the engine reads no clock.
        if waited >= patience {
            return Err(StoreError::Busy.into());
        }
        std::thread::sleep(PAUSE);
        waited += PAUSE;
    }
    Ok(())
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Lets others in again.
fn share(connection: &Connection) -> Outcome<()> {
    connection.execute_batch("PRAGMA locking_mode = NORMAL")?;
    // The lock is let go with the next reading.
    let _: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)) {
        // Somebody came in at once: the next who opens the file to write switches.
        Err(error) if is_busy(&error) => Ok(()),
        Err(error) => Err(Failure::Sqlite(error)),
        Ok(_) => Ok(()),
    }
}

/// What is left of a text, with a salt and a digest of its own; none where all of it goes.
pub(super) fn prepare(erasure: &Erasure, salts: &mut Salts) -> Outcome<Option<Redacted>> {
    let Some(left) = &erasure.left else { return Ok(None) };
    let salt = salts.draw();
    let (digest, texts) = match left {
        Left::Words(words) => {
            (chain::digest(&salt, &[words.raw()]), (words.raw().to_owned(), None))
        }
        Left::Entry(entry) => {
            let mut fields = String::new();
            codec::encode_fields(&entry.fields, &mut fields)?;
            let name = entry.name.raw();
            (chain::entry_digest(&salt, name, &fields), (name.to_owned(), Some(fields)))
        }
    };
    Ok(Some(Redacted { place: name_of(erasure.place), digest, salt, texts }))
}

/// How a place is named in the table of redactions, and in the triggers of the schema.
pub(super) fn name_of(place: Place) -> String {
    match place {
        Place::Entry(id) => format!("entry/{id}"),
        Place::Change { entry, operation, position } => {
            format!("change/{entry}/{operation}/{position}")
        }
        Place::Fact { plan, cycle, operation, position, slot } => {
            format!("words/{}/{cycle}/{operation}/{position}/{slot}", plan.0)
        }
    }
}

/// Writes what is left, or nothing.
pub(super) fn put(connection: &Connection, place: Place, left: Option<&Redacted>) -> Outcome<()> {
    let salt = left.map(|left| left.salt);
    let text = left.map(|left| left.texts.0.as_str());
    let changed = match place {
        Place::Entry(id) => {
            let fields = left.and_then(|left| left.texts.1.as_deref());
            connection
                .prepare_cached(
                    "UPDATE entries SET salt = ?2, name = ?3, fields = ?4 WHERE id = ?1",
                )?
                .execute(params![column(id.0), salt, text, fields])?
        }
        Place::Change { entry, operation, position } => connection
            .prepare_cached(
                "UPDATE entry_changes SET salt = ?4, text = ?5
                 WHERE entry = ?1 AND operation = ?2 AND position = ?3",
            )?
            .execute(params![column(entry.0), column(operation.0), column(position), salt, text])?,
        Place::Fact { plan, cycle, operation, position, slot } => connection
            .prepare_cached(
                "UPDATE words SET salt = ?6, text = ?7 WHERE plan = ?1 AND cycle = ?2
                 AND operation = ?3 AND position = ?4 AND slot = ?5",
            )?
            .execute(params![
                column(plan.0),
                cycle,
                column(operation.0),
                column(position),
                column(slot),
                salt,
                text
            ])?,
    };
    if changed == 1 { Ok(()) } else { Err(corrupt("nothing stands where it should")) }
}

/// Shows every text that stands, undone or not.
pub(super) fn texts(connection: &Connection, visit: &mut dyn FnMut(Text<'_>)) -> Outcome<()> {
    people::each_added(connection, &mut |entry| {
        visit(Text { place: Place::Entry(entry.id), said: Said::Entry(entry) });
    })?;
    people::each_value(connection, &mut |entry, operation, position, field, value| {
        let place = Place::Change { entry, operation, position };
        visit(Text { place, said: Said::Field { entry, field, value } });
    })?;
    for (operation, position, plan, fact) in read::every_fact(connection)? {
        let cycle = fact.cycle().unwrap_or(0);
        for (slot, words) in (0_u64..).zip(codec::words_of(&fact)?) {
            let place = Place::Fact { plan, cycle, operation, position, slot };
            visit(Text { place, said: Said::Fact { fact: &fact, words } });
        }
    }
    Ok(())
}

/// What a change of an entry set, where it set something.
pub(super) fn value_of(change: &crate::people::Change) -> Option<(&str, &Words)> {
    match change {
        crate::people::Change::FieldSet { field, value, .. } => {
            value.as_ref().map(|value| (field.as_str(), value))
        }
        crate::people::Change::Favour { favour, .. } => Some((favour.kind.as_str(), &favour.what)),
        crate::people::Change::Added(_)
        | crate::people::Change::DoNotContact { .. }
        | crate::people::Change::CompanyLinked { .. }
        | crate::people::Change::Introduced { .. }
        | crate::people::Change::Forgotten { .. } => None,
    }
}
