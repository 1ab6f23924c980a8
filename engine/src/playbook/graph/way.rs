//! The longest way through a playbook: which chain of needs says how long a cycle takes.
//!
//! One cycle is walked that begins on a Monday, with a list of the advised size, in which everybody
//! does everything on its first day and nobody answers. That gives each step the day on which the
//! last of its tasks can be done. The way ends with the step that is latest, and goes back from each
//! step to the need that was met last; where two were met on the same day, to the one with more work
//! behind it, then to the one with more steps before it, then to the one written first. A step whose own day is named (`at`), a habit and the
//! review say nothing about how long things take: no way ends with them.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::calendar::WorkCalendar;
use crate::playbook::check::time::rehearsal::{Rehearsal, START_DAYS, rehearse};
use crate::playbook::{List, Playbook, Step, StepKind};

/// The chain of needs that takes longest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LongestWay {
    /// The steps in the order in which they are done; none where every step waits for an answer.
    pub steps: Vec<usize>,
    /// The cycle day on which the last of them can be done.
    pub day: u32,
    /// The workdays from day 1 to that day, both included.
    pub workdays: u32,
    /// How many people were on the list.
    pub people: usize,
    /// The minutes of effort of all tasks of these steps.
    pub minutes: u64,
}

pub(super) fn longest(playbook: &Playbook) -> LongestWay {
    let Some(start) = START_DAYS.first().copied() else { return LongestWay::default() };
    let rehearsal = rehearse(playbook, start);
    let people = rehearsal.people;
    let companies = companies(playbook);
    let depth = super::layers(playbook);
    let walk = Walk { playbook, rehearsal, companies, depth };
    let behind = walk.behind();
    let ends = |named: bool| {
        let candidates = (0..playbook.steps.len()).filter(|at| walk.may_end(*at, named));
        candidates.filter_map(|at| Some((at, walk.rehearsal.last_day(at)?))).max_by_key(
            |(at, day)| {
                (*day, behind.get(*at).copied(), walk.depth.get(*at).copied(), Reverse(*at))
            },
        )
    };
    let Some((end, day)) = ends(false).or_else(|| ends(true)) else {
        return LongestWay { people, ..LongestWay::default() };
    };
    let mut steps = vec![end];
    let mut at = end;
    while let Some(before) = walk.before(at, &behind) {
        steps.push(before);
        at = before;
    }
    steps.reverse();
    let minutes = steps.iter().map(|at| walk.minutes(*at)).sum();
    LongestWay { steps, day, workdays: workdays(start, day), people, minutes }
}

struct Walk<'p> {
    playbook: &'p Playbook,
    rehearsal: Rehearsal,
    companies: u32,
    depth: Vec<usize>,
}

impl Walk<'_> {
    fn step(&self, at: usize) -> Option<&Step> {
        self.playbook.steps.get(at)
    }

    fn may_end(&self, at: usize, named: bool) -> bool {
        self.step(at).is_some_and(|step| {
            let fixed = matches!(step.kind, StepKind::Decide(_) | StepKind::Every(_));
            !fixed && (named || step.at.is_none())
        })
    }

    fn minutes(&self, at: usize) -> u64 {
        self.step(at).map_or(0, |step| {
            let times = match step.for_each {
                None => 1,
                Some(List::People) => u64::try_from(self.rehearsal.people).unwrap_or(u64::MAX),
                Some(List::Companies) => u64::from(self.companies),
            };
            u64::from(step.effort.unwrap_or(0)).saturating_mul(times)
        })
    }

    /// The minutes of each step and of the way that leads to it.
    fn behind(&self) -> Vec<u64> {
        let mut behind = vec![0; self.playbook.steps.len()];
        for at in &self.playbook.order {
            let before = self.before(*at, &behind).and_then(|at| behind.get(at).copied());
            let sum = self.minutes(*at).saturating_add(before.unwrap_or(0));
            if let Some(slot) = behind.get_mut(*at) {
                *slot = sum;
            }
        }
        behind
    }

    /// The need of a step that was met last.
    fn before(&self, at: usize, behind: &[u64]) -> Option<usize> {
        let needs = self.step(at)?.needs.iter().enumerate();
        let known = needs.filter_map(|(place, need)| {
            let day = self.rehearsal.last_day(need.step)?;
            let work = behind.get(need.step).copied();
            let depth = self.depth.get(need.step).copied();
            Some(((day, work, depth, Reverse(place)), need.step))
        });
        known.max_by_key(|(rank, _)| *rank).map(|(_, step)| step)
    }
}

fn companies(playbook: &Playbook) -> u32 {
    let size = playbook.companies.as_ref().map(|list| list.size);
    size.and_then(|size| size.least.or(size.most)).unwrap_or(1)
}

fn workdays(start: Date, day: u32) -> u32 {
    let work = WorkCalendar::default();
    let days = start.series(jiff::Span::new().days(1)).take(usize::try_from(day).unwrap_or(0));
    u32::try_from(days.filter(|day| work.is_workday(*day)).count()).unwrap_or(u32::MAX)
}
