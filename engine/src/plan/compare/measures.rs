//! All measures of what is compared, with their intervals and without a verdict: only the measure
//! that decides, named before the first message, is ever judged (experiments.md, decision 7).

use super::gather::{Gathering, Group};
use super::{Between, Counts, cycles, deciding};
use crate::experiment::{self, Arm, DAYS_OF_A_RATE, Exposure, Interval, Proportion, Side};
use crate::plan::metric::{self, Tally};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::Member;
use crate::playbook::{Event, Id, Metric, StepKind};

/// How a measure is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MeasuredAs {
    /// A share of those counted, with its 95 % interval.
    Share(Proportion),
    /// So many per `per` days, in `days` days of the seeker's own, with the exact 95 % interval.
    Rate {
        /// The days it is given for, such as 30.
        per: u32,
        /// The days in which it was counted; days away are left out (D10).
        days: u32,
        /// So many per `per` days; none before the first day.
        estimate: Option<f64>,
        /// Its interval.
        interval: Interval,
    },
    /// A plain number.
    Number,
}

/// A measure on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureSide {
    /// A or B; A where it is not about people and so cannot be split.
    pub side: Side,
    /// The counts.
    pub tally: Tally,
    /// The figure they come to.
    pub figure: MeasuredAs,
}

/// One measure on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The measure.
    pub id: Id,
    /// How people read it.
    pub title: String,
    /// Whether it is the one that decides.
    pub decides: bool,
    /// A, then B; one only where nothing is compared, or where it is not about people.
    pub sides: Vec<MeasureSide>,
}

/// Every measure of the playbook over what is compared, in declaration order.
///
/// # Errors
///
/// As [`compare`](super::compare).
pub fn measures(situation: &Situation<'_>, between: &Between) -> Result<Vec<Measure>, Rejection> {
    let decides = deciding(situation)?;
    let cycles = cycles(situation, between)?;
    let counts = Counts::default();
    let gathering = Gathering::new(situation, decides, between, cycles, &counts)?;
    let groups = gathering.groups();
    let all = situation.playbook.metrics.iter();
    Ok(all.map(|metric| over(situation, metric, &groups, metric.id == decides.id)).collect())
}

/// One measure by its name.
///
/// # Errors
///
/// [`Rejection::UnknownMeasure`] where the playbook has no such measure; as
/// [`compare`](super::compare).
pub fn measure(
    situation: &Situation<'_>,
    between: &Between,
    name: &str,
) -> Result<Measure, Rejection> {
    let measures = measures(situation, between)?;
    let known = measures.iter().map(|measure| measure.id.clone()).collect();
    measures
        .into_iter()
        .find(|measure| &*measure.id == name)
        .ok_or_else(|| Rejection::UnknownMeasure { measure: name.to_owned(), known })
}

fn over<'a>(
    situation: &Situation<'a>,
    metric: &Metric,
    groups: &[Group<'a>],
    decides: bool,
) -> Measure {
    let split = is_about_people(situation, metric);
    let sides = [Side::A, Side::B].into_iter().filter_map(|side| {
        let own: Vec<&Group<'a>> = if split {
            groups.iter().filter(|group| group.side == side).collect()
        } else if side == Side::A {
            each_cycle(groups)
        } else {
            Vec::new()
        };
        (!own.is_empty()).then(|| on_side(situation, metric, side, &own))
    });
    Measure { id: metric.id.clone(), title: metric.title.clone(), decides, sides: sides.collect() }
}

fn on_side<'a>(
    situation: &Situation<'a>,
    metric: &Metric,
    side: Side,
    groups: &[&Group<'a>],
) -> MeasureSide {
    let today = situation.today();
    let (mut tally, mut days) = (Tally::default(), 0_u32);
    for group in groups {
        let takes = |member: &Member| group.option.is_none() || member.option == group.option;
        tally = tally.plus(metric::tally(situation, group.cycle, metric, today, takes));
        let dates = situation.dates(group.cycle);
        let last = today.min(dates.last_day(group.cycle));
        days = days.saturating_add(dates.own_days(dates.start, last));
    }
    MeasureSide { side, tally, figure: figure(metric, &tally, days) }
}

fn figure(metric: &Metric, tally: &Tally, days: u32) -> MeasuredAs {
    match (metric.per, &metric.out_of) {
        (Some(per), _) => {
            let rate = experiment::poisson_rate(Exposure::new(tally.count, f64::from(days)), 0.05);
            let unit = f64::from(per) / DAYS_OF_A_RATE;
            MeasuredAs::Rate {
                per,
                days,
                estimate: rate.estimate.map(|estimate| estimate * unit),
                interval: Interval {
                    low: rate.interval.low * unit,
                    high: rate.interval.high * unit,
                },
            }
        }
        (None, Some(_)) => {
            MeasuredAs::Share(experiment::wilson(Arm::new(tally.hits, tally.counted), 0.05))
        }
        (None, None) => MeasuredAs::Number,
    }
}

/// A habit is nobody's: it cannot stand on a side.
fn is_about_people(situation: &Situation<'_>, metric: &Metric) -> bool {
    let is_habit = |event: &Event| match event {
        Event::Done(position) | Event::Due(position) => {
            let step = situation.playbook.steps.get(*position);
            step.is_some_and(|step| matches!(step.kind, StepKind::Every(_)))
        }
        Event::Outcome(_) => false,
    };
    !metric.out_of.as_ref().map_or_else(|| is_habit(&metric.count), is_habit)
}

/// One group for each cycle.
fn each_cycle<'g, 'a>(groups: &'g [Group<'a>]) -> Vec<&'g Group<'a>> {
    let mut first: Vec<&Group<'a>> = Vec::new();
    for group in groups {
        if first.iter().all(|known| known.cycle.number != group.cycle.number) {
            first.push(group);
        }
    }
    first
}
