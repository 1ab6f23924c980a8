//! Columns of text, aligned by display width, cut to fit.

use super::width;

/// On which side of its column a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// How one column behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// On which side the text stands.
    pub align: Align,
    /// The columns it keeps when the table is too wide; none: it is never cut.
    pub least: Option<usize>,
}

impl Column {
    /// Words that are never cut.
    pub const WORDS: Self = Self { align: Align::Left, least: None };
    /// Numbers.
    pub const NUMBER: Self = Self { align: Align::Right, least: None };

    /// Words that give way down to `least` columns when there is no room.
    pub const fn yielding(least: usize) -> Self {
        Self { align: Align::Left, least: Some(least) }
    }
}

/// A table without lines around it: what reads well without colour.
///
/// ```
/// use fortnight_cli::render::table::{Column, Table};
/// let mut table = Table::new(vec![Column::NUMBER, Column::WORDS]).indent(2);
/// table.row(["9".into(), "Offer two times".into()]);
/// table.row(["10".into(), "Follow up".into()]);
/// assert_eq!(table.to_text(80), "   9  Offer two times\n  10  Follow up\n");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    indent: usize,
}

/// The columns between two columns.
const GAP: usize = 2;

impl Table {
    /// A table with these columns and no row.
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new(), indent: 0 }
    }

    /// Moves the whole table to the right.
    #[must_use]
    pub fn indent(mut self, columns: usize) -> Self {
        self.indent = columns;
        self
    }

    /// Adds a row; cells beyond the columns are left out, missing ones are empty. Each cell is
    /// one line.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut cells: Vec<String> = cells.into_iter().take(self.columns.len()).collect();
        cells.resize(self.columns.len(), String::new());
        self.rows.push(cells.iter().map(|cell| super::safe::line(cell)).collect());
    }

    /// True where no row was added.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines, each at most `columns` wide unless columns that are never cut need more.
    pub fn to_text(&self, columns: usize) -> String {
        self.lines(columns).into_iter().map(|line| line + "\n").collect()
    }

    /// As [`to_text`](Self::to_text), line by line.
    pub fn lines(&self, columns: usize) -> Vec<String> {
        let widths = self.widths(columns);
        let mut lines = Vec::new();
        for row in &self.rows {
            let mut line = " ".repeat(self.indent);
            let mut first = true;
            for ((cell, column), wide) in row.iter().zip(&self.columns).zip(&widths) {
                if *wide == 0 {
                    continue;
                }
                if !first {
                    line.push_str(&" ".repeat(GAP));
                }
                first = false;
                let cell = width::cut(cell, *wide);
                line.push_str(&match column.align {
                    Align::Left => width::pad(&cell, *wide),
                    Align::Right => width::pad_left(&cell, *wide),
                });
            }
            lines.push(line.trim_end().to_owned());
        }
        lines
    }

    /// How wide each column is: as wide as its widest cell, until the row is too long; then those
    /// that yield give way, the last one first, each down to its least. A column without any text
    /// takes no room.
    fn widths(&self, columns: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|at| self.rows.iter().map(|row| width::of(&row[at])).max().unwrap_or(0))
            .collect();
        let shown = widths.iter().filter(|wide| **wide > 0).count();
        let gaps = self.indent + GAP * shown.saturating_sub(1);
        let mut over = (gaps + widths.iter().sum::<usize>()).saturating_sub(columns);
        for (column, wide) in self.columns.iter().zip(&mut widths).rev() {
            let Some(least) = column.least else { continue };
            let given = over.min(wide.saturating_sub(least.max(1)));
            *wide -= given;
            over -= given;
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Table};

    #[test]
    fn the_last_yielding_column_gives_way_first() {
        let mut table = Table::new(vec![Column::NUMBER, Column::yielding(8), Column::yielding(6)]);
        table.row(["1".into(), "Offer two times".into(), "Dana Levi".into()]);
        assert_eq!(table.to_text(28), "1  Offer two times  Dana Le…\n");
        assert_eq!(table.to_text(24), "1  Offer two ti…  Dana…\n");
        assert_eq!(table.to_text(4), "1  Offer t…  Dana…\n");
    }

    #[test]
    fn an_empty_column_takes_no_room() {
        let mut table = Table::new(vec![Column::WORDS, Column::WORDS, Column::WORDS]);
        table.row(["a".into(), String::new(), "b".into()]);
        assert_eq!(table.to_text(80), "a  b\n");
    }

    #[test]
    fn a_cell_is_one_safe_line() {
        let mut table = Table::new(vec![Column::WORDS]);
        table.row(["a\nb\u{1b}[0m".into()]);
        assert_eq!(table.to_text(80), "a b␛[0m\n");
    }
}
