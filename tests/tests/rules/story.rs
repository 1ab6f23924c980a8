//! A plan told day by day: a small playbook, some people, and what happened.
//!
//! After every step the story checks a law: what a daily reading of the log shows (only what is
//! open) is what a reading of everything shows.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use fortnight_engine::calendar::{Hours, WeekdaySet};
use fortnight_engine::notebook::{
    Beginning, Notebook, NotebookError, OpenPlan, Recording, Session,
};
use fortnight_engine::people::{Book, Entry, EntryId, Match};
use fortnight_engine::plan::{
    Agenda, Command, Now, Occurrence, PlanId, Rejection, Situation, Status, Task, TaskKey, agenda,
};
use fortnight_engine::playbook::{self, Decision, Id, Playbook};
use fortnight_engine::source::SourceFile;
use fortnight_engine::store::MemoryStore;
use fortnight_engine::words::Words;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::date};

/// What every small playbook begins with.
pub(crate) const HEAD: &str = "fortnight: 1\nplaybook: small\nversion: 1.0.0\ntitle: Small\n";

/// A plan that is told day by day.
pub(crate) struct Story {
    notebook: Notebook<MemoryStore>,
    /// The plan.
    pub(crate) plan: PlanId,
    /// The day on which the next thing happens.
    pub(crate) today: Date,
    zone: TimeZone,
    hour: i8,
    anyway: bool,
}

/// A small playbook, checked, with its packed text.
#[track_caller]
pub(crate) fn read_playbook(text: &str) -> (Playbook, String) {
    let file = SourceFile::new("small.yaml", format!("{HEAD}{text}"));
    let loaded = playbook::load(file, &|_, _| None);
    let errors: Vec<_> = loaded.diagnostics.iter().map(|found| &found.message).collect();
    let Some(playbook) = loaded.playbook else { panic!("the playbook has errors: {errors:#?}") };
    (playbook, loaded.packed.unwrap_or_default())
}

