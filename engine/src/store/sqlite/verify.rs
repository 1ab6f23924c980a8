//! Checking the chain of hashes over the whole log (R9).

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params};

use super::chain::{self, ChangeRow, FactRow, Hash, Link, OperationRow};
use super::erase;
use super::failure::Outcome;
use super::people;
use super::projection::number;
use crate::people::EntryId;
use crate::plan::PlanId;
use crate::store::{OperationId, Place};

/// Finds the first operation that is not as it was recorded.
pub(super) fn verify(connection: &Connection) -> Outcome<Option<OperationId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, command, undoes, newest_at, next_plan, next_entry, previous_hash, hash
         FROM operations ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut expected = 1;
    let mut previous = chain::BEGINNING.to_vec();
    let mut first_entry = 1;
    let mut rows_seen = Rows::default();
    let redacted = redacted(connection)?;
    while let Some(row) = rows.next()? {
        let operation = OperationRow {
            id: row.get(0)?,
            at: row.get(1)?,
            command: row.get_ref(2)?.as_str()?,
            undoes: row.get(3)?,
            newest_at: row.get(4)?,
            next_plan: row.get(5)?,
            next_entry: row.get(6)?,
        };
        let mut check = Check {
            connection,
            link: Link::operation(&previous, &operation),
            whole: operation.id == expected && row.get_ref(7)?.as_blob()? == previous,
            seen: &mut rows_seen,
            redacted: &redacted,
        };
        check.entries(operation.id, first_entry, operation.next_entry)?;
        check.changes(operation.id)?;
        check.facts(operation.id)?;
        check.playbooks(operation.id)?;
        check.redactions(operation.id)?;
        let whole = check.whole;
        let hash = check.link.close();
        if !whole || row.get_ref(8)?.as_blob()? != hash {
            return Ok(Some(OperationId(number(expected)?)));
        }
        expected += 1;
        previous = hash.to_vec();
        first_entry = operation.next_entry;
    }
    if rows_seen != Rows::count(connection)? {
        // Rows that no operation recorded, behind the last one.
        return Ok(Some(OperationId(number(expected)?)));
    }
    Ok(None)
}

/// How many rows were seen, to find those that belong to no operation.
#[derive(Default, PartialEq, Eq)]
struct Rows {
    entries: i64,
    changes: i64,
    facts: i64,
    words: i64,
    playbooks: i64,
    redactions: i64,
}

impl Rows {
    fn count(connection: &Connection) -> Outcome<Self> {
        let count = |table: &str| {
            connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
        };
        Ok(Self {
            entries: count("entries")?,
            changes: count("entry_changes")?,
            facts: count("facts")?,
            words: count("words")?,
            playbooks: count("playbooks")?,
            redactions: count("redactions")?,
        })
    }
}

/// One operation under examination.
struct Check<'c> {
    connection: &'c Connection,
    link: Link,
    whole: bool,
    seen: &'c mut Rows,
    redacted: &'c BTreeSet<(String, Vec<u8>)>,
}

/// What may stand in place of texts, by place: digests that belong to operations that forgot.
fn redacted(connection: &Connection) -> Outcome<BTreeSet<(String, Vec<u8>)>> {
    let mut statement = connection.prepare_cached("SELECT place, digest FROM redactions")?;
    let mut rows = statement.query([])?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        found.insert((row.get(0)?, row.get(1)?));
    }
    Ok(found)
}

