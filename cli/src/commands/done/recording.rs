//! Recording the same of several tasks as one operation, and saying what became of it.

use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{self, Agenda, Command, Completed, Note, TaskKey};

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::words::{count, quoted};
use crate::render::{COLUMNS, note, width};
use crate::session::Session;
use crate::{effect, naming};

/// How a command is kept in the log, and how it is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'s> {
    pub(super) command: &'static str,
    /// What became of tasks that were open.
    pub(super) done: &'s str,
    /// How it was done, where that is worth a word.
    pub(super) how: &'s str,
}

impl<'s> Said<'s> {
    pub(super) fn of(command: &'static str, done: &'s str) -> Self {
        Self { command, done, how: "" }
    }
}

/// The words that name tasks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'w> {
    command: &'static str,
    words: &'w [String],
    /// Of a step, everything that is due.
    all: bool,
}

impl<'w> Named<'w> {
    pub(super) fn of(command: &'static str, words: &'w [String], all: bool) -> Self {
        Self { command, words, all }
    }
}

/// The tasks that some words name, each once.
pub(super) fn keys(
    session: &Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    agenda: &Agenda,
    named: &Named<'_>,
) -> Result<Vec<TaskKey>, CliError> {
    let mut keys: Vec<TaskKey> = Vec::new();
    for word in named.words {
        let found = match (named.all, naming::due_of_step(open, agenda, word)) {
            (true, Some(due)) => due,
            (true, None) if open.playbook.step(word).is_some() => {
                return Err(CliError::refused_with(
                    format!("Nothing of `{word}` is due."),
                    "fortnight today --full",
                ));
            }
            (_, due) => naming::tasks(session, desk, open, agenda, word)
                .map_err(|error| with_all(error, named.command, word, due.as_deref()))?,
        };
        for key in found {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    Ok(keys)
}

/// Where a step was named that is due for several, there is a word for all of them.
fn with_all(error: CliError, command: &str, word: &str, due: Option<&[TaskKey]>) -> CliError {
    let CliError::Ambiguous { name, mut candidates } = error else { return error };
    let several = due.filter(|due| due.len() > 1);
    candidates.extend(several.map(|due| {
        let day = if command == "later" { " fri" } else { "" };
        format!("All {} that are due: fortnight {command} {}{day} --all", due.len(), quoted(word))
    }));
    CliError::Ambiguous { name, candidates }
}

/// Records the same of several tasks, as one operation, and says what became of it.
pub(super) fn record(
    session: &mut Session<'_>,
    mut desk: Desk,
    open: &OpenPlan,
    said: &Said<'_>,
    keys: &[TaskKey],
    command: impl Fn(TaskKey) -> Command,
) -> Result<Status, CliError> {
    let before = plan::agenda(&open.situation(desk.instant));
    let written = desk.record(session, said.command, &[], false, |work| {
        let mut notes: Vec<(&TaskKey, Note)> = Vec::new();
        for key in keys {
            for note in work.decide(&command(key.clone()))?.notes {
                let same = |(_, known): &(&TaskKey, Note)| *known == note && !is_of_one(&note);
                if !notes.iter().any(same) {
                    notes.push((key, note));
                }
            }
        }
        Ok((notes, plan::agenda(&work.situation()?)))
    })?;
    let (notes, after) = written.value;
    if written.operation.is_some() {
        let has_note = |key: &TaskKey, wanted: fn(&Note) -> bool| {
            notes.iter().any(|(about, note)| *about == key && wanted(note))
        };
        let corrected =
            |key: &&TaskKey| has_note(key, |note| matches!(note, Note::Corrects { .. }));
        let known = |key: &&TaskKey| has_note(key, |note| matches!(note, Note::Known { .. }));
        let new = keys.iter().filter(|key| !corrected(key) && !known(key)).cloned();
        for (did, keys) in [
            (said.done, new.collect::<Vec<_>>()),
            ("Corrected", keys.iter().filter(corrected).cloned().collect()),
        ] {
            let what = what(&before, &keys);
            if !what.is_empty() {
                session.tell(&format!("{did}: {what}{}.", said.how))?;
            }
        }
    }
    for (key, note) in notes {
        let whose =
            if keys.len() > 1 && is_of_one(&note) { whose(open, key) } else { String::new() };
        session.tell(&format!("{whose}{}", note::words(&note, &open.book)))?;
    }
    let effect = effect::of_tasks(&before, &after, keys);
    let is_last = effect.is_empty() && written.operation.is_some();
    session.tell(&effect)?;
    if is_last && !session.global.json && !session.sitting {
        session.say(&width::wrap(&effect::today(&after), COLUMNS).join("\n"))?;
    }
    Ok(Status::Done)
}

/// Whom or what a note is about, where it is about one of several.
fn whose(open: &OpenPlan, key: &TaskKey) -> String {
    let name = key.entry.and_then(|entry| open.book.get(entry)).map(|known| known.name.terminal());
    let title = || open.playbook.step(&key.step).map(|step| step.title.clone());
    name.or_else(title).map(|who| format!("{who}: ")).unwrap_or_default()
}

/// What is said of one task alone, however many there are.
fn is_of_one(note: &Note) -> bool {
    matches!(note, Note::Corrects { .. } | Note::Known { .. })
}

/// True for a task that is recorded as done: what is said of it now corrects that.
pub(super) fn was_done(open: &OpenPlan, key: &TaskKey) -> bool {
    open.state.completion(key).is_some_and(|done| done.how == Completed::Done)
}

/// `Follow up once · Ben Okafor`, or `Follow up once · 8 people`.
fn what(agenda: &Agenda, keys: &[TaskKey]) -> String {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let all = || agenda.tasks.iter().chain(&agenda.closed);
    for task in keys.iter().filter_map(|key| all().find(|task| task.key == *key)) {
        let name = task.entry.as_ref().map(|(_, name)| name.terminal());
        match lines.iter_mut().find(|(title, _)| *title == task.title) {
            Some((_, names)) => names.extend(name),
            None => lines.push((task.title.clone(), name.into_iter().collect())),
        }
    }
    let said = lines.into_iter().map(|(title, names)| match names.as_slice() {
        [] => title,
        [one] => format!("{title} · {one}"),
        [one, two] => format!("{title} · {one}, {two}"),
        many => format!("{title} · {}", count(many.len(), "person", "people")),
    });
    said.collect::<Vec<_>>().join("; ")
}
