//! The graph for Graphviz.

use std::fmt::Write as _;

use fortnight_engine::playbook::Playbook;
use fortnight_engine::playbook::graph::{EdgeKind, Graph};

use super::{dates, label, on_way, traits};
use crate::render::safe;

/// A digraph that `dot` lays out.
pub(crate) fn draw(playbook: &Playbook, graph: &Graph) -> String {
    let mut text = format!("digraph {} {{\n", quoted(&playbook.id));
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  label={};\n  labelloc=t;", quoted(&playbook.title));
    text.push_str("  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    text.push_str("  edge [fontname=\"sans-serif\", fontsize=10];\n");
    for (step, longest) in playbook.steps.iter().zip(on_way(playbook, graph)) {
        let lines =
            [step.title.clone(), traits(step).join(" · "), dates(playbook, step).join(" · ")];
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let mut looks = String::new();
        if step.for_each.is_some() {
            looks.push_str(", peripheries=2");
        }
        if step.when.is_some() {
            looks.push_str(", style=\"rounded,dashed\"");
        }
        if longest {
            looks.push_str(", penwidth=2.5");
        }
        let words = lines.iter().map(|line| inside(line)).collect::<Vec<_>>().join("\\n");
        let _ = writeln!(text, "  {} [label=\"{words}\"{looks}];", quoted(&step.id));
    }
    for edge in &graph.edges {
        let ids = [edge.from, edge.to].map(|at| quoted(super::id(playbook, at)));
        let mut looks = vec![format!("label={}", quoted(&label(playbook, edge)))];
        if edge.joins {
            looks.push("arrowhead=normalnormal".to_owned());
        }
        if !matches!(edge.kind, EdgeKind::Need(..)) {
            looks.push("style=dotted, constraint=false".to_owned());
        }
        let [from, to] = ids;
        let _ = writeln!(text, "  {from} -> {to} [{}];", looks.join(", "));
    }
    text.push_str("}\n");
    text
}

/// A text as Graphviz takes it, in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", inside(text))
}

fn inside(text: &str) -> String {
    safe::line(text).replace('\\', "\\\\").replace('"', "\\\"")
}
