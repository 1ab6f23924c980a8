//! What another day brings if everything due before it is done on time (D11).
//!
//! Rehearses the plan on copies of what is known: each day everything that comes up is done, and
//! the next day is looked at. Nobody answers, nothing is decided in a review, and nothing is
//! recorded anywhere. It must not guess: what people will do is not known.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::agenda::{Agenda, Task, agenda};
use super::due;
use super::fact::{Fact, FactKind, Sent};
use super::letter::draft;
use super::now::Now;
use super::resolve::{CycleTable, resolve};
use super::situation::{Elsewhere, Place, Situation};
use super::state::PlanState;
use super::status::{Reason, Status};
use crate::calendar;
use crate::people::{Book, EntryId, Kind};
use crate::playbook::{Field, FieldKind, List, Playbook, StepKind};
use crate::words::Words;

/// One day of a forecast.
#[derive(Clone, Debug)]
pub struct ForecastDay {
    /// The day.
    pub date: Date,
    /// What will be due on it in the morning.
    pub agenda: Agenda,
    /// Everything that comes up on it, in the order of doing: also what opens only because
    /// something else was done on the same day.
    pub work: Vec<Task>,
}

/// So often a day is looked at again, because something that was done opened something else.
const ROUNDS: usize = 64;

/// A plan on the way into its future: copies, on which everything that is due gets done.
///
/// The steps that lead to the day after are one: [`work_off`](Self::work_off), then
/// [`sleep`](Self::sleep).
#[derive(Clone, Debug)]
pub struct Rehearsal<'a> {
    playbook: &'a Playbook,
    elsewhere: &'a Elsewhere,
    state: PlanState,
    book: Book,
    now: Now,
}

/// What each day from today to `until` brings, both included, if everything is done on time and
/// nobody answers in between (D11). A day before today gives nothing.
pub fn forecast(situation: &Situation<'_>, until: Date) -> Vec<ForecastDay> {
    let mut rehearsal = Rehearsal::new(situation);
    let mut days = Vec::new();
    while rehearsal.today() <= until {
        let agenda = agenda(&rehearsal.situation());
        let work = rehearsal.work_off();
        days.push(ForecastDay { date: rehearsal.today(), agenda, work });
        if !rehearsal.sleep() {
            break;
        }
    }
    days
}

impl<'a> Rehearsal<'a> {
    /// A plan as it stands.
    pub fn new(situation: &Situation<'a>) -> Self {
        Self {
            playbook: situation.playbook,
            elsewhere: situation.elsewhere,
            state: situation.state.clone(),
            book: situation.book.clone(),
            now: situation.now,
        }
    }

    /// The day that the rehearsal has come to.
    pub fn today(&self) -> Date {
        self.now.date
    }

