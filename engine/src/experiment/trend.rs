//! Whether a rate rises or falls over cycles.

use super::Arm;
use super::fisher::twice_the_smaller;
use super::mass::ln_binomial;
use super::special::normal_at_most;

/// The exact test of a trend. T is the sum over cycles of the cycle's place (0, 1, 2 …) times its
/// successes, given how many there were in all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendTest {
    /// P(T ≥ observed): small when the rate rises.
    pub up: f64,
    /// P(T ≤ observed): small when the rate falls.
    pub down: f64,
    /// P(T = observed).
    pub observed: f64,
    /// [`up`](Self::up) less half of [`observed`](Self::observed).
    pub mid_up: f64,
    /// [`down`](Self::down) less half of [`observed`](Self::observed).
    pub mid_down: f64,
    /// Twice the smaller mid-p value, at most 1.
    pub mid_central: f64,
}

/// Multiplications that one test may cost before the normal approximation takes over.
const BUDGET: f64 = 5e7;

/// The exact form of the trend test of W. G. Cochran (1954) and P. Armitage (1955), over cycles in
/// the order of time. Empty cycles keep their place. One cycle, no success at all, or nothing but
/// successes, show no trend: all values are 1 (0.5 for the one-sided mid-p).
///
/// The law of T is summed up over all ways to spread the successes. Where that would take more
/// than `BUDGET` multiplications (beyond about twenty cycles of thirty people), the normal law with the
/// same mean and variance is used.
///
/// ```
/// use fortnight_engine::experiment::{Arm, trend_exact};
///
/// let rising = [Arm::new(2, 28), Arm::new(4, 28), Arm::new(7, 28), Arm::new(10, 28)];
/// assert!(trend_exact(&rising).mid_up < 0.01);
/// ```
#[must_use]
pub fn trend_exact(cycles: &[Arm]) -> TrendTest {
    let successes: f64 = cycles.iter().map(|one| one.x()).sum();
    let trials: f64 = cycles.iter().map(|one| one.n()).sum();
    let (up, down, observed) = if successes <= 0.0 || successes >= trials {
        (1.0, 1.0, 1.0)
    } else if successes > trials / 2.0 {
        // Failures fall as successes rise, and there are fewer of them to spread.
        let mirrored: Vec<Arm> = cycles.iter().map(|one| one.mirrored()).collect();
        let (up, down, observed) = tails(&mirrored, trials - successes, trials);
        (down, up, observed)
    } else {
        tails(cycles, successes, trials)
    };
    let (mid_up, mid_down) = (up - observed / 2.0, down - observed / 2.0);
    TrendTest {
        up,
        down,
        observed,
        mid_up,
        mid_down,
        mid_central: twice_the_smaller(mid_up, mid_down),
    }
}

fn tails(cycles: &[Arm], successes: f64, trials: f64) -> (f64, f64, f64) {
    if cost(cycles, successes) > BUDGET {
        approximated(cycles, successes, trials)
    } else {
        exact(cycles, successes, trials)
    }
}

/// About how many multiplications the exact law takes.
fn cost(cycles: &[Arm], successes: f64) -> f64 {
    let (mut cost, mut before, mut highest_place) = (0.0, 0.0, 0.0);
    for cycle in cycles {
        let states = f64::min(successes, before) + 1.0;
        // The sums of a state reach up to its successes times the last place: half, on average.
        let sums = states / 2.0 * highest_place + 1.0;
        cost += states * sums * (cycle.n().min(successes) + 1.0);
        highest_place += if before > 0.0 { 1.0 } else { 0.0 };
        before += cycle.n();
    }
    cost
}

/// For each number of successes so far, the weights of each sum T so far.
type Law = Vec<Vec<f64>>;

