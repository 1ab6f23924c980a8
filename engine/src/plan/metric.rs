//! The measures of a cycle: who counts, who is still waiting, what was hoped for (E5, E6, E8).
//!
//! Whether a person counts is decided by the day of the first event alone, never by whether the
//! hoped-for one has come: counting early replies of people still inside their window would show a
//! rate far above the truth (experiments.md, decision 5).

use jiff::civil::Date;

use super::dates::{CycleDates, plus_days};
use super::due;
use super::situation::{Place, Situation};
use super::state::{Completed, CycleState, Member};
use super::task::TaskKey;
use crate::calendar::Unit;
use crate::experiment::Watched;
use crate::playbook::{Event, Metric, StepKind, Within};

/// A measure as it stands on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Everyone for whom the first event happened and was not undone by a bounce.
    pub out_of: u32,
    /// Those whose window has closed.
    pub counted: u32,
    /// Those still inside it.
    pub waiting: u32,
    /// The hits so far, early ones included.
    pub count: u32,
    /// The hits among the counted.
    pub hits: u32,
    /// Hits that came after their window: recorded for ever, counted in no rate (E6).
    pub late: u32,
    /// The rate among the counted, or the number per so many days; none with nobody counted.
    pub value: Option<f64>,
    /// The day on which the last of them is or was counted; none where nobody has a window.
    pub settles: Option<Date>,
}

impl Tally {
    /// Both together; a value per so many days does not add up and is left out.
    #[must_use]
    pub fn plus(self, more: Self) -> Self {
        Self {
            out_of: self.out_of.saturating_add(more.out_of),
            counted: self.counted.saturating_add(more.counted),
            waiting: self.waiting.saturating_add(more.waiting),
            count: self.count.saturating_add(more.count),
            hits: self.hits.saturating_add(more.hits),
            late: self.late.saturating_add(more.late),
            value: None,
            settles: self.settles.max(more.settles),
        }
    }
}

/// Counts a measure over the people of a cycle whom `side` takes, as known on `day`.
///
/// People added after the list closed count in nothing (E4), and whoever could not be reached
/// leaves every rate (S4).
pub fn tally<'a>(
    situation: &Situation<'a>,
    cycle: &'a CycleState,
    metric: &Metric,
    day: Date,
    side: impl Fn(&Member) -> bool,
) -> Tally {
    let counter = Counter { situation, cycle, metric, day, dates: situation.dates(cycle) };
    let mut tally = Tally::default();
    if let Some(habit) = counter.habit() {
        counter.count_habit(habit, &mut tally);
    } else {
        for member in cycle.members.iter().filter(|member| member.counts && side(member)) {
            counter.count_member(member, &mut tally);
        }
    }
    tally.value = counter.value(&tally);
    tally
}

/// The people of a cycle who count in a share, each with the days from the first event to what was
/// hoped for, or to `day` where it has not come (for reply curves).
pub fn watched<'a>(
    situation: &Situation<'a>,
    cycle: &'a CycleState,
    metric: &Metric,
    day: Date,
) -> Vec<Watched> {
    let counter = Counter { situation, cycle, metric, day, dates: situation.dates(cycle) };
    let Some(out_of) = metric.out_of.as_ref().filter(|_| counter.habit().is_none()) else {
        return Vec::new();
    };
    let watch = |member: &'a Member| {
        let place = Place::of(cycle, member);
        let bounced = counter.happened_on(place, &Event::Outcome("bounced".into()));
        let first = counter.happened_on(place, out_of).filter(|_| bounced.is_none())?;
        let hit = counter.happened_on(place, &metric.count);
        let days = f64::from((hit.unwrap_or(day) - first).get_days());
        Some(Watched { days: days.max(0.0), replied: hit.is_some() })
    };
    cycle.members.iter().filter(|member| member.counts).filter_map(watch).collect()
}

/// The window of a measure in days, where it has one; a window in workdays counts as so many days.
pub fn window_days(metric: &Metric) -> Option<u32> {
    let duration = metric.within.as_ref()?.duration;
    match duration.unit {
        Unit::Weeks => Some(duration.amount.saturating_mul(7)),
        Unit::Days | Unit::Workdays => Some(duration.amount),
        Unit::Minutes | Unit::Hours => None,
    }
}

struct Counter<'a, 's> {
    situation: &'s Situation<'a>,
    cycle: &'a CycleState,
    metric: &'s Metric,
    day: Date,
    dates: CycleDates<'s>,
}

