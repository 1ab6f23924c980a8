//! Sentences as a reader counts them.
//!
//! Knows where sentences end in many scripts, and that a greeting line and a sign-off are none of
//! them. It must not know rules or messages.
//!
//! The rule follows Unicode's sentence boundaries (UAX #29) with what they leave to the
//! application: abbreviations ("Dr. Smith", "e.g. this"), letters ("J. Smith"), lists, and lines.
//! A full stop ends a sentence unless the word before it or the word behind it says otherwise
//! ([`words`]); a line break alone ends nothing, an empty line or the next point of a list does. A
//! greeting on its own first line ("Hi Ana," or "Hi Ana!") belongs to what follows, and a sign-off
//! ("Best,\nMarie") belongs to nobody.
//!
//! Why this is our own. Of the 108 texts in the tests, `unicode-segmentation` 1.13 counts 65 right
//! (it splits "Dr. Smith" and every hard line break) and needs 10 µs for five sentences;
//! `sentencex` 0.1 counts 81 right and needs about 2 µs, but wants to be told the language, which a
//! seeker's own wording does not say, and brings a command line parser and a regular expression
//! engine into the library. Either would need the rules about lines on top, which is where most of
//! the difference lies. Known to be wrong: an exclamation mark within a name ("Yahoo! Mail").

mod words;

use std::ops::Range;

use words::StopKind;

/// One sentence of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes, without white space around it.
    pub range: Range<usize>,
    /// Whether it ends with a question mark.
    pub is_question: bool,
}

/// The sentences of a text, in their order.
///
/// ```
/// use fortnight_engine::message::sentences;
/// let text = "Hi Ana,\n\nDr. Smith of Acme Inc. showed me your talk. Could we speak?\n\nBest,\nMarie";
/// let found = sentences(text);
/// assert_eq!(&text[found[1].range.clone()], "Could we speak?");
/// assert_eq!(found.len(), 2);
/// ```
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::with_capacity(8);
    let mut chunk = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => {
                let end = at;
                let next = skip_space(text, at);
                // An empty line, or the next point of a list, ends what stood before it.
                let is_paragraph =
                    text[end..next].bytes().filter(|byte| *byte == b'\n').count() > 1;
                if is_paragraph || begins_point(&text[next..]) {
                    add_open(text, chunk..end, next, &mut found);
                    chunk = next;
                }
                at = next.max(at + 1);
            }
            b'.' | b'!' | b'?' | 0xC2.. => {
                let Some(stop) = Stop::at(text, at) else {
                    at += text[at..].chars().next().map_or(1, char::len_utf8);
                    continue;
                };
                if stop.ends_sentence(text, chunk) {
                    add(text, chunk..stop.end, stop.is_question, &mut found);
                    chunk = stop.end;
                }
                at = stop.end;
            }
            _ => at += 1,
        }
    }
    add_open(text, chunk..text.len(), text.len(), &mut found);
    found
}

/// A run of marks such as `.`, `?!` or `…”`, with the quotes and brackets that close behind it.
struct Stop {
    start: usize,
    /// Behind the marks.
    marks_end: usize,
    /// Behind the closing quotes and brackets.
    end: usize,
    is_question: bool,
    /// Only full stops, which also end abbreviations.
    may_abbreviate: bool,
    /// Marks of scripts that put no space behind a sentence.
    is_wide: bool,
}

