//! `fortnight cycle stop`: a cycle abandoned. It stays in the history (E7).

use fortnight_engine::plan::Command;

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::session::Session;

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    desk.record(session, "cycle stop", &[], false, |work| work.decide(&Command::StopCycle))?;
    let open = desk.open(&[])?;
    let number = open.state.cycle().map_or(0, |cycle| cycle.number);
    session.print(&format!(
        "Cycle {number} is stopped. What you recorded stays; whoever answered is not \
         forgotten.\n"
    ))?;
    session.say("A new one: fortnight cycle start · take it back: fortnight undo")?;
    Ok(Status::Done)
}
