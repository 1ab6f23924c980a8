//! How each fact changes the state. A new kind of fact does not compile until it is handled here.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Completed, Completion, Conclusion, CycleState, Happening, Member, PlanState, Reworded, TaskLog,
};
use crate::calendar::{BusyTimes, DayRange, DaySet, Hours, WeekdaySet};
use crate::plan::{Compared, Fact, FactKind, Sent, TaskKey};
use crate::playbook::{Decision, Id};
use crate::words::Words;

impl PlanState {
    /// Folds facts in the order of recording. None where they do not begin with a plan's start,
    /// which every accepted history does.
    pub fn fold(facts: impl IntoIterator<Item = impl Borrow<Fact>>) -> Option<Self> {
        let mut facts = facts.into_iter();
        let mut state = Self::begin(facts.next()?.borrow())?;
        for fact in facts {
            state.evolve(fact.borrow());
        }
        Some(state)
    }

    fn begin(fact: &Fact) -> Option<Self> {
        let FactKind::PlanStarted { playbook, zone, weekdays, hours, seed } = &fact.kind else {
            return None;
        };
        let mut state = Self::empty(fact.on, *weekdays, *hours);
        state.playbook.clone_from(playbook);
        state.zone.clone_from(zone);
        state.seed = *seed;
        Some(state)
    }

    fn empty(start: Date, weekdays: WeekdaySet, hours: Hours) -> Self {
        Self {
            playbook: String::new(),
            planned: None,
            setups: Vec::new(),
            zone: String::new(),
            weekdays,
            hours,
            busy: BusyTimes::default(),
            seed: 0,
            start,
            inputs: BTreeMap::new(),
            days_off: DaySet::default(),
            away: DaySet::default(),
            in_use: BTreeMap::new(),
            wording: BTreeMap::new(),
            reworded: Vec::new(),
            answered: Vec::new(),
            companies: Vec::new(),
            tasks: TaskLog::default(),
            cycles: BTreeMap::new(),
            stopped: None,
        }
    }

    /// Takes one more fact in. Facts about a cycle that is not known change nothing: a partial
    /// reading of the log may leave ended cycles out.
    pub fn evolve(&mut self, fact: &Fact) {
        match &fact.kind {
            FactKind::PlanStarted { .. } | FactKind::Shared { .. } => {}
            FactKind::InputSet { input, value } => self.answer(fact.on, input, value),
            FactKind::ZoneSet { zone } => self.zone.clone_from(zone),
            FactKind::WeekdaysSet { weekdays } => self.weekdays = *weekdays,
            FactKind::HoursSet { hours } => self.hours = *hours,
            FactKind::BusySet { times } => self.busy.clone_from(times),
            FactKind::DaysOff { from, to } => insert(&mut self.days_off, *from, *to),
            FactKind::Away { from, to } => insert(&mut self.away, *from, *to),
            FactKind::PlaybookTaken { playbook, renamed, setup } => {
                let setup = setup.clone().unwrap_or_else(|| vec!["the playbook".to_owned()]);
                self.setups.push(setup);
                self.take(playbook, renamed);
            }
            FactKind::PlaybookPlanned { playbook, renamed } => {
                self.planned = Some((playbook.clone(), renamed.clone()));
            }
            FactKind::CycleStarted { cycle, start, compared } => {
                let compared = compared.clone().map(|compared| (compared, fact.on));
                self.begin_cycle(*cycle, *start, compared);
            }
            FactKind::Compared { cycle, compared } => {
                if let Some(cycle) = self.cycles.get_mut(cycle) {
                    cycle.compared = Some((compared.clone(), fact.on));
                }
            }
            FactKind::SecondChange { cycle, what } => {
                if let Some(cycle) = self.cycles.get_mut(cycle) {
                    cycle.second_changes.push(what.clone());
                }
            }
            FactKind::CycleStopped { cycle } => {
                if let Some(cycle) = self.cycles.get_mut(cycle) {
                    cycle.stopped = Some(fact.on);
                }
            }
            FactKind::Listed { cycle, entry, rank, option, counts } => {
                let member = Member {
                    entry: *entry,
                    rank: *rank,
                    listed: fact.on,
                    option: option.clone(),
                    counts: *counts,
                };
                if let Some(members) = self.members_mut(*cycle) {
                    join(members, member);
                }
            }
            FactKind::Unlisted { cycle, entry } => {
                if let Some(members) = self.members_mut(*cycle) {
                    members.retain(|member| member.entry != *entry);
                }
            }
            FactKind::Done { task, answers, sent } => {
                self.complete(task, done(fact.on, answers, sent.as_ref()));
            }
            FactKind::Corrected { task, answers, sent } => {
                self.correct(task, done(fact.on, answers, sent.as_ref()));
            }
            FactKind::Skipped { task, reason } => {
                let completion = Completion {
                    on: fact.on,
                    how: Completed::Skipped(reason.clone()),
                    answers: BTreeMap::new(),
                    sent: None,
                };
                self.complete(task, completion);
            }
            FactKind::Postponed { task, to } => {
                if let Some(log) = self.log_mut(task.cycle) {
                    log.postponed.insert(task.clone(), *to);
                }
            }
            FactKind::Worded { message, option, text } => {
                self.word(fact.on, message, option.as_ref(), text);
            }
            FactKind::Happened { cycle, entry, outcome, fields, channel } => {
                let happening = Happening {
                    on: fact.on,
                    time: fact.time,
                    fields: fields.clone(),
                    channel: *channel,
                };
                if let Some(cycle) = self.cycles.get_mut(cycle) {
                    cycle.happenings.entry(*entry).or_default().push(outcome.clone(), happening);
                }
            }
            FactKind::Decided { cycle, decision, option, why, shown } => {
                let conclusion = Conclusion {
                    on: fact.on,
                    decision: *decision,
                    option: option.clone(),
                    why: why.clone(),
                    shown: shown.clone(),
                };
                self.conclude(*cycle, conclusion);
            }
        }
    }

