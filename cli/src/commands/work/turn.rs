//! One task on the screen, asked about until it comes to something.

use std::ffi::OsString;

use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::Entry;
use fortnight_engine::plan::{Situation, Task};
use fortnight_engine::playbook::StepKind;

use super::answer::{self, Key, Typed};
use super::{Sitting, Turn, form, letter, page};
use crate::arguments;
use crate::commands;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::session::Session;
use crate::{usage, ways};

/// The task at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) desk: &'a Desk,
    pub(super) open: &'a OpenPlan,
    pub(super) task: &'a Task,
}

impl<'a> At<'a> {
    pub(super) fn situation(&self) -> Situation<'a> {
        self.open.situation(self.desk.instant)
    }

    /// The person or company it is for.
    pub(super) fn entry(&self) -> Option<&'a Entry> {
        self.open.book.get(self.task.key.entry?)
    }

    /// Its name in a command.
    pub(super) fn name(&self) -> String {
        self.task.key.to_string()
    }
}

/// Shows a task and asks until something comes of it.
pub(super) fn take(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
) -> Result<Turn, CliError> {
    let situation = at.situation();
    let Some(step) = situation.playbook.steps.get(at.task.position) else { return Ok(Turn::Next) };
    match &step.kind {
        StepKind::Send(message) => letter::take(session, at, sitting, message),
        StepKind::Choose(choice) => {
            page::guide(session, &situation, sitting, at.task)?;
            form::choose(session, at, sitting, choice)
        }
        StepKind::Fill(fields) => {
            page::guide(session, &situation, sitting, at.task)?;
            form::fill(session, at, sitting, fields)
        }
        StepKind::Decide(decisions) => {
            page::guide(session, &situation, sitting, at.task)?;
            form::decide(session, at, sitting, decisions)
        }
        StepKind::Write(message) => {
            page::guide(session, &situation, sitting, at.task)?;
            form::write(session, at, sitting, message)
        }
        StepKind::Task | StepKind::Collect(_) | StepKind::Every(_) => {
            page::guide(session, &situation, sitting, at.task)?;
            form::collected(session, at)?;
            let offered = [Key::Done, Key::Later, Key::Skip, Key::Next];
            ask(session, at, sitting, &offered, &mut |session, key, _| {
                if key == Key::Done { form::done(session, at) } else { Ok(None) }
            })
        }
    }
}

