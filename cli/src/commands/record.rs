//! `fortnight record PERSON OUTCOME …` and its short form `fortnight ana replied sat`: what came
//! back from somebody.

use std::collections::BTreeMap;

use clap::Args;
use fortnight_engine::calendar::{Lean, parse_moment, show_day};
use fortnight_engine::message::Channel;
use fortnight_engine::notebook::{NotebookError, OpenPlan, Session as Work};
use fortnight_engine::people::{Entry, EntryId};
use fortnight_engine::plan::{self, Command, Note};
use fortnight_engine::playbook::{Field, FieldKind, Id, Outcome};
use fortnight_engine::words::Words;
use jiff::civil::{Date, Time};

use super::person;
use crate::desk::Desk;
use crate::effect;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::note;
use crate::render::words::{answer, inside, typed};
use crate::session::Session;
use crate::values::pair;

/// What came back.
#[derive(Debug, Args)]
pub(crate) struct Record {
    /// Who: a part of the name; @ before it always means a person
    #[arg(value_name = "PERSON")]
    person: String,
    /// What: replied, declined, booked, …; without it, the person's page
    #[arg(value_name = "OUTCOME")]
    outcome: Option<String>,
    /// When, and what belongs to it: `sat`, `thu 15:00`, `"Dana Wu, Adyen"`
    #[arg(value_name = "DETAILS", allow_hyphen_values = true)]
    details: Vec<String>,
    /// The day on which it happened (default: today)
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// A field of the outcome; may be given several times
    #[arg(long = "set", value_name = "NAME=ANSWER", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// The channel it came on, where it is another one than yours
    #[arg(long, value_name = "CHANNEL")]
    via: Option<String>,
}

/// The details as they were understood.
#[derive(Clone, Debug, Default)]
struct Details {
    on: Option<(Date, Option<Time>)>,
    fields: BTreeMap<Id, Words>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, record: &Record) -> Result<Status, CliError> {
    let Some(outcome) = &record.outcome else {
        return person::run(session, &record.person);
    };
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let entry = naming::person(&desk, &open, &record.person)?;
    let open = desk.open(&[entry])?;
    let today = desk.today(&open);
    let known = open.playbook.outcome(outcome);
    let details = match known {
        Some(known) => details(record, known, &open, entry, today)?,
        None => Details::default(),
    };
    let channel = match &record.via {
        Some(via) => Some(Channel::parse(via).ok_or_else(|| unknown_channel(via))?),
        None => None,
    };
    let (on, time) = details.on.unwrap_or((today, None));
    let command = Command::Record {
        entry,
        outcome: outcome.clone(),
        on,
        time,
        fields: details.fields.clone(),
        channel,
    };
    let before = plan::agenda(&open.situation(desk.instant));
    let referred = known.and_then(|known| referred(known, &details.fields));
    let written = desk.record(session, "record", &[entry], referred.is_some(), |work| {
        let notes = work.decide(&command)?.notes;
        let added = match &referred {
            Some((name, company)) if !notes.iter().any(|n| matches!(n, Note::Known { .. })) => {
                Some(introduce(work, entry, name, company.as_deref())?)
            }
            Some(_) | None => None,
        };
        let after = plan::agenda(&work.situation()?);
        Ok((notes, after, added))
    })?;
    let (notes, after, added) = written.value;
    if written.operation.is_some() {
        let name = name_of(&open, entry);
        let title = known.map_or_else(|| outcome.clone(), |known| inside(&known.title));
        session.print(&format!("{name}: {title}, {}.\n", when(known, &details, on)))?;
    }
    for said in notes {
        session.print(&format!("{}\n", note::words(&said, &open.book)))?;
    }
    if let Some((person, name, more)) = added {
        session.print(&format!(
            "{name} is on the list, introduced by {}; served, but not compared.\n",
            name_of(&open, entry)
        ))?;
        for said in more {
            if !matches!(said, Note::NotCompared { .. }) {
                session.print(&format!("{}\n", note::words(&said, &open.book)))?;
            }
        }
        let effect = effect::of(&before, &after, &[person]);
        if !effect.is_empty() {
            session.print(&format!("{effect}\n"))?;
        }
    }
    let effect = effect::of(&before, &after, &[entry]);
    if !effect.is_empty() {
        session.print(&format!("{effect}\n"))?;
    }
    Ok(Status::Done)
}

/// When it happened, or when the appointment is.
fn when(known: Option<&Outcome>, details: &Details, on: Date) -> String {
    let appointment = known.and_then(|known| {
        let field = known.fields.iter().find(|field| is_moment(field))?;
        details.fields.get(&field.id).map(answer)
    });
    appointment.unwrap_or_else(|| show_day(on))
}

fn is_moment(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Date | FieldKind::Datetime)
}

