//! Habits: the newest occurrence is due, older ones are closed and counted (D7).

use jiff::civil::Date;

use super::judge::Judge;
use super::needs::{self, NeedState};
use super::{Column, CycleTable};
use crate::plan::due::{self, HabitDay};
use crate::plan::situation::Place;
use crate::plan::state::Completed;
use crate::plan::status::{Reason, Standing, Status};
use crate::plan::task::{Occurrence, TaskKey};
use crate::playbook::Step;

/// One occurrence of a habit with its standing.
#[derive(Clone, Debug, PartialEq)]
pub struct HabitTask {
    /// Which one.
    pub occurrence: Occurrence,
    /// How it stands.
    pub standing: Standing,
}

/// The newest occurrence up to now and the next one; how many were missed before.
pub(super) fn column<'a>(
    judge: &Judge<'a, '_>,
    table: &CycleTable<'a>,
    position: usize,
    step: &Step,
) -> Column {
    // Nothing of a habit outlives its cycle (S8), and fifty ended cycles must cost nothing.
    if judge.over {
        return Column::default();
    }
    let days = due::occurrences(judge.situation, judge.cycle, position);
    let today = judge.situation.today();
    let current = current(&days, today, judge);
    let mut column = Column::default();
    for (index, day) in days.iter().enumerate() {
        let newest = Some(index) == current;
        let next =
            day.date > today && column.habit.iter().all(|task| task.occurrence.date <= today);
        let standing = standing(judge, table, step, *day, newest);
        if standing.reason == Reason::NewerOccurrence {
            column.missed += 1;
        }
        if newest || next {
            column.habit.push(HabitTask { occurrence: day.key, standing });
        }
    }
    column
}

/// The occurrence that counts now: the newest that has come, the first of today where none of
/// today's has come yet.
fn current(days: &[HabitDay], today: Date, judge: &Judge<'_, '_>) -> Option<usize> {
    let now = judge.situation.now;
    days.iter()
        .rposition(|day| !day.off && day.has_come(now))
        .or_else(|| days.iter().rposition(|day| day.date <= today))
}

/// The standing of any occurrence of a habit.
pub(super) fn standing<'a>(
    judge: &Judge<'a, '_>,
    table: &CycleTable<'a>,
    step: &Step,
    day: HabitDay,
    newest: bool,
) -> Standing {
    let key = TaskKey {
        cycle: judge.cycle.number,
        step: step.id.clone(),
        entry: None,
        occurrence: Some(day.key),
    };
    if let Some(done) = judge.situation.state.completion(&key) {
        let status = if done.how == Completed::Done { Status::Done } else { Status::Skipped };
        return Standing::finished(status, Reason::Recorded, done.on);
    }
    let today = judge.situation.today();
    if judge.over {
        return Standing::undated(Status::Closed, Reason::CycleOver);
    }
    if day.off {
        return Standing::undated(Status::Closed, Reason::DayOff);
    }
    if day.date <= today && !newest {
        return Standing::undated(Status::Closed, Reason::NewerOccurrence);
    }
    let place = Place::whole(judge.cycle);
    if let Some(condition) = &step.when
        && !judge.holds(place, condition, today)
    {
        return Standing::undated(Status::NotNeeded, Reason::Condition);
    }
    for need in &step.needs {
        if needs::state(judge, table, step, need, place) == NeedState::Open {
            return Standing::undated(Status::Waiting, Reason::Need(need.step));
        }
    }
    let postponed = judge.cycle.log.postponed.get(&key).copied().filter(|to| *to > day.date);
    let available = postponed.unwrap_or(day.date);
    let deadline =
        step.within.as_ref().map(|within| judge.dates.deadline(day.date, within.duration));
    let status = if available > today {
        Status::Scheduled
    } else if deadline.is_some_and(|deadline| deadline < today) {
        Status::Overdue
    } else {
        Status::Due
    };
    let reason = match (status, postponed) {
        (Status::Scheduled, Some(_)) => Reason::Postponed,
        (Status::Scheduled, None) => Reason::Day,
        (_, _) => Reason::Ready,
    };
    Standing {
        status,
        reason,
        available: Some(available),
        time: Some(day.time),
        deadline,
        finished: None,
    }
}
