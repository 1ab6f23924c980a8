//! Lines that hold nothing but a tag: they disappear with their line break.
//!
//! Jinja's own switch for this also takes the line break behind a tag at the end of a line of
//! text, which would glue two lines of a letter together; so the rule here is ours.

use std::ops::Range;

use super::tags::Piece;

/// Cuts the white space around every `{% … %}` and `{# … #}` that has a line to itself.
pub(super) fn close_gaps(text: &str, pieces: &mut [Piece]) {
    let lonely = lonely_tags(text, pieces);
    let mut lonely = lonely.iter().peekable();
    for piece in pieces {
        let Piece::Text(range) = piece else { continue };
        while lonely.next_if(|(line, _)| line.end <= range.start).is_some() {}
        if let Some((line, tag)) = lonely.peek() {
            // The tag stands in front of this text: its line ends inside it.
            if tag.end <= range.start && line.end > range.start {
                range.start = line.end.min(range.end);
                lonely.next();
            }
        }
        if let Some((line, tag)) = lonely.peek()
            && tag.start >= range.end
            && line.start < range.end
        {
            range.end = line.start.max(range.start);
        }
    }
}

/// Every tag that has its line to itself: the whole line with its break, and the tag.
fn lonely_tags(text: &str, pieces: &[Piece]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut end = 0;
    for piece in pieces {
        let (range, is_block) = match piece {
            Piece::Text(range) => (range.clone(), false),
            Piece::Print(range) => {
                end = range.as_ref().map_or(end, |range| range.end);
                continue;
            }
            Piece::Block { tag, .. } => (tag.clone(), true),
        };
        // Comments are no pieces: what lies between two pieces and begins like one is one.
        if text.get(end..range.start).is_some_and(|gap| gap.starts_with("{#")) {
            found.extend(line_of(text, end..range.start));
        }
        if is_block {
            found.extend(line_of(text, range.clone()));
        }
        end = range.end;
    }
    if text.get(end..).is_some_and(|rest| rest.starts_with("{#")) {
        found.extend(line_of(text, end..text.trim_end_matches(['\n', '\r']).len()));
    }
    found
}

fn line_of(text: &str, tag: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let before = text.get(..tag.start)?.trim_end_matches([' ', '\t']);
    let behind = text.get(tag.end..)?;
    let rest = behind.trim_start_matches([' ', '\t']);
    let after_break = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))
        .or_else(|| rest.is_empty().then_some(rest))?;
    (before.is_empty() || before.ends_with('\n'))
        .then(|| (before.len()..text.len() - after_break.len(), tag))
}
