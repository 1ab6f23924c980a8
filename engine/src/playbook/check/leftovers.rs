//! Places that a message leaves for its author to fill in, in another form than ours: `{name}`,
//! `[first name]`, `<company>`. They would be sent as they stand.
//!
//! Knows what such places look like. It must not know what templates mean.

use std::ops::Range;

/// Words that say that a name in brackets is to be filled in.
const WORDS: &[&str] = &[
    "name",
    "first",
    "last",
    "firstname",
    "first_name",
    "lastname",
    "last_name",
    "company",
    "role",
    "position",
    "topic",
    "project",
    "insert",
    "your",
    "their",
];

/// The first place that was left, and what is most likely meant by it.
pub(super) fn leftover(text: &str) -> Option<(Range<usize>, &'static str)> {
    const LONGEST: usize = 40;
    let mut rest = 0;
    while let Some(open) = text[rest..].find(['{', '[', '<', '}']).map(|at| rest + at) {
        let after = open + 1;
        if text.as_bytes()[open] == b'}' {
            // `person.first_name }}`: the braces in front of it are missing.
            if text.as_bytes().get(after) == Some(&b'}') {
                return Some((open..after + 1, "{{ person.first_name }}"));
            }
            rest = after;
            continue;
        }
        let (close, brace) = match text.as_bytes()[open] {
            b'{' => ('}', true),
            b'[' => (']', false),
            _ => ('>', false),
        };
        // Ours: skipped whole.
        let ours = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
        let own = ours.into_iter().find(|(begin, _)| text[open..].starts_with(begin));
        if let Some((_, end)) = own {
            let end_at = text[after..].find(end)?;
            rest = after + end_at + end.len();
            continue;
        }
        rest = after;
        let Some(end) = text[after..].find(close).map(|at| after + at) else { continue };
        let inner = text[after..end].trim();
        let words = inner.chars().all(|letter| {
            letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '_' | '-' | '’' | '\'')
        });
        let lower = inner.to_lowercase();
        let telling = lower.split([' ', '.', '-', '\'', '’']).any(|word| WORDS.contains(&word));
        // `[text](address)` is a link.
        let link = text[end + 1..].starts_with('(');
        let short = !inner.is_empty() && inner.chars().count() <= LONGEST;
        if words && short && !link && (brace || telling) {
            return Some((open..end + close.len_utf8(), meant(&lower)));
        }
    }
    None
}

fn meant(lower: &str) -> &'static str {
    const MEANT: &[(&str, &str)] = &[
        ("last", "{{ person.last_name }}"),
        ("company", "{{ person.company }}"),
        ("position", "{{ person.position }}"),
    ];
    let found = MEANT.iter().find(|(word, _)| lower.contains(word));
    found.map_or("{{ person.first_name }}", |(_, meant)| *meant)
}

#[cfg(test)]
mod tests {
    use super::leftover;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = leftover(text).map(|(range, meant)| (&text[range], meant));
        assert_eq!(found, expected);
    }

    #[test]
    fn places_of_other_makes_are_found() {
        check("Hi {name},", Some(("{name}", "{{ person.first_name }}")));
        check(
            "Hi { person.first_name }",
            Some(("{ person.first_name }", "{{ person.first_name }}")),
        );
        check("Hi [First Name],", Some(("[First Name]", "{{ person.first_name }}")));
        check("Hi person.name }}, you", Some(("}}", "{{ person.first_name }}")));
        check("at <Company>", Some(("<Company>", "{{ person.company }}")));
        check("Hi {{ a }} [last name]", Some(("[last name]", "{{ person.last_name }}")));
    }

    #[test]
    fn our_own_and_what_people_write_is_left_alone() {
        for text in [
            "Hi {{ person.first_name }}{% if person.knows_me %} [again]{% endif %}",
            "I <3 this, and [my name](https://example.org)",
            "{",
            "a } b",
            "[",
            "a [sic] b",
            "größe <ß>",
            "{{ x",
        ] {
            check(text, None);
        }
    }
}
