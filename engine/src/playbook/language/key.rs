//! What a key is and which values it takes.

/// A group of keys that stand together; `K` says which values they take: those of playbooks, or
/// those of stories.
#[derive(Debug)]
pub struct Object<K: 'static = Kind> {
    /// What it is called in a sentence, such as `a step`.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys, in the order in which they are documented.
    pub keys: &'static [Key<K>],
}

/// One key.
#[derive(Debug)]
pub struct Key<K = Kind> {
    /// As it is written.
    pub name: &'static str,
    /// Which values it takes.
    pub kind: K,
    /// The object is nothing without it.
    pub required: bool,
    /// What it means, in sentences.
    pub doc: &'static str,
}

impl<K> Key<K> {
    /// A key that may be left out.
    pub(crate) const fn may(name: &'static str, kind: K, doc: &'static str) -> Self {
        Self { name, kind, required: false, doc }
    }

    /// A key that may not.
    pub(crate) const fn must(name: &'static str, kind: K, doc: &'static str) -> Self {
        Self { name, kind, required: true, doc }
    }
}

/// Which values a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// A text with names in it.
    Template,
    /// An expression that holds or does not.
    Condition,
    /// A small value with a form of its own.
    Small(Small),
    /// One small value, or a list of them.
    Smalls(Small),
    /// The name of something declared elsewhere.
    Name(Reference),
    /// One name, or a list of them.
    Names(Reference),
    /// `yes` or `no`.
    YesNo,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of these words.
    SomeOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of new names.
    Ids,
    /// What a step needs: an id, a list of ids, or a map from id to `done` or `{at_least: N}`.
    Needs,
    /// The texts of a message: one, or a map from option to text.
    Wordings,
    /// A map from new name to text.
    TextMap,
    /// A group of keys.
    Object(&'static Object),
    /// A map from new name to such a group.
    Map(&'static Object),
}

/// Small values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    /// The language version.
    Language,
    /// A version such as `1.0.0`.
    Version,
    /// A new name.
    Id,
    /// `25 to 30`, `at most 300`, `at least 3`, `5`.
    Range,
    /// `5 workdays`, `9 days`, `60 minutes`.
    Duration,
    /// A duration in days or weeks, such as `14 days`.
    Days,
    /// A duration in minutes or hours, such as `20 minutes`.
    Minutes,
    /// `7 days`, `7 days of send-intro`.
    Deadline,
    /// `day 14`.
    Day,
    /// `day 14`, or a date among the facts such as `person.booked.at`.
    DayOrDate,
    /// `10 per workday`.
    Pace,
    /// `Mon and Wed at 09:00`, or five cron fields.
    Schedule,
    /// A step, `STEP.due`, or an outcome.
    Event,
}

impl Small {
    /// All of them, in the order of the reference.
    pub const ALL: [Self; 13] = [
        Self::Language,
        Self::Version,
        Self::Id,
        Self::Range,
        Self::Duration,
        Self::Days,
        Self::Minutes,
        Self::Deadline,
        Self::Day,
        Self::DayOrDate,
        Self::Pace,
        Self::Schedule,
        Self::Event,
    ];
}

/// What a name may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Another playbook, by id or path.
    Playbook,
    /// A step.
    Step,
    /// A choice.
    Choice,
    /// A message.
    Message,
    /// An outcome.
    Outcome,
    /// A measure.
    Metric,
    /// A field of the entries.
    Field,
    /// `people` or `companies`.
    List,
    /// A channel.
    Channel,
}

/// How a value stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A text, a word, a number.
    Text,
    /// A list.
    List,
    /// Keys with values.
    Map,
}

impl Kind {
    /// The shapes it may have.
    pub fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Text
            | Self::Template
            | Self::Condition
            | Self::Small(_)
            | Self::Name(_)
            | Self::YesNo
            | Self::OneOf(_) => &[Shape::Text],
            Self::Smalls(_) | Self::Names(_) => &[Shape::Text, Shape::List],
            Self::SomeOf(_) | Self::Texts | Self::Ids => &[Shape::List],
            Self::Needs => &[Shape::Text, Shape::List, Shape::Map],
            Self::Wordings => &[Shape::Text, Shape::Map],
            Self::TextMap | Self::Object(_) | Self::Map(_) => &[Shape::Map],
        }
    }

    /// What is wanted, for a sentence such as "`needs` takes …".
    pub fn wanted(self) -> &'static str {
        match self {
            Self::Text | Self::Template => "a text",
            Self::Condition => "a condition, such as `person.replied`",
            Self::Small(small) => small.wanted(),
            Self::Smalls(_) => "one value or a list of them",
            Self::Name(_) => "one name",
            Self::Names(_) => "a name or a list of names",
            Self::YesNo => "`yes` or `no`",
            Self::OneOf(_) => "one word",
            Self::SomeOf(_) => "a list of words, such as `[again, use, stop]`",
            Self::Texts => "a list of texts",
            Self::Ids => "a list of names, such as `[jobs, mentorship]`",
            Self::Needs => "a step, a list of steps, or steps with `done` or `{at_least: N}`",
            Self::Wordings => "a text, or one text for each option",
            Self::TextMap => "names with texts, such as `as-today: As you write today`",
            Self::Object(_) => "keys with values",
            Self::Map(_) => "names, each with keys of its own",
        }
    }
}

impl Small {
    /// The form, with an example.
    pub fn wanted(self) -> &'static str {
        match self {
            Self::Language => "the language version, `1`",
            Self::Version => "a version, such as `1.0.0`",
            Self::Id => "a name",
            Self::Range => "a range, such as `25 to 30`, `at most 300`, `at least 3` or `5`",
            Self::Duration => "a duration, such as `5 workdays`",
            Self::Days => "a duration in days or weeks, such as `14 days`",
            Self::Minutes => "a duration in minutes or hours, such as `20 minutes`",
            Self::Deadline => "a duration, such as `7 days` or `7 days of send-intro`",
            Self::Day => "a day of the cycle, such as `day 14`",
            Self::DayOrDate => "a day such as `day 14`, or a date such as `person.booked.at`",
            Self::Pace => "a pace, such as `10 per workday`",
            Self::Schedule => "a schedule, such as `Mon and Wed at 09:00`",
            Self::Event => "a step, `STEP.due`, or an outcome",
        }
    }
}
