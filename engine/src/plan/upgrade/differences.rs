//! What differs between two versions, apart from the steps.

use crate::playbook::Id;
use crate::playbook::{
    Choice, Event, Field, FieldKind, ListRules, Message, Metric, Outcome, Playbook, Within,
};

/// What a difference does to a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Other words.
    Wording,
    /// Other days.
    Timing,
    /// Other things to do, to record or to measure.
    Structure,
}

impl Sort {
    /// All of them, the most far-reaching last.
    pub const ALL: [Self; 3] = [Self::Wording, Self::Timing, Self::Structure];

    /// Its name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Timing => "timing",
            Self::Structure => "structure",
        }
    }
}

/// The part of a playbook that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Its head.
    Playbook,
    /// The list of people.
    People,
    /// The list of companies.
    Companies,
    /// The shape of a cycle.
    Cycle,
    /// An input.
    Input(Id),
    /// A choice.
    Choice(Id),
    /// An outcome.
    Outcome(Id),
    /// A measure.
    Metric(Id),
    /// A message.
    Message(Id),
    /// A step.
    Step(Id),
}

/// One difference: a key of the language, with its values where they are short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it does to a plan.
    pub sort: Sort,
    /// Where it is.
    pub subject: Subject,
    /// The key; none where the whole part is new or gone.
    pub key: Option<&'static str>,
    /// The value before; none where it was not there or is too long to show.
    pub before: Option<String>,
    /// The value now.
    pub after: Option<String>,
}

/// Gathers the differences of one part.
pub(super) struct Part<'d> {
    pub(super) subject: Subject,
    pub(super) found: &'d mut Vec<Difference>,
}

impl Part<'_> {
    /// Two short values.
    pub(super) fn value(
        &mut self,
        sort: Sort,
        key: &'static str,
        before: Option<String>,
        after: Option<String>,
    ) {
        if before != after {
            let subject = self.subject.clone();
            self.found.push(Difference { sort, subject, key: Some(key), before, after });
        }
    }

    /// Two values that are too long to show.
    pub(super) fn words<T: PartialEq>(
        &mut self,
        sort: Sort,
        key: &'static str,
        before: &T,
        after: &T,
    ) {
        if before != after {
            let subject = self.subject.clone();
            self.found.push(Difference {
                sort,
                subject,
                key: Some(key),
                before: None,
                after: None,
            });
        }
    }

    /// The whole part is new or gone; the values are its title.
    pub(super) fn whole(&mut self, before: Option<String>, after: Option<String>) {
        let (sort, subject) = (Sort::Structure, self.subject.clone());
        self.found.push(Difference { sort, subject, key: None, before, after });
    }
}

/// Everything but the steps.
pub(super) fn playbook(old: &Playbook, new: &Playbook) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut head = Part { subject: Subject::Playbook, found: &mut found };
    head.value(Sort::Wording, "title", Some(old.title.clone()), Some(new.title.clone()));
    head.words(Sort::Wording, "about", &old.about, &new.about);
    each(&old.inputs, &new.inputs, &mut found, |field| &field.id, Subject::Input, field);
    each(&old.choices, &new.choices, &mut found, |choice| &choice.id, Subject::Choice, choice);
    list(Subject::People, Some(&old.people), Some(&new.people), &mut found);
    list(Subject::Companies, old.companies.as_ref(), new.companies.as_ref(), &mut found);
    each(&old.outcomes, &new.outcomes, &mut found, |one| &one.id, Subject::Outcome, outcome);
    cycle(old, new, &mut found);
    for_metrics(old, new, &mut found);
    each(&old.messages, &new.messages, &mut found, |one| &one.id, Subject::Message, message);
    found
}

