//! Rows of a table: where each begins and ends, also when a quote is never closed.
//!
//! Knows quotes, delimiters and lines. A quoted cell may hold line breaks; a reader that only
//! follows RFC 4180 loses everything behind one stray quote. So the rows are cut first, a row
//! whose quote cannot be closed in an honest way is set aside alone, and the next line begins anew.
//! Unquoting is the `csv` crate's.

use std::io;

/// The longest row that spans several lines, in bytes.
const LONGEST_ROW: usize = 256 << 10;
/// From how many columns on a whole row within a quoted cell proves that the quote is stray.
const PROVING: usize = 5;

/// A row of the table as it stands in the text, without its line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row<'t> {
    /// Its first line, from 1.
    pub(super) line: usize,
    /// Its text.
    pub(super) text: &'t str,
    /// False where a quote in it is not closed.
    pub(super) sound: bool,
}

/// Cuts a text into rows; blank lines are left out.
#[derive(Clone, Debug)]
pub(super) struct Rows<'t> {
    rest: &'t str,
    line: usize,
    delimiter: u8,
    columns: Option<usize>,
    /// How many bytes may still be looked at in vain: bounds the work on hostile files.
    patience: usize,
}

impl<'t> Rows<'t> {
    /// All rows of `text` from `line` on; `columns` is how many the header has, where known.
    pub(super) fn new(text: &'t str, line: usize, delimiter: u8, columns: Option<usize>) -> Self {
        let patience = text.len().saturating_mul(2).saturating_add(1 << 20);
        Self { rest: text, line, delimiter, columns, patience }
    }

    /// What is not yet cut, and the number of its first line.
    pub(super) fn rest(&self) -> (&'t str, usize) {
        (self.rest, self.line)
    }

    fn cut(&mut self) -> Row<'t> {
        let line = self.line;
        let (end, lines, sound) = match scan(self.rest, self.delimiter, self.columns, self.patience)
        {
            Ok((end, lines)) => (end, lines, true),
            Err(looked) => {
                self.patience = self.patience.saturating_sub(looked);
                (line_end(self.rest), 0, false)
            }
        };
        let text = &self.rest[..end];
        let after = &self.rest[end..];
        self.rest = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or("");
        self.line += lines + 1;
        Row { line, text, sound }
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        while !self.rest.is_empty() {
            let row = self.cut();
            if !row.text.is_empty() {
                return Some(row);
            }
        }
        None
    }
}

fn line_end(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

enum State {
    CellStart,
    Bare,
    Quoted,
    QuoteInQuoted,
}

/// Where the first row ends and how many line breaks it holds; or, where its quote is not closed in
/// an honest way, how far that took to find out.
fn scan(
    text: &str,
    delimiter: u8,
    columns: Option<usize>,
    patience: usize,
) -> Result<(usize, usize), usize> {
    let bytes = text.as_bytes();
    let longest = LONGEST_ROW.min(patience);
    let mut state = State::CellStart;
    let (mut lines, mut cells, mut inside) = (0, 1, 0);
    for (at, &byte) in bytes.iter().enumerate() {
        let break_here = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let ends = byte == b'\n' || byte == b'\r';
        state = match state {
            State::CellStart | State::Bare | State::QuoteInQuoted if ends => {
                let torn = lines > 0 && columns.is_some_and(|columns| columns != cells);
                return if torn { Err(at) } else { Ok((at, lines)) };
            }
            State::CellStart | State::Bare | State::QuoteInQuoted if byte == delimiter => {
                cells += 1;
                State::CellStart
            }
            State::CellStart | State::QuoteInQuoted if byte == b'"' => State::Quoted,
            // A quote closes before a delimiter or a line end; what follows it on the same line is
            // sloppy and harmless, on another line it is the opening quote of another row.
            State::QuoteInQuoted if lines > 0 => return Err(at),
            State::CellStart | State::Bare | State::QuoteInQuoted => State::Bare,
            State::Quoted if byte == b'"' => State::QuoteInQuoted,
            State::Quoted if break_here => {
                let whole = lines > 0
                    && columns.is_some_and(|columns| columns >= PROVING && inside + 1 == columns);
                if whole || at > longest {
                    return Err(at);
                }
                lines += 1;
                inside = 0;
                State::Quoted
            }
            State::Quoted => {
                inside += usize::from(byte == delimiter);
                State::Quoted
            }
        };
    }
    let torn = lines > 0 && columns.is_some_and(|columns| columns != cells);
    match state {
        State::Quoted => Err(bytes.len()),
        State::CellStart | State::Bare | State::QuoteInQuoted if torn => Err(bytes.len()),
        State::CellStart | State::Bare | State::QuoteInQuoted => Ok((bytes.len(), lines)),
    }
}

/// Hands the sound rows to the `csv` crate, one after the other.
pub(super) struct Feed<'t, 'r> {
    rows: std::slice::Iter<'r, Row<'t>>,
    current: &'t [u8],
    ended: bool,
}

impl<'t, 'r> Feed<'t, 'r> {
    pub(super) fn new(rows: &'r [Row<'t>]) -> Self {
        Self { rows: rows.iter(), current: &[], ended: true }
    }
}

