//! Which of the words of a record are people, which say what happened, and which say more of it.
//!
//! Knows the order of words. It must not know what is recorded.

use fortnight_engine::calendar::{Lean, parse_moment};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::{EntryId, FavourKind};
use fortnight_engine::playbook::Playbook;
use jiff::civil::Date;

use crate::render::words::typed;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Show the person.
    Show,
    /// An outcome, perhaps one that there is not.
    Outcome(String),
    /// Something one of the two did for the other.
    Favour(FavourKind),
    /// Nobody writes to them, or they may be written to again (S5).
    Leave {
        /// Whether they are left in peace.
        yes: bool,
    },
    /// Erase them.
    Forget,
}

/// The words by what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) people: Vec<String>,
    pub(super) deed: Deed,
    pub(super) details: Vec<String>,
}

/// Reads the words: people before what happened, or behind it where it comes first.
pub(super) fn read(words: &[String], playbook: &Playbook, finds: &dyn Fn(&str) -> bool) -> Said {
    let known = |word: &String| deed(word, playbook);
    let at = words.iter().position(|word| known(word).is_some());
    match at {
        None => strange(words, finds),
        Some(0) if words.len() == 1 => {
            Said { people: words.to_vec(), deed: Deed::Show, details: Vec::new() }
        }
        Some(0) => {
            let rest = &words[1..];
            let is_person = |word: &&String| word.starts_with('@') || !says_when(word);
            let people: Vec<String> = rest.iter().take_while(is_person).cloned().collect();
            let details = rest.iter().skip(people.len()).cloned().collect();
            let deed = known(&words[0]).unwrap_or(Deed::Show);
            Said { people: together(&people, finds), deed, details }
        }
        Some(at) => Said {
            people: together(&words[..at], finds),
            deed: known(&words[at]).unwrap_or(Deed::Show),
            details: words[at + 1..].to_vec(),
        },
    }
}

/// No word says what happened: a name alone, or a slip of the pen behind it.
fn strange(words: &[String], finds: &dyn Fn(&str) -> bool) -> Said {
    let whole = words.join(" ");
    if words.len() == 1 || finds(&whole) {
        return Said { people: vec![whole], deed: Deed::Show, details: Vec::new() };
    }
    let at = words.iter().skip(1).position(|word| !finds(word)).map_or(1, |at| at + 1);
    Said {
        people: words[..at].to_vec(),
        deed: Deed::Outcome(words[at].clone()),
        details: words[at + 1..].to_vec(),
    }
}

/// Words that name one person together are one name: `ana silva replied`.
fn together(words: &[String], finds: &dyn Fn(&str) -> bool) -> Vec<String> {
    let whole = words.join(" ");
    if words.len() > 1 && finds(&whole) { vec![whole] } else { words.to_vec() }
}

/// What a word says is to be done.
fn deed(word: &str, playbook: &Playbook) -> Option<Deed> {
    let lower = word.to_lowercase().replace('-', "_");
    if let Some(outcome) = playbook.outcome(&lower) {
        return Some(Deed::Outcome(outcome.id.to_string()));
    }
    match lower.as_str() {
        "do_not_contact" => Some(Deed::Leave { yes: true }),
        "contact_again" => Some(Deed::Leave { yes: false }),
        "forget" => Some(Deed::Forget),
        other => FavourKind::parse(other).map(Deed::Favour),
    }
}

/// True for a word that a day or a time begins with.
fn says_when(word: &str) -> bool {
    let day = Date::constant(2026, 3, 2);
    parse_moment(word, day, Lean::Past).is_ok()
        || word.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// How these people are typed in a command.
pub(super) fn names(people: &[EntryId], open: &OpenPlan) -> String {
    let name = |id: &EntryId| {
        open.book.get(*id).map_or_else(|| format!("@{id}"), |entry| typed(&entry.name))
    };
    people.iter().map(name).collect::<Vec<_>>().join(" ")
}
