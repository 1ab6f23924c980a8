//! What belongs to an outcome: its fields, and the day.
//!
//! Knows how both are typed, and asks in a terminal for what is missing. It must not know what may
//! be recorded.

use std::collections::BTreeMap;

use fortnight_engine::calendar::{Lean, parse_moment, show_day, show_day_with_year, show_time};
use fortnight_engine::diagnostic::nearest;
use fortnight_engine::plan::{Appointment, check_answer};
use fortnight_engine::playbook::{Field, FieldKind, Id, Outcome, Playbook};
use fortnight_engine::words::Words;
use jiff::ToSpan;
use jiff::civil::{Date, Time};

use crate::failure::CliError;
use crate::render::rejection;
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
    /// The outcome.
    pub(super) known: &'a Outcome,
    pub(super) playbook: &'a Playbook,
    pub(super) today: Date,
}

/// When it happened, or when the appointment is; of another year, with its year.
pub(super) fn when(
    known: Option<&Outcome>,
    fields: &BTreeMap<Id, Words>,
    on: Date,
    today: Date,
) -> String {
    let shown = |day: Date| {
        if day.year() == today.year() { show_day(day) } else { show_day_with_year(day) }
    };
    let appointment = known.and_then(|known| {
        let field = known.fields.iter().find(|field| is_moment(field))?;
        let value = fields.get(&field.id)?;
        let timed = field.kind == FieldKind::Datetime;
        Some(match Appointment::read(value.raw()) {
            Some(read) if timed => {
                format!("{} {}", shown(read.wall.date()), show_time(read.wall.time()))
            }
            Some(read) => shown(read.wall.date()),
            None => answer(value),
        })
    });
    appointment.unwrap_or_else(|| shown(on))
}

fn is_moment(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Date | FieldKind::Datetime)
}