/// Matches two lists by id: what both have is compared, the rest is new or gone.
fn each<T: Titled>(
    old: &[T],
    new: &[T],
    found: &mut Vec<Difference>,
    id: impl Fn(&T) -> &Id,
    subject: impl Fn(Id) -> Subject,
    compare: impl Fn(&mut Part<'_>, &T, &T),
) {
    for before in old {
        let mut part = Part { subject: subject(id(before).clone()), found };
        match new.iter().find(|after| id(after) == id(before)) {
            Some(after) => compare(&mut part, before, after),
            None => part.whole(Some(before.title()), None),
        }
    }
    for after in new.iter().filter(|after| !old.iter().any(|before| id(before) == id(after))) {
        let mut part = Part { subject: subject(id(after).clone()), found };
        part.whole(None, Some(after.title()));
    }
}

trait Titled {
    fn title(&self) -> String;
}

impl Titled for Field {
    fn title(&self) -> String {
        self.ask.clone().unwrap_or_else(|| self.id.to_string())
    }
}

impl Titled for Choice {
    fn title(&self) -> String {
        self.ask.clone().unwrap_or_else(|| self.id.to_string())
    }
}

impl Titled for Outcome {
    fn title(&self) -> String {
        self.title.clone()
    }
}

impl Titled for Message {
    fn title(&self) -> String {
        self.id.to_string()
    }
}

fn field(part: &mut Part<'_>, old: &Field, new: &Field) {
    part.value(Sort::Wording, "ask", old.ask.clone(), new.ask.clone());
    part.words(Sort::Wording, "example", &old.example, &new.example);
    part.words(Sort::Wording, "rules", &old.rules, &new.rules);
    part.value(Sort::Structure, "default", old.default.clone(), new.default.clone());
    part.value(Sort::Structure, "type", Some(kind(&old.kind)), Some(kind(&new.kind)));
}

fn kind(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Number => "number".to_owned(),
        FieldKind::Date => "date".to_owned(),
        FieldKind::Datetime => "datetime".to_owned(),
        FieldKind::YesNo => "yes_no".to_owned(),
        FieldKind::Url => "url".to_owned(),
        FieldKind::Email => "email".to_owned(),
        FieldKind::OneOf(words) => format!("one of {}", ids(words)),
    }
}

