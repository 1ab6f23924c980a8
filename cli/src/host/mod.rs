//! The world outside: streams, environment, clock, seeds, folders and files.
//!
//! Knows where things come from. It must not know what any of it is for. A test builds its own
//! host; nothing else in this crate reads a clock, the environment or randomness.

mod clipboard;
mod editor;
mod files;
mod folders;
mod given;
mod pick;
mod progress;
mod system;
mod unfinished;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, BufRead, Write};

use jiff::Timestamp;

pub use clipboard::Copied;
pub use editor::EditError;
pub use files::{Listing, ReadError};
pub use folders::Folders;
pub use given::GiveError;
pub use pick::Picked;
pub use progress::Progress;

/// Opens a checked address.
pub type Opener = Box<dyn FnMut(&str) -> io::Result<()>>;

/// Runs a program with arguments; true where it ended well.
pub type Runner = Box<dyn FnMut(&OsStr, &[OsString]) -> io::Result<bool>>;

/// One command's view of the machine.
pub struct Host {
    /// Where answers to questions come from.
    pub input: Box<dyn BufRead>,
    /// True where somebody can be asked: the input is a terminal.
    pub input_is_terminal: bool,
    /// Where data goes.
    pub output: Stream,
    /// Where talk goes: progress, warnings, refusals.
    pub talk: Stream,
    /// The environment variables.
    pub environment: BTreeMap<OsString, OsString>,
    /// The system's clock, read once by each command (F2).
    pub clock: Box<dyn FnMut() -> Timestamp>,
    /// Where the seed of a new plan comes from.
    pub seed: Box<dyn FnMut() -> u64>,
    /// The IANA name of the zone this machine is in.
    pub zone: String,
    /// The program's own file, as a timer has to call it.
    pub program: String,
    /// Where the program keeps and finds things.
    pub folders: Folders,
    /// Opens a page of the web in the person's browser; only checked addresses get here.
    pub open_page: Opener,
    /// Runs a program at the person's terminal, waits for it, and says whether it went well.
    pub run_program: Runner,
}

/// Somewhere to write to.
pub struct Stream {
    /// Takes the bytes.
    pub writer: Box<dyn Write>,
    /// True where a person reads along.
    pub is_terminal: bool,
}

impl Host {
    /// A host that says nothing, hears nothing and stands still at the beginning of 2026 in UTC;
    /// tests and embedders replace what they need.
    pub fn silent(folders: Folders) -> Self {
        Self {
            input: Box::new(io::empty()),
            input_is_terminal: false,
            output: Stream::to(io::sink()),
            talk: Stream::to(io::sink()),
            environment: BTreeMap::new(),
            clock: Box::new(|| Timestamp::constant(1_767_225_600, 0)),
            seed: Box::new(|| 1),
            zone: "UTC".to_owned(),
            program: "fortnight".to_owned(),
            folders,
            open_page: Box::new(|_| Err(io::ErrorKind::Unsupported.into())),
            run_program: Box::new(|_, _| Err(io::ErrorKind::Unsupported.into())),
        }
    }

    /// An environment variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&OsStr> {
        self.environment
            .get(OsStr::new(name))
            .map(OsString::as_os_str)
            .filter(|value| !value.is_empty())
    }
}

impl Stream {
    /// A stream that is no terminal.
    pub fn to(writer: impl Write + 'static) -> Self {
        Self { writer: Box::new(writer), is_terminal: false }
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host")
            .field("zone", &self.zone)
            .field("folders", &self.folders)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("is_terminal", &self.is_terminal).finish_non_exhaustive()
    }
}
