//! Whether a cycle can work at all, computed for each of the seven start weekdays.
//!
//! A cycle in which everybody does everything on its first day and nobody answers is walked once
//! for each weekday. What fails on all seven cannot work and is an error; what fails on some works
//! if one starts on another day, and is a warning. Steps behind a reply and steps that are done
//! once in the plan are left out: their day does not depend on the cycle.

pub(in crate::playbook) mod rehearsal;

use rehearsal::{Rehearsal, START_DAYS};

use super::experiment::out_of_step;
use crate::calendar::WorkCalendar;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::playbook::document::{AtDocument, Document, KindDocument, Reading, StepDocument};
use crate::playbook::{Playbook, Step, StepKind};
use crate::source::Span;

/// A habit is looked at over so many days: four years, one of them a leap year.
const LOOKED_AT: u32 = 4 * 365 + 1;

pub(crate) fn check(document: &Document, playbook: &Playbook, reading: &mut Reading<'_>) {
    let rehearsals: Vec<Rehearsal> =
        START_DAYS.iter().map(|start| rehearsal::rehearse(playbook, *start)).collect();
    let check = Check { document, playbook, rehearsals: &rehearsals };
    for at in 0..playbook.steps.len() {
        let finding = check
            .habit(at)
            .or_else(|| check.deadline(at))
            .or_else(|| check.due(at))
            .or_else(|| check.pace(at));
        reading.findings.extend(finding);
    }
    reading.findings.extend(check.window());
}

struct Check<'c> {
    document: &'c Document,
    playbook: &'c Playbook,
    rehearsals: &'c [Rehearsal],
}

