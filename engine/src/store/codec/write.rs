//! Facts: to their forms.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::names;
use super::{Coded, to_json, wire};
use crate::calendar::{Hours, WeekdaySet};
use crate::plan::{Compared, FactKind, Sent, TaskKey};
use crate::playbook::{Decision, Id};
use crate::store::StoreError;
use crate::words::Words;

/// Gathers the words of a fact.
#[derive(Default)]
struct Pen<'w> {
    words: Vec<&'w Words>,
}

impl<'w> Pen<'w> {
    fn put(&mut self, words: &'w Words) -> wire::Slot {
        self.words.push(words);
        self.words.len() - 1
    }

    fn put_all(&mut self, words: &'w BTreeMap<Id, Words>) -> BTreeMap<String, wire::Slot> {
        words.iter().map(|(id, words)| (id.to_string(), self.put(words))).collect()
    }

    fn done(
        self,
        kind: &'static str,
        form: &impl serde::Serialize,
    ) -> Result<Coded<'w>, StoreError> {
        Ok(Coded { kind, version: names::VERSION, body: to_json(kind, form)?, words: self.words })
    }
}

/// Writes down what happened; day, cycle and entry stand beside it.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of fact")]
pub(in crate::store) fn encode_fact(kind: &FactKind) -> Result<Coded<'_>, StoreError> {
    let mut pen = Pen::default();
    match kind {
        FactKind::PlanStarted { playbook, zone, weekdays, hours, seed } => pen.done(
            names::PLAN_STARTED,
            &wire::PlanStarted {
                playbook: playbook.clone(),
                zone: zone.clone(),
                weekdays: write_weekdays(*weekdays),
                hours: write_hours(*hours),
                seed: *seed,
            },
        ),
        FactKind::InputSet { input, value } => {
            let value = pen.put(value);
            pen.done(names::INPUT_SET, &wire::InputSet { input: input.to_string(), value })
        }
        FactKind::ZoneSet { zone } => {
            pen.done(names::ZONE_SET, &wire::ZoneSet { zone: zone.clone() })
        }
        FactKind::WeekdaysSet { weekdays } => {
            let weekdays = write_weekdays(*weekdays);
            pen.done(names::WEEKDAYS_SET, &wire::WeekdaysSet { weekdays })
        }
        FactKind::HoursSet { hours } => pen.done(names::HOURS_SET, &write_hours(*hours)),
        FactKind::BusySet { times } => {
            let seconds = |(from, to): &(Timestamp, Timestamp)| (from.as_second(), to.as_second());
            let times = times.spans().iter().map(seconds).collect();
            pen.done(names::BUSY_SET, &wire::BusySet { times })
        }
        FactKind::DaysOff { from, to } => pen.done(names::DAYS_OFF, &write_days(*from, *to)),
        FactKind::Away { from, to } => pen.done(names::AWAY, &write_days(*from, *to)),
        FactKind::PlaybookTaken { playbook, renamed, setup } => {
            let form = write_taken(playbook, renamed);
            pen.done(names::PLAYBOOK_TAKEN, &wire::PlaybookTaken { setup: setup.clone(), ..form })
        }
        FactKind::PlaybookPlanned { playbook, renamed } => {
            pen.done(names::PLAYBOOK_PLANNED, &write_taken(playbook, renamed))
        }
        FactKind::Shared { bundle } => {
            pen.done(names::SHARED, &wire::Shared { bundle: bundle.clone() })
        }
        FactKind::CycleStarted { cycle, start, compared } => pen.done(
            names::CYCLE_STARTED,
            &wire::CycleStarted {
                cycle: *cycle,
                start: wire::Text(*start),
                compared: compared.as_ref().map(write_compared),
            },
        ),
        FactKind::Compared { cycle, compared } => {
            let compared = write_compared(compared);
            pen.done(names::COMPARED, &wire::CycleCompared { cycle: *cycle, compared })
        }
        FactKind::SecondChange { cycle, what } => pen
            .done(names::SECOND_CHANGE, &wire::SecondChange { cycle: *cycle, what: what.clone() }),
        FactKind::CycleStopped { cycle } => {
            pen.done(names::CYCLE_STOPPED, &wire::CycleStopped { cycle: *cycle })
        }
        FactKind::Listed { cycle: _, entry: _, rank, option, counts } => pen.done(
            names::LISTED,
            &wire::Listed { rank: *rank, option: write_id(option.as_ref()), counts: *counts },
        ),
        FactKind::Unlisted { cycle: _, entry: _ } => pen.done(names::UNLISTED, &wire::Unlisted {}),
        FactKind::Done { task, answers, sent } => {
            let form = write_done(&mut pen, task, answers, sent.as_ref());
            pen.done(names::DONE, &form)
        }
        FactKind::Corrected { task, answers, sent } => {
            let form = write_done(&mut pen, task, answers, sent.as_ref());
            pen.done(names::CORRECTED, &form)
        }
        FactKind::Skipped { task, reason } => {
            let reason = reason.as_ref().map(|reason| pen.put(reason));
            pen.done(names::SKIPPED, &wire::Skipped { task: write_task(task), reason })
        }
        FactKind::Postponed { task, to } => pen.done(
            names::POSTPONED,
            &wire::Postponed { task: write_task(task), to: wire::Text(*to) },
        ),
        FactKind::Worded { message, option, text } => {
            let text = pen.put(text);
            let (message, option) = (message.to_string(), write_id(option.as_ref()));
            pen.done(names::WORDED, &wire::Worded { message, option, text })
        }
        FactKind::Happened { cycle: _, entry: _, outcome, fields, channel } => {
            let fields = pen.put_all(fields);
            let channel = channel.map(|channel| channel.as_str().to_owned());
            pen.done(
                names::HAPPENED,
                &wire::Happened { outcome: outcome.to_string(), fields, channel },
            )
        }
        FactKind::Decided { cycle, decision, option, why, shown } => {
            let why = pen.put(why);
            pen.done(
                names::DECIDED,
                &wire::Decided {
                    cycle: *cycle,
                    decision: match decision {
                        Decision::Use => wire::Decision::Use,
                        Decision::Again => wire::Decision::Again,
                        Decision::Stop => wire::Decision::Stop,
                    },
                    option: write_id(option.as_ref()),
                    why,
                    shown: shown.clone(),
                },
            )
        }
    }
}

