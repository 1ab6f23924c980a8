//! The language as JSON Schema (draft 7, which editors know), made from the same tables as the
//! reader.
//!
//! Editors complete and check with it while a coach writes. It refuses nothing that the reader
//! takes, and sees less: names that lead nowhere, texts, the graph and the calendar are for
//! `playbook check`. A playbook that says `extends` may leave out what its base has, and may write
//! `~` behind any key; so there are two forms of each object.

pub(crate) mod patterns;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::language::{self, Key, Kind, Object, PLAYBOOK, Reference, Small, WORDING};
use crate::message::Channel;

/// The JSON Schema of playbooks, as text.
///
/// ```
/// let schema = fortnight_engine::playbook::schema();
/// assert!(schema.contains("\"$schema\": \"http://json-schema.org/draft-07/schema#\""));
/// assert!(schema.contains("needs"));
/// ```
pub fn schema() -> String {
    let mut definitions = Definitions::default();
    definitions.object(&PLAYBOOK, Form::Whole);
    definitions.object(&PLAYBOOK, Form::Over);
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A playbook of Fortnight",
        "description": PLAYBOOK.doc,
        "type": "object",
        "if": {"required": ["extends"]},
        "then": reference(&PLAYBOOK, Form::Over),
        "else": reference(&PLAYBOOK, Form::Whole),
        "definitions": definitions.made,
    });
    pretty(&schema)
}

/// A schema as text.
pub(crate) fn pretty(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// Whether a playbook stands on its own or lies over another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Whole,
    Over,
}

#[derive(Default)]
struct Definitions {
    made: Map<String, Value>,
    known: BTreeSet<(&'static str, Form)>,
}

impl Definitions {
    /// Defines an object and all below it.
    fn object(&mut self, object: &'static Object, form: Form) {
        if !self.known.insert((object.name, form)) {
            return;
        }
        let mut properties = Map::new();
        for key in object.keys {
            properties.insert(key.name.to_owned(), self.property(key, form));
        }
        let required: Vec<&str> = object
            .keys
            .iter()
            .filter(|key| match form {
                Form::Whole => key.required,
                // What every playbook says for itself.
                Form::Over => ["fortnight", "playbook"].contains(&key.name),
            })
            .map(|key| key.name)
            .collect();
        let mut schema = json!({
            "type": "object",
            "description": object.doc,
            "additionalProperties": false,
            "properties": properties,
        });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        self.made.insert(name(object, form), schema);
    }

    /// What stands behind a key, with its documentation.
    fn property(&mut self, key: &'static Key, form: Form) -> Value {
        let value = self.value(key, form);
        let description = match form_of(key.kind) {
            Some(wanted) => format!("{} Write {wanted}.", key.doc),
            None => key.doc.to_owned(),
        };
        let own = ["fortnight", "playbook", "extends"].contains(&key.name);
        match form {
            Form::Over if !own => {
                json!({"description": description, "anyOf": [value, {"type": "null"}]})
            }
            // Beside `$ref` nothing else is read.
            Form::Over | Form::Whole if value.get("$ref").is_some() => {
                json!({"description": description, "allOf": [value]})
            }
            Form::Over | Form::Whole => {
                let mut schema = json!({"description": description});
                if let (Some(schema), Value::Object(value)) = (schema.as_object_mut(), value) {
                    schema.extend(value);
                }
                schema
            }
        }
    }

