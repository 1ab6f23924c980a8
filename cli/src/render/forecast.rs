//! Days ahead: what comes up on each of them, and how long it takes.

use std::fmt::Write as _;

use fortnight_engine::calendar::{show_day, show_time};
use fortnight_engine::plan::{Fitting, ForecastDay, PlanId, Situation, Task, minutes_of};
use serde::Serialize;

use super::COLUMNS;
use super::agenda::{TaskData, header, now_in_zone};
use super::table::{Column, Table};
use super::words::count;

/// `today --week --json` and `today --month --json`, version 1.
#[derive(Serialize)]
pub(crate) struct ForecastData {
    version: u32,
    now: String,
    plan: u64,
    days: Vec<DayData>,
}

/// One day.
#[derive(Serialize)]
struct DayData {
    date: String,
    minutes: u32,
    /// Tasks that do not say how long they take; they are not in `minutes`.
    without_effort: usize,
    workday: bool,
    tasks: Vec<TaskData>,
}

impl ForecastData {
    /// A forecast as data.
    pub(crate) fn of(plan: PlanId, situation: &Situation<'_>, days: &[ForecastDay]) -> Self {
        let day = |day: &ForecastDay| {
            let (minutes, without_effort) = minutes_of(&day.work);
            DayData {
                date: day.date.to_string(),
                minutes,
                without_effort,
                workday: situation.work().is_workday(day.date),
                tasks: day.work.iter().map(|task| TaskData::of(task, &day.agenda)).collect(),
            }
        };
        Self {
            version: 1,
            now: now_in_zone(situation),
            plan: plan.0,
            days: days.iter().map(day).collect(),
        }
    }
}

/// The days one below the other; `busy` leaves out those on which nothing comes up.
pub(crate) fn page(situation: &Situation<'_>, days: &[ForecastDay], busy: bool) -> String {
    let Some(first) = days.first() else { return String::new() };
    let mut text = header(situation, &first.agenda);
    let mut table =
        Table::new(vec![Column::WORDS, Column::NUMBER, Column::yielding(20), Column::yielding(12)]);
    let (mut all, mut unsaid, mut worked) = (0_u32, 0, 0);
    for day in days {
        let (minutes, without) = minutes_of(&day.work);
        all = all.saturating_add(minutes);
        unsaid += without;
        let lines = lines(&day.work);
        worked += usize::from(!lines.is_empty());
        let name = show_day(day.date);
        if lines.is_empty() {
            if !busy {
                table.row([name, "–".to_owned(), String::new(), String::new()]);
            }
            continue;
        }
        let mut shown = Some((name, long(minutes, without)));
        for (title, who) in lines {
            let (name, minutes) = shown.take().unwrap_or_default();
            table.row([name, minutes, title, who]);
        }
    }
    if table.is_empty() {
        text.push_str("Nothing comes up.\n");
        return text;
    }
    text.push_str(&table.to_text(COLUMNS));
    let _ = writeln!(text, "\nIn all about {all} min on {}", count(worked, "day", "days"));
    if unsaid > 0 {
        let _ = writeln!(text, "+ marks tasks that do not say how long they take: {unsaid} in all");
    }
    text
}

/// `85 min`; with a plus where some tasks do not say how long they take.
fn long(minutes: u32, unsaid: usize) -> String {
    format!("{minutes}{} min", if unsaid > 0 { "+" } else { "" })
}

/// The tasks of a day, those of one step together.
fn lines(work: &[Task]) -> Vec<(String, String)> {
    let mut groups: Vec<Vec<&Task>> = Vec::new();
    for task in work {
        let same = |group: &&mut Vec<&Task>| {
            group.first().is_some_and(|first| {
                first.position == task.position && first.key.cycle == task.key.cycle
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(task),
            None => groups.push(vec![task]),
        }
    }
    groups.iter().filter_map(|group| Some((group.first()?.title.clone(), who(group)))).collect()
}

/// For whom, how often, or when.
fn who(group: &[&Task]) -> String {
    let names: Vec<String> =
        group.iter().filter_map(|task| Some(task.entry.as_ref()?.1.terminal())).collect();
    let time = group.first().and_then(|task| task.standing.time).map(show_time);
    match (names.as_slice(), group, time) {
        ([], [_], time) => time.unwrap_or_default(),
        ([], several, _) => format!("{} times", several.len()),
        ([name], _, Some(time)) => format!("{name}, {time}"),
        ([name], _, None) => name.clone(),
        ([one, two], _, _) => format!("{one}, {two}"),
        ([one, ..], _, _) => format!("{one} and {} more", names.len() - 1),
    }
}

/// What was left out of a list that had to fit.
pub(crate) fn fitting_words(minutes: u32, fitting: &Fitting) -> String {
    let mut text = format!("\nFits into {minutes} min: about {} min", fitting.minutes);
    if fitting.left.is_empty() {
        text.push_str(", all there is today.\n");
        return text;
    }
    let (left, _) = minutes_of(&fitting.left);
    let tasks = count(fitting.left.len(), "task", "tasks");
    let _ = writeln!(text, ".\nLeft for another time: {tasks}, about {left} min (fortnight today)");
    text
}
