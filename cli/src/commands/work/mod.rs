//! `fortnight work`: one task after the other, its message ready, until nothing is left for today.
//!
//! Knows in which order tasks are taken and when a sitting ends. Each answer is one of the commands
//! that could have been typed instead, run at once and recorded at once: whatever ends the sitting
//! loses nothing. Each reads the clock anew, so that a sitting left open overnight writes down the
//! right day.

mod answer;
mod form;
mod letter;
mod page;
mod turn;

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use fortnight_engine::notebook::newest_to_undo;
use fortnight_engine::people::fold;
use fortnight_engine::plan::{self, Agenda, Status as TaskStatus, Task, TaskKey};
use fortnight_engine::playbook::Id;
use fortnight_engine::store::{OperationId, Store as _};

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::session::Session;

/// What to work on.
#[derive(Debug, Args)]
pub(crate) struct Work {
    /// Only these: a number last printed, a step, `step/person`, or a part of a name
    #[arg(value_name = "TASK")]
    task: Option<String>,
}

/// What is kept in mind from one task to the next.
#[derive(Debug, Default)]
struct Sitting {
    /// The tasks it is about; all of today's where none were named.
    only: Option<BTreeSet<TaskKey>>,
    /// Tasks left for now.
    passed: BTreeSet<TaskKey>,
    /// What was to be done when the last task came up.
    open: BTreeSet<TaskKey>,
    /// Something was taken back just now.
    undone: bool,
    /// What that made open again.
    back: BTreeSet<TaskKey>,
    /// Tasks that were on the screen.
    seen: BTreeSet<TaskKey>,
    /// Messages whose person has not answered, as they said.
    unanswered: BTreeSet<TaskKey>,
    /// Texts changed in an editor, before they are sent.
    edited: BTreeMap<TaskKey, String>,
    /// Steps whose guide was on the screen.
    guided: BTreeSet<Id>,
    /// How forms are answered was said.
    told: bool,
    /// The newest operation before it began: what was recorded before is not undone here.
    before: Option<OperationId>,
    /// How many answers were recorded.
    recorded: usize,
}

/// What one task came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Something changed: look at what is to be done now.
    Look,
    /// Left for now.
    Next,
    /// Enough for now.
    Quit,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, work: &Work) -> Result<Status, CliError> {
    if !session.host.input_is_terminal || session.global.json {
        return Err(CliError::Refused {
            sentence: "`work` asks one thing after the other, and nobody is at a terminal here."
                .to_owned(),
            helps: ["fortnight today --json", "fortnight show 1", "fortnight done 1"]
                .map(str::to_owned)
                .to_vec(),
        });
    }
    let mut sitting = Sitting::begin(session, work)?;
    loop {
        let desk = Desk::to_write(session)?;
        let open = desk.open(&[])?;
        let agenda = plan::agenda(&open.situation(desk.instant));
        sitting.bring_back(&agenda);
        let left = sitting.left(&agenda);
        let Some(task) = left.first() else { return sitting.end(session, &agenda) };
        page::heading(session, &open.situation(desk.instant), &sitting, &left)?;
        let at = turn::At { desk: &desk, open: &open, task };
        let came_to = turn::take(session, &at, &mut sitting)?;
        sitting.seen.insert(task.key.clone());
        match came_to {
            Turn::Look => {}
            Turn::Next => {
                sitting.passed.insert(task.key.clone());
            }
            Turn::Quit => return sitting.leave(session, left.len()),
        }
        session.say("")?;
    }
}

impl Sitting {
    fn begin(session: &mut Session<'_>, work: &Work) -> Result<Self, CliError> {
        let desk = Desk::to_write(session)?;
        let head = desk.notebook.store().head().map_err(CliError::Store)?;
        let mut sitting = Self { before: head.operation, ..Self::default() };
        if let Some(name) = &work.task {
            let open = desk.open(&[])?;
            let agenda = plan::agenda(&open.situation(desk.instant));
            let mut keys = called(&agenda, name);
            if keys.is_empty() {
                keys = naming::tasks(session, &desk, &open, &agenda, name)?.into_iter().collect();
            }
            let chosen = agenda.tasks.iter().filter(|task| keys.contains(&task.key));
            if !{ chosen }.any(is_for_now) {
                let more = "fortnight today --full";
                return Err(CliError::refused_with("Nothing of that is to be done now.", more));
            }
            sitting.only = Some(keys);
        }
        Ok(sitting)
    }

