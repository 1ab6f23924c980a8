//! A home of one's own, a clock that steps, and the command line run in process.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use fortnight_cli::host::{Folders, Stream};
use fortnight_cli::{Host, Status, run_for_status};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

/// Commands that only read: run twice they print the same bytes, and they change no byte of a
/// database (R7, R12).
const READING: &[&[&str]] = &[
    &["today"],
    &["show"],
    &["why"],
    &["compare"],
    &["log"],
    &["help"],
    &["message", "list"],
    &["message", "show"],
    &["people", "list"],
    &["cycle", "show"],
    &["plan", "list"],
    &["plan", "show"],
    &["clients", "compare"],
    &["clients", "report"],
    &["playbook", "list"],
    &["playbook", "show"],
    &["playbook", "check"],
    &["playbook", "test"],
    &["playbook", "graph"],
    &["playbook", "simulate"],
    &["playbook", "when"],
    &["remind"],
];

/// A machine of one's own: a temporary home, Paris, and a clock that starts on Monday 2 March 2026
/// at 08:30 and steps a second with each command.
#[derive(Debug)]
pub struct Sandbox {
    home: TempDir,
    zone: String,
    now: Cell<Timestamp>,
    seeds: Rc<Cell<u64>>,
    environment: Vec<(OsString, OsString)>,
}

/// What a command printed and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "look at how the command ended"]
pub struct Output {
    /// How it ended.
    pub status: Status,
    /// The data.
    pub data: String,
    /// The talk.
    pub talk: String,
    /// Data and talk in the order in which they came.
    pub both: String,
}

impl Sandbox {
    /// A fresh one.
    ///
    /// # Panics
    ///
    /// Where no temporary folder can be made.
    pub fn new() -> Self {
        let sandbox = Self {
            home: TempDir::with_prefix("fortnight-").expect("a temporary folder"),
            zone: "Europe/Paris".to_owned(),
            now: Cell::new(Timestamp::UNIX_EPOCH),
            seeds: Rc::new(Cell::new(0)),
            environment: Vec::new(),
        };
        sandbox.set_clock("2026-03-02T08:30");
        sandbox
    }

    /// The folder that commands run in, which is the home too.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Moves the machine to another zone; the clock on the wall stays.
    ///
    /// # Panics
    ///
    /// Where there is no such zone.
    pub fn set_zone(&mut self, zone: &str) {
        let wall = self.zone().to_datetime(self.now.get());
        zone.clone_into(&mut self.zone);
        self.now.set(self.zone().to_timestamp(wall).expect("a moment"));
    }

    /// Sets the clock on the wall.
    ///
    /// # Panics
    ///
    /// Where `wall` is no civil date and time.
    pub fn set_clock(&self, wall: &str) {
        let wall: DateTime = wall.parse().expect("a civil date and time");
        self.now.set(self.zone().to_timestamp(wall).expect("a moment"));
    }

