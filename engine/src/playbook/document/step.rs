//! A step as written.

use std::collections::BTreeMap;

use super::field::FieldDocument;
use super::reading::{Group, Owner, Reading, clipped};
use super::values::{At, NameForm, Offset, words_of};
use crate::calendar::{CycleDay, Pace, Schedule};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::language::{STEP, STEP_KINDS};
use crate::playbook::{Decision, NeedMeasure, Required};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar, Value};

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

/// A step.
#[derive(Clone, Debug)]
pub(crate) struct StepDocument {
    pub id: Scalar,
    pub title: Option<Scalar>,
    pub source: Option<Scalar>,
    pub guide: Option<Scalar>,
    pub checklist: Vec<Scalar>,
    pub kind: KindDocument,
    pub needs: Vec<NeedDocument>,
    pub for_each: Option<Scalar>,
    pub when: Option<Scalar>,
    pub after: Option<Offset>,
    pub at: Option<AtDocument>,
    pub within: Option<Offset>,
    pub pace: Vec<At<Pace>>,
    pub once: Option<Span>,
    pub record: Vec<FieldDocument>,
    pub sets: Option<Scalar>,
    pub required: Required,
    pub effort: Option<u32>,
}

/// What kind of step it is.
#[derive(Clone, Debug)]
pub(crate) enum KindDocument {
    Task,
    Choose(Scalar),
    Write(Scalar),
    Collect(Scalar),
    Fill(Vec<Scalar>),
    Send(Scalar),
    Decide(Vec<Decision>),
    Every(At<Schedule>),
    /// The key is there and its value cannot be read.
    Broken,
}

/// An edge.
#[derive(Clone, Debug)]
pub(crate) struct NeedDocument {
    pub step: Scalar,
    pub measure: NeedMeasure,
}

/// The day a step becomes due.
#[derive(Clone, Debug)]
pub(crate) enum AtDocument {
    Day(At<u32>),
    /// A dotted name, such as `person.booked.at`.
    Date(Scalar),
}

