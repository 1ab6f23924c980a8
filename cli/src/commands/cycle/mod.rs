//! `fortnight cycle`: beginning one, naming what it compares, looking at it, abandoning it.

mod compare;
pub(super) mod planning;
mod show;
mod start;
mod stop;

use clap::Subcommand;
use fortnight_engine::notebook::{NotebookError, OpenPlan, Session as Work, suggest};
use fortnight_engine::plan::{Command, CycleState, Note};
use fortnight_engine::playbook::Id;

use crate::failure::{CliError, Status};
use crate::session::Session;

/// The commands about cycles.
#[derive(Debug, Subcommand)]
pub(crate) enum Cycle {
    /// Begin the next cycle
    Start(start::Start),
    /// Name what the cycle compares with what you do today
    Compare(compare::Compare),
    /// The days and figures of a cycle
    Show(show::Show),
    /// Abandon the running cycle; what was recorded stays
    Stop,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, command: &Cycle) -> Result<Status, CliError> {
    match command {
        Cycle::Start(arguments) => start::run(session, arguments),
        Cycle::Compare(arguments) => compare::run(session, arguments),
        Cycle::Show(arguments) => show::run(session, arguments),
        Cycle::Stop => stop::run(session),
    }
}

/// Puts the people on a new cycle's list who come next, as many as the playbook advises. Needs the
/// whole plan.
pub(super) fn fill_list(work: &mut Work, number: u32) -> Result<Vec<Note>, NotebookError> {
    let open = work.plan()?;
    let entries = match open.state.cycles.get(&number) {
        Some(cycle) => suggest(open, cycle),
        None => Vec::new(),
    };
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    work.list_companies(&entries)?;
    Ok(work.decide(&Command::List { entries, cycle: number })?.notes)
}

/// The commands that name what a cycle compares: one for each option that is not in use.
pub(super) fn ways_to_compare(open: &OpenPlan, cycle: &CycleState) -> String {
    let ways: Vec<String> =
        open.playbook
            .choices
            .iter()
            .flat_map(|choice| {
                let first = choice.options.first().map(|option| &option.id);
                let in_use: Option<&Id> = cycle.in_use.get(&choice.id).or(first);
                choice.options.iter().filter(move |option| Some(&option.id) != in_use).map(
                    |option| format!("\n  fortnight cycle compare {}={}", choice.id, option.id),
                )
            })
            .collect();
    ways.concat()
}
