//! The welcome back: a question before anything is called overdue (D10).

use std::fmt::Write as _;

use fortnight_engine::calendar::show_day;
use fortnight_engine::plan::Idle;
use jiff::civil::Date;

use super::words::count;
use super::{COLUMNS, date, width};

/// A day of a month without a year is understood so many days back.
const WITHOUT_YEAR: i32 = 300;

/// Nobody is away for longer.
const LONGEST_ABSENCE: i32 = 366;

/// The question, and the two ways to answer it.
pub(crate) fn page(idle: &Idle, today: Date) -> String {
    let last = if idle.last.year() == today.year() {
        show_day(idle.last)
    } else {
        date::relative(idle.last, today)
    };
    let mut text = format!("Welcome back. Nothing recorded since {last}. Were you away?\n");
    let mut ways = Vec::new();
    let days = today.since(idle.since).map_or(i32::MAX, |span| span.get_days());
    if days <= LONGEST_ABSENCE {
        ways.push((format!("fortnight away since {}", typed(idle.since, days)), effect(idle)));
    }
    ways.push(("fortnight today --full".to_owned(), "no, show me everything".to_owned()));
    let left = ways.iter().map(|(way, _)| width::of(way)).max().unwrap_or(0);
    for (way, words) in ways {
        let mut way = way.as_str();
        for line in width::wrap(&words, COLUMNS.saturating_sub(left + 4)) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {}  {line}", width::pad(way, left));
            way = "";
        }
    }
    text
}

/// `nothing is overdue; cycle 1 now ends Sun 22 Mar`.
fn effect(idle: &Idle) -> String {
    let overdue = match idle.overdue {
        0 => "nothing is overdue".to_owned(),
        number => {
            let verb = if number == 1 { "is" } else { "are" };
            format!("{} {verb} overdue still", count(number, "task", "tasks"))
        }
    };
    match idle.cycle {
        Some((number, end)) => format!("{overdue}; cycle {number} now ends {}", show_day(end)),
        None => overdue,
    }
}

/// A day as it is typed: `3 mar`, the full date where the year matters.
fn typed(day: Date, days: i32) -> String {
    if days > WITHOUT_YEAR {
        return day.to_string();
    }
    let shown = show_day(day).to_lowercase();
    shown.split_once(' ').map_or(shown.clone(), |(_, rest)| rest.to_owned())
}
