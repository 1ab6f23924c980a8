//! `fortnight companies …`: the plan's list of companies, for playbooks that go company by company.

use clap::{Args, Subcommand};
use fortnight_engine::people::EntryId;

use super::people;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::words::count;
use crate::session::Session;

/// What to do with companies; without a command, the list.
#[derive(Debug, Args)]
pub(crate) struct Companies {
    #[command(subcommand)]
    command: Option<CompaniesCommand>,
}

/// What can be done with companies.
#[derive(Debug, Subcommand)]
enum CompaniesCommand {
    /// The list, with how many people are known at each (also without a command)
    List,
    /// Put a company on the list
    Add(Add),
    /// Put the companies of people who are known on the list
    Import(Import),
}

/// Which company.
#[derive(Debug, Args)]
struct Add {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
}

/// Whose companies.
#[derive(Debug, Args)]
struct Import {
    /// Only of people who fit, such as 'position contains "design"'
    #[arg(long = "where", value_name = "TEST")]
    test: Option<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, companies: &Companies) -> Result<Status, CliError> {
    match &companies.command {
        None | Some(CompaniesCommand::List) => people::list_of_companies(session),
        Some(CompaniesCommand::Add(add)) => people::add_company(session, &add.name),
        Some(CompaniesCommand::Import(import)) => take_in(session, import),
    }
}

/// The companies of contacts, in the order in which people came to be known.
fn take_in(session: &mut Session<'_>, import: &Import) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open_whole()?;
    if open.playbook.companies.is_none() {
        return Err(CliError::refused_with(
            "This playbook has no list of companies.",
            "fortnight people --where 'company contains \"Northwind\"'",
        ));
    }
    let filter = import.test.as_deref().map(|test| people::filter(&open, test)).transpose()?;
    let people: Vec<EntryId> = open
        .book
        .people()
        .filter(|entry| entry.forgotten.is_none() && entry.field("company").is_some())
        .filter(|entry| filter.as_ref().is_none_or(|filter| filter.fits(entry)))
        .map(|entry| entry.id)
        .collect();
    let before = open.state.companies.len();
    let recorded = desk.record(session, "companies import", &[], true, |work| {
        work.list_companies(&people)?;
        Ok(work.plan()?.state.companies.len())
    })?;
    let new = recorded.value.saturating_sub(before);
    if new == 0 {
        session.say("Every company of theirs is on the list already; nothing changed.")?;
        return Ok(Status::Done);
    }
    let (companies, people) =
        (count(new, "company", "companies"), count(people.len(), "person", "people"));
    session.say(&format!("{companies} more on the list, out of {people}. Back: fortnight undo"))?;
    Ok(Status::Done)
}
