//! The name of a task: which step, in which cycle, for whom or for which occurrence.

use std::fmt;

use jiff::civil::{Date, Time};

use crate::people::EntryId;
use crate::playbook::Id;

/// One step for one plan, cycle, entry or occurrence.
///
/// Prints and parses as `step`, `step/entry-id` or `step@2026-03-04`, with a leading `1:` for a
/// named cycle (tasks of the running cycle are shown without it).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskKey {
    /// The cycle, from 1; 0 for steps that exist once per plan (G7).
    pub cycle: u32,
    /// The step.
    pub step: Id,
    /// The person or company, for steps with `for_each`.
    pub entry: Option<EntryId>,
    /// The occurrence, for habits.
    pub occurrence: Option<Occurrence>,
}

/// Which occurrence of a habit: its day, and its time where it is not the first of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The civil day.
    pub date: Date,
    /// The time of day that the schedule names, for the second and later ones of one day; with a
    /// second where it comes twice and this is the second of the two.
    pub time: Option<Time>,
}

impl TaskKey {
    /// The task of a step that is neither per entry nor a habit.
    pub fn new(cycle: u32, step: Id) -> Self {
        Self { cycle, step, entry: None, occurrence: None }
    }

    /// The task of a step for one entry.
    pub fn of(cycle: u32, step: Id, entry: EntryId) -> Self {
        Self { cycle, step, entry: Some(entry), occurrence: None }
    }

    /// The name without the cycle.
    pub fn short(&self) -> String {
        let mut text = self.step.to_string();
        if let Some(entry) = self.entry {
            text.push('/');
            text.push_str(&entry.to_string());
        }
        if let Some(occurrence) = self.occurrence {
            text.push('@');
            text.push_str(&occurrence.date.to_string());
            if let Some(time) = occurrence.time {
                let seconds = if time.second() == 0 { "T%H:%M" } else { "T%H:%M:%S" };
                text.push_str(&time.strftime(seconds).to_string());
            }
        }
        text
    }
}

impl fmt::Display for TaskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.cycle, self.short())
    }
}
