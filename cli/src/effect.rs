//! What a command changed on the agenda: what is no longer needed, what comes next.

use std::collections::BTreeSet;

use fortnight_engine::people::EntryId;
use fortnight_engine::plan::{Agenda, Status, Task, TaskKey};

use crate::render::words::{inside, list};

/// What became of the tasks of some people, as a sentence or two; empty where nothing did.
pub(crate) fn of(before: &Agenda, after: &Agenda, people: &[EntryId]) -> String {
    changed(before, after, &|task| task.key.entry.is_some_and(|entry| people.contains(&entry)))
}

/// What came of tasks that were done, skipped or moved: for those whom they are about, and for
/// everybody where one of them is about nobody. That a habit comes again is no news.
pub(crate) fn of_tasks(before: &Agenda, after: &Agenda, tasks: &[TaskKey]) -> String {
    let everybody = tasks.iter().any(|task| task.entry.is_none());
    changed(before, after, &|task| {
        let entry = task.key.entry;
        let same = tasks.iter().any(|done| done.step == task.key.step && done.entry == entry);
        let theirs = entry.is_some() && tasks.iter().any(|done| done.entry == entry);
        (everybody || theirs) && !(same && task.key.occurrence.is_some())
    })
}

/// What there is still to be done today, as a line.
pub(crate) fn today(agenda: &Agenda) -> String {
    let mut open = agenda.tasks.iter().filter(|task| task.status().is_now());
    let Some(first) = open.next() else { return "Nothing more for today.".to_owned() };
    let name = first.entry.as_ref().map(|(_, name)| format!(" · {}", name.terminal()));
    let more = match open.count() {
        0 => String::new(),
        more => format!(", and {more} more today"),
    };
    format!("Next: {}{}{more}.", inside(&first.title), name.unwrap_or_default())
}

fn changed(before: &Agenda, after: &Agenda, concerns: &dyn Fn(&Task) -> bool) -> String {
    let concerned = |task: &&Task| concerns(task);
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
