//! `fortnight record …` and its short form `fortnight ana replied sat`: what came back from
//! people, what they did for each other, and what is to be done with them.

mod favour;
mod form;
mod referral;
mod said;

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::notebook::{Answer, Answered, OpenPlan, refers};
use fortnight_engine::people::{EntryId, Match};
use fortnight_engine::plan::{self, Agenda, Note};
use fortnight_engine::words::Words;
use jiff::civil::Date;

pub(crate) use self::favour::{said_of, words_for};
use self::form::Details;
use self::said::Deed;
use super::{forget, people, person};
use crate::desk::Desk;
use crate::effect;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::note;
use crate::render::words::{by_way, count, inside, list};
use crate::session::Session;
use crate::values::{channel as named_channel, pair};

/// What came back.
#[derive(Debug, Args)]
pub(crate) struct Record {
    /// Who, what and when: `ana replied sat`, `ana ben declined`, `replied ana ben`, `ana booked
    /// thu 15:00`, `ana referred "Dana Wu, Adyen"`, `ana promised "an intro"`; a name alone shows
    /// the person
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// The day on which it happened (default: today)
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// A field of the outcome; may be given several times
    #[arg(long = "set", visible_alias = "field", value_name = "NAME=ANSWER", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// The channel it came on, where it is another one than yours: linkedin, email, sms, phone or
    /// in-person
    #[arg(long, value_name = "CHANNEL")]
    via: Option<String>,
}

impl Record {
    /// What was typed first.
    pub(crate) fn first_word(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, record: &Record) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let finds = |name: &str| {
        naming::is_person(name)
            || desk.notebook.find(name, |_| true).is_ok_and(|(found, _)| found_any(&found))
    };
    let said = said::read(&record.words, &open.playbook, &finds);
    if said.deed == Deed::Show {
        return person::run(session, &said.people.join(" "));
    }
    let people = who(&desk, &open, &said.people)?;
    drop(desk);
    match said.deed {
        Deed::Show => Ok(Status::Done),
        Deed::Leave { yes } => {
            plain_deed(record)?;
            people::leave_in_peace(session, &people, yes)
        }
        Deed::Forget => {
            plain_deed(record)?;
            let [one] = people[..] else {
                return Err(CliError::refused_with(
                    "People are forgotten one by one.",
                    "fortnight forget NAME",
                ));
            };
            forget::run(session, &forget::Forget::of(format!("@{one}")))
        }
        Deed::Favour(kind) => {
            if record.via.is_some() || !record.fields.is_empty() {
                return Err(CliError::refused("--via and --set belong to answers."));
            }
            favour::run(session, &people, kind, &said.details, record.on.as_deref())
        }
        Deed::Outcome(outcome) => answer(session, record, &people, &outcome, &said.details),
    }
}

/// What is said of a person and takes nothing with it.
fn plain_deed(record: &Record) -> Result<(), CliError> {
    if record.on.is_some() || record.via.is_some() || !record.fields.is_empty() {
        return Err(CliError::refused("--on, --via and --set belong to answers."));
    }
    Ok(())
}

fn found_any(found: &Match) -> bool {
    matches!(found, Match::One(_) | Match::Several(_))
}

/// Everybody named; whoever is not found is told at once.
fn who(desk: &Desk, open: &OpenPlan, names: &[String]) -> Result<Vec<EntryId>, CliError> {
    let mut people = Vec::new();
    let mut wrong = Vec::new();
    for name in names {
        match naming::person(desk, open, name) {
            Ok(person) if people.contains(&person) => {}
            Ok(person) => people.push(person),
            Err(error) => wrong.push(error),
        }
    }
    CliError::all(wrong).map_or(Ok(people), Err)
}

