//! One event of a calendar file, as far as time is concerned.
//!
//! Knows start, length, repetition and what is added to it, left out of it and moved. It must not
//! know whether anybody asks for times or for days. What it could not understand it keeps, each with
//! its line: an event that is read in part still takes what was understood.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

use super::lines::Property;
use super::parts::Part;
use super::recur::Rule;
use super::rule::{Budget, expand};
use super::values::{Length, When};
use super::zones::{Zone, Zones};
use crate::calendar::civil;

/// What could not be understood: the line, and why.
pub(super) type Trouble = (usize, &'static str);

/// One occurrence.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// When it begins, on a clock of its zone.
    pub(super) wall: DateTime,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

/// What names an occurrence of a series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    /// Its day.
    Day(Date),
    /// What the clock of the series shows.
    Wall(DateTime),
    /// When it is, and what the clock that it was told by shows.
    Instant(Timestamp, DateTime),
}

impl Moment {
    /// What the clock of a series in `zone` shows then.
    pub(super) fn wall_in(&self, zone: &Zone, start: DateTime) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(start.time()),
            Self::Wall(wall) => *wall,
            Self::Instant(instant, _) => zone.wall(*instant),
        }
    }
}

/// What an event takes the place of.
#[derive(Clone, Debug)]
pub(super) struct Replaced {
    pub(super) moment: Moment,
    /// All later ones too (`RANGE=THISANDFUTURE`).
    pub(super) later: bool,
}

impl Replaced {
    /// When the occurrence was.
    fn when(&self) -> When {
        match &self.moment {
            Moment::Day(day) => When::Day(*day),
            Moment::Wall(wall) => When::Wall(*wall),
            Moment::Instant(instant, _) => {
                When::Universal(jiff::tz::TimeZone::UTC.to_datetime(*instant))
            }
        }
    }
}

/// A time beside those of the rule.
#[derive(Clone, Debug)]
struct Added {
    start: DateTime,
    zone: Zone,
    length: Option<Length>,
}

/// An event.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) line: usize,
    pub(super) uid: String,
    pub(super) sequence: i64,
    pub(super) title: String,
    pub(super) start: DateTime,
    pub(super) zone: Zone,
    pub(super) length: Length,
    /// It lasts whole days, and has no zone but the plan's.
    pub(super) whole_days: bool,
    /// Its owner says that they are free.
    pub(super) free: bool,
    pub(super) cancelled: bool,
    rule: Option<Rule>,
    added: Vec<Added>,
    pub(super) left_out: Vec<Moment>,
    pub(super) replaces: Option<Replaced>,
    pub(super) troubles: Vec<Trouble>,
}

impl Event {
    /// Reads an event.
    ///
    /// # Errors
    ///
    /// Why it takes no time that could be told, and the line that says so.
    pub(super) fn read(part: &Part, zones: &Zones) -> Result<Self, Trouble> {
        let mut troubles = Vec::new();
        if part.open {
            troubles.push((part.line, "its END:VEVENT is missing"));
        }
        let status = part.first("STATUS").map(Property::text).unwrap_or_default();
        let cancelled = status.eq_ignore_ascii_case("CANCELLED");
        let replaces = part.first("RECURRENCE-ID").map(|property| {
            let later = property.parameter("RANGE");
            let later = later.is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
            let moment = moment(property, &property.value, part.calendar, zones, &mut troubles);
            moment.map(|moment| Replaced { moment, later })
        });
        let line = part.first("DTSTART");
        let start = line.and_then(|line| When::read(&line.value));
        let (line, start) = match (line, start, &replaces) {
            (Some(line), Some(start), _) => (line, start),
            // What is called off says no more than which occurrence it was.
            (None, None, Some(Some(place))) if cancelled => {
                let instead = part.first("RECURRENCE-ID").ok_or((part.line, "it has no start"))?;
                (instead, place.when())
            }
            (Some(line), None, _) => return Err((line.line, "its start is no date")),
            (None, _, _) => return Err((part.line, "it has no start")),
        };
        let zone = zone_of(line, start, part.calendar, zones, &mut troubles);
        let length = length(part, start, &zone, zones, &mut troubles)?;
        let mut event = Self {
            line: part.line,
            uid: part.first("UID").map(Property::text).unwrap_or_default(),
            sequence: part.first("SEQUENCE").and_then(|it| it.value.parse().ok()).unwrap_or(0),
            title: part.title(),
            start: start.wall(),
            zone,
            length,
            whole_days: start.is_day(),
            free: free(part),
            cancelled,
            rule: None,
            added: Vec::new(),
            left_out: Vec::new(),
            replaces: replaces.flatten(),
            troubles: Vec::new(),
        };
        for property in part.all("RRULE") {
            match Rule::read(&property.value) {
                Ok(rule) => event.rule = Some(rule),
                Err(reason) => troubles.push((property.line, reason)),
            }
        }
        for property in part.all("EXDATE") {
            for value in property.values() {
                let moment = moment(property, value, part.calendar, zones, &mut troubles);
                event.left_out.extend(moment);
            }
        }
        for property in part.all("RDATE") {
            for value in property.values() {
                let added = added(property, value, part.calendar, zones, &mut troubles);
                event.added.extend(added);
            }
        }
        event.troubles = troubles;
        Ok(event)
    }

