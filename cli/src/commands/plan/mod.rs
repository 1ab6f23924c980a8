//! `fortnight plan …`: the plans of this database, and the playbook version they run.

mod list;
mod show;
mod upgrade;

use clap::Subcommand;
use fortnight_engine::notebook::OpenPlan;

use super::start::load;
use crate::failure::{CliError, Status};
use crate::session::Session;

/// The commands about plans.
#[derive(Debug, Subcommand)]
pub(crate) enum Plan {
    /// The plans there are
    List,
    /// What a plan runs on: playbook, days, answers
    Show,
    /// Take a newer version of the playbook, with the next cycle or at once
    Upgrade(upgrade::Upgrade),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, command: &Plan) -> Result<Status, CliError> {
    match command {
        Plan::List => list::run(session),
        Plan::Show => show::run(session),
        Plan::Upgrade(arguments) => upgrade::run(session, arguments),
    }
}

/// E3: a newer version is offered where a cycle begins. A playbook that is not at hand or has
/// errors is no offer.
pub(super) fn offer(session: &mut Session<'_>, open: &OpenPlan) -> Result<(), CliError> {
    let Ok((newest, _)) = load(session, &open.playbook.id) else { return Ok(()) };
    let planned = open.planned.as_ref().map(|planned| &planned.hash);
    if newest.hash == open.playbook.hash || Some(&newest.hash) == planned {
        return Ok(());
    }
    let version = if newest.version == open.playbook.version {
        "Your playbook was changed".to_owned()
    } else {
        format!(
            "Version {} of your playbook is there, and you run {}",
            newest.version, open.playbook.version
        )
    };
    session.say(&format!("{version}. What it changes:"))?;
    session.say("  fortnight plan upgrade --preview")
}
