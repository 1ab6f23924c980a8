//! `fortnight people import FILE`: contacts are shown, then taken in as one operation (L1).

mod data;
mod doubt;
mod preview;

use std::path::PathBuf;

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::diagnostic::nearest;
use fortnight_engine::notebook::{NotebookError, OpenPlan, Session as Work, suggest_with};
use fortnight_engine::people::matching::{ImportPlan, plan_import_watched};
use fortnight_engine::people::{Book, Contact, Entry, EntryId, Kind};
use fortnight_engine::plan::{self, field_names};
use fortnight_engine::store::{Store as _, StoreError};

use self::data::data;
use self::doubt::Doubts;
use super::listed_cycle;
use crate::contacts::{self, Taken};
use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::render::note;
use crate::render::words::{count, quoted};
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
    /// What the letters are in, where the file does not tell: gb18030, macintosh, big5, …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[command(flatten)]
    doubts: Doubts,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, import: &Import) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    check_columns(&open, &import.columns)?;
    let talks = !session.global.quiet;
    let encoding = import.encoding.as_deref();
    let mut contacts =
        contacts::read(session, &import.file, &import.columns, encoding, &open.playbook)?;
    let seen = desk.notebook.store().head().map_err(CliError::Store)?.operation;
    let book = desk.notebook.everybody().map_err(plain)?;
    let rows = std::mem::take(&mut contacts.reading.contacts);
    let read = rows.len();
    let progress = session.host.progress(Some(read), "Comparing contacts", talks);
    let mut planned = plan_import_watched(&book, rows, &mut |compared| progress.at(compared));
    drop(progress);
    import.doubts.settle(&mut planned, &book)?;
    if !session.global.json {
        preview::show(session, &contacts, read, &planned, &book)?;
    }
    let completed = planned.matched.iter().filter(|matched| !matched.fills.is_empty()).count();
    let silent = silenced(&planned, &book).count();
    drop(book);
    let mut told = data(&contacts, &planned, completed, silent);
    if planned.new.is_empty() && completed == 0 && silent == 0 {
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
        // What would be taken in is an answer of its own, which a program may look at first.
        if session.global.json {
            session.print_json(&told)?;
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

/// Whoever is not to be written to as far as the file says, and was nobody of that kind so far (S5).
fn silenced<'p>(planned: &'p ImportPlan, book: &'p Book) -> impl Iterator<Item = &'p Contact> {
    let known = planned.matched.iter().filter(|matched| {
        matched.do_not_contact && book.get(matched.entry).is_some_and(|entry| !entry.do_not_contact)
    });
    let new = planned.new.iter().filter(|contact| contact.do_not_contact);
    new.chain(known.map(|matched| &matched.contact))
}

/// The command that would take everybody in.
fn again(import: &Import) -> String {
    let mut words =
        vec!["fortnight people import".to_owned(), quoted(&import.file.to_string_lossy())];
    for (field, column) in &import.columns {
        words.push(format!("--map {}", quoted(&format!("{field}={column}"))));
    }
    words.extend(import.encoding.iter().map(|name| format!("--encoding {}", quoted(name))));
    words.extend(import.doubts.again());
    words.push("--yes".to_owned());
    words.join(" ")
}

/// A field that nobody can have is a slip of the pen.
fn check_columns(open: &OpenPlan, columns: &[(String, String)]) -> Result<(), CliError> {
    let mut known = field_names(&open.playbook, Kind::Person);
    known.push("do_not_contact".into());
    for (place, (field, _)) in columns.iter().enumerate() {
        if columns[..place].iter().any(|(earlier, _)| earlier == field) {
            return Err(CliError::refused_with(
                format!("`{field}` is given two columns."),
                format!("Leave one out: --map {field}=COLUMN"),
            ));
        }
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
    session.say(&match new {
        0 => "Noted. Back: fortnight undo".to_owned(),
        new => format!("{} taken in. Back: fortnight undo", count(new, "person", "people")),
    })?;
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
    } else if new > 0 && !taken.anybody {
        session.say(
            "No list has them: companies and whoever is not to be written to never come onto one.",
        )?;
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
