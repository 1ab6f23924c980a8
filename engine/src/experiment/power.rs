//! What a comparison of a given size can show.

use super::mass::{Binomial, Hypergeometric, weights};
use super::quadrature::rising_root;
use super::verdict::SLACK;

/// Which test decides whether there is a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerRule {
    /// The central mid-p, which this engine judges by.
    MidP,
    /// Fisher's two-sided test.
    Fisher,
}

/// All tables of two sides on which a test makes a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRegion {
    n_a: u32,
    n_b: u32,
    /// For each number of successes in A, the runs of successes in B that are called.
    calls: Vec<Vec<Run>>,
}

/// A run of numbers of successes in B with a call for the same side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: usize,
    /// One past the last.
    to: usize,
    b_is_better: bool,
}

/// The chance of a call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// Of a call either way.
    pub any: f64,
    /// Of a call for A.
    pub for_a: f64,
    /// Of a call for B.
    pub for_b: f64,
}

/// With more people a side than this no table of all outcomes is made.
pub const MOST_FOR_EXACT_POWER: u32 = 1000;

impl CallRegion {
    /// Works out every table of `n_a` and `n_b` people on which the two-sided p-value is at most
    /// `alpha`; `None` beyond [`MOST_FOR_EXACT_POWER`] people a side.
    #[must_use]
    pub fn new(n_a: u32, n_b: u32, alpha: f64, rule: PowerRule) -> Option<Self> {
        if n_a.max(n_b) > MOST_FOR_EXACT_POWER {
            return None;
        }
        let mut called = vec![vec![false; whole(n_b) + 1]; whole(n_a) + 1];
        for successes in 0..=n_a + n_b {
            let urn = Hypergeometric {
                first: f64::from(n_a),
                second: f64::from(n_b),
                marked: f64::from(successes),
            };
            let (_, law) = weights(&urn, f64::INFINITY);
            let lowest = successes.saturating_sub(n_b);
            let p_values = match rule {
                PowerRule::MidP => mid_p_values(&law),
                PowerRule::Fisher => fisher_values(&law),
            };
            for (x_a, p) in (lowest..).zip(p_values) {
                if p <= alpha + SLACK {
                    let slot = called
                        .get_mut(whole(x_a))
                        .and_then(|row| row.get_mut(whole(successes - x_a)));
                    if let Some(slot) = slot {
                        *slot = true;
                    }
                }
            }
        }
        let calls = called.iter().zip(0..).map(|(row, x_a)| runs(row, x_a, n_a, n_b)).collect();
        Some(Self { n_a, n_b, calls })
    }

    /// The chance of a call when the true rates are `p_a` and `p_b`.
    #[must_use]
    pub fn power(&self, p_a: f64, p_b: f64) -> Power {
        self.power_given(&binomial(self.n_a, p_a), p_b)
    }

    fn power_given(&self, law_a: &[f64], p_b: f64) -> Power {
        let mut below = vec![0.0];
        let mut sum = 0.0;
        for weight in binomial(self.n_b, p_b) {
            sum += weight;
            below.push(sum);
        }
        let up_to = |place: usize| below.get(place).copied().unwrap_or(sum);
        let (mut for_a, mut for_b) = (0.0, 0.0);
        for (runs, weight) in self.calls.iter().zip(law_a) {
            for run in runs {
                let chance = weight * (up_to(run.to) - up_to(run.from));
                if run.b_is_better { for_b += chance } else { for_a += chance }
            }
        }
        Power { any: for_a + for_b, for_a, for_b }
    }

    /// The smallest rate of B above `p_a` that is called with a chance of at least `wanted`;
    /// `None` if even certain success is not.
    #[must_use]
    pub fn smallest_rise(&self, p_a: f64, wanted: f64) -> Option<f64> {
        let p_a = probability(p_a);
        let law = binomial(self.n_a, p_a);
        let excess = |p_b: f64| self.power_given(&law, p_b).any - wanted;
        (excess(1.0) >= -SLACK).then(|| rising_root(p_a, 1.0, excess))
    }

