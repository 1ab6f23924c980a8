//! `fortnight playbook …`: what a coach does with playbooks.

mod check;
mod list;
mod show;
mod test;
mod when;

use clap::Subcommand;

use crate::failure::{CliError, Status};
use crate::session::Session;

/// What a coach can do with playbooks.
#[derive(Debug, Subcommand)]
pub(crate) enum Playbook {
    /// Name the playbooks: your own and those that come with the program
    List(list::List),
    /// Print a playbook as it is written
    Show(show::Show),
    /// Find everything that is wrong with playbooks
    Check(check::Check),
    /// Run the stories that test playbooks
    Test(test::Test),
    /// What a schedule or a length of time means, and the days it leads to
    When(when::When),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, command: &Playbook) -> Result<Status, CliError> {
    match command {
        Playbook::List(arguments) => list::run(session, arguments),
        Playbook::Check(arguments) => check::run(session, arguments),
        Playbook::Show(arguments) => show::run(session, arguments),
        Playbook::Test(arguments) => test::run(session, arguments),
        Playbook::When(arguments) => when::run(session, arguments),
    }
}
