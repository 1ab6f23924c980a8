//! The words that were sent: each message of each cycle, in each of its wordings.

use jiff::civil::Date;

use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::agenda::name;
use crate::plan::situation::Situation;
use crate::playbook::Id;
use crate::words::Words;

/// One message in one wording, as it went out in one cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterGroup {
    /// The cycle.
    pub cycle: u32,
    /// What the step that sent it says.
    pub title: String,
    /// The message.
    pub message: Id,
    /// The option whose text it was.
    pub option: Option<Id>,
    /// How that option reads.
    pub option_title: Option<String>,
    /// Every one of them, in the order of sending.
    pub letters: Vec<Letter>,
}

/// One message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The day.
    pub on: Date,
    /// To whom.
    pub entry: EntryId,
    /// Their name.
    pub name: Words,
    /// Where it went.
    pub channel: Channel,
    /// The exact text.
    pub text: Words,
}

/// All messages that went out, by cycle, by step in the order of the playbook, by option.
pub fn letters(situation: &Situation<'_>) -> Vec<LetterGroup> {
    let mut groups: Vec<LetterGroup> = Vec::new();
    for cycle in situation.state.cycles.values() {
        let mut own: Vec<(usize, LetterGroup)> = Vec::new();
        for (task, done) in &cycle.log.completed {
            let (Some(entry), Some(sent)) = (task.entry, &done.sent) else { continue };
            let place = situation.playbook.positions.get(&task.step).copied();
            let place = place.unwrap_or(usize::MAX);
            let letter = Letter {
                on: done.on,
                entry,
                name: name(situation, entry),
                channel: sent.channel,
                text: sent.text.clone(),
            };
            let known = own.iter_mut().find(|(at, group)| {
                *at == place && group.message == sent.message && group.option == sent.option
            });
            if let Some((_, group)) = known {
                group.letters.push(letter);
                continue;
            }
            let step = situation.playbook.step(&task.step);
            let group = LetterGroup {
                cycle: cycle.number,
                title: step.map_or_else(|| task.step.to_string(), |step| step.title.clone()),
                message: sent.message.clone(),
                option: sent.option.clone(),
                option_title: option_title(situation, &sent.message, sent.option.as_ref()),
                letters: vec![letter],
            };
            own.push((place, group));
        }
        own.sort_by_key(|(place, group)| (*place, option_place(situation, group)));
        for (_, mut group) in own {
            group.letters.sort_by_key(|letter| (letter.on, letter.entry));
            groups.push(group);
        }
    }
    groups
}

fn option_title(situation: &Situation<'_>, message: &Id, option: Option<&Id>) -> Option<String> {
    let by = situation.playbook.message(message)?.by.as_ref()?;
    let choice = situation.playbook.choice(by)?;
    let known = choice.options.iter().find(|known| Some(&known.id) == option)?;
    Some(known.title.clone())
}

fn option_place(situation: &Situation<'_>, group: &LetterGroup) -> Option<usize> {
    let by = situation.playbook.message(&group.message)?.by.as_ref()?;
    let choice = situation.playbook.choice(by)?;
    choice.options.iter().position(|known| Some(&known.id) == group.option.as_ref())
}
