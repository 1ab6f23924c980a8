//! Keys of a step that cannot stand together, or need another.

use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::document::reading::{Group, Reading};

/// Keys that cannot stand together, with the reason.
const PAIRS: &[(&str, &str, &str)] = &[
    ("every", "for_each", "a habit is the seeker's own and not one for each entry"),
    ("every", "after", "a habit has its own times"),
    ("every", "at", "a habit has its own times"),
    ("every", "pace", "a habit has its own times"),
    ("decide", "for_each", "the review is one for all"),
    ("choose", "for_each", "a choice is one for the whole cycle"),
    ("write", "for_each", "a message is written once, and sent to each"),
    ("at", "after", "the day is given by one of them"),
];

/// Keys that make no sense for something that is done once, with the reason.
const NEED_ENTRIES: &[(&str, &str)] = &[
    ("fill", "fields are filled for each entry"),
    ("send", "a message goes to each person"),
    ("sets", "an outcome belongs to a person"),
    ("pace", "a pace counts entries"),
];

impl Reading<'_> {
    /// Keys that cannot stand together.
    pub(super) fn exclusions(&mut self, group: &Group<'_>) {
        for (first, second, why) in PAIRS {
            let (Some(one), Some(other)) = (group.key_span(first), group.key_span(second)) else {
                continue;
            };
            self.push(
                Diagnostic::new(
                    Code::KeysExclude,
                    other,
                    format!("`{first}` and `{second}` cannot stand together: {why}"),
                )
                .also(one, format!("`{first}` is here"))
                .help(format!("remove `{second}`")),
            );
        }
        for (key, why) in NEED_ENTRIES {
            let Some(place) = group.key_span(key) else { continue };
            if group.has("for_each") || (group.has("every") && *key == "pace") {
                continue;
            }
            self.push(
                Diagnostic::new(
                    Code::MissingKey,
                    place,
                    format!("`{key}` is of no use without `for_each`: {why}"),
                )
                .help("add `for_each: people`"),
            );
        }
    }
}
