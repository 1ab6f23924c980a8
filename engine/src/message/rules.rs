//! The rules a coach gives a text, and where a text breaks them (M3).
//!
//! Knows counting and finding. It must not know where a text comes from; whether it repeats
//! another one is asked with [`repeats`](super::repeats).

use std::ops::Range;

use super::Bounds;
use super::breach::{Breach, BreachKind, Force, counted};
use super::characters::{byte_of_character, characters};
use super::phrases::occurrences;
use super::sentences::sentences;

/// What a text has to keep to. An empty set of rules allows everything.
///
/// ```
/// use fortnight_engine::message::{Bounds, Rules};
/// let rules = Rules { sentences: Some(Bounds::parse("3 to 4")?), ..Rules::default() };
/// let breaches = rules.check("Hi Ana, I saw your talk. Could we speak?");
/// assert_eq!(breaches[0].message, "2 sentences; the rule is 3 to 4");
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// How many sentences, as [`sentences`] counts them.
    pub sentences: Option<Bounds>,
    /// How many characters, as [`characters`] counts them.
    pub characters: Option<Bounds>,
    /// How many sentences may ask something.
    pub questions: Option<Bounds>,
    /// Phrases that must not occur.
    pub avoid: Vec<String>,
    /// Phrases that have to occur.
    pub require: Vec<String>,
    /// The message this one must not repeat (M4).
    pub adds_to: Option<String>,
}

impl Rules {
    /// These rules laid over others: each one given here replaces the one below, lists as a whole.
    #[must_use]
    pub fn over(&self, base: &Self) -> Self {
        let list = |own: &Vec<String>, base: &Vec<String>| {
            if own.is_empty() { base.clone() } else { own.clone() }
        };
        Self {
            sentences: self.sentences.or(base.sentences),
            characters: self.characters.or(base.characters),
            questions: self.questions.or(base.questions),
            avoid: list(&self.avoid, &base.avoid),
            require: list(&self.require, &base.require),
            adds_to: self.adds_to.clone().or_else(|| base.adds_to.clone()),
        }
    }

    /// Every rule that `text` breaks, in the order of the fields.
    ///
    /// A range shows what is too much: from the first sentence, character or question over the
    /// limit; where there is too little, nothing.
    pub fn check(&self, text: &str) -> Vec<Breach> {
        let mut breaches = Vec::new();
        if self.sentences.is_some() || self.questions.is_some() {
            let found = sentences(text);
            if let Some(bounds) = self.sentences {
                let from = |most: usize| found.get(most).map_or(text.len(), |one| one.range.start);
                add(
                    BreachKind::Sentences,
                    found.len(),
                    "sentence",
                    bounds,
                    text,
                    from,
                    &mut breaches,
                );
            }
            if let Some(bounds) = self.questions {
                let count = found.iter().filter(|one| one.is_question).count();
                let from = |most: usize| {
                    let mut questions = found.iter().filter(|one| one.is_question);
                    questions.nth(most).map_or(text.len(), |one| one.range.start)
                };
                add(BreachKind::Questions, count, "question", bounds, text, from, &mut breaches);
            }
        }
        if let Some(bounds) = self.characters {
            let count = characters(text);
            let from = |most: usize| byte_of_character(text, most);
            add(BreachKind::Characters, count, "character", bounds, text, from, &mut breaches);
        }
        self.check_phrases(text, &mut breaches);
        breaches
    }

    /// The phrases to avoid that stand in a subject, which people read first (M3).
    ///
    /// ```
    /// use fortnight_engine::message::Rules;
    /// let rules = Rules { avoid: vec!["quick chat".to_owned()], ..Rules::default() };
    /// let breaches = rules.check_subject("A quick chat?");
    /// assert_eq!(breaches[0].message, "`quick chat` is a phrase to avoid, also in a subject");
    /// ```
    pub fn check_subject(&self, subject: &str) -> Vec<Breach> {
        let avoid: Vec<&str> = self.avoid.iter().map(|phrase| phrase.trim()).collect();
        let found = occurrences(subject, &avoid).into_iter();
        found.map(|(index, range)| to_avoid(avoid[index], range, ", also in a subject")).collect()
    }

