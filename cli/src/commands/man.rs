//! `fortnight man`: manual pages, written from the same definitions as help.

use std::io;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man as Page;

use super::help;
use crate::failure::{CliError, Status};
use crate::render::words::count;
use crate::session::Session;

/// Which page, and where to.
#[derive(Debug, Args)]
#[command(after_long_help = "Read one: fortnight man people fill | man -l -")]
pub(crate) struct Man {
    /// A command, such as `people fill`; without it the page of the whole program
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, short, value_name = "FOLDER")]
    output: Option<PathBuf>,
    /// Write over pages that are there
    #[arg(long, requires = "output")]
    force: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, man: &Man) -> Result<Status, CliError> {
    let tree = (session.tree)();
    let Some(folder) = &man.output else {
        let command = help::command(tree, &man.command)?;
        session.print_page(&page(&command)?)?;
        return Ok(Status::Done);
    };
    let mut commands = vec![tree.clone()];
    below(&tree, &mut commands);
    for command in &commands {
        let path = folder.join(format!("{}.1", name(command)));
        let text = page(command)?;
        let written = session.host.write_file(&path, text.as_bytes(), man.force);
        written.map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                let there = format!("`{}` is there already.", path.display());
                return CliError::refused_with(there, "--force writes over it");
            }
            CliError::unwritable(&path, &error)
        })?;
    }
    session.say(&format!("Written: {}.", count(commands.len(), "page", "pages")))?;
    Ok(Status::Done)
}

fn below(tree: &clap::Command, into: &mut Vec<clap::Command>) {
    for command in tree.get_subcommands().filter(|command| !command.is_hide_set()) {
        into.push(command.clone());
        below(command, into);
    }
}

/// `fortnight-people-fill`
fn name(command: &clap::Command) -> String {
    command.get_bin_name().unwrap_or_else(|| command.get_name()).replace(' ', "-")
}

fn page(command: &clap::Command) -> Result<String, CliError> {
    let name = name(command);
    let mut text = Vec::new();
    Page::new(command.clone().name(name.clone()))
        .title(name.to_uppercase())
        .manual("Fortnight")
        .render(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
