//! Why a task has its status, and what would change it (S1).

use jiff::civil::Date;

use super::TaskKey;
use super::agenda::{Task, from_resolution};
use super::due;
use super::rejection::Rejection;
use super::resolve::{CycleTable, resolve};
use super::situation::{Place, Situation};
use super::status::Status;
use crate::calendar::{Duration, Pace};
use crate::message::{Condition, Names, Value};
use crate::playbook::{Anchor, Available, Id, NeedMeasure, Step, Within};

/// A task with all that led to its status.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The task.
    pub task: Task,
    /// What led to it, in the order in which the rules ask.
    pub clauses: Vec<Clause>,
    /// Outcomes that would change it.
    pub changes: Vec<Change>,
}

/// One thing that a status rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// A step that comes before.
    Need {
        /// Its title.
        title: String,
        /// How it stands for the same entry; none for a join over a list.
        status: Option<Status>,
        /// When it was done.
        on: Option<Date>,
        /// How many of its tasks are done, of how many, for a join.
        done: Option<(usize, usize)>,
        /// What of it is needed.
        measure: NeedMeasure,
    },
    /// A condition with the values that it looked at.
    Condition {
        /// Whether it holds.
        holds: bool,
        /// The names and their values.
        values: Vec<(String, Value)>,
    },
    /// So long after.
    After {
        /// How long.
        duration: Duration,
        /// After what: the title of a step or the name of an outcome; none for its needs.
        of: Option<String>,
    },
    /// A named day.
    On {
        /// The day of the cycle, where one is named.
        day: Option<u32>,
        /// The date, where it is known.
        date: Option<Date>,
    },
    /// A deadline.
    Within {
        /// How long.
        duration: Duration,
        /// The title of the step it counts from.
        of: Option<String>,
        /// The last day, where it is known.
        last: Option<Date>,
    },
    /// So many a day.
    Paced(Pace),
    /// Moved by the person.
    Postponed {
        /// To this day.
        to: Date,
    },
}

/// What an outcome would do to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It would end it.
    Ends(Id),
    /// It would make it needed.
    Starts(Id),
}

/// Explains a task.
///
/// # Errors
///
/// [`Rejection::NoTask`] where there is no such task.
pub fn why(situation: &Situation<'_>, key: &TaskKey) -> Result<Why, Rejection> {
    let resolution = resolve(situation);
    let agenda = from_resolution(situation, &resolution);
    let task = agenda.tasks.into_iter().chain(agenda.closed).find(|task| task.key == *key);
    let missing = || Rejection::NoTask { task: key.clone() };
    let task = task.ok_or_else(missing)?;
    let step = situation.playbook.steps.get(task.position).ok_or_else(missing)?;
    let tables = &resolution.cycles;
    let table = tables
        .iter()
        .rev()
        .find(|table| key.cycle == 0 || table.cycle.number == key.cycle)
        .ok_or_else(missing)?;
    let place = table
        .places(situation, step)
        .into_iter()
        .find(|place| step.for_each.is_none() || place.entry() == key.entry)
        .ok_or_else(missing)?;
    let clauses = clauses(situation, table, step, place, &task);
    let changes = changes(situation, step, place);
    Ok(Why { task, clauses, changes })
}

fn clauses<'a>(
    situation: &Situation<'a>,
    table: &CycleTable<'a>,
    step: &Step,
    place: Place<'a>,
    task: &Task,
) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = step
        .needs
        .iter()
        .filter_map(|need| {
            let needed = situation.playbook.steps.get(need.step)?;
            let joined = needed.for_each.is_some() && needed.for_each != step.for_each;
            let own = table.standing(needed, need.step, place.entry()).filter(|_| !joined);
            let column = table.columns.get(need.step)?;
            let done = column.tasks.iter().filter(|task| task.status == Status::Done).count();
            Some(Clause::Need {
                title: needed.title.clone(),
                status: own.map(|standing| standing.status),
                on: own.and_then(|standing| standing.finished),
                done: joined.then_some((done, column.tasks.len())),
                measure: need.measure,
            })
        })
        .collect();
    if let Some(condition) = &step.when {
        let names = names(situation, step, place);
        clauses.push(Clause::Condition {
            holds: condition.holds(&names),
            values: condition.explain(&names),
        });
    }
    let title =
        |position: usize| situation.playbook.steps.get(position).map(|step| step.title.clone());
    if let Some(after) = &step.after {
        let of = match &after.of {
            Some(Anchor::Step(position)) => title(*position),
            Some(Anchor::Outcome(outcome)) => {
                situation.playbook.outcome(outcome).map(|outcome| outcome.title.clone())
            }
            None => None,
        };
        clauses.push(Clause::After { duration: after.duration, of });
    }
    if let Some(at) = &step.at {
        let day = if let Available::CycleDay(day) = at { Some(*day) } else { None };
        clauses.push(Clause::On { day, date: task.standing.available });
    }
    if let Some(Within { duration, of }) = &step.within {
        let of = of.and_then(title);
        clauses.push(Clause::Within { duration: *duration, of, last: task.standing.deadline });
    }
    clauses.extend(step.pace.iter().copied().map(Clause::Paced));
    let key = due::key(step, place);
    let log = situation.state.log(key.cycle);
    if let Some(to) = log.and_then(|log| log.postponed.get(&task.key)) {
        clauses.push(Clause::Postponed { to: *to });
    }
    clauses
}

fn names<'a>(situation: &Situation<'a>, step: &Step, place: Place<'a>) -> Names {
    let used = step.when.iter().flat_map(Condition::names).map(|name| name.path.as_str());
    situation.names(place, situation.today(), used)
}

/// Tries each outcome that the condition names: the ones that would turn it.
fn changes<'a>(situation: &Situation<'a>, step: &Step, place: Place<'a>) -> Vec<Change> {
    let Some(condition) = &step.when else { return Vec::new() };
    let names = names(situation, step, place);
    let holds = condition.holds(&names);
    let mut changes = Vec::new();
    for used in condition.names() {
        let Some(outcome) = used.path.strip_prefix("person.") else { continue };
        let Some(outcome) = situation.playbook.outcome(outcome) else { continue };
        if names.get(&used.path).holds() {
            continue;
        }
        let mut tried = names.clone();
        tried.set(used.path.clone(), true);
        let change = match (holds, condition.holds(&tried)) {
            (true, false) => Change::Ends(outcome.id.clone()),
            (false, true) => Change::Starts(outcome.id.clone()),
            (true, true) | (false, false) => continue,
        };
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes
}
