//! Everything of a plan that has a day or a moment, as plain data: what a calendar can hold.
//!
//! Knows which tasks, habits and talks there are and when; what has not come up yet comes from the
//! forecast (D11). It must not know the format of any calendar.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::agenda::{Task, agenda, name};
use super::appointment::Appointment;
use super::due;
use super::forecast::forecast;
use super::situation::{Place, Situation};
use super::state::{Completed, CycleState, Happenings};
use super::status::{Reason, Status};
use super::task::TaskKey;
use crate::people::EntryId;
use crate::playbook::{Available, Id, Step, StepKind};
use crate::words::Words;

/// One thing with a day or a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct DiaryEntry {
    /// The task it is.
    pub key: TaskKey,
    /// What to do.
    pub title: String,
    /// With whom or for whom.
    pub entry: Option<(EntryId, Words)>,
    /// What kind of thing.
    pub kind: DiaryKind,
    /// When.
    pub when: DiaryTime,
    /// The last day of its deadline (D6).
    pub limit: Option<Date>,
    /// How long it takes, in minutes, where the playbook says so.
    pub minutes: Option<u32>,
    /// How it stands.
    pub state: DiaryState,
}

/// Kinds of things in a diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiaryKind {
    /// Something to do on a day.
    Task,
    /// The review of a cycle.
    Review,
    /// An occurrence of a habit.
    Habit,
    /// A time agreed on with somebody.
    Talk,
}

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiaryTime {
    /// On a civil day of the plan.
    Day(Date),
    /// At a moment.
    Moment(Timestamp),
}

/// How something in a diary stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiaryState {
    /// It is to be done.
    Open,
    /// It will come up if everything before it is done on its day (D11).
    Planned,
    /// It was done on that day.
    Done(Date),
    /// It will not take place any more.
    Off,
}

/// The diary of a plan as it stands: the running cycle from its first day to its last, what goes on
/// beyond it, and every talk. In the order of the playbook's steps, then of the list.
///
/// An open task stands on its day, and from then on on today until it is done. What somebody's
/// answer made superfluous, what was skipped, and what a day off closed is there as off, so that a
/// calendar that has it already takes it away.
pub fn diary(situation: &Situation<'_>) -> Vec<DiaryEntry> {
    let mut entries = tasks(situation);
    let mut known: BTreeSet<TaskKey> = entries.iter().map(|entry| entry.key.clone()).collect();
    if let Some(cycle) = situation.running() {
        let end = situation.dates(cycle).end;
        for day in forecast(situation, end) {
            for task in day.work {
                if known.insert(task.key.clone())
                    && let Some(entry) = planned(situation, &task, day.date)
                {
                    entries.push(entry);
                }
            }
        }
        entries.extend(habits(situation, cycle));
    }
    entries.extend(talks(situation));
    let position = |entry: &DiaryEntry| situation.playbook.positions.get(&entry.key.step).copied();
    entries.sort_by_key(|entry| (position(entry), entry.key.clone()));
    entries
}

fn is_talk(step: &Step) -> bool {
    matches!(step.at, Some(Available::OutcomeField { .. }))
}

/// What the agenda knows a day of.
fn tasks(situation: &Situation<'_>) -> Vec<DiaryEntry> {
    let today = situation.today();
    let running = situation.running().map(|cycle| cycle.number);
    let agenda = agenda(situation);
    let planned = planned_without_answers(situation);
    let mut entries = Vec::new();
    for task in agenda.tasks.iter().chain(&agenda.closed) {
        let Some(step) = situation.playbook.steps.get(task.position) else { continue };
        if is_talk(step) || matches!(step.kind, StepKind::Every(_)) {
            continue;
        }
        let standing = &task.standing;
        let here = task.key.cycle == 0 || Some(task.key.cycle) == running;
        let (day, state) = match task.status() {
            Status::Due | Status::Overdue | Status::Blocked | Status::Scheduled => {
                let Some(day) = standing.available else { continue };
                (day.max(today), DiaryState::Open)
            }
            Status::Done => {
                // What the facts complete by themselves has no day on which somebody did it.
                let recorded = standing.reason == Reason::Recorded;
                let Some(on) = standing.finished.filter(|_| here && recorded) else { continue };
                (on, DiaryState::Done(on))
            }
            Status::Skipped => {
                let Some(on) = standing.finished.filter(|_| here) else { continue };
                (on, DiaryState::Off)
            }
            Status::Closed | Status::NotNeeded => {
                let Some(day) = planned.get(&task.key).filter(|_| here) else { continue };
                (*day, DiaryState::Off)
            }
            Status::Waiting => continue,
        };
        entries.push(DiaryEntry {
            key: task.key.clone(),
            title: task.title.clone(),
            entry: task.entry.clone(),
            kind: kind_of(step),
            when: DiaryTime::Day(day),
            limit: standing.deadline,
            minutes: task.effort,
            state,
        });
    }
    entries
}

