//! Western letters in one byte each, told from all other alphabets.
//!
//! Knows Windows-1252, of which Latin-1 is a part, and how its words look. It must not know files.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::WINDOWS_1252;

use super::Refusal;

/// How much is read at once.
const PIECE: usize = 1 << 16;

/// Windows-1252 is accepted where a detector says so and the result looks like Western words;
/// every sequence of bytes can be decoded with it, so decoding proves nothing.
pub(super) fn western(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), Refusal> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let telling = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let mut looked_at = 0;
    for line in telling {
        let line = &line[..line.len().min(PIECE)];
        looked_at += line.len();
        if looked_at > PIECE {
            break;
        }
        detector.feed(line, false);
    }
    detector.feed(b"\n", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // "René" is the same in the neighbours of this encoding: then it does not matter which it is.
    let alike = |piece: &[u8]| {
        guess.decode_without_bom_handling(piece).0
            == WINDOWS_1252.decode_without_bom_handling(piece).0
    };
    if guess != WINDOWS_1252 && !bytes.chunks(PIECE).all(alike) {
        return Err(Refusal::Encoding(guess.name()));
    }
    // Piece by piece: in one go, three bytes for each one would be set aside.
    let mut text = String::with_capacity(bytes.len());
    for piece in bytes.chunks(PIECE) {
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(piece).0);
    }
    if looks_western(&text) {
        Ok((Cow::Owned(text), WINDOWS_1252.name()))
    } else {
        Err(Refusal::Encoding("another alphabet"))
    }
}

/// Western words hold their accented letters singly, symbols stand apart from letters, capitals
/// begin words. Other encodings read as Windows-1252 break these rules at once.
fn looks_western(text: &str) -> bool {
    let high = |character: char| !character.is_ascii();
    let mut before = ' ';
    let mut run = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if !high(character) {
            run = 0;
        } else if character.is_alphabetic() && !matches!(character, 'ª' | 'º' | 'µ' | 'ƒ' | 'ˆ')
        {
            run += 1;
            let misplaced = character.is_uppercase() && before.is_lowercase();
            if run > 2 || misplaced {
                return false;
            }
        } else {
            run = 0;
            let quotes = matches!(character, '’' | '‘' | '“' | '”' | '–' | '—' | '…' | '·' | '•');
            let space = character == '\u{a0}' || character == '\u{ad}';
            let mark = matches!(
                character,
                '®' | '™'
                    | '©'
                    | 'ª'
                    | 'º'
                    | '°'
                    | '²'
                    | '³'
                    | '«'
                    | '»'
                    | '‹'
                    | '›'
                    | '€'
                    | '£'
                    | '¿'
                    | '¡'
                    | '§'
                    | '±'
                    | '×'
                    | '¼'
                    | '½'
                    | '¾'
            );
            let between = before.is_alphabetic() && after.is_alphabetic();
            if character.is_control() || !(quotes || space || mark && !between) {
                return false;
            }
            // A word does not begin or end with these: they are letters of another alphabet.
            let stray = matches!(character, '³' | '£' | '±' | '²' | '¼' | '½' | '¾' | '×')
                && (before.is_alphabetic() || after.is_alphabetic());
            if stray {
                return false;
            }
        }
        before = character;
    }
    true
}
