//! One playbook laid over another: maps merge key by key, lists and single values replace, `~`
//! removes. Every part keeps the place where it was written.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::playbook::document::clipped;
use crate::playbook::language::VERSION;
use crate::syntax::{Entry, Node, Value};

/// Near names are looked for while there are fewer findings than this.
const SUGGESTED: usize = 50;

/// Lays `over` over `base`; the order of the base comes first.
pub(super) fn lay_over(base: Node, over: Node, findings: &mut Vec<Diagnostic>) -> Node {
    let (span, below, above) = match (base.value, over.value) {
        (Value::Map(below), Value::Map(above)) => (over.span, below, above),
        (_, value) => {
            let mut node = Node::new(over.span, value);
            refuse_removals(&mut node, &[], findings);
            return node;
        }
    };
    let mut entries: Vec<Option<Entry>> = below.into_iter().map(Some).collect();
    let positions: BTreeMap<String, usize> = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| Some((entry.as_ref()?.key.text().to_owned(), at)))
        .collect();
    for mut entry in above {
        let found = positions.get(entry.key.text()).copied();
        let slot = found.and_then(|at| entries.get_mut(at));
        match slot {
            None => {
                if is_removal(&entry.value) {
                    let few = findings.len() < SUGGESTED;
                    let known = positions.keys().map(String::as_str).filter(|_| few);
                    let known: Vec<_> = known.collect();
                    findings.push(nothing_to_remove(&entry, &known));
                } else {
                    refuse_removals(&mut entry.value, &[], findings);
                    entries.push(Some(entry));
                }
            }
            Some(slot) if is_removal(&entry.value) => *slot = None,
            Some(slot) if matches!(entry.value.value, Value::Null) => {
                findings.push(forgotten_value(&entry));
                // What the base says stands, so that nothing else seems to be missing.
                if slot.is_none() {
                    *slot = Some(entry);
                }
            }
            Some(slot) => {
                let merged = match slot.take() {
                    Some(old) if is_map(&old.value) && is_map(&entry.value) => {
                        Entry { key: old.key, value: lay_over(old.value, entry.value, findings) }
                    }
                    _ => {
                        refuse_removals(&mut entry.value, &[], findings);
                        entry
                    }
                };
                *slot = Some(merged);
            }
        }
    }
    Node::new(span, Value::Map(entries.into_iter().flatten().collect()))
}

/// Takes keys out of a base that each playbook says for itself.
pub(super) fn forget(base: &mut Node, keys: &[&str], findings: &mut Vec<Diagnostic>) {
    let Value::Map(entries) = &mut base.value else { return };
    entries.retain(|entry| {
        let text = entry.value.as_scalar();
        if keys.contains(&"fortnight")
            && entry.key.text() == "fortnight"
            && let Some(text) = text.filter(|text| text.text() != VERSION.to_string())
        {
            let message = format!("this program reads version {VERSION} of the language");
            findings.push(Diagnostic::new(Code::LanguageVersion, text.span(), message));
        }
        !keys.contains(&entry.key.text())
    });
}

fn is_map(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}

/// A `~` that somebody wrote, as opposed to a value that was forgotten.
fn is_removal(node: &Node) -> bool {
    matches!(node.value, Value::Null) && node.span.end > node.span.start
}

/// In what is new there is nothing to remove.
fn refuse_removals(node: &mut Node, known: &[&str], findings: &mut Vec<Diagnostic>) {
    let Value::Map(entries) = &mut node.value else { return };
    for entry in entries {
        if is_removal(&entry.value) {
            findings.push(nothing_to_remove(entry, known));
            entry.value.value = Value::Broken;
        } else {
            refuse_removals(&mut entry.value, known, findings);
        }
    }
}

fn nothing_to_remove(entry: &Entry, known: &[&str]) -> Diagnostic {
    let name = entry.key.text();
    Diagnostic::new(
        Code::NothingToRemove,
        entry.key.span(),
        format!("`~` removes `{}`, which the playbook below does not have here", clipped(name)),
    )
    .suggest(nearest(name, known.iter().copied()))
    .help("remove the line, or look for the name in the playbook that is extended")
}

fn forgotten_value(entry: &Entry) -> Diagnostic {
    Diagnostic::new(
        Code::EmptyText,
        entry.key.span(),
        format!("`{}` has nothing behind it", clipped(entry.key.text())),
    )
    .help("write what is to change, or `~` to remove it")
}
