//! Names that look alike and are not the same (R22).
//!
//! Knows Unicode's report 39: characters of different scripts that no eye tells apart.

use std::collections::BTreeMap;

use unicode_security::confusable_detection::skeleton;

use super::{Entry, EntryId, fold};

/// True where two names look the same and are written differently: a Cyrillic `А` for a Latin
/// `A`, a zero for an `O`. Names that differ in case or accents only are no look-alikes.
///
/// ```
/// use fortnight_engine::people::lookalike;
/// assert!(lookalike("Ana Silva", "Аna Silva"));   // the second begins with a Cyrillic letter
/// assert!(!lookalike("Ana Silva", "ana silva"));
/// assert!(!lookalike("Ana Silva", "Ana Silver"));
/// ```
pub fn lookalike(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    one != other && seen_as(&one) == seen_as(&other)
}

/// All pairs of entries whose names look alike, each with the later entry behind the earlier one.
pub fn lookalikes(entries: &[&Entry]) -> Vec<(EntryId, EntryId)> {
    let mut first: BTreeMap<String, (EntryId, String)> = BTreeMap::new();
    let mut pairs = Vec::new();
    for entry in entries {
        let name = fold(entry.name.raw());
        match first.get(&seen_as(&name)) {
            Some((id, known)) if *known != name => pairs.push((*id, entry.id)),
            Some(_) => {}
            None => {
                first.insert(seen_as(&name), (entry.id, name));
            }
        }
    }
    pairs
}

/// What an eye sees of a folded name: skeleton, without what is invisible.
fn seen_as(name: &str) -> String {
    let visible = |character: &char| {
        !character.is_control()
            && !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            && !matches!(character, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
    };
    let visible: String = name.chars().filter(visible).collect();
    // Twice: a skeleton may hold characters that fold again.
    fold(&skeleton(&visible).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{Entry, EntryId, lookalike, lookalikes};

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(lookalike(one, other), expected, "{one:?} {other:?}");
        assert_eq!(lookalike(other, one), expected, "{other:?} {one:?}");
    }

    #[test]
    fn names_that_no_eye_tells_apart_are_look_alikes() {
        check("Ana Silva", "Аnа Ѕilvа", true);
        check("Bob Olsen", "B0b 0lsen", true);
        check("Ana", "A\u{200b}na", true);
        check("Ana", "Anä", false);
        check("李小龍", "李小龙", false);
        check("", "", false);
        check("Ben", "Ben", false);
    }

    #[test]
    fn pairs_in_a_list_are_found_once() {
        let names = ["Ana Silva", "Ben", "Аna Silva", "ANA SILVA"];
        let entries: Vec<Entry> =
            (1..).zip(names).map(|(id, name)| Entry::person(EntryId(id), name)).collect();
        assert_eq!(lookalikes(&entries.iter().collect::<Vec<_>>()), [(EntryId(1), EntryId(3))]);
    }
}
