//! Cells of spreadsheets and values of calendar files.

use super::{Words, danger};

impl Words {
    /// The text of a spreadsheet's cell. A text that a spreadsheet would take for a formula gets
    /// an apostrophe in front, which spreadsheets read as "this is text". Lines stay lines;
    /// quoting by RFC 4180 is the writer's.
    ///
    /// Source of the list of leading characters: OWASP, "CSV Injection".
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("=1+1").csv(), "'=1+1");
    /// assert_eq!(Words::new("Ana = Silva").csv(), "Ana = Silva");
    /// assert_eq!(Words::from_csv("'=1+1"), Words::new("=1+1"));
    /// ```
    pub fn csv(&self) -> String {
        let block = danger::many_lines(self.raw());
        if starts_formula(&block) || is_guarded(&block) { format!("'{block}") } else { block }
    }

    /// Reads a cell back: takes away the apostrophe that [`csv`](Self::csv) or a spreadsheet put
    /// before a formula's first character, and nothing else.
    pub fn from_csv(cell: &str) -> Self {
        if is_guarded(cell) { Self::new(&cell[1..]) } else { Self::new(cell) }
    }

    /// The value of an iCalendar property of type TEXT (RFC 5545, 3.3.11): backslash, semicolon,
    /// comma and line breaks are escaped. Folding long lines is the writer's.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("Ana, Silva\nEND:VEVENT").ical(), r"Ana\, Silva\nEND:VEVENT");
    /// ```
    pub fn ical(&self) -> String {
        let mut value = String::with_capacity(self.raw().len());
        for character in danger::unify_lines(self.raw()) {
            match character {
                '\n' => value.push_str("\\n"),
                '\t' => value.push(' '),
                '\\' | ';' | ',' => {
                    value.push('\\');
                    value.push(character);
                }
                other => danger::push_visible(&mut value, other),
            }
        }
        value
    }
}

/// Some programs skip white space and invisible characters before they look for a formula, and
/// some take the full-width forms of these characters for the same.
fn starts_formula(text: &str) -> bool {
    let skipped = |character: char| {
        character.is_whitespace()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
    };
    text.trim_start_matches(skipped)
        .starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '−'])
}

/// One or more apostrophes before what would be a formula.
fn is_guarded(text: &str) -> bool {
    text.starts_with('\'') && starts_formula(text.trim_start_matches('\''))
}
