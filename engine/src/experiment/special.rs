//! Quantiles and tails of the textbook distributions.
//!
//! Knows which library function is good enough for what: `statrs` for quantiles of the normal and
//! tails of the gamma distribution, `spec_math` (Moshier's Cephes) for the rest. (The beta inverse
//! of `statrs` does not return for ten million trials without a success, and its error function
//! and log-gamma lose five digits more than those of Cephes.)
//! Arguments outside the domain are moved to its edge here, so nothing behind it can fail.

use spec_math::cephes64;
use statrs::function::erf;
use statrs::function::gamma;

/// A probability and what is missing from it to 1, each to full precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Portion {
    pub(super) value: f64,
    pub(super) complement: f64,
}

impl Portion {
    /// The odds, value over complement.
    pub(super) fn odds(self) -> f64 {
        self.value / self.complement
    }
}

/// `alpha` within `1e-12..=0.99`; what is not a number counts as the smallest, which gives the widest
/// interval.
pub(super) fn bounded_alpha(alpha: f64) -> f64 {
    if alpha.is_nan() { 1e-12 } else { alpha.clamp(1e-12, 0.99) }
}

/// The standard normal value that leaves `alpha / 2` above it: 1.959963984540054 for 0.05.
pub(super) fn critical_z(alpha: f64) -> f64 {
    std::f64::consts::SQRT_2 * erf::erfc_inv(bounded_alpha(alpha))
}

/// The probability that a standard normal value lies farther from 0 than `z`, on either side.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    cephes64::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The probability that a standard normal value is at most `z`.
pub(super) fn normal_at_most(z: f64) -> f64 {
    cephes64::ndtr(z)
}

/// The value that leaves `alpha / 2` above it in Student's distribution with `df` degrees of
/// freedom. With `W ~ Beta(df/2, 1/2)`, `df (1 − W) / W` is the square of Student's variable.
pub(super) fn critical_t(alpha: f64, df: f64) -> f64 {
    let w = beta_below(df / 2.0, 0.5, bounded_alpha(alpha));
    (df * w.complement / w.value).sqrt()
}

/// The probability that a chi-square variable with `df` degrees of freedom is at least `x`.
pub(super) fn chi_square_at_least(x: f64, df: f64) -> f64 {
    if x > 0.0 { gamma::gamma_ur(df / 2.0, x / 2.0) } else { 1.0 }
}

/// The regularised incomplete beta function: the probability that a Beta(a, b) variable is at most
/// `x`.
pub(super) fn beta_at_most(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else {
        cephes64::incbet(a, b, x).clamp(0.0, 1.0)
    }
}

/// The value below which a Beta(a, b) variable falls with probability `tail`.
pub(super) fn beta_below(a: f64, b: f64, tail: f64) -> Portion {
    let value = cephes64::incbi(a, b, tail);
    if value < 0.5 {
        Portion { value, complement: 1.0 - value }
    } else {
        Portion { value, complement: cephes64::incbi(b, a, 1.0 - tail) }
    }
}

/// The value above which a Beta(a, b) variable falls with probability `tail`; found as the lower
/// one of the mirrored distribution, since `1 − tail` has lost the digits of a small tail.
pub(super) fn beta_above(a: f64, b: f64, tail: f64) -> Portion {
    let mirrored = beta_below(b, a, tail);
    if mirrored.value > 0.5 && mirrored.complement < 0.5 {
        Portion { value: cephes64::incbi(a, b, 1.0 - tail), complement: mirrored.value }
    } else {
        Portion { value: mirrored.complement, complement: mirrored.value }
    }
}

/// The value below which a Gamma(shape, 1) variable falls with probability `tail`.
pub(super) fn gamma_below(shape: f64, tail: f64) -> f64 {
    cephes64::igami(shape, tail)
}

/// The value above which a Gamma(shape, 1) variable falls with probability `tail`.
pub(super) fn gamma_above(shape: f64, tail: f64) -> f64 {
    cephes64::igamci(shape, tail)
}

/// The natural logarithm of the gamma function, for positive `x`.
pub(super) fn ln_gamma(x: f64) -> f64 {
    cephes64::lgam(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{got} ≠ {expected}");
    }

    #[test]
    fn the_usual_z_has_all_its_digits() {
        check(critical_z(0.05), 1.959_963_984_540_054);
        check(critical_z(0.1), 1.644_853_626_951_473);
    }

    #[test]
    fn students_t_agrees_with_the_printed_tables() {
        check((critical_t(0.05, 1.0) * 1e9).round(), 12_706_204_736.0);
        check((critical_t(0.05, 19.0) * 1e9).round(), 2_093_024_054.0);
    }

    #[test]
    fn no_alpha_leaves_the_domain() {
        for alpha in [f64::NAN, f64::INFINITY, -1.0, 0.0, 2.0, 1e-300] {
            assert!(critical_z(alpha).is_finite(), "alpha {alpha}");
        }
    }

    #[test]
    fn both_ends_of_a_beta_keep_their_digits() {
        let high = beta_above(0.5, 1e7 + 0.5, 0.025);
        check(high.value * 1e7, 2.511_942_715_366_003);
        let mirrored = beta_above(1e7 + 0.5, 0.5, 0.025);
        check(mirrored.complement * 1e11, 4.910_345_462_997_084);
    }
}
