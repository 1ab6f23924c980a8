//! Telling a story: the plan it begins, and what is done in it day by day.
//!
//! A story is decided by the same rules as a plan of a person; only the store is left out between
//! its days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::begin::{Begun, begin, entry};
use super::coverage::{self, Spot};
use super::document::{Act, Actor, Deed, Expectation, Next, Review, Story, Subject, Whom};
use super::expect::Day;
use super::result::{Failure, Mismatch};
use crate::notebook::{NotebookError, OpenPlan, suggest};
use crate::people::{Change, Entry, EntryId, Kind};
use crate::plan::{
    Agenda, Command, CycleState, Rejection, Situation, Task, TaskKey, agenda, decide,
};
use crate::playbook::{Decision, List, Playbook, Step};
use crate::source::Span;
use crate::words::Words;

/// When in the day things happen in a story: late enough for what the day brings.
const HOUR: i8 = 18;

/// Why a story skips something: it gives one reason for all of them.
pub(super) const REASON: &str = "as the story goes";

/// Tells a story; gives what did not hold, and adds what was reached.
pub(super) fn tell(
    story: &Story,
    playbook: &Playbook,
    packed: &str,
    reached: &mut BTreeSet<Spot>,
) -> Vec<Failure> {
    let mut teller = match begin(story, playbook, packed) {
        Ok(Begun { open, joined, today }) => {
            Teller { story, open, today, joined, anyway: false, failures: Vec::new() }
        }
        Err(error) => {
            let mismatch = match error {
                NotebookError::Rejected(rejection) => {
                    Mismatch::Refused { action: "start", rejection: Box::new(rejection) }
                }
                other @ (NotebookError::RejectedAll(_)
                | NotebookError::NoPlan(_)
                | NotebookError::NothingTo(_)
                | NotebookError::ForGood(_)
                | NotebookError::PlaybookUnreadable { .. }
                | NotebookError::UnknownZone { .. }
                | NotebookError::Store(_)) => Mismatch::NoPlan { error: format!("{other:?}") },
            };
            return vec![Failure { span: story.span, day: story.start, mismatch }];
        }
    };
    for moment in &story.moments {
        teller.today = moment.day;
        teller.note(reached);
        let (refused, done): (Vec<&Act>, Vec<&Act>) =
            moment.acts.iter().partition(|act| act.refused);
        for act in done {
            if let Err(rejection) = teller.act(act) {
                let rejection = Box::new(rejection);
                teller.fail(act.span, Mismatch::Refused { action: act.deed.key(), rejection });
            }
        }
        teller.note(reached);
        teller.expect(&moment.expectations);
        for act in refused {
            teller.try_refused(act);
        }
    }
    teller.failures
}

/// A story that is being told.
pub(super) struct Teller<'s> {
    story: &'s Story,
    open: OpenPlan,
    today: Date,
    /// Who has joined so far, by their place in the cast.
    joined: BTreeMap<Actor, EntryId>,
    /// What is done now goes against a rule of the method.
    anyway: bool,
    failures: Vec<Failure>,
}

/// The moment of a day at which a story happens.
pub(super) fn instant(zone: &TimeZone, day: Date) -> Timestamp {
    let moment = day.at(HOUR, 0, 0, 0).to_zoned(zone.clone());
    moment.map_or(Timestamp::UNIX_EPOCH, |moment| moment.timestamp())
}