    /// Sets an environment variable.
    pub fn set_variable(&mut self, name: &str, value: &str) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.into(), value.into()));
    }

    /// Writes a file below the home, with the folders above it.
    ///
    /// # Panics
    ///
    /// Where that cannot be done.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(&path, bytes).expect("the file is written");
        path
    }

    /// Runs a command line as a shell would split it, without the program's name.
    pub fn run(&self, line: &str) -> Output {
        let arguments: Vec<OsString> = crate::split(line).into_iter().map(Into::into).collect();
        self.run_arguments(&arguments)
    }

    /// Runs a command with these arguments. A command that only reads is run twice.
    ///
    /// # Panics
    ///
    /// Where a command lets a control character out, or reads and yet changes something.
    pub fn run_arguments(&self, arguments: &[OsString]) -> Output {
        let before = self.databases();
        let output = self.run_once(arguments);
        if only_reads(arguments) {
            assert_eq!(output, self.run_once(arguments), "{arguments:?} printed something else");
            assert!(before == self.databases(), "{arguments:?} only reads, and changed a database");
        }
        self.now.set(self.now.get() + SignedDuration::from_secs(1));
        output
    }

    /// Runs a command line at a terminal where somebody types these lines, and then no more;
    /// `prepare` may change the machine before.
    ///
    /// # Panics
    ///
    /// Where a command lets a control character out.
    pub fn type_in(&self, line: &str, typed: &[&str], prepare: impl FnOnce(&mut Host)) -> Output {
        let arguments: Vec<OsString> = crate::split(line).into_iter().map(Into::into).collect();
        let output = self.run_on(&arguments, Some(typed), prepare);
        output.check_characters();
        output.check_words();
        self.now.set(self.now.get() + SignedDuration::from_secs(1));
        output
    }

    fn run_once(&self, arguments: &[OsString]) -> Output {
        let output = self.run_on(arguments, None, |_| ());
        output.check_characters();
        output.check_words();
        output
    }

    fn run_on(
        &self,
        arguments: &[OsString],
        typed: Option<&[&str]>,
        prepare: impl FnOnce(&mut Host),
    ) -> Output {
        let (data, talk, both) = (Sink::default(), Sink::default(), Sink::default());
        let mut host = Host::silent(Folders::under(self.home()));
        if let Some(typed) = typed {
            let lines = typed.iter().fold(String::new(), |all, line| all + line + "\n");
            host.input =
                Box::new(Keyboard { lines: lines.into_bytes(), at: 0, echo: both.clone() });
            host.input_is_terminal = true;
        }
        host.output = Stream::to(Tee(data.clone(), both.clone()));
        host.talk = Stream::to(Tee(talk.clone(), both.clone()));
        host.zone.clone_from(&self.zone);
        host.environment = self.environment.iter().cloned().collect();
        let now = self.now.get();
        host.clock = Box::new(move || now);
        let seeds = Rc::clone(&self.seeds);
        host.seed = Box::new(move || {
            seeds.set(seeds.get() + 1);
            seeds.get()
        });
        prepare(&mut host);
        let line = std::iter::once("fortnight".into()).chain(arguments.iter().cloned());
        let status = run_for_status(line, &mut host);
        Output {
            status,
            data: data.text(self.home()),
            talk: talk.text(self.home()),
            both: both.text(self.home()),
        }
    }

    fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).expect("a zone that exists")
    }

    /// The bytes of every database below the home.
    fn databases(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut open = vec![self.home().to_owned()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|ending| ending == "db") {
                    let bytes = std::fs::read(&path).expect("the database can be read");
                    found.push((path, bytes));
                }
            }
        }
        found.sort();
        found
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Output {
    /// What was printed by a command that ended so.
    ///
    /// # Panics
    ///
    /// Where it ended differently.
    #[track_caller]
    pub fn ended(self, status: Status) -> Self {
        assert_eq!(self.status, status, "\n{}", self.both);
        self
    }

    /// What was printed by a command that did what was asked.
    ///
    /// # Panics
    ///
    /// Where it did not.
    #[track_caller]
    pub fn done(self) -> Self {
        self.ended(Status::Done)
    }

    /// The data as JSON.
    ///
    /// # Panics
    ///
    /// Where it is none.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        let read = serde_json::from_str(&self.data);
        read.unwrap_or_else(|_| serde_json::Value::String(format!("no JSON: {}", self.both)))
    }

    /// Nothing that could steer a terminal got out (R21).
    fn check_characters(&self) {
        let bad = |letter: char| {
            letter.is_control() && letter != '\n'
                || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        // The lines of an iCalendar file end in both characters.
        let plain = self.both.replace("\r\n", "\n");
        assert!(!plain.contains(bad), "a control character got out: {:?}", self.both);
    }

    /// No screen says more than thirty people can show (experiments.md, verdicts).
    fn check_words(&self) {
        let said = forbidden_words(&self.both);
        assert!(said.is_empty(), "{said:?} must never be on a screen:\n{}", self.both);
    }
}

/// The words in a text that promise more than counts of this size can show; none is ever shown.
pub fn forbidden_words(text: &str) -> Vec<&'static str> {
    const NEVER: [&str; 6] =
        ["significan", "proves", "proven", "winner", "no difference", "statistically"];
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    NEVER.into_iter().filter(|never| text.contains(never)).collect()
}

/// True for the commands that only read; a bare `fortnight` is `today`.
fn only_reads(arguments: &[OsString]) -> bool {
    let words: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let writes = ["--eml", "-o", "--output"];
    let writes = arguments.iter().any(|argument| writes.iter().any(|one| argument == one));
    !writes && (words.is_empty() || READING.iter().any(|command| words.starts_with(command)))
}

/// Bytes that several writers share.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Sink {
    /// The text, with `~` for the home, whose name differs from run to run.
    fn text(&self, home: &Path) -> String {
        let text = String::from_utf8(self.0.borrow().clone()).expect("what is printed is UTF-8");
        text.replace(home.to_str().expect("the temporary folder has a plain name"), "~")
    }
}

/// Somebody who types; what is typed shows on the screen, as a terminal has it.
struct Keyboard {
    lines: Vec<u8>,
    at: usize,
    echo: Sink,
}

impl Read for Keyboard {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let typed = self.fill_buf()?;
        let length = typed.len().min(into.len());
        into[..length].copy_from_slice(&typed[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Keyboard {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(&self.lines[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let typed = &self.lines[self.at..self.at + amount];
        self.echo.0.borrow_mut().extend_from_slice(typed);
        self.at += amount;
    }
}

/// Writes to two sinks.
struct Tee(Sink, Sink);

impl Write for Tee {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.0.borrow_mut().extend_from_slice(bytes);
        self.1.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
