//! YAML as others read it: as editors hand it to a JSON Schema (by the rules of YAML 1.2's core
//! schema), as texts alone, and what a YAML 1.1 reader would take for something else.

use fortnight_engine::source::{FileId, SourceFile};
use fortnight_engine::syntax::{self, Node, Scalar, Style, Value as Part};
use serde_json::{Map, Value};

/// The data of a file; none where it is not YAML.
pub fn json(text: &str) -> Option<Value> {
    let typed = |scalar: &Scalar| match scalar.style() {
        Style::Plain => plain(scalar.text()),
        Style::Single | Style::Double | Style::Literal | Style::Folded => {
            Value::from(scalar.text())
        }
    };
    root(text).map(|root| value(&root, &typed))
}

/// The data of a file with every scalar as a text; none where it is not YAML.
pub fn texts(text: &str) -> Option<Value> {
    root(text).map(|root| value(&root, &|scalar| Value::from(scalar.text())))
}

fn root(text: &str) -> Option<Node> {
    let file = SourceFile::new("file.yaml", text);
    let mut findings = Vec::new();
    let tree = syntax::parse(FileId(0), &file, &mut findings);
    tree.root.filter(|_| tree.whole)
}

fn value(node: &Node, scalar: &dyn Fn(&Scalar) -> Value) -> Value {
    match &node.value {
        Part::Null | Part::Broken => Value::Null,
        Part::Scalar(text) => scalar(text),
        Part::List(items) => items.iter().map(|item| value(item, scalar)).collect(),
        Part::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.text().to_owned(), value(&entry.value, scalar)))
                .collect::<Map<_, _>>(),
        ),
    }
}

/// Plain scalars that a YAML 1.1 reader takes for something else than this language does: `on`,
/// octal numbers, `12:30` in the system of sixty, underscores between digits, and truth values and
/// dates as keys.
pub fn strange_to_yaml_1_1(text: &str) -> Vec<String> {
    let mut strange = Vec::new();
    if let Some(root) = root(text) {
        look(&root, &mut strange);
    }
    strange
}

fn look(node: &Node, strange: &mut Vec<String>) {
    match &node.value {
        Part::Null | Part::Broken => {}
        Part::Scalar(scalar) => {
            if scalar.style() == Style::Plain && is_strange(scalar.text(), false) {
                strange.push(scalar.text().to_owned());
            }
        }
        Part::List(items) => items.iter().for_each(|item| look(item, strange)),
        Part::Map(entries) => {
            for entry in entries {
                if entry.key.style() == Style::Plain && is_strange(entry.key.text(), true) {
                    strange.push(entry.key.text().to_owned());
                }
                look(&entry.value, strange);
            }
        }
    }
}

fn is_strange(text: &str, key: bool) -> bool {
    let lower = text.to_ascii_lowercase();
    let word = ["yes", "no", "true", "false", "on", "off", "y", "n", "null", "~"];
    if word.contains(&lower.as_str()) {
        // `yes` and `no` are read alike where a yes or no is wanted.
        return key || !["yes", "no", "true", "false"].contains(&text);
    }
    let digits = text.trim_start_matches(['-', '+']);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return ["=", "<<"].contains(&text);
    }
    if digits.chars().all(|letter| letter.is_ascii_digit()) {
        return key || digits != text || (digits.len() > 1 && digits.starts_with('0'));
    }
    let numeric = |letter: char| letter.is_ascii_hexdigit() || "._:xob+-".contains(letter);
    let date = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    if date {
        return key;
    }
    // A decimal number is one to both readers; only its spelling may be lost.
    if !key
        && text.contains('.')
        && text.parse::<f64>().is_ok_and(|number| number.to_string() == text)
    {
        return false;
    }
    let version = text.matches('.').count() > 1;
    let timestamp = text.contains(':') && text.contains('-');
    let number =
        digits.chars().all(numeric) && (text.contains([':', '_']) || text.parse::<f64>().is_ok());
    !version && (number || timestamp || lower.starts_with("0x") || lower.starts_with("0o"))
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
