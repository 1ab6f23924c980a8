//! `fortnight playbook list`: the playbooks that can be named.

use clap::Args;
use serde::Serialize;

use crate::failure::{CliError, Status};
use crate::library::{Known, Library};
use crate::render::COLUMNS;
use crate::render::table::{Column, Table};
use crate::session::Session;

/// Nothing to choose.
#[derive(Debug, Args)]
pub(crate) struct List {}

/// `playbook list --json`, version 1.
#[derive(Serialize)]
struct Listed {
    version: u32,
    playbooks: Vec<Row>,
}

/// One playbook.
#[derive(Serialize)]
struct Row {
    name: String,
    /// Nothing where the playbook has errors.
    title: Option<String>,
    /// The coach's own version.
    playbook_version: Option<String>,
    /// The user's own file; nothing for those that come with the program.
    file: Option<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, _: &List) -> Result<Status, CliError> {
    let library = Library::of(session.host);
    let rows = library
        .known()?
        .into_iter()
        .map(|known| describe(&library, known))
        .collect::<Result<Vec<Row>, CliError>>()?;
    if session.global.json {
        session.print_json(&Listed { version: 1, playbooks: rows })?;
        return Ok(Status::Done);
    }
    let mut table = Table::new(vec![Column::WORDS, Column::yielding(20), Column::WORDS]);
    for row in rows {
        let title = row
            .title
            .unwrap_or_else(|| format!("has errors: fortnight playbook check {}", row.name));
        let whose = if row.file.is_some() { "yours" } else { "" };
        table.row([row.name, title, whose.to_owned()]);
    }
    session.print(&table.to_text(COLUMNS))?;
    session.say("Read one: fortnight playbook show NAME. Begin: fortnight start NAME")?;
    Ok(Status::Done)
}

fn describe(library: &Library<'_>, known: Known) -> Result<Row, CliError> {
    let found = library.find(&known.name)?;
    let readable = found.not_text.is_none();
    let loaded = library.load(found.file);
    let playbook = loaded.playbook.filter(|_| readable);
    Ok(Row {
        title: playbook.as_ref().map(|playbook| playbook.title.clone()),
        playbook_version: playbook.map(|playbook| playbook.version),
        name: known.name,
        file: known.path.map(|path| path.to_string_lossy().into_owned()),
    })
}
