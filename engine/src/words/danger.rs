//! Which characters may not reach any output, and what is shown in their place.
//!
//! Knows control characters and the bidirectional characters of Unicode's report 9 that reorder
//! what stands around them. It must not know where a text goes.

/// True for the characters that open, close or override a run of the other direction. Their
/// effect reaches beyond the text that holds them. The implicit marks (U+200E, U+200F, U+061C) and
/// the joiners of Persian, Hindi and emoji do no harm and belong to honest names.
pub(super) fn reorders(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// True for what no output may hold (R21): controls and characters that reorder.
pub(super) fn is_dangerous(character: char) -> bool {
    character.is_control() || reorders(character)
}

/// True for every character that ends a line somewhere.
pub(super) fn breaks_line(character: char) -> bool {
    matches!(character, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What stands visibly for a dangerous character: its control picture where there is one.
fn picture(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => {
            char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\u{7f}' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The character, or what stands for it in every output.
pub(crate) fn shown(character: char) -> char {
    if is_dangerous(character) { picture(character) } else { character }
}

/// Appends `character`, or what stands for it.
pub(super) fn push_visible(into: &mut String, character: char) {
    into.push(shown(character));
}

/// Ends every line with `\n` alone, whatever ended it before; `\r\n` is one end.
pub(super) fn unify_lines(text: &str) -> impl Iterator<Item = char> {
    let mut after_return = false;
    text.chars().filter_map(move |character| {
        let joined = after_return && character == '\n';
        after_return = character == '\r';
        match character {
            _ if joined => None,
            _ if breaks_line(character) => Some('\n'),
            _ => Some(character),
        }
    })
}

/// One line: breaks and tabs become single spaces, dangerous characters visible.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut broke = false;
    for character in unify_lines(text) {
        let space = matches!(character, '\n' | '\t');
        if space {
            if !broke {
                line.push(' ');
            }
        } else {
            push_visible(&mut line, character);
        }
        broke = space;
    }
    line
}

/// Several lines: breaks stay, a tab becomes four spaces, dangerous characters visible.
pub(super) fn many_lines(text: &str) -> String {
    let mut block = String::with_capacity(text.len());
    for character in unify_lines(text) {
        match character {
            '\n' => block.push('\n'),
            '\t' => block.push_str("    "),
            other => push_visible(&mut block, other),
        }
    }
    block
}
