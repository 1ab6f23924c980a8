//! Two records side by side: what agrees, what differs, what one adds.

use super::index::{Key, hash};
use crate::{
    people::{
        Contact, Entry, Kind,
        identity::{company_key, email_key, name_key, profile_key},
    },
    words::Words,
};

/// What matching looks at, of an entry or a contact. Keys are made when they are asked for: most
/// records are told by their first one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seen<'r> {
    Entry(&'r Entry),
    Contact(&'r Contact),
}

impl<'r> Seen<'r> {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Entry(entry) => entry.kind,
            Self::Contact(contact) => contact.kind,
        }
    }

    fn name(self) -> &'r Words {
        match self {
            Self::Entry(entry) => &entry.name,
            Self::Contact(contact) => &contact.name,
        }
    }

    pub(super) fn field(self, field: &str) -> Option<&'r Words> {
        match self {
            Self::Entry(entry) => entry.fields.get(field),
            Self::Contact(contact) => contact.field(field),
        }
    }

    pub(super) fn name_key(self) -> String {
        match self.kind() {
            Kind::Person => name_key(self.name().raw()),
            Kind::Company => company_key(self.name().raw()),
        }
    }

    pub(super) fn profile_key(self) -> Option<String> {
        profile_key(self.field("profile")?.raw())
    }

    pub(super) fn email_keys(self) -> Vec<String> {
        match self {
            Self::Entry(entry) => entry.emails().filter_map(email_key).collect(),
            Self::Contact(contact) => {
                contact.emails().filter_map(|email| email_key(email.raw())).collect()
            }
        }
    }

    pub(super) fn company_key(self) -> String {
        self.field("company").map(|company| company_key(company.raw())).unwrap_or_default()
    }

    /// What a name is found by.
    pub(super) fn name_hash(self) -> u64 {
        hash(self.kind(), Key::Name(&self.name_key()))
    }

    /// What tells companies apart, where there is one.
    pub(super) fn company_hash(self) -> Option<u64> {
        let company = self.company_key();
        (!company.is_empty()).then(|| hash(Kind::Company, Key::Name(&company)))
    }

    pub(super) fn has_address(self) -> bool {
        self.profile_key().is_some() || !self.email_keys().is_empty()
    }

    pub(super) fn shares_email(self, other: Self) -> bool {
        self.email_keys().iter().any(|email| other.has_email(email))
    }

    pub(super) fn has_email(self, key: &str) -> bool {
        let as_written = self.field("email").is_some_and(|email| email.raw() == key);
        as_written || self.email_keys().iter().any(|email| email == key)
    }

    pub(super) fn shares_profile(self, other: Self) -> bool {
        self.profile_key().is_some_and(|profile| other.has_profile(&profile, self))
    }

    pub(super) fn has_profile(self, key: &str, of: Self) -> bool {
        let as_written = self.field("profile") == of.field("profile");
        as_written || self.profile_key().is_some_and(|profile| profile == key)
    }

    /// Two pages of one site are two people; somebody without a page may be anybody.
    pub(super) fn profiles_differ(self, other: Self) -> bool {
        if self.field("profile") == other.field("profile") {
            return false;
        }
        match (self.profile_key(), other.profile_key()) {
            (Some(mine), Some(theirs)) => mine != theirs,
            (None | Some(_), None) | (None, Some(_)) => false,
        }
    }

    pub(super) fn shares_whole_name(self, other: Self) -> bool {
        self.name() == other.name() || self.name_key() == other.name_key()
    }

    /// A word of the name in common: a married name or a nickname leaves one standing.
    pub(super) fn shares_name(self, other: Self) -> bool {
        /// Nobody has more names; it bounds the work.
        const MOST: usize = 12;
        let words = |name: &str| -> Vec<String> {
            let words = name.split([' ', '-', '.', ',']).filter(|word| !word.is_empty());
            words.take(MOST).map(ToOwned::to_owned).collect()
        };
        self.shares_whole_name(other) || {
            let theirs = words(&other.name_key());
            words(&self.name_key()).iter().any(|word| theirs.contains(word))
        }
    }

    /// The same name, and companies that do not contradict each other.
    pub(super) fn is_namesake(self, other: Self) -> bool {
        self.shares_whole_name(other) && {
            let (mine, theirs) = (self.company_key(), other.company_key());
            mine.is_empty() || theirs.is_empty() || mine == theirs
        }
    }

    /// Everything that this record says, the other says as well.
    pub(super) fn adds_nothing_to(self, other: Self) -> bool {
        match self {
            Self::Entry(entry) => {
                entry.fields.iter().all(|(field, value)| other.field(field) == Some(value))
            }
            Self::Contact(contact) => {
                contact.fields().all(|(field, value)| other.field(field) == Some(value))
            }
        }
    }
}

