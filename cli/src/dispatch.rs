//! A command line, run to its end: read, carried out, and its failure said.
//!
//! Knows the way from words to an exit status. It must not know what any command does.

use std::ffi::OsString;
use std::io::Write as _;

use fortnight_engine::diagnostic::nearest;

use crate::arguments;
use crate::commands::{self, Command};
use crate::failure::{CliError, Status};
use crate::host::Host;
use crate::options::Global;
use crate::render::safe;
use crate::session::Session;

/// Runs a command line to its end.
pub(crate) fn run(arguments: Vec<OsString>, host: &mut Host) -> Status {
    let words = arguments.clone();
    let arguments = match arguments::read(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            return match arguments::wants_every_version(&error, &words) {
                Some(global) => version_of_everything(host, global),
                None => answer_clap(host, &error),
            };
        }
    };
    let may_be_a_command = matches!(arguments.command, Some(Command::Record(_)));
    let mut session = Session { host, global: arguments.global, tree: arguments::tree };
    let ended = commands::run(&mut session, arguments.command)
        .and_then(|status| session.host.output.writer.flush().map(|()| status).map_err(Into::into));
    match ended {
        Ok(status) => status,
        Err(error) if error.is_closed_pipe() => Status::Done,
        Err(error) => {
            let error = if may_be_a_command { with_command(error) } else { error };
            session.refuse(&error);
            error.status()
        }
    }
}

/// `--version --verbose`.
fn version_of_everything(host: &mut Host, global: Global) -> Status {
    let mut session = Session { host, global, tree: arguments::tree };
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
fn with_command(mut error: CliError) -> CliError {
    if let CliError::Ambiguous { name, candidates: helps }
    | CliError::UnknownPerson { name, near: helps } = &mut error
    {
        let tree = arguments::tree();
        let commands = tree.get_subcommands().map(clap::Command::get_name);
        helps.extend(
            nearest(name, commands).map(|near| format!("Did you mean the command `{near}`?")),
        );
    }
    error
}

/// Help and version are answers; everything else that clap has to say is a refusal.
fn answer_clap(host: &mut Host, error: &clap::Error) -> Status {
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
