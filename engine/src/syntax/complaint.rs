//! What the YAML parser says, in words for people who write playbooks.

use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The finding, and the lines to leave out so that the rest can be read.
///
/// `understood` is the end of the last thing that could be read, `bracket` the innermost open one.
pub(super) fn explain(
    file: FileId,
    text: &str,
    error: &ScanError,
    understood: usize,
    bracket: Option<usize>,
) -> (Diagnostic, Range<usize>) {
    let marker = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = text.floor_char_boundary(marker);
    let kind = Kind::of(error.kind());
    let line = line_of(text, at);
    let place = match kind {
        Kind::Tab => text[line.start..].find('\t').map_or(at, |tab| line.start + tab),
        Kind::Bracket => bracket.unwrap_or(at),
        Kind::Quote => opening_quote(text, understood, at),
        Kind::Colon
        | Kind::NoColon
        | Kind::Mixed
        | Kind::Start(_)
        | Kind::Escape
        | Kind::Indent
        | Kind::Directive
        | Kind::Other => at,
    };
    let place = last_visible(text, place);
    let width = text[place..].chars().next().map_or(0, char::len_utf8);
    let mut span = Span::new(file, place, place + width);
    let code = if matches!(kind, Kind::Tab) { Code::Tab } else { Code::YamlSyntax };
    let (message, help) = match kind {
        Kind::Tab => (
            "here stands a tab, and YAML indents with blanks".to_owned(),
            "replace it with blanks; most editors can do so for the whole file",
        ),
        Kind::Colon if bracket.is_some() => (
            "this bracket is not closed, or a text with a `:` stands unquoted in it".to_owned(),
            "close it, and put a text with `:`, `?` or `#` inside brackets in quotes",
        ),
        Kind::Colon if text[line.start..at].contains(": ") => (
            "a second `:` in one line makes it unreadable".to_owned(),
            "put the text in quotes, such as title: \"Follow up: once\"",
        ),
        Kind::Colon | Kind::Indent => (
            "this line is indented differently from the lines it belongs to".to_owned(),
            "give keys of one group the same number of blanks",
        ),
        Kind::Bracket => (
            "this bracket is not closed, or not closed as it should be".to_owned(),
            "every `[` needs its `]` and every `{` its `}`, with `,` between the items",
        ),
        Kind::Quote => (
            "the quote that begins here does not end where it should".to_owned(),
            "close it at the end of the text; nothing may follow in that line",
        ),
        Kind::NoColon => (
            "here a key with a `:` is wanted".to_owned(),
            "write `key: value`, or indent the line if it belongs to the text above",
        ),
        Kind::Mixed => (
            "here a list and keys are mixed".to_owned(),
            "items of one list all begin with `- `, keys of one group never do",
        ),
        Kind::Start(letter) => (
            format!("a value cannot begin with `{letter}`"),
            "put the text in quotes",
        ),
        Kind::Escape => (
            "a backslash between double quotes has a meaning of its own, and this one has none"
                .to_owned(),
            "use single quotes, or write the backslash twice",
        ),
        Kind::Directive => (
            "a line that begins with `%` says something to YAML readers, which playbooks never need"
                .to_owned(),
            "remove it",
        ),
        Kind::Other => (format!("this is not YAML: {}", error.info()), "look for a missing quote, bracket or colon here or just above"),
    };
    if matches!(kind, Kind::Colon) && bracket.is_some() {
        let open = bracket.unwrap_or(at);
        span = Span::new(file, open, open + 1);
    }
    let from = match kind {
        Kind::Bracket | Kind::Colon if bracket.is_some() => {
            line_of(text, bracket.unwrap_or(at)).start
        }
        Kind::Quote | Kind::Tab => line_of(text, place).start,
        Kind::Bracket
        | Kind::Colon
        | Kind::NoColon
        | Kind::Mixed
        | Kind::Start(_)
        | Kind::Escape
        | Kind::Indent
        | Kind::Directive
        | Kind::Other => line.start,
    };
    let until = if from < line.start { line.start } else { line_of(text, from).end };
    (Diagnostic::new(code, span, message).help(help), from..until)
}

/// What went wrong, as far as people care.
#[derive(Clone, Copy)]
enum Kind {
    Tab,
    Colon,
    Bracket,
    Quote,
    NoColon,
    Mixed,
    Start(char),
    Escape,
    Indent,
    Directive,
    Other,
}

impl Kind {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the parser may learn further kinds")]
    fn of(kind: &ErrorKind) -> Self {
        use ErrorKind as E;
        match kind {
            E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabInPlainScalar
            | E::TabAtBlockScalarStart => Self::Tab,
            E::MappingValueNotAllowed
            | E::InvalidColonPlacement
            | E::FlowMappingValueAdjacentCollection
            | E::InvalidMappingValueWhitespace => Self::Colon,
            E::UnexpectedEofFlowSequence
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping
            | E::ExpectedFlowMappingSeparator
            | E::ExpectedFlowSequenceSeparator
            | E::MisplacedFlowCollectionEnd
            | E::MismatchedFlowCollectionEnd { .. }
            | E::UnclosedFlowCollection { .. }
            | E::InvalidFlowScalarIndent
            | E::BlockEntryInFlowCollection => Self::Bracket,
            E::UnclosedQuotedScalar
            | E::InvalidQuotedScalarIndent
            | E::DocumentIndicatorInQuotedScalar
            | E::InvalidTrailingSingleQuotedScalar
            | E::InvalidTrailingDoubleQuotedScalar => Self::Quote,
            E::SimpleKeyExpected | E::InvalidSimpleKey | E::MappingKeyNotAllowed => Self::NoColon,
            E::ExpectedBlockSequenceEntry
            | E::ExpectedBlockMappingKey
            | E::BlockSequenceEntryNotAllowed
            | E::InvalidBlockEntryWhitespace => Self::Mixed,
            E::UnexpectedCharacter { character } => Self::Start(*character),
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => Self::Escape,
            E::InvalidIndentation | E::InvalidBlockScalarIndent => Self::Indent,
            E::DirectiveDisallowed => Self::Directive,
            _ => Self::Other,
        }
    }
}

/// The line around a byte, with its line break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
    start..end
}

/// The quote that opens the text being read when the parser gave up at `at`.
fn opening_quote(text: &str, understood: usize, at: usize) -> usize {
    let from = text.floor_char_boundary(understood.min(at));
    text[from..at].find(['"', '\'']).map_or(at, |found| from + found)
}

/// At the end of a file or line there is nothing to point at: the last visible character is shown.
fn last_visible(text: &str, at: usize) -> usize {
    if text[at..].chars().next().is_some_and(|letter| !letter.is_whitespace() || letter == '\t') {
        return at;
    }
    let before = text[..at].trim_end();
    before.char_indices().next_back().map_or(0, |(last, _)| last)
}
