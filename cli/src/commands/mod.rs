//! The commands, one file each.
//!
//! Knows which commands there are. A command reads its arguments, asks the engine, and renders the
//! answer; it must not decide anything about plans itself.

mod compare;
mod cycle;
mod decide;
pub(crate) mod help;
mod log;
mod people;
mod playbook;
mod reference;
mod start;
mod today;

use clap::Subcommand;

use crate::failure::{CliError, Status};
use crate::session::Session;

pub use reference::reference;

/// Everything that `fortnight` can be told.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Begin a plan with a playbook
    Start(start::Start),
    /// What to do today (also without any command)
    Today(today::Today),
    /// What the cycle shows, and what may be said about it
    Compare(compare::Compare),
    /// Answer the review: again, use OPTION, or stop
    Decide(decide::Decide),
    /// Cycles: start, compare, show, stop
    #[command(subcommand)]
    Cycle(cycle::Cycle),
    /// What was recorded, newest first
    Log(log::Log),
    /// Who is on the list, who is known, and what is known of them
    People(people::People),
    /// How things are done: all commands, one command, or the code of a finding
    Help(help::Help),
    /// Playbooks: the coach's side
    #[command(subcommand)]
    Playbook(playbook::Playbook),
}

/// Does what was asked.
pub(crate) fn run(session: &mut Session<'_>, command: Option<Command>) -> Result<Status, CliError> {
    match command {
        None => today::run(session, &today::Today::default()),
        Some(Command::Start(arguments)) => start::run(session, &arguments),
        Some(Command::Today(arguments)) => today::run(session, &arguments),
        Some(Command::Compare(arguments)) => compare::run(session, &arguments),
        Some(Command::Decide(arguments)) => decide::run(session, &arguments),
        Some(Command::Cycle(command)) => cycle::run(session, &command),
        Some(Command::Log(arguments)) => log::run(session, &arguments),
        Some(Command::People(arguments)) => people::run(session, &arguments),
        Some(Command::Help(arguments)) => help::run(session, &arguments),
        Some(Command::Playbook(command)) => playbook::run(session, &command),
    }
}
