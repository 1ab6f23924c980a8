//! The tree for the terminal.
//!
//! A graph is no tree: each step stands once, below the need that is deepest in the graph, and
//! names its other needs. Of the steps below one, the branch with the most steps goes straight on
//! and the others are set to the right before it, so that a chain of any length needs no more room
//! than its first step. Apart from that the order is that of the playbook.

use fortnight_engine::playbook::graph::{EdgeKind, Graph};
use fortnight_engine::playbook::{Playbook, Step};

use super::{dates, label, longest, traits};
use crate::render::words::count;
use crate::render::{COLUMNS, safe, width};

/// Further to the right a tree is no longer drawn as one.
const DEEPEST: usize = 14;

/// The tree, with a line about the longest way.
pub(crate) fn draw(playbook: &Playbook, graph: &Graph) -> String {
    let steps = count(playbook.steps.len(), "step", "steps");
    let days = count(usize::try_from(playbook.cycle.length).unwrap_or(0), "day", "days");
    let title = format!("{} · {steps} · {days}", playbook.title);
    let mut text = String::new();
    for line in width::wrap(&safe::line(&title), COLUMNS) {
        text.push_str(&line);
        text.push('\n');
    }
    let tree = Tree::of(playbook, graph);
    for root in &tree.roots {
        text.push('\n');
        tree.branch(*root, &mut text);
    }
    text.push('\n');
    let mut lines = width::wrap(&longest(graph), COLUMNS);
    if !graph.longest.steps.is_empty() {
        lines.push("◆ on the longest way".to_owned());
    }
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

struct Tree<'g> {
    playbook: &'g Playbook,
    graph: &'g Graph,
    roots: Vec<usize>,
    below: Vec<Vec<usize>>,
    sizes: Vec<usize>,
    longest: Vec<bool>,
}

/// A step that is to be drawn, and what stands to the left of it.
struct Turn {
    step: usize,
    /// The lines of branches that go on below.
    rails: String,
    /// What leads to the step itself.
    lead: &'static str,
    /// What leads to the lines below it.
    under: &'static str,
}

impl<'g> Tree<'g> {
    fn of(playbook: &'g Playbook, graph: &'g Graph) -> Self {
        let steps = playbook.steps.len();
        let mut tree = Self {
            playbook,
            graph,
            roots: Vec::new(),
            below: vec![Vec::new(); steps],
            sizes: vec![1; steps],
            longest: super::on_way(playbook, graph),
        };
        let mut above: Vec<Option<usize>> = vec![None; steps];
        for step in 0..steps {
            let home = tree.home(step);
            match home.and_then(|home| tree.below.get_mut(home)) {
                Some(below) => below.push(step),
                None => tree.roots.push(step),
            }
            if let Some(slot) = above.get_mut(step) {
                *slot = home;
            }
        }
        for step in playbook.order.iter().rev() {
            let size = tree.sizes.get(*step).copied().unwrap_or(1);
            let home = above.get(*step).copied().flatten();
            if let Some(sum) = home.and_then(|home| tree.sizes.get_mut(home)) {
                *sum += size;
            }
        }
        tree
    }

    /// The need below which a step stands: the deepest, of equals the first.
    fn home(&self, step: usize) -> Option<usize> {
        let needs = self.graph.needs(step).filter(|edge| matches!(edge.kind, EdgeKind::Need(..)));
        let deep = needs.map(|edge| (self.graph.layers.get(edge.from).copied(), edge.from));
        deep.rev_max()
    }

    /// The steps below one: branches in the order of the playbook, the largest last.
    fn branches(&self, step: usize) -> Vec<usize> {
        let mut below = self.below.get(step).cloned().unwrap_or_default();
        let size = |step: &usize| self.sizes.get(*step).copied().unwrap_or(1);
        // Of equals the last one goes straight on: nothing changes places.
        if let Some(largest) = (0..below.len()).max_by_key(|at| below.get(*at).map(size)) {
            let trunk = below.remove(largest);
            below.push(trunk);
        }
        below
    }

