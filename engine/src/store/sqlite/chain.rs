//! The chain of hashes (R9): each operation's hash covers all it recorded and the hash before it.
//!
//! Of people's words it covers only a digest, salted so that it says nothing once words and salt
//! are erased (R24): after `forget` the chain still holds.

use sha2::{Digest as _, Sha256};

use crate::store::codec::CodedEntry;

/// A SHA-256 hash.
pub(super) type Hash = [u8; 32];
/// What makes a digest say nothing about its text.
pub(super) type Salt = [u8; 16];

/// The hash before the first operation.
pub(super) const BEGINNING: Hash = [0; 32];

/// Hashes a sequence of parts, each with its kind and length, so that no two sequences are alike.
#[derive(Clone, Default)]
pub(super) struct Link(Sha256);

/// The row of an operation, without its hashes.
#[derive(Clone, Copy, Debug)]
pub(super) struct OperationRow<'r> {
    pub(super) id: i64,
    pub(super) at: i64,
    pub(super) command: &'r str,
    pub(super) undoes: Option<i64>,
    pub(super) newest_at: i64,
    pub(super) next_plan: i64,
    pub(super) next_entry: i64,
}

/// The row of a fact, without its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct FactRow<'r> {
    pub(super) plan: i64,
    pub(super) cycle: i64,
    pub(super) position: i64,
    pub(super) at: i64,
    pub(super) entry: Option<i64>,
    pub(super) on_date: &'r str,
    pub(super) on_time: Option<&'r str>,
    pub(super) kind: &'r str,
    pub(super) version: u32,
    pub(super) body: &'r str,
}

/// The row of a change of an entry, without its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChangeRow<'r> {
    pub(super) entry: i64,
    pub(super) position: i64,
    pub(super) kind: &'r str,
    pub(super) version: u32,
    pub(super) body: &'r str,
}

impl Link {
    fn part(&mut self, kind: u8, bytes: &[u8]) {
        self.0.update([kind]);
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn number(&mut self, number: i64) {
        self.0.update([b'n']);
        self.0.update(number.to_le_bytes());
    }

    fn perhaps(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.number(number),
            None => self.0.update([b'-']),
        }
    }

    fn text(&mut self, text: &str) {
        self.part(b't', text.as_bytes());
    }

    /// Begins the link of an operation.
    pub(super) fn operation(previous: &[u8], row: &OperationRow<'_>) -> Self {
        let mut link = Self::default();
        link.text("operation 1");
        link.part(b'h', previous);
        link.number(row.id);
        link.number(row.at);
        link.text(row.command);
        link.perhaps(row.undoes);
        link.number(row.newest_at);
        link.number(row.next_plan);
        link.number(row.next_entry);
        link
    }

    pub(super) fn entry(&mut self, entry: &CodedEntry<'_>, digest: &[u8]) {
        let number = |id: crate::people::EntryId| i64::try_from(id.0).unwrap_or(i64::MAX);
        self.text("entry");
        self.number(number(entry.id));
        self.text(&entry.kind);
        self.number(entry.version.into());
        self.perhaps(entry.company.map(number));
        self.perhaps(entry.introduced_by.map(number));
        self.number(entry.do_not_contact.into());
        self.number(entry.knows_me.into());
        self.part(b'h', digest);
    }

    pub(super) fn change(&mut self, row: &ChangeRow<'_>, digest: Option<&[u8]>) {
        self.text("change");
        self.number(row.entry);
        self.number(row.position);
        self.text(row.kind);
        self.number(row.version.into());
        self.text(row.body);
        match digest {
            Some(digest) => self.part(b'h', digest),
            None => self.0.update([b'-']),
        }
    }

    pub(super) fn fact(&mut self, row: &FactRow<'_>) {
        self.text("fact");
        for number in [row.plan, row.cycle, row.position, row.at] {
            self.number(number);
        }
        self.perhaps(row.entry);
        self.text(row.on_date);
        match row.on_time {
            Some(time) => self.text(time),
            None => self.0.update([b'-']),
        }
        self.text(row.kind);
        self.number(row.version.into());
        self.text(row.body);
    }

    /// The words of the fact before, in the order of their slots.
    pub(super) fn words(&mut self, digest: &[u8]) {
        self.part(b'h', digest);
    }

    pub(super) fn playbook(&mut self, hash: &str, text: &str) {
        self.text("playbook");
        self.text(hash);
        self.text(text);
    }

    /// What is left of a text that was recorded before.
    pub(super) fn redaction(&mut self, position: i64, place: &str, digest: &[u8]) {
        self.text("redaction");
        self.number(position);
        self.text(place);
        self.part(b'h', digest);
    }

    pub(super) fn close(self) -> Hash {
        self.0.finalize().into()
    }
}

/// The digest of somebody's words.
pub(super) fn digest(salt: &[u8], parts: &[&str]) -> Hash {
    let mut link = Link::default();
    link.part(b's', salt);
    for part in parts {
        link.text(part);
    }
    link.close()
}

/// The digest of all that says who an entry is.
pub(super) fn entry_digest(salt: &[u8], entry: &CodedEntry<'_>) -> Hash {
    digest(
        salt,
        &[entry.name.as_deref().unwrap_or_default(), entry.fields.as_deref().unwrap_or_default()],
    )
}

/// Salts out of one secret that is not kept.
pub(super) struct Salts {
    secret: Vec<u8>,
    drawn: u64,
}

impl Salts {
    pub(super) fn new(secret: Vec<u8>) -> Self {
        Self { secret, drawn: 0 }
    }

    pub(super) fn draw(&mut self) -> Salt {
        let mut hasher = Sha256::new();
        hasher.update(&self.secret);
        hasher.update(self.drawn.to_le_bytes());
        self.drawn += 1;
        let hash: Hash = hasher.finalize().into();
        let mut salt = Salt::default();
        for (to, from) in salt.iter_mut().zip(hash) {
            *to = from;
        }
        salt
    }
}
