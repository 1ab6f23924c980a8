//! Finding records that have a key in common: e-mail, profile or name.
//!
//! Keeps hashes, not texts: sixteen bytes a key instead of a hundred. Whoever asks compares the
//! texts of what it is given, so that two keys of one hash do no harm. A key that only one record
//! has, as most have, is found to be so once and costs nothing more.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use crate::{parallel, people::Kind};

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'k> {
    Email(&'k str),
    Profile(&'k str),
    Name(&'k str),
}

/// The same for the same key within one run; no order of hashes reaches an output.
pub(super) fn hash(kind: Kind, key: Key<'_>) -> u64 {
    FixedState::default().hash_one((kind, key))
}

/// The hashes of all keys, record by record: first that of the name.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    hashes: Vec<u64>,
    /// Where the keys of each record begin.
    begins: Vec<usize>,
}

impl Keys {
    /// Adds a record with its keys.
    pub(super) fn add(&mut self, name: u64, addresses: impl Iterator<Item = u64>) {
        self.begins.push(self.hashes.len());
        self.hashes.push(name);
        self.hashes.extend(addresses);
    }

    /// Adds the records of another half behind these.
    pub(super) fn append(&mut self, other: Self) {
        let behind = self.hashes.len();
        self.begins.extend(other.begins.into_iter().map(|begin| behind + begin));
        self.hashes.extend(other.hashes);
    }

    /// Finds what is shared. The first `known` records are met already.
    pub(super) fn shared(self, known: usize) -> Shared {
        let Self { hashes, mut begins } = self;
        begins.push(hashes.len());
        let mut order: Vec<(u64, usize)> = hashes.into_iter().zip(0..).collect();
        let half = order.len() / 2;
        let (front, back) = order.split_at_mut(half);
        parallel::join(|| front.sort_unstable(), || back.sort_unstable());
        #[expect(clippy::stable_sort_primitive, reason = "it merges two sorted runs in one go")]
        order.sort();
        let mut shared = Shared { groups: vec![None; order.len()], begins, ..Shared::default() };
        for same in order.chunk_by(|(one, _), (other, _)| one == other) {
            if same.len() > 1 {
                shared.share(same, known);
            }
        }
        shared
    }
}

/// Records by the keys that more than one of them has, as they are met.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    /// The group of each key; none where nobody else has it.
    groups: Vec<Option<usize>>,
    begins: Vec<usize>,
    members: Vec<usize>,
    bounds: Vec<Bounds>,
}

/// A key that several records have: where its [`members`](Shared::members) are.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    begin: usize,
    known: usize,
    met: usize,
}

/// More records of one key than this are not looked at: nobody has so many namesakes, and a
/// hostile file must not make matching quadratic.
const MOST: usize = 32;

impl Shared {
    /// Makes a group of keys that are alike, with room for every record that may be met.
    fn share(&mut self, same: &[(u64, usize)], known: usize) {
        let begin = self.members.len();
        let first_of_others = self.begins[known];
        for (_, key) in same {
            self.groups[*key] = Some(self.bounds.len());
            if *key < first_of_others {
                let record = self.begins.partition_point(|begin| begin <= key) - 1;
                if self.members[begin..].last() != Some(&record) {
                    self.members.push(record);
                }
            }
        }
        let known = self.members.len() - begin;
        self.members.resize(begin + same.len(), usize::MAX);
        self.bounds.push(Bounds { begin, known, met: 0 });
    }

    /// The group of a record's name.
    pub(super) fn name(&self, record: usize) -> Option<usize> {
        self.groups[self.begins[record]]
    }

    /// The groups of a record's addresses, in the order in which they were added.
    pub(super) fn addresses(&self, record: usize) -> &[Option<usize>] {
        &self.groups[self.begins[record] + 1..self.begins[record + 1]]
    }

    /// Notes that a record has the key of this group.
    pub(super) fn meet(&mut self, group: usize, record: usize) {
        let Bounds { begin, known, met } = self.bounds[group];
        let begin = begin + known;
        let Err(place) = self.members[begin..begin + met].binary_search(&record) else { return };
        // The first are kept; a later one of a full group would never be looked at.
        let met = if met == MOST { MOST } else { met + 1 };
        if place < met {
            self.members[begin + place..begin + met].rotate_right(1);
            self.members[begin + place] = record;
        }
        self.bounds[group].met = met;
    }

    /// The records that may have the key of this group, in their order, those known before first.
    pub(super) fn with(&self, group: usize) -> impl Iterator<Item = usize> {
        let Bounds { begin, known, met } = self.bounds[group];
        let (first, then) = self.members[begin..begin + known + met].split_at(known);
        first.iter().take(MOST).chain(then).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Keys, MOST};

    proptest! {
        /// The same as a set of pairs, whatever is met in whatever order.
        #[test]
        fn who_shares_a_key_is_who_was_met_with_it(
            records in prop::collection::vec((0..6_u64, prop::collection::vec(6..12_u64, 0..3)), 1..90),
            known in 0..90_usize,
            order in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..200),
        ) {
            let known = known.min(records.len());
            let mut keys = Keys::default();
            for (name, addresses) in &records {
                keys.add(*name, addresses.iter().copied());
            }
            let mut shared = keys.shared(known);
            let hashes_of = |record: usize| {
                let (name, addresses) = &records[record];
                std::iter::once(*name).chain(addresses.iter().copied()).collect::<Vec<_>>()
            };
            let groups_of = |shared: &super::Shared, record: usize| {
                let addresses = shared.addresses(record).iter().copied();
                std::iter::once(shared.name(record)).chain(addresses).collect::<Vec<_>>()
            };
            let mut met = BTreeSet::new();
            for (record, all) in order {
                if known == records.len() {
                    break;
                }
                let record = known + record.index(records.len() - known);
                let most = if all { usize::MAX } else { 1 };
                let groups = groups_of(&shared, record);
                for (hash, group) in hashes_of(record).into_iter().zip(groups).take(most) {
                    met.insert((hash, record));
                    if let Some(group) = group {
                        shared.meet(group, record);
                    }
                }
            }
            for record in 0..records.len() {
                let groups = groups_of(&shared, record);
                for (hash, group) in hashes_of(record).into_iter().zip(groups) {
                    let of = |record: &usize| hashes_of(*record).iter().filter(|h| **h == hash).count();
                    let keys: usize = (0..records.len()).map(|record| of(&record)).sum();
                    prop_assert_eq!(group.is_none(), keys == 1);
                    let Some(group) = group else { continue };
                    let before = (0..known).filter(|record| of(record) > 0).take(MOST);
                    let since = met.range((hash, 0)..=(hash, usize::MAX)).map(|(_, record)| *record);
                    let expected: Vec<usize> = before.chain(since.take(MOST)).collect();
                    prop_assert_eq!(shared.with(group).collect::<Vec<_>>(), expected);
                }
            }
        }
    }
}
