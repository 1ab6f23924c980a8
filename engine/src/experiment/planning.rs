//! What a comparison could show, in a sentence, before it starts and when it was too close.

use super::Arm;
use super::power::{CallRegion, MOST_FOR_EXACT_POWER, PowerRule};
use super::quadrature::rising_root;
use super::special::{critical_z, normal_at_most};
use super::verdict::{FEWEST_TO_CALL, rounded_half_up};

/// The chance with which a detectable change would be called: four times in five.
const USUAL_POWER: f64 = 0.8;

/// The smallest rate above `baseline` that `people` a side would show clearly four times in five
/// (mid-p at 5 %); `None` when not even certain success would, or when fewer than twenty a side
/// mean that nothing is called clear. Beyond a thousand a side the normal approximation is used.
///
/// ```
/// use fortnight_engine::experiment::smallest_clear_rise;
///
/// let rate = smallest_clear_rise(28, 0.15).unwrap();
/// assert_eq!((rate * 100.0).round(), 49.0);
/// assert_eq!(smallest_clear_rise(14, 0.15), None);
/// ```
#[must_use]
pub fn smallest_clear_rise(people: u32, baseline: f64) -> Option<f64> {
    if people < FEWEST_TO_CALL || baseline.is_nan() {
        return None;
    }
    let baseline = baseline.clamp(0.0, 1.0);
    if people > MOST_FOR_EXACT_POWER {
        return approximate_rise(people, baseline);
    }
    CallRegion::new(people, people, 0.05, PowerRule::MidP)?.smallest_rise(baseline, USUAL_POWER)
}

fn approximate_rise(people: u32, baseline: f64) -> Option<f64> {
    let n = f64::from(people);
    let power = |rate: f64| {
        let error = ((baseline * (1.0 - baseline) + rate * (1.0 - rate)) / n).sqrt();
        normal_at_most((rate - baseline) / error.max(1e-12) - critical_z(0.05))
    };
    (power(1.0) >= USUAL_POWER)
        .then(|| rising_root(baseline, 1.0, |rate| power(rate) - USUAL_POWER))
}

/// What one comparison of this size can show, as a sentence for screens.
///
/// ```
/// use fortnight_engine::experiment::planning_sentence;
///
/// assert_eq!(
///     planning_sentence(28, 0.15),
///     "With 28 a side, a jump from 15 % to about 49 % would show clearly four times in five.",
/// );
/// ```
#[must_use]
pub fn planning_sentence(people: u32, baseline: f64) -> String {
    if people < FEWEST_TO_CALL {
        return format!(
            "With {people} a side nothing can be called clear: that takes {FEWEST_TO_CALL} on each \
             side, so plan for more than one cycle."
        );
    }
    let from = rounded_half_up(100.0 * baseline.clamp(0.0, 1.0));
    match smallest_clear_rise(people, baseline) {
        Some(rate) => format!(
            "With {people} a side, a jump from {from} % to about {} % would show clearly four times \
             in five.",
            rounded_half_up(100.0 * rate)
        ),
        None => format!("With {people} a side, no rise from {from} % would show clearly."),
    }
}

/// What the next comparison of the same size could show, starting from the baseline that was
/// seen.
#[must_use]
pub fn what_would_show(a: Arm, b: Arm) -> String {
    planning_sentence(a.trials.min(b.trials), a.rate().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(people: u32, baseline: f64, expected: &str) {
        assert_eq!(planning_sentence(people, baseline), expected);
    }

    #[test]
    fn small_cycles_are_told_so_on_day_one() {
        check(
            14,
            0.1,
            "With 14 a side nothing can be called clear: that takes 20 on each side, so plan for \
             more than one cycle.",
        );
    }

    #[test]
    fn a_high_baseline_leaves_no_room_to_rise() {
        check(20, 0.95, "With 20 a side, no rise from 95 % would show clearly.");
    }

    #[test]
    fn the_approximation_continues_the_exact_values() {
        let exact = smallest_clear_rise(1000, 0.1).unwrap();
        let rough = smallest_clear_rise(1001, 0.1).unwrap();
        assert!((exact - rough).abs() < 0.002, "{exact} {rough}");
    }
}
