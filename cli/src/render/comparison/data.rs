//! A comparison as data: `compare --json`, version 1.

use fortnight_engine::plan::{Between, Comparison, SideFigures};
use serde::Serialize;

/// `compare --json`, version 1.
#[derive(Serialize)]
pub(crate) struct ComparisonData {
    version: u32,
    metric: String,
    title: String,
    cycles: Vec<u32>,
    people: usize,
    companies: usize,
    window_days: u32,
    settles: Option<String>,
    practice: bool,
    look: u32,
    looks_declared: Option<u32>,
    arms: Vec<ArmData>,
    difference: Option<DifferenceData>,
    verdict: VerdictData,
}

/// One side; `count` are the hits among the `counted`, and `rate` is their share.
#[derive(Serialize)]
struct ArmData {
    label: String,
    option: Option<String>,
    cycle: Option<u32>,
    of: u32,
    counted: u32,
    waiting: u32,
    count: u32,
    rate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

/// B minus A.
#[derive(Serialize)]
struct DifferenceData {
    value: f64,
    low: f64,
    high: f64,
}

/// What may be said.
#[derive(Serialize)]
struct VerdictData {
    code: &'static str,
    text: String,
}

impl ComparisonData {
    /// The comparison as data.
    pub(crate) fn of(comparison: &Comparison) -> Self {
        Self {
            version: 1,
            metric: comparison.metric.to_string(),
            title: comparison.title.clone(),
            cycles: match &comparison.between {
                Between::Within(cycle) => vec![*cycle],
                Between::Pooled(cycles) | Between::Turns(cycles) => cycles.clone(),
                Between::Cycles(first, second) => vec![*first, *second],
            },
            people: comparison.people,
            companies: comparison.companies,
            window_days: comparison.window_days,
            settles: comparison.settles.map(|day| day.to_string()),
            practice: comparison.practice,
            look: comparison.look,
            looks_declared: comparison.looks_declared,
            arms: comparison.sides.iter().map(ArmData::of).collect(),
            difference: comparison.difference.as_ref().and_then(|difference| {
                Some(DifferenceData {
                    value: difference.estimate?,
                    low: difference.interval.low,
                    high: difference.interval.high,
                })
            }),
            verdict: VerdictData {
                code: comparison.verdict.code.as_str(),
                text: comparison.headline.sentence.clone(),
            },
        }
    }
}

impl ArmData {
    fn of(side: &SideFigures) -> Self {
        let known = side.proportion.estimate.is_some();
        Self {
            label: side.label.clone(),
            option: side.option.as_ref().map(ToString::to_string),
            cycle: side.cycle,
            of: side.tally.out_of,
            counted: side.tally.counted,
            waiting: side.tally.waiting,
            count: side.tally.hits,
            rate: side.proportion.estimate,
            low: known.then_some(side.proportion.interval.low),
            high: known.then_some(side.proportion.interval.high),
        }
    }
}
