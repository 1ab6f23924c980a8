//! How things stand with one person of a list, and what is still to be noted about them.
//!
//! Knows what was sent and what came back. It must not know how any of it is worded.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::appointment::Appointment;
use super::letter::{Hindrance, draft};
use super::resolve::Resolution;
use super::situation::{Place, Situation};
use super::state::{CycleState, Happening, Happenings};
use crate::people::{Entry, EntryId, Kind};
use crate::playbook::{FieldKind, Id, List, Playbook, StepKind};

/// Where somebody on a list has got to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// They do not want to be written to (S5).
    DoNotContact,
    /// They said no, asked for later, or could not be reached (S4).
    Ended {
        /// The outcome that ended it.
        outcome: Id,
        /// When.
        on: Date,
    },
    /// Something came back: the newest thing that still stands.
    Answered {
        /// The outcome.
        outcome: Id,
        /// When it was recorded to have happened.
        on: Date,
        /// The moment agreed on, for appointments.
        at: Option<DateTime>,
    },
    /// Something was sent, and nothing has come back.
    Sent {
        /// How many messages.
        messages: usize,
        /// When the last one went out.
        on: Date,
    },
    /// Nothing was sent yet.
    Untouched,
}

/// Where somebody on the list of a cycle has got to.
pub fn progress(situation: &Situation<'_>, cycle: &CycleState, entry: EntryId) -> Progress {
    let today = situation.today();
    let playbook = situation.playbook;
    if situation.book.get(entry).is_some_and(|known| known.do_not_contact) {
        return Progress::DoNotContact;
    }
    let happenings = cycle.happenings.get(&entry);
    if let Some((outcome, happening)) = happenings.and_then(|known| known.ended(playbook, today)) {
        return Progress::Ended { outcome: outcome.clone(), on: happening.on };
    }
    let sent = cycle.sent_to(entry);
    let last = sent.iter().map(|(on, _)| *on).filter(|on| *on <= today).max();
    let newest = happenings.and_then(|known| newest(playbook, known, today));
    match (newest, last) {
        // A request that was accepted says less than a message that went out after it.
        (Some((outcome, happening)), Some(last))
            if &*outcome == "accepted" && last >= happening.on =>
        {
            Progress::Sent { messages: sent.len(), on: last }
        }
        (Some((outcome, happening)), _) => {
            let at = moment(situation, &outcome, happening);
            Progress::Answered { outcome, on: happening.on, at }
        }
        (None, Some(on)) => Progress::Sent { messages: sent.len(), on },
        (None, None) => Progress::Untouched,
    }
}

/// The newest outcome that stands; among those of one day the one that says most.
fn newest<'h>(
    playbook: &Playbook,
    happenings: &'h Happenings,
    today: Date,
) -> Option<(Id, &'h Happening)> {
    playbook
        .outcomes
        .iter()
        .filter(|outcome| &*outcome.id != "auto_reply")
        .filter_map(|outcome| {
            let standing = happenings.standing(playbook, &outcome.id, today)?;
            // A talk that was missed is past once a new one is agreed on, also on the same day.
            let cleared = outcome.clears.as_deref();
            if cleared.is_some_and(|it| happenings.standing(playbook, it, today).is_some()) {
                return None;
            }
            Some((outcome.id.clone(), standing))
        })
        // The last of equals: a playbook's own outcomes come after those that always exist.
        .max_by_key(|(outcome, happening)| (&**outcome != "accepted", happening.on))
}

fn moment(situation: &Situation<'_>, outcome: &str, happening: &Happening) -> Option<DateTime> {
    let fields = &situation.playbook.outcome(outcome)?.fields;
    let field = fields.iter().find(|field| field.kind == FieldKind::Datetime)?;
    let appointment = Appointment::read(happening.fields.get(&field.id)?.raw())?;
    Some(appointment.seen_in(&situation.state.zone))
}

/// What is still to be noted about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// Who.
    pub entry: EntryId,
    /// The empty fields, in the order in which they are needed.
    pub fields: Vec<Id>,
}

