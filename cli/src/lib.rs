//! The command line of Fortnight: arguments, files, clock, prompts and rendering.
//!
//! Knows how a person talks to the engine from a terminal or a script. It must not know a rule of
//! the domain: what is due, what may be recorded and what follows from it is the engine's to say.
//!
//! Everything runs in process through [`run`], with a [`Host`] for the world outside, so that a
//! test can run hundreds of commands in milliseconds.

mod account;
mod arguments;
mod clock;
mod commands;
mod contacts;
mod desk;
mod dispatch;
mod effect;
mod failure;
pub mod host;
mod library;
mod naming;
mod numbers;
mod options;
mod output;
pub mod render;
mod session;
mod shipped;
mod usage;
mod values;
mod ways;

use std::ffi::OsString;
use std::process::ExitCode;

pub use failure::Status;
pub use host::Host;

/// Runs one command line, the program's own name first, and says how it ended.
///
/// It never panics and never ends the process. Data goes to the host's output, talk to its talk.
///
/// ```
/// use fortnight_cli::{Host, run, host::Folders};
/// let mut host = Host::silent(Folders::under("/nowhere"));
/// let ended = run(["fortnight", "--version"].map(Into::into), &mut host);
/// assert_eq!(ended, std::process::ExitCode::SUCCESS);
/// ```
pub fn run(arguments: impl IntoIterator<Item = OsString>, host: &mut Host) -> ExitCode {
    run_for_status(arguments, host).into()
}

/// As [`run`], for callers that look at the exit status.
pub fn run_for_status(arguments: impl IntoIterator<Item = OsString>, host: &mut Host) -> Status {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    dispatch::run(arguments, host)
}

/// Every command with its options, as Markdown: what `cli/REFERENCE.md` holds, fresh by a test.
pub fn reference() -> String {
    commands::reference(&arguments::tree())
}
