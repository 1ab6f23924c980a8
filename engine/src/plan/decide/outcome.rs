//! Outcomes: what came back from a person, and what cannot have.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::{Accepted, Note, check_answers, check_day};
use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::agenda::name;
use crate::plan::appointment::Appointment;
use crate::plan::fact::{Fact, FactKind};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::{CycleState, Happenings};
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
    check_answers(&known.fields, record.fields)?;
    let fields = &with_zones(situation, known, record.fields);
    let record = &Record { fields, ..*record };
    let who = name(situation, record.entry);
    let Some(cycle) = cycle_of(situation, record.entry, record.on) else {
        return Err(Rejection::NotListed { name: who });
    };
    if !anyway {
        check_message(cycle, known, record, &who)?;
    }
    let nothing = Happenings::default();
    let happenings = cycle.happenings.get(&record.entry).unwrap_or(&nothing);
    check_possible(situation, happenings, known, &who)?;
    if let Some(known_since) = same(situation, happenings, known, record) {
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
        Some(before) if known.id != Id::from("auto_reply") => {
            accepted.note(Note::Replaces { on: before.on, fields: before.fields.clone() })
        }
        Some(_) | None => accepted,
    })
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
/// and one that was answered was delivered.
fn check_possible(
    situation: &Situation<'_>,
    happenings: &Happenings,
    outcome: &Outcome,
    who: &Words,
) -> Result<(), Rejection> {
    let today = situation.today();
    let standing = |id: &str| happenings.standing(situation.playbook, id, today);
    let answer = outcome.implies_reply || &*outcome.id == "replied";
    let contradiction = if &*outcome.id == "bounced" {
        standing("replied").map(|reply| (Id::from("replied"), reply.on))
    } else if answer || &*outcome.id == "accepted" {
        standing("bounced").map(|bounce| (Id::from("bounced"), bounce.on))
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

/// F5: the same fact twice changes nothing, and neither does a second reply on a later day.
fn same(
    situation: &Situation<'_>,
    happenings: &Happenings,
    outcome: &Outcome,
    record: &Record<'_>,
) -> Option<Date> {
    let before = happenings.standing(situation.playbook, &outcome.id, situation.today())?;
    if &*outcome.id == "replied" {
        return (record.on >= before.on && record.channel.is_none()).then_some(before.on);
    }
    let alike = before.on == record.on
        && before.time == record.time
        && before.fields == *record.fields
        && before.channel == record.channel;
    alike.then_some(before.on)
}
