//! Words of people: text that came from a file, an address book or a keyboard.
//!
//! Knows how such text is made safe for each place it may go (R21). It must not know what it says,
//! and never changes what is stored: honest names of any script stay byte for byte (R22).

use smol_str::SmolStr;

mod address;
mod danger;
mod json;
mod page;
mod plain;
mod sheet;
#[cfg(test)]
mod tests;

pub(crate) use danger::shown;
pub use json::escape_json;

/// Text from people or files: data, never markup, never an instruction (M6).
///
/// It has no `Display` on purpose; each place it may go has a method of its own.
///
/// | place | method |
/// | --- | --- |
/// | one line of a terminal | [`terminal`](Self::terminal) |
/// | several lines of a terminal | [`terminal_block`](Self::terminal_block) |
/// | a cell of a spreadsheet | [`csv`](Self::csv), read back with [`from_csv`](Self::from_csv) |
/// | a text of an iCalendar file | [`ical`](Self::ical) |
/// | text of a page | [`html_text`](Self::html_text) |
/// | a quoted attribute of a page | [`html_attribute`](Self::html_attribute) |
/// | a link | [`web_address`](Self::web_address) |
/// | a header of a mail | [`mail_header`](Self::mail_header) |
/// | a recipient | [`mail_address`](Self::mail_address) |
/// | the name of a file | [`file_name`](Self::file_name) |
/// | a JSON string | [`json`](Self::json) |
///
/// ```
/// use fortnight_engine::words::Words;
/// let name = Words::new("=Ana\u{1b}[2J <b>");
/// assert_eq!(name.raw(), "=Ana\u{1b}[2J <b>");
/// assert_eq!(name.terminal(), "=Ana␛[2J <b>");
/// assert_eq!(name.csv(), "'=Ana␛[2J <b>");
/// assert_eq!(name.html_text(), "=Ana␛[2J &lt;b&gt;");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(SmolStr);

impl Words {
    /// Keeps `text` byte for byte. What is as short as most names are is no allocation, and a copy of
    /// the rest shares it.
    pub fn new(text: impl Into<SmolStr>) -> Self {
        Self(text.into())
    }

    /// The bytes as they came, for comparing and storing; never for showing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// True where nothing was given that anybody could see: white space, and characters that show
    /// nothing by themselves.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert!(Words::new(" \u{200b}\u{a0}").is_blank());
    /// assert!(!Words::new("\u{200b}a").is_blank());
    /// ```
    pub fn is_blank(&self) -> bool {
        self.0.chars().all(|character| character.is_whitespace() || shows_nothing(character))
    }
}

/// Characters that Unicode calls ignorable where nothing is known of them, and two blanks that are no
/// white space: of Braille and of Hangul (Unicode 16, `Default_Ignorable_Code_Point`).
fn shows_nothing(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
