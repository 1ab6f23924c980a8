//! What came out of a file.

use thiserror::Error;

use super::MOST_UNREADABLE;
use crate::{people::Contact, words::Words};

/// Where a file came from, as far as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// LinkedIn's Connections.csv.
    LinkedIn,
    /// Google Contacts as CSV.
    Google,
    /// Outlook contacts as CSV.
    Outlook,
    /// Any other table.
    Sheet,
    /// vCard 2.1, 3.0 or 4.0.
    VCard,
}

impl Format {
    /// The name people know it by.
    pub fn title(self) -> &'static str {
        match self {
            Self::LinkedIn => "LinkedIn connections",
            Self::Google => "Google contacts",
            Self::Outlook => "Outlook contacts",
            Self::Sheet => "a table",
            Self::VCard => "vCard",
        }
    }
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its first line in the file, from 1.
    pub line: usize,
    /// Why.
    pub reason: Reason,
    /// How it begins.
    pub text: Words,
}

/// Why a row could not be read, as a sentence's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Reason {
    /// All columns of names are empty.
    #[error("there is no name in this row")]
    NoName,
    /// Nothing but a mail address where a name is wanted.
    #[error("a mail address stands where the name should")]
    AddressForName,
    /// The quote does not end, or ends within another row.
    #[error("a quote is opened here and never closed")]
    OpenQuote,
    /// Cells beyond the last column: one of them is split.
    #[error("it has {found} cells, the header has {expected}: is a cell with a comma not quoted?")]
    TooManyCells {
        /// Columns of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A cell beyond [`LONGEST_CELL`](super::LONGEST_CELL).
    #[error("a cell is longer than 8 KiB")]
    LongCell,
    /// A row beyond [`LONGEST_ROW`](super::LONGEST_ROW).
    #[error("this row is longer than 1 MiB")]
    LongRow,
    /// A card of more than 64 KiB, photographs apart.
    #[error("this card is longer than 64 KiB")]
    LongCard,
    /// A card that is no card.
    #[error("this card cannot be read")]
    BrokenCard,
    /// A card of a list, a place or a thing.
    #[error("this card is a list of people, or a place, and no person")]
    NoPerson,
    /// A card whose letters cannot be told.
    #[error("the letters of this card are in an encoding that cannot be told for certain")]
    Letters,
}

/// Why a whole file was refused, as a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Beyond [`LARGEST_FILE`](super::LARGEST_FILE).
    #[error("The file is larger than 64 MiB. Split it, or export fewer columns.")]
    TooLarge,
    /// Beyond [`MOST_CONTACTS`](super::MOST_CONTACTS).
    #[error("The file holds more than 200,000 rows. Split it, or export fewer.")]
    TooManyRows,
    /// Nothing but white space.
    #[error("The file is empty.")]
    Empty,
    /// A workbook, not a text.
    #[error("This is a workbook, not a text. Save it as CSV (in UTF-8), then import that.")]
    Workbook,
    /// Files in one, such as the archive that LinkedIn gives.
    #[error(
        "This is an archive. Unpack it, then import the contacts in it, such as Connections.csv."
    )]
    Archive,
    /// Something else that is known, and that no reader is for.
    #[error(
        "This is {0}, not a table or cards. Export the contacts as CSV or vCard, then import that."
    )]
    OtherKind(&'static str),
    /// UTF-8 but for some bytes, on this line first.
    #[error(
        "Line {0} holds letters that are damaged: the rest of the file is in UTF-8, they are not. Write them anew, then import the file again."
    )]
    Damaged(usize),
    /// Not text at all.
    #[error("This is not a text file. Export the contacts as CSV or vCard, then import that.")]
    NotText,
    /// Text in an encoding that cannot be told for certain.
    #[error(
        "The letters of this file are in an encoding that cannot be told for certain (perhaps {0}). Save it as UTF-8 (in a spreadsheet: CSV UTF-8), then import it again. Or say which it is: fortnight people import FILE --encoding NAME, such as shift_jis, gb18030 or macintosh."
    )]
    Encoding(&'static str),
    /// An encoding was named that there is not.
    #[error(
        "There is no encoding `{}` here. There are, among others: windows-1251, windows-1250, koi8-r, macintosh, shift_jis, euc-jp, gb18030, big5, euc-kr.", .0.terminal()
    )]
    NoEncoding(Words),
    /// The file is certainly not in the encoding that was named.
    #[error("This file is not in {0}: it is in {1}. Leave --encoding out.")]
    OtherEncoding(&'static str, &'static str),
    /// Some bytes are no letter of the encoding that was named.
    #[error(
        "This file is not in {0}: some of its letters are none there. Leave --encoding out, or name another."
    )]
    NotIn(&'static str),
    /// No column holds names.
    #[error("No column of this file looks like names. Say which one does, by its header or its number: --map name=COLUMN. Its first row: {}", shown(.0))]
    NoNames(Vec<Words>),
    /// A column that was asked for is not there.
    #[error("There is no column `{}`. The columns are: {}", .0.terminal(), shown(.1))]
    NoColumn(Words, Vec<Words>),
    /// Called vCard, and holds none.
    #[error("No card was found in this file. A vCard file has lines BEGIN:VCARD and END:VCARD.")]
    NoCards,
}

/// A few column names for a sentence.
fn shown(columns: &[Words]) -> String {
    const MOST: usize = 12;
    const LONGEST: usize = 30;
    let names: Vec<String> = columns
        .iter()
        .filter(|name| !name.is_blank())
        .take(MOST)
        .map(|name| name.terminal().chars().take(LONGEST).collect())
        .collect();
    let more = if columns.len() > MOST { ", …" } else { "" };
    names.join(", ") + more
}

/// The contacts of a file and everything that should be said about reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What kind of file it is.
    pub format: Format,
    /// The encoding of its letters.
    pub encoding: String,
    /// The names of its columns; empty for cards.
    pub columns: Vec<Words>,
    /// Which column gives which field, in the order of the columns; empty for cards.
    pub mapping: Vec<(String, Words)>,
    /// Who is in it, in the order of the file.
    pub contacts: Vec<Contact>,
    /// What could not be read, at most [`MOST_UNREADABLE`] of it.
    pub unreadable: Vec<Unreadable>,
    /// How much could not be read in all.
    pub unreadable_in_all: usize,
    /// What else should be said, as sentences.
    pub notes: Vec<String>,
}

impl Reading {
    pub(super) fn new(format: Format) -> Self {
        Self {
            format,
            encoding: String::new(),
            columns: Vec::new(),
            mapping: Vec::new(),
            contacts: Vec::new(),
            unreadable: Vec::new(),
            unreadable_in_all: 0,
            notes: Vec::new(),
        }
    }

    /// Keeps how the row begins; the rest of it helps nobody.
    pub(super) fn refuse_row(&mut self, line: usize, reason: Reason, text: &str) {
        const LONGEST: usize = 200;
        self.unreadable_in_all += 1;
        if self.unreadable.len() < MOST_UNREADABLE {
            let text = Words::new(&text[..text.floor_char_boundary(LONGEST)]);
            self.unreadable.push(Unreadable { line, reason, text });
        }
    }
}
