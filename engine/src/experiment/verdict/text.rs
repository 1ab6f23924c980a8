//! The plain sentence of each verdict, with A and B for the sides.

use super::{Comparison, Design, FollowUps, Verdict, VerdictCode};
use crate::experiment::{Arm, Side, wilson};

/// The sentence of a verdict. Its numbers stand in the verdict already.
pub(super) fn sentence(verdict: &Verdict, comparison: &Comparison) -> String {
    let (a, b) = (counts(verdict.counted_a), counts(verdict.counted_b));
    match verdict.code {
        VerdictCode::NoData => "No messages recorded for either version yet.".to_owned(),
        VerdictCode::CannotAttribute => format!(
            "{} things changed at once ({}). This tool cannot tell which one mattered, so neither \
             gets the credit.",
            comparison.changed.len(),
            comparison.changed.join(", ")
        ),
        VerdictCode::Waiting => format!(
            "No call yet: {} sent, {} still inside their {}-day reply window.",
            comparison.sent(),
            comparison.waiting(),
            comparison.window_days
        ),
        VerdictCode::TooFew => format!(
            "No call yet: {} and {} people counted. Comparing starts at 10 on each side, and a \
             clear call needs 20.",
            verdict.counted_a.trials, verdict.counted_b.trials
        ),
        VerdictCode::Protocol => format!(
            "Not a fair comparison: follow-ups were done on time for {}% of A and {}% of B.",
            on_time_percent(comparison.follow_ups_a),
            on_time_percent(comparison.follow_ups_b)
        ),
        VerdictCode::NoEvents => format!(
            "No replies on either side: {a} and {b}. The reply rate is likely under {}%; comparing \
             these two versions cannot help, change something bigger.",
            likely_under(verdict.counted_a.plus(verdict.counted_b))
        ),
        VerdictCode::CannotCompare => "The two versions never ran in the same cycle, so there is \
                                       nothing to compare side by side."
            .to_owned(),
        VerdictCode::Repeat => format!(
            "Nothing was changed between A and B, so this shows ordinary ups and downs: {b} \
             against {a}."
        ),
        VerdictCode::ClearMixed | VerdictCode::ClearAlternating | VerdictCode::ClearBeforeAfter => {
            clear(verdict, comparison)
        }
        VerdictCode::Lean => {
            let (side, better, worse) = oriented_counts(verdict);
            format!(
                "Leaning towards {side}: {better} against {worse}. About 1 comparison in 5 leans \
                 this far by luck alone, so repeat it before you switch."
            )
        }
        VerdictCode::AboutSame => format!(
            "About the same: {b} against {a}; a real difference of 10 points or more is unlikely."
        ),
        VerdictCode::TooClose => format!("Too close to call: {b} against {a}."),
    }
}

fn clear(verdict: &Verdict, comparison: &Comparison) -> String {
    let (side, better, worse) = oriented_counts(verdict);
    let (points, low, high) = oriented_points(verdict);
    let changed = comparison.changed.first().map_or("change", String::as_str);
    let explanation = match comparison.design {
        Design::Mixed => {
            format!("Both versions ran side by side, so the {changed} is the best explanation.")
        }
        Design::Alternating => {
            format!("The versions took turns, so the {changed} is a likely explanation.")
        }
        Design::BeforeAfter => format!(
            "The versions ran in different weeks, so timing or a different mix of people could \
             explain it just as well as the {changed}."
        ),
    };
    format!(
        "Clear difference: {side} did better, {better} against {worse} ({points} points; likely \
         between {low} and {high}). {explanation}"
    )
}

/// The letter of the side that did better, its counts, and those of the other.
fn oriented_counts(verdict: &Verdict) -> (&'static str, String, String) {
    let (a, b) = (counts(verdict.counted_a), counts(verdict.counted_b));
    match verdict.direction {
        Some(Side::A) => ("A", a, b),
        Some(Side::B) | None => ("B", b, a),
    }
}

/// "6 of 14".
pub(in crate::experiment) fn counts(arm: Arm) -> String {
    let arm = arm.bounded();
    format!("{} of {}", arm.successes, arm.trials)
}

/// The difference and its range in points, turned towards the side that did better.
pub(in crate::experiment) fn oriented_points(verdict: &Verdict) -> (i64, i64, i64) {
    let points = |value: Option<f64>| rounded_half_up(100.0 * value.unwrap_or(0.0));
    let flipped = |value: Option<f64>| points(value.map(|one| -one));
    match verdict.direction {
        Some(Side::A) => (flipped(verdict.difference), flipped(verdict.high), flipped(verdict.low)),
        Some(Side::B) | None => {
            (points(verdict.difference), points(verdict.low), points(verdict.high))
        }
    }
}

/// The upper end of the 95 % interval in whole percent.
pub(in crate::experiment) fn likely_under(arm: Arm) -> i64 {
    rounded_half_up(100.0 * wilson(arm, 0.05).interval.high)
}

/// Halves go up, also those that binary fractions put a hair below.
pub(in crate::experiment) fn rounded_half_up(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and percentages are small")]
    let whole = (value + 0.5 + 1e-9).floor() as i64;
    whole
}

fn on_time_percent(follow_ups: FollowUps) -> u64 {
    let (due, done) =
        (u64::from(follow_ups.due), u64::from(follow_ups.on_time.min(follow_ups.due)));
    (200 * done + due) / (2 * due).max(1)
}
