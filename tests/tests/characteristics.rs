//! How often a comparison would mislead, measured through the engine that runs plans.
//!
//! `FORTNIGHT_COMPARISONS=4000 cargo test --release -p fortnight-tests --test characteristics --
//! --nocapture` makes the table in `engine/docs/operating-characteristics.md`;
//! `FORTNIGHT_COMPARISONS_SEED` draws others.

use fortnight_engine::experiment::VerdictCode;
use fortnight_tests::characteristics::{Bench, Design, Outcome};

fn number(variable: &str, otherwise: u64) -> u64 {
    let given = std::env::var(variable).ok();
    given.map_or(otherwise, |text| text.parse().expect("a number"))
}

/// Shares of what was said in many comparisons.
#[derive(Debug)]
struct Shares {
    clear: f64,
    credited: f64,
    leaning: f64,
}

#[expect(clippy::print_stdout, reason = "the table is what the large run is for")]
fn run(bench: &Bench, design: Design, words: &str, lift: f64) -> (Shares, Vec<Outcome>) {
    let comparisons = number("FORTNIGHT_COMPARISONS", 150);
    let seed = number("FORTNIGHT_COMPARISONS_SEED", 1);
    let outcomes: Vec<Outcome> =
        (0..comparisons).map(|at| bench.run(design, lift, seed + at)).collect();
    let share = |wanted: &dyn Fn(&Outcome) -> bool| {
        let number = u32::try_from(outcomes.iter().filter(|one| wanted(one)).count())
            .expect("as this test set it up");
        f64::from(number)
            / f64::from(u32::try_from(outcomes.len()).expect("as this test set it up"))
    };
    let shares = Shares {
        clear: share(&|one| one.verdict.is_clear()),
        credited: share(&|one| one.words.contains("is the best explanation")),
        leaning: share(&|one| one.verdict == VerdictCode::Lean),
    };
    println!(
        "| {words} | {:+.0} points | {:.1} % | {:.1} % | {:.1} % |",
        lift * 100.0,
        shares.clear * 100.0,
        shares.credited * 100.0,
        shares.leaning * 100.0
    );
    (shares, outcomes)
}

/// Three standard errors of a share, for the number of comparisons that were made.
fn slack(share: f64) -> f64 {
    let made = f64::from(
        u32::try_from(number("FORTNIGHT_COMPARISONS", 150)).expect("as this test set it up"),
    );
    3.0 * (share * (1.0 - share) / made).sqrt()
}

#[expect(clippy::print_stdout, reason = "the table is what the large run is for")]
#[test]
fn nothing_is_called_clear_more_often_than_luck_allows_and_different_weeks_are_never_credited() {
    println!("| design | true change | called clear | credited to the change | leaning |");
    println!("| --- | --- | --- | --- | --- |");
    let bench = Bench::new();
    for (design, words) in Design::ALL {
        let (none, quiet) = run(&bench, design, words, 0.0);
        let (some, loud) = run(&bench, design, words, 0.2);
        match design {
            Design::OneCycle | Design::TwoCycles => {
                assert!(none.credited <= 0.05 + slack(0.05), "{none:?}");
                assert!(some.credited > 0.10 && some.credited > none.credited, "{some:?}");
                balanced(&quiet);
            }
            Design::BeforeAfter | Design::BeforeAfterBlind => {
                assert_eq!((none.credited, some.credited), (0.0, 0.0), "{none:?} {some:?}");
            }
        }
        // Timing makes a difference look clear where there is none: the words must not.
        if design == Design::BeforeAfterBlind {
            assert!(none.clear > 0.25 - slack(0.25) - 0.05, "{none:?}");
        }
        for one in quiet.iter().chain(&loud).filter(|one| one.verdict.is_clear()) {
            let timing = one.words.contains("timing") && !one.words.contains("Use ");
            let split = matches!(design, Design::OneCycle | Design::TwoCycles);
            assert_eq!(timing, !split, "{}", one.words);
        }
    }
}

/// E2: equal sides, alike in who knows the seeker, one option for each company.
#[expect(clippy::print_stdout, reason = "the table is what the large run is for")]
#[track_caller]
fn balanced(outcomes: &[Outcome]) {
    let mut furthest = (0, 0);
    for one in outcomes {
        let [(a, warm_a), (b, warm_b)] = one.sides;
        assert_eq!(a + b, 56, "{one:?}");
        assert_eq!(one.companies_split, 0, "{one:?}");
        furthest = (furthest.0.max(a.abs_diff(b)), furthest.1.max(warm_a.abs_diff(warm_b)));
    }
    println!(
        "balance: sides differ by at most {}, those who know the seeker by {}",
        furthest.0, furthest.1
    );
    assert!(furthest.0 <= 4 && furthest.1 <= 5, "{furthest:?}");
}
