//! Whether a cycle can be judged: what decides, and whether the window leaves time to answer.

use std::collections::BTreeMap;

use super::index::Index;
use super::references::Links;
use super::texts::Texts;
use crate::calendar::{Duration, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Condition, Names};
use crate::playbook::document::{Document, KindDocument, MetricDocument, Reading};
use crate::playbook::{Event, List, Metric};

/// So many days are left to answer the follow-up (experiments.md: at least N + 3).
const DAYS_TO_ANSWER: u32 = 3;

/// Chains of follow-ups are short; what is not found in so many rounds is no follow-up.
const ROUNDS: usize = 16;

pub(crate) fn check(
    document: &Document,
    index: &Index<'_>,
    links: &Links,
    texts: &Texts,
    reading: &mut Reading<'_>,
) {
    if document.choices.is_empty() {
        return;
    }
    let Some(name) = &document.cycle.decided_by else {
        let place = document.cycle.span.unwrap_or_else(|| {
            document.choices.first().map_or(document.span, |choice| choice.id.span())
        });
        let mut names = document.metrics.iter().filter(|metric| metric.out_of.is_some());
        let example = names.next().map_or("reply_rate", |metric| metric.id.text());
        reading.push(
            Diagnostic::new(
                Code::NoDecidedBy,
                place,
                "cycles compare something, and no measure decides",
            )
            .help(format!("add `decided_by: {example}` to `cycle:`, the one measure that decides")),
        );
        return;
    };
    let Some(at) = index.metrics.get(name.text()).copied() else { return };
    let (Some(metric), Some(metric_links)) = (document.metrics.get(at), links.metrics.get(at))
    else {
        return;
    };
    if metric.count.is_some() && metric.out_of.is_none() {
        reading.push(
            Diagnostic::new(
                Code::NoDecidedBy,
                name.span(),
                format!("`{}` is a plain number, and only a rate can decide", name.text()),
            )
            .also(metric.id.span(), "this measure has no `out_of`")
            .help("decide by a measure with `out_of` and `within`"),
        );
        return;
    }
    let Some(Event::Done(first)) = metric_links.out_of else { return };
    window(document, links, texts, metric, first, reading);
}

/// The window must be open for some days after the last follow-up.
fn window(
    document: &Document,
    links: &Links,
    texts: &Texts,
    metric: &MetricDocument,
    first: usize,
    reading: &mut Reading<'_>,
) {
    let days = follow_up_days(document, links, texts, first);
    let last = days.iter().max_by_key(|(at, days)| (**days, std::cmp::Reverse(**at)));
    let follow_up = last.and_then(|(at, days)| Some((document.steps.get(*at)?, *days)));
    let wanted = follow_up.map_or(DAYS_TO_ANSWER, |(_, days)| days.saturating_add(DAYS_TO_ANSWER));
    let Some(within) = &metric.within else {
        if metric.count.is_some() {
            reading.push(
                Diagnostic::new(
                    Code::ShortWindow,
                    metric.id.span(),
                    format!(
                        "`{}` decides, and nothing says when a person is counted",
                        metric.id.text()
                    ),
                )
                .help(format!("add `within: {} days`", wanted.max(9))),
            );
        }
        return;
    };
    let Some((step, day)) = follow_up.filter(|(_, days)| *days > 0) else { return };
    let open = in_days(within.duration);
    if open >= wanted {
        return;
    }
    let mut finding = Diagnostic::new(
        Code::ShortWindow,
        within.span,
        format!(
            "people are counted after {}, and `{}` comes {day} days after the first message: too few days are left to answer it",
            within.duration,
            step.id.text()
        ),
    )
    .help(format!("write `within: {wanted} days` or more"));
    if let Some(after) = &step.after {
        finding = finding.also(after.span, "the follow-up");
    }
    reading.push(finding);
}

/// How many days after the first message each message to a silent person comes, at the earliest,
/// in a week without days off.
fn follow_up_days(
    document: &Document,
    links: &Links,
    texts: &Texts,
    first: usize,
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
                Some(crate::playbook::Anchor::Step(step)) => found.get(step).copied(),
                Some(crate::playbook::Anchor::Outcome(_)) => None,
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

fn in_days(duration: Duration) -> u32 {
    match duration.unit {
        Unit::Days | Unit::Workdays => duration.amount,
        Unit::Weeks => duration.amount.saturating_mul(7),
        Unit::Hours | Unit::Minutes => 0,
    }
}

/// The step whose people are counted out of, where it is one.
pub(crate) fn out_of_step(metric: &Metric) -> Option<usize> {
    match metric.out_of.as_ref()? {
        Event::Done(step) | Event::Due(step) => Some(*step),
        Event::Outcome(_) => None,
    }
}
