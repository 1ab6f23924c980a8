//! Facts: from their forms, of any released version.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};

use super::names;
use super::{corrupt, from_json, newer, wire};
use crate::calendar::{BusyTimes, Hours, WeekdaySet};
use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::{Compared, Fact, FactKind, Occurrence, Sent, TaskKey};
use crate::playbook::{Decision, Id};
use crate::store::StoreError;
use crate::words::Words;

/// What stands beside a form.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Beside<'w> {
    pub(in crate::store) on: Date,
    pub(in crate::store) time: Option<Time>,
    pub(in crate::store) cycle: u32,
    pub(in crate::store) entry: Option<EntryId>,
    pub(in crate::store) words: &'w [Words],
}

impl Beside<'_> {
    fn word(&self, kind: &str, slot: wire::Slot) -> Result<Words, StoreError> {
        self.words.get(slot).cloned().ok_or_else(|| corrupt(kind, "its words are missing"))
    }

    fn all(
        &self,
        kind: &str,
        slots: BTreeMap<String, wire::Slot>,
    ) -> Result<BTreeMap<Id, Words>, StoreError> {
        slots.into_iter().map(|(id, slot)| Ok((read_id(&id), self.word(kind, slot)?))).collect()
    }

    fn somebody(&self, kind: &str) -> Result<EntryId, StoreError> {
        self.entry.ok_or_else(|| corrupt(kind, "it is about nobody"))
    }

    fn task(&self, task: wire::Task) -> TaskKey {
        let occurrence =
            task.on.map(|date| Occurrence { date: date.0, time: task.at.map(|time| time.0) });
        TaskKey { cycle: self.cycle, step: read_id(&task.step), entry: self.entry, occurrence }
    }
}

/// Reads a fact that any released version wrote down.
pub(in crate::store) fn decode_fact(
    kind: &str,
    version: u32,
    body: &str,
    beside: &Beside<'_>,
) -> Result<Fact, StoreError> {
    if version > names::VERSION {
        return Err(newer("a fact", kind, version));
    }
    let about_plan = of_plan(kind, body, beside)?;
    let kind = match about_plan {
        Some(about_plan) => about_plan,
        None => of_cycle(kind, body, beside)?.ok_or_else(|| newer("a fact", kind, version))?,
    };
    Ok(Fact { on: beside.on, time: beside.time, kind })
}

/// Facts about a plan as a whole; none where it is another fact.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of fact")]
fn of_plan(kind: &str, body: &str, beside: &Beside<'_>) -> Result<Option<FactKind>, StoreError> {
    Ok(Some(match kind {
        names::PLAN_STARTED => {
            let form: wire::PlanStarted = from_json(kind, body)?;
            FactKind::PlanStarted {
                playbook: form.playbook,
                zone: form.zone,
                weekdays: read_weekdays(kind, &form.weekdays)?,
                hours: read_hours(kind, &form.hours)?,
                seed: form.seed,
            }
        }
        names::INPUT_SET => {
            let form: wire::InputSet = from_json(kind, body)?;
            FactKind::InputSet {
                input: read_id(&form.input),
                value: beside.word(kind, form.value)?,
            }
        }
        names::ZONE_SET => {
            let form: wire::ZoneSet = from_json(kind, body)?;
            FactKind::ZoneSet { zone: form.zone }
        }
        names::WEEKDAYS_SET => {
            let form: wire::WeekdaysSet = from_json(kind, body)?;
            FactKind::WeekdaysSet { weekdays: read_weekdays(kind, &form.weekdays)? }
        }
        names::HOURS_SET => {
            FactKind::HoursSet { hours: read_hours(kind, &from_json(kind, body)?)? }
        }
        names::BUSY_SET => {
            let form: wire::BusySet = from_json(kind, body)?;
            let instant = |second: i64| {
                let broken = |_| corrupt(kind, "an instant beyond all calendars");
                Timestamp::from_second(second).map_err(broken)
            };
            let spans = form.times.iter().map(|(from, to)| Ok((instant(*from)?, instant(*to)?)));
            FactKind::BusySet { times: spans.collect::<Result<BusyTimes, StoreError>>()? }
        }
        names::DAYS_OFF => {
            let form: wire::Days = from_json(kind, body)?;
            FactKind::DaysOff { from: form.from.0, to: form.to.0 }
        }
        names::AWAY => {
            let form: wire::Days = from_json(kind, body)?;
            FactKind::Away { from: form.from.0, to: form.to.0 }
        }
        names::PLAYBOOK_TAKEN => {
            let form: wire::PlaybookTaken = from_json(kind, body)?;
            let renamed = read_renamed(&form.renamed);
            FactKind::PlaybookTaken { playbook: form.playbook, renamed, setup: form.setup }
        }
        names::PLAYBOOK_PLANNED => {
            let form: wire::PlaybookTaken = from_json(kind, body)?;
            let renamed = read_renamed(&form.renamed);
            FactKind::PlaybookPlanned { playbook: form.playbook, renamed }
        }
        names::SHARED => {
            let form: wire::Shared = from_json(kind, body)?;
            FactKind::Shared { bundle: form.bundle }
        }
        names::CYCLE_STARTED => {
            let form: wire::CycleStarted = from_json(kind, body)?;
            let compared = form.compared.as_ref().map(read_compared);
            FactKind::CycleStarted { cycle: form.cycle, start: form.start.0, compared }
        }
        names::COMPARED => {
            let form: wire::CycleCompared = from_json(kind, body)?;
            FactKind::Compared { cycle: form.cycle, compared: read_compared(&form.compared) }
        }
        names::SECOND_CHANGE => {
            let form: wire::SecondChange = from_json(kind, body)?;
            FactKind::SecondChange { cycle: form.cycle, what: form.what }
        }
        names::CYCLE_STOPPED => {
            let form: wire::CycleStopped = from_json(kind, body)?;
            FactKind::CycleStopped { cycle: form.cycle }
        }
        names::DECIDED => {
            let form: wire::Decided = from_json(kind, body)?;
            FactKind::Decided {
                cycle: form.cycle,
                decision: match form.decision {
                    wire::Decision::Use => Decision::Use,
                    wire::Decision::Again => Decision::Again,
                    wire::Decision::Stop => Decision::Stop,
                },
                option: form.option.as_deref().map(read_id),
                why: beside.word(kind, form.why)?,
                shown: form.shown,
            }
        }
        names::WORDED => {
            let form: wire::Worded = from_json(kind, body)?;
            FactKind::Worded {
                message: read_id(&form.message),
                option: form.option.as_deref().map(read_id),
                text: beside.word(kind, form.text)?,
            }
        }
        _ => return Ok(None),
    }))
}