    fn check_phrases(&self, text: &str, breaches: &mut Vec<Breach>) {
        if self.avoid.is_empty() && self.require.is_empty() {
            return;
        }
        let phrases: Vec<&str> =
            self.avoid.iter().chain(&self.require).map(|phrase| phrase.trim()).collect();
        let (avoided, present): (Vec<_>, Vec<_>) = occurrences(text, &phrases)
            .into_iter()
            .partition(|(index, _)| *index < self.avoid.len());
        for (index, range) in avoided {
            breaches.push(to_avoid(phrases[index], range, ""));
        }
        for (index, phrase) in phrases.iter().enumerate().skip(self.avoid.len()) {
            if !phrase.is_empty() && !present.iter().any(|(found, _)| *found == index) {
                breaches.push(Breach {
                    kind: BreachKind::Required,
                    force: Force::Rule,
                    measured: 0,
                    range: None,
                    message: format!("`{phrase}` has to be in the text"),
                });
            }
        }
    }
}

fn to_avoid(phrase: &str, range: Range<usize>, place: &str) -> Breach {
    Breach {
        kind: BreachKind::Avoided,
        force: Force::Rule,
        measured: 1,
        range: Some(range),
        message: format!("`{phrase}` is a phrase to avoid{place}"),
    }
}

fn add(
    kind: BreachKind,
    count: usize,
    noun: &str,
    bounds: Bounds,
    text: &str,
    from: impl Fn(usize) -> usize,
    breaches: &mut Vec<Breach>,
) {
    if bounds.holds(count) {
        return;
    }
    let most = bounds.most.and_then(|most| usize::try_from(most).ok());
    let range = most.filter(|most| count > *most).map(|most| from(most)..text.len());
    let message = format!("{}; the rule is {bounds}", counted(count, noun));
    breaches.push(Breach { kind, force: Force::Rule, measured: count, range, message });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let bounds = |text| Some(Bounds::parse(text).unwrap());
        Rules {
            sentences: bounds("2 to 3"),
            characters: bounds("at most 66"),
            questions: bounds("1"),
            avoid: vec!["pick your brain".to_owned(), "quick chat".to_owned()],
            require: vec!["thank you".to_owned()],
            adds_to: None,
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[(BreachKind, &str, Option<&str>)]) {
        let breaches = rules().check(text);
        let found: Vec<_> = breaches
            .iter()
            .map(|breach| {
                let place = breach.range.clone().map(|range| &text[range]);
                (breach.kind, breach.message.as_str(), place)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_that_keeps_the_rules_has_no_breach() {
        check("Hi Ana,\n\nloved your talk, thank you. Could we speak?\n\nBest,\nMarie", &[]);
    }

    #[test]
    fn every_breach_is_told_with_its_number_and_place() {
        check(
            "May I? A Quick chat? I am new here. We met in 2024. It was in Lyon.",
            &[
                (
                    BreachKind::Sentences,
                    "5 sentences; the rule is 2 to 3",
                    Some("We met in 2024. It was in Lyon."),
                ),
                (
                    BreachKind::Questions,
                    "2 questions; the rule is 1",
                    Some("A Quick chat? I am new here. We met in 2024. It was in Lyon."),
                ),
                (BreachKind::Characters, "67 characters; the rule is at most 66", Some(".")),
                (BreachKind::Avoided, "`quick chat` is a phrase to avoid", Some("Quick chat")),
                (BreachKind::Required, "`thank you` has to be in the text", None),
            ],
        );
        check(
            "Thank you.",
            &[
                (BreachKind::Sentences, "1 sentence; the rule is 2 to 3", None),
                (BreachKind::Questions, "0 questions; the rule is 1", None),
            ],
        );
    }

    #[test]
    fn rules_laid_over_others_replace_what_they_name() {
        let own = Rules {
            characters: Some(Bounds::exactly(9)),
            avoid: vec!["x".to_owned()],
            ..Rules::default()
        };
        let both = own.over(&rules());
        assert_eq!(both.characters, Some(Bounds::exactly(9)));
        assert_eq!(both.sentences, rules().sentences);
        assert_eq!(both.avoid, ["x"]);
        assert_eq!(both.require, rules().require);
        assert_eq!(Rules::default().over(&rules()), rules());
    }
}
