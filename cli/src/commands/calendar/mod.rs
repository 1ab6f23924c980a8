//! `fortnight calendar …`: the plan for other programs' calendars.

mod export;

use clap::Subcommand;

use crate::failure::{CliError, Status};
use crate::session::Session;

/// What can be done with calendars.
#[derive(Debug, Subcommand)]
pub(crate) enum Calendar {
    /// Write everything that has a day or a time to one .ics file
    Export(export::Export),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, command: &Calendar) -> Result<Status, CliError> {
    match command {
        Calendar::Export(arguments) => export::run(session, arguments),
    }
}
