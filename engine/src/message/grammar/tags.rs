//! Cutting a text into what stands as it is and what is a tag.
//!
//! Knows minijinja's tokenizer and how to go on behind a mistake, so that one reading finds them
//! all. A tag alone on its line leaves no empty line behind.

use std::ops::Range;

use minijinja::machinery::{Token, Tokenizer};
use minijinja::syntax::SyntaxConfig;

use super::tokens::Measure;
use super::{Flaws, MOST_TAGS, lines};

/// A piece of a template, in the order of the text.
#[derive(Debug)]
pub(super) enum Piece {
    /// Stands as it is.
    Text(Range<usize>),
    /// `{{ … }}`; the expression's bytes, unless it has a mistake.
    Print(Option<Range<usize>>),
    /// `{% … %}`.
    Block {
        tag: Range<usize>,
        keyword: Range<usize>,
        /// What stands behind the keyword.
        expression: Rest,
    },
}

/// What stands behind the keyword of a block.
#[derive(Debug)]
pub(super) enum Rest {
    Nothing,
    Sound(Range<usize>),
    /// Its mistake is already known.
    Flawed,
}

/// Cuts a template into pieces; mistakes go to `flaws`, and the reading goes on behind them.
pub(super) fn cut(text: &str, flaws: &mut Flaws) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut tags = 0_usize;
    while start < text.len() && !flaws.are_enough() {
        let mut reader = Reader::new(text, start, false);
        start = loop {
            match reader.next() {
                Next::End => break text.len(),
                Next::Mistake => {
                    let at = reader.end;
                    let place = at..text.floor_char_boundary(at + 2).max(at);
                    flaws.syntax(
                        place,
                        "this is never closed",
                        "write `#}` or `{% endraw %}` behind it",
                    );
                    break text.len();
                }
                Next::Token(Token::VariableStart, range) => {
                    tags += 1;
                    let (expression, go_on) = reader.expression(range, Closing::Print, flaws);
                    pieces.push(Piece::Print(expression));
                    if let Some(at) = go_on {
                        break at;
                    }
                }
                Next::Token(Token::BlockStart, range) => {
                    tags += 1;
                    let (piece, go_on) = reader.block(range, flaws);
                    pieces.extend(piece);
                    if let Some(at) = go_on {
                        break at;
                    }
                }
                Next::Token(_, range) => pieces.push(Piece::Text(range)),
            }
            if tags > MOST_TAGS {
                let place = reader.end..text.len();
                let message = format!("more than {MOST_TAGS} tags in one text");
                flaws.too_large(place, message, "make several texts of it");
                // What is left over would only look unclosed.
                return Vec::new();
            }
        };
    }
    lines::close_gaps(text, &mut pieces);
    pieces
}

/// The bytes of a condition that stands alone, if it has no mistake a token can show.
pub(super) fn condition_extent(text: &str, flaws: &mut Flaws) -> Option<Range<usize>> {
    let mut reader = Reader::new(text, 0, true);
    reader.expression(0..text.len(), Closing::EndOfText, flaws).0
}

/// What ends an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closing {
    Print,
    Block,
    EndOfText,
}

enum Next<'text> {
    Token(Token<'text>, Range<usize>),
    End,
    Mistake,
}

/// minijinja's tokenizer from some byte on, with places counted from the start of the text.
struct Reader<'text> {
    tokenizer: Tokenizer<'text>,
    text: &'text str,
    base: usize,
    /// Where the newest token ends.
    end: usize,
}

impl<'text> Reader<'text> {
    fn new(text: &'text str, base: usize, in_expression: bool) -> Self {
        let syntax = SyntaxConfig::default();
        let tokenizer = Tokenizer::new(&text[base..], "", in_expression, syntax);
        Self { tokenizer, text, base, end: base }
    }

