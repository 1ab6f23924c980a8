//! One cycle in which everything is done on its first day and nobody answers.

use jiff::civil::{Date, date};

use crate::calendar::{Duration, Pace, Period, Unit, WorkCalendar};
use crate::message::{Condition, Names};
use crate::playbook::{Anchor, Available, List, NeedMeasure, Playbook, Step, StepKind};

/// A Monday to a Sunday.
pub(in crate::playbook) const START_DAYS: &[Date] = &[
    date(2026, 3, 2),
    date(2026, 3, 3),
    date(2026, 3, 4),
    date(2026, 3, 5),
    date(2026, 3, 6),
    date(2026, 3, 7),
    date(2026, 3, 8),
];

/// So many person-days are walked; a playbook with more of them is rehearsed with one person.
const MOST_TASKS: usize = 100_000;

/// A longer list is rehearsed with so many.
const MOST_PEOPLE: usize = 500;

/// A pace is followed for so many days.
const LONGEST: u32 = 1_000;

/// On which days things happen, for one day of start.
#[derive(Debug)]
pub(in crate::playbook) struct Rehearsal {
    start: Date,
    /// How many people were on the list.
    pub people: usize,
    steps: Vec<Days>,
    limits: Vec<bool>,
}

/// The days of a step, as days of the cycle.
#[derive(Clone, Debug)]
enum Days {
    /// It waits for an answer, or for a day that nobody knows.
    Unknown,
    /// Once, or on the same day for all.
    Once(u32),
    /// For each person, in the order of the list.
    Each(Vec<u32>),
}

impl Days {
    fn of(&self, person: usize) -> Option<u32> {
        match self {
            Self::Unknown => None,
            Self::Once(day) => Some(*day),
            Self::Each(days) => days.get(person).copied(),
        }
    }
}

impl Rehearsal {
    pub(super) fn weekday(&self) -> &'static str {
        use jiff::civil::Weekday;
        match self.start.weekday() {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }

    pub(super) fn first_day(&self, step: usize) -> Option<u32> {
        match self.steps.get(step)? {
            Days::Unknown => None,
            Days::Once(day) => Some(*day),
            Days::Each(days) => days.iter().min().copied(),
        }
    }

    pub(in crate::playbook) fn last_day(&self, step: usize) -> Option<u32> {
        match self.steps.get(step)? {
            Days::Unknown => None,
            Days::Once(day) => Some(*day),
            Days::Each(days) => days.iter().max().copied(),
        }
    }

    /// Whether the step could start only behind its deadline, for somebody at least.
    pub(super) fn is_late(&self, step: usize) -> bool {
        self.limits.get(step).copied().unwrap_or(false)
    }

    /// How many people's window is open on that day (E5: day S + W still counts).
    pub(super) fn still_open(&self, sent: usize, window: Duration, on: u32) -> usize {
        let work = WorkCalendar::default();
        let Some(days) = self.steps.get(sent) else { return 0 };
        (0..self.people)
            .filter_map(|person| days.of(person))
            .filter(|day| number(self.start, work.add(day_of(self.start, *day), window)) > on)
            .count()
    }
}

pub(in crate::playbook) fn rehearse(playbook: &Playbook, start: Date) -> Rehearsal {
    let each = playbook.steps.iter().filter(|step| step.for_each == Some(List::People)).count();
    let size = playbook.people.size;
    let advised =
        size.least.or(size.most).and_then(|least| usize::try_from(least).ok()).unwrap_or(1);
    let people =
        if each.saturating_mul(advised) > MOST_TASKS { 1 } else { advised.clamp(1, MOST_PEOPLE) };
    let mut walk = Walk {
        playbook,
        work: WorkCalendar::default(),
        start,
        people,
        steps: vec![Days::Unknown; playbook.steps.len()],
        limits: vec![false; playbook.steps.len()],
    };
    // An offset may count from a step that comes later in the order: a second round knows its day.
    for _ in 0..2 {
        walk.limits.fill(false);
        for at in &playbook.order {
            walk.step(*at);
        }
    }
    Rehearsal { start, people, steps: walk.steps, limits: walk.limits }
}

struct Walk<'p> {
    playbook: &'p Playbook,
    work: WorkCalendar,
    start: Date,
    people: usize,
    steps: Vec<Days>,
    limits: Vec<bool>,
}

