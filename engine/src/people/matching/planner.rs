//! Planning an import: first by addresses, then, for those who are left, by names.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{
    By, Candidate, Doubt, ImportPlan, Matched, Proposed, Repeated,
    compare::{self, Addresses, Seen},
    index::{Keys, Shared},
};
use crate::parallel;
use crate::people::{Book, Contact, Entry, Kind};

/// How many candidates are named.
const MOST_CANDIDATES: usize = 5;

/// What became of a row; entries and rows are named by their places.
enum Verdict {
    Open,
    Is(usize, By),
    Maybe(Vec<Place>, Doubt),
    Repeats(usize, By),
}

/// Where a record is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Entry(usize),
    Row(usize),
}

pub(super) struct Planner<'b> {
    entries: Vec<&'b Entry>,
    rows: Vec<Contact>,
    verdicts: Vec<Verdict>,
    /// Who has a key in common, entries before rows.
    shared: Shared,
    /// Companies of those whose name is not theirs alone, by their hashes: of a common name only few
    /// are compared.
    companies: Vec<Option<u64>>,
    /// Of each entry, whether some row is it for certain.
    found: Vec<bool>,
}

impl<'b> Planner<'b> {
    pub(super) fn new(book: &'b Book, rows: Vec<Contact>) -> Self {
        let entries: Vec<&Entry> = book.iter().collect();
        let records = |of: Range<usize>| {
            let all = entries.iter().map(|entry| Seen::Entry(entry));
            all.chain(rows.iter().map(Seen::Contact)).skip(of.start).take(of.len())
        };
        let all = entries.len() + rows.len();
        let (front, back) = (0..all / 2, all / 2..all);
        let keys_of = |of: &Range<usize>| {
            let mut keys = Keys::default();
            for seen in records(of.clone()) {
                keys.add(seen.name_hash(), Addresses::of(seen).hashes(seen.kind()));
            }
            keys
        };
        let (mut keys, others) = parallel::join(|| keys_of(&front), || keys_of(&back));
        keys.append(others);
        let shared = keys.shared(entries.len());
        let companies_of = |of: &Range<usize>| -> Vec<Option<u64>> {
            let records = of.clone().zip(records(of.clone()));
            records.map(|(record, seen)| shared.name(record).and(seen.company_hash())).collect()
        };
        let (mut companies, others) =
            parallel::join(|| companies_of(&front), || companies_of(&back));
        companies.extend(others);
        let verdicts = rows.iter().map(|_| Verdict::Open).collect();
        let found = vec![false; entries.len()];
        Self { entries, rows, verdicts, shared, companies, found }
    }

    /// `told` hears how many rows are compared; each is looked at twice.
    pub(super) fn plan(mut self, told: &mut dyn FnMut(usize)) -> ImportPlan {
        /// Seldom enough to cost nothing, often enough to be seen.
        const NOW_AND_THEN: usize = 1_000;
        let all = self.rows.len();
        for at in 0..all {
            if at % NOW_AND_THEN == 0 {
                told(at / 2);
            }
            self.judge_by_address(at);
        }
        for at in 0..all {
            if at % NOW_AND_THEN == 0 {
                told(usize::midpoint(all, at));
            }
            if matches!(self.verdicts[at], Verdict::Open) {
                self.judge_by_name(at);
            }
            // A doubtful row is nobody yet: others are not measured by it.
            if matches!(self.verdicts[at], Verdict::Open | Verdict::Is(..))
                && let Some(group) = self.shared.name(self.record(at))
            {
                self.shared.meet(group, self.record(at));
            }
        }
        told(all);
        self.told()
    }

