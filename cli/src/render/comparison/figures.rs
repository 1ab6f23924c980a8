//! Figures of comparisons: shares with their counts, intervals, bars, dots.

use fortnight_engine::experiment::Proportion;
use fortnight_engine::plan::{Comparison, MeasureSide, MeasuredAs, SideFigures};

/// Counted people below which only counts are shown, and no share.
pub(crate) const FEWEST_FOR_A_SHARE: u32 = 10;

/// More people than this are not drawn one by one.
const MOST_DOTS: u32 = 30;

/// `47`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// `+33`, `−5`.
pub(crate) fn points(difference: f64) -> String {
    let rounded = (difference * 100.0).round();
    let sign = if rounded < 0.0 { "−" } else { "+" };
    format!("{sign}{:.0}", rounded.abs())
}

/// `4–40 %`.
pub(crate) fn interval(low: f64, high: f64) -> String {
    format!("{}–{} %", percent(low), percent(high))
}

/// A share with its interval, where enough people are counted for one.
pub(crate) fn share(found: &Proportion, counted: u32) -> Option<(f64, f64, f64)> {
    let shown = counted >= FEWEST_FOR_A_SHARE;
    found.estimate.filter(|_| shown).map(|rate| (rate, found.interval.low, found.interval.high))
}

/// `2 of 15`, `2 of 5, 10 waiting`.
pub(crate) fn counts(side: &SideFigures) -> String {
    counted(side.tally.hits, side.tally.counted, side.tally.waiting)
}

/// `2 of 15`, `2 of 5, 10 waiting`.
pub(crate) fn counted(hits: u32, counted: u32, waiting: u32) -> String {
    let counts = format!("{hits} of {counted}");
    if waiting > 0 { format!("{counts}, {waiting} waiting") } else { counts }
}

/// A measure on one side, in words: counts, and the figure with its interval.
pub(crate) fn measure(side: &MeasureSide) -> String {
    let tally = &side.tally;
    match &side.figure {
        MeasuredAs::Share(found) => {
            let counts = counted(tally.hits, tally.counted, tally.waiting);
            match share(found, tally.counted) {
                Some((rate, low, high)) => {
                    format!("{counts} · {} % ({})", percent(rate), interval(low, high))
                }
                None => counts,
            }
        }
        MeasuredAs::Rate { per, days, estimate: Some(rate), interval } => format!(
            "{} in {days} days · {rate:.1} per {per} days ({:.1}–{:.1})",
            tally.count, interval.low, interval.high
        ),
        MeasuredAs::Rate { estimate: None, .. } | MeasuredAs::Number => tally.count.to_string(),
    }
}

/// One dot for each person, full for a reply.
pub(crate) fn dots(side: &SideFigures) -> String {
    let (hits, counted) = (side.tally.hits.min(side.tally.counted), side.tally.counted);
    if counted > MOST_DOTS {
        return String::new();
    }
    let full = usize::try_from(hits).unwrap_or(0);
    let empty = usize::try_from(counted - hits).unwrap_or(0);
    format!("{}{}", "●".repeat(full), "○".repeat(empty))
}

/// The interval on a line from 0 to 100 %, each sign about seven points wide.
pub(crate) fn bar(rate: f64, low: f64, high: f64) -> String {
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

/// A or B, where there are two sides.
pub(crate) fn letter(comparison: &Comparison, side: &SideFigures) -> String {
    if comparison.sides.len() < 2 { String::new() } else { side.side.as_str().to_owned() }
}
