//! How a command can fail, in words for people, and the exit status that goes with it.
//!
//! Knows what the command line and the machine may refuse. Refusals of the domain and findings in
//! playbooks have types of their own in the engine.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It did what was asked.
    Done = 0,
    /// The input or the request was wrong.
    Refused = 1,
    /// The command line could not be understood.
    Usage = 2,
    /// The machine failed: a disk, a permission, a stream.
    Environment = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// No playbook has this name.
    #[error("No playbook is called `{name}`.")]
    UnknownPlaybook {
        /// The name.
        name: String,
        /// What it may have been meant to be.
        near: Option<String>,
    },
    /// A folder without a playbook.
    #[error("There is no playbook in `{}`.", folder.display())]
    NoPlaybooks {
        /// The folder.
        folder: PathBuf,
    },
    /// `fortnight help WORD` with a word that is neither a command nor the code of a finding.
    #[error("`{word}` is neither a command nor the code of a finding.")]
    NoSuchHelp {
        /// The word.
        word: String,
        /// What it may have been meant to be.
        near: Option<String>,
    },
    /// A stream did not take what was written.
    #[error("The output could not be written: {0}.")]
    Output(#[from] io::Error),
    /// A file holds something else than text.
    #[error("`{}` is not UTF-8 text.", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A file or folder could not be read.
    #[error("`{}` could not be read: {why}.", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        why: String,
        /// True where the machine is to blame and not the request.
        machine: bool,
    },
}

impl CliError {
    /// The exit status that belongs to it.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::UnknownPlaybook { .. }
            | Self::NoPlaybooks { .. }
            | Self::NoSuchHelp { .. }
            | Self::NotText { .. } => Status::Refused,
            Self::Output(_) => Status::Environment,
            Self::Unreadable { machine, .. } => {
                if *machine {
                    Status::Environment
                } else {
                    Status::Refused
                }
            }
        }
    }

    /// What to do about it: sentences, or command lines, each on a line of its own.
    pub(crate) fn helps(&self) -> Vec<String> {
        match self {
            Self::UnknownPlaybook { near: Some(near), .. } => {
                vec![format!("Did you mean `{near}`?")]
            }
            Self::UnknownPlaybook { near: None, .. } => vec!["fortnight playbook list".to_owned()],
            Self::NoSuchHelp { near: Some(near), .. } => vec![format!("fortnight help {near}")],
            Self::NoSuchHelp { near: None, .. } => vec!["fortnight help --all".to_owned()],
            Self::Output(_)
            | Self::NoPlaybooks { .. }
            | Self::NotText { .. }
            | Self::Unreadable { .. } => Vec::new(),
        }
    }

    /// True where the reader of the output went away, which is nobody's mistake.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// A file or folder that could not be read, with blame where it belongs.
    pub(crate) fn unreadable(path: impl Into<PathBuf>, error: &crate::host::ReadError) -> Self {
        use crate::host::ReadError;
        let (why, machine) = match error {
            ReadError::TooLarge => (error.to_string(), false),
            ReadError::System(error) => {
                let wrong = REQUESTS.iter().find(|(kind, _)| *kind == error.kind());
                wrong.map_or_else(
                    || (plain_reason(error), true),
                    |(_, why)| ((*why).to_owned(), false),
                )
            }
        };
        Self::Unreadable { path: path.into(), why, machine }
    }
}

/// What the system says where the path is wrong and not the machine.
const REQUESTS: &[(io::ErrorKind, &str)] = &[
    (io::ErrorKind::NotFound, "there is no such file or folder"),
    (io::ErrorKind::IsADirectory, "it is a folder"),
    (io::ErrorKind::NotADirectory, "it is no folder"),
    (io::ErrorKind::InvalidInput, "this is no name for a file"),
    (io::ErrorKind::InvalidFilename, "this is no name for a file"),
];

/// The system's words without its number.
fn plain_reason(error: &io::Error) -> String {
    let text = error.to_string();
    let plain = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = plain.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
