//! Outcomes: what came back from a person, and what cannot have.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::{Accepted, Note, check_answers, check_day};
use crate::calendar::show_day;
use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::agenda::name;
use crate::plan::appointment::Appointment;
use crate::plan::fact::{Fact, FactKind};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::{CycleState, Happening, Happenings};
use crate::playbook::{FieldKind, Id, Outcome};
use crate::words::Words;

/// What is to be recorded about whom.
pub(super) struct Record<'r> {
    pub(super) entry: EntryId,
    pub(super) on: Date,
    pub(super) time: Option<Time>,
    pub(super) fields: &'r BTreeMap<Id, Words>,
    pub(super) channel: Option<Channel>,
}

pub(super) fn record(
    situation: &Situation<'_>,
    outcome: &str,
    record: &Record<'_>,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    check_day(situation, record.on)?;
    let playbook = situation.playbook;
    let Some(known) = playbook.outcome(outcome) else {
        return Err(Rejection::UnknownOutcome {
            outcome: outcome.to_owned(),
            known: playbook.outcomes.iter().map(|known| known.id.clone()).collect(),
        });
    };
    check_time(situation, record)?;
    check_answers(&known.fields, record.fields)?;
    check_return(known, record)?;
    let fields = &with_zones(situation, known, record.fields);
    let record = &Record { fields, ..*record };
    let who = name(situation, record.entry);
    let Some(cycle) = cycle_of(situation, record.entry, record.on) else {
        return Err(Rejection::NotListed { name: who });
    };
    if !anyway {
        check_message(cycle, known, record, &who)?;
        check_appointment(situation, cycle, known, record, &who)?;
    }
    let nothing = Happenings::default();
    let happenings = cycle.happenings.get(&record.entry).unwrap_or(&nothing);
    check_possible(situation, cycle, happenings, known, record, &who)?;
    if let Some(known_since) = same(situation, happenings, known, record, anyway) {
        return Ok(Accepted::known(known_since));
    }
    let kind = FactKind::Happened {
        cycle: cycle.number,
        entry: record.entry,
        outcome: known.id.clone(),
        fields: record.fields.clone(),
        channel: record.channel,
    };
    let accepted = Accepted::facts([Fact { on: record.on, time: record.time, kind }]);
    let before = happenings.standing(playbook, &known.id, situation.today());
    Ok(match before {
        Some(before) if &*known.id != "auto_reply" && !is_another(known, before, record) => {
            accepted.note(Note::Replaces { on: before.on, fields: before.fields.clone() })
        }
        Some(_) | None => accepted,
    })
}

/// Whoever sends somebody on to a second person has done two things: the first stands.
fn is_another(outcome: &Outcome, before: &Happening, record: &Record<'_>) -> bool {
    &*outcome.id == "referred" && !before.fields.is_empty() && before.fields != *record.fields
}

/// F3: what happened today has happened by now.
fn check_time(situation: &Situation<'_>, record: &Record<'_>) -> Result<(), Rejection> {
    match record.time {
        Some(time) if record.on == situation.today() && time > situation.now.time => {
            Err(Rejection::FutureTime { on: record.on, time })
        }
        Some(_) | None => Ok(()),
    }
}

/// Whoever asks to be written to later names a day that comes after the one on which they ask.
fn check_return(outcome: &Outcome, record: &Record<'_>) -> Result<(), Rejection> {
    if &*outcome.id != "not_now" {
        return Ok(());
    }
    let days = outcome.fields.iter().filter(|field| field.kind == FieldKind::Date);
    for field in days {
        let Some(value) = record.fields.get(&field.id) else { continue };
        if crate::people::read_date(value.raw()).is_some_and(|until| until <= record.on) {
            let wanted = format!("a day after {}, when they said so", show_day(record.on));
            let (field, value) = (field.id.clone(), value.clone());
            return Err(Rejection::BadValue { field, value, wanted });
        }
    }
    Ok(())
}

/// A talk that a message led to comes after it, as everything does that comes back.
fn check_appointment(
    situation: &Situation<'_>,
    cycle: &CycleState,
    outcome: &Outcome,
    record: &Record<'_>,
    who: &Words,
) -> Result<(), Rejection> {
    let Some((sent, _)) = cycle.sent_to(record.entry).first().copied() else { return Ok(()) };
    let moments = outcome.fields.iter().filter(|field| field.kind == FieldKind::Datetime);
    for field in moments {
        let Some(value) = record.fields.get(&field.id) else { continue };
        let Some(read) = Appointment::read(value.raw()) else { continue };
        let on = read.seen_in(&situation.state.zone).date();
        if on < sent {
            return Err(Rejection::BeforeMessage { name: who.clone(), on, sent });
        }
    }
    Ok(())
}

