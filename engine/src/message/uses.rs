//! Which names a template or condition mentions, and where an empty one would leave a hole.
//!
//! Knows the tree only. Every branch counts, also one that no value so far leads to (M1).

use std::collections::BTreeSet;
use std::ops::Range;

use super::tree::{Branch, Comparison, Expression, Node, Operand};

/// One mention of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// The dotted name, as in `person.first_name`.
    pub path: String,
    /// The bytes of the name in the compiled text.
    pub range: Range<usize>,
    /// True where an empty value leaves no hole: it is only asked about in a condition, it has a
    /// `default(…)`, or it is printed only where a condition has made sure that it is filled in.
    pub has_fallback: bool,
}

/// The mentions in a condition.
pub(super) fn in_condition(expression: &Expression) -> Vec<NameUse> {
    let mut uses = Vec::new();
    add_asked(expression, &mut uses);
    uses
}

/// The mentions in a template, in the order of the text.
pub(super) fn in_template(nodes: &[Node]) -> Vec<NameUse> {
    let mut uses = Vec::new();
    add_nodes(nodes, &BTreeSet::new(), &mut uses);
    uses
}

fn add_asked(expression: &Expression, uses: &mut Vec<NameUse>) {
    expression.each_operand(&mut |operand| {
        if let Some(path) = operand.name() {
            let range = operand.range.clone();
            uses.push(NameUse { path: path.to_owned(), range, has_fallback: true });
        }
    });
}

fn add_nodes(nodes: &[Node], filled: &BTreeSet<&str>, uses: &mut Vec<NameUse>) {
    for node in nodes {
        match node {
            Node::Text(_) => {}
            Node::Print(operand) => add_printed(operand, filled, uses),
            Node::Choose(branches) => add_branches(branches, filled, uses),
        }
    }
}

fn add_branches(branches: &[Branch], filled: &BTreeSet<&str>, uses: &mut Vec<NameUse>) {
    // In a later branch all earlier conditions were false, which can also say that a name is filled.
    let mut filled = filled.clone();
    for branch in branches {
        let mut inside = filled.clone();
        if let Some(condition) = &branch.condition {
            add_asked(condition, uses);
            inside.extend(filled_when(condition, true));
            filled.extend(filled_when(condition, false));
        }
        add_nodes(&branch.nodes, &inside, uses);
    }
}

fn add_printed(operand: &Operand, filled: &BTreeSet<&str>, uses: &mut Vec<NameUse>) {
    let has_fallback = match operand.fallback() {
        Some(fallback) => {
            add_printed(fallback, filled, uses);
            true
        }
        None => operand.name().is_some_and(|name| filled.contains(name)),
    };
    if let Some(path) = operand.name() {
        let range = operand.range.clone();
        uses.insert(
            uses.iter().position(|known| known.range.start > range.start).unwrap_or(uses.len()),
            NameUse { path: path.to_owned(), range, has_fallback },
        );
    }
}

/// The names that cannot be empty where `expression` is `outcome`.
fn filled_when(expression: &Expression, outcome: bool) -> BTreeSet<&str> {
    match expression {
        Expression::Holds(operand) if outcome => operand.bare_name().into_iter().collect(),
        Expression::Compare(Comparison { left, right, .. }) if outcome => {
            left.bare_name().into_iter().chain(right.bare_name()).collect()
        }
        Expression::Holds(_) | Expression::Compare(_) => BTreeSet::new(),
        Expression::Not(inner) => filled_when(inner, !outcome),
        // All true, or (of an `or`) all false: what any of them says. Else: what each of them says.
        Expression::All(parts) | Expression::Any(parts) => {
            let each = parts.iter().map(|part| filled_when(part, outcome));
            if matches!(expression, Expression::All(_)) == outcome {
                each.flatten().collect()
            } else {
                each.reduce(|left, right| left.intersection(&right).copied().collect())
                    .unwrap_or_default()
            }
        }
    }
}
