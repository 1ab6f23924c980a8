//! The graph for Mermaid. Steps go by numbers there: an id may be a word of Mermaid's own.

use std::fmt::Write as _;

use fortnight_engine::playbook::graph::{EdgeKind, Graph};
use fortnight_engine::playbook::{Playbook, StepKind};

use super::{dates, label, on_way, traits};
use crate::render::safe;

/// A flowchart.
pub(crate) fn draw(playbook: &Playbook, graph: &Graph) -> String {
    let mut text = format!("---\ntitle: \"{}\"\n---\nflowchart TB\n", title(&playbook.title));
    for (at, step) in playbook.steps.iter().enumerate() {
        let lines =
            [step.title.clone(), traits(step).join(" · "), dates(playbook, step).join(" · ")];
        let lines: Vec<String> =
            lines.iter().filter(|line| !line.is_empty()).map(|line| inside(line)).collect();
        let words = lines.join("<br>");
        let (open, close) = match (&step.kind, step.for_each) {
            (StepKind::Decide(_), _) => ("{{", "}}"),
            (StepKind::Every(_), _) => ("([", "])"),
            (_, Some(_)) => ("[[", "]]"),
            (_, None) => ("[", "]"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  s{at}{open}\"{words}\"{close}");
    }
    for edge in &graph.edges {
        let arrow = match (&edge.kind, edge.joins) {
            (EdgeKind::Need(..), false) => "-->",
            (EdgeKind::Need(..), true) => "==>",
            (EdgeKind::After(_) | EdgeKind::Within(_), _) => "-.->",
        };
        let words = label(playbook, edge);
        let words = if words.is_empty() { words } else { format!("|\"{}\"|", inside(&words)) };
        let _ = writeln!(text, "  s{} {arrow}{words} s{}", edge.from, edge.to);
    }
    let of = |wanted: &dyn Fn(usize) -> bool| {
        let ids = (0..playbook.steps.len()).filter(|at| wanted(*at)).map(|at| format!("s{at}"));
        ids.collect::<Vec<_>>().join(",")
    };
    let conditional = |at: usize| playbook.steps.get(at).is_some_and(|step| step.when.is_some());
    let on_way = on_way(playbook, graph);
    let longest = |at: usize| on_way.get(at).copied().unwrap_or(false);
    for (name, looks, members) in [
        ("conditional", "stroke-dasharray:5 4", of(&conditional)),
        ("longest", "stroke-width:3px", of(&longest)),
    ] {
        if !members.is_empty() {
            let _ = writeln!(text, "  classDef {name} {looks}\n  class {members} {name}");
        }
    }
    text
}

/// A text between quotes: what means something to Mermaid or to HTML goes by its number.
fn inside(text: &str) -> String {
    let mut escaped = String::new();
    for character in safe::line(text).chars() {
        match character {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | ';' | '*' | '_' | '~' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// The title stands in YAML, between double quotes.
fn title(text: &str) -> String {
    safe::line(text).replace('\\', "\\\\").replace('"', "\\\"")
}
