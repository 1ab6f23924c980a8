//! One story: its beginning and its days.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Reader;
use super::cast::Cast;
use crate::calendar::{WeekdaySet, zone};
use crate::diagnostic::{Code, Diagnostic};
use crate::people::Kind;
use crate::playbook::Id;
use crate::story::document::{Choices, Story};
use crate::story::language::STORY;
use crate::syntax::{Node, Scalar};
use crate::words::Words;

impl Reader<'_> {
    pub(super) fn story(&mut self, node: &Node) -> Story {
        self.cast = Cast::default();
        let mut story = Story {
            name: String::new(),
            span: node.shown(Some(self.file)),
            sound: false,
            start: Date::MIN,
            zone: "UTC".to_owned(),
            weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
            days_off: Vec::new(),
            inputs: self.examples(),
            choices: Choices::Baseline,
            cast: Vec::new(),
            first: 0,
            moments: Vec::new(),
        };
        if self.keys(node, &STORY.names(), "a story").is_none() {
            return story;
        }
        self.head(node, &mut story);
        // Companies first: people may belong to them.
        for (key, kind) in [("companies", Kind::Company), ("people", Kind::Person)] {
            if let Some(list) = node.get(key) {
                self.joiners(list, kind);
            }
        }
        story.first = self.cast.roles.len();
        if let Some(days) = self.required(node, "story", "a list of days") {
            match days.as_list() {
                Some(days) => {
                    let mut last = None;
                    story.moments =
                        days.iter().filter_map(|entry| self.moment(entry, &mut last)).collect();
                }
                None => self.wrong(days, "`story`", "a list of days"),
            }
        }
        story.cast.clone_from(&self.cast.roles);
        story.sound = true;
        story
    }

    fn head(&mut self, node: &Node, story: &mut Story) {
        if let Some(name) = self.required(node, "name", "what the story tells, in a sentence")
            && let Some(text) = self.text(name)
        {
            text.text().clone_into(&mut story.name);
            story.span = text.span();
        }
        if let Some(start) = self.required(node, "start", "day 1 of the first cycle")
            && let Some(day) = self.day(start)
        {
            story.start = day;
        }
        if let Some(text) = node.get("zone").and_then(|node| self.text(node)) {
            match zone(text.text()) {
                Ok(_) => text.text().clone_into(&mut story.zone),
                Err(flaw) => self.flaw(text, flaw),
            }
        }
        if let Some(text) = node.get("workdays").and_then(|node| self.text(node)) {
            match WeekdaySet::parse(text.text()) {
                Ok(weekdays) => story.weekdays = weekdays,
                Err(flaw) => self.flaw(text, flaw),
            }
        }
        if let Some(days) = node.get("days_off") {
            story.days_off = self.days(days).into_iter().map(|(_, days)| days).collect();
        }
        if let Some(inputs) = node.get("inputs") {
            self.inputs(inputs, &mut story.inputs);
        }
        if let Some(choices) = node.get("choices") {
            story.choices = self.choices(choices);
        }
    }

    /// An input that the story does not name takes the playbook's example.
    fn examples(&self) -> BTreeMap<Id, Words> {
        let inputs = self.playbook.inputs.iter();
        inputs
            .filter(|input| input.default.is_none())
            .filter_map(|input| Some((input.id.clone(), Words::new(input.example.as_deref()?))))
            .collect()
    }

    pub(super) fn inputs(&mut self, node: &Node, inputs: &mut BTreeMap<Id, Words>) {
        let playbook = self.playbook;
        let Some(entries) = node.as_map() else {
            return self.wrong(node, "`inputs`", "inputs with their answers");
        };
        for entry in entries {
            let name = entry.key.text();
            let Some(input) = playbook.input(name) else {
                let message = format!("the playbook has no input `{name}`");
                let known: Vec<&str> = playbook.inputs.iter().map(|input| &*input.id).collect();
                self.unknown(Code::UnknownField, entry.key.span(), name, message, &known);
                continue;
            };
            if let Some(value) = self.text(&entry.value) {
                inputs.insert(input.id.clone(), Words::new(value.text()));
            }
        }
    }

    fn choices(&mut self, node: &Node) -> Choices {
        let Some(entries) = node.as_map() else {
            self.wrong(
                node,
                "`choices`",
                "a choice with its option, such as `{signal: clear-ask}`",
            );
            return Choices::Open;
        };
        let mut chosen = Choices::Open;
        for entry in entries {
            let Some((choice, option)) = self.option(&entry.key, &entry.value) else { continue };
            let known = self.playbook.choice(&choice);
            let baseline = known.and_then(|choice| choice.options.first());
            let is_baseline = baseline.is_some_and(|first| *first.id == option);
            match &chosen {
                Choices::Compared(..) if !is_baseline => {
                    let message = "a cycle compares one choice, and this would be a second";
                    let finding = Diagnostic::new(Code::KeysExclude, entry.key.span(), message);
                    self.push(finding.help("leave all but one of them at the first option"));
                }
                Choices::Compared(..) => {}
                Choices::Open | Choices::Baseline if is_baseline => chosen = Choices::Baseline,
                Choices::Open | Choices::Baseline => chosen = Choices::Compared(choice, option),
            }
        }
        chosen
    }

    /// A choice of the playbook and one of its options.
    pub(super) fn option(&mut self, key: &Scalar, value: &Node) -> Option<(String, String)> {
        let playbook = self.playbook;
        let name = key.text();
        let Some(choice) = playbook.choice(name) else {
            let message = format!("the playbook has no choice `{name}`");
            let known: Vec<&str> = playbook.choices.iter().map(|choice| &*choice.id).collect();
            self.unknown(Code::UnknownChoice, key.span(), name, message, &known);
            return None;
        };
        let option = self.text(value)?;
        if !choice.options.iter().any(|known| &*known.id == option.text()) {
            let message = format!("`{name}` has no option `{}`", option.text());
            let known: Vec<&str> = choice.options.iter().map(|option| &*option.id).collect();
            self.unknown(Code::UnknownOption, option.span(), option.text(), message, &known);
            return None;
        }
        Some((name.to_owned(), option.text().to_owned()))
    }
}
