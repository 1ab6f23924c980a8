//! A comparison as people read it: counts first, one sentence, the next move.

mod data;

use std::fmt::Write as _;

use fortnight_engine::calendar::show_day;
use fortnight_engine::experiment::{NextMove, Side};
use fortnight_engine::plan::{Between, Comparison, SideFigures};
use jiff::civil::Date;

pub(crate) use data::ComparisonData;

use super::table::{Column, Table};
use super::words::{count, inside};
use super::{COLUMNS, width};

/// More people than this are not drawn one by one.
const MOST_DOTS: u32 = 30;

/// The short form.
pub(crate) fn page(comparison: &Comparison, today: Date) -> String {
    let mut text = header(comparison);
    let mut table =
        Table::new(vec![Column::WORDS, Column::yielding(12), Column::WORDS, Column::yielding(10)])
            .indent(2);
    let mut sides: Vec<&SideFigures> = comparison.sides.iter().collect();
    sides.sort_by(|one, other| {
        let rate = |side: &SideFigures| side.proportion.estimate.unwrap_or(-1.0);
        rate(other).total_cmp(&rate(one))
    });
    for side in sides {
        let mut counts = format!("{} of {}", side.tally.hits, side.tally.counted);
        if side.tally.waiting > 0 {
            let _ = write!(counts, ", {} waiting", side.tally.waiting);
        }
        table.row([letter(comparison, side), inside(&side.label), counts, dots(side)]);
    }
    if !table.is_empty() {
        text.push_str(&table.to_text(COLUMNS));
        text.push('\n');
    }
    let verdict = format!("{} {}", comparison.headline.sentence, comparison.headline.advice);
    text.push_str(&paragraph(verdict.trim()));
    if let Some(day) = comparison.settles.filter(|day| *day > today) {
        text.push_str(&paragraph(&format!("The last one is counted on {}.", show_day(day))));
    }
    text.push_str(&looks(comparison));
    if comparison.practice {
        text.push_str("With so few people nothing was split: this cycle was practice.\n");
    }
    let _ = writeln!(text, "Next: {}", next(comparison.headline.next));
    text
}

/// Experiments, decision 6: looking again and again finds a clear call in the end, by luck.
fn looks(comparison: &Comparison) -> String {
    let words = match (comparison.look, comparison.looks_declared) {
        (look, Some(said)) if look <= said && said > 1 && comparison.sides.len() == 2 => {
            let which = if look > 1 {
                format!("Look {look} of {said}")
            } else {
                format!("One of {said} looks")
            };
            format!("{which} that you planned: each is judged more strictly for it.")
        }
        (look, said) if look > said.unwrap_or(1) => {
            let said = match said {
                Some(said) => format!("{said} had been planned"),
                None => "how many there would be was not said".to_owned(),
            };
            format!(
                "This is look {look} at these two, and {said}. Whoever looks again until something \
                 shows finds something by luck, three times as often: read it as a hint. Next \
                 time say before the first message how often you will look (--looks)."
            )
        }
        (_, _) => return String::new(),
    };
    paragraph(&words)
}

/// What stands behind the short form: intervals, fairness, what a cycle can show.
pub(crate) fn details(comparison: &Comparison, planning: Option<&str>) -> String {
    let mut table = Table::new(vec![
        Column::yielding(12),
        Column::NUMBER,
        Column::NUMBER,
        Column::NUMBER,
        Column::NUMBER,
        Column::NUMBER,
        Column::NUMBER,
        Column::WORDS,
    ]);
    let heads = ["", "sent", "counted", "waiting", "replied", "rate", "95 % interval", ""];
    table.row(heads.map(str::to_owned));
    for side in &comparison.sides {
        let tally = &side.tally;
        let (rate, interval, bar) = match side.proportion.estimate {
            Some(rate) => {
                let range = side.proportion.interval;
                let interval = format!("{}–{} %", percent(range.low), percent(range.high));
                (format!("{} %", percent(rate)), interval, bar(rate, range.low, range.high))
            }
            None => ("–".to_owned(), "–".to_owned(), String::new()),
        };
        table.row([
            letter(comparison, side),
            tally.out_of.to_string(),
            tally.counted.to_string(),
            tally.waiting.to_string(),
            tally.hits.to_string(),
            rate,
            interval,
            bar,
        ]);
    }
    let mut text = table.to_text(COLUMNS);
    if let Some(difference) = &comparison.difference
        && let Some(value) = difference.estimate
    {
        let _ = writeln!(
            text,
            "B minus A: {} points ({} to {})",
            points(value),
            points(difference.interval.low),
            points(difference.interval.high)
        );
    }
    if let [a, b] = comparison.sides.as_slice() {
        let fair =
            |side: &SideFigures| format!("{} of {}", side.follow_ups.on_time, side.follow_ups.due);
        text.push_str(&paragraph(&format!(
            "Fair: follow-ups on time A {}, B {} · they know you: {} and {}",
            fair(a),
            fair(b),
            a.know_me,
            b.know_me
        )));
    }
    if comparison.segmented {
        text.push_str(&paragraph(
            "The sides differ in how many people know you, so those who do and those who do not \
             were compared apart.",
        ));
    }
    if let Some(planning) = planning {
        text.push_str(&paragraph(planning));
    }
    text
}

