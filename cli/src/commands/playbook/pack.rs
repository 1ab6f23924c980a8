//! `fortnight playbook pack NAME`: one file that needs no other.

use std::io;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::sound;
use crate::failure::{CliError, Status};
use crate::render::safe;
use crate::session::Session;

/// What to pack, and where to.
#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// A playbook: its name, or the path of its file
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    /// Write it into this file instead of printing it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

/// `playbook pack --json`, version 1.
#[derive(Serialize)]
struct Packed<'a> {
    version: u32,
    playbook: &'a str,
    playbook_version: &'a str,
    hash: &'a str,
    /// The file that was written; nothing without `--output`.
    file: Option<String>,
    /// The packed text; nothing where it was written into a file.
    text: Option<&'a str>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, pack: &Pack) -> Result<Status, CliError> {
    let (_, playbook, text) = sound(session, &pack.playbook, "packed")?;
    if let Some(path) = &pack.output {
        let written = session.host.write_file(path, text.as_bytes(), pack.force);
        written.map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                let there = format!("`{}` is there already.", path.display());
                return CliError::refused_with(there, "--force writes over it");
            }
            CliError::unwritable(path, &error)
        })?;
    }
    let file = pack.output.as_ref().map(|path| path.to_string_lossy().into_owned());
    if session.global.json {
        session.print_json(&Packed {
            version: 1,
            playbook: &playbook.id,
            playbook_version: &playbook.version,
            hash: &playbook.hash,
            text: file.is_none().then_some(&text),
            file,
        })?;
        return Ok(Status::Done);
    }
    match file {
        None => session.print(&text)?,
        Some(file) => {
            let file = safe::line(&file);
            // A bare word would be looked for among the names of playbooks.
            let file = if file.contains(['/', '.']) { file } else { format!("./{file}") };
            session.say(&format!("Packed: {} {}", playbook.id, playbook.version))?;
            session.say(&format!("  sha256 {}", playbook.hash))?;
            session.say(&format!("Whoever has the file can begin: fortnight start {file}"))?;
        }
    }
    Ok(Status::Done)
}
