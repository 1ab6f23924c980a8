//! What is missing as a sheet, and back.

use std::collections::BTreeSet;
use std::path::Path;

use fortnight_engine::calendar::Lean;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::Kind;
use fortnight_engine::people::import;
use fortnight_engine::people::{Book, Contact, Entry, EntryId, Match, fold};
use fortnight_engine::plan::{field_names, read_entry_field};
use fortnight_engine::playbook::Id;
use fortnight_engine::words::Words;

use super::missing;
use crate::commands::done::day;
use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::render::words::{count, quoted};
use crate::render::{COLUMNS, rejection, width};
use crate::session::Session;

/// Columns that tell who it is and are not taken back.
const WHO: [&str; 4] = ["id", "name", "company", "position"];

/// Writes the sheet.
pub(super) fn write(
    session: &mut Session<'_>,
    file: &Path,
    force: bool,
) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let lacking = missing(&desk, &open);
    if lacking.is_empty() {
        session.say("Nothing is missing that is needed now, so no sheet was written.")?;
        return Ok(Status::Done);
    }
    let shown = quoted(&file.to_string_lossy());
    let path = session.host.locate(file);
    if path.exists() && !force {
        return Err(CliError::refused_with(
            format!("{shown} is there already."),
            format!("fortnight people fill --to {shown} --force writes over it"),
        ));
    }
    let mut fields: Vec<Id> = Vec::new();
    for field in lacking.iter().flat_map(|lack| &lack.fields) {
        if !fields.contains(field) {
            fields.push(field.clone());
        }
    }
    let header: Vec<&str> =
        WHO.iter().copied().chain(fields.iter().map(|field| &**field)).collect();
    let row = |entry: &Entry| -> Vec<Words> {
        let value = |name: &&str| match *name {
            "id" => Words::new(entry.id.to_string()),
            name => entry.field(name).unwrap_or_else(|| Words::new("")),
        };
        header.iter().map(value).collect()
    };
    let rows: Vec<Vec<Words>> =
        lacking.iter().filter_map(|lack| open.book.get(lack.entry)).map(row).collect();
    let text = import::sheet_to_fill(&header, &rows);
    // Spreadsheets tell UTF-8 by the mark in front.
    let bytes = format!("\u{feff}{text}").into_bytes();
    session
        .host
        .write_private(&path, &bytes)
        .map_err(|error| CliError::unwritable(file, &error))?;
    let people = count(rows.len(), "person stands", "people stand");
    session.say(&format!(
        "{people} in {shown}. Fill in the empty cells, then:\n\
         Next: fortnight people fill --from {shown}"
    ))?;
    Ok(Status::Done)
}

/// A row that can be noted.
struct Row {
    entry: EntryId,
    values: Vec<(String, Words)>,
}