pub(super) fn ids(ids: &[Id]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The names of fields, or none where there are none.
pub(super) fn names(fields: &[Field]) -> Option<String> {
    let names: Vec<Id> = fields.iter().map(|field| field.id.clone()).collect();
    (!names.is_empty()).then(|| ids(&names))
}

fn choice(part: &mut Part<'_>, old: &Choice, new: &Choice) {
    let options = |choice: &Choice| {
        ids(&choice.options.iter().map(|option| option.id.clone()).collect::<Vec<_>>())
    };
    part.value(Sort::Wording, "ask", old.ask.clone(), new.ask.clone());
    part.value(Sort::Structure, "options", Some(options(old)), Some(options(new)));
    let titles = |choice: &Choice| -> Vec<String> {
        choice.options.iter().map(|option| option.title.clone()).collect()
    };
    if options(old) == options(new) {
        part.words(Sort::Wording, "options", &titles(old), &titles(new));
    }
    let yes = |yes: bool| Some(if yes { "yes" } else { "no" }.to_owned());
    part.value(Sort::Structure, "split", yes(old.split), yes(new.split));
}

fn list(
    subject: Subject,
    old: Option<&ListRules>,
    new: Option<&ListRules>,
    found: &mut Vec<Difference>,
) {
    let mut part = Part { subject, found };
    let size = |rules: Option<&ListRules>| rules.map(|rules| rules.size.to_string());
    match (old, new) {
        (None, None) => {}
        (Some(_), None) | (None, Some(_)) => part.whole(size(old), size(new)),
        (Some(before), Some(after)) => {
            part.value(Sort::Structure, "size", size(old), size(new));
            part.value(Sort::Structure, "fields", names(&before.fields), names(&after.fields));
        }
    }
}

fn outcome(part: &mut Part<'_>, old: &Outcome, new: &Outcome) {
    let (before, after) = (Some(old.title.clone()), Some(new.title.clone()));
    part.value(Sort::Wording, "title", before, after);
    part.value(Sort::Structure, "fields", names(&old.fields), names(&new.fields));
    let id = |id: &Option<Id>| id.as_ref().map(ToString::to_string);
    part.value(Sort::Structure, "clears", id(&old.clears), id(&new.clears));
    part.words(Sort::Structure, "ends", &old.ends, &new.ends);
}

fn cycle(old: &Playbook, new: &Playbook, found: &mut Vec<Difference>) {
    let mut part = Part { subject: Subject::Cycle, found };
    let (before, after) = (&old.cycle, &new.cycle);
    let days = |days: u32| Some(format!("{days} days"));
    part.value(Sort::Timing, "length", days(before.length), days(after.length));
    let day = |day: u32| Some(format!("day {day}"));
    part.value(Sort::Timing, "list_closes", day(before.list_closes), day(after.list_closes));
    let id = |id: &Option<Id>| id.as_ref().map(ToString::to_string);
    part.value(Sort::Structure, "decided_by", id(&before.decided_by), id(&after.decided_by));
    part.value(Sort::Structure, "fairness", id(&before.fairness), id(&after.fairness));
}

fn for_metrics(old: &Playbook, new: &Playbook, found: &mut Vec<Difference>) {
    for before in &old.metrics {
        let mut part = Part { subject: Subject::Metric(before.id.clone()), found };
        match new.metric(&before.id) {
            Some(after) => metric(&mut part, (old, before), (new, after)),
            None => part.whole(Some(before.title.clone()), None),
        }
    }
    for after in new.metrics.iter().filter(|after| old.metric(&after.id).is_none()) {
        let mut part = Part { subject: Subject::Metric(after.id.clone()), found };
        part.whole(None, Some(after.title.clone()));
    }
}

fn metric(part: &mut Part<'_>, old: (&Playbook, &Metric), new: (&Playbook, &Metric)) {
    let (before, after) = (Some(old.1.title.clone()), Some(new.1.title.clone()));
    part.value(Sort::Wording, "title", before, after);
    let out_of = |(playbook, metric): (&Playbook, &Metric)| {
        metric.out_of.as_ref().map(|event| event_name(playbook, event))
    };
    part.value(Sort::Structure, "out_of", out_of(old), out_of(new));
    let count =
        |(playbook, metric): (&Playbook, &Metric)| Some(event_name(playbook, &metric.count));
    part.value(Sort::Structure, "count", count(old), count(new));
    let window = |(playbook, metric): (&Playbook, &Metric)| {
        metric.within.as_ref().map(|within| within_name(playbook, within))
    };
    part.value(Sort::Timing, "within", window(old), window(new));
    let per = |metric: &Metric| metric.per.map(|days| format!("{days} days"));
    part.value(Sort::Timing, "per", per(old.1), per(new.1));
}

pub(super) fn event_name(playbook: &Playbook, event: &Event) -> String {
    match event {
        Event::Done(at) => step_name(playbook, *at),
        Event::Due(at) => format!("{}.due", step_name(playbook, *at)),
        Event::Outcome(outcome) => outcome.to_string(),
    }
}

pub(super) fn within_name(playbook: &Playbook, within: &Within) -> String {
    match within.of {
        Some(of) => format!("{} of {}", within.duration, step_name(playbook, of)),
        None => within.duration.to_string(),
    }
}

pub(super) fn step_name(playbook: &Playbook, at: usize) -> String {
    playbook.steps.get(at).map_or_else(String::new, |step| step.id.to_string())
}

fn message(part: &mut Part<'_>, old: &Message, new: &Message) {
    let channel = |message: &Message| Some(message.channel.as_str().to_owned());
    part.value(Sort::Structure, "channel", channel(old), channel(new));
    let by = |message: &Message| message.by.as_ref().map(ToString::to_string);
    part.value(Sort::Structure, "by", by(old), by(new));
    for before in &old.texts {
        let Some(after) = new.texts.iter().find(|after| after.option == before.option) else {
            continue;
        };
        let which = before.option.as_ref().map(ToString::to_string);
        if before.text != after.text || before.subject != after.subject {
            let subject = part.subject.clone();
            let (sort, key) = (Sort::Wording, Some("text"));
            part.found.push(Difference { sort, subject, key, before: which.clone(), after: which });
        }
        part.words(Sort::Wording, "rules", &before.rules, &after.rules);
    }
}
