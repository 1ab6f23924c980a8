//! The exact test of one pair of sides.

use super::mass::{Hypergeometric, Unimodal};
use super::{Status, Stratum};

/// Fisher's exact test in all its forms. X is the number of successes in A, given how many there
/// were on both sides together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FisherTest {
    /// P(X ≤ observed): small when A did worse.
    pub at_most: f64,
    /// P(X ≥ observed): small when A did better.
    pub at_least: f64,
    /// P(X = observed).
    pub observed: f64,
    /// Twice the smaller one-sided value, at most 1.
    pub central: f64,
    /// The probability of all tables no more likely than this one; what most programs call
    /// two-sided.
    pub two_sided: f64,
    /// The natural logarithm of [`two_sided`](Self::two_sided), where that would underflow.
    pub ln_two_sided: f64,
    /// [`at_most`](Self::at_most) less half of [`observed`](Self::observed).
    pub mid_at_most: f64,
    /// [`at_least`](Self::at_least) less half of [`observed`](Self::observed).
    pub mid_at_least: f64,
    /// Twice the smaller mid-p value, at most 1: **the value this engine judges by.**
    pub mid_central: f64,
    /// [`two_sided`](Self::two_sided) less half of [`observed`](Self::observed) (Lydersen and
    /// others, 2009). It is 0.5 when nobody replied at all, which is why it is not used.
    pub mid_two_sided: f64,
    /// [`Status::NoData`] when a side is empty, [`Status::NoVariation`] when nobody or everybody
    /// replied.
    pub status: Status,
}

/// Two tables whose log-probabilities differ by no more than this are equally likely: they would
/// be equal in exact arithmetic.
const TIE: f64 = 1e-9;

/// The exact test of R. A. Fisher (1935) with its mid-p forms (H. O. Lancaster, 1961).
///
/// ```
/// use fortnight_engine::experiment::{Arm, Stratum, fisher};
///
/// let test = fisher(Stratum::new(Arm::new(2, 14), Arm::new(6, 14)));
/// assert!(test.mid_central > 0.05 && test.mid_central < 0.2);
/// ```
#[must_use]
pub fn fisher(pair: Stratum) -> FisherTest {
    let (marked, _) = pair.together();
    let urn = Hypergeometric { first: pair.a.n(), second: pair.b.n(), marked };
    let x = pair.a.x();
    let tails = urn.tails(x);
    let observed = tails.observed.exp();
    let (at_most, at_least) = (tails.at_most.exp(), tails.at_least.exp());
    let ln_two_sided = ln_no_more_likely(&urn, x);
    let two_sided = ln_two_sided.exp();
    let (mid_at_most, mid_at_least) = (at_most - observed / 2.0, at_least - observed / 2.0);
    FisherTest {
        at_most,
        at_least,
        observed,
        central: twice_the_smaller(at_most, at_least),
        two_sided,
        ln_two_sided,
        mid_at_most,
        mid_at_least,
        mid_central: twice_the_smaller(mid_at_most, mid_at_least),
        mid_two_sided: two_sided - observed / 2.0,
        status: if !pair.has_both_arms() {
            Status::NoData
        } else if pair.varies() {
            Status::Ok
        } else {
            Status::NoVariation
        },
    }
}

/// The two-sided value made of two one-sided ones.
pub(super) fn twice_the_smaller(one: f64, other: f64) -> f64 {
    (2.0 * one.min(other)).clamp(0.0, 1.0)
}

/// `ln` of the probability of all values that are no more likely than `x`: the tail on its own
/// side, and the tail on the other side of the hill from the first value that is as unlikely.
fn ln_no_more_likely(urn: &Hypergeometric, x: f64) -> f64 {
    let bar = urn.ln_mass(x) + TIE;
    let (near, far) = if x <= urn.mode() {
        let mut above = urn.mode().max(x + 1.0);
        let mut end = urn.highest() + 1.0;
        while above < end {
            let middle = f64::midpoint(above, end).floor();
            if urn.ln_mass(middle) <= bar { end = middle } else { above = middle + 1.0 }
        }
        let far = if above > urn.highest() { f64::NEG_INFINITY } else { urn.ln_tail_up(above) };
        (urn.ln_tail_down(x), far)
    } else {
        let mut end = urn.mode().min(x - 1.0);
        let mut below = urn.lowest() - 1.0;
        while below < end {
            let middle = f64::midpoint(below, end).ceil();
            if urn.ln_mass(middle) <= bar { below = middle } else { end = middle - 1.0 }
        }
        let far = if below < urn.lowest() { f64::NEG_INFINITY } else { urn.ln_tail_down(below) };
        (urn.ln_tail_up(x), far)
    };
    let (larger, smaller) = (near.max(far), near.min(far));
    (larger + (smaller - larger).exp().ln_1p()).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Arm;

    #[track_caller]
    fn check(a: (u32, u32), b: (u32, u32), expected: (f64, f64)) {
        let got = fisher(Stratum::new(Arm::new(a.0, a.1), Arm::new(b.0, b.1)));
        assert!((got.two_sided - expected.0).abs() < 1e-12, "{got:?}");
        assert!((got.mid_central - expected.1).abs() < 1e-12, "{got:?}");
    }

    #[test]
    fn three_against_three_is_one_in_ten() {
        check((0, 3), (3, 3), (0.1, 0.05));
    }

    #[test]
    fn no_variation_is_no_evidence() {
        check((0, 28), (0, 28), (1.0, 1.0));
        check((5, 5), (7, 7), (1.0, 1.0));
        check((0, 0), (2, 9), (1.0, 1.0));
    }

    #[test]
    fn a_billion_on_each_side_ends() {
        let got = fisher(Stratum::new(
            Arm::new(100_000_000, 1_000_000_000),
            Arm::new(100_030_000, 1_000_000_000),
        ));
        assert!(got.two_sided > 0.0 && got.two_sided < 0.1, "{got:?}");
    }
}
