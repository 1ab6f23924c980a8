//! Rows of a table made into contacts.
//!
//! Knows what each column gives. It must not know encodings or how a header is found.

use csv::StringRecord;

use super::{
    Format, LONGEST_CELL, MOST_CONTACTS, Reading, Reason, Refusal,
    headers::{self, Target},
    records::{self, Row, Rows},
    table,
};
use crate::{
    people::{
        Contact,
        dates::{Order, order_of, read_date_in},
        identity, read_date,
    },
    words::Words,
};

pub(super) fn read(text: &str, given: &[(&str, &str)]) -> Result<Reading, Refusal> {
    let table = table::find(text, given)?;
    let mut reading = Reading::new(headers::format(&table.headers, &table.targets));
    reading.columns = table.headers.iter().map(|header| Words::new(header.trim())).collect();
    reading.mapping = table::shown_mapping(&table, given);
    let width = table.targets.len();
    let rows: Vec<Row<'_>> = Rows::new(table.rest, table.line, table.delimiter, Some(width))
        .take(MOST_CONTACTS + 1)
        .collect();
    if rows.len() > MOST_CONTACTS {
        return Err(Refusal::TooManyRows);
    }
    let maker = Maker { columns: &table.targets, given };
    let mut cells = records::cells(&rows, table.delimiter);
    let mut record = StringRecord::new();
    for row in &rows {
        if !row.sound {
            reading.refuse_row(row.line, Reason::OpenQuote, row.text);
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
    settle_dates(&mut reading);
    Ok(reading)
}

/// Makes contacts of rows.
struct Maker<'g> {
    columns: &'g [Option<Target>],
    given: &'g [(&'g str, &'g str)],
}

impl Maker<'_> {
    /// `None` where all cells are empty.
    fn contact(&self, line: usize, record: &StringRecord) -> Result<Option<Contact>, Reason> {
        let cells = record.iter().enumerate();
        let last = cells.filter(|(_, cell)| !cell.trim().is_empty()).last();
        let Some(filled) = last.map(|(at, _)| at + 1) else { return Ok(None) };
        if filled > self.columns.len() {
            return Err(Reason::TooManyCells { expected: self.columns.len(), found: filled });
        }
        let mut contact = Contact::new(line, "");
        let (mut middle, mut filed_as) = ("", "");
        for (cell, target) in record.iter().zip(self.columns) {
            let (Some(target), cell) = (target, cell.trim()) else { continue };
            if cell.is_empty() {
                continue;
            }
            if cell.len() > LONGEST_CELL {
                return Err(Reason::LongCell);
            }
            match *target {
                Target::MiddleName => middle = cell,
                Target::FiledAs => filed_as = cell,
                Target::Name => contact.name = Words::from_csv(cell),
                Target::FirstName => contact.set("first_name", Words::from_csv(cell)),
                Target::LastName => contact.set("last_name", Words::from_csv(cell)),
                Target::Email | Target::OtherEmail => add_emails(&mut contact, cell),
                Target::WebPage if !identity::is_profile(cell) => {}
                Target::WebPage if contact.field("profile").is_some() => {}
                Target::Profile | Target::WebPage => {
                    contact.set("profile", Words::from_csv(cell));
                }
                Target::Company => contact.set("company", Words::from_csv(cell)),
                Target::Position => contact.set("position", Words::from_csv(cell)),
                Target::ConnectedOn => contact.set("connected_on", Words::from_csv(cell)),
                Target::Note => contact.set("note", Words::from_csv(cell)),
                Target::KnowsMe => contact.set("knows_me", Words::new(cell)),
                Target::DoNotContact => contact.set("do_not_contact", Words::new(cell)),
                Target::Given(at) => match self.given.get(at) {
                    Some(("email", _)) => add_emails(&mut contact, cell),
                    Some((field, _)) => contact.set(field, Words::from_csv(cell)),
                    None => {}
                },
            }
        }
        if contact.name.is_blank() {
            let part = |field: &str| contact.field(field).map_or("", Words::raw);
            contact.name = whole_name(part("first_name"), middle, part("last_name"))
                .unwrap_or_else(|| Words::from_csv(filed_as));
        }
        if contact.name.is_blank() { Err(Reason::NoName) } else { Ok(Some(contact)) }
    }
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
    let between = |character: char| character.is_whitespace() || matches!(character, ',' | ';');
    let several = cell.split(between).filter(|part| part.contains('@'));
    for address in several {
        contact.add_email(Words::from_csv(address));
    }
}

/// Writes dates in ISO form, once the whole column has settled whether day or month comes first.
fn settle_dates(reading: &mut Reading) {
    let field = "connected_on";
    let cells = || reading.contacts.iter().filter_map(|contact| contact.field(field));
    let orders: Vec<Order> = cells().filter_map(|cell| order_of(cell.raw())).collect();
    let order = orders.first().filter(|first| orders.iter().all(|order| order == *first)).copied();
    let mut open = 0_usize;
    for contact in &mut reading.contacts {
        let Some(cell) = contact.field(field) else { continue };
        let read = |cell| order.map_or_else(|| read_date(cell), |order| read_date_in(cell, order));
        match read(cell.raw()) {
            Some(date) => contact.set(field, Words::new(date.to_string())),
            None => open += 1,
        }
    }
    if open > 0 {
        let them = if open == 1 { "1 date was" } else { "dates were" };
        let count = if open == 1 { String::new() } else { format!("{open} ") };
        reading.notes.push(format!(
            "{count}{them} kept as written: day and month cannot be told apart, or it is no date."
        ));
    }
    if reading.format == Format::LinkedIn
        && reading.contacts.iter().all(|c| c.field("email").is_none())
    {
        reading.notes.push(
            "LinkedIn gives the e-mail only of people who allow it; here nobody does.".to_owned(),
        );
    }
}
