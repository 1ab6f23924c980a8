//! Everything a question about a plan is asked of: playbook, state, people, now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use super::Now;
use super::dates::CycleDates;
use super::state::{CycleState, Member, PlanState};
use crate::calendar::WorkCalendar;
use crate::people::{Book, Entry, EntryId};
use crate::playbook::{Id, Playbook};

/// What other plans of the same database do with the same people (S6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The newest day on which another plan sent someone a message.
    pub last_sent: BTreeMap<EntryId, Date>,
    /// People to whom an older plan has an open message.
    pub ahead: BTreeSet<EntryId>,
}

/// The four things every answer is derived from (F1).
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The playbook in force.
    pub playbook: &'a Playbook,
    /// The facts, folded.
    pub state: &'a PlanState,
    /// The people and companies they speak of.
    pub book: &'a Book,
    /// What other plans do with them.
    pub elsewhere: &'a Elsewhere,
    /// The moment of asking.
    pub now: Now,
    work: WorkCalendar,
    last_sent: BTreeMap<EntryId, Date>,
}

/// Whose task it is: a cycle, and one of its entries where the step has one task for each.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The cycle.
    pub cycle: &'a CycleState,
    /// The entry's place on its list.
    pub member: Option<&'a Member>,
}

impl<'a> Place<'a> {
    /// The cycle as a whole.
    pub fn whole(cycle: &'a CycleState) -> Self {
        Self { cycle, member: None }
    }

    /// One entry in it.
    pub fn of(cycle: &'a CycleState, member: &'a Member) -> Self {
        Self { cycle, member: Some(member) }
    }

    /// The entry's id.
    pub fn entry(self) -> Option<EntryId> {
        self.member.map(|member| member.entry)
    }
}

impl<'a> Situation<'a> {
    /// Puts the things together that every answer is derived from.
    pub fn new(
        playbook: &'a Playbook,
        state: &'a PlanState,
        book: &'a Book,
        elsewhere: &'a Elsewhere,
        now: Now,
    ) -> Self {
        let work = state.work_calendar();
        let mut last_sent = elsewhere.last_sent.clone();
        for (task, done) in state.cycles.values().flat_map(|cycle| &cycle.log.completed) {
            // A talking note is never sent: a message may follow it on the same day.
            let sent = done.sent.as_ref().is_some_and(|sent| sent.channel.sends());
            if let (Some(entry), true) = (task.entry, sent) {
                let last = last_sent.entry(entry).or_insert(done.on);
                *last = done.on.max(*last);
            }
        }
        Self { playbook, state, book, elsewhere, now, work, last_sent }
    }

    /// The plan's workdays (D3).
    pub fn work(&self) -> &WorkCalendar {
        &self.work
    }

    /// The same as it was, or will be, on another day.
    #[must_use]
    pub fn on_day(&self, day: Date) -> Self {
        Self { now: Now { date: day, ..self.now }, ..self.clone() }
    }

    /// Today, in the plan's zone.
    pub fn today(&self) -> Date {
        self.now.date
    }

    /// The days of a cycle.
    pub fn dates(&self, cycle: &CycleState) -> CycleDates<'_> {
        CycleDates::new(cycle.start, self.playbook.cycle.length, &self.work, &self.state.away)
    }

    /// The cycle of today: the newest that has begun; before the first one begins, that one. Its
    /// last day may be over (then only its review and its conversations are left).
    pub fn running(&self) -> Option<&'a CycleState> {
        let live = || self.state.cycles.values().rev().filter(|cycle| cycle.stopped.is_none());
        live().find(|cycle| cycle.start <= self.today()).or_else(|| live().next_back())
    }

    /// A cycle that was set up and has not begun.
    pub fn upcoming(&self) -> Option<&'a CycleState> {
        self.state.cycle().filter(|cycle| cycle.stopped.is_none() && cycle.start > self.today())
    }

    /// The day on which the next cycle starts unless told otherwise: the first Monday from today on
    /// that lies after the running cycle (E7); none at the end of the calendar.
    pub fn next_monday(&self) -> Option<Date> {
        let today = self.today();
        let first = match self.running() {
            Some(cycle) => self.dates(cycle).end.tomorrow().ok()?.max(today),
            None => today,
        };
        if first.weekday() == Weekday::Monday {
            return Some(first);
        }
        first.nth_weekday(1, Weekday::Monday).ok()
    }

    /// The entry of a place.
    pub fn entry_at(&self, place: Place<'_>) -> Option<&'a Entry> {
        self.book.get(place.entry()?)
    }

    /// Whether a later cycle has begun.
    pub fn is_followed(&self, cycle: &CycleState) -> bool {
        let later = self.state.cycles.range(cycle.number + 1..);
        later.into_iter().any(|(_, later)| later.start <= self.today())
    }

    /// Whether a cycle only has its conversations and its review left (S8).
    pub fn is_over(&self, cycle: &CycleState) -> bool {
        cycle.stopped.is_some_and(|stopped| stopped <= self.today())
            || self.is_followed(cycle)
            || self.dates(cycle).is_over(self.today())
    }

    /// The option of a choice that is in force for a place: the one drawn for the person, the new
    /// one where the cycle is not split or nothing was drawn, the baseline elsewhere (E1, E2).
    pub fn option(&self, place: Place<'a>, choice: &str) -> Option<&'a Id> {
        if let Some((compared, _)) = &place.cycle.compared
            && &*compared.choice == choice
        {
            let drawn = place.member.and_then(|member| member.option.as_ref());
            return Some(drawn.unwrap_or(&compared.option));
        }
        self.baseline(place.cycle, choice)
    }

    /// What was in use when a cycle began; the first option before any decision (E1).
    pub fn baseline(&self, cycle: &'a CycleState, choice: &str) -> Option<&'a Id> {
        cycle
            .in_use
            .get(choice)
            .or_else(|| self.playbook.choice(choice)?.options.first().map(|option| &option.id))
    }

    /// The newest day on which any plan sent this person a message (S6).
    pub fn last_sent(&self, entry: EntryId) -> Option<Date> {
        self.last_sent.get(&entry).copied()
    }
}
