//! The days in a column, once the whole column has told how they are written.
//!
//! Knows which field holds days on which people connected. It must not know where they were read.

use super::{Format, Reading};
use crate::{
    people::{
        dates::{order_of, read_date_in, read_serial},
        read_date,
    },
    words::Words,
};

const FIELD: &str = "connected_on";

/// Writes days in ISO form; what cannot be told stays as it is, and is told.
pub(super) fn settle(reading: &mut Reading) {
    // Many people share a day.
    let cells = reading.contacts.iter().filter_map(|contact| contact.field(FIELD));
    let mut cells: Vec<&str> = cells.map(Words::raw).collect();
    cells.sort_unstable();
    cells.dedup();
    let order = order_of(&cells);
    let read = |cell: &str| {
        let day = order.map_or_else(|| read_date(cell), |order| read_date_in(cell, order));
        day.or_else(|| read_serial(cell))
    };
    let days: Vec<(Words, Words)> = cells
        .into_iter()
        .filter_map(|cell| Some((Words::new(cell), Words::new(read(cell)?.to_string()))))
        .collect();
    let mut open = 0_usize;
    let mut such: Option<Words> = None;
    for contact in &mut reading.contacts {
        let Some(cell) = contact.field(FIELD) else { continue };
        if let Ok(place) = days.binary_search_by(|(written, _)| written.raw().cmp(cell.raw())) {
            contact.set(FIELD, days[place].1.clone());
        } else {
            open += 1;
            such = such.or_else(|| Some(cell.clone()));
        }
    }
    if let Some(such) = such {
        let them = if open == 1 { "1 date was".to_owned() } else { format!("{open} dates were") };
        let such: String = such.terminal().chars().take(LONGEST).collect();
        reading.notes.push(format!(
            "{them} kept as written, such as {such}: day and month cannot be told apart, or it is \
             no date."
        ));
    }
    if reading.format == Format::LinkedIn
        && !reading.contacts.is_empty()
        && reading.contacts.iter().all(|contact| contact.field("email").is_none())
    {
        reading.notes.push(
            "LinkedIn gives the e-mail only of people who allow it; here nobody does.".to_owned(),
        );
    }
}

/// So much of a date is shown.
const LONGEST: usize = 30;
