//! Which texts use a name, how many of them went out, and which names a text may use at all (M1).
//!
//! Knows the texts in force: the seeker's own wording where there is one. It must not know what a
//! name stands for on a day.

use super::situation::Situation;
use crate::message::{NameUse, Template};
use crate::people::{Kind, STANDARD_FIELDS};
use crate::playbook::{Id, Message, MessageText, Playbook, StepKind};

/// The messages that use a name, and how many of them were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The messages whose texts use it, in declaration order.
    pub messages: Vec<Id>,
    /// How many of them went out in the running cycle.
    pub sent: usize,
}

/// Which messages of the plan use a name, such as `inputs.target_role`, in a text that somebody in
/// the running cycle gets.
pub fn usage(situation: &Situation<'_>, name: &str) -> Usage {
    let sends = |message: &Message| {
        let sends = |kind: &StepKind| matches!(kind, StepKind::Send(sent) if *sent == message.id);
        situation.playbook.steps.iter().any(|step| sends(&step.kind))
    };
    let uses = |message: &Message| {
        let mut texts = message.texts.iter();
        texts.any(|text| {
            is_in_force(situation, message, text.option.as_ref())
                && has(situation, message, text, name)
        })
    };
    let messages: Vec<Id> = situation
        .playbook
        .messages
        .iter()
        .filter(|message| sends(message) && uses(message))
        .map(|message| message.id.clone())
        .collect();
    let sent = sent_of(situation, &messages);
    Usage { messages, sent }
}

/// Whether somebody in the running cycle gets the text of an option; without a cycle anybody may.
pub(super) fn is_in_force(
    situation: &Situation<'_>,
    message: &Message,
    option: Option<&Id>,
) -> bool {
    let Some(cycle) = situation.running() else { return true };
    message.by.is_none()
        || situation.options_in_force(cycle, &message.id).iter().any(|id| id.as_ref() == option)
}

/// How many of these messages went out in the running cycle.
pub(super) fn sent_of(situation: &Situation<'_>, messages: &[Id]) -> usize {
    let Some(cycle) = situation.running() else { return 0 };
    let sent = cycle.log.completed.values().filter_map(|done| done.sent.as_ref());
    sent.filter(|sent| messages.contains(&sent.message)).count()
}

/// How many messages went out in the running cycle with the text of an option.
pub fn sent_with(situation: &Situation<'_>, message: &str, option: Option<&Id>) -> usize {
    let Some(cycle) = situation.running() else { return 0 };
    let sent = cycle.log.completed.values().filter_map(|done| done.sent.as_ref());
    sent.filter(|sent| *sent.message == *message && sent.option.as_ref() == option).count()
}

/// Whether a text in force uses a name.
fn has(situation: &Situation<'_>, message: &Message, text: &MessageText, name: &str) -> bool {
    let uses = |names: &[NameUse]| names.iter().any(|used| used.path == name);
    let key = (message.id.clone(), message.by.as_ref().and(text.option.clone()));
    let own = situation.state.wording.get(&key).filter(|words| !words.is_blank());
    let own = own.and_then(|words| Template::compile(words.raw()).ok());
    let body = own.as_ref().unwrap_or(&text.text);
    uses(body.names()) || text.subject.as_ref().is_some_and(|subject| uses(subject.names()))
}

/// Every name that a text of this playbook may use (language.md, names in templates).
pub fn names_for_texts(playbook: &Playbook) -> Vec<String> {
    let fields = |room: &str, kind: Kind| {
        let declared = super::progress::declared_fields(playbook, kind);
        let declared = declared.iter().map(|field| &*field.id);
        let names = STANDARD_FIELDS.iter().copied().chain(declared);
        names.map(|name| format!("{room}.{name}")).collect::<Vec<_>>()
    };
    let mut names = fields("person", Kind::Person);
    for outcome in &playbook.outcomes {
        names.push(format!("person.{}", outcome.id));
        names.extend(
            outcome.fields.iter().map(|field| format!("person.{}.{}", outcome.id, field.id)),
        );
    }
    names.extend(fields("company", Kind::Company));
    names.extend(playbook.inputs.iter().map(|input| format!("inputs.{}", input.id)));
    names.extend(playbook.choices.iter().map(|choice| format!("choice.{}", choice.id)));
    names.extend(["times.first", "times.second"].map(ToOwned::to_owned));
    names.extend(["number", "day", "start", "end"].map(|part| format!("cycle.{part}")));
    for metric in &playbook.metrics {
        let parts = ["out_of", "count", "counted", "waiting", "value"];
        names.extend(parts.map(|part| format!("metrics.{}.{part}", metric.id)));
    }
    names.push("today".to_owned());
    names
}
