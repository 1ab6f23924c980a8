//! A comparison as data: `compare --json`, version 1.

use fortnight_engine::plan::{
    Between, ClearCall, Comparison, Confirmation, CycleRecord, History, Measure, MeasureSide,
    MeasuredAs, PairRecord, SideFigures, Stage,
};
use fortnight_engine::playbook::Decision;
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
    segmented: bool,
    uneven: bool,
    call: Option<CallData>,
    measures: Vec<MeasureData>,
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
    follow_ups_due: u32,
    follow_ups_on_time: u32,
    know_you: u32,
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
    advice: String,
}

/// The first clear call of a pair; `confirmed` is null while no later cycle can tell.
#[derive(Serialize)]
struct CallData {
    side: &'static str,
    since_cycle: u32,
    confirmed: Option<bool>,
    by_cycle: Option<u32>,
}

/// One measure. `per_days` and `days` belong to rates; `value` is then so many per `per_days`.
#[derive(Serialize)]
struct MeasureData {
    measure: String,
    title: String,
    decides: bool,
    sides: Vec<MeasureSideData>,
}

/// One side of a measure.
#[derive(Serialize)]
struct MeasureSideData {
    side: &'static str,
    of: u32,
    counted: u32,
    waiting: u32,
    count: u32,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    per_days: Option<u32>,
    days: Option<u32>,
}

/// `compare CHOICE --json`, version 1.
#[derive(Serialize)]
pub(crate) struct ChoiceData {
    version: u32,
    choice: String,
    pairs: Vec<PairData>,
    cycles: Vec<CycleData>,
}

/// Two options over all their cycles.
#[derive(Serialize)]
struct PairData {
    choice: String,
    baseline: String,
    option: String,
    cycles: Vec<u32>,
    comparison: ComparisonData,
}

/// `compare --history --json`, version 1.
#[derive(Serialize)]
pub(crate) struct HistoryData {
    version: u32,
    cycles: Vec<CycleData>,
    pairs: Vec<PairData>,
    made: MadeData,
    trends: Vec<TrendData>,
}

/// One cycle.
#[derive(Serialize)]
struct CycleData {
    cycle: u32,
    start: String,
    end: String,
    stage: &'static str,
    choice: Option<String>,
    baseline: Option<String>,
    option: Option<String>,
    practice: bool,
    second_changes: Vec<String>,
    people: usize,
    counted: u32,
    waiting: u32,
    count: u32,
    rate: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    steadied: Option<f64>,
    verdict: Option<VerdictData>,
    decided: Option<DecidedData>,
}

/// The answer to a review.
#[derive(Serialize)]
struct DecidedData {
    on: String,
    decision: &'static str,
    option: Option<String>,
    why: String,
    shown: String,
}

/// How many comparisons were made.
#[derive(Serialize)]
struct MadeData {
    all: u32,
    large: u32,
    clear: u32,
    leaning: u32,
}

/// Four cycles or more of one setup.
#[derive(Serialize)]
struct TrendData {
    cycles: Vec<u32>,
    rises: Option<bool>,
    mid_p: f64,
}

impl ComparisonData {
    /// The comparison as data.
    pub(crate) fn of(
        comparison: &Comparison,
        measures: &[Measure],
        call: Option<&ClearCall>,
    ) -> Self {
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
            verdict: VerdictData::of(comparison),
            segmented: comparison.segmented,
            uneven: comparison.uneven,
            call: call.map(CallData::of),
            measures: measures.iter().map(MeasureData::of).collect(),
        }
    }
}

impl VerdictData {
    fn of(comparison: &Comparison) -> Self {
        Self {
            code: comparison.verdict.code.as_str(),
            text: comparison.headline.sentence.clone(),
            advice: comparison.headline.advice.clone(),
        }
    }
}

impl CallData {
    fn of(call: &ClearCall) -> Self {
        let (confirmed, by_cycle) = match call.confirmed {
            Confirmation::Open => (None, None),
            Confirmation::By(cycle) => (Some(true), Some(cycle)),
            Confirmation::NotBy(cycle) => (Some(false), Some(cycle)),
        };
        Self { side: call.side.as_str(), since_cycle: call.since, confirmed, by_cycle }
    }
}

impl MeasureData {
    fn of(measure: &Measure) -> Self {
        Self {
            measure: measure.id.to_string(),
            title: measure.title.clone(),
            decides: measure.decides,
            sides: measure.sides.iter().map(MeasureSideData::of).collect(),
        }
    }
}

