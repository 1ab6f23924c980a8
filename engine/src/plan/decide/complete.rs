//! Done, skipped, later: what may be said about a task.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Accepted, Note, check_answers, check_day};
use crate::message::{Channel, LONGEST_TEXT};
use crate::plan::agenda::name;
use crate::plan::fact::{Fact, FactKind, Sent};
use crate::plan::letter::{channel, draft_via, judge};
use crate::plan::rejection::{NotOpen, Rejection};
use crate::plan::resolve::{CycleTable, Resolution, resolve};
use crate::plan::situation::{Place, Situation};
use crate::plan::state::{Completed, CycleState, Member};
use crate::plan::status::{Reason, Standing, Status};
use crate::plan::{TaskKey, due};
use crate::playbook::{Id, List, Required, Step, StepKind};
use crate::words::Words;

/// A task that was found: its step, its place, how it stands.
struct Found<'a> {
    step: &'a Step,
    place: Place<'a>,
    standing: Standing,
}

/// What is told of a task that was done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'t> {
    pub(super) on: Date,
    pub(super) answers: &'t BTreeMap<Id, Words>,
    /// What went out, where it is not the draft.
    pub(super) text: Option<&'t Words>,
    /// How it went out, where it is not as planned.
    pub(super) via: Option<Channel>,
}

pub(super) fn done<'a>(
    situation: &Situation<'a>,
    known: Option<&Resolution<'a>>,
    task: &TaskKey,
    told: &Told<'_>,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let Told { on, answers, .. } = *told;
    check_day(situation, on)?;
    match situation.state.completion(task) {
        Some(known) if known.how == Completed::Done => return Ok(Accepted::known(known.on)),
        Some(skipped) => {
            // F5: done after all. Whether it may be is asked as if it had not been skipped.
            let (mut state, skipped_on) = (situation.state.clone(), skipped.on);
            state.reopen(task);
            let Situation { playbook, book, elsewhere, now, .. } = situation;
            let open = Situation::new(playbook, &state, book, elsewhere, *now);
            let replaces = Note::Replaces { on: skipped_on, fields: BTreeMap::new() };
            return Ok(done(&open, None, task, told, anyway)?.note(replaces));
        }
        None => {}
    }
    let found = match known {
        Some(known) => find_in(situation, known, task)?,
        None => find(situation, task)?,
    };
    check_answers(&found.step.record, answers)?;
    if told.via.is_some() || told.text.is_some() {
        check_message(found.step)?;
    }
    let mut accepted = Accepted::default();
    match found.standing.status {
        Status::Due | Status::Overdue | Status::Blocked => {}
        Status::Scheduled => {
            let planned = found.standing.available.filter(|day| *day > on);
            accepted.notes.extend(planned.map(|planned| Note::Early { planned }));
        }
        Status::Done => return Ok(Accepted::known(found.standing.finished.unwrap_or(on))),
        // A missed occurrence that was kept after all: facts may be recorded late (F3).
        Status::Closed if found.standing.reason == Reason::NewerOccurrence => {}
        // Whoever has not accepted a request can be written to in another way.
        Status::Waiting
            if found.standing.reason == Reason::NotAccepted
                && told.via.is_some_and(|via| via != Channel::LinkedIn) => {}
        Status::NotNeeded | Status::Closed | Status::Waiting if anyway => {}
        Status::NotNeeded | Status::Closed | Status::Waiting | Status::Skipped => {
            return Err(not_open(situation, task, &found));
        }
    }
    match &found.step.kind {
        StepKind::Decide(_) => return Err(not_open(situation, task, &found)),
        StepKind::Choose(choice) => return Err(choice_needed(situation, &found, choice)),
        StepKind::Task
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Fill(_)
        | StepKind::Send(_)
        | StepKind::Every(_) => {}
    }
    let sent = sent(situation, &found, told, &mut accepted)?;
    if let StepKind::Write(message) = &found.step.kind {
        accepted.facts.extend(taken_as_it_is(situation, &found, message, on));
    }
    if sent.is_some() {
        accepted.facts.extend(off_later_lists(situation, &found));
    }
    let kind = FactKind::Done { task: task.clone(), answers: answers.clone(), sent };
    accepted.facts.push(Fact::on(on, kind));
    accepted.facts.extend(set_outcome(&found, on));
    Ok(accepted)
}

/// L5, E4: each person belongs to one cycle. Whoever gets their first message in this one leaves the
/// list of a later one that was prepared with them.
fn off_later_lists(situation: &Situation<'_>, found: &Found<'_>) -> Vec<Fact> {
    let (cycle, Some(entry)) = (found.place.cycle, found.place.entry()) else { return Vec::new() };
    if !cycle.sent_to(entry).is_empty() {
        return Vec::new();
    }
    let later = situation.state.cycles.range(cycle.number + 1..).map(|(_, later)| later);
    later
        .filter(|later| later.member(entry).is_some() && later.sent_to(entry).is_empty())
        .map(|later| FactKind::Unlisted { cycle: later.number, entry })
        .map(|kind| Fact::on(situation.today(), kind))
        .collect()
}

