//! How a command can fail, in words for people, and the exit status that goes with it.
//!
//! Knows what the command line and the machine may refuse. Refusals of the domain and findings in
//! playbooks have types of their own in the engine.

use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

use fortnight_engine::source::Flaw;
use fortnight_engine::store::StoreError;

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
    /// `--now` holds no time.
    #[error("`{text}` is no time that --now understands.")]
    BadNow {
        /// What was given.
        text: String,
        /// The bytes of it that are wrong.
        range: Range<usize>,
    },
    /// There is no home to keep a database in.
    #[error("This machine has no folder for your data.")]
    NoHome,
    /// No plan has begun in this database.
    #[error("There is no plan yet.")]
    NoPlan,
    /// No plan goes by this name.
    #[error("No plan is called `{name}`.")]
    UnknownPlan {
        /// The name.
        name: String,
        /// The plans there are, number and title.
        plans: Vec<String>,
    },
    /// The engine refused: the facts do not allow it.
    #[error("{sentence}")]
    Refused {
        /// Why, as a sentence.
        sentence: String,
        /// What would be right.
        helps: Vec<String>,
    },
    /// Several things at once do not fit.
    #[error("{}", sentences.join("\n"))]
    Several {
        /// Each as a sentence.
        sentences: Vec<String>,
        /// What would be right.
        helps: Vec<String>,
    },
    /// The command line cannot be understood.
    #[error("{sentence}")]
    Misunderstood {
        /// What is wrong with it, as a sentence.
        sentence: String,
        /// What would be right.
        helps: Vec<String>,
    },
    /// A small text (a day, a range, a pair) cannot be read.
    #[error("{}.", capitalised(message))]
    Unreadable {
        /// The text.
        text: String,
        /// The bytes of it that are wrong.
        range: Range<usize>,
        /// What is wrong with it.
        message: String,
        /// What would be right.
        helps: Vec<String>,
    },
    /// Several people or tasks could be meant.
    #[error("`{name}` could be several:")]
    Ambiguous {
        /// The name given.
        name: String,
        /// Who or what it could be, one line each.
        candidates: Vec<String>,
    },
    /// Nobody goes by this name.
    #[error("Nobody is called `{name}`.")]
    UnknownPerson {
        /// The name.
        name: String,
        /// Names and commands that come near, as sentences.
        near: Vec<String>,
    },
    /// No task goes by this name.
    #[error("No task is called `{name}`.")]
    UnknownTask {
        /// The name.
        name: String,
        /// Names that come near.
        near: Vec<String>,
    },
    /// A number that was not on the list last printed.
    #[error("There is no line {number} on the list last printed.")]
    NoSuchLine {
        /// The number.
        number: String,
    },
    /// The log or the machine beneath it failed.
    #[error("{}.", capitalised(&.0.to_string()))]
    Store(StoreError),
    /// A playbook with errors.
    #[error("The playbook `{name}` has {errors}, so no plan can begin with it.")]
    BrokenPlaybook {
        /// The name given.
        name: String,
        /// How many, in words.
        errors: String,
    },
    /// Questions that nobody is there to answer.
    #[error("{}", questions.join("\n"))]
    Unanswered {
        /// The questions.
        questions: Vec<String>,
        /// The options that answer them.
        helps: Vec<String>,
    },
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
    /// `fortnight help WORD` with a word that is neither a command nor a code.
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
    /// A playbook has no stories, or a folder has none.
    #[error("There are no stories here: `{file}` is missing.")]
    NoStories {
        /// The file that was looked for.
        file: String,
    },
    /// A file holds something else than text.
    #[error("`{}` is not UTF-8 text.", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error("`{}` could not be written: {why}.", path.display())]
    UnwritableFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
        /// True where the machine is to blame and not the request.
        machine: bool,
    },
    /// A file or folder could not be read.
    #[error("`{}` could not be read: {why}.", path.display())]
    UnreadableFile {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        why: String,
        /// True where the machine is to blame and not the request.
        machine: bool,
    },
}

impl CliError {
    /// A file that could not be written, with blame where it belongs.
    pub(crate) fn unwritable(path: impl Into<PathBuf>, error: &io::Error) -> Self {
        let wrong = REQUESTS.iter().find(|(kind, _)| *kind == error.kind());
        let (why, machine) = match wrong {
            Some((io::ErrorKind::NotFound, _)) => ("there is no such folder".to_owned(), false),
            Some((_, why)) => ((*why).to_owned(), false),
            None => (plain_reason(error), true),
        };
        Self::UnwritableFile { path: path.into(), why, machine }
    }

