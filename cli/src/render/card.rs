//! A person as a vCard (RFC 6350).
//!
//! Knows the letters of such a file. It must not know whose card it is for.

use std::fmt::Write as _;

use fortnight_engine::people::{Entry, import};
use fortnight_engine::words::Words;

/// The fields that a card has a place for.
const PLACED: &[&str] =
    &["last_name", "email", "other_emails", "company", "position", "note", "profile"];

/// One card. Lines are folded at 75 bytes, and no value can end one.
pub(crate) fn of(entry: &Entry) -> String {
    let field = |name: &str| entry.fields.get(name).map(Words::ical);
    let mut card = String::from("BEGIN:VCARD\r\nVERSION:4.0\r\n");
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            card.push_str(&folded(&format!("{name}:{value}")));
        }
    };
    line("PRODID", import::OWN_CARD);
    line("FN", &entry.name.ical());
    let (last, first) = (field("last_name"), field("first_name"));
    if last.is_some() || first.is_some() {
        let (last, first) = (last.unwrap_or_default(), first.unwrap_or_default());
        line("N", &format!("{last};{first};;;"));
    }
    for email in entry.emails() {
        line("EMAIL", &Words::new(email).ical());
    }
    for (name, known) in [("ORG", "company"), ("TITLE", "position"), ("NOTE", "note")] {
        line(name, &field(known).unwrap_or_default());
    }
    let profile = entry.fields.get("profile").and_then(Words::web_address);
    line("URL", &profile.unwrap_or_default());
    // What cards have no place for goes under names of our own, and comes back by them. A first
    // name that somebody chose is no part of the name.
    for (name, value) in entry.fields.iter() {
        let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if !PLACED.contains(&name) && name.chars().all(letters) {
            let name = name.replace('_', "-").to_ascii_uppercase();
            line(&format!("X-FORTNIGHT-{name}"), &value.ical());
        }
    }
    if entry.knows_me {
        line("X-FORTNIGHT-KNOWS-ME", "yes");
    }
    if entry.do_not_contact {
        line("X-FORTNIGHT-DO-NOT-CONTACT", "yes");
    }
    card.push_str("END:VCARD\r\n");
    card
}

/// A line in pieces of at most 75 bytes, each further one behind a space.
fn folded(line: &str) -> String {
    const LONGEST: usize = 74;
    let mut text = String::with_capacity(line.len() + 8);
    let mut rest = line;
    loop {
        let cut = rest.floor_char_boundary(LONGEST.min(rest.len()));
        let (piece, more) = rest.split_at(cut);
        // Writing to a text cannot fail.
        let _ = write!(text, "{piece}\r\n");
        if more.is_empty() || piece.is_empty() {
            return text;
        }
        text.push(' ');
        rest = more;
    }
}

#[cfg(test)]
mod tests {
    use fortnight_engine::people::{Entry, EntryId};

    use super::of;

    #[test]
    fn no_value_can_add_a_line_and_long_ones_are_folded() {
        let hostile = "Ana\r\nEND:VCARD\nBEGIN:VCARD; \\ \u{202e}é".repeat(20);
        let mut entry = Entry::person(EntryId(1), hostile.as_str()).with("note", "a;b,c");
        entry.do_not_contact = true;
        let card = of(&entry);
        assert_eq!(card.matches("\r\nEND:VCARD\r\n").count(), 1, "{card}");
        assert!(card.split("\r\n").all(|line| line.len() <= 75), "{card}");
        assert!(!card.contains('\u{202e}') && !card.replace("\r\n", "").contains(['\r', '\n']));
        assert!(card.contains("NOTE:a\\;b\\,c\r\nX-FORTNIGHT-DO-NOT-CONTACT:yes\r\n"), "{card}");
    }
}
