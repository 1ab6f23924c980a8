//! The lines of an iCalendar file (RFC 5545, 3.1): unfolded, each with its number in the file.
//!
//! Knows bytes, folds, parameters and their quotes. It must not know what a property means. Lines
//! are unfolded before they are decoded, because programs fold inside a character; a line that is
//! not UTF-8 is read as Latin-1, of which only titles take notice.

use std::borrow::Cow;

/// A line `NAME;PARAMETER=value:value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// Where it stands in the file, from 1.
    pub(super) line: usize,
    /// Its name in capitals.
    pub(super) name: String,
    /// Its parameters, names in capitals, values without quotes.
    parameters: Vec<(String, String)>,
    /// All behind the colon; empty where there is none.
    pub(super) value: String,
}

impl Property {
    /// The first value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The values that commas part.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.value.split(',').map(str::trim).filter(|value| !value.is_empty())
    }

    /// The value as a text, without its backslashes.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut letters = self.value.chars();
        while let Some(letter) = letters.next() {
            match (letter, letter == '\\') {
                (_, true) => match letters.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => {}
                },
                (other, false) => text.push(other),
            }
        }
        text
    }

    /// Reads a line; `None` where there is no name at its front.
    fn read(line: usize, text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
        let (name, mut rest) = text.split_at(end.unwrap_or(text.len()));
        // `item1.DTSTART` is a property in a group.
        let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
        if name.is_empty() {
            return None;
        }
        let mut parameters = Vec::new();
        rest = rest.trim_start();
        while let Some(parameter) = rest.strip_prefix(';') {
            let end = outside_quotes(parameter, &[';', ':']);
            let (this, more) = parameter.split_at(end);
            if let Some((name, value)) = this.split_once('=') {
                let value = value.trim().trim_matches('"');
                parameters.push((name.trim().to_ascii_uppercase(), value.to_owned()));
            }
            rest = more;
        }
        let value = rest.strip_prefix(':').unwrap_or_default().trim().to_owned();
        Some(Self { line, name, parameters, value })
    }
}

/// Where the first of `marks` stands outside of quotes; the end where there is none. A quote that
/// is never closed is a letter like any other.
fn outside_quotes(text: &str, marks: &[char]) -> usize {
    let mut quoted = false;
    let closed = text.matches('"').count().is_multiple_of(2);
    for (at, letter) in text.char_indices() {
        if letter == '"' && closed {
            quoted = !quoted;
        } else if !quoted && marks.contains(&letter) {
            return at;
        }
    }
    text.len()
}

/// The bytes of a file as UTF-8 or something of which ASCII is a part; UTF-16 is told by its mark.
pub(super) fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes.get(2..).unwrap_or_default().chunks_exact(2);
        let units = units.filter_map(|two| two.try_into().ok()).map(pair);
        let text: String = char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        Cow::Owned(text.into_bytes())
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        other => Cow::Borrowed(other),
    }
}

/// The properties of a file, one after the other. Lines that are none are left out: what a program
/// forgot to fold takes nothing away from the event around it.
pub(super) struct Lines<'b> {
    rest: &'b [u8],
    /// Lines end with a carriage return alone.
    returns: bool,
    /// How many lines were read.
    pub(super) line: usize,
}

impl<'b> Lines<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self { rest: bytes, returns: !bytes.contains(&b'\n'), line: 0 }
    }

    /// The next line as it stands.
    fn raw(&mut self) -> Option<&'b [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        self.line += 1;
        let ends = if self.returns { b'\r' } else { b'\n' };
        let end = self.rest.iter().position(|byte| *byte == ends).unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// True where the next line goes on with this one.
    fn folded(&self) -> bool {
        matches!(self.rest, [b' ' | b'\t', ..])
    }
}

impl Iterator for Lines<'_> {
    type Item = Property;

    fn next(&mut self) -> Option<Property> {
        loop {
            let mut bytes = Cow::Borrowed(self.raw()?);
            let line = self.line;
            while self.folded() {
                let more = self.raw().unwrap_or_default();
                bytes.to_mut().extend(more.get(1..).unwrap_or_default());
            }
            let text = match std::str::from_utf8(&bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => bytes.iter().copied().map(char::from).collect(),
            };
            if let Some(property) = Property::read(line, &text) {
                return Some(property);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &[(usize, &str, &str)]) {
        let bytes = plain(bytes);
        let found: Vec<Property> = Lines::of(&bytes).collect();
        let found: Vec<_> =
            found.iter().map(|it| (it.line, it.name.as_str(), it.value.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn folds_are_undone_wherever_they_are_cut() {
        check(b"SUMMARY:One\r\n  two\r\nUID:1\r\n", &[(1, "SUMMARY", "One two"), (3, "UID", "1")]);
        check(b"SUMMARY:Caf\xc3\n \xa9\nUID:1", &[(1, "SUMMARY", "Caf\u{e9}"), (3, "UID", "1")]);
        check(b"DTST\r\n ART:2026\r\n 0310\r\n", &[(1, "DTSTART", "20260310")]);
        check(b"UID:1\n\t2\n\n\nUID:3", &[(1, "UID", "12"), (5, "UID", "3")]);
    }

    #[test]
    fn line_ends_marks_and_encodings_of_all_kinds_are_read() {
        check(b"\xef\xbb\xbfUID:1\rUID:2", &[(1, "UID", "1"), (2, "UID", "2")]);
        check(b"SUMMARY:Caf\xe9\nuid:2", &[(1, "SUMMARY", "Caf\u{e9}"), (2, "UID", "2")]);
        check(b"\xff\xfeU\0I\0D\0:\x001\0\n\0", &[(1, "UID", "1")]);
        check(b"\xfe\xff\0U\0I\0D\0:\x001", &[(1, "UID", "1")]);
        check(b"\xff", &[]);
        check(b"no line\n:x\n\nDTEND 2026", &[(1, "NO", ""), (4, "DTEND", "")]);
    }

    #[test]
    fn parameters_end_where_their_quotes_do() {
        let line = "DTSTART;X-A=\"b;c:d\";tzid=\"(UTC+01:00) Rome; Bern\":20260310T100000";
        let property = Property::read(1, line).unwrap();
        assert_eq!(property.parameter("TZID"), Some("(UTC+01:00) Rome; Bern"));
        assert_eq!(property.value, "20260310T100000");
        let open = Property::read(1, "DTSTART;TZID=\"Europe/Paris:20260310").unwrap();
        assert_eq!((open.parameter("TZID"), &*open.value), (Some("Europe/Paris"), "20260310"));
        assert_eq!(Property::read(1, "SUMMARY:a\\, b\\nc\\\\").unwrap().text(), "a, b\nc\\");
    }
}
