//! The zones that events of a calendar file name.
//!
//! Knows IANA names, what calendars put before them, the names that Windows gives, and the zones that
//! a file describes itself. It must not know whose times are asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::described::Described;
use super::parts::Part;
use super::values::offset;
use super::windows;
use crate::calendar::zone::{any_zone, resolve};

/// How clocks go somewhere.
#[derive(Clone, Debug)]
pub(super) enum Zone {
    /// As this program knows it.
    Known(TimeZone),
    /// As the file says.
    Described(Rc<Described>),
}

impl Zone {
    /// The instant of what a clock shows; as D7 has it where clocks change.
    pub(super) fn instant(&self, wall: DateTime) -> Timestamp {
        match self {
            Self::Known(zone) => resolve(zone, wall).0,
            Self::Described(described) => described.instant(wall),
        }
    }

    /// What a clock shows at an instant.
    pub(super) fn wall(&self, instant: Timestamp) -> DateTime {
        match self {
            Self::Known(zone) => zone.to_datetime(instant),
            Self::Described(described) => described.wall(instant),
        }
    }
}

/// The zones of one file.
pub(super) struct Zones {
    /// That of the plan: whole days are its days.
    own: TimeZone,
    /// No event is asked for after this day.
    last: Date,
    /// What each calendar of the file names as its zone.
    calendars: BTreeMap<usize, String>,
    /// The descriptions in the file, by their names.
    descriptions: BTreeMap<String, Part>,
    /// What was looked up already.
    known: RefCell<BTreeMap<String, Option<Zone>>>,
}

impl Zones {
    pub(super) fn of(own: &TimeZone, last: Date) -> Self {
        Self {
            own: own.clone(),
            last,
            calendars: BTreeMap::new(),
            descriptions: BTreeMap::new(),
            known: RefCell::default(),
        }
    }

    /// Keeps what a calendar says of itself.
    pub(super) fn calendar(&mut self, calendar: usize, name: String) {
        self.calendars.entry(calendar).or_insert(name);
    }

    /// Keeps a description.
    pub(super) fn describe(&mut self, part: Part) {
        if let Some(name) = part.first("TZID") {
            self.descriptions.entry(name.text()).or_insert(part);
        }
    }

    /// The plan's.
    pub(super) fn own(&self) -> Zone {
        Zone::Known(self.own.clone())
    }

    /// That of a time without a zone: what the calendar names as its own, else the plan's.
    pub(super) fn floating(&self, calendar: usize) -> Zone {
        let named = self.calendars.get(&calendar).and_then(|name| self.named(name));
        named.unwrap_or_else(|| self.own())
    }

    /// The zone of that name.
    pub(super) fn named(&self, name: &str) -> Option<Zone> {
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        let found = self.look_up(name);
        self.known.borrow_mut().insert(name.to_owned(), found.clone());
        found
    }

    fn look_up(&self, name: &str) -> Option<Zone> {
        let name = name.trim();
        let part = self.descriptions.get(name);
        let place = part.and_then(|part| part.first("X-LIC-LOCATION"));
        let known = by_name(name).or_else(|| by_name(&place?.text()));
        known.map(Zone::Known).or_else(|| {
            let described = Described::read(part?, self.last)?;
            Some(Zone::Described(Rc::new(described)))
        })
    }
}

/// An IANA name, also behind what some calendars put before it, a name of Windows, or an offset.
fn by_name(name: &str) -> Option<TimeZone> {
    if let Some(place) = windows::place(name) {
        return any_zone(place);
    }
    let parts: Vec<&str> = name.trim_start_matches('/').split('/').collect();
    // `/mozilla.org/20050126_1/America/Argentina/Salta` has three parts to keep, most have two.
    let tails = (1..=3.min(parts.len())).rev().map(|kept| parts[parts.len() - kept..].join("/"));
    let mut tails = tails.filter(|tail| tail.contains('/') || tail == "UTC");
    any_zone(name).or_else(|| tails.find_map(|tail| any_zone(&tail))).or_else(|| by_offset(name))
}

/// `GMT+0200`, `UTC-5`, `+05:30`: an offset is enough here, an event says itself when it is.
fn by_offset(name: &str) -> Option<TimeZone> {
    let upper = name.to_ascii_uppercase();
    let text = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper);
    let text = text.trim();
    let (sign, digits) = text.split_at_checked(1)?;
    let padded = if digits.len() == 1 { format!("{sign}0{digits}") } else { text.to_owned() };
    let seconds = offset(&padded)?;
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_behind_what_calendars_put_before_it() {
        let name = |text: &str| by_name(text).and_then(|zone| zone.iana_name().map(str::to_owned));
        for text in [
            "Europe/Paris",
            "/mozilla.org/20050126_1/Europe/Paris",
            "/freeassociation.sourceforge.net/Europe/Paris",
            "Romance Standard Time",
        ] {
            assert_eq!(name(text).as_deref(), Some("Europe/Paris"), "{text}");
        }
        let salta = name("/mozilla.org/20050126_1/America/Argentina/Salta");
        assert_eq!(salta.as_deref(), Some("America/Argentina/Salta"));
        for text in ["", "Customized Time Zone", "Mars/Olympus", "(UTC+01:00) Paris", "+", "\u{e9}"]
        {
            assert_eq!(by_name(text), None, "{text}");
        }
    }

    #[test]
    fn an_offset_is_a_zone_for_an_event() {
        let noon = jiff::civil::date(2026, 7, 1).at(12, 0, 0, 0);
        for (name, instant) in [
            ("GMT+0200", "2026-07-01T10:00:00Z"),
            ("utc-5", "2026-07-01T17:00:00Z"),
            ("+05:30", "2026-07-01T06:30:00Z"),
            ("EST", "2026-07-01T17:00:00Z"),
            ("Etc/GMT-2", "2026-07-01T10:00:00Z"),
        ] {
            let zone = by_name(name).map(Zone::Known);
            assert_eq!(
                zone.map(|zone| zone.instant(noon).to_string()).as_deref(),
                Some(instant),
                "{name}"
            );
        }
    }
}
