//! YAML as editors hand it to a JSON Schema: by the rules of YAML 1.2's core schema.

use fortnight_engine::source::{FileId, SourceFile};
use fortnight_engine::syntax::{self, Node, Style, Value as Part};
use serde_json::{Map, Value};

/// The data of a file; none where it is not YAML.
pub fn json(text: &str) -> Option<Value> {
    let file = SourceFile::new("file.yaml", text);
    let mut findings = Vec::new();
    let tree = syntax::parse(FileId(0), &file, &mut findings);
    tree.root.as_ref().filter(|_| tree.whole).map(value)
}

fn value(node: &Node) -> Value {
    match &node.value {
        Part::Null | Part::Broken => Value::Null,
        Part::Scalar(scalar) if scalar.style() == Style::Plain => plain(scalar.text()),
        Part::Scalar(scalar) => Value::from(scalar.text()),
        Part::List(items) => items.iter().map(value).collect(),
        Part::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.text().to_owned(), value(&entry.value)))
                .collect::<Map<_, _>>(),
        ),
    }
}

/// A plain scalar: a truth value, a number, or a text.
fn plain(text: &str) -> Value {
    match text {
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.trim_start_matches(['-', '+']);
    let number = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    if number && let Ok(whole) = text.parse::<i64>() {
        return Value::from(whole);
    }
    match text.parse::<f64>() {
        Ok(float) if number && float.is_finite() => Value::from(float),
        _ => Value::from(text),
    }
}
