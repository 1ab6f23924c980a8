//! The standing of every task: the heart of the agenda.
//!
//! Walks the steps in graph order, so that whatever a task needs is known before it. Knows rules G
//! (graph), S (status) and D (dates). It must not record anything, and asks nobody what day it is.

mod facts;
mod habit;
mod judge;
mod needs;
mod pace;
mod since;

use std::collections::BTreeMap;

pub(super) use facts::done_by_facts;
pub use habit::HabitTask;

use super::situation::{Place, Situation};
use super::state::{CycleState, Member};
use super::status::Standing;
use crate::people::EntryId;
use crate::playbook::{List, Step, StepKind};

/// The standing of all tasks of all cycles that still have something to do or to tell.
#[derive(Clone, Debug)]
pub struct Resolution<'a> {
    /// One table for each cycle, oldest first.
    pub cycles: Vec<CycleTable<'a>>,
}

/// The standing of the tasks of one cycle.
#[derive(Clone, Debug)]
pub struct CycleTable<'a> {
    /// The cycle.
    pub cycle: &'a CycleState,
    /// One column for each step, by its position in the playbook.
    pub columns: Vec<Column>,
    people: BTreeMap<EntryId, usize>,
    companies: BTreeMap<EntryId, usize>,
}

/// The tasks of one step.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// One for each entry of the step's list, in list order; one in all for a step without a list;
    /// none for habits and for steps that belong to another cycle's table.
    pub tasks: Vec<Standing>,
    /// The occurrences of a habit that still matter: the newest one and the next.
    pub habit: Vec<HabitTask>,
    /// How many occurrences were missed and closed (D7).
    pub missed: u32,
}

/// Who has a message open ahead of the others (S6): the step that is ahead.
type Ahead = BTreeMap<EntryId, usize>;

/// Finds the standing of every task (S1).
pub fn resolve<'a>(situation: &Situation<'a>) -> Resolution<'a> {
    let mut ahead = Ahead::new();
    let newest = situation.state.cycles.keys().next_back().copied();
    let cycles = situation
        .state
        .cycles
        .values()
        .map(|cycle| resolve_cycle(situation, cycle, newest == Some(cycle.number), &mut ahead))
        .collect();
    Resolution { cycles }
}

fn resolve_cycle<'a>(
    situation: &Situation<'a>,
    cycle: &'a CycleState,
    newest: bool,
    ahead: &mut Ahead,
) -> CycleTable<'a> {
    let index = |members: &[Member]| {
        members.iter().enumerate().map(|(at, member)| (member.entry, at)).collect()
    };
    let mut table = CycleTable {
        cycle,
        columns: vec![Column::default(); situation.playbook.steps.len()],
        people: index(&cycle.members),
        companies: index(&situation.state.companies),
    };
    let judge = judge::Judge::new(situation, cycle);
    for position in &situation.playbook.order {
        let Some(step) = situation.playbook.steps.get(*position) else { continue };
        if step.once_per_plan && !newest {
            continue;
        }
        let column = match &step.kind {
            StepKind::Every(_) => habit::column(&judge, &table, *position, step),
            StepKind::Task
            | StepKind::Choose(_)
            | StepKind::Write(_)
            | StepKind::Collect(_)
            | StepKind::Fill(_)
            | StepKind::Send(_)
            | StepKind::Decide(_) => {
                let mut tasks = judge.column(&table, *position, step, ahead);
                pace::place(&judge, step, &table, &mut tasks);
                Column { tasks, ..Column::default() }
            }
        };
        if let Some(slot) = table.columns.get_mut(*position) {
            *slot = column;
        }
    }
    table
}

impl<'a> CycleTable<'a> {
    /// The places that a step has tasks for, in list order.
    pub fn places(&self, situation: &Situation<'a>, step: &Step) -> Vec<Place<'a>> {
        match step.for_each {
            None => vec![Place::whole(self.cycle)],
            Some(list) => super::due::members(situation, self.cycle, list)
                .iter()
                .map(|member| Place::of(self.cycle, member))
                .collect(),
        }
    }

    /// The standing of the step at `position` for an entry (or for all, without one).
    pub fn standing(
        &self,
        step: &Step,
        position: usize,
        entry: Option<EntryId>,
    ) -> Option<&Standing> {
        let column = self.columns.get(position)?;
        match (step.for_each, entry) {
            (None, _) => column.tasks.first(),
            (Some(List::People), Some(entry)) => column.tasks.get(*self.people.get(&entry)?),
            (Some(List::Companies), Some(entry)) => column.tasks.get(*self.companies.get(&entry)?),
            (Some(_), None) => None,
        }
    }
}
