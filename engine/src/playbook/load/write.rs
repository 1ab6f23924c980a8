//! A tree as YAML that reads back as the same tree.
//!
//! The text depends on the values alone, not on how they were written. Behind each key may stand a
//! note, which no reader takes for content.

use std::fmt::Write as _;

use crate::syntax::{Entry, Node, Scalar, Value, is_forbidden};

/// The column at which notes begin, unless the line is longer.
const NOTES_AT: usize = 60;

/// Writes a tree; `note` says what stands behind a key, if anything does.
pub(in crate::playbook) fn write(tree: &Node, note: &dyn Fn(&Entry) -> Option<String>) -> String {
    let mut writer = Writer { out: String::new(), note };
    writer.value(tree, 0, None);
    writer.out
}

struct Writer<'n> {
    out: String,
    note: &'n dyn Fn(&Entry) -> Option<String>,
}

impl Writer<'_> {
    /// Writes a value after its key (or dash); a map or list begins on a line of its own.
    fn value(&mut self, tree: &Node, indent: usize, note: Option<String>) {
        match &tree.value {
            Value::Null | Value::Broken => {
                self.out.push_str(" ~");
                self.end_line(note);
            }
            Value::Scalar(scalar) => {
                self.out.push(' ');
                self.text(scalar, indent, note);
            }
            Value::List(items) if items.is_empty() => {
                self.out.push_str(" []");
                self.end_line(note);
            }
            Value::Map(entries) if entries.is_empty() => {
                self.out.push_str(" {}");
                self.end_line(note);
            }
            Value::List(items) => {
                self.start_line(note);
                for item in items {
                    self.pad(indent);
                    self.out.push('-');
                    self.value(item, indent + 2, None);
                }
            }
            Value::Map(entries) => {
                self.start_line(note);
                for entry in entries {
                    self.pad(indent);
                    line(entry.key.text(), &mut self.out);
                    self.out.push(':');
                    self.value(&entry.value, indent + 2, (self.note)(entry));
                }
            }
        }
    }

    fn start_line(&mut self, note: Option<String>) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.end_line(note);
        }
    }

    fn end_line(&mut self, note: Option<String>) {
        if let Some(note) = note {
            let line = self.out.rsplit('\n').next().unwrap_or_default().chars().count();
            self.pad(NOTES_AT.saturating_sub(line).max(2));
            self.out.push_str("# ");
            // A name of a file may hold anything.
            let safe = |letter: char| !letter.is_control() && !is_forbidden(letter);
            let safe = |letter: char| safe(letter) && letter != char::REPLACEMENT_CHARACTER;
            self.out.extend(note.chars().map(|letter| if safe(letter) { letter } else { '?' }));
        }
        self.out.push('\n');
    }

    fn pad(&mut self, blanks: usize) {
        const BLANKS: &str = "                                                                ";
        match BLANKS.get(..blanks) {
            Some(blanks) => self.out.push_str(blanks),
            None => self.out.extend(std::iter::repeat_n(' ', blanks)),
        }
    }

    fn text(&mut self, scalar: &Scalar, indent: usize, note: Option<String>) {
        let text = scalar.text();
        if !fits_block(text) {
            line(text, &mut self.out);
            self.end_line(note);
            return;
        }
        let (body, header) = match text.strip_suffix('\n') {
            Some(body) => (body, "|"),
            None => (text, "|-"),
        };
        self.out.push_str(header);
        self.end_line(note);
        for part in body.split('\n') {
            if !part.is_empty() {
                self.pad(indent);
                self.out.push_str(part);
            }
            self.out.push('\n');
        }
    }
}

/// Whether a text of several lines reads back as it is from a block.
fn fits_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    text.contains('\n')
        && body.starts_with(|first: char| !first.is_whitespace())
        && !body.ends_with('\n')
        && body.chars().all(|letter| letter == '\n' || !letter.is_control())
}

/// A text in one line: plain where every reader takes it for the same word, else in quotes.
fn line(text: &str, out: &mut String) {
    let plain = text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !text.ends_with(' ')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" _./-".contains(&byte))
        && !matches!(text.to_ascii_lowercase().as_str(), "null" | "nan");
    if plain {
        out.push_str(text);
    } else {
        let _ = write!(out, "{}", serde_json::Value::from(text));
    }
}
