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
//! the difference lies. Known to be wrong: an exclamation mark within a name
//! before another capital ("Yahoo! Mail").

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
    // Where the sentence being read begins; never white space.
    let mut chunk = skip_space(text, 0);
    let first = chunk;
    let mut at = chunk;
    while let Some(mark) = next_mark(text.as_bytes(), at) {
        let mark = greek_question(text, mark).unwrap_or(mark);
        if text.as_bytes()[mark] == b'\n' {
            let next = skip_space(text, mark);
            // An empty line, or the next point of a list, ends what stood before it.
            if breaks(&text[mark..next]) > 1 || begins_point(&text[next..]) {
                add_open(text, chunk..mark, next, first, &mut found);
                chunk = next.max(chunk);
            }
            at = next.max(mark + 1);
        } else if let Some(stop) = Stop::at(text, mark) {
            at = stop.end;
            if let Some(next) = stop.next_sentence(text, chunk) {
                add(text, chunk..stop.end, stop.is_question, first, &mut found);
                chunk = next;
                at = next;
            }
        } else {
            at = mark + text[mark..].chars().next().map_or(1, char::len_utf8);
        }
    }
    add_open(text, chunk..text.len(), text.len(), first, &mut found);
    found
}

/// The next byte from `at` on with which a line break or a mark can begin. Most blocks of a text
/// have none, and a block is looked at at once.
fn next_mark(bytes: &[u8], at: usize) -> Option<usize> {
    // 0xCD is the first byte of the first mark outside ASCII, the Greek `;`.
    let is_mark = |byte: &u8| matches!(byte, b'\n' | b'.' | b'!' | b'?' | 0xCD..);
    let bytes = &bytes[at..];
    let blocks = bytes.chunks_exact(8).take_while(|block| !may_hold_mark(block)).count() * 8;
    let mark = bytes[blocks..].iter().position(is_mark)?;
    Some(at + blocks + mark)
}

/// Whether one of eight bytes is a mark of ASCII or outside ASCII, asked of all of them at once: a
/// byte of `word ^ sign` is zero where the sign stands, and taking one from a zero borrows.
fn may_hold_mark(block: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let Ok(block) = block.try_into() else { return true };
    let word = u64::from_ne_bytes(block);
    let holds = |sign: u8| {
        let zero = word ^ (ONES * u64::from(sign));
        zero.wrapping_sub(ONES) & !zero
    };
    (word | holds(b'\n') | holds(b'.') | holds(b'!') | holds(b'?')) & HIGH != 0
}

/// The `;` behind a Greek letter at `mark`: it asks, and is what most keyboards and normal forms make
/// of the Greek question mark.
fn greek_question(text: &str, mark: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let greek = matches!(bytes[mark], 0xCD..=0xCF | 0xE1) && bytes[mark..].len() > 2;
    let letter = text[mark..].chars().next().filter(|_| greek)?;
    let at = mark + letter.len_utf8();
    let is_greek = matches!(letter, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
    (is_greek && bytes.get(at) == Some(&b';')).then_some(at)
}

/// Whether a full stop at the end of a text only ends a sentence, and is no part of its last word.
pub(super) fn ends_plainly(text: &str) -> bool {
    let Some(before) = text.strip_suffix('.').filter(|before| !before.ends_with('.')) else {
        return false;
    };
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_long = word.chars().nth(3).is_some() && word.chars().all(char::is_alphabetic);
    let is_small = word.chars().nth(1).is_some() && word.chars().all(char::is_lowercase);
    match words::kind_of_stop(text, 0, before.len()) {
        StopKind::Word => true,
        StopKind::Plain => is_long || is_small,
        StopKind::Never
        | StopKind::BeforeNumber
        | StopKind::Ordinary
        | StopKind::Sometimes
        | StopKind::Letter
        | StopKind::Closing
        | StopKind::Number => false,
    }
}

/// Whether what comes behind a text begins a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    let trimmed = text.trim_end();
    trimmed.is_empty()
        || trimmed.len() < text.len()
            && (trimmed.ends_with(['!', '?', '…']) || ends_plainly(trimmed))
}