    fn seen(&self, place: Place) -> Seen<'_> {
        match place {
            Place::Entry(at) => Seen::Entry(self.entries[at]),
            Place::Row(at) => Seen::Contact(&self.rows[at]),
        }
    }

    /// Rows are counted after entries.
    fn record(&self, row: usize) -> usize {
        self.entries.len() + row
    }

    fn with(&self, group: usize) -> impl Iterator<Item = Place> {
        let known = self.entries.len();
        self.shared.with(group).map(move |record| match record.checked_sub(known) {
            Some(row) => Place::Row(row),
            None => Place::Entry(record),
        })
    }

    fn company(&self, place: Place) -> Option<u64> {
        match place {
            Place::Entry(at) => self.companies[at],
            Place::Row(at) => self.companies[self.record(at)],
        }
    }

    fn judge_by_address(&mut self, at: usize) {
        let groups = self.shared.addresses(self.record(at));
        if groups.iter().all(Option::is_none) {
            return;
        }
        let seen = Seen::Contact(&self.rows[at]);
        let addresses = Addresses::of(seen);
        let (of_profile, of_emails) = groups.split_at(usize::from(addresses.profile.is_some()));
        let found = self.by_profile(seen, &addresses, of_profile);
        let (sure, shared) = self.by_email(seen, &addresses, of_emails, found);
        let verdict = match (found, sure) {
            (Some(one), Some(other)) if self.root(one) != self.root(other) => {
                Verdict::Maybe(vec![one, other], Doubt::TwoEntries)
            }
            (Some(one), _) => self.is(one, By::Profile),
            (None, Some(one)) => self.is(one, By::Email),
            (None, None) if !shared.is_empty() => Verdict::Maybe(shared, Doubt::SharedEmail),
            (None, None) => Verdict::Open,
        };
        let keeper = self.settle(at, verdict);
        let keeper = self.record(keeper);
        for address in 0..self.shared.addresses(self.record(at)).len() {
            if let Some(group) = self.shared.addresses(self.record(at))[address] {
                self.shared.meet(group, keeper);
            }
        }
    }

    /// Notes a verdict; says which row speaks for this one from now on.
    fn settle(&mut self, at: usize, verdict: Verdict) -> usize {
        let mut keeper = at;
        match verdict {
            Verdict::Repeats(first, _) => {
                keeper = first;
                let again = self.rows[at].clone();
                compare::merge(&mut self.rows[first], &again);
            }
            Verdict::Is(entry, _) => {
                self.found[entry] = true;
            }
            Verdict::Open | Verdict::Maybe(..) => {}
        }
        self.verdicts[at] = verdict;
        keeper
    }

    fn is(&self, place: Place, by: By) -> Verdict {
        match place {
            // The second row of one entry repeats the first.
            Place::Entry(entry) => Verdict::Is(entry, by),
            Place::Row(row) => match &self.verdicts[row] {
                Verdict::Repeats(first, _) => Verdict::Repeats(*first, by),
                Verdict::Open | Verdict::Is(..) | Verdict::Maybe(..) => Verdict::Repeats(row, by),
            },
        }
    }

    /// The entry that a row turned out to be, else the place itself.
    fn root(&self, place: Place) -> Place {
        let Place::Row(row) = place else { return place };
        match &self.verdicts[row] {
            Verdict::Is(entry, _) => Place::Entry(*entry),
            Verdict::Repeats(first, _) => Place::Row(*first),
            Verdict::Open | Verdict::Maybe(..) => place,
        }
    }

    fn by_profile(
        &self,
        seen: Seen<'_>,
        addresses: &Addresses,
        groups: &[Option<usize>],
    ) -> Option<Place> {
        let profile = addresses.profile.as_deref()?;
        let mut places = groups.iter().flatten().flat_map(|group| self.with(*group));
        places.find(|place| self.seen(*place).has_profile(profile, seen))
    }

    /// Who certainly has one of these addresses, and who has one under quite another name. Whom
    /// the profile has found already need not be looked at.
    fn by_email(
        &self,
        seen: Seen<'_>,
        addresses: &Addresses,
        groups: &[Option<usize>],
        found: Option<Place>,
    ) -> (Option<Place>, Vec<Place>) {
        let mut shared = BTreeSet::new();
        let mut sure: Option<(bool, Place)> = None;
        for (email, group) in addresses.emails.iter().zip(groups) {
            let places = group.iter().flat_map(|group| self.with(*group));
            for place in places.filter(|place| Some(*place) != found) {
                let other = self.seen(place);
                if !other.has_email(email) || other.profiles_differ(seen) {
                    continue;
                }
                let whole = other.shares_whole_name(seen);
                if !whole && !other.shares_name(seen) {
                    shared.insert(place);
                } else if sure.is_none_or(|(so_far, _)| whole && !so_far) {
                    sure = Some((whole, place));
                }
            }
        }
        (sure.map(|(_, place)| place), shared.into_iter().collect())
    }

    fn judge_by_name(&mut self, at: usize) {
        let Some(group) = self.shared.name(self.record(at)) else { return };
        let seen = Seen::Contact(&self.rows[at]);
        let company = seen.kind() == Kind::Company;
        let mut candidates = Vec::new();
        let mut same = Vec::new();
        let employer = self.companies[self.record(at)];
        for place in self.with(group) {
            let other = self.seen(place);
            let may_be = employer.zip(self.company(place)).is_none_or(|(one, two)| one == two);
            if !may_be || !other.is_namesake(seen) || self.is_another(place, seen, other) {
                continue;
            }
            candidates.push(place);
            let addressed = || seen.has_address() || other.has_address();
            if company || (seen.adds_nothing_to(other) && !addressed()) {
                same.push(place);
            }
        }
        let verdict = match (same.as_slice(), candidates.is_empty()) {
            ([one], _) => self.is(*one, By::Everything),
            ([], true) => Verdict::Open,
            ([first, ..], _) if company => self.is(*first, By::Everything),
            (_, _) => Verdict::Maybe(candidates, Doubt::NameAndCompany),
        };
        self.settle(at, verdict);
    }

    /// Two profiles within one file are two people, and so is a second one beside an entry that
    /// the file has already.
    fn is_another(&self, place: Place, seen: Seen<'_>, other: Seen<'_>) -> bool {
        let told_apart = match place {
            Place::Entry(entry) => self.found[entry],
            Place::Row(_) => true,
        };
        told_apart && seen.profiles_differ(other)
    }

    /// The verdicts as lists, in the order of the file.
    fn told(self) -> ImportPlan {
        let mut plan =
            ImportPlan { new: Vec::with_capacity(self.rows.len()), ..ImportPlan::default() };
        let lines: Vec<usize> = self.rows.iter().map(|contact| contact.line).collect();
        let entries_of: Vec<Option<usize>> = self
            .verdicts
            .iter()
            .map(|verdict| if let Verdict::Is(entry, _) = verdict { Some(*entry) } else { None })
            .collect();
        let mut first_of: Vec<Option<usize>> = vec![None; self.entries.len()];
        for (at, (contact, verdict)) in self.rows.into_iter().zip(self.verdicts).enumerate() {
            match verdict {
                Verdict::Open => plan.new.push(contact),
                Verdict::Repeats(first, by) => {
                    plan.repeated.push(Repeated { line: contact.line, first: lines[first], by });
                }
                Verdict::Is(place, by) => {
                    if let Some(first) = first_of[place] {
                        plan.repeated.push(Repeated { line: contact.line, first, by });
                        continue;
                    }
                    first_of[place] = Some(lines[at]);
                    let entry = self.entries[place];
                    let [fills, differs] = compare::changes(&contact, entry);
                    let do_not_contact = entry.do_not_contact || contact.do_not_contact;
                    let entry = entry.id;
                    plan.matched.push(Matched {
                        contact,
                        entry,
                        by,
                        fills,
                        differs,
                        do_not_contact,
                    });
                }
                Verdict::Maybe(places, doubt) => {
                    let places: BTreeSet<Place> = places
                        .into_iter()
                        .map(|place| match place {
                            Place::Row(row) => entries_of[row].map_or(place, Place::Entry),
                            Place::Entry(_) => place,
                        })
                        .collect();
                    let do_not_contact = contact.do_not_contact
                        || places.iter().any(|place| match place {
                            Place::Entry(at) => self.entries[*at].do_not_contact,
                            Place::Row(_) => false,
                        });
                    let candidates = places
                        .into_iter()
                        .take(MOST_CANDIDATES)
                        .map(|place| match place {
                            Place::Entry(at) => Candidate::Entry(self.entries[at].id),
                            Place::Row(row) => Candidate::Line(lines[row]),
                        })
                        .collect();
                    plan.proposed.push(Proposed { contact, candidates, doubt, do_not_contact });
                }
            }
        }
        plan
    }
}
