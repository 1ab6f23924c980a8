//! What a story expects of a day.

use super::{Reader, items};
use crate::diagnostic::{Code, Diagnostic};
use crate::experiment::VerdictCode;
use crate::people::Kind;
use crate::playbook::StepKind;
use crate::story::Expected;
use crate::story::document::{Expectation, Part, What};
use crate::story::language::{EXPECT, TEXT};
use crate::syntax::{Node, Value};

impl Reader<'_> {
    pub(super) fn expectations(&mut self, node: &Node) -> Vec<Expectation> {
        let mut found = Vec::new();
        if self.keys(node, &EXPECT.names(), "`expect`").is_none() {
            return found;
        }
        for expected in Expected::ALL {
            let Some(value) = node.get(expected.key()) else { continue };
            let subjects = self.subjects(value).into_iter();
            found.extend(subjects.map(|(span, subject)| Expectation {
                span,
                what: What::Status(subject, expected),
            }));
        }
        for text in node.get("text").map(items).unwrap_or_default() {
            self.expected_text(text, &mut found);
        }
        let cycle = node.get("cycle").and_then(|node| self.expected_cycle(node));
        if let Some(metrics) = node.get("metrics") {
            self.expected_metrics(metrics, cycle, &mut found);
        }
        if let Some(text) = node.get("verdict").and_then(|node| self.text(node)) {
            let code = VerdictCode::ALL.into_iter().find(|code| code.as_str() == text.text());
            if let Some(code) = code {
                let what = What::Verdict { cycle, code };
                found.push(Expectation { span: text.span(), what });
            } else {
                let message = format!("`{}` is no verdict", text.text());
                let known: Vec<&str> =
                    VerdictCode::ALL.into_iter().map(VerdictCode::as_str).collect();
                self.unknown(Code::BadValue, text.span(), text.text(), message, &known);
            }
        }
        found
    }

    /// `{step: send-intro, person: Ana Silva, has: your talk}`.
    fn expected_text(&mut self, node: &Node, found: &mut Vec<Expectation>) {
        if self.keys(node, &TEXT.names(), "`text`").is_none() {
            return;
        }
        let step = self.required(node, "step", "the step that sends the message");
        let person = self.required(node, "person", "whom the message is for");
        let (Some(step), Some(person)) = (step, person) else { return };
        let (Some(step), Some(person)) = (self.text(step), self.text(person)) else { return };
        let who = self.actor(person.text(), person.span(), Some(Kind::Person));
        let span = step.span();
        let Some(step) = self.step(step.text(), span) else { return };
        if let Some(known) = self.known(step)
            && !matches!(known.kind, StepKind::Send(_))
        {
            let message = format!("`{}` sends no message, so it has no text", known.id);
            self.push(Diagnostic::new(Code::WrongType, span, message));
            return;
        }
        let Some(who) = who else { return };
        let mut looks = false;
        for (key, wanted) in [("has", true), ("lacks", false)] {
            for words in node.get(key).map(items).unwrap_or_default() {
                looks = true;
                let Some(words) = self.text(words) else { continue };
                let what = What::Text { step, who, words: words.text().trim().to_owned(), wanted };
                found.push(Expectation { span: words.span(), what });
            }
        }
        if !looks && self.whole {
            let finding = Diagnostic::new(Code::MissingKey, span, "`text` looks for nothing");
            self.push(finding.help("add `has:` or `lacks:` with some words"));
        }
    }

    /// The cycle whose figures are meant: `cycle: 1`.
    fn expected_cycle(&mut self, node: &Node) -> Option<u32> {
        let text = self.text(node)?;
        let number = text.text().trim().parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            let message = format!("`{}` is no number of a cycle", text.text());
            let finding = Diagnostic::new(Code::BadValue, text.span(), message);
            self.push(finding.help("write `cycle: 1` for the first one"));
        }
        number
    }

    /// `{reply_rate: {out_of: 2, count: 1}}`.
    fn expected_metrics(&mut self, node: &Node, cycle: Option<u32>, found: &mut Vec<Expectation>) {
        let Some(entries) = node.as_map() else {
            return self.wrong(node, "`metrics`", "measures, as in `{reply_rate: {count: 1}}`");
        };
        let playbook = self.playbook;
        for entry in entries {
            let name = entry.key.text();
            let Some(metric) = playbook.metric(name) else {
                let message = format!("the playbook has no measure `{name}`");
                let known: Vec<&str> = playbook.metrics.iter().map(|metric| &*metric.id).collect();
                self.unknown(Code::UnknownMetric, entry.key.span(), name, message, &known);
                continue;
            };
            let Some(parts) = self.keys(&entry.value, &Part::ALL.map(Part::key), "a measure")
            else {
                continue;
            };
            for (part, figure) in Part::ALL.into_iter().filter_map(|part| {
                let found = parts.iter().find(|entry| entry.key.text() == part.key());
                found.map(|entry| (part, &entry.value))
            }) {
                let Value::Scalar(text) = &figure.value else {
                    self.wrong(figure, "a figure", "a number, such as `2`");
                    continue;
                };
                let number = text.text().trim();
                if !number.parse::<f64>().is_ok_and(f64::is_finite) {
                    let message = format!("`{number}` is no number");
                    self.push(Diagnostic::new(Code::BadValue, text.span(), message));
                    continue;
                }
                let (metric, figure) = (metric.id.clone(), number.to_owned());
                let what = What::Metric { cycle, metric, part, figure };
                found.push(Expectation { span: text.span(), what });
            }
        }
    }
}
