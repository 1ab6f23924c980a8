//! `fortnight playbook check`: everything that is wrong with playbooks, at once.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Args, ValueEnum};
use fortnight_engine::diagnostic::{Diagnostic, Severity};
use fortnight_engine::source::Sources;
use serde::Serialize;

use crate::failure::{CliError, Status};
use crate::library::{Found, Library};
use crate::render::finding::{self, FindingData};
use crate::session::Session;

/// What to check, and how to say what was found.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Playbooks: names, files, or folders with everything below them
    #[arg(required = true, value_name = "PLAYBOOK")]
    playbooks: Vec<String>,
    /// How to show what was found; --json is --format json
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
    /// What else than an error makes the check fail
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the line, a mark under the word, and the mend
    #[default]
    Human,
    /// One line for each, as editors read it
    Short,
    /// Data for programs
    Json,
}

/// What else makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings too
    Warnings,
}

/// `playbook check --json`, version 1.
#[derive(Serialize)]
struct Checked {
    version: u32,
    diagnostics: Vec<FindingData>,
}

/// Counts of what was found.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    playbooks: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, check: &Check) -> Result<Status, CliError> {
    let format = if session.global.json { Format::Json } else { check.format };
    let mut tally = Tally::default();
    let mut data = Vec::new();
    // A base that several playbooks extend is checked with each of them and reported once.
    let mut known = BTreeSet::new();
    for found in gather(&Library::of(session.host), &check.playbooks)? {
        tally.playbooks += 1;
        let (sources, findings) = examine(&Library::of(session.host), found);
        for finding in &findings {
            let line = finding::short(finding, &sources);
            if !known.insert(line.clone()) {
                continue;
            }
            match format {
                Format::Human => {
                    let gap = if known.len() > 1 { "\n" } else { "" };
                    session.print(gap)?;
                    let shown = finding::human(finding, &sources, session.colour());
                    session.print_coloured(&shown)?;
                }
                Format::Short => session.print(&format!("{line}\n"))?,
                Format::Json => data.push(FindingData::of(finding, &sources)),
            }
            match finding.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Hint => tally.hints += 1,
            }
        }
    }
    if format == Format::Json {
        session.print_json(&Checked { version: 1, diagnostics: data })?;
    }
    session.say(&tally.in_words())?;
    let fails = tally.errors > 0 || (check.deny.is_some() && tally.warnings > 0);
    Ok(if fails { Status::Refused } else { Status::Done })
}

/// Reads all that was named, folders with everything below them.
fn gather(library: &Library<'_>, names: &[String]) -> Result<Vec<Found>, CliError> {
    let mut found = Vec::new();
    for name in names {
        if library.is_folder(name) {
            let below = library.below(Path::new(name))?;
            if below.is_empty() {
                return Err(CliError::NoPlaybooks { folder: name.into() });
            }
            for path in below {
                found.push(library.read(&path)?);
            }
        } else {
            found.push(library.find(name)?);
        }
    }
    Ok(found)
}

/// All findings about one playbook.
fn examine(library: &Library<'_>, found: Found) -> (Sources, Vec<Diagnostic>) {
    let loaded = library.load(found.file);
    (loaded.sources, loaded.diagnostics)
}

impl Tally {
    fn in_words(self) -> String {
        let count = |number: usize, word: &str| match number {
            1 => format!("1 {word}"),
            _ => format!("{number} {word}s"),
        };
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.hints, "hint")];
        let found: Vec<String> = kinds
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| count(number, word))
            .collect();
        let playbooks = count(self.playbooks, "playbook");
        if found.is_empty() {
            format!("{playbooks} checked, nothing to mend.")
        } else {
            format!(
                "{playbooks} checked: {}. More about one: fortnight help CODE",
                found.join(", ")
            )
        }
    }
}
