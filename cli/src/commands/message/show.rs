//! `fortnight message show`: the text for somebody, or a message as it is written.

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::message::{Breach, BreachKind, Names, Value, characters, sentences};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::EntryId;
use fortnight_engine::plan::{
    CycleState, Draft, Hindrance, Place, Rejection, Sent, Situation, Standing,
    Status as TaskStatus, draft, resolve,
};
use fortnight_engine::playbook::{self, Id, Step, StepKind};
use fortnight_engine::words::Words;
use jiff::civil::Date;
use serde::Serialize;

use super::list::own;
use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::words::{NO_TIMES, count, inside, typed};
use crate::render::{COLUMNS, people, reason, width};
use crate::session::Session;
use crate::ways::{Outgoing, Ways};

/// Which text.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A person on the list, or a message
    #[arg(value_name = "WHO OR MESSAGE")]
    what: String,
    /// Which message to that person; else the next one
    #[arg(value_name = "MESSAGE")]
    message: Option<String>,
    #[command(flatten)]
    ways: Ways,
}

/// `message show WHO --json`, version 1.
#[derive(Serialize)]
struct TextData {
    version: u32,
    /// The task, as `today --json` names it; nothing where no step sends the message.
    task: Option<String>,
    message: String,
    option: Option<String>,
    channel: &'static str,
    subject: Option<String>,
    /// Nothing where the text cannot be made yet.
    text: Option<String>,
    sentences: usize,
    characters: usize,
    /// The day on which it went out; then `text` is what was sent.
    sent: Option<String>,
    /// What might be better about it.
    advice: Vec<String>,
    /// Names that are empty.
    missing: Vec<String>,
    /// Rules that the text breaks.
    broken: Vec<String>,
}

/// `message show MESSAGE --json`, version 1.
#[derive(Serialize)]
struct WrittenData {
    version: u32,
    message: String,
    channel: &'static str,
    texts: Vec<WrittenText>,
}

/// One text as it is written.
#[derive(Serialize)]
struct WrittenText {
    option: Option<String>,
    /// `playbook` or `own`.
    words: &'static str,
    text: String,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, show: &Show) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    if let (Some(message), None) = (open.playbook.message(&show.what), &show.message) {
        if show.ways.any() {
            return Err(CliError::refused_with(
                format!("`{}` is a message; its text is made for somebody.", message.id),
                format!("fortnight message show WHO {} --copy", message.id),
            ));
        }
        return as_written(session, &open, message);
    }
    let entry = naming::person(&desk, &open, &show.what)?;
    let open = desk.open(&[entry])?;
    for_person(session, &desk, &open, entry, show)
}

/// A message as it is written: names in braces stand for what is known of each person.
fn as_written(
    session: &mut Session<'_>,
    open: &OpenPlan,
    message: &playbook::Message,
) -> Result<Status, CliError> {
    let texts: Vec<WrittenText> = message
        .texts
        .iter()
        .map(|text| {
            let own = own(open, message, text);
            WrittenText {
                option: text.option.as_ref().map(ToString::to_string),
                words: if own.is_some() { "own" } else { "playbook" },
                text: as_it_stands(open, message, text),
            }
        })
        .collect();
    if session.global.json {
        let (message, channel) = (message.id.to_string(), message.channel.as_str());
        session.print_json(&WrittenData { version: 1, message, channel, texts })?;
        return Ok(Status::Done);
    }
    session.say(&format!("{} · {}", message.id, message.channel.as_str()))?;
    for text in &texts {
        let whose = if text.words == "own" { "your words" } else { "" };
        let heading: Vec<&str> = text
            .option
            .as_deref()
            .into_iter()
            .chain([whose])
            .filter(|part| !part.is_empty())
            .collect();
        if !heading.is_empty() {
            session.say(&format!("\n{}", heading.join(" · ")))?;
        }
        print_text(session, &text.text)?;
    }
    let option = texts.first().and_then(|text| text.option.as_ref());
    let option = option.map(|option| format!(" --option {option}")).unwrap_or_default();
    session.say(&format!(
        "\nIn your own words: fortnight message set {}{option} --text \"…\"",
        message.id
    ))?;
    Ok(Status::Done)
}

/// A text as it is written: the seeker's own words, else the playbook's.
pub(crate) fn as_it_stands(
    open: &OpenPlan,
    message: &playbook::Message,
    text: &playbook::MessageText,
) -> String {
    own(open, message, text).map_or_else(|| with_names(text), |words| words.raw().trim().to_owned())
}

