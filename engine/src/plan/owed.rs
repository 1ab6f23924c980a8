//! What is owed to somebody: thanks, and what was promised.
//!
//! Derived from what is recorded of talks, referrals, favours and messages. It must not record
//! anything itself.

use jiff::civil::Date;

use super::situation::Situation;
use crate::people::{EntryId, Favour, FavourKind, fold};
use crate::playbook::Id;
use crate::words::Words;

/// Something owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owed {
    /// Thanks for an outcome: a talk held, a referral.
    ThanksFor {
        /// The outcome.
        outcome: Id,
        /// The day.
        on: Date,
    },
    /// Thanks for something they did.
    Thanks {
        /// What.
        what: Words,
        /// The day.
        on: Date,
    },
    /// What was promised and not given yet.
    Promise {
        /// What.
        what: Words,
        /// The day of the promise.
        on: Date,
    },
}

/// What deserves thanks.
const HELP: &[&str] = &["talked", "referred"];

/// What is owed to a person, oldest first. A talk, a referral, or a favour is owed thanks until
/// thanks are recorded on that day or later, or a step that thanks (its id says so) is done. A
/// promise is owed until the same thing is given, or anything, where nothing else was promised.
pub fn owed(situation: &Situation<'_>, person: EntryId) -> Vec<Owed> {
    let Some(entry) = situation.book.get(person) else { return Vec::new() };
    let thanked = last_thanks(situation, person, &entry.favours);
    let open = |on: Date| thanked.is_none_or(|thanked| thanked < on);
    let mut owed: Vec<(Date, Owed)> = Vec::new();
    for cycle in situation.state.cycles_of(person) {
        let Some(happenings) = cycle.happenings.get(&person) else { continue };
        for outcome in HELP {
            let standing = happenings.standing(situation.playbook, outcome, situation.today());
            if let Some(happening) = standing.filter(|happening| open(happening.on)) {
                let on = happening.on;
                owed.push((on, Owed::ThanksFor { outcome: Id::from(*outcome), on }));
            }
        }
    }
    for favour in &entry.favours {
        if favour.kind == FavourKind::Got && open(favour.on) {
            let (what, on) = (favour.what.clone(), favour.on);
            owed.push((on, Owed::Thanks { what, on }));
        }
    }
    for promise in promises(&entry.favours) {
        let (what, on) = (promise.what.clone(), promise.on);
        owed.push((on, Owed::Promise { what, on }));
    }
    owed.sort_by_key(|(on, _)| *on);
    owed.into_iter().map(|(_, owed)| owed).collect()
}

/// The last day on which the person was thanked.
fn last_thanks(situation: &Situation<'_>, person: EntryId, favours: &[Favour]) -> Option<Date> {
    let said = favours.iter().filter(|favour| favour.kind == FavourKind::Thanked).map(|f| f.on);
    let sent = situation.state.cycles_of(person).flat_map(|cycle| {
        cycle.log.completed.iter().filter(|(task, done)| {
            task.entry == Some(person) && done.sent.is_some() && task.step.contains("thank")
        })
    });
    said.chain(sent.map(|(_, done)| done.on)).max()
}

/// Promises that nothing given has kept.
fn promises(favours: &[Favour]) -> Vec<&Favour> {
    let mut open: Vec<&Favour> = Vec::new();
    for favour in favours {
        match favour.kind {
            FavourKind::Promised => open.push(favour),
            FavourKind::Gave => {
                let what = fold(favour.what.raw());
                let same = open.iter().position(|promise| fold(promise.what.raw()) == what);
                if let Some(kept) = same.or((open.len() == 1).then_some(0)) {
                    open.remove(kept);
                }
            }
            FavourKind::Offered | FavourKind::Got | FavourKind::Thanked => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(favours: &[(FavourKind, &str)], open: &[&str]) {
        let favours: Vec<Favour> = favours
            .iter()
            .map(|(kind, what)| Favour {
                on: date(2026, 3, 2),
                kind: *kind,
                what: Words::new(*what),
            })
            .collect();
        let left: Vec<&str> = promises(&favours).iter().map(|promise| promise.what.raw()).collect();
        assert_eq!(left, open);
    }

    #[test]
    fn a_promise_is_kept_by_the_same_thing_or_by_anything_where_it_is_the_only_one() {
        use FavourKind::{Gave, Got, Offered, Promised};
        check(&[(Promised, "an intro")], &["an intro"]);
        check(&[(Promised, "an intro"), (Gave, "An Intro")], &[]);
        check(&[(Promised, "an intro"), (Gave, "the intro to Ben")], &[]);
        check(&[(Promised, "an intro"), (Promised, "a book"), (Gave, "a book")], &["an intro"]);
        check(
            &[(Promised, "an intro"), (Promised, "a book"), (Gave, "tea")],
            &["an intro", "a book"],
        );
        check(&[(Gave, "tea"), (Promised, "tea"), (Offered, "tea"), (Got, "tea")], &["tea"]);
    }
}
