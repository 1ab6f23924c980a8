//! Misspelt keys, mended before anything is merged or read.
//!
//! A key that is near to one the language has, where that one is missing, is pointed out once and
//! read as it was meant, so that nothing else seems to be wrong because of it.

use crate::diagnostic::Diagnostic;
use crate::playbook::document::{clipped, meant, unknown_key};
use crate::playbook::language::{Kind, Object, PLAYBOOK, WORDING};
use crate::syntax::{MAX_FINDINGS, Node, Value};

/// So many unknown keys of one object are looked up; whoever has more did not misspell them.
const PATIENCE: usize = 1_000;

/// Mends the keys of a whole playbook.
pub(super) fn mend(root: &mut Node, findings: &mut Vec<Diagnostic>) {
    object(root, &PLAYBOOK, "the playbook", findings);
}

fn object(node: &mut Node, table: &'static Object, owner: &str, findings: &mut Vec<Diagnostic>) {
    let Value::Map(entries) = &mut node.value else { return };
    let is_known = |name: &str| table.keys.iter().any(|key| key.name == name);
    let mut there: Vec<&'static str> = table
        .keys
        .iter()
        .map(|key| key.name)
        .filter(|name| entries.iter().any(|entry| entry.key.text() == *name))
        .collect();
    let mut strange = 0;
    for entry in entries {
        if !is_known(entry.key.text()) && findings.len() < MAX_FINDINGS {
            strange += 1;
            if strange > PATIENCE {
                continue;
            }
            let right = meant(entry.key.text(), table).filter(|name| !there.contains(name));
            let Some(right) = right else { continue };
            findings.push(unknown_key(&entry.key, table, owner));
            entry.key = entry.key.reading(right);
            there.push(right);
        }
        let key = table.keys.iter().find(|key| key.name == entry.key.text());
        let Some(key) = key else { continue };
        if let Kind::Object(inner) = key.kind {
            object(&mut entry.value, inner, &format!("`{}`", key.name), findings);
        } else if let Kind::Map(inner) = key.kind {
            each(&mut entry.value, inner, findings);
        } else if matches!(key.kind, Kind::Wordings) {
            each(&mut entry.value, &WORDING, findings);
        }
    }
}

/// The objects that a map of names holds.
fn each(node: &mut Node, table: &'static Object, findings: &mut Vec<Diagnostic>) {
    let Value::Map(entries) = &mut node.value else { return };
    let kind = table.name.trim_start_matches("an ").trim_start_matches("a ");
    for entry in entries {
        if matches!(entry.value.value, Value::Map(_)) {
            let owner = format!("{kind} `{}`", clipped(entry.key.text()));
            object(&mut entry.value, table, &owner, findings);
        }
    }
}
