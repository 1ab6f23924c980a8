//! `fortnight cycle compare`: the answer to a step that asks what to change.

use clap::Args;
use fortnight_engine::plan::{Command, Note};
use fortnight_engine::playbook::Id;

use super::planning;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::words::inside;
use crate::render::{COLUMNS, note, width};
use crate::session::Session;
use crate::values;

/// What to compare.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The choice and its new option
    #[arg(value_name = "CHOICE=OPTION", value_parser = values::pair)]
    compared: (String, String),
    /// How many cycles with these two you will look at; said before the first message
    #[arg(long, value_name = "NUMBER")]
    looks: Option<u32>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Compare) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let (choice, option) = arguments.compared.clone();
    let command = Command::Compare { choice, option };
    let written = desk.record(session, "cycle compare", &[], false, |work| {
        let mut accepted = work.decide(&command)?;
        if let Some(looks) = arguments.looks {
            work.decide(&Command::Looks { looks })?;
            accepted.notes.retain(|note| !matches!(note, Note::Known { .. }));
        }
        Ok(accepted)
    })?;
    let open = desk.open(&[])?;
    let situation = open.situation(desk.instant);
    let cycle = situation.upcoming().or_else(|| situation.running());
    if let Some((compared, _)) = cycle.and_then(|cycle| cycle.compared.as_ref()) {
        let choice = open.playbook.choice(&compared.choice);
        let title = |id: &Id| {
            let option = choice?.options.iter().find(|option| option.id == *id)?;
            Some(inside(&option.title))
        };
        let split = cycle.is_some_and(|cycle| cycle.members.iter().any(|m| m.option.is_some()));
        let how =
            if split { "Half of your people get each." } else { "Everybody gets the second." };
        let words = format!(
            "This cycle compares {} with {}. {how}",
            title(&compared.baseline).unwrap_or_default(),
            title(&compared.option).unwrap_or_default()
        );
        session.tell(&words)?;
    }
    for said in &written.value.notes {
        session.say(&width::wrap(&note::words(said, &open.book), COLUMNS).join("\n"))?;
    }
    if let Some(cycle) = cycle {
        planning::say(session, cycle)?;
    }
    Ok(Status::Done)
}
