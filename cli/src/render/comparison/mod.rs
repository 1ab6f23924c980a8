//! A comparison as people read it: counts first, one sentence, the next move.

mod data;
pub(crate) mod figures;
mod history;

use std::fmt::Write as _;

use fortnight_engine::calendar::show_day;
use fortnight_engine::experiment::{self, Arm, Prior, Stratum};
use fortnight_engine::plan::{
    Between, ClearCall, Comparison, CycleRecord, Measure, PairRecord, SideFigures,
};
use jiff::civil::Date;

pub(crate) use data::{ChoiceData, ComparisonData, HistoryData};
pub(crate) use history::{confirmed, decision, history_page, made, title, trend_words, tried};

use super::table::{Column, Table};
use super::words::{count, inside};
use super::{COLUMNS, width};
use figures::{bar, counts, dots, interval, letter, percent, points, share};

/// A comparison with what else stands on its screen.
pub(crate) struct Shown<'s> {
    /// The comparison.
    pub(crate) comparison: &'s Comparison,
    /// The first clear call of its pair.
    pub(crate) call: Option<&'s ClearCall>,
    /// What to type next; nothing where another question follows.
    pub(crate) next: &'s str,
}

/// The short form.
pub(crate) fn page(shown: &Shown<'_>, today: Date) -> String {
    let comparison = shown.comparison;
    let mut text = header(comparison);
    text.push_str(&sides(comparison));
    text.push_str(&said(shown, today));
    text
}

/// The short form of a pair over all its cycles, with each cycle.
pub(crate) fn page_of_pair(
    shown: &Shown<'_>,
    known: &PairRecord,
    cycles: &[CycleRecord],
    today: Date,
) -> String {
    let comparison = shown.comparison;
    let mut text = header(comparison);
    text.push_str(&sides(comparison));
    let each = history::cycles_of_pair(known, cycles);
    if !each.is_empty() {
        text.push_str(&each);
        text.push('\n');
    }
    text.push_str(&said(shown, today));
    text
}

/// One line for each side, the better one first.
fn sides(comparison: &Comparison) -> String {
    let mut table =
        Table::new(vec![Column::WORDS, Column::yielding(12), Column::WORDS, Column::yielding(10)])
            .indent(2);
    let mut sides: Vec<&SideFigures> = comparison.sides.iter().collect();
    sides.sort_by(|one, other| {
        let rate = |side: &SideFigures| side.proportion.estimate.unwrap_or(-1.0);
        rate(other).total_cmp(&rate(one))
    });
    for side in sides {
        table.row([letter(comparison, side), inside(&side.label), counts(side), dots(side)]);
    }
    if table.is_empty() { String::new() } else { table.to_text(COLUMNS) + "\n" }
}

/// The sentence, what to do about it, and the next command.
fn said(shown: &Shown<'_>, today: Date) -> String {
    let comparison = shown.comparison;
    let headline = &comparison.headline;
    let mut parts = vec![headline.sentence.clone()];
    match shown.call {
        Some(call) if comparison.verdict.code.is_clear() => parts.push(confirmed(call)),
        Some(_) | None => parts.push(headline.advice.clone()),
    }
    if let Some(day) = comparison.settles.filter(|day| *day > today) {
        parts.push(format!("The last one is counted on {}.", show_day(day)));
    }
    if comparison.practice {
        parts.push("With so few people nothing was split: this cycle was practice.".to_owned());
    }
    let mut text = paragraph(parts.join(" ").trim());
    text.push_str(&looks(comparison).map_or_else(String::new, |said| paragraph(&said)));
    if !shown.next.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "Next: {}", shown.next);
    }
    text
}

/// Experiments, decision 6: looking again and again finds a clear call in the end, by luck.
fn looks(comparison: &Comparison) -> Option<String> {
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
        (_, _) => return None,
    };
    Some(words)
}

/// What a comparison says in one paragraph, to be kept with a decision.
pub(crate) fn in_short(comparison: &Comparison) -> String {
    let sides: Vec<String> = comparison
        .sides
        .iter()
        .map(|side| match letter(comparison, side) {
            letter if letter.is_empty() => format!("{} {}", side.label, counts(side)),
            letter => format!("{letter} {} {}", inside(&side.label), counts(side)),
        })
        .collect();
    format!("{}. {}", sides.join(", "), comparison.headline.sentence)
}

