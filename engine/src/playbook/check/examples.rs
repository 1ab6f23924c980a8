//! Every text of every message, rendered on the examples and held against its rules (M3).

use super::index::{Index, Scope};
use super::references::Links;
use super::texts::Texts;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::message::{Breach, BreachKind, Channel, Force, Names, Rules, Template, Value, repeats};
use crate::playbook::document::{
    Document, FieldDocument, KindDocument, MessageDocument, Reading, RulesDocument, StepDocument,
    Wording, clipped,
};
use crate::playbook::language::{COMPANY_FIELDS, PERSON_FIELDS};
use crate::playbook::{FieldKind, List};
use crate::source::Span;
use crate::syntax::Scalar;

pub(crate) fn check(
    document: &Document,
    index: &Index<'_>,
    links: &Links,
    texts: &Texts,
    reading: &mut Reading<'_>,
) {
    let mut examples = Examples { document, index, links, texts, reading };
    for at in 0..document.messages.len() {
        examples.options(at);
        examples.message(at);
    }
}

/// The rules of a text: its own laid over those of the message.
pub(crate) fn rules_of(message: &MessageDocument, wording: &Wording) -> Rules {
    let base = message.rules.as_ref().map(RulesDocument::rules).unwrap_or_default();
    match &wording.rules {
        Some(own) => own.rules().over(&base),
        None => base,
    }
}

impl RulesDocument {
    /// The rules without their places.
    pub(crate) fn rules(&self) -> Rules {
        let phrases = |list: &Option<Vec<Scalar>>| {
            list.iter().flatten().map(|phrase| phrase.text().to_owned()).collect()
        };
        Rules {
            sentences: self.sentences.map(|(bounds, _)| bounds),
            characters: self.characters.map(|(bounds, _)| bounds),
            questions: self.questions.map(|(bounds, _)| bounds),
            avoid: phrases(&self.avoid),
            require: phrases(&self.require),
            adds_to: self.adds_to.as_ref().map(|name| name.text().to_owned()),
        }
    }
}

struct Examples<'e, 'd, 's> {
    document: &'d Document,
    index: &'e Index<'d>,
    links: &'e Links,
    texts: &'e Texts,
    reading: &'e mut Reading<'s>,
}

