//! What a file is that holds no table and no cards.
//!
//! Knows how other kinds of files begin. It decides nothing: it only names.

use super::Refusal;

/// Why bytes are refused by how they begin: workbooks, archives and documents.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<Refusal> {
    let begins = |start: &[u8]| bytes.starts_with(start);
    match () {
        () if begins(b"PK\x03\x04") && holds_contacts(bytes) => Some(Refusal::Archive),
        () if begins(b"PK\x03\x04") || begins(b"\xd0\xcf\x11\xe0") => Some(Refusal::Workbook),
        () if begins(b"\x1f\x8b") || begins(b"7z\xbc\xaf") || begins(b"Rar!") => {
            Some(Refusal::Archive)
        }
        () if begins(b"%PDF-") => Some(Refusal::OtherKind("a PDF")),
        () if begins(b"\x89PNG") || begins(b"\xff\xd8\xff") || begins(b"GIF8") => {
            Some(Refusal::OtherKind("a picture"))
        }
        () => None,
    }
}

/// True for an archive with a table or cards among its files; a workbook has none.
fn holds_contacts(bytes: &[u8]) -> bool {
    /// The list of files stands at the end, the name of the first one at the beginning.
    const LOOKED_AT: usize = 64 << 10;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let tail = &bytes[bytes.len().saturating_sub(LOOKED_AT)..];
    let named = |ending: &[u8]| {
        let found = |piece: &[u8]| piece.windows(ending.len()).any(|at| at == ending);
        found(head) || found(tail)
    };
    named(b".csv") || named(b".vcf")
}

/// What a text is that is no table, by how it begins.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    /// What tells a kind stands in front.
    const LOOKED_AT: usize = 1 << 10;
    let text = text.trim_start();
    let head = text[..text.floor_char_boundary(LOOKED_AT)].to_ascii_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| head.starts_with(start));
    match () {
        () if begins(&["<!doctype html", "<html", "<table", "<meta"]) => Some("a web page (HTML)"),
        () if begins(&["<?xml", "<"]) => Some("XML"),
        () if begins(&["{\\rtf"]) => Some("a document (RTF)"),
        () if begins(&["{", "["]) => Some("JSON"),
        () if begins(&["dn:", "version: 1\ndn:", "version: 1\r\ndn:", "version: 1\n\ndn:"]) => {
            Some("LDIF")
        }
        () if begins(&["begin:vcalendar"]) => Some("a calendar"),
        () if begins(&["insert into", "create table", "-- mysql dump"]) => Some("SQL"),
        () if begins(&["---\n", "%yaml"]) => Some("YAML"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, of_bytes, of_text};

    #[test]
    fn an_archive_with_contacts_is_no_workbook() {
        assert_eq!(of_bytes(b"PK\x03\x04..Connections.csv.."), Some(Refusal::Archive));
        assert_eq!(of_bytes(b"PK\x03\x04..xl/workbook.xml"), Some(Refusal::Workbook));
        assert_eq!(of_bytes(b"\x1f\x8b"), Some(Refusal::Archive));
        assert_eq!(of_bytes(b"%PDF-1.4"), Some(Refusal::OtherKind("a PDF")));
        assert_eq!(of_bytes(b"Name,Company"), None);
    }

    #[test]
    fn kinds_of_text_are_called_by_their_names() {
        assert_eq!(of_text("dn: cn=Ana\n"), Some("LDIF"));
        assert_eq!(of_text(" [{\"name\": \"Ana\"}]"), Some("JSON"));
        assert_eq!(of_text("<!DOCTYPE html>"), Some("a web page (HTML)"));
        assert_eq!(of_text("Name,Company\n"), None);
    }
}
