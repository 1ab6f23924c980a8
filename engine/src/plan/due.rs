//! The days on which a step becomes due for one entry, as far as they follow from what was done.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::appointment::Appointment;
use super::letter::{self, Acceptance};
use super::now::Now;
use super::situation::{Place, Situation};
use super::state::{Completed, CycleState};
use super::task::{Occurrence, TaskKey};
use crate::calendar::{self, Shift};
use crate::playbook::{After, Anchor, Available, List, Step, StepKind};

/// The name of the step's task for a place. Steps that exist once per plan are in cycle 0, and a
/// step that has no task per entry has one for all.
pub(super) fn key(step: &Step, place: Place<'_>) -> TaskKey {
    TaskKey {
        cycle: if step.once_per_plan { 0 } else { place.cycle.number },
        step: step.id.clone(),
        entry: step.for_each.and_then(|_| place.entry()),
        occurrence: None,
    }
}

/// The day on which the step at `position` was done for a place: recorded, or seen from the facts.
pub(super) fn done_on<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    position: usize,
) -> Option<Date> {
    let step = situation.playbook.steps.get(position)?;
    let completion = situation.state.completion(&key(step, place));
    match completion {
        Some(completion) => (completion.how == Completed::Done).then_some(completion.on),
        None => super::resolve::done_by_facts(situation, place, step),
    }
}

/// The day from which a step's offset counts, with the step's limit: none while it is unknown.
pub(super) fn anchor<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    after: &After,
) -> Option<Date> {
    match after.of.as_ref()? {
        Anchor::Step(position) => done_on(situation, place, *position),
        Anchor::Outcome(outcome) => {
            let happenings = place.cycle.happenings.get(&place.entry()?)?;
            let today = situation.today();
            happenings.standing(situation.playbook, outcome, today).map(|happening| happening.on)
        }
    }
}

/// D4, D5: the day an offset leads to from `base`, held back by the step's limit.
pub(super) fn offset<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    step: &Step,
    after: &After,
    base: Date,
) -> Date {
    let dates = situation.dates(place.cycle);
    dates.work.roll_due(base, after.duration, limit(situation, place, step))
}

/// The last day that `within … of STEP` allows; none without it, or while that step is not done.
pub(super) fn limit<'a>(situation: &Situation<'a>, place: Place<'a>, step: &Step) -> Option<Date> {
    let within = step.within.as_ref()?;
    let done = done_on(situation, place, within.of?)?;
    Some(situation.dates(place.cycle).deadline(done, within.duration))
}

/// `STEP.due`: the day on which the step became available for a person, if no reply had come up to
/// and including that day (language.md, events). None while one of its needs is not done, and none
/// where the end of the cycle closed it before (S8).
pub(super) fn due_without_reply<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    position: usize,
) -> Option<Date> {
    let step = situation.playbook.steps.get(position)?;
    let dates = situation.dates(place.cycle);
    let mut base = dates.date_of(1).max(place.member.map_or(Date::MIN, |member| member.listed));
    for need in &step.needs {
        let needed = situation.playbook.steps.get(need.step)?;
        if needed.for_each == step.for_each {
            base = base.max(done_on(situation, place, need.step)?);
        }
    }
    let day = match &step.after {
        Some(after) if after.of.is_some() => {
            offset(situation, place, step, after, anchor(situation, place, after)?)
        }
        Some(after) => offset(situation, place, step, after, base),
        None => match &step.at {
            Some(Available::CycleDay(day)) => dates.date_of(*day).max(base),
            Some(Available::OutcomeField { .. } | Available::EntryField(_)) | None => base,
        },
    };
    // While a request was not accepted the message waited, unless it went another way.
    let day = match &step.kind {
        StepKind::Send(message) => match letter::acceptance(situation, place, message) {
            Acceptance::NotNeeded => day,
            Acceptance::Since(accepted) => day.max(accepted),
            Acceptance::Awaited => done_on(situation, place, position).map(|_| day)?,
        },
        StepKind::Task
        | StepKind::Choose(_)
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Fill(_)
        | StepKind::Decide(_)
        | StepKind::Every(_) => day,
    };
    if day > dates.last_day(place.cycle) {
        return None;
    }
    let reply = place
        .entry()
        .and_then(|entry| place.cycle.happenings.get(&entry))
        .and_then(|happenings| happenings.reply(situation.playbook, day));
    reply.is_none().then_some(day)
}

