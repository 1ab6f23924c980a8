//! What stands above a task: what it is, for whom, how many are left, what is to be known first.

use std::fmt::Write as _;

use fortnight_engine::calendar::{show_day, show_time};
use fortnight_engine::plan::{Situation, Status as TaskStatus, Task};

use super::Sitting;
use crate::commands::show;
use crate::failure::CliError;
use crate::render::words::place_of_work;
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// `Follow up once · Ben Okafor                              2 of 5 · 12 min left`
pub(super) fn heading(
    session: &mut Session<'_>,
    situation: &Situation<'_>,
    sitting: &Sitting,
    left: &[&Task],
) -> Result<(), CliError> {
    let Some(task) = left.first() else { return Ok(()) };
    let mut title = task.title.clone();
    if let Some((_, name)) = &task.entry {
        title.push_str(" · ");
        title.push_str(&name.terminal());
    }
    let finished = sitting.seen.iter().filter(|key| left.iter().all(|task| task.key != **key));
    let finished = finished.count();
    let mut count = format!("{} of {}", finished + 1, finished + left.len());
    let minutes: u32 = left.iter().filter_map(|task| task.effort).fold(0, u32::saturating_add);
    if minutes > 0 {
        let _ = write!(count, " · {minutes} min left");
    }
    let room = COLUMNS.saturating_sub(width::of(&count) + 2);
    let title = width::pad(&width::cut(&title, room), room);
    session.say(&format!("{title}  {count}"))?;
    let mut parts = Vec::new();
    let entry = task.entry.as_ref().and_then(|(id, _)| situation.book.get(*id));
    parts.extend(entry.map(place_of_work).filter(|work| !work.is_empty()));
    parts.extend(task.standing.time.map(|time| format!("at {}", show_time(time))));
    if let Some(day) = task.standing.deadline {
        let word = if task.status() == TaskStatus::Overdue { "limit was" } else { "limit" };
        parts.push(format!("{word} {}", show_day(day)));
    }
    if !parts.is_empty() {
        session.say(&width::cut(&parts.join(" · "), COLUMNS))?;
    }
    Ok(())
}

/// How to do it: the guide once in a sitting, the checklist each time.
pub(super) fn guide(
    session: &mut Session<'_>,
    situation: &Situation<'_>,
    sitting: &mut Sitting,
    task: &Task,
) -> Result<(), CliError> {
    let Some(step) = situation.playbook.steps.get(task.position) else { return Ok(()) };
    let mut text = String::new();
    if sitting.guided.insert(step.id.clone())
        && let Some(place) = show::place_of(situation, &task.key)
        && let Some(guide) = show::guide(situation, step, place)
    {
        text.push('\n');
        text.push_str(&width::flow(guide.trim(), COLUMNS).join("\n"));
        text.push('\n');
    }
    if !step.checklist.is_empty() {
        text.push('\n');
    }
    for item in &step.checklist {
        let _ = writeln!(text, "- {item}");
    }
    session.print(&text)
}
