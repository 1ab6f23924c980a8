//! Names that refer to something: each is looked up once, and what it leads to is kept.

mod dates;
mod measures;
mod names;

use std::collections::BTreeSet;

use super::index::Index;
use crate::diagnostic::Code;
use crate::message::Channel;
use crate::playbook::document::{
    Document, KindDocument, Reading, RulesDocument, StepDocument, clipped,
};
use crate::playbook::{Anchor, Available, Event, List, NeedMeasure};
use crate::source::Span;

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
}
