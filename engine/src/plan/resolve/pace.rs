//! Pace: how many tasks of a step come onto one day's list (D8), and which of them are blocked.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use super::CycleTable;
use super::judge::Judge;
use crate::calendar::{Pace, Period};
use crate::plan::status::{Reason, Standing, Status};
use crate::playbook::Step;

/// Applies a step's pace to its tasks, which stand in list order. What is blocked takes no place;
/// what finds no place today is scheduled on the next day with room.
pub(super) fn place<'a>(
    judge: &Judge<'a, '_>,
    step: &Step,
    table: &CycleTable<'a>,
    tasks: &mut [Standing],
) {
    let today = judge.situation.today();
    let places = table.places(judge.situation, step);
    if !step.pace.is_empty() {
        came_onto_the_list(judge, step, tasks);
    }
    let mut days = Room::new(judge, &step.pace, tasks);
    for (place, standing) in places.into_iter().zip(tasks.iter_mut()) {
        if !standing.status.is_dated() {
            continue;
        }
        let Some(available) = standing.available else { continue };
        let Some(day) = days.first_free(available.max(today)) else { continue };
        if day > today {
            if standing.status != Status::Scheduled {
                standing.status = Status::Scheduled;
                standing.reason = Reason::Pace;
            }
            standing.available = Some(day.max(available));
            days.take(day);
            continue;
        }
        match judge.blocked(step, place) {
            Some(reason) => {
                standing.status = Status::Blocked;
                standing.reason = reason;
            }
            None => days.take(day),
        }
    }
}

/// D8, D6: a task of a paced step becomes available on the day it came onto a day's list. Replays
/// the lists of the days so far: each takes the first open ones, in list order, that its pace has
/// room for beside what was done in its period.
fn came_onto_the_list(judge: &Judge<'_, '_>, step: &Step, tasks: &mut [Standing]) {
    let today = judge.situation.today();
    let earliest = tasks.iter().filter_map(|task| task.available).min();
    let Some(mut day) = earliest.filter(|day| *day <= today) else { return };
    let mut open: Vec<usize> = (0..tasks.len())
        .filter(|index| tasks[*index].status.is_now() && tasks[*index].available.is_some())
        .collect();
    while !open.is_empty() && day <= today {
        let done = tasks.iter().filter_map(done_on).filter(|on| *on <= day);
        let room = Room::with(judge, &step.pace, done).left(day);
        let listed: Vec<usize> = open
            .iter()
            .copied()
            .filter(|index| tasks[*index].available.is_some_and(|from| from <= day))
            .take(room)
            .collect();
        for index in &listed {
            let task = &mut tasks[*index];
            if let (Some(within), None) = (&step.within, step.within.as_ref().and_then(|w| w.of)) {
                task.deadline = Some(judge.dates.deadline(day, within.duration));
                let late = task.deadline.is_some_and(|deadline| deadline < today);
                task.status = if late { Status::Overdue } else { Status::Due };
            }
            task.available = Some(day);
        }
        open.retain(|index| !listed.contains(index));
        let Ok(tomorrow) = day.tomorrow() else { return };
        day = tomorrow;
    }
}

/// How much room is left on each day.
struct Room<'j, 'a, 's> {
    judge: &'j Judge<'a, 's>,
    paces: &'j [Pace],
    /// For each pace, what is taken, by the first day of its period.
    taken: Vec<BTreeMap<Date, u32>>,
    /// Before this day nothing is free any more, for tasks available by then.
    full_before: Date,
}

impl<'j, 'a, 's> Room<'j, 'a, 's> {
    fn new(judge: &'j Judge<'a, 's>, paces: &'j [Pace], tasks: &[Standing]) -> Self {
        Self::with(judge, paces, tasks.iter().filter_map(done_on))
    }

    /// The room left beside what was done on those days.
    fn with(judge: &'j Judge<'a, 's>, paces: &'j [Pace], done: impl Iterator<Item = Date>) -> Self {
        let taken = vec![BTreeMap::new(); paces.len()];
        let mut room = Self { judge, paces, taken, full_before: Date::MIN };
        done.for_each(|on| room.take(on));
        room
    }

    /// How many more fit into a day.
    fn left(&self, day: Date) -> usize {
        let left = self.paces.iter().zip(&self.taken).map(|(pace, taken)| {
            let used = taken.get(&self.period(*pace, day)).copied().unwrap_or(0);
            usize::try_from(pace.count.saturating_sub(used)).unwrap_or(usize::MAX)
        });
        left.min().unwrap_or(usize::MAX)
    }

    /// The first day of the period of a pace that a day belongs to. A day without work belongs to
    /// the workday before it, whose undone tasks keep their place.
    fn period(&self, pace: Pace, day: Date) -> Date {
        match pace.per {
            Period::Day => day,
            Period::Workday => self.judge.dates.work.last_workday(day),
            Period::Week => {
                let since = day.weekday().since(Weekday::Monday);
                day.checked_sub(jiff::Span::new().days(i64::from(since))).unwrap_or(day)
            }
        }
    }

    fn is_free(&self, day: Date) -> bool {
        self.paces.iter().zip(&self.taken).all(|(pace, taken)| {
            let period = self.period(*pace, day);
            taken.get(&period).copied().unwrap_or(0) < pace.count
        })
    }

    /// The first day from `day` on with room under every pace; none where a pace allows nothing.
    fn first_free(&mut self, day: Date) -> Option<Date> {
        if self.paces.is_empty() {
            return Some(day);
        }
        if self.paces.iter().any(|pace| pace.count == 0) {
            return None;
        }
        let today = self.judge.situation.today();
        let mut free = day.max(if day <= today { self.full_before } else { day });
        while !self.is_free(free) {
            free = self.next(free)?;
        }
        if day <= today {
            self.full_before = free;
        }
        Some(free)
    }

    /// The next day on which tasks may come onto the list.
    fn next(&self, day: Date) -> Option<Date> {
        let tomorrow = day.tomorrow().ok()?;
        let by_workday = self.paces.iter().any(|pace| pace.per != Period::Day);
        let next = if by_workday { self.judge.dates.work.next_workday(tomorrow) } else { tomorrow };
        (next > day).then_some(next)
    }

    fn take(&mut self, day: Date) {
        for index in 0..self.paces.len() {
            let period = self.period(self.paces[index], day);
            *self.taken[index].entry(period).or_default() += 1;
        }
    }
}

/// The day on which a task was done: what was skipped takes no place.
fn done_on(task: &Standing) -> Option<Date> {
    task.finished.filter(|_| task.status == Status::Done)
}