fn write_id(id: Option<&Id>) -> Option<String> {
    id.map(Id::to_string)
}

fn write_taken(playbook: &str, renamed: &BTreeMap<Id, Id>) -> wire::PlaybookTaken {
    let renamed = renamed.iter().map(|(old, new)| (old.to_string(), new.to_string())).collect();
    wire::PlaybookTaken { playbook: playbook.to_owned(), renamed, setup: None }
}

fn write_done<'w>(
    pen: &mut Pen<'w>,
    task: &TaskKey,
    answers: &'w BTreeMap<Id, Words>,
    sent: Option<&'w Sent>,
) -> wire::Done {
    let answers = pen.put_all(answers);
    let sent = sent.map(|sent| wire::Sent {
        message: sent.message.to_string(),
        option: write_id(sent.option.as_ref()),
        channel: sent.channel.as_str().to_owned(),
        text: pen.put(&sent.text),
        subject: sent.subject.as_ref().map(|subject| pen.put(subject)),
    });
    wire::Done { task: write_task(task), answers, sent }
}

fn write_task(task: &TaskKey) -> wire::Task {
    wire::Task {
        step: task.step.to_string(),
        on: task.occurrence.map(|occurrence| wire::Text(occurrence.date)),
        at: task.occurrence.and_then(|occurrence| occurrence.time).map(wire::Text),
    }
}

fn write_compared(compared: &Compared) -> wire::Compared {
    wire::Compared {
        choice: compared.choice.to_string(),
        option: compared.option.to_string(),
        baseline: compared.baseline.to_string(),
        split: compared.split,
        looks: compared.looks,
    }
}

fn write_days(from: Date, to: Date) -> wire::Days {
    wire::Days { from: wire::Text(from), to: wire::Text(to) }
}

fn write_weekdays(weekdays: WeekdaySet) -> Vec<i8> {
    weekdays.iter().map(Weekday::to_monday_one_offset).collect()
}

fn write_hours(hours: Hours) -> wire::Hours {
    wire::Hours { from: wire::Text(hours.from()), to: wire::Text(hours.to()) }
}
