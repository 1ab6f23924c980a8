//! From a command to facts: what may be recorded, given what is recorded already.
//!
//! Pure: the same situation and command give the same facts or the same refusal. Knows rules F and
//! E and what each step allows. It must not store anything or word anything for a screen.

mod accepted;
mod command;
mod complete;
mod correct;
mod cycle;
mod field;
mod list;
mod outcome;
mod settings;

pub use accepted::{Accepted, Note};
pub use command::Command;
pub use field::{check_entry_field, field_names, read_entry_field};
pub use list::LEAST_TO_SPLIT;
pub(super) use settings::record_second_change;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fact::{Fact, FactKind};
use super::rejection::Rejection;
use super::resolve::Resolution;
use super::situation::Situation;
use crate::playbook::{Field, FieldKind, Id};
use crate::words::Words;

/// What a command comes to in a situation; `anyway` goes against rules of the method.
///
/// # Errors
///
/// A [`Rejection`] that names what makes the command impossible or unwise.
pub fn decide(
    situation: &Situation<'_>,
    command: &Command,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    decide_known(situation, None, command, anyway)
}

/// As [`decide`], with the standings of this very situation where they are known already: whoever
/// has much to say at once works them out once.
///
/// # Errors
///
/// As [`decide`].
pub fn decide_known<'a>(
    situation: &Situation<'a>,
    known: Option<&Resolution<'a>>,
    command: &Command,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    check_remembered(situation, command)?;
    match command {
        Command::Done { task, on, answers, text, channel } => {
            let told = complete::Told { on: *on, answers, text: text.as_ref(), via: *channel };
            complete::done(situation, known, task, &told, anyway)
        }
        Command::Correct { task, on, answers, text, channel } => {
            let given = correct::Given { on: *on, answers, text: text.as_ref(), via: *channel };
            correct::correct(situation, task, &given)
        }
        Command::Skip { task, on, reason } => complete::skip(situation, task, *on, reason.as_ref()),
        Command::Later { task, to } => complete::later(situation, task, *to),
        Command::Record { entry, outcome, on, time, fields, channel } => {
            let record =
                outcome::Record { entry: *entry, on: *on, time: *time, fields, channel: *channel };
            outcome::record(situation, outcome, &record, anyway)
        }
        Command::Set { input, value } => settings::set(situation, input, value, anyway),
        Command::Word { message, option, text } => {
            settings::word(situation, message, option.as_ref(), text, anyway)
        }
        Command::Away { from, to } => settings::away(situation, *from, *to),
        Command::DaysOff { from, to } => settings::days_off(situation, *from, *to),
        Command::Zone { zone } => Ok(settings::zone(situation, zone)),
        Command::Weekdays { weekdays } => Ok(settings::weekdays(situation, *weekdays)),
        Command::Busy { times } => Ok(settings::busy(situation, times)),
        Command::Hours { hours } => Ok(settings::hours(situation, *hours)),
        Command::StartCycle { start, compared } => {
            cycle::start(situation, *start, compared.as_ref(), anyway)
        }
        Command::Compare { choice, option } => cycle::compare(situation, choice, option, anyway),
        Command::Looks { looks } => cycle::looks(situation, *looks),
        Command::Share { bundle } => {
            let on = situation.today().max(situation.state.start);
            let kind = FactKind::Shared { bundle: bundle.clone() };
            Ok(Accepted::facts([Fact::on(on, kind)]))
        }
        Command::StopCycle => cycle::stop(situation),
        Command::Decide { decision, option, why, next, shown } => {
            let review = cycle::Review {
                decision: *decision,
                option: option.as_deref(),
                why,
                next: *next,
                shown,
            };
            cycle::decide(situation, &review, anyway)
        }
        Command::List { entries, cycle } => list::list(situation, entries, *cycle, anyway),
        Command::Unlist { entry, cycle } => list::unlist(situation, *entry, *cycle),
    }
}

