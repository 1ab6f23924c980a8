//! From a playbook's name to a role and a title.

/// Words that people write in capitals.
const CAPITALS: &[&str] = &[
    "ai", "api", "b2b", "b2c", "bi", "ceo", "cfo", "cto", "hr", "it", "ml", "pm", "pr", "qa",
    "seo", "ui", "ux", "vp",
];

/// The role that a playbook's name speaks of: `ux-researcher` is for a "UX researcher".
///
/// ```
/// use fortnight_engine::playbook::starter::role_of;
/// assert_eq!(role_of("data-analyst"), "Data analyst");
/// assert_eq!(role_of("senior_ux-researcher"), "Senior UX researcher");
/// ```
pub fn role_of(id: &str) -> String {
    let words: Vec<String> = id
        .split(['-', '_'])
        .filter(|word| !word.is_empty())
        .map(|word| if CAPITALS.contains(&word) { word.to_uppercase() } else { word.to_owned() })
        .collect();
    let sentence = words.join(" ");
    let mut letters = sentence.chars();
    letters
        .next()
        .map_or_else(|| id.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// The title of a playbook of that name.
pub fn title_of(id: &str) -> String {
    format!("{}, two weeks at a time", role_of(id))
}

/// A role that somebody could want.
pub(super) fn example_of(id: &str) -> String {
    let role = role_of(id);
    let mut letters = role.chars();
    let first = letters.next().unwrap_or_default();
    // "UX researcher" stays as it is.
    let capitals = role.chars().nth(1).is_some_and(char::is_uppercase);
    let first = if capitals { first.to_string() } else { first.to_lowercase().to_string() };
    format!("Senior {first}{}", letters.as_str())
}

/// A text as a value of YAML, plain only where readers of every version take it for a text.
pub(super) fn text(text: &str) -> String {
    const WORDS: &[&str] = &["yes", "no", "on", "off", "true", "false", "null", "y", "n"];
    let plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" _,-".contains(&byte))
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