impl io::Read for Feed<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        while written < into.len() {
            if self.current.is_empty() {
                if !self.ended {
                    self.ended = true;
                    self.current = b"\n";
                    continue;
                }
                let Some(row) = self.rows.find(|row| row.sound) else { break };
                self.current = row.text.as_bytes();
                self.ended = false;
                continue;
            }
            let many = self.current.len().min(into.len() - written);
            into[written..written + many].copy_from_slice(&self.current[..many]);
            self.current = &self.current[many..];
            written += many;
        }
        Ok(written)
    }
}

/// A reader of the cells of sound rows.
pub(super) fn cells<'t, 'r>(rows: &'r [Row<'t>], delimiter: u8) -> csv::Reader<Feed<'t, 'r>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(Feed::new(rows))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Row, Rows, cells};

    #[track_caller]
    fn check(text: &str, columns: usize, expected: &[(usize, bool, &str)]) {
        let rows = Rows::new(text, 1, b',', Some(columns));
        let found: Vec<_> = rows.map(|row| (row.line, row.sound, row.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn quoted_cells_hold_line_breaks_and_delimiters() {
        check(
            "a,\"b\nc\"\r\n\r\nd,\"e,\"\"f\"\ng,h",
            2,
            &[(1, true, "a,\"b\nc\""), (4, true, "d,\"e,\"\"f\""), (5, true, "g,h")],
        );
        check("a\rb\rc", 1, &[(1, true, "a"), (2, true, "b"), (3, true, "c")]);
    }

    #[test]
    fn an_unclosed_quote_costs_its_own_line_only() {
        check(
            "a,\"b,c\nd,e,f\ng,\"h\",i\n",
            3,
            &[(1, false, "a,\"b,c"), (2, true, "d,e,f"), (3, true, "g,\"h\",i")],
        );
        check("a,\"b\nc,d\ne,f", 2, &[(1, false, "a,\"b"), (2, true, "c,d"), (3, true, "e,f")]);
        // The quote is closed by a row far below: the rows between prove it stray.
        check(
            "a,\"b,c,d,e\nf,g,h,i,j\nk,l\",m,n,o\n",
            5,
            &[(1, false, "a,\"b,c,d,e"), (2, true, "f,g,h,i,j"), (3, true, "k,l\",m,n,o")],
        );
    }

    #[test]
    fn a_file_made_of_stray_quotes_is_cut_in_linear_time() {
        let text = "a\",\"\n".repeat(200_000);
        let rows = Rows::new(&text, 1, b',', Some(7)).count();
        assert_eq!(rows, 200_000);
    }

    proptest! {
        #[test]
        fn every_sound_row_is_one_record(text in "[a\",\n\r]{0,60}", columns in 1_usize..4) {
            let rows: Vec<Row<'_>> = Rows::new(&text, 1, b',', Some(columns)).collect();
            let sound = rows.iter().filter(|row| row.sound).count();
            let records = cells(&rows, b',').into_records().flatten().count();
            prop_assert_eq!(sound, records);
        }

        #[test]
        fn rows_stand_in_order_and_lose_only_line_ends(text in "[aé\",\n\r]{0,60}") {
            let rows: Vec<Row<'_>> = Rows::new(&text, 1, b',', None).collect();
            let kept: usize = rows.iter().map(|row| row.text.len()).sum();
            let breaks = text.matches(['\n', '\r']).count();
            prop_assert!(kept <= text.len() && kept + breaks >= text.len());
            prop_assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
        }
    }
}