impl Check<'_> {
    fn entries(&mut self, operation: i64, from: i64, to: i64) -> Outcome<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, kind, version, company, introduced_by, do_not_contact, knows_me, name, fields,
             digest, salt, operation FROM entries WHERE id >= ?1 AND id < ?2 ORDER BY id",
        )?;
        let mut rows = statement.query([from, to])?;
        while let Some(row) = rows.next()? {
            let coded = people::coded(row)?;
            let digest = row.get_ref(9)?.as_blob()?;
            if let Some(salt) = row.get_ref(10)?.as_blob_or_null()? {
                let [name, fields] =
                    [&coded.name, &coded.fields].map(|text| text.as_deref().unwrap_or_default());
                let now = chain::entry_digest(salt, name, fields);
                self.whole &= now == digest || self.left(Place::Entry(coded.id), now);
            } else {
                self.whole &= coded.name.is_none() && coded.fields.is_none();
            }
            self.whole &= row.get::<_, i64>(11)? == operation;
            self.link.entry(&coded, digest);
            self.seen.entries += 1;
        }
        Ok(())
    }

    fn changes(&mut self, operation: i64) -> Outcome<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT entry, position, kind, version, body, digest, salt, text FROM entry_changes
             WHERE operation = ?1 ORDER BY position, entry",
        )?;
        let mut rows = statement.query([operation])?;
        while let Some(row) = rows.next()? {
            let change = ChangeRow {
                entry: row.get(0)?,
                position: row.get(1)?,
                kind: row.get_ref(2)?.as_str()?,
                version: row.get(3)?,
                body: row.get_ref(4)?.as_str()?,
            };
            let digest = row.get_ref(5)?.as_blob_or_null()?;
            let place = Place::Change {
                entry: EntryId(number(change.entry)?),
                operation: OperationId(number(operation)?),
                position: number(change.position)?,
            };
            self.said(row, place, digest, 6)?;
            self.link.change(&change, digest);
            self.seen.changes += 1;
        }
        Ok(())
    }

    fn facts(&mut self, operation: i64) -> Outcome<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT plan, cycle, position, at, entry, on_date, on_time, kind, version, body
             FROM facts WHERE operation = ?1 ORDER BY position, plan, cycle",
        )?;
        let mut words = self.connection.prepare_cached(
            "SELECT slot, digest, salt, text FROM words
             WHERE plan = ?1 AND cycle = ?2 AND operation = ?3 AND position = ?4 ORDER BY slot",
        )?;
        let mut rows = statement.query([operation])?;
        while let Some(row) = rows.next()? {
            let fact = FactRow {
                plan: row.get(0)?,
                cycle: row.get(1)?,
                position: row.get(2)?,
                at: row.get(3)?,
                entry: row.get(4)?,
                on_date: row.get_ref(5)?.as_str()?,
                on_time: row.get_ref(6)?.as_str_or_null()?,
                kind: row.get_ref(7)?.as_str()?,
                version: row.get(8)?,
                body: row.get_ref(9)?.as_str()?,
            };
            self.link.fact(&fact);
            self.seen.facts += 1;
            let mut rows = words.query(params![fact.plan, fact.cycle, operation, fact.position])?;
            let mut slot = 0_i64;
            while let Some(row) = rows.next()? {
                let digest = row.get_ref(1)?.as_blob()?;
                self.whole &= row.get::<_, i64>(0)? == slot;
                let place = Place::Fact {
                    plan: PlanId(number(fact.plan)?),
                    cycle: u32::try_from(fact.cycle).unwrap_or(u32::MAX),
                    operation: OperationId(number(operation)?),
                    position: number(fact.position)?,
                    slot: number(slot)?,
                };
                self.said(row, place, Some(digest), 2)?;
                self.link.words(digest);
                self.seen.words += 1;
                slot += 1;
            }
        }
        Ok(())
    }

    /// Words stand with their salt and fit their digest, or both were erased.
    fn said(
        &mut self,
        row: &Row<'_>,
        place: Place,
        digest: Option<&[u8]>,
        salt: usize,
    ) -> Outcome<()> {
        let text = row.get_ref(salt + 1)?.as_str_or_null()?;
        let salt = row.get_ref(salt)?.as_blob_or_null()?;
        self.whole &= match (digest, salt, text) {
            (Some(digest), Some(salt), Some(text)) => {
                let now = chain::digest(salt, &[text]);
                now == digest || self.left(place, now)
            }
            (_, None, None) => true,
            _ => false,
        };
        Ok(())
    }

    /// Whether that is what an operation left there when somebody was forgotten.
    fn left(&self, place: Place, digest: Hash) -> bool {
        self.redacted.contains(&(erase::name_of(place), digest.to_vec()))
    }

    fn redactions(&mut self, operation: i64) -> Outcome<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT position, place, digest FROM redactions WHERE operation = ?1
             ORDER BY position",
        )?;
        let mut rows = statement.query([operation])?;
        while let Some(row) = rows.next()? {
            let digest = row.get_ref(2)?.as_blob()?;
            self.link.redaction(row.get(0)?, row.get_ref(1)?.as_str()?, digest);
            self.seen.redactions += 1;
        }
        Ok(())
    }

    fn playbooks(&mut self, operation: i64) -> Outcome<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT hash, text FROM playbooks WHERE operation = ?1 ORDER BY hash",
        )?;
        let mut rows = statement.query([operation])?;
        while let Some(row) = rows.next()? {
            self.link.playbook(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            self.seen.playbooks += 1;
        }
        Ok(())
    }
}
