//! Whether a cycle can be judged: what decides, and whether the window leaves time to answer.

use super::follow_ups::{calendar_days, called_days, follow_up_days};
use super::index::Index;
use super::references::Links;
use super::texts::Texts;
use crate::calendar::{Duration, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::document::{Document, KindDocument, MetricDocument, Reading};
use crate::playbook::{Event, Metric};

/// So many days are left to answer the follow-up (experiments.md: at least N + 3).
const DAYS_TO_ANSWER: u32 = 3;

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
    review(document, reading);
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

/// What cycles compare, somebody has to look at and decide.
fn review(document: &Document, reading: &mut Reading<'_>) {
    // A step of a kind that could not be read may have been the review.
    let decides = document
        .steps
        .iter()
        .any(|step| matches!(step.kind, KindDocument::Decide(_) | KindDocument::Broken));
    let compares = document.choices.iter().find(|choice| choice.options.len() > 1);
    let Some(choice) = compares.filter(|_| !decides && !document.steps.is_empty()) else { return };
    let (message, length) =
        ("cycles compare something, and no step decides", document.cycle.length);
    let step =
        format!("review: {{title: Look and decide, decide: [again, use, stop], at: day {length}}}");
    reading.push(
        Diagnostic::new(Code::NoReview, choice.id.span(), message)
            .help(format!("add `{step}` to `steps:`")),
    );
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
    let days = follow_up_days(document, links, texts, first, calendar_days);
    let last = days.iter().max_by_key(|(at, days)| (**days, std::cmp::Reverse(**at)));
    let follow_up = last.and_then(|(at, days)| Some((document.steps.get(*at)?, *days)));
    // Right behind the first message, its own words say when it comes.
    let alone = days.len() == 1;
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
    // The rule counts the follow-up by the number of its day; what is proposed leaves the days to
    // answer also where a weekend lies between.
    let called = follow_up_days(document, links, texts, first, called_days);
    let shortest = called.values().max().map_or(0, |day| day.saturating_add(DAYS_TO_ANSWER));
    if calendar_days(within.duration) >= shortest {
        return;
    }
    let own = step.after.as_ref().filter(|_| alone).map(|after| after.duration.to_string());
    let comes = own.unwrap_or_else(|| Duration { amount: day, unit: Unit::Days }.to_string());
    let mut finding = Diagnostic::new(
        Code::ShortWindow,
        within.span,
        format!(
            "people are counted after {}, and `{}` comes {comes} after the first message: too few days are left to answer it",
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

/// The step whose people are counted out of, where it is one.
pub(crate) fn out_of_step(metric: &Metric) -> Option<usize> {
    match metric.out_of.as_ref()? {
        Event::Done(step) | Event::Due(step) => Some(*step),
        Event::Outcome(_) => None,
    }
}
