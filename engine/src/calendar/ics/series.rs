//! Series of events, and what became of single occurrences: moved, called off, left out.
//!
//! Knows which event of a file takes the place of which. It must not know whether anybody asks for
//! times or for days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::event::{Event, Moment, Span};
use super::rule::Budget;
use crate::calendar::civil;

/// An event, which may recur, with the events that take the place of some of its occurrences.
#[derive(Debug)]
pub(super) struct Series {
    pub(super) event: Event,
    pub(super) instead: Vec<Event>,
}

/// The series of a file, and the events that take the place of occurrences of none.
///
/// Where a file has an event in several versions (`SEQUENCE`), the newest is it. Of a series that
/// was called off, only what was moved and stands by itself is left.
pub(super) fn settle(events: Vec<Event>) -> (Vec<Series>, Vec<Event>) {
    let mut newest: BTreeMap<String, i64> = BTreeMap::new();
    let mut instead: BTreeMap<String, BTreeMap<Moment, Event>> = BTreeMap::new();
    let (mut whole, mut alone) = (Vec::new(), Vec::new());
    for event in events {
        // Without a name nothing can be told of each other.
        if event.uid.is_empty() {
            if event.replaces.is_some() {
                alone.push(event);
            } else {
                whole.push(event);
            }
            continue;
        }
        let Some(replaced) = &event.replaces else {
            let known = newest.entry(event.uid.clone()).or_insert(event.sequence);
            *known = event.sequence.max(*known);
            whole.push(event);
            continue;
        };
        let of_series = instead.entry(event.uid.clone()).or_default();
        match of_series.get(&replaced.moment) {
            Some(known) if known.sequence > event.sequence => {}
            Some(_) | None => {
                of_series.insert(replaced.moment.clone(), event);
            }
        }
    }
    let series = whole
        .into_iter()
        .filter(|event| newest.get(&event.uid).is_none_or(|newest| *newest == event.sequence))
        .map(|event| {
            let instead = instead.remove(&event.uid).unwrap_or_default();
            Series { instead: instead.into_values().collect(), event }
        });
    let (off, series): (Vec<Series>, Vec<Series>) = series.partition(|it| it.event.cancelled);
    alone.extend(off.into_iter().flat_map(|series| series.instead));
    alone.extend(instead.into_values().flat_map(BTreeMap::into_values));
    (series, alone)
}

impl Series {
    /// The occurrences that touch the days from `first` to `last`, or nearly do, without those that
    /// are left out or of which another event takes the place; what such an event says of all
    /// later ones is done to them.
    ///
    /// # Errors
    ///
    /// Where they are too many to be told.
    pub(super) fn spans(
        &self,
        first: Date,
        last: Date,
        budget: &mut Budget,
    ) -> Result<Vec<Span>, &'static str> {
        let event = &self.event;
        let replaced = self.instead.iter().filter_map(|event| event.replaces.as_ref());
        let gone = event.left_out.iter().chain(replaced.map(|replaced| &replaced.moment));
        let gone = Names::of(gone.collect(), event.whole_days);
        let mut later: Vec<(DateTime, &Event)> = Vec::new();
        let mut reach = 0;
        for change in &self.instead {
            if let Some(replaced) = change.replaces.as_ref().filter(|replaced| replaced.later) {
                let from = replaced.moment.wall_in(&event.zone, event.start);
                let days = change.days_moved(from).saturating_add(change.length.covered());
                reach = days.max(reach);
                later.push((from, change));
            }
        }
        later.sort_by_key(|(from, _)| *from);
        let (first, last) = (civil::plus(first, -reach), civil::plus(last, reach));
        let spans = event.spans(first, last, budget)?.into_iter();
        let spans = spans.filter(|span| !gone.contain(span)).filter_map(|span| {
            let change = later.iter().rev().find(|(from, _)| *from <= span.wall);
            match change {
                None => Some(span),
                Some((_, change)) if change.free || change.cancelled => None,
                Some((from, change)) => change.moved(&span, *from),
            }
        });
        Ok(spans.collect())
    }
}

/// Names of occurrences, to be looked up.
struct Names {
    days: BTreeSet<Date>,
    walls: BTreeSet<DateTime>,
    instants: BTreeSet<Timestamp>,
}

impl Names {
    /// A whole day is named by any time of it, whatever the zone of that time.
    fn of(moments: Vec<&Moment>, whole_days: bool) -> Self {
        let mut names =
            Self { days: BTreeSet::new(), walls: BTreeSet::new(), instants: BTreeSet::new() };
        for moment in moments {
            match moment {
                Moment::Day(day) => {
                    names.days.insert(*day);
                }
                Moment::Wall(wall) | Moment::Instant(_, wall) if whole_days => {
                    names.days.insert(wall.date());
                }
                Moment::Wall(wall) => {
                    names.walls.insert(*wall);
                }
                Moment::Instant(instant, _) => {
                    names.instants.insert(*instant);
                }
            }
        }
        names
    }

    fn contain(&self, span: &Span) -> bool {
        self.days.contains(&span.wall.date())
            || self.walls.contains(&span.wall)
            || self.instants.contains(&span.from)
    }
}
