//! Contacts from a file of the user's: read, told, taken in.
//!
//! Knows what is said about a file of contacts. It must not know how such a file is read or who in
//! it is known.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use fortnight_engine::notebook::{NotebookError, Session as Work};
use fortnight_engine::people::import::{self, Reading, Request};
use fortnight_engine::people::matching::{ImportPlan, Matched};
use fortnight_engine::people::{Change, Contact, Entry, EntryId, Kind};
use fortnight_engine::plan::{Command, Note, declared_fields, field_names, read_entry_field};
use fortnight_engine::playbook::Playbook;
use fortnight_engine::words::Words;

use crate::failure::CliError;
use crate::render::words::count;
use crate::render::{COLUMNS, rejection, width};
use crate::session::Session;

/// The field that any file may give, and that takes a time zone only.
const ZONE: &str = "zone";

/// A file of contacts that was read.
#[derive(Clone, Debug)]
pub(crate) struct Contacts {
    /// Its name, as it was given.
    pub(crate) name: String,
    /// What came out of it.
    pub(crate) reading: Reading,
    /// What the playbook's fields do not take.
    pub(crate) left_out: Vec<LeftOut>,
}

/// A value that is not of the kind that its field asks for; the rest of its row stays.
#[derive(Clone, Debug)]
pub(crate) struct LeftOut {
    /// The line of the row.
    pub(crate) line: usize,
    /// The field that stays empty.
    pub(crate) field: String,
    /// What the file says.
    pub(crate) value: Words,
    /// What does not fit, as a sentence.
    pub(crate) reason: String,
}

/// Reads a file for a playbook, whose fields may head columns; `columns` names columns for fields
/// where they cannot be guessed, `encoding` what its letters are in where they do not tell it.
pub(crate) fn read(
    session: &Session<'_>,
    path: &Path,
    columns: &[(String, String)],
    encoding: Option<&str>,
    playbook: &Playbook,
) -> Result<Contacts, CliError> {
    let bytes = session.host.read(path).map_err(|error| CliError::unreadable(path, &error))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let given: Vec<(&str, &str)> =
        columns.iter().map(|(field, column)| (field.as_str(), column.as_str())).collect();
    let fields = field_names(playbook, Kind::Person);
    let fields: Vec<&str> = fields.iter().map(|field| &**field).collect();
    let talks = !session.global.quiet;
    let progress = session.host.progress_of_bytes(bytes.len(), "Reading contacts", talks);
    let request = Request { file_name: name.as_deref(), given: &given, fields: &fields, encoding };
    let mut told = |done: usize, all: usize| {
        // The letters take more bytes, or fewer, than they do in the file.
        progress.at(bytes.len().saturating_mul(done) / all.max(1));
    };
    let mut reading = import::read_as(&bytes, &request, &mut told)
        .map_err(|refusal| CliError::refused(refusal.to_string()))?;
    let mut left_out: Vec<LeftOut> =
        reading.contacts.iter_mut().flat_map(|contact| fitted(playbook, contact)).collect();
    // Zones of another kind, such as "North" and "South", are none: one word is enough for all.
    let has_zone = |contact: &Contact| contact.field(ZONE).is_some();
    if left_out.iter().any(|value| value.field == ZONE) && !reading.contacts.iter().any(has_zone) {
        left_out.retain(|value| value.field != ZONE);
        let note = "Not read: zones. None of them is a time zone such as Europe/Paris.";
        reading.notes.push(note.to_owned());
    }
    Ok(Contacts { name: name.unwrap_or_default(), reading, left_out })
}

/// Puts the playbook's fields of a contact in the form that they take; those that take something
/// else are left out, and told.
fn fitted(playbook: &Playbook, contact: &mut Contact) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    let declared = declared_fields(playbook, contact.kind).iter().map(|field| &*field.id);
    let zone = Some(ZONE).filter(|_| contact.kind == Kind::Person);
    for field in declared.chain(zone) {
        let Some(value) = contact.field(field).cloned() else { continue };
        match read_entry_field(playbook, contact.kind, field, &value) {
            Ok(fitting) if fitting == value => {}
            Ok(fitting) => contact.set(field, fitting),
            Err(refused) => {
                contact.unset(field);
                let reason = rejection::words(&refused, playbook).sentence;
                left_out.push(LeftOut {
                    line: contact.line,
                    field: field.to_owned(),
                    value,
                    reason,
                });
            }
        }
    }
    left_out
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
    }
    if !contacts.left_out.is_empty() {
        let values = count(contacts.left_out.len(), "value does", "values do");
        let _ = write!(said, " · {values} not fit their field");
    }
    let more = reading.unreadable_in_all > 0 || !contacts.left_out.is_empty();
    if more && !session.global.verbose {
        said.push_str(" (--verbose shows them)");
    }
    session.say(&said)?;
    for row in &reading.unreadable {
        session.detail(&format!("  line {}: {}  {}", row.line, row.reason, row.text.terminal()))?;
    }
    for value in &contacts.left_out {
        session.detail(&format!("  line {}: {}", value.line, value.reason))?;
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
    /// Whether any of the new ones is somebody to write to.
    pub(crate) anybody: bool,
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
    let anybody = new.iter().any(|entry| entry.kind == Kind::Person && !entry.do_not_contact);
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
        return Ok(Taken { cycle: Some(number), anybody, ..Taken::default() });
    }
    work.list_companies(&entries)?;
    let notes = work.decide(&Command::List { entries, cycle: number })?.notes;
    Ok(Taken { cycle: Some(number), listed, anybody, notes })
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
