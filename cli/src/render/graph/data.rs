//! The graph for programs: `playbook graph --json`, version 1.

use fortnight_engine::playbook::graph::{EdgeKind, Graph};
use fortnight_engine::playbook::{
    After, Anchor, Available, List, NeedMeasure, Playbook, Required, Step, StepKind, Within,
};
use serde::Serialize;

/// The whole graph.
#[derive(Serialize)]
pub(crate) struct GraphData<'p> {
    version: u32,
    playbook: &'p str,
    title: &'p str,
    cycle_days: u32,
    steps: Vec<StepData<'p>>,
    edges: Vec<EdgeData<'p>>,
    longest_way: WayData<'p>,
}

#[derive(Serialize)]
struct StepData<'p> {
    id: &'p str,
    title: &'p str,
    kind: &'static str,
    for_each: Option<&'static str>,
    once: Option<&'static str>,
    when: Option<&'p str>,
    at: Option<String>,
    after: Option<String>,
    within: Option<String>,
    every: Option<String>,
    pace: Vec<String>,
    effort_minutes: Option<u32>,
    required: &'static str,
    sets: Option<&'p str>,
    layer: usize,
    longest_way: bool,
}

#[derive(Serialize)]
struct EdgeData<'p> {
    from: &'p str,
    to: &'p str,
    kind: &'static str,
    measure: Option<&'static str>,
    at_least: Option<u32>,
    joins: bool,
    offset: Option<String>,
}

#[derive(Serialize)]
struct WayData<'p> {
    steps: Vec<&'p str>,
    day: u32,
    workdays: u32,
    people: usize,
    minutes: u64,
}

impl<'p> GraphData<'p> {
    /// The data of a graph.
    pub(crate) fn of(playbook: &'p Playbook, graph: &'p Graph) -> Self {
        let way = &graph.longest;
        let longest = super::on_way(playbook, graph);
        let steps = playbook.steps.iter().zip(&graph.layers).zip(longest);
        Self {
            version: 1,
            playbook: &playbook.id,
            title: &playbook.title,
            cycle_days: playbook.cycle.length,
            steps: steps
                .map(|((step, layer), longest)| self::step(playbook, step, *layer, longest))
                .collect(),
            edges: graph
                .edges
                .iter()
                .map(|edge| {
                    let (kind, measure, offset) = match &edge.kind {
                        EdgeKind::Need(measure, after) => ("need", Some(*measure), *after),
                        EdgeKind::After(duration) => ("after", None, Some(*duration)),
                        EdgeKind::Within(duration) => ("within", None, Some(*duration)),
                    };
                    EdgeData {
                        from: super::id(playbook, edge.from),
                        to: super::id(playbook, edge.to),
                        kind,
                        measure: measure.map(|measure| match measure {
                            NeedMeasure::Finished => "finished",
                            NeedMeasure::Done => "done",
                            NeedMeasure::AtLeast(_) => "at_least",
                        }),
                        at_least: match measure {
                            Some(NeedMeasure::AtLeast(number)) => Some(number),
                            Some(NeedMeasure::Finished | NeedMeasure::Done) | None => None,
                        },
                        joins: edge.joins,
                        offset: offset.map(|offset| offset.to_string()),
                    }
                })
                .collect(),
            longest_way: WayData {
                steps: way.steps.iter().map(|at| super::id(playbook, *at)).collect(),
                day: way.day,
                workdays: way.workdays,
                people: way.people,
                minutes: way.minutes,
            },
        }
    }
}

fn step<'p>(playbook: &Playbook, step: &'p Step, layer: usize, longest: bool) -> StepData<'p> {
    let of = |at: usize| super::id(playbook, at).to_owned();
    let offset = |After { duration, of: anchor }: &After| match anchor {
        Some(Anchor::Step(at)) => format!("{duration} of {}", of(*at)),
        Some(Anchor::Outcome(outcome)) => format!("{duration} of {outcome}"),
        None => duration.to_string(),
    };
    let deadline = |within: &Within| match within.of {
        Some(at) => format!("{} of {}", within.duration, of(at)),
        None => within.duration.to_string(),
    };
    StepData {
        id: &step.id,
        title: &step.title,
        kind: step.kind.as_str(),
        for_each: step.for_each.map(|list| match list {
            List::People => "people",
            List::Companies => "companies",
        }),
        once: step.once_per_plan.then_some("plan"),
        when: step.when.as_ref().map(fortnight_engine::message::Condition::text),
        at: step.at.as_ref().map(|at| match at {
            Available::CycleDay(day) => format!("day {day}"),
            Available::OutcomeField { outcome, field } => format!("person.{outcome}.{field}"),
            Available::EntryField(field) => match step.for_each {
                Some(List::Companies) => format!("company.{field}"),
                Some(List::People) | None => format!("person.{field}"),
            },
        }),
        after: step.after.as_ref().map(offset),
        within: step.within.as_ref().map(deadline),
        every: match &step.kind {
            StepKind::Every(schedule) => Some(schedule.describe()),
            StepKind::Task
            | StepKind::Choose(_)
            | StepKind::Write(_)
            | StepKind::Collect(_)
            | StepKind::Fill(_)
            | StepKind::Send(_)
            | StepKind::Decide(_) => None,
        },
        pace: step.pace.iter().map(ToString::to_string).collect(),
        effort_minutes: step.effort,
        required: match step.required {
            Required::Must => "must",
            Required::UnlessReason => "unless_reason",
            Required::Optional => "optional",
        },
        sets: step.sets.as_deref(),
        layer,
        longest_way: longest,
    }
}
