//! Values to try a text on: the examples of the playbook, and invented ones for what every
//! playbook has.

use std::sync::Arc;

use jiff::civil::date;

use crate::message::{Names, Value};
use crate::playbook::FieldKind;
use crate::playbook::document::{Document, FieldDocument, MessageDocument, Wording};
use crate::playbook::language::{COMPANY_FIELDS, PERSON_FIELDS};
use crate::syntax::Scalar;

/// The values of one playbook.
#[derive(Debug)]
pub(crate) struct Samples {
    shared: Arc<Names>,
}

impl Samples {
    pub(crate) fn new(document: &Document) -> Self {
        let mut names = Names::default();
        for input in &document.inputs {
            set(&mut names, &format!("inputs.{}", input.id.text()), input);
        }
        for choice in &document.choices {
            if let Some((option, _)) = choice.options.first() {
                names.set(format!("choice.{}", choice.id.text()), option.text());
            }
        }
        let companies = document.companies.as_ref();
        let lists: [(&str, _, &[FieldDocument]); 2] = [
            ("person", PERSON_FIELDS, &document.people.fields),
            ("company", COMPANY_FIELDS, companies.map_or(&[], |list| &list.fields)),
        ];
        for (word, standard, fields) in lists {
            for (name, example) in standard {
                let value = match *name {
                    "connected_on" => Value::Date(date(2025, 6, 12)),
                    "knows_me" => Value::Flag(true),
                    _ => Value::from(*example),
                };
                names.set(format!("{word}.{name}"), value);
            }
            for field in fields {
                set(&mut names, &format!("{word}.{}", field.id.text()), field);
            }
        }
        for outcome in &document.people.outcomes {
            for field in &outcome.fields {
                let path = format!("person.{}.{}", outcome.id.text(), field.id.text());
                set(&mut names, &path, field);
            }
        }
        names.set("person.not_now.until", date(2026, 4, 20));
        names.set("times.first", date(2026, 3, 12).at(10, 0, 0, 0));
        names.set("times.second", date(2026, 3, 12).at(15, 0, 0, 0));
        names.set("today", date(2026, 3, 9));
        names.set("cycle.number", 1);
        names.set("cycle.day", 8);
        names.set("cycle.start", date(2026, 3, 2));
        names.set("cycle.end", date(2026, 3, 15));
        for metric in &document.metrics {
            let id = metric.id.text();
            for (word, value) in [("out_of", 20), ("counted", 20), ("count", 5), ("waiting", 0)] {
                names.set(format!("metrics.{id}.{word}"), value);
            }
            names.set(format!("metrics.{id}.value"), 0.25);
        }
        Self { shared: Arc::new(names) }
    }

    /// The values for one text of a message: its own option is in force.
    pub(crate) fn names(&self, message: &MessageDocument, wording: &Wording) -> Names {
        let mut names = Names::over(Arc::clone(&self.shared));
        if let (Some(by), Some(option)) = (&message.by, &wording.option) {
            names.set(format!("choice.{}", by.text()), option.text());
        }
        names
    }
}

/// Whether a value can be invented for a field of that kind.
pub(crate) fn can_be_invented(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Date | FieldKind::Datetime | FieldKind::YesNo | FieldKind::OneOf(_) => true,
        FieldKind::Text | FieldKind::Number | FieldKind::Url | FieldKind::Email => false,
    }
}

/// The example of a field, else its default, else an invented value where one can be.
fn set(names: &mut Names, path: &str, field: &FieldDocument) {
    let text = field.example.as_ref().or(field.default.as_ref()).map(Scalar::text);
    let value = match (&field.kind, text) {
        (FieldKind::OneOf(words), None) => {
            words.first().map_or(Value::Empty, |word| Value::from(&**word))
        }
        (FieldKind::YesNo, text) => Value::Flag(!matches!(text, Some("no" | "false"))),
        (FieldKind::Date, None) => Value::Date(date(2026, 3, 12)),
        (FieldKind::Datetime, None) => Value::Moment(date(2026, 3, 12).at(15, 0, 0, 0)),
        (_, None) => Value::Empty,
        (FieldKind::Number, Some(text)) => text.parse().map_or(Value::Empty, Value::Number),
        (FieldKind::Date, Some(text)) => text.parse().map_or(Value::Empty, Value::Date),
        (FieldKind::Datetime, Some(text)) => text.parse().map_or(Value::Empty, Value::Moment),
        (FieldKind::Text | FieldKind::Url | FieldKind::Email | FieldKind::OneOf(_), Some(text)) => {
            Value::from(text)
        }
    };
    names.set(path, value);
}
