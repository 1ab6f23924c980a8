//! One run of one command: what it was told, the machine it runs on, and the writer through which
//! everything it prints must pass.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::PathBuf;

use fortnight_engine::calendar;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::account::Account;
use crate::clock::Now;
use crate::desk::notebook_to_read;
use crate::failure::CliError;
use crate::host::Host;
use crate::options::{Color, Global};
use crate::render::initials::Veil;
use crate::render::{COLUMNS, caret, safe, width};

/// What a command works with.
#[derive(Debug)]
pub(crate) struct Session<'h> {
    /// The machine.
    pub(crate) host: &'h mut Host,
    /// The options that every command understands.
    pub(crate) global: Global,
    /// All commands with their help texts; a function, because few commands look.
    pub(crate) tree: fn() -> clap::Command,
    /// Whether one task comes after the other, and none says what comes next.
    pub(crate) sitting: bool,
    /// With `--json`, what a command without a document of its own has said.
    pub(crate) account: Account,
    /// With `--initials`, the names that are covered; found when something is printed first.
    veil: Option<Veil>,
}

impl<'h> Session<'h> {
    /// A session of one command.
    pub(crate) fn new(host: &'h mut Host, global: Global, tree: fn() -> clap::Command) -> Self {
        Self { host, global, tree, sitting: false, account: Account::default(), veil: None }
    }
}

