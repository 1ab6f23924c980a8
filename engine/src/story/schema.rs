//! The language of stories as JSON Schema, for editors.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::language::{Key, Kind, Object, SUITE};
use crate::experiment::VerdictCode;
use crate::playbook::schema::{one_or_more, patterns, pretty, text, word};

/// The JSON Schema of files of stories, as text.
///
/// ```
/// assert!(fortnight_engine::story::schema().contains("not_due"));
/// ```
pub fn schema() -> String {
    let mut definitions = Definitions::default();
    let suite = definitions.object(&SUITE);
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Stories of a playbook of Fortnight",
        "description": SUITE.doc,
        "allOf": [suite],
        "definitions": definitions.made,
    });
    pretty(&schema)
}

#[derive(Default)]
struct Definitions {
    made: Map<String, Value>,
    known: BTreeSet<&'static str>,
}

impl Definitions {
    /// Defines an object and all below it; gives what refers to it.
    fn object(&mut self, object: &'static Object) -> Value {
        let name = name(object);
        let reference = json!({"$ref": format!("#/definitions/{name}")});
        if !self.known.insert(object.name) {
            return reference;
        }
        let mut properties = Map::new();
        for key in object.keys {
            properties.insert(key.name.to_owned(), self.property(key));
        }
        let required: Vec<&str> =
            object.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        let mut schema = json!({
            "type": "object",
            "description": object.doc,
            "additionalProperties": false,
            "properties": properties,
        });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        self.made.insert(name, schema);
        reference
    }

    fn property(&mut self, key: &'static Key) -> Value {
        json!({"description": key.doc, "allOf": [self.value(key.kind)]})
    }

    fn value(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Text => text(),
            Kind::Texts => list(&text()),
            Kind::Id | Kind::Step => word(patterns::NAME),
            Kind::Day => day(),
            Kind::Days => {
                let date = patterns::DATE;
                let days = format!(r"^\s*{date}\s*( to \s*{date}\s*)?$");
                list(&json!({"type": "string", "pattern": days}))
            }
            Kind::Weekdays => json!({"type": "string", "pattern": patterns::weekdays()}),
            Kind::Answers => map(patterns::VARIABLE, &answer()),
            Kind::Choice => map(patterns::VARIABLE, &word(patterns::NAME)),
            Kind::Cast => cast(),
            Kind::Added => {
                json!({"anyOf": [cast(), closed(&[("people", cast()), ("companies", cast())])]})
            }
            Kind::Tasks => {
                let task = json!({
                    "type": ["string", "number", "boolean"],
                    "pattern": "^[a-z0-9][a-z0-9_-]{0,63}(/.*)?$",
                });
                let tasks = map(patterns::NAME, &list(&text()));
                list(&json!({"anyOf": [task, tasks]}))
            }
            Kind::Fields => map("", &map(patterns::VARIABLE, &answer())),
            Kind::Outcomes => {
                let asked = map(patterns::VARIABLE, &answer());
                let people = map("", &json!({"anyOf": [asked, {"type": "null"}]}));
                map(patterns::VARIABLE, &json!({"anyOf": [one_or_more(&text()), people]}))
            }
            Kind::Decision => decision(),
            Kind::Cycle => {
                let compare = json!({
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": word(patterns::NAME),
                });
                let mut keys = closed(&[("start", day()), ("compare", compare)]);
                keys["minProperties"] = json!(1);
                json!({"anyOf": [{"enum": ["start", "stop"]}, keys]})
            }
            Kind::Number => json!({"type": "integer", "minimum": 1}),
            Kind::Metrics => {
                let number = json!({"type": ["number", "string"], "pattern": r"^\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*$"});
                let figures = ["out_of", "count", "counted", "waiting", "late", "value"]
                    .map(|part| (part, number.clone()));
                map(patterns::VARIABLE, &closed(&figures))
            }
            Kind::Verdict => json!({"enum": VerdictCode::ALL.map(VerdictCode::as_str)}),
            Kind::Object(object) => self.object(object),
            Kind::Objects(object) => {
                let object = self.object(object);
                json!({"type": "array", "items": object})
            }
            Kind::OneOrMore(object) => {
                let object = self.object(object);
                list(&object)
            }
        }
    }
}

/// One, a list, or nothing at all.
fn list(item: &Value) -> Value {
    json!({"anyOf": [item, {"type": "array", "items": item}, {"type": "null"}]})
}

fn map(names: &str, value: &Value) -> Value {
    let mut schema = json!({"type": "object", "additionalProperties": value});
    if !names.is_empty() {
        schema["propertyNames"] = json!({"pattern": names});
    }
    schema
}

/// These keys and no others.
fn closed(keys: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// A text that may be empty.
fn answer() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn day() -> Value {
    json!({"type": "string", "pattern": format!(r"^\s*{}\s*$", patterns::DATE)})
}

fn cast() -> Value {
    let described = json!({
        "type": "object",
        "properties": {
            "name": text(),
            "do_not_contact": answer(),
        },
        "required": ["name"],
        "additionalProperties": answer(),
    });
    json!({"anyOf": [
        {"type": "array", "items": {"anyOf": [text(), described]}},
        {"type": "null"},
    ]})
}

fn decision() -> Value {
    let mut keys = closed(&[
        ("again", json!({})),
        ("use", json!({"anyOf": [word(patterns::NAME), {"type": "null"}]})),
        ("stop", json!({})),
        ("why", text()),
        ("start", json!({"anyOf": [day(), {"enum": ["no", false]}]})),
    ]);
    keys["anyOf"] = json!([{"required": ["again"]}, {"required": ["use"]}, {"required": ["stop"]}]);
    json!({"anyOf": [{"enum": ["again", "use", "stop"]}, keys]})
}

/// `a day of a story` is `day-of-a-story`.
fn name(object: &Object) -> String {
    object.name.trim_start_matches("an ").trim_start_matches("a ").replace(' ', "-")
}
