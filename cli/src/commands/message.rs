//! `fortnight message`: the words you send: read them, and make them yours.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use fortnight_engine::message::{Names, Template, Value};
use fortnight_engine::plan::{self, Command, Place, Situation};
use fortnight_engine::playbook::{Id, Message as Wording};
use fortnight_engine::words::Words;

use super::show::letter;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::rejection;
use crate::render::words::inside;
use crate::session::Session;

/// Which message, and what to do with it.
#[derive(Debug, Args)]
pub(crate) struct Message {
    /// A message of the playbook; without it, all of them
    #[arg(value_name = "MESSAGE")]
    name: Option<String>,
    /// As it would go to somebody: a part of the name
    #[arg(long = "for", value_name = "PERSON")]
    person: Option<String>,
    /// The option whose text is meant, where there is one for each
    #[arg(long, value_name = "OPTION")]
    option: Option<String>,
    /// Your own words, kept for this plan; names stand in {{ }}
    #[arg(long, value_name = "TEXT", conflicts_with = "file")]
    text: Option<String>,
    /// Your own words, from a file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, message: &Message) -> Result<Status, CliError> {
    let own = own_words(session, message)?;
    let Some(name) = &message.name else {
        return list(session);
    };
    match own {
        Some(text) => word(session, message, name, &text),
        None => show(session, message, name),
    }
}

/// The seeker's own words, where some were given.
fn own_words(session: &Session<'_>, message: &Message) -> Result<Option<String>, CliError> {
    let Some(path) = &message.file else { return Ok(message.text.clone()) };
    let bytes = session.host.read(path).map_err(|error| CliError::unreadable(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::NotText { path: path.clone() })?;
    Ok(Some(text.trim_end().to_owned()))
}

fn list(session: &mut Session<'_>) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let mut text = String::new();
    for message in &open.playbook.messages {
        let _ = writeln!(text, "{} ({})", message.id, message.channel.as_str());
    }
    session.print(&text)?;
    session.say("fortnight message NAME shows the words")?;
    Ok(Status::Done)
}

/// The words as they stand, or as they would go to somebody.
fn show(session: &mut Session<'_>, message: &Message, name: &str) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let person = message.person.as_ref();
    let person = person.map(|person| naming::person(&desk, &open, person)).transpose()?;
    let situation = open.situation(desk.instant);
    let known = wording(&situation, name)?;
    let text = match person {
        Some(entry) => {
            let mut cycles = situation.state.cycles_of(entry);
            let place = cycles.find_map(|cycle| Some(Place::of(cycle, cycle.member(entry)?)));
            let who = open.book.get(entry).map(|entry| entry.name.clone());
            let who = who.unwrap_or_else(|| Words::new("somebody"));
            let refused = |rejected| {
                let refusal = rejection::words(&rejected, &open.playbook);
                CliError::Refused { sentence: refusal.sentence, helps: refusal.helps }
            };
            let place =
                place.ok_or_else(|| refused(plan::Rejection::NotListed { name: who.clone() }))?;
            let draft = plan::draft(&situation, place, name);
            let draft = draft.map_err(|hindrance| {
                refused(plan::Rejection::NotReady { name: who.clone(), hindrance })
            })?;
            letter(&situation, &draft)
        }
        None => texts(&situation, known, message.option.as_deref()),
    };
    session.print(&text)?;
    Ok(Status::Done)
}

/// The templates of a message, one for each option where there are several.
fn texts(situation: &Situation<'_>, known: &Wording, option: Option<&str>) -> String {
    let mut text = String::new();
    let choice = known.by.as_ref().and_then(|by| situation.playbook.choice(by));
    let options: Vec<Option<&Id>> = match choice {
        Some(choice) => choice.options.iter().map(|option| Some(&option.id)).collect(),
        None => vec![None],
    };
    for id in options {
        if option.is_some() && id.map(|id| &**id) != option {
            continue;
        }
        let Some(wording) = known.text_for(id.map(|id| &**id)) else { continue };
        if let (Some(id), Some(choice)) = (id, choice) {
            let title = choice.options.iter().find(|option| option.id == *id);
            let title = title.map(|option| inside(&option.title)).unwrap_or_default();
            let _ = write!(text, "{id}: {title}\n\n");
        }
        let key = (known.id.clone(), id.cloned());
        let own = situation.state.wording.get(&key).filter(|words| !words.is_blank());
        let words = own.map_or_else(|| template_text(&wording.text), Words::terminal_block);
        for line in words.trim_end().lines() {
            text.push_str(format!("  {line}").trim_end());
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

/// A template with its names left standing: `{{ person.first_name }}`.
fn template_text(template: &Template) -> String {
    let mut names = Names::default();
    for name in template.names() {
        names.set(name.path.clone(), Value::from(format!("{{{{ {} }}}}", name.path).as_str()));
    }
    template.render(&names).unwrap_or_default()
}

fn wording<'a>(situation: &Situation<'a>, name: &str) -> Result<&'a Wording, CliError> {
    situation.playbook.message(name).ok_or_else(|| {
        let rejected = plan::Rejection::UnknownMessage {
            message: name.to_owned(),
            known: situation.playbook.messages.iter().map(|known| known.id.clone()).collect(),
        };
        let refusal = rejection::words(&rejected, situation.playbook);
        CliError::Refused { sentence: refusal.sentence, helps: refusal.helps }
    })
}

/// Keeps the seeker's own words for this plan.
fn word(
    session: &mut Session<'_>,
    message: &Message,
    name: &str,
    text: &str,
) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let command = Command::Word {
        message: name.to_owned(),
        option: message.option.as_deref().map(Id::from),
        text: Words::new(text),
    };
    let written =
        desk.record(session, "message", &[], false, |work| Ok(work.decide(&command)?.notes))?;
    let open = desk.open(&[])?;
    session.print(&format!("Your words for `{name}` are kept for this plan.\n"))?;
    for said in written.value {
        session.print(&format!("{}\n", crate::render::note::words(&said, &open.book)))?;
    }
    Ok(Status::Done)
}
