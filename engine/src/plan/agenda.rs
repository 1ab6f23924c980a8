//! The agenda: what there is to do, derived from playbook, facts and now (F1).

use jiff::civil::Date;

use super::resolve::{CycleTable, Resolution, resolve};
use super::situation::{Place, Situation};
use super::state::CycleState;
use super::status::{Standing, Status};
use super::task::TaskKey;
use super::{due, metric};
use crate::people::EntryId;
use crate::playbook::{Step, StepKind};
use crate::words::Words;

/// Everything that can be said about a plan on a day.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// The newest cycle, if one has been started and not abandoned.
    pub cycle: Option<CycleSummary>,
    /// Every open task, in the order in which to do them: overdue ones first, then today's, then
    /// what is blocked, scheduled and waiting.
    pub tasks: Vec<Task>,
    /// Tasks that are not open any more, in graph order.
    pub closed: Vec<Task>,
    /// Occurrences of habits that were missed and closed (D7).
    pub missed: u32,
}

/// The cycle that an agenda speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct CycleSummary {
    /// Its number.
    pub number: u32,
    /// Today's cycle day; 0 before it starts, beyond `length` after its end.
    pub day: u32,
    /// Its length in days of the seeker's own.
    pub length: u32,
    /// Day 1.
    pub start: Date,
    /// The last day, moved by days away (D10).
    pub end: Date,
    /// The last day on which people may join and count (E4).
    pub list_closes: Date,
    /// What it compares.
    pub compared: Option<super::Compared>,
    /// Fewer than twenty people, so nothing is split: practice (E2).
    pub practice: bool,
    /// People on the list.
    pub people: usize,
    /// How the measure that decides stands.
    pub measure: Option<metric::Tally>,
    /// The day on which everybody is counted; none while nobody was messaged.
    pub settles: Option<Date>,
    /// The review was answered.
    pub decided: bool,
}

/// One task with its standing.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its name.
    pub key: TaskKey,
    /// The position of its step in the playbook.
    pub position: usize,
    /// What to do.
    pub title: String,
    /// The person or company.
    pub entry: Option<(EntryId, Words)>,
    /// How it stands, and why.
    pub standing: Standing,
    /// Minutes it takes.
    pub effort: Option<u32>,
}

impl Task {
    /// Its status.
    pub fn status(&self) -> Status {
        self.standing.status
    }
}

/// The agenda of a plan: a pure function of playbook, facts and now (F1).
pub fn agenda(situation: &Situation<'_>) -> Agenda {
    from_resolution(situation, &resolve(situation))
}

/// The agenda out of standings that are known already.
pub fn from_resolution<'a>(situation: &Situation<'a>, resolution: &Resolution<'a>) -> Agenda {
    let mut tasks = Vec::new();
    let mut closed = Vec::new();
    let mut missed = 0;
    for table in &resolution.cycles {
        for position in &situation.playbook.order {
            let Some(step) = situation.playbook.steps.get(*position) else { continue };
            for task in tasks_of(situation, table, *position, step) {
                if task.status().is_open() { tasks.push(task) } else { closed.push(task) }
            }
            missed += table.columns.get(*position).map_or(0, |column| column.missed);
        }
    }
    tasks.sort_by_key(|task| urgency(situation, task));
    let cycle = situation.running().map(|cycle| summary(situation, cycle));
    Agenda { cycle, tasks, closed, missed }
}

/// The tasks of one step in one cycle, in list order.
fn tasks_of<'a>(
    situation: &Situation<'a>,
    table: &CycleTable<'a>,
    position: usize,
    step: &Step,
) -> Vec<Task> {
    let Some(column) = table.columns.get(position) else { return Vec::new() };
    let task = |key: TaskKey, place: Place<'a>, standing: &Standing| Task {
        key,
        position,
        title: step.title.clone(),
        entry: place.entry().map(|id| (id, name(situation, id))),
        standing: standing.clone(),
        effort: step.effort,
    };
    if matches!(step.kind, StepKind::Every(_)) {
        let whole = Place::whole(table.cycle);
        return column
            .habit
            .iter()
            .map(|habit| {
                let key = TaskKey { occurrence: Some(habit.occurrence), ..due::key(step, whole) };
                task(key, whole, &habit.standing)
            })
            .collect();
    }
    table
        .places(situation, step)
        .into_iter()
        .zip(&column.tasks)
        .map(|(place, standing)| task(due::key(step, place), place, standing))
        .collect()
}

/// The name of an entry; its number where the book does not hold it.
pub(super) fn name(situation: &Situation<'_>, entry: EntryId) -> Words {
    situation
        .book
        .get(entry)
        .map_or_else(|| Words::new(format!("person {entry}")), |known| known.name.clone())
}

/// What comes first: overdue before due, answers and follow-ups before first messages (D8),
/// messages before the rest, then graph order and list order, which the sort keeps.
fn urgency(situation: &Situation<'_>, task: &Task) -> (u8, u8, Option<Date>) {
    let class = match task.status() {
        Status::Overdue => 0,
        Status::Due => 1,
        Status::Blocked => 2,
        Status::Scheduled => 3,
        Status::Waiting => 4,
        Status::Done | Status::Skipped | Status::Closed | Status::NotNeeded => 5,
    };
    let step = situation.playbook.steps.get(task.position);
    let kind = match step.map(|step| &step.kind) {
        Some(StepKind::Send(_)) if is_first_message(situation, task.position) => 1,
        Some(StepKind::Send(_)) => 0,
        _ => 2,
    };
    let day = (task.status() == Status::Scheduled).then_some(task.standing.available).flatten();
    (class, if class == 1 { kind } else { 0 }, day)
}

/// A message that comes after no other one.
fn is_first_message(situation: &Situation<'_>, position: usize) -> bool {
    let steps = &situation.playbook.steps;
    let mut seen = vec![false; steps.len()];
    let mut queue = vec![position];
    while let Some(at) = queue.pop() {
        let Some(step) = steps.get(at) else { continue };
        if at != position && matches!(step.kind, StepKind::Send(_)) {
            return false;
        }
        let reply = step.when.as_ref().is_some_and(|when| {
            when.names().iter().any(|name| name.path.starts_with("person.replied"))
        });
        if reply {
            return false;
        }
        for need in &step.needs {
            if let Some(slot) = seen.get_mut(need.step).filter(|slot| !**slot) {
                *slot = true;
                queue.push(need.step);
            }
        }
    }
    true
}

/// The figures of a cycle.
pub fn summary<'a>(situation: &Situation<'a>, cycle: &'a CycleState) -> CycleSummary {
    let dates = situation.dates(cycle);
    let measure = situation
        .playbook
        .cycle
        .decided_by
        .as_deref()
        .and_then(|id| situation.playbook.metric(id))
        .map(|metric| metric::tally(situation, cycle, metric, situation.today(), |_| true));
    let split = cycle.members.iter().any(|member| member.option.is_some());
    CycleSummary {
        number: cycle.number,
        day: dates.day_of(situation.today()),
        length: dates.length,
        start: dates.start,
        end: dates.end,
        list_closes: dates.date_of(situation.playbook.cycle.list_closes),
        compared: cycle.compared.as_ref().map(|(compared, _)| compared.clone()),
        practice: cycle.compared.as_ref().is_some_and(|(compared, _)| compared.split && !split),
        people: cycle.members.len(),
        measure,
        settles: metric::settles(situation, cycle),
        decided: cycle.conclusion.is_some(),
    }
}
