//! `fortnight people import FILE`: contacts are shown, then taken in as one operation (L1).

use std::path::PathBuf;

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::diagnostic::nearest;
use fortnight_engine::notebook::{NotebookError, OpenPlan, Session as Work, suggest_with};
use fortnight_engine::people::matching::{Candidate, ImportPlan, plan_import_watched};
use fortnight_engine::people::{Book, Contact, Entry, EntryId, Kind};
use fortnight_engine::plan::{self, field_names};
use fortnight_engine::store::{Store as _, StoreError};
use fortnight_engine::words::Words;
use serde::Serialize;

use super::doubt::{Doubts, doubt};
use super::listed_cycle;
use crate::contacts::{self, Contacts, Taken};
use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::render::table::{Column, Table};
use crate::render::words::{count, quoted};
use crate::render::{COLUMNS, note, width};
use crate::session::Session;
use crate::values::pair;

/// What to take in.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// LinkedIn's Connections.csv, another CSV, or a vCard file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which column gives a field, such as name=Contact; may be given several times
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = pair)]
    columns: Vec<(String, String)>,
    #[command(flatten)]
    doubts: Doubts,
}

/// So many of each kind are shown; `--verbose` shows all.
const MOST_SHOWN: usize = 5;

/// `people import --json`, version 1.
#[derive(Serialize)]
struct ImportData {
    version: u32,
    file: String,
    /// What kind of file it is, in words.
    format: &'static str,
    encoding: String,
    /// Which column gives which field.
    columns: Vec<ColumnData>,
    /// How many nobody knew.
    new: usize,
    /// How many are known for certain.
    known: usize,
    /// How many of those got a field that was empty.
    completed: usize,
    /// Rows that may be somebody known and were left out.
    proposed: Vec<ProposedData>,
    /// Rows that repeat another one.
    repeated: usize,
    unreadable: Vec<UnreadableData>,
    /// How many could not be read, in all.
    unreadable_in_all: usize,
    /// The cycle whose list some of them came onto, and how many.
    cycle: Option<u32>,
    listed: usize,
}

/// A column that is read.
#[derive(Serialize)]
struct ColumnData {
    field: String,
    column: String,
}

/// Somebody who may be known.
#[derive(Serialize)]
struct ProposedData {
    line: usize,
    name: String,
    /// Numbers of people known; lines of the file are left out.
    candidates: Vec<u64>,
}

/// A row that could not be read.
#[derive(Serialize)]
struct UnreadableData {
    line: usize,
    reason: String,
    text: String,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, import: &Import) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    check_columns(&open, &import.columns)?;
    let talks = !session.global.quiet;
    let progress = session.host.progress(None, "Reading contacts", talks);
    let mut contacts = contacts::read(session, &import.file, &import.columns, &open.playbook)?;
    let seen = desk.notebook.store().head().map_err(CliError::Store)?.operation;
    let book = desk.notebook.everybody().map_err(plain)?;
    let rows = std::mem::take(&mut contacts.reading.contacts);
    let read = rows.len();
    drop(progress);
    let progress = session.host.progress(Some(read), "Comparing contacts", talks);
    let mut planned = plan_import_watched(&book, rows, &mut |compared| progress.at(compared));
    drop(progress);
    import.doubts.settle(&mut planned, &book)?;
    if !session.global.json {
        preview(session, &contacts, read, &planned, &book)?;
    }
    let completed = planned.matched.iter().filter(|matched| !matched.fills.is_empty()).count();
    let silent = planned.matched.iter().any(|matched| {
        matched.do_not_contact && book.get(matched.entry).is_some_and(|entry| !entry.do_not_contact)
    });
    drop(book);
    let mut told = data(&contacts, &planned, completed);
    if planned.new.is_empty() && completed == 0 && !silent {
        if session.global.json {
            session.print_json(&told)?;
        } else {
            session.say("Nobody new is in it; nothing changed.")?;
        }
        return Ok(Status::Done);
    }
    let question = question(planned.new.len(), completed);
    if !session.agreed(&question)? {
        if session.host.input_is_terminal {
            session.say("Nothing was taken in.")?;
            return Ok(Status::Done);
        }
        return Err(CliError::Unanswered {
            questions: vec![format!("{question} Nothing was taken in yet.")],
            helps: vec![again(import)],
        });
    }
    let instant = desk.instant;
    let changes = planned.new.len() + completed;
    let progress = session.host.progress(Some(changes), "Taking them in", talks);
    let bar = progress.clone();
    desk.notebook.store().watch(move |written| bar.at(written));
    let mut planned = Some(planned);
    let recorded = desk.record(session, "people import", &[], true, |work| {
        // What was shown is what is taken in (L1): not beside what another process did since.
        let shown = planned.take().filter(|_| work.seen() == seen);
        let stale = || NotebookError::Store(StoreError::Stale { newest: work.seen() });
        let shown = shown.ok_or_else(stale)?;
        contacts::take_in(work, shown, |work, new| best(work, new, instant))
    })?;
    drop(progress);
    let taken = recorded.value;
    if session.global.json {
        (told.cycle, told.listed) = (taken.cycle, taken.listed);
        session.print_json(&told)?;
        return Ok(Status::Done);
    }
    let open = desk.open(&[])?;
    tell(session, &desk, &open, told.new, &taken)?;
    Ok(Status::Done)
}

