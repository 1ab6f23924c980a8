//! `fortnight show TASK` (also `why`): how to do it, the text to send, why it stands as it does, and
//! the text on its way out.

use std::fmt::Write as _;

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::message::Template;
use fortnight_engine::people::Entry;
use fortnight_engine::plan::{
    self, Draft, Hindrance, Place, Rejection, Sent, Situation, TaskKey, Why,
};
use fortnight_engine::playbook::{Step, StepKind};
use fortnight_engine::words::Words;
use jiff::civil::Date;
use serde::Serialize;

use super::message::not_ready;
use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::agenda::TaskData;
use crate::render::mail::Mail;
use crate::render::words::{NO_TIMES, by_way, count, inside, lacking, list, place_of_work};
use crate::render::{COLUMNS, why, width};
use crate::session::Session;
use crate::ways::{Outgoing, Ways};

/// Which task.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A number last printed, `step/person`, or a part of a name
    #[arg(value_name = "TASK")]
    task: String,
    #[command(flatten)]
    ways: Ways,
}

/// `show --json`, version 1.
#[derive(Serialize)]
struct Shown {
    version: u32,
    #[serde(flatten)]
    task: TaskData,
    guide: Option<String>,
    checklist: Vec<String>,
    text: Option<String>,
    subject: Option<String>,
    channel: Option<&'static str>,
    /// The day on which it went out, as it stands here.
    sent: Option<String>,
    /// A link that opens a mail program with the text, where an address is known.
    mailto: Option<String>,
    /// The checked address of the person's page.
    profile: Option<String>,
    why: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, show: &Show) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let mut open = desk.open(&[])?;
    if naming::is_person(&show.task) {
        let entry = naming::person(&desk, &open, &show.task)?;
        open = desk.open(&[entry])?;
    }
    let situation = open.situation(desk.instant);
    let agenda = plan::agenda(&situation);
    let keys = naming::tasks(session, &desk, &open, &agenda, &show.task)?;
    let Some(key) = keys.first() else { return Ok(Status::Done) };
    let why = plan::why(&situation, key).map_err(|rejected| refusal(&rejected, &open.playbook))?;
    let step = situation.playbook.steps.get(why.task.position);
    let place = place_of(&situation, key);
    let entry = key.entry.and_then(|entry| open.book.get(entry));
    let silent = entry.is_some_and(|entry| entry.do_not_contact);
    // S5: no message is rendered.
    let draft = step.zip(place).filter(|_| !silent);
    let draft = draft.and_then(|(step, place)| draft_of(&situation, step, place));
    // What went out is shown as it went out, whatever the text would be today (M5).
    let sent = open.state.completion(key).and_then(|done| Some((done.on, done.sent.as_ref()?)));
    if let Some((_, sent)) = sent.filter(|_| show.ways.any() && !silent) {
        let (subject, text) = (sent.subject.as_ref(), Some(&sent.text));
        let status = show.ways.go(session, Outgoing { entry, subject, text }, desk.instant)?;
        others(session, keys.len())?;
        return Ok(status);
    }
    if show.ways.any() {
        let ready = match &draft {
            _ if !show.ways.needs_text() => None,
            Some(Ok(draft)) => Some(draft),
            Some(Err(hindrance)) => {
                let name = entry.map_or_else(|| Words::new("nobody"), |entry| entry.name.clone());
                return Err(not_ready(&open, name, hindrance.clone()));
            }
            None if silent => {
                let name = entry.map_or_else(|| Words::new("nobody"), |entry| entry.name.clone());
                return Err(refusal(&Rejection::DoNotContact { name }, &open.playbook));
            }
            None => return Err(no_text(&why.task.title)),
        };
        let outgoing = Outgoing {
            entry,
            subject: ready.and_then(|draft| draft.subject.as_ref()),
            text: ready.map(|draft| &draft.text),
        };
        let status = show.ways.go(session, outgoing, desk.instant)?;
        others(session, keys.len())?;
        return Ok(status);
    }
    if session.global.json {
        let drafted = |draft: &Draft| (draft.text.clone(), draft.subject.clone(), draft.channel);
        let went = sent.map(|(_, sent)| (sent.text.clone(), sent.subject.clone(), sent.channel));
        let ready = draft.as_ref().and_then(|draft| draft.as_ref().ok());
        let (text, subject, channel) = match went.or_else(|| ready.map(drafted)) {
            Some((text, subject, channel)) => (
                Some(text.raw().to_owned()),
                subject.map(|subject| subject.raw().to_owned()),
                Some(channel.as_str()),
            ),
            None => (None, None, None),
        };
        session.print_json(&Shown {
            version: 1,
            task: TaskData::of(&why.task, &agenda),
            guide: step.zip(place).and_then(|(step, place)| guide(&situation, step, place)),
            checklist: step.map(|step| step.checklist.clone()).unwrap_or_default(),
            text,
            subject,
            channel,
            sent: sent.map(|(on, _)| on.to_string()),
            mailto: draft.as_ref().and_then(|draft| mail_link(entry?, draft.as_ref().ok()?)),
            profile: entry.and_then(|entry| entry.field("profile")?.web_address()),
            why: why::lines(&situation, &why),
        })?;
        return Ok(Status::Done);
    }
    let shown = Shows { sent, draft: draft.as_ref().filter(|_| sent.is_none()) };
    session.print(&page(&situation, &why, step, place, shown))?;
    others(session, keys.len())?;
    Ok(Status::Done)
}