impl<'d> Examples<'_, 'd, '_> {
    /// Whether the texts of a message are those of the options of its choice.
    fn options(&mut self, at: usize) {
        let Some(message) = self.document.messages.get(at) else { return };
        let id = message.id.text();
        let Some(by) = &message.by else {
            if message.by_option
                && let Some(place) = message.text_span
            {
                self.reading.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        place,
                        format!("message `{id}` has several texts, and no `by` says which choice picks one"),
                    )
                    .help("add `by:` with the name of a choice, or write one text"),
                );
            }
            return;
        };
        let choice =
            self.index.choices.get(by.text()).and_then(|at| self.document.choices.get(*at));
        let Some(choice) = choice else { return };
        if !message.by_option {
            if let Some(place) = message.text_span.filter(|_| !message.texts.is_empty()) {
                self.reading.push(
                    Diagnostic::new(
                        Code::MissingText,
                        place,
                        format!(
                            "message `{id}` varies by `{}`, and has one text for all options",
                            by.text()
                        ),
                    )
                    .also(by.span(), "`by` is here")
                    .help("write one text for each option, or remove `by`"),
                );
            }
            return;
        }
        let names: Vec<_> = choice.options.iter().map(|(option, _)| option.text()).collect();
        let mut unknown = false;
        for option in message.texts.iter().filter_map(|text| text.option.as_ref()) {
            if !names.contains(&option.text()) {
                unknown = true;
                let near = nearest(option.text(), names.iter().copied());
                let mut finding = Diagnostic::new(
                    Code::UnknownOption,
                    option.span(),
                    format!("`{}` has no option `{}`", by.text(), clipped(option.text())),
                )
                .suggest(near)
                .also(choice.id.span(), "the choice is here");
                if near.is_none() {
                    finding = finding.help(format!("its options are `{}`", names.join("`, `")));
                }
                self.reading.push(finding);
            }
        }
        if unknown {
            return;
        }
        for (option, _) in &choice.options {
            let there = message
                .texts
                .iter()
                .any(|text| text.option.as_ref().is_some_and(|own| own.text() == option.text()));
            if !there {
                let place = message.text_span.unwrap_or_else(|| message.id.span());
                self.reading.push(
                    Diagnostic::new(
                        Code::MissingText,
                        place,
                        format!("message `{id}` has no text for the option `{}`", option.text()),
                    )
                    .also(option.span(), "the option is declared here")
                    .help(format!("add `{}: |` and the text", option.text())),
                );
            }
        }
    }

    fn message(&mut self, at: usize) {
        let (Some(message), Some(compiled), Some(scope)) = (
            self.document.messages.get(at),
            self.texts.messages.get(at),
            self.texts.scopes.get(at).copied(),
        ) else {
            return;
        };
        let channel = message.channel.as_ref().and_then(|name| Channel::parse(name.text()));
        if let Some(channel) = channel {
            self.subject(message, channel);
        }
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
            let names = self.names(scope, message, wording);
            let Ok(rendered) = template.render(&names) else { continue };
            let subject = compiled.subject.as_ref().and_then(|one| one.render(&names).ok());
            let rules = rules_of(message, wording);
            for breach in rules.check(&rendered) {
                self.breach(Code::RuleBroken, wording, text, template, &rendered, &breach);
            }
            self.repetition(wording, text, &rules, &rendered, &names);
            let Some(channel) = channel else { continue };
            // Behind a first message the two are connected: until then the second one waits.
            let connected = (!self.may_come_first(at)).then_some(true);
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

    /// Whether a message may be the first that a person gets.
    fn may_come_first(&self, at: usize) -> bool {
        let Some(message) = self.document.messages.get(at) else { return false };
        let sends = |step: &StepDocument| {
            if let KindDocument::Send(name) = &step.kind {
                Some(name.text().to_owned())
            } else {
                None
            }
        };
        self.document.steps.iter().enumerate().any(|(step_at, step)| {
            let behind_another = self.links.needs.get(step_at).into_iter().flatten().any(|edge| {
                self.document.steps.get(edge.step).is_some_and(|step| sends(step).is_some())
            });
            let condition = self.texts.conditions.get(step_at).and_then(Option::as_ref);
            let in_silence = condition.is_none_or(|condition| {
                let asks =
                    |word: &str| condition.names().iter().any(|name| name.path.starts_with(word));
                !asks("person.") || condition.holds(&Names::default())
            });
            sends(step).is_some_and(|name| name == message.id.text())
                && !behind_another
                && in_silence
        })
    }

    /// A mail has a subject, and nothing else has.
    fn subject(&mut self, message: &MessageDocument, channel: Channel) {
        let own: Vec<_> = message.texts.iter().filter_map(|text| text.subject.as_ref()).collect();
        let id = message.id.text();
        if channel.has_subject() {
            let all = message.subject.is_some() || own.len() == message.texts.len();
            if !all {
                self.reading.push(
                    Diagnostic::new(
                        Code::MissingKey,
                        message.id.span(),
                        format!("message `{id}` is a mail and has no `subject`"),
                    )
                    .help("add `subject:` with a short line"),
                );
            }
        } else if let Some(subject) = message.subject.as_ref().or(own.first().copied()) {
            let mut finding = Diagnostic::new(
                Code::KeysExclude,
                subject.span(),
                format!("only mails have a subject, and this goes out by {}", channel.as_str()),
            )
            .help("remove `subject`, or write `channel: email`");
            if let Some(channel) = &message.channel {
                finding = finding.also(channel.span(), "the channel is here");
            }
            self.reading.push(finding);
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
                let has_example = matches!(field.kind, FieldKind::OneOf(_) | FieldKind::YesNo);
                if has_example {
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
        let mut parts = path.splitn(2, '.');
        let (owner, name) = (parts.next()?, parts.next()?);
        let document: &'d Document = self.document;
        let (fields, list): (&'d [FieldDocument], _) = match owner {
            "inputs" => (&document.inputs, None),
            "person" => (&document.people.fields, Some(List::People)),
            "company" => (&document.companies.as_ref()?.fields, Some(List::Companies)),
            _ => return None,
        };
        let field = fields.iter().find(|field| field.id.text() == name)?;
        let filled =
            list.is_some_and(|list| self.links.used_fields.contains(&(list, name.to_owned())));
        Some((field, filled))
    }

    /// The values of the examples, with the option that the text is for.
    fn names(&self, scope: Scope, message: &MessageDocument, wording: &Wording) -> Names {
        let mut names = Names::default();
        for input in &self.document.inputs {
            set(&mut names, &format!("inputs.{}", input.id.text()), input);
        }
        for choice in &self.document.choices {
            let by = message.by.as_ref().is_some_and(|by| by.text() == choice.id.text());
            let own = wording.option.as_ref().filter(|_| by);
            let option = own.or_else(|| choice.options.first().map(|(option, _)| option));
            if let Some(option) = option {
                names.set(format!("choice.{}", choice.id.text()), option.text());
            }
        }
        let companies = self.document.companies.as_ref();
        let mut lists: Vec<(&str, _, &[FieldDocument])> = Vec::new();
        if scope == Scope::Entry(List::People) {
            lists.push(("person", PERSON_FIELDS, &self.document.people.fields));
        }
        if let Some(companies) = companies {
            lists.push(("company", COMPANY_FIELDS, &companies.fields));
        }
        for (word, standard, fields) in lists {
            for (name, example) in standard {
                let value = match *name {
                    "connected_on" => Value::Date(jiff::civil::date(2025, 6, 12)),
                    "knows_me" => Value::Flag(true),
                    _ => Value::from(*example),
                };
                names.set(format!("{word}.{name}"), value);
            }
            for field in fields {
                set(&mut names, &format!("{word}.{}", field.id.text()), field);
            }
        }
        for outcome in &self.document.people.outcomes {
            for field in &outcome.fields {
                let path = format!("person.{}.{}", outcome.id.text(), field.id.text());
                set(&mut names, &path, field);
            }
        }
        names.set("person.not_now.until", jiff::civil::date(2026, 4, 20));
        let day = jiff::civil::date(2026, 3, 12);
        names.set("times.first", day.at(10, 0, 0, 0));
        names.set("times.second", day.at(15, 0, 0, 0));
        names.set("today", jiff::civil::date(2026, 3, 9));
        names.set("cycle.number", 1);
        names.set("cycle.day", 8);
        names.set("cycle.start", jiff::civil::date(2026, 3, 2));
        names.set("cycle.end", jiff::civil::date(2026, 3, 15));
        for metric in &self.document.metrics {
            let id = metric.id.text();
            for (word, value) in [("out_of", 20), ("counted", 20), ("count", 5), ("waiting", 0)] {
                names.set(format!("metrics.{id}.{word}"), value);
            }
            names.set(format!("metrics.{id}.value"), 0.25);
        }
        names
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

/// The example of a field, else its default, else one of the answers it takes.
fn set(names: &mut Names, path: &str, field: &FieldDocument) {
    let text = field.example.as_ref().or(field.default.as_ref()).map(Scalar::text);
    let value = match (&field.kind, text) {
        (FieldKind::OneOf(words), None) => {
            words.first().map_or(Value::Empty, |word| Value::from(&**word))
        }
        (FieldKind::YesNo, text) => Value::Flag(!matches!(text, Some("no" | "false"))),
        (_, None) => Value::Empty,
        (FieldKind::Number, Some(text)) => text.parse::<f64>().map_or(Value::Empty, Value::Number),
        (FieldKind::Date, Some(text)) => text.parse().map_or(Value::Empty, Value::Date),
        (FieldKind::Datetime, Some(text)) => text.parse().map_or(Value::Empty, Value::Moment),
        (FieldKind::Text | FieldKind::Url | FieldKind::Email | FieldKind::OneOf(_), Some(text)) => {
            Value::from(text)
        }
    };
    names.set(path, value);
}
