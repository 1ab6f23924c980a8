//! `fortnight completions SHELL`: what makes a shell ask the program which word may come next, and
//! the answers to it.
//!
//! Knows shells. It must not know what the words mean: [`offers`] finds them, and the tree of
//! commands says where each kind of word may stand.

mod offers;

use std::ffi::OsString;
use std::path::Path;

use clap::{Args, ValueEnum};
use clap_complete::env::Shells;

use self::offers::Offers;
use crate::arguments;
use crate::failure::{CliError, Status};
use crate::session::Session;

/// The variable with which a shell asks. What else such a shell says, the library reads itself.
pub(crate) const VARIABLE: &str = "FORTNIGHT_COMPLETE";

/// For which shell.
#[derive(Debug, Args)]
#[command(after_long_help = EXPLANATION)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

const EXPLANATION: &str = "\
The shell asks the program at each Tab, so people, tasks and playbooks are completed too.\n\n\
  bash   echo 'source <(fortnight completions bash)' >> ~/.bashrc\n  \
  zsh    echo 'source <(fortnight completions zsh)' >> ~/.zshrc\n  \
  fish   echo 'fortnight completions fish | source' >> ~/.config/fish/config.fish";

/// The shells that can be taught.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// `PowerShell`
    Powershell,
    /// Elvish
    Elvish,
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Elvish => "elvish",
        }
    }
}

const SHELLS: Shells<'static> = Shells::builtins();

/// Runs the command.
pub(crate) fn run(
    session: &mut Session<'_>,
    completions: &Completions,
) -> Result<Status, CliError> {
    let Some(shell) = SHELLS.completer(completions.shell.name()) else {
        return Err(CliError::refused("This shell cannot be taught."));
    };
    let mut script = Vec::new();
    shell.write_registration(
        VARIABLE,
        "fortnight",
        "fortnight",
        &session.host.program,
        &mut script,
    )?;
    session.print_page(&String::from_utf8_lossy(&script))?;
    Ok(Status::Done)
}

/// True for the shells that may ask.
pub(crate) fn knows(shell: &str) -> bool {
    SHELLS.completer(shell).is_some()
}

/// What may come next: `words` are those of the command line, as the shell's script hands them on.
pub(crate) fn answer(
    session: &mut Session<'_>,
    shell: &str,
    words: &[OsString],
) -> Result<(), CliError> {
    let Some(shell) = SHELLS.completer(shell) else { return Ok(()) };
    let begin = words.iter().position(|word| word == "--").map_or(words.len(), |at| at + 1);
    let words: Vec<OsString> = words[begin..].to_vec();
    if words.is_empty() {
        return Ok(());
    }
    let mut tree = offered(arguments::tree(), &Offers::gather(session, &words), &words);
    let here = session.host.locate(Path::new("."));
    let mut answers = Vec::new();
    shell.write_complete(&mut tree, words, Some(&here), &mut answers)?;
    // The signs between two answers are the shell's own; each answer is clean.
    session.print_exactly(&String::from_utf8_lossy(&answers))
}

/// The tree with the words that may stand in each place. A person's name is a command of its own,
/// and takes what `record` takes.
fn offered(tree: clap::Command, offers: &Offers, words: &[OsString]) -> clap::Command {
    let mut tree = offers.put_into(tree);
    let written = offers::first_word(words);
    if let Some(word) = written.filter(|word| tree.find_subcommand(word).is_none())
        && let Some(record) = tree.find_subcommand("record").cloned()
    {
        tree = tree.subcommand(record.name(word.to_owned()).hide(true));
    }
    tree
}
