//! The moment of asking, in the plan's own civil days.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// The moment a command was given: read once by the host and passed down (F2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The instant.
    pub instant: Timestamp,
    /// The plan's civil day at that instant (D1).
    pub date: Date,
    /// The plan's time of day at that instant.
    pub time: Time,
}

impl Now {
    /// That instant as a plan in `zone` sees it.
    ///
    /// ```
    /// use fortnight_engine::plan::Now;
    /// use jiff::{civil::date, tz::TimeZone};
    /// let paris = TimeZone::get("Europe/Paris").expect("bundled");
    /// let now = Now::new("2026-03-01T23:30:00Z".parse().expect("an instant"), &paris);
    /// assert_eq!(now.date, date(2026, 3, 2));
    /// ```
    pub fn new(instant: Timestamp, zone: &TimeZone) -> Self {
        let civil = zone.to_datetime(instant);
        Self { instant, date: civil.date(), time: civil.time() }
    }
}
