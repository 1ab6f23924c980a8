//! `fortnight people fill`: what messages and tasks still need to know of people.
//!
//! One after the other at a terminal, for one person in one line, or through a sheet and back.

mod sheet;

use std::path::PathBuf;

use clap::Args;
use fortnight_engine::calendar::Lean;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::{Entry, EntryId, Kind};
use fortnight_engine::plan::{Lack, check_entry_field, declared_fields, lacks, resolve};
use fortnight_engine::playbook::Id;
use fortnight_engine::words::Words;
use jiff::civil::Date;

use super::filled;
use crate::commands::done::day;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::words::entries;
use crate::render::{COLUMNS, people, rejection, width};
use crate::session::Session;
use crate::values::pair;

/// What to note, of whom, and from where.
#[derive(Debug, Args)]
pub(crate) struct Fill {
    /// A person or a company; everybody who lacks something without it
    #[arg(value_name = "WHO")]
    who: Option<String>,
    /// Such as context="your talk on research debt"
    #[arg(value_name = "FIELD=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// Write a sheet (CSV) of what is missing, to be filled in
    #[arg(long, value_name = "FILE", conflicts_with_all = ["who", "values", "from"])]
    to: Option<PathBuf>,
    /// Take a sheet back that was filled in
    #[arg(long, value_name = "FILE", conflicts_with_all = ["who", "values"])]
    from: Option<PathBuf>,
    /// The day on which it was noted (default: today)
    #[arg(long, value_name = "DAY", conflicts_with = "to")]
    on: Option<String>,
    /// Note the playbook's examples where something is missing, to try things out
    #[arg(long, conflicts_with_all = ["who", "values", "to", "from"])]
    sample_answers: bool,
    /// Write over a file that is there
    #[arg(long, requires = "to")]
    force: bool,
}

/// So many people are named where nobody can be asked.
const MOST_NAMED: usize = 5;

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, fill: &Fill) -> Result<Status, CliError> {
    if let Some(file) = &fill.to {
        return sheet::write(session, file, fill.force);
    }
    if let Some(file) = &fill.from {
        return sheet::read(session, file, fill.on.as_deref());
    }
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let today = desk.today(&open);
    let on = day(fill.on.as_deref(), today, Lean::Past)?.unwrap_or(today);
    let lacking = missing(&desk, &open);
    match &fill.who {
        None if fill.sample_answers => examples(session, &mut desk, &lacking, on),
        None => ask(session, &mut desk, &lacking, on),
        Some(who) if fill.values.is_empty() => {
            let entry = naming::person(&desk, &open, who)?;
            let theirs: Vec<Lack> =
                lacking.into_iter().filter(|lack| lack.entry == entry).collect();
            ask(session, &mut desk, &theirs, on)
        }
        Some(who) => {
            let entry = naming::person(&desk, &open, who)?;
            let values = fill.values.iter();
            let values: Vec<(String, Words)> =
                values.map(|(name, value)| (name.clone(), Words::new(value.as_str()))).collect();
            note(session, &mut desk, entry, &values, on)?;
            theirs(session, &desk, entry)?;
            Ok(Status::Done)
        }
    }
}

/// Who lacks what, now.
fn missing(desk: &Desk, open: &OpenPlan) -> Vec<Lack> {
    let situation = open.situation(desk.instant);
    lacks(&situation, &resolve(&situation))
}

/// One operation for one person.
fn note(
    session: &mut Session<'_>,
    desk: &mut Desk,
    entry: EntryId,
    values: &[(String, Words)],
    on: Date,
) -> Result<(), CliError> {
    let whole = values.iter().any(|(name, _)| name == "company");
    let recorded = desk
        .record(session, "people fill", &[entry], whole, |work| work.fill_on(entry, values, on))?;
    let open = desk.open(&[entry])?;
    if recorded.value.changed.is_empty() {
        let name = open.book.get(entry).map(|known| known.name.terminal()).unwrap_or_default();
        return session.say(&format!("{name}: that is recorded already; nothing changed."));
    }
    filled(session, &open, entry, &recorded.value)
}

/// The playbook's examples for everybody who lacks something, as one operation.
fn examples(
    session: &mut Session<'_>,
    desk: &mut Desk,
    lacking: &[Lack],
    on: Date,
) -> Result<Status, CliError> {
    let recorded = desk.record(session, "people fill", &[], false, |work| {
        let mut noted = (0, 0);
        for lack in lacking {
            let Some(kind) = work.entry(lack.entry).map(|entry| entry.kind) else { continue };
            let declared = declared_fields(&work.plan()?.playbook, kind).iter();
            let examples: Vec<(String, Words)> = declared
                .filter(|field| lack.fields.contains(&field.id))
                .filter_map(|field| Some((field.id.to_string(), field.example.as_deref()?.into())))
                .collect();
            let filled = work.fill_on(lack.entry, &examples, on)?;
            let new = usize::from(!filled.changed.is_empty());
            match kind {
                Kind::Person => noted.0 += new,
                Kind::Company => noted.1 += new,
            }
        }
        Ok(noted)
    })?;
    let (people, companies) = recorded.value;
    let noted = entries(people, companies);
    let said = format!("The playbook's examples are noted of {noted}. Back: fortnight undo");
    session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
    rest(session, desk)?;
    Ok(Status::Done)
}