/// What stood in a diary before anybody answered, with its day: what an answer has called off is
/// among it.
fn planned_without_answers(situation: &Situation<'_>) -> BTreeMap<TaskKey, Date> {
    let Some(running) = situation.running() else { return BTreeMap::new() };
    if running.happenings.is_empty() {
        return BTreeMap::new();
    }
    let mut state = situation.state.clone();
    for cycle in state.cycles.values_mut() {
        cycle.happenings.clear();
    }
    let Situation { playbook, book, elsewhere, now, .. } = situation;
    let silent = Situation::new(playbook, &state, book, elsewhere, *now);
    let mut planned = BTreeMap::new();
    for day in forecast(&silent, situation.dates(running).end) {
        for task in day.work {
            planned.entry(task.key).or_insert(day.date);
        }
    }
    planned
}

fn kind_of(step: &Step) -> DiaryKind {
    if matches!(step.kind, StepKind::Decide(_)) { DiaryKind::Review } else { DiaryKind::Task }
}

/// What the forecast brings; habits and talks have moments of their own.
fn planned(situation: &Situation<'_>, task: &Task, day: Date) -> Option<DiaryEntry> {
    let step = situation.playbook.steps.get(task.position)?;
    if is_talk(step) || matches!(step.kind, StepKind::Every(_)) {
        return None;
    }
    Some(DiaryEntry {
        key: task.key.clone(),
        title: task.title.clone(),
        entry: task.entry.clone(),
        kind: kind_of(step),
        when: DiaryTime::Day(day),
        limit: task.standing.deadline,
        minutes: task.effort,
        state: DiaryState::Planned,
    })
}

/// The occurrences of all habits in a cycle. One on a day off or away is off (D7).
fn habits(situation: &Situation<'_>, cycle: &CycleState) -> Vec<DiaryEntry> {
    let mut entries = Vec::new();
    for position in &situation.playbook.order {
        let Some(step) = situation.playbook.steps.get(*position) else { continue };
        for day in due::occurrences(situation, cycle, *position) {
            let key = TaskKey { occurrence: Some(day.key), ..due::key(step, Place::whole(cycle)) };
            let state = match situation.state.completion(&key) {
                Some(done) if done.how == Completed::Done => DiaryState::Done(done.on),
                Some(_) => DiaryState::Off,
                None if day.off => DiaryState::Off,
                None => DiaryState::Open,
            };
            entries.push(DiaryEntry {
                key,
                title: step.title.clone(),
                entry: None,
                kind: DiaryKind::Habit,
                when: DiaryTime::Moment(day.instant),
                limit: None,
                minutes: step.effort,
                state,
            });
        }
    }
    entries
}

/// Every time agreed on, also those that are over or were called off.
pub fn talks(situation: &Situation<'_>) -> Vec<DiaryEntry> {
    let mut entries = Vec::new();
    for cycle in situation.state.cycles.values() {
        for (position, step) in situation.playbook.steps.iter().enumerate() {
            let Some(Available::OutcomeField { outcome, field }) = &step.at else { continue };
            for member in &cycle.members {
                let Some(happenings) = cycle.happenings.get(&member.entry) else { continue };
                let place = Place::of(cycle, member);
                if let Some((when, stands)) = agreed(situation, happenings, outcome, field) {
                    let done = due::done_on(situation, place, position);
                    let ended = happenings.ended(situation.playbook, situation.today()).is_some();
                    let state = match done {
                        Some(on) => DiaryState::Done(on),
                        None if stands && !ended => DiaryState::Open,
                        None => DiaryState::Off,
                    };
                    entries.push(DiaryEntry {
                        key: due::key(step, place),
                        title: step.title.clone(),
                        entry: Some((member.entry, name(situation, member.entry))),
                        kind: DiaryKind::Talk,
                        when,
                        limit: None,
                        minutes: step.effort,
                        state,
                    });
                }
            }
        }
    }
    entries
}

/// When a talk is, or was last going to be, and whether that still stands.
fn agreed(
    situation: &Situation<'_>,
    happenings: &Happenings,
    outcome: &Id,
    field: &Id,
) -> Option<(DiaryTime, bool)> {
    let standing = happenings.standing(situation.playbook, outcome, situation.today());
    let last = || {
        let recorded = happenings.recorded().iter().rev();
        recorded.filter(|(id, _)| id == outcome).map(|(_, happening)| happening).next()
    };
    let stands = standing.is_some();
    let words = standing.or_else(last)?.fields.get(field)?;
    let appointment = Appointment::read(words.raw())?;
    let whole_day = appointment.zone.is_none() && !words.raw().contains('T');
    let when = if whole_day {
        DiaryTime::Day(appointment.wall.date())
    } else {
        DiaryTime::Moment(appointment.instant(&situation.state.zone))
    };
    Some((when, stands))
}