/// What a task does with the keys that are its own: what came of it, or nothing.
pub(super) type Own<'a> =
    dyn FnMut(&mut Session<'_>, Key, &str) -> Result<Option<Turn>, CliError> + 'a;

/// Asks for a key until something comes of it. What every task shares is done here; `own` does the
/// rest, and says what came of it, or nothing where the same task is to be asked about again.
pub(super) fn ask(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    offered: &[Key],
    own: &mut Own<'_>,
) -> Result<Turn, CliError> {
    session.say("")?;
    ask_about(session, at, sitting, offered, None, own)
}

/// As [`ask`], where a first line was typed already.
pub(super) fn ask_about(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    offered: &[Key],
    mut first: Option<String>,
    own: &mut Own<'_>,
) -> Result<Turn, CliError> {
    let mut offered = offered.to_vec();
    if at.entry().is_some() && !offered.contains(&Key::Replied) {
        let late = offered.iter().position(|key| *key == Key::Later).unwrap_or(0);
        offered.insert(late, Key::Replied);
    }
    if sitting.can_undo(at.desk)? {
        offered.push(Key::Undo);
    }
    offered.push(Key::Quit);
    loop {
        let question = format!("{}\n>", answer::line(&offered));
        let typed = match first.take() {
            Some(first) => Some(first),
            None => session.line(&question)?,
        };
        let Some(typed) = typed else { return Ok(Turn::Quit) };
        let (key, rest) = match answer::read(&typed, &offered) {
            Typed::Key(key, rest) => (key, rest),
            Typed::Help => {
                session.say(&answer::meanings(&offered))?;
                continue;
            }
            Typed::Wrong(said) => {
                match ways::page(at.entry()) {
                    Err(error) if typed.eq_ignore_ascii_case("o") => session.refuse(&error),
                    Ok(_) | Err(_) => session.say(&said)?,
                }
                continue;
            }
        };
        let came_to = match key {
            Key::Quit => Some(Turn::Quit),
            Key::Next => Some(Turn::Next),
            Key::Undo => act(session, &["undo"])?.then(|| {
                sitting.undone = true;
                Turn::Look
            }),
            Key::Later => later(session, at, &rest)?,
            Key::Skip => skip(session, at, &rest)?,
            Key::Replied => replied(session, at, &rest)?,
            Key::Copy | Key::Open | Key::Edit | Key::Sent | Key::Done => own(session, key, &rest)?,
        };
        if let Some(turn) = came_to {
            let recorded = turn == Turn::Look && key != Key::Undo;
            sitting.recorded += usize::from(recorded);
            return Ok(turn);
        }
    }
}

/// Runs a command as if it had been typed. False where it was refused, and said why.
pub(super) fn act(session: &mut Session<'_>, words: &[&str]) -> Result<bool, CliError> {
    let line: Vec<OsString> =
        std::iter::once("fortnight").chain(words.iter().copied()).map(Into::into).collect();
    let before = std::mem::replace(&mut session.sitting, true);
    let ended = match arguments::read(line.clone()) {
        Ok(arguments) => commands::run(session, arguments.command),
        Err(error) => Err(usage::refusal(&error, &line)),
    };
    session.sitting = before;
    match ended {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.status(), Status::Refused | Status::Usage) => {
            session.refuse(&error);
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

fn later(session: &mut Session<'_>, at: &At<'_>, day: &str) -> Result<Option<Turn>, CliError> {
    let day = if day.is_empty() {
        session.ask("Until when? Such as tomorrow, fri or 16 mar (Enter alone: not at all)\n>")?
    } else {
        Some(day.to_owned())
    };
    let Some(day) = day else { return Ok(None) };
    let name = at.name();
    let words: Vec<&str> =
        ["later", name.as_str()].into_iter().chain(day.split_whitespace()).collect();
    Ok(act(session, &words)?.then_some(Turn::Look))
}

fn skip(session: &mut Session<'_>, at: &At<'_>, why: &str) -> Result<Option<Turn>, CliError> {
    use fortnight_engine::playbook::Required;
    let step = at.open.playbook.steps.get(at.task.position);
    let asks = step.is_some_and(|step| step.required == Required::UnlessReason);
    let why = if why.is_empty() && asks {
        match session.ask("Why? One sentence (Enter alone: do not skip it)\n>")? {
            // A letter alone is a key that was meant, not a sentence.
            Some(why) if why.chars().nth(1).is_some() => why,
            Some(_) | None => return Ok(None),
        }
    } else {
        why.to_owned()
    };
    let why = format!("--why={why}");
    Ok(act(session, &["skip", &at.name(), &why])?.then_some(Turn::Look))
}

/// Something came back: `r`, `r sat`, `r booked thu 15:00`.
pub(super) fn replied(
    session: &mut Session<'_>,
    at: &At<'_>,
    details: &str,
) -> Result<Option<Turn>, CliError> {
    let Some(entry) = at.entry() else {
        session.say("This task is about nobody in particular.")?;
        return Ok(None);
    };
    let details = if details.is_empty() {
        let asked = "When? Enter for today, or a day such as sat; - takes it back\n>";
        match session.line(asked)? {
            None => return Ok(Some(Turn::Quit)),
            Some(day) if day == "-" => return Ok(None),
            Some(day) => day,
        }
    } else {
        details.to_owned()
    };
    let words = parted(&details);
    let first = words.first().map_or("", String::as_str);
    let outcome = at.open.playbook.outcome(first).is_some();
    let person = format!("@{}", entry.id);
    let mut line = vec!["record", person.as_str()];
    if !outcome {
        line.push("replied");
    }
    line.extend(words.iter().map(String::as_str));
    Ok(act(session, &line)?.then_some(Turn::Look))
}

/// Words, those in quotes together.
fn parted(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in text.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}