    /// What an answer about that day is derived from.
    pub fn situation(&self) -> Situation<'_> {
        Situation::new(self.playbook, &self.state, &self.book, self.elsewhere, self.now)
    }

    /// Does everything that is due, and what becomes due by that; gives it in the order of doing.
    pub fn work_off(&mut self) -> Vec<Task> {
        let mut work: Vec<Task> = Vec::new();
        for _ in 0..ROUNDS {
            let agenda = agenda(&self.situation());
            let todo: Vec<Task> = agenda
                .tasks
                .into_iter()
                .filter(|task| task.status().is_now() || task.status() == Status::Blocked)
                .collect();
            let mut changed = false;
            for task in todo {
                if self.perform(&task) {
                    changed = true;
                    if task.status().is_now() && work.iter().all(|done| done.key != task.key) {
                        work.push(task);
                    }
                }
            }
            if !changed {
                break;
            }
        }
        work
    }

    /// Moves to the same time of the next day; false at the end of the calendar.
    pub fn sleep(&mut self) -> bool {
        let Ok(date) = self.now.date.tomorrow() else { return false };
        let wall = date.to_datetime(self.now.time);
        let instant = match calendar::zone(&self.state.zone) {
            Ok(zone) => calendar::resolve(&zone, wall).0,
            Err(_) => self.now.instant,
        };
        self.now = Now { instant, date, time: self.now.time };
        true
    }

    /// Does one task as far as a rehearsal can; false where nothing can be done about it.
    fn perform(&mut self, task: &Task) -> bool {
        if let Reason::Missing(names) = &task.standing.reason {
            return self.fill(task, &names.clone());
        }
        if task.status() == Status::Blocked {
            return false;
        }
        let Some(step) = self.playbook.steps.get(task.position) else { return false };
        let mut sent = None;
        match &step.kind {
            StepKind::Fill(fields) => {
                let list =
                    if step.for_each == Some(List::Companies) { "company" } else { "person" };
                let names: Vec<String> =
                    fields.iter().map(|field| format!("{list}.{field}")).collect();
                return self.fill(task, &names);
            }
            StepKind::Send(message) => {
                let situation = self.situation();
                let resolution = resolve(&situation);
                let place =
                    resolution.cycles.iter().find_map(|table| place_of(&situation, table, task));
                let Some(ready) = place.and_then(|place| draft(&situation, place, message).ok())
                else {
                    return false;
                };
                sent = Some(Sent {
                    message: ready.message,
                    option: ready.option,
                    channel: ready.channel,
                    subject: ready.subject,
                    text: ready.text,
                });
            }
            StepKind::Task
            | StepKind::Choose(_)
            | StepKind::Write(_)
            | StepKind::Collect(_)
            | StepKind::Decide(_)
            | StepKind::Every(_) => {}
        }
        let on = self.now.date;
        let kind = FactKind::Done { task: task.key.clone(), answers: BTreeMap::new(), sent };
        self.state.evolve(&Fact::on(on, kind));
        if let (Some(outcome), Some((entry, _))) = (&step.sets, &task.entry) {
            let kind = FactKind::Happened {
                cycle: task.key.cycle,
                entry: *entry,
                outcome: outcome.clone(),
                fields: BTreeMap::new(),
                channel: None,
            };
            self.state.evolve(&Fact::on(on, kind));
        }
        true
    }

    /// Fills what is empty with the examples of the playbook: which words will stand there is not
    /// known, only that they will.
    fn fill(&mut self, task: &Task, names: &[String]) -> bool {
        let Some((entry, _)) = &task.entry else { return self.answer(names) };
        let company = self.book.get(*entry).and_then(|entry| match entry.kind {
            Kind::Company => Some(entry.id),
            Kind::Person => entry.company,
        });
        let mut filled = self.answer(names);
        for name in names {
            let Some((list, field)) = name.split_once('.') else { continue };
            let (whose, fields): (EntryId, &[Field]) = match (list, company) {
                ("person", _) => (*entry, &self.playbook.people.fields),
                ("company", Some(company)) => {
                    (company, self.playbook.companies.as_ref().map_or(&[], |list| &list.fields[..]))
                }
                _ => continue,
            };
            let value = sample(fields, field, self.now.date);
            let Some(entry) = self.book.get_mut(whose) else { continue };
            if entry.field(field).is_none() {
                entry.set(field, Words::new(value));
                filled |= entry.field(field).is_some();
            }
        }
        filled
    }

    /// Answers the inputs among `names` that are empty.
    fn answer(&mut self, names: &[String]) -> bool {
        let mut answered = false;
        for name in names.iter().filter_map(|name| name.strip_prefix("inputs.")) {
            let Some(input) = self.playbook.input(name) else { continue };
            if !self.state.inputs.contains_key(&input.id) {
                let value = sample(&self.playbook.inputs, name, self.now.date);
                self.state.inputs.insert(input.id.clone(), Words::new(value));
                answered = true;
            }
        }
        answered
    }
}

/// The place of a task in the table of its cycle.
fn place_of<'a>(
    situation: &Situation<'a>,
    table: &CycleTable<'a>,
    task: &Task,
) -> Option<Place<'a>> {
    let step = situation.playbook.steps.get(task.position)?;
    table.places(situation, step).into_iter().find(|place| due::key(step, *place) == task.key)
}

/// An answer that would do for a field.
fn sample(fields: &[Field], name: &str, today: Date) -> String {
    let field = fields.iter().find(|field| &*field.id == name);
    let given = field.and_then(|field| field.example.clone().or_else(|| field.default.clone()));
    given.unwrap_or_else(|| match field.map(|field| &field.kind) {
        Some(FieldKind::Number) => "1".to_owned(),
        Some(FieldKind::Date) => today.to_string(),
        Some(FieldKind::Datetime) => format!("{today}T09:00"),
        Some(FieldKind::YesNo) => "yes".to_owned(),
        Some(FieldKind::Url) => "https://example.org".to_owned(),
        Some(FieldKind::Email) => "name@example.org".to_owned(),
        Some(FieldKind::OneOf(options)) => {
            options.first().map(ToString::to_string).unwrap_or_default()
        }
        Some(FieldKind::Text) | None => "…".to_owned(),
    })
}
