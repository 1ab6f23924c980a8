//! What the seeker does on a day: whatever the engine says is due.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::Setting;
use super::answers::Answers;
use super::cast::{self, Cast, instant};
use super::random::Random;
use super::refused;
use crate::notebook::{NotebookError, OpenPlan};
use crate::people::{Change, EntryId, Kind};
use crate::plan::{
    Command, Fact, FactKind, Reason, Resolution, Situation, Standing, Status, TaskKey, decide,
    decide_known, resolve,
};
use crate::playbook::{Decision, Id, List, Required, StepKind};
use crate::words::Words;

/// So often is looked for what a day has made due; each time something was done.
const MOST_ROUNDS: u32 = 40;

/// A task at hand.
#[derive(Clone, Debug)]
pub(super) struct AtHand {
    pub(super) step: usize,
    pub(super) key: TaskKey,
    pub(super) standing: Standing,
}

/// A task that was done.
#[derive(Clone, Debug)]
pub(super) struct Finished {
    pub(super) step: usize,
    pub(super) late: bool,
    /// The time of an appointment.
    pub(super) time: Option<Time>,
}

/// A plan at work.
pub(super) struct Seeker<'s> {
    pub(super) open: OpenPlan,
    pub(super) setting: &'s Setting,
    pub(super) answers: Answers<'s>,
    pub(super) cast: Cast,
    pub(super) today: Date,
    pub(super) replies: u32,
    pub(super) reviewed: Option<Date>,
}

