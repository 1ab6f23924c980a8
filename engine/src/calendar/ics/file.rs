//! A calendar file as a whole: its events, its zones, its lists, and what could not be read.
//!
//! Knows how much of a file is read. It must not know what is asked of the events.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::event::Event;
use super::lines::plain;
use super::parts::{Found, Kind, Part, Parts};
use super::zones::Zones;
use super::{Missed, UnreadEvent};

/// More events than anybody has; what lies beyond them is told and not read.
const MOST_EVENTS: usize = 250_000;

/// What a file holds.
pub(super) struct File {
    /// How many calendars.
    pub(super) calendars: usize,
    pub(super) zones: Zones,
    pub(super) events: Vec<Event>,
    /// The lists of times that are taken.
    pub(super) lists: Vec<Part>,
    pub(super) unread: Vec<UnreadEvent>,
}

/// Reads a file. Zones are read first: they may stand behind the events that name them.
pub(super) fn read(bytes: &[u8], zone: &TimeZone, last: Date) -> File {
    let bytes = plain(bytes);
    let mut zones = Zones::of(zone, last);
    let mut parts = Parts::of(&bytes);
    for found in parts.by_ref() {
        match found {
            Found::Zone(calendar, name) => zones.calendar(calendar, name),
            Found::Part(part) if part.kind == Kind::Zone => zones.describe(part),
            Found::Part(_) => {}
        }
    }
    let whole =
        |line, reason| UnreadEvent { line, title: String::new(), reason, missed: Missed::File };
    let cut = parts.cut().filter(|_| parts.calendars > 0);
    let mut unread: Vec<UnreadEvent> = cut
        .map(|line| whole(line, "the file ends before its calendar does: it may be cut short"))
        .into_iter()
        .collect();
    let calendars = parts.calendars;
    let (mut events, mut lists) = (Vec::new(), Vec::new());
    for found in Parts::of(&bytes) {
        let Found::Part(part) = found else { continue };
        if events.len() + lists.len() == MOST_EVENTS {
            unread.push(whole(part.line, "only 250,000 events are read; nothing from here on is"));
            break;
        }
        match part.kind {
            Kind::FreeBusy => lists.push(part),
            Kind::Zone | Kind::Other => {}
            Kind::Event => match Event::read(&part, &zones) {
                Ok(event) => events.push(event),
                Err((line, reason)) => {
                    unread.push(UnreadEvent {
                        line,
                        title: part.title(),
                        reason,
                        missed: Missed::Event,
                    });
                }
            },
        }
    }
    // What was copied out of a calendar is one without saying so.
    let bare = calendars == 0 && !(events.is_empty() && lists.is_empty() && unread.is_empty());
    let calendars = if bare { 1 } else { calendars };
    File { calendars, zones, events, lists, unread }
}
