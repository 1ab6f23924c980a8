//! What names a person: in which fields, and in which forms.

use std::collections::BTreeSet;

/// Fields that say who their own person is.
pub(super) fn is_own(field: &str) -> bool {
    ["name", "first_name", "last_name", "email", "other_emails", "profile"].contains(&field)
}

/// What in a field names the person.
pub(super) fn identify(
    field: &str,
    value: &str,
    names: &mut BTreeSet<String>,
    parts: &mut BTreeSet<String>,
) {
    match field {
        "name" => name_all(value, names, parts),
        "first_name" | "last_name" => {
            part(value, parts);
        }
        "other_emails" => names.extend(value.split_whitespace().map(str::to_owned)),
        _ => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            let number = digits >= 7 && value.chars().all(|c| !c.is_alphabetic());
            let day = value.parse::<jiff::civil::Date>().is_ok();
            let address = value.contains('@') && !value.contains(char::is_whitespace);
            if field == "email" || address || (number && !day) {
                names.insert(value.to_owned());
            } else if field == "profile" || value.contains("://") {
                let bare = value.split_once("://").map_or(value, |(_, rest)| rest);
                let bare = bare.trim_start_matches("www.").trim_end_matches('/');
                names.insert(value.to_owned());
                names.insert(bare.to_owned());
            }
        }
    }
}

/// A whole name, also as `Silva, Ana`, and its words.
pub(super) fn name_all(name: &str, names: &mut BTreeSet<String>, parts: &mut BTreeSet<String>) {
    let words: Vec<&str> =
        name.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    names.insert(name.to_owned());
    if let [first, .., last] = &words[..] {
        names.insert(format!("{first} {last}"));
        names.insert(format!("{last}, {first}"));
        names.insert(format!("{last} {first}"));
    }
    for word in words {
        part(word, parts);
    }
}

/// Two letters name nobody.
fn part(word: &str, parts: &mut BTreeSet<String>) {
    const LEAST: usize = 3;
    if word.chars().count() >= LEAST || !word.is_ascii() {
        parts.insert(word.to_owned());
    }
}
