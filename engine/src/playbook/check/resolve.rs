//! The resolved playbook out of a document in which every name was found.

use std::collections::BTreeMap;

use super::index::{BUILT_IN, Index};
use super::references::{Links, MetricLinks};
use super::texts::{CompiledWording, Texts};
use super::wordings::rules_of;
use crate::message::Channel;
use crate::playbook::document::{
    ChoiceDocument, Document, FieldDocument, KindDocument, ListDocument, MessageDocument,
    MetricDocument, StepDocument,
};
use crate::playbook::{
    After, Choice, ChoiceOption, CycleRules, Field, Id, List, ListRules, Message, MessageText,
    Metric, Need, Outcome, Playbook, Step, StepKind, Within,
};
use crate::syntax::Scalar;

/// Builds the playbook; none where something is missing after all.
pub(crate) fn playbook(
    document: &Document,
    index: &Index<'_>,
    links: Links,
    texts: Texts,
    order: Vec<usize>,
) -> Option<Playbook> {
    let steps = steps(document, index, &links, texts.guides, texts.conditions)?;
    let positions = steps.iter().enumerate().map(|(at, step)| (step.id.clone(), at)).collect();
    let metrics = document.metrics.iter().zip(links.metrics);
    let messages = document.messages.iter().zip(texts.messages);
    Some(Playbook {
        id: id(document.id.as_ref()?),
        version: text(document.version.as_ref()?),
        title: text(document.title.as_ref()?),
        role: document.role.as_ref().map(text),
        source: document.source.as_ref().map(text),
        about: document.about.as_ref().map(text),
        inputs: document.inputs.iter().map(field).collect(),
        choices: document.choices.iter().map(choice).collect(),
        people: list(&document.people),
        companies: document.companies.as_ref().map(list),
        outcomes: outcomes(&document.people),
        cycle: CycleRules {
            length: document.cycle.length,
            list_closes: document.cycle.list_closes.map_or(document.cycle.length, |day| day.value),
            decided_by: document.cycle.decided_by.as_ref().map(id),
            fairness: document.cycle.fairness.as_ref().map(id),
        },
        metrics: metrics
            .map(|(metric, links)| self::metric(metric, links))
            .collect::<Option<_>>()?,
        messages: messages
            .map(|(message, texts)| self::message(message, texts, index, document))
            .collect::<Option<_>>()?,
        steps,
        order,
        positions,
        hash: String::new(),
    })
}

fn id(name: &Scalar) -> Id {
    Id::from(name.text())
}

fn text(scalar: &Scalar) -> String {
    scalar.text().trim_end().to_owned()
}

fn list_named(name: &Scalar) -> Option<List> {
    match name.text() {
        "people" => Some(List::People),
        "companies" => Some(List::Companies),
        _ => None,
    }
}

fn field(field: &FieldDocument) -> Field {
    Field {
        id: id(&field.id),
        ask: field.ask.as_ref().map(text),
        example: field.example.as_ref().map(text),
        default: field.default.as_ref().map(text),
        kind: field.kind.clone(),
        rules: field.rules.as_ref().map(super::super::document::RulesDocument::rules),
    }
}

fn choice(choice: &ChoiceDocument) -> Choice {
    let option = |(name, title): &(Scalar, Option<Scalar>)| ChoiceOption {
        id: id(name),
        title: title.as_ref().map_or_else(|| in_words(name.text()), text),
    };
    Choice {
        id: id(&choice.id),
        ask: choice.ask.as_ref().map(text),
        options: choice.options.iter().map(option).collect(),
        split: choice.split,
    }
}

fn list(list: &ListDocument) -> ListRules {
    ListRules {
        size: list.size.map(|size| size.value).unwrap_or_default(),
        fields: list.fields.iter().map(field).collect(),
    }
}

/// Outcomes that always exist, then the playbook's own.
fn outcomes(people: &ListDocument) -> Vec<Outcome> {
    let built_in = BUILT_IN.iter().map(|(name, fields)| Outcome {
        id: Id::from(*name),
        title: match *name {
            "accepted" => "They accepted your request",
            "replied" => "They answered",
            "declined" => "They said no, thank you",
            "not_now" => "They asked you to come back later",
            "auto_reply" => "An automatic reply came",
            _ => "The message could not be delivered",
        }
        .to_owned(),
        fields: fields
            .iter()
            .map(|(name, kind)| Field {
                id: Id::from(*name),
                ask: Some("Until when?".to_owned()),
                example: None,
                default: None,
                kind: kind.clone(),
                rules: None,
            })
            .collect(),
        clears: None,
        ends: matches!(*name, "declined" | "not_now" | "bounced"),
        implies_reply: matches!(*name, "declined" | "not_now"),
        built_in: true,
    });
    let own = people.outcomes.iter().map(|outcome| Outcome {
        id: id(&outcome.id),
        title: outcome.title.as_ref().map_or_else(|| in_words(outcome.id.text()), text),
        fields: outcome.fields.iter().map(field).collect(),
        clears: outcome.clears.as_ref().map(id),
        ends: outcome.ends,
        implies_reply: true,
        built_in: false,
    });
    built_in.chain(own).collect()
}

