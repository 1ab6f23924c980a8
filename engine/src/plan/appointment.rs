//! Appointments: the only things in a plan that are instants (D1).
//!
//! A time agreed on with somebody is a time on the wall of the place where it was agreed. It is kept
//! with that zone and with the offset that was expected: so it stays the same moment when the seeker
//! moves to another zone, and it keeps its time on the wall when the rules for clocks change, which
//! the offset gives away (R15, R16).

use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::{DateTimeParser, DateTimePrinter};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

use super::situation::Situation;
use crate::calendar;
use crate::people::EntryId;
use crate::playbook::{FieldKind, Id, Outcome};

/// A time agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// What a clock on the wall shows there.
    pub wall: DateTime,
    /// The IANA name of the zone; none in old records, which mean the plan's own.
    pub zone: Option<String>,
    /// The offset that was expected when it was recorded.
    pub offset: Option<Offset>,
}

/// An appointment that keeps its time on the wall, though the rules for clocks have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Whose it is.
    pub entry: EntryId,
    /// The outcome that recorded it.
    pub outcome: Id,
    /// What a clock on the wall shows.
    pub wall: DateTime,
    /// The zone of that wall.
    pub zone: String,
    /// By how much the moment moved; negative where it is earlier now.
    pub by: SignedDuration,
}

impl Appointment {
    /// Reads `2026-03-12T15:00+01:00[Europe/Paris]`, or `2026-03-12T15:00` (also with a day alone)
    /// from a record that named no zone.
    ///
    /// ```
    /// use fortnight_engine::plan::Appointment;
    /// let talk = Appointment::read("2026-03-12T15:00+01:00[Europe/Paris]").expect("a time");
    /// assert_eq!(talk.instant("Asia/Tokyo").to_string(), "2026-03-12T14:00:00Z");
    /// assert_eq!(talk.seen_in("Asia/Tokyo").to_string(), "2026-03-12T23:00:00");
    /// assert_eq!(talk.moved(), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        static PARSER: DateTimeParser = DateTimeParser::new();
        let text = text.trim();
        let (Some((_, zone)), Some(bare)) = (text.split_once('['), text.split('[').next()) else {
            let wall = text.parse::<DateTime>().ok();
            let wall = wall.or_else(|| Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0)))?;
            return Some(Self { wall, zone: None, offset: None });
        };
        let wall = bare.parse::<DateTime>().ok()?;
        let instant = PARSER.parse_timestamp(bare).ok()?;
        let offset = wall.to_zoned(TimeZone::UTC).ok()?.timestamp().duration_since(instant);
        let offset = Offset::try_from(offset).ok();
        let zone = zone.strip_suffix(']')?;
        let zone = calendar::zone(zone).ok()?.iana_name()?.to_owned();
        Some(Self { wall, zone: Some(zone), offset })
    }

    /// What a clock in the zone of that name shows, as it will be by the rules known now; a time
    /// that the clocks skip is moved later by the gap (D7).
    pub fn on_the_wall(wall: DateTime, zone: &str) -> Option<Self> {
        let known = calendar::zone(zone).ok()?;
        let (instant, _) = calendar::resolve(&known, wall);
        let zoned = instant.to_zoned(known);
        Some(Self {
            wall: zoned.datetime(),
            zone: Some(zone.to_owned()),
            offset: Some(zoned.offset()),
        })
    }

    /// As it is kept: RFC 9557 with the zone it was agreed in.
    pub fn text(&self) -> String {
        static PRINTER: DateTimePrinter = DateTimePrinter::new();
        let wall = self.wall.strftime("%Y-%m-%dT%H:%M");
        match (&self.zone, self.offset) {
            (Some(zone), Some(offset)) => {
                let zoned = TimeZone::fixed(offset).to_ambiguous_zoned(self.wall).compatible();
                let shown = zoned.map(|zoned: Zoned| {
                    PRINTER.timestamp_with_offset_to_string(&zoned.timestamp(), offset)
                });
                match shown.ok().and_then(|text| text.get(19..).map(str::to_owned)) {
                    Some(offset) => format!("{wall}{offset}[{zone}]"),
                    None => wall.to_string(),
                }
            }
            _ => wall.to_string(),
        }
    }

    /// When it is, by the rules known now; `plan_zone` for records that named no zone.
    pub fn instant(&self, plan_zone: &str) -> Timestamp {
        let zone = calendar::zone(self.zone.as_deref().unwrap_or(plan_zone));
        calendar::resolve(&zone.unwrap_or(TimeZone::UTC), self.wall).0
    }

    /// What a clock in another zone shows then.
    pub fn seen_in(&self, plan_zone: &str) -> DateTime {
        if self.zone.as_deref().is_none_or(|zone| zone == plan_zone) {
            return self.wall;
        }
        calendar::zone(plan_zone)
            .map_or(self.wall, |zone| zone.to_datetime(self.instant(plan_zone)))
    }

    /// By how much the moment differs from the one that was expected when it was recorded: the
    /// rules for clocks have changed since. None where nothing changed.
    pub fn moved(&self) -> Option<SignedDuration> {
        let zone = calendar::zone(self.zone.as_deref()?).ok()?;
        self.moved_by_rules(&zone)
    }

    fn moved_by_rules(&self, rules: &TimeZone) -> Option<SignedDuration> {
        let expected = self.offset?.to_timestamp(self.wall).ok()?;
        let (now, _) = calendar::resolve(rules, self.wall);
        let by = now.duration_since(expected);
        (!by.is_zero()).then_some(by)
    }
}

