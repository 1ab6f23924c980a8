//! Fields, choices, lists and outcomes as written.

use super::message::RulesDocument;
use super::reading::{Group, Owner, Reading};
use super::values::{At, NameForm, words_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Bounds;
use crate::playbook::language::{CHOICE, COMPANIES, FIELD, OUTCOME, PEOPLE};
use crate::playbook::{FieldKind, Id};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar, Value};

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct FieldDocument {
    pub id: Scalar,
    pub ask: Option<Scalar>,
    pub example: Option<Scalar>,
    pub default: Option<Scalar>,
    pub kind: FieldKind,
    pub rules: Option<RulesDocument>,
}

/// A choice.
#[derive(Clone, Debug)]
pub(crate) struct ChoiceDocument {
    pub id: Scalar,
    pub ask: Option<Scalar>,
    pub options: Vec<(Scalar, Option<Scalar>)>,
    pub split: bool,
}

/// A list.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListDocument {
    pub size: Option<At<Bounds>>,
    pub fields: Vec<FieldDocument>,
    pub outcomes: Vec<OutcomeDocument>,
    /// The key that declares the list.
    pub span: Option<Span>,
}

/// An outcome.
#[derive(Clone, Debug)]
pub(crate) struct OutcomeDocument {
    pub id: Scalar,
    pub title: Option<Scalar>,
    pub fields: Vec<FieldDocument>,
    pub clears: Option<Scalar>,
    pub ends: bool,
}