/// The playbook's text with the names that it uses in their places.
fn with_names(text: &playbook::MessageText) -> String {
    let mut names = Names::default();
    for used in text.text.names() {
        names.set(used.path.clone(), Value::Text(Words::new(format!("{{{{ {} }}}}", used.path))));
    }
    text.text.render(&names).unwrap_or_default()
}

/// A message to a person, with the step that sends it where there is one.
struct Letter<'a> {
    cycle: &'a CycleState,
    step: Option<(&'a Step, Standing)>,
    message: Id,
}

/// The text for one person: the next to send, or the one that was asked for.
fn for_person(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    entry: EntryId,
    show: &Show,
) -> Result<Status, CliError> {
    let message = show.message.as_deref();
    let situation = open.situation(desk.instant);
    let name = open.book.get(entry).map_or_else(|| Words::new("?"), |known| known.name.clone());
    let not_listed = || refusal(&Rejection::NotListed { name: name.clone() }, &open.playbook);
    if let Some(message) = message
        && open.playbook.message(message).is_none()
    {
        let known = open.playbook.messages.iter().map(|known| known.id.clone()).collect();
        let unknown = Rejection::UnknownMessage { message: message.to_owned(), known };
        return Err(refusal(&unknown, &open.playbook));
    }
    let letter = letter(&situation, open, entry, message).ok_or_else(not_listed)?;
    if open.book.get(entry).is_some_and(|known| known.do_not_contact) {
        // S5: no message is rendered.
        return Err(refusal(&Rejection::DoNotContact { name }, &open.playbook));
    }
    let member = letter.cycle.member(entry).ok_or_else(not_listed)?;
    let drafted = draft(&situation, Place::of(letter.cycle, member), &letter.message);
    let task = letter.step.as_ref().map(|(step, _)| format!("{}/{entry}", step.id));
    let sent = letter.step.as_ref().and_then(|(step, _)| {
        let key = fortnight_engine::plan::TaskKey::of(letter.cycle.number, step.id.clone(), entry);
        let done = open.state.completion(&key)?;
        Some((done.on, done.sent.clone()?))
    });
    if session.global.json {
        let data = data(open, &letter, task, sent, drafted);
        session.print_json(&data)?;
        return Ok(Status::Done);
    }
    let known = open.book.get(entry).map(people::who_in_full).unwrap_or_default();
    if let Some((_, sent)) = sent.as_ref().filter(|_| show.ways.any()) {
        let known = open.book.get(entry);
        let outgoing =
            Outgoing { entry: known, subject: sent.subject.as_ref(), text: Some(&sent.text) };
        return show.ways.go(session, outgoing, desk.instant);
    }
    if let Some((on, sent)) = sent {
        let option = option_title(&open.playbook, &letter.message, sent.option.as_ref());
        session.say(&known)?;
        session.say(&format!("{} · sent {}{option}\n", sent.channel.as_str(), show_day(on)))?;
        if let Some(subject) = &sent.subject {
            session.print(&format!("Subject: {}\n\n", subject.terminal()))?;
        }
        print_text(session, sent.text.raw())?;
        return Ok(Status::Done);
    }
    let draft = drafted.map_err(|hindrance| not_ready(open, name.clone(), hindrance))?;
    if show.ways.any() {
        let outgoing = Outgoing {
            entry: open.book.get(entry),
            subject: draft.subject.as_ref(),
            text: Some(&draft.text),
        };
        return show.ways.go(session, outgoing, desk.instant);
    }
    let option = option_title(&open.playbook, &letter.message, draft.option.as_ref());
    let mut heading = vec![known];
    let title = letter.step.as_ref().map(|(step, _)| step.title.as_str());
    heading.push(format!(
        "{} · {}{option}",
        title.unwrap_or(&letter.message),
        draft.channel.as_str()
    ));
    if let Some((_, standing)) = &letter.step
        && !standing.status.is_now()
    {
        let why = reason::words(&standing.reason, &open.playbook);
        heading.push(format!("{}: {why}", crate::render::why::word(standing.status)));
    }
    session.say(&format!("{}\n", heading.join("\n")))?;
    if let Some(subject) = &draft.subject {
        session.print(&format!("Subject: {}\n\n", subject.terminal()))?;
    }
    print_text(session, draft.text.raw())?;
    close(session, open, &letter, &draft, &name)
}

