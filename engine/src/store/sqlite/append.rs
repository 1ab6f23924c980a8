//! Appending: one operation, one transaction (F4, R2).

use rusqlite::{Connection, Statement, TransactionBehavior, params};

use super::chain::{self, ChangeRow, FactRow, Link, OperationRow, Salts};
use super::encoded::Encoded;
use super::erase;
use super::failure::{Outcome, corrupt};
use super::projection::{self, column};
use super::read::{self, LastRow};
use crate::parallel;
use crate::people::{self, EntryId};
use crate::plan::{Fact, FactKind, PlanId};
use crate::store::{Change, Erasure, NewOperation, OperationId, StoreError, codec};

/// Changes that are written at once: enough to make a thread worth its start, few enough to be seen
/// as progress.
const AT_ONCE: usize = 2_000;

pub(super) fn append(
    connection: &mut Connection,
    head: Option<OperationId>,
    mut operation: NewOperation,
    erasures: &[Erasure],
    told: &mut dyn FnMut(usize),
) -> Outcome<OperationId> {
    operation.settle();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let last = read::last_row(&transaction)?;
    let newest = read::operation_id(&last)?;
    if head != newest {
        return Err(StoreError::Stale { newest }.into());
    }
    if let Some(target) = operation.undoes {
        check_undo(&transaction, &last, target)?;
    }
    let numbers = Numbers::check(&last, &operation)?;
    let id = last.id + 1;
    let row = OperationRow {
        id,
        at: operation.at.as_microsecond(),
        command: &operation.command,
        undoes: operation.undoes.map(|operation| column(operation.0)),
        newest_at: last.newest_at.unwrap_or(i64::MIN).max(operation.at.as_microsecond()),
        next_plan: numbers.next_plan,
        next_entry: numbers.next_entry,
    };
    let mut writer = Writer {
        link: Link::operation(&last.hash, &row),
        salts: Salts::draw_from(&transaction)?,
        connection: &transaction,
        operation: id,
        at: row.at,
    };
    writer.changes(&operation.changes, told)?;
    writer.playbooks(&operation.playbooks)?;
    writer.erasures(erasures)?;
    let hash = writer.link.close();
    transaction
        .prepare_cached("INSERT INTO operations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
        .execute(params![
            row.id,
            row.at,
            row.command,
            row.undoes,
            row.newest_at,
            row.next_plan,
            row.next_entry,
            last.hash,
            hash,
        ])?;
    project(&transaction, id, &operation)?;
    if operation.changes.len() > AT_ONCE {
        // What is written is let go of while it becomes durable.
        parallel::join(|| transaction.commit(), || operation.changes.clear()).0?;
    } else {
        transaction.commit()?;
    }
    Ok(OperationId(projection::number(id)?))
}

/// What follows from the operation: what stands, what is completed, what plans need.
fn project(connection: &Connection, id: i64, operation: &NewOperation) -> Outcome<()> {
    if let Some(target) = operation.undoes {
        projection::retract(connection, column(target.0))?;
    }
    for change in &operation.changes {
        let Change::Plan { plan, fact } = change else { continue };
        if let FactKind::Done { task, .. } = &fact.kind {
            projection::complete(connection, *plan, task)?;
        }
        if let FactKind::PlanStarted { .. } = &fact.kind {
            projection::add_plan(connection, *plan, id)?;
        }
    }
    for (plan, kept) in &operation.projections {
        projection::keep(connection, *plan, kept)?;
    }
    Ok(())
}

fn check_undo(connection: &Connection, last: &LastRow, target: OperationId) -> Outcome<()> {
    let known = (1..=last.id).contains(&column(target.0));
    let for_good = connection
        .prepare_cached("SELECT 1 FROM entry_changes WHERE operation = ?1 AND kind = ?2")?
        .exists(params![column(target.0), codec::FORGOTTEN])?;
    if !known || for_good || projection::is_undone(connection, column(target.0))? {
        return Err(StoreError::CannotUndo { operation: target }.into());
    }
    Ok(())
}

/// The numbers that come next, after an operation whose numbers are right.
struct Numbers {
    next_plan: i64,
    next_entry: i64,
}

impl Numbers {
    /// New plans and entries take the next numbers, one after the other, and nothing is about a
    /// number that nobody has.
    fn check(last: &LastRow, operation: &NewOperation) -> Result<Self, StoreError> {
        let mut next = Self { next_plan: last.next_plan, next_entry: last.next_entry };
        for change in &operation.changes {
            match change {
                Change::Person(people::Change::Added(entry)) => {
                    if column(entry.id.0) != next.next_entry {
                        return Err(StoreError::EntryOutOfTurn { entry: entry.id });
                    }
                    next.next_entry += 1;
                }
                Change::Plan { plan, fact } => {
                    if let FactKind::PlanStarted { .. } = &fact.kind {
                        if column(plan.0) != next.next_plan {
                            return Err(StoreError::PlanOutOfTurn { plan: *plan });
                        }
                        next.next_plan += 1;
                    }
                }
                Change::Person(_) => {}
            }
        }
        for change in &operation.changes {
            match change {
                Change::Person(change) => {
                    change.mentions().try_for_each(|entry| next.somebody(entry))?;
                }
                Change::Plan { plan, fact } => {
                    next.plan(*plan)?;
                    fact.entry().map_or(Ok(()), |entry| next.somebody(entry))?;
                }
            }
        }
        operation.projections.iter().try_for_each(|(plan, _)| next.plan(*plan))?;
        Ok(next)
    }

    fn somebody(&self, entry: EntryId) -> Result<(), StoreError> {
        let known = (1..self.next_entry).contains(&column(entry.0));
        if known { Ok(()) } else { Err(StoreError::NoSuchEntry { entry }) }
    }

    fn plan(&self, plan: PlanId) -> Result<(), StoreError> {
        let known = (1..self.next_plan).contains(&column(plan.0));
        if known { Ok(()) } else { Err(StoreError::NoSuchPlan { plan }) }
    }
}

/// Writes rows and links them into the chain.
struct Writer<'c> {
    connection: &'c Connection,
    link: Link,
    salts: Salts,
    operation: i64,
    at: i64,
}

