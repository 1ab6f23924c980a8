//! The graph of steps: loops, order, and edges that do not say what they seem to say.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::references::{Edge, Links};
use super::texts::Texts;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::document::{Document, KindDocument, Reading, StepDocument};
use crate::playbook::{List, NeedMeasure};

/// So many steps are looked at to find out whether one need implies another.
const PATIENCE: usize = 64;

/// A step with more needs is a list that nobody reads for a hint.
const MANY_NEEDS: usize = 20;

/// A loop of more steps is shown with the first of them.
const SHOWN_IN_LOOP: usize = 12;

/// Checks the edges; gives the steps in an order in which each stands behind all it needs (G1).
pub(crate) fn check(
    document: &Document,
    links: &Links,
    texts: &Texts,
    reading: &mut Reading<'_>,
) -> Option<Vec<usize>> {
    let graph = Graph { document, links, texts };
    for (at, edges) in links.needs.iter().enumerate() {
        for edge in edges {
            graph.edge(at, edge, reading);
        }
    }
    let order = graph.order();
    if order.is_none() {
        graph.loops(reading);
    }
    if let Some(order) = &order {
        graph.implied(order, reading);
    }
    order
}

struct Graph<'g> {
    document: &'g Document,
    links: &'g Links,
    texts: &'g Texts,
}

