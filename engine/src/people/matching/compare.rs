//! Two records side by side: what agrees, what differs, what one adds.

use crate::{
    people::{
        Contact, Entry, Kind, fold,
        identity::{company_key, email_key, name_key, profile_key},
    },
    words::Words,
};

/// What matching looks at, of an entry or a contact.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) company: String,
    pub(super) emails: Vec<String>,
    pub(super) profile: Option<String>,
}

impl Seen {
    pub(super) fn entry(entry: &Entry) -> Self {
        let text = |field: &str| entry.fields.get(field);
        Self::new(entry.kind, &entry.name, text("company"), text("email"), text("profile"))
    }

    pub(super) fn contact(contact: &Contact) -> Self {
        let text = |field: &str| contact.field(field);
        let emails = contact.emails();
        Self::new(contact.kind, &contact.name, text("company"), emails, text("profile"))
    }

    fn new<'w>(
        kind: Kind,
        name: &Words,
        company: Option<&Words>,
        emails: impl IntoIterator<Item = &'w Words>,
        profile: Option<&'w Words>,
    ) -> Self {
        Self {
            kind,
            name: match kind {
                Kind::Person => name_key(name.raw()),
                Kind::Company => company_key(name.raw()),
            },
            company: company.map(|company| company_key(company.raw())).unwrap_or_default(),
            emails: emails.into_iter().filter_map(|email| email_key(email.raw())).collect(),
            profile: profile.and_then(|profile| profile_key(profile.raw())),
        }
    }

    pub(super) fn has_address(&self) -> bool {
        self.profile.is_some() || !self.emails.is_empty()
    }

    pub(super) fn shares_email(&self, other: &Self) -> bool {
        self.emails.iter().any(|email| other.emails.contains(email))
    }

    pub(super) fn shares_profile(&self, other: &Self) -> bool {
        self.profile.is_some() && self.profile == other.profile
    }

    /// Two pages of one site are two people; somebody without a page may be anybody.
    pub(super) fn profiles_differ(&self, other: &Self) -> bool {
        self.profile.is_some() && other.profile.is_some() && self.profile != other.profile
    }

    /// A word of the name in common: a married name or a nickname leaves one standing.
    pub(super) fn shares_name(&self, other: &Self) -> bool {
        /// Nobody has more names; it bounds the work.
        const MOST: usize = 12;
        let words = |name: &str| {
            name.split([' ', '-', '.', ','])
                .filter(|w| !w.is_empty())
                .take(MOST)
                .map(fold)
                .collect()
        };
        let (mine, theirs): (Vec<String>, Vec<String>) = (words(&self.name), words(&other.name));
        self.name == other.name || mine.iter().any(|word| theirs.contains(word))
    }

    /// The same name, and companies that do not contradict each other.
    pub(super) fn is_namesake(&self, other: &Self) -> bool {
        let silent = self.company.is_empty() || other.company.is_empty();
        self.name == other.name && (silent || self.company == other.company)
    }
}

/// Everything that `contact` says, `said` says as well.
pub(super) fn adds_nothing<'w>(
    contact: &Contact,
    said: impl Fn(&str) -> Option<&'w Words>,
) -> bool {
    contact.fields().all(|(field, value)| said(field) == Some(value))
}

/// Fields that are empty in the book, and fields that the file has otherwise.
pub(super) fn changes(contact: &Contact, entry: &Entry) -> [Vec<(String, Words)>; 2] {
    let (file, book) = (Seen::contact(contact), Seen::entry(entry));
    let (mut fills, mut differs) = (Vec::new(), Vec::new());
    for (field, value) in contact.fields() {
        let change = (field.to_owned(), value.clone());
        match entry.fields.get(field).filter(|known| !known.is_blank()) {
            None => fills.push(change),
            Some(known) => {
                let same = match field {
                    "email" => file.shares_email(&book),
                    "profile" => file.shares_profile(&book),
                    "company" => file.company == book.company,
                    _ => known == value,
                };
                if !same && known != value {
                    differs.push(change);
                }
            }
        }
    }
    if file.name != book.name {
        differs.push(("name".to_owned(), contact.name.clone()));
    }
    if contact.knows_me && !entry.knows_me {
        fills.push(("knows_me".to_owned(), Words::new("yes")));
    }
    [fills, differs]
}

/// Lays what a repeated row adds over the first one.
pub(super) fn merge(first: &mut Contact, again: &Contact) {
    for (field, value) in again.fields() {
        if first.field(field).is_none() {
            first.set(&field.into(), value.clone());
        }
    }
    for email in again.emails() {
        if first.emails().all(|known| known != email) {
            first.other_emails.push(email.clone());
        }
    }
    first.do_not_contact |= again.do_not_contact;
    first.knows_me |= again.knows_me;
}
