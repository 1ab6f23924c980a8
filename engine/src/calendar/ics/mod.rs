//! Days off from an iCalendar file: whole-day events, recurring ones too (D3); and in [`busy`] the
//! times that its events take.
//!
//! The `calcard` crate reads the file. It would also repeat events, but at the price of a second
//! copy of the zone data in the program; whole days know no zones, so [`rule`] repeats dates.

mod busy;
mod rule;
mod zones;

use std::collections::BTreeMap;

use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser, common::PartialDateTime};
use jiff::civil::Date;

pub use self::busy::{BusyRead, read_busy};
use self::rule::Budget;
use super::{DayRange, DaySet, civil};

/// What was found in a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DaysRead {
    /// The days of all whole-day events, under the events' titles.
    pub days: DaySet,
    /// How many whole-day events gave them; one that recurs counts once.
    pub events: usize,
    /// How many events have a time of day. They are appointments and no days off.
    pub timed: usize,
    /// Events that could not be read, each with the reason.
    pub unread: Vec<UnreadEvent>,
}

/// An event of a calendar file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadEvent {
    /// Its title as it stands in the file: words of people, perhaps empty.
    pub title: String,
    /// Why it could not be read.
    pub reason: &'static str,
}

/// Reads the days off between `first` and `last` from the text of an .ics file.
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
pub fn read_days_off(text: &str, first: Date, last: Date) -> DaysRead {
    let mut read = DaysRead::default();
    let (events, _) = events_of(text);
    let mut changed: BTreeMap<(String, Date), Event> = BTreeMap::new();
    let mut series = Vec::new();
    for component in &events {
        match Event::of(component) {
            Ok(None) => {}
            Ok(Some(event)) if !event.whole_day => read.timed += 1,
            Ok(Some(event)) => match event.replaces {
                Some(day) => {
                    changed.insert((event.uid.clone(), day), event);
                }
                None => series.push(event),
            },
            Err(reason) => read.unread.push(UnreadEvent { title: title(component), reason }),
        }
    }
    let mut budget = Budget::new();
    let mut ranges = Vec::new();
    for event in series {
        let from = civil::plus(first, -event.days);
        match event.starts(from, last, &mut budget) {
            Ok(starts) => {
                let kept = starts.into_iter().filter(|start| {
                    !event.left_out.contains(start)
                        && !changed.contains_key(&(event.uid.clone(), *start))
                });
                ranges.extend(kept.map(|start| event.range(start)));
                read.events += 1;
            }
            Err(reason) => read.unread.push(UnreadEvent { title: event.title, reason }),
        }
    }
    let replaced = changed.into_values().filter(|event| !event.cancelled);
    ranges.extend(replaced.map(|event| event.range(event.start)));
    read.days = ranges.into_iter().filter_map(|range| clipped(&range, first, last)).collect();
    read
}

/// The events of all calendars in a text, and the zones that they describe.
fn events_of(text: &str) -> (Vec<ICalendarComponent>, Vec<ICalendarComponent>) {
    let (mut events, mut zones) = (Vec::new(), Vec::new());
    let mut parser = Parser::new(text);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                for part in calendar.components {
                    if part.component_type == ICalendarComponentType::VEvent {
                        events.push(part);
                    } else if part.component_type == ICalendarComponentType::VTimezone {
                        zones.push(part);
                    }
                }
            }
            Entry::Eof => return (events, zones),
            Entry::VCard(_)
            | Entry::InvalidLine(_)
            | Entry::UnexpectedComponentEnd { .. }
            | Entry::UnterminatedComponent(_)
            | Entry::TooManyComponents
            | _ => {}
        }
    }
}

/// The part of `range` from `first` to `last`.
fn clipped(range: &DayRange, first: Date, last: Date) -> Option<DayRange> {
    let part = DayRange::new(range.first().max(first), range.last().min(last))?;
    Some(match range.label() {
        Some(label) => part.labelled(label),
        None => part,
    })
}

/// One event as far as days are concerned.
struct Event {
    uid: String,
    title: String,
    start: Date,
    /// How many days it lasts, at least 1.
    days: i64,
    whole_day: bool,
    cancelled: bool,
    rule: Option<ICalendarRecurrenceRule>,
    added: Vec<Date>,
    left_out: Vec<Date>,
    /// The day of the series whose place this event takes.
    replaces: Option<Date>,
}

