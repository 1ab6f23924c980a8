//! The playbook and everything in it but the steps.

use super::STEP;
use super::key::{Key, Kind, Object, Reference, Small};

/// The kinds of answer a field takes.
pub(crate) const FIELD_TYPES: &[&str] =
    &["text", "number", "date", "datetime", "yes_no", "url", "email"];

/// The outermost keys.
pub static PLAYBOOK: Object = Object {
    name: "a playbook",
    doc: "What to do, in what order, when, with which words, what to record, and what a cycle compares.",
    keys: &[
        Key::must(
            "fortnight",
            Kind::Small(Small::Language),
            "The version of this language; always `1`.",
        ),
        Key::must(
            "playbook",
            Kind::Small(Small::Id),
            "The playbook's id: lower case, digits, hyphens.",
        ),
        Key::must(
            "version",
            Kind::Small(Small::Version),
            "The coach's own version, in three numbers.",
        ),
        Key::must("title", Kind::Text, "The title people see."),
        Key::may("role", Kind::Text, "The role it is written for."),
        Key::may("source", Kind::Text, "Where the method comes from."),
        Key::may(
            "extends",
            Kind::Name(Reference::Playbook),
            "Another playbook that this one is laid over: its id, or a path such as `./base.yaml`.",
        ),
        Key::may("about", Kind::Text, "Markdown, shown when the plan starts."),
        Key::may("inputs", Kind::Map(&FIELD), "What is asked when a plan starts."),
        Key::may("choices", Kind::Map(&CHOICE), "What cycles may compare, one at a time."),
        Key::may("people", Kind::Object(&PEOPLE), "The list of people of each cycle."),
        Key::may(
            "companies",
            Kind::Object(&COMPANIES),
            "A second list, one for the whole plan; a person may belong to one.",
        ),
        Key::may("cycle", Kind::Object(&CYCLE), "How long a cycle is and what decides it."),
        Key::may("metrics", Kind::Map(&METRIC), "The measures of a cycle."),
        Key::may("messages", Kind::Map(&MESSAGE), "The texts to send."),
        Key::must("steps", Kind::Map(&STEP), "The steps; `needs` makes a graph of them."),
    ],
};

/// Something that is asked for.
pub static FIELD: Object = Object {
    name: "a field",
    doc: "One question with the type of its answer.",
    keys: &[
        Key::may("ask", Kind::Text, "The question."),
        Key::may("example", Kind::Text, "An answer that would do; messages are checked on it."),
        Key::may("default", Kind::Text, "The answer where nobody gives one."),
        Key::may(
            "type",
            Kind::OneOf(FIELD_TYPES),
            "What kind of answer it takes; `text` where nothing is said.",
        ),
        Key::may("one_of", Kind::Ids, "The answers it takes, instead of a type."),
        Key::may("rules", Kind::Object(&RULES), "Rules that the answer must keep."),
    ],
};

/// Rules of a text (M3).
pub static RULES: Object = Object {
    name: "a set of rules",
    doc: "What a text must keep to; checked on the examples and on the text for each person.",
    keys: &[
        Key::may("sentences", Kind::Small(Small::Range), "How many sentences."),
        Key::may(
            "characters",
            Kind::Small(Small::Range),
            "How many characters, as people count them.",
        ),
        Key::may("questions", Kind::Small(Small::Range), "How many questions."),
        Key::may("avoid", Kind::Texts, "Words that may not occur."),
        Key::may("require", Kind::Texts, "Words that must occur."),
        Key::may(
            "adds_to",
            Kind::Name(Reference::Message),
            "A message that this one must add something to.",
        ),
    ],
};

/// Something cycles may compare.
pub static CHOICE: Object = Object {
    name: "a choice",
    doc: "Something cycles may compare, one at a time.",
    keys: &[
        Key::may("ask", Kind::Text, "The question that picks the option."),
        Key::must("options", Kind::TextMap, "Two options or more; the first is what one does now."),
        Key::may(
            "split",
            Kind::YesNo,
            "Both options side by side in one cycle; `yes` where nothing is said.",
        ),
    ],
};

