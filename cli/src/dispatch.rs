//! A command line, run to its end: read, carried out, and its failure said.
//!
//! Knows the way from words to an exit status. It must not know what any command does.

use std::ffi::OsString;
use std::io::Write as _;

use clap::error::ErrorKind;
use fortnight_engine::diagnostic::nearest;

use crate::arguments;
use crate::commands::completions;
use crate::commands::{self, Command};
use crate::failure::{CliError, Status};
use crate::host::Host;
use crate::options::Global;
use crate::render::safe;
use crate::session::Session;
use crate::usage;

/// Runs a command line to its end.
pub(crate) fn run(arguments: Vec<OsString>, host: &mut Host) -> Status {
    let asking = host.variable(completions::VARIABLE).and_then(|name| name.to_str());
    if let Some(shell) = asking.map(str::to_owned).filter(|name| completions::knows(name)) {
        return complete(host, &shell, &arguments);
    }
    let words = arguments.clone();
    let arguments = match arguments::read(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            return match arguments::wants_every_version(&error, &words) {
                Some(global) => version_of_everything(host, global),
                None => answer_clap(host, &error, &words),
            };
        }
    };
    let short = !words.iter().any(|word| word == "record");
    let may_be_a_command = match &arguments.command {
        Some(Command::Record(record)) if short => Some(record.first_word().to_owned()),
        _ => None,
    };
    let mut session = Session::new(host, arguments.global, arguments::tree);
    let mut ended = commands::run(&mut session, arguments.command);
    if ended.is_ok() || session.account.has_recorded() {
        ended = session.finish().and(ended);
    }
    let ended = ended
        .and_then(|status| session.host.output.writer.flush().map(|()| status).map_err(Into::into));
    match ended {
        Ok(status) => status,
        Err(error) if error.is_closed_pipe() => Status::Done,
        Err(error) => {
            let error = match may_be_a_command {
                Some(word) => with_command(error, &word),
                None => error,
            };
            session.refuse(&error);
            error.status()
        }
    }
}

/// Answers a shell. Whatever goes wrong is no reason to disturb the line that somebody types.
fn complete(host: &mut Host, shell: &str, words: &[OsString]) -> Status {
    let mut session = Session::new(host, Global::default(), arguments::tree);
    let answered = completions::answer(&mut session, shell, words);
    match answered.and_then(|()| session.host.output.writer.flush().map_err(Into::into)) {
        Ok(()) => Status::Done,
        Err(error) => error.status(),
    }
}

/// `--version --verbose`.
fn version_of_everything(host: &mut Host, global: Global) -> Status {
    let mut session = Session::new(host, global, arguments::tree);
    let told = commands::version::run(&mut session)
        .and_then(|()| session.host.output.writer.flush().map_err(Into::into));
    match told {
        Err(error) if !error.is_closed_pipe() => {
            session.refuse(&error);
            error.status()
        }
        Ok(()) | Err(_) => Status::Done,
    }
}

/// A name that finds nobody may have been meant as a command.
fn with_command(mut error: CliError, word: &str) -> CliError {
    if let CliError::Ambiguous { name, candidates } = &mut error {
        candidates.extend(command_near(name));
    }
    if let CliError::UnknownPerson { name, near } = &mut error {
        // A word in front was more often meant as a command than as somebody who is only alike.
        near.splice(0..0, command_near(name));
    }
    if matches!(error, CliError::NoPlan) {
        let mut helps = Vec::from_iter(command_near(word));
        helps.push("All commands: fortnight help --all".to_owned());
        helps.extend(error.helps());
        let sentence =
            format!("`{word}` is no command, and nobody is known yet: no plan has begun.");
        return CliError::Refused { sentence, helps };
    }
    error
}

/// The command that a word was most likely meant to be: one of the first, or one below them.
fn command_near(word: &str) -> Option<String> {
    let tree = arguments::tree();
    if word == "version" {
        return Some("Did you mean `fortnight --version`?".to_owned());
    }
    let near = nearest(word, tree.get_subcommands().map(clap::Command::get_name));
    let below = || {
        tree.get_subcommands()
            .find(|command| command.get_subcommands().any(|below| below.get_name() == word))
            .map(|command| format!("{} {word}", command.get_name()))
    };
    let meant = near.map(str::to_owned).or_else(below)?;
    Some(format!("Did you mean the command `{meant}`?"))
}

/// Help and version are answers; everything else that clap has to say is a refusal.
fn answer_clap(host: &mut Host, error: &clap::Error, words: &[OsString]) -> Status {
    let only_help = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if error.use_stderr() && error.kind() != only_help {
        let refusal = usage::refusal(error, words);
        Session::new(host, Global::default(), arguments::tree).refuse(&refusal);
        return refusal.status();
    }
    let text = safe::block(&error.render().to_string());
    let (stream, status) = if error.use_stderr() {
        (&mut host.talk, Status::Usage)
    } else {
        (&mut host.output, Status::Done)
    };
    let written = stream.writer.write_all(text.as_bytes()).and_then(|()| stream.writer.flush());
    match written.map_err(CliError::from) {
        Err(error) if !error.is_closed_pipe() => Status::Environment,
        Ok(()) | Err(_) => status,
    }
}