/// A line of the agenda may stand for several people.
fn others(session: &mut Session<'_>, keys: usize) -> Result<(), CliError> {
    if keys < 2 {
        return Ok(());
    }
    let more = count(keys - 1, "more person", "more people");
    session.say(&format!("This line has {more}: fortnight today --full lists them"))
}

/// A step that sends nothing has no text to hand out.
pub(crate) fn no_text(title: &str) -> CliError {
    CliError::refused(format!("\"{title}\" sends no message, so there is no text to hand out."))
}

/// A link that opens a mail program with the text.
fn mail_link(entry: &Entry, draft: &Draft) -> Option<String> {
    let address = entry.field("email")?.mail_address()?;
    let (subject, text) = (draft.subject.as_ref(), &draft.text);
    Some(Mail { address: &address, name: &entry.name, subject, text }.link())
}

/// The place of a task: its cycle, and its entry's membership.
pub(crate) fn place_of<'a>(situation: &Situation<'a>, key: &TaskKey) -> Option<Place<'a>> {
    let cycle = match key.cycle {
        0 => situation.running(),
        number => situation.state.cycles.get(&number),
    }?;
    let Some(entry) = key.entry else { return Some(Place::whole(cycle)) };
    let company = || situation.state.companies.iter().find(|member| member.entry == entry);
    Some(Place::of(cycle, cycle.member(entry).or_else(company)?))
}

/// The text of a message step.
fn draft_of<'a>(
    situation: &Situation<'a>,
    step: &Step,
    place: Place<'a>,
) -> Option<Result<Draft, Hindrance>> {
    match &step.kind {
        StepKind::Send(message) => Some(plan::draft(situation, place, message)),
        StepKind::Task
        | StepKind::Choose(_)
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Fill(_)
        | StepKind::Decide(_)
        | StepKind::Every(_) => None,
    }
}

/// The guide with its names filled in.
pub(super) fn guide<'a>(
    situation: &Situation<'a>,
    step: &Step,
    place: Place<'a>,
) -> Option<String> {
    step.guide.as_ref().and_then(|guide| filled(situation, place, guide))
}

/// A template with its names filled in; nothing where one of them is empty.
pub(crate) fn filled<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    template: &Template,
) -> Option<String> {
    let used = template.names().iter().map(|name| name.path.as_str());
    template.render(&situation.names(place, situation.today(), used)).ok()
}

/// The text that belongs to a task.
#[derive(Clone, Copy)]
struct Shows<'s> {
    /// As it went out.
    sent: Option<(Date, &'s Sent)>,
    /// As it would go out now.
    draft: Option<&'s Result<Draft, Hindrance>>,
}

