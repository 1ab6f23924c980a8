//! Events of the YAML parser to a tree, with the limits kept before anything grows.

use std::collections::BTreeMap;

use serde_yaml::granit_parser::{self as yaml, Event, Parser, ScalarStyle, ScanError};

use super::limits::{MAX_DEPTH, MAX_FINDINGS, MAX_NODES, MAX_TEXT};
use super::{Entry, Node, Scalar, Style, Value, letters};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// What one pass over the text gave.
pub(super) struct Built {
    pub root: Option<Node>,
    pub stopped: Option<Stop>,
}

/// Why a pass ended early.
pub(super) enum Stop {
    /// Not YAML: the parser's own word, where it gave up, and where the last thing it understood
    /// and the innermost open bracket began.
    Syntax { error: ScanError, last: Span, bracket: Option<usize> },
    /// A limit was passed; nothing can be said about the rest.
    Limit,
}

pub(super) fn build(file: FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Built {
    let options = yaml::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        emit_comments: false,
        flow_nesting_limit: 2 * MAX_DEPTH,
        block_nesting_limit: 2 * MAX_DEPTH,
    };
    let mut builder = Builder::new(file, text);
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match next {
            Ok(next) => next,
            Err(error) => return builder.broken(error, findings),
        };
        let place = builder.place(span);
        if builder.event(event, place, span.tag_span(), findings).is_err() {
            return Built { root: None, stopped: Some(Stop::Limit) };
        }
        if builder.finished {
            break;
        }
    }
    Built { root: builder.root, stopped: None }
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
    root: Option<Node>,
    open: Vec<Open>,
    nodes: usize,
    last: Span,
    documents: usize,
    first_document: Option<Span>,
    finished: bool,
}

enum Open {
    List {
        span: Span,
        flow: bool,
        items: Vec<Node>,
    },
    Map {
        span: Span,
        flow: bool,
        entries: Vec<Entry>,
        seen: BTreeMap<String, Span>,
        next: Next,
        /// It is no map at all, and that is said.
        broken: bool,
    },
}

/// What a map waits for.
enum Next {
    Key,
    /// A value; without a key where the key could not be taken.
    Value(Option<Scalar>),
}

struct PastLimit;