fn choice_needed(situation: &Situation<'_>, found: &Found<'_>, choice: &Id) -> Rejection {
    let baseline = situation.baseline(found.place.cycle, choice);
    let options = situation.playbook.choice(choice).map(|known| &known.options[..]);
    Rejection::ChoiceNeeded {
        choice: choice.clone(),
        options: options
            .unwrap_or_default()
            .iter()
            .filter(|option| Some(&option.id) != baseline)
            .map(|option| option.id.clone())
            .collect(),
    }
}

/// What went out with a message step: the text given, or the draft as it stood on that day (M5).
fn sent(
    situation: &Situation<'_>,
    found: &Found<'_>,
    told: &Told<'_>,
    accepted: &mut Accepted,
) -> Result<Option<Sent>, Rejection> {
    let Told { on, text, via, .. } = *told;
    let StepKind::Send(message) = &found.step.kind else { return Ok(None) };
    let entry = found.place.entry();
    let then;
    let situation = if on == situation.today() {
        situation
    } else {
        then = situation.on_day(on);
        &then
    };
    let who = entry.map_or_else(|| Words::new("this message"), |entry| name(situation, entry));
    text.map_or(Ok(()), check_sent)?;
    let drafted = draft_via(situation, found.place, message, via);
    if let Some(words) = text.or(drafted.as_ref().ok().map(|draft| &draft.text)) {
        // It is recorded whatever is said about it (M3).
        let judged = judge(situation, found.place, message, words.raw(), via);
        let sentences: Vec<String> = judged.into_iter().map(|breach| breach.message).collect();
        if !sentences.is_empty() {
            accepted.notes.push(Note::Advice { sentences });
        }
    }
    match (drafted, text) {
        (Ok(draft), text) => Ok(Some(Sent {
            message: message.clone(),
            option: draft.option,
            channel: draft.channel,
            subject: draft.subject,
            text: text.cloned().unwrap_or(draft.text),
        })),
        (Err(hindrance), Some(text)) => {
            let known = situation.playbook.message(message);
            let option = known
                .and_then(|known| known.by.as_ref())
                .and_then(|choice| situation.option(found.place, choice))
                .cloned();
            known
                .map(|known| {
                    Some(Sent {
                        message: message.clone(),
                        option,
                        channel: via.unwrap_or_else(|| channel(situation, found.place, known)),
                        subject: None,
                        text: text.clone(),
                    })
                })
                .ok_or(Rejection::NotReady { name: who, hindrance })
        }
        (Err(hindrance), None) => Err(Rejection::NotReady { name: who, hindrance }),
    }
}

/// Words and a channel belong to a message.
pub(super) fn check_message(step: &Step) -> Result<(), Rejection> {
    if matches!(step.kind, StepKind::Send(_)) {
        return Ok(());
    }
    Err(Rejection::NoMessage { title: step.title.clone() })
}

/// A text that was sent has words, and is no longer than any message.
pub(super) fn check_sent(text: &Words) -> Result<(), Rejection> {
    let wanted = if text.is_blank() {
        "the words that were sent"
    } else if text.raw().len() > LONGEST_TEXT {
        "a message of at most 64 KiB"
    } else {
        return Ok(());
    };
    let shown = if text.is_blank() { text.clone() } else { Words::new("this text") };
    Err(Rejection::BadValue { field: Id::from("text"), value: shown, wanted: wanted.to_owned() })
}

/// Writing a message without changing it takes the coach's words for every option in force.
fn taken_as_it_is(
    situation: &Situation<'_>,
    found: &Found<'_>,
    message: &Id,
    on: Date,
) -> Vec<Fact> {
    situation
        .options_in_force(found.place.cycle, message)
        .into_iter()
        .filter(|option| !situation.state.wording.contains_key(&(message.clone(), option.clone())))
        .map(|option| {
            let text = Words::new("");
            Fact::on(on, FactKind::Worded { message: message.clone(), option, text })
        })
        .collect()
}

/// `sets`: doing the step records the outcome.
fn set_outcome(found: &Found<'_>, on: Date) -> Option<Fact> {
    let kind = FactKind::Happened {
        cycle: found.place.cycle.number,
        entry: found.place.entry()?,
        outcome: found.step.sets.clone()?,
        fields: BTreeMap::new(),
        channel: None,
    };
    Some(Fact::on(on, kind))
}

