//! One day of a story: what is done, what is expected, what is refused.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Reader, items};
use crate::diagnostic::{Code, Diagnostic};
use crate::people::Kind;
use crate::playbook::{Decision, Id, Outcome};
use crate::source::Span;
use crate::story::document::{Act, Actor, Deed, Moment, Next, Review, Whom};
use crate::story::language::{MOMENT, REFUSED};
use crate::syntax::{Entry, Node, Scalar, Value};
use crate::words::Words;

/// Why a story skips or decides, where it does not say so itself.
const WHY: &str = "as the story goes";

impl Reader<'_> {
    /// One entry; `last` is the day of the one before.
    pub(super) fn moment(&mut self, node: &Node, last: &mut Option<Date>) -> Option<Moment> {
        let known = MOMENT.names();
        self.keys(node, &known, "a day of a story")?;
        let written = self.required(node, "day", "the date, such as 2026-03-02");
        let day = written.and_then(|written| self.day(written));
        if let (Some(written), Some(day), Some(before)) = (written, day, *last)
            && day < before
        {
            let message = format!("{day} comes after {before} in this story, and lies before it");
            let place = written.shown(Some(self.file));
            let finding = Diagnostic::new(Code::BadValue, place, message);
            self.push(finding.help("put the days in order"));
        }
        *last = day.or(*last);
        let mut acts = Vec::new();
        // In the order of the language, whatever the order of the file.
        for key in &known {
            if let Some(entry) = node.entry(key) {
                self.acts(entry, &mut acts);
            }
        }
        acts.extend(self.tried(node, "anyway").into_iter().map(|act| Act { anyway: true, ..act }));
        let expectations = node.get("expect").map(|expect| self.expectations(expect));
        acts.extend(
            self.tried(node, "refused").into_iter().map(|act| Act { refused: true, ..act }),
        );
        Some(Moment { day: day?, acts, expectations: expectations.unwrap_or_default() })
    }

    /// What is done under `refused` or `anyway`.
    fn tried(&mut self, node: &Node, key: &str) -> Vec<Act> {
        let mut tried = Vec::new();
        let known = REFUSED.names();
        if let Some(node) = node.get(key)
            && let Some(entries) = self.keys(node, &known, &format!("`{key}`"))
        {
            for entry in entries.iter().filter(|entry| known.contains(&entry.key.text())) {
                self.acts(entry, &mut tried);
            }
        }
        tried
    }

    /// `{target_role: Design lead}`.
    fn inputs_set(&mut self, node: &Node) -> Vec<(Span, Deed)> {
        let mut inputs = BTreeMap::new();
        self.inputs(node, &mut inputs);
        let entries = node.as_map().unwrap_or_default();
        let set = entries.iter().filter_map(|entry| {
            let (input, value) = inputs.get_key_value(entry.key.text())?;
            let deed = Deed::Set { input: input.clone(), value: value.clone() };
            Some((entry.key.span(), deed))
        });
        set.collect()
    }

    fn acts(&mut self, entry: &Entry, acts: &mut Vec<Act>) {
        let value = &entry.value;
        let deeds: Vec<(Span, Deed)> = match entry.key.text() {
            "add" => self.added(value),
            "done" => with(self.subjects(value), Deed::Done),
            "skip" => with(self.subjects(value), Deed::Skip),
            "fill" => self.filled(value),
            "record" => self.recorded(value),
            "set" => self.inputs_set(value),
            "decide" => {
                self.decided(value).into_iter().map(|deed| (entry.key.span(), deed)).collect()
            }
            "cycle" => self.cycle(value).into_iter().map(|deed| (entry.key.span(), deed)).collect(),
            "away" => with(self.days(value), Deed::Away),
            _ => Vec::new(),
        };
        let act = |(span, deed)| Act { span, deed, refused: false, anyway: false };
        acts.extend(deeds.into_iter().map(act));
    }

    /// A list of people, or lists under `people` and `companies`.
    fn added(&mut self, node: &Node) -> Vec<(Span, Deed)> {
        if node.as_map().is_none() {
            return with(self.joiners(node, Kind::Person), Deed::Add);
        }
        self.keys(node, &["companies", "people"], "`add`");
        let mut added = Vec::new();
        for (key, kind) in [("companies", Kind::Company), ("people", Kind::Person)] {
            if let Some(list) = node.get(key) {
                added.extend(with(self.joiners(list, kind), Deed::Add));
            }
        }
        added
    }

    /// `{people: {context: your talk}}`, `{Ana Silva: {context: your talk}}`.
    fn filled(&mut self, node: &Node) -> Vec<(Span, Deed)> {
        let mut filled = Vec::new();
        let Some(entries) = node.as_map() else {
            self.wrong(node, "`fill`", "fields for everybody, as in `{people: {note: met}}`");
            return filled;
        };
        for entry in entries {
            let name = entry.key.text();
            let (who, kind) = match name {
                "people" => (Whom::People, Kind::Person),
                "companies" => (Whom::Companies, Kind::Company),
                _ => {
                    let Some(actor) = self.actor(name, entry.key.span(), None) else { continue };
                    let kind = self.cast.roles.get(actor).map_or(Kind::Person, |r| r.entry.kind);
                    (Whom::One(actor), kind)
                }
            };
            let known = self.fields_of(kind);
            let Some(fields) = entry.value.as_map() else {
                self.wrong(&entry.value, &format!("`{name}`"), "fields with their values");
                continue;
            };
            for field in fields {
                let key = field.key.text();
                if !known.iter().any(|known| known == key) {
                    let what = if kind == Kind::Person { "people have" } else { "companies have" };
                    let message = format!("{what} no field `{key}`");
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    self.unknown(Code::UnknownField, field.key.span(), key, message, &known);
                    continue;
                }
                let Some(value) = self.text(&field.value) else { continue };
                let value = Words::new(value.text());
                filled.push((field.key.span(), Deed::Fill { who, field: key.to_owned(), value }));
            }
        }
        filled
    }

    /// `{replied: [Ana Silva]}`, `{booked: {Ana Silva: {at: "2026-03-12 15:00"}}}`.
    fn recorded(&mut self, node: &Node) -> Vec<(Span, Deed)> {
        let mut recorded = Vec::new();
        let Some(entries) = node.as_map() else {
            self.wrong(node, "`record`", "outcomes with people, as in `{replied: [Ana Silva]}`");
            return recorded;
        };
        let playbook = self.playbook;
        for entry in entries {
            let name = entry.key.text();
            let Some(outcome) = playbook.outcome(name) else {
                let message = format!("the playbook has no outcome `{name}`");
                let known: Vec<&str> =
                    playbook.outcomes.iter().map(|outcome| &*outcome.id).collect();
                self.unknown(Code::UnknownOutcome, entry.key.span(), name, message, &known);
                continue;
            };
            match &entry.value.value {
                Value::Map(people) => {
                    for person in people {
                        let who =
                            self.actor(person.key.text(), person.key.span(), Some(Kind::Person));
                        let fields = self.answers(outcome, &person.value);
                        recorded.extend(who.map(|who| happened(&person.key, who, outcome, fields)));
                    }
                }
                Value::List(_) | Value::Scalar(_) => {
                    for person in items(&entry.value) {
                        let Some(text) = self.text(person) else { continue };
                        let who = self.actor(text.text(), text.span(), Some(Kind::Person));
                        recorded
                            .extend(who.map(|who| happened(text, who, outcome, BTreeMap::new())));
                    }
                }
                Value::Null | Value::Broken => {
                    self.wrong(&entry.value, &format!("`{name}`"), "a list of people");
                }
            }
        }
        recorded
    }

    /// What an outcome asks for.
    fn answers(&mut self, outcome: &Outcome, node: &Node) -> BTreeMap<Id, Words> {
        let mut answers = BTreeMap::new();
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            Value::Null | Value::Broken => &[],
            Value::Scalar(_) | Value::List(_) => {
                self.wrong(node, "an outcome of a person", "fields with their values");
                &[]
            }
        };
        for entry in entries {
            let name = entry.key.text();
            let Some(field) = outcome.fields.iter().find(|field| &*field.id == name) else {
                let message = format!("`{}` asks for no `{name}`", outcome.id);
                let known: Vec<&str> = outcome.fields.iter().map(|field| &*field.id).collect();
                self.unknown(Code::UnknownField, entry.key.span(), name, message, &known);
                continue;
            };
            if let Some(value) = self.text(&entry.value) {
                answers.insert(field.id.clone(), Words::new(value.text()));
            }
        }
        answers
    }

    /// `again`, `stop`, `use`, or one of them as a key, with `why` and `start`.
    fn decided(&mut self, node: &Node) -> Option<Deed> {
        const FORM: &str = "`again`, `stop`, or `{use: OPTION}`";
        let mut review = Review {
            decision: Decision::Again,
            option: None,
            why: Words::new(WHY),
            next: Next::Monday,
        };
        if let Some(word) = node.as_scalar() {
            review.decision = self.decision(word)?;
            return Some(Deed::Decide(review));
        }
        let entries = self.keys(node, &["again", "use", "stop", "why", "start"], "`decide`")?;
        let mut decisions =
            entries.iter().filter_map(|entry| Some((entry, decision(entry.key.text())?)));
        let Some((entry, decision)) = decisions.next() else {
            self.wrong(node, "`decide`", FORM);
            return None;
        };
        if let Some((second, _)) = decisions.next() {
            let message = "a review has one answer, and this is a second";
            self.push(Diagnostic::new(Code::KeysExclude, second.key.span(), message));
        }
        review.decision = decision;
        if decision == Decision::Use && entry.value.value != Value::Null {
            review.option = Some(self.text(&entry.value)?.text().to_owned());
        }
        if let Some(why) = node.get("why").and_then(|why| self.text(why)) {
            review.why = Words::new(why.text());
        }
        if let Some(start) = node.get("start") {
            let never = start.as_scalar().is_some_and(|text| text.text() == "no");
            review.next = if never { Next::No } else { Next::On(self.day(start)?) };
        }
        Some(Deed::Decide(review))
    }

    fn decision(&mut self, word: &Scalar) -> Option<Decision> {
        let found = decision(word.text());
        if found.is_none() {
            let message = format!("`{}` is no decision", word.text());
            let known = ["again", "use", "stop"];
            self.unknown(Code::BadValue, word.span(), word.text(), message, &known);
        }
        found
    }

    /// `stop`, `{compare: {signal: clear-ask}}`, `{start: 2026-03-16, compare: …}`.
    fn cycle(&mut self, node: &Node) -> Option<Deed> {
        if let Some(word) = node.as_scalar() {
            return match word.text() {
                "stop" => Some(Deed::StopCycle),
                "start" => Some(Deed::StartCycle { start: None, compared: None }),
                other => {
                    let message = format!("a cycle cannot `{other}`");
                    let known = ["start", "stop", "compare"];
                    self.unknown(Code::BadValue, word.span(), other, message, &known);
                    None
                }
            };
        }
        self.keys(node, &["start", "compare"], "`cycle`")?;
        let compared = match node.get("compare") {
            Some(pair) => {
                let Some([entry]) = pair.as_map() else {
                    self.wrong(pair, "`compare`", "a choice and its option");
                    return None;
                };
                Some(self.option(&entry.key, &entry.value)?)
            }
            None => None,
        };
        match (node.get("start"), compared) {
            (None, Some((choice, option))) => Some(Deed::Compare { choice, option }),
            (None, None) => {
                self.wrong(
                    node,
                    "`cycle`",
                    "`stop`, `{start: DAY}` or `{compare: {CHOICE: OPTION}}`",
                );
                None
            }
            (Some(start), compared) => {
                Some(Deed::StartCycle { start: Some(self.day(start)?), compared })
            }
        }
    }
}

fn decision(word: &str) -> Option<Decision> {
    match word {
        "again" => Some(Decision::Again),
        "use" => Some(Decision::Use),
        "stop" => Some(Decision::Stop),
        _ => None,
    }
}

fn happened(
    name: &Scalar,
    who: Actor,
    outcome: &Outcome,
    fields: BTreeMap<Id, Words>,
) -> (Span, Deed) {
    (name.span(), Deed::Record { who, outcome: outcome.id.clone(), fields })
}

fn with<T>(found: Vec<(Span, T)>, deed: impl Fn(T) -> Deed) -> Vec<(Span, Deed)> {
    found.into_iter().map(|(span, value)| (span, deed(value))).collect()
}
