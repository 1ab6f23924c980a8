//! How wide a text stands on a terminal, and cutting it to a width.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The columns that `text` takes.
///
/// ```
/// use fortnight_cli::render::width::of;
/// assert_eq!(of("Zoë"), 3);
/// assert_eq!(of("李小龍"), 6);
/// ```
pub fn of(text: &str) -> usize {
    text.width()
}

/// The text within `columns`, with `…` for what had to go. White space before the sign goes too.
///
/// ```
/// use fortnight_cli::render::width::cut;
/// assert_eq!(cut("Northwind, design lead", 12), "Northwind,…");
/// assert_eq!(cut("李小龍", 5), "李小…");
/// assert_eq!(cut("short", 5), "short");
/// ```
pub fn cut(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(1);
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if of(&kept) > room {
            kept.pop();
            break;
        }
    }
    // A joiner with nothing to join would change what follows.
    let kept = kept.trim_end_matches(|last: char| last.is_whitespace() || last == '\u{200d}');
    if columns == 0 { String::new() } else { format!("{kept}…") }
}

/// The text with spaces behind it, `columns` wide at least.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(of(text))))
}

/// The text with spaces before it, `columns` wide at least.
pub fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(of(text))))
}

/// Breaks a text into lines of at most `columns`, between words; a longer word stands alone and is
/// not cut. Line breaks in the text stay.
///
/// ```
/// use fortnight_cli::render::width::wrap;
/// assert_eq!(wrap("one two three", 8), ["one two", "three"]);
/// ```
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut taken = 0;
        for word in paragraph.split_whitespace() {
            let wide = of(word);
            if taken > 0 && taken + 1 + wide > columns {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            if taken > 0 {
                line.push(' ');
                taken += 1;
            }
            line.push_str(word);
            taken += wide;
        }
        lines.push(line);
    }
    lines
}

/// As [`wrap`], but what stands between backticks is one word: somebody will copy it.
///
/// ```
/// use fortnight_cli::render::width::wrap_words;
/// assert_eq!(wrap_words("write `a b` here", 12), ["write `a b`", "here"]);
/// assert_eq!(wrap_words("please write `a b`", 15), ["please write", "`a b`"]);
/// ```
pub fn wrap_words(text: &str, columns: usize) -> Vec<String> {
    /// A character of nobody's, in the place of a blank that stays.
    const KEPT: char = '\u{f8ff}';
    let mut parts = text.split('`');
    let mut joined = parts.next().unwrap_or_default().to_owned();
    let mut code = false;
    for part in parts {
        code = !code;
        joined.push('`');
        if code && of(part) + 2 <= columns {
            joined.push_str(&part.replace(' ', KEPT.encode_utf8(&mut [0; 4])));
        } else {
            joined.push_str(part);
        }
    }
    wrap(&joined, columns).into_iter().map(|line| line.replace(KEPT, " ")).collect()
}

/// As [`wrap`], for text as an author broke it: lines of a paragraph flow together; items of a
/// list, headings and empty lines stay apart. Stars that stress a word are left out.
///
/// ```
/// use fortnight_cli::render::width::flow;
/// assert_eq!(flow("one\ntwo\n\n* three\n* four", 20), ["one two", "", "* three", "* four"]);
/// assert_eq!(flow("**one** thing, *not* 2 * 3 * 4", 40), ["one thing, not 2 * 3 * 4"]);
/// ```
pub fn flow(text: &str, columns: usize) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        let starts = ["* ", "- ", "#", "> ", "|"].iter().any(|mark| line.starts_with(mark))
            || line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok());
        match paragraphs.last_mut() {
            Some(last) if open && !starts && !line.is_empty() => {
                last.push(' ');
                last.push_str(line);
            }
            Some(_) | None => paragraphs.push(line.to_owned()),
        }
        open = !line.is_empty();
    }
    paragraphs.iter().flat_map(|paragraph| wrap_one(&plain(paragraph), columns)).collect()
}

/// A paragraph without the stars that Markdown puts around words to stress them.
fn plain(paragraph: &str) -> String {
    let mut text = paragraph.to_owned();
    for mark in ["**", "*"] {
        let mut left = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(mark) {
            left.push_str(before);
            let stressed = after.split_once(mark).filter(|(inside, _)| {
                let edge = |character: char| character.is_whitespace() || character == '*';
                !inside.is_empty() && !inside.starts_with(edge) && !inside.ends_with(edge)
            });
            let within_a_word = before.ends_with(|character: char| character.is_alphanumeric());
            if let Some((inside, after)) = stressed.filter(|_| !within_a_word) {
                left.push_str(inside);
                rest = after;
            } else {
                left.push_str(mark);
                rest = after;
            }
        }
        left.push_str(rest);
        text = left;
    }
    text
}

/// One paragraph; the lines of a list's item stand under its words.
fn wrap_one(paragraph: &str, columns: usize) -> Vec<String> {
    if paragraph.is_empty() {
        return vec![String::new()];
    }
    let indent = if paragraph.starts_with("* ") || paragraph.starts_with("- ") { 2 } else { 0 };
    let lines = wrap(paragraph, columns.saturating_sub(indent));
    let mut lines = lines.into_iter();
    lines.next().into_iter().chain(lines.map(|line| " ".repeat(indent) + &line)).collect()
}

/// The columns of one character; a control character takes none.
pub fn of_char(character: char) -> usize {
    character.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cut, of, wrap};

    proptest! {
        #[test]
        fn what_was_cut_fits(text in "\\PC{0,40}", columns in 0_usize..30) {
            prop_assert!(of(&cut(&text, columns)) <= columns);
        }

        #[test]
        fn wrapped_lines_fit_unless_a_word_does_not(text in "[a-zß ]{0,80}", columns in 1_usize..30) {
            for line in wrap(&text, columns) {
                prop_assert!(of(&line) <= columns || !line.contains(' '));
            }
        }
    }
}
