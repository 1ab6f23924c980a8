//! `fortnight people owed`: what was offered, promised and given, and whom thanks are owed.

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::people::Entry;
use fortnight_engine::plan::{Owed, Situation, owed};
use serde::Serialize;

use crate::commands::record::said_of;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::COLUMNS;
use crate::render::table::{Column, Table};
use crate::render::words::inside;
use crate::session::Session;

/// What is owed.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Also what was offered, given and got, and needs nothing more
    #[arg(long)]
    all: bool,
}

/// `people owed --json`, version 1.
#[derive(Serialize)]
struct OwedData {
    version: u32,
    people: Vec<PersonData>,
}

/// One person.
#[derive(Serialize)]
struct PersonData {
    id: u64,
    name: String,
    owed: Vec<OneData>,
    /// Everything recorded: `offered`, `promised`, `gave`, `got`, `thanked`.
    favours: Vec<OneData>,
}

/// One thing; `kind` is `thanks`, `promise`, or the kind of a favour.
#[derive(Serialize)]
struct OneData {
    kind: &'static str,
    what: String,
    on: String,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, list: &List) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open_whole()?;
    let situation = open.situation(desk.instant);
    let known = open.book.people().filter(|entry| entry.forgotten.is_none());
    let people: Vec<(&Entry, Vec<Owed>)> = known
        .map(|entry| (entry, owed(&situation, entry.id)))
        .filter(|(entry, owed)| !owed.is_empty() || (list.all && !entry.favours.is_empty()))
        .collect();
    if session.global.json {
        let people = people.iter().map(|(entry, owed)| data(entry, owed)).collect();
        session.print_json(&OwedData { version: 1, people })?;
        return Ok(Status::Done);
    }
    if people.is_empty() {
        session.say(
            "You owe nobody anything.\nWrite down what you promise: fortnight ana promised \"an \
             intro\"",
        )?;
        return Ok(Status::Done);
    }
    let mut table = Table::new(vec![Column::WORDS, Column::yielding(30), Column::WORDS]).indent(2);
    for (entry, owed) in &people {
        let mut name = entry.name.terminal();
        for one in owed {
            table.row([std::mem::take(&mut name), words(&situation, one), day(one)]);
        }
        for favour in entry.favours.iter().filter(|_| list.all) {
            table.row([std::mem::take(&mut name), said_of(favour), show_day(favour.on)]);
        }
    }
    session.print(&table.to_text(COLUMNS))?;
    session.say("Done with it: fortnight NAME thanked, fortnight NAME gave \"…\"")?;
    Ok(Status::Done)
}

/// `thanks: you talked`, `promised: an intro`.
pub(crate) fn words(situation: &Situation<'_>, owed: &Owed) -> String {
    match owed {
        Owed::ThanksFor { outcome, .. } => {
            let known = situation.playbook.outcome(outcome);
            let title = known.map_or_else(|| outcome.to_string(), |known| inside(&known.title));
            format!("thanks: {title}")
        }
        Owed::Thanks { what, .. } => format!("thanks: {}", what.terminal()),
        Owed::Promise { what, .. } => format!("promised: {}", what.terminal()),
    }
}

/// The day of it.
pub(crate) fn day(owed: &Owed) -> String {
    let (Owed::ThanksFor { on, .. } | Owed::Thanks { on, .. } | Owed::Promise { on, .. }) = owed;
    show_day(*on)
}

fn data(entry: &Entry, owed: &[Owed]) -> PersonData {
    let one = |one: &Owed| match one {
        Owed::ThanksFor { outcome, on } => {
            OneData { kind: "thanks", what: outcome.to_string(), on: on.to_string() }
        }
        Owed::Thanks { what, on } => {
            OneData { kind: "thanks", what: what.raw().to_owned(), on: on.to_string() }
        }
        Owed::Promise { what, on } => {
            OneData { kind: "promise", what: what.raw().to_owned(), on: on.to_string() }
        }
    };
    PersonData {
        id: entry.id.0,
        name: entry.name.raw().to_owned(),
        owed: owed.iter().map(one).collect(),
        favours: entry
            .favours
            .iter()
            .map(|favour| OneData {
                kind: favour.kind.as_str(),
                what: favour.what.raw().to_owned(),
                on: favour.on.to_string(),
            })
            .collect(),
    }
}
