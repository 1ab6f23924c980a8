//! What to type after a comparison: a command that does what it says when it is typed.
//!
//! Each decision is tried against the plan before it is named, and nothing is recorded.

use fortnight_engine::calendar::show_day;
use fortnight_engine::experiment::{NextMove, Side};
use fortnight_engine::plan::{Between, Command, Comparison, Rejection, Situation, decide};
use fortnight_engine::playbook::{Decision, Id};
use fortnight_engine::words::Words;

/// The next command, in a form that can be copied.
pub(super) fn command(situation: &Situation<'_>, comparison: &Comparison) -> String {
    let newest = situation.running().map(|cycle| cycle.number);
    let about_newest = match &comparison.between {
        Between::Within(cycle) | Between::Cycles(_, cycle) => Some(*cycle) == newest,
        Between::Pooled(cycles) | Between::Turns(cycles) => cycles.last().copied() == newest,
    };
    let across = matches!(comparison.between, Between::Cycles(..));
    match comparison.headline.next {
        // What ran side by side says more than two weeks held against two others.
        _ if across && about_newest && is_run(situation) => "fortnight compare".to_owned(),
        _ if !about_newest => "fortnight compare --history".to_owned(),
        NextMove::Send => "fortnight".to_owned(),
        NextMove::Wait => "fortnight people".to_owned(),
        NextMove::Use(side) => answer(situation, Decision::Use, option(comparison, side)),
        NextMove::Again | NextMove::AgainOnTime => answer(situation, Decision::Again, None),
        NextMove::SideBySide if is_run(situation) => answer(situation, Decision::Again, None),
        NextMove::SomethingBigger | NextMove::SideBySide | NextMove::ChangeOneThing => {
            something_new(situation, comparison)
        }
    }
}

/// Whether the newest cycle compares something that can run side by side.
fn is_run(situation: &Situation<'_>) -> bool {
    let compared = situation.running().and_then(|cycle| cycle.compared.as_ref());
    compared.is_some_and(|(compared, _)| compared.split)
}

fn option(comparison: &Comparison, side: Side) -> Option<&Id> {
    let figures = comparison.sides.iter().find(|figures| figures.side == side)?;
    figures.option.as_ref()
}

/// Keep what is in use, and name another thing to change.
fn something_new(situation: &Situation<'_>, comparison: &Comparison) -> String {
    match option(comparison, Side::A) {
        Some(baseline) => answer(situation, Decision::Use, Some(baseline)),
        None => answer(situation, Decision::Again, None),
    }
}

/// The answer to the review, where the review can be answered; else when it can.
fn answer(situation: &Situation<'_>, decision: Decision, option: Option<&Id>) -> String {
    let tried = Command::Decide {
        decision,
        option: option.map(ToString::to_string),
        why: Words::new("…"),
        next: None,
        shown: String::new(),
    };
    let typed = match (decision, option) {
        (Decision::Again, _) => "fortnight decide again --why \"…\"".to_owned(),
        (Decision::Stop, _) => "fortnight decide stop --why \"…\"".to_owned(),
        (Decision::Use, Some(option)) => format!("fortnight decide use {option} --why \"…\""),
        (Decision::Use, None) => "fortnight decide use --why \"…\"".to_owned(),
    };
    match decide(situation, &tried, false) {
        Ok(_) => typed,
        Err(Rejection::TooEarly { on, .. } | Rejection::NotSettled { on, .. }) => {
            format!("fortnight (your decision is asked for on {})", show_day(on))
        }
        Err(Rejection::NotOffered { .. }) if decision != Decision::Stop => {
            answer(situation, Decision::Stop, None)
        }
        Err(_) => "fortnight compare --history".to_owned(),
    }
}
