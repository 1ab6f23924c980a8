//! Every text of every message, rendered on the examples and held against its rules (M3).

use std::collections::{BTreeMap, BTreeSet};

use super::index::{Index, Scope};
use super::references::Links;
use super::samples::{Samples, can_be_invented};
use super::texts::Texts;
use super::wordings::{self, rules_of};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::{Breach, BreachKind, Channel, Force, Names, Rules, Template, repeats};
use crate::playbook::List;
use crate::playbook::document::{Document, FieldDocument, KindDocument, Reading, Wording};
use crate::source::Span;
use crate::syntax::Scalar;

pub(crate) fn check(
    document: &Document,
    index: &Index<'_>,
    links: &Links,
    texts: &Texts,
    reading: &mut Reading<'_>,
) {
    wordings::check(document, index, reading);
    let mut examples = Examples {
        document,
        index,
        links,
        texts,
        reading,
        samples: Samples::new(document),
        fields: fields(document),
        first: first_messages(document, index, links, texts),
    };
    for at in 0..document.messages.len() {
        examples.message(at);
    }
}

struct Examples<'e, 'd, 's> {
    document: &'d Document,
    index: &'e Index<'d>,
    links: &'e Links,
    texts: &'e Texts,
    reading: &'e mut Reading<'s>,
    samples: Samples,
    /// Declared fields by the names that texts give them.
    fields: BTreeMap<String, &'d FieldDocument>,
    /// Messages that may be the first that a person gets.
    first: BTreeSet<usize>,
}

fn fields(document: &Document) -> BTreeMap<String, &FieldDocument> {
    let companies = document.companies.as_ref();
    let lists: [(&str, &[FieldDocument]); 3] = [
        ("inputs", &document.inputs),
        ("person", &document.people.fields),
        ("company", companies.map_or(&[], |list| &list.fields)),
    ];
    let mut fields = BTreeMap::new();
    for (word, list) in lists {
        fields.extend(list.iter().map(|field| (format!("{word}.{}", field.id.text()), field)));
    }
    fields
}

/// Messages that some step sends to people who got none before and from whom nothing came.
fn first_messages(
    document: &Document,
    index: &Index<'_>,
    links: &Links,
    texts: &Texts,
) -> BTreeSet<usize> {
    let is_send = |at: usize| {
        document.steps.get(at).is_some_and(|step| matches!(step.kind, KindDocument::Send(_)))
    };
    let mut first = BTreeSet::new();
    for (at, step) in document.steps.iter().enumerate() {
        let KindDocument::Send(name) = &step.kind else { continue };
        let mut needs = links.needs.get(at).into_iter().flatten();
        let condition = texts.conditions.get(at).and_then(Option::as_ref);
        let in_silence = condition.is_none_or(|condition| {
            let mut names = condition.names().iter();
            !names.any(|name| name.path.starts_with("person."))
                || condition.holds(&Names::default())
        });
        if in_silence && !needs.any(|edge| is_send(edge.step)) {
            first.extend(index.messages.get(name.text()));
        }
    }
    first
}

impl<'d> Examples<'_, 'd, '_> {
    fn message(&mut self, at: usize) {
        let (Some(message), Some(compiled), Some(scope)) = (
            self.document.messages.get(at),
            self.texts.messages.get(at),
            self.texts.scopes.get(at).copied(),
        ) else {
            return;
        };
        let channel = message.channel.as_ref().and_then(|name| Channel::parse(name.text()));
        for (wording, compiled) in message.texts.iter().zip(compiled) {
            let (Some(text), Some(template)) = (&wording.text, &compiled.text) else { continue };
            let subject_text = wording.subject.as_ref().or(message.subject.as_ref());
            let mut complete = self.complete(text, template, scope);
            if let (Some(text), Some(subject)) = (subject_text, &compiled.subject) {
                complete &= self.complete(text, subject, scope);
            }
            if !complete {
                continue;
            }
            let names = self.samples.names(message, wording);
            let Ok(rendered) = template.render(&names) else { continue };
            let subject = compiled.subject.as_ref().and_then(|one| one.render(&names).ok());
            let rules = rules_of(message, wording);
            for breach in rules.check(&rendered) {
                self.breach(Code::RuleBroken, wording, text, template, &rendered, &breach);
            }
            if let (Some(shown), Some(template), Some(subject)) =
                (subject_text, &compiled.subject, &subject)
            {
                for breach in rules.check_subject(subject) {
                    self.breach(Code::RuleBroken, wording, shown, template, subject, &breach);
                }
            }
            self.repetition(wording, text, &rules, &rendered, &names);
            let Some(channel) = channel else { continue };
            // Behind a first message the two are connected: until then the second one waits.
            let connected = (!self.first.contains(&at)).then_some(true);
            for breach in channel.check(&rendered, subject.as_deref(), connected) {
                let about_subject = breach.kind == BreachKind::Subject;
                if about_subject && breach.measured == 0 {
                    continue;
                }
                let shown = subject_text.filter(|_| about_subject).unwrap_or(text);
                self.breach(Code::ChannelLimit, wording, shown, template, &rendered, &breach);
            }
        }
    }

