//! Broken YAML: says what is broken, leaves those lines out, and reads the rest.

use super::Tree;
use super::build::{Built, Stop, build};
use super::complaint::{self, Explained};
use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// So many broken places are pointed out in one reading.
const ATTEMPTS: usize = 10;

pub(super) fn read(file: FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Tree {
    let mut text = std::borrow::Cow::Borrowed(text);
    let mut said: Vec<Diagnostic> = Vec::new();
    let mut last_blanked = None;
    loop {
        let mut found = Vec::new();
        let Built { root, stopped } = build(file, &text, &mut found);
        let (error, last, bracket) = match stopped {
            Some(Stop::Syntax { error, last, bracket }) => (error, last, bracket),
            Some(Stop::Limit) | None => {
                let whole = stopped.is_none() && said.is_empty();
                findings.append(&mut said);
                findings.append(&mut found);
                return Tree { root, whole };
            }
        };
        let Explained { finding, lines, stands_alone } =
            complaint::explain(file, &text, &error, last.end, bracket);
        // What breaks right behind lines that were left out most likely broke with them.
        let behind = last_blanked.is_some_and(|end: usize| {
            text.get(end..finding.span.start).is_none_or(|between| between.lines().count() <= 1)
        });
        if stands_alone || !behind {
            said.push(finding);
        }
        let blank = text.get(lines.clone()).is_none_or(|part| part.trim().is_empty());
        if blank || said.len() >= ATTEMPTS {
            findings.append(&mut said);
            findings.append(&mut found);
            return Tree { root, whole: false };
        }
        last_blanked = Some(lines.end);
        text = without(&text, lines).into();
    }
}

/// The text with blanks for everything but line breaks in `lines`; no byte moves.
fn without(text: &str, lines: std::ops::Range<usize>) -> String {
    let mut left = String::with_capacity(text.len());
    left.push_str(&text[..lines.start]);
    for letter in text[lines.clone()].chars() {
        if letter == '\n' || letter == '\r' {
            left.push(letter);
        } else {
            left.extend(std::iter::repeat_n(' ', letter.len_utf8()));
        }
    }
    left.push_str(&text[lines.end..]);
    left
}
