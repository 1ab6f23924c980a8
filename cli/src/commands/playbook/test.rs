//! `fortnight playbook test`: the stories of playbooks, run on a clock of their own.

use std::path::Path;

use clap::{Args, ValueEnum};
use fortnight_engine::playbook::Playbook;
use fortnight_engine::source::{Position, Sources, Span};
use fortnight_engine::story::{self, Failure, Report, Told};
use serde::Serialize;

use crate::failure::{CliError, Status};
use crate::library::{Library, WithStories};
use crate::render::finding::{self, FindingData};
use crate::render::words::count;
use crate::render::{COLUMNS, safe, story as wording, width};
use crate::session::Session;

/// Whose stories to run.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Playbooks: names, files, or folders with everything below them; else all stories below
    /// the current folder
    #[arg(value_name = "PLAYBOOK")]
    playbooks: Vec<String>,
    /// Also list the steps, the conditions and the texts that no story reaches
    #[arg(long)]
    coverage: bool,
    /// What else than a story that fails makes the test fail
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

/// What else makes a test fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Whatever no story reaches; it is listed, as with --coverage
    Unreached,
}

/// `playbook test --json`, version 1.
#[derive(Serialize)]
struct Tested {
    version: u32,
    passed: usize,
    failed: usize,
    files: Vec<FileData>,
}

/// The stories of one playbook.
#[derive(Serialize)]
struct FileData {
    file: String,
    playbook: String,
    diagnostics: Vec<FindingData>,
    stories: Vec<StoryData>,
    /// What no story reaches; only with `--coverage`.
    unreached: Option<Vec<String>>,
}

/// One story.
#[derive(Serialize)]
struct StoryData {
    name: String,
    line: usize,
    passes: bool,
    failures: Vec<FailureData>,
}

/// Something that did not hold.
#[derive(Serialize)]
struct FailureData {
    line: usize,
    column: usize,
    day: String,
    message: String,
}

/// A playbook and what came of its stories.
struct Run {
    file: String,
    playbook: Playbook,
    report: Report,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, test: &Test) -> Result<Status, CliError> {
    let coverage = test.coverage || test.deny.is_some();
    let mut runs = Vec::new();
    for found in gather(&Library::of(session.host), &test.playbooks)? {
        runs.push(tell(&Library::of(session.host), found)?);
    }
    let told = || runs.iter().flat_map(|run| &run.report.stories);
    let passed = told().filter(|story| story.passes()).count();
    let failed = told().count() - passed;
    if session.global.json {
        let files = runs.iter().map(|run| run.data(coverage)).collect();
        session.print_json(&Tested { version: 1, passed, failed, files })?;
    } else {
        let mut gap = "";
        for run in &runs {
            session.print(gap)?;
            print(session, run, coverage)?;
            gap = if run.report.passes() { "" } else { "\n" };
        }
    }
    session.say(&in_words(passed, failed))?;
    let unreached = runs.iter().any(|run| !run.report.unreached.is_empty());
    let all = runs.iter().all(|run| run.report.passes()) && !(unreached && test.deny.is_some());
    Ok(if all { Status::Done } else { Status::Refused })
}

/// The playbooks that were named, with their stories.
fn gather(library: &Library<'_>, names: &[String]) -> Result<Vec<WithStories>, CliError> {
    let here = [".".to_owned()];
    let names = if names.is_empty() { &here } else { names };
    let mut found = Vec::new();
    for name in names {
        if !library.is_folder(name) {
            found.push(library.with_stories(name)?);
            continue;
        }
        let below = library.stories_below(Path::new(name))?;
        if below.is_empty() {
            let file = Path::new(name).join("NAME.test.yaml");
            return Err(CliError::NoStories { file: file.to_string_lossy().into_owned() });
        }
        for path in below {
            found.push(library.beside(&path)?);
        }
    }
    Ok(found)
}

