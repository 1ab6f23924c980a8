//! `fortnight log`: what was recorded, newest first, undone things included (F4).

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::people::Book;
use fortnight_engine::store::{Change, Operation};
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::render::words::count;
use crate::render::{COLUMNS, event, width};
use crate::session::Session;

/// How much of it.
#[derive(Debug, Args)]
pub(crate) struct Log {
    /// How many entries
    #[arg(long, short = 'n', default_value_t = 20, value_name = "NUMBER")]
    number: usize,
    /// Everything
    #[arg(long, conflicts_with = "number")]
    all: bool,
}

/// `log --json`, version 1.
#[derive(Serialize)]
struct LogData {
    version: u32,
    operations: Vec<OperationData>,
}

/// One operation. `at` is RFC 3339 in UTC.
#[derive(Serialize)]
struct OperationData {
    operation: u64,
    at: String,
    command: String,
    undone: bool,
    undoes: Option<u64>,
    events: Vec<String>,
}

/// Where the words of an operation begin.
const INDENT: usize = 25;

/// So many things of one operation are told one by one.
const MOST_EVENTS: usize = 4;

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Log) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let number = if arguments.all { usize::MAX } else { arguments.number };
    let operations = desk.notebook.operations(number).map_err(plain)?;
    let open = desk.open(&[])?;
    let book = desk.notebook.everybody().map_err(plain)?;
    if session.global.json {
        let operations = operations
            .iter()
            .map(|operation| OperationData {
                operation: operation.id.0,
                at: operation.at.to_string(),
                command: operation.command.clone(),
                undone: operation.undone,
                undoes: operation.undoes.map(|undoes| undoes.0),
                events: events(operation, &open.playbook, &book, usize::MAX),
            })
            .collect();
        session.print_json(&LogData { version: 1, operations })?;
        return Ok(Status::Done);
    }
    let mut text = String::new();
    for operation in &operations {
        text.push_str(&lines(operation, &open.playbook, &book, &open.zone));
    }
    session.print(&text)?;
    Ok(Status::Done)
}

/// `Mon 2 Mar 09:14  Ana Silva: answered`, and what else the operation recorded below it.
fn lines(
    operation: &Operation,
    playbook: &fortnight_engine::playbook::Playbook,
    book: &Book,
    zone: &TimeZone,
) -> String {
    let moment = zone.to_datetime(operation.at);
    let when = format!("{} {}", show_day(moment.date()), moment.time().strftime("%H:%M"));
    let mut told = events(operation, playbook, book, MOST_EVENTS).into_iter();
    let first = match operation.undoes {
        Some(undoes) => format!("{} of {undoes}", operation.command),
        None => told.next().unwrap_or_else(|| operation.command.clone()),
    };
    let undone = if operation.undone { "  (taken back)" } else { "" };
    let mut head = format!("{:>4}  {when}", operation.id.0);
    let mut text = String::new();
    for event in std::iter::once(format!("{first}{undone}")).chain(told) {
        // What goes on in the next line stands a little further in than what begins there.
        let mut lead = 0;
        for line in width::wrap(&event, COLUMNS - INDENT - 2) {
            text.push_str(format!("{head:<INDENT$}{:lead$}{line}", "").trim_end());
            text.push('\n');
            head.clear();
            lead = 2;
        }
    }
    text
}

fn events(
    operation: &Operation,
    playbook: &fortnight_engine::playbook::Playbook,
    book: &Book,
    most: usize,
) -> Vec<String> {
    let told: Vec<String> = operation
        .changes
        .iter()
        .filter(|change| !event::is_minor(change))
        .map(|change: &Change| event::words(change, playbook, book))
        .collect();
    let minor = operation.changes.len() - told.len();
    let mut shown: Vec<String> = told.iter().take(most).cloned().collect();
    if told.len() > most {
        shown.push(format!("and {} more", told.len() - most));
    }
    shown.extend(event::became_known(operation));
    if shown.is_empty() && minor > 0 {
        shown.push(count(minor, "change", "changes"));
    }
    shown
}
