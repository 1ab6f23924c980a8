//! A rehearsed cycle: a calendar, a picture, data; and many of them together.
//!
//! Knows words and shapes. It must not know how a day came about.

pub(crate) mod calendar;
pub(crate) mod data;
pub(crate) mod many;
pub(crate) mod svg;

use fortnight_engine::calendar::{show_day, show_day_with_year, show_time};
use fortnight_engine::playbook::Playbook;
use fortnight_engine::simulation::{Collision, Setting};

use super::words::count;

fn title(playbook: &Playbook, step: usize) -> &str {
    playbook.steps.get(step).map_or("", |step| &*step.title)
}

fn number(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// `2 h 05 min`, `45 min`.
fn time(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

/// `20 %`, `12.5 %`.
fn percent(share: f64) -> String {
    format!("{} %", (share * 1000.0).round() / 10.0)
}

/// What was rehearsed, in a line.
fn setting(setting: &Setting) -> String {
    let people = count(number(setting.people), "person", "people");
    let rates = &setting.rates;
    let start = format!("from {}", show_day_with_year(setting.start));
    let mut parts = vec![people, start, format!("{} answer", percent(rates.reply))];
    parts.extend(
        rates
            .by_option
            .iter()
            .map(|(option, rate)| format!("{} of those who get {option}", percent(*rate))),
    );
    parts.extend(rates.known.map(|rate| format!("{} of those who know you", percent(rate))));
    if setting.diligence < 1.0 {
        parts.push(format!("{} of what is due gets done on a day", percent(setting.diligence)));
    }
    parts.push(format!("seed {}", setting.seed));
    parts.join(" · ")
}

/// A collision as a sentence.
fn sentence(playbook: &Playbook, setting: &Setting, collision: &Collision) -> String {
    let tasks = |tasks: u32| count(number(tasks), "task", "tasks");
    match collision {
        Collision::FullDay { date, minutes } => format!(
            "{} has {} of work, more than {} (--full-day).",
            show_day(*date),
            time(*minutes),
            time(setting.full_day)
        ),
        Collision::SameTime { date, time, talks } => {
            format!("{} talks lie on {} at {}.", talks, show_day(*date), show_time(*time))
        }
        Collision::Late { step, date, tasks: late } => format!(
            "{}: {} done on {}, after the deadline.",
            title(playbook, *step),
            tasks(*late),
            show_day(*date)
        ),
        Collision::LeftOver { step, tasks: left } => {
            format!("{}: {} due and never done.", title(playbook, *step), tasks(*left))
        }
        Collision::NotReady { step, tasks: blocked } => format!(
            "{}: {} never ready with the playbook's examples.",
            title(playbook, *step),
            tasks(*blocked)
        ),
        Collision::NotCounted { people } => format!(
            "{} joined after the list closed on day {}, and count in no comparison.",
            count(number(*people), "person", "people"),
            playbook.cycle.list_closes
        ),
        Collision::LateReview { on: Some(on) } => {
            format!("The review comes on {}, after the end of the cycle.", show_day(*on))
        }
        Collision::LateReview { on: None } => "The review never comes.".to_owned(),
    }
}
