//! Days off from an iCalendar file: whole-day events, recurring ones too (D3); and in [`busy`] the
//! times that its events take.
//!
//! From the ground up: [`lines`] unfolds, [`parts`] finds what begins and ends, [`values`] and
//! [`recur`] read dates, lengths and rules, [`zones`] and [`described`] tell instants, [`rule`]
//! repeats, [`event`] is one event and [`series`] what belongs together. Files are read here and not
//! by a library because whatever cannot be understood is told, with its line (decision 26).

mod busy;
mod described;
mod event;
mod file;
mod filter;
mod lines;
mod parts;
mod recur;
mod rule;
mod series;
mod values;
mod windows;
mod zones;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

pub use self::busy::{BusyRead, read_busy};
use self::event::{Event, Span};
use self::file::File;
use self::rule::Budget;
use super::{DayRange, DaySet, civil};

/// What was found in a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DaysRead {
    /// The days of all whole-day events, under the events' titles.
    pub days: DaySet,
    /// How many calendars the file holds; none where it is no calendar file.
    pub calendars: usize,
    /// How many whole-day events gave them; one that recurs counts once.
    pub events: usize,
    /// How many events have a time of day. They are appointments and no days off.
    pub timed: usize,
    /// What could not be read, each with the reason.
    pub unread: Vec<UnreadEvent>,
}

/// Something in a calendar file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadEvent {
    /// The line of the file, from 1.
    pub line: usize,
    /// The event's title as it stands in the file: words of people, perhaps empty.
    pub title: String,
    /// Why it could not be read.
    pub reason: &'static str,
    /// How much was missed for it.
    pub missed: Missed,
}

/// How much was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// The event.
    Event,
    /// A part of it; the rest was taken.
    Part,
    /// Nobody knows: the trouble is with the file.
    File,
}

/// Reads the days off between `first` and `last` from the bytes of an .ics file.
///
/// ```
/// use fortnight_engine::calendar::read_days_off;
/// use jiff::civil::date;
/// let ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Labour Day\r\nDTSTART;VALUE=DATE:20200501\r\n\
///            RRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let read = read_days_off(ics, date(2026, 1, 1), date(2027, 12, 31));
/// assert_eq!(read.days.count(), 2);
/// assert_eq!(read.days.label(date(2026, 5, 1)), Some("Labour Day"));
/// ```
pub fn read_days_off(bytes: &(impl AsRef<[u8]> + ?Sized), first: Date, last: Date) -> DaysRead {
    // Whole days have no zone.
    let File { calendars, events, unread, .. } = file::read(bytes.as_ref(), &TimeZone::UTC, last);
    let mut read = DaysRead { calendars, unread, ..DaysRead::default() };
    let mut budget = Budget::new();
    let mut ranges = Vec::new();
    let (series, alone) = series::settle(events);
    for series in &series {
        let event = &series.event;
        if is_whole(event) {
            read.events += 1;
            let mut tell = |line: usize, reason: &'static str| {
                let title = event.title.clone();
                read.unread.push(UnreadEvent { line, title, reason, missed: Missed::Part });
            };
            event.troubles.iter().for_each(|(line, reason)| tell(*line, reason));
            match series.spans(first, last, &mut budget) {
                Ok(spans) => ranges.extend(spans.iter().map(|span| range(event, span))),
                Err(reason) => {
                    tell(event.line, reason);
                    ranges.push(range(event, &event.first_span()));
                }
            }
        } else {
            read.timed += 1;
        }
    }
    let instead = series.iter().flat_map(|series| &series.instead).chain(&alone);
    for event in instead.filter(|event| !event.cancelled && is_whole(event)) {
        ranges.push(range(event, &event.first_span()));
    }
    read.days = ranges.into_iter().filter_map(|range| clipped(&range, first, last)).collect();
    read.unread.sort_by_key(|unread| unread.line);
    read
}

/// True for whole days; some programs write them from midnight to midnight.
fn is_whole(event: &Event) -> bool {
    let midnight = |span: Span| {
        let (from, to) = (event.zone.wall(span.from), event.zone.wall(span.to));
        from < to && from.time() == Time::midnight() && to.time() == Time::midnight()
    };
    event.whole_days || midnight(event.first_span())
}

/// The days of an occurrence.
fn range(event: &Event, span: &Span) -> DayRange {
    let first = span.wall.date();
    let last = civil::plus(event.zone.wall(span.to).date(), -1);
    let range = DayRange::new(first, last).unwrap_or_else(|| DayRange::day(first));
    if event.title.trim().is_empty() { range } else { range.labelled(event.title.clone()) }
}

/// The part of `range` from `first` to `last`.
fn clipped(range: &DayRange, first: Date, last: Date) -> Option<DayRange> {
    let part = DayRange::new(range.first().max(first), range.last().min(last))?;
    Some(match range.label() {
        Some(label) => part.labelled(label),
        None => part,
    })
}

#[cfg(test)]
mod tests;