/// What the words behind an outcome say: `NAME=ANSWER` for any field, an appointment for an outcome
/// that has one, a text for one that has a text, and the day on which it happened. Everything
/// that cannot be read is said at once.
pub(super) fn read(session: &mut Session<'_>, asked: &Asked<'_>) -> Result<Details, CliError> {
    let mut details = Details::default();
    let mut wrong = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let mut given: Vec<(&str, &str)> =
        asked.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let takes_text = asked.known.fields.iter().any(|field| field.kind == FieldKind::Text);
    for word in asked.words {
        match word.split_once('=') {
            Some(pair) if asked.field(pair.0).is_some() => given.push(pair),
            // A text may hold the sign; a day never does.
            Some(pair) if !takes_text => given.push(pair),
            Some(_) | None => words.push(word),
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
        match asked.value(name, value) {
            Ok(value) => drop(details.fields.insert(Id::from(name), value)),
            Err(error) => wrong.push(error),
        }
    }
    if let Some(on) = asked.on {
        match parse_moment(on, asked.today, Lean::Past) {
            Ok(moment) => details.on = Some(moment),
            Err(flaw) => wrong.push(CliError::flawed(on.to_owned(), flaw)),
        }
    }
    if let Err(error) = asked.place(&words, &mut details) {
        wrong.push(error);
    }
    if let Some(error) = CliError::all(wrong) {
        return Err(error);
    }
    complete(session, asked, &mut details)?;
    Ok(details)
}

impl Asked<'_> {
    fn field(&self, name: &str) -> Option<&Field> {
        self.known.fields.iter().find(|field| *field.id == *name)
    }

    /// An answer to a field, as it is stored.
    fn value(&self, name: &str, value: &str) -> Result<Words, CliError> {
        let field = self.field(name).ok_or_else(|| self.no_such_field(name))?;
        if is_moment(field) {
            return self.appointment(field, value).map(Words::new);
        }
        let words = Words::new(value);
        let checked = check_answer(field, &words);
        checked.map_err(|refused| {
            let refusal = rejection::words(&refused, self.playbook);
            CliError::Refused { sentence: refusal.sentence, helps: refusal.helps }
        })?;
        Ok(words)
    }

    fn no_such_field(&self, name: &str) -> CliError {
        let known: Vec<&str> = self.known.fields.iter().map(|field| &*field.id).collect();
        let near = nearest(name, known.iter().copied());
        let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        let help = if known.is_empty() {
            format!("It asks for nothing but its day: fortnight {} {}", self.who, self.known.id)
        } else {
            format!("There is: {}", known.join(", "))
        };
        let sentence = format!("`{}` has no field `{name}`.{near}", self.known.id);
        CliError::refused_with(sentence, help)
    }

    /// Words without a name go where they can belong.
    fn place(&self, words: &[&str], details: &mut Details) -> Result<(), CliError> {
        let open = |takes: &dyn Fn(&Field) -> bool| {
            let mut fields = self.known.fields.iter();
            fields.find(|field| !details.fields.contains_key(&field.id) && takes(field))
        };
        // `not-now until 1 apr`: the field's own name leads in what it takes.
        let (named, words) = match words {
            [name, rest @ ..] if !rest.is_empty() => match open(&|field| *field.id == **name) {
                Some(field) => (Some(field), rest),
                None => (None, words),
            },
            _ => (None, words),
        };
        let Some(first) = words.first() else { return Ok(()) };
        if let Some(field) = named.filter(|field| is_moment(field)).or_else(|| open(&is_moment)) {
            let value = self.appointment(field, &words.join(" "))?;
            details.fields.insert(field.id.clone(), Words::new(value));
            return Ok(());
        }
        let text = named.or_else(|| open(&|field| field.kind == FieldKind::Text));
        let fitting = |field: &Field| {
            field.kind != FieldKind::Text && check_answer(field, &Words::new(*first)).is_ok()
        };
        let day_words = match text.or_else(|| open(&fitting)) {
            Some(field) => {
                let value = self.value(&field.id, first)?;
                details.fields.insert(field.id.clone(), value);
                &words[1..]
            }
            None => words,
        };
        if day_words.is_empty() {
            return Ok(());
        }
        let text = day_words.join(" ");
        let moment = parse_moment(&text, self.today, Lean::Past)
            .map_err(|flaw| CliError::flawed(text.clone(), flaw))?;
        if let Some(other) = self.on.filter(|_| details.on.is_some_and(|other| other != moment)) {
            return Err(twice(other, &text));
        }
        details.on = Some(moment);
        Ok(())
    }

    /// A day, with a time where the field wants one, as it is stored.
    fn appointment(&self, field: &Field, text: &str) -> Result<String, CliError> {
        let (day, time) = parse_moment(text, self.today, Lean::Future)
            .map_err(|flaw| CliError::flawed(text, flaw))?;
        match (&field.kind, time) {
            (FieldKind::Datetime, Some(time)) => {
                Ok(day.to_datetime(time).strftime("%Y-%m-%dT%H:%M").to_string())
            }
            (FieldKind::Datetime, None) => Err(CliError::refused_with(
                format!("At what time on {}?", show_day(day)),
                format!("fortnight {} {} {text} 15:00", self.who, self.known.id),
            )),
            _ => Ok(day.to_string()),
        }
    }

    /// The command that answers a question which has to be answered.
    fn command(&self, field: &Field) -> String {
        let example = if field.kind == FieldKind::Datetime {
            "thu 15:00".to_owned()
        } else {
            // A month is what people mean by later.
            let day = self.today.saturating_add(4.weeks());
            day.strftime("%-d %b").to_string().to_lowercase()
        };
        format!("fortnight {} {} {example}", self.who, self.known.id)
    }
}

/// The day is said in two ways that do not agree.
pub(super) fn twice(one: &str, other: &str) -> CliError {
    let (one, other) = (quoted(one), quoted(other));
    CliError::refused(format!("The day is given twice: {other} and --on {one}."))
}

/// Asks in a terminal for what was not given; elsewhere only an appointment must be given, and
/// what the playbook gives where nobody answers is taken.
fn complete(
    session: &mut Session<'_>,
    asked: &Asked<'_>,
    details: &mut Details,
) -> Result<(), CliError> {
    for field in &asked.known.fields {
        if details.fields.contains_key(&field.id) {
            continue;
        }
        let ask = field.ask.clone().unwrap_or_else(|| format!("{}?", field.id));
        let needed = is_moment(field) && field.default.is_none();
        let leave = match &field.default {
            Some(default) => format!("  (Enter: {default})"),
            None if needed => String::new(),
            None => "  (Enter leaves it out)".to_owned(),
        };
        loop {
            let typed = session.ask(&format!("{ask}{leave}\n>"))?;
            let is_typed = typed.is_some();
            let Some(given) = typed.or_else(|| field.default.clone()) else {
                if !needed {
                    break;
                }
                return Err(CliError::refused_with(ask, asked.command(field)));
            };
            match asked.value(&field.id, &given) {
                Ok(value) => {
                    details.fields.insert(field.id.clone(), value);
                    break;
                }
                Err(error) if is_typed => session.refuse(&error),
                // A default that does not fit would be taken for ever.
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