impl Writer<'_> {
    /// The order of sections is that of [`NewOperation::settle`], which `verify` follows too.
    fn changes(&mut self, changes: &[Change], told: &mut dyn FnMut(usize)) -> Outcome<()> {
        let is_new = |change: &Change| matches!(change, Change::Person(people::Change::Added(_)));
        let (new, others) = changes.split_at(changes.partition_point(is_new));
        self.entries(new, told)?;
        let connection = self.connection;
        let mut facts = connection.prepare_cached(
            "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let mut words = connection
            .prepare_cached("INSERT INTO words VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        for (number, change) in (new.len()..).zip(others) {
            if number % AT_ONCE == 0 {
                told(number);
            }
            let position = column(number as u64);
            match change {
                Change::Person(change) => self.change(position, change)?,
                Change::Plan { plan, fact } => {
                    self.fact(&mut facts, &mut words, *plan, position, fact)?;
                }
            }
        }
        told(changes.len());
        Ok(())
    }

    /// While some entries are written, the next are encoded and linked.
    fn entries(&mut self, new: &[Change], told: &mut dyn FnMut(usize)) -> Outcome<()> {
        let Self { connection, link, salts, operation, .. } = self;
        let mut chunks = new.chunks(AT_ONCE);
        let (mut ready, mut spare) = (Encoded::default(), Encoded::default());
        ready.refill(chunks.next().unwrap_or_default(), link, salts)?;
        let mut written = 0;
        while !ready.is_empty() {
            told(written);
            written += ready.len();
            let write = || ready.write(connection, *operation);
            let (done, coming) = match chunks.next() {
                Some(chunk) => parallel::join(write, || spare.refill(chunk, link, salts)),
                None => (write(), spare.refill(&[], link, salts)),
            };
            done?;
            coming?;
            std::mem::swap(&mut ready, &mut spare);
        }
        Ok(())
    }

    fn change(&mut self, position: i64, change: &people::Change) -> Outcome<()> {
        let entry = column(change.entry().0);
        let coded = codec::encode_change(change)?
            .ok_or_else(|| corrupt("a new entry stands among changes"))?;
        let row = ChangeRow {
            entry,
            position,
            kind: coded.kind,
            version: coded.version,
            body: &coded.body,
        };
        let text = coded.words.first().map(|words| words.raw());
        let salt = text.map(|_| self.salts.draw());
        let digest = text.zip(salt).map(|(text, salt)| chain::digest(&salt, &[text]));
        self.link.change(&row, digest.as_ref().map(<[u8; 32]>::as_slice));
        self.connection
            .prepare_cached(
                "INSERT INTO entry_changes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                row.entry,
                self.operation,
                row.position,
                row.kind,
                row.version,
                row.body,
                digest,
                salt,
                text,
            ])?;
        Ok(())
    }

    fn fact(
        &mut self,
        facts: &mut Statement<'_>,
        words: &mut Statement<'_>,
        plan: PlanId,
        position: i64,
        fact: &Fact,
    ) -> Outcome<()> {
        let coded = codec::encode_fact(&fact.kind)?;
        let on_date = fact.on.to_string();
        let on_time = fact.time.map(|time| time.to_string());
        let row = FactRow {
            plan: column(plan.0),
            cycle: fact.cycle().unwrap_or(0).into(),
            position,
            at: self.at,
            entry: fact.entry().map(|entry| column(entry.0)),
            on_date: &on_date,
            on_time: on_time.as_deref(),
            kind: coded.kind,
            version: coded.version,
            body: &coded.body,
        };
        self.link.fact(&row);
        facts.execute(params![
            row.plan,
            row.cycle,
            self.operation,
            row.position,
            row.at,
            row.entry,
            row.on_date,
            row.on_time,
            row.kind,
            row.version,
            row.body,
        ])?;
        for (slot, text) in (0_i64..).zip(&coded.words) {
            let salt = self.salts.draw();
            let digest = chain::digest(&salt, &[text.raw()]);
            self.link.words(&digest);
            words.execute(params![
                row.plan,
                row.cycle,
                self.operation,
                row.position,
                slot,
                digest,
                salt,
                text.raw(),
            ])?;
        }
        Ok(())
    }

    /// Erases texts; the digests of what is left of them belong to this operation.
    fn erasures(&mut self, erasures: &[Erasure]) -> Outcome<()> {
        let mut position = 0_i64;
        for erasure in erasures {
            let redacted = erase::prepare(erasure, &mut self.salts)?;
            if let Some(left) = &redacted {
                self.link.redaction(position, &left.place, &left.digest);
                self.connection
                    .prepare_cached("INSERT INTO redactions VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![self.operation, position, left.place, left.digest])?;
                position += 1;
            }
            erase::put(self.connection, erasure.place, redacted.as_ref())?;
        }
        Ok(())
    }

    fn playbooks(&mut self, playbooks: &[(String, String)]) -> Outcome<()> {
        let mut new: Vec<&(String, String)> = Vec::new();
        for playbook in playbooks {
            let kept = read::playbook(self.connection, &playbook.0)?.is_some();
            if !kept && !new.iter().any(|(hash, _)| *hash == playbook.0) {
                new.push(playbook);
            }
        }
        new.sort();
        for (hash, text) in new {
            self.link.playbook(hash, text);
            self.connection
                .prepare_cached("INSERT INTO playbooks VALUES (?1, ?2, ?3)")?
                .execute(params![hash, self.operation, text])?;
        }
        Ok(())
    }
}