    fn word(&mut self, on: Date, message: &Id, option: Option<&Id>, text: &Words) {
        let (message, option) = (message.clone(), option.cloned());
        let key = (message.clone(), option.clone());
        self.reworded.push(Reworded { on, message, option, text: text.clone() });
        self.wording.insert(key, text.clone());
    }

    fn begin_cycle(&mut self, number: u32, start: Date, compared: Option<(Compared, Date)>) {
        let state = CycleState {
            number,
            start,
            playbook: self.playbook.clone(),
            version: self.setups.len(),
            compared,
            in_use: self.in_use.clone(),
            second_changes: Vec::new(),
            members: Vec::new(),
            log: TaskLog::default(),
            happenings: BTreeMap::new(),
            stopped: None,
            conclusion: None,
        };
        self.cycles.insert(number, state);
        // Whoever goes on after all has not stopped (E7).
        self.stopped = None;
    }

    fn answer(&mut self, on: Date, input: &Id, value: &Words) {
        self.answered.push((on, input.clone()));
        self.inputs.insert(input.clone(), value.clone());
    }

    /// E7: `use` makes the option the baseline; `stop` ends the plan.
    fn conclude(&mut self, cycle: u32, conclusion: Conclusion) {
        let Some(state) = self.cycles.get_mut(&cycle) else { return };
        match (conclusion.decision, &conclusion.option, &state.compared) {
            (Decision::Use, Some(option), Some((compared, _))) => {
                self.in_use.insert(compared.choice.clone(), option.clone());
            }
            (Decision::Stop, _, _) => self.stopped = Some(conclusion.on),
            (Decision::Use | Decision::Again, _, _) => {}
        }
        state.conclusion = Some(conclusion);
    }

    /// E3: from here on the plan runs another version. What was done under a step's name before
    /// counts under its name now; a cycle in which nothing was sent begins with the new version.
    fn take(&mut self, playbook: &str, renamed: &BTreeMap<Id, Id>) {
        playbook.clone_into(&mut self.playbook);
        self.planned = None;
        let version = self.setups.len();
        self.tasks.rename(renamed);
        for cycle in self.cycles.values_mut() {
            cycle.log.rename(renamed);
        }
        if let Some(newest) = self.cycles.values_mut().next_back()
            && newest.first_sent().is_none()
            && newest.conclusion.is_none()
            && newest.stopped.is_none()
        {
            playbook.clone_into(&mut newest.playbook);
            newest.version = version;
        }
    }

    fn correct(&mut self, task: &TaskKey, completion: Completion) {
        if let Some(log) = self.log_mut(task.cycle) {
            log.completed.insert(task.clone(), completion);
        }
    }

    fn complete(&mut self, task: &TaskKey, completion: Completion) {
        let Some(log) = self.log_mut(task.cycle) else { return };
        // What was skipped and then done after all is done (F5).
        let skipped = |known: &Completion| matches!(known.how, Completed::Skipped(_));
        if log.completed.get(task).is_none_or(skipped) {
            log.completed.insert(task.clone(), completion);
        }
    }

    fn log_mut(&mut self, cycle: u32) -> Option<&mut TaskLog> {
        if cycle == 0 {
            Some(&mut self.tasks)
        } else {
            self.cycles.get_mut(&cycle).map(|cycle| &mut cycle.log)
        }
    }

    fn members_mut(&mut self, cycle: u32) -> Option<&mut Vec<Member>> {
        if cycle == 0 {
            Some(&mut self.companies)
        } else {
            self.cycles.get_mut(&cycle).map(|cycle| &mut cycle.members)
        }
    }
}

fn done(on: Date, answers: &BTreeMap<Id, Words>, sent: Option<&Sent>) -> Completion {
    Completion { on, how: Completed::Done, answers: answers.clone(), sent: sent.cloned() }
}

fn insert(days: &mut DaySet, from: Date, to: Date) {
    if let Some(range) = DayRange::new(from, to) {
        days.insert(range);
    }
}

/// Someone listed again keeps the day on which they joined; the draw may be added later.
fn join(members: &mut Vec<Member>, member: Member) {
    match members.iter_mut().find(|known| known.entry == member.entry) {
        Some(known) => *known = Member { listed: known.listed, ..member },
        None => members.push(member),
    }
    members.sort_by_key(|member| member.rank);
}
