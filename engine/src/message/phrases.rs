//! Finding whole words and phrases in a text, whatever their case.
//!
//! Knows letters of all scripts. It must not know why a phrase is looked for.

use std::ops::Range;

/// Where `phrases`, which have no white space around them, occur, as (index of the phrase, bytes in
/// the text), in the order of the text.
///
/// Case does not matter, any white space matches any other, and a curly apostrophe is a straight
/// one. A phrase begins and ends at the edge of a word; scripts that put no space between words
/// have no such edges.
pub(super) fn occurrences(text: &str, phrases: &[&str]) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    // Searched for the first words, which most texts do not hold at all.
    let lower = lowered(text);
    for (index, phrase) in phrases.iter().enumerate() {
        let first_word = phrase
            .find(|one: char| one.is_whitespace() || matches!(one, '\'' | '’'))
            .map_or(*phrase, |end| &phrase[..end]);
        let mut add = |start: usize| {
            found.extend(match_at(text, start, phrase).map(|end| (index, start..end)));
        };
        if first_word.is_empty() || !first_word.is_ascii() {
            text.char_indices().for_each(|(start, _)| add(start));
            continue;
        }
        let first_word = first_word.to_ascii_lowercase();
        // `contains` is much faster than `find`, and mostly says no.
        if lower.contains(&first_word) {
            let mut from = 0;
            while let Some(at) = lower[from..].find(&first_word) {
                add(from + at);
                from += at + 1;
            }
        }
    }
    found.sort_by_key(|(index, range)| (range.start, *index));
    found
}

/// The text with its large ASCII letters small. Eight bytes are looked at as one number: a letter
/// between A and Z carries into the highest bit of its byte with one sum and not with the other.
fn lowered(text: &str) -> String {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let mut bytes = text.as_bytes().to_vec();
    let mut blocks = bytes.chunks_exact_mut(8);
    for block in blocks.by_ref() {
        let Ok(eight) = <[u8; 8]>::try_from(&*block) else { continue };
        let word = u64::from_ne_bytes(eight);
        let low = word & (ONES * 0x7F);
        let from_a = low + ONES * u64::from(0x80 - b'A');
        let behind_z = low + ONES * u64::from(0x7F - b'Z');
        let large = !word & (from_a ^ behind_z) & (ONES * 0x80);
        block.copy_from_slice(&(word | large >> 2).to_ne_bytes());
    }
    blocks.into_remainder().make_ascii_lowercase();
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_ascii_lowercase())
}

/// Where `phrase` ends if it stands at `start`, between the edges of words.
fn match_at(text: &str, start: usize, phrase: &str) -> Option<usize> {
    let previous = text[..start].chars().next_back().unwrap_or(' ');
    let character = text[start..].chars().next()?;
    if phrase.is_empty() || !is_edge(previous, character) {
        return None;
    }
    end_of_match(text, start, phrase)
}

/// Where `phrase` ends if it stands at `start`.
fn end_of_match(text: &str, start: usize, phrase: &str) -> Option<usize> {
    let mut rest = text[start..].chars();
    let mut wanted = phrase.chars().peekable();
    let mut last = ' ';
    while let Some(character) = wanted.next() {
        if character.is_whitespace() {
            while wanted.next_if(|next| next.is_whitespace()).is_some() {}
            let trimmed = rest.as_str().trim_start();
            if trimmed.len() == rest.as_str().len() {
                return None;
            }
            rest = trimmed.chars();
            continue;
        }
        last = rest.next().filter(|found| is_same(character, *found))?;
    }
    let end = text.len() - rest.as_str().len();
    rest.next().is_none_or(|next| is_edge(last, next)).then_some(end)
}

fn is_same(one: char, other: char) -> bool {
    let plain = |character: char| if character == '’' { '\'' } else { character };
    let (one, other) = (plain(one), plain(other));
    if one.is_ascii() || other.is_ascii() {
        return one.eq_ignore_ascii_case(&other);
    }
    one == other || one.to_lowercase().eq(other.to_lowercase())
}

/// Whether a word can begin or end between two characters.
fn is_edge(before: char, after: char) -> bool {
    if before.is_ascii() && after.is_ascii() {
        return !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric());
    }
    let joins = |one: char| (one.is_alphanumeric() || is_mark(one)) && !has_no_spaces(one);
    !(joins(before) && joins(after))
}

/// Accents that stand behind their letter.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
fn has_no_spaces(character: char) -> bool {
    matches!(
        character,
        '\u{0e00}'..='\u{0eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, phrase: &str, expected: &[&str]) {
        let found: Vec<&str> =
            occurrences(text, &[phrase]).into_iter().map(|(_, range)| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn eight_letters_at_once_are_made_small_like_one() {
        let text = "AZ@[az`{ Zoë ÀÉ 0x41 Ω 山田 QUICK chat\u{c1}\u{7f}\u{80}";
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(lowered(&text[..end]), text[..end].to_ascii_lowercase());
        }
    }

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        check(
            "May I Pick your\n brain? pick YOUR brain.",
            "pick your brain",
            &["Pick your\n brain", "pick YOUR brain"],
        );
        check("I am unable to unpick it.", "pick", &[]);
        check("quick chats", "quick chat", &[]);
        check("ÜBER alles, über", "über", &["ÜBER", "über"]);
        check("I don’t know, I don't", "don't", &["don’t", "don't"]);
        check("caf\u{e9}s", "caf", &[]);
        check("cafe\u{301}", "cafe", &[]);
        check("可以聊聊吗", "聊聊", &["聊聊"]);
        check("C++ and c++", "c++", &["C++", "c++"]);
        check("a", "", &[]);
        check("STRASSE", "straße", &[]);
    }

    proptest! {
        #[test]
        fn what_is_found_lies_on_character_boundaries(text in "(a|A|b| |\\n|é|’|\\PC){0,30}", phrase in "(a|b| |é|'){0,4}") {
            for (_, range) in occurrences(&text, &[phrase.as_str()]) {
                prop_assert!(text.get(range).is_some_and(|part| !part.is_empty()));
            }
        }
    }
}
