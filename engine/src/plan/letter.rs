//! Letters: the text of a message for one person, ready or with what stands in its way (M1–M5).

use jiff::civil::Date;

use super::Sent;
use super::situation::{Place, Situation};
use super::state::{CycleState, Happenings};
use crate::message::{
    Breach, BreachKind, Channel, Force, Names, RenderError, Repetition, Rules, Template, repeats,
};
use crate::people::{Entry, EntryId};
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
    draft_via(situation, place, message, None)
}

/// As [`draft`], on the channel that the seeker takes: its limits hold instead of those of the
/// channel that was planned (M5).
///
/// # Errors
///
/// As [`draft`].
pub fn draft_via<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &str,
    via: Option<Channel>,
) -> Result<Draft, Hindrance> {
    let Composed { draft, broken } = compose(situation, place, message, via)?;
    if broken.is_empty() { Ok(draft) } else { Err(Hindrance::Rules(broken)) }
}

/// The text of a message for a place, ready or not; `via` where it goes another way than planned.
///
/// # Errors
///
/// A [`Hindrance`] where there is no text: a field is empty, or it is longer than any may be.
pub fn compose<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &str,
    via: Option<Channel>,
) -> Result<Composed, Hindrance> {
    let Some(message) = situation.playbook.message(message) else {
        return Err(Hindrance::Missing(vec![message.to_owned()]));
    };
    let (option, wording) = wording(situation, place, message)
        .ok_or_else(|| Hindrance::Missing(vec![message.id.to_string()]))?;
    let own = own_template(situation, message, option.as_ref());
    let template = own.as_ref().unwrap_or(&wording.text);
    let text = render(situation, place, template)?;
    let channel = via.unwrap_or_else(|| channel(situation, place, message));
    let subject = wording.subject.as_ref().filter(|_| channel.has_subject());
    let subject = subject.map(|subject| render(situation, place, subject)).transpose()?;
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
    via: Option<Channel>,
) -> Vec<Breach> {
    let Some(message) = situation.playbook.message(message) else { return Vec::new() };
    let Some((_, wording)) = wording(situation, place, message) else { return Vec::new() };
    let subject = wording.subject.as_ref().and_then(|it| render(situation, place, it).ok());
    let channel = via.unwrap_or_else(|| channel(situation, place, message));
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
    // What follows a request goes out once that was accepted: it is a message, and no request.
    let connected = is_connected(situation, place) || was_asked(situation, place);
    let mut breaches = wording.rules.check(text);
    let of_subject = subject.map(|subject| wording.rules.check_subject(subject));
    // What is marked is marked in the text.
    let of_subject = of_subject.into_iter().flatten();
    breaches.extend(of_subject.map(|breach| Breach { range: None, ..breach }));
    let of_channel = channel.check(text, subject, Some(connected));
    // A message that was not planned as a mail has no subject of its own: an answer to a mail goes
    // under the subject of that, and to any other the seeker gives one.
    breaches.extend(
        of_channel
            .into_iter()
            .filter(|breach| wording.subject.is_some() || breach.kind != BreachKind::Subject),
    );
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

/// M5: an answer may come on another channel than planned, and a message may have gone out on one:
/// the next text goes there.
pub(super) fn channel<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &Message,
) -> Channel {
    let turns = place.entry().map(|entry| turns(situation, place.cycle, entry));
    let mut taken = None;
    for turn in turns.unwrap_or_default() {
        match turn {
            Turn::Said(channel) => taken = Some(channel),
            // Sent as it was planned, it says nothing about the next.
            Turn::Sent(sent) => {
                let known = situation.playbook.message(&sent.message);
                let planned = taken.or_else(|| known.map(|known| known.channel));
                if planned.is_some_and(|planned| planned != sent.channel) {
                    taken = Some(sent.channel);
                }
            }
        }
    }
    taken.unwrap_or(message.channel)
}

/// One thing that two people said to each other.
enum Turn<'a> {
    /// A message went out.
    Sent(&'a Sent),
    /// Something came back, and it was said on which channel.
    Said(Channel),
}

