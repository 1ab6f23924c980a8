//! The lines of a card before `calcard` sees them.
//!
//! Only the properties that become fields are handed on: photographs and keys make cards of
//! megabytes, and a card is bounded by what is read of it.

use super::Reason;

/// The longest card, without what is not read of it, in bytes.
const LONGEST_CARD: usize = 64 << 10;

/// The properties that are read.
const READ: &[&str] = &[
    "BEGIN",
    "END",
    "VERSION",
    "N",
    "FN",
    "EMAIL",
    "ORG",
    "TITLE",
    "ROLE",
    "NOTE",
    "URL",
    "KIND",
    "SOCIALPROFILE",
    "X-SOCIALPROFILE",
    "X-ABSHOWAS",
];

/// A card with the properties that are read. Some phones write quoted-printable UTF-8 without
/// saying so, and 2.1 would have it read as Latin-1: where the bytes are UTF-8, it is said.
pub(super) fn prepared(card: &str) -> Result<String, Reason> {
    let mut written = String::new();
    let mut rest = card;
    while !rest.is_empty() {
        let line = first_line(rest);
        let head = line.split(':').next().unwrap_or(line);
        let parameters = head.to_ascii_uppercase();
        let quoted = parameters.contains("QUOTED-PRINTABLE");
        let whole = if quoted { quoted_end(rest) } else { folded_end(rest) };
        let property = &rest[..whole];
        rest = &rest[whole..];
        let name = parameters.split(';').next().unwrap_or_default();
        let name = name.rsplit('.').next().unwrap_or(name).trim();
        if !READ.contains(&name) && !name.starts_with("X-FORTNIGHT-") {
            continue;
        }
        if written.len() + property.len() > LONGEST_CARD {
            return Err(Reason::LongCard);
        }
        let value = property.get(head.len()..).unwrap_or_default();
        written.push_str(head);
        if quoted && !parameters.contains("CHARSET") && is_utf8(value) {
            written.push_str(";CHARSET=UTF-8");
        }
        written.push_str(value);
    }
    Ok(written)
}

fn first_line(text: &str) -> &str {
    &text[..text.find('\n').map_or(text.len(), |at| at + 1)]
}

/// Where a property ends: a line that begins with white space goes on with the one before.
fn folded_end(text: &str) -> usize {
    let mut end = first_line(text).len();
    while text[end..].starts_with([' ', '\t']) {
        end += first_line(&text[end..]).len();
    }
    end
}

/// Where a quoted-printable property ends: a line that ends with `=` goes on in the next.
fn quoted_end(text: &str) -> usize {
    let mut end = 0;
    loop {
        let line = first_line(&text[end..]);
        end += line.len();
        if !line.trim_end_matches(['\r', '\n']).ends_with('=') || end == text.len() {
            return end;
        }
    }
}

/// Whether a quoted-printable value, with its soft line breaks, holds UTF-8.
fn is_utf8(value: &str) -> bool {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'=', [b'\r', b'\n', more @ ..] | [b'\n', more @ ..]) => rest = more,
            (b'=', [high, low, more @ ..]) => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                if let (Some(high), Some(low)) = (digit(*high), digit(*low)) {
                    bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                    rest = more;
                }
            }
            (other, _) => bytes.push(other),
        }
    }
    std::str::from_utf8(&bytes).is_ok()
}