impl<'a> Counter<'a, '_> {
    /// The position of the habit that this measure is about, if it is about one.
    fn habit(&self) -> Option<usize> {
        let is_habit = |position: usize| {
            let step = self.situation.playbook.steps.get(position);
            step.is_some_and(|step| matches!(step.kind, StepKind::Every(_)))
        };
        match (&self.metric.out_of, &self.metric.count) {
            (Some(Event::Due(position) | Event::Done(position)), _)
            | (None, Event::Done(position) | Event::Due(position))
                if is_habit(*position) =>
            {
                Some(*position)
            }
            _ => None,
        }
    }

    fn count_habit(&self, position: usize, tally: &mut Tally) {
        let Some(step) = self.situation.playbook.steps.get(position) else { return };
        for occurrence in due::occurrences(self.situation, self.cycle, position) {
            if occurrence.date > self.day || occurrence.off {
                continue;
            }
            let key = TaskKey {
                cycle: self.cycle.number,
                step: step.id.clone(),
                entry: None,
                occurrence: Some(occurrence.key),
            };
            let done = self
                .cycle
                .log
                .completed
                .get(&key)
                .is_some_and(|done| done.how == Completed::Done && done.on <= self.day);
            tally.out_of += 1;
            tally.counted += 1;
            if done {
                tally.count += 1;
                tally.hits += 1;
            }
        }
    }

    fn count_member(&self, member: &'a Member, tally: &mut Tally) {
        let place = Place::of(self.cycle, member);
        if self.happened_on(place, &Event::Outcome("bounced".into())).is_some() {
            return;
        }
        let hit = self.happened_on(place, &self.metric.count);
        let Some(out_of) = &self.metric.out_of else {
            // So many per so many days: what came after those days belongs to none of them.
            match hit {
                Some(hit) if self.metric.per.is_some() && hit > self.last_day() => tally.late += 1,
                Some(_) => {
                    tally.count += 1;
                    tally.hits += 1;
                }
                None => {}
            }
            return;
        };
        let Some(first) = self.happened_on(place, out_of) else { return };
        tally.out_of += 1;
        let closes = self.closes(place, first);
        let in_time = hit.is_some_and(|hit| closes.is_none_or(|closes| hit <= closes));
        if in_time {
            tally.count += 1;
        } else if hit.is_some() {
            tally.late += 1;
        }
        if closes.is_none_or(|closes| closes <= self.day) {
            tally.counted += 1;
            if in_time {
                tally.hits += 1;
            }
        } else {
            tally.waiting += 1;
        }
        tally.settles = tally.settles.max(closes);
    }

    /// The last day of a person's window: a reply on it still counts, and from it on the person is
    /// counted (E5). Reply windows run on while the seeker is away; what the seeker has to do in
    /// time does not (D10).
    fn closes(&self, place: Place<'a>, first: Date) -> Option<Date> {
        let Within { duration, of } = self.metric.within.as_ref()?;
        let base = match of {
            Some(step) => self.happened_on(place, &Event::Done(*step)).unwrap_or(first),
            None => first,
        };
        let own = matches!(self.metric.count, Event::Done(_) | Event::Due(_));
        Some(match duration.unit {
            _ if own => self.dates.deadline(base, *duration),
            Unit::Workdays => self.dates.work.add(base, *duration),
            Unit::Weeks => plus_days(base, duration.amount.saturating_mul(7)),
            Unit::Days => plus_days(base, duration.amount),
            Unit::Minutes | Unit::Hours => base,
        })
    }

    /// The day of an event for one person, if it had happened by the day asked about.
    fn happened_on(&self, place: Place<'a>, event: &Event) -> Option<Date> {
        let playbook = self.situation.playbook;
        let day = match event {
            Event::Done(position) => due::done_on(self.situation, place, *position),
            Event::Due(position) => due::due_without_reply(self.situation, place, *position),
            Event::Outcome(outcome) => {
                let happenings = place.cycle.happenings.get(&place.entry()?)?;
                happenings.stands_since(playbook, outcome, self.day)
            }
        };
        day.filter(|on| *on <= self.day)
    }

    /// The last of the cycle's days so far: an abandoned one has those that it had.
    fn last_day(&self) -> Date {
        self.dates.last_day(self.cycle).min(self.day)
    }

    fn value(&self, tally: &Tally) -> Option<f64> {
        if let Some(days) = self.metric.per {
            let own = self.dates.own_days(self.dates.start, self.last_day());
            return (own > 0).then(|| f64::from(tally.count) * f64::from(days) / f64::from(own));
        }
        if self.metric.out_of.is_none() {
            return Some(f64::from(tally.count));
        }
        (tally.counted > 0).then(|| f64::from(tally.hits) / f64::from(tally.counted))
    }
}

/// The day on which everybody messaged so far is counted in the measure that decides (D2, E5); none
/// where nobody was messaged or nothing decides.
pub fn settles<'a>(situation: &Situation<'a>, cycle: &'a CycleState) -> Option<Date> {
    let metric = situation.playbook.metric(situation.playbook.cycle.decided_by.as_deref()?)?;
    tally(situation, cycle, metric, situation.today(), |_| true).settles
}