    /// Its occurrences that touch the days from `first` to `last`, or nearly do: zones may lie a
    /// day apart. Those that are left out are among them.
    pub(super) fn spans(
        &self,
        first: Date,
        last: Date,
        budget: &mut Budget,
    ) -> Result<Vec<Span>, &'static str> {
        let (first, last) = (civil::plus(first, -self.length.covered() - 2), civil::plus(last, 2));
        let mut starts = match &self.rule {
            Some(rule) => expand(rule, self.start, self.whole_days, first, last, budget)?,
            None => Vec::new(),
        };
        let until = self.rule.as_ref().and_then(|rule| rule.until);
        // The start is an occurrence whatever the rule says (3.8.5.3), but for a rule that ended
        // before it: so programs write a series of which everything was deleted.
        starts.push(self.start);
        starts.retain(|start| self.before(*start, until));
        starts.sort_unstable();
        starts.dedup();
        let wanted = |start: DateTime| first <= start.date() && start.date() <= last;
        let mut spans: Vec<Span> = starts
            .into_iter()
            .filter(|start| wanted(*start))
            .map(|start| span(start, &self.zone, self.length))
            .collect();
        for added in &self.added {
            let length = added.length.unwrap_or(self.length);
            let start = if self.whole_days {
                added.start.date().to_datetime(self.start.time())
            } else {
                added.start
            };
            let zone = if self.whole_days { &self.zone } else { &added.zone };
            let span = span(start, zone, length);
            if wanted(span.wall) {
                // The names of occurrences are told by the clock of the series.
                spans.push(Span { wall: self.zone.wall(span.from), ..span });
            }
        }
        spans.sort_unstable_by_key(|span| (span.from, span.to));
        spans.dedup_by_key(|span| (span.from, span.to));
        Ok(spans)
    }

    /// True where the rule has not ended.
    fn before(&self, start: DateTime, until: Option<When>) -> bool {
        match until {
            None => true,
            Some(When::Day(day)) => start.date() <= day,
            Some(until) if self.whole_days => start.date() <= until.wall().date(),
            Some(When::Wall(until)) => start <= until,
            Some(When::Universal(until)) => {
                let until = Zone::Known(jiff::tz::TimeZone::UTC).instant(until);
                self.zone.instant(start) <= until
            }
        }
    }

    /// Its first occurrence.
    pub(super) fn first_span(&self) -> Span {
        span(self.start, &self.zone, self.length)
    }

    /// The occurrence of a series that this event and all later ones take the place of, moved as
    /// this one is: `from` is what the clock of the series showed for the first of them.
    pub(super) fn moved(&self, span: &Span, from: DateTime) -> Option<Span> {
        let by = self.start.duration_since(from);
        Some(self::span(span.wall.checked_add(by).ok()?, &self.zone, self.length))
    }

    /// How far the event and all later ones are moved, in days, begun ones in full.
    pub(super) fn days_moved(&self, from: DateTime) -> i64 {
        (self.start.duration_since(from).as_hours() / 24).abs() + 1
    }
}

/// The occurrence that begins at a civil time of its zone.
fn span(start: DateTime, zone: &Zone, length: Length) -> Span {
    let from = zone.instant(start);
    let end = if length.days == 0 {
        from
    } else {
        zone.instant(civil::plus(start.date(), length.days).to_datetime(start.time()))
    };
    let to = end.checked_add(length.exactly).unwrap_or(Timestamp::MAX);
    Span { wall: start, from, to }
}

/// True where its owner says that they are free: by TRANSP, or as Outlook says it.
fn free(part: &Part) -> bool {
    let says = |name: &str, words: &[&str]| {
        let value = part.first(name).map(Property::text).unwrap_or_default();
        words.iter().any(|word| word.eq_ignore_ascii_case(&value))
    };
    says("TRANSP", &["TRANSPARENT"])
        || says("X-MICROSOFT-CDO-BUSYSTATUS", &["FREE", "WORKINGELSEWHERE"])
}