/// How many line breaks there are.
fn breaks(space: &str) -> usize {
    space.bytes().filter(|byte| *byte == b'\n').count()
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
                // Only behind a Greek letter is a text looked at here.
                ';' if stop.marks_end == start => {
                    stop.may_abbreviate = false;
                    stop.is_question = true;
                }
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
        stop.end = stop.marks_end;
        let behind = &text[stop.end..];
        // The common case first: a space and a letter close nothing.
        if !matches!(behind.as_bytes(), [b' ' | b'\n', next, ..] if next.is_ascii()) {
            let rest = behind.trim_start_matches(is_closer);
            // French puts a space in front of its closing quote: « Oui ! »
            let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            let rest = spaced.strip_prefix('»').unwrap_or(rest);
            stop.end = text.len() - rest.len();
        }
        Some(stop)
    }

    /// Where the next sentence begins, if the one that began at `chunk` ends here.
    fn next_sentence(&self, text: &str, chunk: usize) -> Option<usize> {
        let next = skip_space(text, self.end);
        let Some(touching) = text[self.end..].chars().next() else { return Some(next) };
        let ends = if next > self.end {
            self.ends_before(text, chunk, next)
        } else if self.is_wide {
            // 「はい。」と: what was quoted goes on as part of the sentence.
            self.end == self.marks_end || !touching.is_alphanumeric()
        } else {
            // `3.5`, `example.com`, `?d=`, `e.g.,`; an emoji may touch the end of a sentence.
            !touching.is_alphanumeric()
                && !touching.is_ascii()
                && !matches!(touching, '\u{2010}'..='\u{2027}' | '«' | '¿' | '¡')
        };
        ends.then_some(next)
    }

    /// Whether an exclamation mark belongs to a name: a word in capitals stands before it, which
    /// does not begin the sentence.
    fn closes_name(&self, before: &str, text: &str) -> bool {
        let mut words = before.split_whitespace().rev();
        let name = words.next().is_some_and(|word| word.starts_with(char::is_uppercase));
        name && words.next().is_some() && &text[self.start..self.end] == "!"
    }

    /// Whether the sentence ends in front of what begins, behind white space, at `next`.
    fn ends_before(&self, text: &str, chunk: usize, next: usize) -> bool {
        let rest = text[next..].trim_start_matches(is_opener);
        let Some(first) = rest.chars().next() else { return true };
        if breaks(&text[self.end..next]) > 1 || begins_point(&text[next..]) {
            return true;
        }
        if !self.may_abbreviate {
            // "What the work at Yahoo! is like" is one sentence.
            if first.is_lowercase() && self.closes_name(&text[chunk..self.start], text) {
                return false;
            }
            // `"Why now?" she asked` is one sentence.
            return self.end == self.marks_end || !first.is_lowercase();
        }
        let is_dots = self.marks_end - self.start > 1;
        let kind =
            if is_dots { StopKind::Plain } else { words::kind_of_stop(text, chunk, self.start) };
        kind.ends_before(rest, first, is_dots)
    }
}

/// What can close behind a mark: quotes, brackets, and Markdown's emphasis.
fn is_closer(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | ')' | ']' | '*' | '_' | '”' | '’' | '»' | '›' | '」' | '』' | '）'
    )
}

/// What can stand before the first letter of a sentence.
fn is_opener(character: char) -> bool {
    !character.is_ascii_alphanumeric()
        && matches!(
            character,
            '"' | '\''
                | '('
                | '['
                | '*'
                | '_'
                | '“'
                | '‘'
                | '«'
                | '‹'
                | '„'
                | '「'
                | '『'
                | '（'
                | '¿'
                | '¡'
        )
}

/// The first byte behind the white space at `at`.
fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Whether a line begins a point of a list: `- `, `* `, `• `, `– `, `1. `, `2) `,
/// `a) `.
fn begins_point(line: &str) -> bool {
    if matches!(line.as_bytes(), [b'a'..=b'h', b')', b' ', ..]) {
        return true;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        return matches!(line.as_bytes().get(digits..digits + 2), Some(b". " | b") "));
    }
    ["- ", "* ", "• ", "– ", "— "].iter().any(|bullet| line.starts_with(bullet))
}

