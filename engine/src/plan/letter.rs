//! Letters: the text of a message for one person, ready or with what stands in its way (M1–M5).

use super::situation::{Place, Situation};
use super::state::{CycleState, Happenings};
use crate::message::{
    Breach, Channel, Force, Names, RenderError, Repetition, Rules, Template, repeats,
};
use crate::people::EntryId;
use crate::playbook::{Id, Message, MessageText};
use crate::words::Words;

/// A message for one person, as it would go out now.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The message.
    pub message: Id,
    /// The option whose text it is.
    pub option: Option<Id>,
    /// Where it goes: the message's channel, or the one on which the person answered (M5).
    pub channel: Channel,
    /// The subject line, for mail.
    pub subject: Option<Words>,
    /// The text.
    pub text: Words,
    /// What might be better about it: rules of style that the seeker's own words break, limits
    /// that a channel only advises (M3).
    pub advice: Vec<Breach>,
    /// What it repeats of the message it should add to (M4).
    pub repeats: Option<Repetition>,
}

/// Why there is no text to send.
#[derive(Clone, Debug, PartialEq)]
pub enum Hindrance {
    /// These names are empty and have no fallback (M2).
    Missing(Vec<String>),
    /// The text breaks these rules (M3).
    Rules(Vec<Breach>),
    /// What was filled in makes the text longer than any message may be.
    TooLong,
}

/// A text as it comes out for a place, with the rules that keep it from being ready.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// The text.
    pub draft: Draft,
    /// The rules it breaks: the coach's, or what a channel does not carry at all (M3).
    pub broken: Vec<Breach>,
}

/// The text of a message for a place.
///
/// # Errors
///
/// A [`Hindrance`] where a field is empty or the coach's text breaks a rule for this person. What
/// the seeker wrote may break any rule of style; only what a channel does not carry at all stops
/// it.
pub fn draft<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &str,
) -> Result<Draft, Hindrance> {
    let Composed { draft, broken } = compose(situation, place, message)?;
    if broken.is_empty() { Ok(draft) } else { Err(Hindrance::Rules(broken)) }
}

/// The text of a message for a place, ready or not.
///
/// # Errors
///
/// A [`Hindrance`] where there is no text: a field is empty, or it is longer than any may be.
pub fn compose<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &str,
) -> Result<Composed, Hindrance> {
    let Some(message) = situation.playbook.message(message) else {
        return Err(Hindrance::Missing(vec![message.to_owned()]));
    };
    let (option, wording) = wording(situation, place, message)
        .ok_or_else(|| Hindrance::Missing(vec![message.id.to_string()]))?;
    let own = own_template(situation, message, option.as_ref());
    let template = own.as_ref().unwrap_or(&wording.text);
    let text = render(situation, place, template)?;
    let subject =
        wording.subject.as_ref().map(|subject| render(situation, place, subject)).transpose()?;
    let channel = channel(situation, place, message);
    let breaches = breaches(situation, place, wording, channel, &text, subject.as_deref());
    let (broken, advice): (Vec<Breach>, Vec<Breach>) =
        breaches.into_iter().partition(|breach| match breach.force {
            Force::Limit => true,
            Force::Rule => own.is_none(),
            Force::Advice => false,
        });
    let draft = Draft {
        message: message.id.clone(),
        option,
        channel,
        subject: subject.map(Words::new),
        repeats: repetition(place, &wording.rules, &text),
        text: Words::new(text),
        advice,
    };
    Ok(Composed { draft, broken })
}

/// What might be better about words that the seeker gives in place of a message's text: rules of
/// style, limits of the channel (M3), what they repeat (M4). They go out whatever this says.
pub fn judge<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &str,
    text: &str,
) -> Vec<Breach> {
    let Some(message) = situation.playbook.message(message) else { return Vec::new() };
    let Some((_, wording)) = wording(situation, place, message) else { return Vec::new() };
    let subject = wording.subject.as_ref().and_then(|it| render(situation, place, it).ok());
    let channel = channel(situation, place, message);
    let mut breaches = breaches(situation, place, wording, channel, text, subject.as_deref());
    breaches.extend(repeated(place, &wording.rules, text));
    breaches
}

/// The option in force for a place, and the text for it.
fn wording<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &'a Message,
) -> Option<(Option<Id>, &'a MessageText)> {
    let option = message.by.as_ref().and_then(|choice| situation.option(place, choice)).cloned();
    let text = message.text_for(option.as_deref())?;
    Some((option, text))
}