impl MeasureSideData {
    fn of(side: &MeasureSide) -> Self {
        let tally = &side.tally;
        let (value, low, high, per, count) = match &side.figure {
            MeasuredAs::Share(found) => {
                let known = found.estimate.is_some();
                let end = |end: f64| known.then_some(end);
                let (low, high) = (end(found.interval.low), end(found.interval.high));
                (found.estimate, low, high, None, tally.hits)
            }
            MeasuredAs::Rate { per, days, estimate, interval } => {
                let end = |end: f64| estimate.map(|_| end);
                let (low, high) = (end(interval.low), end(interval.high));
                (*estimate, low, high, Some((*per, *days)), tally.count)
            }
            MeasuredAs::Number => (None, None, None, None, tally.count),
        };
        Self {
            side: side.side.as_str(),
            of: tally.out_of,
            counted: tally.counted,
            waiting: tally.waiting,
            count,
            value,
            low,
            high,
            per_days: per.map(|(per, _)| per),
            days: per.map(|(_, days)| days),
        }
    }
}

impl ChoiceData {
    /// A choice over all its comparisons, with the cycles of each.
    pub(crate) fn of(choice: &str, pairs: &[&PairRecord], cycles: &[CycleRecord]) -> Self {
        let in_a_pair = |cycle: &&CycleRecord| {
            pairs.iter().any(|pair| pair.pair.cycles().contains(&cycle.number))
        };
        Self {
            version: 1,
            choice: choice.to_owned(),
            pairs: pairs.iter().map(|pair| PairData::of(pair)).collect(),
            cycles: cycles.iter().filter(in_a_pair).map(CycleData::of).collect(),
        }
    }
}

impl PairData {
    fn of(known: &PairRecord) -> Self {
        Self {
            choice: known.pair.choice.to_string(),
            baseline: known.pair.baseline.to_string(),
            option: known.pair.option.to_string(),
            cycles: known.pair.cycles().to_vec(),
            comparison: ComparisonData::of(&known.comparison, &[], known.call.as_ref()),
        }
    }
}

impl HistoryData {
    /// The record of all cycles.
    pub(crate) fn of(history: &History) -> Self {
        Self {
            version: 1,
            cycles: history.cycles.iter().map(CycleData::of).collect(),
            pairs: history.pairs.iter().map(PairData::of).collect(),
            made: MadeData {
                all: history.made.all,
                large: history.made.large,
                clear: history.made.clear,
                leaning: history.made.leaning,
            },
            trends: history
                .trends
                .iter()
                .map(|trend| TrendData {
                    cycles: trend.cycles.clone(),
                    rises: trend.rises(),
                    mid_p: trend.test.mid_central,
                })
                .collect(),
        }
    }
}

impl CycleData {
    fn of(cycle: &CycleRecord) -> Self {
        let known = cycle.proportion.estimate.is_some();
        let end = |end: f64| known.then_some(end);
        let pair = cycle.compared.as_ref();
        let name = |id: &fortnight_engine::playbook::Id| id.to_string();
        Self {
            cycle: cycle.number,
            start: cycle.start.to_string(),
            end: cycle.end.to_string(),
            stage: match cycle.stage {
                Stage::Planned => "planned",
                Stage::Running => "running",
                Stage::Over => "over",
                Stage::Abandoned => "abandoned",
            },
            choice: pair.map(|pair| name(&pair.choice)),
            baseline: pair.map(|pair| name(&pair.baseline)),
            option: pair.map(|pair| name(&pair.option)),
            practice: cycle.practice,
            second_changes: cycle.second_changes.clone(),
            people: cycle.people,
            counted: cycle.together.counted,
            waiting: cycle.together.waiting,
            count: cycle.together.hits,
            rate: cycle.proportion.estimate,
            low: end(cycle.proportion.interval.low),
            high: end(cycle.proportion.interval.high),
            steadied: cycle.steadied,
            verdict: cycle.comparison.as_ref().map(VerdictData::of),
            decided: cycle.conclusion.as_ref().map(|conclusion| DecidedData {
                on: conclusion.on.to_string(),
                decision: match conclusion.decision {
                    Decision::Again => "again",
                    Decision::Use => "use",
                    Decision::Stop => "stop",
                },
                option: conclusion.option.as_ref().map(name),
                why: conclusion.why.raw().to_owned(),
                shown: conclusion.shown.clone(),
            }),
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
            follow_ups_due: side.follow_ups.due,
            follow_ups_on_time: side.follow_ups.on_time,
            know_you: side.know_me,
        }
    }
}