/// Adds a sentence that a mark has ended, unless it is a greeting with a line of its own.
fn add(
    text: &str,
    range: Range<usize>,
    is_question: bool,
    first: usize,
    found: &mut Vec<Sentence>,
) {
    let part = &text[range.clone()];
    if !part.chars().any(char::is_alphanumeric) {
        return;
    }
    if range.start == first && part.ends_with('!') && is_short(part, 4) {
        let behind = text[range.end..].trim_start_matches([' ', '\t', '\r']);
        if behind.starts_with('\n') {
            return;
        }
    }
    // "Best,\nAna\nDesigner, Acme Inc.": the last stop is part of a name.
    let is_last = text[range.end..].trim_end().is_empty();
    if is_last && part.ends_with('.') && !ends_plainly(part) && !found.is_empty() {
        let (first_line, more) = part.split_once('\n').unwrap_or((part, ""));
        let begins_line = text[..range.start].trim_end_matches([' ', '\t']).ends_with('\n');
        let is_short = is_short(first_line, 5) && more.lines().all(|line| is_short(line, 5));
        if begins_line && is_short && !more.is_empty() && first_line.trim_end().ends_with(',') {
            return;
        }
    }
    found.push(Sentence { range, is_question });
}

/// Adds what no mark has ended, unless it is a greeting or a sign-off.
fn add_open(text: &str, chunk: Range<usize>, next: usize, first: usize, found: &mut Vec<Sentence>) {
    let part = text.get(chunk.clone()).unwrap_or_default().trim_end();
    if !part.chars().any(char::is_alphanumeric) {
        return;
    }
    let range = chunk.start..chunk.start + part.len();
    let before = text[..range.start].trim_end_matches([' ', '\t']);
    let begins_line = before.is_empty() || before.ends_with('\n');
    let is_point = begins_point(part);
    let (first_line, more) = part.split_once('\n').unwrap_or((part, ""));
    let has_comma = part.ends_with([',', '，', '،', '、']);
    if begins_line && more.is_empty() && next < text.len() {
        let is_opening = range.start == first && !is_point && !begins_point(&text[next..]);
        if has_comma && is_short(part, 6) || is_opening && is_short(part, 4) {
            return;
        }
    }
    if begins_line && !is_point && !found.is_empty() && more.lines().all(|line| is_short(line, 5)) {
        let ends_with_comma = first_line.trim_end().ends_with([',', '，', '،', '!', '！']);
        if is_short(first_line, 5) && (next == text.len() || ends_with_comma)
            || is_short(first_line, 8) && ends_with_comma && !more.is_empty()
        {
            return;
        }
    }
    if next == text.len() && more.is_empty() && is_signed(part, begins_line, before, found) {
        return;
    }
    found.push(Sentence { range, is_question: false });
}

/// Whether the end of a text is a name: "– Ana" on a line of its own, "Best, Ana" behind a sentence.
fn is_signed(part: &str, begins_line: bool, before: &str, found: &[Sentence]) -> bool {
    let name = |text: &str| {
        let words = text.split_whitespace();
        !text.trim().is_empty()
            && is_short(text, 3)
            && words.clone().all(|word| word.starts_with(char::is_uppercase))
    };
    let Some(last) = found.last() else { return false };
    if begins_line {
        let dashed = part.strip_prefix(['-', '–', '—']).is_some_and(name);
        let is_list = before[last.range.start..].lines().any(begins_point);
        return dashed && !is_list && !before.trim_end().ends_with(':');
    }
    part.split_once(", ").is_some_and(|(words, who)| {
        words.starts_with(char::is_uppercase) && is_short(words, 3) && name(who)
    })
}

fn is_short(line: &str, most: usize) -> bool {
    line.split_whitespace().nth(most).is_none()
}

#[cfg(test)]
mod tests;
