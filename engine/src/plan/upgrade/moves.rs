//! Which open tasks get other days when another version is taken today.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::plan::agenda::{Task, agenda};
use crate::plan::situation::Situation;
use crate::plan::task::TaskKey;
use crate::plan::{Fact, FactKind};
use crate::playbook::{Id, Playbook};

/// The days of an open task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// When it is or becomes due; none while that cannot be known.
    pub available: Option<Date>,
    /// The last day of its deadline.
    pub deadline: Option<Date>,
}

/// Tasks of one step whose days change in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The step, by its name in the new version.
    pub step: Id,
    /// What it asks to do.
    pub title: String,
    /// How many tasks.
    pub tasks: usize,
    /// The days before; none where it was not open.
    pub before: Option<Days>,
    /// The days then; none where it is not open any more.
    pub after: Option<Days>,
}

/// The moves in the order of the new version's steps, those that go last.
pub(super) fn moves(
    situation: &Situation<'_>,
    new: &Playbook,
    renamed: &BTreeMap<Id, Id>,
) -> Vec<Move> {
    let mut state = situation.state.clone();
    state.evolve(&Fact::on(
        situation.today(),
        FactKind::PlaybookTaken {
            playbook: new.hash.clone(),
            renamed: renamed.clone(),
            setup: None,
        },
    ));
    let then = Situation::new(new, &state, situation.book, situation.elsewhere, situation.now);
    let mut before = open(situation);
    for (key, task) in std::mem::take(&mut before) {
        let step = renamed.get(&key.step).unwrap_or(&key.step).clone();
        before.insert(TaskKey { step, ..key }, task);
    }
    let after = open(&then);
    let mut moves: Vec<Move> = Vec::new();
    let keys = after.keys().chain(before.keys().filter(|key| !after.contains_key(*key)));
    for key in keys {
        let (old, now) = (before.get(key), after.get(key));
        let (from, to) = (old.map(days), now.map(days));
        if from == to {
            continue;
        }
        let title = now.or(old).map_or_else(String::new, |task| task.title.clone());
        let known = moves
            .iter_mut()
            .find(|one| one.step == key.step && one.before == from && one.after == to);
        if let Some(known) = known {
            known.tasks += 1;
        } else {
            let step = key.step.clone();
            moves.push(Move { step, title, tasks: 1, before: from, after: to });
        }
    }
    let place = |step: &Id| new.positions.get(step).copied().unwrap_or(usize::MAX);
    moves.sort_by_key(|one| (place(&one.step), one.after, one.before));
    moves
}

fn open(situation: &Situation<'_>) -> BTreeMap<TaskKey, Task> {
    agenda(situation).tasks.into_iter().map(|task| (task.key.clone(), task)).collect()
}

fn days(task: &Task) -> Days {
    Days { available: task.standing.available, deadline: task.standing.deadline }
}
