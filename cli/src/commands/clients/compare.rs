//! `fortnight clients compare`: what a choice did over all clients.

use clap::Args;
use fortnight_engine::clients::{each, pool};

use super::{bundles, check_choice, some};
use crate::failure::{CliError, Status};
use crate::render::clients::{PooledData, each_page, pooled_page};
use crate::session::Session;

/// What to compare.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// A choice of the playbook; every choice without it
    #[arg(value_name = "CHOICE")]
    choice: Option<String>,
    /// How often you mean to look at the same two, this time included; each look is judged more
    /// strictly
    #[arg(long, value_name = "NUMBER", default_value_t = 1,
        value_parser = clap::value_parser!(u32).range(1..=4))]
    looks: u32,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Compare) -> Result<Status, CliError> {
    let clients = some(session)?;
    check_choice(&clients, arguments.choice.as_deref())?;
    let figures = bundles(&clients);
    let pooled = pool(&figures, arguments.choice.as_deref(), arguments.looks);
    let (each, mean) = each(&figures);
    let names: Vec<_> = clients.iter().map(|client| &client.name).collect();
    if session.global.json {
        session.print_json(&PooledData::of(&pooled, &each, mean, &names))?;
        return Ok(Status::Done);
    }
    if pooled.is_empty() {
        session.print("No client has run two options side by side yet.\n")?;
    }
    for (at, pair) in pooled.iter().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        session.print(&format!("{gap}{}", pooled_page(pair)))?;
    }
    session.print(&each_page(&each, mean, &names))?;
    Ok(Status::Done)
}
