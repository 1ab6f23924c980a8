//! What belongs to an outcome: its fields, and the day.
//!
//! Knows how both are typed, and asks in a terminal for what is missing. It must not know what may
//! be recorded.

use std::collections::BTreeMap;

use fortnight_engine::calendar::{Lean, parse_moment, show_day};
use fortnight_engine::playbook::{Field, FieldKind, Id, Outcome};
use fortnight_engine::words::Words;
use jiff::civil::{Date, Time};

use crate::failure::CliError;
use crate::render::words::{answer, quoted};
use crate::session::Session;

/// The details as they were understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Details {
    pub(super) on: Option<(Date, Option<Time>)>,
    pub(super) fields: BTreeMap<Id, Words>,
}

/// What was typed behind the outcome.
pub(super) struct Asked<'a> {
    pub(super) words: &'a [String],
    pub(super) on: Option<&'a str>,
    pub(super) fields: &'a [(String, String)],
    /// The people, as they are typed.
    pub(super) who: &'a str,
}

/// When it happened, or when the appointment is.
pub(super) fn when(known: Option<&Outcome>, details: &Details, on: Date) -> String {
    let appointment = known.and_then(|known| {
        let field = known.fields.iter().find(|field| is_moment(field))?;
        details.fields.get(&field.id).map(answer)
    });
    appointment.unwrap_or_else(|| show_day(on))
}

fn is_moment(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Date | FieldKind::Datetime)
}

/// What the words behind an outcome say: `NAME=ANSWER` for any field, an appointment for an outcome
/// that has one, a text for one that has a text, and the day on which it happened. Everything
/// that cannot be read is said at once.
pub(super) fn read(
    session: &mut Session<'_>,
    asked: &Asked<'_>,
    known: &Outcome,
    today: Date,
) -> Result<Details, CliError> {
    let mut details = Details::default();
    let mut wrong = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let mut given: Vec<(&str, &str)> =
        asked.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for word in asked.words {
        let pair = word.split_once('=');
        match pair.filter(|(name, _)| known.fields.iter().any(|field| *field.id == **name)) {
            Some(pair) => given.push(pair),
            None => words.push(word),
        }
    }
    for (at, (name, value)) in given.iter().enumerate() {
        let before = given.iter().take(at).find(|(other, _)| other == name);
        if let Some((_, other)) = before.filter(|(_, other)| other != value) {
            wrong.push(CliError::refused(format!(
                "`{name}` is given twice: {} and {}.",
                quoted(other),
                quoted(value)
            )));
        }
    }
    for (name, value) in given {
        let field = known.fields.iter().find(|field| *field.id == *name);
        let value = match field.filter(|field| is_moment(field)) {
            Some(field) => appointment(field, value, today),
            None => Ok(value.to_owned()),
        };
        match value {
            Ok(value) => drop(details.fields.insert(Id::from(name), Words::new(value))),
            Err(error) => wrong.push(error),
        }
    }
    if let Some(on) = asked.on {
        match parse_moment(on, today, Lean::Past) {
            Ok(moment) => details.on = Some(moment),
            Err(flaw) => wrong.push(CliError::flawed(on.to_owned(), flaw)),
        }
    }
    if let Err(error) = place(known, &words, today, &mut details) {
        wrong.push(error);
    }
    if let Some(error) = CliError::all(wrong) {
        return Err(error);
    }
    complete(session, asked, known, today, &mut details)?;
    Ok(details)
}

/// Words without a name go where they can belong.
fn place(
    known: &Outcome,
    words: &[&str],
    today: Date,
    details: &mut Details,
) -> Result<(), CliError> {
    let open_field = |takes: fn(&Field) -> bool| {
        known.fields.iter().find(|field| takes(field) && !details.fields.contains_key(&field.id))
    };
    let text = open_field(|field| field.kind == FieldKind::Text);
    if words.is_empty() {
        return Ok(());
    }
    if let Some(field) = open_field(is_moment) {
        let value = appointment(field, &words.join(" "), today)?;
        details.fields.insert(field.id.clone(), Words::new(value));
        return Ok(());
    }
    let (text_words, day_words) = match text {
        Some(_) => words.split_at(1),
        None => (&words[..0], words),
    };
    if let (Some(field), [value]) = (text, text_words) {
        details.fields.insert(field.id.clone(), Words::new(*value));
    }
    if !day_words.is_empty() {
        let text = day_words.join(" ");
        let moment = parse_moment(&text, today, Lean::Past);
        details.on = Some(moment.map_err(|flaw| CliError::flawed(text, flaw))?);
    }
    Ok(())
}

/// Asks in a terminal for what was not given; elsewhere only an appointment must be given.
fn complete(
    session: &mut Session<'_>,
    asked: &Asked<'_>,
    known: &Outcome,
    today: Date,
    details: &mut Details,
) -> Result<(), CliError> {
    for field in &known.fields {
        if details.fields.contains_key(&field.id) {
            continue;
        }
        let ask = field.ask.clone().unwrap_or_else(|| format!("{}?", field.id));
        let needed = is_moment(field);
        let leave = if needed { "" } else { "  (Enter leaves it out)" };
        loop {
            let given = session.ask(&format!("{ask}{leave}\n>"))?;
            let Some(given) = given else {
                if !needed {
                    break;
                }
                let help = format!("fortnight {} {} thu 15:00", asked.who, known.id);
                return Err(CliError::refused_with(ask, help));
            };
            let value = if needed { appointment(field, &given, today) } else { Ok(given) };
            match value {
                Ok(value) => {
                    details.fields.insert(field.id.clone(), Words::new(value));
                    break;
                }
                Err(error) => session.refuse(&error),
            }
        }
    }
    Ok(())
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