/// A day written as in a playbook test.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl Story {
    /// A plan of `playbook` that starts on Monday 2 March 2026 in Paris with these people.
    #[track_caller]
    pub(crate) fn new(playbook: &str, people: &[&str]) -> Self {
        Self::starting(date(2026, 3, 2), playbook, people)
    }

    /// The same on another first day.
    #[track_caller]
    pub(crate) fn starting(start: Date, playbook: &str, people: &[&str]) -> Self {
        Self::comparing(start, playbook, None, people)
    }

    /// The same, comparing an option of a choice from the start.
    #[track_caller]
    pub(crate) fn comparing(
        start: Date,
        playbook: &str,
        compared: Option<(&str, &str)>,
        people: &[&str],
    ) -> Self {
        let (playbook, packed) = read_playbook(playbook);
        let inputs = playbook
            .inputs
            .iter()
            .filter_map(|input| Some((input.id.clone(), Words::new(input.example.as_deref()?))));
        let beginning = Beginning {
            inputs: inputs.collect(),
            playbook,
            packed,
            zone: "Europe/Paris".to_owned(),
            weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
            hours: Hours::default(),
            seed: 11,
            start,
            compared: compared.map(|(choice, option)| (choice.to_owned(), option.to_owned())),
            book: Book::new(),
        };
        let mut story = Self {
            notebook: Notebook::new(MemoryStore::new()),
            plan: PlanId(1),
            today: start,
            zone: TimeZone::get("Europe/Paris").unwrap(),
            hour: 8,
            anyway: false,
        };
        let instant = story.instant();
        let recording =
            Recording { command: "start", plan: None, entries: &[], whole: false, anyway: false };
        let written = story.notebook.record(&recording, instant, |session| {
            let plan = session.start(beginning.clone(), instant)?;
            let entries = people.iter().map(|name| session.add(person(name))).collect();
            session.decide(&Command::List { entries, cycle: 1 })?;
            Ok(plan)
        });
        story.plan = written.unwrap_or_else(|error| panic!("{error:?}")).value;
        story
    }

    /// Moves to another day.
    pub(crate) fn on(&mut self, text: &str) -> &mut Self {
        self.today = day(text);
        self
    }

    /// Moves to another hour of the day.
    pub(crate) fn at(&mut self, hour: i8) -> &mut Self {
        self.hour = hour;
        self
    }

    /// The next thing goes against a rule of the method.
    pub(crate) fn anyway(&mut self) -> &mut Self {
        self.anyway = true;
        self
    }

    /// The instant at which the next thing happens.
    pub(crate) fn instant(&self) -> Timestamp {
        let civil = self.today.at(self.hour, 0, 0, 0);
        civil.to_zoned(self.zone.clone()).unwrap().timestamp()
    }

    /// Somebody's number, by the name.
    #[track_caller]
    pub(crate) fn id(&self, name: &str) -> EntryId {
        match self.notebook.everybody().unwrap().find(name) {
            Match::One(id) => id,
            Match::Several(_) | Match::None { .. } => panic!("nobody in particular is {name}"),
        }
    }

    /// Somebody's name, by the number.
    #[track_caller]
    pub(crate) fn name(&self, id: EntryId) -> String {
        let book = self.notebook.everybody().unwrap();
        book.get(id).unwrap().name.raw().to_owned()
    }

    /// The plan as a daily reading sees it; checks that a reading of everything agrees.
    #[track_caller]
    pub(crate) fn open(&self) -> OpenPlan {
        let open = self.notebook.open(self.plan, &[]).unwrap();
        let whole = self.notebook.open_whole(self.plan).unwrap();
        let seen = |plan: &OpenPlan| {
            agenda(&plan.situation(self.instant()))
                .tasks
                .into_iter()
                .filter(|task| task.status() != Status::Waiting)
                .map(|task| (task.key.to_string(), task.standing))
                .collect::<Vec<_>>()
        };
        assert_eq!(seen(&open), seen(&whole), "a daily reading sees what everything shows");
        whole
    }

    /// Asks something of the plan as it stands.
    #[track_caller]
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&Situation<'_>) -> T) -> T {
        let open = self.open();
        question(&open.situation(self.instant()))
    }

    /// Asks something of the plan as a daily reading sees it, read anew.
    #[track_caller]
    pub(crate) fn fresh<T>(&self, question: impl FnOnce(&Situation<'_>) -> T) -> T {
        let open = self.notebook.open(self.plan, &[]).unwrap();
        question(&open.situation(self.instant()))
    }

    /// The day on which the next cycle starts unless told otherwise (E7).
    #[track_caller]
    pub(crate) fn next_monday(&self) -> Option<Date> {
        self.open().situation(self.instant()).next_monday()
    }

    /// The agenda of the day.
    #[track_caller]
    pub(crate) fn agenda(&self) -> Agenda {
        self.ask(agenda)
    }

    /// The moment as the plan sees it.
    pub(crate) fn now(&self) -> Now {
        Now::new(self.instant(), &self.zone)
    }

    /// The task that a short name means: `step`, `step/Name`, `step@2026-03-04`, `1:step/Name`.
    #[track_caller]
    pub(crate) fn key(&self, name: &str) -> TaskKey {
        let (cycle, name) = match name.split_once(':') {
            Some((cycle, rest)) => (Some(cycle.parse().unwrap()), rest),
            None => (None, name),
        };
        let (name, occurrence) = match name.split_once('@') {
            Some((name, on)) => (name, Some(Occurrence { date: day(on), time: None })),
            None => (name, None),
        };
        let (step, entry) = match name.split_once('/') {
            Some((step, entry)) => (step, Some(self.id(entry))),
            None => (name, None),
        };
        let whole = self.notebook.open_whole(self.plan).unwrap();
        let once = whole.playbook.step(step).is_some_and(|step| step.once_per_plan);
        let situation = whole.situation(self.instant());
        let running = situation.running().map_or(1, |cycle| cycle.number);
        let cycle = if once { 0 } else { cycle.unwrap_or(running) };
        TaskKey { cycle, step: Id::from(step), entry, occurrence }
    }

    /// A task with its standing.
    #[track_caller]
    pub(crate) fn task(&self, name: &str) -> Task {
        let key = self.key(name);
        let agenda = self.agenda();
        let found = agenda.tasks.into_iter().chain(agenda.closed).find(|task| task.key == key);
        found.unwrap_or_else(|| panic!("there is no task {name} ({key})"))
    }

    /// A task's status as its word.
    #[track_caller]
    pub(crate) fn status(&self, name: &str) -> &'static str {
        self.task(name).status().as_str()
    }

    /// Asserts the status of several tasks.
    #[track_caller]
    pub(crate) fn shows(&mut self, expected: &[(&str, &str)]) -> &mut Self {
        let seen: Vec<(&str, &str)> =
            expected.iter().map(|(task, _)| (*task, self.status(task))).collect();
        assert_eq!(seen, expected, "on {}", self.today);
        self
    }

    /// Asserts the day on which a task is or becomes available.
    #[track_caller]
    pub(crate) fn opens(&mut self, task: &str, on: &str) -> &mut Self {
        let available = self.task(task).standing.available;
        assert_eq!(available, Some(day(on)), "{task}, asked on {}", self.today);
        self
    }

    /// Records whatever a closure decides.
    pub(crate) fn try_record<T>(
        &mut self,
        mut work: impl FnMut(&mut Session) -> Result<T, NotebookError>,
    ) -> Result<T, Rejection> {
        let recording = Recording {
            command: "test",
            plan: Some(self.plan),
            entries: &[],
            whole: true,
            anyway: std::mem::take(&mut self.anyway),
        };
        let instant = self.instant();
        match self.notebook.record(&recording, instant, |session| work(session)) {
            Ok(written) => Ok(written.value),
            Err(NotebookError::Rejected(rejection)) => Err(rejection),
            Err(error) => panic!("{error:?}"),
        }
    }

    /// Records something and says whether the clock was behind the newest record (F7).
    #[track_caller]
    pub(crate) fn clock_is_behind(
        &mut self,
        work: impl FnMut(&mut Session) -> Result<(), NotebookError>,
    ) -> bool {
        let plan = Some(self.plan);
        let recording =
            Recording { command: "test", plan, entries: &[], whole: false, anyway: false };
        let instant = self.instant();
        self.notebook.record(&recording, instant, work).unwrap().clock_behind
    }

    /// Does something that is accepted.
    #[track_caller]
    pub(crate) fn act(&mut self, command: impl Borrow<Command>) -> &mut Self {
        let command = command.borrow();
        if let Err(rejection) = self.try_record(|session| session.decide(command)) {
            panic!("{command:?} was refused: {rejection:?}");
        }
        self.open();
        self
    }

    /// Does something that is refused, and gives the reason.
    #[track_caller]
    pub(crate) fn refused(&mut self, command: impl Borrow<Command>) -> Rejection {
        let command = command.borrow();
        match self.try_record(|session| session.decide(command)) {
            Ok(accepted) => panic!("{command:?} was accepted: {accepted:?}"),
            Err(rejection) => rejection,
        }
    }

    /// A task is done today.
    #[track_caller]
    pub(crate) fn done(&mut self, task: &str) -> &mut Self {
        let command = self.doing(task);
        self.act(command)
    }

    /// The command that says a task was done today.
    #[track_caller]
    pub(crate) fn doing(&self, task: &str) -> Command {
        Command::Done {
            task: self.key(task),
            on: self.today,
            answers: BTreeMap::new(),
            text: None,
            channel: None,
        }
    }

    /// A task is skipped with a reason.
    #[track_caller]
    pub(crate) fn skip(&mut self, task: &str) -> &mut Self {
        let reason = Some(Words::new("not for me"));
        self.act(Command::Skip { task: self.key(task), on: self.today, reason })
    }

    /// Something came back today.
    #[track_caller]
    pub(crate) fn record(&mut self, name: &str, outcome: &str) -> &mut Self {
        let on = self.today;
        let command = self.recording(name, outcome, on, &[]);
        self.act(command)
    }

    /// The command that says something came back.
    #[track_caller]
    pub(crate) fn recording(
        &self,
        name: &str,
        outcome: &str,
        on: Date,
        fields: &[(&str, &str)],
    ) -> Command {
        Command::Record {
            entry: self.id(name),
            outcome: outcome.to_owned(),
            on,
            time: None::<Time>,
            fields: fields.iter().map(|(id, text)| (Id::from(*id), Words::new(*text))).collect(),
            channel: None,
        }
    }

    /// A field of somebody is filled in.
    #[track_caller]
    pub(crate) fn fill(&mut self, name: &str, field: &str, value: &str) -> &mut Self {
        let change = fortnight_engine::people::Change::FieldSet {
            entry: self.id(name),
            field: field.to_owned(),
            value: Some(Words::new(value)),
        };
        let done: Result<(), Rejection> = self.try_record(|session| {
            session.change(change.clone());
            Ok(())
        });
        done.unwrap();
        self
    }

    /// Somebody joins the list of the running cycle today.
    #[track_caller]
    pub(crate) fn join(&mut self, name: &str) -> &mut Self {
        let whole = self.notebook.open_whole(self.plan).unwrap();
        let cycle = whole.situation(self.instant()).running().map_or(1, |cycle| cycle.number);
        let joined = self.try_record(|session| {
            let entry = session.add(person(name));
            session.decide(&Command::List { entries: vec![entry], cycle })
        });
        joined.unwrap();
        self
    }

    /// The review is answered; the next cycle starts on `next`.
    #[track_caller]
    pub(crate) fn decide(&mut self, decision: Decision, next: Option<&str>) -> &mut Self {
        self.act(review(decision, None, next))
    }

    /// Takes the newest operation back.
    #[track_caller]
    pub(crate) fn undo(&mut self) -> &mut Self {
        let instant = self.instant();
        self.notebook.undo(instant).unwrap();
        self.open();
        self
    }

    /// Brings back what was undone; false where there is nothing to bring back.
    pub(crate) fn try_redo(&mut self) -> bool {
        let instant = self.instant();
        self.notebook.redo(instant).is_ok()
    }

    /// Brings it back.
    #[track_caller]
    pub(crate) fn redo(&mut self) -> &mut Self {
        let instant = self.instant();
        self.notebook.redo(instant).unwrap();
        self.open();
        self
    }
}

/// The command that answers a review.
pub(crate) fn review(decision: Decision, option: Option<&str>, next: Option<&str>) -> Command {
    Command::Decide {
        decision,
        option: option.map(str::to_owned),
        why: Words::new("because of what we saw"),
        next: next.map(day),
        shown: String::new(),
    }
}

/// Somebody connected on LinkedIn, with the company behind a comma: `Ana, Northwind`; somebody who
/// knows the seeker has a star behind the name: `Ana*`.
fn person(text: &str) -> Entry {
    let (name, company) = text.split_once(", ").map_or((text, None), |(n, c)| (n, Some(c)));
    let knows_me = name.ends_with('*');
    let mut entry = Entry::person(EntryId(0), name.trim_end_matches('*'));
    entry.knows_me = knows_me;
    entry = entry.with("connected_on", "2024-03-12");
    match company {
        Some(company) => entry.with("company", company),
        None => entry,
    }
}
