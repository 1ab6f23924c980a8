//! The steps of a playbook as a picture: a tree, Graphviz, Mermaid, SVG, data.
//!
//! Knows words and shapes. It must not know what makes a step due.

mod data;
pub(crate) mod dot;
mod layout;
pub(crate) mod mermaid;
pub(crate) mod svg;
#[cfg(test)]
mod tests;
pub(crate) mod tree;

use std::fmt::Write as _;

pub(crate) use data::GraphData;
use fortnight_engine::playbook::graph::{Edge, EdgeKind, Graph};
use fortnight_engine::playbook::{
    After, Anchor, Available, List, NeedMeasure, Playbook, Required, Step, StepKind, Within,
};

use super::safe;
use super::words::count;

/// How a step is seen: for whom, what it does, how fast, how long.
fn traits(step: &Step) -> Vec<String> {
    let mut words = Vec::new();
    match step.for_each {
        Some(List::People) => words.push("each person".to_owned()),
        Some(List::Companies) => words.push("each company".to_owned()),
        None => {}
    }
    match &step.kind {
        StepKind::Task => {}
        StepKind::Choose(choice) => words.push(format!("choose {choice}")),
        StepKind::Write(message) => words.push(format!("write {message}")),
        StepKind::Collect(List::People) => words.push("collect people".to_owned()),
        StepKind::Collect(List::Companies) => words.push("collect companies".to_owned()),
        StepKind::Fill(fields) => {
            let fields: Vec<&str> = fields.iter().map(|field| &**field).collect();
            words.push(format!("fill {}", fields.join(", ")));
        }
        StepKind::Send(message) => words.push(format!("send {message}")),
        StepKind::Decide(_) => words.push("review".to_owned()),
        StepKind::Every(schedule) => words.push(schedule.describe()),
    }
    if step.once_per_plan {
        words.push("once in the plan".to_owned());
    }
    words.extend(step.pace.iter().map(ToString::to_string));
    words.extend(step.effort.map(|minutes| format!("{minutes} min")));
    match step.required {
        Required::Must => words.push("must be done".to_owned()),
        Required::Optional => words.push("optional".to_owned()),
        Required::UnlessReason => {}
    }
    words.extend(step.sets.iter().map(|outcome| format!("sets {outcome}")));
    words
}

/// When a step comes: its condition, its day, its deadline.
fn dates(playbook: &Playbook, step: &Step) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(condition) = &step.when {
        words.push(format!("when {}", safe::line(condition.text())));
    }
    match &step.at {
        Some(Available::CycleDay(day)) => words.push(format!("on day {day}")),
        Some(Available::OutcomeField { outcome, field }) => {
            words.push(format!("at person.{outcome}.{field}"));
        }
        Some(Available::EntryField(field)) => words.push(format!("on its {field}")),
        None => {}
    }
    if let Some(After { duration, of }) = &step.after {
        words.push(match of {
            Some(Anchor::Step(at)) => format!("{duration} after {}", id(playbook, *at)),
            Some(Anchor::Outcome(outcome)) => format!("{duration} after {outcome}"),
            None => format!("{duration} later"),
        });
    }
    if let Some(Within { duration, of }) = &step.within {
        words.push(match of {
            Some(at) => format!("within {duration} of {}", id(playbook, *at)),
            None => format!("within {duration}"),
        });
    }
    words
}

fn id(playbook: &Playbook, at: usize) -> &str {
    playbook.steps.get(at).map_or("", |step| &*step.id)
}

/// What stands on an edge; nothing where any end of the step before it will do.
fn label(playbook: &Playbook, edge: &Edge) -> String {
    match &edge.kind {
        EdgeKind::Need(measure, after) => {
            let mut words = match measure {
                NeedMeasure::Finished if edge.joins => everybody(playbook, edge.from).to_owned(),
                NeedMeasure::Finished => String::new(),
                NeedMeasure::Done if edge.joins => {
                    format!("{} done", everybody(playbook, edge.from))
                }
                NeedMeasure::Done => "done".to_owned(),
                NeedMeasure::AtLeast(number) => format!("at least {number} done"),
            };
            if let Some(after) = after {
                let gap = if words.is_empty() { "" } else { ", " };
                // Writing to a string cannot fail.
                let _ = write!(words, "{gap}{after} later");
            }
            words
        }
        EdgeKind::After(duration) => format!("{duration} after"),
        EdgeKind::Within(duration) => format!("within {duration}"),
    }
}

fn everybody(playbook: &Playbook, from: usize) -> &'static str {
    match playbook.steps.get(from).and_then(|step| step.for_each) {
        Some(List::Companies) => "all companies",
        Some(List::People) | None => "all people",
    }
}

/// For each step, whether it lies on the longest way.
fn on_way(playbook: &Playbook, graph: &Graph) -> Vec<bool> {
    let mut on_way = vec![false; playbook.steps.len()];
    for at in &graph.longest.steps {
        if let Some(slot) = on_way.get_mut(*at) {
            *slot = true;
        }
    }
    on_way
}

/// The longest way in words.
fn longest(graph: &Graph) -> String {
    let way = &graph.longest;
    if way.steps.is_empty() {
        return "Every step waits for an answer or a date of somebody's: no way is the longest."
            .to_owned();
    }
    let hours = match (way.minutes / 60, way.minutes % 60) {
        (0, 0) => String::new(),
        (0, minutes) => format!(", {minutes} min of work"),
        (hours, 0) => format!(", {hours} h of work"),
        (hours, minutes) => format!(", {hours} h {minutes} min of work"),
    };
    let people = count(way.people, "person", "people");
    let workdays = count(usize::try_from(way.workdays).unwrap_or(0), "workday", "workdays");
    format!(
        "The longest way reaches day {} ({workdays}{hours}), with {people}, from a Monday, if nobody \
         answers.",
        way.day
    )
}
