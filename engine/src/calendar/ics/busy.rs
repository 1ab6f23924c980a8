//! Times that are taken, from the events of an iCalendar file.
//!
//! Knows zones of events, recurrence, and what makes an event take no time: it is cancelled, or its
//! owner says that they are free (TRANSP). It must not know whose calendar it is; titles are read
//! only to say which event could not be.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarProperty, ICalendarStatus, ICalendarTransparency,
    ICalendarValue,
};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::rule::{self, Budget};
use super::zones::Zones;
use super::{UnreadEvent, day_of, events_of, rule_of, title};
use crate::calendar::{BusyTimes, civil, zone::resolve};

/// What was found in a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BusyRead {
    /// The times that are taken.
    pub times: BusyTimes,
    /// How many events take time; one that recurs counts once.
    pub events: usize,
    /// How many take none: their owner says that they are free.
    pub free: usize,
    /// Events that could not be read, each with the reason.
    pub unread: Vec<UnreadEvent>,
}

/// Reads what is taken between the days `first` and `last` from the text of an .ics file. Times
/// without a zone, and whole days, are those of `zone`.
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
pub fn read_busy(text: &str, zone: &TimeZone, first: Date, last: Date) -> BusyRead {
    let mut read = BusyRead::default();
    let (events, zones) = events_of(text);
    let zones = Zones::of(&zones, zone);
    let mut changed: BTreeMap<String, Vec<(Moment, Event)>> = BTreeMap::new();
    let mut series = Vec::new();
    for component in &events {
        match Event::of(component, &zones) {
            Ok(None) => {}
            Ok(Some(event)) => match event.replaces.clone() {
                Some(moment) => {
                    changed.entry(event.uid.clone()).or_default().push((moment, event));
                }
                None if event.free => read.free += 1,
                None => series.push(event),
            },
            Err(reason) => read.unread.push(UnreadEvent { title: title(component), reason }),
        }
    }
    let mut budget = Budget::new();
    let mut spans = Vec::new();
    for event in series {
        let replaced = changed.get(&event.uid).map(Vec::as_slice).unwrap_or_default();
        match event.spans(first, last, &mut budget) {
            Ok(found) => {
                let stays = |span: &Span| {
                    !event.left_out.iter().any(|moment| moment.is(span))
                        && !replaced.iter().any(|(moment, _)| moment.is(span))
                };
                spans.extend(found.into_iter().filter(stays));
                read.events += 1;
            }
            Err(reason) => read.unread.push(UnreadEvent { title: event.title, reason }),
        }
    }
    let replacing = changed.into_values().flatten().map(|(_, event)| event);
    spans.extend(replacing.filter(|event| !event.free).filter_map(|event| event.span(event.start)));
    let window = (
        resolve(zone, first.to_datetime(Time::midnight())).0,
        resolve(zone, civil::plus(last, 1).to_datetime(Time::midnight())).0,
    );
    let clipped = spans.into_iter().map(|span| (span.from.max(window.0), span.to.min(window.1)));
    read.times = clipped.collect();
    read
}

/// One occurrence.
struct Span {
    /// Its day on the event's own calendar.
    day: Date,
    from: Timestamp,
    to: Timestamp,
}

/// A moment that names an occurrence.
#[derive(Clone, Debug, PartialEq)]
enum Moment {
    Day(Date),
    Instant(Timestamp),
}

impl Moment {
    fn is(&self, span: &Span) -> bool {
        match self {
            Self::Day(day) => *day == span.day,
            Self::Instant(instant) => *instant == span.from,
        }
    }
}

/// How long an event lasts.
#[derive(Clone, Copy, Debug)]
enum Length {
    Days(i64),
    Exactly(SignedDuration),
}

/// An event as far as time is concerned.
struct Event {
    uid: String,
    title: String,
    start: DateTime,
    zone: TimeZone,
    length: Length,
    /// It takes no time.
    free: bool,
    rule: Option<calcard::icalendar::ICalendarRecurrenceRule>,
    /// The last instant at which the rule may begin an occurrence.
    until: Option<Timestamp>,
    added: Vec<Date>,
    left_out: Vec<Moment>,
    replaces: Option<Moment>,
}