/// What went out to somebody in a cycle and what came back up to today, oldest first; of one day,
/// what went out comes first.
fn turns<'a>(situation: &Situation<'a>, cycle: &'a CycleState, entry: EntryId) -> Vec<Turn<'a>> {
    let today = situation.today();
    let sent = cycle.sent_to(entry).into_iter().map(|(on, sent)| (on, Turn::Sent(sent)));
    let said = cycle.happenings.get(&entry).into_iter().flat_map(Happenings::recorded);
    let said = said.filter_map(|(_, it)| Some((it.on, Turn::Said(it.channel?))));
    let mut turns: Vec<(Date, Turn<'a>)> = sent.chain(said).collect();
    turns.retain(|(on, _)| *on <= today);
    turns.sort_by_key(|(on, _)| *on);
    turns.into_iter().map(|(_, turn)| turn).collect()
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
    by_the_book(situation, entry).is_some() || accepted_on(situation, entry.id).is_some()
}

/// True where a request or a message went out to the person on LinkedIn.
fn was_asked<'a>(situation: &Situation<'a>, place: Place<'a>) -> bool {
    place.entry().is_some_and(|entry| {
        let mut cycles = situation.state.cycles_of(entry);
        cycles.any(|cycle| {
            cycle.sent_to(entry).iter().any(|(_, sent)| sent.channel == Channel::LinkedIn)
        })
    })
}

/// The day since which the address book has the person as a connection; of somebody who was
/// forgotten, only whether it had them is left.
fn by_the_book(situation: &Situation<'_>, entry: &Entry) -> Option<Date> {
    let forgotten = entry.forgotten.is_some_and(|forgotten| forgotten.connected);
    let day = forgotten.then_some(Date::MIN).or_else(|| entry.connected_on());
    day.filter(|day| *day <= situation.today())
}

/// The day on which a request to connect was accepted, said so or seen from an answer there.
fn accepted_on(situation: &Situation<'_>, entry: EntryId) -> Option<Date> {
    let (playbook, today) = (situation.playbook, situation.today());
    let in_cycle = |cycle: &CycleState| {
        let happenings = cycle.happenings.get(&entry)?;
        let accepted = happenings.standing(playbook, "accepted", today);
        let answered = happenings.reply(playbook, today).filter(|reply| {
            // Where it was not said, it came on the channel of the message before it.
            let sent = cycle.sent_to(entry);
            let before = sent.into_iter().rev().find(|(on, _)| *on <= reply.on);
            let channel = reply.channel.or(before.map(|(_, sent)| sent.channel));
            channel.is_none_or(|channel| channel == Channel::LinkedIn)
        });
        [accepted, answered].into_iter().flatten().map(|happening| happening.on).min()
    };
    situation.state.cycles_of(entry).filter_map(in_cycle).min()
}

/// Whether a message has to wait until a request to connect is accepted (language.md, channels).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acceptance {
    /// No request went out to a stranger, or the message goes another way.
    NotNeeded,
    /// It was accepted on this day.
    Since(Date),
    /// Not yet.
    Awaited,
}

/// How a message for a place stands with the person's acceptance: after a request to connect, no
/// second message is due before it.
pub(super) fn acceptance<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    message: &str,
) -> Acceptance {
    let message = situation.playbook.message(message);
    let (Some(message), Some(entry)) = (message, situation.entry_at(place)) else {
        return Acceptance::NotNeeded;
    };
    let cycles = situation.state.cycles_of(entry.id);
    let sent = cycles.flat_map(|cycle| cycle.sent_to(entry.id));
    let requests = sent.filter(|(_, sent)| sent.channel == Channel::LinkedIn);
    let request = requests.map(|(on, _)| on).min();
    let Some(request) = request.filter(|_| channel(situation, place, message) == Channel::LinkedIn)
    else {
        return Acceptance::NotNeeded;
    };
    let known = [by_the_book(situation, entry), accepted_on(situation, entry.id)];
    match known.into_iter().flatten().min() {
        Some(since) if since <= request => Acceptance::NotNeeded,
        Some(since) => Acceptance::Since(since),
        None => Acceptance::Awaited,
    }
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