impl Walk<'_> {
    fn step(&mut self, at: usize) {
        let Some(step) = self.playbook.steps.get(at) else { return };
        let earliest = self.playbook.cycle.length.saturating_add(1);
        let Some(opens) = opens(step, earliest) else { return };
        let each = step.for_each == Some(List::People);
        let persons = if each { self.people } else { 1 };
        let mut days = Vec::with_capacity(persons);
        for person in 0..persons {
            let Some((day, late)) = self.day(step, person, opens) else { return };
            days.push(day);
            if late && let Some(slot) = self.limits.get_mut(at) {
                *slot = true;
            }
        }
        if !step.pace.is_empty() {
            self.spread(&mut days, &step.pace);
        }
        let days = match days.as_slice() {
            [only] if !each => Days::Once(*only),
            _ => Days::Each(days),
        };
        if let Some(slot) = self.steps.get_mut(at) {
            *slot = days;
        }
    }

    /// The day on which a step can be done for a person, and whether its deadline has passed.
    fn day(&self, step: &Step, person: usize, opens: u32) -> Option<(u32, bool)> {
        let mut base = 1;
        // The day of a review meets all of its needs (G2).
        let is_review = matches!(step.kind, StepKind::Decide(_));
        for need in step.needs.iter().filter(|_| !is_review) {
            let needed = self.steps.get(need.step)?;
            let day = match (needed, step.for_each, need.measure) {
                (Days::Unknown, _, NeedMeasure::Finished) => continue,
                (Days::Unknown, _, NeedMeasure::Done | NeedMeasure::AtLeast(_)) => return None,
                (Days::Each(days), None | Some(List::Companies), measure) => joined(days, measure),
                (days, _, _) => days.of(person)?,
            };
            base = base.max(day);
        }
        let limit = step.within.as_ref().and_then(|within| {
            let from = self.steps.get(within.of?)?.of(person)?;
            Some(self.work.add(day_of(self.start, from), within.duration))
        });
        let mut day = base;
        if let Some(after) = &step.after {
            let from = match &after.of {
                Some(Anchor::Step(at)) => self.steps.get(*at)?.of(person)?,
                Some(Anchor::Outcome(_)) => return None,
                None => base,
            };
            let date = self.work.add(day_of(self.start, from), after.duration);
            let due = self.work.roll_due(day_of(self.start, from), after.duration, limit);
            let late = limit.is_some_and(|limit| date > limit || due > limit);
            day = day.max(number(self.start, due));
            return Some((day.max(opens), late));
        }
        match &step.at {
            Some(Available::CycleDay(at)) => day = day.max(*at),
            Some(Available::OutcomeField { .. } | Available::EntryField(_)) => return None,
            None => {}
        }
        let day = day.max(opens);
        Some((day, limit.is_some_and(|limit| day_of(self.start, day) > limit)))
    }

    /// Puts tasks onto the days that their pace leaves room on (D8).
    fn spread(&self, days: &mut [u32], paces: &[Pace]) {
        let mut order: Vec<usize> = (0..days.len()).collect();
        order.sort_by_key(|person| (days.get(*person).copied(), *person));
        let mut today = 1_u32;
        let (mut on_day, mut in_week) = (0_u32, 0_u32);
        for person in order {
            let Some(slot) = days.get_mut(person) else { continue };
            if *slot > today {
                (today, on_day, in_week) = self.advance(today, *slot, in_week);
            }
            while today < LONGEST && !self.has_room(paces, today, on_day, in_week) {
                (today, on_day, in_week) = self.advance(today, today + 1, in_week);
            }
            *slot = today;
            on_day += 1;
            in_week += 1;
        }
    }

    /// The counters on a later day; those of the week begin anew on Mondays.
    fn advance(&self, from: u32, to: u32, in_week: u32) -> (u32, u32, u32) {
        let begins = (from + 1..=to.min(from + 7))
            .any(|day| day_of(self.start, day).weekday() == jiff::civil::Weekday::Monday);
        (to, 0, if begins { 0 } else { in_week })
    }

    fn has_room(&self, paces: &[Pace], day: u32, on_day: u32, in_week: u32) -> bool {
        paces.iter().all(|pace| match pace.per {
            Period::Day => on_day < pace.count,
            Period::Workday => on_day < pace.count && self.work.is_workday(day_of(self.start, day)),
            Period::Week => in_week < pace.count,
        })
    }
}

/// The first day on which a step's condition can hold while nobody answers.
fn opens(step: &Step, never: u32) -> Option<u32> {
    let Some(condition) = &step.when else { return Some(1) };
    let asks = |word: &str| condition.names().iter().any(|name| name.path.starts_with(word));
    if asks("person.") {
        return holds(condition, None).then_some(1);
    }
    if asks("metrics.") || asks("inputs.") || asks("choice.") || asks("company.") {
        return Some(1);
    }
    (1..never).find(|day| holds(condition, Some(*day)))
}

fn holds(condition: &Condition, day: Option<u32>) -> bool {
    let mut names = Names::default();
    names.set("person.accepted", true);
    names.set("person.connected_on", date(2026, 1, 5));
    names.set("cycle.day", day.unwrap_or(1));
    names.set("cycle.number", 1);
    condition.holds(&names)
}

/// The day on which enough of a step's tasks are done.
fn joined(days: &[u32], measure: NeedMeasure) -> u32 {
    let mut days = days.to_vec();
    days.sort_unstable();
    let last = days.last().copied().unwrap_or(1);
    match measure {
        NeedMeasure::Finished | NeedMeasure::Done => last,
        NeedMeasure::AtLeast(number) => {
            let at = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
            days.get(at).copied().unwrap_or(last)
        }
    }
}

fn day_of(start: Date, day: u32) -> Date {
    let ahead = Duration { amount: day.saturating_sub(1), unit: Unit::Days };
    WorkCalendar::default().add(start, ahead)
}

fn number(start: Date, date: Date) -> u32 {
    crate::calendar::CycleDay::of(date, start).map_or(1, crate::calendar::CycleDay::number)
}