/// L3: of somebody who was forgotten nothing is written down any more, `anyway` or not.
fn check_remembered(situation: &Situation<'_>, command: &Command) -> Result<(), Rejection> {
    let entry = match command {
        Command::Done { task, .. }
        | Command::Correct { task, .. }
        | Command::Skip { task, .. }
        | Command::Later { task, .. } => task.entry,
        Command::Record { entry, .. } => Some(*entry),
        Command::Set { .. }
        | Command::Word { .. }
        | Command::Away { .. }
        | Command::DaysOff { .. }
        | Command::Zone { .. }
        | Command::Weekdays { .. }
        | Command::Busy { .. }
        | Command::Hours { .. }
        | Command::StartCycle { .. }
        | Command::Compare { .. }
        | Command::Looks { .. }
        | Command::Share { .. }
        | Command::StopCycle
        | Command::Decide { .. }
        | Command::List { .. }
        | Command::Unlist { .. } => None,
    };
    let known = entry.and_then(|entry| situation.book.get(entry));
    match known.filter(|known| known.forgotten.is_some()) {
        Some(known) => Err(Rejection::Forgotten { entry: known.id }),
        None => Ok(()),
    }
}

/// F3: a day in the past or today, and not before the plan.
fn check_day(situation: &Situation<'_>, on: Date) -> Result<(), Rejection> {
    if on > situation.today() {
        return Err(Rejection::FutureDay { on });
    }
    if on < situation.state.start {
        return Err(Rejection::BeforePlan { on, start: situation.state.start });
    }
    Ok(())
}

/// The answers of a form, each of the kind that its field asks for.
fn check_answers(fields: &[Field], answers: &BTreeMap<Id, Words>) -> Result<(), Rejection> {
    for (name, value) in answers {
        let Some(field) = fields.iter().find(|field| field.id == *name) else {
            let known = fields.iter().map(|field| field.id.clone()).collect();
            return Err(Rejection::UnknownField { field: name.to_string(), known });
        };
        check_value(field, value)?;
    }
    Ok(())
}

/// Whether a field of a form takes an answer.
///
/// # Errors
///
/// A [`Rejection`] that names what it takes.
pub fn check_answer(field: &Field, value: &Words) -> Result<(), Rejection> {
    check_value(field, value)
}

pub(super) fn check_value(field: &Field, value: &Words) -> Result<(), Rejection> {
    let text = value.raw().trim();
    let wanted = match &field.kind {
        FieldKind::Text => (text.is_empty()).then(|| "some words".to_owned()),
        FieldKind::Number => {
            let fits = text.parse::<f64>().is_ok_and(f64::is_finite);
            (!fits).then(|| "a number".to_owned())
        }
        FieldKind::Date => {
            crate::people::read_date(text).is_none().then(|| "a day, such as 2026-03-12".to_owned())
        }
        FieldKind::Datetime => super::appointment::Appointment::read(text)
            .is_none()
            .then(|| "a day and a time, such as 2026-03-12T15:00".to_owned()),
        FieldKind::YesNo => {
            (!["yes", "no", "true", "false"].contains(&text)).then(|| "yes or no".to_owned())
        }
        FieldKind::Url => value.web_address().is_none().then(|| "a web address".to_owned()),
        FieldKind::Email => value.mail_address().is_none().then(|| "a mail address".to_owned()),
        FieldKind::OneOf(words) => (!words.iter().any(|word| &**word == text)).then(|| {
            let words: Vec<&str> = words.iter().map(|word| &**word).collect();
            format!("one of {}", words.join(", "))
        }),
    };
    if let Some(wanted) = wanted {
        return Err(Rejection::BadValue { field: field.id.clone(), value: value.clone(), wanted });
    }
    let breach = field.rules.as_ref().and_then(|rules| rules.check(text).into_iter().next());
    match breach {
        Some(breach) => {
            Err(Rejection::BrokenRule { field: field.id.clone(), rule: breach.message })
        }
        None => Ok(()),
    }
}
