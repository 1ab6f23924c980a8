//! A verdict as it stands on a screen: what was seen, and what to do next.
//!
//! Knows the words of screens. It must not know commands or dates: those who know them put them
//! behind the advice. The words "significant", "proves", "winner" and "no difference" are never
//! used, and a share is given with its counts.

use super::verdict::{counts, likely_under, oriented_points};
use super::{Comparison, Design, FollowUps, Side, Verdict, VerdictCode, what_would_show};

/// What the two sides are called in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Titles<'a> {
    /// The baseline, such as "as you write today".
    pub a: &'a str,
    /// The new option, such as "a clear ask".
    pub b: &'a str,
}

impl Titles<'static> {
    /// The letters, for a screen that explains them.
    pub const LETTERS: Self = Self { a: "A", b: "B" };
}

impl<'a> Titles<'a> {
    fn of(self, side: Side) -> &'a str {
        match side {
            Side::A => self.a,
            Side::B => self.b,
        }
    }
}

/// What to do after a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextMove {
    /// Send the first messages.
    Send,
    /// Nothing to do until everybody is counted.
    Wait,
    /// The same two options once more.
    Again,
    /// The same two once more, with follow-ups in time.
    AgainOnTime,
    /// The same two once more, side by side in one cycle.
    SideBySide,
    /// Take this side into use.
    Use(Side),
    /// Keep either, and try something bigger.
    SomethingBigger,
    /// Choose one thing to change.
    ChangeOneThing,
}

/// A verdict in the words of a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// What was seen.
    pub sentence: String,
    /// What to do about it, in a sentence or two.
    pub advice: String,
    /// The same as a value, for a command that fits.
    pub next: NextMove,
}

/// The sentence and the advice of a verdict.
///
/// ```
/// use fortnight_engine::experiment::*;
///
/// let comparison = Comparison {
///     design: Design::Mixed,
///     changed: vec!["signal".to_owned()],
///     strata: vec![Stratum::new(Arm::new(2, 14), Arm::new(6, 14))],
///     waiting_a: 0,
///     waiting_b: 0,
///     window_days: 9,
///     planned_looks: 1,
///     follow_ups_a: FollowUps::default(),
///     follow_ups_b: FollowUps::default(),
/// };
/// let shown = headline(&comparison, &verdict(&comparison), Titles::LETTERS);
/// assert_eq!(
///     shown.sentence,
///     "Leaning towards B: 6 of 14 against 2 of 14. About 1 comparison in 5 leans this far by \
///      luck alone, so repeat it before you switch.",
/// );
/// assert_eq!(shown.next, NextMove::Again);
/// ```
#[must_use]
pub fn headline(comparison: &Comparison, verdict: &Verdict, titles: Titles<'_>) -> Headline {
    let (sentence, advice, next) = match verdict.code {
        VerdictCode::NoData => (
            "Nothing has been sent yet.".to_owned(),
            format!(
                "Send the first messages. A person counts {} days after the message.",
                comparison.window_days
            ),
            NextMove::Send,
        ),
        VerdictCode::CannotAttribute => (
            format!(
                "{} things changed at once ({}). Which of them mattered cannot be told, so none \
                 gets the credit.",
                comparison.changed.len(),
                comparison.changed.join(", ")
            ),
            "Next time change one of them and leave the others as they are.".to_owned(),
            NextMove::ChangeOneThing,
        ),
        VerdictCode::Waiting => (
            format!(
                "No call yet: {} sent, {} still inside their {}-day reply window.",
                comparison.sent(),
                comparison.waiting(),
                comparison.window_days
            ),
            "Nothing to do until then.".to_owned(),
            NextMove::Wait,
        ),
        VerdictCode::TooFew => (
            format!(
                "No call yet: {} and {} people counted. Comparing starts at 10 on each side, and \
                 a clear call needs 20.",
                verdict.counted_a.trials, verdict.counted_b.trials
            ),
            "The same two once more: what both cycles show is put together.".to_owned(),
            NextMove::Again,
        ),
        VerdictCode::Protocol => (
            format!(
                "Not a fair comparison: follow-ups were on time for {} with {} and {} with {}.",
                on_time(comparison.follow_ups_a),
                titles.a,
                on_time(comparison.follow_ups_b),
                titles.b
            ),
            "The same two once more, with every follow-up in its week.".to_owned(),
            NextMove::AgainOnTime,
        ),
        VerdictCode::NoEvents => no_events(verdict),
        VerdictCode::CannotCompare => (
            "The two never ran in the same cycle, so there is nothing to compare side by side."
                .to_owned(),
            "Let both run in the next cycle.".to_owned(),
            NextMove::SideBySide,
        ),
        VerdictCode::Repeat => (
            format!(
                "Nothing was changed between the two, so this shows ordinary ups and downs: {}.",
                both_counts(verdict)
            ),
            "Remember how far apart they came by luck. Now choose one thing to change.".to_owned(),
            NextMove::ChangeOneThing,
        ),
        VerdictCode::ClearMixed | VerdictCode::ClearAlternating | VerdictCode::ClearBeforeAfter => {
            clear(comparison, verdict, titles)
        }
        VerdictCode::Lean => lean(verdict, titles),
        VerdictCode::AboutSame => (
            format!(
                "About the same: {}; a real difference of 10 points or more is unlikely.",
                both_counts(verdict)
            ),
            "Keep whichever is less work, and try something bigger.".to_owned(),
            NextMove::SomethingBigger,
        ),
        VerdictCode::TooClose => (
            format!("Too close to call: {}.", both_counts(verdict)),
            format!(
                "The same two once more, or something bigger. {}",
                what_would_show(verdict.counted_a, verdict.counted_b)
            ),
            NextMove::Again,
        ),
    };
    Headline { sentence, advice, next }
}

