//! `fortnight playbook …`: what a coach does with playbooks.

mod check;
mod graph;
mod list;
mod new;
mod pack;
mod schema;
mod show;
mod simulate;
mod test;
mod when;

use clap::Subcommand;
use fortnight_engine::diagnostic::Severity;
use fortnight_engine::playbook::{Loaded, Playbook as Resolved};

use crate::failure::{CliError, Status};
use crate::library::Library;
use crate::render::words::count;
use crate::session::Session;

/// What a coach can do with playbooks.
#[derive(Debug, Subcommand)]
pub(crate) enum Playbook {
    /// Write a playbook of your own to begin with, and its stories
    New(new::New),
    /// Name the playbooks: your own and those that come with the program
    List(list::List),
    /// Print a playbook as it is written, or with all it extends
    Show(show::Show),
    /// Find everything that is wrong with playbooks
    Check(check::Check),
    /// Put a playbook with all it extends into one file, to give away
    Pack(pack::Pack),
    /// Draw the steps of a playbook and what they wait for
    Graph(graph::Graph),
    /// Rehearse a cycle: what comes on which day, and what gets in each other's way
    Simulate(Box<simulate::Simulate>),
    /// Print the language as JSON Schema, which editors complete and check with
    Schema(schema::Schema),
    /// Run the stories that test playbooks
    Test(test::Test),
    /// What a schedule or a length of time means, and the days it leads to
    When(when::When),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, command: &Playbook) -> Result<Status, CliError> {
    match command {
        Playbook::New(arguments) => new::run(session, arguments),
        Playbook::List(arguments) => list::run(session, arguments),
        Playbook::Check(arguments) => check::run(session, arguments),
        Playbook::Graph(arguments) => graph::run(session, arguments),
        Playbook::Simulate(arguments) => simulate::run(session, arguments),
        Playbook::Show(arguments) => show::run(session, arguments),
        Playbook::Schema(arguments) => schema::run(session, arguments),
        Playbook::Pack(arguments) => pack::run(session, arguments),
        Playbook::Test(arguments) => test::run(session, arguments),
        Playbook::When(arguments) => when::run(session, arguments),
    }
}

/// A playbook without errors, with its packed text; else a refusal that says what it cannot be.
fn sound(
    session: &Session<'_>,
    name: &str,
    purpose: &str,
) -> Result<(Loaded, Resolved, String), CliError> {
    let library = Library::of(session.host);
    let found = library.find(name)?;
    if found.not_text.is_some() {
        return Err(CliError::NotText { path: found.file.name().into() });
    }
    let mut loaded = library.load(found.file);
    if let Some((playbook, packed)) = loaded.playbook.take().zip(loaded.packed.take()) {
        return Ok((loaded, playbook, packed));
    }
    let findings = loaded.diagnostics.iter();
    let errors = findings.filter(|finding| finding.severity == Severity::Error).count();
    Err(CliError::refused_with(
        format!("`{name}` has {}, so it cannot be {purpose}.", count(errors, "error", "errors")),
        format!("fortnight playbook check {name}"),
    ))
}
