//! `fortnight clients …`: a coach over many clients.

mod add;
mod compare;
mod list;
mod remove;
mod report;
mod store;

use clap::{Args, Subcommand};
use fortnight_engine::clients::Bundle;
use jiff::civil::Date;

use crate::failure::{CliError, Status};
use crate::session::Session;
use store::Client;

/// Who needs a word, and what all of them show together; without a command, Monday morning.
#[derive(Debug, Args)]
pub(crate) struct Clients {
    /// Also who is fine, and who is in no cycle
    #[arg(long)]
    full: bool,
    #[command(subcommand)]
    command: Option<ClientsCommand>,
}

/// What a coach does with clients.
#[derive(Debug, Subcommand)]
enum ClientsCommand {
    /// Take in what a client shared
    Add(add::Add),
    /// What a choice did over all clients, and how each of them is doing
    Compare(compare::Compare),
    /// Figures that may leave you: enough clients in each, no names, no counts of answers
    Report(report::Report),
    /// Forget a client
    Remove(remove::Remove),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, clients: &Clients) -> Result<Status, CliError> {
    match &clients.command {
        None => list::run(session, clients.full),
        Some(_) if clients.full => Err(CliError::refused_with(
            "--full belongs to the list alone.",
            "fortnight clients --full",
        )),
        Some(ClientsCommand::Add(arguments)) => add::run(session, arguments),
        Some(ClientsCommand::Compare(arguments)) => compare::run(session, arguments),
        Some(ClientsCommand::Report(arguments)) => report::run(session, arguments),
        Some(ClientsCommand::Remove(arguments)) => remove::run(session, arguments),
    }
}

/// Today where the coach is.
fn today(session: &mut Session<'_>) -> Result<Date, CliError> {
    let zone = session.machine_zone();
    let instant = session.moment(&zone)?;
    Ok(zone.to_datetime(instant).date())
}

/// Everybody's figures, in the order of the list.
fn bundles(clients: &[Client]) -> Vec<&Bundle> {
    clients.iter().map(|client| &client.bundle).collect()
}

/// Without clients there is nothing to put together.
fn some(session: &mut Session<'_>) -> Result<Vec<Client>, CliError> {
    let clients = store::all(session)?;
    if clients.is_empty() {
        return Err(CliError::refused_with(NOBODY, "fortnight clients add FILE --as NAME"));
    }
    Ok(clients)
}

const NOBODY: &str = "No client has shared anything yet.";

/// A choice that some client has compared.
fn check_choice(clients: &[Client], choice: Option<&str>) -> Result<(), CliError> {
    let Some(choice) = choice else { return Ok(()) };
    let cycles = clients.iter().flat_map(|client| &client.bundle.cycles);
    let mut known: Vec<String> = Vec::new();
    for compared in cycles.filter_map(|cycle| cycle.compared.as_ref()) {
        if *compared.choice == *choice {
            return Ok(());
        }
        if !known.contains(&compared.choice.to_string()) {
            known.push(compared.choice.to_string());
        }
    }
    let help = if known.is_empty() {
        "Nobody has compared anything yet".to_owned()
    } else {
        format!("There is: {}", known.join(", "))
    };
    Err(CliError::refused_with(format!("No client has compared `{choice}`."), help))
}