/// The command that would take everybody in.
fn again(import: &Import) -> String {
    let mut words =
        vec!["fortnight people import".to_owned(), quoted(&import.file.to_string_lossy())];
    for (field, column) in &import.columns {
        words.push(format!("--map {}", quoted(&format!("{field}={column}"))));
    }
    words.extend(import.doubts.again());
    words.push("--yes".to_owned());
    words.join(" ")
}

/// A field that nobody can have is a slip of the pen.
fn check_columns(open: &OpenPlan, columns: &[(String, String)]) -> Result<(), CliError> {
    let mut known = field_names(&open.playbook, Kind::Person);
    known.push("do_not_contact".into());
    for (field, _) in columns {
        if known.iter().any(|id| **id == **field) {
            continue;
        }
        let near = nearest(field, known.iter().map(|id| &**id));
        let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        let names: Vec<&str> = known.iter().map(|id| &**id).collect();
        return Err(CliError::refused_with(
            format!("`{field}` is not a field here.{near}"),
            format!("There is: {}", names.join(", ")),
        ));
    }
    Ok(())
}

/// What will happen, before anything is stored (L1).
fn preview(
    session: &mut Session<'_>,
    contacts: &Contacts,
    read: usize,
    planned: &ImportPlan,
    book: &Book,
) -> Result<(), CliError> {
    let reading = &contacts.reading;
    let most = if session.global.verbose { usize::MAX } else { MOST_SHOWN };
    let mut text = format!(
        "{}: {}, {}, {}\n",
        Words::new(contacts.name.as_str()).terminal(),
        reading.format.title(),
        reading.encoding,
        count(read + reading.unreadable_in_all, "row", "rows"),
    );
    let mut columns = Table::new(vec![Column::WORDS, Column::yielding(20)]).indent(2);
    for (field, column) in &reading.mapping {
        columns.row([field.clone(), format!("from \"{}\"", column.terminal())]);
    }
    text.push_str(&columns.to_text(COLUMNS));
    text.push('\n');
    let mut group = |what, number, lines: String| {
        if number > 0 || what == "new" {
            text = format!("{text}{number:>5} {what}\n{lines}");
        }
    };
    group("new", planned.new.len(), few(planned.new.iter(), most, named));
    let completed = planned.matched.iter().filter(|matched| !matched.fills.is_empty());
    let completed = few(completed, most, |matched| {
        let fields: Vec<&str> = matched.fills.iter().map(|(field, _)| field.as_str()).collect();
        format!("{}: {} comes with it", named(&matched.contact), fields.join(", "))
    });
    group("known", planned.matched.len(), completed);
    let perhaps = few(planned.proposed.iter(), most, |proposed| doubt(proposed, book));
    let settle = "        The same person: --same LINE. Somebody new: --new LINE (or all)\n";
    group("perhaps known, left out", planned.proposed.len(), perhaps + settle);
    let repeated = few(planned.repeated.iter(), most, |row| {
        format!("line {} repeats line {}", row.line, row.first)
    });
    group("repeated", planned.repeated.len(), repeated);
    let unreadable = few(reading.unreadable.iter(), most, |row| {
        format!("line {}: {}  {}", row.line, row.reason, row.text.terminal())
    });
    group("could not be read", reading.unreadable_in_all, unreadable);
    for note in &reading.notes {
        text.push_str(&width::wrap(note, COLUMNS).join("\n"));
        text.push('\n');
    }
    session.print(&text)
}

