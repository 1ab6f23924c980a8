//! A message as mail: a link that opens a mail program, and a draft in a file.
//!
//! Knows the forms of RFC 6068 and RFC 5322. It must not know where they go. Addresses are checked
//! before they get here: the library that writes the draft does not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fortnight_engine::words::Words;
use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::Header as _;
use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::text::Text;

/// A mail before it is sent by somebody else.
#[derive(Clone, Copy, Debug)]
pub struct Mail<'a> {
    /// One checked address.
    pub address: &'a str,
    /// Who it is.
    pub name: &'a Words,
    /// What it is about, where that is known.
    pub subject: Option<&'a Words>,
    /// The text.
    pub text: &'a Words,
}

impl Mail<'_> {
    /// The link, `mailto:ana@example.com?subject=…&body=…`.
    ///
    /// ```
    /// use fortnight_cli::render::mail::Mail;
    /// let (name, subject, text) = ("Ana".into(), "Your talk".into(), "Hi Ana,\nyes?".into());
    /// let mail = Mail { address: "ana@example.com", name: &name, subject: Some(&subject), text: &text };
    /// assert_eq!(mail.link(), "mailto:ana@example.com?subject=Your%20talk&body=Hi%20Ana%2C%0D%0Ayes%3F");
    /// ```
    pub fn link(&self) -> String {
        let address: Vec<String> =
            self.address.split('@').map(|part| Words::new(part).mail_link_part()).collect();
        let subject = self.subject.map(|subject| {
            format!("subject={}&", Words::new(subject.mail_header()).mail_link_part())
        });
        let (address, subject) = (address.join("@"), subject.unwrap_or_default());
        format!("mailto:{address}?{subject}body={}", self.text.mail_link_part())
    }

    /// The draft as bytes of an `.eml` file, which mail programs open to be sent (`X-Unsent: 1`).
    ///
    /// It has no `From` and no `Message-ID`: both belong to the program that sends it. The date is
    /// that of the draft.
    pub fn draft(&self, drafted: Timestamp) -> Vec<u8> {
        let mut draft = Vec::new();
        draft.extend_from_slice(b"X-Unsent: 1\r\nDate: ");
        Date::new(drafted.as_second()).write_header(&mut draft, "Date: ".len());
        draft.extend_from_slice(b"To: ");
        let name = self.name.mail_header();
        if name.contains("=?") {
            let line = format!("{} <{}>\r\n", encoded(&name).trim_end(), self.address);
            draft.extend_from_slice(line.as_bytes());
        } else {
            let to = Address::new_address(Some(name), self.address);
            to.write_header(&mut draft, "To: ".len());
        }
        if let Some(subject) = self.subject {
            draft.extend_from_slice(b"Subject: ");
            let subject = subject.mail_header();
            if subject.contains("=?") {
                draft.extend_from_slice(encoded(&subject).as_bytes());
            } else {
                Text::new(subject).write_header(&mut draft, "Subject: ".len());
            }
        }
        draft.extend_from_slice(b"MIME-Version: 1.0\r\n");
        let text = self.text.letter().replace('\n', "\r\n");
        MessageBuilder::new().text_body(text).serialize_body(&mut draft);
        draft
    }
}

/// A header in encoded words (RFC 2047) throughout: what looks like one already would otherwise be
/// decoded by whoever reads it.
fn encoded(text: &str) -> String {
    /// An encoded word is no longer than 75 characters, of which the frame takes 12.
    const LONGEST: usize = 45;
    let mut words = vec![String::new()];
    for character in text.chars() {
        match words.last_mut() {
            Some(word) if word.len() + character.len_utf8() <= LONGEST => word.push(character),
            Some(_) | None => words.push(character.to_string()),
        }
    }
    let words: Vec<String> =
        words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, subject: &str, text: &str) -> String {
        let (name, subject, text) = (name.into(), subject.into(), text.into());
        let mail =
            Mail { address: "ana@example.com", name: &name, subject: Some(&subject), text: &text };
        let drafted = Timestamp::from_second(1_772_436_600).unwrap();
        String::from_utf8(mail.draft(drafted)).unwrap()
    }

    #[track_caller]
    fn check(name: &str, subject: &str, text: &str, expected: &[&str]) {
        assert_eq!(draft(name, subject, text).split("\r\n").collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_draft_is_marked_unsent_and_has_what_a_mail_needs() {
        check(
            "Ana Silva",
            "Your talk",
            "Hi Ana,\n\nCould we speak?",
            &[
                "X-Unsent: 1",
                "Date: Mon, 2 Mar 2026 07:30:00 +0000",
                "To: \"Ana Silva\" <ana@example.com>",
                "Subject: Your talk",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=\"utf-8\"",
                "Content-Transfer-Encoding: 7bit",
                "",
                "Hi Ana,",
                "",
                "Could we speak?",
            ],
        );
    }

    #[test]
    fn a_subject_that_looks_encoded_is_not_decoded_by_its_reader() {
        let mail = draft("Ana", "=?utf-8?q?Bcc=3A?=", "Hi");
        assert!(mail.contains("Subject: =?utf-8?B?PT91dGYtOD9xP0JjYz0zQT89?=\r\nMIME"), "{mail}");
        assert!(encoded(&"é=?".repeat(50)).split("\r\n ").all(|word| word.len() <= 77));
    }

    #[test]
    fn a_name_that_looks_encoded_is_not_decoded_by_its_reader() {
        let mail = draft("=?utf-8?q?x?=", "Hi", "Hi");
        let to = "To: =?utf-8?B?PT91dGYtOD9xP3g/PQ==?= <ana@example.com>\r\nSubject";
        assert!(mail.contains(to), "{mail}");
    }

    /// The same headers, whoever the name belongs to and whatever was filled in (R21).
    #[test]
    fn no_header_and_no_recipient_hides_in_words_of_people_r21() {
        let names = |mail: &str| -> Vec<String> {
            let head = mail.split("\r\n\r\n").next().unwrap_or_default();
            let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
            lines.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
        };
        let plain = names(&draft("AAAA", "AAAA", "AAAA"));
        for evil in [
            "Ana\r\nBcc: eve@example.com",
            "Ana\" <eve@example.com>, \"x",
            "=?utf-8?q?Bcc=3A?=\r\n\r\nbody",
            "Zoë\u{2028}Bcc: x\u{85}y\0\u{1b}]0;x\u{7}\u{202e}",
            "a,b;c:d<e@f>",
        ] {
            let mail = draft(evil, evil, evil);
            assert_eq!(names(&mail), plain, "{mail}");
            assert!(mail.is_ascii() && !mail.contains('\u{1b}'), "{mail}");
            assert_eq!(mail.matches("<ana@example.com>").count(), 1, "{mail}");
        }
        let long = draft(&"é".repeat(4_000), &"ü".repeat(4_000), &"漢".repeat(4_000));
        assert!(long.split("\r\n").all(|line| line.len() <= 998));
    }
}
