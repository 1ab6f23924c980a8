//! The chain of hashes (R9): each operation's hash covers all it recorded and the hash before it.
//!
//! Of people's words it covers only a digest, salted so that it says nothing once words and salt
//! are erased (R24): after `forget` the chain still holds.

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::failure::Outcome;
use crate::store::codec::CodedEntry;

/// A SHA-256 hash.
pub(super) type Hash = [u8; 32];
/// What makes a digest say nothing about its text.
pub(super) type Salt = [u8; 16];

/// The hash before the first operation.
pub(super) const BEGINNING: Hash = [0; 32];

/// Hashes a sequence of parts, each with its kind and length, so that no two sequences are alike.
/// Parts are many and short, so they are gathered first: hashing each by itself would cost twice the
/// time of an import.
#[derive(Clone, Default)]
pub(super) struct Link {
    hasher: Sha256,
    gathered: Vec<u8>,
}

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
    /// So much is gathered at most, but for a longer part.
    const GATHERED: usize = 4_096;

    fn part(&mut self, kind: u8, bytes: &[u8]) {
        self.head(kind, (bytes.len() as u64).to_le_bytes());
        self.raw(bytes);
    }

    fn number(&mut self, number: i64) {
        self.head(b'n', number.to_le_bytes());
    }

    fn head(&mut self, kind: u8, number: [u8; 8]) {
        let mut head = [kind; 9];
        let (_, rest) = head.split_at_mut(1);
        rest.copy_from_slice(&number);
        self.raw(&head);
    }

    fn perhaps(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.number(number),
            None => self.raw(b"-"),
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        if self.gathered.len() + bytes.len() > Self::GATHERED {
            self.hasher.update(&self.gathered);
            self.gathered.clear();
        }
        self.gathered.extend_from_slice(bytes);
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
            None => self.raw(b"-"),
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
            None => self.raw(b"-"),
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

    pub(super) fn close(mut self) -> Hash {
        self.hasher.update(&self.gathered);
        self.hasher.finalize().into()
    }
}

/// The digest of somebody's words.
pub(super) fn digest(salt: &[u8], parts: &[&str]) -> Hash {
    /// What stands before each part.
    const HEAD: usize = 9;
    let length: usize = parts.iter().map(|part| HEAD + part.len()).sum();
    let gathered = Vec::with_capacity((HEAD + salt.len() + length).min(Link::GATHERED));
    let mut link = Link { hasher: Sha256::new(), gathered };
    link.part(b's', salt);
    for part in parts {
        link.text(part);
    }
    link.close()
}

/// The digest of all that says who an entry is: its name, and its fields as they are written down.
pub(super) fn entry_digest(salt: &[u8], name: &str, fields: &str) -> Hash {
    digest(salt, &[name, fields])
}

/// Salts out of one secret that is not kept.
pub(super) struct Salts {
    secret: Vec<u8>,
    drawn: u64,
    /// The second half of a hash, while it is not drawn.
    left: Option<Salt>,
}

impl Salts {
    /// A secret out of the randomness of SQLite, which is that of the system.
    pub(super) fn draw_from(connection: &Connection) -> Outcome<Self> {
        let secret = connection.query_row("SELECT randomblob(32)", [], |row| row.get(0))?;
        Ok(Self { secret, drawn: 0, left: None })
    }

    pub(super) fn draw(&mut self) -> Salt {
        if let Some(left) = self.left.take() {
            return left;
        }
        let hash = Sha256::new()
            .chain_update(&self.secret)
            .chain_update(self.drawn.to_le_bytes())
            .finalize();
        self.drawn += 1;
        let (mut first, mut second) = (Salt::default(), Salt::default());
        let (front, back) = hash.split_at(first.len());
        first.copy_from_slice(front);
        second.copy_from_slice(back);
        self.left = Some(second);
        first
    }
}
