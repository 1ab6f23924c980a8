//! `fortnight show TASK` (also `why`): how to do it, the text to send, and why it stands as it does.

use std::fmt::Write as _;

use clap::Args;
use fortnight_engine::message::Template;
use fortnight_engine::plan::{self, Draft, Hindrance, Place, Situation, TaskKey, Why};
use fortnight_engine::playbook::{Step, StepKind};
use serde::Serialize;

use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::agenda::TaskData;
use crate::render::words::{count, inside, list, place_of_work};
use crate::render::{COLUMNS, why, width};
use crate::session::Session;

/// Which task.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A number last printed, `step/person`, or a part of a name
    #[arg(value_name = "TASK")]
    task: String,
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
    let draft = step.zip(place).and_then(|(step, place)| draft_of(&situation, step, place));
    if session.global.json {
        let (text, subject, channel) = match &draft {
            Some(Ok(draft)) => (
                Some(draft.text.raw().to_owned()),
                draft.subject.as_ref().map(|subject| subject.raw().to_owned()),
                Some(draft.channel.as_str()),
            ),
            Some(Err(_)) | None => (None, None, None),
        };
        session.print_json(&Shown {
            version: 1,
            task: TaskData::of(&why.task, &agenda),
            guide: step.zip(place).and_then(|(step, place)| guide(&situation, step, place)),
            checklist: step.map(|step| step.checklist.clone()).unwrap_or_default(),
            text,
            subject,
            channel,
            why: why::lines(&situation, &why),
        })?;
        return Ok(Status::Done);
    }
    session.print(&page(&situation, &why, step, place, draft.as_ref()))?;
    if keys.len() > 1 {
        let more = count(keys.len() - 1, "more person", "more people");
        session.say(&format!("This line has {more}: fortnight today --full lists them"))?;
    }
    Ok(Status::Done)
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
fn guide<'a>(situation: &Situation<'a>, step: &Step, place: Place<'a>) -> Option<String> {
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

fn page<'a>(
    situation: &Situation<'a>,
    why: &Why,
    step: Option<&Step>,
    place: Option<Place<'a>>,
    draft: Option<&Result<Draft, Hindrance>>,
) -> String {
    let mut parts = vec![why.task.title.clone()];
    if let Some((id, name)) = &why.task.entry {
        parts.push(name.terminal());
        let entry = situation.book.get(*id);
        parts.extend(entry.map(place_of_work).filter(|work| !work.is_empty()));
    }
    let mut text = width::wrap(&parts.join(" · "), COLUMNS).join("\n");
    text.push('\n');
    match draft {
        Some(Ok(draft)) => text.push_str(&letter(situation, draft)),
        Some(Err(Hindrance::Missing(names))) => {
            let _ = writeln!(text, "\nThe text waits for: {}", list(names));
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
    text.push_str(&why::lines(situation, why).join("\n  "));
    text.push('\n');
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
        let _ = writeln!(text, "\nA word about it: {}.", breach.message);
    }
    if draft.repeats.is_some() {
        text.push_str("\nIt repeats the message before it; say something new.\n");
    }
    text
}
