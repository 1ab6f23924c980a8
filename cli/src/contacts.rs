//! Contacts from a file of the user's: read, told, taken in.
//!
//! Knows what is said about a file of contacts. It must not know how such a file is read or who in
//! it is known.

use std::fmt::Write as _;
use std::path::Path;

use fortnight_engine::notebook::{NotebookError, Session as Work};
use fortnight_engine::people::import::{self, Reading};
use fortnight_engine::people::matching::{ImportPlan, Matched};
use fortnight_engine::people::{Change, EntryId, Kind};
use fortnight_engine::plan::field_names;
use fortnight_engine::playbook::Playbook;

use crate::failure::CliError;
use crate::render::words::count;
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// A file of contacts that was read.
#[derive(Clone, Debug)]
pub(crate) struct Contacts {
    /// Its name, as it was given.
    pub(crate) name: String,
    /// What came out of it.
    pub(crate) reading: Reading,
}

/// Reads a file for a playbook, whose fields may head columns; `columns` names columns for fields
/// where they cannot be guessed.
pub(crate) fn read(
    session: &Session<'_>,
    path: &Path,
    columns: &[(String, String)],
    playbook: &Playbook,
) -> Result<Contacts, CliError> {
    let bytes = session.host.read(path).map_err(|error| CliError::unreadable(path, &error))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let given: Vec<(&str, &str)> =
        columns.iter().map(|(field, column)| (field.as_str(), column.as_str())).collect();
    let fields = field_names(playbook, Kind::Person);
    let fields: Vec<&str> = fields.iter().map(|field| &**field).collect();
    let reading = import::read_fields(&bytes, name.as_deref(), &given, &fields)
        .map_err(|refusal| CliError::refused(refusal.to_string()))?;
    Ok(Contacts { name: name.unwrap_or_default(), reading })
}

/// Says what was read and, with `--verbose`, what could not be.
pub(crate) fn tell(
    session: &mut Session<'_>,
    contacts: &Contacts,
    known: usize,
) -> Result<(), CliError> {
    let reading = &contacts.reading;
    let mut said = format!("{} read from {}", count(known, "person", "people"), contacts.name);
    if reading.unreadable_in_all > 0 {
        let rows = count(reading.unreadable_in_all, "row", "rows");
        let _ = write!(said, " · {rows} could not be read");
        if !session.global.verbose {
            said.push_str(" (--verbose shows them)");
        }
    }
    session.say(&said)?;
    for row in &reading.unreadable {
        session.detail(&format!("  line {}: {}  {}", row.line, row.reason, row.text.terminal()))?;
    }
    for note in &reading.notes {
        session.say(&width::wrap(note, COLUMNS).join("\n"))?;
    }
    Ok(())
}

/// Everybody new is added, and given back; of those who are known, empty fields are filled. Who is
/// perhaps known is not added a second time.
pub(crate) fn take_in(work: &mut Work, import: ImportPlan) -> Result<Vec<EntryId>, NotebookError> {
    let mut added = Vec::new();
    for contact in import.new {
        added.push(work.add(contact.into_entry(EntryId(0))));
    }
    complete(work, import.matched)?;
    Ok(added)
}

/// Empty fields of those who are known are filled; whoever wants to be left in peace is (S5).
pub(crate) fn complete(work: &mut Work, matched: Vec<Matched>) -> Result<(), NotebookError> {
    for matched in matched {
        if !matched.fills.is_empty() {
            work.complete(matched.entry, &matched.fills)?;
        }
        let known = work.entry(matched.entry).is_some_and(|entry| entry.do_not_contact);
        if matched.do_not_contact && !known {
            work.change(Change::DoNotContact { entry: matched.entry, yes: true });
        }
    }
    Ok(())
}