/// Writes an answer down, of everybody named or of nobody.
fn answer(
    session: &mut Session<'_>,
    record: &Record,
    people: &[EntryId],
    outcome: &str,
    words: &[String],
) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(people)?;
    let today = desk.today(&open);
    let known = open.playbook.outcome(outcome);
    let who = said::names(people, &open);
    let details = match known {
        Some(known) => {
            let (on, fields) = (record.on.as_deref(), &record.fields[..]);
            let playbook = &open.playbook;
            form::read(
                session,
                &form::Asked { words, on, fields, who: &who, known, playbook, today },
            )
        }
        None => Ok(Details::default()),
    };
    let channel = match &record.via {
        Some(via) => named_channel(via).map(Some),
        None => Ok(None),
    };
    let (mut details, channel) = match (details, channel) {
        (Ok(details), Ok(channel)) => (details, channel),
        (details, channel) => {
            let wrong = details.err().into_iter().chain(channel.err()).collect();
            return Err(CliError::all(wrong).unwrap_or(CliError::NoPlan));
        }
    };
    let whole = known.is_some_and(|known| refers(known, &details.fields));
    let referral = match known.filter(|_| whole) {
        Some(known) => referral::resolve(&desk, &open, &who, known, &mut details)?,
        None => referral::Resolved::default(),
    };
    let (on, time) = details.on.unwrap_or((today, None));
    let answer = Answer {
        entries: people.to_vec(),
        outcome: outcome.to_owned(),
        on,
        time,
        fields: details.fields.clone(),
        channel,
        referred: referral.is,
    };
    let before = plan::agenda(&open.situation(desk.instant));
    let written = desk.record(session, "record", people, whole, |work| {
        let answered = work.record(&answer)?;
        let after = plan::agenda(&work.situation()?);
        Ok((answered, after))
    })?;
    let (answered, after) = written.value;
    let title = known.map_or_else(|| outcome.to_owned(), |known| inside(&known.title));
    let fields = answered.iter().find_map(|answered| answered.fields.as_ref());
    let when = form::when(known, fields.unwrap_or(&details.fields), on, today);
    let how = channel.map(|via| format!(" {}", by_way(via))).unwrap_or_default();
    tell(session, &open, &Told { title: title + &how, when, before, after }, &answered)?;
    if answered.iter().any(|it| it.introduced.as_ref().is_some_and(|it| !it.known)) {
        session.tell(&referral.near.unwrap_or_default())?;
    }
    if outcome == "replied" && channel.is_none() {
        first_after_all(session, &open, &answered, on)?;
    }
    Ok(Status::Done)
}

/// How a first answer is put right that was written down too early (F5).
fn first_after_all(
    session: &mut Session<'_>,
    open: &OpenPlan,
    answered: &[Answered],
    on: Date,
) -> Result<(), CliError> {
    for answered in answered {
        if answered
            .notes
            .iter()
            .any(|note| matches!(note, Note::Known { on: first } if *first < on))
        {
            let name = said::names(&[answered.entry], open);
            session.say(&format!("If they answered first on {}:", show_day(on)))?;
            session.say(&format!("  fortnight {name} replied {on} --anyway"))?;
        }
    }
    Ok(())
}

/// What was recorded, in words.
struct Told {
    title: String,
    when: String,
    before: Agenda,
    after: Agenda,
}

fn tell(
    session: &mut Session<'_>,
    open: &OpenPlan,
    told: &Told,
    answered: &[Answered],
) -> Result<(), CliError> {
    let is_new = |answered: &&Answered| {
        !answered.notes.iter().any(|note| matches!(note, Note::Known { .. }))
    };
    let new: Vec<String> =
        answered.iter().filter(is_new).map(|answered| name_of(open, answered.entry)).collect();
    if !new.is_empty() {
        session.tell(&format!("{}: {}, {}.", list(&new), told.title, told.when))?;
    }
    let several = answered.len() > 1;
    for answered in answered {
        for said in &answered.notes {
            let name = if several {
                format!("{}: ", name_of(open, answered.entry))
            } else {
                String::new()
            };
            session.tell(&format!("{name}{}", note::words(said, &open.book)))?;
        }
        if let Some(step) = answered.done.as_ref().and_then(|task| open.playbook.step(&task.step)) {
            session.tell(&format!("Done: {} · {}.", step.title, name_of(open, answered.entry)))?;
        }
        let Some(introduced) = &answered.introduced else { continue };
        let name = introduced.name.terminal();
        let by = name_of(open, answered.entry);
        let was = if introduced.known { " was known already, and is" } else { " is" };
        let late = introduced.notes.iter().any(|note| matches!(note, Note::NotCompared { .. }));
        let list = match (introduced.listed, late) {
            (true, true) => "on the list; served, but not compared",
            (true, false) => "on the list",
            (false, _) if introduced.silent => "left in peace, as they want to be",
            (false, _) => "known now, and on no list",
        };
        session.tell(&format!("{name}{was} {list}. Introduced by {by}."))?;
        for said in &introduced.notes {
            if !matches!(said, Note::NotCompared { .. } | Note::Listed { .. }) {
                session.tell(&note::words(said, &open.book))?;
            }
        }
        session.tell(&effect::of(&told.before, &told.after, &[introduced.entry]))?;
    }
    let people: Vec<EntryId> = answered.iter().map(|answered| answered.entry).collect();
    session.tell(&effect::of(&told.before, &told.after, &people))
}

fn name_of(open: &OpenPlan, entry: EntryId) -> String {
    let name = || Words::new("NAME");
    open.book.get(entry).map_or_else(name, |entry| entry.name.clone()).terminal()
}

/// `3 people`, or the name of one.
fn these(open: &OpenPlan, people: &[EntryId]) -> String {
    match people {
        [one] => name_of(open, *one),
        several => count(several.len(), "person", "people"),
    }
}
