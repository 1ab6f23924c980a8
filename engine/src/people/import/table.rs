//! Where a table begins and what its columns are.
//!
//! Knows delimiters and headers, guessed and given. It must not know what a row becomes.

use std::collections::BTreeSet;

use super::{
    Refusal, content,
    headers::{self, Target, Wanted},
    records::{self, Row, Rows},
};
use crate::words::Words;

/// What may stand between cells.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Stands between the cells of a table of one column: it occurs in no honest cell.
const NO_DELIMITER: u8 = 0x1f;
/// How far down a header is looked for: LinkedIn puts paragraphs before it.
pub(super) const HEAD_ROWS: usize = 500;
pub(super) const HEAD_BYTES: usize = 1 << 20;

/// Where the table begins and what its columns are.
pub(super) struct Table<'t> {
    pub(super) delimiter: u8,
    pub(super) headers: Vec<String>,
    pub(super) targets: Vec<Option<Target>>,
    /// The rows below the header, and the line on which they begin.
    pub(super) rest: &'t str,
    pub(super) line: usize,
}

/// The row that looks most like a header, whatever delimiter shows it; columns that no header
/// tells are told by their cells where that is safe.
pub(super) fn find<'t>(text: &'t str, wanted: &Wanted<'_>) -> Result<Table<'t>, Refusal> {
    let mut table = headed(text, wanted)?;
    content::complete(&mut table, wanted);
    Ok(table)
}

