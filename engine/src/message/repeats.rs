//! Whether a follow-up says again what the first message said (M4).
//!
//! Knows words and sentences. It must not know which message follows which.

use std::collections::BTreeMap;
use std::ops::Range;

use super::breach::{Breach, BreachKind, Force, counted};
use super::sentences::sentences;

/// How alike two sentences have to be, as twice the shared words by all words (Dice).
const ALIKE: f64 = 0.8;
/// Which part of the words of a text has to be repeated before it is pointed out.
const NEARLY: f64 = 0.7;
/// Shorter sentences ("Thank you.") may come again.
const FEWEST_WORDS: usize = 4;
/// So many sentences of each text are compared; no letter has more.
const MOST_SENTENCES: usize = 100;

/// What a second text repeats of a first.
#[derive(Clone, Debug, PartialEq)]
pub struct Repetition {
    /// Each repeated sentence: its bytes in the first text and in the second.
    pub sentences: Vec<(Range<usize>, Range<usize>)>,
    /// Which part of the second text's words is repeated, from 0 to 1.
    pub share: f64,
}

impl Repetition {
    /// Whether nothing is new.
    pub fn is_whole(&self) -> bool {
        self.share >= 1.0
    }

    /// The repetition as a breach of the rule `adds_to: NAME`, placed at the first repeated
    /// sentence of the second text.
    pub fn breach(&self, name: &str) -> Breach {
        let count = counted(self.sentences.len(), "sentence");
        let verb = if self.sentences.len() == 1 { "repeats" } else { "repeat" };
        Breach {
            kind: BreachKind::Repeats,
            force: Force::Rule,
            measured: self.sentences.len(),
            range: self.sentences.first().map(|(_, range)| range.clone()),
            message: format!("{count} {verb} `{name}`; the rule is to add something"),
        }
    }
}

/// What `second` repeats of `first`, if it repeats it wholly or nearly.
///
/// Sentences are compared by their words, so that another order or a changed word does not hide
/// a repetition; a greeting, a sign-off and sentences under four words count for neither side.
///
/// ```
/// use fortnight_engine::message::repeats;
/// let first = "Hi Ana, your talk on research debt stayed with me. Could we speak next week?";
/// let second = "Hi Ana! Your talk on research debt really stayed with me.";
/// let repetition = repeats(first, second).unwrap();
/// assert_eq!(&first[repetition.sentences[0].0.clone()], "Hi Ana, your talk on research debt stayed with me.");
/// assert_eq!(repeats(first, "I wrote up what your talk changed for me: here it is."), None);
/// ```
pub fn repeats(first: &str, second: &str) -> Option<Repetition> {
    let said = worded(first);
    let mut repeated = Vec::new();
    let mut words = 0;
    let mut repeated_words = 0;
    for sentence in worded(second) {
        words += sentence.count;
        let same = said.iter().find(|earlier| earlier.likeness(&sentence) >= ALIKE);
        if let Some(earlier) = same {
            repeated_words += sentence.count;
            repeated.push((earlier.range.clone(), sentence.range));
        }
    }
    if words == 0 || repeated.is_empty() {
        return None;
    }
    let share = as_number(repeated_words) / as_number(words);
    (share >= NEARLY).then_some(Repetition { sentences: repeated, share })
}

/// A sentence as a bag of words.
struct Worded {
    range: Range<usize>,
    words: BTreeMap<String, usize>,
    count: usize,
}

impl Worded {
    fn likeness(&self, other: &Self) -> f64 {
        let shared: usize = self
            .words
            .iter()
            .map(|(word, count)| other.words.get(word).map_or(0, |others| *count.min(others)))
            .sum();
        2.0 * as_number(shared) / as_number(self.count + other.count)
    }
}

fn worded(text: &str) -> Vec<Worded> {
    let mut found = Vec::new();
    for sentence in sentences(text).into_iter().take(MOST_SENTENCES) {
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = 0;
        let part = text[sentence.range.clone()]
            .split(|one: char| !one.is_alphanumeric() && one != '\'' && one != '’');
        for word in part.filter(|word| !word.is_empty()).take(1_000) {
            *words.entry(word.to_lowercase()).or_default() += 1;
            count += 1;
        }
        if count >= FEWEST_WORDS || is_unspaced(&words) {
            found.push(Worded { range: sentence.range, words, count });
        }
    }
    found
}

/// True for a sentence in a script without spaces, which is one long word.
fn is_unspaced(words: &BTreeMap<String, usize>) -> bool {
    words.keys().any(|word| !word.is_ascii() && word.chars().count() > 8)
}

fn as_number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "Hi Ana,\n\nyour talk on research debt stayed with me. I am moving \
        towards senior product design. Could we speak for fifteen minutes next week?\n\nBest,\nMarie";

    #[track_caller]
    fn check(second: &str, expected: &[&str]) {
        let found = repeats(FIRST, second);
        let ranges = found.iter().flat_map(|one| &one.sentences);
        let found: Vec<&str> = ranges.map(|(_, range)| &second[range.clone()]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_same_text_is_a_whole_repetition() {
        let repetition = repeats(FIRST, FIRST).unwrap();
        assert!(repetition.is_whole());
        assert_eq!(repetition.sentences.len(), 3);
        let breach = repetition.breach("intro");
        assert_eq!(breach.message, "3 sentences repeat `intro`; the rule is to add something");
        assert!(repetition.sentences.iter().all(|(first, second)| first == second));
    }

    #[test]
    fn a_nearly_repeated_text_is_found() {
        check(
            "Hi Ana,\n\ncould we maybe speak for fifteen minutes next week? Your talk on research debt stayed with me.",
            &[
                "could we maybe speak for fifteen minutes next week?",
                "Your talk on research debt stayed with me.",
            ],
        );
    }

    #[test]
    fn a_text_that_adds_something_is_left_alone() {
        check("Hi Ana, I wrote down three things I took from your talk. May I send them?", &[]);
        check(
            "Could we speak for fifteen minutes next week? Since then I have built a small repository of studies and would like to show it to you.",
            &[],
        );
        check("Thank you.", &[]);
        check("", &[]);
    }

    #[test]
    fn scripts_without_spaces_are_compared_as_well() {
        assert!(
            repeats("你好，我看了你的研究演讲很喜欢。", "你好，我看了你的研究演讲很喜欢。")
                .is_some()
        );
        assert!(
            repeats("你好，我看了你的研究演讲很喜欢。", "我写了一篇关于你的演讲的文章给你看。")
                .is_none()
        );
    }
}
