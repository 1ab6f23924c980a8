//! Steps, and for whom: `[build-list]`, `[follow-up/ben]`, `{follow-up: [Ben Okafor]}`.

use super::Reader;
use super::cast::kind_of;
use super::items;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Step;
use crate::source::Span;
use crate::story::document::Subject;
use crate::syntax::{Node, Scalar, Value};

impl Reader<'_> {
    /// The tasks that a value names: a step, a list of steps, or steps with the names of people.
    pub(super) fn subjects(&mut self, node: &Node) -> Vec<(Span, Subject)> {
        let mut subjects = Vec::new();
        for item in items(node) {
            match &item.value {
                Value::Scalar(text) => self.task(text, &mut subjects),
                Value::Map(entries) => {
                    for entry in entries {
                        self.tasks(&entry.key, &entry.value, &mut subjects);
                    }
                }
                Value::List(_) | Value::Null => {
                    self.wrong(item, "this", "a step, such as `review` or `{follow-up: [Ana]}`");
                }
                Value::Broken => {}
            }
        }
        subjects
    }

    /// `step` or `step/name`.
    fn task(&mut self, text: &Scalar, subjects: &mut Vec<(Span, Subject)>) {
        let Some((step, name)) = text.text().split_once('/') else {
            if let Some(step) = self.step(text.text(), text.span()) {
                subjects.push((text.span(), Subject { step, who: None }));
            }
            return;
        };
        let name_at = text.place(step.len() + 1..text.text().len(), self.file);
        let step_at = text.place(0..step.len(), self.file);
        let Some(step) = self.step(step, step_at) else { return };
        if let Some(subject) = self.subject(step, name, name_at) {
            subjects.push((text.span(), subject));
        }
    }

    /// A step with one name or a list of them; with nothing behind it, the step for everybody.
    fn tasks(&mut self, key: &Scalar, value: &Node, subjects: &mut Vec<(Span, Subject)>) {
        let Some(step) = self.step(key.text(), key.span()) else { return };
        if value.value == Value::Null {
            subjects.push((key.span(), Subject { step, who: None }));
            return;
        }
        for name in items(value) {
            let Some(name) = self.text(name) else { continue };
            if let Some(subject) = self.subject(step, name.text(), name.span()) {
                subjects.push((name.span(), subject));
            }
        }
    }

    fn subject(&mut self, step: usize, name: &str, span: Span) -> Option<Subject> {
        let known = self.known(step)?;
        let Some(list) = known.for_each else {
            let message = format!("`{}` is one task, not one for each person", known.id);
            let help = format!("write `{}` alone, as in `[{}]`", known.id, known.id);
            self.push(Diagnostic::new(Code::WrongType, span, message).help(help));
            return None;
        };
        let who = self.actor(name, span, Some(kind_of(list)))?;
        Some(Subject { step, who: Some(who) })
    }

    /// The position of a step.
    pub(super) fn step(&mut self, name: &str, span: Span) -> Option<usize> {
        if let Some(position) = self.playbook.positions.get(name) {
            return Some(*position);
        }
        let message = format!("the playbook has no step `{name}`");
        let playbook = self.playbook;
        let known: Vec<&str> = playbook.steps.iter().map(|step| &*step.id).collect();
        self.unknown(Code::UnknownStep, span, name, message, &known);
        None
    }

    pub(super) fn known(&self, step: usize) -> Option<&Step> {
        self.playbook.steps.get(step)
    }
}