/// The people.
pub static PEOPLE: Object = Object {
    name: "the list of people",
    doc: "The list of people of each cycle.",
    keys: &[
        Key::may("size", Kind::Small(Small::Range), "The advised length of the list."),
        Key::may("fields", Kind::Map(&FIELD), "Fields beside the standard ones."),
        Key::may(
            "outcomes",
            Kind::Map(&OUTCOME),
            "What may happen with a person, beside the outcomes that always exist.",
        ),
    ],
};

/// The companies.
pub static COMPANIES: Object = Object {
    name: "the list of companies",
    doc: "The list of companies of the plan.",
    keys: &[
        Key::may("size", Kind::Small(Small::Range), "The advised length of the list."),
        Key::may("fields", Kind::Map(&FIELD), "Fields beside the name."),
    ],
};

/// A fact about a person.
pub static OUTCOME: Object = Object {
    name: "an outcome",
    doc: "Something that may happen with a person; implies a reply.",
    keys: &[
        Key::may("title", Kind::Text, "How it reads after a name: They referred you."),
        Key::may("fields", Kind::Map(&FIELD), "What is asked when it is recorded."),
        Key::may("clears", Kind::Name(Reference::Outcome), "An outcome that it takes back."),
        Key::may("ends", Kind::YesNo, "The person's open tasks close."),
    ],
};

/// The cycle.
pub static CYCLE: Object = Object {
    name: "the cycle",
    doc: "How long a cycle is and what decides it.",
    keys: &[
        Key::may(
            "length",
            Kind::Small(Small::Days),
            "In days or weeks; `14 days` where nothing is said.",
        ),
        Key::may(
            "list_closes",
            Kind::Small(Small::Day),
            "People added later are served, but count in no comparison; the last day where nothing is said.",
        ),
        Key::may("decided_by", Kind::Name(Reference::Metric), "The one measure that decides."),
        Key::may(
            "fairness",
            Kind::Name(Reference::Metric),
            "The measure that must be alike on both sides.",
        ),
    ],
};

/// A measure.
pub static METRIC: Object = Object {
    name: "a measure",
    doc: "What is counted in a cycle.",
    keys: &[
        Key::may("title", Kind::Text, "How people read it."),
        Key::may("out_of", Kind::Small(Small::Event), "Who counts."),
        Key::must("count", Kind::Small(Small::Event), "What is hoped for."),
        Key::may(
            "within",
            Kind::Small(Small::Deadline),
            "How long after `out_of`, or after a step, it still counts.",
        ),
        Key::may("per", Kind::Small(Small::Days), "Gives the number per so many days."),
    ],
};

/// A message.
pub static MESSAGE: Object = Object {
    name: "a message",
    doc: "Words to send: one text, or one for each option of a choice.",
    keys: &[
        Key::must(
            "channel",
            Kind::Name(Reference::Channel),
            "Where it goes; brings its own limits.",
        ),
        Key::may("rules", Kind::Object(&RULES), "Rules that the text must keep."),
        Key::may("by", Kind::Name(Reference::Choice), "The choice whose option picks the text."),
        Key::may("subject", Kind::Template, "The subject line of a mail."),
        Key::must("text", Kind::Wordings, "The text, or one text for each option of `by`."),
    ],
};

/// The text for one option, where it has rules of its own.
pub static WORDING: Object = Object {
    name: "the text of an option",
    doc: "The text for one option, with rules laid over those of the message.",
    keys: &[
        Key::may("rules", Kind::Object(&RULES), "Laid over the rules of the message."),
        Key::may("subject", Kind::Template, "Instead of the message's subject."),
        Key::must("text", Kind::Template, "The text."),
    ],
};