/// Why there is no text yet, with the commands that fill what it lacks.
pub(crate) fn not_ready(open: &OpenPlan, name: Words, hindrance: Hindrance) -> CliError {
    let helps = match &hindrance {
        Hindrance::Missing(names) => Some(mends(&name, names)),
        Hindrance::Rules(breaches) => Some(causes(open, &name, breaches)),
        Hindrance::TooLong => None,
    };
    let mut error = refusal(&Rejection::NotReady { name, hindrance }, &open.playbook);
    if let (Some(mends), CliError::Refused { helps, .. }) = (helps, &mut error) {
        *helps = mends;
    }
    error
}

/// What may be changed where a text breaks a rule: the notes that make it do so, else what was sent.
fn causes(open: &OpenPlan, name: &Words, breaches: &[Breach]) -> Vec<String> {
    const LONG: usize = 60;
    let entry = open.book.people().find(|entry| entry.name == *name);
    let noted = open.playbook.people.fields.iter().map(|field| &*field.id).chain(["company"]);
    let noted = noted.filter_map(|field| Some((field, entry?.field(field)?)));
    let causes = noted.filter(|(_, value)| {
        let value = value.raw();
        // Where there is too little of something, no note is too much.
        breaches.iter().filter(|breach| breach.range.is_some()).any(|breach| match breach.kind {
            BreachKind::Questions => value.contains(['?', '？', '؟', ';']),
            BreachKind::Sentences => sentences(&format!("{value} Then")).len() > 1,
            BreachKind::Characters | BreachKind::ChannelLength => characters(value) > LONG,
            BreachKind::Avoided => {
                let phrase = breach.message.split('`').nth(1).unwrap_or_default();
                value.to_lowercase().contains(&phrase.to_lowercase())
            }
            BreachKind::Required | BreachKind::Repeats | BreachKind::Subject => false,
        })
    });
    let who = typed(name);
    let mut helps: Vec<String> =
        causes.map(|(field, _)| format!("fortnight people edit {who} {field}=\"…\"")).collect();
    helps.push(format!("What you really sent: fortnight done {who} --text \"…\""));
    helps
}

/// The same for programs.
fn data(
    open: &OpenPlan,
    letter: &Letter<'_>,
    task: Option<String>,
    sent: Option<(Date, Sent)>,
    drafted: Result<Draft, Hindrance>,
) -> TextData {
    let channel = open.playbook.message(&letter.message).map_or("", |m| m.channel.as_str());
    let mut data = TextData {
        version: 1,
        task,
        message: letter.message.to_string(),
        option: None,
        channel,
        subject: None,
        text: None,
        sentences: 0,
        characters: 0,
        sent: None,
        advice: Vec::new(),
        missing: Vec::new(),
        broken: Vec::new(),
    };
    match (sent, drafted) {
        (Some((on, sent)), _) => {
            data.option = sent.option.as_ref().map(ToString::to_string);
            data.channel = sent.channel.as_str();
            data.subject = sent.subject.as_ref().map(|subject| subject.raw().to_owned());
            data.text = Some(sent.text.raw().to_owned());
            data.sent = Some(on.to_string());
        }
        (None, Ok(draft)) => {
            data.option = draft.option.as_ref().map(ToString::to_string);
            data.channel = draft.channel.as_str();
            data.subject = draft.subject.as_ref().map(|subject| subject.raw().to_owned());
            data.advice = advice(&draft, &open.playbook);
            data.text = Some(draft.text.raw().to_owned());
        }
        (None, Err(Hindrance::Missing(names))) => data.missing = names,
        (None, Err(Hindrance::TooLong)) => data.broken = vec!["the text is too long".into()],
        (None, Err(Hindrance::Rules(breaches))) => {
            data.broken = breaches.into_iter().map(|breach| breach.message).collect();
        }
    }
    if let Some(text) = &data.text {
        data.sentences = sentences(text).len();
        data.characters = characters(text);
    }
    data
}

/// A text: for the eye at a terminal, as it is to be sent anywhere else.
pub(super) fn print_text(session: &mut Session<'_>, text: &str) -> Result<(), CliError> {
    let text = text.trim();
    if session.host.output.is_terminal {
        return session.tell(text);
    }
    session.print(&format!("{text}\n"))
}

