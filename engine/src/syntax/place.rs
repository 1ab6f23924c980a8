//! From a part of a text as it reads back to the bytes that were written for it.
//!
//! Decoded and written text are walked side by side. What is not white space corresponds one to
//! one and in order in all five styles; white space may be indentation, a fold, or nothing.

use std::ops::Range;

use super::{Scalar, Style};
use crate::source::Span;

pub(super) fn place(scalar: &Scalar, part: Range<usize>, file: &str) -> Span {
    let whole = scalar.span();
    let text = scalar.text.as_str();
    let fits = part.start <= part.end && text.get(part.clone()).is_some();
    let Some(written) = file.get(whole.start..whole.end).filter(|_| fits) else { return whole };
    if written == text {
        return whole.within(part);
    }
    let mut walk = Walk { written, style: scalar.style, at: 0 };
    let (mut start, mut end) = (None, None);
    for (index, letter) in text.char_indices() {
        if index >= part.end && start.is_some() {
            break;
        }
        let Some(found) = walk.find(letter) else { return whole };
        if index == part.start {
            start = Some(found.start);
        }
        if index < part.end && index >= part.start {
            end = Some(found.end);
        }
    }
    let start = start.unwrap_or(walk.at);
    let end = end.unwrap_or(start).max(start);
    whole.within(start..end)
}

struct Walk<'t> {
    written: &'t str,
    style: Style,
    at: usize,
}

impl Walk<'_> {
    fn next(&self) -> Option<char> {
        self.written.get(self.at..)?.chars().next()
    }

    fn skip_blanks(&mut self) {
        while let Some(letter) = self.next().filter(|letter| is_blank(*letter)) {
            self.at += letter.len_utf8();
        }
    }

    /// The bytes written for the next decoded letter.
    fn find(&mut self, letter: char) -> Option<Range<usize>> {
        if is_blank(letter) {
            return Some(self.find_blank(letter));
        }
        loop {
            self.skip_blanks();
            let start = self.at;
            if self.style == Style::Double && self.next() == Some('\\') {
                let joins_lines = self.skip_escape();
                if joins_lines {
                    continue;
                }
                return Some(start..self.at);
            }
            let written = self.next()?;
            self.at += written.len_utf8();
            if self.style == Style::Single && written == '\'' && self.next() == Some('\'') {
                self.at += 1;
            }
            return (written == letter).then_some(start..self.at);
        }
    }

    /// White space may come from itself, from a line break, from an escape, or from nothing.
    fn find_blank(&mut self, letter: char) -> Range<usize> {
        let start = self.at;
        match self.next() {
            Some(written) if written == letter || written == '\n' || written == '\r' => {
                self.at += written.len_utf8();
                return start..self.at;
            }
            _ => {}
        }
        let before = self.at;
        self.skip_blanks();
        if self.style == Style::Double && self.next() == Some('\\') && !self.line_join_ahead() {
            let start = self.at;
            self.skip_escape();
            return start..self.at;
        }
        self.at = before;
        start..start
    }

    fn line_join_ahead(&self) -> bool {
        matches!(self.written.as_bytes().get(self.at + 1), Some(b'\n' | b'\r'))
    }

    /// Steps over an escape; true where it only joins two lines.
    fn skip_escape(&mut self) -> bool {
        let joins = self.line_join_ahead();
        self.at += 1;
        let Some(kind) = self.next() else { return true };
        self.at += kind.len_utf8();
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let hex = self.written.get(self.at..self.at + digits);
        self.at = (self.at + digits).min(self.written.len());
        // One character beyond the basic plane may be written as two escapes.
        let high = hex
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .is_some_and(|code| digits == 4 && (0xd800..0xdc00).contains(&code));
        if high && self.written.get(self.at..).is_some_and(|rest| rest.starts_with("\\u")) {
            self.at = (self.at + 6).min(self.written.len());
        }
        joins
    }
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r')
}
