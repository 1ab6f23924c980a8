//! What a command changed on the agenda: what is no longer needed, what comes next.

use std::collections::BTreeSet;

use fortnight_engine::people::EntryId;
use fortnight_engine::plan::{Agenda, Status, Task, TaskKey};

use crate::render::words::{inside, list};

/// What became of the tasks of some people, as a sentence or two; empty where nothing did.
pub(crate) fn of(before: &Agenda, after: &Agenda, people: &[EntryId]) -> String {
    let concerned = |task: &&Task| task.key.entry.is_some_and(|entry| people.contains(&entry));
    let was_due: BTreeSet<&TaskKey> = before
        .tasks
        .iter()
        .filter(concerned)
        .filter(|task| task.status().is_dated())
        .map(|task| &task.key)
        .collect();
    // What only waited for something was never expected: that it goes is no news.
    let off = titles(&mut after.closed.iter().filter(concerned).filter(|task| {
        was_due.contains(&task.key) && matches!(task.status(), Status::NotNeeded | Status::Closed)
    }));
    let next = titles(
        &mut after
            .tasks
            .iter()
            .filter(concerned)
            .filter(|task| task.status().is_dated() && !was_due.contains(&task.key)),
    );
    let mut sentences = Vec::new();
    if !off.is_empty() {
        sentences.push(format!("Not needed any more: {}.", list(&off)));
    }
    if !next.is_empty() {
        sentences.push(format!("Next: {}.", list(&next)));
    }
    sentences.join(" ")
}

/// The titles of tasks, each once, in their order.
fn titles(tasks: &mut dyn Iterator<Item = &Task>) -> Vec<String> {
    let mut titles = Vec::new();
    for task in tasks {
        let title = inside(&task.title);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}
