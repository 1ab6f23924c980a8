//! Whether the texts of a message are those that its choice and its channel ask for.

use std::collections::BTreeSet;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::message::{Channel, Rules};
use crate::playbook::document::{
    Document, MessageDocument, Reading, RulesDocument, Wording, clipped,
};
use crate::syntax::Scalar;

pub(crate) fn check(document: &Document, index: &Index<'_>, reading: &mut Reading<'_>) {
    let mut wordings = Wordings { document, index, reading };
    for message in &document.messages {
        wordings.options(message);
        let channel = message.channel.as_ref().and_then(|name| Channel::parse(name.text()));
        if let Some(channel) = channel {
            wordings.subject(message, channel);
        }
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

struct Wordings<'w, 'd, 's> {
    document: &'d Document,
    index: &'w Index<'d>,
    reading: &'w mut Reading<'s>,
}

impl Wordings<'_, '_, '_> {
    /// Whether the texts of a message are those of the options of its choice.
    fn options(&mut self, message: &MessageDocument) {
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
        let known: BTreeSet<_> = names.iter().copied().collect();
        let mut unknown = false;
        for option in message.texts.iter().filter_map(|text| text.option.as_ref()) {
            if !known.contains(option.text()) {
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
        let written = message.texts.iter().filter_map(|text| text.option.as_ref());
        let written: BTreeSet<_> = written.map(Scalar::text).collect();
        for (option, _) in &choice.options {
            if !written.contains(option.text()) {
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
}
