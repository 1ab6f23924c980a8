//! A schedule on the clocks of a zone (D7).

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::Schedule;
use crate::calendar::{Shift, WorkCalendar, civil, resolve};

/// One time of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The time as the schedule names it; the clocks may skip it.
    pub civil: DateTime,
    /// When it is.
    pub instant: Timestamp,
    /// What a change of clocks did to it.
    pub shift: Shift,
}

/// No zone ever moved its clocks by more than a day, and an hour of margin.
const LARGEST_GAP: SignedDuration = SignedDuration::from_hours(25);

/// The times of a schedule in a zone, strictly increasing; see [`Schedule::occurrences_after`].
///
/// Days are expanded in civil order. A skipped time moves later and may pass those of the next
/// day (Apia lost a whole one), so times wait until no later day can bring an earlier one.
#[derive(Clone, Debug)]
pub struct Occurrences<'a> {
    schedule: &'a Schedule,
    zone: TimeZone,
    work: &'a WorkCalendar,
    after: Timestamp,
    next_day: Option<Date>,
    waiting: BTreeMap<Timestamp, Occurrence>,
}

impl<'a> Occurrences<'a> {
    pub(super) fn new(
        schedule: &'a Schedule,
        zone: TimeZone,
        work: &'a WorkCalendar,
        after: Timestamp,
    ) -> Self {
        let start = civil::plus(zone.to_datetime(after).date(), -2);
        let next_day = schedule.next_day(work, start);
        Self { schedule, zone, work, after, next_day, waiting: BTreeMap::new() }
    }

    /// Puts the times of `day` onto the zone's clocks.
    fn expand(&mut self, day: Date) {
        let real_hours = self.schedule.pattern.every_hour;
        for civil in self.schedule.occurrences_on(self.work, day) {
            match self.zone.to_ambiguous_timestamp(civil).offset() {
                AmbiguousOffset::Unambiguous { offset } => self.keep(civil, offset, Shift::Usual),
                AmbiguousOffset::Gap { .. } if real_hours => {}
                AmbiguousOffset::Gap { before, after } => {
                    let by = before.duration_until(after);
                    self.keep(civil, before, Shift::Skipped { by });
                }
                AmbiguousOffset::Fold { before, after } => {
                    self.keep(civil, before, Shift::FirstOfTwo);
                    if real_hours {
                        self.keep(civil, after, Shift::SecondOfTwo);
                    }
                }
            }
        }
    }

    fn keep(&mut self, civil: DateTime, offset: Offset, shift: Shift) {
        let Ok(instant) = offset.to_timestamp(civil) else { return };
        if instant <= self.after {
            return;
        }
        let found = Occurrence { civil, instant, shift };
        match shift {
            // One that was moved gives way to one whose time it is.
            Shift::Skipped { .. } => {
                self.waiting.entry(instant).or_insert(found);
            }
            Shift::Usual | Shift::FirstOfTwo | Shift::SecondOfTwo => {
                self.waiting.insert(instant, found);
            }
        }
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        loop {
            let Some(day) = self.next_day else {
                return self.waiting.pop_first().map(|(_, found)| found);
            };
            let midnight = resolve(&self.zone, day.to_datetime(jiff::civil::Time::MIN)).0;
            let earliest = midnight.checked_sub(LARGEST_GAP).unwrap_or(Timestamp::MIN);
            if let Some(first) = self.waiting.first_entry()
                && *first.key() < earliest
            {
                return Some(first.remove());
            }
            self.expand(day);
            self.next_day =
                day.tomorrow().ok().and_then(|next| self.schedule.next_day(self.work, next));
        }
    }
}
