//! `fortnight set NAME VALUE`: an answer, a choice, the zone, the working week or hours.

use std::fmt::Write as _;

use clap::Args;
use fortnight_engine::calendar::{self, Hours, WeekdaySet};
use fortnight_engine::plan::Command;
use fortnight_engine::words::Words;

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::note;
use crate::session::Session;

/// What is set.
#[derive(Debug, Args)]
pub(crate) struct Set {
    /// An input or choice of the playbook, or zone, workdays, hours; without it, what is set
    #[arg(value_name = "NAME", requires = "value")]
    name: Option<String>,
    /// Its new value
    #[arg(value_name = "VALUE")]
    value: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, set: &Set) -> Result<Status, CliError> {
    let Some(name) = &set.name else { return show(session) };
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let value = set.value.join(" ");
    let flawed = |flaw| CliError::flawed(value.clone(), flaw);
    let input = open.playbook.input(name).is_some();
    let command = match name.as_str() {
        _ if input => Command::Set { input: name.clone(), value: Words::new(value.as_str()) },
        _ if open.playbook.choice(name).is_some() => {
            Command::Compare { choice: name.clone(), option: value.clone() }
        }
        "zone" => {
            let zone = calendar::zone(&value).map_err(flawed)?;
            Command::Zone { zone: zone.iana_name().unwrap_or(&value).to_owned() }
        }
        "workdays" => Command::Weekdays { weekdays: WeekdaySet::parse(&value).map_err(flawed)? },
        "hours" => Command::Hours { hours: Hours::parse(&value).map_err(flawed)? },
        _ => Command::Set { input: name.clone(), value: Words::new(value.as_str()) },
    };
    let written =
        desk.record(session, "set", &[], false, |work| Ok(work.decide(&command)?.notes))?;
    if written.operation.is_some() {
        let before = open.state.inputs.get(name.as_str()).map(Words::terminal);
        let before = before.map(|before| format!(" (before: {before})")).unwrap_or_default();
        session.print(&format!("{name} = {value}{before}\n"))?;
    }
    for said in written.value {
        session.print(&format!("{}\n", note::words(&said, &open.book)))?;
    }
    Ok(Status::Done)
}

/// What is set now.
fn show(session: &mut Session<'_>) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let mut text = String::new();
    for input in &open.playbook.inputs {
        let value = open.state.inputs.get(&input.id).map(Words::terminal);
        let _ = writeln!(text, "{} = {}", input.id, value.unwrap_or_default());
    }
    let state = &open.state;
    let _ = writeln!(
        text,
        "zone = {}\nworkdays = {}\nhours = {}",
        state.zone, state.weekdays, state.hours
    );
    session.print(&text)?;
    Ok(Status::Done)
}
