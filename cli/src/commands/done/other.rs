//! `fortnight skip` and `fortnight later`: what is not done, or not now.

use clap::Args;
use fortnight_engine::calendar::{Lean, parse_day, show_day};
use fortnight_engine::plan::{self, Command};
use fortnight_engine::words::Words;
use jiff::civil::Date;

use super::recording::{Named, Said, keys, record};
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::session::Session;

/// What is not to be done.
#[derive(Debug, Args)]
pub(crate) struct Skip {
    /// Numbers last printed, `step/person`, or parts of names
    #[arg(value_name = "TASK", required = true)]
    tasks: Vec<String>,
    /// Of a step named by its id or title: everything that is due
    #[arg(long)]
    all: bool,
    /// Why, in a sentence
    #[arg(long, value_name = "SENTENCE")]
    why: Option<String>,
}

/// What is moved to a later day.
#[derive(Debug, Args)]
pub(crate) struct Later {
    /// Numbers last printed, `step/person`, or parts of names; then the day
    #[arg(value_name = "TASK… DAY", required = true, num_args = 2..)]
    tasks: Vec<String>,
    /// Of a step named by its id or title: everything that is due
    #[arg(long)]
    all: bool,
}

/// Runs `skip`.
pub(crate) fn skip(session: &mut Session<'_>, skip: &Skip) -> Result<Status, CliError> {
    let desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let on = desk.today(&open);
    let reason = skip.why.as_deref().map(Words::new);
    let before = plan::agenda(&open.situation(desk.instant));
    let keys = keys(session, &desk, &open, &before, &Named::of("skip", &skip.tasks, skip.all))?;
    record(session, desk, &open, &Said::of("skip", "Skipped"), &keys, |task| Command::Skip {
        task,
        on,
        reason: reason.clone(),
    })
}

/// Runs `later`.
pub(crate) fn later(session: &mut Session<'_>, later: &Later) -> Result<Status, CliError> {
    let desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let today = desk.today(&open);
    let (tasks, to) = tasks_and_day(&later.tasks, today)?;
    let moved = format!("Moved to {}", show_day(to));
    let before = plan::agenda(&open.situation(desk.instant));
    let keys = keys(session, &desk, &open, &before, &Named::of("later", tasks, later.all))?;
    record(session, desk, &open, &Said::of("later", &moved), &keys, |task| Command::Later {
        task,
        to,
    })
}

/// The tasks, then a day of one or two words: `2 3 fri`, `2 16 mar`.
fn tasks_and_day(words: &[String], today: Date) -> Result<(&[String], Date), CliError> {
    let split = |length: usize| {
        let (tasks, day) = words.split_at_checked(words.len().checked_sub(length)?)?;
        let day = parse_day(&day.join(" "), today, Lean::Future).ok()?;
        (!tasks.is_empty()).then_some((tasks, day))
    };
    if let Some(found) = split(3).or_else(|| split(2)).or_else(|| split(1)) {
        return Ok(found);
    }
    let last = words.last().cloned().unwrap_or_default();
    let flaw = parse_day(&last, today, Lean::Future).err();
    Err(flaw.map_or_else(
        || CliError::refused_with("Which task?", "fortnight later 2 fri"),
        |flaw| CliError::flawed(last, flaw),
    ))
}
