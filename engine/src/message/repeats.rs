//! Whether a follow-up says again what the first message said (M4).
//!
//! Knows words and sentences. It must not know which message follows which.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::breach::{Breach, BreachKind, Force, counted};
use super::sentences::sentences;

/// How alike two sentences have to be, as twice the shared words by all words (Dice).
const ALIKE: f64 = 0.8;
/// Which part of the words of a text has to be repeated before it is pointed out.
const NEARLY: f64 = 0.7;
/// Shorter sentences ("Thank you.") may come again.
const FEWEST_WORDS: usize = 4;
/// So many words in a row are looked for where sentences were put together or parted.
const RUN: usize = 3;
/// Which part of these runs makes a sentence one that was said before.
const MADE_OF: f64 = 0.75;
/// Shorter sentences share their runs with many others.
const FEWEST_TO_PART: usize = 7;
/// So many words of a sentence are compared.
const MOST_WORDS: usize = 1_000;
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
/// a repetition; what was one sentence and is two now, or the other way round, is found by its
/// runs of three words. A greeting, a sign-off and sentences under four words count for neither
/// side. In scripts without spaces a letter stands for a word.
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
    let all: Vec<&str> = said.iter().flat_map(|one| &one.sequence).map(String::as_str).collect();
    let runs: BTreeSet<&[&str]> = all.windows(RUN).collect();
    let mut repeated = Vec::new();
    let mut words = 0;
    let mut repeated_words = 0;
    for sentence in worded(second) {
        words += sentence.count;
        let same = said.iter().find(|earlier| earlier.likeness(&sentence) >= ALIKE);
        let same = same.or_else(|| {
            let likest = said
                .iter()
                .max_by(|one, other| one.likeness(&sentence).total_cmp(&other.likeness(&sentence)));
            likest.filter(|_| sentence.is_made_of(&runs))
        });
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
    /// The words in their order.
    sequence: Vec<String>,
    count: usize,
}

impl Worded {
    /// Whether most of its runs of words stand among these.
    fn is_made_of(&self, runs: &BTreeSet<&[&str]>) -> bool {
        let words: Vec<&str> = self.sequence.iter().map(String::as_str).collect();
        let known = words.windows(RUN).filter(|run| runs.contains(run)).count();
        let all = words.len().saturating_sub(RUN - 1);
        words.len() >= FEWEST_TO_PART && as_number(known) >= MADE_OF * as_number(all)
    }

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
        let sequence = words_of(&text[sentence.range.clone()]);
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for word in &sequence {
            *words.entry(word.clone()).or_default() += 1;
        }
        let count = sequence.len();
        if count >= FEWEST_WORDS {
            found.push(Worded { range: sentence.range, words, sequence, count });
        }
    }
    found
}

/// The words of a sentence, small, at most a thousand; letters of scripts without spaces each for
/// themselves.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let parts = text.split(|one: char| !one.is_alphanumeric() && one != '\'' && one != '’');
    for part in parts.filter(|part| !part.is_empty()) {
        let mut word = String::new();
        for letter in part.chars() {
            if is_unspaced(letter) {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                words.push(letter.to_string());
            } else {
                word.extend(letter.to_lowercase());
            }
        }
        if !word.is_empty() {
            words.push(word);
        }
        if words.len() >= MOST_WORDS {
            break;
        }
    }
    words.truncate(MOST_WORDS);
    words
}

/// Thai, Lao, Burmese, Khmer, kana and Han put no spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(
        letter,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
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
    fn sentences_put_together_or_parted_are_found() {
        check(
            "Your talk on research debt stayed with me, and could we speak for fifteen minutes next week?",
            &[
                "Your talk on research debt stayed with me, and could we speak for fifteen minutes next week?",
            ],
        );
        let first = "I read your post on tables in dense tools and I would like to ask how your team tests them with nurses.";
        let second = "I read your post on tables in dense tools. I would like to ask how your team tests them.";
        assert_eq!(repeats(first, second).unwrap().sentences.len(), 2);
        let new = "I read your new post on tables. It answers what I asked: would you mind if I quote it?";
        assert_eq!(repeats(first, new), None);
    }

    #[test]
    fn other_languages_are_compared_as_well() {
        let german = "Hallo Ana, Ihr Vortrag über Schulden der Forschung hat mich beschäftigt. Hätten Sie nächste Woche Zeit?";
        let again = "Hallo Ana! Hätten Sie nächste Woche vielleicht Zeit? Ihr Vortrag über Schulden der Forschung hat mich beschäftigt.";
        assert_eq!(repeats(german, again).unwrap().sentences.len(), 2);
        assert_eq!(
            repeats(german, "Ich habe drei Seiten dazu geschrieben, darf ich sie schicken?"),
            None
        );
        let arabic = "شاهدت حديثك عن ديون البحث وأعجبني كثيرا. هل يمكننا أن نتحدث الأسبوع القادم؟";
        assert!(repeats(arabic, arabic).unwrap().is_whole());
        // One letter changed.
        let chinese = "我最近看了你关于研究债务的演讲，很受启发。";
        assert!(repeats(chinese, "我最近看了您关于研究债务的演讲，很受启发。").is_some());
        assert_eq!(repeats(chinese, "下周二或者周三你有二十分钟时间聊一聊吗？"), None);
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