/// Every rule of the message and its channel that a text breaks.
fn breaches<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    wording: &MessageText,
    channel: Channel,
    text: &str,
    subject: Option<&str>,
) -> Vec<Breach> {
    let connected = is_connected(situation, place);
    let mut breaches = wording.rules.check(text);
    breaches.extend(channel.check(text, subject, Some(connected)));
    breaches
}

/// M4 as a breach of the rule that names the first message.
fn repeated(place: Place<'_>, rules: &Rules, text: &str) -> Option<Breach> {
    let first = rules.adds_to.as_deref()?;
    Some(repetition(place, rules, text)?.breach(first))
}

/// The seeker's own wording, where there is one that can be read as a template.
fn own_template(
    situation: &Situation<'_>,
    message: &Message,
    option: Option<&Id>,
) -> Option<Template> {
    let option = message.by.as_ref().and(option).cloned();
    let words = situation.state.wording.get(&(message.id.clone(), option))?;
    if words.is_blank() { None } else { Template::compile(words.raw()).ok() }
}

fn render<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    template: &Template,
) -> Result<String, Hindrance> {
    let used = template.names().iter().map(|name| name.path.as_str());
    let names: Names = situation.names(place, situation.today(), used);
    template.render(&names).map_err(|error| match error {
        RenderError::Missing { names } => Hindrance::Missing(names),
        RenderError::TooLong => Hindrance::TooLong,
    })
}

/// M5: an answer may come on another channel, and the next text goes there.
fn channel<'a>(situation: &Situation<'a>, place: Place<'a>, message: &Message) -> Channel {
    let today = situation.today();
    place
        .entry()
        .and_then(|entry| place.cycle.happenings.get(&entry))
        .into_iter()
        .flat_map(Happenings::recorded)
        .filter(|(_, happening)| happening.on <= today)
        .filter_map(|(_, happening)| happening.channel)
        .next_back()
        .unwrap_or(message.channel)
}

/// M4: what a follow-up repeats of the message it must add to.
fn repetition(place: Place<'_>, rules: &Rules, text: &str) -> Option<Repetition> {
    let first = rules.adds_to.as_deref()?;
    let sent = place.cycle.sent_to(place.entry()?);
    let (_, sent) = sent.into_iter().rev().find(|(_, sent)| &*sent.message == first)?;
    repeats(sent.text.raw(), text)
}

/// Whether the person is connected on LinkedIn: by the address book, by an accepted request, or
/// because they answered there.
fn is_connected<'a>(situation: &Situation<'a>, place: Place<'a>) -> bool {
    let Some(entry) = situation.entry_at(place) else { return false };
    let by_book = entry.connected_on().is_some_and(|day| day <= situation.today());
    by_book || situation.state.cycles_of(entry.id).any(|cycle| accepted(situation, cycle, entry.id))
}

fn accepted(situation: &Situation<'_>, cycle: &CycleState, entry: EntryId) -> bool {
    cycle.happenings.get(&entry).is_some_and(|happenings| {
        let today = situation.today();
        happenings.standing(situation.playbook, "accepted", today).is_some()
            || happenings
                .reply(situation.playbook, today)
                .is_some_and(|reply| reply.channel.is_none_or(|on| on == Channel::LinkedIn))
    })
}

/// True where a request to connect went out and was not accepted: no second message is due.
pub(super) fn waits_for_acceptance<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &str,
) -> bool {
    let Some(message) = situation.playbook.message(message) else { return false };
    let Some(entry) = place.entry() else { return false };
    channel(situation, place, message) == Channel::LinkedIn
        && !is_connected(situation, place)
        && situation
            .state
            .cycles_of(entry)
            .flat_map(|cycle| cycle.sent_to(entry))
            .any(|(_, sent)| sent.channel == Channel::LinkedIn)
}

impl<'a> Situation<'a> {
    /// The options whose texts a message needs in a cycle: both where it splits them.
    pub fn options_in_force(&self, cycle: &'a CycleState, message: &str) -> Vec<Option<Id>> {
        let Some(choice) = self.playbook.message(message).and_then(|known| known.by.as_ref())
        else {
            return vec![None];
        };
        match &cycle.compared {
            Some((compared, _)) if compared.choice == *choice => {
                let new = Some(compared.option.clone());
                let base = Some(compared.baseline.clone()).filter(|_| compared.split);
                base.map(Some).into_iter().chain([new]).collect()
            }
            Some(_) | None => vec![self.baseline(cycle, choice).cloned()],
        }
    }
}