impl Session<'_> {
    /// What may be shown of a text: all of it, or with `--initials` people by theirs.
    pub(crate) fn shown<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !self.global.initials {
            return Cow::Borrowed(text);
        }
        if self.veil.is_none() {
            let people = notebook_to_read(self).ok().and_then(|(book, _)| book.everybody().ok());
            self.veil = people.map(|book| Veil::over(&book));
        }
        self.veil.as_ref().map_or(Cow::Borrowed(text), |veil| Cow::Owned(veil.cover(text)))
    }

    /// The moment of this command, for a plan in `zone`: `--now`, or the clock, read here once.
    pub(crate) fn moment(&mut self, zone: &TimeZone) -> Result<Timestamp, CliError> {
        match &self.global.now {
            None => Ok((self.host.clock)()),
            Some(text) => Now::read(text)
                .and_then(|now| now.in_zone(zone))
                .ok_or_else(|| CliError::BadNow { text: text.clone(), range: Now::fault(text) }),
        }
    }

    /// The zone of this machine; UTC where it has none that the calendar knows.
    pub(crate) fn machine_zone(&self) -> TimeZone {
        calendar::zone(&self.host.zone).unwrap_or(TimeZone::UTC)
    }

    /// The database: `--db`, else `FORTNIGHT_DB`, else a file in the user's data folder.
    pub(crate) fn database(&self) -> Result<PathBuf, CliError> {
        let named = self.global.db.clone();
        let named = named.or_else(|| self.host.variable("FORTNIGHT_DB").map(PathBuf::from));
        match (named, &self.host.folders.data) {
            (Some(path), _) => Ok(self.host.locate(&path)),
            (None, Some(data)) => Ok(data.join("fortnight.db")),
            (None, None) => Err(CliError::NoHome),
        }
    }

    /// Asks a person; nothing where nobody is there to answer.
    pub(crate) fn ask(&mut self, question: &str) -> Result<Option<String>, CliError> {
        Ok(self.line(question)?.filter(|answer| !answer.is_empty()))
    }

    /// Asks a person for a line, which may be empty; nothing where no line will come any more.
    pub(crate) fn line(&mut self, question: &str) -> Result<Option<String>, CliError> {
        if !self.host.input_is_terminal {
            return Ok(None);
        }
        self.host.output.writer.flush()?;
        let question = self.shown(question).into_owned();
        write!(self.host.talk.writer, "{} ", safe::block(&question))?;
        self.host.talk.writer.flush()?;
        let mut answer = Vec::new();
        // A line is enough for an answer; a stream without an end is not read to its end.
        let mut line = std::io::Read::take(&mut self.host.input, 64 * 1024);
        let read = std::io::BufRead::read_until(&mut line, b'\n', &mut answer)?;
        if read == 0 {
            writeln!(self.host.talk.writer)?;
            return Ok(None);
        }
        // A terminal of another encoding is no reason to lose the answer.
        Ok(Some(String::from_utf8_lossy(&answer).trim().to_owned()))
    }

    /// A yes or no: `--yes`, else what a person says; no where nobody is there to answer.
    pub(crate) fn agreed(&mut self, question: &str) -> Result<bool, CliError> {
        if self.global.yes {
            return Ok(true);
        }
        let answer = self.ask(&format!("{question} [y/n]"))?;
        let answer = answer.unwrap_or_default().to_lowercase();
        Ok(["y", "yes"].contains(&answer.as_str()))
    }

    /// Says more, with `--verbose`.
    pub(crate) fn detail(&mut self, text: &str) -> Result<(), CliError> {
        if self.global.verbose { self.say(text) } else { Ok(()) }
    }

    /// Prints data. Whatever it holds, no character that could steer a terminal gets out (R21). With
    /// `--json` it becomes a part of the [account](Self::finish).
    pub(crate) fn print(&mut self, text: &str) -> Result<(), CliError> {
        if self.global.json {
            self.account.tell(text);
            return Ok(());
        }
        self.print_page(text)
    }

    /// Prints a page or a file that is the same with `--json`, made safe as [`print`](Self::print) does.
    pub(crate) fn print_page(&mut self, text: &str) -> Result<(), CliError> {
        self.account.close();
        let text = self.shown(text).into_owned();
        self.host.output.writer.write_all(safe::block(&text).as_bytes())?;
        Ok(())
    }

    /// Prints sentences, wrapped for a screen.
    pub(crate) fn tell(&mut self, sentences: &str) -> Result<(), CliError> {
        if sentences.is_empty() {
            return Ok(());
        }
        if self.global.json {
            self.account.tell(sentences);
            return Ok(());
        }
        self.print(&format!("{}\n", width::wrap(sentences, COLUMNS).join("\n")))
    }

    /// With `--json`, prints what was said and recorded, where the command has no document of its
    /// own: programs never read sentences for people.
    pub(crate) fn finish(&mut self) -> Result<(), CliError> {
        match self.account.end() {
            Some(recorded) if self.global.json => self.print_json(&recorded),
            Some(_) | None => Ok(()),
        }
    }

    /// Prints a file's bytes, which its writer made safe.
    pub(crate) fn print_exactly(&mut self, text: &str) -> Result<(), CliError> {
        self.account.close();
        self.host.output.writer.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Prints data that a renderer has made safe and coloured itself.
    pub(crate) fn print_coloured(&mut self, text: &safe::Coloured) -> Result<(), CliError> {
        self.account.close();
        let text = self.shown(text.as_str()).into_owned();
        self.host.output.writer.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Prints data for programs. What could steer a terminal stands as `\u` escapes.
    pub(crate) fn print_json(&mut self, data: &impl Serialize) -> Result<(), CliError> {
        self.account.close();
        let mut text = serde_json::to_string_pretty(data).map_err(std::io::Error::from)?;
        text.push('\n');
        let text = self.shown(&text).into_owned();
        self.host.output.writer.write_all(safe::json(&text).as_bytes())?;
        Ok(())
    }

    /// Says something beside the data, unless `--quiet`.
    pub(crate) fn say(&mut self, text: &str) -> Result<(), CliError> {
        if !self.global.quiet {
            if self.global.json {
                self.account.tell(text);
            }
            let text = self.shown(text).into_owned();
            writeln!(self.host.talk.writer, "{}", safe::block(&text))?;
        }
        Ok(())
    }

    /// True where the data may be coloured.
    pub(crate) fn colour(&self) -> bool {
        match self.global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                self.host.output.is_terminal
                    && self.host.variable("NO_COLOR").is_none()
                    && self.host.variable("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }

    /// Says why a command did not do what was asked, and what would be right. If even that cannot
    /// be said, the exit status still tells.
    pub(crate) fn refuse(&mut self, error: &CliError) {
        let mut text = String::new();
        for sentence in error.sentences() {
            text.push_str(&width::wrap(&shortened(&safe::line(&sentence)), COLUMNS).join("\n"));
            text.push('\n');
        }
        if let Some((written, range)) = error.excerpt()
            && !written.trim().is_empty()
        {
            for line in caret::lines(written, range, COLUMNS - 2) {
                text.push_str("  ");
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        for help in error.helps() {
            let help = safe::line(&help);
            // A command line stays in one piece, to be copied.
            let command = ["fortnight ", "--", "@"].iter().any(|start| help.starts_with(start));
            let lines = if command { vec![help] } else { width::wrap(&help, COLUMNS - 2) };
            for line in lines {
                text.push_str("  ");
                text.push_str(&line);
                text.push('\n');
            }
        }
        let text = self.shown(&text).into_owned();
        let talk = &mut self.host.talk.writer;
        let _unsayable = talk.write_all(text.as_bytes()).and_then(|()| talk.flush());
    }
}

/// A sentence that repeats something endless that was typed: its beginning and its end.
fn shortened(sentence: &str) -> String {
    const LONGEST: usize = 1200;
    const END: usize = 200;
    let length = sentence.chars().count();
    if length <= LONGEST {
        return sentence.to_owned();
    }
    let begin: String = sentence.chars().take(LONGEST - END).collect();
    let end: String = sentence.chars().skip(length - END).collect();
    format!("{begin} … {end}")
}
