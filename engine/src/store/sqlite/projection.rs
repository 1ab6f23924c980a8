//! Rows that follow from the log: what is undone, what is completed (F6), what plans need.

use jiff::civil::Date;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Row, params};

use super::failure::{Failure, Outcome, corrupt};
use super::read;
use crate::people::EntryId;
use crate::plan::{PlanId, TaskKey};
use crate::store::codec::{self, Beside};
use crate::store::{PlanRow, Projection, StoreError};

/// A number as a column holds it. What is too large for one is nobody's number.
pub(super) fn column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number out of a column.
pub(super) fn number(column: i64) -> Outcome<u64> {
    u64::try_from(column).map_err(|_| corrupt("a number is negative"))
}

/// Plans that still stand, all or those due on `day` or before.
pub(super) fn plans(connection: &Connection, day: Option<Date>) -> Outcome<Vec<PlanRow>> {
    const COLUMNS: &str = "id, title, playbook, running_cycle, next_due, conversations";
    const STANDS: &str = "NOT EXISTS (SELECT 1 FROM undone WHERE operation = started)";
    let mut found = Vec::new();
    if let Some(day) = day {
        let sql =
            format!("SELECT {COLUMNS} FROM plans WHERE next_due <= ?1 AND {STANDS} ORDER BY id");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([day.to_string()])?;
        while let Some(row) = rows.next()? {
            found.push(plan_row(row)?);
        }
    } else {
        let sql = format!("SELECT {COLUMNS} FROM plans WHERE {STANDS} ORDER BY id");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            found.push(plan_row(row)?);
        }
    }
    Ok(found)
}

/// The projection of one plan.
pub(super) fn plan(connection: &Connection, plan: PlanId) -> Outcome<Option<Projection>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, title, playbook, running_cycle, next_due, conversations FROM plans WHERE id = ?1",
    )?;
    let mut rows = statement.query([column(plan.0)])?;
    rows.next()?.map(|row| Ok(plan_row(row)?.projection)).transpose()
}

fn plan_row(row: &Row<'_>) -> Outcome<PlanRow> {
    let broken = || corrupt("the projection of a plan cannot be read");
    let next_due = row.get_ref(4)?.as_str()?;
    let conversations: Vec<(u32, u64)> =
        serde_json::from_str(row.get_ref(5)?.as_str()?).map_err(|_| broken())?;
    Ok(PlanRow {
        id: PlanId(number(row.get(0)?)?),
        projection: Projection {
            title: row.get(1)?,
            playbook: row.get(2)?,
            running_cycle: row.get(3)?,
            next_due: match next_due {
                "" => None,
                day => Some(day.parse().map_err(|_: jiff::Error| broken())?),
            },
            conversations: conversations.into_iter().map(|(c, e)| (c, EntryId(e))).collect(),
        },
    })
}

/// A plan begins.
pub(super) fn add_plan(connection: &Connection, plan: PlanId, operation: i64) -> Outcome<()> {
    connection
        .prepare_cached("INSERT INTO plans VALUES (?1, ?2, '', '', NULL, '', '[]')")?
        .execute(params![column(plan.0), operation])?;
    Ok(())
}

/// Keeps the projection of a plan that began.
pub(super) fn keep(connection: &Connection, plan: PlanId, kept: &Projection) -> Outcome<()> {
    let conversations: Vec<(u32, u64)> =
        kept.conversations.iter().map(|(cycle, entry)| (*cycle, entry.0)).collect();
    let conversations = serde_json::to_string(&conversations)
        .map_err(|error| corrupt(format!("a projection cannot be written: {error}")))?;
    let changed = connection
        .prepare_cached(
            "UPDATE plans SET title = ?2, playbook = ?3, running_cycle = ?4, next_due = ?5,
             conversations = ?6 WHERE id = ?1",
        )?
        .execute(params![
            column(plan.0),
            kept.title,
            kept.playbook,
            kept.running_cycle,
            kept.next_due.map_or_else(String::new, |day| day.to_string()),
            conversations,
        ])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NoSuchPlan { plan }.into()) }
}

