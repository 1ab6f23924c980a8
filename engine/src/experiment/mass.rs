//! Probabilities of the binomial and the hypergeometric distribution, and their tails.
//!
//! Differences of log-gammas lose six digits at a billion people, so single probabilities come
//! from the saddle-point form of C. Loader, *Fast and Accurate Computation of Binomial
//! Probabilities* (2000), and tails from the ratios of neighbouring probabilities, summed away
//! from the middle. Nothing is subtracted, so the smallest p-values keep their digits.

use super::special::ln_gamma;

/// A probability as its logarithm, so that 10⁻⁷⁰⁰ stays a number.
pub(super) type LnProbability = f64;

/// What Stirling's formula leaves out of `ln n!`, for any positive n.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let stirling = 0.5 * (std::f64::consts::TAU * n).ln() + n * n.ln() - n;
        return ln_gamma(n + 1.0) - stirling;
    }
    let square = n * n;
    (1.0 / 12.0
        - (1.0 / 360.0
            - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * square)) / square) / square)
            / square)
        / n
}

/// The deviance part `x ln(x / mean) + mean − x`, without cancellation when x is near the mean.
pub(super) fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() + mean - x;
    }
    let v = difference / (x + mean);
    let mut sum = difference * v;
    let mut power = 2.0 * x * v;
    for odd in 1..1000_u32 {
        power *= v * v;
        let next = sum + power / f64::from(2 * odd + 1);
        if (next - sum).abs() <= f64::EPSILON * 0.01 * sum.abs() {
            return next;
        }
        sum = next;
    }
    sum
}

/// `ln P(X = k)` for X binomial with `n` trials, probability `p` of success and `q = 1 − p` of
/// failure (both are asked for, since one of them has lost digits when it is near 1).
pub(super) fn ln_binomial(k: f64, n: f64, p: f64, q: f64) -> LnProbability {
    if k < 0.0 || k > n {
        return f64::NEG_INFINITY;
    }
    if p <= 0.0 {
        return if k > 0.0 { f64::NEG_INFINITY } else { 0.0 };
    }
    if q <= 0.0 {
        return if k < n { f64::NEG_INFINITY } else { 0.0 };
    }
    if k <= 0.0 {
        return if p < 0.1 { n * (-p).ln_1p() } else { n * q.ln() };
    }
    if k >= n {
        return if q < 0.1 { n * (-q).ln_1p() } else { n * p.ln() };
    }
    ln_peak(k, n) - deviance(k, n * p) - deviance(n - k, n * q)
}

/// `ln P(X = k)` for X binomial with `n` trials whose mean is `k`: the part of a probability that
/// does not depend on p. For k between 0 and n, neither included.
pub(super) fn ln_peak(k: f64, n: f64) -> LnProbability {
    let failures = n - k;
    stirling_error(n) - stirling_error(k) - stirling_error(failures)
        + 0.5 * (n / (std::f64::consts::TAU * k * failures)).ln()
}

/// A distribution over whole numbers with one hill.
pub(super) trait Unimodal {
    /// The smallest possible value.
    fn lowest(&self) -> f64;
    /// The largest possible value.
    fn highest(&self) -> f64;
    /// The most probable value (one of them).
    fn mode(&self) -> f64;
    /// `P(X = k + 1) / P(X = k)` for k from the lowest to the highest value less one.
    fn ratio_up(&self, k: f64) -> f64;
    /// `ln P(X = k)`.
    fn ln_mass(&self, k: f64) -> LnProbability;

    /// `ln P(X ≤ k)`, precise for k up to the mode.
    fn ln_tail_down(&self, k: f64) -> LnProbability {
        let (mut sum, mut term, mut at) = (1.0, 1.0, k);
        while at > self.lowest() && term > sum * NEGLIGIBLE {
            at -= 1.0;
            term /= self.ratio_up(at);
            sum += term;
        }
        self.ln_mass(k) + f64::ln(sum)
    }

    /// `ln P(X ≥ k)`, precise for k from the mode on.
    fn ln_tail_up(&self, k: f64) -> LnProbability {
        let (mut sum, mut term, mut at) = (1.0, 1.0, k);
        while at < self.highest() && term > sum * NEGLIGIBLE {
            term *= self.ratio_up(at);
            at += 1.0;
            sum += term;
        }
        self.ln_mass(k) + f64::ln(sum)
    }

    /// Both tails and the probability of `k` itself.
    fn tails(&self, k: f64) -> Tails {
        let ln_observed = self.ln_mass(k);
        let observed = ln_observed.exp().min(1.0);
        let (ln_at_most, ln_at_least);
        if k <= self.mode() {
            ln_at_most = self.ln_tail_down(k).min(0.0);
            ln_at_least = (observed - ln_at_most.exp()).ln_1p().min(0.0);
        } else {
            ln_at_least = self.ln_tail_up(k).min(0.0);
            ln_at_most = (observed - ln_at_least.exp()).ln_1p().min(0.0);
        }
        Tails { at_most: ln_at_most, at_least: ln_at_least, observed: ln_observed.min(0.0) }
    }
}

/// A term this much smaller than the sum cannot change it.
const NEGLIGIBLE: f64 = 1e-18;