impl<'t> Builder<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        Self {
            file,
            text,
            root: None,
            open: Vec::new(),
            nodes: 0,
            last: Span::new(file, 0, 0),
            documents: 0,
            first_document: None,
            finished: false,
        }
    }

    fn place(&self, span: yaml::Span) -> Span {
        let fit = |byte: Option<usize>| self.text.floor_char_boundary(byte.unwrap_or(0));
        let (start, end) = (fit(span.start.byte_offset()), fit(span.end.byte_offset()));
        Span::new(self.file, start, end.max(start))
    }

    fn broken(mut self, error: ScanError, findings: &mut Vec<Diagnostic>) -> Built {
        if matches!(error.kind(), yaml::ErrorKind::RecursionLimitExceeded) {
            let at = self.text.floor_char_boundary(error.marker().byte_offset().unwrap_or(0));
            findings.push(too_deep(Span::new(self.file, at, at)));
            return Built { root: None, stopped: Some(Stop::Limit) };
        }
        let bracket = self.open.iter().rev().find_map(|open| match open {
            Open::List { span, flow: true, .. } | Open::Map { span, flow: true, .. } => {
                Some(span.start)
            }
            Open::List { .. } | Open::Map { .. } => None,
        });
        let last = self.last;
        while let Some(open) = self.open.pop() {
            let node = close(open, last.end);
            let mut ignored = Vec::new();
            self.add(node, &mut ignored);
        }
        Built { root: self.root, stopped: Some(Stop::Syntax { error, last, bracket }) }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the parser may learn further events")]
    fn event(
        &mut self,
        event: Event<'_>,
        span: Span,
        tag: Option<yaml::Span>,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<(), PastLimit> {
        if let Some(tag) = tag {
            findings.push(refused(self.place(tag), "a tag (`!…`)"));
        }
        match event {
            Event::DocumentStart(..) => self.document(span, findings),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                findings.push(refused(span, "an alias (`*name`)"));
                self.count(span, findings)?;
                self.add(Node::new(span, Value::Broken), findings);
            }
            Event::Anchor(..) => findings.push(refused(span, "an anchor (`&name`)")),
            Event::Scalar(text, style, ..) => {
                self.count(span, findings)?;
                let node = self.scalar(text.into_owned(), style, span, findings);
                self.add(node, findings);
            }
            Event::SequenceStart(style, ..) => {
                self.count(span, findings)?;
                let flow = style == yaml::StructureStyle::Flow;
                self.open.push(Open::List { span, flow, items: Vec::new() });
            }
            Event::MappingStart(style, ..) => {
                self.count(span, findings)?;
                let flow = style == yaml::StructureStyle::Flow;
                let (entries, seen) = (Vec::new(), BTreeMap::new());
                let next = Next::Key;
                self.open.push(Open::Map { span, flow, entries, seen, next, broken: false });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let node = close(open, span.end);
                    self.add(node, findings);
                }
            }
            _ => {}
        }
        if span.end > span.start {
            self.last = span;
        }
        Ok(())
    }

    fn document(&mut self, span: Span, findings: &mut Vec<Diagnostic>) {
        self.documents += 1;
        if self.documents == 1 {
            self.first_document = Some(span);
            return;
        }
        self.finished = true;
        findings.push(
            Diagnostic::new(
                Code::SeveralDocuments,
                span,
                "here a second document begins, and a file holds one",
            )
            .help("remove the line `---`, or move what follows into a file of its own"),
        );
    }

    fn count(&mut self, span: Span, findings: &mut Vec<Diagnostic>) -> Result<(), PastLimit> {
        self.nodes += 1;
        if findings.len() >= MAX_FINDINGS {
            return Err(PastLimit);
        }
        if self.nodes > MAX_NODES {
            let message = format!("this file has more than {MAX_NODES} keys and values");
            findings.push(Diagnostic::new(Code::TooLarge, span, message));
            return Err(PastLimit);
        }
        if self.open.len() >= MAX_DEPTH {
            findings.push(too_deep(span));
            return Err(PastLimit);
        }
        Ok(())
    }

    fn scalar(
        &self,
        text: String,
        style: ScalarStyle,
        span: Span,
        findings: &mut Vec<Diagnostic>,
    ) -> Node {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let is_null = matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL");
        let span = if matches!(style, Style::Literal | Style::Folded) {
            let written = &self.text[span.start..span.end];
            span.within(0..written.trim_end().len())
        } else {
            span
        };
        if style == Style::Plain && is_null {
            return Node::new(span, Value::Null);
        }
        if text.len() > MAX_TEXT {
            let message =
                format!("this text has {} bytes; at most {MAX_TEXT} are read", text.len());
            let start = Span::new(self.file, span.start, span.start);
            let help = "make it shorter; if it swallows what follows, close its quote";
            findings.push(Diagnostic::new(Code::TooLarge, start, message).help(help));
            return Node::new(span, Value::Broken);
        }
        let scalar = Scalar { text, style, span };
        if style == Style::Double
            && let Some((at, letter)) =
                scalar.text.char_indices().find(|(_, letter)| letters::is_forbidden(*letter))
        {
            let part = at..at + letter.len_utf8();
            findings
                .push(letters::complaint(letter, super::place::place(&scalar, part, self.text)));
            return Node::new(span, Value::Broken);
        }
        Node::new(span, Value::Scalar(scalar))
    }

    /// Puts a finished value where it belongs.
    fn add(&mut self, node: Node, findings: &mut Vec<Diagnostic>) {
        match self.open.last_mut() {
            None => self.root = self.root.take().or(Some(node)),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { span, flow, entries, seen, next, broken }) => {
                match std::mem::replace(next, Next::Key) {
                    // `{{ name }}` without quotes is a map in a map to YAML.
                    Next::Key if *flow && self.text[span.start..].starts_with("{{") => {
                        *broken = true;
                        *next = Next::Value(None);
                        let place = span.within(0..2);
                        findings.push(template_without_quotes(place));
                    }
                    Next::Key => *next = Next::Value(take_key(node, seen, findings)),
                    Next::Value(Some(key)) => entries.push(Entry { key, value: node }),
                    Next::Value(None) => {}
                }
            }
        }
    }
}

