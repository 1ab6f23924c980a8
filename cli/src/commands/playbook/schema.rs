//! `fortnight playbook schema`: the language as JSON Schema, for editors.

use clap::Args;
use fortnight_engine::{playbook, story};

use crate::failure::{CliError, Status};
use crate::session::Session;

/// The names under which `playbook new` writes the schemas, with their texts.
pub(super) fn files() -> [(&'static str, String); 2] {
    [("playbook.schema.json", playbook::schema()), ("test.schema.json", story::schema())]
}

/// Which schema to print.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The one for stories, NAME.test.yaml
    #[arg(long)]
    tests: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, schema: &Schema) -> Result<Status, CliError> {
    session.print_page(&if schema.tests { story::schema() } else { playbook::schema() })?;
    let (line, file) = if schema.tests {
        ("test.schema.json", "NAME.test.yaml")
    } else {
        ("playbook.schema.json", "NAME.yaml")
    };
    session.detail(&format!(
        "Keep it as {line} and begin {file} with: # yaml-language-server: $schema=./{line}"
    ))?;
    Ok(Status::Done)
}
