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

/// More records of one key than this are not looked at: nobody has so many namesakes, and a
/// hostile file must not make matching quadratic.
const MOST: usize = 32;

/// Places of records by their keys, all of which are known before the first is asked for.
#[derive(Clone, Debug)]
pub(super) struct Known {
    places: Vec<(u64, usize)>,
}

impl FromIterator<(u64, usize)> for Known {
    fn from_iter<I: IntoIterator<Item = (u64, usize)>>(places: I) -> Self {
        let mut places: Vec<_> = places.into_iter().collect();
        places.sort_unstable();
        places.dedup();
        Self { places }
    }
}

impl Known {
    /// The records that may have a key of this [`hash`], in the order of their places.
    pub(super) fn with(&self, hash: u64) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(other, _)| *other < hash);
        let same = self.places[first..].iter().take_while(move |(other, _)| *other == hash);
        same.take(MOST).map(|(_, place)| *place)
    }
}

/// Places of records by their keys, as they are met.
#[derive(Clone, Debug, Default)]
pub(super) struct Met {
    places: BTreeSet<(u64, usize)>,
}

impl Met {
    /// Notes that the record at `place` has a key of this [`hash`].
    pub(super) fn add(&mut self, hash: u64, place: usize) {
        self.places.insert((hash, place));
    }

    /// The records that may have a key of this [`hash`], first come first.
    pub(super) fn with(&self, hash: u64) -> impl Iterator<Item = usize> {
        self.places.range((hash, 0)..=(hash, usize::MAX)).take(MOST).map(|(_, place)| *place)
    }
}

/// The same for the same key within one run; no order of hashes reaches an output.
pub(super) fn hash(kind: Kind, key: Key<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, key).hash(&mut hasher);
    hasher.finish()
}
