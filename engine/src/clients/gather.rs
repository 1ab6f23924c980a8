//! From a plan to its bundle.

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::{Bundle, CycleFigures, Decided, GroupFigures, PlaybookName};
use crate::calendar::Unit;
use crate::experiment::Side;
use crate::plan::{CycleState, Member, Situation, metric, resolve};
use crate::playbook::{Event, Metric, Playbook, StepKind};

/// Days for which idleness is counted at most.
const LONGEST_IDLE: u32 = 3650;

/// The figures of a plan as they are known now. `operation` is the newest one of the log,
/// `last_recorded` the day on which something was last recorded in this plan.
///
/// Least data: counts by option and by who knows the seeker are enough for an exact test with
/// strata, and so nobody has a row of their own.
#[must_use]
pub fn gather(situation: &Situation<'_>, operation: u64, last_recorded: Option<Date>) -> Bundle {
    let Situation { playbook, state, .. } = situation;
    let today = situation.today();
    let metric = playbook.cycle.decided_by.as_deref().and_then(|id| playbook.metric(id));
    Bundle {
        id: identity(state.seed, state.start),
        operation,
        made: situation.now.instant,
        day: today,
        consent: today,
        playbook: PlaybookName {
            id: playbook.id.clone(),
            version: playbook.version.clone(),
            hash: playbook.hash.clone(),
        },
        started: state.start,
        last_recorded,
        idle_days: last_recorded.map_or(0, |last| idle(situation, last)),
        stopped: state.stopped,
        metric: metric.map(|metric| metric.id.clone()),
        window_days: metric.map_or(0, window_days),
        follow_up: follow_up(playbook),
        own_words: state.wording.values().any(|text| !text.is_blank()),
        cycles: cycles(situation, metric),
    }
}

/// The seed of the plan is a random number, and stays at home.
fn identity(seed: u64, start: Date) -> String {
    let hash = Sha256::digest(format!("fortnight client {seed} {start}"));
    super::wire::hexadecimal(hash.get(..16).unwrap_or(&hash))
}

fn idle(situation: &Situation<'_>, last: Date) -> u32 {
    let days = std::iter::successors(last.tomorrow().ok(), |day| day.tomorrow().ok());
    let own = days
        .take_while(|day| *day <= situation.today())
        .take(usize::try_from(LONGEST_IDLE).unwrap_or(0))
        .filter(|day| !situation.state.away.contains(*day));
    u32::try_from(own.count()).unwrap_or(LONGEST_IDLE)
}

fn window_days(metric: &Metric) -> u32 {
    metric.within.as_ref().map_or(0, |within| match within.duration.unit {
        Unit::Weeks => within.duration.amount.saturating_mul(7),
        Unit::Days | Unit::Workdays => within.duration.amount,
        Unit::Minutes | Unit::Hours => 0,
    })
}

/// The offset of the step whose punctuality is the fairness of a comparison.
fn follow_up(playbook: &Playbook) -> Option<String> {
    let fairness = playbook.cycle.fairness.as_deref().and_then(|id| playbook.metric(id))?;
    let Some(Event::Due(position) | Event::Done(position)) = &fairness.out_of else { return None };
    let after = playbook.steps.get(*position)?.after.as_ref()?;
    Some(after.duration.to_string())
}

fn cycles(situation: &Situation<'_>, metric: Option<&Metric>) -> Vec<CycleFigures> {
    let resolution = resolve(situation);
    let review = |cycle: &CycleState| {
        let table = resolution.cycles.iter().find(|table| table.cycle.number == cycle.number)?;
        let columns = situation.playbook.steps.iter().zip(&table.columns);
        let mut reviews = columns
            .filter(|(step, _)| matches!(step.kind, StepKind::Decide(_)))
            .filter_map(|(_, column)| column.tasks.first()?.available);
        reviews.next()
    };
    let figures = situation.state.cycles.values().map(|cycle| {
        let dates = situation.dates(cycle);
        let split = cycle.members.iter().any(|member| member.option.is_some());
        let practice = cycle.compared.as_ref().is_some_and(|(compared, _)| compared.split);
        CycleFigures {
            number: cycle.number,
            start: dates.start,
            end: dates.end,
            length: dates.length,
            day: dates.day_of(situation.today()),
            playbook: cycle.playbook.clone(),
            in_use: cycle.in_use.clone(),
            compared: cycle.compared.as_ref().map(|(compared, _)| compared.clone()),
            practice: practice && !split && !cycle.members.is_empty(),
            second_changes: u32::try_from(cycle.second_changes.len()).unwrap_or(u32::MAX),
            people: u32::try_from(cycle.members.len()).unwrap_or(u32::MAX),
            first_sent: cycle.first_sent(),
            settles: metric::settles(situation, cycle),
            review: if cycle.conclusion.is_none() { review(cycle) } else { None },
            decided: cycle.conclusion.as_ref().map(|conclusion| Decided {
                on: conclusion.on,
                decision: conclusion.decision,
                option: conclusion.option.clone(),
            }),
            stopped: cycle.stopped,
            groups: metric.map_or_else(Vec::new, |metric| groups(situation, cycle, metric)),
        }
    });
    figures.collect()
}

/// The four groups at most: two sides, and who knows the seeker on each.
fn groups(situation: &Situation<'_>, cycle: &CycleState, metric: &Metric) -> Vec<GroupFigures> {
    let side = |member: &Member| {
        let (compared, _) = cycle.compared.as_ref()?;
        let option = member.option.as_ref()?;
        Some(if *option == compared.option { Side::B } else { Side::A })
    };
    let knows =
        |member: &Member| situation.book.get(member.entry).is_some_and(|entry| entry.knows_me);
    let fairness = situation.playbook.cycle.fairness.as_deref();
    let fairness = fairness.and_then(|id| situation.playbook.metric(id));
    let mut groups = Vec::new();
    for wanted in [None, Some(Side::A), Some(Side::B)] {
        for known in [true, false] {
            let takes = |member: &Member| side(member) == wanted && knows(member) == known;
            let tally = |metric| metric::tally(situation, cycle, metric, situation.today(), takes);
            let replies = tally(metric);
            let on_time = fairness.map(tally).unwrap_or_default();
            let group = GroupFigures {
                side: wanted,
                knows: known,
                sent: replies.out_of,
                counted: replies.counted,
                waiting: replies.waiting,
                answered: replies.count,
                hits: replies.hits,
                late: replies.late,
                due: on_time.counted,
                on_time: on_time.hits,
            };
            if replies.out_of > 0 {
                groups.push(group);
            }
        }
    }
    groups
}
