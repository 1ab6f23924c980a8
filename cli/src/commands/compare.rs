//! `fortnight compare`: what the cycle shows, and what may be said about it.

use clap::Args;
use fortnight_engine::experiment;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{self, Between, Compared, Comparison, CycleState, SideFigures};

use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::render::comparison::{self, ComparisonData};
use crate::session::Session;

/// What to compare.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// A cycle, or two cycles to hold against each other; the newest without a number
    #[arg(value_name = "CYCLE", num_args = 0..=2)]
    cycles: Vec<u32>,
    /// All cycles of the same two options together
    #[arg(long, conflicts_with = "cycles")]
    all: bool,
    /// Intervals, fairness, and what a cycle of this size can show
    #[arg(long)]
    details: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Compare) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open_whole()?;
    let between = between(&desk, &open, arguments)?;
    let comparison = compare(&desk, &open, &between)?;
    if session.global.json {
        session.print_json(&ComparisonData::of(&comparison))?;
        return Ok(Status::Done);
    }
    session.print(&comparison::page(&comparison, desk.today(&open)))?;
    if arguments.details {
        let planning = planning(&comparison);
        session.print("\n")?;
        session.print(&comparison::details(&comparison, planning.as_deref()))?;
        return Ok(Status::Done);
    }
    if let Between::Within(cycle) = between
        && same_pair(&open, cycle).len() > 1
    {
        session.say("The same two in all their cycles together: fortnight compare --all")?;
    }
    session.say("Intervals, fairness, planning: fortnight compare --details")?;
    Ok(Status::Done)
}

/// Compares, with a refusal in words.
pub(crate) fn compare(
    desk: &Desk,
    open: &OpenPlan,
    between: &Between,
) -> Result<Comparison, CliError> {
    plan::compare(&open.situation(desk.instant), between)
        .map_err(|rejected| refusal(&rejected, &open.playbook))
}

fn between(desk: &Desk, open: &OpenPlan, arguments: &Compare) -> Result<Between, CliError> {
    let situation = open.situation(desk.instant);
    let running = situation.running().map(|cycle| cycle.number);
    let newest = || running.or_else(|| open.state.cycles.keys().next_back().copied());
    let none = || CliError::refused_with("No cycle has begun yet.", "fortnight cycle start");
    match arguments.cycles[..] {
        [first, second, ..] => Ok(Between::Cycles(first, second)),
        [cycle] => Ok(within(open, cycle)),
        [] if arguments.all => Ok(Between::Pooled(same_pair(open, newest().ok_or_else(none)?))),
        [] => Ok(within(open, newest().ok_or_else(none)?)),
    }
}

/// A cycle that gave everybody the new option is held against the one before it (E2).
fn within(open: &OpenPlan, number: u32) -> Between {
    let before = number.checked_sub(1).filter(|before| open.state.cycles.contains_key(before));
    let cycle = open.state.cycles.get(&number);
    let whole = cycle.and_then(|cycle| cycle.compared.as_ref());
    match (whole.filter(|(compared, _)| !compared.split), before) {
        (Some(_), Some(before)) => Between::Cycles(before, number),
        (Some(_) | None, _) => Between::Within(number),
    }
}

/// The cycles that compared the same two options, abandoned ones left out.
fn same_pair(open: &OpenPlan, number: u32) -> Vec<u32> {
    fn pair(cycle: &CycleState) -> Option<&Compared> {
        cycle.compared.as_ref().map(|(compared, _)| compared)
    }
    let wanted = open.state.cycles.get(&number).and_then(pair);
    let same = |cycle: &CycleState| matches!((wanted, pair(cycle)), (Some(wanted), Some(own)) if wanted.is_same_pair(own));
    let mut cycles: Vec<u32> = open
        .state
        .cycles
        .values()
        .filter(|cycle| same(cycle) && cycle.stopped.is_none())
        .map(|cycle| cycle.number)
        .collect();
    if cycles.is_empty() {
        cycles.push(number);
    }
    cycles
}

/// What a comparison of this size can show, from the baseline that was seen.
fn planning(comparison: &Comparison) -> Option<String> {
    let [a, b] = comparison.sides.as_slice() else { return None };
    let arm = |side: &SideFigures| experiment::Arm::new(side.tally.hits, side.tally.out_of);
    (a.tally.out_of > 0 && b.tally.out_of > 0).then(|| experiment::what_would_show(arm(a), arm(b)))
}
