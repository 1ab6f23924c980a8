//! Intervals for the difference of two proportions.

use super::special::critical_z;
use super::{Arm, Interval, Status, Stratum, jeffreys, wilson};

/// A difference of two proportions, B minus A, in proportion units (0.25 is 25 points).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The raw difference; `None` when a side is empty.
    pub estimate: Option<f64>,
    /// The interval, within −1 to 1.
    pub interval: Interval,
    /// [`Status::NoData`] when a side is empty.
    pub status: Status,
}

impl Difference {
    const NO_DATA: Self =
        Self { estimate: None, interval: Interval::DIFFERENCE, status: Status::NoData };
}

/// Method 10 of R. G. Newcombe, *Interval Estimation for the Difference Between Independent
/// Proportions* (1998): the distances of two Wilson intervals from their estimates, put together
/// by Pythagoras. This is the interval of a comparison within one stratum.
///
/// ```
/// use fortnight_engine::experiment::{Arm, Stratum, newcombe};
///
/// let seen = newcombe(Stratum::new(Arm::new(2, 14), Arm::new(6, 14)), 0.05);
/// assert_eq!((seen.interval.low * 100.0).round(), -5.0);
/// assert_eq!((seen.interval.high * 100.0).round(), 55.0);
/// ```
#[must_use]
pub fn newcombe(pair: Stratum, alpha: f64) -> Difference {
    recover(pair, wilson(pair.a, alpha).interval, wilson(pair.b, alpha).interval)
}

/// The same recipe over two Jeffreys intervals (the MOVER of G. Y. Zou and A. Donner, 2008).
#[must_use]
pub fn mover_jeffreys(pair: Stratum, alpha: f64) -> Difference {
    recover(pair, jeffreys(pair.a, alpha).interval, jeffreys(pair.b, alpha).interval)
}

/// The interval of A. Agresti and B. Caffo (2000): Wald's, after one success and one failure were
/// added to each side.
#[must_use]
pub fn agresti_caffo(pair: Stratum, alpha: f64) -> Difference {
    let Some(estimate) = raw_difference(pair) else { return Difference::NO_DATA };
    let smooth = |arm: Arm| (arm.x() + 1.0) / (arm.n() + 2.0);
    let variance = |arm: Arm| smooth(arm) * (1.0 - smooth(arm)) / (arm.n() + 2.0);
    let middle = smooth(pair.b) - smooth(pair.a);
    let half = critical_z(alpha) * (variance(pair.a) + variance(pair.b)).sqrt();
    Difference {
        estimate: Some(estimate),
        interval: Interval { low: middle - half, high: middle + half }.within(Interval::DIFFERENCE),
        status: Status::Ok,
    }
}

fn raw_difference(pair: Stratum) -> Option<f64> {
    Some(pair.b.rate()? - pair.a.rate()?)
}

fn recover(pair: Stratum, a: Interval, b: Interval) -> Difference {
    let (Some(rate_a), Some(rate_b)) = (pair.a.rate(), pair.b.rate()) else {
        return Difference::NO_DATA;
    };
    let estimate = rate_b - rate_a;
    let interval = Interval {
        low: estimate - (rate_b - b.low).hypot(a.high - rate_a),
        high: estimate + (b.high - rate_b).hypot(rate_a - a.low),
    };
    Difference {
        estimate: Some(estimate),
        interval: interval.within(Interval::DIFFERENCE),
        status: Status::Ok,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_side_allows_every_difference() {
        let pair = Stratum::new(Arm::new(3, 28), Arm::new(0, 0));
        for got in [newcombe(pair, 0.05), mover_jeffreys(pair, 0.05), agresti_caffo(pair, 0.05)] {
            assert_eq!(got, Difference::NO_DATA);
        }
    }

    #[test]
    fn exchanging_the_sides_turns_the_interval_around() {
        let (a, b) = (Arm::new(3, 28), Arm::new(10, 25));
        let there = newcombe(Stratum::new(a, b), 0.05).interval;
        let back = newcombe(Stratum::new(b, a), 0.05).interval;
        assert!((there.low + back.high).abs() < 1e-15 && (there.high + back.low).abs() < 1e-15);
    }
}
