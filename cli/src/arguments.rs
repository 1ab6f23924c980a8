//! The command line as it may be written: global options and the tree of commands.
//!
//! Knows names and help texts. It must not know what a command does.

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _, Parser};

use crate::commands::{self, Command};
use crate::options::Global;

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

/// The tree of commands with its help texts, as clap knows it.
pub(crate) fn tree() -> clap::Command {
    let mut tree = Arguments::command();
    tree.build();
    let first = commands::help::first_screen(&tree);
    tree.override_help(first)
}

/// Reads a command line, the program's own name first. A word that is no command is a person's
/// name, and reads as `record` with that name.
pub(crate) fn read(arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let mut arguments: Vec<OsString> = arguments.into_iter().map(|word| ago(&word)).collect();
    // However the file of the program is called.
    if let Some(program) = arguments.first_mut() {
        *program = "fortnight".into();
    }
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

/// `--version --verbose`: the global options beside it, where that is what was asked.
pub(crate) fn wants_every_version(error: &clap::Error, arguments: &[OsString]) -> Option<Global> {
    if error.kind() != clap::error::ErrorKind::DisplayVersion {
        return None;
    }
    let others = arguments.iter().filter_map(|word| match word.to_str() {
        Some("--version" | "-V") => None,
        // Short options may stand together: `-Vv`.
        Some(word) if word.starts_with('-') && !word.starts_with("--") => {
            Some(OsString::from(word.replace('V', "")))
        }
        _ => Some(word.clone()),
    });
    let others: Vec<OsString> = others.filter(|word| word != "-").collect();
    parse(others).ok().map(|read| read.global).filter(|global| global.verbose)
}

/// `-2d` is a day and no option: it goes on with the sign that days are read with too.
fn ago(argument: &OsString) -> OsString {
    let text = argument.to_str().and_then(|text| text.strip_prefix('-'));
    let day = text.filter(|rest| {
        let number = rest.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        rest.len() - number.len() == 1
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    day.map_or_else(|| argument.clone(), |day| format!("\u{2212}{day}").into())
}

fn parse(arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let matches = tree().try_get_matches_from(arguments)?;
    Arguments::from_arg_matches(&matches)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Arguments, ago};

    #[test]
    fn two_days_ago_is_no_option() {
        assert_eq!(ago(&"-2d".into()), "\u{2212}2d");
        for option in ["-n", "--", "-2", "-d", "-2dd", "2d"] {
            assert_eq!(ago(&option.into()), option);
        }
    }

    #[test]
    fn the_tree_of_commands_is_sound() {
        Arguments::command().debug_assert();
    }
}
