use super::*;
use crate::experiment::{Arm, Stratum, verdict};

/// Words that no screen may show; "no difference" would be allowed for `about_same` only, and is
/// not needed even there.
const FORBIDDEN: [&str; 10] = [
    "significan",
    "prove",
    "proof",
    "winner",
    "no difference",
    "arm",
    "stratum",
    "mid-p",
    "p-value",
    "confidence",
];

fn compared(design: Design, a: (u32, u32), b: (u32, u32)) -> Comparison {
    Comparison {
        design,
        changed: vec!["signal".to_owned()],
        strata: vec![Stratum::new(Arm::new(a.0, a.1), Arm::new(b.0, b.1))],
        waiting_a: 0,
        waiting_b: 0,
        window_days: 9,
        planned_looks: 1,
        follow_ups_a: FollowUps { due: 12, on_time: 12 },
        follow_ups_b: FollowUps { due: 9, on_time: 8 },
    }
}

/// One comparison for each code.
fn one_of_each() -> Vec<Comparison> {
    let usual = compared(Design::Mixed, (2, 14), (6, 14));
    let mut two_changes = usual.clone();
    two_changes.changed.push("channel".to_owned());
    let mut nothing = compared(Design::Mixed, (0, 0), (0, 0));
    nothing.strata.clear();
    let mut unchanged = usual.clone();
    unchanged.changed.clear();
    let mut apart = compared(Design::Mixed, (3, 28), (0, 0));
    apart.strata.push(Stratum::new(Arm::new(0, 0), Arm::new(9, 28)));
    vec![
        nothing,
        two_changes,
        Comparison { waiting_a: 5, waiting_b: 4, ..usual.clone() },
        compared(Design::Mixed, (2, 9), (3, 12)),
        Comparison { follow_ups_b: FollowUps { due: 10, on_time: 4 }, ..usual.clone() },
        compared(Design::Mixed, (0, 14), (0, 14)),
        apart,
        unchanged,
        compared(Design::Mixed, (3, 28), (10, 28)),
        compared(Design::Alternating, (10, 28), (3, 28)),
        compared(Design::BeforeAfter, (3, 28), (10, 28)),
        usual,
        compared(Design::Mixed, (20, 200), (20, 200)),
        compared(Design::Mixed, (4, 28), (6, 28)),
    ]
}

#[track_caller]
fn check(comparison: &Comparison, sentence: &str, advice: &str, next: NextMove) {
    let seen = verdict(comparison);
    let titles = Titles { a: "as you write today", b: "a clear ask" };
    let got = headline(comparison, &seen, titles);
    assert_eq!(
        (got.sentence.as_str(), got.advice.as_str(), got.next),
        (sentence, advice, next),
        "{seen:?}"
    );
}

#[test]
fn the_examples_have_every_code() {
    let codes: Vec<VerdictCode> =
        one_of_each().iter().map(|comparison| verdict(comparison).code).collect();
    assert_eq!(codes, VerdictCode::ALL);
}

#[test]
fn the_forbidden_words_never_appear() {
    for comparison in one_of_each() {
        let seen = verdict(&comparison);
        let shown = headline(&comparison, &seen, Titles::LETTERS);
        for text in [&seen.text, &shown.sentence, &shown.advice] {
            let words = format!(" {} ", text.to_lowercase());
            for forbidden in FORBIDDEN {
                let found = words.contains(&format!(" {forbidden}"));
                assert!(!found, "{}: `{forbidden}` in {text}", seen.code.as_str());
            }
            assert!(text.ends_with('.'), "{text}");
        }
    }
}

#[test]
fn only_clear_calls_say_clear_difference_and_all_of_them_warn() {
    for comparison in one_of_each() {
        let seen = verdict(&comparison);
        let shown = headline(&comparison, &seen, Titles::LETTERS);
        let warns = shown.sentence.contains("First results usually look bigger than they last.");
        assert_eq!(shown.sentence.starts_with("Clear difference"), seen.code.is_clear());
        assert_eq!(warns, seen.code.is_clear());
    }
}

#[test]
fn early_verdicts_show_no_percentages() {
    for comparison in one_of_each() {
        let seen = verdict(&comparison);
        let shown = headline(&comparison, &seen, Titles::LETTERS);
        if seen.code.is_early() {
            assert!(!shown.sentence.contains('%') && !shown.advice.contains('%'), "{shown:?}");
        }
    }
}

#[test]
fn a_lean_asks_for_a_repetition() {
    check(
        &compared(Design::Mixed, (2, 14), (6, 14)),
        "Leaning towards a clear ask: 6 of 14 against 2 of 14. About 1 comparison in 5 leans this \
         far by luck alone, so repeat it before you switch.",
        "The same two once more.",
        NextMove::Again,
    );
}

#[test]
fn a_clear_call_turns_towards_the_better_side() {
    check(
        &compared(Design::Mixed, (10, 28), (3, 28)),
        "Clear difference: as you write today did better, 10 of 28 against 3 of 28 (25 points; \
         likely between 3 and 45). Both ran side by side, so the signal is the best explanation. \
         First results usually look bigger than they last.",
        "Use as you write today. If the next cycle leans the same way, that confirms it.",
        NextMove::Use(Side::A),
    );
}

#[test]
fn too_close_says_what_would_show() {
    check(
        &compared(Design::Mixed, (4, 28), (6, 28)),
        "Too close to call: 6 of 28 against 4 of 28.",
        "The same two once more, or something bigger. With 28 a side, a jump from 14 % to about \
         48 % would show clearly four times in five.",
        NextMove::Again,
    );
}