impl Seeker<'_> {
    pub(super) fn situation(&self) -> Situation<'_> {
        self.open.situation(instant(&self.open.zone, self.today))
    }

    fn evolve(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.open.state.evolve(fact);
        }
    }

    /// Records something; true where it was new.
    pub(super) fn decide(&mut self, command: &Command) -> Result<bool, NotebookError> {
        let accepted = decide(&self.situation(), command, false).map_err(refused)?;
        self.evolve(&accepted.facts);
        Ok(!accepted.facts.is_empty())
    }

    /// Lives one day; gives what was done and how many tasks were put off.
    pub(super) fn day(&mut self) -> Result<(Vec<Finished>, u32), NotebookError> {
        let mut done = Vec::new();
        let mut put_off: Vec<TaskKey> = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let heard = self.hear()?;
            let acted = self.round(&mut done, &mut put_off)?;
            if !heard && !acted {
                break;
            }
        }
        Ok((done, u32::try_from(put_off.len()).unwrap_or(u32::MAX)))
    }

    /// Records what people did. What a plan would refuse did not happen.
    fn hear(&mut self) -> Result<bool, NotebookError> {
        let events = self.answers.until(self.today);
        let heard = !events.is_empty();
        for event in events {
            let replied = matches!(&*event.outcome, "replied" | "declined");
            let command = Command::Record {
                entry: event.entry,
                outcome: event.outcome.to_string(),
                on: self.today,
                time: None,
                fields: event.fields,
                channel: None,
            };
            match self.decide(&command) {
                Ok(new) => self.replies += u32::from(new && replied),
                Err(NotebookError::Rejected(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(heard)
    }

    /// Does once what is due; true where something was done.
    fn round(
        &mut self,
        done: &mut Vec<Finished>,
        put_off: &mut Vec<TaskKey>,
    ) -> Result<bool, NotebookError> {
        let situation = self.situation();
        let resolution = resolve(&situation);
        let mut facts = Vec::new();
        let mut later = Vec::new();
        let mut finished = Vec::new();
        for task in at_hand(&situation, &resolution) {
            if put_off.contains(&task.key) {
                continue;
            }
            if !self.takes_up(&situation, &task) {
                put_off.push(task.key);
                continue;
            }
            match self.act(&situation, &resolution, &task)? {
                Act::Facts(new) => {
                    finished.push(Finished {
                        step: task.step,
                        late: task.standing.status == Status::Overdue,
                        time: task.standing.time,
                    });
                    facts.extend(new);
                }
                Act::Change(change) => later.push((task, change)),
                Act::Nothing => put_off.push(task.key),
            }
        }
        drop(resolution);
        drop(situation);
        let acted = !facts.is_empty() || !later.is_empty();
        self.tell_people(&facts);
        self.evolve(&facts);
        done.append(&mut finished);
        self.change(later, done)?;
        Ok(acted)
    }

    /// Whether a task is done today: on a day without work only what cannot wait.
    fn takes_up(&self, situation: &Situation<'_>, task: &AtHand) -> bool {
        let work = situation.work();
        let next = self.today.tomorrow().map_or(self.today, |day| work.next_workday(day));
        let habit = task.key.occurrence.is_some();
        let urgent = task.standing.deadline.is_some_and(|deadline| deadline < next);
        let fixed = task.standing.time.is_some();
        if !work.is_workday(self.today) && !habit && !urgent && !fixed {
            return false;
        }
        if self.setting.diligence >= 1.0 {
            return true;
        }
        let day = u64::try_from(self.today.day_of_year()).unwrap_or(0);
        let entry = task.key.entry.map_or(0, |entry| entry.0);
        let step = u64::try_from(task.step).unwrap_or(0);
        let stream = (day << 48) ^ (step << 32) ^ entry ^ 0x5EED;
        Random::of(self.setting.seed, stream).chance(self.setting.diligence)
    }

    fn act<'a>(
        &self,
        situation: &Situation<'a>,
        resolution: &Resolution<'a>,
        task: &AtHand,
    ) -> Result<Act, NotebookError> {
        let Some(step) = situation.playbook.steps.get(task.step) else { return Ok(Act::Nothing) };
        let list = |list, entry| Ok(Act::Change(Wanted::List(list, entry)));
        match &step.kind {
            StepKind::Collect(kind) if self.lacks(*kind, task.key.entry) => {
                return list(*kind, task.key.entry);
            }
            StepKind::Fill(fields) if task.key.entry.is_some() => {
                return Ok(Act::Change(Wanted::Fields(fields.clone())));
            }
            StepKind::Choose(_) | StepKind::Decide(_) => return Ok(Act::Change(Wanted::Decision)),
            StepKind::Collect(_)
            | StepKind::Fill(_)
            | StepKind::Task
            | StepKind::Write(_)
            | StepKind::Send(_)
            | StepKind::Every(_) => {}
        }
        if let Reason::Missing(names) = &task.standing.reason {
            return Ok(Act::Change(Wanted::Missing(names.clone())));
        }
        let command = Command::Done {
            task: task.key.clone(),
            on: self.today,
            answers: BTreeMap::new(),
            text: None,
            channel: None,
        };
        match decide_known(situation, Some(resolution), &command, false) {
            Ok(accepted) if accepted.facts.is_empty() => Ok(Act::Nothing),
            Ok(accepted) => Ok(Act::Facts(accepted.facts)),
            Err(_) => Ok(Act::Nothing),
        }
    }

    /// Whether somebody who should be on a list is not yet.
    fn lacks(&self, list: List, company: Option<EntryId>) -> bool {
        !self.missing(list, company).is_empty()
    }

    fn missing(&self, list: List, company: Option<EntryId>) -> Vec<EntryId> {
        let state = &self.open.state;
        let cycle = state.cycles.values().next_back();
        let listed = |id: &EntryId| match list {
            List::People => cycle.is_some_and(|cycle| cycle.member(*id).is_some()),
            List::Companies => state.companies.iter().any(|member| member.entry == *id),
        };
        let all = match list {
            List::People => &self.cast.people,
            List::Companies => &self.cast.companies,
        };
        let here = |id: &EntryId| {
            company.is_none()
                || self.open.book.get(*id).is_some_and(|known| known.company == company)
        };
        all.iter().copied().filter(|id| here(id) && !listed(id)).collect()
    }

    /// People who got a first message, and people who were talked to.
    fn tell_people(&mut self, facts: &[Fact]) {
        for fact in facts {
            if let FactKind::Happened { entry, .. } = &fact.kind {
                self.answers.talked(*entry, self.today);
            }
            let FactKind::Done { task, sent: Some(sent), .. } = &fact.kind else { continue };
            let Some(entry) = task.entry.and_then(|id| self.open.book.get(id)) else { continue };
            let connected = entry.connected_on().is_some();
            let cycle = self.open.state.cycles.get(&task.cycle);
            let member = cycle.and_then(|cycle| cycle.member(entry.id));
            let option = member.and_then(|member| member.option.clone());
            let option = option.or_else(|| sent.option.clone());
            self.answers.messaged(entry, option.as_ref(), connected, self.today);
        }
    }

    /// What changes more than the task itself, one after the other.
    fn change(
        &mut self,
        wanted: Vec<(AtHand, Wanted)>,
        done: &mut Vec<Finished>,
    ) -> Result<(), NotebookError> {
        let mut joining: BTreeMap<List, Vec<EntryId>> = BTreeMap::new();
        for (task, wanted) in wanted {
            let late = task.standing.status == Status::Overdue;
            let finished = Finished { step: task.step, late, time: None };
            match wanted {
                Wanted::List(list, company) => {
                    joining.entry(list).or_default().extend(self.missing(list, company));
                    // At the lower end of its size a list is done by itself; a shorter one is said
                    // to be complete in the next round, and counts then.
                    let size = match list {
                        List::People => Some(self.open.playbook.people.size),
                        List::Companies => self.open.playbook.companies.as_ref().map(|c| c.size),
                    };
                    let least = size.and_then(|size| size.least).unwrap_or(u32::MAX);
                    let all = match list {
                        List::People => self.cast.people.len(),
                        List::Companies => self.cast.companies.len(),
                    };
                    if company.is_some() || u32::try_from(all).is_ok_and(|all| all >= least) {
                        done.push(finished);
                    }
                }
                Wanted::Fields(fields) => {
                    self.fill(task.key.entry, &fields);
                    done.push(finished);
                }
                Wanted::Missing(names) => self.fill_missing(task.key.entry, &names),
                Wanted::Decision => {
                    if self.settle(&task)? {
                        done.push(finished);
                    }
                }
            }
        }
        for (list, mut entries) in joining {
            entries.dedup();
            let cycle = self.open.state.cycles.keys().next_back().copied().unwrap_or(1);
            let cycle = if list == List::People { cycle } else { 0 };
            self.decide(&Command::List { entries, cycle })?;
        }
        Ok(())
    }

    pub(super) fn fill(&mut self, entry: Option<EntryId>, fields: &[Id]) {
        let Some(entry) = entry else { return };
        let kind = self.open.book.get(entry).map_or(Kind::Person, |known| known.kind);
        let fillings = cast::fillings(&self.open.playbook, kind, fields, self.today);
        for (field, value) in fillings {
            if let Some(known) = self.open.book.get_mut(entry) {
                Change::FieldSet { entry, field, value: Some(value) }.apply(known);
            }
        }
    }

    /// Fields that a message lacks, of the person or of their company.
    fn fill_missing(&mut self, entry: Option<EntryId>, names: &[String]) {
        let company = entry.and_then(|id| self.open.book.get(id)).and_then(|known| known.company);
        for name in names {
            if let Some(field) = name.strip_prefix("person.") {
                self.fill(entry, &[Id::from(field)]);
            } else if let Some(field) = name.strip_prefix("company.") {
                self.fill(company.or(entry), &[Id::from(field)]);
            }
        }
    }

    /// Answers a review, or says what is compared; true where it is settled.
    fn settle(&mut self, task: &AtHand) -> Result<bool, NotebookError> {
        let Some(step) = self.open.playbook.steps.get(task.step).cloned() else { return Ok(false) };
        let command = match &step.kind {
            StepKind::Decide(offered) => {
                let may_end = offered.contains(&Decision::Stop) || offered.is_empty();
                let decision = if may_end { Decision::Stop } else { Decision::Again };
                self.reviewed = Some(self.today);
                Command::Decide {
                    decision,
                    option: None,
                    why: Words::new("a rehearsal"),
                    next: None,
                    shown: String::new(),
                }
            }
            StepKind::Choose(choice) => {
                let known = self.open.playbook.choice(choice);
                let option = known.and_then(|known| known.options.get(1));
                match option.filter(|_| step.required == Required::Must) {
                    Some(option) => Command::Compare {
                        choice: choice.to_string(),
                        option: option.id.to_string(),
                    },
                    None => Command::Skip {
                        task: task.key.clone(),
                        on: self.today,
                        reason: Some(Words::new("a rehearsal")),
                    },
                }
            }
            StepKind::Task
            | StepKind::Write(_)
            | StepKind::Collect(_)
            | StepKind::Fill(_)
            | StepKind::Send(_)
            | StepKind::Every(_) => return Ok(false),
        };
        self.decide(&command).map(|_| true)
    }
}

/// What doing a task comes to.
enum Act {
    /// These facts.
    Facts(Vec<Fact>),
    /// Something else has to change.
    Change(Wanted),
    /// It cannot be done today.
    Nothing,
}

/// What else has to change.
enum Wanted {
    List(List, Option<EntryId>),
    Fields(Vec<Id>),
    Missing(Vec<String>),
    Decision,
}

/// The tasks on today's list, and those that only lack a field, in the order of the playbook.
pub(super) fn at_hand<'a>(situation: &Situation<'a>, resolution: &Resolution<'a>) -> Vec<AtHand> {
    let mut tasks = Vec::new();
    for table in &resolution.cycles {
        for position in &situation.playbook.order {
            let (Some(step), Some(column)) =
                (situation.playbook.steps.get(*position), table.columns.get(*position))
            else {
                continue;
            };
            let cycle = if step.once_per_plan { 0 } else { table.cycle.number };
            let open = |standing: &Standing| {
                standing.status.is_now()
                    || (standing.status == Status::Blocked
                        && matches!(standing.reason, Reason::Missing(_)))
            };
            for habit in column.habit.iter().filter(|habit| open(&habit.standing)) {
                let key = TaskKey {
                    occurrence: Some(habit.occurrence),
                    ..TaskKey::new(cycle, step.id.clone())
                };
                tasks.push(AtHand { step: *position, key, standing: habit.standing.clone() });
            }
            if !column.tasks.iter().any(open) {
                continue;
            }
            let places = table.places(situation, step);
            for (place, standing) in places.iter().zip(&column.tasks) {
                if open(standing) {
                    let entry = step.for_each.and_then(|_| place.entry());
                    let key = TaskKey { entry, ..TaskKey::new(cycle, step.id.clone()) };
                    tasks.push(AtHand { step: *position, key, standing: standing.clone() });
                }
            }
        }
    }
    tasks
}
