//! The engine as a library: a playbook, a plan in memory, one message sent, the agenda three days
//! later.
//!
//! Run it with `cargo run -p fortnight-engine --example agenda`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;

use fortnight_engine::calendar::{Hours, WeekdaySet};
use fortnight_engine::notebook::{Beginning, Notebook, NotebookError, Recording};
use fortnight_engine::people::{Book, Entry, EntryId};
use fortnight_engine::plan::{Command, PlanId, TaskKey, agenda};
use fortnight_engine::playbook::{self, Id};
use fortnight_engine::source::SourceFile;
use fortnight_engine::store::MemoryStore;
use jiff::Timestamp;
use jiff::civil::date;

const PLAYBOOK: &str = "
fortnight: 1
playbook: hello
version: 1.0.0
title: Say hello
people: {size: 1 to 5}
messages:
  intro: {channel: linkedin, text: 'Hi {{ person.first_name }}, I liked your talk.'}
  nudge: {channel: linkedin, text: 'Hi {{ person.first_name }}, here are my notes on it.'}
steps:
  send-intro: {title: Send the first message, for_each: people, send: intro}
  follow-up:
    title: Follow up once
    for_each: people
    send: nudge
    needs: {send-intro: done}
    when: not person.replied
    after: 3 workdays
";

fn main() -> Result<(), Box<dyn Error>> {
    let loaded = playbook::load(SourceFile::new("hello.yaml", PLAYBOOK), &|_, _| None);
    let (Some(playbook), Some(packed)) = (loaded.playbook, loaded.packed) else {
        return Err(format!("{:#?}", loaded.diagnostics).into());
    };
    let monday: Timestamp = "2026-03-02T08:00:00Z".parse()?;
    let thursday: Timestamp = "2026-03-05T08:00:00Z".parse()?;

    let mut notebook = Notebook::new(MemoryStore::new());
    let plan = begin(&mut notebook, playbook, packed, monday).map_err(|e| format!("{e:?}"))?;

    let mut out = std::io::stdout().lock();
    let open = notebook.open(plan, &[]).map_err(|e| format!("{e:?}"))?;
    for task in agenda(&open.situation(thursday)).tasks {
        let name = task.entry.map_or(String::new(), |(_, name)| name.terminal());
        writeln!(out, "{:<8} {} · {name}", task.standing.status.as_str(), task.title)?;
    }
    Ok(())
}

/// Begins a plan with Ana on its list and writes her the first message.
fn begin(
    notebook: &mut Notebook<MemoryStore>,
    playbook: playbook::Playbook,
    packed: String,
    monday: Timestamp,
) -> Result<PlanId, NotebookError> {
    let beginning = Beginning {
        playbook,
        packed,
        zone: "Europe/Paris".to_owned(),
        weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
        hours: Hours::default(),
        seed: 1,
        start: date(2026, 3, 2),
        inputs: BTreeMap::new(),
        compared: None,
        book: Book::new(),
    };
    let recording =
        Recording { command: "start", plan: None, entries: &[], whole: false, anyway: false };
    let written = notebook.record(&recording, monday, |session| {
        let plan = session.start(beginning.clone(), monday)?;
        let ana = Entry::person(EntryId(0), "Ana Silva").with("connected_on", "2024-03-12");
        let ana = session.add(ana);
        session.decide(&Command::List { entries: vec![ana], cycle: 1 })?;
        let task = TaskKey::of(1, Id::from("send-intro"), ana);
        let on = date(2026, 3, 2);
        session.decide(&Command::Done {
            task,
            on,
            answers: BTreeMap::new(),
            text: None,
            channel: None,
        })?;
        Ok(plan)
    })?;
    Ok(written.value)
}
