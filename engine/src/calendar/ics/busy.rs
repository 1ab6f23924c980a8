//! Times that are taken, from the events and lists of an iCalendar file.
//!
//! Knows what makes an event take no time: it is cancelled, or its owner says that they are free. It
//! must not know whose calendar it is; titles are read only to say which event could not be.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::event::{Event, Trouble, period};
use super::file::{self, File};
use super::parts::Part;
use super::rule::Budget;
use super::series::settle;
use super::values::When;
use super::zones::{Zone, Zones};
use super::{Missed, UnreadEvent};
use crate::calendar::{BusyTimes, civil, zone::resolve};

/// What was found in a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BusyRead {
    /// The times that are taken.
    pub times: BusyTimes,
    /// How many calendars the file holds; none where it is no calendar file.
    pub calendars: usize,
    /// How many events take time; one that recurs counts once.
    pub events: usize,
    /// How many take none: their owner says that they are free.
    pub free: usize,
    /// What could not be read, each with the reason.
    pub unread: Vec<UnreadEvent>,
}

/// Reads what is taken between the days `first` and `last` from the bytes of an .ics file. Whole
/// days are those of `zone`, and times without a zone too, unless the calendar names one.
///
/// ```
/// use fortnight_engine::calendar::{read_busy, zone};
/// use jiff::civil::date;
/// let ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=America/New_York:20260302T090000\r\n\
///            DTEND;TZID=America/New_York:20260302T093000\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let read = read_busy(ics, &zone("Europe/Paris")?, date(2026, 3, 2), date(2026, 3, 15));
/// let starts: Vec<String> = read.times.spans().iter().map(|(start, _)| start.to_string()).collect();
/// assert_eq!(starts, ["2026-03-02T14:00:00Z", "2026-03-09T13:00:00Z"]); // New York changes its clocks between them
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
pub fn read_busy(
    bytes: &(impl AsRef<[u8]> + ?Sized),
    zone: &TimeZone,
    first: Date,
    last: Date,
) -> BusyRead {
    let File { calendars, zones, events, lists, unread } = file::read(bytes.as_ref(), zone, last);
    let mut read = BusyRead { calendars, unread, ..BusyRead::default() };
    let mut spans: Vec<(Timestamp, Timestamp)> = Vec::new();
    for list in &lists {
        let before = spans.len();
        let troubles = taken(list, &zones, &mut spans);
        read.events += usize::from(spans.len() > before);
        let unread = |(line, reason)| UnreadEvent {
            line,
            title: String::new(),
            reason,
            missed: Missed::Part,
        };
        read.unread.extend(troubles.into_iter().map(unread));
    }
    let mut budget = Budget::new();
    let (series, alone) = settle(events);
    for series in series {
        let event = &series.event;
        if event.free {
            read.free += 1;
        } else {
            read.events += 1;
            read.unread.extend(in_part(event, &event.troubles));
            match series.spans(first, last, &mut budget) {
                Ok(found) => spans.extend(found.iter().map(|span| (span.from, span.to))),
                Err(reason) => {
                    read.unread.extend(in_part(event, &[(event.line, reason)]));
                    spans.push(span_of(event));
                }
            }
        }
        spans.extend(series.instead.iter().filter_map(|event| single(event, &mut read.unread)));
    }
    for event in &alone {
        let span = single(event, &mut read.unread);
        read.events += usize::from(span.is_some());
        spans.extend(span);
    }
    let window = (
        resolve(zone, first.to_datetime(Time::midnight())).0,
        resolve(zone, civil::plus(last, 1).to_datetime(Time::midnight())).0,
    );
    let clipped = spans.into_iter().map(|(from, to)| (from.max(window.0), to.min(window.1)));
    read.times = clipped.collect();
    read.unread.sort_by_key(|unread| unread.line);
    read
}

/// The time that an event takes that takes another's place.
fn single(event: &Event, unread: &mut Vec<UnreadEvent>) -> Option<(Timestamp, Timestamp)> {
    if event.free || event.cancelled {
        return None;
    }
    unread.extend(in_part(event, &event.troubles));
    Some(span_of(event))
}

fn span_of(event: &Event) -> (Timestamp, Timestamp) {
    let span = event.first_span();
    (span.from, span.to)
}

fn in_part(event: &Event, troubles: &[Trouble]) -> impl Iterator<Item = UnreadEvent> {
    let unread = |(line, reason): &Trouble| UnreadEvent {
        line: *line,
        title: event.title.clone(),
        reason,
        missed: Missed::Part,
    };
    troubles.iter().map(unread)
}

/// What a list of times says (VFREEBUSY; RFC 5545, 3.6.4), and what of it could not be read.
fn taken(list: &Part, zones: &Zones, spans: &mut Vec<(Timestamp, Timestamp)>) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    for line in list.all("FREEBUSY") {
        if line.parameter("FBTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("FREE")) {
            continue;
        }
        for value in line.values() {
            let span = value.split_once('/').and_then(|(start, end)| {
                let start = When::read(start)?;
                let zone = match start {
                    When::Universal(_) => Zone::Known(TimeZone::UTC),
                    When::Day(_) | When::Wall(_) => zones.floating(list.calendar),
                };
                let from = zone.instant(start.wall());
                let length = period(start, end, &zone)?;
                let days = civil::plus(start.wall().date(), length.days);
                let to = zone.instant(days.to_datetime(start.wall().time()));
                Some((from, to.checked_add(length.exactly).ok()?))
            });
            match span {
                Some(span) => spans.push(span),
                None => troubles.push((line.line, "one of its times cannot be read")),
            }
        }
    }
    troubles
}

#[cfg(test)]
mod tests;
