//! Findings in playbooks: with the line and a caret, on one line, or as data.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use fortnight_engine::diagnostic::{Diagnostic, Severity};
use fortnight_engine::source::{Position, SourceFile, Sources, Span};
use serde::Serialize;

use super::safe::{self, Coloured};
use super::{COLUMNS, width};

/// Shows a finding in its file, as people read it.
pub fn human(finding: &Diagnostic, sources: &Sources, colour: bool) -> Coloured {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name("hint"),
    };
    let title = format!("{} ({})", safe::line(&finding.message), finding.code.slug());
    // The renderer does not break lines; a title starts behind `warning: `.
    let title = width::wrap_words(&title, COLUMNS - "warning: ".len()).join("\n");
    let mut group = Group::with_title(level.primary_title(title));
    // So wide stand the numbers of lines before what is said of them.
    let mut gutter = 1;
    for (file, marks) in marks_by_file(finding, sources) {
        let last = marks.iter().map(|mark| file.position(mark.range.end).line).max();
        gutter = gutter.max(last.unwrap_or(1).to_string().len());
        group = group.element(excerpt(file, &marks));
    }
    for help in &finding.helps {
        let help = width::wrap_words(&safe::line(help), COLUMNS - gutter - " = help: ".len());
        group = group.element(Level::HELP.message(help.join("\n")));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(COLUMNS).decor_style(DecorStyle::Ascii);
    let text = renderer.render(&[group]);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    Coloured::vouched(lines.join("\n") + "\n")
}

/// Shows a finding on one line: `file:line:column: error: message (code)`.
pub fn short(finding: &Diagnostic, sources: &Sources) -> String {
    let place = Place::of(finding.span, sources);
    format!(
        "{}:{}:{}: {}: {} ({})",
        safe::line(&place.file),
        place.line,
        place.column,
        finding.severity.word(),
        safe::line(&finding.message),
        finding.code.slug(),
    )
}

/// One finding of `playbook check --json`, version 1.
#[derive(Debug, Serialize)]
pub struct FindingData {
    code: &'static str,
    severity: &'static str,
    message: String,
    #[serde(flatten)]
    place: Place,
    labels: Vec<LabelData>,
    helps: Vec<String>,
}

/// A word at a place; the first one may stand at the place of the finding itself.
#[derive(Debug, Serialize)]
struct LabelData {
    #[serde(flatten)]
    place: Place,
    text: String,
}

/// A place as people count it: lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl FindingData {
    /// The finding as data.
    pub fn of(finding: &Diagnostic, sources: &Sources) -> Self {
        let own = (finding.span, &finding.text);
        let further = finding.labels.iter().map(|label| (label.span, &label.text));
        Self {
            code: finding.code.slug(),
            severity: finding.severity.word(),
            message: finding.message.clone(),
            place: Place::of(finding.span, sources),
            labels: std::iter::once(own)
                .filter(|(_, text)| !text.is_empty())
                .chain(further)
                .map(|(span, text)| LabelData {
                    place: Place::of(span, sources),
                    text: text.clone(),
                })
                .collect(),
            helps: helps(finding),
        }
    }
}

/// The mends; where the only one is the word beside the place, that one.
fn helps(finding: &Diagnostic) -> Vec<String> {
    if finding.helps.is_empty() && !finding.text.is_empty() {
        return vec![finding.text.clone()];
    }
    finding.helps.clone()
}

impl Place {
    fn of(span: Span, sources: &Sources) -> Self {
        let nowhere = Position { line: 1, column: 1 };
        let file = sources.get(span.file);
        let position = |byte| file.map_or(nowhere, |file| file.position(byte));
        let (start, end) = (position(span.start), position(span.end.max(span.start)));
        Self {
            file: file.map(|file| file.name().to_owned()).unwrap_or_default(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// A part of a file's text that is marked.
struct Mark<'a> {
    range: Range<usize>,
    text: &'a str,
    primary: bool,
}

/// The marks of a finding, file by file, the file of the finding first.
fn marks_by_file<'a>(
    finding: &'a Diagnostic,
    sources: &'a Sources,
) -> Vec<(&'a SourceFile, Vec<Mark<'a>>)> {
    let own = (finding.span, finding.text.as_str(), true);
    let further = finding.labels.iter().map(|label| (label.span, label.text.as_str(), false));
    let mut files: Vec<(Span, &SourceFile, Vec<Mark<'_>>)> = Vec::new();
    for (span, text, primary) in std::iter::once(own).chain(further) {
        let Some(file) = sources.get(span.file) else { continue };
        let mark = Mark { range: within(file.text(), span.start..span.end), text, primary };
        match files.iter_mut().find(|(known, _, _)| known.file == span.file) {
            Some((_, _, marks)) => marks.push(mark),
            None => files.push((span, file, vec![mark])),
        }
    }
    files.into_iter().map(|(_, file, marks)| (file, marks)).collect()
}

/// The range inside the text, on character boundaries, and at least one character wide where there
/// is one: the renderer panics on anything else.
fn within(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
    let next = text[start..].chars().next();
    match next {
        Some(next) if start == end && next != '\n' => start..start + next.len_utf8(),
        _ => start..end,
    }
}

/// The lines that hold the marks, cleaned.
fn excerpt<'a>(
    file: &SourceFile,
    marks: &[Mark<'a>],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = file.text();
    let first = marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
    let last = marks.iter().map(|mark| mark.range.end).max().unwrap_or(0);
    let from = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let to = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let lines = Cleaned::new(&text[from..to]);
    let annotations = marks.iter().map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let range = lines.place(mark.range.start - from)..lines.place(mark.range.end - from);
        let words = safe::line(mark.text);
        kind.span(range).label((!words.is_empty()).then_some(words))
    });
    let annotations: Vec<_> = annotations.collect();
    Snippet::source(lines.text)
        .line_start(file.position(from).line)
        .path(safe::line(file.name()))
        .annotations(annotations)
}

/// Text in which nothing can steer a terminal, and where each of its bytes went.
struct Cleaned {
    text: String,
    /// Old place and new place behind each character that changed its length.
    shifts: Vec<(usize, usize)>,
}

impl Cleaned {
    fn new(dirty: &str) -> Self {
        let mut text = String::with_capacity(dirty.len());
        let mut shifts = Vec::new();
        for (at, character) in dirty.char_indices() {
            if matches!(character, '\n' | '\t') {
                text.push(character);
                continue;
            }
            let before = text.len();
            let mut bytes = [0; 4];
            text.push_str(&safe::line(character.encode_utf8(&mut bytes)));
            if text.len() - before != character.len_utf8() {
                shifts.push((at + character.len_utf8(), text.len()));
            }
        }
        Self { text, shifts }
    }

    fn place(&self, old: usize) -> usize {
        let behind = self.shifts.partition_point(|(place, _)| *place <= old);
        let new = match behind.checked_sub(1).and_then(|at| self.shifts.get(at)) {
            Some((place, shifted)) => shifted + (old - place),
            None => old,
        };
        self.text.floor_char_boundary(new.min(self.text.len()))
    }
}

#[cfg(test)]
mod tests;
