//! From the text of `NAME.test.yaml` to stories.
//!
//! Reads each part on its own, so that one mistake does not hide the next. Every finding has the
//! place of the word that is wrong, and the nearest name that would be right.

mod cast;
mod entry;
mod expectation;
mod story;
mod subject;

use crate::calendar::DayRange;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::playbook::Playbook;
use crate::source::{FileId, Flaw, SourceFile, Span};
use crate::syntax::{self, Entry, MAX_FINDINGS, Node, Scalar, Value};
use cast::Cast;
use jiff::civil::Date;

use super::document::Story;
use super::language::SUITE;

/// Reads a file of stories.
pub(super) fn read(
    id: FileId,
    file: &SourceFile,
    playbook: &Playbook,
) -> (Vec<Story>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let tree = syntax::parse(id, file, &mut findings);
    let mut reader = Reader { file, playbook, whole: tree.whole, findings, cast: Cast::default() };
    if tree.root.is_none() && reader.findings.is_empty() {
        let place = Span::new(id, 0, 0);
        let message = "this file is empty: it has no `playbook` and no `tests`";
        reader.push(Diagnostic::new(Code::MissingKey, place, message));
    }
    let stories = tree.root.as_ref().map(|root| reader.suite(root)).unwrap_or_default();
    reader.findings.sort_by_key(|finding| (finding.span, finding.severity, finding.code));
    (stories, reader.findings)
}

/// What reading carries along.
struct Reader<'a> {
    file: &'a SourceFile,
    playbook: &'a Playbook,
    /// Nothing was left out of the tree, so that what is missing may be called missing.
    whole: bool,
    findings: Vec<Diagnostic>,
    /// Those who appear in the story at hand.
    cast: Cast,
}

impl Reader<'_> {
    fn suite(&mut self, root: &Node) -> Vec<Story> {
        if self.keys(root, &SUITE.names(), "a file of stories").is_none() {
            return Vec::new();
        }
        if let Some(name) = self.required(root, "playbook", "the id of the playbook") {
            let right = self.playbook.id.clone();
            if let Some(text) = self.text(name)
                && text.text() != &*right
            {
                let message = format!(
                    "these stories are about `{}`, and the playbook beside them is `{right}`",
                    text.text()
                );
                let finding = Diagnostic::new(Code::UnknownPlaybook, text.span(), message);
                self.push(finding.help(format!("write `playbook: {right}`")));
            }
        }
        let Some(tests) = self.required(root, "tests", "a list of stories") else {
            return Vec::new();
        };
        let Some(tests) = tests.as_list() else {
            self.wrong(tests, "`tests`", "a list of stories");
            return Vec::new();
        };
        let mut stories: Vec<Story> = tests.iter().map(|node| self.story(node)).collect();
        // What broke the YAML itself belongs to the story in whose lines it stands.
        let starts = tests.iter().map(|node| node.span.start);
        let ends = starts.clone().skip(1).chain([self.file.text().len() + 1]);
        for (story, (start, end)) in stories.iter_mut().zip(starts.zip(ends)) {
            let within = |finding: &Diagnostic| {
                finding.severity == Severity::Error && (start..end).contains(&finding.span.start)
            };
            story.sound &= !self.findings.iter().any(within);
        }
        stories
    }

    fn push(&mut self, finding: Diagnostic) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// A word that is none of those it could be.
    fn unknown(&mut self, code: Code, span: Span, name: &str, message: String, known: &[&str]) {
        let finding = Diagnostic::new(code, span, message);
        let finding = match nearest(name, known.iter().copied()) {
            Some(near) => finding.suggest(Some(near)),
            None if known.is_empty() => finding,
            None => finding.help(format!("there is: {}", known.join(", "))),
        };
        self.push(finding);
    }

    fn wrong(&mut self, node: &Node, what: &str, wanted: &str) {
        if matches!(node.value, Value::Broken) || (node.value == Value::Null && !self.whole) {
            return;
        }
        let span = node.shown(Some(self.file));
        self.push(
            Diagnostic::new(Code::WrongType, span, format!("{what} takes {wanted}"))
                .help(format!("write {wanted}")),
        );
    }

    /// The entries of a map whose keys are all among `known`; others are pointed out.
    fn keys<'n>(&mut self, node: &'n Node, known: &[&str], what: &str) -> Option<&'n [Entry]> {
        let Some(entries) = node.as_map() else {
            self.wrong(node, what, &format!("keys with values, such as `{}`", example(known)));
            return None;
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.text())) {
            let name = entry.key.text();
            let message = format!("{what} has no key `{name}`");
            self.unknown(Code::UnknownKey, entry.key.span(), name, message, known);
        }
        Some(entries)
    }

    /// The value of a key that must be there.
    fn required<'n>(&mut self, node: &'n Node, key: &str, wanted: &str) -> Option<&'n Node> {
        let found = node.get(key);
        if found.is_none() && self.whole {
            let span = node.shown(Some(self.file));
            let finding = Diagnostic::new(Code::MissingKey, span, format!("`{key}` is missing"));
            self.push(finding.help(format!("add `{key}:`, {wanted}")));
        }
        found
    }

    fn text<'n>(&mut self, node: &'n Node) -> Option<&'n Scalar> {
        let text = node.as_scalar();
        if text.is_none() {
            self.wrong(node, "this", "one word or text");
        }
        text
    }

    /// A flaw within a small text becomes a finding at its place.
    fn flaw(&mut self, text: &Scalar, flaw: Flaw) {
        let part = if flaw.range.is_empty() { 0..text.text().len() } else { flaw.range.clone() };
        let place = text.place(part, self.file);
        self.push(Diagnostic::from_flaw(Code::BadValue, flaw, |_| place));
    }

    fn day(&mut self, node: &Node) -> Option<Date> {
        let text = self.text(node)?;
        let day = read_day(text.text());
        if day.is_none() {
            self.no_day(text);
        }
        day
    }

    fn no_day(&mut self, text: &Scalar) {
        let message = format!("`{}` is no day", text.text());
        let finding = Diagnostic::new(Code::BadValue, text.span(), message);
        self.push(finding.help("write a date, such as 2026-03-02"));
    }

    /// `2026-03-02`, `2026-03-02 to 2026-03-06`, or a list of such.
    fn days(&mut self, node: &Node) -> Vec<(Span, DayRange)> {
        let mut days = Vec::new();
        for item in items(node) {
            let Some(text) = self.text(item) else { continue };
            let (first, last) =
                text.text().split_once(" to ").unwrap_or((text.text(), text.text()));
            let (Some(first), Some(last)) = (read_day(first), read_day(last)) else {
                self.no_day(text);
                continue;
            };
            if let Some(range) = DayRange::new(first, last) {
                days.push((text.span(), range));
            } else {
                let message = "these days run backwards";
                self.push(Diagnostic::new(Code::BadValue, text.span(), message));
            }
        }
        days
    }
}

fn example(known: &[&str]) -> String {
    known.first().copied().unwrap_or_default().to_owned()
}

/// Days are written in full: a story is read in any year.
fn read_day(text: &str) -> Option<Date> {
    let day: Date = text.trim().parse().ok()?;
    (text.trim().len() == 10 && (1900..2200).contains(&day.year())).then_some(day)
}

/// The items of a list; something else stands for a list of one, nothing for an empty one.
fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        Value::Null | Value::Broken => &[],
        Value::Scalar(_) | Value::Map(_) => std::slice::from_ref(node),
    }
}
