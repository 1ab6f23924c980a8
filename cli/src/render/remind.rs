//! The few words of a notification.

use std::fmt::Write as _;

use fortnight_engine::calendar::{show_day, show_time};
use fortnight_engine::plan::{Agenda, DiaryState, DiaryTime, Idle, Situation, Status, Task};
use jiff::civil::Date;
use serde::Serialize;

use super::words::count;

/// `remind --json`, version 1. Nothing to say: no lines.
#[derive(Serialize)]
pub(crate) struct Reminder {
    version: u32,
    overdue: usize,
    due: usize,
    minutes: u32,
    lines: Vec<String>,
}

/// So many steps are named.
const MOST_STEPS: usize = 3;

/// What is to be said on a day.
pub(crate) fn reminder(
    situation: &Situation<'_>,
    agenda: &Agenda,
    idle: Option<&Idle>,
) -> Reminder {
    let today = situation.today();
    let works = situation.work().is_workday(today);
    let now: Vec<&Task> = agenda
        .tasks
        .iter()
        .filter(|task| task.status().is_now() && (works || is_of(task, today)))
        .collect();
    let overdue = now.iter().filter(|task| task.status() == Status::Overdue).count();
    let minutes = now.iter().filter_map(|task| task.effort).fold(0, u32::saturating_add);
    let mut lines = Vec::new();
    if let Some(idle) = idle {
        lines.push(format!(
            "Nothing recorded since {}. Were you away? fortnight",
            show_day(idle.last)
        ));
    } else if !now.is_empty() {
        let mut line = format!("{} to do today", now.len());
        if minutes > 0 {
            let _ = write!(line, ", about {minutes} min");
        }
        if overdue > 0 {
            let _ = write!(line, ", {overdue} overdue");
        }
        let _ = write!(line, ": {}", steps(&now));
        lines.push(line);
    }
    lines.extend(talks(situation, today));
    Reminder { version: 1, overdue, due: now.len() - overdue, minutes, lines }
}

/// On a day without work only what is on that very day is spoken of.
fn is_of(task: &Task, today: Date) -> bool {
    task.standing.available == Some(today) || task.standing.deadline == Some(today)
}

/// `Follow up once (8), Offer two times, …`
fn steps(tasks: &[&Task]) -> String {
    let mut groups: Vec<(&str, usize)> = Vec::new();
    for task in tasks {
        match groups.iter_mut().find(|(title, _)| *title == task.title) {
            Some((_, number)) => *number += 1,
            None => groups.push((&task.title, 1)),
        }
    }
    let mut shown: Vec<String> = groups
        .iter()
        .take(MOST_STEPS)
        .map(|(title, number)| match number {
            1 => (*title).to_owned(),
            number => format!("{title} ({number})"),
        })
        .collect();
    if groups.len() > MOST_STEPS {
        shown.push(count(groups.len() - MOST_STEPS, "more step", "more steps"));
    }
    shown.join(", ")
}

/// `15:00  Hold the conversation: Ana Silva`, for the talks of the day.
fn talks(situation: &Situation<'_>, today: Date) -> Vec<String> {
    let Ok(zone) = fortnight_engine::calendar::zone(&situation.state.zone) else {
        return Vec::new();
    };
    let mut talks: Vec<(jiff::Timestamp, String)> = fortnight_engine::plan::talks(situation)
        .into_iter()
        .filter(|entry| entry.state == DiaryState::Open)
        .filter_map(|entry| {
            let DiaryTime::Moment(instant) = entry.when else { return None };
            let wall = zone.to_datetime(instant);
            let who = entry.entry.map(|(_, name)| format!(": {}", name.terminal()));
            let line =
                format!("{}  {}{}", show_time(wall.time()), entry.title, who.unwrap_or_default());
            (wall.date() == today).then_some((instant, line))
        })
        .collect();
    talks.sort();
    talks.into_iter().map(|(_, line)| line).collect()
}

impl Reminder {
    /// As it is printed: nothing where there is nothing to say.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}
