//! What the YAML parser says, in words for people who write playbooks.

use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::layout::{blanks, closed, glued, is_item, line_above, line_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// What is wrong in one place.
pub(super) struct Explained {
    pub finding: Diagnostic,
    /// The lines to leave out so that the rest can be read.
    pub lines: Range<usize>,
    /// The line is wrong by itself, whatever stands around it.
    pub stands_alone: bool,
}

/// Says what is wrong where the parser gave up.
///
/// `understood` is the end of the last thing that could be read, `bracket` the innermost open one.
pub(super) fn explain(
    file: FileId,
    text: &str,
    error: &ScanError,
    understood: usize,
    bracket: Option<usize>,
) -> Explained {
    let marker = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = text.floor_char_boundary(marker);
    let line = line_of(text, at);
    let kind = Kind::of(error.kind()).seen_in(text, &line, at, bracket);
    let place = match kind {
        Kind::Tab => text[line.start..].find('\t').map_or(at, |tab| line.start + tab),
        Kind::Bracket => bracket.unwrap_or(at),
        Kind::Quote => opening_quote(text, understood, at),
        Kind::Escape => bad_escape(text, at),
        Kind::Glued(colon) => colon,
        Kind::Behind(open) => open,
        Kind::Colon
        | Kind::NoColon
        | Kind::Mixed
        | Kind::Start(_)
        | Kind::Indent
        | Kind::Directive
        | Kind::Other => at,
    };
    let place = last_visible(text, place);
    let width = text[place..].chars().next().map_or(0, char::len_utf8);
    let mut span = Span::new(file, place, place + width);
    let code = if matches!(kind, Kind::Tab) { Code::Tab } else { Code::YamlSyntax };
    let (message, help) = words(kind, text, &line, at, bracket, error);
    if matches!(kind, Kind::Colon) && bracket.is_some() {
        let open = bracket.unwrap_or(at);
        span = Span::new(file, open, open + 1);
    }
    let from = match kind {
        Kind::Bracket | Kind::Colon if bracket.is_some() => {
            line_of(text, bracket.unwrap_or(at)).start
        }
        Kind::Quote | Kind::Tab | Kind::Glued(_) => line_of(text, place).start,
        Kind::Bracket
        | Kind::Colon
        | Kind::NoColon
        | Kind::Mixed
        | Kind::Start(_)
        | Kind::Escape
        | Kind::Indent
        | Kind::Behind(_)
        | Kind::Directive
        | Kind::Other => line.start,
    };
    let glued = matches!(kind, Kind::Glued(_));
    let until = if from < line.start && !glued { line.start } else { line_of(text, from).end };
    let own_line = matches!(
        kind,
        Kind::Tab
            | Kind::Start(_)
            | Kind::Escape
            | Kind::Quote
            | Kind::Glued(_)
            | Kind::Behind(_)
            | Kind::Directive
    );
    let second_colon = text[line.start..at].contains(": ");
    Explained {
        finding: Diagnostic::new(code, span, message).help(help),
        lines: from..until,
        stands_alone: own_line || second_colon,
    }
}

/// What is wrong, and what to write instead.
fn words(
    kind: Kind,
    text: &str,
    line: &Range<usize>,
    at: usize,
    bracket: Option<usize>,
    error: &ScanError,
) -> (String, String) {
    let indented = indentation(text, line);
    let mend = if let Kind::Glued(colon) = kind {
        let meant = glued(&text[line_of(text, colon)]).map(|glued| glued.meant);
        format!("write `{}`", meant.unwrap_or_default())
    } else {
        String::new()
    };
    let (message, help): (String, &str) = match kind {
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
        Kind::Colon | Kind::Indent => {
            ("this line is indented differently from the lines it belongs to".to_owned(), indented.as_str())
        }
        Kind::Glued(_) => ("a blank is missing behind this `:`".to_owned(), mend.as_str()),
        Kind::Behind(_) => (
            "behind a bracket that has closed nothing may follow in its line".to_owned(),
            "put the whole text in quotes, such as title: \"[Short] talk\"",
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
    (message, help.to_owned())
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
    /// A key whose colon has no blank behind it; where the colon stands.
    Glued(usize),
    /// Something behind a bracket that has closed; where the bracket opens.
    Behind(usize),
    Directive,
    Other,
}

impl Kind {
    /// What it is when one looks at the lines around it: the parser only knows what it wanted.
    fn seen_in(self, text: &str, line: &Range<usize>, at: usize, bracket: Option<usize>) -> Self {
        let here = &text[line.clone()];
        let misplaced = matches!(self, Self::Colon) && !text[line.start..at].contains(": ");
        if bracket.is_some() || !(misplaced || matches!(self, Self::NoColon | Self::Mixed)) {
            return self;
        }
        if let Some(open) = closed(&text[line.start..at]) {
            return Self::Behind(line.start + open);
        }
        if let Some(glued) = glued(here) {
            return Self::Glued(line.start + glued.colon);
        }
        let above = line_above(text, line.start).unwrap_or(0..0);
        let before = &text[above.clone()];
        if let Some(glued) = glued(before).filter(|_| blanks(before) == blanks(here)) {
            return Self::Glued(above.start + glued.colon);
        }
        let a_list = is_item(here) || is_item(before);
        if matches!(self, Self::Mixed) && !a_list { Self::Indent } else { self }
    }

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

/// How far this line and the one above it are indented, and that they should be alike.
fn indentation(text: &str, line: &Range<usize>) -> String {
    const SAME: &str = "give keys of one group the same number of blanks";
    let Some(above) = line_above(text, line.start) else { return SAME.to_owned() };
    match (blanks(&text[above]), blanks(&text[line.clone()])) {
        (above, here) if above == here => SAME.to_owned(),
        (above, here) => {
            format!("{SAME}: the line above has {above} before it, this one {here}")
        }
    }
}

/// The quote that opens the text being read when the parser gave up at `at`.
fn opening_quote(text: &str, understood: usize, at: usize) -> usize {
    let from = text.floor_char_boundary(understood.min(at));
    text[from..at].find(['"', '\'']).map_or(at, |found| from + found)
}

/// The first backslash from `at` on whose meaning YAML does not know, else the next one.
fn bad_escape(text: &str, at: usize) -> usize {
    const KNOWN: &[u8] = b"0abtnvfre \"/\\N_LPxuU\n\r\t";
    let bytes = text.as_bytes();
    let mut from = at;
    let mut first = None;
    while let Some(found) = text[from..].find('\\').map(|found| from + found) {
        first = first.or(Some(found));
        match bytes.get(found + 1) {
            Some(kind) if KNOWN.contains(kind) => from = found + 2,
            Some(_) | None => return found,
        }
    }
    first.unwrap_or(at)
}

/// At the end of a file or line there is nothing to point at: the last visible character is shown.
fn last_visible(text: &str, at: usize) -> usize {
    if text[at..].chars().next().is_some_and(|letter| !letter.is_whitespace() || letter == '\t') {
        return at;
    }
    let before = text[..at].trim_end();
    before.char_indices().next_back().map_or(0, |(last, _)| last)
}