    /// A refusal without a way on.
    pub(crate) fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused { sentence: sentence.into(), helps: Vec::new() }
    }

    /// A refusal with the command that would be right.
    pub(crate) fn refused_with(sentence: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused { sentence: sentence.into(), helps: vec![help.into()] }
    }

    /// Several refusals as one, each with its way on; none where there is none.
    pub(crate) fn all(mut errors: Vec<Self>) -> Option<Self> {
        if errors.len() < 2 {
            return errors.pop();
        }
        let mut sentences = Vec::new();
        let mut helps: Vec<String> = Vec::new();
        for error in errors {
            if error.status() > Status::Usage {
                return Some(error);
            }
            sentences.extend(error.sentences());
            let more = error.helps();
            helps.extend(more.into_iter().filter(|help| !helps.contains(help)).collect::<Vec<_>>());
        }
        Some(Self::Several { sentences, helps })
    }

    /// What is wrong, sentence by sentence: a line break within one is part of what was typed, and
    /// must not begin a line that looks as if the program said it (R21).
    pub(crate) fn sentences(&self) -> Vec<String> {
        if let Self::Several { sentences, .. } | Self::Unanswered { questions: sentences, .. } =
            self
        {
            return sentences.clone();
        }
        vec![self.to_string()]
    }

    /// A small text that cannot be read.
    pub(crate) fn flawed(text: impl Into<String>, flaw: Flaw) -> Self {
        Self::Unreadable {
            text: text.into(),
            range: flaw.range,
            message: flaw.message,
            helps: flaw.helps,
        }
    }

    /// The small text that cannot be read, with the bytes of it that are wrong.
    pub(crate) fn excerpt(&self) -> Option<(&str, &Range<usize>)> {
        if let Self::Unreadable { text, range, .. } | Self::BadNow { text, range } = self {
            Some((text, range))
        } else {
            None
        }
    }

    /// The exit status that belongs to it.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Unanswered { .. } | Self::Misunderstood { .. } => Status::Usage,
            Self::BadNow { .. }
            | Self::NoPlan
            | Self::UnknownPlan { .. }
            | Self::Refused { .. }
            | Self::Several { .. }
            | Self::Unreadable { .. }
            | Self::Ambiguous { .. }
            | Self::UnknownPerson { .. }
            | Self::UnknownTask { .. }
            | Self::NoSuchLine { .. }
            | Self::BrokenPlaybook { .. }
            | Self::UnknownPlaybook { .. }
            | Self::NoPlaybooks { .. }
            | Self::NoSuchHelp { .. }
            | Self::NoStories { .. }
            | Self::NotText { .. }
            | Self::UnwritableFile { machine: false, .. }
            | Self::UnreadableFile { machine: false, .. } => Status::Refused,
            Self::Store(error) => store_status(error),
            Self::NoHome
            | Self::Output(_)
            | Self::UnwritableFile { machine: true, .. }
            | Self::UnreadableFile { machine: true, .. } => Status::Environment,
        }
    }

    /// What to do about it: sentences, or command lines, each on a line of its own.
    pub(crate) fn helps(&self) -> Vec<String> {
        let one = |help: &str| vec![help.to_owned()];
        match self {
            Self::BadNow { .. } => one("--now 2026-03-02T08:30 is a time in the plan's zone, \
                 --now 2026-03-02T08:30:00+01:00 one anywhere"),
            Self::NoHome => one("Name a database with --db FILE or the variable FORTNIGHT_DB"),
            Self::NoPlan => one("fortnight start product-designer --people Connections.csv"),
            Self::UnknownPlan { plans, .. } => plans.clone(),
            Self::Refused { helps, .. }
            | Self::Several { helps, .. }
            | Self::Misunderstood { helps, .. }
            | Self::Unreadable { helps, .. }
            | Self::Unanswered { helps, .. } => helps.clone(),
            Self::Ambiguous { candidates, .. } => candidates.clone(),
            Self::UnknownPerson { near, .. } if near.is_empty() => vec![
                "Everybody you know: fortnight people --all".to_owned(),
                "All commands: fortnight help --all".to_owned(),
            ],
            Self::UnknownPerson { near, .. } | Self::UnknownTask { near, .. } => near.clone(),
            Self::NoSuchLine { .. } => one("fortnight"),
            Self::BrokenPlaybook { name, .. } => vec![format!("fortnight playbook check {name}")],
            Self::UnknownPlaybook { near: Some(near), .. } => {
                vec![format!("Did you mean `{near}`?")]
            }
            Self::UnknownPlaybook { near: None, .. } => one("fortnight playbook list"),
            Self::NoSuchHelp { near: Some(near), .. } => vec![format!("fortnight help {near}")],
            Self::NoSuchHelp { near: None, .. } => one("fortnight help --all"),
            Self::NoStories { .. } => {
                one("A story names days, what is done on them, and what is then due")
            }
            Self::Store(_)
            | Self::Output(_)
            | Self::NoPlaybooks { .. }
            | Self::NotText { .. }
            | Self::UnwritableFile { .. }
            | Self::UnreadableFile { .. } => Vec::new(),
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
        Self::UnreadableFile { path: path.into(), why, machine }
    }
}

/// Whose fault a failure of the store is: mostly the machine's.
fn store_status(error: &StoreError) -> Status {
    match error {
        StoreError::NotADatabase { .. }
        | StoreError::Newer { .. }
        | StoreError::AlreadyDone { .. }
        | StoreError::CannotUndo { .. }
        | StoreError::NoSuchPlan { .. }
        | StoreError::NoSuchEntry { .. } => Status::Refused,
        StoreError::Older { .. }
        | StoreError::Busy
        | StoreError::Stale { .. }
        | StoreError::PlanOutOfTurn { .. }
        | StoreError::EntryOutOfTurn { .. }
        | StoreError::Full
        | StoreError::ReadOnly { .. }
        | StoreError::Corrupt { .. }
        | StoreError::Io { .. }
        | StoreError::OldLibrary { .. } => Status::Environment,
    }
}

/// A sentence begins with a capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
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