/// From its start to its end, its duration, or what RFC 5545 (3.6.1) says where there is neither: a
/// day for whole days, no time for a moment.
fn length(
    part: &Part,
    start: When,
    zone: &Zone,
    zones: &Zones,
    troubles: &mut Vec<Trouble>,
) -> Result<Length, Trouble> {
    let exactly = |exactly: SignedDuration| Length { days: 0, exactly };
    let days = |days: i64| Length { days: days.max(1), exactly: SignedDuration::ZERO };
    if let Some(line) = part.first("DTEND") {
        let Some(end) = When::read(&line.value) else {
            return whole_day_or(start, line.line, "its end is no date", troubles);
        };
        if start.is_day() {
            return Ok(days(civil::days_between(start.wall().date(), end.wall().date())));
        }
        let ends = zone_of(line, end, part.calendar, zones, troubles).instant(end.wall());
        let length = ends.duration_since(zone.instant(start.wall()));
        if length.is_negative() {
            return Err((line.line, "it ends before it begins"));
        }
        return Ok(exactly(length));
    }
    let Some(line) = part.first("DURATION") else {
        return Ok(if start.is_day() { days(1) } else { Length::default() });
    };
    match Length::read(&line.value) {
        Some(length) if start.is_day() => {
            let begun = i64::from(length.exactly.as_secs() % 86_400 > 0);
            Ok(days(length.days.saturating_add(length.exactly.as_hours() / 24 + begun)))
        }
        Some(length) => Ok(length),
        None => whole_day_or(start, line.line, "its length cannot be read", troubles),
    }
}

/// A whole day is one at least; how long a moment lasts nobody knows.
fn whole_day_or(
    start: When,
    line: usize,
    reason: &'static str,
    troubles: &mut Vec<Trouble>,
) -> Result<Length, Trouble> {
    if !start.is_day() {
        return Err((line, reason));
    }
    troubles.push((line, reason));
    Ok(Length { days: 1, exactly: SignedDuration::ZERO })
}

/// The zone that a time is in. One that nobody knows is taken for the plan's, and said so: an event
/// at about that time is nearer to the truth than none.
fn zone_of(
    line: &Property,
    when: When,
    calendar: usize,
    zones: &Zones,
    troubles: &mut Vec<Trouble>,
) -> Zone {
    match (when, line.parameter("TZID")) {
        (When::Day(_), _) => zones.own(),
        (When::Universal(_), _) => Zone::Known(jiff::tz::TimeZone::UTC),
        (When::Wall(_), None | Some("")) => zones.floating(calendar),
        (When::Wall(_), Some(name)) => zones.named(name).unwrap_or_else(|| {
            let trouble = (line.line, "its time zone is not known; yours is taken");
            if !troubles.iter().any(|(_, reason)| *reason == trouble.1) {
                troubles.push(trouble);
            }
            zones.own()
        }),
    }
}

/// The occurrence that a value names.
fn moment(
    line: &Property,
    value: &str,
    calendar: usize,
    zones: &Zones,
    troubles: &mut Vec<Trouble>,
) -> Option<Moment> {
    let Some(when) = When::read(value) else {
        troubles.push((line.line, "one of its dates is none"));
        return None;
    };
    Some(match when {
        When::Day(day) => Moment::Day(day),
        When::Wall(wall) if line.parameter("TZID").is_none() => Moment::Wall(wall),
        When::Wall(wall) | When::Universal(wall) => {
            let zone = zone_of(line, when, calendar, zones, troubles);
            Moment::Instant(zone.instant(wall), wall)
        }
    })
}

/// A time or a stretch of time that a value adds.
fn added(
    line: &Property,
    value: &str,
    calendar: usize,
    zones: &Zones,
    troubles: &mut Vec<Trouble>,
) -> Option<Added> {
    let (start, end) = value.split_once('/').map_or((value, None), |(from, to)| (from, Some(to)));
    let read = When::read(start).and_then(|start| {
        let zone = zone_of(line, start, calendar, zones, troubles);
        let length = match end {
            None => None,
            Some(end) => Some(period(start, end, &zone)?),
        };
        Some(Added { start: start.wall(), zone, length })
    });
    if read.is_none() {
        troubles.push((line.line, "one of its dates is none"));
    }
    read
}

/// What lies behind the slash of a period: an end in the same zone, or a length (3.3.9).
pub(super) fn period(start: When, end: &str, zone: &Zone) -> Option<Length> {
    if let Some(length) = Length::read(end) {
        return Some(length);
    }
    let end = match When::read(end)? {
        When::Universal(end) => Zone::Known(jiff::tz::TimeZone::UTC).instant(end),
        When::Day(_) => return None,
        When::Wall(end) => zone.instant(end),
    };
    let exactly = end.duration_since(zone.instant(start.wall()));
    (!exactly.is_negative()).then_some(Length { days: 0, exactly })
}