pub(super) fn skip(
    situation: &Situation<'_>,
    task: &TaskKey,
    on: Date,
    reason: Option<&Words>,
) -> Result<Accepted, Rejection> {
    check_day(situation, on)?;
    if let Some(done) = situation.state.completion(task)
        && matches!(done.how, Completed::Skipped(_))
    {
        return Ok(Accepted::known(done.on));
    }
    let found = find(situation, task)?;
    if !found.standing.status.is_open() || matches!(found.step.kind, StepKind::Decide(_)) {
        return Err(not_open(situation, task, &found));
    }
    let title = found.step.title.clone();
    let reason = reason.filter(|reason| !reason.is_blank());
    match found.step.required {
        Required::Must => return Err(Rejection::MustBeDone { title }),
        Required::UnlessReason if reason.is_none() => {
            return Err(Rejection::ReasonNeeded { title });
        }
        Required::UnlessReason | Required::Optional => {}
    }
    let kind = FactKind::Skipped { task: task.clone(), reason: reason.cloned() };
    Ok(Accepted::facts([Fact::on(on, kind)]))
}

pub(super) fn later(
    situation: &Situation<'_>,
    task: &TaskKey,
    to: Date,
) -> Result<Accepted, Rejection> {
    if to <= situation.today() {
        return Err(Rejection::NotLater { to });
    }
    let found = find(situation, task)?;
    if !found.standing.status.is_open() {
        return Err(not_open(situation, task, &found));
    }
    let kind = FactKind::Postponed { task: task.clone(), to };
    let accepted = Accepted::facts([Fact::on(situation.today(), kind)]);
    let end = situation.dates(found.place.cycle).end;
    let beyond = task.cycle > 0 && to > end;
    Ok(if beyond { accepted.note(Note::BeyondCycle { end }) } else { accepted })
}

fn not_open(situation: &Situation<'_>, task: &TaskKey, found: &Found<'_>) -> Rejection {
    let who = found.place.entry().map(|entry| name(situation, entry));
    let reply = found
        .place
        .entry()
        .and_then(|entry| found.place.cycle.happenings.get(&entry))
        .and_then(|happenings| happenings.reply(situation.playbook, situation.today()));
    if let (StepKind::Send(_), Status::NotNeeded, Some(reply), Some(who)) =
        (&found.step.kind, found.standing.status, reply, &who)
    {
        return Rejection::RepliedMeanwhile { name: who.clone(), on: reply.on };
    }
    Rejection::NotOpen(Box::new(NotOpen {
        task: task.clone(),
        title: found.step.title.clone(),
        name: who,
        status: found.standing.status,
        reason: found.standing.reason.clone(),
        finished: found.standing.finished,
    }))
}

fn find<'a>(situation: &Situation<'a>, task: &TaskKey) -> Result<Found<'a>, Rejection> {
    find_in(situation, &resolve(situation), task)
}

fn find_in<'a>(
    situation: &Situation<'a>,
    resolution: &Resolution<'a>,
    task: &TaskKey,
) -> Result<Found<'a>, Rejection> {
    let missing = || Rejection::NoTask { task: task.clone() };
    let position = situation.playbook.positions.get(&task.step).ok_or_else(missing)?;
    let step = situation.playbook.steps.get(*position).ok_or_else(missing)?;
    let table = resolution
        .cycles
        .iter()
        .rev()
        .find(|table| task.cycle == 0 || table.cycle.number == task.cycle)
        .ok_or_else(missing)?;
    let place = place(situation, table.cycle, step, task).ok_or_else(missing)?;
    let standing = match task.occurrence {
        Some(_) => occurrence(situation, table, *position, task),
        None => table.standing(step, *position, task.entry).cloned(),
    };
    let standing = standing.ok_or_else(missing)?;
    Ok(Found { step, place, standing })
}

fn place<'a>(
    situation: &Situation<'a>,
    cycle: &'a CycleState,
    step: &Step,
    task: &TaskKey,
) -> Option<Place<'a>> {
    let members: &'a [Member] = match step.for_each {
        None => return Some(Place::whole(cycle)),
        Some(List::People) => &cycle.members,
        Some(List::Companies) => &situation.state.companies,
    };
    let entry = task.entry?;
    members.iter().find(|member| member.entry == entry).map(|member| Place::of(cycle, member))
}

/// An occurrence of a habit: the current one, the next, or one that was missed and is closed.
fn occurrence(
    situation: &Situation<'_>,
    table: &CycleTable<'_>,
    position: usize,
    task: &TaskKey,
) -> Option<Standing> {
    let wanted = task.occurrence?;
    let current = table.columns.get(position)?.habit.iter().find(|task| task.occurrence == wanted);
    if let Some(current) = current {
        return Some(current.standing.clone());
    }
    let day = due::occurrences(situation, table.cycle, position)
        .into_iter()
        .find(|day| day.key == wanted)?;
    let (status, reason) = if day.off {
        (Status::Closed, Reason::DayOff)
    } else if day.date > situation.today() {
        (Status::Scheduled, Reason::Day)
    } else {
        (Status::Closed, Reason::NewerOccurrence)
    };
    Some(Standing { available: Some(day.date), ..Standing::undated(status, reason) })
}
