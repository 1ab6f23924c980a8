//! How lines stand to one another: what the YAML parser leaves unsaid about the place where it
//! gave up.
//!
//! Knows lines, blanks and what a key looks like. It must not know what any key means.

use std::ops::Range;

/// A key whose colon has no blank behind it, so that YAML takes all of it for a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glued {
    /// The byte of the colon.
    pub colon: usize,
    /// The line as it was meant, without what stands around it.
    pub meant: String,
}

/// `title:Talk`, if `line` is such a thing.
pub(crate) fn glued(line: &str) -> Option<Glued> {
    const LONGEST: usize = 60;
    let bare = line.trim_start_matches([' ', '-']);
    let start = line.len() - bare.len();
    let word = bare.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte));
    let colon = word.count();
    let (key, rest) = bare.split_at(colon);
    let value = rest.strip_prefix(':')?;
    let first = value.chars().next()?;
    let begins_key = key.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if !begins_key || matches!(first, ' ' | '\t' | '\n' | '\r' | '/' | ':') {
        return None;
    }
    let value = value.trim();
    if value.is_empty() || value.contains(": ") {
        return None;
    }
    let shown: String = value.chars().take(LONGEST).collect();
    let more = if shown.len() < value.len() { "…" } else { "" };
    Some(Glued { colon: start + colon, meant: format!("{key}: {shown}{more}") })
}

/// The line around a byte, with its line break.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
    start..end
}

/// The nearest line before `start` that says something.
pub(super) fn line_above(text: &str, start: usize) -> Option<Range<usize>> {
    let mut end = start;
    while end > 0 {
        let line = line_of(text, text.floor_char_boundary(end - 1));
        let said = text[line.clone()].trim();
        if !said.is_empty() && !said.starts_with('#') {
            return Some(line);
        }
        end = line.start;
    }
    None
}

/// The blanks before what a line says.
pub(super) fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// True for an item of a list.
pub(super) fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(' ').trim_end();
    line == "-" || line.starts_with("- ")
}

/// Where the bracket opens that closes right before the end of `before`: `title: [Talk] now`.
pub(super) fn closed(before: &str) -> Option<usize> {
    let value = before.trim_end();
    if !value.ends_with([']', '}']) {
        return None;
    }
    let opens = ["[", "{"].into_iter().flat_map(|open| {
        [": ", "- "].into_iter().filter_map(move |behind| value.find(&format!("{behind}{open}")))
    });
    opens.min().map(|at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(usize, &str)>) {
        let found = glued(line);
        let found = found.as_ref().map(|glued| (glued.colon, glued.meant.as_str()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_colon_without_a_blank_is_found() {
        check("    title:Talk\n", Some((9, "title: Talk")));
        check("  - title:\u{a0}Talk", Some((9, "title: Talk")));
        check("send-intro:done", Some((10, "send-intro: done")));
    }

    #[test]
    fn addresses_times_and_keys_are_none() {
        for line in ["https://example.org", "12:30", "title: Talk", "title:", "Talk", "", "a::b"] {
            check(line, None);
        }
    }

    #[test]
    fn the_line_above_is_one_that_says_something() {
        let text = "one: 1\n\n  # note\nthree: 3\n";
        assert_eq!(line_above(text, 17), Some(0..7));
        assert_eq!(line_above(text, 0), None);
    }

    #[test]
    fn a_bracket_that_has_closed_is_found_where_it_opened() {
        assert_eq!(closed("  title: [Talk] "), Some(9));
        assert_eq!(closed("  - {a: 1}"), Some(4));
        assert_eq!(closed("  title: Talk"), None);
    }
}