/// Takes a sheet back: all of it or nothing.
pub(super) fn read(
    session: &mut Session<'_>,
    file: &Path,
    on: Option<&str>,
) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open_whole()?;
    let today = desk.today(&open);
    let on = day(on, today, Lean::Past)?.unwrap_or(today);
    let bytes = session.host.read(file).map_err(|error| CliError::unreadable(file, &error))?;
    let columns = import::read(&bytes, None, &[])
        .map_err(|refusal| CliError::refused(refusal.to_string()))?
        .columns;
    let asked = asked_columns(&open, &columns)?;
    let given: Vec<(&str, &str)> =
        asked.iter().map(|(field, column)| (field.as_str(), column.raw())).collect();
    let reading = import::read(&bytes, None, &given)
        .map_err(|refusal| CliError::refused(refusal.to_string()))?;
    let everybody = desk.notebook.everybody().map_err(plain)?;
    let unreadable = reading.unreadable.iter();
    let mut wrong: Vec<String> =
        unreadable.map(|row| format!("line {}: {}", row.line, row.reason)).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: BTreeSet<EntryId> = BTreeSet::new();
    for contact in &reading.contacts {
        match row(&open, &everybody, contact, &asked) {
            Ok(row) if !seen.insert(row.entry) => {
                let name = contact.name.terminal();
                wrong.push(format!("line {}: {name} stands above already", contact.line));
            }
            Ok(row) => rows.push(row),
            Err(why) => wrong.push(format!("line {}: {why}", contact.line)),
        }
    }
    if !wrong.is_empty() {
        let rows = count(wrong.len(), "row needs", "rows need");
        return Err(CliError::Refused {
            sentence: format!("Nothing was noted: {rows} a mend first."),
            helps: wrong,
        });
    }
    let recorded = desk.record(session, "people fill", &[], true, |work| {
        let mut noted = (0_usize, 0_usize);
        for row in &rows {
            let filled = work.fill_on(row.entry, &row.values, on)?;
            noted.0 += usize::from(!filled.changed.is_empty());
            noted.1 += filled.changed.len();
        }
        Ok(noted)
    })?;
    let (people, fields) = recorded.value;
    if fields == 0 {
        session.say("Nothing in it is new; nothing changed.")?;
    } else {
        let fields = count(fields, "field", "fields");
        let people = count(people, "person", "people");
        session.say(&format!("{fields} of {people} noted. Back: fortnight undo"))?;
    }
    let passed_over = |column: &&Words| {
        let header = fold(column.raw().trim());
        let taken = asked.iter().any(|(_, asked)| asked == *column);
        !header.is_empty() && !taken && !WHO.contains(&header.as_str())
    };
    let passed_over: Vec<String> =
        columns.iter().filter(passed_over).map(Words::terminal).collect();
    if !passed_over.is_empty() {
        let named = passed_over.join(", ");
        session.say(
            &width::wrap(
                &format!("Not read: {named}. `fortnight people import` reads them."),
                COLUMNS,
            )
            .join("\n"),
        )?;
    }
    super::rest(session, &desk)?;
    Ok(Status::Done)
}

/// The columns of the sheet that are named like fields, and that of the numbers.
fn asked_columns(open: &OpenPlan, columns: &[Words]) -> Result<Vec<(String, Words)>, CliError> {
    let mut known = field_names(&open.playbook, Kind::Person);
    known.extend(field_names(&open.playbook, Kind::Company));
    known.retain(|field| !WHO.contains(&&**field) && &**field != "knows_me");
    let column =
        |field: &str| columns.iter().find(|column| fold(column.raw().trim()) == field).cloned();
    let mut asked: Vec<(String, Words)> = Vec::new();
    for field in &known {
        if let Some(column) =
            column(field).filter(|_| !asked.iter().any(|(name, _)| **name == **field))
        {
            asked.push((field.to_string(), column));
        }
    }
    if asked.is_empty() {
        return Err(CliError::refused_with(
            "No column of this sheet is named like a field.",
            "fortnight people fill --to missing.csv",
        ));
    }
    if let Some(id) = column("id") {
        asked.push(("id".to_owned(), id));
    }
    Ok(asked)
}

/// Whom a row is about, and what it says of them.
fn row(
    open: &OpenPlan,
    everybody: &Book,
    contact: &Contact,
    asked: &[(String, Words)],
) -> Result<Row, String> {
    let name = contact.name.terminal();
    let number = contact.field("id").and_then(|id| id.raw().trim().parse().ok()).map(EntryId);
    let entry = match number.and_then(|id| everybody.get(id)) {
        // A column that was sorted alone gives everybody the words of somebody else.
        Some(entry) if fold(entry.name.raw()) != fold(contact.name.raw()) => {
            let known = entry.name.terminal();
            return Err(format!("number {} is {known}, not {name}", entry.id));
        }
        Some(entry) => entry,
        None => match everybody.find(contact.name.raw()) {
            Match::One(id) => {
                everybody.get(id).ok_or_else(|| format!("nobody is called {name}"))?
            }
            Match::Several(_) => return Err(format!("several people are called {name}")),
            Match::None { .. } => return Err(format!("nobody is called {name}")),
        },
    };
    let known = field_names(&open.playbook, entry.kind);
    let mut values = Vec::new();
    for (field, _) in asked.iter().filter(|(field, _)| known.iter().any(|id| **id == **field)) {
        let Some(value) = contact.field(field).filter(|value| !value.is_blank()) else { continue };
        let value = read_entry_field(&open.playbook, entry.kind, field, value)
            .map_err(|refused| rejection::words(&refused, &open.playbook).sentence)?;
        values.push((field.clone(), value));
    }
    Ok(Row { entry: entry.id, values })
}
