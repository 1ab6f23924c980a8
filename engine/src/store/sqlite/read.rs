//! Reading: facts by scope, operations, the head. Cost follows what is asked for.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};

use super::chain;
use super::failure::{Outcome, corrupt};
use super::people;
use super::projection::{self, column, number};
use crate::people::EntryId;
use crate::plan::{Fact, PlanId};
use crate::store::codec::{self, Beside};
use crate::store::{Change, Head, Operation, OperationId, Recorded, Scope};
use crate::words::Words;

/// The newest row of the log, or what stands for it before there is one.
pub(super) struct LastRow {
    pub(super) id: i64,
    pub(super) newest_at: Option<i64>,
    pub(super) next_plan: i64,
    pub(super) next_entry: i64,
    pub(super) hash: Vec<u8>,
}

pub(super) fn last_row(connection: &Connection) -> Outcome<LastRow> {
    let mut statement = connection.prepare_cached(
        "SELECT id, newest_at, next_plan, next_entry, hash FROM operations ORDER BY id DESC LIMIT 1",
    )?;
    let last = statement.query_row([], |row| {
        Ok(LastRow {
            id: row.get(0)?,
            newest_at: row.get(1)?,
            next_plan: row.get(2)?,
            next_entry: row.get(3)?,
            hash: row.get(4)?,
        })
    });
    Ok(last.optional()?.unwrap_or_else(|| LastRow {
        id: 0,
        newest_at: None,
        next_plan: 1,
        next_entry: 1,
        hash: chain::BEGINNING.to_vec(),
    }))
}

pub(super) fn operation_id(last: &LastRow) -> Outcome<Option<OperationId>> {
    Ok(if last.id == 0 { None } else { Some(OperationId(number(last.id)?)) })
}

pub(super) fn head(connection: &Connection) -> Outcome<Head> {
    let last = last_row(connection)?;
    Ok(Head {
        operation: operation_id(&last)?,
        at: last.newest_at.map(instant).transpose()?,
        next_plan: PlanId(number(last.next_plan)?),
        next_entry: EntryId(number(last.next_entry)?),
    })
}

pub(super) fn playbook(connection: &Connection, hash: &str) -> Outcome<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT text FROM playbooks WHERE hash = ?1")?;
    Ok(statement.query_row([hash], |row| row.get(0)).optional()?)
}

pub(super) fn instant(microseconds: i64) -> Outcome<Timestamp> {
    Timestamp::from_microsecond(microseconds).map_err(|_| corrupt("an instant is out of range"))
}

pub(super) fn day(text: &str) -> Outcome<Date> {
    text.parse().map_err(|_: jiff::Error| corrupt("a day cannot be read"))
}

fn time(text: &str) -> Outcome<Time> {
    text.parse().map_err(|_: jiff::Error| corrupt("a time cannot be read"))
}

pub(super) fn entry_id(entry: Option<i64>) -> Outcome<Option<EntryId>> {
    entry.map(|entry| Ok(EntryId(number(entry)?))).transpose()
}

/// Facts by operation and position: in the order of recording, each once.
type Found = BTreeMap<(i64, i64), (PlanId, Recorded)>;

pub(super) fn facts(
    connection: &Connection,
    plan: PlanId,
    scope: &Scope,
) -> Outcome<Vec<Recorded>> {
    let mut found = Found::new();
    let reader = Reader { connection, undone: false };
    let id = column(plan.0);
    match scope {
        Scope::Everything => reader.bulk("plan = ?1", &[id], &mut found)?,
        Scope::Open { entries } => {
            let needs = projection::plan(connection, plan)?.unwrap_or_default();
            reader.bulk("plan = ?1 AND cycle = ?2", &[id, 0], &mut found)?;
            if let Some(cycle) = needs.running_cycle.filter(|cycle| *cycle > 0) {
                reader.bulk("plan = ?1 AND cycle >= ?2", &[id, cycle.into()], &mut found)?;
            }
            for (cycle, entry) in needs.conversations {
                let cycle = i64::from(cycle);
                let talk = "entry = ?1 AND plan = ?2 AND cycle = ?3";
                if cycle > 0 {
                    reader.single(talk, &[column(entry.0), id, cycle], &mut found)?;
                }
            }
            for entry in entries {
                reader.single("entry = ?1 AND plan = ?2", &[column(entry.0), id], &mut found)?;
            }
        }
    }
    Ok(found.into_values().map(|(_, recorded)| recorded).collect())
}

pub(super) fn facts_about(
    connection: &Connection,
    entries: &[EntryId],
) -> Outcome<Vec<(PlanId, Recorded)>> {
    let mut found = Found::new();
    let reader = Reader { connection, undone: false };
    for entry in entries {
        reader.single("entry = ?1", &[column(entry.0)], &mut found)?;
    }
    Ok(found.into_values().collect())
}

struct Reader<'c> {
    connection: &'c Connection,
    /// Whether facts of undone operations are read too.
    undone: bool,
}

/// A row of words: where its fact is, its slot, the text.
type Said = ((i64, i64), usize, Words);

