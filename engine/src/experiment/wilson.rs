//! The interval of one proportion that is shown on screens.

use super::special::critical_z;
use super::{Arm, Interval, Status};

/// A proportion with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// Successes over trials; `None` when nobody was counted.
    pub estimate: Option<f64>,
    /// The interval, within 0 to 1.
    pub interval: Interval,
    /// [`Status::NoData`] when nobody was counted.
    pub status: Status,
}

/// The score interval of E. B. Wilson (1927), without continuity correction.
///
/// It is the set of all true rates that a two-sided z test would not reject:
/// `(x + z²/2 ± z √(x (n − x) / n + z²/4)) / (n + z²)`. The lower end is exactly 0 when nobody
/// replied, the upper end exactly 1 when everybody did.
///
/// ```
/// use fortnight_engine::experiment::{Arm, wilson};
///
/// let replies = wilson(Arm::new(2, 14), 0.05);
/// assert_eq!(replies.estimate, Some(2.0 / 14.0));
/// assert_eq!((replies.interval.low * 100.0).round(), 4.0);
/// assert_eq!((replies.interval.high * 100.0).round(), 40.0);
/// ```
#[must_use]
pub fn wilson(arm: Arm, alpha: f64) -> Proportion {
    let Some(estimate) = arm.rate() else {
        return Proportion {
            estimate: None,
            interval: Interval::PROPORTION,
            status: Status::NoData,
        };
    };
    let z = critical_z(alpha);
    Proportion {
        estimate: Some(estimate),
        interval: Interval { low: lower(arm, z), high: 1.0 - lower(arm.mirrored(), z) },
        status: Status::Ok,
    }
}

/// The lower end. The two ends are the roots of a quadratic, so their product is known, and
/// dividing it by the upper one loses no digits where subtracting would.
fn lower(arm: Arm, z: f64) -> f64 {
    let (x, n, square) = (arm.x(), arm.n(), z * z);
    if x <= 0.0 {
        return 0.0;
    }
    let upper = x + square / 2.0 + z * (x * (n - x) / n + square / 4.0).sqrt();
    (x * (x / n) / upper).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arm: Arm, expected: (f64, f64)) {
        let got = wilson(arm, 0.05).interval;
        assert!((got.low - expected.0).abs() < 1e-12, "{got:?}");
        assert!((got.high - expected.1).abs() < 1e-12, "{got:?}");
    }

    #[test]
    fn nobody_counted_is_everything() {
        check(Arm::new(0, 0), (0.0, 1.0));
        assert_eq!(wilson(Arm::new(0, 0), 0.05).estimate, None);
    }

    #[test]
    fn no_reply_starts_at_zero_and_all_replies_end_at_one() {
        check(Arm::new(0, 10_000), (0.0, 0.000_383_998_370_676_595_84));
        check(Arm::new(10_000, 10_000), (0.999_616_001_629_323_4, 1.0));
    }

    #[test]
    fn more_replies_than_people_are_read_as_everybody() {
        assert_eq!(wilson(Arm::new(12, 10), 0.05), wilson(Arm::new(10, 10), 0.05));
    }
}