/// The day that `at: person.OUTCOME.FIELD` names, once it is among the facts, with the time of an
/// appointment: as a clock in the plan's zone shows it (D1).
pub(super) fn outcome_field<'a>(
    situation: &Situation<'a>,
    place: Place<'a>,
    outcome: &str,
    field: &str,
) -> Option<(Date, Option<Time>)> {
    let happenings = place.cycle.happenings.get(&place.entry()?)?;
    let standing = happenings.standing(situation.playbook, outcome, situation.today())?;
    let words = standing.fields.get(field)?.raw();
    let wall = Appointment::read(words)?.seen_in(&situation.state.zone);
    let timed = words.contains(['T', 't', ':']);
    Some((wall.date(), timed.then(|| wall.time())))
}

/// One occurrence of a habit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HabitDay {
    /// The day, as the clocks of the plan's zone show it.
    pub(super) date: Date,
    /// The time of day on those clocks: one that they skip has moved later (D7).
    pub(super) time: Time,
    /// When it is.
    pub(super) instant: Timestamp,
    /// The first occurrence of its day.
    pub(super) first: bool,
    /// The time comes twice that day, and this is the second.
    pub(super) again: bool,
    /// It fell on a given day off or a day away (D7).
    pub(super) off: bool,
    /// How the task names it.
    pub(super) key: Occurrence,
}

impl HabitDay {
    /// Whether its time has come; the first of a day is there from the morning on.
    pub(super) fn has_come(self, now: Now) -> bool {
        let passed = if self.again { self.instant <= now.instant } else { self.time <= now.time };
        self.date < now.date || (self.date == now.date && (self.first || passed))
    }
}

/// Schedules know minutes; a second more tells the second of two equal times from the first.
const SECOND_OF_TWO: i8 = 1;

/// All occurrences of the habit at `position` within a cycle, in order, on the clocks of the plan's
/// zone (D7). A task is named by the time that the schedule names, whatever the clocks make of it.
pub(super) fn occurrences(
    situation: &Situation<'_>,
    cycle: &CycleState,
    position: usize,
) -> Vec<HabitDay> {
    let Some(Step { kind: StepKind::Every(schedule), .. }) = situation.playbook.steps.get(position)
    else {
        return Vec::new();
    };
    let Ok(zone) = calendar::zone(&situation.state.zone) else { return Vec::new() };
    let dates = situation.dates(cycle);
    let end = dates.last_day(cycle);
    let midnight = calendar::resolve(&zone, dates.start.to_datetime(Time::MIN)).0;
    let before = midnight.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(midnight);
    let mut days: Vec<HabitDay> = Vec::new();
    for found in schedule.occurrences_after(&zone, dates.work, before) {
        let shown = zone.to_datetime(found.instant);
        let (date, time) = (shown.date(), shown.time());
        if date > end {
            break;
        }
        let (named, again) = (found.civil, found.shift == Shift::SecondOfTwo);
        let first = days.last().is_none_or(|last| last.key.date != named.date());
        let mark = named.time().with().second(SECOND_OF_TWO).build().unwrap_or(named.time());
        let at = if again { mark } else { named.time() };
        let key = Occurrence { date: named.date(), time: (!first).then_some(at) };
        let off = situation.state.days_off.contains(date) || situation.state.away.contains(date);
        days.push(HabitDay { date, time, instant: found.instant, first, again, off, key });
    }
    days
}

/// The entries that a step has tasks for.
pub(super) fn members<'a>(
    situation: &Situation<'a>,
    cycle: &'a CycleState,
    list: List,
) -> &'a [super::state::Member] {
    match list {
        List::People => &cycle.members,
        List::Companies => &situation.state.companies,
    }
}
