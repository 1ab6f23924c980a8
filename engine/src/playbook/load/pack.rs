//! A playbook with all it extends as one file, and its hash.
//!
//! The text depends on the values alone, not on how they were written, so that packing what was
//! packed changes nothing.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::syntax::{Node, Scalar, Value};

/// A packed playbook.
pub(super) struct Packed {
    pub text: String,
    /// SHA-256 of all lines but the first, in hexadecimal.
    pub hash: String,
}

pub(super) fn pack(merged: &Node) -> Packed {
    let mut body = String::new();
    value(merged, 0, &mut body);
    let mut hash = String::new();
    for byte in Sha256::digest(body.as_bytes()) {
        let _ = write!(hash, "{byte:02x}");
    }
    Packed { text: format!("# sha256 {hash}\n{body}"), hash }
}

/// Writes a value after its key (or dash); a map or list begins on a line of its own.
fn value(node: &Node, indent: usize, out: &mut String) {
    match &node.value {
        Value::Null | Value::Broken => out.push_str(" ~\n"),
        Value::Scalar(scalar) => {
            out.push(' ');
            text(scalar, indent, out);
        }
        Value::List(items) if items.is_empty() => out.push_str(" []\n"),
        Value::Map(entries) if entries.is_empty() => out.push_str(" {}\n"),
        Value::List(items) => {
            start_line(out);
            for item in items {
                pad(indent, out);
                out.push('-');
                value(item, indent + 2, out);
            }
        }
        Value::Map(entries) => {
            start_line(out);
            for entry in entries {
                pad(indent, out);
                line(entry.key.text(), out);
                out.push(':');
                value(&entry.value, indent + 2, out);
            }
        }
    }
}

fn start_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn text(scalar: &Scalar, indent: usize, out: &mut String) {
    let text = scalar.text();
    if !fits_block(text) {
        line(text, out);
        out.push('\n');
        return;
    }
    let (body, header) = match text.strip_suffix('\n') {
        Some(body) => (body, "|\n"),
        None => (text, "|-\n"),
    };
    out.push_str(header);
    for part in body.split('\n') {
        if !part.is_empty() {
            pad(indent, out);
            out.push_str(part);
        }
        out.push('\n');
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
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}
