//! Somebody read from a file, not yet known by an id.

use super::entry::{says_yes, wants_peace};
use super::{Entry, EntryId, Fields, Kind};
use crate::words::Words;

/// A person or company as a file gives it. Compact: a hundred thousand of them fit in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    /// Person or company.
    pub kind: Kind,
    /// The whole name.
    pub name: Words,
    /// Addresses beside `email`.
    pub other_emails: Vec<Words>,
    /// The file says that nobody writes to them (S5).
    pub do_not_contact: bool,
    /// The file says that they know the seeker.
    pub knows_me: bool,
    fields: Fields,
}

impl Contact {
    /// Somebody of whom only the name is known.
    pub fn new(line: usize, name: impl Into<Words>) -> Self {
        Self {
            line,
            kind: Kind::Person,
            name: name.into(),
            other_emails: Vec::new(),
            do_not_contact: false,
            knows_me: false,
            fields: Fields::default(),
        }
    }

    /// The same contact with a field set as [`set`](Self::set) does.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Words>) -> Self {
        self.set(field, value.into());
        self
    }

    /// Sets a field by its name; `name` and `knows_me` find their places, an empty value changes
    /// nothing.
    pub fn set(&mut self, field: &str, value: Words) {
        if value.is_blank() {
            return;
        }
        match field {
            "name" => self.name = value,
            "knows_me" => self.knows_me = says_yes(&value),
            "do_not_contact" => self.do_not_contact = wants_peace(&value),
            "other_emails" => {
                for email in value.raw().split_whitespace() {
                    self.add_email(Words::new(email));
                }
            }
            _ => {
                self.fields.insert(field, value);
            }
        }
    }

    /// Takes a field out, beside the name.
    pub fn unset(&mut self, field: &str) {
        self.fields.remove(field);
    }

    /// A field by its name, as the file gave it.
    pub fn field(&self, name: &str) -> Option<&Words> {
        if name == "name" {
            return Some(&self.name);
        }
        self.fields.get(name)
    }

    /// All fields beside the name, in the order of their names.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Words)> {
        self.fields.iter()
    }

    /// The e-mail and all other addresses.
    pub fn emails(&self) -> impl Iterator<Item = &Words> {
        self.field("email").into_iter().chain(&self.other_emails)
    }

    /// Adds an address: as `email` where there is none yet, else beside it. Of more than fifty the
    /// rest is left out.
    pub fn add_email(&mut self, address: Words) {
        const MOST: usize = 50;
        if self.field("email").is_none() {
            self.set("email", address);
        } else if self.other_emails.len() + 1 < MOST && self.emails().all(|e| *e != address) {
            self.other_emails.push(address);
        }
    }

    /// The other addresses as an entry keeps them.
    fn other_emails_together(&self) -> Option<Words> {
        let emails: Vec<&str> = self.other_emails.iter().map(Words::raw).collect();
        (!emails.is_empty()).then(|| Words::new(emails.join(" ")))
    }

    /// The contact as an entry of that id. A company's name stays a field until somebody links it.
    pub fn into_entry(mut self, id: EntryId) -> Entry {
        if let Some(others) = self.other_emails_together() {
            self.fields.insert("other_emails", others);
        }
        Entry {
            id,
            kind: self.kind,
            name: self.name,
            fields: self.fields,
            company: None,
            introduced_by: None,
            do_not_contact: self.do_not_contact,
            knows_me: self.knows_me,
            favours: Vec::new(),
            forgotten: None,
        }
    }
}