/// What was counted, what might be better, and what to do next.
fn close(
    session: &mut Session<'_>,
    open: &OpenPlan,
    letter: &Letter<'_>,
    draft: &Draft,
    name: &Words,
) -> Result<Status, CliError> {
    let text = draft.text.raw();
    let counted = [
        count(sentences(text).len(), "sentence", "sentences"),
        count(characters(text), "character", "characters"),
    ];
    let advice = advice(draft, &open.playbook);
    let rules = if advice.is_empty() { "every rule is kept".to_owned() } else { advice.join("; ") };
    let said = format!("{} · {rules}", counted.join(" · "));
    session.say(&format!("\n{}", width::wrap(&said, COLUMNS).join("\n")))?;
    if let Some((step, standing)) = &letter.step
        && standing.status.is_now()
    {
        session.say(&format!("Next: send it, then fortnight done {}/{}", step.id, typed(name)))?;
    }
    Ok(Status::Done)
}

/// The message to somebody in their newest cycle: the one asked for, else the next one to send,
/// else the last one sent.
fn letter<'a>(
    situation: &Situation<'a>,
    open: &'a OpenPlan,
    entry: EntryId,
    asked: Option<&str>,
) -> Option<Letter<'a>> {
    let resolution = resolve(situation);
    let mut best: Option<(u32, Letter<'a>)> = None;
    for table in resolution.cycles.iter().rev() {
        if table.cycle.member(entry).is_none() {
            continue;
        }
        for position in &open.playbook.order {
            let Some(step) = open.playbook.steps.get(*position) else { continue };
            let StepKind::Send(message) = &step.kind else { continue };
            if asked.is_some_and(|asked| **message != *asked) {
                continue;
            }
            let Some(standing) = table.standing(step, *position, Some(entry)) else { continue };
            let rank = rank(standing.status);
            if best.as_ref().is_none_or(|(so_far, _)| rank < *so_far) {
                let step = Some((step, standing.clone()));
                let letter = Letter { cycle: table.cycle, step, message: message.clone() };
                best = Some((rank, letter));
            }
        }
        let no_step = asked.filter(|_| best.is_none());
        if let Some(asked) = no_step {
            let letter = Letter { cycle: table.cycle, step: None, message: Id::from(asked) };
            return Some(letter);
        }
    }
    best.map(|(_, letter)| letter)
}

/// What somebody asks for when they ask for the text: what can be sent before what is over.
fn rank(status: TaskStatus) -> u32 {
    match status {
        TaskStatus::Overdue | TaskStatus::Due | TaskStatus::Blocked => 0,
        TaskStatus::Scheduled => 1,
        TaskStatus::Waiting => 2,
        TaskStatus::Done => 3,
        TaskStatus::Skipped | TaskStatus::NotNeeded | TaskStatus::Closed => 4,
    }
}

/// What might be better about a text, a sentence without a full stop each.
pub(super) fn advice(draft: &Draft, playbook: &playbook::Playbook) -> Vec<String> {
    let mut said: Vec<String> = draft.advice.iter().map(|breach| breach.message.clone()).collect();
    if let Some(repeats) = &draft.repeats {
        let first = playbook
            .message(&draft.message)
            .and_then(|message| message.text_for(draft.option.as_deref()))
            .and_then(|text| text.rules.adds_to.clone());
        said.push(repeats.breach(&first.unwrap_or_default()).message);
    }
    said
}

/// ` · a clear ask`
fn option_title(playbook: &playbook::Playbook, message: &str, option: Option<&Id>) -> String {
    let choice = playbook.message(message).and_then(|message| message.by.as_ref());
    let choice = choice.and_then(|choice| playbook.choice(choice));
    let title = choice.zip(option).and_then(|(choice, option)| {
        choice.options.iter().find(|known| known.id == *option).map(|known| inside(&known.title))
    });
    title.map(|title| format!(" · {title}")).unwrap_or_default()
}

/// The commands that fill what a text lacks.
pub(crate) fn mends(name: &Words, names: &[String]) -> Vec<String> {
    let who = typed(name);
    let mut mends: Vec<String> = names
        .iter()
        .map(|missing| match missing.split_once('.') {
            Some(("person", field)) => format!("fortnight people fill {who} {field}=\"…\""),
            Some(("inputs", input)) => format!("fortnight set {input} \"…\""),
            Some(("company", field)) => format!("fortnight people edit COMPANY {field}=\"…\""),
            Some(("times", _)) => NO_TIMES.to_owned(),
            Some(_) | None => format!("{missing} is not known yet"),
        })
        .collect();
    mends.dedup();
    mends
}