    fn value(&mut self, key: &'static Key, form: Form) -> Value {
        match key.kind {
            Kind::Text | Kind::Template | Kind::Condition => text(),
            Kind::Small(small) => self::small(small),
            Kind::Smalls(small) => one_or_more(&self::small(small)),
            Kind::Name(to) => named(to),
            Kind::Names(to) => one_or_more(&named(to)),
            Kind::YesNo => json!({"enum": ["yes", "no", "true", "false", true, false]}),
            Kind::OneOf(words) => json!({"enum": words}),
            Kind::SomeOf(words) => {
                json!({"type": "array", "items": {"enum": words}, "minItems": 1})
            }
            Kind::Texts => json!({"type": "array", "items": text()}),
            Kind::Ids => json!({"type": "array", "items": word(patterns::NAME), "minItems": 1}),
            Kind::Needs => needs(form),
            Kind::Wordings => {
                self.object(&WORDING, form);
                let wording = json!({"anyOf": [text(), reference(&WORDING, form)]});
                json!({"anyOf": [text(), map_of(key, wording, form)]})
            }
            Kind::TextMap => {
                let mut options = map_of(key, text(), form);
                if form == Form::Whole {
                    options["minProperties"] = json!(2);
                }
                options
            }
            Kind::Object(object) => {
                self.object(object, form);
                reference(object, form)
            }
            Kind::Map(object) => {
                self.object(object, form);
                let mut map = map_of(key, reference(object, form), form);
                if key.required && form == Form::Whole {
                    map["minProperties"] = json!(1);
                }
                map
            }
        }
    }
}

/// A map of new names.
fn map_of(key: &Key, value: Value, form: Form) -> Value {
    let pattern =
        if language::takes_hyphens(key.name) { patterns::NAME } else { patterns::VARIABLE };
    let value = match form {
        Form::Whole => value,
        Form::Over => json!({"anyOf": [value, {"type": "null"}]}),
    };
    json!({
        "type": "object",
        "propertyNames": {"pattern": pattern},
        "additionalProperties": value,
    })
}

/// Any text with something in it; numbers and truth values are texts to this language.
pub(crate) fn text() -> Value {
    json!({"type": ["string", "number", "boolean"], "pattern": patterns::SOMETHING})
}

/// A word of that form; one of digits is a number to YAML.
pub(crate) fn word(pattern: &str) -> Value {
    json!({"type": ["string", "number", "boolean"], "pattern": pattern, "minimum": 0})
}

fn small(small: Small) -> Value {
    match small {
        Small::Language => json!({"enum": [1, "1"]}),
        Small::Id | Small::Event => word(&patterns::small(small)),
        Small::Range => json!({
            "type": ["string", "number"],
            "pattern": patterns::small(small),
            "minimum": 0,
            "maximum": 1_000_000,
        }),
        Small::Version
        | Small::Duration
        | Small::Days
        | Small::Minutes
        | Small::Deadline
        | Small::Day
        | Small::DayOrDate
        | Small::Pace
        | Small::Schedule => json!({"type": "string", "pattern": patterns::small(small)}),
    }
}

fn named(to: Reference) -> Value {
    match to {
        Reference::Playbook => text(),
        Reference::Step | Reference::Message => word(patterns::NAME),
        Reference::Choice | Reference::Outcome | Reference::Metric | Reference::Field => {
            word(patterns::VARIABLE)
        }
        Reference::List => json!({"enum": ["people", "companies"]}),
        Reference::Channel => json!({"enum": Channel::ALL.map(Channel::as_str)}),
    }
}

pub(crate) fn one_or_more(value: &Value) -> Value {
    json!({"anyOf": [value, {"type": "array", "items": value}]})
}

fn needs(form: Form) -> Value {
    let number = json!({
        "type": ["integer", "string"],
        "minimum": 1,
        "pattern": r"^\+?0*[1-9][0-9]*$",
    });
    let measure = json!({"anyOf": [
        {"const": "done"},
        {
            "type": "object",
            "properties": {"at_least": number},
            "required": ["at_least"],
            "additionalProperties": false,
        },
    ]});
    let measured = |measure: Value| {
        json!({
            "type": "object",
            "propertyNames": {"pattern": patterns::NAME},
            "additionalProperties": measure,
        })
    };
    let step = word(patterns::NAME);
    // A list replaces the base's list, so there is nothing to take out within it.
    let item = json!({"anyOf": [step, measured(measure.clone())]});
    let map = match form {
        Form::Whole => measured(measure),
        Form::Over => measured(json!({"anyOf": [measure, {"type": "null"}]})),
    };
    json!({"anyOf": [step, {"type": "array", "items": item}, map]})
}

/// How a small value is written, for the documentation of its key.
fn form_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Small(_) | Kind::Smalls(_) | Kind::Condition | Kind::Needs | Kind::Wordings => {
            Some(if let Kind::Smalls(small) = kind { small.wanted() } else { kind.wanted() })
        }
        Kind::SomeOf(_) | Kind::Texts | Kind::Ids | Kind::TextMap | Kind::Names(_) => {
            Some(kind.wanted())
        }
        Kind::Text
        | Kind::Template
        | Kind::Name(_)
        | Kind::YesNo
        | Kind::OneOf(_)
        | Kind::Object(_)
        | Kind::Map(_) => None,
    }
}

fn reference(object: &Object, form: Form) -> Value {
    json!({"$ref": format!("#/definitions/{}", name(object, form))})
}

/// `the list of people` is `list-of-people`.
fn name(object: &Object, form: Form) -> String {
    let words = object.name.trim_start_matches("the ").trim_start_matches("an ");
    let name = words.trim_start_matches("a ").replace(' ', "-");
    match form {
        Form::Whole => name,
        Form::Over => format!("{name}-over"),
    }
}