    fn next(&mut self) -> Next<'text> {
        match self.tokenizer.next_token() {
            Ok(Some((token, span))) => {
                let range = self.place(span.start_offset)..self.place(span.end_offset);
                self.end = range.end.max(self.end);
                // A text is cut by its own bytes: around `raw` the span holds more than the text.
                let range = if let Token::TemplateData(data) = &token {
                    self.place_of(data).unwrap_or(range)
                } else {
                    range
                };
                Next::Token(token, range)
            }
            Ok(None) => Next::End,
            Err(_) => Next::Mistake,
        }
    }

    fn place(&self, offset: u32) -> usize {
        let at = self.base.saturating_add(usize::try_from(offset).unwrap_or(usize::MAX));
        self.text.floor_char_boundary(at.min(self.text.len()))
    }

    /// Where a slice of the text stands in it.
    fn place_of(&self, part: &str) -> Option<Range<usize>> {
        let start = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        let end = start.checked_add(part.len())?;
        (end <= self.text.len()).then_some(start..end)
    }

    /// Reads an expression to its end; with it the byte to go on from after a mistake.
    fn expression(
        &mut self,
        tag: Range<usize>,
        closing: Closing,
        flaws: &mut Flaws,
    ) -> (Option<Range<usize>>, Option<usize>) {
        let mut measure = Measure::new();
        let go_on = self.measure(&mut measure, tag.clone(), closing, flaws);
        (measure.finish(tag.start..self.end.max(tag.end), flaws), go_on)
    }

    fn measure(
        &mut self,
        measure: &mut Measure,
        tag: Range<usize>,
        closing: Closing,
        flaws: &mut Flaws,
    ) -> Option<usize> {
        loop {
            match self.next() {
                Next::Token(Token::VariableEnd | Token::BlockEnd, _)
                    if closing != Closing::EndOfText =>
                {
                    return None;
                }
                Next::Token(Token::BraceOpen, range) if self.opens_tag(range.start) => {
                    never_closed(&tag, closing, flaws);
                    measure.refuse();
                    return Some(range.start);
                }
                Next::Token(_, range) if self.closes_tag(range.start, closing) => {
                    // The tokenizer takes no end while a parenthesis is open; `finish` says so.
                    return Some(range.start + 2);
                }
                Next::Token(token, range) => {
                    if !measure.take(&token, range, flaws) {
                        return Some(self.end);
                    }
                }
                Next::End => {
                    if closing != Closing::EndOfText {
                        never_closed(&tag, closing, flaws);
                        measure.refuse();
                    }
                    return Some(self.text.len());
                }
                Next::Mistake => {
                    measure.refuse();
                    return Some(self.mistake(flaws));
                }
            }
        }
    }

    /// Reads a block tag behind its `{%`.
    fn block(&mut self, tag: Range<usize>, flaws: &mut Flaws) -> (Option<Piece>, Option<usize>) {
        let keyword = match self.next() {
            Next::Token(Token::Ident(_), range) => range,
            Next::Token(Token::BlockEnd, range) => {
                flaws.syntax(
                    tag.start..range.end,
                    "this tag is empty",
                    "write `{% if … %}`, or take it out",
                );
                return (None, None);
            }
            Next::Token(_, range) => {
                flaws.syntax(range.clone(), "a tag begins with a word", "write `{% if … %}`");
                return (None, Some(range.end));
            }
            Next::End => {
                never_closed(&tag, Closing::Block, flaws);
                return (None, Some(self.text.len()));
            }
            Next::Mistake => {
                let at = self.mistake(flaws);
                return (None, Some(at));
            }
        };
        if !matches!(&self.text[keyword.clone()], "if" | "elif") {
            let go_on = self.skip(&tag, flaws);
            let tag = tag.start..go_on.unwrap_or(self.end);
            let inside = self.text[keyword.end..tag.end].trim_end_matches(['-', '+', '%', '}']);
            if matches!(&self.text[keyword.clone()], "else" | "endif") && !inside.trim().is_empty()
            {
                let place = keyword.end..keyword.end + inside.len();
                let help = "write `{% elif … %}` for a further condition, and `{% endif %}` alone";
                flaws.syntax(place, "nothing may stand here", help);
            }
            return (Some(Piece::Block { tag, keyword, expression: Rest::Nothing }), go_on);
        }
        let mut measure = Measure::new();
        let go_on = self.measure(&mut measure, tag.clone(), Closing::Block, flaws);
        let expression =
            measure.finish(tag.start..self.end, flaws).map_or(Rest::Flawed, Rest::Sound);
        let tag = tag.start..self.end;
        (Some(Piece::Block { tag, keyword, expression }), go_on)
    }

    /// Goes to the end of a tag without looking.
    fn skip(&mut self, tag: &Range<usize>, flaws: &mut Flaws) -> Option<usize> {
        let behind = &self.text[self.end..];
        match (behind.find("%}"), behind.find("{%")) {
            (Some(end), open) if open.is_none_or(|open| end < open) => {
                let stop = self.end + end;
                loop {
                    match self.next() {
                        Next::Token(Token::BlockEnd, _) => return None,
                        Next::Token(..) if self.end <= stop => {}
                        Next::Token(..) | Next::End | Next::Mistake => return Some(stop + 2),
                    }
                }
            }
            (_, open) => {
                never_closed(tag, Closing::Block, flaws);
                Some(open.map_or(self.text.len(), |open| self.end + open))
            }
        }
    }

    fn opens_tag(&self, at: usize) -> bool {
        ["{{", "{%", "{#"].iter().any(|opening| self.text[at..].starts_with(opening))
    }

    fn closes_tag(&self, at: usize, closing: Closing) -> bool {
        match closing {
            Closing::Print => self.text[at..].starts_with("}}"),
            Closing::Block => self.text[at..].starts_with("%}"),
            Closing::EndOfText => false,
        }
    }

    /// Says what the tokenizer could not read, and returns the byte behind it.
    fn mistake(&self, flaws: &mut Flaws) -> usize {
        let behind = &self.text[self.end..];
        let start = self.end + (behind.len() - behind.trim_ascii_start().len());
        let Some(character) = self.text[start..].chars().next() else {
            flaws.syntax(start..start, "this ends too early", "write what comes next");
            return start;
        };
        let range = start..start + character.len_utf8();
        let next = range.end;
        match character {
            '"' | '\'' => {
                flaws.syntax(
                    range,
                    "this quote is never closed",
                    format!("write {character} behind the text"),
                );
            }
            '“' | '”' | '„' | '‘' | '’' | '«' | '»' => {
                let message = format!("`{character}` does not quote here");
                flaws.syntax(range, message, "use straight quotes, as in \"text\"");
            }
            '&' => flaws.syntax(range, "`&` means nothing here", "write `and`"),
            '!' => flaws.syntax(range, "`!` means nothing here", "write `not`, or `!=` to compare"),
            '0'..='9' => flaws.syntax(
                range,
                "this number cannot be read",
                "write it with digits, as in `10`",
            ),
            other if other.is_alphabetic() => {
                let message = format!("`{other}` cannot stand in a name");
                flaws.syntax(range, message, "names have the letters a to z, digits and `_`");
            }
            other => {
                let message = format!("`{}` means nothing here", other.escape_debug());
                flaws.syntax(range, message, "take it out");
            }
        }
        next
    }
}

fn never_closed(tag: &Range<usize>, closing: Closing, flaws: &mut Flaws) {
    let (open, close) = if closing == Closing::Print { ("{{", "}}") } else { ("{%", "%}") };
    flaws.syntax(
        tag.clone(),
        format!("`{open}` is never closed"),
        format!("write `{close}` where it ends"),
    );
}