fn headed<'t>(text: &'t str, wanted: &Wanted<'_>) -> Result<Table<'t>, Refusal> {
    let given = wanted.given;
    let head = &text[..text.floor_char_boundary(HEAD_BYTES)];
    let mut best: Option<((usize, usize), Table<'t>)> = None;
    let mut missing: Option<((usize, usize), Refusal)> = None;
    for delimiter in DELIMITERS {
        let mut rows = Rows::new(head, 1, delimiter, None);
        for _ in 0..HEAD_ROWS {
            let Some(row) = rows.next() else { break };
            let Some(headers) = cells_of(&row, delimiter) else { continue };
            let mut targets = headers::guess(&headers, wanted.asked);
            // A row of which no word is known is no header: numbers fit any row.
            let worded = targets.iter().any(Option::is_some)
                || given.iter().any(|(_, column)| place_of(column, &headers).is_some());
            if !worded {
                continue;
            }
            let absent = lay_given(wanted, &headers, &mut targets);
            let found: BTreeSet<Target> = targets.iter().flatten().copied().collect();
            if !names_somebody(&found, wanted) {
                continue;
            }
            // Of `Contacts` above an empty line and `Name` below it, the second is the header.
            let strong = targets
                .iter()
                .zip(&headers)
                .filter(|(target, header)| target.is_some() && headers::is_strong(header));
            let known = (found.len(), strong.count());
            if let Some(column) = absent {
                if missing.as_ref().is_none_or(|(most, _)| known > *most) {
                    let columns = headers.iter().map(|header| Words::new(header.trim())).collect();
                    missing = Some((known, Refusal::NoColumn(Words::new(column), columns)));
                }
                continue;
            }
            if best.as_ref().is_none_or(|(most, _)| known > *most) {
                let (after, line) = rows.rest();
                let rest = &text[head.len() - after.len()..];
                let delimiter = if headers.len() == 1 { NO_DELIMITER } else { delimiter };
                best = Some((known, Table { delimiter, headers, targets, rest, line }));
            }
        }
    }
    match (best, missing) {
        (Some((known, table)), missing)
            if missing.as_ref().is_none_or(|(most, _)| known >= *most) =>
        {
            Ok(table)
        }
        (_, Some((_, refusal))) => Err(refusal),
        (_, None) => match content::connections(text) {
            Some(mut table) => {
                let absent = lay_given(wanted, &table.headers, &mut table.targets);
                let columns = || table.headers.iter().map(|header| Words::new(header.trim()));
                match absent {
                    Some(column) => Err(Refusal::NoColumn(Words::new(column), columns().collect())),
                    None => Ok(table),
                }
            }
            None => without_header(text, wanted),
        },
    }
}

/// A table without a header can be read where every column was given by its number.
fn without_header<'t>(text: &'t str, wanted: &Wanted<'_>) -> Result<Table<'t>, Refusal> {
    let given = wanted.given;
    let widest = DELIMITERS
        .iter()
        .filter_map(|delimiter| {
            let row = Rows::new(text, 1, *delimiter, None).next()?;
            Some((*delimiter, cells_of(&row, *delimiter)?))
        })
        .reduce(|best, next| if next.1.len() > best.1.len() { next } else { best });
    let (delimiter, first) = widest.unwrap_or((b',', Vec::new()));
    let columns = || first.iter().map(|cell| Words::new(cell.trim())).collect();
    let mut targets = vec![None; first.len()];
    for (at, (_, column)) in given.iter().enumerate() {
        let place = column.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match place.and_then(|place| targets.get_mut(place)) {
            Some(target) => *target = Some(Target::Given(at)),
            None => return Err(Refusal::NoColumn(Words::new(*column), columns())),
        }
    }
    let found: BTreeSet<Target> = targets.iter().flatten().copied().collect();
    if !names_somebody(&found, wanted) {
        return Err(Refusal::NoNames(columns()));
    }
    let headers = (1..=first.len()).map(|number| number.to_string()).collect();
    let delimiter = if first.len() == 1 { NO_DELIMITER } else { delimiter };
    Ok(Table { delimiter, headers, targets, rest: text, line: 1 })
}

pub(super) fn cells_of(row: &Row<'_>, delimiter: u8) -> Option<Vec<String>> {
    /// A header of ten thousand columns is taken apart, a novel before it is not.
    const LONGEST: usize = 256 << 10;
    if !row.sound || row.text.len() > LONGEST {
        return None;
    }
    let rows = [*row];
    let record = records::cells(&rows, delimiter).into_records().next()?.ok()?;
    Some(record.iter().map(ToOwned::to_owned).collect())
}

/// Lays what was given over what was guessed; the first given column that is not there, if any.
fn lay_given<'g>(
    wanted: &Wanted<'g>,
    headers: &[String],
    targets: &mut [Option<Target>],
) -> Option<&'g str> {
    let mut taken = Vec::new();
    for (at, (field, column)) in wanted.given.iter().enumerate() {
        let number = || column.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let place =
            place_of(column, headers).or_else(|| number().filter(|place| *place < headers.len()));
        let Some(place) = place else { return Some(column) };
        for target in targets.iter_mut() {
            if target.and_then(|target| wanted.field(target)) == Some(*field) {
                *target = None;
            }
        }
        taken.push((place, at));
    }
    for (place, at) in taken {
        targets[place] = Some(Target::Given(at));
    }
    None
}

fn place_of(column: &str, headers: &[String]) -> Option<usize> {
    let asked = headers::plain(column);
    headers.iter().position(|header| headers::plain(header) == asked)
}

fn names_somebody(found: &BTreeSet<Target>, wanted: &Wanted<'_>) -> bool {
    found.iter().any(|target| {
        let field = || wanted.field(*target);
        target.names()
            || field().is_some_and(|field| ["name", "first_name", "last_name"].contains(&field))
    })
}

/// Which column gives which field; what gives a name only where none of these does is left out.
pub(super) fn shown_mapping(table: &Table<'_>, wanted: &Wanted<'_>) -> Vec<(String, Words)> {
    let first = [Target::Name, Target::FirstName, Target::LastName];
    let named = table.targets.iter().flatten().any(|target| first.contains(target));
    let columns = table.targets.iter().zip(&table.headers);
    columns
        .filter(|(target, _)| !named || **target != Some(Target::FiledAs))
        .filter_map(|(target, header)| {
            Some((wanted.field((*target)?)?.to_owned(), Words::new(header.trim())))
        })
        .collect()
}
