//! Contacts from a file of the user's: read, told, taken in.
//!
//! Knows what is said about a file of contacts. It must not know how such a file is read or who in
//! it is known.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use fortnight_engine::notebook::{NotebookError, Session as Work};
use fortnight_engine::people::import::{self, Reading};
use fortnight_engine::people::matching::{ImportPlan, Matched};
use fortnight_engine::people::{Change, Entry, EntryId, Kind};
use fortnight_engine::plan::{Command, Note, field_names};
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

/// What taking people in came to.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// The cycle whose list they came onto.
    pub(crate) cycle: Option<u32>,
    /// How many came onto it.
    pub(crate) listed: usize,
    /// What else should be said.
    pub(crate) notes: Vec<Note>,
}

/// Everybody new becomes known; of those who are known, empty fields are filled. Who is perhaps
/// known is not added a second time. `choose` is told who is new, and says who comes onto the list
/// of which cycle.
pub(crate) fn take_in(
    work: &mut Work,
    import: ImportPlan,
    choose: impl FnOnce(&Work, &[Entry]) -> Result<Option<(u32, Vec<EntryId>)>, NotebookError>,
) -> Result<Taken, NotebookError> {
    let ImportPlan { new, matched, proposed: _, repeated: _ } = import;
    let first = work.next_entry().0;
    let new: Vec<Entry> =
        (first..).zip(new).map(|(id, contact)| contact.into_entry(EntryId(id))).collect();
    complete(work, matched)?;
    let chosen = choose(work, &new)?;
    let seen: BTreeSet<EntryId> = chosen.iter().flat_map(|(_, chosen)| chosen).copied().collect();
    for entry in new {
        // Only those who come onto the list are looked at again.
        if seen.contains(&entry.id) {
            work.add(entry)
        } else {
            work.add_unseen(entry)
        };
    }
    let Some((number, entries)) = chosen else { return Ok(Taken::default()) };
    let listed = entries.len();
    if entries.is_empty() {
        return Ok(Taken { cycle: Some(number), ..Taken::default() });
    }
    work.list_companies(&entries)?;
    let notes = work.decide(&Command::List { entries, cycle: number })?.notes;
    Ok(Taken { cycle: Some(number), listed, notes })
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
