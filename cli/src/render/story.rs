//! What did not hold in a story, in plain words: what was expected, and what came.

use fortnight_engine::calendar::show_day;
use fortnight_engine::plan::{Hindrance, Standing, Status};
use fortnight_engine::playbook::{Id, Playbook};
use fortnight_engine::story::{Expected, Failure, Mismatch, Spot};
use fortnight_engine::words::Words;

use super::words::list;
use super::{reason, rejection};

/// The failure as a sentence or two.
pub(crate) fn sentence(failure: &Failure, playbook: &Playbook) -> String {
    let day = show_day(failure.day);
    match &failure.mismatch {
        Mismatch::Status { step, who, expected, found } => {
            let found = found.as_ref().map_or_else(
                || "there is no such task then".to_owned(),
                |standing| stands(standing, playbook),
            );
            format!("{} should {} on {day}; {found}.", task(step, who.as_ref()), should(*expected))
        }
        Mismatch::NobodyListed { step } => {
            format!("{step} is expected of everybody on {day}, and nobody is on its list.")
        }
        Mismatch::Text { step, who, words, wanted, text } => format!(
            "The text of {} on {day} should {} \"{words}\"; it reads: {}",
            task(step, Some(who)),
            if *wanted { "have" } else { "lack" },
            text.terminal().split_whitespace().collect::<Vec<_>>().join(" "),
        ),
        Mismatch::NoText { step, who, hindrance } => {
            format!(
                "{} has no text on {day}: {}.",
                task(step, Some(who)),
                hindrance.as_ref().map_or_else(|| "nobody listed them".to_owned(), hinders)
            )
        }
        Mismatch::Metric { metric, part, expected, found } => format!(
            "`{part}` of {metric} should be {expected} on {day}; it is {}.",
            found.map_or_else(|| "not known yet".to_owned(), |found| found.to_string())
        ),
        Mismatch::Verdict { expected, found } => format!(
            "The verdict should be {} on {day}; {}.",
            expected.as_str(),
            found.map_or_else(
                || "there is nothing to compare".to_owned(),
                |found| format!("it is {}", found.as_str())
            )
        ),
        Mismatch::Refused { action, rejection } => {
            let refusal = rejection::words(rejection, playbook);
            format!("`{action}` on {day} is refused: {}", refusal.sentence)
        }
        Mismatch::Accepted { action, step, who } => {
            let what = match (step, who) {
                (Some(step), who) => format!(" of {}", task(step, who.as_ref())),
                (None, Some(who)) => format!(" of {}", who.terminal()),
                (None, None) => String::new(),
            };
            format!("`{action}`{what} should be refused on {day}; it is accepted.")
        }
        Mismatch::NoPlan { error } => format!("The plan could not begin: {error}."),
    }
}

/// What no story reaches, as it is listed.
pub(crate) fn spot(spot: &Spot) -> String {
    match spot {
        Spot::Step(step) => step.to_string(),
        Spot::NotNeeded(step) => format!("{step}, while its condition is false"),
        Spot::Text { step, option } => format!("{step}, with the text for `{option}`"),
    }
}

fn task(step: &Id, who: Option<&Words>) -> String {
    who.map_or_else(|| step.to_string(), |who| format!("{step}/{}", who.terminal()))
}

fn should(expected: Expected) -> &'static str {
    match expected {
        Expected::Due => "be due",
        Expected::NotDue => "not be due",
        Expected::Overdue => "be overdue",
        Expected::Blocked => "be blocked",
        Expected::Waiting => "be waiting",
        Expected::Closed => "be closed",
    }
}

fn stands(standing: &Standing, playbook: &Playbook) -> String {
    let why = reason::words(&standing.reason, playbook);
    let on = |day: Option<jiff::civil::Date>| {
        day.map(|day| format!(" on {}", show_day(day))).unwrap_or_default()
    };
    match standing.status {
        Status::Done => format!("it was done{}", on(standing.finished)),
        Status::Skipped => format!("it was skipped{}", on(standing.finished)),
        Status::Closed => format!("it is closed: {why}"),
        Status::NotNeeded => format!("it is not needed: {why}"),
        Status::Waiting => format!("it is waiting: {why}"),
        Status::Scheduled => format!("it comes{}: {why}", later(on(standing.available))),
        Status::Blocked => format!("it is blocked: {why}"),
        Status::Overdue => format!(
            "it is overdue{}",
            standing.deadline.map(|day| format!(" since {}", show_day(day))).unwrap_or_default()
        ),
        Status::Due => "it is due".to_owned(),
    }
}

fn later(day: String) -> String {
    if day.is_empty() { " later".to_owned() } else { day }
}

fn hinders(hindrance: &Hindrance) -> String {
    match hindrance {
        Hindrance::Missing(names) => format!("empty: {}", list(names)),
        Hindrance::Rules(breaches) => {
            let rules: Vec<&str> = breaches.iter().map(|breach| breach.message.as_str()).collect();
            rules.join("; ")
        }
        Hindrance::TooLong => "with what is filled in it is too long".to_owned(),
    }
}
