//! How long tasks take, and which of them fit into the time there is.

use jiff::civil::Date;

use super::agenda::Task;
use super::status::Status;

/// What a task without `effort` counts as when time is short, in minutes: it takes some.
pub const UNSAID_EFFORT: u32 = 5;

/// Which tasks fit into a stretch of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitting {
    /// Those that fit, oldest obligations first.
    pub chosen: Vec<Task>,
    /// Those that do not.
    pub left: Vec<Task>,
    /// How long the chosen ones take, in minutes; those without `effort` count as
    /// [`UNSAID_EFFORT`].
    pub minutes: u32,
}

/// The tasks of a day's list that fit into `minutes`: overdue ones by their deadline, then due ones
/// by the day they came up, then the order of the list. What is too long for the time that is left
/// is passed over, and a shorter one behind it may still fit.
pub fn fitting(tasks: &[Task], minutes: u32) -> Fitting {
    let mut open: Vec<&Task> = tasks.iter().filter(|task| task.status().is_now()).collect();
    open.sort_by_key(|task| age(task));
    let mut fitting = Fitting::default();
    for task in open {
        let takes = task.effort.unwrap_or(UNSAID_EFFORT);
        match fitting.minutes.checked_add(takes).filter(|sum| *sum <= minutes) {
            Some(sum) => {
                fitting.minutes = sum;
                fitting.chosen.push(task.clone());
            }
            None => fitting.left.push(task.clone()),
        }
    }
    fitting
}

fn age(task: &Task) -> (bool, Option<Date>) {
    let overdue = task.status() == Status::Overdue;
    (!overdue, if overdue { task.standing.deadline } else { task.standing.available })
}

/// How long tasks take, in minutes, and how many of them do not say.
pub fn minutes_of(tasks: &[Task]) -> (u32, usize) {
    tasks.iter().fold((0, 0), |(minutes, unsaid), task| match task.effort {
        Some(effort) => (minutes.saturating_add(effort), unsaid),
        None => (minutes, unsaid + 1),
    })
}
