//! Setups of cycles, and in what two of them differ.
//!
//! A setup is the option of every choice, the words that go out, and what the version of the playbook
//! brings: reply window and follow-up. It must not know who replied.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::is_split;
use crate::plan::situation::Situation;
use crate::plan::state::CycleState;
use crate::playbook::{Id, Message};

/// The options of a choice that a cycle ran: both, where it split its people.
pub(super) fn options(situation: &Situation<'_>, cycle: &CycleState, choice: &Id) -> Vec<Id> {
    match &cycle.compared {
        Some((compared, _)) if compared.choice == *choice => {
            let mut both: Vec<Id> = if is_split(cycle) {
                vec![compared.baseline.clone(), compared.option.clone()]
            } else {
                vec![compared.option.clone()]
            };
            both.sort();
            both
        }
        Some(_) | None => {
            let first = || {
                let known = situation.playbook.choice(choice)?;
                known.options.first().map(|option| option.id.clone())
            };
            cycle.in_use.get(choice).cloned().or_else(first).into_iter().collect()
        }
    }
}

/// The fields of the setup in which the second cycle differs from the first, in words.
pub(super) fn differences(
    situation: &Situation<'_>,
    first: &CycleState,
    second: &CycleState,
) -> BTreeSet<String> {
    let mut changed = BTreeSet::new();
    for choice in &situation.playbook.choices {
        if options(situation, first, &choice.id) != options(situation, second, &choice.id) {
            changed.insert(choice.id.to_string());
        }
    }
    let (older, newer) = (first.version.min(second.version), first.version.max(second.version));
    let taken = situation.state.setups.get(older..newer).unwrap_or_default();
    changed.extend(taken.iter().flatten().cloned());
    changed.extend(new_words(situation, first, second));
    changed
}

/// Whether nothing was different between two cycles, so that they show the same rate again.
pub(in crate::plan) fn same_setup(
    situation: &Situation<'_>,
    first: &CycleState,
    second: &CycleState,
) -> bool {
    first.second_changes.is_empty()
        && second.second_changes.is_empty()
        && differences(situation, first, second).is_empty()
}

/// The seeker's own words of a message for an option that a cycle went out with: the newest that were
/// written up to the day on which its setup froze (E1). None where the playbook's went out.
fn own_words<'a>(
    situation: &Situation<'a>,
    cycle: &CycleState,
    message: &Message,
    option: Option<&Id>,
) -> Option<&'a str> {
    let day = frozen(cycle);
    let newest = situation.state.reworded.iter().rfind(|known| {
        known.message == message.id && known.option.as_ref() == option && known.on <= day
    });
    newest.map(|known| known.text.raw().trim()).filter(|text| !text.is_empty())
}

/// The options for which a message has words of its own in a cycle: one without a name where it is
/// the same for all.
fn variants(situation: &Situation<'_>, cycle: &CycleState, message: &Message) -> Vec<Option<Id>> {
    match &message.by {
        Some(choice) => options(situation, cycle, choice).into_iter().map(Some).collect(),
        None => vec![None],
    }
}

/// The day on which a cycle froze its setup, or would have.
fn frozen(cycle: &CycleState) -> Date {
    cycle.first_sent().unwrap_or(cycle.start)
}

/// The messages that go out with other words for an option that both cycles have, and the answers
/// used in messages that were changed after one cycle froze its setup and before the other did (E1).
/// Words for an option that only one of them has come with that option.
fn new_words(situation: &Situation<'_>, one: &CycleState, other: &CycleState) -> BTreeSet<String> {
    let (earlier, later) = (frozen(one).min(frozen(other)), frozen(one).max(frozen(other)));
    let between = |on: Date| earlier < on && on <= later;
    let state = situation.state;
    let reworded = situation.playbook.messages.iter().filter(|message| {
        let second = variants(situation, other, message);
        let mut both = variants(situation, one, message);
        both.retain(|option| second.contains(option));
        let words =
            |cycle, option: &Option<Id>| own_words(situation, cycle, message, option.as_ref());
        both.into_iter().any(|option| words(one, &option) != words(other, &option))
    });
    let answered = state.answered.iter().filter(|(on, _)| between(*on));
    let messages = reworded.map(|message| format!("the words of {}", message.id));
    let inputs = answered
        .filter(|(_, input)| {
            let name = format!("inputs.{input}");
            situation.playbook.messages.iter().any(|message| uses(message, &name))
        })
        .map(|(_, input)| input.to_string());
    messages.chain(inputs).collect()
}

fn uses(message: &Message, name: &str) -> bool {
    let mut names = message.texts.iter().flat_map(|text| text.text.names());
    names.any(|used| used.path == name)
}
