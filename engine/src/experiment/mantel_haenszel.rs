//! Estimates over several strata: the common odds ratio and the common difference.

use super::special::{critical_z, normal_two_sided};
use super::{Difference, Interval, Status, Stratum};

/// Estimates of Mantel and Haenszel over strata.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MantelHaenszel {
    /// Strata with somebody on both sides.
    pub strata_used: usize,
    /// The common odds ratio, B over A.
    pub odds_ratio: OddsRatio,
    /// Cochran's chi-square with one degree of freedom; `None` when nothing varies.
    pub chi_square: Option<f64>,
    /// Its p-value, 1 when nothing varies.
    pub p: f64,
    /// The same with the continuity correction of one half.
    pub chi_square_corrected: Option<f64>,
    /// Its p-value, 1 when nothing varies.
    pub p_corrected: f64,
    /// The common difference, B minus A.
    pub difference: PooledDifference,
    /// [`Status::NoData`], [`Status::NoVariation`], [`Status::Boundary`] when the odds ratio is
    /// zero or infinite, else [`Status::Ok`].
    pub status: Status,
}

/// The odds ratio of Mantel and Haenszel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OddsRatio {
    /// The ratio, infinite when A never succeeded; `None` when nothing varies.
    pub estimate: Option<f64>,
    /// Its natural logarithm; `None` when the ratio is 0, infinite or missing.
    pub ln_estimate: Option<f64>,
    /// The standard error of the logarithm.
    pub ln_standard_error: Option<f64>,
    /// The interval; everything positive when there is no standard error.
    pub interval: Interval,
}

/// The difference of Mantel and Haenszel with the variance of Sato.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledDifference {
    /// The weighted mean of the strata's differences; `None` without a stratum.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub standard_error: Option<f64>,
    /// The interval, within −1 to 1; all of that when the variance is zero.
    pub interval: Interval,
}

impl PooledDifference {
    /// The same as a [`Difference`] of one pair.
    #[must_use]
    pub fn as_difference(self) -> Difference {
        Difference {
            estimate: self.estimate,
            interval: self.interval,
            status: if self.estimate.is_some() { Status::Ok } else { Status::NoData },
        }
    }
}

/// The sums over strata that all estimates are made of. With `a`, `b` the successes and failures
/// in B, `c`, `d` those in A, and N all people of the stratum: P = (a + d) / N, Q = (b + c) / N,
/// R = ad / N, S = bc / N.
#[derive(Debug, Default)]
struct Sums {
    r: f64,
    s: f64,
    pr: f64,
    ps_and_qr: f64,
    qs: f64,
    excess: f64,
    variance: f64,
    weight: f64,
    weighted_difference: f64,
    sato_p: f64,
    sato_q: f64,
}

impl Sums {
    fn add(&mut self, stratum: Stratum) {
        let (n_a, n_b) = (stratum.a.n(), stratum.b.n());
        let (x_a, x_b) = (stratum.a.x(), stratum.b.x());
        let (fail_a, fail_b) = (n_a - x_a, n_b - x_b);
        let (successes, all) = stratum.together();
        let (p, q) = ((x_b + fail_a) / all, (fail_b + x_a) / all);
        let (r, s) = (x_b * (fail_a / all), fail_b * (x_a / all));
        self.r += r;
        self.s += s;
        self.pr += p * r;
        self.ps_and_qr += p * s + q * r;
        self.qs += q * s;
        self.excess += x_b - n_b * (successes / all);
        self.variance += n_a / all * (n_b / all) * successes * ((all - successes) / (all - 1.0));
        self.weight += n_a * (n_b / all);
        self.weighted_difference += x_b * (n_a / all) - x_a * (n_b / all);
        self.sato_p += (n_b / all).powi(2) * x_a - (n_a / all).powi(2) * x_b
            + n_a / all * (n_b / all) * (n_a - n_b) / 2.0;
        self.sato_q += f64::midpoint(x_b * (fail_a / all), x_a * (fail_b / all));
    }
}