fn header(comparison: &Comparison) -> String {
    let cycles = match &comparison.between {
        Between::Within(cycle) => format!("Cycle {cycle}"),
        Between::Pooled(cycles) | Between::Turns(cycles) => {
            let numbers: Vec<String> = cycles.iter().map(ToString::to_string).collect();
            format!("Cycles {} together", super::words::list(&numbers))
        }
        Between::Cycles(first, second) => format!("Cycle {first} with cycle {second}"),
    };
    let labels: Vec<String> = comparison.sides.iter().map(|side| inside(&side.label)).collect();
    let companies = match comparison.companies {
        0 => String::new(),
        number => format!(" at {}", count(number, "company", "companies")),
    };
    let mut parts = vec![cycles];
    if comparison.sides.len() == 2 {
        parts.push(labels.join(" / "));
    }
    parts.push(format!("{}{companies}", count(comparison.people, "person", "people")));
    parts.push(format!("replies within {} days", comparison.window_days));
    paragraph(&parts.join(" · ")) + "\n"
}

fn letter(comparison: &Comparison, side: &SideFigures) -> String {
    match side.side {
        _ if comparison.sides.len() < 2 => String::new(),
        Side::A => "A".to_owned(),
        Side::B => "B".to_owned(),
    }
}

/// One dot for each person, full for a reply.
fn dots(side: &SideFigures) -> String {
    let (hits, counted) = (side.tally.hits.min(side.tally.counted), side.tally.counted);
    if counted > MOST_DOTS {
        return String::new();
    }
    let full = usize::try_from(hits).unwrap_or(0);
    let empty = usize::try_from(counted - hits).unwrap_or(0);
    format!("{}{}", "●".repeat(full), "○".repeat(empty))
}

/// The interval on a line from 0 to 100 %, each sign five points wide.
fn bar(rate: f64, low: f64, high: f64) -> String {
    let sign = |at: u32| {
        let (from, to) = (f64::from(at) / 15.0, f64::from(at + 1) / 15.0);
        if rate >= from && (rate < to || at == 14) {
            '●'
        } else if high > from && low < to {
            '─'
        } else {
            ' '
        }
    };
    format!("▕{}▏", (0..15).map(sign).collect::<String>())
}

/// What to type next.
fn next(next: NextMove) -> &'static str {
    match next {
        NextMove::Send => "fortnight",
        NextMove::Wait => "fortnight people",
        NextMove::Again | NextMove::AgainOnTime | NextMove::SideBySide => {
            "fortnight decide again --why \"…\""
        }
        NextMove::Use(_) => "fortnight decide use OPTION --why \"…\"",
        NextMove::SomethingBigger | NextMove::ChangeOneThing => {
            "fortnight decide again --why \"…\", or fortnight decide stop --why \"…\""
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

fn points(difference: f64) -> String {
    let rounded = (difference * 100.0).round();
    let sign = if rounded < 0.0 { "−" } else { "+" };
    format!("{sign}{:.0}", rounded.abs())
}

fn paragraph(text: &str) -> String {
    width::wrap(text, COLUMNS).join("\n") + "\n"
}
