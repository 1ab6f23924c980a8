//! The tree.

use super::place;
use crate::source::{SourceFile, Span};

/// A file's content.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The outermost value; none where the file is empty or cannot be read at all.
    pub root: Option<Node>,
    /// Nothing was left out: what is missing in the tree is missing in the file.
    pub whole: bool,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// From the first to the last character of the value.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The kinds of value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing, or `~`.
    Null,
    /// A word, a number, a text.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order of the file.
    Map(Vec<Entry>),
    /// Something already complained about, such as an alias.
    Broken,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Scalar,
    /// The value.
    pub value: Node,
}

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    Plain,
    /// In `'`.
    Single,
    /// In `"`, with escapes.
    Double,
    /// After `|`.
    Literal,
    /// After `>`.
    Folded,
}

/// A text as it reads, with the place of what was written for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) span: Span,
}

impl Scalar {
    /// A text that nobody wrote, standing for something at `span`.
    pub fn new(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), style: Style::Plain, span }
    }

    /// The same place read as another text, for a slip of the keyboard.
    #[must_use]
    pub fn reading(&self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self.clone() }
    }

    /// The text as it reads, escapes and folds resolved.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it was written.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Its place, without the quotes.
    pub fn span(&self) -> Span {
        match self.style {
            Style::Single | Style::Double if self.span.end >= self.span.start + 2 => {
                Span::new(self.span.file, self.span.start + 1, self.span.end - 1)
            }
            Style::Plain | Style::Literal | Style::Folded | Style::Single | Style::Double => {
                self.span
            }
        }
    }

    /// Its place, with the quotes.
    pub fn outer_span(&self) -> Span {
        self.span
    }

    /// The place of a part of the text as it reads (in bytes), in the file that wrote it.
    ///
    /// Right also where escapes, folds, indentation and characters of several bytes lie between;
    /// a range that does not fit the text gives the whole.
    pub fn place(&self, part: std::ops::Range<usize>, file: &SourceFile) -> Span {
        place::place(self, part, file.text())
    }
}

impl Node {
    /// A value at a place.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, value }
    }

    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key, if this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.iter().find(|entry| entry.key.text == key)
    }

    /// The text, if it is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::Null | Value::List(_) | Value::Map(_) | Value::Broken => None,
        }
    }

    /// The entries, if it is a map.
    pub fn as_map(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            Value::Null | Value::List(_) | Value::Scalar(_) | Value::Broken => None,
        }
    }

    /// The items, if it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            Value::Null | Value::Map(_) | Value::Scalar(_) | Value::Broken => None,
        }
    }

    /// The place to show for it: a text without its quotes, else the first line of the value.
    pub fn shown(&self, file: Option<&SourceFile>) -> Span {
        if let Value::Scalar(scalar) = &self.value {
            return scalar.span();
        }
        let text = file.and_then(|file| file.text().get(self.span.start..self.span.end));
        let line = text.and_then(|text| text.lines().next()).map_or(0, str::len);
        if line == 0 { self.span } else { self.span.within(0..line) }
    }
}