/// What stands behind the short form: intervals, fairness, the other measures, what a cycle can
/// show.
pub(crate) fn details(
    comparison: &Comparison,
    measures: &[Measure],
    planning: Option<&str>,
) -> String {
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
        let [rate, range, drawn] = match share(&side.proportion, tally.counted) {
            Some((rate, low, high)) => {
                [format!("{} %", percent(rate)), interval(low, high), bar(rate, low, high)]
            }
            None => ["–".to_owned(), "–".to_owned(), String::new()],
        };
        table.row([
            letter(comparison, side),
            tally.out_of.to_string(),
            tally.counted.to_string(),
            tally.waiting.to_string(),
            tally.hits.to_string(),
            rate,
            range,
            drawn,
        ]);
    }
    let mut text = table.to_text(COLUMNS);
    text.push_str(&difference(comparison));
    text.push_str(&fairness(comparison));
    let others: Vec<&Measure> = measures.iter().filter(|measure| !measure.decides).collect();
    if !others.is_empty() {
        text.push_str("\nAlso counted; nothing is decided on these\n");
        text.push_str(&measures_table(comparison, &others));
        text.push('\n');
    }
    if let Some(planning) = planning {
        text.push_str(&paragraph(planning));
    }
    text
}

/// B minus A, and how sure the counts alone would make one; nothing of it before a call is possible.
fn difference(comparison: &Comparison) -> String {
    let [a, b] = comparison.sides.as_slice() else { return String::new() };
    let few = |side: &SideFigures| side.tally.counted < figures::FEWEST_FOR_A_SHARE;
    if few(a) || few(b) {
        return String::new();
    }
    let mut text = String::new();
    if let Some(difference) = &comparison.difference
        && let Some(value) = difference.estimate
    {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "B minus A: {} points ({} to {})",
            points(value),
            points(difference.interval.low),
            points(difference.interval.high)
        );
    }
    if let Between::Within(_) = comparison.between
        && comparison.verdict.p.is_some()
    {
        let arm = |side: &SideFigures| Arm::new(side.tally.hits, side.tally.counted);
        let chance =
            experiment::superiority(Stratum::new(arm(a), arm(b)), Prior::Uniform).b_above_a;
        let in_hundred = (chance * 100.0).clamp(1.0, 99.0);
        text.push_str(&paragraph(&format!(
            "By these counts alone, B is the better one in about {in_hundred:.0} of 100 cases; the              sentence above goes by stricter rules."
        )));
    }
    text
}

/// What must be alike on both sides for a fair comparison.
fn fairness(comparison: &Comparison) -> String {
    let [a, b] = comparison.sides.as_slice() else { return String::new() };
    let fair =
        |side: &SideFigures| format!("{} of {}", side.follow_ups.on_time, side.follow_ups.due);
    let known = format!("they know you: {} and {}", a.know_me, b.know_me);
    let mut text = if a.follow_ups.due + b.follow_ups.due > 0 {
        paragraph(&format!("Fair: follow-ups on time A {}, B {} · {known}", fair(a), fair(b)))
    } else {
        paragraph(&format!("Fair: {known}"))
    };
    if comparison.segmented {
        text.push_str(&paragraph(
            "The sides differ in how many people know you, so those who do and those who do not \
             were compared apart.",
        ));
    }
    if comparison.uneven {
        text.push_str(&paragraph(&format!(
            "The sides differ in size, {} and {}: was somebody left out?",
            a.tally.out_of, b.tally.out_of
        )));
    }
    text
}

/// Every measure with its counts and intervals, and no verdict.
pub(crate) fn measures_page(comparison: &Comparison, measures: &[Measure]) -> String {
    let all: Vec<&Measure> = measures.iter().collect();
    let mut text = header(comparison);
    text.push_str(&measures_table(comparison, &all));
    text.push('\n');
    if let Some(decides) = measures.iter().find(|measure| measure.decides) {
        text.push_str(&paragraph(&format!(
            "Decided on: {}, named before the first message. The others are counted, and nothing \
             is decided on them.",
            inside(&decides.title)
        )));
    } else {
        text.push_str("This is counted, and nothing is decided on it.\n");
    }
    text
}

/// A line for each measure, and below it one for each side.
fn measures_table(comparison: &Comparison, measures: &[&Measure]) -> String {
    let mut text = String::new();
    for measure in measures {
        let alone = comparison.sides.len() < 2 || measure.sides.len() < 2;
        let _ = writeln!(text, "  {}", width::cut(&measure.title, COLUMNS - 2));
        for side in &measure.sides {
            let letter = if alone { String::new() } else { format!("{}  ", side.side.as_str()) };
            let _ = writeln!(text, "    {letter}{}", figures::measure(side));
        }
    }
    text
}

fn header(comparison: &Comparison) -> String {
    let cycles = match &comparison.between {
        Between::Within(cycle) => format!("Cycle {cycle}"),
        Between::Pooled(cycles) | Between::Turns(cycles) => {
            format!("Cycles {} together", super::words::numbers(cycles))
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

fn paragraph(text: &str) -> String {
    width::wrap(text, COLUMNS).join("\n") + "\n"
}
