//! What was tried, what it showed and what was decided: every cycle of a plan, one after the other.
//!
//! Knows which comparisons belong together, how many were made, and when a clear call was confirmed
//! by the next cycle. It must not word anything for a screen. The best of several cycles is never
//! picked out: all are given, with the value each is drawn towards by the others.

use jiff::civil::Date;

use super::compare::{
    Between, Comparison, Counts, Pair, between_for, compare_counting, is_practice, might_be_clear,
    pairs, same_setup,
};
use super::fact::Compared;
use super::metric::Tally;
use super::situation::Situation;
use super::state::{Conclusion, CycleState};
use crate::experiment::{self, Arm, Proportion, Side, TrendTest, VerdictCode};

/// Cycles of one setup from which on a rise or fall may be spoken of.
const FEWEST_FOR_A_TREND: usize = 4;
/// The chance of a rise or fall by luck alone up to which it is spoken of.
const TREND_BAR: f64 = 0.05;
/// Counted people on each side from which on a call may be clear.
const FEWEST_TO_CALL: u32 = 20;

/// The record of a plan's cycles.
#[derive(Clone, Debug)]
pub struct History {
    /// Every cycle, in the order of time.
    pub cycles: Vec<CycleRecord>,
    /// Every pair of options that was compared, in the order in which they came first.
    pub pairs: Vec<PairRecord>,
    /// How many comparisons were made.
    pub made: ComparisonsMade,
    /// Runs of four cycles or more with one setup.
    pub trends: Vec<Trend>,
}

/// One cycle.
#[derive(Clone, Debug)]
pub struct CycleRecord {
    /// Its number.
    pub number: u32,
    /// Day 1.
    pub start: Date,
    /// Its last day; the day on which it was abandoned, where it was.
    pub end: Date,
    /// How far it is.
    pub stage: Stage,
    /// What it compared.
    pub compared: Option<Compared>,
    /// Fewer than twenty people: nothing was split (E2).
    pub practice: bool,
    /// Things changed while it ran.
    pub second_changes: Vec<String>,
    /// People on its list.
    pub people: usize,
    /// What it shows; none where the playbook names no measure that decides.
    pub comparison: Option<Comparison>,
    /// The measure that decides, over everybody.
    pub together: Tally,
    /// The same as a share with its interval.
    pub proportion: Proportion,
    /// The share drawn towards those of the other cycles, as far as its few people warrant; none
    /// where fewer than two cycles have somebody counted, or nobody is counted in this one.
    pub steadied: Option<f64>,
    /// How its review was answered.
    pub conclusion: Option<Conclusion>,
}

/// How far a cycle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It has not begun.
    Planned,
    /// Its days are running, or its review is open.
    Running,
    /// Its days are over, or its review was answered.
    Over,
    /// It was abandoned.
    Abandoned,
}

/// Two options over all their cycles.
#[derive(Clone, Debug)]
pub struct PairRecord {
    /// The two.
    pub pair: Pair,
    /// All their cycles together.
    pub comparison: Comparison,
    /// The first clear call, where there was one.
    pub call: Option<ClearCall>,
}

/// A clear call, and what came after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClearCall {
    /// The side that did better.
    pub side: Side,
    /// The cycle with which it became clear.
    pub since: u32,
    /// What the next cycle of the same two says.
    pub confirmed: Confirmation,
}

/// What the cycle after a clear call says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// There is no settled cycle of the same two after it yet.
    Open,
    /// This cycle leans the same way.
    By(u32),
    /// This cycle does not.
    NotBy(u32),
}

/// How many comparisons were made: cycles judged on their own, and pairs judged over several
/// cycles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComparisonsMade {
    /// All of them.
    pub all: u32,
    /// Those with enough people on both sides for a clear call.
    pub large: u32,
    /// Those that look clear.
    pub clear: u32,
    /// Those that lean.
    pub leaning: u32,
}

