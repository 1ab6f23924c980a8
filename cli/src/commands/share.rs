//! `fortnight share`: figures for a coach, without names, companies and texts.

use std::io;
use std::path::PathBuf;

use clap::Args;
use fortnight_engine::clients::{self, Bundle};
use fortnight_engine::plan::Command;
use serde::Serialize;

use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::render::clients::contents;
use crate::render::words::quoted;
use crate::session::Session;

/// Where it goes.
#[derive(Debug, Args)]
pub(crate) struct Share {
    /// The file (default: the playbook's name with `.fortnight`)
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite the file if it is there
    #[arg(long)]
    force: bool,
}

/// `share --json`, version 1.
#[derive(Serialize)]
struct SharedData {
    version: u32,
    file: String,
    id: String,
    operation: u64,
    day: String,
    cycles: usize,
    check: String,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, share: &Share) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let bundle = gather(&desk)?;
    let path = share
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{}.fortnight", bundle.playbook.id)));
    if session.host.is_file(&path) && !share.force {
        return Err(taken(&path));
    }
    let file = crate::render::safe::line(&path.display().to_string());
    session.say(&format!("This goes into `{file}`, for your coach:"))?;
    session.say(contents(&bundle).trim_end())?;
    if !consents(session)? {
        return Err(CliError::refused("Nothing was shared."));
    }
    let written = session.host.write_file(&path, clients::write(&bundle).as_bytes(), share.force);
    written.map_err(|error| {
        let there = error.kind() == io::ErrorKind::AlreadyExists;
        if there { taken(&path) } else { CliError::unwritable(&path, &error) }
    })?;
    let command = Command::Share { bundle: bundle.check() };
    let recorded = desk.record(session, "share", &[], false, |work| work.decide(&command));
    if let Err(error) = recorded {
        // What is not in the log was not shared.
        session.host.remove(&path).map_err(|error| CliError::unwritable(&path, &error))?;
        return Err(error);
    }
    if session.global.json {
        session.print_json(&SharedData {
            version: 1,
            file: path.display().to_string(),
            id: bundle.id.clone(),
            operation: bundle.operation,
            day: bundle.day.to_string(),
            cycles: bundle.cycles.len(),
            check: bundle.check(),
        })?;
    } else {
        let file = crate::render::safe::line(&path.display().to_string());
        session.print(&format!("Written: {file}\n"))?;
    }
    let file = quoted(&path.to_string_lossy());
    session.say(&format!("Your coach takes it in: fortnight clients add {file} --as NAME"))?;
    Ok(Status::Done)
}

/// The bundle of the plan as it is known now.
fn gather(desk: &Desk) -> Result<Bundle, CliError> {
    let open = desk.open_whole()?;
    let last = desk.notebook.last_recorded(desk.plan).map_err(plain)?;
    let newest = desk.notebook.newest_operation().map_err(plain)?;
    let last = last.map(|instant| open.now(instant).date);
    Ok(clients::gather(&open.situation(desk.instant), newest, last))
}

/// Nothing is handed out without a yes: of a person at the terminal, or `--yes`.
fn consents(session: &mut Session<'_>) -> Result<bool, CliError> {
    let question = "Do you agree to hand this out to your coach?";
    if !session.global.yes && !session.host.input_is_terminal {
        return Err(CliError::Unanswered {
            questions: vec![question.to_owned()],
            helps: vec!["fortnight share --yes says that you do".to_owned()],
        });
    }
    session.agreed(question)
}

fn taken(path: &std::path::Path) -> CliError {
    CliError::refused_with(
        format!("`{}` is there already.", path.display()),
        "--force overwrites it, --output FILE writes another one",
    )
}
