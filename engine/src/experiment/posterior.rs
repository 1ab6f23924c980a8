//! Two rates as uncertain quantities: which is larger, and by how much.

use super::mass::{deviance, ln_peak};
use super::quadrature::{Between, double_exponential};
use super::special::{beta_at_most, bounded_alpha};
use super::{Arm, Interval, Stratum, mover_jeffreys};

/// What is believed about a rate before anybody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prior {
    /// Beta(1/2, 1/2).
    Jeffreys,
    /// Beta(1, 1): every rate alike.
    Uniform,
}

/// Whether B is the better one, as a matter of belief. A detail line, never a rule; hidden below
/// ten people a side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Superiority {
    /// The probability that the rate of B is the larger one.
    pub b_above_a: f64,
    /// The probability that the rate of A is the larger one.
    pub a_above_b: f64,
    /// The mean difference, B minus A.
    pub mean_difference: f64,
    /// What is given up on average by choosing A: the mean of how far B is above A, if it is.
    pub loss_of_a: f64,
    /// What is given up on average by choosing B.
    pub loss_of_b: f64,
}

/// The probability that B is better than A under independent beta posteriors, and the expected
/// losses (C. Stucchio, *Bayesian A/B Testing at VWO*, 2015).
///
/// ```
/// use fortnight_engine::experiment::{Arm, Prior, Stratum, superiority};
///
/// let seen = superiority(Stratum::new(Arm::new(2, 14), Arm::new(6, 14)), Prior::Uniform);
/// assert!(seen.b_above_a > 0.9 && seen.b_above_a < 0.96);
/// ```
#[must_use]
pub fn superiority(pair: Stratum, prior: Prior) -> Superiority {
    let (a, b) = (Beta::of(pair.a, prior), Beta::of(pair.b, prior));
    let mean_difference = b.mean() - a.mean();
    let (b_above_a, loss_of_a) = b.above(a);
    // What is left to 1 is exact enough unless it is tiny.
    let (a_above_b, loss_of_b) = if (0.01..0.99).contains(&b_above_a) {
        (1.0 - b_above_a, (loss_of_a - mean_difference).max(0.0))
    } else {
        a.above(b)
    };
    Superiority { b_above_a, a_above_b, mean_difference, loss_of_a, loss_of_b }
}

/// The probability that the rate of B is larger than that of A by more than `margin`.
#[must_use]
pub fn exceeds_by(pair: Stratum, prior: Prior, margin: f64) -> f64 {
    let margin = if margin.is_nan() { 0.0 } else { margin.clamp(-1.0, 1.0) };
    Beta::of(pair.b, prior).exceeds(Beta::of(pair.a, prior), margin)
}

/// The equal-tailed credible interval of the difference B minus A under Jeffreys' prior, without a
/// rule at the boundaries.
///
/// ```
/// use fortnight_engine::experiment::{Arm, Stratum, credible_difference};
///
/// let likely = credible_difference(Stratum::new(Arm::new(2, 14), Arm::new(6, 14)), 0.05);
/// assert!(likely.low < 0.0 && likely.high > 0.5);
/// ```
#[must_use]
pub fn credible_difference(pair: Stratum, alpha: f64) -> Interval {
    let (a, b) = (Beta::of(pair.a, Prior::Jeffreys), Beta::of(pair.b, Prior::Jeffreys));
    let tail = bounded_alpha(alpha) / 2.0;
    let near = mover_jeffreys(pair, alpha).interval;
    Interval {
        low: b.difference_quantile(a, 1.0 - tail, near.low),
        high: b.difference_quantile(a, tail, near.high),
    }
}

/// A beta distribution.
#[derive(Debug, Clone, Copy)]
struct Beta {
    a: f64,
    b: f64,
    /// The part of the logarithm of the density that is the same everywhere.
    ln_peak: f64,
}

impl Beta {
    fn of(arm: Arm, prior: Prior) -> Self {
        let start = match prior {
            Prior::Jeffreys => 0.5,
            Prior::Uniform => 1.0,
        };
        let (a, b) = (arm.x() + start, arm.n() - arm.x() + start);
        Self { a, b, ln_peak: ln_peak(a, a + b) + (a * (b / (a + b))).ln() }
    }

    fn mean(self) -> f64 {
        self.a / (self.a + self.b)
    }

    fn deviation(self) -> f64 {
        (self.mean() * (self.b / (self.a + self.b)) / (self.a + self.b + 1.0)).sqrt()
    }

    /// The density times `x (1 − x)`, which is finite everywhere; `rest` is 1 − x.
    fn softened_density(self, x: f64, rest: f64) -> f64 {
        let all = self.a + self.b;
        (self.ln_peak - deviance(self.a, all * x) - deviance(self.b, all * rest)).exp()
    }

    /// The probability of more than x; `rest` is 1 − x.
    fn exceeding(self, rest: f64) -> f64 {
        beta_at_most(self.b, self.a, rest)
    }