/// Cycles of one setup.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// The cycles, in the order of time.
    pub cycles: Vec<u32>,
    /// The first of them.
    pub first: Arm,
    /// The last of them.
    pub last: Arm,
    /// The exact test of a trend.
    pub test: TrendTest,
}

impl Trend {
    /// Whether the rate rises (`true`) or falls; none where ordinary ups and downs explain it.
    pub fn rises(&self) -> Option<bool> {
        (self.test.mid_central <= TREND_BAR).then_some(self.test.mid_up < self.test.mid_down)
    }
}

/// The record of all cycles as known at the moment of asking.
pub fn history(situation: &Situation<'_>) -> History {
    let counts = Counts::default();
    let mut cycles: Vec<CycleRecord> =
        situation.state.cycles.values().map(|cycle| record(situation, cycle, &counts)).collect();
    steady(&mut cycles);
    let pairs: Vec<PairRecord> =
        pairs(situation).into_iter().filter_map(|pair| judged(situation, pair, &counts)).collect();
    let made = made(&cycles, &pairs);
    let trends = trends(situation, &cycles);
    History { cycles, pairs, made, trends }
}

fn record<'a>(situation: &Situation<'a>, cycle: &'a CycleState, counts: &Counts) -> CycleRecord {
    let dates = situation.dates(cycle);
    let between = between_for(situation, cycle);
    let decides = situation.playbook.cycle.decided_by.as_deref();
    let metric = decides.and_then(|id| situation.playbook.metric(id));
    let together =
        metric.map_or_else(Tally::default, |metric| counts.of(situation, metric, cycle, None).all);
    let stage = if cycle.stopped.is_some() {
        Stage::Abandoned
    } else if cycle.start > situation.today() {
        Stage::Planned
    } else if cycle.conclusion.is_some() || situation.is_followed(cycle) {
        Stage::Over
    } else {
        Stage::Running
    };
    CycleRecord {
        number: cycle.number,
        start: cycle.start,
        end: cycle.stopped.map_or(dates.end, |stopped| stopped.clamp(cycle.start, dates.end)),
        stage,
        compared: cycle.compared.as_ref().map(|(compared, _)| compared.clone()),
        practice: is_practice(cycle),
        second_changes: cycle.second_changes.clone(),
        people: cycle.members.len(),
        comparison: compare_counting(situation, &between, counts).ok(),
        together,
        proportion: experiment::wilson(arm(&together), 0.05),
        steadied: None,
        conclusion: cycle.conclusion.clone(),
    }
}

fn arm(tally: &Tally) -> Arm {
    Arm::new(tally.hits, tally.counted)
}

/// Draws the share of each cycle towards those of the others (experiments.md, confounds).
fn steady(cycles: &mut [CycleRecord]) {
    let units: Vec<Arm> =
        cycles.iter().map(|cycle| arm(&cycle.together)).filter(|arm| !arm.is_empty()).collect();
    if units.len() < 2 {
        return;
    }
    let pooled = experiment::partial_pooling(&units);
    let counted = cycles.iter_mut().filter(|cycle| cycle.together.counted > 0);
    for (cycle, rate) in counted.zip(pooled.rates) {
        cycle.steadied = Some(rate);
    }
}

/// The first clear call of a pair as its cycles came in, and what the cycle after it says.
pub fn clear_call(situation: &Situation<'_>, pair: &Pair) -> Option<ClearCall> {
    call(situation, pair, &Counts::default())
}

fn judged(situation: &Situation<'_>, pair: Pair, counts: &Counts) -> Option<PairRecord> {
    let comparison = compare_counting(situation, &pair.between, counts).ok()?;
    let call = call(situation, &pair, counts);
    Some(PairRecord { pair, comparison, call })
}

