//! The exact test over several strata: cycles, segments or clients.

use super::fisher::twice_the_smaller;
use super::mass::{Hypergeometric, weights};
use super::special::normal_at_most;
use super::{FisherTest, Status, Stratum, fisher};

/// The exact test of "no difference in any stratum". T is the number of successes in B over all
/// strata, given how many there were in each stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StratifiedTest {
    /// Strata with somebody on both sides.
    pub strata_used: usize,
    /// Strata of them in which some replied and some did not; only these can tell anything.
    pub strata_informative: usize,
    /// P(T ≥ observed): small when B did better.
    pub b_high: f64,
    /// P(T ≤ observed): small when B did worse.
    pub b_low: f64,
    /// P(T = observed).
    pub observed: f64,
    /// [`b_high`](Self::b_high) less half of [`observed`](Self::observed).
    pub mid_b_high: f64,
    /// [`b_low`](Self::b_low) less half of [`observed`](Self::observed).
    pub mid_b_low: f64,
    /// Twice the smaller one-sided value, at most 1.
    pub central: f64,
    /// Twice the smaller mid-p value, at most 1: **the value this engine judges by.**
    pub mid_central: f64,
    /// [`Status::NoData`] without a stratum that has both sides, [`Status::NoVariation`] when none
    /// of them can tell anything.
    pub status: Status,
}

/// Supports of up to this many values are kept whole.
const WHOLE: f64 = 4096.0;
/// Multiplications that one test may cost (about a tenth of a second) before the normal
/// approximation takes over. Reached only with many tens of thousands of people.
const BUDGET: f64 = 5e7;

/// The exact conditional test over strata, the exact form of Cochran, Mantel and Haenszel (see
/// A. Agresti, *Categorical Data Analysis*, section on exact tests for 2×2×K tables).
///
/// Under the null each stratum's number is hypergeometric, and T has the convolution of them. With
/// one informative stratum this is Fisher's test. Beyond `BUDGET` multiplications, where the
/// law is normal to many digits, the normal law with the same mean and variance is used.
///
/// ```
/// use fortnight_engine::experiment::{Arm, Stratum, stratified_exact};
///
/// let cycle = Stratum::new(Arm::new(2, 14), Arm::new(6, 14));
/// let once = stratified_exact(&[cycle]).mid_central;
/// let twice = stratified_exact(&[cycle, cycle]).mid_central;
/// assert!(once > 0.05 && twice < 0.05);
/// ```
#[must_use]
pub fn stratified_exact(strata: &[Stratum]) -> StratifiedTest {
    let used: Vec<Stratum> = strata.iter().copied().filter(|one| one.has_both_arms()).collect();
    let informative: Vec<Stratum> = used.iter().copied().filter(|one| one.varies()).collect();
    let status = match (used.is_empty(), informative.is_empty()) {
        (true, _) => Status::NoData,
        (false, true) => Status::NoVariation,
        (false, false) => Status::Ok,
    };
    let (b_high, b_low, observed) = match informative.as_slice() {
        [] => (1.0, 1.0, 1.0),
        [only] => {
            let FisherTest { at_most, at_least, observed, .. } = fisher(*only);
            (at_most, at_least, observed)
        }
        several => convolved(several).unwrap_or_else(|| approximated(several)),
    };
    let (mid_b_high, mid_b_low) = (b_high - observed / 2.0, b_low - observed / 2.0);
    StratifiedTest {
        strata_used: used.len(),
        strata_informative: informative.len(),
        b_high,
        b_low,
        observed,
        mid_b_high,
        mid_b_low,
        central: twice_the_smaller(b_high, b_low),
        mid_central: twice_the_smaller(mid_b_high, mid_b_low),
        status,
    }
}

fn urn(stratum: Stratum) -> Hypergeometric {
    let (marked, _) = stratum.together();
    Hypergeometric { first: stratum.b.n(), second: stratum.a.n(), marked }
}

