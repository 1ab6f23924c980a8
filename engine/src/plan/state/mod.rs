//! The state of a plan: its facts, folded.
//!
//! Knows how each fact changes what is known. It must not know which day it is: everything that
//! depends on today is derived later, from this state and `now` (F1).

mod cycle;
mod evolve;
mod happening;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use cycle::{Conclusion, CycleState, Member};
pub use happening::{Happening, Happenings};

use super::{Sent, TaskKey};
use crate::calendar::{BusyTimes, DaySet, Hours, WeekdaySet, WorkCalendar};
use crate::people::EntryId;
use crate::playbook::Id;
use crate::words::Words;

/// Everything recorded about one plan, in the form in which questions are answered.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanState {
    /// The content hash of the playbook in force.
    pub playbook: String,
    /// The version that is taken when the next cycle is set up, with the steps that go by another
    /// name in it (E3).
    pub planned: Option<(String, BTreeMap<Id, Id>)>,
    /// What each version of the playbook that was taken changed in the setup of a cycle, in words,
    /// in the order of taking (E1, E3).
    pub setups: Vec<Vec<String>>,
    /// The IANA name of the plan's zone (D1).
    pub zone: String,
    /// The working week.
    pub weekdays: WeekdaySet,
    /// The hours in which talks may be offered.
    pub hours: Hours,
    /// What is taken of the seeker's time.
    pub busy: BusyTimes,
    /// What seeds every draw.
    pub seed: u64,
    /// The day on which the plan began.
    pub start: Date,
    /// Answers to the playbook's inputs.
    pub inputs: BTreeMap<Id, Words>,
    /// Days off, by hand or from a calendar.
    pub days_off: DaySet,
    /// Days away (D10).
    pub away: DaySet,
    /// Options taken into use, by choice; a choice that is missing is on its first option (E1).
    pub in_use: BTreeMap<Id, Id>,
    /// The seeker's own wording of messages, by message and option.
    pub wording: BTreeMap<(Id, Option<Id>), Words>,
    /// Every wording of a message that was recorded, in the order of recording.
    pub reworded: Vec<Reworded>,
    /// When which input was answered, in the order of recording.
    pub answered: Vec<(Date, Id)>,
    /// The companies of the plan, in list order.
    pub companies: Vec<Member>,
    /// Tasks that exist once per plan (G7).
    pub tasks: TaskLog,
    /// The cycles by number, the running one last.
    pub cycles: BTreeMap<u32, CycleState>,
    /// The day on which the seeker decided to stop (E7).
    pub stopped: Option<Date>,
}

/// A wording of a message, by the seeker or taken as the playbook has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// The day.
    pub on: Date,
    /// The message.
    pub message: Id,
    /// The option it is for.
    pub option: Option<Id>,
    /// The words; empty where the playbook's were taken.
    pub text: Words,
}

/// What was recorded about tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskLog {
    /// Tasks done or skipped.
    pub completed: BTreeMap<TaskKey, Completion>,
    /// Tasks moved to a later day (D9).
    pub postponed: BTreeMap<TaskKey, Date>,
}

impl TaskLog {
    /// Steps that go by another name from now on. A task that both names have keeps what stands
    /// under the name now.
    fn rename(&mut self, renamed: &BTreeMap<Id, Id>) {
        fn moved<T: Clone>(tasks: &mut BTreeMap<TaskKey, T>, renamed: &BTreeMap<Id, Id>) {
            let old: Vec<TaskKey> =
                tasks.keys().filter(|task| renamed.contains_key(&task.step)).cloned().collect();
            let taken: Vec<(TaskKey, T)> =
                old.iter().filter_map(|task| tasks.remove_entry(task)).collect();
            for (task, value) in taken {
                if let Some(step) = renamed.get(&task.step) {
                    tasks.entry(TaskKey { step: step.clone(), ..task }).or_insert(value);
                }
            }
        }
        if !renamed.is_empty() {
            moved(&mut self.completed, renamed);
            moved(&mut self.postponed, renamed);
        }
    }
}

/// A task that was done or skipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The day.
    pub on: Date,
    /// Done, or skipped by the person.
    pub how: Completed,
    /// What its form recorded.
    pub answers: BTreeMap<Id, Words>,
    /// What was sent, for messages (M5).
    pub sent: Option<Sent>,
}

/// How a task was completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completed {
    /// It was done.
    Done,
    /// The person skipped it, and said why where the step asks for it (S2).
    Skipped(Option<Words>),
}

impl PlanState {
    /// The newest cycle, running or not.
    pub fn cycle(&self) -> Option<&CycleState> {
        self.cycles.values().next_back()
    }

    /// The calendar of workdays: the week, less days off and days away (D3, D10).
    pub fn work_calendar(&self) -> WorkCalendar {
        let off = self.days_off.ranges().iter().chain(self.away.ranges()).cloned().collect();
        WorkCalendar { weekdays: self.weekdays, days_off: off }
    }

    /// What was recorded about a task, in whichever cycle it belongs to.
    pub fn completion(&self, task: &TaskKey) -> Option<&Completion> {
        self.log(task.cycle)?.completed.get(task)
    }

    /// The same as if nothing had been recorded of a task.
    pub(super) fn reopen(&mut self, task: &TaskKey) {
        let log = match task.cycle {
            0 => Some(&mut self.tasks),
            cycle => self.cycles.get_mut(&cycle).map(|cycle| &mut cycle.log),
        };
        if let Some(log) = log {
            log.completed.remove(task);
        }
    }

    /// The log of a cycle's tasks; cycle 0 is the plan's own.
    pub fn log(&self, cycle: u32) -> Option<&TaskLog> {
        if cycle == 0 { Some(&self.tasks) } else { self.cycles.get(&cycle).map(|cycle| &cycle.log) }
    }

    /// The cycles in which a person stands on the list, newest first.
    pub fn cycles_of(&self, entry: EntryId) -> impl Iterator<Item = &CycleState> {
        self.cycles.values().rev().filter(move |cycle| cycle.member(entry).is_some())
    }
}