    /// P(self > other), and the mean of how far self is above other where it is.
    fn above(self, other: Self) -> (f64, f64) {
        let (mut probability, mut excess) = (0.0, 0.0);
        self.over_difference(other, 0.0, |y, rest, weight| {
            let tail = self.exceeding(rest);
            probability += weight * tail;
            let spread = self.softened_density(y, rest) / (self.a + self.b);
            excess += weight * ((self.mean() - y) * tail + spread).max(0.0);
        });
        (probability.min(1.0), excess)
    }

    /// P(self − other > margin).
    fn exceeds(self, other: Self, margin: f64) -> f64 {
        self.exceeds_with_density(other, margin).0
    }

    /// P(self − other > margin), and the density of the difference at the margin.
    fn exceeds_with_density(self, other: Self, margin: f64) -> (f64, f64) {
        // Where other lies below −margin, self is certainly far enough above.
        let mut sum = beta_at_most(other.a, other.b, -margin);
        let mut density = 0.0;
        self.over_difference(other, margin, |x, rest, weight| {
            sum += weight * self.exceeding(rest);
            density += weight * self.softened_density(x, rest) / (x * rest);
        });
        (sum.min(1.0), density)
    }

    /// The value that self − other exceeds with probability `above`: Newton's method from `near`,
    /// with halving wherever it would leave what is known to hold the value.
    fn difference_quantile(self, other: Self, above: f64, near: f64) -> f64 {
        let (mut low, mut high, mut guess) = (-1.0, 1.0, near.clamp(-0.999, 0.999));
        for _ in 0..100 {
            let (probability, density) = self.exceeds_with_density(other, guess);
            if probability > above {
                low = guess;
            } else {
                high = guess;
            }
            let newton = guess + (probability - above) / density;
            let next =
                if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
            if (next - guess).abs() <= 1e-14 {
                return next;
            }
            guess = next;
        }
        guess
    }

    /// Calls `visit` with points `x = y + margin` (as x, 1 − x and the weight of y under `other`)
    /// for all y where both lie between 0 and 1.
    fn over_difference(self, other: Self, margin: f64, mut visit: impl FnMut(f64, f64, f64)) {
        let shift = margin.abs();
        let length = 1.0 - shift;
        if length <= 0.0 {
            return;
        }
        let rule = double_exponential();
        // Both hills and their slopes need points of their own: the ends of panels, as distances
        // from the low end.
        let low_end = (-margin).max(0.0);
        let mut ends = vec![0.0, length];
        for (middle, deviation) in [
            (other.mean() - low_end, other.deviation()),
            (self.mean() - margin - low_end, self.deviation()),
        ] {
            for steps in [-40.0, -8.0, 0.0, 8.0, 40.0] {
                let end = middle + steps * deviation;
                if end > 0.0 && end < length {
                    ends.push(end);
                }
            }
        }
        ends.sort_by(f64::total_cmp);
        for panel in ends.windows(2) {
            let &[from, to] = panel else { continue };
            let width = to - from;
            if width <= 0.0 {
                continue;
            }
            for &(Between { from_low, from_high }, weight) in &rule {
                let left = from + width * from_low;
                let right = (length - to) + width * from_high;
                let (y, y_rest, x, x_rest) = if margin >= 0.0 {
                    (left, right + shift, left + shift, right)
                } else {
                    (left + shift, right, left, right + shift)
                };
                let density = other.softened_density(y, y_rest) / (y * y_rest);
                if density > 1e-60 {
                    visit(x, x_rest, density * weight * width);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: (u32, u32), b: (u32, u32)) -> Stratum {
        Stratum::new(Arm::new(a.0, a.1), Arm::new(b.0, b.1))
    }

    #[test]
    fn nobody_asked_is_even() {
        let got = superiority(pair((0, 0), (0, 0)), Prior::Jeffreys);
        assert!((got.b_above_a - 0.5).abs() < 1e-12, "{got:?}");
        assert!((got.loss_of_a - 2.0 / std::f64::consts::PI.powi(2)).abs() < 1e-12, "{got:?}");
    }

    #[test]
    fn the_two_probabilities_make_one() {
        for prior in [Prior::Jeffreys, Prior::Uniform] {
            let got = superiority(pair((3, 28), (1_000, 10_000)), prior);
            assert!((got.b_above_a + got.a_above_b - 1.0).abs() < 1e-12, "{got:?}");
            let apart = got.loss_of_a - got.loss_of_b - got.mean_difference;
            assert!(apart.abs() < 1e-12, "{got:?}");
        }
    }

    #[test]
    fn very_different_sizes_are_integrated_all_the_same() {
        let got = superiority(pair((14, 28), (500_000_000, 1_000_000_000)), Prior::Jeffreys);
        assert!((got.b_above_a - 0.5).abs() < 1e-6, "{got:?}");
    }

    #[test]
    fn a_margin_of_everything_is_never_reached() {
        let one = pair((3, 28), (9, 28));
        assert!(exceeds_by(one, Prior::Jeffreys, 1.0) <= 0.0);
        assert!((exceeds_by(one, Prior::Jeffreys, -1.0) - 1.0).abs() < 1e-12);
    }
}
