//! The ratio of two rates of events over time.

use super::fisher::twice_the_smaller;
use super::mass::{Binomial, Unimodal};
use super::special::{beta_above, beta_at_most, beta_below, bounded_alpha};
use super::{Exposure, Interval, Status};

/// The ratio of two rates, B over A.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// The raw ratio, infinite when only B had events; `None` without events or without days.
    pub estimate: Option<f64>,
    /// The exact conditional interval.
    pub interval: Interval,
    /// The interval of the posterior, with 0 when B had no event and no end when A had none.
    pub jeffreys: Interval,
    /// The plain quantiles of the posterior; `None` when a side has no days.
    pub quantiles: Option<Interval>,
    /// The probability that the rate of B is the larger one, under the same posterior.
    pub b_above_a: Option<f64>,
    /// Twice the smaller exact one-sided p-value of "equal rates".
    pub central: f64,
    /// The same with half of the observed probability taken off each side.
    pub mid_central: f64,
    /// [`Status::NoData`] when a side has no days, [`Status::NoEvents`] when nothing happened.
    pub status: Status,
}

/// The ratio of two Poisson rates. Given how many events there were together, those of B are
/// binomial, and the odds of that binomial are the ratio times the ratio of the days; so the exact
/// interval is the one of C. J. Clopper and E. S. Pearson (1934) turned into odds (J. Przyborowski
/// and H. Wilenski, 1940). The posterior uses Gamma(x + 1/2, days) on both sides, whose ratio is
/// the odds of a beta variable.
///
/// ```
/// use fortnight_engine::experiment::{Exposure, rate_ratio};
///
/// let got = rate_ratio(Exposure::new(2, 14.0), Exposure::new(6, 14.0), 0.05);
/// assert_eq!(got.estimate, Some(3.0));
/// assert!(got.interval.low < 1.0 && got.interval.high > 1.0);
/// ```
#[must_use]
pub fn rate_ratio(a: Exposure, b: Exposure, alpha: f64) -> RateRatio {
    let (Some(days_a), Some(days_b)) = (a.positive_days(), b.positive_days()) else {
        return RateRatio {
            estimate: None,
            interval: Interval::POSITIVE,
            jeffreys: Interval::POSITIVE,
            quantiles: None,
            b_above_a: None,
            central: 1.0,
            mid_central: 1.0,
            status: Status::NoData,
        };
    };
    let tail = bounded_alpha(alpha) / 2.0;
    let (x_a, x_b) = (f64::from(a.events), f64::from(b.events));
    let unit = days_a / days_b;
    let interval = Interval {
        low: if b.events == 0 { 0.0 } else { beta_below(x_b, x_a + 1.0, tail).odds() * unit },
        high: if a.events == 0 {
            f64::INFINITY
        } else {
            beta_above(x_b + 1.0, x_a, tail).odds() * unit
        },
    };
    let quantiles = Interval::ordered(
        beta_below(x_b + 0.5, x_a + 0.5, tail).odds() * unit,
        beta_above(x_b + 0.5, x_a + 0.5, tail).odds() * unit,
    );
    let share_a = days_a / (days_a + days_b);
    let share_b = days_b / (days_a + days_b);
    let law = Binomial { trials: x_a + x_b, p: share_b, q: share_a };
    let tails = law.tails(x_b);
    let (low, high) = (tails.at_most.exp(), tails.at_least.exp());
    let half = tails.observed.exp() / 2.0;
    let has_events = a.events > 0 || b.events > 0;
    RateRatio {
        estimate: has_events.then(|| (x_b / days_b) / (x_a / days_a)),
        interval,
        jeffreys: Interval {
            low: if b.events == 0 { 0.0 } else { quantiles.low },
            high: if a.events == 0 { f64::INFINITY } else { quantiles.high },
        },
        quantiles: Some(quantiles),
        b_above_a: Some(beta_at_most(x_a + 0.5, x_b + 0.5, share_a)),
        central: twice_the_smaller(low, high),
        mid_central: twice_the_smaller(low - half, high - half),
        status: if has_events { Status::Ok } else { Status::NoEvents },
    }
}