impl Graph<'_> {
    fn step(&self, at: usize) -> Option<&StepDocument> {
        self.document.steps.get(at)
    }

    fn list(&self, at: usize) -> Option<List> {
        self.links.for_each.get(at).copied().flatten()
    }

    /// What one edge says by itself.
    fn edge(&self, at: usize, edge: &Edge, reading: &mut Reading<'_>) {
        let (Some(step), Some(needed)) = (self.step(at), self.step(edge.step)) else { return };
        let (id, other) = (step.id.text(), needed.id.text());
        if at == edge.step {
            reading.push(
                Diagnostic::new(
                    Code::NeedsItself,
                    edge.span,
                    format!("`{id}` needs itself, so it could never start"),
                )
                .help("name the step that comes before it, or remove the need"),
            );
            return;
        }
        if matches!(needed.kind, KindDocument::Decide(_)) {
            reading.push(
                Diagnostic::new(
                    Code::BehindReview,
                    edge.span,
                    format!("`{id}` comes after the review `{other}`, and the cycle ends with the review"),
                )
                .help("let it come before the review, or give it its own day with `at:`"),
            );
            return;
        }
        let plain = edge.measure == NeedMeasure::Finished;
        let counted = matches!(edge.measure, NeedMeasure::AtLeast(_));
        let is_review = matches!(step.kind, KindDocument::Decide(_));
        let once = step.once.is_some() && self.list(at).is_none();
        if self.list(edge.step) == Some(List::People)
            && self.list(at).is_none()
            && !counted
            && (once || is_review)
        {
            let number = self.document.people.size.and_then(|size| size.value.least).unwrap_or(20);
            let how = if once { "once in the plan" } else { "once" };
            let sends = matches!(needed.kind, KindDocument::Send(_));
            let verb = if sends { "sent" } else { "done" };
            let mut finding = Diagnostic::new(
                Code::OnceNeedsMany,
                edge.span,
                format!(
                    "`{id}` happens {how}, `{other}` once per person. How many must be {verb}?"
                ),
            )
            .help(format!("write `needs: {{{other}: {{at_least: {number}}}}}`"));
            if !once {
                finding.severity = crate::diagnostic::Severity::Warning;
            }
            reading.push(finding);
            return;
        }
        if plain && !is_review && self.list(edge.step).is_some() && self.changes(edge.step) {
            reading.push(
                Diagnostic::new(
                    Code::ConditionalNeed,
                    edge.span,
                    format!("`{other}` has a condition, and while it is not needed this need is met: `{id}` does not wait for it"),
                )
                .help(format!("write `{other}: done` to wait until it was really done")),
            );
        }
    }

    /// Whether the condition of a step can change as the cycle goes on.
    fn changes(&self, at: usize) -> bool {
        self.texts.conditions.get(at).and_then(Option::as_ref).is_some_and(|condition| {
            condition
                .names()
                .iter()
                .any(|name| !name.path.starts_with("choice.") && !name.path.starts_with("inputs."))
        })
    }

    /// Kahn's algorithm; of the steps that could come next, the one declared first does.
    fn order(&self) -> Option<Vec<usize>> {
        let count = self.document.steps.len();
        let mut open = vec![0_usize; count];
        let mut behind: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (at, edges) in self.links.needs.iter().enumerate() {
            let needed: BTreeSet<usize> =
                edges.iter().map(|edge| edge.step).filter(|step| *step != at).collect();
            if let Some(slot) = open.get_mut(at) {
                *slot = needed.len();
            }
            for step in needed {
                if let Some(list) = behind.get_mut(step) {
                    list.push(at);
                }
            }
        }
        let mut ready: BinaryHeap<Reverse<usize>> = open
            .iter()
            .enumerate()
            .filter(|(_, open)| **open == 0)
            .map(|(at, _)| Reverse(at))
            .collect();
        let mut order = Vec::with_capacity(count);
        while let Some(Reverse(at)) = ready.pop() {
            order.push(at);
            for next in behind.get(at).into_iter().flatten() {
                if let Some(slot) = open.get_mut(*next) {
                    *slot -= 1;
                    if *slot == 0 {
                        ready.push(Reverse(*next));
                    }
                }
            }
        }
        (order.len() == count).then_some(order)
    }

    /// One finding for each knot of steps: its shortest loop, with every edge.
    fn loops(&self, reading: &mut Reading<'_>) {
        let mut graph: DiGraph<(), ()> = DiGraph::new();
        for _ in &self.document.steps {
            graph.add_node(());
        }
        for (at, edges) in self.links.needs.iter().enumerate() {
            for edge in edges.iter().filter(|edge| edge.step != at) {
                graph.add_edge(NodeIndex::new(at), NodeIndex::new(edge.step), ());
            }
        }
        for knot in kosaraju_scc(&graph) {
            if knot.len() < 2 {
                continue;
            }
            let members: BTreeSet<usize> = knot.iter().map(|node| node.index()).collect();
            let around = self.shortest_loop(&members);
            self.show_loop(&around, reading);
        }
    }

    /// The shortest way from a member back to itself, as edges. Small knots are searched from each
    /// member; in a large one the member declared first must do.
    fn shortest_loop(&self, members: &BTreeSet<usize>) -> Vec<(usize, Edge)> {
        const SMALL: usize = 64;
        let starts = if members.len() <= SMALL { members.len() } else { 1 };
        members
            .iter()
            .take(starts)
            .filter_map(|start| self.loop_through(*start, members))
            .min_by_key(Vec::len)
            .unwrap_or_default()
    }

    fn loop_through(&self, start: usize, members: &BTreeSet<usize>) -> Option<Vec<(usize, Edge)>> {
        // For each step reached: the step it was reached from, and by which edge.
        let mut from: std::collections::BTreeMap<usize, (usize, Edge)> =
            std::collections::BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            for edge in self.links.needs.get(at).into_iter().flatten() {
                if edge.step == at || !members.contains(&edge.step) || from.contains_key(&edge.step)
                {
                    continue;
                }
                from.insert(edge.step, (at, *edge));
                if edge.step == start {
                    let mut around = Vec::new();
                    let mut back = start;
                    while let Some((previous, edge)) = from.get(&back) {
                        around.push((*previous, *edge));
                        back = *previous;
                        if back == start {
                            break;
                        }
                    }
                    around.reverse();
                    return Some(around);
                }
                queue.push_back(edge.step);
            }
        }
        None
    }

    fn show_loop(&self, around: &[(usize, Edge)], reading: &mut Reading<'_>) {
        let name = |at: usize| self.step(at).map_or("", |step| step.id.text());
        let Some((first, edge)) = around.first() else { return };
        let mut names: Vec<_> = around.iter().map(|(at, _)| format!("`{}`", name(*at))).collect();
        if names.len() > SHOWN_IN_LOOP {
            let more = names.len() - SHOWN_IN_LOOP;
            names.truncate(SHOWN_IN_LOOP);
            names.push(format!("{more} more steps"));
        }
        let mut finding = Diagnostic::new(
            Code::Loop,
            edge.span,
            format!(
                "these steps need each other in a circle: {}, `{}`",
                names.join(", "),
                name(*first)
            ),
        )
        .label(format!("`{}` needs `{}`", name(*first), name(edge.step)))
        .help("remove one of these needs");
        for (at, edge) in around.iter().skip(1) {
            finding =
                finding.also(edge.span, format!("`{}` needs `{}`", name(*at), name(edge.step)));
        }
        reading.push(finding);
    }

    /// A plain need of a step that another plain need stands behind anyway.
    fn implied(&self, order: &[usize], reading: &mut Reading<'_>) {
        let mut rank = vec![0_usize; order.len()];
        for (place, at) in order.iter().enumerate() {
            if let Some(slot) = rank.get_mut(*at) {
                *slot = place;
            }
        }
        for (at, edges) in self.links.needs.iter().enumerate() {
            if !(2..=MANY_NEEDS).contains(&edges.len()) {
                continue;
            }
            for edge in edges.iter().filter(|edge| edge.measure == NeedMeasure::Finished) {
                let by = edges.iter().find(|other| {
                    other.step != edge.step && self.is_behind(other, edge.step, at, &rank)
                });
                let Some(by) = by else { continue };
                let (needed, other) = (self.step(edge.step), self.step(by.step));
                let (Some(needed), Some(other)) = (needed, other) else { continue };
                reading.push(
                    Diagnostic::new(
                        Code::ImpliedNeed,
                        edge.span,
                        format!(
                            "`{}` already stands behind `{}`",
                            other.id.text(),
                            needed.id.text()
                        ),
                    )
                    .help("the need can be left out"),
                );
            }
        }
    }

    /// Whether `edge` can only be met when `target` is: every step on the way is unconditional, of
    /// the same list, and plainly needs the next.
    fn is_behind(&self, edge: &Edge, target: usize, at: usize, rank: &[usize]) -> bool {
        let lowest = rank.get(target).copied().unwrap_or(0);
        let list = self.list(at);
        let mut seen = BTreeSet::new();
        let mut stack = vec![edge.step];
        while let Some(at) = stack.pop() {
            if seen.len() > PATIENCE || !seen.insert(at) {
                continue;
            }
            let conditional = self.step(at).is_none_or(|step| step.when.is_some());
            if conditional || self.list(at) != list {
                continue;
            }
            for next in self.links.needs.get(at).into_iter().flatten() {
                if next.measure != NeedMeasure::Finished {
                    continue;
                }
                if next.step == target {
                    return self.list(target) == list;
                }
                if rank.get(next.step).is_some_and(|rank| *rank > lowest) {
                    stack.push(next.step);
                }
            }
        }
        false
    }
}