/// D1: an appointment is an instant. A time without a zone is one on the wall of the plan's zone, and
/// is kept with it.
fn with_zones(
    situation: &Situation<'_>,
    outcome: &Outcome,
    fields: &BTreeMap<Id, Words>,
) -> BTreeMap<Id, Words> {
    let is_moment = |name: &Id| {
        let known = outcome.fields.iter().find(|field| field.id == *name);
        known.is_some_and(|field| field.kind == FieldKind::Datetime)
    };
    let zoned = |words: &Words| {
        let read = Appointment::read(words.raw()).filter(|read| read.zone.is_none())?;
        let kept = Appointment::on_the_wall(read.wall, &situation.state.zone)?;
        Some(Words::new(kept.text()))
    };
    fields
        .iter()
        .map(|(name, words)| {
            let kept = if is_moment(name) { zoned(words) } else { None };
            (name.clone(), kept.unwrap_or_else(|| words.clone()))
        })
        .collect()
}

/// E6: an outcome belongs to the cycle of the message it answers: the newest in which something
/// had been sent to the person by its day, else the newest in which anything was, else the newest on
/// whose list they are.
fn cycle_of<'a>(situation: &Situation<'a>, entry: EntryId, on: Date) -> Option<&'a CycleState> {
    let cycles = || situation.state.cycles_of(entry);
    let before = |cycle: &&CycleState| cycle.sent_to(entry).iter().any(|(sent, _)| *sent <= on);
    let any = |cycle: &&CycleState| !cycle.sent_to(entry).is_empty();
    cycles().find(before).or_else(|| cycles().find(any)).or_else(|| cycles().next())
}

/// Nothing comes back before something went out.
fn check_message(
    cycle: &CycleState,
    outcome: &Outcome,
    record: &Record<'_>,
    who: &Words,
) -> Result<(), Rejection> {
    let first = cycle.sent_to(record.entry).first().map(|(on, _)| *on);
    match first {
        None => Err(Rejection::NothingSent { name: who.clone(), outcome: outcome.id.clone() }),
        Some(sent) if record.on < sent => {
            Err(Rejection::BeforeMessage { name: who.clone(), on: record.on, sent })
        }
        Some(_) => Ok(()),
    }
}

/// F5: only what is impossible is refused: a message that could not be delivered was not answered,
/// and one that was answered was delivered. On another way, or to what was sent since, they may answer
/// all the same (M5).
fn check_possible(
    situation: &Situation<'_>,
    cycle: &CycleState,
    happenings: &Happenings,
    outcome: &Outcome,
    record: &Record<'_>,
    who: &Words,
) -> Result<(), Rejection> {
    let today = situation.today();
    let standing = |id: &str| happenings.standing(situation.playbook, id, today);
    let answer = outcome.implies_reply || &*outcome.id == "replied";
    let contradiction = if &*outcome.id == "bounced" {
        standing("replied").map(|reply| (Id::from("replied"), reply.on))
    } else if answer || &*outcome.id == "accepted" {
        let sent = cycle.sent_to(record.entry);
        let first = sent.first().map(|(_, first)| first.channel);
        standing("bounced")
            .filter(|bounce| {
                // On the day itself only another way tells what came after.
                let since = sent.iter().any(|(on, message)| {
                    *on > bounce.on || *on == bounce.on && Some(message.channel) != first
                });
                let before =
                    |channel| sent.iter().any(|(on, it)| *on <= bounce.on && it.channel == channel);
                !since && record.channel.is_none_or(before)
            })
            .map(|bounce| (Id::from("bounced"), bounce.on))
    } else {
        None
    };
    match contradiction {
        Some((recorded, on)) => Err(Rejection::Contradicts {
            name: who.clone(),
            outcome: outcome.id.clone(),
            recorded,
            on,
        }),
        None => Ok(()),
    }
}

/// F5: the same fact twice changes nothing, and neither does a second reply on a later day, unless it
/// is said to be the first one after all. Whoever says less than before says nothing new.
fn same(
    situation: &Situation<'_>,
    happenings: &Happenings,
    outcome: &Outcome,
    record: &Record<'_>,
    anyway: bool,
) -> Option<Date> {
    let before = happenings.standing(situation.playbook, &outcome.id, situation.today())?;
    if &*outcome.id == "replied" {
        let later = record.on > before.on && !anyway || record.on == before.on;
        return (later && record.channel.is_none()).then_some(before.on);
    }
    let alike = before.on == record.on
        && (before.time == record.time || record.time.is_none())
        && (before.fields == *record.fields || record.fields.is_empty())
        && (before.channel == record.channel || record.channel.is_none());
    alike.then_some(before.on)
}