impl Teller<'_> {
    pub(super) fn situation(&self) -> Situation<'_> {
        self.open.situation(instant(&self.open.zone, self.today))
    }

    pub(super) fn entry_of(&self, actor: Actor) -> Option<EntryId> {
        self.joined.get(&actor).copied()
    }

    pub(super) fn name_of(&self, actor: Actor) -> Words {
        let role = self.story.cast.get(actor);
        role.map_or_else(|| Words::new("somebody"), |role| role.entry.name.clone())
    }

    pub(super) fn step(&self, position: usize) -> Option<&Step> {
        self.open.playbook.steps.get(position)
    }

    fn note(&self, reached: &mut BTreeSet<Spot>) {
        let situation = self.situation();
        coverage::note(&situation, &agenda(&situation), reached);
    }

    /// Holds the day against what is expected of it.
    fn expect(&mut self, expectations: &[Expectation]) {
        let mut failures = Vec::new();
        let situation = self.situation();
        let day = Day { teller: self, agenda: agenda(&situation), situation };
        for expectation in expectations {
            let found = day.check(&expectation.what).into_iter();
            failures.extend(found.map(|mismatch| (expectation.span, mismatch)));
        }
        for (span, mismatch) in failures {
            self.fail(span, mismatch);
        }
    }

    fn fail(&mut self, span: Span, mismatch: Mismatch) {
        self.failures.push(Failure { span, day: self.today, mismatch });
    }

    /// Does something that must be refused; where it is not, the story goes on as if it were.
    fn try_refused(&mut self, act: &Act) {
        let before = self.open.clone();
        if self.act(act).is_ok() {
            let (step, who) = match &act.deed {
                Deed::Done(subject) | Deed::Skip(subject) => {
                    (self.step(subject.step).map(|step| step.id.clone()), subject.who)
                }
                Deed::Record { who, .. } => (None, Some(*who)),
                Deed::Add(_)
                | Deed::Fill { .. }
                | Deed::Set { .. }
                | Deed::Decide(_)
                | Deed::StopCycle
                | Deed::Compare { .. }
                | Deed::StartCycle { .. }
                | Deed::Away(_) => (None, None),
            };
            let who = who.map(|who| self.name_of(who));
            self.fail(act.span, Mismatch::Accepted { action: act.deed.key(), step, who });
        }
        self.open = before;
    }

    fn act(&mut self, act: &Act) -> Result<(), Rejection> {
        self.anyway = act.anyway;
        let acted = self.deed(&act.deed);
        self.anyway = false;
        acted
    }

    fn deed(&mut self, deed: &Deed) -> Result<(), Rejection> {
        let today = self.today;
        match deed {
            Deed::Add(actor) => self.add(*actor),
            Deed::Done(subject) => self.tasks(*subject).into_iter().try_for_each(|task| {
                self.decide(&Command::Done {
                    task,
                    on: today,
                    answers: BTreeMap::new(),
                    text: None,
                    channel: None,
                })
            }),
            Deed::Skip(subject) => self.tasks(*subject).into_iter().try_for_each(|task| {
                let reason = Some(Words::new(REASON));
                self.decide(&Command::Skip { task, on: today, reason })
            }),
            Deed::Fill { who, field, value } => {
                self.fill(*who, field, value);
                Ok(())
            }
            Deed::Record { who, outcome, fields } => {
                let Some(entry) = self.entry_of(*who) else {
                    return Err(Rejection::NotListed { name: self.name_of(*who) });
                };
                self.decide(&Command::Record {
                    entry,
                    outcome: outcome.to_string(),
                    on: today,
                    time: None,
                    fields: fields.clone(),
                    channel: None,
                })
            }
            Deed::Set { input, value } => {
                self.decide(&Command::Set { input: input.to_string(), value: value.clone() })
            }
            Deed::Decide(review) => self.review(review),
            Deed::StopCycle => self.decide(&Command::StopCycle),
            Deed::Compare { choice, option } => {
                let (choice, option) = (choice.clone(), option.clone());
                self.decide(&Command::Compare { choice, option })
            }
            Deed::StartCycle { start, compared } => {
                let start = start.unwrap_or(today);
                self.decide(&Command::StartCycle { start, compared: compared.clone() })?;
                self.fill_list()
            }
            Deed::Away(days) => self.decide(&Command::Away { from: days.first(), to: days.last() }),
        }
    }

    fn decide(&mut self, command: &Command) -> Result<(), Rejection> {
        let accepted = decide(&self.situation(), command, self.anyway)?;
        for fact in &accepted.facts {
            self.open.state.evolve(fact);
        }
        Ok(())
    }

    fn add(&mut self, actor: Actor) -> Result<(), Rejection> {
        let Some(role) = self.story.cast.get(actor) else { return Ok(()) };
        let last = self.open.book.iter().map(|entry| entry.id.0).max().unwrap_or(0);
        let id = EntryId(last + 1);
        let added = Entry { id, ..entry(role, &self.joined) };
        self.open.book.insert(added);
        self.joined.insert(actor, id);
        let cycle = match role.entry.kind {
            Kind::Company => 0,
            Kind::Person => {
                let situation = self.situation();
                let running = situation.running();
                let undecided = running.filter(|cycle| cycle.conclusion.is_none());
                let cycle = undecided.or_else(|| situation.upcoming()).or(running);
                cycle.map(|cycle| cycle.number).ok_or(Rejection::NoCycle)?
            }
        };
        self.decide(&Command::List { entries: vec![id], cycle })
    }

    fn fill(&mut self, who: Whom, field: &str, value: &Words) {
        let ids: Vec<EntryId> = match who {
            Whom::One(actor) => self.entry_of(actor).into_iter().collect(),
            Whom::Companies => self.open.state.companies.iter().map(|m| m.entry).collect(),
            Whom::People => {
                let situation = self.situation();
                let cycles = [situation.running(), situation.upcoming()].into_iter().flatten();
                cycles.flat_map(|cycle| &cycle.members).map(|member| member.entry).collect()
            }
        };
        for id in ids {
            let value = Some(value.clone());
            let change = Change::FieldSet { entry: id, field: field.to_owned(), value };
            if let Some(entry) = self.open.book.get_mut(id) {
                change.apply(entry);
            }
        }
    }

    fn review(&mut self, review: &Review) -> Result<(), Rejection> {
        let next = match (review.decision, review.next) {
            (Decision::Stop, _) | (_, Next::No) => None,
            (Decision::Again | Decision::Use, Next::On(day)) => Some(day),
            (Decision::Again | Decision::Use, Next::Monday) => self.situation().next_monday(),
        };
        self.decide(&Command::Decide {
            decision: review.decision,
            option: review.option.clone(),
            why: review.why.clone(),
            next,
            shown: String::new(),
        })?;
        self.fill_list()
    }

    /// Puts the people who were not messaged onto the list of a cycle that was just set up (L5).
    fn fill_list(&mut self) -> Result<(), Rejection> {
        let newest = self.open.state.cycle();
        let Some(cycle) = newest.filter(|cycle| cycle.members.is_empty()) else { return Ok(()) };
        let (entries, cycle) = (suggest(&self.open, cycle), cycle.number);
        if entries.is_empty() {
            return Ok(());
        }
        self.decide(&Command::List { entries, cycle })
    }

    /// The tasks that are to be done or skipped: of a habit, the occurrence at hand.
    fn tasks(&self, subject: Subject) -> Vec<TaskKey> {
        let situation = self.situation();
        let agenda = agenda(&situation);
        self.entries(&situation, subject)
            .into_iter()
            .map(|entry| {
                let found = self.standing(&agenda, subject.step, entry);
                let otherwise = || {
                    let step = self.step(subject.step);
                    let id = step.map_or_else(|| "".into(), |step| step.id.clone());
                    let cycle = situation.running().map_or(1, |cycle| cycle.number);
                    TaskKey { entry, ..TaskKey::new(cycle, id) }
                };
                found.map_or_else(otherwise, |task| task.key.clone())
            })
            .collect()
    }

    /// For whom: the one who is named, everybody on the step's list, or nobody in particular.
    pub(super) fn entries(
        &self,
        situation: &Situation<'_>,
        subject: Subject,
    ) -> Vec<Option<EntryId>> {
        let list = self.step(subject.step).and_then(|step| step.for_each);
        match (subject.who, list) {
            (Some(actor), _) => vec![self.entry_of(actor)],
            (None, None) => vec![None],
            (None, Some(List::Companies)) => {
                situation.state.companies.iter().map(|member| Some(member.entry)).collect()
            }
            (None, Some(List::People)) => {
                let members = situation.running().map(|cycle| &cycle.members);
                members.into_iter().flatten().map(|member| Some(member.entry)).collect()
            }
        }
    }

    /// The task of a step as things stand: in the newest cycle that has begun and, of a habit, what
    /// is to be done now, else today's occurrence, else the next.
    pub(super) fn standing<'t>(
        &self,
        agenda: &'t Agenda,
        step: usize,
        entry: Option<EntryId>,
    ) -> Option<&'t Task> {
        let running = agenda.cycle.as_ref().map_or(u32::MAX, |cycle| cycle.number);
        let is_it = |task: &&Task| {
            task.position == step && task.key.entry == entry && task.key.cycle <= running
        };
        let rank = |task: &&Task| {
            let today = task.key.occurrence.is_some_and(|at| at.date == self.today);
            (task.key.cycle, task.status().is_now(), today)
        };
        agenda.tasks.iter().chain(&agenda.closed).filter(is_it).rev().max_by_key(rank)
    }

    /// The cycle on whose list somebody is: the newest of them.
    pub(super) fn cycle_of<'a>(
        situation: &Situation<'a>,
        entry: EntryId,
    ) -> Option<&'a CycleState> {
        situation.state.cycles_of(entry).next()
    }
}
