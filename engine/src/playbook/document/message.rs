//! Messages and rules as written.

use super::reading::{Owner, Reading};
use super::values::NameForm;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Bounds;
use crate::playbook::language::{MESSAGE, RULES, WORDING};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar, Value};

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct MessageDocument {
    pub id: Scalar,
    pub channel: Option<Scalar>,
    pub rules: Option<RulesDocument>,
    pub by: Option<Scalar>,
    pub subject: Option<Scalar>,
    pub texts: Vec<Wording>,
    /// `text` was a map of options.
    pub by_option: bool,
    /// The key `text`.
    pub text_span: Option<Span>,
}

/// One text.
#[derive(Clone, Debug)]
pub(crate) struct Wording {
    pub option: Option<Scalar>,
    pub rules: Option<RulesDocument>,
    pub subject: Option<Scalar>,
    pub text: Option<Scalar>,
}

/// Rules, with the place of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct RulesDocument {
    pub sentences: Option<(Bounds, Span)>,
    pub characters: Option<(Bounds, Span)>,
    pub questions: Option<(Bounds, Span)>,
    pub avoid: Option<Vec<Scalar>>,
    pub require: Option<Vec<Scalar>>,
    pub adds_to: Option<Scalar>,
}

impl Reading<'_> {
    /// A set of rules.
    pub(super) fn rules(&mut self, node: &Node) -> Option<RulesDocument> {
        let group = self.open(node, &RULES, Owner::only("`rules`", None))?;
        let mut bounds = |key| {
            let found = self.small(Code::BadValue, group.text(key)?, Bounds::parse)?;
            Some((found.value, found.span))
        };
        let (sentences, characters, questions) =
            (bounds("sentences"), bounds("characters"), bounds("questions"));
        let avoid = group.has("avoid").then(|| self.texts(&group, "avoid"));
        let require = group.has("require").then(|| self.texts(&group, "require"));
        let adds_to = group.text("adds_to").cloned();
        Some(RulesDocument { sentences, characters, questions, avoid, require, adds_to })
    }

    /// A map of messages.
    pub(super) fn messages(&mut self, node: Option<&Node>) -> Vec<MessageDocument> {
        let Some(node) = node else { return Vec::new() };
        let entries = self.declared(node, "a message", NameForm::Id);
        entries.into_iter().map(|entry| self.message(entry)).collect()
    }

    fn message(&mut self, entry: &Entry) -> MessageDocument {
        let mut message = MessageDocument {
            id: entry.key.clone(),
            channel: None,
            rules: None,
            by: None,
            subject: None,
            texts: Vec::new(),
            by_option: false,
            text_span: None,
        };
        let owner = Owner::named("message", &entry.key);
        let Some(group) = self.open(&entry.value, &MESSAGE, owner) else { return message };
        message.channel = group.text("channel").cloned();
        message.rules = group.node("rules").and_then(|node| self.rules(node));
        message.by = group.text("by").cloned();
        message.subject = group.text("subject").cloned();
        message.text_span = group.key_span("text");
        match group.node("text").map(|node| &node.value) {
            Some(Value::Scalar(text)) => message.texts.push(Wording {
                option: None,
                rules: None,
                subject: None,
                text: Some(text.clone()),
            }),
            Some(Value::Map(entries)) => {
                message.by_option = true;
                for option in entries {
                    let wording = self.wording(option);
                    message.texts.push(wording);
                }
            }
            Some(Value::Null | Value::List(_) | Value::Broken) | None => {}
        }
        message
    }

    fn wording(&mut self, entry: &Entry) -> Wording {
        let mut wording =
            Wording { option: Some(entry.key.clone()), rules: None, subject: None, text: None };
        match &entry.value.value {
            Value::Scalar(text) if !text.text().trim().is_empty() => {
                wording.text = Some(text.clone());
            }
            Value::Null | Value::Scalar(_) => {
                self.push(
                    Diagnostic::new(
                        Code::EmptyText,
                        entry.key.span(),
                        format!("the text for `{}` is empty", entry.key.text()),
                    )
                    .help("write it after `|`, indented, on the lines that follow"),
                );
            }
            Value::Map(_) => {
                let owner = Owner::named("the text for", &entry.key);
                let Some(group) = self.open(&entry.value, &WORDING, owner) else { return wording };
                wording.rules = group.node("rules").and_then(|node| self.rules(node));
                wording.subject = group.text("subject").cloned();
                wording.text = group.text("text").cloned();
            }
            Value::List(_) => {
                let what = format!("the text for `{}`", entry.key.text());
                self.wrong_type(&entry.value, &what, "a text");
            }
            Value::Broken => {}
        }
        wording
    }
}