impl Check<'_> {
    fn step(&self, at: usize) -> Option<(&StepDocument, &Step)> {
        Some((self.document.steps.get(at)?, self.playbook.steps.get(at)?))
    }

    /// The start days on which something fails, as the beginning of a sentence (empty where it is
    /// all of them), and how bad that is.
    fn failing(&self, fails: impl Fn(&Rehearsal) -> bool) -> Option<(String, Severity)> {
        let days: Vec<&str> =
            self.rehearsals.iter().filter(|one| fails(one)).map(Rehearsal::weekday).collect();
        match days.as_slice() {
            [] => None,
            days if days.len() == self.rehearsals.len() => Some((String::new(), Severity::Error)),
            [only] => Some((format!("if the cycle starts on a {only}, "), Severity::Warning)),
            [first @ .., last] => {
                let first = first.join(", ");
                Some((format!("if the cycle starts on a {first} or {last}, "), Severity::Warning))
            }
        }
    }

    /// A habit that no cycle, or hardly any, comes upon.
    fn habit(&self, at: usize) -> Option<Diagnostic> {
        let (document, step) = self.step(at)?;
        let StepKind::Every(schedule) = &step.kind else { return None };
        let work = WorkCalendar::default();
        let length = self.playbook.cycle.length;
        let (mut empty, mut since) = (0_u32, length);
        let mut date = START_DAYS.first().copied()?;
        for day in 0..LOOKED_AT {
            since = if schedule.falls_on(&work, date) { 0 } else { since.saturating_add(1) };
            // A cycle that ends today and began after the last occurrence has none.
            empty += u32::from(day >= length && since >= length);
            date = date.tomorrow().ok()?;
        }
        let looked_at = LOOKED_AT.saturating_sub(length).max(1);
        if empty == 0 {
            return None;
        }
        let KindDocument::Every(written) = &document.kind else { return None };
        let place = written.span;
        let (how, severity) = if empty * 2 > looked_at {
            ("most cycles have none of it", Severity::Error)
        } else {
            ("some cycles have none of it", Severity::Warning)
        };
        let mut finding = Diagnostic::new(
            Code::NeverFires,
            place,
            format!("`{}` comes round too seldom for a cycle of {length} days: {how}", step.id),
        )
        .help("let it come more often, or make it a step with `at: day N`");
        finding.severity = severity;
        Some(finding)
    }

    /// A deadline, counted from another step, that passes before the step can be due.
    fn deadline(&self, at: usize) -> Option<Diagnostic> {
        let (document, step) = self.step(at)?;
        let within = step.within.as_ref()?;
        let of = self.playbook.steps.get(within.of?)?;
        let (when, severity) = self.failing(|one| one.is_late(at))?;
        let span = document.within.as_ref()?.span;
        let start = document.after.as_ref().map(|after| after.span).or(match &document.at {
            Some(AtDocument::Day(day)) => Some(day.span),
            Some(AtDocument::Date(_)) | None => None,
        });
        let (code, message) = if severity == Severity::Error {
            let message = format!(
                "the deadline of `{}`, {} after `{}`, has passed before it can start",
                step.id, within.duration, of.id
            );
            (Code::DeadlineBeforeStart, message)
        } else {
            let message = format!(
                "{when}`{}` cannot be done within {} of `{}` by everybody",
                step.id, within.duration, of.id
            );
            (Code::LimitUnreachable, message)
        };
        let mut finding =
            Diagnostic::new(code, span, message).help("give it more time, or let it start earlier");
        finding.severity = severity;
        if let Some(start) = start {
            finding = finding.also(start, "it starts this late");
        }
        Some(finding)
    }

    /// A step whose day comes after the last day of the cycle.
    fn due(&self, at: usize) -> Option<Diagnostic> {
        let (document, step) = self.step(at)?;
        let length = self.playbook.cycle.length;
        let late = |one: &Rehearsal, at: usize| one.first_day(at).is_some_and(|day| day > length);
        let (when, severity) = self.failing(|one| {
            // What it waits for is late already, and that is said there.
            let caused = step.needs.iter().any(|need| late(one, need.step));
            !step.once_per_plan && !caused && late(one, at)
        })?;
        let day = self.rehearsals.iter().filter_map(|one| one.first_day(at)).max()?;
        let place = match &document.at {
            Some(AtDocument::Day(day)) => day.span,
            Some(AtDocument::Date(_)) | None => {
                document.after.as_ref().map_or_else(|| document.id.span(), |after| after.span)
            }
        };
        let mut finding = Diagnostic::new(
            Code::NeverDue,
            place,
            format!("{when}`{}` becomes due on day {day} at the earliest, and the cycle ends on day {length}", step.id),
        )
        .help("let it come earlier, or make the cycle longer");
        finding.severity = severity;
        Some(finding)
    }

    /// A pace at which the last on the list are served too late.
    fn pace(&self, at: usize) -> Option<Diagnostic> {
        let (document, step) = self.step(at)?;
        let pace = document.pace.first()?;
        let length = self.playbook.cycle.length;
        let (when, severity) = self.failing(|one| {
            let caused = step.needs.iter().any(|need| {
                let paced =
                    self.playbook.steps.get(need.step).is_some_and(|step| !step.pace.is_empty());
                paced && one.last_day(need.step).is_some_and(|day| day > length)
            });
            !step.once_per_plan && !caused && one.last_day(at).is_some_and(|day| day > length)
        })?;
        let day = self.rehearsals.iter().filter_map(|one| one.last_day(at)).max()?;
        let people = self.rehearsals.first()?.people;
        let mut finding = Diagnostic::new(
            Code::PaceTooSlow,
            pace.span,
            format!("{when}the last of {people} people comes up for `{}` on day {day}, and the cycle ends on day {length}", step.id),
        )
        .help("quicken the pace, shorten the list (`people: size:`), or make the cycle longer");
        if let Some(size) = &self.document.people.size {
            finding = finding.also(size.span, "so many people are on the list");
        }
        finding.severity = severity;
        Some(finding)
    }

    /// Most people cannot be counted yet on the day of the review.
    fn window(&self) -> Option<Diagnostic> {
        let name = self.playbook.cycle.decided_by.as_ref()?;
        let at = self.playbook.metrics.iter().position(|metric| metric.id == *name)?;
        let metric = self.playbook.metrics.get(at)?;
        let sent = out_of_step(metric)?;
        let window = metric.within.as_ref()?.duration;
        let review = self.review_day();
        let open = |one: &Rehearsal| one.still_open(sent, window, review);
        let most = |one: &Rehearsal| open(one) * 2 > one.people;
        let (when, _) = self.failing(most)?;
        let worst = self.rehearsals.iter().max_by_key(|one| open(one))?;
        let span: Span = self.document.metrics.get(at)?.within.as_ref()?.span;
        Some(
            Diagnostic::new(
                Code::WindowOpen,
                span,
                format!(
                    "{when}{} of {} people can still answer on day {review}, when the review comes: it will wait for them",
                    open(worst),
                    worst.people
                ),
            )
            .help("write to everybody earlier, shorten the window, or make the cycle longer"),
        )
    }

    fn review_day(&self) -> u32 {
        let days = self.playbook.steps.iter().filter_map(|step| match (&step.kind, &step.at) {
            (StepKind::Decide(_), Some(crate::playbook::Available::CycleDay(day))) => Some(*day),
            _ => None,
        });
        days.max().unwrap_or(self.playbook.cycle.length)
    }
}
