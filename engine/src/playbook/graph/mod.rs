//! The steps of a playbook as a graph that one can look at: edges, layers, the longest way.
//!
//! Knows what follows on what, and how long a cycle takes at least. It must not know how a graph
//! is drawn.

mod way;

pub use way::LongestWay;

use super::{Anchor, List, NeedMeasure, Playbook, Step, StepKind};
use crate::calendar::Duration;

/// The steps of a playbook and what ties them together. Steps are named by their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// What each step waits for, in declaration order of the steps, then as written.
    pub edges: Vec<Edge>,
    /// For each step, how many steps stand before it at least: the longest path over needs.
    pub layers: Vec<usize>,
    /// The chain of needs that takes longest.
    pub longest: LongestWay,
}

/// One step waits for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The step that comes first.
    pub from: usize,
    /// The step that waits.
    pub to: usize,
    /// What it waits for.
    pub kind: EdgeKind,
    /// One task waits for those of many (G2).
    pub joins: bool,
}

/// What ties two steps together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// `needs`, with the offset of `after` where it counts from this step.
    Need(NeedMeasure, Option<Duration>),
    /// `after: … of STEP`, where the step is not needed besides.
    After(Duration),
    /// `within: … of STEP`, where the step is not needed besides.
    Within(Duration),
}

impl Graph {
    /// The graph of a playbook.
    ///
    /// ```
    /// use fortnight_engine::{playbook::{self, graph::Graph}, source::SourceFile};
    /// let text = "fortnight: 1\nplaybook: tiny\nversion: 1.0.0\ntitle: Tiny\nsteps:\n  \
    ///     call: {title: Call}\n  rest: {title: Rest, needs: call, after: 2 workdays}\n";
    /// let tiny = playbook::load(SourceFile::new("tiny.yaml", text), &|_, _| None).playbook.unwrap();
    /// let graph = Graph::of(&tiny);
    /// assert_eq!((graph.edges[0].from, graph.edges[0].to), (0, 1));
    /// assert_eq!(graph.layers, [0, 1]);
    /// assert_eq!((graph.longest.day, graph.longest.workdays), (3, 3));
    /// ```
    #[must_use]
    pub fn of(playbook: &Playbook) -> Self {
        let mut edges = Vec::new();
        for (to, step) in playbook.steps.iter().enumerate() {
            edges_into(playbook, to, step, &mut edges);
        }
        Self { layers: layers(playbook), longest: way::longest(playbook), edges }
    }

    /// The positions of the steps that a step needs, as written, each once.
    pub fn needs(&self, to: usize) -> impl Iterator<Item = &Edge> {
        // Edges are sorted by `to`.
        let first = self.edges.partition_point(|edge| edge.to < to);
        self.edges.get(first..).unwrap_or_default().iter().take_while(move |edge| edge.to == to)
    }
}

fn edges_into(playbook: &Playbook, to: usize, step: &Step, edges: &mut Vec<Edge>) {
    let first = edges.len();
    let known = |edges: &[Edge], from| edges.iter().skip(first).any(|edge| edge.from == from);
    for need in &step.needs {
        if known(edges, need.step) {
            continue;
        }
        let after = step.after.as_ref().and_then(|after| match after.of {
            Some(Anchor::Step(of)) => (of == need.step).then_some(after.duration),
            Some(Anchor::Outcome(_)) => None,
            // It counts from the last of the needs, whichever that is.
            None => (step.needs.len() == 1).then_some(after.duration),
        });
        let joins = joins(playbook, need.step, step);
        edges.push(Edge { from: need.step, to, kind: EdgeKind::Need(need.measure, after), joins });
    }
    let after = step.after.as_ref().and_then(|after| match after.of {
        Some(Anchor::Step(of)) => Some((of, EdgeKind::After(after.duration))),
        Some(Anchor::Outcome(_)) | None => None,
    });
    let within = step.within.as_ref();
    let within = within.and_then(|within| Some((within.of?, EdgeKind::Within(within.duration))));
    for (from, kind) in [after, within].into_iter().flatten() {
        // A chain of dates may run the other way round; only needs make an order.
        if from != to && !known(edges, from) {
            edges.push(Edge { from, to, kind, joins: joins(playbook, from, step) });
        }
    }
}

/// G2: a step that is done once waits for everybody's task of one that is done for each.
fn joins(playbook: &Playbook, from: usize, to: &Step) -> bool {
    let each = playbook.steps.get(from).and_then(|step| step.for_each);
    match (each, to.for_each) {
        (Some(_), None) | (Some(List::People), Some(List::Companies)) => true,
        (Some(_) | None, _) => false,
    }
}

fn layers(playbook: &Playbook) -> Vec<usize> {
    let mut layers = vec![0; playbook.steps.len()];
    for at in &playbook.order {
        let Some(step) = playbook.steps.get(*at) else { continue };
        let above = step.needs.iter().filter_map(|need| layers.get(need.step).copied());
        let layer = above.max().map_or(0, |above| above + 1);
        if let Some(slot) = layers.get_mut(*at) {
            *slot = layer;
        }
    }
    layers
}

impl StepKind {
    /// The word for a kind of step, as playbooks write it; `do` for what a person simply does.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Task => "do",
            Self::Choose(_) => "choose",
            Self::Write(_) => "write",
            Self::Collect(_) => "collect",
            Self::Fill(_) => "fill",
            Self::Send(_) => "send",
            Self::Decide(_) => "decide",
            Self::Every(_) => "every",
        }
    }
}

#[cfg(test)]
mod tests;
