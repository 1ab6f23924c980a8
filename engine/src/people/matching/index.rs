//! Finding records by a key: e-mail, profile or name.
//!
//! Keeps hashes, not texts: sixteen bytes a key instead of a hundred. Whoever asks compares the
//! texts of what it is given, so that two keys of one hash do no harm.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use crate::people::Kind;

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'k> {
    Email(&'k str),
    Profile(&'k str),
    Name(&'k str),
}

/// Places of records by their keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    places: BTreeSet<(u64, usize)>,
}

impl Index {
    /// More records of one key than this are not looked at: nobody has so many namesakes, and a
    /// hostile file must not make matching quadratic.
    const MOST: usize = 32;

    /// Notes that the record at `place` has a key of this [`hash`].
    pub(super) fn add(&mut self, hash: u64, place: usize) {
        self.places.insert((hash, place));
    }

    /// The records that may have a key of this [`hash`], first come first.
    pub(super) fn with(&self, hash: u64) -> impl Iterator<Item = usize> {
        self.places.range((hash, 0)..=(hash, usize::MAX)).take(Self::MOST).map(|(_, place)| *place)
    }
}

/// The same for the same key within one run; no order of hashes reaches an output.
pub(super) fn hash(kind: Kind, key: Key<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, key).hash(&mut hasher);
    hasher.finish()
}
