//! The last gate before a stream: no control, escape or bidirectional-override character passes
//! (R21), wherever the text came from.
//!
//! Text of people has its own type in the engine, with one method for each place it may go. This
//! gate stands behind it, for the day on which somebody forgets.

use fortnight_engine::words::{Words, escape_json};

/// Several lines: breaks stay, what could steer a terminal is shown as a sign for it.
///
/// ```
/// use fortnight_cli::render::safe::block;
/// assert_eq!(block("Ana\u{1b}[2J\nBen"), "Ana␛[2J\nBen");
/// ```
pub fn block(text: &str) -> String {
    Words::new(text).terminal_block()
}

/// One line: breaks become spaces.
pub fn line(text: &str) -> String {
    Words::new(text).terminal()
}

/// A JSON document in which what could steer a terminal stands as `\u` escapes.
pub fn json(document: &str) -> String {
    escape_json(document)
}

/// Text with the colours of a renderer that cleaned every piece of it before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coloured(String);

impl Coloured {
    /// Vouches that `text` holds no escape sequence but those that the renderer put there.
    pub(crate) fn vouched(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
