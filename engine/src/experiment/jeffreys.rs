//! The interval of one proportion under Jeffreys' prior.

use super::special::{Portion, beta_above, beta_below, bounded_alpha};
use super::{Arm, Interval, Status};

/// Jeffreys' interval of a proportion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JeffreysInterval {
    /// Successes over trials; `None` when nobody was counted.
    pub estimate: Option<f64>,
    /// The mean of the posterior, `(x + 1/2) / (n + 1)`.
    pub posterior_mean: f64,
    /// The interval with the boundary rule: it starts at 0 when nobody replied and ends at 1 when
    /// everybody did.
    pub interval: Interval,
    /// The plain quantiles of the posterior.
    pub quantiles: Interval,
    /// `1 − quantiles.high`, which would round to zero.
    pub above_high: f64,
    /// [`Status::NoData`] when nobody was counted.
    pub status: Status,
}

/// Quantiles of the posterior Beta(x + 1/2, n − x + 1/2), with the rule at the boundaries of
/// L. D. Brown and others, *Interval Estimation for a Binomial Proportion* (2001).
///
/// ```
/// use fortnight_engine::experiment::{Arm, jeffreys};
///
/// let none_of_ten = jeffreys(Arm::new(0, 10), 0.05);
/// assert_eq!(none_of_ten.interval.low, 0.0);
/// assert!((none_of_ten.interval.high - 0.217).abs() < 0.001);
/// ```
#[must_use]
pub fn jeffreys(arm: Arm, alpha: f64) -> JeffreysInterval {
    let tail = bounded_alpha(alpha) / 2.0;
    let (a, b) = (arm.x() + 0.5, arm.n() - arm.x() + 0.5);
    let low: Portion = beta_below(a, b, tail);
    let high: Portion = beta_above(a, b, tail);
    let quantiles = Interval::ordered(low.value, high.value);
    JeffreysInterval {
        estimate: arm.rate(),
        posterior_mean: a / (a + b),
        interval: Interval {
            low: if arm.x() <= 0.0 { 0.0 } else { quantiles.low },
            high: if arm.x() >= arm.n() { 1.0 } else { quantiles.high },
        },
        quantiles,
        above_high: high.complement,
        status: if arm.is_empty() { Status::NoData } else { Status::Ok },
    }
}
