//! Where a value meets the words around it: a reader must not see the joint.
//!
//! Knows first words, last stops and line breaks. It must not know templates. What is changed is
//! what a careful person changes who copies a note into a sentence: "Your talk." becomes "your
//! talk" within one, "your talk" becomes "Your talk" in front of one. Names are left as they are.

use std::borrow::Cow;

use super::sentences::{ends_plainly, ends_sentence};

/// Words that are written small within a sentence, whoever says them.
const FIRST_WORDS: [&str; 14] = [
    "a", "an", "how", "my", "one", "our", "some", "that", "the", "these", "this", "what", "why",
    "your",
];

/// A value as it is written between `before` and `behind`, which may be empty.
pub(super) fn fitted<'value>(value: &'value str, before: &str, behind: &str) -> Cow<'value, str> {
    let value = value.trim();
    let bytes = value.as_bytes();
    let mut fitted = Cow::Borrowed(value);
    if bytes.contains(&b'\n') && !stands_alone(before, behind) {
        // A note of two lines is one line within a sentence.
        let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
        fitted = Cow::Owned(lines.collect::<Vec<_>>().join(" "));
    }
    if bytes.last() == Some(&b'.') && goes_on(behind) && ends_plainly(&fitted) {
        let end = fitted.len() - 1;
        fitted = match fitted {
            Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
            Cow::Owned(mut text) => {
                text.truncate(end);
                Cow::Owned(text)
            }
        };
    }
    match first_letter(&fitted, before) {
        Some(letter) => {
            let mut text = String::with_capacity(fitted.len());
            text.push(letter);
            text.push_str(&fitted[1..]);
            Cow::Owned(text)
        }
        None => fitted,
    }
}

/// Whether nothing else stands on the lines of the value.
fn stands_alone(before: &str, behind: &str) -> bool {
    (before.is_empty() || before.ends_with('\n')) && (behind.is_empty() || behind.starts_with('\n'))
}

/// Whether the sentence goes on behind the value.
fn goes_on(behind: &str) -> bool {
    let mut letters = behind.chars();
    match letters.next() {
        Some(' ') => letters.next().is_some_and(char::is_lowercase),
        Some(',' | ';' | ':' | '?' | '!') => true,
        Some(_) | None => false,
    }
}

/// The first letter that the value should have, where it should have another.
fn first_letter(value: &str, before: &str) -> Option<char> {
    let end = value.bytes().take(6).position(|byte| byte == b' ')?;
    let word = &value[..end];
    let first = word.bytes().next()?;
    if !FIRST_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return None;
    }
    let rest_is_small = word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    if first.is_ascii_lowercase() {
        return ends_sentence(before).then(|| char::from(first.to_ascii_uppercase()));
    }
    // "The Design of Everyday Things" is a title.
    let next_is_small = value[end..].trim_start().starts_with(char::is_lowercase);
    let within = before
        .strip_suffix(' ')
        .is_some_and(|before| before.ends_with(|last: char| last.is_alphanumeric() || last == ','));
    (rest_is_small && next_is_small && within).then(|| char::from(first.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, value: &str, behind: &str, expected: &str) {
        assert_eq!(fitted(value, before, behind), expected);
    }

    #[test]
    fn a_full_stop_within_a_sentence_is_left_out() {
        check("I liked ", "your talk.", " and wanted", "your talk");
        check("I liked ", "your talk.", ", truly", "your talk");
        check("did you like ", "your talk.", "?", "your talk");
        check("we have ", "a school in Lyon.", " in common", "a school in Lyon");
        // Here the sentence ends, or the stop is part of the word.
        check("I liked ", "your talk.", "", "your talk.");
        check("I liked ", "your talk.", " You were good", "your talk.");
        check("at ", "Acme Inc.", " is", "Acme Inc.");
        check("at ", "Ferro S.p.A.", " is", "Ferro S.p.A.");
        check("as ", "a C.E.O.", " at", "a C.E.O.");
        check("well ", "you know...", " then", "you know...");
        check("with ", "Robert Downey Jr.", " there", "Robert Downey Jr.");
    }

    #[test]
    fn small_words_are_small_within_a_sentence_and_large_in_front_of_one() {
        check("I keep thinking about ", "Your case study", ".", "your case study");
        check("Hi Ana, ", "Your talk on debt", " stayed", "your talk on debt");
        check("your work as ", "A designer", " at", "a designer");
        check("I came across ", "The New York Times", ".", "The New York Times");
        check("I came across ", "A Brief History", ".", "A Brief History");
        check("I saw ", "YOUR TALK", ".", "YOUR TALK");
        check("", "your talk", " stayed", "Your talk");
        check("Hi Ana! ", "your talk", " stayed", "Your talk");
        check("I was there.\n\n", "your talk", " stayed", "Your talk");
        check("Hi Ana,\n\n", "your talk", " stayed", "your talk");
        check("So far: ", "the less the better", ".", "the less the better");
        check("", "iPhone design", " is", "iPhone design");
        check("I met Dr. ", "a friend", " of", "a friend");
        check("", "your", " x", "your");
        check("", "ä b", "", "ä b");
    }

    #[test]
    fn two_lines_within_a_sentence_are_one() {
        check("I saw ", "your\r\n two lines", ".", "your two lines");
        check("Hi,\n", "I am Ana.\nI draw.", "\nBest", "I am Ana.\nI draw.");
        check("", "one\ntwo", "", "one\ntwo");
    }
}