impl Event {
    /// Reads a component; `None` for an event that was called off and takes nothing's place.
    fn of(component: &ICalendarComponent, zones: &Zones) -> Result<Option<Self>, &'static str> {
        let cancelled = component.status() == Some(&ICalendarStatus::Cancelled);
        let (entry, moment) =
            first_of(component, &ICalendarProperty::Dtstart).ok_or("it has no start")?;
        let zone = zones.zone(entry, moment)?;
        let replaces = first_of(component, &ICalendarProperty::RecurrenceId)
            .map(|(entry, moment)| named(zones, entry, moment))
            .transpose()?;
        if cancelled && replaces.is_none() {
            return Ok(None);
        }
        let start = civil_of(moment).ok_or("its start is no date")?;
        let length = length(component, moment, start, &zone, zones)?;
        let mut left_out = Vec::new();
        for (entry, moment) in all_of(component, &ICalendarProperty::Exdate) {
            left_out.push(named(zones, entry, moment)?);
        }
        let mut rule = rule_of(component);
        let until = rule.as_mut().and_then(|rule| rule.until.take());
        let until = until.map(|until| last_begin(&until, &zone).ok_or("its last day is no date"));
        let transparent = ICalendarValue::Transparency(ICalendarTransparency::Transparent);
        let transparency = component.property(&ICalendarProperty::Transp);
        let free = transparency.is_some_and(|entry| entry.values.contains(&transparent));
        Ok(Some(Self {
            uid: component.uid().unwrap_or_default().to_owned(),
            title: title(component),
            start,
            zone,
            length,
            free: free || cancelled,
            rule,
            until: until.transpose()?,
            added: all_of(component, &ICalendarProperty::Rdate)
                .filter_map(|(_, moment)| day_of(moment))
                .collect(),
            left_out,
            replaces,
        }))
    }

    /// Its occurrences that touch the days from `first` to `last`, or nearly do: zones may lie a
    /// day apart.
    fn spans(
        &self,
        first: Date,
        last: Date,
        budget: &mut Budget,
    ) -> Result<Vec<Span>, &'static str> {
        let days = match self.length {
            Length::Days(days) => days,
            Length::Exactly(length) => length.as_hours() / 24 + 1,
        };
        let (first, last) = (civil::plus(first, -days - 2), civil::plus(last, 2));
        let day = self.start.date();
        let mut starts = match &self.rule {
            Some(rule) => rule::expand(rule, day, first, last, budget)?,
            None => Vec::new(),
        };
        starts.push(day);
        starts.extend(&self.added);
        starts.sort_unstable();
        starts.dedup();
        let wanted = |day: &Date| first <= *day && *day <= last;
        let spans = starts.into_iter().filter(wanted);
        let spans = spans.filter_map(|day| self.span(day.to_datetime(self.start.time())));
        Ok(spans.filter(|span| self.until.is_none_or(|until| span.from <= until)).collect())
    }

    /// The occurrence that begins at a civil time of its zone.
    fn span(&self, start: DateTime) -> Option<Span> {
        let from = resolve(&self.zone, start).0;
        let to = match self.length {
            Length::Days(days) => {
                let end = civil::plus(start.date(), days).to_datetime(start.time());
                resolve(&self.zone, end).0
            }
            Length::Exactly(length) => from.checked_add(length).ok()?,
        };
        Some(Span { day: start.date(), from, to })
    }
}

/// From its start to its end, its duration, or what RFC 5545 (3.6.1) says where there is neither: a
/// day for whole days, no time for a moment.
fn length(
    component: &ICalendarComponent,
    start: &PartialDateTime,
    begins: DateTime,
    zone: &TimeZone,
    zones: &Zones,
) -> Result<Length, &'static str> {
    let end = first_of(component, &ICalendarProperty::Dtend);
    if let Some((entry, end)) = end {
        let ends = civil_of(end).ok_or("its end is no date")?;
        if !start.has_time() {
            return Ok(Length::Days(civil::days_between(begins.date(), ends.date()).max(1)));
        }
        let (from, to) = (resolve(zone, begins).0, resolve(&zones.zone(entry, end)?, ends).0);
        let length = to.duration_since(from);
        if length.is_negative() {
            return Err("it ends before it begins");
        }
        return Ok(Length::Exactly(length));
    }
    let duration = component.property(&ICalendarProperty::Duration);
    let duration = duration.and_then(|entry| entry.values.first());
    let seconds = match duration {
        Some(ICalendarValue::Duration(duration)) => duration.as_seconds().max(0),
        _ => 0,
    };
    Ok(if start.has_time() {
        Length::Exactly(SignedDuration::from_secs(seconds))
    } else {
        Length::Days((seconds / 86_400).max(1))
    })
}

/// The last instant that an UNTIL allows: a day in full, or a moment.
fn last_begin(until: &PartialDateTime, zone: &TimeZone) -> Option<Timestamp> {
    let wall = civil_of(until)?;
    if !until.has_time() {
        let next = civil::plus(wall.date(), 1).to_datetime(Time::midnight());
        return resolve(zone, next).0.checked_sub(SignedDuration::from_secs(1)).ok();
    }
    let zone = if until.tz_hour.is_some() { &TimeZone::UTC } else { zone };
    Some(resolve(zone, wall).0)
}

/// The occurrence that a moment names.
fn named(
    zones: &Zones,
    entry: &ICalendarEntry,
    moment: &PartialDateTime,
) -> Result<Moment, &'static str> {
    let wall = civil_of(moment).ok_or("one of its dates is none")?;
    if !moment.has_time() {
        return Ok(Moment::Day(wall.date()));
    }
    Ok(Moment::Instant(resolve(&zones.zone(entry, moment)?, wall).0))
}

fn first_of<'c>(
    component: &'c ICalendarComponent,
    property: &ICalendarProperty,
) -> Option<(&'c ICalendarEntry, &'c PartialDateTime)> {
    all_of(component, property).next()
}

/// All dates and times of a property, each with the line that says its zone.
fn all_of<'c>(
    component: &'c ICalendarComponent,
    property: &ICalendarProperty,
) -> impl Iterator<Item = (&'c ICalendarEntry, &'c PartialDateTime)> {
    let entries = component.entries.iter().filter(move |entry| entry.name == *property);
    entries.flat_map(|entry| {
        entry
            .values
            .iter()
            .filter_map(ICalendarValue::as_partial_date_time)
            .map(move |m| (entry, m))
    })
}

/// What a clock on the wall shows; midnight for a day.
fn civil_of(moment: &PartialDateTime) -> Option<DateTime> {
    let part = |part: Option<u8>| i8::try_from(part.unwrap_or(0)).ok();
    // A leap second is the last one that clocks here have.
    let second = part(moment.second)?.min(59);
    let time = Time::new(part(moment.hour)?, part(moment.minute)?, second, 0).ok()?;
    Some(day_of(moment)?.to_datetime(time))
}

#[cfg(test)]
mod tests;