impl Stop {
    /// The run that begins at `start`, if one does.
    fn at(text: &str, start: usize) -> Option<Self> {
        let mut stop = Self {
            start,
            marks_end: start,
            end: start,
            is_question: false,
            may_abbreviate: true,
            is_wide: false,
        };
        for character in text[start..].chars() {
            match character {
                '.' | '…' => {}
                '!' | '‼' => stop.may_abbreviate = false,
                '?' | '⁇' | '⁈' | '⁉' | '؟' | '\u{37e}' | '՞' => {
                    stop.may_abbreviate = false;
                    stop.is_question = true;
                }
                '？' => {
                    stop.is_question = true;
                    stop.may_abbreviate = false;
                    stop.is_wide = true;
                }
                '。' | '．' | '｡' | '！' => {
                    stop.may_abbreviate = false;
                    stop.is_wide = true;
                }
                // Devanagari, Urdu, Armenian, Ethiopic, Khmer and Burmese full stops.
                '।' | '॥' | '۔' | '։' | '።' | '፧' | '។' | '။' => {
                    stop.may_abbreviate = false;
                    stop.is_question |= character == '፧';
                }
                _ => break,
            }
            stop.marks_end += character.len_utf8();
        }
        if stop.marks_end == start {
            return None;
        }
        let closers = text[stop.marks_end..].chars().take_while(|character| {
            matches!(
                character,
                '"' | '\'' | ')' | ']' | '*' | '_' | '”' | '’' | '»' | '›' | '」' | '』' | '）'
            )
        });
        stop.end = stop.marks_end + closers.map(char::len_utf8).sum::<usize>();
        // French puts a space in front of its closing quote: « Oui ! »
        let spaced = text[stop.end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        if spaced.starts_with('»') {
            stop.end = text.len() - spaced.len() + '»'.len_utf8();
        }
        Some(stop)
    }

    /// Whether the sentence that began at `chunk` ends here.
    fn ends_sentence(&self, text: &str, chunk: usize) -> bool {
        let behind = &text[self.end..];
        let Some(touching) = behind.chars().next() else { return true };
        if !touching.is_whitespace() {
            if self.is_wide {
                // 「はい。」と: what was quoted goes on as part of the sentence.
                return self.end == self.marks_end || !touching.is_alphanumeric();
            }
            // `3.5`, `example.com`, `?d=`, `e.g.,`; an emoji may touch the end of a sentence.
            return !touching.is_alphanumeric()
                && !touching.is_ascii()
                && !matches!(touching, '\u{2010}'..='\u{2027}' | '«' | '¿' | '¡');
        }
        let next = skip_space(text, self.end);
        let lines = text[self.end..next].bytes().filter(|byte| *byte == b'\n').count();
        let rest = text[next..].trim_start_matches([
            '"', '\'', '(', '[', '*', '_', '“', '‘', '«', '‹', '„', '「', '『', '（', '¿', '¡',
        ]);
        let Some(first) = rest.chars().next() else { return true };
        if lines > 1 || begins_point(&text[next..]) {
            return true;
        }
        if !self.may_abbreviate {
            // `"Why now?" she asked` is one sentence.
            return self.end == self.marks_end || !first.is_lowercase();
        }
        let is_dots = self.marks_end - self.start > 1;
        let kind =
            if is_dots { StopKind::Plain } else { words::kind_of_stop(text, chunk, self.start) };
        kind.ends_before(rest, first, is_dots)
    }
}

/// The first byte behind the white space at `at`.
fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Whether a line begins a point of a list: `- `, `* `, `• `, `– `, `1. `, `2) `.
fn begins_point(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        return matches!(line.as_bytes().get(digits..digits + 2), Some(b". " | b") "));
    }
    ["- ", "* ", "• ", "– ", "— "].iter().any(|bullet| line.starts_with(bullet))
}

/// Adds a sentence that a mark has ended, unless it is a greeting with a line of its own.
fn add(text: &str, chunk: Range<usize>, is_question: bool, found: &mut Vec<Sentence>) {
    let Some(range) = trimmed(text, chunk) else { return };
    let is_first = text[..range.start].trim().is_empty();
    let has_own_line = text[range.end..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    if is_first
        && has_own_line
        && text[range.clone()].ends_with('!')
        && is_short(&text[range.clone()], 4)
    {
        return;
    }
    found.push(Sentence { range, is_question });
}

/// Adds what no mark has ended, unless it is a greeting, a heading of nothing, or a sign-off.
fn add_open(text: &str, chunk: Range<usize>, next: usize, found: &mut Vec<Sentence>) {
    let Some(range) = trimmed(text, chunk) else { return };
    let before = text[..range.start].trim_end_matches([' ', '\t']);
    let begins_line = before.is_empty() || before.ends_with('\n');
    let part = &text[range.clone()];
    let (first_line, more) = part.split_once('\n').unwrap_or((part, ""));
    let has_short_lines = more.lines().all(|line| is_short(line, 5));
    let is_greeting = begins_line
        && more.is_empty()
        && next < text.len()
        && (is_short(part, 6) && part.ends_with([',', '，', '،', '、'])
            || before.trim().is_empty()
                && is_short(part, 4)
                && !begins_point(part)
                && !begins_point(&text[next..]));
    let ends_with_comma = first_line.trim_end().ends_with([',', '，', '،', '!', '！']);
    let is_sign_off = begins_line
        && !begins_point(part)
        && has_short_lines
        && (is_short(first_line, 5) && (next == text.len() || ends_with_comma)
            || is_short(first_line, 8) && ends_with_comma && !more.is_empty())
        && !found.is_empty();
    if !is_greeting && !is_sign_off {
        found.push(Sentence { range, is_question: false });
    }
}

/// The range without white space around it; nothing where no letter or digit is in it.
fn trimmed(text: &str, chunk: Range<usize>) -> Option<Range<usize>> {
    let part = &text[chunk.clone()];
    if !part.chars().any(char::is_alphanumeric) {
        return None;
    }
    let start = chunk.start + (part.len() - part.trim_start().len());
    Some(start..start + part.trim().len())
}

fn is_short(line: &str, most: usize) -> bool {
    line.split_whitespace().nth(most).is_none()
}

#[cfg(test)]
mod tests;
