//! `fortnight away mon to fri`: days on which nothing is due.

use std::fmt::Write as _;

use clap::Args;
use fortnight_engine::calendar::{parse_range, show_day};
use fortnight_engine::plan::{self, Command};

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::note;
use crate::render::words::count;
use crate::session::Session;

/// Which days.
#[derive(Debug, Args)]
pub(crate) struct Away {
    /// The days: `mon to fri`, `until 16 mar`, `since 3 mar`
    #[arg(value_name = "DAYS", required = true)]
    days: Vec<String>,
    /// Days off in your calendar (holidays): nothing is due, but the cycle does not grow
    #[arg(long)]
    off: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, away: &Away) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let text = away.days.join(" ");
    let days =
        parse_range(&text, desk.today(&open)).map_err(|flaw| CliError::flawed(text, flaw))?;
    let (from, to) = (days.first(), days.last());
    let off = away.off;
    let written = desk.record(session, "away", &[], false, |work| {
        let command = if off { Command::DaysOff { from, to } } else { Command::Away { from, to } };
        let accepted = work.decide(&command)?;
        Ok((accepted.notes, plan::agenda(&work.situation()?).cycle))
    })?;
    let (notes, cycle) = written.value;
    let number = usize::try_from(days.days()).unwrap_or(usize::MAX);
    let what = if off { "Off" } else { "Away" };
    let mut said = format!("{what} {}", show_day(from));
    if to > from {
        let _ = write!(said, " to {} ({})", show_day(to), count(number, "day", "days"));
    }
    if let Some(cycle) = cycle {
        let _ = write!(said, ". Cycle {} ends {}", cycle.number, show_day(cycle.end));
    }
    session.print(&format!("{said}.\n"))?;
    for said in notes {
        session.print(&format!("{}\n", note::words(&said, &open.book)))?;
    }
    Ok(Status::Done)
}
