//! What the stories of a file reach of a playbook.

use std::collections::BTreeSet;

use crate::plan::{Agenda, Place, Reason, Situation, Status};
use crate::playbook::{Id, Playbook, StepKind};

/// A part of a playbook that a story can reach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The step is due, overdue or done.
    Step(Id),
    /// The condition of the step is false: the other branch of it.
    NotNeeded(Id),
    /// The step sends, or may send today, its text for an option.
    Text {
        /// The step.
        step: Id,
        /// The option.
        option: Id,
    },
}

/// Everything that can be reached, step by step in the order of the playbook.
pub(super) fn spots(playbook: &Playbook) -> impl Iterator<Item = Spot> {
    playbook.steps.iter().flat_map(|step| {
        let condition = step.when.as_ref().map(|_| Spot::NotNeeded(step.id.clone()));
        let message = match &step.kind {
            StepKind::Send(message) => playbook.message(message),
            StepKind::Task
            | StepKind::Choose(_)
            | StepKind::Write(_)
            | StepKind::Collect(_)
            | StepKind::Fill(_)
            | StepKind::Decide(_)
            | StepKind::Every(_) => None,
        };
        let options = message.filter(|message| message.by.is_some()).into_iter();
        let texts = options.flat_map(|message| &message.texts).filter_map(|text| {
            Some(Spot::Text { step: step.id.clone(), option: text.option.clone()? })
        });
        std::iter::once(Spot::Step(step.id.clone())).chain(condition).chain(texts)
    })
}

/// Adds what a day of a story reaches.
pub(super) fn note(situation: &Situation<'_>, agenda: &Agenda, reached: &mut BTreeSet<Spot>) {
    for task in agenda.tasks.iter().chain(&agenda.closed) {
        let step = &task.key.step;
        match task.status() {
            Status::Due | Status::Overdue | Status::Done => {
                reached.insert(Spot::Step(step.clone()));
                let option = option(situation, task.key.cycle, task.position, task.key.entry);
                if let Some(option) = option {
                    reached.insert(Spot::Text { step: step.clone(), option: option.clone() });
                }
            }
            Status::NotNeeded if task.standing.reason == Reason::Condition => {
                reached.insert(Spot::NotNeeded(step.clone()));
            }
            Status::Skipped
            | Status::Closed
            | Status::NotNeeded
            | Status::Waiting
            | Status::Scheduled
            | Status::Blocked => {}
        }
    }
}

/// The option whose text a step sends.
fn option<'a>(
    situation: &Situation<'a>,
    cycle: u32,
    position: usize,
    entry: Option<crate::people::EntryId>,
) -> Option<&'a Id> {
    let step = situation.playbook.steps.get(position)?;
    let StepKind::Send(message) = &step.kind else { return None };
    let choice = situation.playbook.message(message)?.by.as_ref()?;
    let cycle = situation.state.cycles.get(&cycle)?;
    let place = match entry {
        Some(entry) => Place::of(cycle, cycle.member(entry)?),
        None => Place::whole(cycle),
    };
    situation.option(place, choice)
}
