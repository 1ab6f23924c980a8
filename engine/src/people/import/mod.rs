//! Readers of contact files: bytes in, people out.
//!
//! Knows LinkedIn's, Google's and Outlook's exports, sheets made by hand, and vCard. It must not
//! know where the bytes came from or who is known already; what it reads stays data, byte for
//! byte, control characters included.

mod card;
mod cell;
mod content;
mod days;
mod encoding;
mod headers;
mod kinds;
mod lines;
mod names;
mod reading;
mod records;
mod sheet;
mod sheet_to_fill;
mod table;
#[cfg(test)]
mod tests;
mod vocabulary;
mod western;

use headers::Wanted;

pub use card::OWN_CARD;
pub use reading::{Format, Reading, Reason, Refusal, Unreadable};
pub use sheet_to_fill::sheet_to_fill;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 64 << 20;
/// The most contacts that one file may hold.
pub const MOST_CONTACTS: usize = 200_000;
/// The longest cell, in bytes.
pub const LONGEST_CELL: usize = 8 << 10;
/// The longest row, in bytes.
pub const LONGEST_ROW: usize = 1 << 20;
/// How many unreadable rows are told one by one; all are counted.
pub const MOST_UNREADABLE: usize = 1_000;

/// Reads the contacts of a file (L1). Rows that cannot be read are told with line and reason; they
/// never stop the others.
///
/// `file_name` only helps to tell formats apart. `given` names columns for fields, as
/// `("name", "Contact")`: a column by its header, in any case, or by its number from 1. What is
/// given beats what is guessed.
///
/// # Errors
///
/// A [`Refusal`] where nothing can be read at all: too large, no text, an encoding that would
/// have to be guessed wrongly, no column of names.
///
/// ```
/// use fortnight_engine::people::import;
/// let file = b"Name;Firma\nAna Silva;Northwind\n;Miro\n";
/// let reading = import::read(file, Some("list.csv"), &[])?;
/// assert_eq!(reading.contacts[0].name.raw(), "Ana Silva");
/// assert_eq!(reading.contacts[0].field("company").unwrap().raw(), "Northwind");
/// assert_eq!(reading.unreadable[0].line, 3);
/// assert_eq!(reading.unreadable[0].reason.to_string(), "there is no name in this row");
/// # Ok::<(), import::Refusal>(())
/// ```
pub fn read(
    bytes: &[u8],
    file_name: Option<&str>,
    given: &[(&str, &str)],
) -> Result<Reading, Refusal> {
    read_fields(bytes, file_name, given, &[])
}

/// As [`read`], and a column that is headed by the name of one of these fields gives that field: so
/// a sheet that was exported comes back whole. Standard fields need not be among them.
///
/// # Errors
///
/// As [`read`].
///
/// ```
/// use fortnight_engine::people::import;
/// let file = b"name,context\nAna Silva,your talk\n";
/// let reading = import::read_fields(file, None, &[], &["context"])?;
/// assert_eq!(reading.contacts[0].field("context").unwrap().raw(), "your talk");
/// # Ok::<(), import::Refusal>(())
/// ```
pub fn read_fields(
    bytes: &[u8],
    file_name: Option<&str>,
    given: &[(&str, &str)],
    fields: &[&str],
) -> Result<Reading, Refusal> {
    read_as(bytes, &Request { file_name, given, fields, encoding: None }, &mut |_, _| {})
}

/// What is known of a file before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'r> {
    /// Its name; it only helps to tell formats apart.
    pub file_name: Option<&'r str>,
    /// Columns for fields, as [`read`] takes them.
    pub given: &'r [(&'r str, &'r str)],
    /// Fields that columns may be headed by, as [`read_fields`] takes them.
    pub fields: &'r [&'r str],
    /// The encoding of its letters, by a name that browsers know, where it is not to be told by the
    /// letters themselves.
    pub encoding: Option<&'r str>,
}

/// As [`read_fields`], with all that is known of the file. `told` hears now and then how much of
/// how much is read.
///
/// # Errors
///
/// As [`read`]; and where the file is certainly in another encoding than the one that was named.
///
/// ```
/// use fortnight_engine::people::import::{Request, read_as};
/// let file = b"Name\n\x8e\x52\x93\x63\n";
/// let request = Request { encoding: Some("shift_jis"), ..Request::default() };
/// let reading = read_as(file, &request, &mut |done, all| assert!(done <= all))?;
/// assert_eq!(reading.contacts[0].name.raw(), "山田");
/// # Ok::<(), fortnight_engine::people::import::Refusal>(())
/// ```
pub fn read_as(
    bytes: &[u8],
    request: &Request<'_>,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Reading, Refusal> {
    let asked = request.fields.iter().copied().filter(|field| headers::is_own(field));
    let asked: Vec<&str> = asked.chain(["zone"]).collect();
    if bytes.len() > LARGEST_FILE {
        return Err(Refusal::TooLarge);
    }
    let (text, encoding) = match request.encoding {
        Some(label) => encoding::decode_as(bytes, label)?,
        None => encoding::decode(bytes)?,
    };
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let told = &mut |done: usize| told(done, text.len());
    let ending = request.file_name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let named_card = ending.is_some_and(|ending| {
        ending.eq_ignore_ascii_case("vcf") || ending.eq_ignore_ascii_case("vcard")
    });
    let mut reading = if named_card || card::begins_with_card(&text) {
        card::read(&text, &asked, told)?
    } else {
        let wanted = Wanted { given: request.given, asked: &asked };
        sheet::read(&text, &wanted, told).map_err(|refusal| {
            // A guess at the kind of file is made only of what cannot be read.
            match (&refusal, kinds::of_text(&text)) {
                (Refusal::NoNames(_) | Refusal::NoColumn(..), Some(kind)) => {
                    Refusal::OtherKind(kind)
                }
                (_, _) => refusal,
            }
        })?
    };
    encoding.clone_into(&mut reading.encoding);
    Ok(reading)
}
