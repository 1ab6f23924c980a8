//! The lines of an agenda: what is overdue and due, grouped by step.

use fortnight_engine::calendar::show_time;
use fortnight_engine::people::EntryId;
use fortnight_engine::plan::{Agenda, Situation, Status, Task, TaskKey};
use fortnight_engine::playbook::List;

use super::{date, limit};
use crate::render::words::{count, place_of_work};

/// One line, before it is laid out.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Overdue or due.
    pub(super) section: Status,
    /// What to do.
    pub(super) title: String,
    /// For whom, or when.
    pub(super) who: String,
    /// Where they work, or who they are.
    pub(super) detail: String,
    /// The limit, since when, or how long it takes.
    pub(super) remark: String,
    /// How long all of it takes.
    pub(super) minutes: u32,
    /// The tasks behind the line.
    pub(super) tasks: Vec<TaskKey>,
}

/// The lines of what is to be done now; `full` does not group.
pub(super) fn lines(situation: &Situation<'_>, agenda: &Agenda, full: bool) -> Vec<Line> {
    let mut groups: Vec<Vec<&Task>> = Vec::new();
    for task in agenda.tasks.iter().filter(|task| task.status().is_now()) {
        let same = |group: &&mut Vec<&Task>| {
            group.first().is_some_and(|first| {
                first.status() == task.status()
                    && first.position == task.position
                    && first.key.cycle == task.key.cycle
                    && task.entry.is_some()
            })
        };
        match groups.iter_mut().find(same).filter(|_| !full) {
            Some(group) => group.push(task),
            None => groups.push(vec![task]),
        }
    }
    groups.into_iter().filter_map(|group| line(situation, &group)).collect()
}

fn line(situation: &Situation<'_>, group: &[&Task]) -> Option<Line> {
    let first = group.first()?;
    let names: Vec<String> =
        group.iter().filter_map(|task| Some(task.entry.as_ref()?.1.terminal())).collect();
    let today = situation.today();
    let time = first.standing.time.map(|time| match first.standing.available {
        // A talk of another day has that day before its time.
        Some(day) if day != today && first.entry.is_some() => {
            format!("{} {}", date::relative(day, today), show_time(time))
        }
        Some(_) | None => show_time(time),
    });
    let list = situation.playbook.steps.get(first.position).and_then(|step| step.for_each);
    let (who, detail) = match names.as_slice() {
        [] => (time.clone().unwrap_or_default(), String::new()),
        [name] => {
            let entry = first.entry.as_ref().and_then(|(id, _)| situation.book.get(*id));
            (name.clone(), entry.map(place_of_work).unwrap_or_default())
        }
        [one, two, more @ ..] => {
            let many = if list == Some(List::Companies) { "companies" } else { "people" };
            let rest = if more.is_empty() { "" } else { ", …" };
            (count(names.len(), "person", many), format!("{one}, {two}{rest}"))
        }
    };
    let minutes: u32 = group.iter().filter_map(|task| task.effort).fold(0, u32::saturating_add);
    Some(Line {
        section: first.status(),
        title: first.title.clone(),
        remark: remark(situation, group, time.filter(|_| !names.is_empty()), minutes),
        who,
        detail,
        minutes,
        tasks: group.iter().map(|task| task.key.clone()).collect(),
    })
}

/// The one thing worth a word: the answer that waits, the time, the nearest limit, the effort.
fn remark(
    situation: &Situation<'_>,
    group: &[&Task],
    time: Option<String>,
    minutes: u32,
) -> String {
    let today = situation.today();
    if let [task] = group
        && let Some((entry, _)) = &task.entry
        && let Some(on) = answered(situation, task, *entry)
        && time.is_none()
    {
        return format!("answered {}", date::relative(on, today));
    }
    if let Some(time) = time {
        return time;
    }
    let limits = group.iter().filter_map(|task| task.standing.deadline);
    match (limits.min(), group) {
        (Some(day), [_]) => limit(day, today),
        (Some(day), _) => format!("first {}", limit(day, today)),
        (None, _) if minutes > 0 => format!("{minutes} min"),
        (None, _) => String::new(),
    }
}

/// When the person answered, for tasks that come of an answer.
fn answered(situation: &Situation<'_>, task: &Task, entry: EntryId) -> Option<jiff::civil::Date> {
    let cycle = situation.state.cycles.get(&task.key.cycle)?;
    let happenings = cycle.happenings.get(&entry)?;
    happenings.reply(situation.playbook, situation.today()).map(|reply| reply.on)
}
