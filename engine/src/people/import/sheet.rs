//! Rows of a table made into contacts.
//!
//! Knows what each column gives. It must not know encodings or how a header is found.

use csv::StringRecord;

use super::{
    Format, LONGEST_CELL, LONGEST_ROW, MOST_CONTACTS, Reading, Reason, Refusal,
    cell::{names_nobody, says_nothing, shown_name, trimmed, without_page},
    days,
    headers::{self, Target, Wanted},
    records::{self, Row, Rows},
    table::{self, Table},
};
use crate::{
    calendar::zone,
    people::{Contact, fold, greeting::tidied, identity},
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
        let heads = |field: &str| table.headers.iter().any(|header| header.trim() == field);
        Self {
            columns: &table.targets,
            wanted,
            headers: &table.headers,
            verbatim: heads("first_name") && (heads("do_not_contact") || heads("id")),
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
        let (mut first, mut middle, mut last, mut second_last) = ("", "", "", "");
        let (mut filed_as, mut shown_as) = ("", "");
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
                Target::MiddleName => middle = cell,
                Target::SecondLastName => second_last = cell,
                Target::FiledAs if filed_as.is_empty() => filed_as = cell,
                Target::ShownAs if shown_as.is_empty() => shown_as = shown_name(cell),
                Target::FiledAs | Target::ShownAs => {}
                Target::Name => contact.name = Words::from_csv(without_page(cell)),
                Target::FirstName => first = cell,
                Target::LastName => last = cell,
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
                    Some("first_name") => first = cell,
                    Some("last_name") => last = cell,
                    // A zone of another kind, such as "North", is none.
                    Some("zone") if zone(cell).is_err() => self.passed_over[column] = true,
                    Some(field) => contact.set(field, Words::from_csv(cell)),
                    None => {}
                },
            }
        }
        if !self.verbatim {
            for (part, beside) in
                [(&mut last, first), (&mut middle, first), (&mut second_last, first)]
            {
                if names_nobody(part, beside) {
                    self.nothing.count(part);
                    *part = "";
                }
            }
            if names_nobody(first, last) {
                self.nothing.count(first);
                first = "";
            }
            if names_nobody(contact.name.raw(), "") {
                contact.name = Words::new("");
            }
        }
        // `First name` may hold the family as well.
        if let Some(given) = given_of(first, last).filter(|_| !self.verbatim) {
            first = given;
        }
        let last = [last, second_last].join(" ");
        let (first, last) = (Words::from_csv(first), Words::from_csv(last.trim()));
        let greeting =
            if self.verbatim { Some(first.clone()) } else { tidied(first.raw()).map(Words::new) };
        contact.set("first_name", greeting.unwrap_or_else(|| Words::new("")));
        // `Name` beside `First name` may hold both.
        let (last, whole) = match family_of(last.raw(), first.raw()).filter(|_| !self.verbatim) {
            Some(family) => (Words::new(family), Some(last)),
            None => (last, None),
        };
        if contact.name.is_blank() {
            contact.name = whole
                .or_else(|| whole_name(first.raw(), middle, last.raw()))
                .or_else(|| Some(Words::from_csv(filed_as)).filter(|name| !name.is_blank()))
                // A company's address is shown by the company's name.
                .or_else(|| {
                    Some(Words::new(shown_as)).filter(|s| contact.field("company") != Some(s))
                })
                .unwrap_or_else(|| Words::new(""));
        }
        contact.set("last_name", last);
        match no_name(contact.name.raw()) {
            Some(reason) if !self.verbatim || contact.name.is_blank() => Err(reason),
            Some(_) | None => Ok(Some(contact)),
        }
    }
}

/// Why what stands for a name is none: nothing, a number, a line of dashes below a header, a mail
/// address.
pub(super) fn no_name(name: &str) -> Option<Reason> {
    if !name.chars().any(char::is_alphabetic) {
        Some(Reason::NoName)
    } else if identity::email_key(name).is_some() {
        Some(Reason::AddressForName)
    } else {
        None
    }
}

/// What stands before the family name in a name that is whole: `Ana` of `Ana Silva` and `Silva`.
fn given_of<'n>(name: &'n str, family: &str) -> Option<&'n str> {
    let (given, behind) = name.split_at_checked(name.len().checked_sub(family.len())?)?;
    let given = given.strip_suffix(' ').filter(|_| !family.is_empty())?;
    (fold(behind) == fold(family)).then(|| given.trim_end()).filter(|given| !given.is_empty())
}

/// What follows the given name in a name that is whole: `Silva` of `Ana Silva` and `Ana`.
fn family_of<'n>(name: &'n str, given: &str) -> Option<&'n str> {
    let (front, family) = name.split_at_checked(given.len())?;
    let family = family.strip_prefix(' ').filter(|_| !given.is_empty())?;
    (fold(front) == fold(given)).then(|| family.trim_start())
}

/// The whole name of its parts; East Asian names have the family in front and no space.
pub(super) fn whole_name(first: &str, middle: &str, last: &str) -> Option<Words> {
    let east_asian = |text: &str| {
        !text.is_empty()
            && text.chars().all(|character| {
                matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
            })
    };
    let name = if east_asian(first) && east_asian(last) {
        format!("{last}{first}")
    } else {
        let parts: Vec<&str> =
            [first, middle, last].into_iter().filter(|p| !p.is_empty()).collect();
        parts.join(" ")
    };
    (!name.is_empty()).then(|| Words::new(name))
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
