//! Counting characters as a reader sees them.
//!
//! Knows extended grapheme clusters (Unicode UAX #29, by `unicode-segmentation`): an emoji with a
//! skin colour, a letter with its accents and a Korean syllable are one each. Between two ASCII
//! characters there is always a boundary but inside CR LF, which makes most text cheap.

use unicode_segmentation::UnicodeSegmentation;

/// How many characters a reader sees; a line break is one.
///
/// ```
/// assert_eq!(fortnight_engine::message::characters("Zoë 👩🏽‍🚀"), 5);
/// ```
pub fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut count = 0;
    let mut at = 0;
    while at < bytes.len() {
        let ascii = ascii_prefix(&bytes[at..]);
        if ascii == bytes.len() - at {
            return count + ascii_characters(&bytes[at..]);
        }
        // The last of the ASCII characters may belong together with what follows it.
        let mut run = at + ascii.saturating_sub(1);
        if run > at && &bytes[run - 1..=run] == b"\r\n" {
            run -= 1;
        }
        count += ascii_characters(&bytes[at..run]);
        at = end_of_run(bytes, run);
        count += text[run..at].graphemes(true).count();
    }
    count
}

/// How many bytes there are before the first that is not ASCII; whole blocks are looked at at once.
fn ascii_prefix(bytes: &[u8]) -> usize {
    let blocks = bytes.chunks(32).take_while(|block| block.is_ascii()).map(<[u8]>::len).sum();
    let rest = bytes[blocks..].iter().position(|byte| !byte.is_ascii());
    rest.map_or(bytes.len(), |rest| blocks + rest)
}

/// Each byte is a character, but CR LF is one.
fn ascii_characters(bytes: &[u8]) -> usize {
    let pairs = if bytes.contains(&b'\r') {
        bytes.windows(2).filter(|pair| pair == b"\r\n").count()
    } else {
        0
    };
    bytes.len() - pairs
}

/// Where the run that holds something beside ASCII and begins at `at` ends: inside the next pair of
/// ASCII characters, but not inside CR LF.
fn end_of_run(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && !(bytes[end - 1].is_ascii() && bytes[end].is_ascii() && end > at + 1)
    {
        end += 1;
    }
    if bytes.get(end) == Some(&b'\n') && bytes[end - 1] == b'\r' { end + 1 } else { end }
}

/// The byte at which the character number `count`, from 0, begins; the end where there is none.
pub(super) fn byte_of_character(text: &str, count: usize) -> usize {
    let mut found = text.len();
    walk(text, |index, byte| {
        if index == count {
            found = byte;
        }
        index < count
    });
    found
}

/// Visits index and first byte of each character while `visit` says so; returns how many there are.
fn walk(text: &str, mut visit: impl FnMut(usize, usize) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut count = 0;
    let mut at = 0;
    while at < bytes.len() {
        let next_is_ascii = bytes.get(at + 1).is_none_or(u8::is_ascii);
        if bytes[at].is_ascii() && next_is_ascii {
            if !visit(count, at) {
                return count;
            }
            at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
            count += 1;
            continue;
        }
        let end = end_of_run(bytes, at);
        for (start, _) in text[at..end].grapheme_indices(true) {
            if !visit(count, at + start) {
                return count;
            }
            count += 1;
        }
        at = end;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: usize) {
        assert_eq!(characters(text), expected);
    }

    #[test]
    fn characters_are_what_a_reader_sees() {
        check("", 0);
        check("Hi", 2);
        check("a\r\nb", 3);
        check("é", 1);
        check("e\u{301}x", 2);
        check("👨‍👩‍👧‍👦!", 2);
        check("🇫🇷🇩🇪", 2);
        check("한국어", 3);
        check("नमस्ते", 3);
    }

    #[test]
    fn the_byte_of_a_character_is_where_it_begins() {
        assert_eq!(byte_of_character("aé👍🏽b", 3), 11);
        assert_eq!(byte_of_character("abc", 1), 1);
        assert_eq!(byte_of_character("abc", 9), 3);
    }

    proptest! {
        #[test]
        fn the_fast_way_counts_like_the_library(text in "([ -~]|\\r|\\n|é|\u{301}|\u{200d}|👩|🏽|🇫|ก|\\PC){0,40}") {
            prop_assert_eq!(characters(&text), text.graphemes(true).count());
            let starts: Vec<usize> = text.grapheme_indices(true).map(|(start, _)| start).collect();
            for (count, start) in starts.iter().enumerate() {
                prop_assert_eq!(byte_of_character(&text, count), *start);
            }
        }
    }
}
