//! `fortnight done TASK…`, `skip`, `later`: what became of tasks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use fortnight_engine::calendar::{Lean, parse_day, show_day};
use fortnight_engine::message::LONGEST_TEXT;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{self, Agenda, Command, Note, Place, Situation, TaskKey};
use fortnight_engine::playbook::{Id, StepKind};
use fortnight_engine::words::Words;
use jiff::civil::Date;

use super::message::not_ready;
use super::show;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::note;
use crate::render::words::count;
use crate::session::Session;
use crate::values::pair;
use crate::ways::{Outgoing, Ways, edit};
use crate::{effect, naming};

/// What was done.
#[derive(Debug, Args)]
pub(crate) struct Done {
    /// Numbers last printed, `step/person`, or parts of names
    #[arg(value_name = "TASK", required = true)]
    tasks: Vec<String>,
    /// The day on which it was done (default: today)
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// An answer to a question of the step; may be given several times
    #[arg(long = "set", value_name = "NAME=ANSWER", value_parser = pair)]
    answers: Vec<(String, String)>,
    /// What was really sent, where it differs from the text shown
    #[arg(long, value_name = "TEXT", group = "words")]
    text: Option<String>,
    /// The same, from a file
    #[arg(long, value_name = "FILE", group = "words")]
    text_file: Option<PathBuf>,
    /// Change the text in your editor (VISUAL or EDITOR) to what was sent
    #[arg(long, group = "words")]
    edit: bool,
    #[command(flatten)]
    ways: Ways,
}

/// What is not to be done.
#[derive(Debug, Args)]
pub(crate) struct Skip {
    /// Numbers last printed, `step/person`, or parts of names
    #[arg(value_name = "TASK", required = true)]
    tasks: Vec<String>,
    /// Why, in a sentence
    #[arg(long, value_name = "SENTENCE")]
    why: Option<String>,
}

/// What is moved to a later day.
#[derive(Debug, Args)]
pub(crate) struct Later {
    /// Numbers last printed, `step/person`, or parts of names; then the day
    #[arg(value_name = "TASK… DAY", required = true, num_args = 2..)]
    tasks: Vec<String>,
}

/// Runs `done`.
pub(crate) fn done(session: &mut Session<'_>, done: &Done) -> Result<Status, CliError> {
    let desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let today = desk.today(&open);
    let on = day(done.on.as_deref(), today, Lean::Past)?.unwrap_or(today);
    let answers: BTreeMap<Id, Words> = done
        .answers
        .iter()
        .map(|(name, answer)| (Id::from(name.as_str()), Words::new(answer.as_str())))
        .collect();
    let before = plan::agenda(&open.situation(desk.instant));
    let keys = keys(session, &desk, &open, &before, &done.tasks)?;
    let text = words(session, &desk, &open, done, &keys, on)?;
    if done.ways.any() {
        hand_out(session, &desk, &open, done, &keys, text.as_ref(), on)?;
    }
    record(session, desk, &open, "done", &keys, "Done", |task| Command::Done {
        task,
        on,
        answers: answers.clone(),
        text: text.clone(),
    })
}

/// Runs `skip`.
pub(crate) fn skip(session: &mut Session<'_>, skip: &Skip) -> Result<Status, CliError> {
    let desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let on = desk.today(&open);
    let reason = skip.why.as_deref().map(Words::new);
    let before = plan::agenda(&open.situation(desk.instant));
    let keys = keys(session, &desk, &open, &before, &skip.tasks)?;
    record(session, desk, &open, "skip", &keys, "Skipped", |task| Command::Skip {
        task,
        on,
        reason: reason.clone(),
    })
}

/// Runs `later`.
pub(crate) fn later(session: &mut Session<'_>, later: &Later) -> Result<Status, CliError> {
    let desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let today = desk.today(&open);
    let (tasks, to) = tasks_and_day(&later.tasks, today)?;
    let said = format!("Moved to {}", show_day(to));
    let before = plan::agenda(&open.situation(desk.instant));
    let keys = keys(session, &desk, &open, &before, tasks)?;
    record(session, desk, &open, "later", &keys, &said, |task| Command::Later { task, to })
}

/// The tasks, then a day of one or two words: `2 3 fri`, `2 16 mar`.
fn tasks_and_day(words: &[String], today: Date) -> Result<(&[String], Date), CliError> {
    let split = |length: usize| {
        let (tasks, day) = words.split_at_checked(words.len().checked_sub(length)?)?;
        let day = parse_day(&day.join(" "), today, Lean::Future).ok()?;
        (!tasks.is_empty()).then_some((tasks, day))
    };
    if let Some(found) = split(3).or_else(|| split(2)).or_else(|| split(1)) {
        return Ok(found);
    }
    let last = words.last().cloned().unwrap_or_default();
    let flaw = parse_day(&last, today, Lean::Future).err();
    Err(flaw.map_or_else(
        || CliError::refused_with("Which task?", "fortnight later 2 fri"),
        |flaw| CliError::flawed(last, flaw),
    ))
}

