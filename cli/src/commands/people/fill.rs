//! `fortnight people fill`: what the messages need, person by person.

use clap::Args;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::{Change, EntryId};
use fortnight_engine::plan::{self, Agenda, Reason};
use fortnight_engine::playbook::{Field, Id};

use super::edit::{apply, set};
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::COLUMNS;
use crate::render::table::{Column, Table};
use crate::render::words::{count, needed, place_of_work, typed};
use crate::session::Session;
use crate::values::pair;

/// What to fill in.
#[derive(Debug, Args)]
pub(crate) struct Fill {
    /// Who: a part of the name; without it, everybody who lacks something, one after the other
    #[arg(value_name = "PERSON")]
    person: Option<String>,
    /// The field and its value
    #[arg(value_name = "FIELD=VALUE", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// Fill in the playbook's examples where something is missing, to try things out
    #[arg(long, conflicts_with_all = ["person", "fields"])]
    sample_answers: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, fill: &Fill) -> Result<Status, CliError> {
    let Some(person) = &fill.person else { return everybody(session, fill) };
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let entry = naming::person(&desk, &open, person)?;
    if fill.fields.is_empty() {
        return one_by_one(session, desk, &[entry]);
    }
    let mut changes = Vec::new();
    for (field, value) in &fill.fields {
        changes.push(set(&open, entry, field, value)?);
    }
    apply(session, &mut desk, "people fill", &changes)?;
    let open = desk.open(&[entry])?;
    let name = open.book.get(entry).map(|entry| entry.name.terminal()).unwrap_or_default();
    let said: Vec<String> =
        fill.fields.iter().map(|(field, value)| format!("{field} = {value}")).collect();
    session.print(&format!("{name}: {}.\n", said.join(", ")))?;
    Ok(Status::Done)
}

/// Everybody on the running list who lacks a field that the playbook asks for.
fn everybody(session: &mut Session<'_>, fill: &Fill) -> Result<Status, CliError> {
    let mut desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let agenda = plan::agenda(&open.situation(desk.instant));
    let lacking = {
        let situation = open.situation(desk.instant);
        let cycle = situation.running().or_else(|| situation.upcoming());
        let members = cycle.map(|cycle| cycle.members.as_slice()).unwrap_or_default();
        let lacks = |id: &EntryId| !missing(&open, &agenda, *id).is_empty();
        members.iter().map(|member| member.entry).filter(lacks).collect::<Vec<_>>()
    };
    if lacking.is_empty() {
        session.print("Nobody lacks anything.\n")?;
        return Ok(Status::Done);
    }
    if fill.sample_answers {
        desk = Desk::to_write(session)?;
        let mut changes = Vec::new();
        for id in &lacking {
            for field in missing(&open, &agenda, *id) {
                if let Some(example) = &field.example {
                    changes.push(set(&open, *id, &field.id, example)?);
                }
            }
        }
        apply(session, &mut desk, "people fill", &changes)?;
        let people = count(lacking.len(), "person", "people");
        session.print(&format!("Filled in the playbook's examples for {people}.\n"))?;
        return Ok(Status::Done);
    }
    if session.host.input_is_terminal {
        return one_by_one(session, desk, &lacking);
    }
    let mut table = Table::new(vec![Column::yielding(14), Column::WORDS, Column::yielding(10)]);
    for id in &lacking {
        let Some(entry) = open.book.get(*id) else { continue };
        let fields: Vec<&str> =
            missing(&open, &agenda, *id).iter().map(|field| &*field.id).collect();
        table.row([
            entry.name.terminal(),
            format!("needs {}", fields.join(", ")),
            place_of_work(entry),
        ]);
    }
    session.print(&table.to_text(COLUMNS))?;
    let first = lacking.first().and_then(|id| open.book.get(*id).map(|entry| (*id, entry)));
    if let Some((id, entry)) = first
        && let Some(field) = missing(&open, &agenda, id).first()
    {
        let typed = typed(&entry.name);
        session.say(&format!("fortnight people fill {typed} {}=\"…\"", field.id))?;
    }
    Ok(Status::Done)
}

/// Asks for each missing field; an empty answer goes on to the next.
fn one_by_one(
    session: &mut Session<'_>,
    desk: Desk,
    people: &[EntryId],
) -> Result<Status, CliError> {
    let open = desk.open(people)?;
    let agenda = plan::agenda(&open.situation(desk.instant));
    drop(desk);
    let mut changes: Vec<Change> = Vec::new();
    for id in people {
        let Some(entry) = open.book.get(*id) else { continue };
        for field in missing(&open, &agenda, *id) {
            let ask = field.ask.as_deref().unwrap_or(&field.id);
            let hint = field.example.as_deref().map(|e| format!(" (such as: {e})"));
            let work = place_of_work(entry);
            let question = format!(
                "{} · {work}\n  {ask}{}\n>",
                entry.name.terminal(),
                hint.unwrap_or_default()
            );
            match session.ask(&question)? {
                Some(answer) => changes.push(set(&open, *id, &field.id, &answer)?),
                None if !session.host.input_is_terminal => {
                    let typed = typed(&entry.name);
                    return Err(CliError::Unanswered {
                        questions: vec![format!("{}: {ask}", entry.name.terminal())],
                        helps: vec![format!("fortnight people fill {typed} {}=\"…\"", field.id)],
                    });
                }
                None => {}
            }
        }
    }
    if changes.is_empty() {
        session.print("Nothing filled in.\n")?;
        return Ok(Status::Done);
    }
    let mut desk = Desk::to_write(session)?;
    apply(session, &mut desk, "people fill", &changes)?;
    session.print(&format!("{} filled in.\n", count(changes.len(), "field", "fields")))?;
    Ok(Status::Done)
}

/// The fields of a person that steps ask to be filled, or that a message waits for, and that are
/// empty.
fn missing<'a>(open: &'a OpenPlan, agenda: &Agenda, id: EntryId) -> Vec<&'a Field> {
    let Some(entry) = open.book.get(id) else { return Vec::new() };
    let waits = |field: &Field| {
        agenda.tasks.iter().filter(|task| task.key.entry == Some(id)).any(|task| {
            matches!(&task.standing.reason, Reason::Missing(names)
                if names.iter().any(|name| name.strip_prefix("person.") == Some(&*field.id)))
        })
    };
    let asked: Vec<&Id> = needed(&open.playbook).map(|field| &field.id).collect();
    let fields = open.playbook.people.fields.iter();
    fields
        .filter(|field| entry.field(&field.id).is_none())
        .filter(|field| asked.contains(&&field.id) || waits(field))
        .collect()
}
