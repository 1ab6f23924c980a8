//! Corrections: what was said of a task that is done was not right (F5).
//!
//! Knows what a correction may change: the day, the answers, the words and the channel of a message.
//! That the task is done stays as it was recorded; taking that back is `undo`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::complete::{check_message, check_sent};
use super::{Accepted, Note, check_answers, check_day};
use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::TaskKey;
use crate::plan::agenda::name;
use crate::plan::fact::{Fact, FactKind, Sent};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::{Completed, Completion};
use crate::playbook::{Id, Step, StepKind};
use crate::words::Words;

/// What is right, as far as it is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'g> {
    pub(super) on: Option<Date>,
    pub(super) answers: &'g BTreeMap<Id, Words>,
    pub(super) text: Option<&'g Words>,
    pub(super) via: Option<Channel>,
}

pub(super) fn correct(
    situation: &Situation<'_>,
    task: &TaskKey,
    given: &Given<'_>,
) -> Result<Accepted, Rejection> {
    let missing = || Rejection::NoTask { task: task.clone() };
    let step = situation.playbook.step(&task.step).ok_or_else(missing)?;
    let before = situation.state.completion(task).ok_or_else(missing)?;
    if before.how != Completed::Done {
        return Err(missing());
    }
    let on = given.on.unwrap_or(before.on);
    check_day(situation, on)?;
    check_answers(&step.record, given.answers)?;
    if given.via.is_some() || given.text.is_some() {
        check_message(step)?;
    }
    given.text.map_or(Ok(()), check_sent)?;
    check_answered(situation, task, before, on)?;
    let mut answers = before.answers.clone();
    answers.extend(given.answers.iter().map(|(id, answer)| (id.clone(), answer.clone())));
    let sent = before.sent.as_ref().map(|sent| corrected(sent, given));
    if (on, &answers, &sent) == (before.on, &before.answers, &before.sent) {
        return Ok(Accepted::known(before.on));
    }
    let mut accepted = Accepted::default();
    let reworded = sent.as_ref().map(|sent| &sent.text) != before.sent.as_ref().map(|it| &it.text);
    accepted.notes.push(Note::Corrects {
        on: before.on,
        channel: before.sent.as_ref().map(|sent| sent.channel),
        answers: if answers == before.answers { BTreeMap::new() } else { before.answers.clone() },
        reworded,
    });
    let kind = FactKind::Corrected { task: task.clone(), answers, sent };
    accepted.facts.push(Fact::on(on, kind));
    if on != before.on {
        accepted.facts.extend(outcome_moved(situation, step, task, on));
    }
    Ok(accepted)
}

/// The message with what is given in place of what was recorded.
fn corrected(sent: &Sent, given: &Given<'_>) -> Sent {
    let channel = given.via.unwrap_or(sent.channel);
    Sent {
        channel,
        subject: sent.subject.clone().filter(|_| channel.has_subject()),
        text: given.text.unwrap_or(&sent.text).clone(),
        ..sent.clone()
    }
}

/// F5: nobody answers a first message before it goes out.
fn check_answered(
    situation: &Situation<'_>,
    task: &TaskKey,
    before: &Completion,
    on: Date,
) -> Result<(), Rejection> {
    let step = situation.playbook.step(&task.step);
    let is_message = step.is_some_and(|step| matches!(step.kind, StepKind::Send(_)));
    let (Some(entry), true) = (task.entry, is_message) else { return Ok(()) };
    let Some(cycle) = situation.state.cycles.get(&task.cycle) else { return Ok(()) };
    let first_without = cycle
        .log
        .completed
        .iter()
        .filter(|(other, done)| other.entry == Some(entry) && *other != task && done.sent.is_some())
        .map(|(_, done)| done.on)
        .min();
    let first = |own: Date| first_without.map_or(own, |other| other.min(own));
    let Some((outcome, came)) = first_answer(situation, task.cycle, entry) else { return Ok(()) };
    if came >= first(before.on) && came < first(on) {
        return Err(Rejection::AfterAnswer {
            name: name(situation, entry),
            outcome,
            on: came,
            sent: first(on),
        });
    }
    Ok(())
}

/// The first thing that came back from somebody in a cycle, as it stands.
fn first_answer(situation: &Situation<'_>, cycle: u32, entry: EntryId) -> Option<(Id, Date)> {
    let happenings = situation.state.cycles.get(&cycle)?.happenings.get(&entry)?;
    let (playbook, today) = (situation.playbook, situation.today());
    let standing = playbook.outcomes.iter().filter_map(|outcome| {
        let standing = happenings.standing(playbook, &outcome.id, today)?;
        Some((outcome.id.clone(), standing.on))
    });
    standing.min_by_key(|(_, on)| *on)
}

/// `sets`: the outcome that doing the step recorded moves with its day.
fn outcome_moved(situation: &Situation<'_>, step: &Step, task: &TaskKey, on: Date) -> Option<Fact> {
    let (entry, outcome) = (task.entry?, step.sets.clone()?);
    let happenings = situation.state.cycles.get(&task.cycle)?.happenings.get(&entry)?;
    let known = happenings.standing(situation.playbook, &outcome, situation.today())?;
    let (fields, channel) = (known.fields.clone(), known.channel);
    let kind = FactKind::Happened { cycle: task.cycle, entry, outcome, fields, channel };
    Some(Fact::on(on, kind))
}
