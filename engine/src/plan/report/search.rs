//! The work search: whom the seeker turned to on which day, how, about what, and what came of it.
//!
//! Facts only: each line is something that was recorded. It must not claim that any office accepts
//! them.

use jiff::civil::{Date, Time};

use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::appointment::Appointment;
use crate::plan::situation::Situation;
use crate::plan::state::{Completed, CycleState, Happening};
use crate::playbook::{Id, Outcome};
use crate::words::Words;

/// One contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRecord {
    /// The day.
    pub on: Date,
    /// The person; none where they were forgotten.
    pub person: Option<Words>,
    /// Where they work.
    pub employer: Option<Words>,
    /// What they do there.
    pub position: Option<Words>,
    /// What it was.
    pub contacted: Contacted,
    /// What the step says.
    pub what: String,
    /// What came of it up to the moment of asking, newest last.
    pub result: Vec<(Date, String)>,
}

/// How somebody was contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contacted {
    /// A message on this channel.
    Message(Channel),
    /// A conversation, at this time where it is known.
    Talk(Option<Time>),
}

/// Every contact from `from` to `to`, both included, in the order of days: messages that went out,
/// and conversations that were held. Drafts, plans and tasks for oneself are none.
pub fn work_search(situation: &Situation<'_>, from: Date, to: Date) -> Vec<SearchRecord> {
    let mut records = Vec::new();
    for cycle in situation.state.cycles.values() {
        for (task, done) in &cycle.log.completed {
            let Some(entry) = task.entry.filter(|_| done.how == Completed::Done) else { continue };
            let step = situation.playbook.step(&task.step);
            let talk = step.and_then(|step| step.sets.as_ref());
            let contacted = match (&done.sent, talk) {
                (Some(sent), _) => Contacted::Message(sent.channel),
                (None, Some(outcome)) if is_a_talk(situation, outcome) => {
                    Contacted::Talk(time_of_talk(situation, cycle, entry))
                }
                (None, _) => continue,
            };
            if done.on < from || done.on > to {
                continue;
            }
            let what = step.map_or_else(|| task.step.to_string(), |step| step.title.clone());
            records.push(record(situation, cycle, entry, done.on, contacted, what));
        }
        records.extend(talks_without_task(situation, cycle, from, to));
    }
    records.sort_by(|one, other| {
        let person =
            |record: &SearchRecord| record.person.as_ref().map(|name| name.raw().to_owned());
        (one.on, person(one), &one.what).cmp(&(other.on, person(other), &other.what))
    });
    records
}

/// A conversation is what a step sets when it is done and what implies an answer.
fn is_a_talk(situation: &Situation<'_>, outcome: &Id) -> bool {
    situation.playbook.outcome(outcome).is_some_and(|known| known.implies_reply && !known.ends)
}

/// Conversations that were written down as outcomes, and not by doing a task.
fn talks_without_task(
    situation: &Situation<'_>,
    cycle: &CycleState,
    from: Date,
    to: Date,
) -> Vec<SearchRecord> {
    let today = situation.today();
    let steps = situation.playbook.steps.iter();
    let talks: Vec<(&Id, &Id)> =
        steps.filter_map(|step| Some((step.sets.as_ref()?, &step.id))).collect();
    let mut records = Vec::new();
    for (entry, happened) in &cycle.happenings {
        for (outcome, step) in &talks {
            let Some(standing) = happened.standing(situation.playbook, outcome, today) else {
                continue;
            };
            let told = cycle.log.completed.iter().any(|(task, done)| {
                task.step == **step && task.entry == Some(*entry) && done.how == Completed::Done
            });
            if told || !is_a_talk(situation, outcome) || standing.on < from || standing.on > to {
                continue;
            }
            let title = situation.playbook.outcome(outcome).map(|known| known.title.clone());
            let contacted = Contacted::Talk(standing.time);
            let what = title.unwrap_or_else(|| outcome.to_string());
            records.push(record(situation, cycle, *entry, standing.on, contacted, what));
        }
    }
    records
}

fn record(
    situation: &Situation<'_>,
    cycle: &CycleState,
    entry: EntryId,
    on: Date,
    contacted: Contacted,
    what: String,
) -> SearchRecord {
    let known = situation.book.get(entry);
    let company = known.and_then(|known| known.company).and_then(|id| situation.book.get(id));
    let field = |name: &str| known.and_then(|known| known.field(name));
    SearchRecord {
        on,
        person: known.map(|known| known.name.clone()).filter(|name| !name.is_blank()),
        employer: company.map(|company| company.name.clone()).or_else(|| field("company")),
        position: field("position"),
        contacted,
        what,
        result: results(situation, cycle, entry),
    }
}

/// What came from the person in this cycle, in the words of the playbook, each with its day: also
/// what had come before this contact, for that is how matters stand with them.
fn results(situation: &Situation<'_>, cycle: &CycleState, entry: EntryId) -> Vec<(Date, String)> {
    let (playbook, today) = (situation.playbook, situation.today());
    let Some(happened) = cycle.happenings.get(&entry) else { return Vec::new() };
    let standing = |outcome: &Outcome| -> Option<(Date, String)> {
        let standing: &Happening = happened.standing(playbook, &outcome.id, today)?;
        Some((standing.on, outcome.title.clone()))
    };
    let mut results: Vec<(Date, String)> = playbook.outcomes.iter().filter_map(standing).collect();
    // An answer that is implied by what else came on its day is told by that.
    let reply = playbook.outcome("replied").map(|outcome| outcome.title.clone());
    let implied = |day: Date, results: &[(Date, String)]| {
        results.iter().any(|(other, title)| *other == day && Some(title) != reply.as_ref())
    };
    let all = results.clone();
    results.retain(|(day, title)| Some(title) != reply.as_ref() || !implied(*day, &all));
    results.sort_by_key(|(day, _)| *day);
    results
}

/// The time of the appointment, where one was agreed on.
fn time_of_talk(situation: &Situation<'_>, cycle: &CycleState, entry: EntryId) -> Option<Time> {
    let happened = cycle.happenings.get(&entry)?;
    let today = situation.today();
    let agreed = situation.playbook.outcomes.iter().find_map(|outcome| {
        let standing = happened.standing(situation.playbook, &outcome.id, today)?;
        let mut timed =
            standing.fields.values().filter(|value| value.raw().contains(['T', 't', ':']));
        timed.find_map(|value| Appointment::read(value.raw()))
    });
    agreed.map(|appointment| appointment.seen_in(&situation.state.zone).time())
}
