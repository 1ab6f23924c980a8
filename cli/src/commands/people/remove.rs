//! `fortnight people remove WHO`: off the list, as long as nothing was sent.

use clap::Args;
use fortnight_engine::people::Kind;
use fortnight_engine::plan::Command;

use super::cycle_at_work;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::session::Session;

/// Who leaves the list.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// A person or company on the list
    #[arg(value_name = "WHO")]
    who: String,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, remove: &Remove) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let entry = naming::person(&desk, &open, &remove.who)?;
    let recorded = desk.record(session, "people remove", &[entry], false, |work| {
        let company = work.entry(entry).is_some_and(|known| known.kind == Kind::Company);
        let cycle = if company { 0 } else { cycle_at_work(work)?.unwrap_or(0) };
        work.decide(&Command::Unlist { entry, cycle })?;
        Ok((cycle, work.entry(entry).map(|known| known.name.clone())))
    })?;
    let (cycle, name) = recorded.value;
    let name = name.map(|name| name.terminal()).unwrap_or_default();
    let list = if cycle == 0 { "companies".to_owned() } else { format!("cycle {cycle}") };
    session
        .say(&format!("{name} is off the list of {list}, and stays known. Back: fortnight undo"))?;
    Ok(Status::Done)
}
