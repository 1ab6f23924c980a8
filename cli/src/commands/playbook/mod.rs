//! `fortnight playbook …`: what a coach does with playbooks.

mod show;

use clap::Subcommand;

use crate::failure::{CliError, Status};
use crate::session::Session;

/// What a coach can do with playbooks.
#[derive(Debug, Subcommand)]
pub(crate) enum Playbook {
    /// Print a playbook as it is written
    Show(show::Show),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, command: &Playbook) -> Result<Status, CliError> {
    match command {
        Playbook::Show(arguments) => show::run(session, arguments),
    }
}
