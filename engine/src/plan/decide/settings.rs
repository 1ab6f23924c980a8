//! Inputs, wordings, and the plan's calendar.

use jiff::civil::Date;

use super::{Accepted, Note, check_value};
use crate::calendar::{BusyTimes, Hours, WeekdaySet};
use crate::message::Template;
use crate::plan::fact::{Fact, FactKind};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::CycleState;
use crate::plan::usage::{is_in_force, names_for_texts, sent_of, usage};
use crate::playbook::{Id, Playbook};
use crate::words::Words;

pub(super) fn set(
    situation: &Situation<'_>,
    input: &str,
    value: &Words,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let playbook = situation.playbook;
    let Some(field) = playbook.input(input) else {
        return Err(Rejection::UnknownInput {
            input: input.to_owned(),
            known: playbook.inputs.iter().map(|known| known.id.clone()).collect(),
        });
    };
    check_value(field, value)?;
    if situation.state.inputs.get(input) == Some(value) {
        return Ok(Accepted::known(situation.today()));
    }
    let used = usage(situation, &format!("inputs.{input}"));
    let accepted = if used.messages.is_empty() {
        Accepted::default()
    } else {
        // What was sent without an answer went out with the default, or with the text's own words.
        let before = situation.state.inputs.contains_key(input)
            || field.default.is_some()
            || sent_of(situation, &used.messages) > 0;
        second_change(situation, before, &field.id, anyway)?
    };
    let kind = FactKind::InputSet { input: field.id.clone(), value: value.clone() };
    Ok(with(accepted, Fact::on(situation.today(), kind)))
}

pub(super) fn word(
    situation: &Situation<'_>,
    message: &str,
    option: Option<&Id>,
    text: &Words,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let playbook = situation.playbook;
    let Some(known) = playbook.message(message) else {
        return Err(Rejection::UnknownMessage {
            message: message.to_owned(),
            known: playbook.messages.iter().map(|known| known.id.clone()).collect(),
        });
    };
    // One text for each option: without an option nobody could tell whose it is.
    if let Some(choice) = &known.by
        && !known.texts.iter().any(|text| text.option.as_ref() == option)
    {
        return Err(Rejection::UnknownOption {
            choice: choice.clone(),
            option: option.map_or_else(String::new, ToString::to_string),
            known: known.texts.iter().filter_map(|text| text.option.clone()).collect(),
        });
    }
    check_template(playbook, text)?;
    let key = (known.id.clone(), known.by.as_ref().and(option).cloned());
    if situation.state.wording.get(&key) == Some(text) {
        return Ok(Accepted::known(situation.today()));
    }
    let sent = is_in_force(situation, known, option)
        && sent_of(situation, std::slice::from_ref(&known.id)) > 0;
    let accepted = second_change(situation, sent, &known.id, anyway)?;
    let kind = FactKind::Worded { message: key.0, option: key.1, text: text.clone() };
    Ok(with(accepted, Fact::on(situation.today(), kind)))
}

/// M1: a text that can be read and uses only names that there are.
fn check_template(playbook: &Playbook, text: &Words) -> Result<(), Rejection> {
    let template = Template::compile(text.raw()).map_err(|flaws| {
        let flaws = flaws.into_iter().map(|flaw| flaw.flaw.message).collect();
        Rejection::BadTemplate { flaws }
    })?;
    let known = names_for_texts(playbook);
    match template.names().iter().find(|used| !known.contains(&used.path)) {
        Some(unknown) => Err(Rejection::UnknownName { name: unknown.path.clone(), known }),
        None => Ok(()),
    }
}

/// E1: something that messages depend on changes after the first one of a cycle went out.
fn second_change(
    situation: &Situation<'_>,
    changes: bool,
    what: &Id,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let frozen = situation.running().filter(|cycle| changes && !situation.is_over(cycle));
    let Some((cycle, since)) = frozen.and_then(|cycle| Some((cycle, cycle.first_sent()?))) else {
        return Ok(Accepted::default());
    };
    record_second_change(situation, cycle, since, what, anyway)
}

pub(in crate::plan) fn record_second_change(
    situation: &Situation<'_>,
    cycle: &CycleState,
    since: Date,
    what: &str,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let what = what.to_owned();
    if !anyway {
        return Err(Rejection::SecondChange { what, since, cycle: cycle.number });
    }
    let kind = FactKind::SecondChange { cycle: cycle.number, what: what.clone() };
    let accepted = Accepted::facts([Fact::on(situation.today(), kind)]);
    Ok(accepted.note(Note::SecondChange { what }))
}

fn with(mut accepted: Accepted, fact: Fact) -> Accepted {
    accepted.facts.push(fact);
    accepted
}

pub(super) fn away(situation: &Situation<'_>, from: Date, to: Date) -> Result<Accepted, Rejection> {
    check_range(from, to)?;
    let all_known = days(from, to).all(|day| situation.state.away.contains(day));
    if all_known {
        return Ok(Accepted::known(situation.today()));
    }
    Ok(Accepted::facts([Fact::on(situation.today(), FactKind::Away { from, to })]))
}

pub(super) fn days_off(
    situation: &Situation<'_>,
    from: Date,
    to: Date,
) -> Result<Accepted, Rejection> {
    check_range(from, to)?;
    if days(from, to).all(|day| situation.state.days_off.contains(day)) {
        return Ok(Accepted::known(situation.today()));
    }
    Ok(Accepted::facts([Fact::on(situation.today(), FactKind::DaysOff { from, to })]))
}

/// Longer than anybody is away: a range beyond it is a slip of the pen.
const LONGEST_RANGE: i32 = 366;

fn check_range(from: Date, to: Date) -> Result<(), Rejection> {
    if to < from || (to - from).get_days() > LONGEST_RANGE {
        return Err(Rejection::BackwardRange { from, to });
    }
    Ok(())
}

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

pub(super) fn zone(situation: &Situation<'_>, zone: &str) -> Accepted {
    if situation.state.zone == zone {
        return Accepted::known(situation.today());
    }
    Accepted::facts([Fact::on(situation.today(), FactKind::ZoneSet { zone: zone.to_owned() })])
}

pub(super) fn weekdays(situation: &Situation<'_>, weekdays: WeekdaySet) -> Accepted {
    if situation.state.weekdays == weekdays {
        return Accepted::known(situation.today());
    }
    Accepted::facts([Fact::on(situation.today(), FactKind::WeekdaysSet { weekdays })])
}

pub(super) fn busy(situation: &Situation<'_>, times: &BusyTimes) -> Accepted {
    if situation.state.busy == *times {
        return Accepted::known(situation.today());
    }
    Accepted::facts([Fact::on(situation.today(), FactKind::BusySet { times: times.clone() })])
}

pub(super) fn hours(situation: &Situation<'_>, hours: Hours) -> Accepted {
    if situation.state.hours == hours {
        return Accepted::known(situation.today());
    }
    Accepted::facts([Fact::on(situation.today(), FactKind::HoursSet { hours })])
}
