//! The command line as it may be written: global options and the tree of commands.
//!
//! Knows names and help texts. It must not know what a command does.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};

use crate::commands::{self, Command};

/// A coaching plan, day by day: what to do today, what came back, what to change next.
#[derive(Debug, Parser)]
#[command(name = "fortnight", version, disable_help_subcommand = true, term_width = 80)]
pub(crate) struct Arguments {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Options that every command understands.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// The database to use (else the variable `FORTNIGHT_DB`, else one in your data folder)
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// Run as if it were this moment: 2026-03-02T08:30 in the plan's zone, or with an offset
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// The plan meant, where there are several: its number, or a part of its title
    #[arg(long, global = true, value_name = "PLAN")]
    pub(crate) plan: Option<String>,
    /// Print data for programs; the shapes are documented and versioned
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say nothing but what was asked for, and what went wrong
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more: rows that could not be read, where things are kept
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Answer questions with yes
    #[arg(long, short, global = true)]
    pub(crate) yes: bool,
    /// Go against a rule of the method; it is recorded
    #[arg(long, global = true)]
    pub(crate) anyway: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The tree of commands with its help texts, as clap knows it.
pub(crate) fn tree() -> clap::Command {
    let mut tree = Arguments::command();
    tree.build();
    let first = commands::help::first_screen(&tree);
    tree.override_help(first)
}

/// Reads a command line, the program's own name first. A word that is no command is a person's
/// name, and reads as `record` with that name.
pub(crate) fn read(mut arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let read = match parse(arguments.clone()) {
        // Without a command, `today` is meant, and so are its options: `fortnight --full`.
        Err(error) if error.kind() == clap::error::ErrorKind::UnknownArgument => {
            let mut today = arguments;
            today.insert(1.min(today.len()), "today".into());
            return parse(today).map_err(|other| {
                let conflict = other.kind() == clap::error::ErrorKind::ArgumentConflict;
                if conflict { other } else { error }
            });
        }
        read => read?,
    };
    match &read.command {
        Some(Command::Person(words)) => {
            let at = arguments.len().saturating_sub(words.len());
            arguments.insert(at, "record".into());
            parse(arguments)
        }
        Some(_) | None => Ok(read),
    }
}

fn parse(arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let matches = tree().try_get_matches_from(arguments)?;
    Arguments::from_arg_matches(&matches)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Arguments;

    #[test]
    fn the_tree_of_commands_is_sound() {
        Arguments::command().debug_assert();
    }
}