fn exact(cycles: &[Arm], successes: f64, trials: f64) -> (f64, f64, f64) {
    let (p, q) = (successes / trials, (trials - successes) / trials);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number that the budget keeps below a few thousand"
    )]
    let all = successes as usize;
    let mut law: Law = vec![Vec::new(); all + 1];
    if let Some(nothing) = law.first_mut() {
        nothing.push(1.0);
    }
    let mut observed = 0;
    let mut left = trials;
    for (place, cycle) in cycles.iter().enumerate() {
        left -= cycle.n();
        observed += place * usize::try_from(cycle.bounded().successes).unwrap_or(usize::MAX);
        // Binomial weights give the same conditional law as the numbers of ways, and stay small.
        let most = cycle.n().min(successes);
        let mut weights = Vec::new();
        let mut x = 0.0;
        while x <= most {
            weights.push(ln_binomial(x, cycle.n(), p, q).exp());
            x += 1.0;
        }
        let fewest = (successes - left).max(0.0);
        law = spread(&law, &weights, place, fewest);
    }
    let (mut below, mut at, mut above) = (0.0, 0.0, 0.0);
    for (value, &weight) in law.last().into_iter().flatten().enumerate() {
        match value.cmp(&observed) {
            std::cmp::Ordering::Less => below += weight,
            std::cmp::Ordering::Equal => at = weight,
            std::cmp::Ordering::Greater => above += weight,
        }
    }
    let total = below + at + above;
    (((above + at) / total).min(1.0), ((below + at) / total).min(1.0), at / total)
}

/// Adds one cycle in its place: `weights` of 0, 1, 2 … successes. What could no longer reach the
/// observed number of successes (fewer than `fewest` by now) is dropped.
fn spread(law: &Law, weights: &[f64], place: usize, fewest: f64) -> Law {
    let mut next: Law = vec![Vec::new(); law.len()];
    for (before, sums) in law.iter().enumerate() {
        if sums.is_empty() {
            continue;
        }
        for (more, &weight) in weights.iter().enumerate() {
            let Some(into) = next.get_mut(before + more) else { break };
            if f64::from(u32::try_from(before + more).unwrap_or(u32::MAX)) < fewest {
                continue;
            }
            let shift = place * more;
            if into.len() < sums.len() + shift {
                into.resize(sums.len() + shift, 0.0);
            }
            for (slot, &sum) in into[shift..].iter_mut().zip(sums) {
                *slot += sum * weight;
            }
        }
    }
    next
}

fn approximated(cycles: &[Arm], successes: f64, trials: f64) -> (f64, f64, f64) {
    let (mut observed, mut first, mut second, mut place) = (0.0, 0.0, 0.0, 0.0);
    for cycle in cycles {
        observed += place * cycle.x();
        first += place * cycle.n();
        second += place * place * cycle.n();
        place += 1.0;
    }
    let p = successes / trials;
    let mean = p * first;
    let variance =
        p * ((trials - successes) / (trials - 1.0)) * (second - first * (first / trials));
    if variance <= 0.0 {
        return (1.0, 1.0, 1.0);
    }
    let deviation = variance.sqrt();
    let up = normal_at_most((mean - observed + 0.5) / deviation);
    let down = normal_at_most((observed - mean + 0.5) / deviation);
    (up, down, (up + down - 1.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_cycles_are_fishers_test() {
        use crate::experiment::{Stratum, fisher};
        let (early, late) = (Arm::new(3, 28), Arm::new(9, 25));
        let trend = trend_exact(&[early, late]);
        let test = fisher(Stratum::new(early, late));
        assert!((trend.mid_central - test.mid_central).abs() < 1e-12, "{trend:?}");
        assert!((trend.up - test.at_most).abs() < 1e-12, "{trend:?}");
    }

    #[test]
    fn counting_failures_instead_turns_the_trend_around() {
        let cycles = [Arm::new(20, 28), Arm::new(0, 0), Arm::new(24, 28), Arm::new(27, 29)];
        let mirrored = cycles.map(Arm::mirrored);
        let (one, other) = (trend_exact(&cycles), trend_exact(&mirrored));
        assert!((one.up - other.down).abs() < 1e-12, "{one:?} {other:?}");
    }

    #[test]
    fn the_approximation_continues_the_exact_values() {
        let cycles: Vec<Arm> = (0..6).map(|place| Arm::new(4 + place % 3, 30)).collect();
        let (successes, trials) = (30.0, 180.0);
        let (fine, rough) =
            (exact(&cycles, successes, trials), approximated(&cycles, successes, trials));
        assert!((fine.0 - rough.0).abs() < 0.01, "{fine:?} {rough:?}");
    }

    #[test]
    fn a_hundred_cycles_and_a_billion_people_end() {
        let many = vec![Arm::new(9, 28); 100];
        assert!((trend_exact(&many).mid_central - 1.0).abs() < 1e-6);
        let huge = [Arm::new(u32::MAX / 3, u32::MAX); 4];
        assert!((trend_exact(&huge).mid_central - 1.0).abs() < 1e-6);
    }
}
