//! Who might come onto the next list.

use std::collections::BTreeSet;

use super::open::OpenPlan;
use crate::people::{Entry, EntryId, Kind, rank};
use crate::plan::CycleState;

/// The people to put on a cycle's list, best first, at most as many as the playbook advises: those
/// who were listed before and never messaged, those who asked for later and whose day has come,
/// then people in or close to the role, newest connection first (L4, L5). Whoever was messaged in
/// another cycle, does not want to be written to, or is on the list, is left out (E4, S5).
///
/// Needs the plan [opened whole](super::Notebook::open_whole).
pub fn suggest(plan: &OpenPlan, cycle: &CycleState) -> Vec<EntryId> {
    suggest_with(plan, cycle, &[])
}

/// As [`suggest`], with people who are about to become known.
pub fn suggest_with(plan: &OpenPlan, cycle: &CycleState, new: &[Entry]) -> Vec<EntryId> {
    let most = plan.playbook.people.size.most.or(plan.playbook.people.size.least).unwrap_or(30);
    let most = usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(cycle.members.len());
    let state = &plan.state;
    let messaged: BTreeSet<EntryId> = state
        .cycles
        .values()
        .flat_map(|cycle| &cycle.log.completed)
        .filter(|(_, done)| done.sent.is_some())
        .filter_map(|(task, _)| task.entry)
        .collect();
    let listed: BTreeSet<EntryId> =
        state.cycles.values().flat_map(|cycle| &cycle.members).map(|m| m.entry).collect();
    let here: BTreeSet<EntryId> = cycle.members.iter().map(|member| member.entry).collect();
    let free = |entry: &&Entry| {
        !entry.do_not_contact && entry.forgotten.is_none() && !here.contains(&entry.id)
    };
    let role: Vec<&str> = plan.playbook.role.as_deref().unwrap_or("").split_whitespace().collect();
    let new = new.iter().filter(|entry| entry.kind == Kind::Person);
    let people: Vec<&Entry> = plan.book.people().chain(new).filter(free).collect();
    let asked_for_later = |entry: &&Entry| comes_back(plan, entry.id, cycle);
    let waiting = |entry: &&Entry| listed.contains(&entry.id) && !messaged.contains(&entry.id);
    let back: Vec<EntryId> = people.iter().copied().filter(asked_for_later).map(|e| e.id).collect();
    let first: Vec<EntryId> = people.iter().copied().filter(waiting).map(|e| e.id).collect();
    let rest: Vec<&Entry> = people
        .iter()
        .copied()
        .filter(|entry| !listed.contains(&entry.id) && !messaged.contains(&entry.id))
        .collect();
    let mut seen = BTreeSet::new();
    back.into_iter()
        .chain(first)
        .chain(rank(&rest, &role))
        .filter(|id| seen.insert(*id))
        .take(most)
        .collect()
}

/// `not_now`: back on the list of the cycle that runs on that date.
fn comes_back(plan: &OpenPlan, entry: EntryId, cycle: &CycleState) -> bool {
    let length = i64::from(plan.playbook.cycle.length);
    let end = cycle.start.checked_add(jiff::Span::new().days(length)).unwrap_or(cycle.start);
    // Whoever was written to since then has had the second chance: nobody is chased (S4).
    let written = |one: &&CycleState| one.number != cycle.number && !one.sent_to(entry).is_empty();
    let last = plan.state.cycles.values().rev().find(written);
    let happenings = last.and_then(|last| last.happenings.get(&entry));
    let ended = happenings.and_then(|known| known.ended(&plan.playbook, jiff::civil::Date::MAX));
    ended
        .filter(|(outcome, _)| &***outcome == "not_now")
        .and_then(|(_, asked)| crate::people::read_date(asked.fields.get("until")?.raw()))
        .is_some_and(|until| until < end)
}
