//! One random history on two stores: whatever is asked, they say the same (R11).

use std::fmt::Debug;

use super::{Script, samples};
use crate::people::{self, EntryId, Kind};
use crate::plan::{Fact, PlanId};
use crate::store::{
    Change, Entries, Head, NewOperation, OperationId, Projection, Scope, Store, StoreError,
};

/// Plays the history that `script` means on both, and compares what they say on the way.
///
/// # Errors
///
/// What either could not read.
pub fn agree(script: &[u8], one: &mut dyn Store, other: &mut dyn Store) -> Result<(), StoreError> {
    let mut script = Script::new(script);
    let mut minute = 0;
    while !script.is_over() {
        minute += 1;
        let head = one.head()?;
        let operation = operation(&mut script, head, minute);
        let seen =
            if script.once_in(12) { Some(OperationId(script.below(9))) } else { head.operation };
        let said = one.append(seen, operation.clone());
        same("append", &said, &other.append(seen, operation));
        if said.is_ok() || script.once_in(3) {
            compare(&mut script, one, other)?;
        }
    }
    compare(&mut script, one, other)
}

#[track_caller]
fn same<T: PartialEq + Debug>(what: &str, one: &T, other: &T) {
    assert_eq!(one, other, "{what}");
}

fn operation(script: &mut Script<'_>, head: Head, minute: u64) -> NewOperation {
    // Now and then the clock is behind (F7).
    let at = if script.once_in(8) { minute / 2 } else { minute };
    let mut operation = NewOperation::new(samples::at(at), "record");
    let last = head.operation.map_or(0, |operation| operation.0);
    if script.once_in(3) {
        // Mostly one of the newest, so that undoing and redoing go back and forth.
        let back = if script.once_in(3) { script.below(9) } else { script.below(2) };
        operation.undoes = Some(OperationId(last.saturating_sub(back)));
        if !script.once_in(6) {
            return operation;
        }
    }
    let mut next = head;
    for _ in 0..script.below(4) {
        let known: Vec<EntryId> = (1..next.next_entry.0 + script.below(2)).map(EntryId).collect();
        let change = match script.below(8) {
            0 => {
                let entry = samples::entry(next.next_entry, script, &known);
                next.next_entry.0 += 1 + u64::from(script.once_in(20));
                Some(people::Change::Added(entry))
            }
            1 | 2 => samples::person(script, &known),
            _ => None,
        };
        operation.changes.push(if let Some(change) = change {
            Change::Person(change)
        } else if next.next_plan.0 == 1 || script.once_in(10) {
            let plan = next.next_plan;
            next.next_plan.0 += 1;
            let kind = samples::started(script);
            Change::Plan { plan, fact: Fact::on(samples::day(script), kind) }
        } else {
            let plan = PlanId(1 + script.below(next.next_plan.0));
            Change::Plan { plan, fact: samples::fact(script, &known) }
        });
    }
    if script.once_in(3) {
        let plan = PlanId(1 + script.below(next.next_plan.0));
        operation.projections.push((plan, projection(script)));
    }
    if script.once_in(6) {
        let text = format!("playbook {}", script.below(3));
        operation.playbooks.push((format!("hash {}", script.below(3)), text));
    }
    operation
}

fn projection(script: &mut Script<'_>) -> Projection {
    Projection {
        title: "product designer".to_owned(),
        playbook: "sha256:cd".to_owned(),
        running_cycle: u32::try_from(script.below(4)).ok().filter(|cycle| *cycle > 0),
        next_due: script.once_in(2).then(|| samples::day(script)).filter(|day| day.year() > 0),
        conversations: (0..script.below(3))
            .map(|_| (u32::try_from(script.below(4)).unwrap_or(0), EntryId(1 + script.below(4))))
            .collect(),
    }
}

fn compare(script: &mut Script<'_>, one: &dyn Store, other: &dyn Store) -> Result<(), StoreError> {
    let head = one.head()?;
    same("head", &head, &other.head()?);
    same("plans", &one.plans()?, &other.plans()?);
    let day = samples::day(script);
    same("plans due", &one.plans_due(day)?, &other.plans_due(day)?);
    for plan in (0..=head.next_plan.0).map(PlanId) {
        let everything = one.facts(plan, &Scope::Everything)?;
        same("all facts", &everything, &other.facts(plan, &Scope::Everything)?);
        let entries = (0..script.below(3)).map(|_| EntryId(script.below(5))).collect();
        let open = Scope::Open { entries };
        same("open facts", &one.facts(plan, &open)?, &other.facts(plan, &open)?);
    }
    let ids: Vec<EntryId> = (0..3).map(|_| EntryId(script.below(6))).collect();
    same("facts about", &one.facts_about(&ids)?, &other.facts_about(&ids)?);
    for which in [
        Entries::All,
        Entries::Kind(Kind::Person),
        Entries::Kind(Kind::Company),
        Entries::Ids(&ids),
        Entries::Named("silva"),
        Entries::Named("ANA SILVA"),
        Entries::Named("@"),
        Entries::Named(""),
    ] {
        same("entries", &one.entries(&which)?, &other.entries(&which)?);
    }
    for hash in ["hash 0", "hash 1", "hash 2", ""] {
        same("playbook", &one.playbook(hash)?, &other.playbook(hash)?);
    }
    let newest = usize::try_from(script.below(40)).unwrap_or(0);
    same("operations", &one.operations(newest)?, &other.operations(newest)?);
    same("chain", &one.verify()?, &other.verify()?);
    Ok(())
}