/// Facts about a task or somebody in a cycle; none where it is another fact.
fn of_cycle(kind: &str, body: &str, beside: &Beside<'_>) -> Result<Option<FactKind>, StoreError> {
    let cycle = beside.cycle;
    Ok(Some(match kind {
        names::LISTED => {
            let form: wire::Listed = from_json(kind, body)?;
            let (entry, option) = (beside.somebody(kind)?, form.option.as_deref().map(read_id));
            FactKind::Listed { cycle, entry, rank: form.rank, option, counts: form.counts }
        }
        names::UNLISTED => {
            let wire::Unlisted {} = from_json(kind, body)?;
            FactKind::Unlisted { cycle, entry: beside.somebody(kind)? }
        }
        names::DONE | names::CORRECTED => {
            let form: wire::Done = from_json(kind, body)?;
            let sent = form.sent.map(|sent| read_sent(kind, &sent, beside)).transpose()?;
            let answers = beside.all(kind, form.answers)?;
            let task = beside.task(form.task);
            if kind == names::DONE {
                FactKind::Done { task, answers, sent }
            } else {
                FactKind::Corrected { task, answers, sent }
            }
        }
        names::SKIPPED => {
            let form: wire::Skipped = from_json(kind, body)?;
            let reason = form.reason.map(|slot| beside.word(kind, slot)).transpose()?;
            FactKind::Skipped { task: beside.task(form.task), reason }
        }
        names::POSTPONED => {
            let form: wire::Postponed = from_json(kind, body)?;
            FactKind::Postponed { task: beside.task(form.task), to: form.to.0 }
        }
        names::HAPPENED => {
            let form: wire::Happened = from_json(kind, body)?;
            FactKind::Happened {
                cycle,
                entry: beside.somebody(kind)?,
                outcome: read_id(&form.outcome),
                fields: beside.all(kind, form.fields)?,
                channel: form.channel.map(|name| read_channel(kind, &name)).transpose()?,
            }
        }
        _ => return Ok(None),
    }))
}

/// The task that a recorded completion is about, without what was said.
pub(in crate::store) fn decode_completed(
    version: u32,
    body: &str,
    beside: &Beside<'_>,
) -> Result<TaskKey, StoreError> {
    if version > names::VERSION {
        return Err(newer("a fact", names::DONE, version));
    }
    let form: wire::Done = from_json(names::DONE, body)?;
    Ok(beside.task(form.task))
}

fn read_id(text: &str) -> Id {
    Id::from(text)
}

fn read_renamed(names: &BTreeMap<String, String>) -> BTreeMap<Id, Id> {
    names.iter().map(|(old, new)| (read_id(old), read_id(new))).collect()
}

fn read_sent(kind: &str, sent: &wire::Sent, beside: &Beside<'_>) -> Result<Sent, StoreError> {
    Ok(Sent {
        message: read_id(&sent.message),
        option: sent.option.as_deref().map(read_id),
        channel: read_channel(kind, &sent.channel)?,
        text: beside.word(kind, sent.text)?,
        subject: sent.subject.map(|slot| beside.word(kind, slot)).transpose()?,
    })
}

fn read_compared(form: &wire::Compared) -> Compared {
    Compared {
        choice: read_id(&form.choice),
        option: read_id(&form.option),
        baseline: read_id(&form.baseline),
        split: form.split,
        looks: form.looks,
    }
}

fn read_weekdays(kind: &str, numbers: &[i8]) -> Result<WeekdaySet, StoreError> {
    let weekday = |number: &i8| Weekday::from_monday_one_offset(*number);
    numbers.iter().map(weekday).collect::<Result<_, _>>().map_err(|error| corrupt(kind, error))
}

fn read_hours(kind: &str, form: &wire::Hours) -> Result<Hours, StoreError> {
    Hours::new(form.from.0, form.to.0).ok_or_else(|| corrupt(kind, "hours end before they start"))
}

fn read_channel(kind: &str, name: &str) -> Result<Channel, StoreError> {
    let unknown = || corrupt(kind, format_args!("no channel is called `{name}`"));
    Channel::parse(name).ok_or_else(unknown)
}
