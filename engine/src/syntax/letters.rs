//! Characters that no playbook may contain, because nobody can see them (M6, R21).

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// So many are pointed out; a file with more is no text.
const SHOWN: usize = 5;

/// A control character, or one that reorders the text around it.
pub fn is_forbidden(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{2028}'
        | '\u{2029}' => true,
        _ => letter.is_control(),
    }
}

/// Points out forbidden characters and puts blanks in their place, byte for byte, so that the
/// rest can be read.
pub(super) fn without_forbidden<'t>(
    file: FileId,
    text: &'t str,
    findings: &mut Vec<Diagnostic>,
) -> Cow<'t, str> {
    // Nearly every file is plain letters; looking at bytes is a tenth of the work.
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r');
    if text.as_bytes().iter().all(plain) {
        return Cow::Borrowed(text);
    }
    let forbidden =
        |(at, letter): &(usize, char)| is_forbidden(*letter) && (*at, *letter) != (0, '\u{feff}');
    if !text.char_indices().any(|pair| forbidden(&pair)) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut found = 0;
    for (at, letter) in text.char_indices() {
        if !forbidden(&(at, letter)) {
            clean.push(letter);
            continue;
        }
        found += 1;
        if found <= SHOWN {
            let span = Span::new(file, at, at + letter.len_utf8());
            findings.push(complaint(letter, span));
        }
        clean.extend(std::iter::repeat_n(' ', letter.len_utf8()));
    }
    Cow::Owned(clean)
}

/// The finding for one such character.
pub(super) fn complaint(letter: char, span: Span) -> Diagnostic {
    let what = match letter {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "an invisible character that reorders the text around it"
        }
        '\u{feff}' => "a byte-order mark in the middle of the text",
        '\0' => "a zero byte",
        _ => "a control character, which cannot be seen",
    };
    Diagnostic::new(
        Code::ControlCharacter,
        span,
        format!("here stands {what} (U+{:04X})", u32::from(letter)),
    )
    .help("delete it; typing the words anew is the surest way")
}
