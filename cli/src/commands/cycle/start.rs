//! `fortnight cycle start`: the next cycle.

use clap::Args;
use fortnight_engine::calendar::{Lean, parse_day, show_day};
use fortnight_engine::plan::Command;

use super::{fill_list, planning, ways_to_compare};
use crate::commands::plan;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::note;
use crate::render::words::count;
use crate::session::Session;
use crate::values;

/// When it begins and what it compares.
#[derive(Debug, Args)]
pub(crate) struct Start {
    /// What it compares with what you do today
    #[arg(value_name = "CHOICE=OPTION", value_parser = values::pair)]
    compared: Option<(String, String)>,
    /// Its first day; else the next Monday
    #[arg(long = "start", value_name = "DAY")]
    first_day: Option<String>,
    /// How many cycles with these two you will look at; said before the first message
    #[arg(long, value_name = "NUMBER", requires = "compared")]
    looks: Option<u32>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Start) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let today = desk.today(&open);
    let start = match &arguments.first_day {
        Some(text) if text.trim() == "today" => today,
        Some(text) => parse_day(text, today, Lean::Future)
            .map_err(|flaw| CliError::flawed(text.clone(), flaw))?,
        None => open.situation(desk.instant).next_monday().unwrap_or(today),
    };
    let command = Command::StartCycle { start, compared: arguments.compared.clone() };
    let written = desk.record(session, "cycle start", &[], true, |work| {
        let mut notes = work.decide(&command)?.notes;
        if let Some(looks) = arguments.looks {
            work.decide(&Command::Looks { looks })?;
        }
        let number = work.plan()?.state.cycle().map_or(1, |cycle| cycle.number);
        notes.extend(fill_list(work, number)?);
        Ok((number, notes))
    })?;
    let (number, notes) = written.value;
    let open = desk.open(&[])?;
    let situation = open.situation(desk.instant);
    let Some(cycle) = open.state.cycles.get(&number) else { return Ok(Status::Done) };
    let closes = situation.dates(cycle).date_of(open.playbook.cycle.list_closes);
    session.print(&format!(
        "Cycle {number} starts {} with {}; last day to add: {}.\n",
        show_day(cycle.start),
        count(cycle.members.len(), "person", "people"),
        show_day(closes)
    ))?;
    for said in &notes {
        session.say(&note::words(said, &open.book))?;
    }
    planning::say(session, cycle)?;
    if cycle.compared.is_none() && !open.playbook.choices.is_empty() {
        session.say(&format!("What will you change?{}", ways_to_compare(&open, cycle)))?;
    }
    plan::offer(session, &open)?;
    session.say("Next: fortnight")?;
    Ok(Status::Done)
}