/// True where an operation that stands retracts this one.
pub(super) fn is_undone(connection: &Connection, operation: i64) -> Outcome<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM undone WHERE operation = ?1")?;
    Ok(statement.exists([operation])?)
}

/// Works out what stands after an operation that retracts `operation` was appended, and with it
/// what is completed. A redo retracts an undo, so this may go back through several operations.
pub(super) fn retract(connection: &Connection, operation: i64) -> Outcome<()> {
    let mut turned = Vec::new();
    let mut next = Some(operation);
    while let Some(operation) = next {
        let retracted = connection
            .prepare_cached(
                "SELECT 1 FROM operations AS later WHERE later.undoes = ?1
                 AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.operation = later.id)",
            )?
            .exists([operation])?;
        if retracted == is_undone(connection, operation)? {
            break;
        }
        let sql = if retracted {
            "INSERT INTO undone VALUES (?1)"
        } else {
            "DELETE FROM undone WHERE operation = ?1"
        };
        connection.prepare_cached(sql)?.execute([operation])?;
        turned.push((operation, retracted));
        next = connection
            .prepare_cached("SELECT undoes FROM operations WHERE id = ?1")?
            .query_row([operation], |row| row.get(0))
            .optional()?
            .flatten();
    }
    // What no longer stands makes room first.
    for (operation, _) in turned.iter().filter(|(_, retracted)| *retracted) {
        for (plan, task) in completed_by(connection, *operation)? {
            let task = Completion::new(plan, &task);
            connection
                .prepare_cached(
                    "DELETE FROM completions WHERE plan = ?1 AND cycle = ?2 AND step = ?3
                     AND entry = ?4 AND occurrence = ?5",
                )?
                .execute(params![task.plan, task.cycle, task.step, task.entry, task.occurrence])?;
        }
    }
    for (operation, _) in turned.iter().filter(|(_, retracted)| !*retracted) {
        for (plan, task) in completed_by(connection, *operation)? {
            complete(connection, plan, &task)?;
        }
    }
    Ok(())
}

/// The tasks that an operation completed.
fn completed_by(connection: &Connection, operation: i64) -> Outcome<Vec<(PlanId, TaskKey)>> {
    let mut statement = connection.prepare_cached(
        "SELECT plan, cycle, entry, on_date, version, body FROM facts
         WHERE operation = ?1 AND kind = ?2 ORDER BY position",
    )?;
    let mut rows = statement.query(params![operation, codec::DONE])?;
    let mut tasks = Vec::new();
    while let Some(row) = rows.next()? {
        let beside = Beside {
            on: read::day(row.get_ref(3)?.as_str()?)?,
            time: None,
            cycle: row.get(1)?,
            entry: read::entry_id(row.get(2)?)?,
            words: &[],
        };
        let task = codec::decode_completed(row.get(4)?, row.get_ref(5)?.as_str()?, &beside)?;
        tasks.push((PlanId(number(row.get(0)?)?), task));
    }
    Ok(tasks)
}

/// Notes that a task is done; at most once (F6).
pub(super) fn complete(connection: &Connection, plan: PlanId, task: &TaskKey) -> Outcome<()> {
    let row = Completion::new(plan, task);
    let noted = connection
        .prepare_cached("INSERT INTO completions VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![row.plan, row.cycle, row.step, row.entry, row.occurrence]);
    match noted {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Err(StoreError::AlreadyDone { task: task.clone() }.into())
        }
        Err(error) => Err(Failure::Sqlite(error)),
    }
}

/// The row of a completed task.
struct Completion<'t> {
    plan: i64,
    cycle: u32,
    step: &'t str,
    entry: i64,
    occurrence: String,
}

impl<'t> Completion<'t> {
    fn new(plan: PlanId, task: &'t TaskKey) -> Self {
        let occurrence = task.occurrence.map_or_else(String::new, |occurrence| {
            let time = occurrence.time.map_or_else(String::new, |time| format!("T{time}"));
            format!("{}{time}", occurrence.date)
        });
        Self {
            plan: column(plan.0),
            cycle: task.cycle,
            step: &task.step,
            entry: task.entry.map_or(0, |entry| column(entry.0)),
            occurrence,
        }
    }
}
