//! Strings of JSON: nothing is lost, nothing dangerous is left in the bytes.

use std::fmt::Write as _;

use super::{Words, danger};

impl Words {
    /// A JSON string with its quotes. Nothing is replaced: what must not reach an output stands as
    /// `\u` escapes, and a reader of JSON gets the text byte for byte.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("\"\u{1b}\u{202e}").json(), r#""\"\u001b\u202e""#);
    /// ```
    pub fn json(&self) -> String {
        let mut string = String::with_capacity(self.raw().len() + 2);
        string.push('"');
        for character in self.raw().chars() {
            match character {
                '"' => string.push_str("\\\""),
                '\\' => string.push_str("\\\\"),
                '\n' => string.push_str("\\n"),
                '\r' => string.push_str("\\r"),
                '\t' => string.push_str("\\t"),
                other => push(&mut string, other),
            }
        }
        string.push('"');
        string
    }
}

/// Makes a whole JSON document safe to print: serialisers leave DEL, the controls of Latin-1 and
/// bidirectional overrides as they are. In a document these can only stand inside strings, where
/// an escape means the same.
///
/// ```
/// use fortnight_engine::words::escape_json;
/// assert_eq!(escape_json("{\n  \"a\": \"\u{9b}\"\n}"), "{\n  \"a\": \"\\u009b\"\n}");
/// ```
pub fn escape_json(document: &str) -> String {
    let mut escaped = String::with_capacity(document.len());
    for character in document.chars() {
        if matches!(character, '\n' | '\r' | '\t') {
            escaped.push(character);
        } else {
            push(&mut escaped, character);
        }
    }
    escaped
}

fn push(string: &mut String, character: char) {
    if danger::is_dangerous(character) || danger::breaks_line(character) {
        // All of them lie below U+10000: one escape each. Writing to a string cannot fail.
        let _ = write!(string, "\\u{:04x}", u32::from(character));
    } else {
        string.push(character);
    }
}
