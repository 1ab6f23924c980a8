//! The ways a message travels, and what each of them takes.
//!
//! Knows names and lengths. It must not know who is connected with whom, or any plan.

use super::breach::{Breach, BreachKind, Force, counted};
use super::characters::{byte_of_character, characters};

/// The longest note with a request to connect on LinkedIn.
const NOTE_LIMIT: usize = 300;
/// Free LinkedIn accounts stop here.
const NOTE_ADVICE: usize = 200;
/// The longest line a mail program shows well (RFC 5322, 2.1.1).
const SUBJECT_ADVICE: usize = 78;
/// One short message (GSM 03.38, seven-bit alphabet).
const SMS_ADVICE: usize = 160;

/// How a message reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// A message to a connection, or a request to connect with a note.
    LinkedIn,
    /// A mail with a subject.
    Email,
    /// A text message.
    Sms,
    /// A talking note for a meeting; never "sent".
    InPerson,
    /// A talking note for a call; never "sent".
    Phone,
}

impl Channel {
    /// All channels, in the order in which they are listed to people.
    pub const ALL: [Self; 5] =
        [Self::LinkedIn, Self::Email, Self::Sms, Self::InPerson, Self::Phone];

    /// The name in a playbook.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LinkedIn => "linkedin",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::InPerson => "in-person",
            Self::Phone => "phone",
        }
    }

    /// The channel of that name in a playbook.
    ///
    /// ```
    /// use fortnight_engine::message::Channel;
    /// assert_eq!(Channel::parse("in-person"), Some(Channel::InPerson));
    /// assert_eq!(Channel::parse("fax"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == name)
    }

    /// What comes with it, in a sentence for the reference of the language.
    pub fn doc(self) -> String {
        match self {
            Self::LinkedIn => format!(
                "A message to a connection. To somebody else a request to connect with a note: {NOTE_LIMIT} \
                 characters, and {NOTE_ADVICE} with a free account; no second message before it is accepted."
            ),
            Self::Email => {
                format!("Needs `subject`, best within {SUBJECT_ADVICE} characters.")
            }
            Self::Sms => format!("Best within {SMS_ADVICE} characters."),
            Self::InPerson => "A talking note for a meeting; never “sent”.".to_owned(),
            Self::Phone => "A talking note for a call; never “sent”.".to_owned(),
        }
    }

    /// Whether a text really goes out this way; a talking note does not.
    pub fn sends(self) -> bool {
        match self {
            Self::LinkedIn | Self::Email | Self::Sms => true,
            Self::InPerson | Self::Phone => false,
        }
    }

    /// Whether a message needs a subject.
    pub fn has_subject(self) -> bool {
        matches!(self, Self::Email)
    }

    /// What the channel has against a text.
    ///
    /// `connected` says whether seeker and person are connected on LinkedIn; where nobody knows
    /// yet (when a playbook is checked), what a request to connect would refuse is advice.
    pub fn check(self, text: &str, subject: Option<&str>, connected: Option<bool>) -> Vec<Breach> {
        let mut breaches = Vec::new();
        match self {
            Self::LinkedIn if connected == Some(true) => {}
            Self::LinkedIn => {
                let length = characters(text);
                if length > NOTE_LIMIT {
                    let force = if connected.is_none() { Force::Advice } else { Force::Limit };
                    breaches.push(too_long(text, length, NOTE_LIMIT, force, |length| {
                        format!("{length}; a request to connect takes at most {NOTE_LIMIT}")
                    }));
                } else if length > NOTE_ADVICE {
                    breaches.push(too_long(text, length, NOTE_ADVICE, Force::Advice, |length| {
                        format!(
                            "{length}; with a free account a request to connect takes {NOTE_ADVICE}"
                        )
                    }));
                }
            }
            Self::Email => breaches.extend(check_subject(subject)),
            Self::Sms => {
                let length = characters(text);
                if length > SMS_ADVICE {
                    breaches.push(too_long(text, length, SMS_ADVICE, Force::Advice, |length| {
                        format!("{length}; a text message reads best with at most {SMS_ADVICE}")
                    }));
                }
            }
            Self::InPerson | Self::Phone => {}
        }
        breaches
    }
}

fn too_long(
    text: &str,
    length: usize,
    limit: usize,
    force: Force,
    message: impl Fn(&str) -> String,
) -> Breach {
    Breach {
        kind: BreachKind::ChannelLength,
        force,
        measured: length,
        range: Some(byte_of_character(text, limit)..text.len()),
        message: message(&counted(length, "character")),
    }
}

fn check_subject(subject: Option<&str>) -> Option<Breach> {
    let subject = subject.unwrap_or_default();
    let length = characters(subject);
    let breach = |force, range, message: String| {
        Some(Breach { kind: BreachKind::Subject, force, measured: length, range, message })
    };
    if subject.trim().is_empty() {
        return breach(Force::Limit, None, "a mail needs a subject".to_owned());
    }
    if let Some(at) = subject.trim_end().find(['\n', '\r']) {
        let message = "a subject is one line".to_owned();
        return breach(Force::Limit, Some(at..subject.len()), message);
    }
    if length > SUBJECT_ADVICE {
        let range = byte_of_character(subject, SUBJECT_ADVICE)..subject.len();
        let length = counted(length, "character");
        let message = format!("a subject of {length}; it reads best with at most {SUBJECT_ADVICE}");
        return breach(Force::Advice, Some(range), message);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(breaches: &[Breach], expected: &[(Force, usize, &str)]) {
        let found: Vec<_> = breaches
            .iter()
            .map(|breach| (breach.force, breach.measured, breach.message.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_name_is_read_back() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.as_str()), Some(channel));
        }
    }

    #[test]
    fn a_request_to_connect_has_a_limit_that_a_message_has_not() {
        let text = "é".repeat(301);
        check(&Channel::LinkedIn.check(&text, None, Some(true)), &[]);
        let sentence = "301 characters; a request to connect takes at most 300";
        let breaches = Channel::LinkedIn.check(&text, None, Some(false));
        check(&breaches, &[(Force::Limit, 301, sentence)]);
        assert_eq!(breaches[0].range, Some(600..602));
        check(&Channel::LinkedIn.check(&text, None, None), &[(Force::Advice, 301, sentence)]);
        let sentence = "201 characters; with a free account a request to connect takes 200";
        check(
            &Channel::LinkedIn.check(&text[..402], None, Some(false)),
            &[(Force::Advice, 201, sentence)],
        );
        check(&Channel::LinkedIn.check(&text[..400], None, Some(false)), &[]);
    }

    #[test]
    fn a_mail_has_a_subject_of_one_short_line() {
        check(
            &Channel::Email.check("x", None, None),
            &[(Force::Limit, 0, "a mail needs a subject")],
        );
        check(
            &Channel::Email.check("x", Some("a\nb"), None),
            &[(Force::Limit, 3, "a subject is one line")],
        );
        check(&Channel::Email.check("x", Some(&"a".repeat(78)), None), &[]);
        check(
            &Channel::Email.check("x", Some(&"a".repeat(79)), None),
            &[(Force::Advice, 79, "a subject of 79 characters; it reads best with at most 78")],
        );
    }

    #[test]
    fn talking_notes_have_no_limits() {
        let text = "a".repeat(1_000);
        check(&Channel::Phone.check(&text, None, None), &[]);
        assert!(!Channel::InPerson.sends() && Channel::Sms.sends());
        check(
            &Channel::Sms.check(&text, None, None),
            &[(
                Force::Advice,
                1_000,
                "1000 characters; a text message reads best with at most 160",
            )],
        );
    }
}
