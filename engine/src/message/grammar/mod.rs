//! Reading templates and conditions: text → our own tree, with every mistake at its place.
//!
//! The grammar is minijinja's, and this folder is the only one that knows minijinja. Its tokenizer
//! cuts the text into tags; each tag is measured token by token, and only what is small and flat
//! reaches minijinja's recursive parser (R19: chains of 5–26 kB overflow its stack, which cannot be
//! caught). What it returns is turned into our tree, which has no loops, no calls, no arithmetic.
//! This folder must not know values or which names exist.

mod blocks;
mod lines;
mod lower;
mod tags;
mod tokens;

use std::ops::Range;

use super::flaw::{TemplateFlaw, TemplateFlawKind};
use super::tree::{Expression, Node};
use crate::source::Flaw;

/// The longest template, in bytes: some five thousand words.
pub(super) const LONGEST_TEMPLATE: usize = 32 * 1024;
/// The longest condition, in bytes.
pub(super) const LONGEST_CONDITION: usize = 4 * 1024;
/// The most tags in a template.
const MOST_TAGS: usize = 1_000;
/// The most tokens in one tag or condition.
const MOST_TOKENS: usize = 256;
/// How deep parentheses and `not` may nest in one tag, and `if` in a template.
const DEEPEST: usize = 16;
/// The most filters behind one value.
const MOST_FILTERS: usize = 8;
/// After so many mistakes the rest is not looked at.
const MOST_FLAWS: usize = 20;

/// Collects the mistakes of one reading, first ones first.
#[derive(Debug, Default)]
struct Flaws(Vec<TemplateFlaw>);

impl Flaws {
    fn add(&mut self, kind: TemplateFlawKind, flaw: Flaw) {
        if !self.are_enough() {
            self.0.push(TemplateFlaw::new(kind, flaw));
        }
    }

    fn syntax(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.add(TemplateFlawKind::Syntax, Flaw::new(range, message).help(help));
    }

    fn forbid(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.add(TemplateFlawKind::Forbidden, Flaw::new(range, message).help(help));
    }

    fn too_large(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(TemplateFlawKind::TooLarge, Flaw::new(range, message).help(help));
    }

    fn are_enough(&self) -> bool {
        self.0.len() >= MOST_FLAWS
    }

    /// The mistakes in the order of the text, each once.
    fn sorted(mut self) -> Vec<TemplateFlaw> {
        self.0.sort_by_key(|flaw| (flaw.flaw.range.start, flaw.flaw.range.end));
        self.0.dedup();
        self.0
    }
}

/// Reads a template.
pub(super) fn read_template(text: &str) -> Result<Vec<Node>, Vec<TemplateFlaw>> {
    let mut flaws = Flaws::default();
    if text.len() > LONGEST_TEMPLATE {
        flaws.too_large(
            text.floor_char_boundary(LONGEST_TEMPLATE)..text.len(),
            format!("the text has {} bytes; a text may have {LONGEST_TEMPLATE}", text.len()),
            "cut what stands behind this place, or make two texts of it",
        );
        return Err(flaws.sorted());
    }
    let pieces = tags::cut(text, &mut flaws);
    let nodes = blocks::nest(text, pieces, &mut flaws);
    if flaws.0.is_empty() { Ok(nodes) } else { Err(flaws.sorted()) }
}

/// Reads a condition; none where there is a mistake.
pub(super) fn read_condition(text: &str) -> Result<Expression, Vec<TemplateFlaw>> {
    let mut flaws = Flaws::default();
    if text.len() > LONGEST_CONDITION {
        flaws.too_large(
            text.floor_char_boundary(LONGEST_CONDITION)..text.len(),
            format!(
                "the condition has {} bytes; a condition may have {LONGEST_CONDITION}",
                text.len()
            ),
            "split the step in two, each with a part of the condition",
        );
        return Err(flaws.sorted());
    }
    let expression = tags::condition_extent(text, &mut flaws)
        .and_then(|range| lower::condition(text, range, &mut flaws));
    match expression {
        Some(expression) if flaws.0.is_empty() => Ok(expression),
        Some(_) | None => Err(flaws.sorted()),
    }
}

#[cfg(test)]
mod tests;