impl Reading<'_> {
    /// A map of fields.
    pub(super) fn fields(
        &mut self,
        node: Option<&Node>,
        what: &'static str,
        form: NameForm,
    ) -> Vec<FieldDocument> {
        let Some(node) = node else { return Vec::new() };
        let entries = self.declared(node, what, form);
        entries.into_iter().map(|entry| self.field(entry, what)).collect()
    }

    fn field(&mut self, entry: &Entry, what: &'static str) -> FieldDocument {
        let mut field = FieldDocument {
            id: entry.key.clone(),
            ask: None,
            example: None,
            default: None,
            kind: FieldKind::Text,
            rules: None,
        };
        let owner =
            Owner::named(what.trim_start_matches("an ").trim_start_matches("a "), &entry.key);
        let Some(group) = self.open(&entry.value, &FIELD, owner) else { return field };
        field.ask = group.text("ask").cloned();
        field.kind = self.field_kind(&group);
        field.rules = group.node("rules").and_then(|node| self.rules(node));
        field.example = self.answer(&group, "example", &field.kind);
        field.default = self.answer(&group, "default", &field.kind);
        field
    }

    fn field_kind(&mut self, group: &Group<'_>) -> FieldKind {
        if let (Some(_), Some(second)) = (group.key_span("type"), group.key_span("one_of")) {
            let first = group.key_span("type").unwrap_or(second);
            self.push(
                Diagnostic::new(
                    Code::KeysExclude,
                    second,
                    "`one_of` says what answers there are, and so does `type`",
                )
                .also(first, "`type` is here")
                .help("keep one of them"),
            );
        }
        if group.has("one_of") {
            let words = self.texts(group, "one_of");
            for word in &words {
                self.check_name(word, "an answer", NameForm::Id);
            }
            self.look_alikes(words.iter(), "an answer");
            if words.is_empty() && group.node("one_of").is_some() {
                let place = group.key_span("one_of").unwrap_or_default();
                self.push(Diagnostic::new(Code::EmptyText, place, "`one_of` is an empty list"));
            }
            return FieldKind::OneOf(words.iter().map(|word| Id::from(word.text())).collect());
        }
        let Some(text) = group.text("type") else { return FieldKind::Text };
        match self.one_of(text, "type", words_of(&FIELD, "type")).map(|found| found.value) {
            Some("number") => FieldKind::Number,
            Some("date") => FieldKind::Date,
            Some("datetime") => FieldKind::Datetime,
            Some("yes_no") => FieldKind::YesNo,
            Some("url") => FieldKind::Url,
            Some("email") => FieldKind::Email,
            Some(_) | None => FieldKind::Text,
        }
    }

    /// An example or default must be an answer that the field takes.
    fn answer(&mut self, group: &Group<'_>, key: &str, kind: &FieldKind) -> Option<Scalar> {
        let text = group.text(key)?;
        let wanted = wrong_answer(text.text(), kind);
        if let Some(wanted) = wanted {
            self.push(
                Diagnostic::new(
                    Code::BadValue,
                    text.span(),
                    format!("this field takes {wanted}, and its {key} is none"),
                )
                .help("write one that people could give as they answer"),
            );
        }
        Some(text.clone())
    }

    /// A map of choices.
    pub(super) fn choices(&mut self, node: Option<&Node>) -> Vec<ChoiceDocument> {
        let Some(node) = node else { return Vec::new() };
        let entries = self.declared(node, "a choice", NameForm::Variable);
        entries.into_iter().map(|entry| self.choice(entry)).collect()
    }

    fn choice(&mut self, entry: &Entry) -> ChoiceDocument {
        let mut choice =
            ChoiceDocument { id: entry.key.clone(), ask: None, options: Vec::new(), split: true };
        let owner = Owner::named("choice", &entry.key);
        let Some(group) = self.open(&entry.value, &CHOICE, owner) else { return choice };
        choice.ask = group.text("ask").cloned();
        choice.split = self.yes_no(&group, "split").is_none_or(|split| split.value);
        let Some(node) = group.node("options") else { return choice };
        for option in self.declared(node, "an option", NameForm::Id) {
            let title = self.title_of(option, "option");
            choice.options.push((option.key.clone(), title));
        }
        if choice.options.len() < 2 && self.whole {
            let place = group.key_span("options").unwrap_or_else(|| entry.key.span());
            self.push(
                Diagnostic::new(
                    Code::BadValue,
                    place,
                    format!("choice `{}` has nothing to choose from", entry.key.text()),
                )
                .help("write two options or more; the first is what one does now"),
            );
        }
        choice
    }

    /// The text behind a name.
    fn title_of(&mut self, entry: &Entry, what: &str) -> Option<Scalar> {
        match &entry.value.value {
            Value::Scalar(text) if !text.text().trim().is_empty() => Some(text.clone()),
            Value::Broken => None,
            Value::Null | Value::Scalar(_) => {
                self.push(
                    Diagnostic::new(
                        Code::EmptyText,
                        entry.key.span(),
                        format!("{what} `{}` has nothing behind it", entry.key.text()),
                    )
                    .help("write how people read it"),
                );
                None
            }
            Value::List(_) | Value::Map(_) => {
                let what = format!("{what} `{}`", entry.key.text());
                self.wrong_type(&entry.value, &what, "one text");
                None
            }
        }
    }

    /// The list of people or of companies.
    pub(super) fn list(&mut self, entry: &Entry, people: bool) -> ListDocument {
        let mut list = ListDocument { span: Some(entry.key.span()), ..ListDocument::default() };
        let object = if people { &PEOPLE } else { &COMPANIES };
        let owner = Owner::only(if people { "`people`" } else { "`companies`" }, list.span);
        let Some(group) = self.open(&entry.value, object, owner) else { return list };
        list.size =
            group.text("size").and_then(|text| self.small(Code::BadValue, text, Bounds::parse));
        list.fields = self.fields(group.node("fields"), "a field", NameForm::Variable);
        if people && let Some(node) = group.node("outcomes") {
            let entries = self.declared(node, "an outcome", NameForm::Variable);
            list.outcomes = entries.into_iter().map(|entry| self.outcome(entry)).collect();
        }
        list
    }

    fn outcome(&mut self, entry: &Entry) -> OutcomeDocument {
        let mut outcome = OutcomeDocument {
            id: entry.key.clone(),
            title: None,
            fields: Vec::new(),
            clears: None,
            ends: false,
        };
        let owner = Owner::named("outcome", &entry.key);
        let Some(group) = self.open(&entry.value, &OUTCOME, owner) else { return outcome };
        outcome.title = group.text("title").cloned();
        outcome.fields = self.fields(group.node("fields"), "a field", NameForm::Variable);
        outcome.clears = group.text("clears").cloned();
        outcome.ends = self.yes_no(&group, "ends").is_some_and(|ends| ends.value);
        outcome
    }
}

/// What the field would have taken, where the answer is none of it.
fn wrong_answer(text: &str, kind: &FieldKind) -> Option<String> {
    let (right, wanted) = match kind {
        FieldKind::Text => (true, "text"),
        FieldKind::Number => (text.parse::<f64>().is_ok_and(f64::is_finite), "a number"),
        FieldKind::Date => (text.parse::<jiff::civil::Date>().is_ok(), "a date such as 2026-03-07"),
        FieldKind::Datetime => (
            text.parse::<jiff::civil::DateTime>().is_ok(),
            "a date with a time, such as 2026-03-07 15:00",
        ),
        FieldKind::YesNo => (matches!(text, "yes" | "no" | "true" | "false"), "`yes` or `no`"),
        FieldKind::Url => (
            text.split_once("://").is_some_and(|(scheme, rest)| {
                matches!(scheme, "http" | "https") && !rest.is_empty() && !text.contains(' ')
            }),
            "a web address that begins with https://",
        ),
        FieldKind::Email => (
            text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')),
            "a mail address",
        ),
        FieldKind::OneOf(words) => {
            if words.iter().any(|word| &**word == text) {
                return None;
            }
            let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            return Some(words.join(" or "));
        }
    };
    (!right).then(|| wanted.to_owned())
}
