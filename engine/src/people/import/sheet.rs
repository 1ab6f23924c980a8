//! Rows of a table made into contacts.
//!
//! Knows what each column gives. It must not know encodings or how a header is found.

use csv::StringRecord;

use super::{
    Format, LONGEST_CELL, LONGEST_ROW, MOST_CONTACTS, Reading, Reason, Refusal,
    cell::{names_nobody, says_nothing, shown_name, trimmed, without_page},
    days,
    headers::{self, Target, Wanted},
    names::{Parts, no_name},
    records::{self, Row, Rows},
    table::{self, Table},
};
use crate::{
    people::{Contact, identity},
    words::Words,
};

/// `told` hears how far in the text the rows are that are read.
pub(super) fn read(
    text: &str,
    wanted: &Wanted<'_>,
    told: &mut dyn FnMut(usize),
) -> Result<Reading, Refusal> {
    /// Seldom enough to cost nothing, often enough to be seen.
    const NOW_AND_THEN: usize = 1_000;
    let table = table::find(text, wanted)?;
    let mut reading = Reading::new(headers::format(&table.headers, &table.targets));
    reading.columns = table.headers.iter().map(|header| Words::new(header.trim())).collect();
    reading.mapping = table::shown_mapping(&table, wanted);
    let width = table.targets.len();
    let mut rows: Vec<Row<'_>> = Rows::new(table.rest, table.line, table.delimiter, Some(width))
        .take(MOST_CONTACTS + 1)
        .collect();
    if rows.len() > MOST_CONTACTS {
        return Err(Refusal::TooManyRows);
    }
    // What is beyond measure is not taken apart: it would be held twice.
    let beyond = |row: &Row<'_>| row.text.len() > LONGEST_ROW;
    for row in rows.iter_mut().filter(|row| beyond(row)) {
        row.sound = false;
    }
    let mut maker = Maker::new(&table, wanted);
    let mut cells = records::cells(&rows, table.delimiter);
    let mut record = StringRecord::new();
    let mut far = text.len() - table.rest.len();
    for (number, row) in rows.iter().enumerate() {
        far += row.text.len() + 1;
        if number % NOW_AND_THEN == 0 {
            told(far.min(text.len()));
        }
        if !row.sound {
            let reason = if beyond(row) { Reason::LongRow } else { Reason::OpenQuote };
            reading.refuse_row(row.line, reason, row.text);
            continue;
        }
        // Reading from memory does not fail, and a sound row is a record.
        if !cells.read_record(&mut record).unwrap_or(false) {
            reading.refuse_row(row.line, Reason::OpenQuote, row.text);
            continue;
        }
        match maker.contact(row.line, &record) {
            Ok(Some(contact)) => reading.contacts.push(contact),
            Ok(None) => {}
            Err(reason) => reading.refuse_row(row.line, reason, row.text),
        }
    }
    days::settle(&mut reading);
    reading.notes.extend(maker.nothing.told());
    if rows.is_empty() {
        reading.notes.push("Nobody is in it: there is a header, and no row below it.".to_owned());
    }
    if matches!(reading.format, Format::LinkedIn | Format::Sheet) {
        reading.notes.extend(unread(&table, &maker.passed_over));
    }
    Ok(reading)
}

/// The fields that name somebody.
const NAMES: [&str; 3] = ["name", "first_name", "last_name"];

/// Makes contacts of rows.
struct Maker<'t> {
    columns: &'t [Option<Target>],
    wanted: &'t Wanted<'t>,
    /// First names are taken as they stand: the sheet is one that was exported or is filled in.
    verbatim: bool,
    headers: &'t [String],
    /// Columns that are not read, and hold something.
    passed_over: Vec<bool>,
    nothing: Nothing,
}

/// Cells that say in words that they say nothing.
#[derive(Default)]
struct Nothing {
    cells: usize,
    such: Option<String>,
}

impl Nothing {
    fn count(&mut self, cell: &str) {
        // A dash tells nobody anything.
        if cell.chars().any(char::is_alphabetic) {
            self.cells += 1;
            self.such.get_or_insert_with(|| Words::new(cell).terminal());
        }
    }

    fn told(&self) -> Option<String> {
        let such = self.such.as_ref()?;
        Some(match self.cells {
            1 => format!("1 cell says {such}: it was read as empty."),
            cells => format!("{cells} cells such as {such} were read as empty."),
        })
    }
}

impl<'t> Maker<'t> {
    fn new(table: &'t Table<'_>, wanted: &'t Wanted<'t>) -> Self {
        Self {
            columns: &table.targets,
            wanted,
            headers: &table.headers,
            verbatim: headers::was_exported(&table.headers),
            passed_over: vec![false; table.targets.len()],
            nothing: Nothing::default(),
        }
    }

