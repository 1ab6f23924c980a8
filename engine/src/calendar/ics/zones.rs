//! The zones that events of a calendar file name.
//!
//! Knows IANA names, what calendars put before them, and the names that Windows gives. A zone that
//! only the file itself describes is not read: the event is left out, and said so.

use calcard::common::PartialDateTime;
use calcard::icalendar::{ICalendarComponent, ICalendarEntry, ICalendarProperty, ICalendarValue};
use jiff::tz::TimeZone;

use crate::calendar::zone::zone;

/// The zones of one file.
pub(super) struct Zones {
    /// What a time without a zone is in.
    own: TimeZone,
    /// The names of the file, each with the place that the file gives for it.
    named: Vec<(String, String)>,
}

/// What Windows calls the zones in which most calendars are kept (Unicode CLDR, windowsZones).
const WINDOWS: &[(&str, &str)] = &[
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("Arab Standard Time", "Asia/Riyadh"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Argentina Standard Time", "America/Argentina/Buenos_Aires"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Canada Central Standard Time", "America/Regina"),
    ("Cen. Australia Standard Time", "Australia/Adelaide"),
    ("Central America Standard Time", "America/Guatemala"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Central Standard Time", "America/Chicago"),
    ("Central Standard Time (Mexico)", "America/Mexico_City"),
    ("China Standard Time", "Asia/Shanghai"),
    ("E. Africa Standard Time", "Africa/Nairobi"),
    ("E. Australia Standard Time", "Australia/Brisbane"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Eastern Standard Time", "America/New_York"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("GMT Standard Time", "Europe/London"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("India Standard Time", "Asia/Kolkata"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Morocco Standard Time", "Africa/Casablanca"),
    ("Mountain Standard Time", "America/Denver"),
    ("Nepal Standard Time", "Asia/Kathmandu"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Pacific SA Standard Time", "America/Santiago"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Pakistan Standard Time", "Asia/Karachi"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("SA Pacific Standard Time", "America/Bogota"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("Taipei Standard Time", "Asia/Taipei"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("UTC", "Etc/UTC"),
    ("Coordinated Universal Time", "Etc/UTC"),
    ("W. Australia Standard Time", "Australia/Perth"),
    ("W. Central Africa Standard Time", "Africa/Lagos"),
    ("W. Europe Standard Time", "Europe/Berlin"),
];

impl Zones {
    /// The zones that the file's VTIMEZONE parts describe; `own` for times without one.
    pub(super) fn of(parts: &[ICalendarComponent], own: &TimeZone) -> Self {
        let text = |part: &ICalendarComponent, property: &ICalendarProperty| {
            let value = part.property(property)?.values.first()?;
            value.as_text().map(str::to_owned)
        };
        let place = |part: &ICalendarComponent| {
            let located = |entry: &&ICalendarEntry| matches!(&entry.name, ICalendarProperty::Other(name) if name.eq_ignore_ascii_case("X-LIC-LOCATION"));
            let entry = part.entries.iter().find(located)?;
            entry.values.first().and_then(ICalendarValue::as_text).map(str::to_owned)
        };
        let named = parts
            .iter()
            .filter_map(|part| Some((text(part, &ICalendarProperty::Tzid)?, place(part)?)));
        Self { own: own.clone(), named: named.collect() }
    }

    /// The zone that a time is in.
    pub(super) fn zone(
        &self,
        entry: &ICalendarEntry,
        moment: &PartialDateTime,
    ) -> Result<TimeZone, &'static str> {
        if moment.tz_hour.is_some() {
            return Ok(TimeZone::UTC);
        }
        let Some(name) = entry.tz_id() else { return Ok(self.own.clone()) };
        let name = name.trim().trim_matches('"');
        let located = self.named.iter().find(|(known, _)| known == name);
        let located = located.and_then(|(_, place)| by_name(place));
        by_name(name).or(located).ok_or("its time zone is not known")
    }
}

/// An IANA name, also behind what some calendars put before it, or a name of Windows.
fn by_name(name: &str) -> Option<TimeZone> {
    let windows = WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name));
    if let Some((_, place)) = windows {
        return zone(place).ok();
    }
    let parts: Vec<&str> = name.trim_start_matches('/').split('/').collect();
    // `/mozilla.org/20050126_1/America/Argentina/Salta` has three parts to keep, most have two.
    let tails = (1..=3.min(parts.len())).rev().map(|kept| parts[parts.len() - kept..].join("/"));
    zone(name).ok().or_else(|| {
        tails.filter(|tail| tail.contains('/') || tail == "UTC").find_map(|tail| zone(&tail).ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_names_lead_to_places_that_there_are() {
        for (windows, place) in WINDOWS {
            assert!(zone(place).is_ok(), "{windows}: {place}");
        }
    }

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
        for text in ["", "Customized Time Zone", "Mars/Olympus", "(UTC+01:00) Paris"] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