/// The tasks that some words name, each once.
fn keys(
    session: &Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    agenda: &Agenda,
    words: &[String],
) -> Result<Vec<TaskKey>, CliError> {
    let mut keys: Vec<TaskKey> = Vec::new();
    for word in words {
        for key in naming::tasks(session, desk, open, agenda, word)? {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    Ok(keys)
}

/// What was really sent, where it is given: exactly one message is meant then.
fn words(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    done: &Done,
    keys: &[TaskKey],
    on: Date,
) -> Result<Option<Words>, CliError> {
    if done.text.is_none() && done.text_file.is_none() && !done.edit {
        return Ok(None);
    }
    let situation = open.situation(desk.instant).on_day(on);
    let (place, message) = message_of(&situation, keys, "A text that was sent belongs to")?;
    let text = match (&done.text, &done.text_file) {
        (Some(text), _) => text.clone(),
        (None, Some(file)) => text_of(session, file)?,
        (None, None) => {
            let composed = plan::compose(&situation, place, message)
                .map_err(|hindrance| not_ready(open, name_of(&situation, place), hindrance))?;
            let text = composed.draft.text.raw();
            match edit(session, text)? {
                Some(edited) => edited,
                // What broke a rule went out as it is: the person says so.
                None if !composed.broken.is_empty() => text.to_owned(),
                None => return Ok(None),
            }
        }
    };
    if text.trim().is_empty() {
        return Err(CliError::refused("There are no words in it, so nothing was recorded."));
    }
    if text.len() > LONGEST_TEXT {
        return Err(CliError::refused("No message is longer than 64 KiB: nothing was recorded."));
    }
    Ok(Some(Words::new(text)))
}

/// The text in a file, without white space at its end.
pub(super) fn text_of(session: &Session<'_>, file: &Path) -> Result<String, CliError> {
    let bytes = session.host.read(file).map_err(|error| CliError::unreadable(file, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::NotText { path: file.into() })?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").trim_end().to_owned())
}

/// The one message that the tasks come to.
fn message_of<'a, 's>(
    situation: &'s Situation<'a>,
    keys: &[TaskKey],
    what: &str,
) -> Result<(Place<'a>, &'s Id), CliError> {
    let [key] = keys else {
        let tasks = count(keys.len(), "task", "tasks");
        return Err(CliError::refused_with(
            format!("{what} one message, and this is {tasks}."),
            "fortnight today --full gives each person a number",
        ));
    };
    let step = situation.playbook.step(&key.step);
    let title = step.map_or_else(|| key.step.to_string(), |step| step.title.clone());
    let place = show::place_of(situation, key).ok_or_else(|| show::no_text(&title))?;
    if let Some(StepKind::Send(message)) = step.map(|step| &step.kind) {
        Ok((place, message))
    } else {
        Err(show::no_text(&title))
    }
}

fn name_of<'a>(situation: &Situation<'a>, place: Place<'a>) -> Words {
    situation.entry_at(place).map_or_else(|| Words::new("nobody"), |entry| entry.name.clone())
}

/// The text goes the ways that were asked for before it is recorded as sent.
fn hand_out(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    done: &Done,
    keys: &[TaskKey],
    text: Option<&Words>,
    on: Date,
) -> Result<(), CliError> {
    let situation = open.situation(desk.instant).on_day(on);
    let (place, message) = message_of(&situation, keys, "Only one text goes out at a time:")?;
    let entry = situation.entry_at(place);
    let drafted = plan::draft(&situation, place, message);
    let (subject, drafted) = match drafted {
        Ok(draft) => (draft.subject, Some(draft.text)),
        Err(_) if text.is_some() => (None, None),
        Err(hindrance) => return Err(not_ready(open, name_of(&situation, place), hindrance)),
    };
    let text = text.or(drafted.as_ref());
    let outgoing = Outgoing { entry, subject: subject.as_ref(), text };
    if done.ways.go(session, outgoing, desk.instant)? == Status::Done {
        Ok(())
    } else {
        Err(CliError::refused("Nothing was recorded: say done once it is sent."))
    }
}

/// Records the same of several tasks, as one operation, and says what became of it.
fn record(
    session: &mut Session<'_>,
    mut desk: Desk,
    open: &OpenPlan,
    name: &str,
    keys: &[TaskKey],
    said: &str,
    command: impl Fn(TaskKey) -> Command,
) -> Result<Status, CliError> {
    let before = plan::agenda(&open.situation(desk.instant));
    let written = desk.record(session, name, &[], false, |work| {
        let mut notes: Vec<Note> = Vec::new();
        for key in keys {
            for note in work.decide(&command(key.clone()))?.notes {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        Ok((notes, plan::agenda(&work.situation()?)))
    })?;
    let (notes, after) = written.value;
    if written.operation.is_some() {
        session.print(&format!("{said}: {}.\n", what(&before, keys)))?;
    }
    for said in notes {
        session.print(&format!("{}\n", note::words(&said, &open.book)))?;
    }
    let entries: Vec<_> = keys.iter().filter_map(|key| key.entry).collect();
    let effect = effect::of(&before, &after, &entries);
    if !effect.is_empty() {
        session.print(&format!("{effect}\n"))?;
    }
    Ok(Status::Done)
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

/// A day in a person's words.
pub(crate) fn day(text: Option<&str>, today: Date, lean: Lean) -> Result<Option<Date>, CliError> {
    text.map(|text| parse_day(text, today, lean).map_err(|flaw| CliError::flawed(text, flaw)))
        .transpose()
}
