//! The commands, one file each.
//!
//! Knows which commands there are. A command reads its arguments, asks the engine, and renders the
//! answer; it must not decide anything about plans itself.

mod away;
mod busy;
mod calendar;
mod calendar_file;
mod clients;
mod companies;
mod compare;
pub(crate) mod completions;
mod cycle;
mod decide;
mod done;
mod forget;
pub(crate) mod help;
mod log;
mod man;
mod message;
mod people;
mod person;
mod plan;
mod playbook;
mod record;
mod reference;
mod remind;
mod report;
mod set;
mod share;
mod show;
mod start;
mod today;
mod undo;
pub(crate) mod version;
mod work;

use std::ffi::OsString;

use clap::Subcommand;

use crate::failure::{CliError, Status};
use crate::session::Session;

pub(crate) use reference::reference;

/// Everything that `fortnight` can be told.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Begin a plan with a playbook
    Start(start::Start),
    /// What to do today (also without any command)
    Today(today::Today),
    /// How to do a task, the text to send, and why it is due
    #[command(visible_alias = "why")]
    Show(show::Show),
    /// Do it: one task after the other, each with its text
    Work(work::Work),
    /// Say that tasks are done
    Done(done::Done),
    /// Say that tasks will not be done
    Skip(done::Skip),
    /// Move tasks to a later day
    Later(done::Later),
    /// Days on which you are away
    Away(away::Away),
    /// Write down what came back from somebody; short: `fortnight ana replied sat`
    Record(record::Record),
    /// Change an answer of yours, the choice of this cycle, your zone or hours
    Set(set::Set),
    /// Answer the review: again, use OPTION, or stop
    Decide(decide::Decide),
    /// Cycles: start, compare, show, stop
    #[command(subcommand)]
    Cycle(cycle::Cycle),
    /// What the cycle shows, and what may be said about it
    Compare(compare::Compare),
    /// One page to show to a coach; with --work-search what you did to find work
    Report(report::Report),
    /// Hand out figures to a coach, without names, companies and texts
    Share(share::Share),
    /// Who is on the list, who is known, and what is known of them
    People(people::People),
    /// The list of companies, for playbooks that go company by company
    Companies(companies::Companies),
    /// Erase somebody for good: who they are goes, what they counted for stays
    Forget(forget::Forget),
    /// The words you send: read them, and make them yours
    Message(message::Message),
    /// The plan as a calendar file that other programs read
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// What a notification or a mail should say today; nothing where there is nothing to say
    Remind(remind::Remind),
    /// Take the last thing back
    Undo,
    /// Bring back what was taken back
    Redo,
    /// What was recorded, newest first
    Log(log::Log),
    /// How things are done: all commands, one command, or the code of a finding
    Help(help::Help),
    /// Teach a shell to complete commands, people, tasks and playbooks
    Completions(completions::Completions),
    /// Manual pages of the commands
    Man(man::Man),
    /// Plans: list, show, and a newer version of the playbook
    #[command(subcommand)]
    Plan(plan::Plan),
    /// Playbooks: the coach's side
    #[command(subcommand)]
    Playbook(playbook::Playbook),
    /// Clients: who needs a word, and what all of them show together
    Clients(clients::Clients),
    /// A person's name is a command of its own
    #[command(external_subcommand)]
    Person(Vec<OsString>),
}

/// Does what was asked.
pub(crate) fn run(session: &mut Session<'_>, command: Option<Command>) -> Result<Status, CliError> {
    match command {
        None => today::run(session, &today::Today::default()),
        Some(Command::Start(arguments)) => start::run(session, &arguments),
        Some(Command::Today(arguments)) => today::run(session, &arguments),
        Some(Command::Show(arguments)) => show::run(session, &arguments),
        Some(Command::Work(arguments)) => work::run(session, &arguments),
        Some(Command::Done(arguments)) => done::done(session, &arguments),
        Some(Command::Skip(arguments)) => done::skip(session, &arguments),
        Some(Command::Later(arguments)) => done::later(session, &arguments),
        Some(Command::Away(arguments)) => away::run(session, &arguments),
        Some(Command::Record(arguments)) => record::run(session, &arguments),
        Some(Command::Set(arguments)) => set::run(session, &arguments),
        Some(Command::Decide(arguments)) => decide::run(session, &arguments),
        Some(Command::Cycle(command)) => cycle::run(session, &command),
        Some(Command::Compare(arguments)) => compare::run(session, &arguments),
        Some(Command::Report(arguments)) => report::run(session, &arguments),
        Some(Command::Share(arguments)) => share::run(session, &arguments),
        Some(Command::Clients(arguments)) => clients::run(session, &arguments),
        Some(Command::People(arguments)) => people::run(session, &arguments),
        Some(Command::Companies(arguments)) => companies::run(session, &arguments),
        Some(Command::Forget(arguments)) => forget::run(session, &arguments),
        Some(Command::Message(arguments)) => message::run(session, &arguments),
        Some(Command::Calendar(command)) => calendar::run(session, &command),
        Some(Command::Remind(arguments)) => remind::run(session, &arguments),
        Some(Command::Undo) => undo::undo(session),
        Some(Command::Redo) => undo::redo(session),
        Some(Command::Log(arguments)) => log::run(session, &arguments),
        Some(Command::Person(_)) => Err(CliError::refused("A person's name stands alone.")),
        Some(Command::Help(arguments)) => help::run(session, &arguments),
        Some(Command::Completions(arguments)) => completions::run(session, &arguments),
        Some(Command::Man(arguments)) => man::run(session, &arguments),
        Some(Command::Plan(command)) => plan::run(session, &command),
        Some(Command::Playbook(command)) => playbook::run(session, &command),
    }
}
