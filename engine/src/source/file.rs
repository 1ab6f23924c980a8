//! One file's text with its lines, and the collection of all files of one reading.

use super::{FileId, Span};

/// A place as people count it: both numbers start at 1; columns count characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// A named text with an index of its lines.
///
/// ```
/// use fortnight_engine::source::{Position, SourceFile};
/// let file = SourceFile::new("plan.yaml", "a: é\nb: x\n");
/// assert_eq!(file.position(9), Position { line: 2, column: 4 });
/// assert_eq!(file.line_text(1), "a: é");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    encoding: Encoding,
}

/// How the bytes of a file were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As UTF-8, the only form the language takes.
    Utf8,
    /// As UTF-16, which some editors call "Unicode"; the text is readable, and refused.
    Utf16,
    /// In neither: unreadable bytes became `\u{fffd}`, the first of them at this byte of the text.
    Unknown {
        /// The byte of [`SourceFile::text`] where the first replacement stands.
        at: usize,
    },
}

impl SourceFile {
    /// Indexes `text` under `name`, which is only ever shown, never opened.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name: name.into(), text, line_starts, encoding: Encoding::Utf8 }
    }

    /// Reads any bytes: nothing is refused here, [`SourceFile::encoding`] tells what was found.
    ///
    /// ```
    /// use fortnight_engine::source::{Encoding, SourceFile};
    /// assert_eq!(SourceFile::from_bytes("a", b"x: 1").encoding(), Encoding::Utf8);
    /// assert_eq!(SourceFile::from_bytes("a", b"\xff\xfex\0").encoding(), Encoding::Utf16);
    /// assert_eq!(SourceFile::from_bytes("a", b"caf\xe9").encoding(), Encoding::Unknown { at: 3 });
    /// ```
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Self {
        let (text, encoding) = match std::str::from_utf8(bytes) {
            _ if looks_like_utf16(bytes) => (utf16(bytes), Encoding::Utf16),
            Ok(text) => (text.to_owned(), Encoding::Utf8),
            Err(error) => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                (text, Encoding::Unknown { at: error.valid_up_to() })
            }
        };
        Self { encoding, ..Self::new(name, text) }
    }

    /// How the file was written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The name to show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte; beyond the end it is the end, inside a character its start.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = self.line_starts[line - 1];
        Position { line, column: self.text[start..byte].chars().count() + 1 }
    }

    /// The text of a line counted from 1, without its line break; empty beyond the end.
    pub fn line_text(&self, line: usize) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|index| self.line_starts.get(index)) else {
            return "";
        };
        let rest = &self.text[*start..];
        rest.split('\n').next().unwrap_or(rest).trim_end_matches('\r')
    }
}

/// A byte-order mark, or every second byte of the beginning is zero.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 8;
    let beginning = &bytes[..bytes.len().min(LOOKED_AT)];
    let all_zero = |odd| beginning.iter().skip(odd).step_by(2).all(|byte| *byte == 0);
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
        || (beginning.len() >= 4 && all_zero(0) != all_zero(1))
}

fn utf16(bytes: &[u8]) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let big_endian = bytes.first() == Some(&0xfe) || bytes.first() == Some(&0);
    let units = pairs
        .iter()
        .map(|pair| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let text: String = char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.trim_start_matches('\u{feff}').to_owned()
}

/// All files of one reading; a [`Span`] names its file by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and says which number it got.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// The file of that number, if there is one.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(id.0).ok()?)
    }

    /// The text under a span; empty where the span does not fit its file.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).and_then(|file| file.text().get(span.start..span.end)).unwrap_or("")
    }

    /// All files in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }
}
