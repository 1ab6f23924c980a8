//! `people import --json`.
//!
//! Knows the form that scripts read; it is documented in `cli/JSON.md`.

use fortnight_engine::people::matching::{Candidate, ImportPlan, Matched};
use fortnight_engine::words::Words;
use serde::Serialize;

use crate::contacts::Contacts;

/// `people import --json`, version 1.
#[derive(Serialize)]
pub(super) struct ImportData {
    version: u32,
    file: String,
    /// What kind of file it is, in words.
    format: &'static str,
    encoding: String,
    /// Which column gives which field.
    columns: Vec<ColumnData>,
    /// How many nobody knew.
    pub(super) new: usize,
    /// How many are known for certain.
    known: usize,
    /// How many of those got a field that was empty.
    completed: usize,
    /// How many are not to be written to, which nobody knew so far.
    do_not_contact: usize,
    /// Rows that may be somebody known and were left out.
    proposed: Vec<ProposedData>,
    /// Rows that repeat another one.
    repeated: usize,
    /// What the file says otherwise; it stays as it is known.
    differs: Vec<DiffersData>,
    /// Values that the playbook's fields do not take; the rest of their rows stays.
    left_out: Vec<LeftOutData>,
    unreadable: Vec<UnreadableData>,
    /// How many could not be read, in all.
    unreadable_in_all: usize,
    /// The cycle whose list some of them came onto, and how many.
    pub(super) cycle: Option<u32>,
    pub(super) listed: usize,
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

/// A value of another kind than its field asks for.
#[derive(Serialize)]
struct LeftOutData {
    line: usize,
    field: String,
    value: String,
    reason: String,
}

/// A row that could not be read.
#[derive(Serialize)]
struct UnreadableData {
    line: usize,
    reason: String,
    text: String,
}

/// A field that the file has otherwise.
#[derive(Serialize)]
struct DiffersData {
    entry: u64,
    field: String,
    file: String,
}

/// What is told of an import, before it is known what became of the list.
pub(super) fn data(
    contacts: &Contacts,
    planned: &ImportPlan,
    completed: usize,
    do_not_contact: usize,
) -> ImportData {
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
        do_not_contact,
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
        differs: planned.matched.iter().flat_map(differs).collect(),
        left_out: contacts
            .left_out
            .iter()
            .map(|value| LeftOutData {
                line: value.line,
                field: value.field.clone(),
                value: value.value.raw().to_owned(),
                reason: value.reason.clone(),
            })
            .collect(),
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

fn differs(matched: &Matched) -> impl Iterator<Item = DiffersData> {
    matched.differs.iter().map(|(field, value)| DiffersData {
        entry: matched.entry.0,
        field: field.clone(),
        file: value.raw().to_owned(),
    })
}
