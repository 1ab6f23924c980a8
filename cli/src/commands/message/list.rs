//! `fortnight message list`: the messages of the playbook, and whose words they have.

use clap::Args;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::playbook::{self, Id, MessageText};
use fortnight_engine::words::Words;
use serde::Serialize;

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::COLUMNS;
use crate::render::table::{Column, Table};
use crate::session::Session;

/// Nothing to choose.
#[derive(Debug, Args)]
pub(crate) struct List {}

/// `message list --json`, version 1.
#[derive(Serialize)]
struct MessagesData {
    version: u32,
    messages: Vec<MessageData>,
}

/// One text of a message.
#[derive(Serialize)]
struct MessageData {
    message: String,
    /// The option it is for, where there is one text for each.
    option: Option<String>,
    channel: &'static str,
    /// `playbook`, or `own` where the seeker has written it.
    words: &'static str,
    /// The seeker's own words; nothing where the playbook's are used.
    text: Option<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let texts = || {
        let messages = open.playbook.messages.iter();
        messages.flat_map(|message| message.texts.iter().map(move |text| (message, text)))
    };
    if session.global.json {
        let data = texts().map(|(message, text)| {
            let own = own(&open, message, text);
            MessageData {
                message: message.id.to_string(),
                option: text.option.as_ref().map(ToString::to_string),
                channel: message.channel.as_str(),
                words: if own.is_some() { "own" } else { "playbook" },
                text: own.map(|words| words.raw().to_owned()),
            }
        });
        session.print_json(&MessagesData { version: 1, messages: data.collect() })?;
        return Ok(Status::Done);
    }
    let mut table =
        Table::new(vec![Column::WORDS, Column::yielding(16), Column::WORDS, Column::WORDS]);
    for (message, text) in texts() {
        let option = text.option.as_ref().map(ToString::to_string).unwrap_or_default();
        let whose = if own(&open, message, text).is_some() { "your words" } else { "" };
        table.row([message.id.to_string(), option, message.channel.as_str().into(), whose.into()]);
    }
    session.print(&table.to_text(COLUMNS))?;
    session.say("Next: fortnight message show NAME, for a person or a message")?;
    Ok(Status::Done)
}

/// The seeker's own words for a text, where there are some.
pub(super) fn own<'a>(
    open: &'a OpenPlan,
    message: &playbook::Message,
    text: &MessageText,
) -> Option<&'a Words> {
    let option: Option<Id> = message.by.as_ref().and(text.option.clone());
    open.state.wording.get(&(message.id.clone(), option)).filter(|words| !words.is_blank())
}
