//! The rules in their order: the first that fits decides.

use super::{Comparison, Design, FollowUps, Verdict, VerdictCode, text};
use crate::experiment::{
    Difference, Side, Stratum, looks_bar, mantel_haenszel, newcombe, stratified_exact,
};

/// Counted people a side below which nothing but the counts is shown.
const FEWEST_TO_COMPARE: u32 = 10;
/// Counted people a side below which nothing is called clear.
pub(in crate::experiment) const FEWEST_TO_CALL: u32 = 20;
/// Due follow-ups a side from which on their punctuality is judged.
const FEWEST_FOLLOW_UPS: u32 = 5;
/// The mid-p up to which a comparison leans.
const LEANING: f64 = 0.20;
/// "About the same" means that the 90 % interval lies inside plus or minus this.
const SAME: f64 = 0.10;
/// Decisions on p-values allow for this much rounding.
pub(in crate::experiment) const SLACK: f64 = 1e-12;

/// The verdict on a comparison, with its numbers and its sentence. The first rule that fits
/// decides; see [`VerdictCode`] for their order.
///
/// ```
/// use fortnight_engine::experiment::*;
///
/// let people = FollowUps { due: 12, on_time: 12 };
/// let seen = verdict(&Comparison {
///     design: Design::Mixed,
///     changed: vec!["signal".to_owned()],
///     strata: vec![Stratum::new(Arm::new(2, 14), Arm::new(6, 14))],
///     waiting_a: 0,
///     waiting_b: 0,
///     window_days: 9,
///     planned_looks: 1,
///     follow_ups_a: people,
///     follow_ups_b: people,
/// });
/// assert_eq!(seen.code, VerdictCode::Lean);
/// assert!(seen.text.starts_with("Leaning towards B: 6 of 14 against 2 of 14."));
/// ```
#[must_use]
pub fn verdict(comparison: &Comparison) -> Verdict {
    let mut verdict = match early_code(comparison) {
        Some(code) => without_numbers(code, comparison),
        None => judged(comparison),
    };
    verdict.text = text::sentence(&verdict, comparison);
    verdict
}

fn without_numbers(code: VerdictCode, comparison: &Comparison) -> Verdict {
    Verdict {
        code,
        direction: None,
        p: None,
        difference: None,
        low: None,
        high: None,
        bar: None,
        counted_a: comparison.counted_a(),
        counted_b: comparison.counted_b(),
        text: String::new(),
    }
}

/// The code of a comparison that must not be judged at all.
fn early_code(comparison: &Comparison) -> Option<VerdictCode> {
    let (a, b) = (comparison.counted_a(), comparison.counted_b());
    if a.is_empty() && b.is_empty() && comparison.waiting() == 0 {
        Some(VerdictCode::NoData)
    } else if comparison.changed.len() >= 2 {
        Some(VerdictCode::CannotAttribute)
    } else if comparison.waiting() > 0 {
        Some(VerdictCode::Waiting)
    } else if a.trials.min(b.trials) < FEWEST_TO_COMPARE {
        Some(VerdictCode::TooFew)
    } else if is_unfair(comparison.follow_ups_a, comparison.follow_ups_b) {
        Some(VerdictCode::Protocol)
    } else if a.successes == 0 && b.successes == 0 {
        Some(VerdictCode::NoEvents)
    } else if !comparison.strata.iter().any(|one| one.has_both_arms()) {
        Some(VerdictCode::CannotCompare)
    } else {
        None
    }
}

/// Whether fewer than 70 % of the follow-ups were on time on a side, or the sides are more than 25
/// points apart. With fewer than five due on a side nothing is said.
fn is_unfair(a: FollowUps, b: FollowUps) -> bool {
    if a.due.min(b.due) < FEWEST_FOLLOW_UPS {
        return false;
    }
    let (due_a, due_b) = (u64::from(a.due), u64::from(b.due));
    let (done_a, done_b) = (u64::from(a.on_time.min(a.due)), u64::from(b.on_time.min(b.due)));
    let apart = u128::from((done_a * due_b).abs_diff(done_b * due_a));
    done_a * 10 < due_a * 7
        || done_b * 10 < due_b * 7
        || apart * 4 > u128::from(due_a) * u128::from(due_b)
}

fn judged(comparison: &Comparison) -> Verdict {
    let (a, b) = (comparison.counted_a(), comparison.counted_b());
    let p = stratified_exact(&comparison.strata).mid_central;
    let bar = looks_bar(comparison.planned_looks);
    let Difference { estimate, interval, .. } = difference(&comparison.strata, 0.05);
    let direction = estimate.and_then(|value| {
        if value > SLACK {
            Some(Side::B)
        } else if value < -SLACK {
            Some(Side::A)
        } else {
            None
        }
    });
    let is_clear =
        p <= bar + SLACK && interval.excludes_zero() && a.trials.min(b.trials) >= FEWEST_TO_CALL;
    let code = if comparison.changed.is_empty() {
        VerdictCode::Repeat
    } else if is_clear {
        match comparison.design {
            Design::Mixed => VerdictCode::ClearMixed,
            Design::Alternating => VerdictCode::ClearAlternating,
            Design::BeforeAfter => VerdictCode::ClearBeforeAfter,
        }
    } else if p <= LEANING + SLACK {
        VerdictCode::Lean
    } else if difference(&comparison.strata, 0.10).interval.lies_inside(SAME) {
        VerdictCode::AboutSame
    } else {
        VerdictCode::TooClose
    };
    Verdict {
        code,
        direction,
        p: Some(p),
        difference: estimate,
        low: Some(interval.low),
        high: Some(interval.high),
        bar: Some(bar),
        counted_a: a,
        counted_b: b,
        text: String::new(),
    }
}

/// Newcombe's interval when one stratum has both sides, else Mantel and Haenszel's with Sato's
/// variance.
fn difference(strata: &[Stratum], alpha: f64) -> Difference {
    let mut both = strata.iter().filter(|one| one.has_both_arms());
    match (both.next(), both.next()) {
        (Some(only), None) => newcombe(*only, alpha),
        _ => mantel_haenszel(strata, alpha).difference.as_difference(),
    }
}