    /// Where something was taken back, what it makes open again is shown next.
    fn bring_back(&mut self, agenda: &Agenda) {
        let open = agenda.tasks.iter().filter(|task| is_for_now(task));
        let open: BTreeSet<TaskKey> = open.map(|task| task.key.clone()).collect();
        if std::mem::take(&mut self.undone) {
            self.back = open.difference(&self.open).cloned().collect();
            self.passed.retain(|key| !self.back.contains(key));
        }
        self.open = open;
    }

    /// What is left to be done now, the first to do first.
    fn left<'t>(&self, agenda: &'t Agenda) -> Vec<&'t Task> {
        let meant = |task: &&Task| self.only.as_ref().is_none_or(|only| only.contains(&task.key));
        let tasks = agenda.tasks.iter().filter(|task| is_for_now(task)).filter(meant);
        let mut left: Vec<&Task> = tasks.filter(|task| !self.passed.contains(&task.key)).collect();
        left.sort_by_key(|task| !self.back.contains(&task.key));
        left
    }

    /// True where this sitting recorded something that can be taken back.
    fn can_undo(&self, desk: &Desk) -> Result<bool, CliError> {
        /// So far back an undone sitting is looked through.
        const FAR: usize = 1_000;
        if self.recorded == 0 {
            return Ok(false);
        }
        let operations = desk.notebook.store().operations(FAR).map_err(CliError::Store)?;
        let newest = newest_to_undo(&operations).map(|(_, meant)| meant);
        Ok(newest.is_some() && newest > self.before)
    }

    /// Everything was done, or left for now.
    fn end(&self, session: &mut Session<'_>, agenda: &Agenda) -> Result<Status, CliError> {
        let passed = agenda.tasks.iter().filter(|task| self.passed.contains(&task.key));
        let passed = { passed }.filter(|task| is_for_now(task)).count();
        let said = match (self.seen.is_empty(), passed) {
            (true, _) => "Nothing is due now.".to_owned(),
            (false, 0) => "That was all for now.".to_owned(),
            (false, 1) => "That was all but one, which you left for now.".to_owned(),
            (false, many) => format!("That was all but {many}, which you left for now."),
        };
        session.say(&said)?;
        session.say("What comes next: fortnight")?;
        Ok(Status::Done)
    }

    /// Enough for now; everything said so far is recorded.
    fn leave(&self, session: &mut Session<'_>, left: usize) -> Result<Status, CliError> {
        let recorded = match self.recorded {
            0 => "Nothing was recorded",
            _ => "Everything so far is recorded",
        };
        session.say(&format!("{recorded}; {left} left for now. Go on: fortnight work"))?;
        Ok(Status::Done)
    }
}

/// What is to be done now of a step, of what a title says, or with a person: all of it.
fn called(agenda: &Agenda, name: &str) -> BTreeSet<TaskKey> {
    let wanted = fold(name.trim_start_matches('@'));
    if wanted.is_empty() || wanted.bytes().all(|byte| byte.is_ascii_digit()) {
        return BTreeSet::new();
    }
    let holds = |text: &str| fold(text).contains(&wanted);
    let meant = |task: &&Task| {
        let person = task.entry.as_ref().is_some_and(|(_, name)| holds(name.raw()));
        *task.key.step == *name || person || !name.starts_with('@') && holds(&task.title)
    };
    let step = agenda.tasks.iter().any(|task| *task.key.step == *name);
    let tasks = agenda.tasks.iter().filter(|task| is_for_now(task)).filter(meant);
    tasks.filter(|task| !step || *task.key.step == *name).map(|task| task.key.clone()).collect()
}

/// Due, overdue, or due and in need of something first.
fn is_for_now(task: &Task) -> bool {
    task.status().is_now() || task.status() == TaskStatus::Blocked
}
