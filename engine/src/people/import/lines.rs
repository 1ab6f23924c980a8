//! The lines of a card before `calcard` sees them.
//!
//! Only the properties that become fields are handed on: photographs and keys make cards of
//! megabytes, and a card is bounded by what is read of it.

use std::fmt::Write as _;

use super::{Reason, encoding, western::western};

/// The longest card, without what is not read of it, in bytes.
const LONGEST_CARD: usize = 64 << 10;

/// The properties that are read.
const READ: &[&str] = &[
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
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
    "X-ADDRESSBOOKSERVER-KIND",
];

/// The encoding that all properties of cards name, in a file that is no UTF-8: then it is the file's.
pub(super) fn charset(bytes: &[u8]) -> Option<&str> {
    const NAMED: &[u8] = b"CHARSET=";
    let start = bytes.get(..11)?;
    if !start.eq_ignore_ascii_case(b"BEGIN:VCARD") {
        return None;
    }
    let mut found: Option<&[u8]> = None;
    for line in bytes.split(|byte| *byte == b'\n') {
        let head = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let place = head.windows(NAMED.len()).position(|at| at.eq_ignore_ascii_case(NAMED));
        let Some(label) = place.and_then(|at| head.get(at + NAMED.len()..)) else { continue };
        let label = label.split(|byte| *byte == b';').next().unwrap_or_default();
        if found.is_some_and(|found| !found.eq_ignore_ascii_case(label)) {
            return None;
        }
        found = Some(label);
    }
    std::str::from_utf8(found?).ok()
}

/// A card with the properties that are read, all in UTF-8. Some phones write quoted-printable UTF-8
/// without saying so, and 2.1 would have it read as Latin-1: where the bytes are UTF-8, it is said.
/// Others name encodings of their own, which are left behind here.
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
        if !quoted {
            written.push_str(head);
            written.push_str(value);
            continue;
        }
        let (head, label) = without_charset(head);
        written.push_str(&head);
        written.push_str(";CHARSET=UTF-8");
        let label = label.filter(|label| !label.eq_ignore_ascii_case("UTF-8"));
        // What is written in letters beside the quoted ones is in the encoding of the file.
        if !value.is_ascii() || (label.is_none() && is_utf8(value)) {
            written.push_str(value);
        } else {
            written.push_str(&requoted(value, label)?);
        }
    }
    Ok(written)
}

/// The head of a property without its charset, and that charset.
fn without_charset(head: &str) -> (String, Option<&str>) {
    let mut label = None;
    let kept: Vec<&str> = head
        .split(';')
        .filter(|parameter| {
            let charset = parameter
                .split_once('=')
                .filter(|(name, _)| name.trim().eq_ignore_ascii_case("CHARSET"));
            label = charset.map(|(_, value)| value.trim().trim_matches('"')).or(label);
            charset.is_none()
        })
        .collect();
    (kept.join(";"), label)
}

/// A quoted-printable value in another encoding, as quoted-printable UTF-8. Semicolons that are
/// not quoted part components; no letter of these encodings holds one.
fn requoted(value: &str, label: Option<&str>) -> Result<String, Reason> {
    let mut written = String::new();
    for (place, part) in value.split(';').enumerate() {
        let bytes = unquoted(part);
        let text = match label {
            Some(label) => encoding::named(&bytes, label).map(|(text, _)| text),
            None if bytes.is_ascii() => String::from_utf8(bytes.clone()).ok().map(Into::into),
            None => western(&bytes).ok().map(|(text, _)| text),
        };
        if place > 0 {
            written.push(';');
        }
        for byte in text.ok_or(Reason::Letters)?.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b':' | b'.' | b'@' | b'-') {
                written.push(char::from(byte));
            } else {
                let _cannot_fail = write!(written, "={byte:02X}");
            }
        }
    }
    written.push('\n');
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
    std::str::from_utf8(&unquoted(value)).is_ok()
}

/// The bytes of a quoted-printable value, without its soft line breaks and its end.
fn unquoted(value: &str) -> Vec<u8> {
    let value = value.trim_end_matches(['\r', '\n']);
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
    bytes
}