/// P(T ≥ observed), P(T ≤ observed), P(T = observed); `None` when that would cost too much.
fn convolved(strata: &[Stratum]) -> Option<(f64, f64, f64)> {
    // Ten standard deviations each way are all that `weights` keeps of a wide support.
    let width = |stratum: &Stratum| {
        let (low, high) = support(*stratum);
        (high - low + 1.0).min(WHOLE.max(24.0 * moments(*stratum).1.sqrt()))
    };
    let (mut cost, mut length) = (0.0, 1.0);
    for one in strata {
        cost += length * width(one);
        length += width(one);
    }
    if cost > BUDGET {
        return None;
    }
    let mut law = vec![1.0];
    let mut start = 0.0;
    let mut observed = 0.0;
    for one in strata {
        let (from, list) = weights(&urn(*one), WHOLE);
        start += from;
        observed += one.b.x();
        law = convolve(&law, &list);
    }
    let (mut below, mut at_observed, mut above) = (0.0, 0.0, 0.0);
    let mut value = start;
    for weight in law {
        if value < observed {
            below += weight;
        } else if value > observed {
            above += weight;
        } else {
            at_observed = weight;
        }
        value += 1.0;
    }
    Some(((above + at_observed).min(1.0), (below + at_observed).min(1.0), at_observed))
}

fn convolve(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; one.len() + other.len() - 1];
    for (shift, &weight) in one.iter().enumerate() {
        for (into, &more) in sum[shift..].iter_mut().zip(other) {
            *into += weight * more;
        }
    }
    sum
}

fn support(stratum: Stratum) -> (f64, f64) {
    use super::mass::Unimodal;
    (urn(stratum).lowest(), urn(stratum).highest())
}

/// Mean and variance of the number of successes in B of one stratum.
fn moments(stratum: Stratum) -> (f64, f64) {
    let (marked, all) = stratum.together();
    let (n_a, n_b) = (stratum.a.n(), stratum.b.n());
    let mean = n_b * (marked / all);
    (mean, mean * (n_a / all) * ((all - marked) / (all - 1.0)))
}

fn approximated(strata: &[Stratum]) -> (f64, f64, f64) {
    let (mut observed, mut mean, mut variance) = (0.0, 0.0, 0.0);
    for one in strata {
        let (its_mean, its_variance) = moments(*one);
        observed += one.b.x();
        mean += its_mean;
        variance += its_variance;
    }
    let deviation = variance.sqrt();
    let high = normal_at_most((mean - observed + 0.5) / deviation);
    let low = normal_at_most((observed - mean + 0.5) / deviation);
    (high, low, (high + low - 1.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Arm;

    fn stratum(a: (u32, u32), b: (u32, u32)) -> Stratum {
        Stratum::new(Arm::new(a.0, a.1), Arm::new(b.0, b.1))
    }

    #[test]
    fn one_stratum_is_fishers_test() {
        let one = stratum((3, 28), (8, 28));
        let got = stratified_exact(&[one]);
        assert!((got.mid_central - fisher(one).mid_central).abs() < 1e-15);
    }

    #[test]
    fn strata_that_can_tell_nothing_change_nothing() {
        let one = stratum((3, 28), (8, 28));
        let empty = [one, stratum((0, 14), (0, 14)), stratum((4, 9), (0, 0))];
        let got = stratified_exact(&empty);
        assert_eq!((got.strata_used, got.strata_informative), (2, 1));
        assert!((got.mid_central - fisher(one).mid_central).abs() < 1e-15);
    }

    #[test]
    fn without_strata_there_is_no_evidence() {
        let got = stratified_exact(&[]);
        assert_eq!(got.status, Status::NoData);
        assert!((got.mid_central - 1.0).abs() < 1e-15 && (got.mid_b_high - 0.5).abs() < 1e-15);
    }

    #[test]
    fn the_approximation_continues_the_exact_values() {
        let strata = [stratum((1000, 10_000), (1100, 10_000)), stratum((500, 8000), (560, 8000))];
        let (exact, rough) = (convolved(&strata).unwrap(), approximated(&strata));
        assert!((exact.0 / rough.0 - 1.0).abs() < 0.02, "{exact:?} {rough:?}");
    }

    #[test]
    fn the_largest_strata_end() {
        let huge = stratum((u32::MAX / 2, u32::MAX), (u32::MAX / 2, u32::MAX));
        let got = stratified_exact(&[huge; 3]);
        assert!((got.mid_central - 1.0).abs() < 1e-3, "{got:?}");
    }
}