/// The first clear call of a pair as its cycles came in, and what the cycle after it says. Only
/// options that ran side by side are asked, for nothing else confirms.
fn call(situation: &Situation<'_>, pair: &Pair, counts: &Counts) -> Option<ClearCall> {
    let Between::Pooled(cycles) = &pair.between else { return None };
    for upto in 1..=cycles.len() {
        let (so_far, later) = cycles.split_at(upto);
        let between = Between::Pooled(so_far.to_vec());
        if !might_be_clear(situation, &between, counts).ok()? {
            continue;
        }
        let verdict = compare_counting(situation, &between, counts).ok()?.verdict;
        if let Some(side) = verdict.direction.filter(|_| verdict.code.is_clear()) {
            let confirmed = confirmation(situation, pair, later, side, counts);
            return Some(ClearCall { side, since: *so_far.last()?, confirmed });
        }
    }
    None
}

/// A clear call is confirmed when the next cycle of the same two leans the same way.
fn confirmation(
    situation: &Situation<'_>,
    pair: &Pair,
    later: &[u32],
    side: Side,
    counts: &Counts,
) -> Confirmation {
    let Some(next) = later.first() else { return Confirmation::Open };
    let within = Between::Within(*next);
    let Ok(seen) = compare_counting(situation, &within, counts) else { return Confirmation::Open };
    if matches!(seen.verdict.code, VerdictCode::NoData | VerdictCode::Waiting) {
        return Confirmation::Open;
    }
    let leans = seen.verdict.code.is_clear() || seen.verdict.code == VerdictCode::Lean;
    let same_way = seen
        .verdict
        .direction
        .and_then(|way| seen.sides.iter().find(|figures| figures.side == way)?.option.as_ref())
        .is_some_and(|option| {
            *option == *(if side == Side::A { &pair.baseline } else { &pair.option })
        });
    if leans && same_way { Confirmation::By(*next) } else { Confirmation::NotBy(*next) }
}

/// Counts the comparisons that came to a judgement.
fn made(cycles: &[CycleRecord], pairs: &[PairRecord]) -> ComparisonsMade {
    let alone = cycles
        .iter()
        .filter(|cycle| cycle.stage != Stage::Abandoned && cycle.compared.is_some())
        .filter_map(|cycle| cycle.comparison.as_ref());
    let together =
        pairs.iter().filter(|pair| pair.pair.cycles().len() > 1).map(|pair| &pair.comparison);
    let mut made = ComparisonsMade::default();
    for seen in alone.chain(together).map(|comparison| &comparison.verdict) {
        if seen.p.is_none() && seen.code != VerdictCode::NoEvents {
            continue;
        }
        made.all += 1;
        made.large += u32::from(seen.counted_a.trials.min(seen.counted_b.trials) >= FEWEST_TO_CALL);
        made.clear += u32::from(seen.code.is_clear());
        made.leaning += u32::from(seen.code == VerdictCode::Lean);
    }
    made
}

/// Runs of settled cycles with one setup, each with the test of a trend.
fn trends(situation: &Situation<'_>, records: &[CycleRecord]) -> Vec<Trend> {
    let mut groups: Vec<Vec<&CycleRecord>> = Vec::new();
    let cycle = |record: &CycleRecord| situation.state.cycles.get(&record.number);
    for record in records {
        let settled = record.together.counted > 0 && record.together.waiting == 0;
        if record.stage == Stage::Abandoned || !settled {
            continue;
        }
        let like = groups.iter_mut().find(|group| {
            let first = group.first().and_then(|first| cycle(first));
            matches!((first, cycle(record)), (Some(a), Some(b)) if same_setup(situation, a, b))
        });
        match like {
            Some(group) => group.push(record),
            None => groups.push(vec![record]),
        }
    }
    groups.retain(|group| group.len() >= FEWEST_FOR_A_TREND);
    let trend = |group: Vec<&CycleRecord>| {
        let arms: Vec<Arm> = group.iter().map(|record| arm(&record.together)).collect();
        Trend {
            cycles: group.iter().map(|record| record.number).collect(),
            first: arms.first().copied().unwrap_or_default(),
            last: arms.last().copied().unwrap_or_default(),
            test: experiment::trend_exact(&arms),
        }
    };
    groups.into_iter().map(trend).collect()
}
