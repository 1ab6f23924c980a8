//! `fortnight playbook show NAME`: the text of a playbook, to read or to start one's own from; or
//! with all it extends, and where each line of it comes from.

use clap::Args;
use serde::Serialize;

use super::sound;
use crate::failure::{CliError, Status};
use crate::library::Library;
use crate::session::Session;

/// What to print.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A playbook: its name, or the path of its file
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    /// With all it extends in one text, and behind each line the file and line it comes from
    #[arg(long)]
    resolved: bool,
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
    let file = found.file.name().to_owned();
    let text = if show.resolved { resolved(session, show)? } else { found.file.text().to_owned() };
    if session.global.json {
        session.print_json(&Shown { version: 1, file: &file, text: &text })?;
    } else {
        session.print(&text)?;
    }
    Ok(Status::Done)
}

/// The merged playbook, under two lines that say what it is.
fn resolved(session: &Session<'_>, show: &Show) -> Result<String, CliError> {
    let (loaded, playbook, _) = sound(session, &show.playbook, "shown with all it extends")?;
    let text = loaded.resolved().unwrap_or_default();
    Ok(format!(
        "# {} {} with all it extends.\n# Behind each key: the file and line it comes from.\n{text}",
        playbook.id, playbook.version
    ))
}
