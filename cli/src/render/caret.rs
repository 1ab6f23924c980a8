//! A small text as it was typed, with marks under what is wrong with it.

use std::ops::Range;

use super::{safe, width};

/// The text on one line, and the marks below it; cropped around the marks where it is long.
///
/// ```
/// use fortnight_cli::render::caret::lines;
/// assert_eq!(lines("fri 31 april", &(4..12), 78), ["fri 31 april", "    ^^^^^^^^"]);
/// assert_eq!(lines("mon to", &(6..6), 78), ["mon to", "      ^"]);
/// ```
pub fn lines(text: &str, range: &Range<usize>, columns: usize) -> [String; 2] {
    let whole = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let start = whole(range.start).unwrap_or(0);
    let end = whole(range.end).unwrap_or(start).max(start);
    let part = |from: usize, to: usize| safe::line(text.get(from..to).unwrap_or_default());
    let (before, marked, after) = (part(0, start), part(start, end), part(end, text.len()));
    let before = tail(&before, columns / 2);
    let marked = width::cut(&marked, columns / 2);
    let room = columns.saturating_sub(width::of(&before) + width::of(&marked));
    let marks = "^".repeat(width::of(&marked).max(1));
    let under = " ".repeat(width::of(&before)) + &marks;
    [format!("{before}{marked}{}", width::cut(&after, room)), under]
}

/// The end of a text, at most so many columns of it.
fn tail(text: &str, columns: usize) -> String {
    if width::of(text) <= columns {
        return text.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    let mut taken = 1;
    for letter in text.chars().rev() {
        taken += width::of_char(letter);
        if taken > columns {
            break;
        }
        kept.push(letter);
    }
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{lines, width};

    proptest! {
        #[test]
        fn any_range_of_any_text_fits(text in "\\PC{0,200}", from in 0_usize..300, length in 0_usize..300) {
            for line in lines(&text, &(from..from + length), 78) {
                prop_assert!(width::of(&line) <= 79, "{line}");
            }
        }
    }

    #[test]
    fn wide_and_hostile_characters_keep_the_marks_in_place() {
        assert_eq!(lines("日本 x", &(7..8), 78), ["日本 x", "     ^"]);
        assert_eq!(lines("a\u{1b}[2J b", &(6..7), 78)[1], "      ^");
    }

    #[test]
    fn a_long_text_is_cropped_around_the_marks() {
        let text = "x".repeat(200) + "WRONG" + &"y".repeat(200);
        let [line, under] = lines(&text, &(200..205), 78);
        assert!(line.contains("WRONG") && line.starts_with('…'), "{line}");
        assert_eq!(&line[line.find("WRONG").unwrap()..][..5], "WRONG");
        assert_eq!(under.trim(), "^^^^^");
    }
}
