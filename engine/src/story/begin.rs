//! The beginning of a story: its plan, with everybody who is there from the start.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::document::{Actor, Choices, Role, Story};
use super::tell::{REASON, instant};
use crate::calendar::Hours;
use crate::notebook::{Beginning, Notebook, NotebookError, OpenPlan, Recording, Session};
use crate::people::{Book, Entry, EntryId, Kind};
use crate::plan::{Command, Situation, Task, TaskKey, agenda};
use crate::playbook::{Playbook, Required, StepKind};
use crate::store::MemoryStore;
use crate::words::Words;

/// Every story draws alike.
const SEED: u64 = 2026;

/// A plan that has begun.
pub(super) struct Begun {
    pub(super) open: OpenPlan,
    /// Who is there, by their place in the cast.
    pub(super) joined: BTreeMap<Actor, EntryId>,
    /// The first day of the story.
    pub(super) today: Date,
}

/// Begins the plan of a story on its first day, with everybody who is there from the start.
pub(super) fn begin(
    story: &Story,
    playbook: &Playbook,
    packed: &str,
) -> Result<Begun, NotebookError> {
    let beginning = Beginning {
        playbook: playbook.clone(),
        packed: packed.to_owned(),
        zone: story.zone.clone(),
        weekdays: story.weekdays,
        hours: Hours::default(),
        seed: SEED,
        start: story.start,
        inputs: story.inputs.clone(),
        compared: match &story.choices {
            Choices::Compared(choice, option) => Some((choice.clone(), option.clone())),
            Choices::Open | Choices::Baseline => None,
        },
        book: Book::new(),
    };
    let zone = crate::calendar::zone(&story.zone)
        .map_err(|_| NotebookError::UnknownZone { zone: story.zone.clone() })?;
    let first = story.moments.first().map_or(story.start, |moment| moment.day.min(story.start));
    let instant = instant(&zone, first);
    let recording =
        Recording { command: "start", plan: None, entries: &[], whole: true, anyway: false };
    let written = Notebook::new(MemoryStore::new()).record(&recording, instant, |session| {
        session.start(beginning.clone(), instant)?;
        let joined = set_up(session, story, first)?;
        Ok((session.plan()?.clone(), joined))
    })?;
    let (open, joined) = written.value;
    Ok(Begun { open, joined, today: first })
}

/// Days off, companies and people, and the choices that a story leaves alone.
fn set_up(
    session: &mut Session,
    story: &Story,
    today: Date,
) -> Result<BTreeMap<Actor, EntryId>, NotebookError> {
    for days in &story.days_off {
        session.decide(&Command::DaysOff { from: days.first(), to: days.last() })?;
    }
    let mut joined = BTreeMap::new();
    for (actor, role) in story.cast.iter().enumerate().take(story.first) {
        let id = session.add(entry(role, &joined));
        joined.insert(actor, id);
    }
    for (kind, cycle) in [(Kind::Company, 0), (Kind::Person, 1)] {
        let is_kind =
            |actor: &Actor| story.cast.get(*actor).is_some_and(|role| role.entry.kind == kind);
        let entries: Vec<EntryId> =
            joined.iter().filter(|(actor, _)| is_kind(actor)).map(|(_, id)| *id).collect();
        if !entries.is_empty() {
            session.decide(&Command::List { entries, cycle })?;
        }
    }
    if story.choices == Choices::Baseline {
        for task in unanswered(&session.situation()?) {
            let reason = Some(Words::new(REASON));
            session.decide(&Command::Skip { task, on: today, reason })?;
        }
    }
    Ok(joined)
}

/// The open steps that ask what to compare and may be skipped.
fn unanswered(situation: &Situation<'_>) -> Vec<TaskKey> {
    let asks = |task: &Task| {
        situation.playbook.steps.get(task.position).is_some_and(|step| {
            matches!(step.kind, StepKind::Choose(_)) && step.required != Required::Must
        })
    };
    agenda(situation).tasks.into_iter().filter(asks).map(|task| task.key).collect()
}

/// The entry of somebody who joins, with their company where it joined before.
pub(super) fn entry(role: &Role, joined: &BTreeMap<Actor, EntryId>) -> Entry {
    let mut entry = role.entry.clone();
    entry.company = role.company.and_then(|company| joined.get(&company)).copied();
    entry
}