/// A name as it reads where nobody gave it a title: `in_touch` is "In touch".
fn in_words(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn metric(metric: &MetricDocument, links: MetricLinks) -> Option<Metric> {
    if metric.out_of.is_some() != links.out_of.is_some() {
        return None;
    }
    let of = links.within_of;
    Some(Metric {
        id: id(&metric.id),
        title: metric.title.as_ref().map_or_else(|| in_words(metric.id.text()), text),
        out_of: links.out_of,
        count: links.count?,
        within: metric.within.as_ref().map(|within| Within { duration: within.duration, of }),
        per: metric.per,
    })
}

fn message(
    message: &MessageDocument,
    compiled: Vec<CompiledWording>,
    index: &Index<'_>,
    document: &Document,
) -> Option<Message> {
    let mut texts = Vec::new();
    for (wording, compiled) in message.texts.iter().zip(compiled) {
        texts.push(MessageText {
            option: wording.option.as_ref().map(id),
            rules: rules_of(message, wording),
            subject: compiled.subject,
            text: compiled.text?,
        });
    }
    // The choice says which option comes first.
    let by = message.by.as_ref();
    let choice = by.and_then(|by| document.choices.get(*index.choices.get(by.text())?));
    if let Some(choice) = choice {
        let names = choice.options.iter().map(|(name, _)| name.text());
        let places: BTreeMap<&str, usize> =
            names.enumerate().map(|(at, name)| (name, at)).collect();
        texts.sort_by_key(|text| text.option.as_deref().and_then(|option| places.get(option)));
    }
    Some(Message {
        id: id(&message.id),
        channel: Channel::parse(message.channel.as_ref()?.text())?,
        by: by.map(id),
        texts,
    })
}

fn steps(
    document: &Document,
    index: &Index<'_>,
    links: &Links,
    guides: Vec<Option<crate::message::Template>>,
    conditions: Vec<Option<crate::message::Condition>>,
) -> Option<Vec<Step>> {
    let mut steps = Vec::with_capacity(document.steps.len());
    let texts = guides.into_iter().zip(conditions);
    for (at, (step, (guide, when))) in document.steps.iter().zip(texts).enumerate() {
        let for_each = links.for_each.get(at).copied().flatten();
        let edges = links.needs.get(at)?;
        steps.push(Step {
            id: id(&step.id),
            title: text(step.title.as_ref()?),
            source: step.source.as_ref().map(text),
            guide,
            checklist: step.checklist.iter().map(text).collect(),
            kind: kind(step, index)?,
            needs: edges
                .iter()
                .map(|edge| Need { step: edge.step, measure: edge.measure })
                .collect(),
            for_each,
            when,
            after: step.after.as_ref().map(|after| After {
                duration: after.duration,
                of: links.after.get(at).cloned().flatten(),
            }),
            at: links.at.get(at).cloned().flatten(),
            within: step.within.as_ref().map(|within| Within {
                duration: within.duration,
                of: links.within.get(at).copied().flatten(),
            }),
            pace: step.pace.iter().map(|pace| pace.value).collect(),
            once_per_plan: step.once.is_some() || for_each == Some(List::Companies),
            record: step.record.iter().map(field).collect(),
            sets: step.sets.as_ref().map(id),
            required: step.required,
            effort: step.effort,
        });
    }
    Some(steps)
}

fn kind(step: &StepDocument, index: &Index<'_>) -> Option<StepKind> {
    Some(match &step.kind {
        KindDocument::Task => StepKind::Task,
        KindDocument::Choose(name) if index.choices.contains_key(name.text()) => {
            StepKind::Choose(id(name))
        }
        KindDocument::Write(name) if index.messages.contains_key(name.text()) => {
            StepKind::Write(id(name))
        }
        KindDocument::Send(name) if index.messages.contains_key(name.text()) => {
            StepKind::Send(id(name))
        }
        KindDocument::Collect(name) => StepKind::Collect(list_named(name)?),
        KindDocument::Fill(names) => StepKind::Fill(names.iter().map(id).collect()),
        KindDocument::Decide(decisions) => StepKind::Decide(decisions.clone()),
        KindDocument::Every(schedule) => StepKind::Every(schedule.value.clone()),
        KindDocument::Choose(_)
        | KindDocument::Write(_)
        | KindDocument::Send(_)
        | KindDocument::Broken => {
            return None;
        }
    })
}
