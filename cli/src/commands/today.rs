//! `fortnight today`, also bare `fortnight`: what there is to do, and what waits.

use clap::Args;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{self, Agenda};

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::numbers::Numbers;
use crate::render::agenda::{self, AgendaData};
use crate::session::Session;

/// How much to show.
#[derive(Debug, Default, Args)]
pub(crate) struct Today {
    /// Every task on a line of its own, and all of them
    #[arg(long)]
    full: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, today: &Today) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    print(session, &desk, &open, today.full)?;
    Ok(Status::Done)
}

/// Prints the agenda and keeps its numbers.
pub(crate) fn print(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    full: bool,
) -> Result<(), CliError> {
    let situation = open.situation(desk.instant);
    let agenda: Agenda = plan::agenda(&situation);
    if session.global.json {
        return session.print_json(&AgendaData::of(desk.plan, &situation, &agenda));
    }
    let printed = agenda::page(&situation, &agenda, full);
    let lines = printed
        .numbers
        .iter()
        .map(|tasks| tasks.iter().map(ToString::to_string).collect())
        .collect();
    Numbers::new(&desk.database, desk.plan.0, lines).keep(session.host, &desk.database);
    session.print(&printed.text)
}
