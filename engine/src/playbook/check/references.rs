//! Names that refer to something: each is looked up once, and what it leads to is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::index::{BUILT_IN, Index};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::message::Channel;
use crate::playbook::document::{
    AtDocument, Document, EventDocument, KindDocument, Reading, RulesDocument, StepDocument,
    clipped,
};
use crate::playbook::language::{COMPANY_FIELDS, PERSON_FIELDS};
use crate::playbook::{Anchor, Available, Event, FieldKind, Id, List, NeedMeasure};
use crate::source::Span;
use crate::syntax::Scalar;

/// One edge of the graph, with the place where it was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub step: usize,
    pub measure: NeedMeasure,
    pub span: Span,
}

/// What the references of each step lead to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    pub needs: Vec<Vec<Edge>>,
    pub for_each: Vec<Option<List>>,
    pub after: Vec<Option<Anchor>>,
    pub within: Vec<Option<usize>>,
    pub at: Vec<Option<Available>>,
    pub metrics: Vec<MetricLinks>,
    /// Positions of messages that are sent, written or added to.
    pub used_messages: BTreeSet<usize>,
    /// Fields that a step fills or waits for.
    pub used_fields: BTreeSet<(List, String)>,
    /// Kinds of name of which one was not found: what seems unused may have been meant.
    pub misspelt: BTreeSet<Code>,
}

/// What the references of a measure lead to.
#[derive(Clone, Debug, Default)]
pub(crate) struct MetricLinks {
    pub out_of: Option<Event>,
    pub count: Option<Event>,
    pub within_of: Option<usize>,
}

pub(crate) fn follow(document: &Document, index: &Index<'_>, reading: &mut Reading<'_>) -> Links {
    let mut follower = Follower { document, index, reading, links: Links::default() };
    follower.declared_names();
    for step in &document.steps {
        follower.step(step);
    }
    follower.messages();
    follower.metrics();
    follower.links
}

struct Follower<'f, 'd, 's> {
    document: &'d Document,
    index: &'f Index<'d>,
    reading: &'f mut Reading<'s>,
    links: Links,
}