    /// A step with everything below it. The stack is our own: chains may be long.
    fn branch(&self, root: usize, text: &mut String) {
        let mut stack = vec![Turn { step: root, rails: String::new(), lead: "", under: "" }];
        while let Some(turn) = stack.pop() {
            let mut branches = self.branches(turn.step);
            let trunk = branches.pop();
            let rails = format!("{}{}", turn.rails, turn.under);
            let more = trunk.is_some();
            self.step(&turn, &rails, more, text);
            if let Some(trunk) = trunk {
                stack.push(Turn { step: trunk, rails: rails.clone(), lead: "", under: "" });
            }
            let deep = width::of(&rails) > DEEPEST * 3;
            for branch in branches.into_iter().rev() {
                let (lead, under) = if deep { ("", "") } else { ("├─", "│  ") };
                stack.push(Turn { step: branch, rails: rails.clone(), lead, under });
            }
        }
    }

    fn step(&self, turn: &Turn, rails: &str, more: bool, text: &mut String) {
        let Some(step) = self.playbook.steps.get(turn.step) else { return };
        let on_way = self.longest.get(turn.step).copied().unwrap_or(false);
        let mark = if on_way { '◆' } else { '●' };
        let lead = format!("{}{}{mark} {}  ", turn.rails, turn.lead, width::cut(&step.id, 40));
        let rail = if more { '│' } else { ' ' };
        let under = format!("{rails}{rail}   ");
        lines(&lead, &under, &step.title, text);
        for detail in self.details(turn.step, step) {
            lines(&under, &under, &detail, text);
        }
        // A branch that ends is set apart from what goes on beside it.
        let rail = if more { format!("{rails}│") } else { rails.to_owned() };
        if !rail.trim_end().is_empty() {
            text.push_str(rail.trim_end());
            text.push('\n');
        }
    }

    /// What there is to say about a step, one group of words a line.
    fn details(&self, at: usize, step: &Step) -> Vec<String> {
        let home = self.home(at);
        let mut others = Vec::new();
        let mut own = Vec::new();
        for edge in self.graph.needs(at) {
            let words = label(self.playbook, edge);
            let needed = matches!(edge.kind, EdgeKind::Need(..));
            if needed && Some(edge.from) == home {
                // An offset stands among the dates already.
                let measure = words.split(", ").next().unwrap_or_default();
                if !measure.is_empty() && !measure.ends_with("later") {
                    own.push(format!("needs {}: {measure}", super::id(self.playbook, edge.from)));
                }
            } else if needed {
                let measure = if words.is_empty() { words } else { format!(" ({words})") };
                others.push(format!("{}{measure}", super::id(self.playbook, edge.from)));
            }
        }
        let mut details = vec![traits(step).join(" · ")];
        own.extend(dates(self.playbook, step));
        details.push(own.join(" · "));
        if !others.is_empty() {
            details.push(format!("also needs {}", others.join(", ")));
        }
        details.retain(|detail| !detail.is_empty());
        details
    }
}

/// The largest by its first part; of equals the first.
trait RevMax: Iterator {
    fn rev_max(self) -> Option<usize>;
}

impl<I: Iterator<Item = (Option<usize>, usize)>> RevMax for I {
    fn rev_max(self) -> Option<usize> {
        let mut best: Option<(Option<usize>, usize)> = None;
        for (depth, step) in self {
            if best.is_none_or(|(deepest, _)| depth > deepest) {
                best = Some((depth, step));
            }
        }
        best.map(|(_, step)| step)
    }
}

/// A text behind `lead`, further lines behind `under`, within the columns of the screen.
fn lines(lead: &str, under: &str, words: &str, text: &mut String) {
    let room = COLUMNS.saturating_sub(width::of(under).max(width::of(lead))).max(20);
    for (at, line) in width::wrap(&safe::line(words), room).iter().enumerate() {
        let line = width::cut(line, room);
        text.push_str(format!("{}{line}", if at == 0 { lead } else { under }).trim_end());
        text.push('\n');
    }
}