impl Reading<'_> {
    /// All steps.
    pub(super) fn steps(&mut self, node: &Node) -> Vec<StepDocument> {
        let entries = self.declared(node, "a step", NameForm::Id);
        let steps: Vec<_> = entries.into_iter().map(|entry| self.step(entry)).collect();
        let mut reviews = steps.iter().filter(|step| matches!(step.kind, KindDocument::Decide(_)));
        if let Some(first) = reviews.next() {
            for second in reviews {
                let message = "a cycle has one review, and this is a second";
                self.push(
                    Diagnostic::new(Code::KeysExclude, second.id.span(), message)
                        .also(first.id.span(), "the first one is here")
                        .help(
                            "keep one of them; what is only looked at is a step without `decide`",
                        ),
                );
            }
        }
        steps
    }

    fn step(&mut self, entry: &Entry) -> StepDocument {
        let mut step = StepDocument {
            id: entry.key.clone(),
            title: None,
            source: None,
            guide: None,
            checklist: Vec::new(),
            kind: KindDocument::Task,
            needs: Vec::new(),
            for_each: None,
            when: None,
            after: None,
            at: None,
            within: None,
            pace: Vec::new(),
            once: None,
            record: Vec::new(),
            sets: None,
            required: Required::UnlessReason,
            effort: None,
        };
        let owner = Owner::named("step", &entry.key);
        let Some(group) = self.open(&entry.value, &STEP, owner) else {
            step.kind = KindDocument::Broken;
            return step;
        };
        step.title = group.text("title").cloned();
        step.source = group.text("source").cloned();
        step.guide = group.text("guide").cloned();
        step.checklist = self.texts(&group, "checklist");
        step.kind = self.kind(&group);
        step.needs = group.node("needs").map(|node| self.needs(node)).unwrap_or_default();
        step.for_each = group.text("for_each").cloned();
        step.when = group.text("when").cloned();
        step.after = self.offset(&group, "after");
        step.at = group.text("at").and_then(|text| self.at(text));
        step.within = self.offset(&group, "within");
        step.pace = self.paces(&group);
        step.once = group
            .text("once")
            .and_then(|text| self.one_of(text, "once", words_of(&STEP, "once")))
            .map(|once| once.span);
        step.record = self.fields(group.node("record"), "a field", NameForm::Id);
        step.sets = group.text("sets").cloned();
        step.required = self.required(&group);
        step.effort = self.effort(&group);
        self.exclusions(&group);
        step
    }

    fn kind(&mut self, group: &Group<'_>) -> KindDocument {
        let mut kinds = STEP_KINDS.iter().filter(|kind| group.has(kind));
        let Some(kind) = kinds.next() else { return KindDocument::Task };
        for second in kinds {
            let (Some(first), Some(place)) = (group.key_span(kind), group.key_span(second)) else {
                continue;
            };
            // The one that was added is shown: later in the file, or in the playbook laid over.
            let added = (place.file.0, std::cmp::Reverse(place.start))
                < (first.file.0, std::cmp::Reverse(first.start));
            let (first, place, kind, second) =
                if added { (first, place, kind, second) } else { (place, first, second, kind) };
            self.push(
                Diagnostic::new(
                    Code::KeysExclude,
                    place,
                    format!("a step is of one kind, and this one has `{kind}` and `{second}`"),
                )
                .also(first, format!("`{kind}` is here"))
                .help("make two steps of it, or remove one of the two; in a playbook that extends another, `~` removes"),
            );
        }
        let Some(node) = group.node(kind) else { return KindDocument::Broken };
        let named = |wrap: fn(Scalar) -> KindDocument| {
            node.as_scalar().cloned().map_or(KindDocument::Broken, wrap)
        };
        match *kind {
            "choose" => named(KindDocument::Choose),
            "write" => named(KindDocument::Write),
            "collect" => named(KindDocument::Collect),
            "send" => named(KindDocument::Send),
            "fill" => KindDocument::Fill(self.texts(group, "fill")),
            "decide" => self.decisions(group),
            _ => node
                .as_scalar()
                .and_then(|text| self.small(Code::BadSchedule, text, Schedule::parse))
                .map_or(KindDocument::Broken, KindDocument::Every),
        }
    }

    fn decisions(&mut self, group: &Group<'_>) -> KindDocument {
        let texts = self.texts(group, "decide");
        let place = group.key_span("decide").unwrap_or_default();
        if texts.is_empty() && group.node("decide").is_some() {
            self.push(
                Diagnostic::new(Code::EmptyText, place, "`decide` offers nothing to decide")
                    .help("write `decide: [again, use, stop]`"),
            );
        }
        let mut decisions = Vec::new();
        for text in &texts {
            let decision = match self.one_of(text, "decide", words_of(&STEP, "decide")) {
                Some(found) => match found.value {
                    "again" => Decision::Again,
                    "use" => Decision::Use,
                    _ => Decision::Stop,
                },
                None => continue,
            };
            if !decisions.contains(&decision) {
                decisions.push(decision);
            }
        }
        KindDocument::Decide(decisions)
    }

    fn needs(&mut self, node: &Node) -> Vec<NeedDocument> {
        match &node.value {
            Value::Scalar(text) => {
                vec![NeedDocument { step: text.clone(), measure: NeedMeasure::Finished }]
            }
            Value::List(items) => {
                let mut needs: Vec<NeedDocument> = Vec::new();
                let mut seen = BTreeMap::new();
                for item in items {
                    match &item.value {
                        Value::Scalar(text) => self.add_need(&mut needs, &mut seen, text),
                        Value::Map(entries) => {
                            for entry in entries {
                                let measure = self.measure(entry);
                                needs.extend(measure.map(|measure| NeedDocument {
                                    step: entry.key.clone(),
                                    measure,
                                }));
                            }
                        }
                        Value::Null | Value::List(_) => {
                            self.wrong_type(item, "an item of `needs`", "the id of a step");
                        }
                        Value::Broken => {}
                    }
                }
                needs
            }
            Value::Map(entries) => entries
                .iter()
                .filter_map(|entry| {
                    let measure = self.measure(entry)?;
                    Some(NeedDocument { step: entry.key.clone(), measure })
                })
                .collect(),
            Value::Null | Value::Broken => Vec::new(),
        }
    }

    fn add_need<'n>(
        &mut self,
        needs: &mut Vec<NeedDocument>,
        seen: &mut BTreeMap<&'n str, Span>,
        text: &'n Scalar,
    ) {
        if let Some(first) = seen.get(text.text()) {
            self.push(
                Diagnostic::new(
                    Code::DuplicateKey,
                    text.span(),
                    format!("`{}` stands here a second time", clipped(text.text())),
                )
                .also(*first, "the first one is here")
                .help("keep one of them"),
            );
            return;
        }
        seen.insert(text.text(), text.span());
        needs.push(NeedDocument { step: text.clone(), measure: NeedMeasure::Finished });
    }

    /// `done`, or `{at_least: N}`.
    fn measure(&mut self, entry: &Entry) -> Option<NeedMeasure> {
        let wanted =
            format!("write `{0}: done`, or `{0}: {{at_least: 20}}`", clipped(entry.key.text()));
        let finding = |span: Span, message: String| {
            Diagnostic::new(Code::BadValue, span, message).help(wanted.clone())
        };
        match &entry.value.value {
            Value::Scalar(text) if text.text() == "done" => Some(NeedMeasure::Done),
            Value::Scalar(text) => {
                self.push(finding(
                    text.span(),
                    format!("`{}` is nothing that a need can wait for", clipped(text.text())),
                ));
                None
            }
            Value::Map(entries) => {
                let [only] = entries.as_slice() else {
                    let place = self.shown(&entry.value);
                    self.push(finding(
                        place,
                        "a need takes `at_least` and nothing else".to_owned(),
                    ));
                    return None;
                };
                if only.key.text() != "at_least" {
                    self.push(
                        Diagnostic::new(
                            Code::UnknownKey,
                            only.key.span(),
                            format!("a need has no key `{}`", clipped(only.key.text())),
                        )
                        .suggest(crate::diagnostic::nearest(only.key.text(), ["at_least"]))
                        .help(wanted),
                    );
                    return None;
                }
                let number =
                    only.value.as_scalar().and_then(|text| text.text().parse::<u32>().ok());
                if let Some(number) = number.filter(|number| *number > 0) {
                    return Some(NeedMeasure::AtLeast(number));
                }
                let place = self.shown(&only.value);
                self.push(finding(place, "`at_least` takes a number from 1 on".to_owned()));
                None
            }
            Value::Null => {
                self.push(finding(
                    entry.key.span(),
                    format!("what is needed of `{}`?", clipped(entry.key.text())),
                ));
                None
            }
            Value::List(_) => {
                let place = self.shown(&entry.value);
                self.push(finding(place, "a need takes `done` or `{at_least: N}`".to_owned()));
                None
            }
            Value::Broken => None,
        }
    }

    fn at(&mut self, text: &Scalar) -> Option<AtDocument> {
        let is_name = text.text().contains('.') && !text.text().contains(' ');
        if is_name {
            return Some(AtDocument::Date(text.clone()));
        }
        let day =
            self.small(Code::BadValue, text, |text| CycleDay::parse(text).map(CycleDay::number))?;
        Some(AtDocument::Day(day))
    }

    fn paces(&mut self, group: &Group<'_>) -> Vec<At<Pace>> {
        let texts = self.texts(group, "pace");
        texts.iter().filter_map(|text| self.small(Code::BadValue, text, Pace::parse)).collect()
    }

    fn required(&mut self, group: &Group<'_>) -> Required {
        let found = group
            .text("required")
            .and_then(|text| self.one_of(text, "required", words_of(&STEP, "required")));
        match found.map(|found| found.value) {
            Some("must") => Required::Must,
            Some("optional") => Required::Optional,
            Some(_) | None => Required::UnlessReason,
        }
    }

    fn effort(&mut self, group: &Group<'_>) -> Option<u32> {
        let found = self.duration(group, "effort")?;
        if found.value.minutes().is_none() {
            self.push(
                Diagnostic::new(
                    Code::BadValue,
                    found.span,
                    format!(
                        "`effort` is time spent at it, and {} is a stretch of the calendar",
                        found.value
                    ),
                )
                .help("write it in minutes or hours, such as `20 minutes`"),
            );
        }
        found.value.minutes()
    }

    /// Keys that cannot stand together.
    fn exclusions(&mut self, group: &Group<'_>) {
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
