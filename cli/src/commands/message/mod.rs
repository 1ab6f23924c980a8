//! `fortnight message …`: the words that go out, for somebody or as they are written.

mod list;
mod set;
mod show;

pub(super) use show::{as_it_stands, mends, not_ready};

use clap::{Args, Subcommand};

use crate::failure::{CliError, Status};
use crate::session::Session;

/// What to do with messages; without a command, their list.
#[derive(Debug, Args)]
pub(crate) struct Message {
    #[command(subcommand)]
    command: Option<MessageCommand>,
}

/// What can be done with messages.
#[derive(Debug, Subcommand)]
enum MessageCommand {
    /// The messages of the playbook, and whose words they have (also without a command)
    List(list::List),
    /// The text for somebody, ready to send; or a message as it is written
    Show(show::Show),
    /// Say it in your own words
    Set(set::Set),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, message: &Message) -> Result<Status, CliError> {
    match &message.command {
        None | Some(MessageCommand::List(list::List {})) => list::run(session),
        Some(MessageCommand::Show(arguments)) => show::run(session, arguments),
        Some(MessageCommand::Set(arguments)) => set::run(session, arguments),
    }
}