impl Event {
    /// Reads a component; `None` for a cancelled event that takes nothing's place.
    fn of(component: &ICalendarComponent) -> Result<Option<Self>, &'static str> {
        let cancelled = component.status() == Some(&ICalendarStatus::Cancelled);
        let replaces = moments(component, &ICalendarProperty::RecurrenceId).next().and_then(day_of);
        if cancelled && replaces.is_none() {
            return Ok(None);
        }
        let moment = moments(component, &ICalendarProperty::Dtstart).next();
        let moment = moment.ok_or("it has no start")?;
        let start = day_of(moment).ok_or("its start is no date")?;
        let end_moment = moments(component, &ICalendarProperty::Dtend).next();
        let end = match end_moment {
            Some(end) => day_of(end).ok_or("its end is no date")?,
            None => civil::plus(start, length(component).unwrap_or(1)),
        };
        // Some programs write whole days from midnight to midnight.
        let to_midnight = is_midnight(moment) && end_moment.is_some_and(is_midnight) && end > start;
        Ok(Some(Self {
            uid: component.uid().unwrap_or_default().to_owned(),
            title: title(component),
            start,
            days: civil::days_between(start, end).max(1),
            whole_day: !moment.has_time() || to_midnight,
            cancelled,
            rule: rule_of(component),
            added: moments(component, &ICalendarProperty::Rdate).filter_map(day_of).collect(),
            left_out: moments(component, &ICalendarProperty::Exdate).filter_map(day_of).collect(),
            replaces,
        }))
    }

    /// The days between `first` and `last` on which it starts.
    fn starts(
        &self,
        first: Date,
        last: Date,
        budget: &mut Budget,
    ) -> Result<Vec<Date>, &'static str> {
        let mut starts = match &self.rule {
            Some(rule) => rule::expand(rule, self.start, first, last, budget)?,
            None => Vec::new(),
        };
        starts.push(self.start);
        starts.extend(&self.added);
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }

    fn range(&self, start: Date) -> DayRange {
        let last = civil::plus(start, self.days - 1);
        let range = DayRange::new(start, last).unwrap_or_else(|| DayRange::day(start));
        if self.title.trim().is_empty() { range } else { range.labelled(self.title.clone()) }
    }
}

fn rule_of(component: &ICalendarComponent) -> Option<ICalendarRecurrenceRule> {
    let value = component.property(&ICalendarProperty::Rrule)?.values.first()?;
    let ICalendarValue::RecurrenceRule(rule) = value else { return None };
    Some((**rule).clone())
}

fn title(component: &ICalendarComponent) -> String {
    let entry = component.property(&ICalendarProperty::Summary);
    let text = entry.and_then(|entry| entry.values.first()).and_then(ICalendarValue::as_text);
    text.unwrap_or_default().to_owned()
}

/// All dates and times of a property.
fn moments<'c>(
    component: &'c ICalendarComponent,
    property: &ICalendarProperty,
) -> impl Iterator<Item = &'c PartialDateTime> {
    component
        .entries
        .iter()
        .filter(move |entry| entry.name == *property)
        .flat_map(|entry| &entry.values)
        .filter_map(ICalendarValue::as_partial_date_time)
}

fn day_of(moment: &PartialDateTime) -> Option<Date> {
    let year = i16::try_from(moment.year?).ok()?;
    let (month, day) = (i8::try_from(moment.month?).ok()?, i8::try_from(moment.day?).ok()?);
    Date::new(year, month, day).ok()
}

fn is_midnight(moment: &PartialDateTime) -> bool {
    (moment.hour, moment.minute, moment.second.unwrap_or(0)) == (Some(0), Some(0), 0)
}

/// The days of a `DURATION`, begun ones in full.
fn length(component: &ICalendarComponent) -> Option<i64> {
    let entry = component.property(&ICalendarProperty::Duration)?;
    let ICalendarValue::Duration(duration) = entry.values.first()? else { return None };
    let seconds = duration.as_seconds();
    Some(seconds.div_euclid(86_400) + i64::from(seconds.rem_euclid(86_400) > 0))
        .filter(|days| *days > 0)
}

#[cfg(test)]
mod tests;
