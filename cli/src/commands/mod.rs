//! The commands, one file each.
//!
//! Knows which commands there are. A command reads its arguments, asks the engine, and renders the
//! answer; it must not decide anything about plans itself.

pub(crate) mod help;
mod playbook;
mod reference;

use clap::Subcommand;

use crate::failure::{CliError, Status};
use crate::session::Session;

pub use reference::reference;

/// Everything that `fortnight` can be told.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// How things are done: all commands, one command, or the code of a finding
    Help(help::Help),
    /// Playbooks: the coach's side
    #[command(subcommand)]
    Playbook(playbook::Playbook),
}

/// Does what was asked.
pub(crate) fn run(session: &mut Session<'_>, command: Option<Command>) -> Result<Status, CliError> {
    match command {
        None => help::run(session, &help::Help::default()),
        Some(Command::Help(arguments)) => help::run(session, &arguments),
        Some(Command::Playbook(command)) => playbook::run(session, &command),
    }
}
