//! What was expected of a day, held against how things stand.

use super::document::{Actor, Part, Subject, What};
use super::result::{Expected, Mismatch};
use super::tell::Teller;
use crate::plan::metric::{Tally, tally};
use crate::plan::{Agenda, Between, CycleState, Place, Situation, compare, draft};
use crate::playbook::{Id, StepKind};
use crate::words::Words;

/// A day of a story as it stands when everything of it was done.
pub(super) struct Day<'d> {
    pub(super) teller: &'d Teller<'d>,
    pub(super) situation: Situation<'d>,
    pub(super) agenda: Agenda,
}

impl Day<'_> {
    /// What does not hold of one expectation; nothing where all is well.
    pub(super) fn check(&self, what: &What) -> Vec<Mismatch> {
        let Self { teller, situation, agenda } = self;
        match what {
            What::Status(subject, expected) => {
                status(teller, situation, agenda, *subject, *expected)
            }
            What::Text { step, who, words, wanted } => {
                text(teller, situation, *step, *who, words, *wanted).into_iter().collect()
            }
            What::Metric { cycle, metric, part, figure } => {
                figure_of(situation, *cycle, metric, *part, figure).into_iter().collect()
            }
            What::Verdict { cycle, code: expected } => {
                let cycle = cycle_of(situation, *cycle).map(|cycle| cycle.number);
                let compared =
                    cycle.and_then(|cycle| compare(situation, &Between::Within(cycle)).ok());
                let found = compared.map(|compared| compared.verdict.code);
                let differs = found != Some(*expected);
                differs
                    .then_some(Mismatch::Verdict { expected: *expected, found })
                    .into_iter()
                    .collect()
            }
        }
    }
}

fn status(
    teller: &Teller<'_>,
    situation: &Situation<'_>,
    agenda: &Agenda,
    subject: Subject,
    expected: Expected,
) -> Vec<Mismatch> {
    let Some(step) = teller.step(subject.step) else { return Vec::new() };
    let entries = teller.entries(situation, subject);
    if entries.is_empty() && expected != Expected::NotDue {
        return vec![Mismatch::NobodyListed { step: step.id.clone() }];
    }
    let mut mismatches = Vec::new();
    for entry in entries {
        let found = teller.standing(agenda, subject.step, entry);
        let met = match found {
            Some(task) => expected.is_met_by(task.status()),
            None => expected == Expected::NotDue,
        };
        if !met {
            let listed = entry.and_then(|entry| situation.book.get(entry));
            let who = listed.map(|entry| entry.name.clone());
            mismatches.push(Mismatch::Status {
                step: step.id.clone(),
                who: who.or_else(|| subject.who.map(|actor| teller.name_of(actor))),
                expected,
                found: found.map(|task| Box::new(task.standing.clone())),
            });
        }
    }
    mismatches
}

fn text(
    teller: &Teller<'_>,
    situation: &Situation<'_>,
    step: usize,
    who: Actor,
    words: &str,
    wanted: bool,
) -> Option<Mismatch> {
    let step = teller.step(step)?;
    let StepKind::Send(message) = &step.kind else { return None };
    let (id, name) = (step.id.clone(), teller.name_of(who));
    let no_text =
        |hindrance| Some(Mismatch::NoText { step: id.clone(), who: name.clone(), hindrance });
    let place = teller.entry_of(who).and_then(|entry| {
        let cycle = Teller::cycle_of(situation, entry)?;
        Some(Place::of(cycle, cycle.member(entry)?))
    });
    let Some(place) = place else { return no_text(None) };
    let text = match sent(place, &id) {
        Some(text) => text,
        None => match draft(situation, place, message) {
            Ok(draft) => draft.text,
            Err(hindrance) => return no_text(Some(hindrance)),
        },
    };
    let has = plain(text.raw()).contains(&plain(words));
    (has != wanted).then(|| Mismatch::Text {
        step: id.clone(),
        who: name.clone(),
        words: words.to_owned(),
        wanted,
        text,
    })
}

/// What went out already with a step.
fn sent(place: Place<'_>, step: &Id) -> Option<Words> {
    let entry = place.entry()?;
    let mut done = place.cycle.log.completed.iter();
    let (_, done) = done.find(|(task, _)| task.step == *step && task.entry == Some(entry))?;
    done.sent.as_ref().map(|sent| sent.text.clone())
}

/// A text without its line breaks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cycle of that number, abandoned or not; the running one without it.
fn cycle_of<'a>(situation: &Situation<'a>, number: Option<u32>) -> Option<&'a CycleState> {
    match number {
        Some(number) => situation.state.cycles.get(&number),
        None => situation.running(),
    }
}

fn figure_of(
    situation: &Situation<'_>,
    cycle: Option<u32>,
    metric: &Id,
    part: Part,
    figure: &str,
) -> Option<Mismatch> {
    let known = situation.playbook.metric(metric)?;
    let cycle = cycle_of(situation, cycle);
    let tally = cycle.map(|cycle| tally(situation, cycle, known, situation.today(), |_| true));
    let found = tally.and_then(|tally| part_of(&tally, part));
    let same = found.is_some_and(|found| is_written(found, figure));
    (!same).then(|| Mismatch::Metric {
        metric: metric.clone(),
        part: part.key(),
        expected: figure.to_owned(),
        found,
    })
}

fn part_of(tally: &Tally, part: Part) -> Option<f64> {
    match part {
        Part::OutOf => Some(tally.out_of.into()),
        Part::Count => Some(tally.count.into()),
        Part::Counted => Some(tally.counted.into()),
        Part::Waiting => Some(tally.waiting.into()),
        Part::Late => Some(tally.late.into()),
        Part::Value => tally.value,
    }
}

/// Whether a number is what somebody wrote, rounded to as many decimals as they wrote: a third is
/// `0.33` and `0.3333`.
fn is_written(found: f64, figure: &str) -> bool {
    let decimals = figure.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let half = 0.5 * 10_f64.powi(-i32::try_from(decimals).unwrap_or(i32::MAX));
    figure.parse::<f64>().is_ok_and(|written| (found - written).abs() <= half.min(0.25) + 1e-9)
}
