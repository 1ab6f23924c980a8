//! What columns hold, told by their cells where no header says it.
//!
//! Knows addresses, days and the order of LinkedIn's columns. Only what is unmistakable is told:
//! anything else stays open, for somebody to say.

use jiff::civil::{Date, date};

use super::{
    headers::{self, Target, Wanted},
    records::{self, Row, Rows},
    table::{DELIMITERS, HEAD_BYTES, HEAD_ROWS, Table, cells_of},
    vocabulary::OTHER_DAYS,
};
use crate::people::{dates, identity};

/// How many rows are looked at.
const LOOKED_AT: usize = 200;
/// LinkedIn began on this day: nobody connected earlier, and most birthdays are earlier.
const LINKEDIN_BEGAN: Date = date(2003, 5, 5);

/// The columns of LinkedIn's connections, in their order.
const LINKEDIN: [Target; 7] = [
    Target::FirstName,
    Target::LastName,
    Target::Profile,
    Target::Email,
    Target::Company,
    Target::Position,
    Target::ConnectedOn,
];

/// Lays over a table what its cells tell of columns whose headers tell nothing: e-mails, pages of
/// LinkedIn and, where the columns stand as LinkedIn writes them, all the others.
pub(super) fn complete(table: &mut Table<'_>, wanted: &Wanted<'_>) {
    let open = |table: &Table<'_>, target: Target, field: &str| {
        !table.targets.contains(&Some(target)) && !wanted.gives(field)
    };
    if table.targets.iter().all(Option::is_some) {
        return;
    }
    let mails = open(table, Target::Email, "email");
    let profiles = open(table, Target::Profile, "profile");
    let laid_out = wanted.given.is_empty() && may_be_laid_out(table);
    if !(mails || profiles || laid_out) {
        return;
    }
    let sample = sample(table);
    let all = |column: usize, fits: fn(&str) -> bool| {
        let cells = || sample.iter().filter_map(|row| row.get(column)).map(str::trim);
        let mut filled = cells().filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(fits)
    };
    let empty_or = |column: usize, fits: fn(&str) -> bool| {
        sample
            .iter()
            .filter_map(|row| row.get(column))
            .map(str::trim)
            .all(|cell| cell.is_empty() || fits(cell))
    };
    if laid_out && all(2, is_member) && empty_or(3, is_mail) && all(6, is_day_of_connecting) {
        table.targets = LINKEDIN.into_iter().map(Some).collect();
        return;
    }
    let unknown: Vec<usize> =
        (0..table.targets.len()).filter(|at| table.targets[*at].is_none()).collect();
    let mut say = |wanted: bool, target: Target, fits: fn(&str) -> bool| {
        let mut fitting = unknown.iter().copied().filter(|at| all(*at, fits));
        if let (true, Some(at), None) = (wanted, fitting.next(), fitting.next()) {
            table.targets[at] = Some(target);
        }
    };
    say(mails, Target::Email, is_mail);
    say(profiles, Target::Profile, is_member);
}

/// As many columns as LinkedIn writes; those whose headers tell something stand where it puts
/// them, and the last one is no other day.
fn may_be_laid_out(table: &Table<'_>) -> bool {
    let agree = table
        .targets
        .iter()
        .zip(LINKEDIN)
        .all(|(found, placed)| found.is_none_or(|found| found == placed));
    let last = table.headers.last().map(|header| headers::plain(header)).unwrap_or_default();
    let other = last.split(' ').any(|word| OTHER_DAYS.contains(&word));
    table.targets.len() == LINKEDIN.len() && agree && !other
}

/// LinkedIn's connections under headers in a language nobody here reads: the third column holds
/// its pages, the fourth e-mails, the last days, and the row above them is the header.
pub(super) fn connections(text: &str) -> Option<Table<'_>> {
    let head = &text[..text.floor_char_boundary(HEAD_BYTES)];
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut rows = Rows::new(head, 1, delimiter, None);
        let mut above: Option<(Vec<String>, usize, usize)> = None;
        for _ in 0..HEAD_ROWS {
            let row = rows.next()?;
            let Some(cells) = cells_of(&row, delimiter) else { continue };
            if let Some((headers, behind, line)) = above.take().filter(|_| is_connection(&cells)) {
                let rest = &text[behind..];
                let targets = LINKEDIN.into_iter().map(Some).collect();
                return Some(Table { delimiter, headers, targets, rest, line });
            }
            let (after, line) = rows.rest();
            let named = cells.len() == LINKEDIN.len() && cells.iter().all(|cell| is_word(cell));
            above = named.then_some((cells, head.len() - after.len(), line));
        }
        None
    })
}

fn is_connection(cells: &[String]) -> bool {
    let fits =
        |at: usize, fits: fn(&str) -> bool| cells.get(at).is_some_and(|cell| fits(cell.trim()));
    cells.len() == LINKEDIN.len()
        && fits(2, is_member)
        && fits(3, |cell| cell.is_empty() || is_mail(cell))
        && fits(6, |cell| !cell.is_empty() && cell.chars().any(|c| c.is_ascii_digit()))
        && (fits(0, is_word) || fits(1, is_word))
}

/// A word of a header: no address and no number.
fn is_word(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic)
        && !cell.contains(['@', '/'])
        && !cell.chars().any(|c| c.is_ascii_digit())
}

fn is_mail(cell: &str) -> bool {
    let mut several = cell.split([' ', ',', ';']).filter(|part| !part.is_empty());
    several.all(|part| identity::email_key(part).is_some_and(|key| key.contains('.')))
}

/// A member's page on LinkedIn.
fn is_member(cell: &str) -> bool {
    identity::profile_key(cell).is_some_and(|key| key.starts_with("linkedin.com/in/"))
}

/// A day since LinkedIn began, or one in a language nobody here reads.
fn is_day_of_connecting(cell: &str) -> bool {
    let day = dates::read_date_in(cell, dates::Order::DayFirst)
        .or_else(|| dates::read_date_in(cell, dates::Order::MonthFirst))
        .or_else(|| dates::read_serial(cell));
    day.map_or_else(
        || cell.chars().any(|c| c.is_ascii_digit()) && cell.len() <= 64,
        |day| day >= LINKEDIN_BEGAN,
    )
}

fn sample(table: &Table<'_>) -> Vec<csv::StringRecord> {
    let width = Some(table.targets.len());
    let rows = Rows::new(table.rest, table.line, table.delimiter, width);
    let rows: Vec<Row<'_>> = rows.take(LOOKED_AT).filter(|row| row.sound).collect();
    records::cells(&rows, table.delimiter).into_records().flatten().collect()
}
