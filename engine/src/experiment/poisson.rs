//! Rates of events over time: conversations booked, referrals given.

use super::special::{bounded_alpha, gamma_above, gamma_below};
use super::{Interval, Status};

/// Events in a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Exposure {
    /// How many events.
    pub events: u32,
    /// In how many days; days away are left out (D10). What is negative or not a number counts as
    /// no days at all.
    pub days: f64,
}

impl Exposure {
    /// `events` in `days`.
    #[must_use]
    pub const fn new(events: u32, days: f64) -> Self {
        Self { events, days }
    }

    /// The days, if there were any.
    pub(super) fn positive_days(self) -> Option<f64> {
        (self.days > 0.0 && self.days.is_finite()).then_some(self.days)
    }
}

/// The unit of a rate: 30 days, not a twelfth of a year.
pub const DAYS_OF_A_RATE: f64 = 30.0;

/// A rate per 30 days with its intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Events per 30 days; `None` without a day.
    pub estimate: Option<f64>,
    /// Garwood's exact interval.
    pub interval: Interval,
    /// Quantiles of the posterior Gamma(x + 1/2); the lower one is 0 without events.
    pub jeffreys: Interval,
    /// [`Status::NoData`] without a day, [`Status::EventsWithoutExposure`] when there were events
    /// in no time.
    pub status: Status,
}

/// The rate of events per 30 days with the exact interval of F. Garwood (1936): the true rates under
/// which neither as few nor as many events would be surprising. Its ends are quantiles of
/// Gamma(x) and Gamma(x + 1), which is half a chi-square with 2x and 2x + 2 degrees of freedom.
///
/// ```
/// use fortnight_engine::experiment::{Exposure, poisson_rate};
///
/// let booked = poisson_rate(Exposure::new(2, 14.0), 0.05);
/// assert!((booked.estimate.unwrap() - 4.29).abs() < 0.01);
/// assert!(booked.interval.low > 0.5 && booked.interval.high < 15.5);
/// ```
#[must_use]
pub fn poisson_rate(exposure: Exposure, alpha: f64) -> Rate {
    let events = f64::from(exposure.events);
    let Some(days) = exposure.positive_days() else {
        return Rate {
            estimate: None,
            interval: Interval::POSITIVE,
            jeffreys: Interval::POSITIVE,
            status: if exposure.events > 0 {
                Status::EventsWithoutExposure
            } else {
                Status::NoData
            },
        };
    };
    let tail = bounded_alpha(alpha) / 2.0;
    let unit = DAYS_OF_A_RATE / days;
    let low = |shape: f64| if exposure.events == 0 { 0.0 } else { gamma_below(shape, tail) * unit };
    Rate {
        estimate: Some(events * unit),
        interval: Interval { low: low(events), high: gamma_above(events + 1.0, tail) * unit },
        jeffreys: Interval { low: low(events + 0.5), high: gamma_above(events + 0.5, tail) * unit },
        status: Status::Ok,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_in_no_time_are_a_mistake() {
        let status = |events, days| poisson_rate(Exposure::new(events, days), 0.05).status;
        assert_eq!(status(0, 0.0), Status::NoData);
        assert_eq!(status(4, 0.0), Status::EventsWithoutExposure);
        assert_eq!(status(4, f64::NAN), Status::EventsWithoutExposure);
        assert_eq!(status(0, 14.0), Status::Ok);
    }

    #[test]
    fn no_event_in_a_cycle_still_has_an_upper_limit() {
        let got = poisson_rate(Exposure::new(0, 14.0), 0.05).interval;
        assert!(got.low <= 0.0 && (got.high - 7.904_741_687).abs() < 1e-8, "{got:?}");
    }
}