    /// Whether everything that the text prints has an example.
    fn complete(&mut self, text: &Scalar, template: &Template, scope: Scope) -> bool {
        let mut complete = true;
        let mut said: Vec<&str> = Vec::new();
        for name in template.names() {
            if self.index.domain(&name.path, scope).is_err() {
                complete = false;
                continue;
            }
            let Some((field, asked)) = self.field(&name.path) else { continue };
            if name.has_fallback || said.contains(&name.path.as_str()) {
                continue;
            }
            said.push(&name.path);
            let place = self.reading.place(text, name.range.clone());
            if !asked && field.ask.is_none() && field.default.is_none() {
                self.reading.push(
                    Diagnostic::new(
                        Code::NeverAsked,
                        place,
                        format!(
                            "nothing ever asks for `{}`, so this text could not be sent",
                            name.path
                        ),
                    )
                    .also(field.id.span(), "the field is declared here")
                    .help("give it an `ask:`, or a step that fills it"),
                );
            }
            if field.example.is_none() && field.default.is_none() {
                complete = false;
                if can_be_invented(&field.kind) {
                    complete = true;
                    continue;
                }
                self.reading.push(
                    Diagnostic::new(
                        Code::MissingExample,
                        place,
                        format!("`{}` has no example, so this text cannot be checked", name.path),
                    )
                    .also(field.id.span(), "the field is declared here")
                    .help("add `example:` with an answer that people could give"),
                );
            }
        }
        complete
    }

    /// The declared field behind a name, and whether a step fills it.
    fn field(&self, path: &str) -> Option<(&'d FieldDocument, bool)> {
        let field = self.fields.get(path).copied()?;
        let list = match path.split_once('.') {
            Some(("person", _)) => Some(List::People),
            Some(("company", _)) => Some(List::Companies),
            _ => None,
        };
        let filled = list.is_some_and(|list| {
            self.links.used_fields.contains(&(list, field.id.text().to_owned()))
        });
        Some((field, filled))
    }

    fn breach(
        &mut self,
        code: Code,
        wording: &Wording,
        text: &Scalar,
        template: &Template,
        rendered: &str,
        breach: &Breach,
    ) {
        let option = wording
            .option
            .as_ref()
            .map_or(String::new(), |option| format!(" for `{}`", option.text()));
        let place = self.place_of_breach(text, template, rendered, breach);
        let message =
            format!("with the examples filled in, the text{option} has {}", breach.message);
        let message = match (breach.force, breach.kind) {
            (
                Force::Rule,
                BreachKind::Sentences | BreachKind::Characters | BreachKind::Questions,
            )
            | (Force::Advice | Force::Limit, BreachKind::ChannelLength) => message,
            (Force::Advice | Force::Limit | Force::Rule, _) => breach.message.clone(),
        };
        let mut finding = Diagnostic::new(code, place, message);
        match breach.force {
            Force::Advice => finding.severity = Severity::Hint,
            Force::Rule => finding = finding.help("change the text, the example, or the rule"),
            Force::Limit => finding = finding.help("make the text shorter"),
        }
        self.reading.push(finding);
    }

    /// Where the words that are too much stand in the template, as far as they were written there;
    /// else the first line of the text.
    fn place_of_breach(
        &self,
        text: &Scalar,
        template: &Template,
        rendered: &str,
        breach: &Breach,
    ) -> Span {
        let written = text.text();
        let words = breach.range.clone().and_then(|range| rendered.get(range));
        let words = words.map(|words| words.lines().next().unwrap_or_default().trim());
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            if let Some(at) = written.rfind(words) {
                return self.reading.place(text, at..at + words.len());
            }
            // Part of it comes out of a field; the words before that were written.
            let start: String = words.split_inclusive(' ').take(2).collect();
            let start = start.trim();
            if !template.names().is_empty()
                && start.len() > 3
                && let Some(at) = written.rfind(start)
            {
                return self.reading.place(text, at..at + start.len());
            }
        }
        let first = written.lines().next().unwrap_or_default().trim_end();
        self.reading.place(text, 0..first.len())
    }

    /// M4: a follow-up must say something that the first message did not.
    fn repetition(
        &mut self,
        wording: &Wording,
        text: &Scalar,
        rules: &Rules,
        rendered: &str,
        names: &Names,
    ) {
        let Some(first) = &rules.adds_to else { return };
        let Some(at) = self.index.messages.get(first.as_str()).copied() else { return };
        let (Some(message), Some(compiled)) =
            (self.document.messages.get(at), self.texts.messages.get(at))
        else {
            return;
        };
        for (other, template) in message.texts.iter().zip(compiled) {
            let same_option = wording.option.is_none()
                || other.option.is_none()
                || wording.option.as_ref().map(Scalar::text)
                    == other.option.as_ref().map(Scalar::text);
            let Some(template) = template.text.as_ref().filter(|_| same_option) else { continue };
            let Ok(earlier) = template.render(names) else { continue };
            let Some(repetition) = repeats(&earlier, rendered) else { continue };
            let part = repetition.sentences.first().map(|(_, range)| range.clone());
            let part = part.and_then(|range| rendered.get(range)).unwrap_or_default();
            let line = part.lines().next().unwrap_or_default();
            let first_line = text.text().lines().next().unwrap_or_default().trim_end();
            let at = text.text().find(line).filter(|_| !line.is_empty());
            let part = at.map_or(0..first_line.len(), |at| at..at + line.len());
            let place = self.reading.place(text, part);
            let mut finding = Diagnostic::new(
                Code::RuleBroken,
                place,
                format!("this text adds nothing to `{first}`"),
            )
            .help(
                "say something that the first message did not: a new detail, a question, an offer",
            );
            if let Some(earlier) = &other.text {
                finding = finding.also(earlier.span(), "the first message is here");
            }
            self.reading.push(finding);
            return;
        }
    }
}
