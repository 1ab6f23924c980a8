//! The language itself, as data: every object a coach can write, with its keys.
//!
//! The reader, the suggestions for misspelt keys, the JSON Schema and the reference are all made
//! from these tables, so that none of them can know a key that the others do not.

mod key;
mod names;
mod objects;
mod step;

pub use key::{Key, Kind, Object, Reference, Shape, Small};
pub use names::{COMPANY_FIELDS, NAMES, OUTCOMES, PERSON_FIELDS};
pub use objects::{
    CHOICE, COMPANIES, CYCLE, FIELD, MESSAGE, METRIC, OUTCOME, PEOPLE, PLAYBOOK, RULES, WORDING,
};
pub use step::{KINDS as STEP_KINDS, STEP};

/// The version of the language that this program reads.
pub const VERSION: u32 = 1;

/// Whether the new names behind a key may have hyphens; those that templates use may not.
pub fn takes_hyphens(key: &str) -> bool {
    ["messages", "options", "record", "steps", "text"].contains(&key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn walk(object: &'static Object, seen: &mut Vec<&'static Object>) {
        if seen.iter().any(|known| known.name == object.name) {
            return;
        }
        seen.push(object);
        for key in object.keys {
            if let Kind::Object(inner) | Kind::Map(inner) = key.kind {
                walk(inner, seen);
            }
        }
    }

    #[test]
    fn every_key_is_documented_and_stands_once_in_its_object() {
        let mut seen = Vec::new();
        walk(&PLAYBOOK, &mut seen);
        assert!(seen.len() >= 10);
        for object in seen {
            let names: BTreeSet<_> = object.keys.iter().map(|key| key.name).collect();
            assert_eq!(names.len(), object.keys.len(), "{}", object.name);
            for key in object.keys {
                assert!(key.doc.ends_with('.'), "{}: {}", object.name, key.name);
            }
        }
    }

    #[test]
    fn no_key_is_a_yes_or_no_to_a_yaml_1_1_reader() {
        let mut seen = Vec::new();
        walk(&PLAYBOOK, &mut seen);
        for key in seen.iter().flat_map(|object| object.keys) {
            assert!(!["on", "off", "yes", "no", "y", "n"].contains(&key.name));
        }
    }
}
