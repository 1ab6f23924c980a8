//! `fortnight done TASK…`, `skip`, `later`: what became of tasks.
//!
//! `done` with something new about a task that is done already corrects what was recorded (F5).

mod other;
mod recording;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use fortnight_engine::calendar::{Lean, parse_day};
use fortnight_engine::message::{Channel, LONGEST_TEXT};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::Entry;
use fortnight_engine::plan::{self, Command, Place, Rejection, Sent, Situation, TaskKey};
use fortnight_engine::playbook::{Id, StepKind};
use fortnight_engine::words::Words;
use jiff::civil::Date;

pub(crate) use self::other::{Later, Skip, later, skip};
use self::recording::{Named, Said, keys, record, was_done};
use super::message::not_ready;
use super::show;
use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::render::words::{by_way, count, quoted};
use crate::session::Session;
use crate::values::{channel, pair};
use crate::ways::{Outgoing, Ways, edit};

/// What was done.
#[derive(Debug, Args)]
pub(crate) struct Done {
    /// Numbers last printed, `step/person`, or parts of names
    #[arg(value_name = "TASK", required = true)]
    tasks: Vec<String>,
    /// Of a step named by its id or title: everything that is due
    #[arg(long)]
    all: bool,
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
    /// The channel a message went on, where it is another one than planned: linkedin, email, sms,
    /// phone or in-person
    #[arg(long, value_name = "CHANNEL")]
    via: Option<String>,
    #[command(flatten)]
    ways: Ways,
}

/// Runs `done`.
pub(crate) fn done(session: &mut Session<'_>, done: &Done) -> Result<Status, CliError> {
    let desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let today = desk.today(&open);
    let on = day(done.on.as_deref(), today, Lean::Past)?.unwrap_or(today);
    if let Some([name, one, other]) = given_twice(&done.answers) {
        let (one, other) = (quoted(one), quoted(other));
        return Err(CliError::refused(format!("`{name}` is given twice: {one} and {other}.")));
    }
    let answers: BTreeMap<Id, Words> = done
        .answers
        .iter()
        .map(|(name, answer)| (Id::from(name.as_str()), Words::new(answer.as_str())))
        .collect();
    let before = plan::agenda(&open.situation(desk.instant));
    let keys = keys(session, &desk, &open, &before, &Named::of("done", &done.tasks, done.all))?;
    let via = done.via.as_deref().map(channel).transpose()?;
    let text = words(session, &desk, &open, done, &keys, on, via)?;
    if done.ways.any() {
        hand_out(session, &desk, &open, done, &keys, text.as_ref(), on, via)?;
    }
    let how = via.map(|via| format!(", {}", by_way(via))).unwrap_or_default();
    let said = Said { how: &how, ..Said::of("done", "Done") };
    let given = done.on.as_ref().map(|_| on);
    let says_more = given.is_some() || !answers.is_empty() || text.is_some() || via.is_some();
    record(session, desk, &open, &said, &keys, |task| {
        let (answers, text) = (answers.clone(), text.clone());
        if says_more && was_done(&open, &task) {
            Command::Correct { task, on: given, answers, text, channel: via }
        } else {
            Command::Done { task, on, answers, text, channel: via }
        }
    })
}

/// An answer that is given in two ways: its name, and both.
fn given_twice(answers: &[(String, String)]) -> Option<[&str; 3]> {
    answers.iter().enumerate().find_map(|(at, (name, other))| {
        let (_, one) = answers.iter().take(at).find(|(before, _)| before == name)?;
        (one != other).then_some([name.as_str(), one.as_str(), other.as_str()])
    })
}

/// What was really sent, where it is given: exactly one message is meant then.
fn words(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    done: &Done,
    keys: &[TaskKey],
    on: Date,
    via: Option<Channel>,
) -> Result<Option<Words>, CliError> {
    if done.text.is_none() && done.text_file.is_none() && !done.edit {
        return Ok(None);
    }
    let situation = open.situation(desk.instant).on_day(on);
    let (place, message) = message_of(&situation, keys, "A text that was sent belongs to")?;
    if done.edit {
        in_peace(open, situation.entry_at(place))?;
    }
    let text = match (&done.text, &done.text_file) {
        (Some(text), _) => text.clone(),
        (None, Some(file)) => text_of(session, file)?,
        (None, None) => {
            let (text, broken) = if let Some(sent) = sent(open, keys) {
                (sent.text.clone(), false)
            } else {
                let composed = plan::compose(&situation, place, message, via)
                    .map_err(|hindrance| not_ready(open, name_of(&situation, place), hindrance))?;
                (composed.draft.text, !composed.broken.is_empty())
            };
            match edit(session, text.raw())? {
                Some(edited) => edited,
                // What broke a rule went out as it is: the person says so.
                None if broken => text.raw().to_owned(),
                None => return Ok(None),
            }
        }
    };
    if Words::new(&text).is_blank() {
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

/// The message of a task that is done, as it went out.
fn sent<'o>(open: &'o OpenPlan, keys: &[TaskKey]) -> Option<&'o Sent> {
    let [key] = keys else { return None };
    open.state.completion(key)?.sent.as_ref()
}

fn name_of<'a>(situation: &Situation<'a>, place: Place<'a>) -> Words {
    situation.entry_at(place).map_or_else(|| Words::new("nobody"), |entry| entry.name.clone())
}

/// S5: no text is put before anybody's eyes for somebody who does not want to be written to. What went
/// out all the same can be written down.
fn in_peace(open: &OpenPlan, entry: Option<&Entry>) -> Result<(), CliError> {
    match entry.filter(|entry| entry.do_not_contact) {
        Some(entry) => {
            let rejected = Rejection::DoNotContact { name: entry.name.clone() };
            Err(refusal(&rejected, &open.playbook))
        }
        None => Ok(()),
    }
}

/// The text goes the ways that were asked for before it is recorded as sent.
#[expect(clippy::too_many_arguments, reason = "all that is known of one message")]
fn hand_out(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    done: &Done,
    keys: &[TaskKey],
    text: Option<&Words>,
    on: Date,
    via: Option<Channel>,
) -> Result<(), CliError> {
    let situation = open.situation(desk.instant).on_day(on);
    let (place, message) = message_of(&situation, keys, "Only one text goes out at a time:")?;
    let entry = situation.entry_at(place);
    in_peace(open, entry)?;
    let (subject, drafted) = if let Some(sent) = sent(open, keys) {
        (sent.subject.clone(), Some(sent.text.clone()))
    } else {
        match plan::draft_via(&situation, place, message, via) {
            Ok(draft) => (draft.subject, Some(draft.text)),
            Err(_) if text.is_some() => (None, None),
            Err(hindrance) => return Err(not_ready(open, name_of(&situation, place), hindrance)),
        }
    };
    let text = text.or(drafted.as_ref());
    let outgoing = Outgoing { entry, subject: subject.as_ref(), text };
    if done.ways.go(session, outgoing, desk.instant)? == Status::Done {
        Ok(())
    } else {
        Err(CliError::refused("Nothing was recorded: say done once it is sent."))
    }
}

/// A day in a person's words.
pub(crate) fn day(text: Option<&str>, today: Date, lean: Lean) -> Result<Option<Date>, CliError> {
    text.map(|text| parse_day(text, today, lean).map_err(|flaw| CliError::flawed(text, flaw)))
        .transpose()
}