    /// The largest rate of B below `p_a` that is called with a chance of at least `wanted`; `None`
    /// if even a fall to 0 is not.
    #[must_use]
    pub fn largest_fall(&self, p_a: f64, wanted: f64) -> Option<f64> {
        let p_a = probability(p_a);
        let law = binomial(self.n_a, p_a);
        let excess = |p_b: f64| wanted - self.power_given(&law, p_b).any;
        (excess(0.0) <= SLACK).then(|| rising_root(0.0, p_a, excess))
    }

    /// Clears every called cell of a lattice of outcomes, and says how much was there.
    pub(super) fn take(&self, lattice: &mut [Vec<f64>]) -> f64 {
        let mut taken = 0.0;
        for (runs, row) in self.calls.iter().zip(lattice) {
            for run in runs {
                for cell in row.iter_mut().take(run.to).skip(run.from) {
                    taken += *cell;
                    *cell = 0.0;
                }
            }
        }
        taken
    }
}

fn probability(p: f64) -> f64 {
    if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) }
}

fn whole(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The probabilities of 0, 1, … `n` successes.
pub(super) fn binomial(n: u32, p: f64) -> Vec<f64> {
    let p = probability(p);
    weights(&Binomial { trials: f64::from(n), p, q: 1.0 - p }, f64::INFINITY).1
}

/// The central mid-p of each value of a law.
fn mid_p_values(law: &[f64]) -> Vec<f64> {
    let mut below = 0.0;
    let mut above: Vec<f64> = law
        .iter()
        .rev()
        .scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum - weight / 2.0)
        })
        .collect();
    above.reverse();
    law.iter()
        .zip(above)
        .map(|(weight, above)| {
            let mid = below + weight / 2.0;
            below += weight;
            (2.0 * f64::min(mid, above)).min(1.0)
        })
        .collect()
}

/// For each value of a law, the probability of all that are no more likely.
fn fisher_values(law: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..law.len()).collect();
    order.sort_by(|one, other| law[*one].total_cmp(&law[*other]));
    let mut values = vec![1.0; law.len()];
    let mut sum = 0.0;
    let mut counted = 0;
    for &place in &order {
        // Weights that differ by rounding only are ties, and all of them count.
        while let Some(&next) = order.get(counted).filter(|next| law[**next] <= law[place] * TIE) {
            sum += law[next];
            counted += 1;
        }
        values[place] = sum;
    }
    values
}

const TIE: f64 = 1.0 + 1e-9;

fn runs(row: &[bool], x_a: u32, n_a: u32, n_b: u32) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (x_b, place) in (0_u64..).zip(0..row.len()).filter(|(_, place)| row[*place]) {
        let b_is_better = x_b * u64::from(n_a) > u64::from(x_a) * u64::from(n_b);
        match runs.last_mut() {
            Some(run) if run.to == place && run.b_is_better == b_is_better => run.to += 1,
            _ => runs.push(Run { from: place, to: place + 1, b_is_better }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(n: u32, from: f64, expected_percent: f64) {
        let region = CallRegion::new(n, n, 0.05, PowerRule::MidP).unwrap();
        let got = region.smallest_rise(from, 0.8).unwrap();
        assert!((got * 100.0 - expected_percent).abs() <= 0.5, "{n} from {from}: {got}");
    }

    #[test]
    fn the_table_of_the_design_is_computed() {
        check(14, 0.05, 49.0);
        check(28, 0.10, 42.0);
        check(28, 0.15, 49.0);
        check(56, 0.30, 56.0);
        check(112, 0.20, 37.0);
        check(200, 0.10, 20.0);
    }

    #[test]
    fn false_calls_at_twenty_eight_a_side_stay_below_five_in_a_hundred() {
        let region = CallRegion::new(28, 28, 0.05, PowerRule::MidP).unwrap();
        for percent in 1..=50 {
            let p = f64::from(percent) / 100.0;
            assert!(region.power(p, p).any <= 0.0465, "{p}");
        }
    }

    #[test]
    fn too_many_people_are_refused_and_none_are_not() {
        assert_eq!(CallRegion::new(1001, 5, 0.05, PowerRule::MidP), None);
        let empty = CallRegion::new(0, 0, 0.05, PowerRule::Fisher).unwrap();
        assert!(empty.power(0.5, f64::NAN).any <= 0.0);
        assert_eq!(empty.smallest_rise(0.1, 0.8), None);
    }
}
