//! `fortnight message set`: the seeker's own wording of a message.

use std::path::PathBuf;

use clap::Args;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{Command, Place, Usage, draft, sent_with};
use fortnight_engine::playbook::Id;
use fortnight_engine::words::Words;

use super::super::done::text_of;
use super::super::set::{consequences, decide};
use super::show::{advice, as_it_stands, print_text};
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::{COLUMNS, people, width};
use crate::session::Session;
use crate::ways::edit;

/// Which text, and the words.
#[derive(Debug, Args)]
pub(crate) struct Set {
    /// The message
    #[arg(value_name = "MESSAGE")]
    message: String,
    /// The option it is for, where there is one text for each
    #[arg(long, value_name = "OPTION")]
    option: Option<String>,
    #[command(flatten)]
    from: From,
}

/// Where the words come from: exactly one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct From {
    /// The words; names such as `{{ person.first_name }}` are filled in for each person
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// A file with the words
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Change the words in your editor (VISUAL or EDITOR)
    #[arg(long)]
    edit: bool,
    /// The playbook's words again
    #[arg(long)]
    reset: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, set: &Set) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let text = match (&set.from.text, &set.from.file) {
        (Some(text), _) => text.clone(),
        (None, Some(file)) => text_of(session, file)?,
        (None, None) if set.from.edit => match edited(session, &desk, set)? {
            Some(text) => text,
            None => return Ok(Status::Done),
        },
        (None, None) => String::new(),
    };
    if Words::new(&text).is_blank() && !set.from.reset {
        return Err(CliError::refused_with(
            "There are no words in it.",
            format!("fortnight message set {} --reset takes the playbook's words", set.message),
        ));
    }
    let open = desk.open(&[])?;
    let message = Id::from(set.message.as_str());
    let option = set.option.as_deref().map(Id::from);
    if let (Some(known), Some(_)) = (open.playbook.message(&message), &option)
        && known.by.is_none()
    {
        return Err(CliError::refused(format!(
            "`{message}` has one text for everybody, without --option."
        )));
    }
    let situation = open.situation(desk.instant);
    let went_out = sent_with(&situation, &message, option.as_ref());
    let cycle = situation.running().map(|cycle| cycle.number);
    let used = Usage { messages: vec![message.clone()], sent: went_out };
    let command = Command::Word {
        message: set.message.clone(),
        option: option.clone(),
        text: Words::new(text.trim()),
    };
    let accepted = decide(session, &mut desk, &open, "message", &command, &used)?;
    if accepted.facts.is_empty() {
        session.say("These are the words already; nothing changed.")?;
        return Ok(Status::Done);
    }
    let which = option.as_ref().map(|option| format!(" ({option})")).unwrap_or_default();
    let whose = if set.from.reset { "the playbook's words again" } else { "your words now" };
    session.say(&format!("{message}{which} has {whose}."))?;
    let open = desk.open(&[])?;
    sample(session, &desk, &open, &message, option.as_ref())?;
    consequences(session, &open, &accepted, went_out, cycle)
}

/// The words as they stand, changed in an editor; none where they stayed.
fn edited(session: &mut Session<'_>, desk: &Desk, set: &Set) -> Result<Option<String>, CliError> {
    let open = desk.open(&[])?;
    let option = set.option.as_deref().map(Id::from);
    let message = open.playbook.message(&set.message);
    let text = message
        .and_then(|known| known.texts.iter().find(|text| text.option == option).map(|t| (known, t)))
        .map(|(known, text)| as_it_stands(&open, known, text));
    // Without such a text there is nothing to edit, and the command says which there are.
    let Some(text) = text else { return Ok(Some("?".to_owned())) };
    edit(session, &text)
}

/// How it reads for the first person on the list who gets it.
fn sample(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    message: &Id,
    option: Option<&Id>,
) -> Result<(), CliError> {
    let situation = open.situation(desk.instant);
    let Some(cycle) = situation.upcoming().or_else(|| situation.running()) else { return Ok(()) };
    let drafts = cycle.members.iter().filter_map(|member| {
        let draft = draft(&situation, Place::of(cycle, member), message).ok()?;
        (draft.option.as_ref() == option).then(|| Some((open.book.get(member.entry)?, draft)))?
    });
    let Some((entry, draft)) = { drafts }.next() else { return Ok(()) };
    session.say(&format!("For {} it reads:\n", people::who(entry)))?;
    print_text(session, draft.text.raw())?;
    let advice = advice(&draft, &open.playbook);
    if advice.is_empty() {
        return session.say("");
    }
    let said = format!("A word about it: {}.", advice.join("; "));
    session.say(&format!("\n{}", width::wrap(&said, COLUMNS).join("\n")))
}
