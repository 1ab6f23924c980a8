//! `fortnight playbook show NAME`: the text of a playbook, to read or to start one's own from.

use clap::Args;
use serde::Serialize;

use crate::failure::{CliError, Status};
use crate::library::Library;
use crate::session::Session;

/// What to print.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A playbook: its name, or the path of its file
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
}

/// `playbook show --json`, version 1.
#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    file: &'a str,
    text: &'a str,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, show: &Show) -> Result<Status, CliError> {
    let found = Library::of(session.host).find(&show.playbook)?;
    if found.not_text.is_some() {
        return Err(CliError::NotText { path: found.file.name().into() });
    }
    if session.global.json {
        let shown = Shown { version: 1, file: found.file.name(), text: found.file.text() };
        session.print_json(&shown)?;
    } else {
        session.print(found.file.text())?;
    }
    Ok(Status::Done)
}