type Parts = (String, String, NextMove);

fn no_events(verdict: &Verdict) -> Parts {
    let (a, b) = (verdict.counted_a, verdict.counted_b);
    let sentence = format!(
        "No replies on either side: {} and {}. The rate is likely under {} %, and comparing these \
         two cannot help.",
        counts(a),
        counts(b),
        likely_under(a.plus(b))
    );
    let advice = "Change something bigger: whom you write to, or what you ask for.".to_owned();
    (sentence, advice, NextMove::SomethingBigger)
}

fn lean(verdict: &Verdict, titles: Titles<'_>) -> Parts {
    let (better, sides) = better(verdict);
    let sentence = format!(
        "Leaning towards {}: {sides}. About 1 comparison in 5 leans this far by luck alone, so \
         repeat it before you switch.",
        titles.of(better)
    );
    (sentence, "The same two once more.".to_owned(), NextMove::Again)
}

fn clear(comparison: &Comparison, verdict: &Verdict, titles: Titles<'_>) -> Parts {
    let (side, sides) = better(verdict);
    let title = titles.of(side);
    let (points, low, high) = oriented_points(verdict);
    let changed = comparison.changed.first().map_or("change", String::as_str);
    let (why, advice, next) = match comparison.design {
        Design::Mixed => (
            format!("Both ran side by side, so the {changed} is the best explanation."),
            format!("Use {title}. If the next cycle leans the same way, that confirms it."),
            NextMove::Use(side),
        ),
        Design::Alternating => (
            format!("They took turns, so the {changed} is a likely explanation."),
            format!("Use {title}. One cycle with both side by side would make it surer."),
            NextMove::Use(side),
        ),
        Design::BeforeAfter => (
            format!(
                "They ran in different weeks, so timing or a different mix of people could \
                 explain it just as well as the {changed}."
            ),
            "Let both run side by side in one cycle before you switch.".to_owned(),
            NextMove::SideBySide,
        ),
    };
    let sentence = format!(
        "Clear difference: {title} did better, {sides} ({points} points; likely between {low} and \
         {high}). {why} First results usually look bigger than they last."
    );
    (sentence, advice, next)
}

/// The side that did better, and the counts with that side first.
fn better(verdict: &Verdict) -> (Side, String) {
    let (a, b) = (counts(verdict.counted_a), counts(verdict.counted_b));
    match verdict.direction {
        Some(Side::A) => (Side::A, format!("{a} against {b}")),
        Some(Side::B) | None => (Side::B, format!("{b} against {a}")),
    }
}

fn both_counts(verdict: &Verdict) -> String {
    format!("{} against {}", counts(verdict.counted_b), counts(verdict.counted_a))
}

fn on_time(follow_ups: FollowUps) -> String {
    format!("{} of {}", follow_ups.on_time.min(follow_ups.due), follow_ups.due)
}

#[cfg(test)]
mod tests;
