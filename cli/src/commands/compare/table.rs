//! Comparisons as tables for spreadsheets: `compare --csv`, documented in `cli/JSON.md`.
//!
//! No cell begins a formula: texts are guarded, and no number is negative.

use fortnight_engine::experiment::Proportion;
use fortnight_engine::people::import::sheet_to_fill;
use fortnight_engine::plan::{
    Between, Comparison, CycleRecord, History, Measure, MeasuredAs, Stage,
};
use fortnight_engine::playbook::Decision;
use fortnight_engine::words::Words;

/// One line for each side of each comparison.
pub(super) fn of_comparisons(comparisons: &[Comparison]) -> String {
    let header = [
        "cycles", "measure", "side", "option", "label", "sent", "counted", "waiting", "hits",
        "rate", "low", "high", "verdict",
    ];
    let rows: Vec<Vec<Words>> = comparisons
        .iter()
        .flat_map(|seen| {
            let cycles = cycles(&seen.between);
            seen.sides.iter().map(move |side| {
                let option = side.option.as_ref().map_or_else(String::new, ToString::to_string);
                let [rate, low, high] = share(&side.proportion);
                vec![
                    words(&cycles),
                    words(&seen.metric),
                    words(side.side.as_str()),
                    words(&option),
                    words(&side.label),
                    number(side.tally.out_of),
                    number(side.tally.counted),
                    number(side.tally.waiting),
                    number(side.tally.hits),
                    rate,
                    low,
                    high,
                    words(seen.verdict.code.as_str()),
                ]
            })
        })
        .collect();
    sheet_to_fill(&header, &rows)
}

/// One line for each side of each measure.
pub(super) fn of_measures(comparison: &Comparison, measures: &[Measure]) -> String {
    let header = [
        "cycles", "measure", "title", "side", "out_of", "counted", "waiting", "count", "value",
        "low", "high", "per_days", "days",
    ];
    let cycles = cycles(&comparison.between);
    let rows: Vec<Vec<Words>> = measures
        .iter()
        .flat_map(|measure| {
            let cycles = &cycles;
            measure.sides.iter().map(move |side| {
                let empty = || words("");
                let ([value, low, high], per, days, count) = match &side.figure {
                    MeasuredAs::Share(found) => (share(found), empty(), empty(), side.tally.hits),
                    MeasuredAs::Rate { per, days, estimate, interval } => {
                        let known = estimate.is_some();
                        let end = |end: f64| if known { decimal(end) } else { empty() };
                        let value = estimate.map_or_else(empty, decimal);
                        let figures = [value, end(interval.low), end(interval.high)];
                        (figures, number(*per), number(*days), side.tally.count)
                    }
                    MeasuredAs::Number => {
                        ([empty(), empty(), empty()], empty(), empty(), side.tally.count)
                    }
                };
                vec![
                    words(cycles),
                    words(&measure.id),
                    words(&measure.title),
                    words(side.side.as_str()),
                    number(side.tally.out_of),
                    number(side.tally.counted),
                    number(side.tally.waiting),
                    number(count),
                    value,
                    low,
                    high,
                    per,
                    days,
                ]
            })
        })
        .collect();
    sheet_to_fill(&header, &rows)
}

/// One line for each cycle.
pub(super) fn of_history(history: &History) -> String {
    let header = [
        "cycle",
        "start",
        "end",
        "stage",
        "choice",
        "baseline",
        "option",
        "people",
        "counted",
        "waiting",
        "hits",
        "rate",
        "low",
        "high",
        "steadied",
        "verdict",
        "decided_on",
        "decision",
        "decided_option",
        "why",
    ];
    let rows: Vec<Vec<Words>> = history.cycles.iter().map(row).collect();
    sheet_to_fill(&header, &rows)
}

fn row(cycle: &CycleRecord) -> Vec<Words> {
    let stage = match cycle.stage {
        Stage::Planned => "planned",
        Stage::Running => "running",
        Stage::Over => "over",
        Stage::Abandoned => "abandoned",
    };
    let pair = cycle.compared.as_ref();
    let named = |id: Option<&fortnight_engine::playbook::Id>| words(id.map_or("", |id| id));
    let [rate, low, high] = share(&cycle.proportion);
    let verdict = cycle.comparison.as_ref().map_or("", |seen| seen.verdict.code.as_str());
    let mut row = vec![
        number(cycle.number),
        words(&cycle.start.to_string()),
        words(&cycle.end.to_string()),
        words(stage),
        named(pair.map(|pair| &pair.choice)),
        named(pair.map(|pair| &pair.baseline)),
        named(pair.map(|pair| &pair.option)),
        words(&cycle.people.to_string()),
        number(cycle.together.counted),
        number(cycle.together.waiting),
        number(cycle.together.hits),
        rate,
        low,
        high,
        cycle.steadied.map_or_else(|| words(""), decimal),
        words(verdict),
    ];
    match &cycle.conclusion {
        Some(conclusion) => row.extend([
            words(&conclusion.on.to_string()),
            words(match conclusion.decision {
                Decision::Again => "again",
                Decision::Use => "use",
                Decision::Stop => "stop",
            }),
            named(conclusion.option.as_ref()),
            conclusion.why.clone(),
        ]),
        None => row.extend([words(""), words(""), words(""), words("")]),
    }
    row
}

/// `1 2 3`: the cycles held together or against each other.
fn cycles(between: &Between) -> String {
    let numbers = match between {
        Between::Within(cycle) => vec![*cycle],
        Between::Pooled(cycles) | Between::Turns(cycles) => cycles.clone(),
        Between::Cycles(first, second) => vec![*first, *second],
    };
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The share and its interval; empty where nobody is counted.
fn share(found: &Proportion) -> [Words; 3] {
    match found.estimate {
        Some(rate) => [decimal(rate), decimal(found.interval.low), decimal(found.interval.high)],
        None => [words(""), words(""), words("")],
    }
}

fn words(text: &str) -> Words {
    Words::new(text)
}

fn number(number: u32) -> Words {
    Words::new(number.to_string())
}

/// Four places are more than any of these figures carries.
fn decimal(value: f64) -> Words {
    Words::new(format!("{:.4}", value.max(0.0)))
}
