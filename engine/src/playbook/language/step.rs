//! The keys of a step.

use super::FIELD;
use super::key::{Key, Kind, Object, Reference, Small};

/// Keys that make a step of a kind; it has at most one of them.
pub const KINDS: &[&str] = &["choose", "write", "collect", "fill", "send", "decide", "every"];

/// A step.
pub static STEP: Object = Object {
    name: "a step",
    doc: "Something to do. With none of the keys that make it of a kind, a person does it and says done.",
    keys: &[
        Key::must("title", Kind::Text, "What to do, in a few words."),
        Key::may("source", Kind::Text, "Where the step comes from; shown to coaches only."),
        Key::may("guide", Kind::Template, "How to do it: Markdown and a template."),
        Key::may("checklist", Kind::Texts, "Small things not to forget."),
        Key::may("choose", Kind::Name(Reference::Choice), "Settles what the cycle compares."),
        Key::may("write", Kind::Name(Reference::Message), "The seeker's own wording of a message."),
        Key::may("collect", Kind::Name(Reference::List), "Gathers a list."),
        Key::may("fill", Kind::Names(Reference::Field), "Fills fields of the entries."),
        Key::may("send", Kind::Name(Reference::Message), "Sends a message."),
        Key::may("decide", Kind::SomeOf(&["again", "use", "stop"]), "The review: what comes next."),
        Key::may(
            "every",
            Kind::Small(Small::Schedule),
            "A habit; takes no `for_each`, `after`, `at`.",
        ),
        Key::may("needs", Kind::Needs, "What must come before."),
        Key::may("for_each", Kind::Name(Reference::List), "One task for each entry of the list."),
        Key::may("when", Kind::Condition, "While it is false the step is not needed."),
        Key::may(
            "after",
            Kind::Small(Small::Deadline),
            "How long after the last of its needs; `of STEP` or `of OUTCOME` counts from that.",
        ),
        Key::may("at", Kind::Small(Small::DayOrDate), "The day it becomes due."),
        Key::may("within", Kind::Small(Small::Deadline), "The deadline."),
        Key::may(
            "pace",
            Kind::Smalls(Small::Pace),
            "How many of its tasks come onto one day's list.",
        ),
        Key::may("once", Kind::OneOf(&["plan"]), "Once in the plan's life, not once per cycle."),
        Key::may("record", Kind::Map(&FIELD), "Fields asked for when it is done."),
        Key::may("sets", Kind::Name(Reference::Outcome), "An outcome that doing it records."),
        Key::may(
            "required",
            Kind::OneOf(&["must", "unless_reason", "optional"]),
            "Whether it may be skipped; `unless_reason` where nothing is said.",
        ),
        Key::may("effort", Kind::Small(Small::Minutes), "How long it takes, in minutes or hours."),
    ],
};
