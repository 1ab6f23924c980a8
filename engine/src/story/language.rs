//! The language of stories as data: every object of `NAME.test.yaml`, with its keys.
//!
//! The reader, the JSON Schema and the reference take their keys from here.

use super::Expected;
use crate::playbook::language;

/// A group of keys of a story that stand together.
pub type Object = language::Object<Kind>;

/// One key of a story.
pub type Key = language::Key<Kind>;

/// Which values a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// One text or a list of them.
    Texts,
    /// The id of the playbook.
    Id,
    /// The id of a step.
    Step,
    /// A date, such as `2026-03-02`.
    Day,
    /// A date, `DATE to DATE`, or a list of them.
    Days,
    /// `Mon to Fri`.
    Weekdays,
    /// Inputs with their answers.
    Answers,
    /// A choice with its option.
    Choice,
    /// People or companies: names, or names with what is known of them.
    Cast,
    /// People, or `people` and `companies` with a list each.
    Added,
    /// Steps, steps with people, `step/person`.
    Tasks,
    /// Fields with values, of `people`, `companies` or somebody by name.
    Fields,
    /// Outcomes with people, or with people and what was asked.
    Outcomes,
    /// A review's answer.
    Decision,
    /// `stop`, `start`, or keys.
    Cycle,
    /// The number of a cycle.
    Number,
    /// Measures with their figures.
    Metrics,
    /// What may be said about a comparison.
    Verdict,
    /// Such a group of keys.
    Object(&'static Object),
    /// A list of such groups.
    Objects(&'static Object),
    /// One such group or a list of them.
    OneOrMore(&'static Object),
}

impl Object {
    /// The names of its keys.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

/// A file of stories.
pub static SUITE: Object = Object {
    name: "a file of stories",
    doc: "Stories that say what must be due on which day; `fortnight playbook test` tells them on a clock of their own.",
    keys: &[
        Key::must("playbook", Kind::Id, "The id of the playbook beside this file."),
        Key::must("tests", Kind::Objects(&STORY), "The stories."),
    ],
};

/// One story.
pub static STORY: Object = Object {
    name: "a story",
    doc: "One plan from its first day on.",
    keys: &[
        Key::must("name", Kind::Text, "What the story tells, in a sentence."),
        Key::must("start", Kind::Day, "Day 1 of the first cycle."),
        Key::may(
            "zone",
            Kind::Text,
            "The time zone, such as `Europe/Paris`; UTC where nothing is said.",
        ),
        Key::may(
            "workdays",
            Kind::Weekdays,
            "The days on which one works; Monday to Friday where nothing is said.",
        ),
        Key::may("days_off", Kind::Days, "Days on which one does not."),
        Key::may(
            "inputs",
            Kind::Answers,
            "Answers to the playbook's questions; its examples where nothing is said.",
        ),
        Key::may(
            "choices",
            Kind::Choice,
            "What the first cycle compares. Nothing where the key is left out; `{}` leaves the question open.",
        ),
        Key::may(
            "people",
            Kind::Cast,
            "Who is on the list from the start. A name alone is somebody one is connected with.",
        ),
        Key::may("companies", Kind::Cast, "The companies that are on their list from the start."),
        Key::must(
            "story",
            Kind::Objects(&MOMENT),
            "The days, in their order; a day may come several times.",
        ),
    ],
};

/// One day.
pub static MOMENT: Object = Object {
    name: "a day of a story",
    doc: "What is done on a day, then what is expected of it. All is done in the order of this list.",
    keys: &[
        Key::must("day", Kind::Day, "The date."),
        Key::may("add", Kind::Added, "Who comes onto the list."),
        Key::may("done", Kind::Tasks, "What is done."),
        Key::may("skip", Kind::Tasks, "What is skipped, with a reason."),
        Key::may("fill", Kind::Fields, "Fields that are filled."),
        Key::may("record", Kind::Outcomes, "What came back from whom."),
        Key::may("set", Kind::Answers, "Inputs that are changed."),
        Key::may("decide", Kind::Decision, "The answer to the review."),
        Key::may("cycle", Kind::Cycle, "A cycle is stopped, begun, or compares something."),
        Key::may("away", Kind::Days, "Days on which one is away."),
        Key::may(
            "anyway",
            Kind::Object(&ANYWAY),
            "What is done against a rule of the method, as with `--anyway`.",
        ),
        Key::may("expect", Kind::Object(&EXPECT), "What holds at six in the evening."),
        Key::may("refused", Kind::Object(&REFUSED), "What must be refused; it leaves no trace."),
    ],
};

/// What is expected of a day.
pub static EXPECT: Object = Object {
    name: "what is expected",
    doc: "What holds when everything of the day is done.",
    keys: &[
        Key::may(Expected::Due.key(), Kind::Tasks, "To be done now, within the deadline."),
        Key::may(
            Expected::NotDue.key(),
            Kind::Tasks,
            "Not on the day's list: neither due nor overdue.",
        ),
        Key::may(Expected::Overdue.key(), Kind::Tasks, "The deadline has passed."),
        Key::may(
            Expected::Blocked.key(),
            Kind::Tasks,
            "A field that the message needs is empty, or the text breaks a rule.",
        ),
        Key::may(Expected::Waiting.key(), Kind::Tasks, "Something else comes first."),
        Key::may(Expected::Closed.key(), Kind::Tasks, "Nothing to do about it any more."),
        Key::may("text", Kind::OneOrMore(&TEXT), "The text that somebody gets."),
        Key::may(
            "cycle",
            Kind::Number,
            "The cycle whose figures are meant; an abandoned one needs it. The running one where nothing is said.",
        ),
        Key::may(
            "metrics",
            Kind::Metrics,
            "Figures of measures: `out_of`, `count`, `counted`, `waiting`, `late`, `value`.",
        ),
        Key::may("verdict", Kind::Verdict, "What the comparison says."),
    ],
};

/// A text that somebody gets.
pub static TEXT: Object = Object {
    name: "an expected text",
    doc: "Words that a text has, or lacks.",
    keys: &[
        Key::must("step", Kind::Step, "The step that sends it."),
        Key::must("person", Kind::Text, "Whom it is for."),
        Key::may("has", Kind::Texts, "Words that are in it."),
        Key::may("lacks", Kind::Texts, "Words that are not."),
    ],
};

/// What must be refused.
pub static REFUSED: Object = Object {
    name: "what is refused",
    doc: "What the facts do not allow on that day.",
    keys: &[
        Key::may("done", Kind::Tasks, "Doing these."),
        Key::may("skip", Kind::Tasks, "Skipping these."),
        Key::may("record", Kind::Outcomes, "Recording these."),
        Key::may("set", Kind::Answers, "Changing these inputs."),
        Key::may("decide", Kind::Decision, "This answer to the review."),
        Key::may("cycle", Kind::Cycle, "This about the cycle."),
        Key::may("away", Kind::Days, "Being away on these days."),
    ],
};

/// What is done against a rule of the method.
pub static ANYWAY: Object = Object {
    name: "what is done anyway",
    doc: "What goes against a rule of the method: it is done, and recorded as such.",
    keys: REFUSED.keys,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_documented_and_what_is_expected_has_them_all() {
        for object in [&SUITE, &STORY, &MOMENT, &EXPECT, &TEXT, &REFUSED, &ANYWAY] {
            for key in object.keys {
                assert!(key.doc.ends_with('.'), "{}: {}", object.name, key.name);
            }
        }
        let statuses = Expected::ALL.map(Expected::key);
        assert_eq!(EXPECT.names()[..statuses.len()], statuses);
    }
}