fn take_key(
    node: Node,
    seen: &mut BTreeMap<String, Span>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Scalar> {
    let key = match node.value {
        Value::Scalar(key) => key,
        Value::Broken => return None,
        Value::Null | Value::List(_) | Value::Map(_) => {
            findings.push(
                Diagnostic::new(Code::WrongType, node.span, "a key is a word, and this is none")
                    .help("a text that begins with `{` or `[` belongs in quotes"),
            );
            return None;
        }
    };
    if key.text == "<<" && key.style == Style::Plain {
        findings.push(refused(key.span, "a merge key (`<<`)"));
        return None;
    }
    if let Some(first) = seen.get(&key.text) {
        findings.push(
            Diagnostic::new(
                Code::DuplicateKey,
                key.span(),
                format!("`{}` stands here a second time", shown(&key.text)),
            )
            .also(*first, "the first one is here")
            .help("keep one of them"),
        );
        return None;
    }
    seen.insert(key.text.clone(), key.span());
    Some(key)
}

/// A key may be a whole novel; messages show its beginning.
fn shown(key: &str) -> String {
    const SHOWN: usize = 40;
    if key.chars().count() <= SHOWN {
        return key.to_owned();
    }
    key.chars().take(SHOWN).chain(['…']).collect()
}

fn close(open: Open, end: usize) -> Node {
    match open {
        Open::List { span, flow, items } => {
            let last = items.last().map(|item| item.span.end);
            let end = if flow { end } else { last.unwrap_or(span.end) };
            let start = if flow {
                span.start
            } else {
                items.first().map_or(span.start, |item| item.span.start)
            };
            Node::new(Span::new(span.file, start, end.max(start)), Value::List(items))
        }
        Open::Map { span, broken: true, .. } => {
            Node::new(Span::new(span.file, span.start, end.max(span.start)), Value::Broken)
        }
        Open::Map { span, flow, entries, .. } => {
            let last = entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end));
            let end = if flow { end } else { last.unwrap_or(span.end) };
            let start = if flow {
                span.start
            } else {
                entries.first().map_or(span.start, |entry| entry.key.span.start)
            };
            Node::new(Span::new(span.file, start, end.max(start)), Value::Map(entries))
        }
    }
}

fn template_without_quotes(span: Span) -> Diagnostic {
    Diagnostic::new(Code::WrongType, span, "a text that begins with `{{` stands in quotes")
        .help("put quotes around it, or write it in a block after `|`")
}

fn too_deep(span: Span) -> Diagnostic {
    let message = format!("lists and maps stand more than {MAX_DEPTH} deep within each other here");
    Diagnostic::new(Code::TooLarge, span, message)
}

fn refused(span: Span, what: &str) -> Diagnostic {
    let message = format!("this is {what}, which playbooks do not have");
    let finding = Diagnostic::new(Code::AnchorOrTag, span, message);
    // Few who write such a sign mean what YAML means by it.
    let finding = match what.split('`').nth(1).and_then(|sign| sign.chars().next()) {
        Some('!') => finding.help(
            "a condition is turned round with `not`; a text that begins with `!` stands in quotes",
        ),
        Some(sign @ ('*' | '&')) => {
            finding.help(format!("a text that begins with `{sign}` stands in quotes"))
        }
        Some(_) | None => finding,
    };
    finding
        .help("write the value out, or put what several playbooks share into one and use `extends`")
}
