//! Who comes first on a list (L4): those whose position fits the role, then the newest contacts.
//!
//! Knows words of positions and days of connection. It must not know playbooks.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{Entry, EntryId, fold};

/// Words that say nothing of a trade: rank, place, and what stands between words.
const EMPTY_WORDS: &str = "a an and at b2b b2c chief de der des die du en et for head in intern junior la lead mid \
    of principal remote senior sr jr staff the und y";

/// The order in which people are written to: the more words of the role stand in somebody's
/// position the earlier, among equals the newest connection, among those the order given.
/// People without a date come after those with one.
///
/// Words are compared without case and accents, and by their stems, so that "Design lead" counts
/// for "Product designer".
///
/// ```
/// use fortnight_engine::people::{Entry, EntryId, rank};
/// let person = |id, position: &str, day: &str| {
///     Entry::person(EntryId(id), "N").with("position", position).with("connected_on", day)
/// };
/// let people = [
///     person(1, "Accountant", "2025-01-01"),
///     person(2, "Design lead", "2023-05-01"),
///     person(3, "Senior Product Designer", "2020-01-01"),
///     person(4, "UX Designer", "2024-05-01"),
/// ];
/// let order = rank(&people.each_ref(), &["Product designer"]);
/// assert_eq!(order, [EntryId(3), EntryId(4), EntryId(2), EntryId(1)]);
/// ```
pub fn rank(entries: &[&Entry], role: &[&str]) -> Vec<EntryId> {
    let wanted: BTreeSet<String> = role.iter().flat_map(|words| stems(words)).collect();
    let mut scores = BTreeMap::new();
    let mut ranked: Vec<_> = entries
        .iter()
        .map(|entry| {
            let position = entry.fields.get("position").map_or("", |position| position.raw());
            // Many people share a position.
            let score = *scores
                .entry(position)
                .or_insert_with(|| stems(position).intersection(&wanted).count());
            (Reverse(score), Reverse(entry.connected_on()), entry.id)
        })
        .collect();
    // Stable: among equals the order given stays.
    ranked.sort_by_key(|(score, day, _)| (*score, *day));
    ranked.into_iter().map(|(_, _, id)| id).collect()
}

/// The words that name a trade, by their stems.
fn stems(text: &str) -> BTreeSet<String> {
    /// No position is longer; it bounds the work.
    const LONGEST: usize = 500;
    let text = fold(&text[..text.floor_char_boundary(LONGEST)]);
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY_WORDS.split(' ').any(|empty| empty == *word))
        .map(stem)
        .collect()
}

/// Endings of trades in the languages of most positions; what is left is long enough to mean
/// something.
fn stem(word: &str) -> String {
    const ENDINGS: &[&str] = &[
        "erinnen", "erin", "ering", "euse", "eurs", "ers", "ing", "eur", "ment", "er", "or", "rs",
        "s", "e",
    ];
    const SHORTEST: usize = 4;
    ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= SHORTEST)
        .unwrap_or(word)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Entry, EntryId, rank};

    #[track_caller]
    fn check(role: &str, positions: &[(&str, &str)], expected: &[u64]) {
        let entries: Vec<Entry> = (1..)
            .zip(positions)
            .map(|(id, (position, day))| {
                Entry::person(EntryId(id), "N")
                    .with("position", *position)
                    .with("connected_on", *day)
            })
            .collect();
        let ids: Vec<u64> =
            rank(&entries.iter().collect::<Vec<_>>(), &[role]).into_iter().map(|id| id.0).collect();
        assert_eq!(ids, expected, "{role}");
    }

    #[test]
    fn fitting_positions_come_first_then_the_newest_then_the_order_given() {
        let people = [
            ("Sales", "2024-01-01"),
            ("", ""),
            ("Data Engineer", "2019-01-01"),
            ("Head of Data", "2023-01-01"),
            ("Ingénieur data", "2024-01-01"),
            ("", ""),
            ("Sales", "2024-01-01"),
        ];
        check("Data analyst", &people, &[5, 4, 3, 1, 7, 2, 6]);
    }

    #[test]
    fn rank_and_place_are_no_trade() {
        let people = [("Senior Lead Manager", "2024-01-01"), ("designers", "2020-01-01")];
        check("Senior Product Designer, B2B", &people, &[2, 1]);
    }
}