fn tell(library: &Library<'_>, found: WithStories) -> Result<Run, CliError> {
    let WithStories { playbook, stories } = found;
    for read in [&playbook, &stories] {
        if read.not_text.is_some() {
            return Err(CliError::NotText { path: read.file.name().into() });
        }
    }
    let name = playbook.file.name().to_owned();
    let loaded = library.load(playbook.file);
    let (Some(playbook), Some(packed)) = (loaded.playbook, loaded.packed) else {
        let errors = loaded.diagnostics.iter();
        let errors = errors.filter(|finding| finding.severity == ERROR).count();
        return Err(CliError::BrokenPlaybook { name, errors: count(errors, "error", "errors") });
    };
    let file = stories.file.name().to_owned();
    let report = story::run(stories.file, &playbook, &packed);
    Ok(Run { file, playbook, report })
}

/// What makes a playbook unfit for stories.
const ERROR: fortnight_engine::diagnostic::Severity = fortnight_engine::diagnostic::Severity::Error;

fn print(session: &mut Session<'_>, run: &Run, coverage: bool) -> Result<(), CliError> {
    let report = &run.report;
    let passed = report.stories.iter().filter(|story| story.passes()).count();
    let failed = report.stories.len() - passed;
    session.print(&format!("{}: {}\n", run.file, in_words(passed, failed)))?;
    for finding in &report.findings {
        let shown = finding::human(finding, &report.sources, session.colour());
        session.print("\n")?;
        session.print_coloured(&shown)?;
    }
    for story in &report.stories {
        if !story.passes() {
            session.print(&failed_story(story, run))?;
        } else if session.global.verbose {
            session.print(&hanging("  passes  ", &story.name))?;
        }
    }
    if coverage && !report.passes() {
        session.print("\n")?;
    }
    if coverage && report.unreached.is_empty() {
        session.print("  every step, condition and text is reached\n")?;
    } else if coverage {
        session.print("  no story reaches:\n")?;
        for spot in &report.unreached {
            session.print(&hanging("    ", &wording::spot(spot)))?;
        }
    }
    Ok(())
}

/// The story's name, then each thing that did not hold with its line.
fn failed_story(story: &Told, run: &Run) -> String {
    let mut text = format!("\n{}", hanging("  fails  ", &story.name));
    if !story.sound {
        text.push_str("    It could not be read, and was not run.\n");
    }
    for failure in &story.failures {
        let line = place(failure.span, &run.report.sources).line;
        let sentence = wording::sentence(failure, &run.playbook);
        text.push_str(&hanging("    ", &format!("line {line}: {sentence}")));
    }
    text
}

/// A text behind `lead`, further lines below its beginning.
fn hanging(lead: &str, text: &str) -> String {
    let indent = " ".repeat(lead.len());
    let mut lines = String::new();
    for (at, line) in width::wrap(&safe::line(text), COLUMNS - lead.len()).iter().enumerate() {
        lines.push_str(if at == 0 { lead } else { &indent });
        lines.push_str(line);
        lines.push('\n');
    }
    lines
}

fn in_words(passed: usize, failed: usize) -> String {
    let good = count(passed, "story passes", "stories pass");
    match failed {
        0 => format!("{good}."),
        1 => format!("{good}, 1 fails."),
        _ => format!("{good}, {failed} fail."),
    }
}

fn place(span: Span, sources: &Sources) -> Position {
    match sources.get(span.file) {
        Some(file) => file.position(span.start),
        None => Position { line: 1, column: 1 },
    }
}

impl Run {
    fn data(&self, coverage: bool) -> FileData {
        let report = &self.report;
        let findings = report.findings.iter();
        FileData {
            file: self.file.clone(),
            playbook: self.playbook.id.to_string(),
            diagnostics: findings.map(|one| FindingData::of(one, &report.sources)).collect(),
            stories: report.stories.iter().map(|story| self.story(story)).collect(),
            unreached: coverage.then(|| report.unreached.iter().map(wording::spot).collect()),
        }
    }

    fn story(&self, story: &Told) -> StoryData {
        StoryData {
            name: story.name.clone(),
            line: place(story.span, &self.report.sources).line,
            passes: story.passes(),
            failures: story.failures.iter().map(|failure| self.failure(failure)).collect(),
        }
    }

    fn failure(&self, failure: &Failure) -> FailureData {
        let Position { line, column } = place(failure.span, &self.report.sources);
        FailureData {
            line,
            column,
            day: failure.day.to_string(),
            message: wording::sentence(failure, &self.playbook),
        }
    }
}