fn page<'a>(
    situation: &Situation<'a>,
    why: &Why,
    step: Option<&Step>,
    place: Option<Place<'a>>,
    shown: Shows<'_>,
) -> String {
    let mut parts = vec![why.task.title.clone()];
    if let Some((id, name)) = &why.task.entry {
        parts.push(name.terminal());
        let entry = situation.book.get(*id);
        parts.extend(entry.map(place_of_work).filter(|work| !work.is_empty()));
    }
    let mut text = width::wrap(&parts.join(" · "), COLUMNS).join("\n");
    text.push('\n');
    if let Some((on, sent)) = shown.sent {
        text.push_str(&went(on, sent));
    }
    match shown.draft {
        Some(Ok(draft)) => text.push_str(&letter(situation, draft)),
        Some(Err(Hindrance::Missing(names))) => {
            let _ = writeln!(text, "\nThe text waits for: {}", list(&lacking(names)));
            if names.iter().any(|name| name.starts_with("times.")) {
                let _ = writeln!(text, "{}", width::wrap(NO_TIMES, COLUMNS).join("\n"));
            }
        }
        Some(Err(Hindrance::Rules(breaches))) => {
            for breach in breaches {
                let _ = writeln!(text, "\nThe text is not ready: {}", breach.message);
            }
        }
        Some(Err(Hindrance::TooLong)) => text.push_str("\nThe text is too long.\n"),
        None => {}
    }
    if let Some((step, place)) = step.zip(place) {
        if let Some(guide) = guide(situation, step, place) {
            let _ = writeln!(text, "\n{}", width::flow(guide.trim(), COLUMNS).join("\n"));
        }
        if !step.checklist.is_empty() {
            text.push('\n');
        }
        for item in &step.checklist {
            let _ = writeln!(text, "- {item}");
        }
        for field in &step.record {
            let ask = field.ask.as_deref().unwrap_or(&field.id);
            let _ = writeln!(text, "- {ask}  (--set {}=\"…\")", field.id);
        }
    }
    text.push_str("\nWhy: ");
    let lines = why::lines(situation, why);
    let lines: Vec<String> =
        lines.iter().map(|line| width::wrap(line, COLUMNS - 6).join("\n    ")).collect();
    text.push_str(&lines.join("\n  "));
    text.push('\n');
    text
}

/// A message as it went out.
fn went(on: Date, sent: &Sent) -> String {
    let mut text = format!("sent {}, {}\n\n", show_day(on), by_way(sent.channel));
    if let Some(subject) = &sent.subject {
        let _ = write!(text, "  Subject: {}\n\n", subject.terminal());
    }
    for line in width::wrap(sent.text.terminal_block().trim(), COLUMNS - 2) {
        text.push_str(format!("  {line}").trim_end());
        text.push('\n');
    }
    text
}

/// The text of a message, with where it goes and what might be better about it.
pub(crate) fn letter(situation: &Situation<'_>, draft: &Draft) -> String {
    let option = draft.option.as_ref().and_then(|option| {
        let message = situation.playbook.message(&draft.message)?;
        let choice = situation.playbook.choice(message.by.as_ref()?)?;
        choice.options.iter().find(|known| known.id == *option).map(|known| inside(&known.title))
    });
    let mut text = draft.channel.as_str().to_owned();
    if let Some(option) = option {
        let _ = write!(text, " · {option}");
    }
    text.push_str("\n\n");
    if let Some(subject) = &draft.subject {
        let _ = write!(text, "  Subject: {}\n\n", subject.terminal());
    }
    for line in width::wrap(draft.text.terminal_block().trim(), COLUMNS - 2) {
        text.push_str(format!("  {line}").trim_end());
        text.push('\n');
    }
    for breach in &draft.advice {
        let said = format!("A word about it: {}.", breach.message);
        let _ = writeln!(text, "\n{}", width::wrap(&said, COLUMNS).join("\n"));
    }
    if let Some(said) = repeated(draft) {
        let _ = writeln!(text, "\n{}", width::wrap(&said, COLUMNS).join("\n"));
    }
    text
}

/// M4: what a follow-up says once more, in its own words.
pub(crate) fn repeated(draft: &Draft) -> Option<String> {
    let repetition = draft.repeats.as_ref()?;
    let sentences = repetition.sentences.iter();
    let again: Vec<String> = sentences
        .filter_map(|(_, range)| draft.text.raw().get(range.clone()))
        .map(|sentence| format!("\"{}\"", Words::new(sentence).terminal()))
        .collect();
    let verb = if again.len() == 1 { "repeats" } else { "repeat" };
    Some(format!("{} {verb} your message before: say something new.", list(&again)))
}