/// What the same person still lacks; how many others do is no news with every call.
fn theirs(session: &mut Session<'_>, desk: &Desk, entry: EntryId) -> Result<(), CliError> {
    let open = desk.open(&[entry])?;
    let lacking = missing(desk, &open);
    let own = lacking.iter().find(|lack| lack.entry == entry);
    match own.and_then(|lack| Some((open.book.get(entry)?, lack))) {
        Some((known, lack)) => {
            session.say(&format!("Next: {}", people::fill_command(known, &lack.fields)))
        }
        None if lacking.is_empty() => rest(session, desk),
        None => Ok(()),
    }
}

/// How many are left.
fn rest(session: &mut Session<'_>, desk: &Desk) -> Result<(), CliError> {
    let open = desk.open(&[])?;
    let lacking = missing(desk, &open);
    match lacking.first().and_then(|lack| Some((open.book.get(lack.entry)?, lack))) {
        Some((next, lack)) => {
            let kind = |lack: &&Lack| {
                open.book.get(lack.entry).is_some_and(|known| known.kind == Kind::Company)
            };
            let companies = lacking.iter().filter(kind).count();
            let verb = if lacking.len() == 1 { "lacks" } else { "lack" };
            session.say(&format!(
                "{} {verb} a field still. Next: {}",
                entries(lacking.len() - companies, companies),
                people::fill_command(next, &lack.fields)
            ))
        }
        None => session.say("Nobody lacks a field now. Next: fortnight"),
    }
}

/// Asks for one field after the other, for as long as somebody answers.
fn ask(
    session: &mut Session<'_>,
    desk: &mut Desk,
    lacking: &[Lack],
    on: Date,
) -> Result<Status, CliError> {
    if lacking.is_empty() {
        session.say("Nothing is missing that is needed now.")?;
        return Ok(Status::Done);
    }
    let open = desk.open(&[])?;
    if !session.host.input_is_terminal {
        return Err(unanswered(&open, lacking));
    }
    session.say("Enter alone leaves one out, q ends. Each answer is kept at once.")?;
    for (at, lack) in lacking.iter().enumerate() {
        let Some(entry) = open.book.get(lack.entry) else { continue };
        let who = people::who_in_full(entry);
        session.say(&format!("\n{who}  ({} of {})", at + 1, lacking.len()))?;
        for field in &lack.fields {
            match answer(session, &open, entry, field)? {
                Answer::Given(value) => {
                    note(session, desk, entry.id, &[(field.to_string(), value)], on)?;
                }
                Answer::LeftOut => {}
                Answer::End => {
                    rest(session, desk)?;
                    return Ok(Status::Done);
                }
            }
        }
    }
    rest(session, desk)?;
    Ok(Status::Done)
}

/// What somebody said to a question.
enum Answer {
    Given(Words),
    LeftOut,
    End,
}

/// Asks for a field until the answer is one that it takes.
fn answer(
    session: &mut Session<'_>,
    open: &OpenPlan,
    entry: &Entry,
    field: &Id,
) -> Result<Answer, CliError> {
    let declared = declared_fields(&open.playbook, entry.kind);
    let declared = declared.iter().find(|known| known.id == *field);
    let question = declared.and_then(|known| known.ask.as_deref()).unwrap_or(field);
    let example = declared.and_then(|known| known.example.as_ref());
    let example = example.map(|example| format!("  (such as: {example})\n")).unwrap_or_default();
    loop {
        let Some(given) = session.ask(&format!("{question}\n{example}>"))? else {
            return Ok(Answer::LeftOut);
        };
        if given == "q" {
            return Ok(Answer::End);
        }
        let value = Words::new(given);
        match check_entry_field(&open.playbook, entry.kind, field, &value) {
            Ok(_) => return Ok(Answer::Given(value)),
            Err(refused) => {
                session.say(&rejection::words(&refused, &open.playbook).sentence)?;
            }
        }
    }
}

/// Who lacks what, and the commands that would tell.
fn unanswered(open: &OpenPlan, lacking: &[Lack]) -> CliError {
    let named = lacking.iter().filter_map(|lack| Some((open.book.get(lack.entry)?, lack)));
    let mut questions: Vec<String> = named
        .clone()
        .take(MOST_NAMED)
        .map(|(entry, lack)| {
            format!("{} lacks: {}", people::who(entry), people::fields(&lack.fields))
        })
        .collect();
    if lacking.len() > MOST_NAMED {
        questions.push(format!("and {} more", lacking.len() - MOST_NAMED));
    }
    let first = named.clone().next();
    let mut helps: Vec<String> =
        first.map(|(entry, lack)| people::fill_command(entry, &lack.fields)).into_iter().collect();
    helps.push("fortnight people fill --to missing.csv".to_owned());
    CliError::Unanswered { questions, helps }
}
