//! `fortnight undo` and `fortnight redo`: the last thing back, and forth again.

use fortnight_engine::notebook::{NotebookError, OpenPlan, Turned};
use fortnight_engine::people::Book;
use fortnight_engine::store::Operation;

use crate::desk::{Desk, notebook_to_write, plain};
use crate::failure::{CliError, Status};
use crate::render::event;
use crate::session::Session;

/// Runs `undo`.
pub(crate) fn undo(session: &mut Session<'_>) -> Result<Status, CliError> {
    turn(session, true)
}

/// Runs `redo`.
pub(crate) fn redo(session: &mut Session<'_>) -> Result<Status, CliError> {
    turn(session, false)
}

fn turn(session: &mut Session<'_>, back: bool) -> Result<Status, CliError> {
    // Undoing the beginning of a plan takes the plan away, so its names are read before; redoing
    // it finds none.
    let (mut notebook, instant, before) = match Desk::to_write(session) {
        Ok(desk) => {
            let open = desk.open(&[])?;
            (desk.notebook, desk.instant, Some(open))
        }
        Err(CliError::NoPlan) if session.host.is_file(&session.database()?) => {
            let instant = session.moment(&session.machine_zone())?;
            (notebook_to_write(session)?.0, instant, None)
        }
        Err(error) => return Err(error),
    };
    let turned = if back { notebook.undo(instant) } else { notebook.redo(instant) };
    let Turned { operation, by } = match turned {
        Err(NotebookError::ForGood(earlier)) => {
            let book = notebook.everybody().map_err(plain)?;
            agree_to_go_beyond(session, earlier.as_deref(), before.as_ref(), &book)?;
            notebook.undo_beyond(instant).map_err(plain)?
        }
        turned => turned.map_err(plain)?,
    };
    session.account.record(Some(by));
    let open = match (before, notebook.plans().map_err(plain)?.last()) {
        (Some(open), _) => open,
        (None, Some(plan)) => notebook.open(plan.id, &[]).map_err(plain)?,
        (None, None) => return Err(CliError::NoPlan),
    };
    let book = notebook.everybody().map_err(plain)?;
    let did = if back { "Undid" } else { "Redid" };
    let what = what(&operation, &open, &book);
    session.tell(&format!("{did}: {what}"))?;
    session.say(if back {
        "fortnight redo brings it back"
    } else {
        "fortnight undo takes it back"
    })?;
    Ok(Status::Done)
}

/// What was forgotten stays forgotten: whether to take back what was recorded before that.
fn agree_to_go_beyond(
    session: &mut Session<'_>,
    earlier: Option<&Operation>,
    open: Option<&OpenPlan>,
    book: &Book,
) -> Result<(), CliError> {
    let said = "The last thing was forgetting somebody, and nothing takes that back.";
    let (Some(earlier), Some(open)) = (earlier, open) else { return Err(CliError::refused(said)) };
    let what = what(earlier, open, book);
    let question = format!("{said}\nTake back what was recorded before it ({what})?");
    if session.agreed(&question)? {
        return Ok(());
    }
    Err(CliError::refused_with(said, format!("fortnight undo --yes  takes back: {what}")))
}

/// The first two things that an operation recorded, and how many more.
fn what(operation: &Operation, open: &OpenPlan, book: &Book) -> String {
    const SHOWN: usize = 2;
    let changes = operation.changes.iter().filter(|change| !event::is_minor(change));
    let changes = changes.map(|change| event::words(change, &open.playbook, book));
    let mut told: Vec<String> = event::became_known(operation).into_iter().chain(changes).collect();
    let more = told.len().saturating_sub(SHOWN);
    told.truncate(SHOWN);
    if more > 0 {
        told.push(format!("{more} more"));
    }
    if told.is_empty() { operation.command.clone() } else { told.join("; ") }
}
