//! Words of a small text with their places, and the nearest right word for a wrong one.

use std::ops::Range;

use crate::source::Flaw;

/// A run of characters without white space, and its bytes in the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) range: Range<usize>,
}

impl Word<'_> {
    /// The word in lower case, for comparing with names.
    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// A flaw at this word.
    pub(super) fn flaw(&self, message: impl Into<String>) -> Flaw {
        Flaw::new(self.range.clone(), message)
    }
}

/// The words of `text`, split at white space.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    words_from(text, 0)
}

/// The words of `text`, which starts at byte `start` of the text that the range speaks of.
pub(super) fn words_from(text: &str, start: usize) -> Vec<Word<'_>> {
    pieces(text, start, char::is_whitespace)
}

/// The non-empty pieces between characters for which `parts` holds.
pub(super) fn pieces(text: &str, start: usize, parts: impl Fn(char) -> bool) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split(&parts) {
        if !piece.is_empty() {
            found.push(Word { text: piece, range: start + at..start + at + piece.len() });
        }
        at += piece.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

/// The bytes of `text` without the white space around it.
pub(super) fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

/// The bytes from the first of `words` to the last.
pub(super) fn hull(words: &[Word<'_>]) -> Range<usize> {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => 0..0,
    }
}

/// `text` for a message: in backticks, shortened, without control or direction characters.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() || turns(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// True for characters that change the direction of what follows.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name most like `word`, if one is alike enough to be meant.
pub(super) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const LONGEST: usize = 60;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `flaw` with "did you mean" where a name is near.
pub(super) fn hinted(
    flaw: Flaw,
    word: &str,
    names: impl IntoIterator<Item = &'static str>,
    otherwise: impl FnOnce() -> String,
) -> Flaw {
    match nearest(word, names) {
        Some(name) => flaw.help(format!("did you mean `{name}`?")),
        None => flaw.help(otherwise()),
    }
}

/// The largest number that any small value takes; more is a slip of the hand.
pub(super) const LARGEST: u32 = 99_999;

/// Numbers as words, from one on.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen",
];

/// A whole number from 0 to [`LARGEST`].
pub(super) fn whole_number(word: &Word<'_>, example: &str) -> Result<u32, Flaw> {
    let digits = !word.text.is_empty() && word.text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        let flaw = word.flaw(format!("{} is no whole number", quote(word.text)));
        return Err(match NUMBERS.iter().position(|name| *name == word.text.to_lowercase()) {
            Some(at) => flaw.help(format!("write it with digits: `{}`", at + 1)),
            None => flaw.help(format!("write digits, as in `{example}`")),
        });
    }
    match word.text.parse::<u32>() {
        Ok(number) if number <= LARGEST => Ok(number),
        _ => Err(word
            .flaw(format!("{} is too large a number", quote(word.text)))
            .help(format!("the largest is {LARGEST}"))),
    }
}

/// Where digits end and letters begin in a word such as `5d`, if it is one.
pub(super) fn glued_number(word: &str) -> Option<(&str, &str)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at(digits);
    (digits > 0 && rest.chars().next().is_some_and(char::is_alphabetic)).then_some((number, rest))
}