/// `P(X ≤ k)`, `P(X ≥ k)` and `P(X = k)` as logarithms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tails {
    pub(super) at_most: LnProbability,
    pub(super) at_least: LnProbability,
    pub(super) observed: LnProbability,
}

/// X binomial: successes among `trials`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binomial {
    pub(super) trials: f64,
    /// Probability of success.
    pub(super) p: f64,
    /// Probability of failure.
    pub(super) q: f64,
}

impl Unimodal for Binomial {
    fn lowest(&self) -> f64 {
        0.0
    }

    fn highest(&self) -> f64 {
        self.trials
    }

    fn mode(&self) -> f64 {
        ((self.trials + 1.0) * self.p).floor().clamp(0.0, self.trials)
    }

    fn ratio_up(&self, k: f64) -> f64 {
        (self.trials - k) / (k + 1.0) * (self.p / self.q)
    }

    fn ln_mass(&self, k: f64) -> LnProbability {
        ln_binomial(k, self.trials, self.p, self.q)
    }
}

/// X hypergeometric: how many of the `marked` successes fall on the `first` people when both
/// groups together (`first + second`) have `marked` of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hypergeometric {
    pub(super) first: f64,
    pub(super) second: f64,
    pub(super) marked: f64,
}

impl Unimodal for Hypergeometric {
    fn lowest(&self) -> f64 {
        (self.marked - self.second).max(0.0)
    }

    fn highest(&self) -> f64 {
        self.first.min(self.marked)
    }

    fn mode(&self) -> f64 {
        let all = self.first + self.second;
        ((self.first + 1.0) * ((self.marked + 1.0) / (all + 2.0)))
            .floor()
            .clamp(self.lowest(), self.highest())
    }

    fn ratio_up(&self, k: f64) -> f64 {
        (self.first - k) / (k + 1.0) * ((self.marked - k) / (self.second - self.marked + k + 1.0))
    }

    fn ln_mass(&self, k: f64) -> LnProbability {
        if k < self.lowest() || k > self.highest() {
            return f64::NEG_INFINITY;
        }
        let all = self.first + self.second;
        if self.lowest() >= self.highest() {
            return 0.0;
        }
        let (p, q) = (self.marked / all, (all - self.marked) / all);
        ln_binomial(k, self.first, p, q) + ln_binomial(self.marked - k, self.second, p, q)
            - ln_binomial(self.marked, all, p, q)
    }
}

/// The probabilities of every value from `lowest` on that matters, summing to 1.
///
/// Up to `keep` values all are kept; beyond, those below 10⁻³⁰ of the largest are left out. Returns
/// the first value that was kept.
pub(super) fn weights<D: Unimodal>(distribution: &D, keep: f64) -> (f64, Vec<f64>) {
    let all = distribution.highest() - distribution.lowest() < keep;
    let floor = if all { 0.0 } else { 1e-30 };
    let mode = distribution.mode();
    let mut below = Vec::new();
    let (mut at, mut weight) = (mode, 1.0);
    while at > distribution.lowest() {
        at -= 1.0;
        weight /= distribution.ratio_up(at);
        if weight < floor {
            at += 1.0;
            break;
        }
        below.push(weight);
    }
    let start = at;
    below.reverse();
    below.push(1.0);
    let (mut at, mut weight) = (mode, 1.0);
    while at < distribution.highest() {
        weight *= distribution.ratio_up(at);
        if weight < floor {
            break;
        }
        at += 1.0;
        below.push(weight);
    }
    let total: f64 = below.iter().sum();
    for weight in &mut below {
        *weight /= total;
    }
    (start, below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-12 * expected.abs(), "{got} ≠ {expected}");
    }

    #[test]
    fn probabilities_of_a_small_binomial_are_fractions() {
        check(ln_binomial(2.0, 4.0, 0.5, 0.5).exp(), 6.0 / 16.0);
        check(ln_binomial(0.0, 3.0, 0.25, 0.75).exp(), 27.0 / 64.0);
        check(ln_binomial(3.0, 3.0, 0.25, 0.75).exp(), 1.0 / 64.0);
    }

    #[test]
    fn probabilities_of_a_small_hypergeometric_are_fractions() {
        let urn = Hypergeometric { first: 3.0, second: 3.0, marked: 3.0 };
        check(urn.ln_mass(0.0).exp(), 1.0 / 20.0);
        check(urn.ln_mass(1.0).exp(), 9.0 / 20.0);
    }

    #[test]
    fn a_billion_people_lose_no_digits() {
        // ln P(X = n/2) for a fair coin and n = 10⁹, from Stirling's series with 50 digits.
        check(ln_binomial(5e8, 1e9, 0.5, 0.5), -10.587_424_271_367_934);
    }

    #[test]
    fn weights_are_the_masses() {
        let urn = Hypergeometric { first: 28.0, second: 26.0, marked: 11.0 };
        let (start, list) = weights(&urn, 4096.0);
        check(list.iter().sum(), 1.0);
        let mut at = start;
        for weight in list {
            check(weight, urn.ln_mass(at).exp());
            at += 1.0;
        }
    }

    #[test]
    fn the_largest_urn_is_quick() {
        let largest = f64::from(u32::MAX);
        let urn = Hypergeometric { first: largest, second: largest, marked: largest };
        let tails = urn.tails((largest / 2.0).floor());
        assert!((tails.at_most.exp() - 0.5).abs() < 1e-4);
    }
}
