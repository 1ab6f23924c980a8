//! `fortnight people …`: who is on the list, who is known, what is known of them.

mod add;
mod edit;
mod export;
mod fill;
mod import;
mod list;
pub(crate) mod owed;
mod pick;
mod remove;

pub(crate) use edit::leave_in_peace;

use clap::{Args, Subcommand};
use fortnight_engine::notebook::{Filled, NotebookError, OpenPlan, Session as Work};
use fortnight_engine::people::EntryId;
use fortnight_engine::people::filter::Filter;
use fortnight_engine::plan::{CycleState, Situation};

use crate::failure::{CliError, Status};
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// What to do with people; without a command, the list.
#[derive(Debug, Args)]
pub(crate) struct People {
    #[command(flatten)]
    list: list::List,
    #[command(subcommand)]
    command: Option<PeopleCommand>,
}

/// What can be done with people.
#[derive(Debug, Subcommand)]
enum PeopleCommand {
    /// Who is on the list of the cycle, and how things stand (also without a command)
    List(list::List),
    /// Put somebody on the list, known or new
    Add(add::Add),
    /// Change what is known of somebody
    Edit(edit::Edit),
    /// Take in contacts from a file: LinkedIn's export, another CSV, vCard
    Import(import::Import),
    /// Write everybody who is known to a sheet (CSV) or to cards (vCard)
    Export(export::Export),
    /// Note what messages and tasks still need to know of people
    Fill(fill::Fill),
    /// What you promised, and whom you owe thanks; `--all` also what was offered, given and got
    #[command(visible_alias = "thanks")]
    Owed(owed::List),
    /// Choose the list out of everybody who is known, best first
    Pick(pick::Pick),
    /// Take somebody off the list to whom nothing was sent
    Remove(remove::Remove),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, people: &People) -> Result<Status, CliError> {
    let Some(command) = &people.command else { return list::run(session, &people.list) };
    if let PeopleCommand::List(arguments) = command {
        return list::run(session, &arguments.with(&people.list));
    }
    if people.list != list::List::default() {
        return Err(CliError::refused_with(
            "Whom to show is asked of the list alone.",
            "fortnight people list --help",
        ));
    }
    match command {
        PeopleCommand::List(arguments) => list::run(session, arguments),
        PeopleCommand::Add(arguments) => add::run(session, arguments),
        PeopleCommand::Edit(arguments) => edit::run(session, arguments),
        PeopleCommand::Export(arguments) => export::run(session, arguments),
        PeopleCommand::Fill(arguments) => fill::run(session, arguments),
        PeopleCommand::Import(arguments) => import::run(session, arguments),
        PeopleCommand::Owed(arguments) => owed::run(session, arguments),
        PeopleCommand::Pick(arguments) => pick::run(session, arguments),
        PeopleCommand::Remove(arguments) => remove::run(session, arguments),
    }
}

/// The list of companies.
pub(super) fn list_of_companies(session: &mut Session<'_>) -> Result<Status, CliError> {
    list::run(session, &list::List::of_companies())
}

/// A company comes onto the list.
pub(super) fn add_company(session: &mut Session<'_>, name: &str) -> Result<Status, CliError> {
    add::run(session, &add::Add::of_company(name))
}

/// A test of people, with fields that there are.
pub(super) fn filter(open: &OpenPlan, test: &str) -> Result<Filter, CliError> {
    list::filter(open, test, false)
}

/// The cycle whose list is worked on: the one that is set up next, else the running one.
fn listed_cycle<'a>(situation: &Situation<'a>) -> Option<&'a CycleState> {
    situation.upcoming().or_else(|| situation.running())
}

/// The number of that cycle, for a command at work.
fn cycle_at_work(work: &Work) -> Result<Option<u32>, NotebookError> {
    let situation = work.situation()?;
    Ok(listed_cycle(&situation).map(|cycle| cycle.number))
}

/// What became of fields that were set, and the tasks that this completed.
fn filled(
    session: &mut Session<'_>,
    open: &OpenPlan,
    entry: EntryId,
    filled: &Filled,
) -> Result<(), CliError> {
    let Some(known) = open.book.get(entry) else { return Ok(()) };
    let name = known.name.terminal();
    for (field, before) in &filled.changed {
        let now = known.field(field).map(|value| format!("\"{}\"", value.terminal()));
        let before = before.as_ref().map(|value| format!(" (before: \"{}\")", value.terminal()));
        let said = match now {
            Some(now) => format!("{name}: {field} is {now} now{}.", before.unwrap_or_default()),
            None => format!("{name}: {field} is empty now{}.", before.unwrap_or_default()),
        };
        session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
    }
    for task in &filled.done {
        let title = open.playbook.step(&task.step).map_or("", |step| step.title.as_str());
        session.say(&format!("Done: {title}"))?;
    }
    Ok(())
}
