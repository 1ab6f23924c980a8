//! The parts of an iCalendar file: events, descriptions of zones, lists of times that are taken.
//!
//! Knows `BEGIN` and `END`, and what files look like in which one of them is missing. It must not
//! know what the lines of a part mean. Only lines that somebody asks for are kept, so a file of any
//! size costs what its events cost.

use super::lines::{Lines, Property};

/// The lines that matter to a calendar of times.
const KEPT: [&str; 21] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "UID",
    "SEQUENCE",
    "SUMMARY",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "FREEBUSY",
    "TZID",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "X-LIC-LOCATION",
    "X-WR-TIMEZONE",
    "BEGIN",
    "END",
];

/// Kinds of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// VEVENT
    Event,
    /// VFREEBUSY
    FreeBusy,
    /// VTIMEZONE
    Zone,
    /// A part that takes no time: VTODO, VJOURNAL and others.
    Other,
}

impl Kind {
    /// What opens a part of its own, wherever it stands; anything else is part of a part.
    fn of(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "VEVENT" => Some(Self::Event),
            "VFREEBUSY" => Some(Self::FreeBusy),
            "VTIMEZONE" => Some(Self::Zone),
            "VTODO" | "VJOURNAL" | "VAVAILABILITY" => Some(Self::Other),
            _ => None,
        }
    }
}

/// One part of a calendar.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The line of its `BEGIN`.
    pub(super) line: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Which calendar of the file it is in, from 1.
    pub(super) calendar: usize,
    /// Its own lines.
    pub(super) properties: Vec<Property>,
    /// The parts of a zone's description: STANDARD and DAYLIGHT.
    pub(super) observances: Vec<Vec<Property>>,
    /// Its `END` is missing.
    pub(super) open: bool,
}

impl Part {
    /// The first line of that name.
    pub(super) fn first(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// All lines of that name.
    pub(super) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// Its title as it stands in the file.
    pub(super) fn title(&self) -> String {
        self.first("SUMMARY").map(Property::text).unwrap_or_default()
    }
}

/// What a file consists of.
#[derive(Debug)]
pub(super) enum Found {
    /// A part.
    Part(Part),
    /// The zone that a calendar names as its own (`X-WR-TIMEZONE`), with the calendar's number.
    Zone(usize, String),
}

/// The parts of a file in their order.
pub(super) struct Parts<'b> {
    lines: Lines<'b>,
    /// How many calendars have begun.
    pub(super) calendars: usize,
    /// A calendar has begun and not ended.
    inside: bool,
    part: Option<Part>,
    /// What is open within the part.
    nested: Vec<String>,
}

impl<'b> Parts<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self {
            lines: Lines::of(bytes),
            calendars: 0,
            inside: false,
            part: None,
            nested: Vec::new(),
        }
    }

    /// After the last part: the line at which the file ends too early, if it does.
    pub(super) fn cut(&self) -> Option<usize> {
        self.inside.then_some(self.lines.line)
    }

    fn begin(&mut self, property: &Property) -> Option<Part> {
        let name = property.value.as_str();
        if name.eq_ignore_ascii_case("VCALENDAR") {
            self.calendars += 1;
            self.inside = true;
            return self.end_part(true);
        }
        let Some(kind) = Kind::of(name) else {
            if let Some(part) = &mut self.part {
                if part.kind == Kind::Zone && self.nested.is_empty() {
                    part.observances.push(Vec::new());
                }
                self.nested.push(name.to_ascii_uppercase());
            }
            return None;
        };
        let before = self.end_part(true);
        self.part = Some(Part {
            line: property.line,
            kind,
            calendar: self.calendars,
            properties: Vec::new(),
            observances: Vec::new(),
            open: false,
        });
        before
    }

    fn end(&mut self, name: &str) -> Option<Part> {
        if name.eq_ignore_ascii_case("VCALENDAR") {
            self.inside = false;
            return self.end_part(true);
        }
        let kind = Kind::of(name);
        if kind.is_some() && kind == self.part.as_ref().map(|part| part.kind) {
            return self.end_part(false);
        }
        let name = name.to_ascii_uppercase();
        if let Some(at) = self.nested.iter().rposition(|open| *open == name) {
            self.nested.truncate(at);
        }
        None
    }

    /// The part that ends here; `early` where something else than its own `END` ends it.
    fn end_part(&mut self, early: bool) -> Option<Part> {
        self.nested.clear();
        self.part.take().map(|part| Part { open: early, ..part })
    }

    fn keep(&mut self, property: Property) -> Option<Found> {
        match &mut self.part {
            Some(part) if self.nested.is_empty() => part.properties.push(property),
            Some(Part { kind: Kind::Zone, observances, .. }) => {
                observances.last_mut()?.push(property);
            }
            None if property.name == "X-WR-TIMEZONE" => {
                return Some(Found::Zone(self.calendars, property.text()));
            }
            Some(_) | None => {}
        }
        None
    }
}

impl Iterator for Parts<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some(property) = self.lines.next() {
            if !KEPT.contains(&property.name.as_str()) {
                continue;
            }
            let found = match property.name.as_str() {
                "BEGIN" => self.begin(&property).map(Found::Part),
                "END" => self.end(&property.value).map(Found::Part),
                _ => self.keep(property),
            };
            if found.is_some() {
                return found;
            }
        }
        self.end_part(true).map(Found::Part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, Kind, usize, bool)], cut: Option<usize>) {
        let mut parts = Parts::of(text.as_bytes());
        let mut found = Vec::new();
        for part in parts.by_ref() {
            if let Found::Part(part) = part {
                found.push((part.line, part.kind, part.properties.len(), part.open));
            }
        }
        assert_eq!((found.as_slice(), parts.cut()), (expected, cut), "{text}");
    }

    #[test]
    fn lines_belong_to_the_part_around_them() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:1\nBEGIN:VALARM\nDURATION:PT5M\nEND:VALARM\n\
                    DTEND:2\nDESCRIPTION:x\nEND:VEVENT\nBEGIN:VTODO\nDTSTART:3\nEND:VTODO\nEND:VCALENDAR\n";
        check(text, &[(2, Kind::Event, 2, false), (10, Kind::Other, 1, false)], None);
    }

    #[test]
    fn a_missing_end_costs_no_more_than_its_part() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:1\nBEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nEND:VCALENDAR";
        check(text, &[(2, Kind::Event, 1, true), (4, Kind::Event, 0, false)], None);
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:1\nDTEND";
        check(text, &[(2, Kind::Event, 2, true)], Some(4));
        check("BEGIN:VCALENDAR\nEND:VEVENT\n", &[], Some(2));
        check("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR", &[], None);
    }
}