impl Reader<'_> {
    fn statement(&self, which: &str) -> String {
        let stands = if self.undone {
            ""
        } else {
            " AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.operation = facts.operation)"
        };
        format!(
            "SELECT plan, cycle, operation, position, at, entry, on_date, on_time, kind, version, body
             FROM facts WHERE {which}{stands}"
        )
    }

    /// Facts that lie together, and their words, which do so too.
    fn bulk(&self, which: &str, parameters: &[i64], found: &mut Found) -> Outcome<()> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT operation, position, slot, text FROM words WHERE {which}"
        ))?;
        let mut words = BTreeMap::new();
        let mut rows = statement.query(params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            let (place, slot, text) = said(row)?;
            put(words.entry(place).or_default(), slot, text)?;
        }
        self.read(which, parameters, found, |row| {
            Ok(words.remove(&place(row)?).unwrap_or_default())
        })
    }

    /// Facts that lie apart: their words are looked up one by one.
    fn single(&self, which: &str, parameters: &[i64], found: &mut Found) -> Outcome<()> {
        self.read(which, parameters, found, |row| {
            let mut statement = self.connection.prepare_cached(
                "SELECT operation, position, slot, text FROM words
                 WHERE plan = ?1 AND cycle = ?2 AND operation = ?3 AND position = ?4",
            )?;
            let key: (i64, i64) = (row.get(0)?, row.get(1)?);
            let (operation, position) = place(row)?;
            let mut rows = statement.query(params![key.0, key.1, operation, position])?;
            let mut words = Vec::new();
            while let Some(row) = rows.next()? {
                let (_, slot, text) = said(row)?;
                put(&mut words, slot, text)?;
            }
            Ok(words)
        })
    }

    fn read(
        &self,
        which: &str,
        parameters: &[i64],
        found: &mut Found,
        mut words: impl FnMut(&Row<'_>) -> Outcome<Vec<Words>>,
    ) -> Outcome<()> {
        let mut statement = self.connection.prepare_cached(&self.statement(which))?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            let words = words(row)?;
            let beside = Beside {
                on: day(row.get_ref(6)?.as_str()?)?,
                time: row.get_ref(7)?.as_str_or_null()?.map(time).transpose()?,
                cycle: row.get(1)?,
                entry: entry_id(row.get(5)?)?,
                words: &words,
            };
            let (kind, body) = (row.get_ref(8)?.as_str()?, row.get_ref(10)?.as_str()?);
            let fact = codec::decode_fact(kind, row.get(9)?, body, &beside)?;
            let place = place(row)?;
            let (operation, at) = (OperationId(number(place.0)?), instant(row.get(4)?)?);
            let plan = PlanId(number(row.get(0)?)?);
            found.insert(place, (plan, Recorded { operation, at, fact }));
        }
        Ok(())
    }
}

fn place(row: &Row<'_>) -> Outcome<(i64, i64)> {
    Ok((row.get(2)?, row.get(3)?))
}

fn said(row: &Row<'_>) -> Outcome<Said> {
    let slot =
        usize::try_from(row.get::<_, i64>(2)?).map_err(|_| corrupt("words have no place"))?;
    // Words that were forgotten are empty.
    let text = row.get_ref(3)?.as_str_or_null()?.unwrap_or_default();
    Ok(((row.get(0)?, row.get(1)?), slot, Words::new(text)))
}

/// Rows come in the order of their slots.
fn put(words: &mut Vec<Words>, slot: usize, text: Words) -> Outcome<()> {
    if slot != words.len() {
        return Err(corrupt("words are missing"));
    }
    words.push(text);
    Ok(())
}

/// Every fact ever recorded, undone or not, with its place, in the order of recording.
pub(super) fn every_fact(
    connection: &Connection,
) -> Outcome<Vec<(OperationId, u64, PlanId, Fact)>> {
    let mut found = Found::new();
    Reader { connection, undone: true }.bulk("1", &[], &mut found)?;
    found
        .into_iter()
        .map(|((operation, position), (plan, recorded))| {
            Ok((OperationId(number(operation)?), number(position)?, plan, recorded.fact))
        })
        .collect()
}

pub(super) fn operations(connection: &Connection, newest: usize) -> Outcome<Vec<Operation>> {
    let mut statement = connection.prepare_cached(
        "SELECT now.id, now.at, now.command, now.undoes, now.next_entry, before.next_entry,
         EXISTS (SELECT 1 FROM undone WHERE operation = now.id)
         FROM operations AS now LEFT JOIN operations AS before ON before.id = now.id - 1
         ORDER BY now.id DESC LIMIT ?1",
    )?;
    let mut rows = statement.query([i64::try_from(newest).unwrap_or(i64::MAX)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let first = row.get::<_, Option<i64>>(5)?.unwrap_or(1);
        let undoes: Option<i64> = row.get(3)?;
        found.push(Operation {
            id: OperationId(number(id)?),
            at: instant(row.get(1)?)?,
            command: row.get(2)?,
            undoes: undoes
                .map(|undoes| Ok::<_, super::Failure>(OperationId(number(undoes)?)))
                .transpose()?,
            undone: row.get(6)?,
            changes: changes_of(connection, id)?,
            added: number(row.get::<_, i64>(4)?.saturating_sub(first))?,
        });
    }
    Ok(found)
}

fn changes_of(connection: &Connection, operation: i64) -> Outcome<Vec<Change>> {
    let mut changes = people::changes_of(connection, operation)?;
    let mut found = Found::new();
    Reader { connection, undone: true }.single("operation = ?1", &[operation], &mut found)?;
    changes.extend(
        found.into_values().map(|(plan, recorded)| Change::Plan { plan, fact: recorded.fact }),
    );
    Ok(changes)
}
