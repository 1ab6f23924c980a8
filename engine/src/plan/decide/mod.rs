//! From a command to facts: what may be recorded, given what is recorded already.
//!
//! Pure: the same situation and command give the same facts or the same refusal. Knows rules F and
//! E and what each step allows. It must not store anything or word anything for a screen.

mod complete;
mod correct;
mod cycle;
mod field;
mod list;
mod outcome;
mod settings;

pub use field::{check_entry_field, field_names};
pub use list::LEAST_TO_SPLIT;
pub(super) use settings::record_second_change;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::TaskKey;
use super::fact::{Fact, FactKind};
use super::rejection::Rejection;
use super::resolve::Resolution;
use super::situation::Situation;
use crate::calendar::{BusyTimes, Hours, WeekdaySet};
use crate::message::Channel;
use crate::people::EntryId;
use crate::playbook::{Decision, Field, FieldKind, Id};
use crate::words::Words;

/// What a person may ask to have recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A task was done.
    Done {
        /// The task.
        task: TaskKey,
        /// The day.
        on: Date,
        /// What its form asks for.
        answers: BTreeMap<Id, Words>,
        /// What went out where it differs from the draft.
        text: Option<Words>,
        /// The channel it went on, where it is another one than planned (M5).
        channel: Option<Channel>,
    },
    /// What was said of a task that is done was not right (F5): what is given here is.
    Correct {
        /// The task.
        task: TaskKey,
        /// The day on which it was really done.
        on: Option<Date>,
        /// Answers of its form.
        answers: BTreeMap<Id, Words>,
        /// What really went out.
        text: Option<Words>,
        /// The channel it really went on.
        channel: Option<Channel>,
    },
    /// A task will not be done.
    Skip {
        /// The task.
        task: TaskKey,
        /// The day.
        on: Date,
        /// Why.
        reason: Option<Words>,
    },
    /// A task is moved to a later day (D9).
    Later {
        /// The task.
        task: TaskKey,
        /// The day it comes back.
        to: Date,
    },
    /// Something came back from a person.
    Record {
        /// Who.
        entry: EntryId,
        /// What.
        outcome: String,
        /// The day.
        on: Date,
        /// The time of day.
        time: Option<Time>,
        /// What its form asks for.
        fields: BTreeMap<Id, Words>,
        /// The channel, where it is another one.
        channel: Option<Channel>,
    },
    /// An input is answered or changed.
    Set {
        /// The input.
        input: String,
        /// The answer.
        value: Words,
    },
    /// The seeker's own wording of a message; blank to take the coach's as it is.
    Word {
        /// The message.
        message: String,
        /// The option it is for.
        option: Option<Id>,
        /// The template.
        text: Words,
    },
    /// Days away (D10).
    Away {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
    /// Days off (D3).
    DaysOff {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
    /// Another zone (D1).
    Zone {
        /// Its IANA name, known to exist.
        zone: String,
    },
    /// Another working week.
    Weekdays {
        /// The days worked.
        weekdays: WeekdaySet,
    },
    /// What is taken of the seeker's time is told anew.
    Busy {
        /// The times.
        times: BusyTimes,
    },
    /// Other working hours.
    Hours {
        /// The hours.
        hours: Hours,
    },
    /// A cycle begins.
    StartCycle {
        /// Its first day.
        start: Date,
        /// The choice and option it compares.
        compared: Option<(String, String)>,
    },
    /// What the running cycle compares is named.
    Compare {
        /// The choice.
        choice: String,
        /// The option.
        option: String,
    },
    /// How often one means to look at the pair of the cycle that is being set up; said before the
    /// first message (experiments.md, decision 6).
    Looks {
        /// The number of cycles of this pair.
        looks: u32,
    },
    /// A bundle without names and texts was handed out.
    Share {
        /// The hash of what was in it.
        bundle: String,
    },
    /// The running cycle is abandoned.
    StopCycle,
    /// The review is answered (E7).
    Decide {
        /// What comes next.
        decision: Decision,
        /// The option to use, for [`Decision::Use`].
        option: Option<String>,
        /// The sentence of why.
        why: Words,
        /// The first day of the next cycle; none for no next cycle yet.
        next: Option<Date>,
        /// What was on the screen.
        shown: String,
    },
    /// People or companies join a list, in this order.
    List {
        /// Who.
        entries: Vec<EntryId>,
        /// The cycle; 0 for the plan's companies.
        cycle: u32,
    },
    /// Someone leaves a list before anything was sent.
    Unlist {
        /// Who.
        entry: EntryId,
        /// The cycle; 0 for the plan's companies.
        cycle: u32,
    },
}

/// What a command comes to: facts to append (none where everything is known already), and what is
/// worth a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accepted {
    /// The facts, in order.
    pub facts: Vec<Fact>,
    /// What to say about it.
    pub notes: Vec<Note>,
}

/// Something worth saying about an accepted command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It was recorded before; nothing changed (F5).
    Known {
        /// The day of the record.
        on: Date,
    },
    /// It replaces an earlier record (F5).
    Replaces {
        /// The day of the earlier record.
        on: Date,
        /// The earlier answers.
        fields: BTreeMap<Id, Words>,
    },
    /// It replaces what was said of a task before (F5).
    Corrects {
        /// The day as it was.
        on: Date,
        /// The channel as it was, where it was a message.
        channel: Option<Channel>,
        /// The answers as they were, where they change.
        answers: BTreeMap<Id, Words>,
        /// Other words went out than were recorded.
        reworded: bool,
    },
    /// It was done before its day.
    Early {
        /// The planned day.
        planned: Date,
    },
    /// Its day lies beyond the end of the cycle (D9).
    BeyondCycle {
        /// The last day of the cycle.
        end: Date,
    },
    /// It is recorded as a second change: comparisons with this cycle refuse to attribute (E1).
    SecondChange {
        /// What changed.
        what: String,
    },
    /// The list has fewer people than advised (L5).
    ShortList {
        /// How many there are.
        people: usize,
        /// How many are advised at least.
        advised: u32,
    },
    /// So few people that nothing is split: the cycle is practice (E2).
    Practice {
        /// How many there are.
        people: usize,
    },
    /// Added after the list closed: served, but counted in no comparison (E4).
    NotCompared {
        /// Who.
        entry: EntryId,
    },
    /// Messaged in an earlier cycle already (E4).
    MessagedBefore {
        /// Who.
        entry: EntryId,
        /// The cycle.
        cycle: u32,
    },
    /// Taken off the suggestion: on the list already.
    Listed {
        /// Who.
        entry: EntryId,
    },
    /// The text that went out might be better; the sentences say how.
    Advice {
        /// One sentence each.
        sentences: Vec<String>,
    },
}

impl Accepted {
    fn facts(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self { facts: facts.into_iter().collect(), notes: Vec::new() }
    }

    fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    pub(super) fn known(on: Date) -> Self {
        Self::default().note(Note::Known { on })
    }
}

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