/// The empty fields that open tasks ask for, for everybody concerned in list order: those of `fill`
/// steps, and those that a message lacks (M2).
pub fn lacks<'a>(situation: &Situation<'a>, resolution: &Resolution<'a>) -> Vec<Lack> {
    let mut order: Vec<EntryId> = Vec::new();
    let mut fields: BTreeMap<EntryId, Vec<Id>> = BTreeMap::new();
    let mut need = |entry: EntryId, field: Id| {
        let known = fields.entry(entry).or_insert_with(|| {
            order.push(entry);
            Vec::new()
        });
        if !known.contains(&field) {
            known.push(field);
        }
    };
    for table in &resolution.cycles {
        for list in [List::Companies, List::People] {
            let members = super::due::members(situation, table.cycle, list);
            for (at, member) in members.iter().enumerate() {
                let silent = |known: &Entry| known.do_not_contact;
                if situation.book.get(member.entry).is_some_and(silent) {
                    continue;
                }
                let place = Place::of(table.cycle, member);
                for position in &situation.playbook.order {
                    let Some(step) = situation.playbook.steps.get(*position) else { continue };
                    let standing =
                        table.columns.get(*position).and_then(|column| column.tasks.get(at));
                    let Some(standing) = standing.filter(|_| step.for_each == Some(list)) else {
                        continue;
                    };
                    match &step.kind {
                        StepKind::Fill(asked) if standing.status.is_open() => {
                            let empty = empty_fields(situation, place, asked);
                            for field in empty {
                                need(member.entry, field);
                            }
                        }
                        StepKind::Send(message) if standing.status.is_dated() => {
                            let Err(Hindrance::Missing(names)) = draft(situation, place, message)
                            else {
                                continue;
                            };
                            for (entry, field) in
                                names.iter().filter_map(|name| whose(situation, member.entry, name))
                            {
                                need(entry, field);
                            }
                        }
                        StepKind::Task
                        | StepKind::Choose(_)
                        | StepKind::Write(_)
                        | StepKind::Collect(_)
                        | StepKind::Fill(_)
                        | StepKind::Send(_)
                        | StepKind::Decide(_)
                        | StepKind::Every(_) => {}
                    }
                }
            }
        }
    }
    let mut lack = |entry: EntryId| Some(Lack { entry, fields: fields.remove(&entry)? });
    order.into_iter().filter_map(&mut lack).collect()
}

fn empty_fields(situation: &Situation<'_>, place: Place<'_>, asked: &[Id]) -> Vec<Id> {
    let Some(entry) = situation.entry_at(place) else { return Vec::new() };
    let empty = |field: &&Id| !is_filled(situation.playbook, entry, field);
    asked.iter().filter(empty).cloned().collect()
}

/// The person or the company whose field a name of a message is.
fn whose(situation: &Situation<'_>, person: EntryId, name: &str) -> Option<(EntryId, Id)> {
    if let Some(field) = name.strip_prefix("person.") {
        return Some((person, Id::from(field)));
    }
    let field = name.strip_prefix("company.")?;
    let entry = situation.book.get(person)?;
    let company = if entry.kind == Kind::Company { Some(entry.id) } else { entry.company };
    Some((company?, Id::from(field)))
}

/// Whether a field of somebody is filled, or has an answer where nobody gives one.
pub fn is_filled(playbook: &Playbook, entry: &Entry, field: &str) -> bool {
    let declared = declared_fields(playbook, entry.kind);
    let default = declared.iter().find(|declared| &*declared.id == field);
    entry.field(field).is_some() || default.is_some_and(|field| field.default.is_some())
}

/// The fields that a playbook adds to the standard ones.
pub fn declared_fields(playbook: &Playbook, kind: Kind) -> &[crate::playbook::Field] {
    match kind {
        Kind::Person => &playbook.people.fields,
        Kind::Company => playbook.companies.as_ref().map_or(&[], |list| &list.fields),
    }
}
