//! One name at a time: looked up, and where it is not found, said with the nearest one.

use std::collections::BTreeMap;

use super::Follower;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::playbook::List;
use crate::playbook::check::index::BUILT_IN;
use crate::playbook::document::clipped;
use crate::playbook::language::{
    COMPANIES, COMPANY_FIELDS, Object, PEOPLE, PERSON_FIELDS, PLAYBOOK,
};
use crate::syntax::Scalar;

impl Follower<'_, '_, '_> {
    /// Names that would mean two things.
    pub(super) fn declared_names(&mut self) {
        let lists = [
            (&self.document.people.fields, PERSON_FIELDS, "every person has"),
            (
                self.document
                    .companies
                    .as_ref()
                    .map_or(&self.document.people.fields, |list| &list.fields),
                if self.document.companies.is_some() { COMPANY_FIELDS } else { &[] },
                "every company has",
            ),
        ];
        for (fields, standard, whose) in lists {
            for field in fields {
                if standard.iter().any(|(name, _)| *name == field.id.text()) {
                    self.twice(&field.id, format!("{whose} `{}` already", field.id.text()));
                }
            }
        }
        let names: BTreeMap<_, _> = self
            .document
            .people
            .fields
            .iter()
            .map(|field| (field.id.text(), field.id.span()))
            .collect();
        for outcome in &self.document.people.outcomes {
            let name = outcome.id.text();
            if BUILT_IN.iter().any(|(built_in, _)| *built_in == name) {
                self.twice(&outcome.id, format!("the outcome `{name}` exists in every playbook"));
            } else if let Some(field) = names.get(name) {
                let finding = Diagnostic::new(
                    Code::LookAlikeIds,
                    outcome.id.span(),
                    format!("`person.{name}` would mean a field and an outcome"),
                )
                .also(*field, "the field is here")
                .help("give one of them another name");
                self.reading.push(finding);
            } else if PERSON_FIELDS.iter().any(|(field, _)| *field == name) {
                self.twice(&outcome.id, format!("every person has a field `{name}` already"));
            }
            if let Some(clears) = &outcome.clears {
                self.outcome(clears);
            }
        }
    }

    fn twice(&mut self, name: &Scalar, message: String) {
        let finding = Diagnostic::new(Code::BadId, name.span(), message)
            .help("choose another name, or leave it out and use the one that is there");
        self.reading.push(finding);
    }

    pub(super) fn unknown(
        &mut self,
        code: Code,
        name: &Scalar,
        message: String,
        names: &[&str],
        help: &str,
    ) {
        self.links.misspelt.insert(code);
        if self.is_undeclared(code) {
            return;
        }
        let near = nearest(name.text(), names.iter().copied());
        let mut finding = Diagnostic::new(code, name.span(), message).suggest(near);
        if near.is_none() {
            const SHOWN: usize = 12;
            finding = finding.help(if names.is_empty() || names.len() > SHOWN {
                help.to_owned()
            } else {
                format!("{help}; there is `{}`", names.join("`, `"))
            });
        }
        if let Some(meant) = several(name.text(), names) {
            finding = Diagnostic::new(code, name.span(), finding.message).help(meant);
        }
        self.reading.push(finding);
    }

    /// Whether names of this kind are declared in a place that could not be read: the finding about
    /// that place is enough.
    fn is_undeclared(&self, code: Code) -> bool {
        let places: &[(&Object, &'static str)] = if code == Code::UnknownChoice {
            &[(&PLAYBOOK, "choices")]
        } else if code == Code::UnknownMessage {
            &[(&PLAYBOOK, "messages")]
        } else if code == Code::UnknownMetric {
            &[(&PLAYBOOK, "metrics")]
        } else if code == Code::UnknownStep {
            &[(&PLAYBOOK, "steps")]
        } else if code == Code::UnknownEvent {
            &[(&PLAYBOOK, "steps"), (&PLAYBOOK, "people"), (&PEOPLE, "outcomes")]
        } else if code == Code::UnknownOutcome {
            &[(&PLAYBOOK, "people"), (&PEOPLE, "outcomes")]
        } else if code == Code::UnknownField {
            &[
                (&PLAYBOOK, "people"),
                (&PLAYBOOK, "companies"),
                (&PEOPLE, "fields"),
                (&COMPANIES, "fields"),
            ]
        } else {
            &[]
        };
        places.iter().any(|(object, key)| self.reading.is_unread(object, key))
    }

    pub(super) fn step_named(
        &mut self,
        name: &Scalar,
        sentence: impl FnOnce(&str) -> String,
    ) -> Option<usize> {
        let found = self.index.steps.get(name.text()).copied();
        if found.is_none() {
            let names = self.index.candidates(self.index.steps.keys());
            let message = sentence(&clipped(name.text()));
            self.unknown(Code::UnknownStep, name, message, &names, "write the id of a step");
        }
        found
    }

    pub(super) fn outcome(&mut self, name: &Scalar) -> bool {
        let known = self.index.outcomes.contains_key(name.text());
        if !known {
            let names = self.index.candidates(self.index.outcomes.keys());
            let message = format!("there is no outcome `{}`", clipped(name.text()));
            self.unknown(
                Code::UnknownOutcome,
                name,
                message,
                &names,
                "declare it under `people: outcomes:`",
            );
        }
        known
    }

    pub(super) fn message(&mut self, name: &Scalar) {
        if let Some(at) = self.index.messages.get(name.text()) {
            self.links.used_messages.insert(*at);
            return;
        }
        let names = self.index.candidates(self.index.messages.keys());
        let message = format!("there is no message `{}`", clipped(name.text()));
        self.unknown(Code::UnknownMessage, name, message, &names, "write it under `messages:`");
    }

    pub(super) fn choice(&mut self, name: &Scalar) {
        if !self.index.choices.contains_key(name.text()) {
            let names = self.index.candidates(self.index.choices.keys());
            let message = format!("there is no choice `{}`", clipped(name.text()));
            self.unknown(Code::UnknownChoice, name, message, &names, "declare it under `choices:`");
        }
    }

    pub(super) fn list(&mut self, name: &Scalar) -> Option<List> {
        match name.text() {
            "people" => Some(List::People),
            "companies" if self.document.companies.is_some() => Some(List::Companies),
            "companies" => {
                let finding = Diagnostic::new(
                    Code::UnknownList,
                    name.span(),
                    "this playbook has no list of companies",
                )
                .help("add `companies:` with a `size`, or write `people`");
                self.reading.push(finding);
                self.links.misspelt.insert(Code::UnknownList);
                None
            }
            other => {
                let message = format!("there is no list `{}`", clipped(other));
                self.unknown(
                    Code::UnknownList,
                    name,
                    message,
                    &["people", "companies"],
                    "write the name of a list",
                );
                None
            }
        }
    }

    pub(super) fn field(&mut self, name: &Scalar, list: List) {
        self.links.used_fields.insert((list, name.text().to_owned()));
        let fields = self.index.fields(list);
        if !fields.contains_key(name.text()) {
            let names = self.index.candidates(fields.keys());
            let (who, place) = match list {
                List::People => ("people have", "people: fields:"),
                List::Companies => ("companies have", "companies: fields:"),
            };
            let message = format!("{who} no field `{}`", clipped(name.text()));
            self.unknown(
                Code::UnknownField,
                name,
                message,
                &names,
                &format!("declare it under `{place}`"),
            );
        }
    }
}

/// A text that holds several names: a list whose brackets, or whose blanks behind `-`, are missing.
fn several(text: &str, names: &[&str]) -> Option<String> {
    let dashes = text.split_whitespace().all(|word| word.starts_with('-') && word.len() > 1);
    let items: Vec<&str> = if dashes {
        text.split_whitespace().map(|word| word.trim_start_matches('-')).collect()
    } else {
        text.split([',', ' ']).filter(|word| !word.is_empty() && *word != "and").collect()
    };
    let known = items.iter().all(|item| names.contains(item));
    if items.is_empty() || !known || (items.len() == 1 && !dashes) {
        return None;
    }
    Some(if dashes {
        "write a blank behind each `-`".to_owned()
    } else {
        format!("several names stand in brackets: `[{}]`", items.join(", "))
    })
}
