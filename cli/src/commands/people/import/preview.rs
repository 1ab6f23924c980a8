//! What an import will do, shown before anything is stored (L1): at a glance, or with `--verbose` all
//! of it and whole.
//!
//! Knows the words for rows that are new, known, in doubt or unreadable. It must not know what is
//! done with them.

use fortnight_engine::people::matching::{ImportPlan, Matched};
use fortnight_engine::people::{Book, Contact, Entry};
use fortnight_engine::words::Words;

use super::{doubt::doubt, silenced};
use crate::contacts::Contacts;
use crate::failure::CliError;
use crate::render::table::{Column, Table};
use crate::render::words::count;
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// How much of what an import will do is shown.
#[derive(Clone, Copy)]
struct Shown {
    /// So many lines of each kind.
    most: usize,
    /// So much of each line.
    columns: usize,
}

/// What fits a screen.
const A_FEW: Shown = Shown { most: 5, columns: COLUMNS };
/// What `--verbose` shows.
const ALL: Shown = Shown { most: usize::MAX, columns: usize::MAX };

/// What will happen, before anything is stored (L1).
pub(super) fn show(
    session: &mut Session<'_>,
    contacts: &Contacts,
    read: usize,
    planned: &ImportPlan,
    book: &Book,
) -> Result<(), CliError> {
    let reading = &contacts.reading;
    let shown = if session.global.verbose { ALL } else { A_FEW };
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
    text.push_str(&columns.to_text(shown.columns));
    text.push('\n');
    let mut group = |what, number, lines: String| {
        if number > 0 || what == "new" {
            text = format!("{text}{number:>5} {what}\n{lines}");
        }
    };
    group("new", planned.new.len(), few(planned.new.iter(), shown, named));
    let completed = planned.matched.iter().filter(|matched| !matched.fills.is_empty());
    let completed = few(completed, shown, |matched| {
        let fields: Vec<&str> = matched.fills.iter().map(|(field, _)| field.as_str()).collect();
        format!("{}: {} comes with it", named(&matched.contact), fields.join(", "))
    });
    group("known", planned.matched.len(), completed);
    let silent = few(silenced(planned, book), shown, named);
    group("not to be written to", silenced(planned, book).count(), silent);
    let differing: Vec<(&Matched, &Entry)> = planned
        .matched
        .iter()
        .filter(|matched| !matched.differs.is_empty())
        .filter_map(|matched| Some((matched, book.get(matched.entry)?)))
        .collect();
    let number = differing.len();
    let fields = differing.into_iter().flat_map(|(matched, entry)| {
        matched.differs.iter().map(move |(field, value)| (entry, field, value))
    });
    let lines = few(fields, shown, |(entry, field, value)| otherwise(entry, field, value));
    let edit = "        Change it: fortnight people edit NAME FIELD=VALUE\n";
    group("otherwise in the file; what you have stays", number, lines + edit);
    let perhaps = few(planned.proposed.iter(), shown, |proposed| doubt(proposed, book));
    let settle = "        The same person: --same LINE. Somebody new: --new LINE (or all)\n";
    group("perhaps known, left out", planned.proposed.len(), perhaps + settle);
    let repeated = few(planned.repeated.iter(), shown, |row| {
        format!("line {} repeats line {}", row.line, row.first)
    });
    group("repeated", planned.repeated.len(), repeated);
    let unreadable = few(reading.unreadable.iter(), shown, |row| {
        format!("line {}: {}  {}", row.line, row.reason, row.text.terminal())
    });
    group("could not be read", reading.unreadable_in_all, unreadable);
    let left_out = few(contacts.left_out.iter(), shown, |value| {
        format!("line {}: {}", value.line, value.reason)
    });
    group("left out; the rest of the row stays", contacts.left_out.len(), left_out);
    for note in &reading.notes {
        text.push_str(&width::wrap(note, COLUMNS).join("\n"));
        text.push('\n');
    }
    session.print(&text)
}

/// The first of them, a line each, and how many more there are; of a hundred thousand rows only what
/// is shown is put into words.
fn few<T>(mut rows: impl Iterator<Item = T>, shown: Shown, line: impl Fn(T) -> String) -> String {
    let mut lines = Table::new(vec![Column::yielding(40)]).indent(8);
    for row in rows.by_ref().take(shown.most) {
        lines.row([line(row)]);
    }
    let more = rows.count();
    if more > 0 {
        lines.row([format!("and {more} more (--verbose shows them)")]);
    }
    lines.to_text(shown.columns)
}

/// `Ana Silva, Northwind`
pub(super) fn named(contact: &Contact) -> String {
    match contact.field("company") {
        Some(company) => format!("{}, {}", contact.name.terminal(), company.terminal()),
        None => contact.name.terminal(),
    }
}

/// `Ana Silva: company Miro in the file, Northwind here`
fn otherwise(entry: &Entry, field: &str, value: &Words) -> String {
    let here = entry.field(field).map(|here| here.terminal()).unwrap_or_default();
    format!("{}: {field} {} in the file, {here} here", entry.name.terminal(), value.terminal())
}