    /// `None` where all cells are empty.
    fn contact(&mut self, line: usize, record: &StringRecord) -> Result<Option<Contact>, Reason> {
        let cells = record.iter().enumerate();
        let last = cells.filter(|(_, cell)| !cell.trim().is_empty()).last();
        let Some(filled) = last.map(|(at, _)| at + 1) else { return Ok(None) };
        if filled > self.columns.len() {
            return Err(Reason::TooManyCells { expected: self.columns.len(), found: filled });
        }
        // Files that were put together carry the header of each.
        let again = |(cell, header): (&str, &String)| trimmed(cell) == header.trim();
        if record.len() == self.headers.len() && record.iter().zip(self.headers).all(again) {
            return Ok(None);
        }
        let mut contact = Contact::new(line, "");
        let mut parts = Parts::default();
        for (column, (cell, target)) in record.iter().zip(self.columns).enumerate() {
            let cell = trimmed(cell);
            if cell.is_empty() {
                continue;
            }
            let Some(target) = target else {
                self.passed_over[column] = true;
                continue;
            };
            if cell.len() > LONGEST_CELL {
                return Err(Reason::LongCell);
            }
            let names = target.names()
                || matches!(target, Target::MiddleName | Target::SecondLastName)
                || self.wanted.field(*target).is_some_and(|field| NAMES.contains(&field));
            if !self.verbatim && !names && says_nothing(cell) {
                self.nothing.count(cell);
                continue;
            }
            match *target {
                Target::MiddleName => parts.middle = cell,
                Target::SecondLastName => parts.second_last = cell,
                Target::FiledAs if parts.filed_as.is_empty() => parts.filed_as = cell,
                Target::ShownAs if parts.shown_as.is_empty() => parts.shown_as = shown_name(cell),
                Target::FiledAs | Target::ShownAs => {}
                Target::Name => contact.name = Words::from_csv(without_page(cell)),
                Target::FirstName => parts.first = cell,
                Target::LastName => parts.last = cell,
                Target::Email | Target::OtherEmail => add_emails(&mut contact, cell),
                Target::WebPage if !identity::is_profile(cell) => {}
                Target::WebPage if contact.field("profile").is_some() => {}
                Target::Profile | Target::WebPage => {
                    contact.set("profile", Words::from_csv(cell));
                }
                Target::Company => contact.set("company", Words::from_csv(without_page(cell))),
                Target::Position => contact.set("position", Words::from_csv(cell)),
                Target::ConnectedOn => contact.set("connected_on", Words::from_csv(cell)),
                Target::Note => contact.set("note", Words::from_csv(cell)),
                Target::KnowsMe => contact.set("knows_me", Words::new(cell)),
                Target::DoNotContact => contact.set("do_not_contact", Words::new(cell)),
                own @ (Target::Asked(_) | Target::Given(_)) => match self.wanted.field(own) {
                    Some("email" | "other_emails") => add_emails(&mut contact, cell),
                    Some("first_name") => parts.first = cell,
                    Some("last_name") => parts.last = cell,
                    Some(field) => contact.set(field, Words::from_csv(cell)),
                    None => {}
                },
            }
        }
        if !self.verbatim {
            parts.clean(&mut |cell| self.nothing.count(cell));
            if names_nobody(contact.name.raw(), "") {
                contact.name = Words::new("");
            }
        }
        parts.put_together(&mut contact, self.verbatim);
        match no_name(contact.name.raw()) {
            Some(reason) if !self.verbatim || contact.name.is_blank() => Err(reason),
            Some(_) | None => Ok(Some(contact)),
        }
    }
}

/// A cell may hold several addresses; what has no `@` (Exchange's inner names) is none.
fn add_emails(contact: &mut Contact, cell: &str) {
    let cell = Words::from_csv(cell);
    let between = |character: char| character.is_whitespace() || matches!(character, ',' | ';');
    let around = |character: char| "<>()[]\"'".contains(character);
    for part in cell.raw().split(between) {
        let address = part.trim_matches(around);
        let address = address.strip_prefix("mailto:").unwrap_or(address);
        if identity::email_key(address).is_some() {
            contact.add_email(Words::new(address));
        }
    }
}

/// Says which columns hold something that was not read.
fn unread(table: &Table<'_>, passed_over: &[bool]) -> Option<String> {
    const MOST: usize = 4;
    const LONGEST: usize = 30;
    let name = |at: usize| -> String {
        let header = table.headers.get(at).map_or("", |header| header.trim());
        let name = Words::new(header).terminal();
        let twice = table.headers.iter().filter(|other| other.trim() == header).count() > 1;
        match name {
            name if name.is_empty() => format!("column {}", at + 1),
            name if name.chars().count() > LONGEST => {
                name.chars().take(LONGEST - 1).chain(['…']).collect()
            }
            name if twice => format!("{name} (column {})", at + 1),
            name => name,
        }
    };
    let columns = passed_over.iter().enumerate().filter(|(_, over)| **over).map(|(at, _)| at);
    let columns: Vec<usize> = columns.collect();
    let more = match columns.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown: Vec<String> = columns.iter().take(MOST).map(|at| name(*at)).collect();
    (!columns.is_empty()).then(|| {
        let shown = shown.join(", ");
        format!("Not read: {shown}{more}. `people import` reads one with --map FIELD=COLUMN.")
    })
}
