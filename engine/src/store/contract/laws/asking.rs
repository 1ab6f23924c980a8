//! What is asked for is what is given, and no more.

use super::super::{Fresh, Script, samples};
use super::{ANA, BEN, PLAN, answers, begin, day, happen, newest, note, record, undo};
use crate::people::{self, Entry, EntryId, Kind};
use crate::plan::{Fact, FactKind, PlanId};
use crate::store::{Change, Entries, Head, NewOperation, Operation, Projection, Scope, StoreError};

pub(in crate::store::contract) fn empty(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &*fresh();
    assert_eq!(store.head()?, Head::EMPTY);
    assert_eq!(store.plans()?, []);
    assert_eq!(store.plans_due(day(2))?, []);
    assert_eq!(store.facts(PLAN, &Scope::Everything)?, []);
    assert_eq!(store.facts(PLAN, &Scope::Open { entries: vec![ANA] })?, []);
    assert_eq!(store.facts_about(&[ANA])?, []);
    assert_eq!(store.entries(&Entries::All)?, []);
    assert_eq!(store.playbook("hash")?, None);
    assert_eq!(store.operations(9)?, []);
    assert_eq!(store.verify()?, None);
    Ok(())
}

pub(in crate::store::contract) fn scopes(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let bytes: Vec<u8> =
        (0..2000_u16).map(|at| (at.wrapping_mul(197) >> 3).to_le_bytes()[0]).collect();
    let mut script = Script::new(&bytes);
    for kind in (0..samples::KINDS).cycle().take(60) {
        let fact = samples::happened(kind, &mut script, &[ANA, BEN]);
        match happen(store, [fact]) {
            Ok(_) | Err(StoreError::AlreadyDone { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let everything = store.facts(PLAN, &Scope::Everything)?;
    for running_cycle in [None, Some(1), Some(3), Some(9)] {
        for conversations in [vec![], vec![(1, ANA)], vec![(2, BEN), (3, BEN), (1, ANA)]] {
            let projection = Projection { running_cycle, conversations, ..Projection::default() };
            let mut operation = samples::operation(2, PLAN, []);
            operation.projections.push((PLAN, projection.clone()));
            record(store, operation)?;
            for entries in [vec![], vec![BEN], vec![EntryId(9), ANA, ANA]] {
                let scope = Scope::Open { entries };
                let mut expected = everything.clone();
                expected.retain(|recorded| scope.holds(&recorded.fact, &projection));
                assert_eq!(store.facts(PLAN, &scope)?, expected, "{scope:?} of {projection:?}");
            }
        }
    }
    Ok(())
}

pub(in crate::store::contract) fn about(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let second = PlanId(2);
    let kind = samples::started(&mut Script::new(&[]));
    record(store, samples::operation(1, second, [Fact::on(day(2), kind)]))?;
    let replied = |cycle, entry| {
        let (fields, outcome) = (std::collections::BTreeMap::new(), "replied".into());
        Fact::on(day(4), FactKind::Happened { cycle, entry, outcome, fields, channel: None })
    };
    record(store, samples::operation(2, second, [replied(2, ANA), replied(1, BEN)]))?;
    record(store, samples::operation(3, PLAN, [replied(1, ANA)]))?;
    let undone = record(store, samples::operation(4, PLAN, [replied(3, ANA)]))?;
    undo(store, undone)?;
    let found = |entries: &[EntryId]| -> Result<Vec<_>, StoreError> {
        let facts = store.facts_about(entries)?;
        Ok(facts.into_iter().map(|(plan, recorded)| (plan, recorded.fact)).collect())
    };
    assert_eq!(found(&[ANA])?, [(second, replied(2, ANA)), (PLAN, replied(1, ANA))]);
    assert_eq!(
        found(&[BEN, ANA, BEN])?,
        [(second, replied(2, ANA)), (second, replied(1, BEN)), (PLAN, replied(1, ANA))]
    );
    assert_eq!(found(&[])?, []);
    Ok(())
}

pub(in crate::store::contract) fn people(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let company = EntryId(3);
    let mut operation = NewOperation::new(samples::at(1), "people edit");
    let set = |value: Option<&str>| people::Change::FieldSet {
        entry: ANA,
        field: "position".to_owned(),
        value: value.map(Into::into),
    };
    operation.changes = [
        set(Some("design lead")),
        people::Change::CompanyLinked { entry: ANA, company: Some(company) },
        people::Change::Introduced { entry: BEN, by: ANA },
        people::Change::DoNotContact { entry: BEN, yes: true },
        people::Change::Added(Entry::company(company, "Northwind")),
    ]
    .map(Change::Person)
    .to_vec();
    record(store, operation)?;
    let ana = Entry {
        company: Some(company),
        ..Entry::person(ANA, "Ana Silva").with("position", "design lead")
    };
    let ben = Entry {
        introduced_by: Some(ANA),
        do_not_contact: true,
        ..Entry::person(BEN, "Ben Okafor")
    };
    let northwind = Entry::company(company, "Northwind");
    assert_eq!(store.entries(&Entries::All)?, [ana.clone(), ben.clone(), northwind.clone()]);
    assert_eq!(store.entries(&Entries::Kind(Kind::Person))?, [ana.clone(), ben.clone()]);
    assert_eq!(store.entries(&Entries::Kind(Kind::Company))?, [northwind]);
    assert_eq!(store.entries(&Entries::Ids(&[BEN, EntryId(7), ANA, BEN]))?, [ana, ben]);
    // New entries come first in the log, else the order is kept.
    let logged = newest(store)?.map(|operation| operation.changes).unwrap_or_default();
    assert!(matches!(logged[0], Change::Person(people::Change::Added(_))));
    assert_eq!(logged[1], Change::Person(set(Some("design lead"))));
    let mut operation = NewOperation::new(samples::at(2), "people edit");
    operation.changes = vec![Change::Person(set(Some("head"))), Change::Person(set(None))];
    record(store, operation)?;
    let ana = store.entries(&Entries::Ids(&[ANA]))?;
    assert_eq!(ana[0].field("position"), None);
    Ok(())
}

pub(in crate::store::contract) fn named(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let mut operation = NewOperation::new(samples::at(1), "people edit");
    let dana = Entry::person(EntryId(3), "Zoë Wu").with("email", "Dana@Example.com");
    operation.changes.push(Change::Person(people::Change::Added(dana)));
    operation.changes.push(Change::Person(people::Change::FieldSet {
        entry: BEN,
        field: "name".to_owned(),
        value: Some("Benedikt Groß".into()),
    }));
    record(store, operation)?;
    let found = |query: &str| -> Result<Vec<u64>, StoreError> {
        Ok(store.entries(&Entries::Named(query))?.into_iter().map(|entry| entry.id.0).collect())
    };
    assert_eq!(found("ana")?, [1]);
    assert_eq!(found("SILVA, Ana")?, [1]);
    assert_eq!(found("zoe")?, [3]);
    assert_eq!(found("gross")?, [2]);
    assert_eq!(found("okafor")?, [] as [u64; 0]);
    assert_eq!(found("dana@example.com")?, [3]);
    assert_eq!(found("")?, [] as [u64; 0]);
    assert_eq!(found("n")?, [1, 2]);
    // Whatever a book of everybody finds is among them.
    let everybody: people::Book = store.entries(&Entries::All)?.into_iter().collect();
    for query in ["ana silva", "z", "ben gr", "wu zoë", "dana@Example.com", "%", "_"] {
        let few: people::Book = store.entries(&Entries::Named(query))?.into_iter().collect();
        let unfound = people::Match::None { nearest: vec![] };
        let all = everybody.find(query);
        if matches!(all, people::Match::None { .. }) {
            assert!(matches!(few.find(query), people::Match::None { .. }), "{query}");
        } else {
            assert_eq!(few.find(query), all, "{query}");
            assert_ne!(all, unfound);
        }
    }
    Ok(())
}

pub(in crate::store::contract) fn due(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    let dues = [None, Some(day(1)), Some(day(9)), Some(day(10)), Some(jiff::civil::Date::MAX)];
    for (plan, next_due) in (1..).map(PlanId).zip(dues) {
        let kind = samples::started(&mut Script::new(&[]));
        let mut operation = samples::operation(plan.0, plan, [Fact::on(day(2), kind)]);
        operation.projections.push((plan, Projection { next_due, ..Projection::default() }));
        record(store, operation)?;
    }
    let found = |plans: Vec<crate::store::PlanRow>| -> Vec<u64> {
        plans.into_iter().map(|plan| plan.id.0).collect()
    };
    assert_eq!(found(store.plans()?), [1, 2, 3, 4, 5]);
    assert_eq!(found(store.plans_due(day(9))?), [1, 2, 3]);
    let second = store.operations(9)?.iter().rev().nth(1).map(|operation| operation.id);
    if let Some(second) = second {
        undo(store, second)?;
    }
    assert_eq!(found(store.plans()?), [1, 3, 4, 5]);
    assert_eq!(found(store.plans_due(day(9))?), [1, 3]);
    Ok(())
}

pub(in crate::store::contract) fn large_import(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    begin(store)?;
    let mut operation = NewOperation::new(samples::at(1), "people import");
    for number in 3..=302 {
        let entry = Entry::person(EntryId(number), format!("Person {number}"));
        operation.changes.push(Change::Person(people::Change::Added(entry)));
    }
    operation.changes.push(Change::Plan { plan: PLAN, fact: Fact::on(day(3), note(1)) });
    record(store, operation)?;
    let logged = store.operations(2)?;
    assert_eq!(logged[0].added, 300);
    assert_eq!(logged[0].changes.len(), Operation::LISTED_ENTRIES + 1);
    assert!(matches!(&logged[0].changes[0], Change::Person(people::Change::Added(entry))
        if entry.id == EntryId(3)));
    assert!(matches!(logged[0].changes.last(), Some(Change::Plan { .. })));
    assert_eq!((logged[1].added, logged[1].changes.len()), (2, 3));
    assert_eq!(store.entries(&Entries::All)?.len(), 302);
    Ok(())
}

/// R9.
pub(in crate::store::contract) fn whole(fresh: Fresh<'_>) -> Result<(), StoreError> {
    let store = &mut *fresh();
    let first = begin(store)?;
    let mut operation = samples::operation(1, PLAN, [Fact::on(day(3), note(1))]);
    operation.playbooks = vec![
        ("b".to_owned(), "2".to_owned()),
        ("a".to_owned(), "1".to_owned()),
        ("b".to_owned(), "3".to_owned()),
    ];
    record(store, operation)?;
    assert_eq!(store.playbook("b")?.as_deref(), Some("2"));
    assert_eq!(store.playbook("a")?.as_deref(), Some("1"));
    undo(store, first)?;
    assert_eq!(store.verify()?, None);
    assert_eq!(answers(store)?.entries, []);
    Ok(())
}
