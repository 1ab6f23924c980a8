//! Tasks that the facts complete by themselves (S1): lists, fields, choices, wordings,
//! reviews.

use jiff::civil::Date;

use crate::people::EntryId;
use crate::plan::progress::is_filled;
use crate::plan::situation::{Place, Situation};
use crate::plan::state::CycleState;
use crate::playbook::{Id, List, Step, StepKind};

/// The day on which the facts completed a task, if they did.
pub(in crate::plan) fn done_by_facts<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    step: &Step,
) -> Option<Date> {
    match &step.kind {
        StepKind::Collect(list) => collected(situation, place, step, *list),
        StepKind::Fill(fields) => filled(situation, place, fields),
        StepKind::Choose(choice) => chosen(place.cycle, choice),
        StepKind::Write(message) => worded(situation, place, message),
        StepKind::Decide(_) => place.cycle.conclusion.as_ref().map(|conclusion| conclusion.on),
        StepKind::Task | StepKind::Send(_) | StepKind::Every(_) => None,
    }
}

/// L5: a list is complete at the lower end of its size; the list of one company's people at one.
fn collected<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    step: &Step,
    list: List,
) -> Option<Date> {
    if step.for_each == Some(List::Companies) {
        let company = place.entry()?;
        return place
            .cycle
            .members
            .iter()
            .filter(|member| works_at(situation, member.entry, company))
            .map(|member| member.listed)
            .min();
    }
    let (members, rules) = match list {
        List::People => (&place.cycle.members, Some(&situation.playbook.people)),
        List::Companies => (&situation.state.companies, situation.playbook.companies.as_ref()),
    };
    let least = rules.and_then(|rules| rules.size.least).unwrap_or(1).max(1);
    let mut days: Vec<Date> = members.iter().map(|member| member.listed).collect();
    days.sort_unstable();
    days.get(usize::try_from(least - 1).ok()?).copied()
}

/// Whether a person belongs to a company of the plan's list.
pub(super) fn works_at(situation: &Situation<'_>, person: EntryId, company: EntryId) -> bool {
    situation.book.get(person).and_then(|entry| entry.company) == Some(company)
}

fn filled<'a>(situation: &Situation<'a>, place: Place<'a>, fields: &[Id]) -> Option<Date> {
    let entry = situation.entry_at(place)?;
    let has = |field: &Id| is_filled(situation.playbook, entry, field);
    fields.iter().all(has).then(|| place.member.map_or(place.cycle.start, |member| member.listed))
}

/// The option that the cycle compares was named, here or when it started (E1).
fn chosen(cycle: &CycleState, choice: &Id) -> Option<Date> {
    let (compared, on) = cycle.compared.as_ref()?;
    (compared.choice == *choice).then_some(*on)
}

/// Every text that the cycle needs was written or taken as it is, in this cycle or before.
fn worded<'a>(situation: &Situation<'a>, place: Place<'a>, message: &Id) -> Option<Date> {
    let options = situation.options_in_force(place.cycle, message);
    let written = |option: &Option<Id>| {
        let mut all = situation.state.reworded.iter();
        let first = all.find(|known| known.message == *message && known.option == *option);
        first.map(|known| known.on)
    };
    let mut last = place.cycle.start;
    for option in &options {
        last = last.max(written(option)?);
    }
    Some(last)
}