impl Follower<'_, '_, '_> {
    /// Names that would mean two things.
    fn declared_names(&mut self) {
        let lists = [
            (&self.document.people.fields, PERSON_FIELDS, "every person has"),
            (
                self.document
                    .companies
                    .as_ref()
                    .map_or(&self.document.people.fields, |list| &list.fields),
                if self.document.companies.is_some() { COMPANY_FIELDS } else { &[] },
                "every company has",
            ),
        ];
        for (fields, standard, whose) in lists {
            for field in fields {
                if standard.iter().any(|(name, _)| *name == field.id.text()) {
                    self.twice(&field.id, format!("{whose} `{}` already", field.id.text()));
                }
            }
        }
        let names: BTreeMap<_, _> = self
            .document
            .people
            .fields
            .iter()
            .map(|field| (field.id.text(), field.id.span()))
            .collect();
        for outcome in &self.document.people.outcomes {
            let name = outcome.id.text();
            if BUILT_IN.iter().any(|(built_in, _)| *built_in == name) {
                self.twice(&outcome.id, format!("the outcome `{name}` exists in every playbook"));
            } else if let Some(field) = names.get(name) {
                let finding = Diagnostic::new(
                    Code::LookAlikeIds,
                    outcome.id.span(),
                    format!("`person.{name}` would mean a field and an outcome"),
                )
                .also(*field, "the field is here")
                .help("give one of them another name");
                self.reading.push(finding);
            } else if PERSON_FIELDS.iter().any(|(field, _)| *field == name) {
                self.twice(&outcome.id, format!("every person has a field `{name}` already"));
            }
            if let Some(clears) = &outcome.clears {
                self.outcome(clears);
            }
        }
    }

    fn twice(&mut self, name: &Scalar, message: String) {
        let finding = Diagnostic::new(Code::BadId, name.span(), message)
            .help("choose another name, or leave it out and use the one that is there");
        self.reading.push(finding);
    }

    fn unknown(&mut self, code: Code, name: &Scalar, message: String, names: &[&str], help: &str) {
        self.links.misspelt.insert(code);
        let near = nearest(name.text(), names.iter().copied());
        let mut finding = Diagnostic::new(code, name.span(), message).suggest(near);
        if near.is_none() {
            const SHOWN: usize = 12;
            finding = finding.help(if names.is_empty() || names.len() > SHOWN {
                help.to_owned()
            } else {
                format!("{help}; there is `{}`", names.join("`, `"))
            });
        }
        self.reading.push(finding);
    }

    fn step_named(
        &mut self,
        name: &Scalar,
        sentence: impl FnOnce(&str) -> String,
    ) -> Option<usize> {
        let found = self.index.steps.get(name.text()).copied();
        if found.is_none() {
            let names = self.index.candidates(self.index.steps.keys());
            let message = sentence(&clipped(name.text()));
            self.unknown(Code::UnknownStep, name, message, &names, "write the id of a step");
        }
        found
    }

    fn outcome(&mut self, name: &Scalar) -> bool {
        let known = self.index.outcomes.contains_key(name.text());
        if !known {
            let names = self.index.candidates(self.index.outcomes.keys());
            let message = format!("there is no outcome `{}`", clipped(name.text()));
            self.unknown(
                Code::UnknownOutcome,
                name,
                message,
                &names,
                "declare it under `people: outcomes:`",
            );
        }
        known
    }

    fn message(&mut self, name: &Scalar) {
        if let Some(at) = self.index.messages.get(name.text()) {
            self.links.used_messages.insert(*at);
            return;
        }
        let names = self.index.candidates(self.index.messages.keys());
        let message = format!("there is no message `{}`", clipped(name.text()));
        self.unknown(Code::UnknownMessage, name, message, &names, "write it under `messages:`");
    }

    fn choice(&mut self, name: &Scalar) {
        if !self.index.choices.contains_key(name.text()) {
            let names = self.index.candidates(self.index.choices.keys());
            let message = format!("there is no choice `{}`", clipped(name.text()));
            self.unknown(Code::UnknownChoice, name, message, &names, "declare it under `choices:`");
        }
    }

    fn list(&mut self, name: &Scalar) -> Option<List> {
        match name.text() {
            "people" => Some(List::People),
            "companies" if self.document.companies.is_some() => Some(List::Companies),
            "companies" => {
                let finding = Diagnostic::new(
                    Code::UnknownList,
                    name.span(),
                    "this playbook has no list of companies",
                )
                .help("add `companies:` with a `size`, or write `people`");
                self.reading.push(finding);
                self.links.misspelt.insert(Code::UnknownList);
                None
            }
            other => {
                let message = format!("there is no list `{}`", clipped(other));
                self.unknown(
                    Code::UnknownList,
                    name,
                    message,
                    &["people", "companies"],
                    "write `people` or `companies`",
                );
                None
            }
        }
    }

    fn step(&mut self, step: &StepDocument) {
        let id = step.id.text();
        let mut edges = Vec::new();
        for need in &step.needs {
            let found = self.step_named(&need.step, |name| {
                format!("step `{id}` needs `{name}`, and no step has this id")
            });
            edges.extend(found.map(|step| Edge {
                step,
                measure: need.measure,
                span: need.step.span(),
            }));
        }
        self.links.needs.push(edges);
        let for_each = step.for_each.as_ref().and_then(|name| self.list(name));
        self.links.for_each.push(for_each);
        self.kind(step, for_each);
        if let Some(sets) = &step.sets {
            self.outcome(sets);
        }
        let after = step.after.as_ref().and_then(|after| after.of.as_ref());
        let after = after.and_then(|name| self.anchor(step, name));
        self.links.after.push(after);
        let within = step.within.as_ref().and_then(|within| within.of.as_ref());
        let within = within.and_then(|name| {
            self.step_named(name, |name| {
                format!("the deadline of `{id}` counts from `{name}`, and no step has this id")
            })
        });
        self.links.within.push(within);
        let at = self.available(step, for_each);
        self.links.at.push(at);
    }

    fn kind(&mut self, step: &StepDocument, for_each: Option<List>) {
        match &step.kind {
            KindDocument::Choose(name) => self.choice(name),
            KindDocument::Write(name) | KindDocument::Send(name) => self.message(name),
            KindDocument::Collect(name) => {
                self.list(name);
            }
            KindDocument::Fill(names) => {
                let Some(list) = for_each else { return };
                for name in names {
                    self.field(name, list);
                }
            }
            KindDocument::Task
            | KindDocument::Decide(_)
            | KindDocument::Every(_)
            | KindDocument::Broken => {}
        }
    }

    fn field(&mut self, name: &Scalar, list: List) {
        self.links.used_fields.insert((list, name.text().to_owned()));
        let fields = self.index.fields(list);
        if !fields.contains_key(name.text()) {
            let names = self.index.candidates(fields.keys());
            let (who, place) = match list {
                List::People => ("people have", "people: fields:"),
                List::Companies => ("companies have", "companies: fields:"),
            };
            let message = format!("{who} no field `{}`", clipped(name.text()));
            self.unknown(
                Code::UnknownField,
                name,
                message,
                &names,
                &format!("declare it under `{place}`"),
            );
        }
    }

    /// `of STEP` or `of OUTCOME`.
    fn anchor(&mut self, step: &StepDocument, name: &Scalar) -> Option<Anchor> {
        if let Some(at) = self.index.steps.get(name.text()) {
            return Some(Anchor::Step(*at));
        }
        if self.index.outcomes.contains_key(name.text()) {
            return Some(Anchor::Outcome(Id::from(name.text())));
        }
        let names =
            self.index.candidates(self.index.steps.keys().chain(self.index.outcomes.keys()));
        let message = format!(
            "`{}` counts from `{}`, and that is neither a step nor an outcome",
            step.id.text(),
            clipped(name.text())
        );
        self.unknown(
            Code::UnknownStep,
            name,
            message,
            &names,
            "write the id of a step or an outcome",
        );
        None
    }

    fn available(&mut self, step: &StepDocument, for_each: Option<List>) -> Option<Available> {
        let name = match step.at.as_ref()? {
            AtDocument::Day(day) => return Some(Available::CycleDay(day.value)),
            AtDocument::Date(name) => name,
        };
        let parts: Vec<_> = name.text().split('.').collect();
        let (found, owner) = match (parts.as_slice(), for_each) {
            (["person", outcome, field], Some(List::People)) => {
                let Some(fields) = self.index.outcomes.get(outcome) else {
                    let from = "person.".len();
                    let place = self.reading.place(name, from..from + outcome.len());
                    self.outcome(&Scalar::new(*outcome, place));
                    return None;
                };
                let found = fields.get(field).map(|kind| {
                    let (outcome, field) = (Id::from(*outcome), Id::from(*field));
                    (Available::OutcomeField { outcome, field }, kind.clone())
                });
                (found, Some(fields.keys().copied().collect::<Vec<_>>()))
            }
            (["person", field], Some(List::People)) => {
                self.links.used_fields.insert((List::People, (*field).to_owned()));
                (self.entry_field(List::People, field), None)
            }
            (["company", field], Some(List::Companies)) => {
                self.links.used_fields.insert((List::Companies, (*field).to_owned()));
                (self.entry_field(List::Companies, field), None)
            }
            _ => {
                let finding = Diagnostic::new(
                    Code::UnknownField,
                    name.span(),
                    format!("`{}` is no date that this step could have", clipped(name.text())),
                )
                .help(
                    "write `day 14`, or with `for_each: people` a date such as `person.booked.at`",
                );
                self.reading.push(finding);
                return None;
            }
        };
        let Some((available, kind)) = found else {
            let last = parts.last().copied().unwrap_or_default();
            let place = self.reading.place(name, name.text().len() - last.len()..name.text().len());
            let names = owner.unwrap_or_else(|| {
                for_each
                    .map(|list| self.index.fields(list).keys().copied().collect())
                    .unwrap_or_default()
            });
            let message = format!("there is no field `{}` here", clipped(last));
            let last = Scalar::new(last, place);
            self.unknown(
                Code::UnknownField,
                &last,
                message,
                &names,
                "declare it with `type: date` or `type: datetime`",
            );
            return None;
        };
        if !matches!(kind, FieldKind::Date | FieldKind::Datetime) {
            let finding = Diagnostic::new(
                Code::WrongType,
                name.span(),
                format!("`{}` is no date", name.text()),
            )
            .help("give the field `type: date` or `type: datetime`");
            self.reading.push(finding);
        }
        Some(available)
    }

    fn entry_field(&self, list: List, field: &str) -> Option<(Available, FieldKind)> {
        let kind = self.index.fields(list).get(field)?;
        Some((Available::EntryField(Id::from(field)), kind.clone()))
    }

    fn messages(&mut self) {
        let document = self.document;
        for message in &document.messages {
            if let Some(name) = &message.channel
                && Channel::parse(name.text()).is_none()
            {
                let names: Vec<_> = Channel::ALL.iter().map(|channel| channel.as_str()).collect();
                let said = format!("there is no channel `{}`", clipped(name.text()));
                self.unknown(Code::UnknownChannel, name, said, &names, "write one of the channels");
            }
            if let Some(by) = &message.by {
                self.choice(by);
            }
            let mut rules: Vec<&RulesDocument> = message.rules.iter().collect();
            rules.extend(message.texts.iter().filter_map(|text| text.rules.as_ref()));
            for name in rules.iter().filter_map(|rules| rules.adds_to.as_ref()) {
                self.message(name);
            }
        }
    }

    fn metrics(&mut self) {
        let document = self.document;
        for metric in &document.metrics {
            let out_of = metric.out_of.as_ref().and_then(|event| self.event(event));
            let count = metric.count.as_ref().and_then(|event| self.event(event));
            let within_of = metric.within.as_ref().and_then(|within| within.of.as_ref());
            let within_of = within_of.and_then(|name| {
                let id = metric.id.text();
                self.step_named(name, |name| {
                    format!("the window of `{id}` counts from `{name}`, and no step has this id")
                })
            });
            self.links.metrics.push(MetricLinks { out_of, count, within_of });
        }
        for name in [&document.cycle.decided_by, &document.cycle.fairness].into_iter().flatten() {
            if !self.index.metrics.contains_key(name.text()) {
                let names = self.index.candidates(self.index.metrics.keys());
                let message = format!("there is no measure `{}`", clipped(name.text()));
                self.unknown(
                    Code::UnknownMetric,
                    name,
                    message,
                    &names,
                    "declare it under `metrics:`",
                );
            }
        }
    }

    fn event(&mut self, event: &EventDocument) -> Option<Event> {
        let name = event.name.text();
        if let Some(at) = self.index.steps.get(name) {
            return Some(if event.due { Event::Due(*at) } else { Event::Done(*at) });
        }
        if self.index.outcomes.contains_key(name) {
            if !event.due {
                return Some(Event::Outcome(Id::from(name)));
            }
            let finding = Diagnostic::new(
                Code::UnknownEvent,
                event.name.span(),
                format!("`{name}` is an outcome, and outcomes do not become due"),
            )
            .help(format!("write `{name}`"));
            self.reading.push(finding);
            return None;
        }
        let mut names = self.index.candidates(self.index.steps.keys());
        if !event.due {
            names.extend(self.index.candidates(self.index.outcomes.keys()));
        }
        let message = format!(
            "`{}` is neither a step nor an outcome, so nothing can be counted",
            clipped(name)
        );
        self.unknown(
            Code::UnknownEvent,
            &event.name,
            message,
            &names,
            "write a step, `STEP.due`, or an outcome",
        );
        None
    }
}