/// What the words behind an outcome say: an appointment for an outcome that has one, a text for
/// one that has a text, and the day on which it happened.
fn details(
    record: &Record,
    known: &Outcome,
    open: &OpenPlan,
    entry: EntryId,
    today: Date,
) -> Result<Details, CliError> {
    let mut details = Details::default();
    for (name, value) in &record.fields {
        let field = known.fields.iter().find(|field| *field.id == **name);
        let value = match field {
            Some(field) if is_moment(field) => appointment(field, value, today)?,
            Some(_) | None => value.clone(),
        };
        details.fields.insert(Id::from(name.as_str()), Words::new(value));
    }
    if let Some(on) = &record.on {
        let moment = parse_moment(on, today, Lean::Past);
        details.on = Some(moment.map_err(|flaw| CliError::flawed(on.clone(), flaw))?);
    }
    let open_field = |takes: fn(&Field) -> bool| {
        known.fields.iter().find(|field| takes(field) && !details.fields.contains_key(&field.id))
    };
    let moment = open_field(is_moment);
    let text = open_field(|field| field.kind == FieldKind::Text);
    let words = record.details.as_slice();
    if let Some(field) = moment {
        if words.is_empty() {
            let ask = field.ask.clone().unwrap_or_else(|| format!("{}?", field.id));
            let typed = typed(&name_words(open, entry));
            let help = format!("fortnight {typed} {} thu 15:00", known.id);
            return Err(CliError::refused_with(ask, help));
        }
        let value = appointment(field, &words.join(" "), today)?;
        details.fields.insert(field.id.clone(), Words::new(value));
        return Ok(details);
    }
    let (text_words, day_words) = match text {
        Some(_) => words.split_at(words.len().min(1)),
        None => (&words[..0], words),
    };
    if let (Some(field), [value]) = (text, text_words) {
        details.fields.insert(field.id.clone(), Words::new(value.as_str()));
    }
    if !day_words.is_empty() {
        let text = day_words.join(" ");
        let moment = parse_moment(&text, today, Lean::Past);
        details.on = Some(moment.map_err(|flaw| CliError::flawed(text, flaw))?);
    }
    Ok(details)
}

/// A day, with a time where the field wants one, as it is stored.
fn appointment(field: &Field, text: &str, today: Date) -> Result<String, CliError> {
    let (day, time) =
        parse_moment(text, today, Lean::Future).map_err(|flaw| CliError::flawed(text, flaw))?;
    match (&field.kind, time) {
        (FieldKind::Datetime, Some(time)) => {
            Ok(day.to_datetime(time).strftime("%Y-%m-%dT%H:%M").to_string())
        }
        (FieldKind::Datetime, None) => Err(CliError::refused_with(
            format!("At what time on {}?", show_day(day)),
            format!("{text} 15:00"),
        )),
        _ => Ok(day.to_string()),
    }
}

/// A referral names somebody: `Dana Wu, Adyen`.
fn referred(known: &Outcome, fields: &BTreeMap<Id, Words>) -> Option<(String, Option<String>)> {
    if &*known.id != "referred" {
        return None;
    }
    let field = known.fields.iter().find(|field| field.kind == FieldKind::Text)?;
    let text = fields.get(&field.id)?.raw().trim();
    let (name, company) = match text.split_once(',') {
        Some((name, company)) => (name.trim(), Some(company.trim().to_owned())),
        None => (text, None),
    };
    (!name.is_empty()).then(|| (name.to_owned(), company.filter(|company| !company.is_empty())))
}

/// Adds the person somebody referred, and puts them on the list of the running cycle.
fn introduce(
    work: &mut Work,
    by: EntryId,
    name: &str,
    company: Option<&str>,
) -> Result<(EntryId, String, Vec<Note>), NotebookError> {
    let mut entry = Entry::person(EntryId(0), name);
    if let Some(company) = company {
        entry.set("company", Words::new(company));
    }
    entry.introduced_by = Some(by);
    let shown = entry.name.terminal();
    let person = work.add(entry);
    let number = {
        let situation = work.situation()?;
        situation.running().or_else(|| situation.upcoming()).map(|cycle| cycle.number)
    };
    let notes = match number {
        Some(cycle) => work.decide(&Command::List { entries: vec![person], cycle })?.notes,
        None => Vec::new(),
    };
    Ok((person, shown, notes))
}

fn unknown_channel(given: &str) -> CliError {
    let names: Vec<&str> = Channel::ALL.iter().map(|channel| channel.as_str()).collect();
    CliError::refused_with(
        format!("`{given}` is no channel."),
        format!("There is: {}", names.join(", ")),
    )
}

fn name_words(open: &OpenPlan, entry: EntryId) -> Words {
    open.book.get(entry).map_or_else(|| Words::new("NAME"), |entry| entry.name.clone())
}

fn name_of(open: &OpenPlan, entry: EntryId) -> String {
    name_words(open, entry).terminal()
}