/// The fields of an outcome that are appointments.
fn moments(outcome: &Outcome) -> impl Iterator<Item = &Id> {
    let fields = outcome.fields.iter();
    fields.filter(|field| field.kind == FieldKind::Datetime).map(|field| &field.id)
}

/// Appointments that are still to come and whose moment is another one than was expected when they
/// were recorded, because the rules for clocks have changed since (R15). Their time on the wall
/// stays.
pub fn moved_by_new_rules(situation: &Situation<'_>) -> Vec<Moved> {
    let playbook = situation.playbook;
    let mut found = Vec::new();
    for cycle in situation.state.cycles.values() {
        for (entry, happenings) in &cycle.happenings {
            for outcome in &playbook.outcomes {
                let standing = happenings.standing(playbook, &outcome.id, situation.today());
                let Some(standing) = standing else { continue };
                for field in moments(outcome) {
                    let read = standing.fields.get(field).and_then(|w| Appointment::read(w.raw()));
                    let Some(appointment) = read else { continue };
                    let coming = appointment.instant(&situation.state.zone) > situation.now.instant;
                    let (Some(by), true) = (appointment.moved(), coming) else { continue };
                    found.push(Moved {
                        entry: *entry,
                        outcome: outcome.id.clone(),
                        wall: appointment.wall,
                        zone: appointment.zone.unwrap_or_default(),
                        by,
                    });
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_kept_reads_back() {
        for (wall, zone, text) in [
            (
                date(2026, 3, 12).at(15, 0, 0, 0),
                "Europe/Paris",
                "2026-03-12T15:00+01:00[Europe/Paris]",
            ),
            (
                date(2026, 7, 1).at(9, 30, 0, 0),
                "Asia/Kathmandu",
                "2026-07-01T09:30+05:45[Asia/Kathmandu]",
            ),
            (
                date(2026, 7, 1).at(9, 30, 0, 0),
                "America/New_York",
                "2026-07-01T09:30-04:00[America/New_York]",
            ),
            (date(2026, 7, 1).at(9, 30, 0, 0), "UTC", "2026-07-01T09:30+00:00[UTC]"),
            // 02:30 is skipped that night, and moves later by the gap.
            (
                date(2026, 3, 29).at(2, 30, 0, 0),
                "Europe/Paris",
                "2026-03-29T03:30+02:00[Europe/Paris]",
            ),
        ] {
            let appointment = Appointment::on_the_wall(wall, zone).unwrap();
            assert_eq!(appointment.text(), text);
            assert_eq!(Appointment::read(text), Some(appointment.clone()));
            assert_eq!(appointment.moved(), None);
        }
    }

    #[test]
    fn old_records_are_in_the_plans_zone() {
        let old = Appointment::read("2026-03-12T15:00").unwrap();
        assert_eq!(old.instant("Europe/Paris").to_string(), "2026-03-12T14:00:00Z");
        assert_eq!(old.seen_in("Asia/Tokyo"), old.wall);
        assert_eq!((old.text(), old.moved()), ("2026-03-12T15:00".to_owned(), None));
        assert_eq!(Appointment::read("2026-03-12").unwrap().wall, date(2026, 3, 12).at(0, 0, 0, 0));
        for wrong in ["", "soon", "2026-03-12T15:00+01:00[Mars/Olympus]", "2026-03-12T15:00["] {
            assert_eq!(Appointment::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn new_rules_keep_the_time_on_the_wall_and_move_the_moment() {
        // R15: recorded under rules with summer time; the new rules (POSIX) have none.
        let talk = Appointment::read("2026-07-01T15:00+02:00[Europe/Paris]").unwrap();
        let without = TimeZone::posix("CET-1").unwrap();
        assert_eq!(talk.moved_by_rules(&without), Some(SignedDuration::from_hours(1)));
        let paris = calendar::zone("Europe/Paris").unwrap();
        assert_eq!(talk.moved_by_rules(&paris), None);
        let winter = Appointment::read("2026-01-07T15:00+01:00[Europe/Paris]").unwrap();
        assert_eq!(winter.moved_by_rules(&without), None, "nothing changes in winter");
        // Another hour of summer time, as a country may decide.
        let double = TimeZone::posix("CET-1CEST-3,M3.5.0,M10.5.0/3").unwrap();
        assert_eq!(talk.moved_by_rules(&double), Some(SignedDuration::from_hours(-1)));
    }
}