/// The estimates of N. Mantel and W. Haenszel (1959) over strata, with the variance of the
/// logarithm of the odds ratio of J. Robins, N. Breslow and S. Greenland (1986) and the variance
/// of the difference of T. Sato (1989). Strata with an empty side are left out.
///
/// ```
/// use fortnight_engine::experiment::{Arm, Stratum, mantel_haenszel};
///
/// let cycles = [
///     Stratum::new(Arm::new(2, 14), Arm::new(6, 14)),
///     Stratum::new(Arm::new(3, 13), Arm::new(5, 14)),
/// ];
/// let pooled = mantel_haenszel(&cycles, 0.05);
/// assert!(pooled.difference.estimate.unwrap() > 0.2);
/// assert!(pooled.difference.interval.low < 0.0 + 0.05);
/// ```
#[must_use]
pub fn mantel_haenszel(strata: &[Stratum], alpha: f64) -> MantelHaenszel {
    let z = critical_z(alpha);
    let mut sums = Sums::default();
    let mut strata_used = 0;
    for stratum in strata.iter().filter(|one| one.has_both_arms()) {
        sums.add(*stratum);
        strata_used += 1;
    }
    let varies = sums.variance > 0.0;
    let chi_square = varies.then(|| sums.excess * sums.excess / sums.variance);
    let chi_square_corrected =
        varies.then(|| (sums.excess.abs() - 0.5).max(0.0).powi(2) / sums.variance);
    let p = |statistic: Option<f64>| statistic.map_or(1.0, |chi| normal_two_sided(chi.sqrt()));
    let odds_ratio = odds_ratio(&sums, varies, z);
    MantelHaenszel {
        strata_used,
        odds_ratio,
        chi_square,
        p: p(chi_square),
        chi_square_corrected,
        p_corrected: p(chi_square_corrected),
        difference: pooled_difference(&sums, z),
        status: match (strata_used, varies, odds_ratio.ln_estimate) {
            (0, _, _) => Status::NoData,
            (_, false, _) => Status::NoVariation,
            (_, true, None) => Status::Boundary,
            (_, true, Some(_)) => Status::Ok,
        },
    }
}

fn odds_ratio(sums: &Sums, varies: bool, z: f64) -> OddsRatio {
    let Sums { r, s, .. } = *sums;
    if !varies || r <= 0.0 || s <= 0.0 {
        return OddsRatio {
            estimate: varies.then_some(if s <= 0.0 { f64::INFINITY } else { 0.0 }),
            ln_estimate: None,
            ln_standard_error: None,
            interval: Interval::POSITIVE,
        };
    }
    let ln_estimate = (r / s).ln();
    let variance =
        sums.pr / (2.0 * r * r) + sums.ps_and_qr / (2.0 * r * s) + sums.qs / (2.0 * s * s);
    let error = variance.max(0.0).sqrt();
    OddsRatio {
        estimate: Some(r / s),
        ln_estimate: Some(ln_estimate),
        ln_standard_error: Some(error),
        interval: Interval {
            low: (ln_estimate - z * error).exp(),
            high: (ln_estimate + z * error).exp(),
        },
    }
}

fn pooled_difference(sums: &Sums, z: f64) -> PooledDifference {
    if sums.weight <= 0.0 {
        return PooledDifference {
            estimate: None,
            standard_error: None,
            interval: Interval::DIFFERENCE,
        };
    }
    let estimate = sums.weighted_difference / sums.weight;
    let variance = (estimate * sums.sato_p + sums.sato_q) / (sums.weight * sums.weight);
    // Rounding leaves crumbs where exact arithmetic has zero; no real variance is that small.
    let error = if variance > 1e-28 { variance.sqrt() } else { 0.0 };
    let interval = if error > 0.0 {
        Interval { low: estimate - z * error, high: estimate + z * error }
            .within(Interval::DIFFERENCE)
    } else {
        Interval::DIFFERENCE
    };
    PooledDifference { estimate: Some(estimate), standard_error: Some(error), interval }
}
