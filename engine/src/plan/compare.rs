//! Comparing: one cycle inside, several of the same pair together, options that took turns, or one
//! cycle with another.
//!
//! Gathers the counts that the statistics ask for and hands them over. Knows who counts on which
//! side (E1, E2, E5) and which fields of the setup differ. It must not compute a number or word a
//! verdict: that is `experiment`'s.

mod counts;
mod gather;
mod measures;
mod pairs;
mod setup;

use jiff::civil::Date;

pub(super) use counts::Counts;
pub use measures::{Measure, MeasureSide, MeasuredAs, measure, measures};
pub use pairs::{Pair, between_for, pairs, pairs_of};
pub(super) use setup::same_setup;

use super::metric::Tally;
use super::rejection::Rejection;
use super::situation::Situation;
use super::state::CycleState;
use crate::experiment::{Difference, FollowUps, Headline, Proportion, Side, Verdict};
use crate::playbook::{Id, Metric};

/// What is held against what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Between {
    /// The two options inside one cycle.
    Within(u32),
    /// The two options inside each of several cycles of the same pair, put together.
    Pooled(Vec<u32>),
    /// Cycles that each gave everybody one of the same two options, in the order of time.
    Turns(Vec<u32>),
    /// The first cycle with the second, whatever else was different between those weeks.
    Cycles(u32, u32),
}

/// A comparison with everything that a screen, a file or a report shows of it.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What is held against what.
    pub between: Between,
    /// The measure that decides.
    pub metric: Id,
    /// Its title.
    pub title: String,
    /// The sides: A, then B; one only where nothing is compared.
    pub sides: Vec<SideFigures>,
    /// B minus A, where there are two sides with somebody counted.
    pub difference: Option<Difference>,
    /// What may be said.
    pub verdict: Verdict,
    /// The same in the words of a screen.
    pub headline: Headline,
    /// People on the lists.
    pub people: usize,
    /// Companies they work at.
    pub companies: usize,
    /// The reply window in days.
    pub window_days: u32,
    /// The day on which everybody is counted.
    pub settles: Option<Date>,
    /// Fewer than twenty people: nothing was split (E2).
    pub practice: bool,
    /// How often one meant to look at this pair, where that was said before the first message.
    pub looks_declared: Option<u32>,
    /// Which look this is: the cycles of the pair that are held together.
    pub look: u32,
    /// Who knows the seeker differs so much between the sides that they were compared in segments.
    pub segmented: bool,
    /// One side has more than a fifth more people than the other.
    pub uneven: bool,
}

/// One side in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct SideFigures {
    /// A or B.
    pub side: Side,
    /// The option, where the sides are options.
    pub option: Option<Id>,
    /// The cycle, where the sides are cycles.
    pub cycle: Option<u32>,
    /// How people read it.
    pub label: String,
    /// The measure.
    pub tally: Tally,
    /// The share with its interval.
    pub proportion: Proportion,
    /// Follow-ups on time.
    pub follow_ups: FollowUps,
    /// People messaged who know the seeker.
    pub know_me: u32,
}

/// Compares.
///
/// # Errors
///
/// A rejection where the playbook has no measure that decides, there is no such cycle, a cycle is
/// held against itself, or cycles of different pairs are put together.
pub fn compare(situation: &Situation<'_>, between: &Between) -> Result<Comparison, Rejection> {
    compare_counting(situation, between, &Counts::default())
}

/// Compares, with the counts that an earlier comparison of the same moment left behind.
pub(super) fn compare_counting(
    situation: &Situation<'_>,
    between: &Between,
    counts: &Counts,
) -> Result<Comparison, Rejection> {
    let metric = deciding(situation)?;
    let cycles = cycles(situation, between)?;
    Ok(gather::Gathering::new(situation, metric, between, cycles, counts)?.compare())
}

/// Whether a comparison can be clear at all, at little cost.
pub(super) fn might_be_clear(
    situation: &Situation<'_>,
    between: &Between,
    counts: &Counts,
) -> Result<bool, Rejection> {
    let metric = deciding(situation)?;
    let cycles = cycles(situation, between)?;
    Ok(gather::Gathering::new(situation, metric, between, cycles, counts)?.might_be_clear())
}

/// The measure that decides.
fn deciding<'a>(situation: &Situation<'a>) -> Result<&'a Metric, Rejection> {
    let decides = situation.playbook.cycle.decided_by.as_deref();
    decides.and_then(|id| situation.playbook.metric(id)).ok_or(Rejection::NothingDecides)
}

/// The cycles that are held against each other.
fn cycles<'a>(
    situation: &Situation<'a>,
    between: &Between,
) -> Result<Vec<&'a CycleState>, Rejection> {
    let numbers = match between {
        Between::Within(cycle) => vec![*cycle],
        Between::Pooled(cycles) | Between::Turns(cycles) => cycles.clone(),
        Between::Cycles(first, second) if first == second => {
            return Err(Rejection::SameCycle { cycle: *first });
        }
        Between::Cycles(first, second) => vec![*first, *second],
    };
    let mut cycles = Vec::new();
    for number in numbers {
        let known = situation.state.cycles.get(&number);
        cycles.push(known.ok_or(Rejection::UnknownCycle { cycle: number })?);
    }
    if cycles.is_empty() { Err(Rejection::NoCycle) } else { Ok(cycles) }
}

/// The new option was given to everybody although a split was wanted: too few people (E2).
pub(super) fn is_practice(cycle: &CycleState) -> bool {
    cycle.compared.as_ref().is_some_and(|(compared, _)| compared.split)
        && !cycle.members.is_empty()
        && !is_split(cycle)
}

/// Both options ran side by side.
pub(super) fn is_split(cycle: &CycleState) -> bool {
    cycle.members.iter().any(|member| member.option.is_some())
}
