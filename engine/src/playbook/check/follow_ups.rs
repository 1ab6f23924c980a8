//! Messages behind a first one, to people who have not answered.
//!
//! Knows which they are, when they come, and whether they would also reach those who did answer.

use std::collections::BTreeMap;

use super::index::Index;
use super::references::Links;
use super::texts::Texts;
use crate::calendar::{Duration, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Condition, Names};
use crate::playbook::document::{Document, KindDocument, Reading, StepDocument};
use crate::playbook::{Anchor, List};

/// Chains of follow-ups are short; what is not found in so many rounds is no follow-up.
const ROUNDS: usize = 16;

/// A follow-up is for the silent: one that goes to those who answered as well is pointed out (S3).
pub(crate) fn check(
    document: &Document,
    index: &Index<'_>,
    links: &Links,
    texts: &Texts,
    reading: &mut Reading<'_>,
) {
    let is_for_the_silent = |at: usize| {
        let for_people = links.for_each.get(at).copied().flatten() == Some(List::People);
        let send = document
            .steps
            .get(at)
            .is_some_and(|step| matches!(step.kind, KindDocument::Send(_)) && for_people);
        send && holds_in_silence(texts.conditions.get(at).and_then(Option::as_ref))
    };
    for (at, step) in document.steps.iter().enumerate() {
        // Who writes a condition has thought of whom it is for; what comes at once is part of the
        // same turn, as thanks behind a call are.
        let comes_later = step.after.is_some() || adds_something(document, index, step);
        if step.when.is_some() || !comes_later || !is_for_the_silent(at) {
            continue;
        }
        let needs = links.needs.get(at).into_iter().flatten().map(|edge| edge.step);
        let after = match links.after.get(at).and_then(Option::as_ref) {
            Some(Anchor::Step(step)) => Some(*step),
            Some(Anchor::Outcome(_)) | None => None,
        };
        let Some(first) = after.into_iter().chain(needs).find(|first| is_for_the_silent(*first))
        else {
            continue;
        };
        let message = format!(
            "`{}` also goes to people who have answered `{}`",
            step.id.text(),
            document.steps.get(first).map_or("", |first| first.id.text()),
        );
        reading.push(
            Diagnostic::new(Code::AfterReply, step.id.span(), message)
                .help("add `when: not person.replied` to the step"),
        );
    }
}

/// Whether the message of a step says of itself that it comes behind another one (M4).
fn adds_something(document: &Document, index: &Index<'_>, step: &StepDocument) -> bool {
    let KindDocument::Send(name) = &step.kind else { return false };
    let message = index.messages.get(name.text()).and_then(|at| document.messages.get(*at));
    let rules = message.and_then(|message| message.rules.as_ref());
    rules.is_some_and(|rules| rules.adds_to.is_some())
}

/// How many days after the first message each message to a silent person comes, with `in_days` of
/// each way.
pub(super) fn follow_up_days(
    document: &Document,
    links: &Links,
    texts: &Texts,
    first: usize,
    in_days: fn(Duration) -> u32,
) -> BTreeMap<usize, u32> {
    let mut found: BTreeMap<usize, u32> = BTreeMap::from([(first, 0)]);
    for _ in 0..ROUNDS {
        let mut grew = false;
        for (at, step) in document.steps.iter().enumerate() {
            let is_message = matches!(step.kind, KindDocument::Send(_));
            let for_people = links.for_each.get(at).copied().flatten() == Some(List::People);
            let condition = texts.conditions.get(at).and_then(Option::as_ref);
            if !is_message || !for_people || at == first || !holds_in_silence(condition) {
                continue;
            }
            let anchor = links.after.get(at).and_then(Option::as_ref);
            let from = match anchor {
                Some(Anchor::Step(step)) => found.get(step).copied(),
                Some(Anchor::Outcome(_)) => None,
                None => links
                    .needs
                    .get(at)
                    .into_iter()
                    .flatten()
                    .filter_map(|edge| found.get(&edge.step).copied())
                    .max(),
            };
            let Some(from) = from else { continue };
            let days = step.after.as_ref().map_or(0, |after| in_days(after.duration));
            let day = from.saturating_add(days);
            if found.get(&at).is_none_or(|known| *known < day) {
                found.insert(at, day);
                grew = true;
            }
        }
        if !grew {
            break;
        }
    }
    found.remove(&first);
    found
}

/// Whether a step is meant for somebody from whom nothing came.
fn holds_in_silence(condition: Option<&Condition>) -> bool {
    let Some(condition) = condition else { return true };
    let mut names = Names::default();
    names.set("person.accepted", true);
    names.set("person.connected_on", jiff::civil::date(2026, 1, 5));
    condition.holds(&names)
}

/// The number by which a follow-up is called, such as day 5 after five workdays.
pub(super) fn called_days(duration: Duration) -> u32 {
    match duration.unit {
        Unit::Days | Unit::Workdays => duration.amount,
        Unit::Weeks | Unit::Hours | Unit::Minutes => calendar_days(duration),
    }
}

/// How many days of the calendar pass at least; workdays are counted from a Monday on.
pub(super) fn calendar_days(duration: Duration) -> u32 {
    match duration.unit {
        Unit::Days => duration.amount,
        Unit::Workdays => duration.amount.saturating_add((duration.amount / 5).saturating_mul(2)),
        Unit::Weeks => duration.amount.saturating_mul(7),
        Unit::Hours | Unit::Minutes => 0,
    }
}