/// The first `most` of them, a line each, and how many more there are; of a hundred thousand rows
/// only what is shown is put into words.
fn few<T>(mut rows: impl Iterator<Item = T>, most: usize, line: impl Fn(T) -> String) -> String {
    let mut lines = Table::new(vec![Column::yielding(40)]).indent(8);
    for row in rows.by_ref().take(most) {
        lines.row([line(row)]);
    }
    let more = rows.count();
    if more > 0 {
        lines.row([format!("and {more} more (--verbose shows them)")]);
    }
    lines.to_text(COLUMNS)
}

/// `Ana Silva, Northwind`
pub(super) fn named(contact: &Contact) -> String {
    match contact.field("company") {
        Some(company) => format!("{}, {}", contact.name.terminal(), company.terminal()),
        None => contact.name.terminal(),
    }
}

/// What is asked before anything is stored.
fn question(new: usize, completed: usize) -> String {
    match (new, completed) {
        (0, completed) => format!("Note this of {}?", count(completed.max(1), "person", "people")),
        (new, 0) => format!("Take {} in?", count(new, "person", "people")),
        (new, completed) => format!(
            "Take {} in, and note more of {completed} who {} known?",
            count(new, "person", "people"),
            if completed == 1 { "is" } else { "are" },
        ),
    }
}

/// The cycle whose list is worked on, and who of the new ones comes onto it; nobody once it has
/// closed.
fn best(
    work: &Work,
    new: &[Entry],
    instant: jiff::Timestamp,
) -> Result<Option<(u32, Vec<EntryId>)>, NotebookError> {
    let open = work.plan()?;
    let situation = open.situation(instant);
    let Some(cycle) = listed_cycle(&situation).filter(|cycle| !situation.is_over(cycle)) else {
        return Ok(None);
    };
    if plan::summary(&situation, cycle).list_closes < situation.today() {
        return Ok(Some((cycle.number, Vec::new())));
    }
    let is_new = |id: &EntryId| new.first().is_some_and(|first| first.id <= *id);
    let best = suggest_with(open, cycle, new).into_iter().filter(is_new).collect();
    Ok(Some((cycle.number, best)))
}

/// What was done, and what to do next.
fn tell(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    new: usize,
    taken: &Taken,
) -> Result<(), CliError> {
    let situation = open.situation(desk.instant);
    session.say(&format!("{} taken in. Back: fortnight undo", count(new, "person", "people")))?;
    let cycle = taken.cycle.and_then(|number| open.state.cycles.get(&number));
    let Some(cycle) = cycle else {
        return session.say("No cycle is running: they are there for the next list.");
    };
    let number = cycle.number;
    let closes = plan::summary(&situation, cycle).list_closes;
    if taken.listed > 0 {
        let people = count(taken.listed, "of them is", "of them are");
        session.say(&format!("{people} on the list of cycle {number} now."))?;
    } else if new > 0 && closes < situation.today() {
        session.say(&format!(
            "The list of cycle {number} closed on {}: they are there for the next one.",
            show_day(closes)
        ))?;
    } else if new > 0 {
        session.say(&format!(
            "The list of cycle {number} is full, with {}: the others are there for the next one.",
            count(cycle.members.len(), "person", "people")
        ))?;
    }
    for said in &taken.notes {
        session.say(&note::words(said, &open.book))?;
    }
    session.say("Next: fortnight people")
}

fn data(contacts: &Contacts, planned: &ImportPlan, completed: usize) -> ImportData {
    let reading = &contacts.reading;
    let column = |(field, column): &(String, Words)| ColumnData {
        field: field.clone(),
        column: column.raw().to_owned(),
    };
    ImportData {
        version: 1,
        file: contacts.name.clone(),
        format: reading.format.title(),
        encoding: reading.encoding.clone(),
        columns: reading.mapping.iter().map(column).collect(),
        new: planned.new.len(),
        known: planned.matched.len(),
        completed,
        proposed: planned
            .proposed
            .iter()
            .map(|proposed| ProposedData {
                line: proposed.contact.line,
                name: proposed.contact.name.raw().to_owned(),
                candidates: proposed
                    .candidates
                    .iter()
                    .filter_map(|candidate| match candidate {
                        Candidate::Entry(id) => Some(id.0),
                        Candidate::Line(_) => None,
                    })
                    .collect(),
            })
            .collect(),
        repeated: planned.repeated.len(),
        unreadable: reading
            .unreadable
            .iter()
            .map(|row| UnreadableData {
                line: row.line,
                reason: row.reason.to_string(),
                text: row.text.raw().to_owned(),
            })
            .collect(),
        unreadable_in_all: reading.unreadable_in_all,
        cycle: None,
        listed: 0,
    }
}