/// Addresses as they are compared, made once for all that is asked about them.
#[derive(Debug)]
pub(super) struct Addresses {
    pub(super) profile: Option<String>,
    pub(super) emails: Vec<String>,
}

impl Addresses {
    pub(super) fn of(seen: Seen<'_>) -> Self {
        Self { profile: seen.profile_key(), emails: seen.email_keys() }
    }

    /// The hash of each, for the index: of the profile first.
    pub(super) fn hashes(&self, kind: Kind) -> impl Iterator<Item = u64> {
        let profile = self.profile.iter().map(move |profile| hash(kind, Key::Profile(profile)));
        profile.chain(self.emails.iter().map(move |email| hash(kind, Key::Email(email))))
    }
}

/// Fields that are empty in the book, and fields that the file has otherwise.
pub(super) fn changes(contact: &Contact, entry: &Entry) -> [Vec<(String, Words)>; 2] {
    let (file, book) = (Seen::Contact(contact), Seen::Entry(entry));
    let (mut fills, mut differs) = (Vec::new(), Vec::new());
    for (field, value) in contact.fields() {
        let change = || (field.to_owned(), value.clone());
        match entry.fields.get(field).filter(|known| !known.is_blank()) {
            None => fills.push(change()),
            Some(known) if known == value => {}
            Some(_) => {
                let same = match field {
                    "email" => file.shares_email(book),
                    "profile" => file.shares_profile(book),
                    "company" => file.company_key() == book.company_key(),
                    _ => false,
                };
                if !same {
                    differs.push(change());
                }
            }
        }
    }
    if let Some(emails) = more_emails(contact, entry, &differs) {
        fills.push(("other_emails".to_owned(), emails));
    }
    if !file.shares_whole_name(book) {
        differs.push(("name".to_owned(), contact.name.clone()));
    }
    if contact.knows_me && !entry.knows_me {
        fills.push(("knows_me".to_owned(), Words::new("yes")));
    }
    [fills, differs]
}

/// The other addresses of an entry together with those that the file adds; none where it adds none.
fn more_emails(contact: &Contact, entry: &Entry, differs: &[(String, Words)]) -> Option<Words> {
    // A first address fills the field; one that differs is told apart from the others.
    let first = entry.fields.get("email").is_none_or(Words::is_blank)
        || differs.iter().any(|(field, _)| field == "email");
    let mut known = Seen::Entry(entry).email_keys();
    let kept = entry.fields.get("other_emails").map(Words::raw).unwrap_or_default();
    let mut together = kept.to_owned();
    for email in contact.emails().skip(usize::from(first)) {
        let key = email_key(email.raw()).filter(|key| !known.contains(key));
        if let Some(key) = key {
            known.push(key);
            together.push(' ');
            together.push_str(email.raw());
        }
    }
    (together.len() > kept.len()).then(|| Words::new(together.trim_start()))
}

/// Lays what a repeated row adds over the first one.
pub(super) fn merge(first: &mut Contact, again: &Contact) {
    for (field, value) in again.fields() {
        if first.field(field).is_none() {
            first.set(field, value.clone());
        }
    }
    for email in again.emails() {
        first.add_email(email.clone());
    }
    first.do_not_contact |= again.do_not_contact;
    first.knows_me |= again.knows_me;
}
