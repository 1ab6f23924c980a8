//! Everything that `compare` computes over fifty cycles, exact tests included.
//!
//! The target is at most 50 ms for the whole of it. Run with
//! `cargo bench -p fortnight-engine --bench experiment`.

use std::hint::black_box;

use fortnight_engine::experiment::{
    Arm, Comparison, Design, FollowUps, Joiner, PartialPooling, Prior, Side, Stratum, Superiority,
    Titles, TrendTest, Verdict, assign, headline, partial_pooling, planning_sentence,
    random_effects, superiority, trend_exact, verdict, wilson,
};

fn main() {
    divan::main();
}

/// Fifty cycles of 28 people, split, with replies that go up and down.
fn cycles() -> Vec<Stratum> {
    (0..50)
        .map(|place| Stratum::new(Arm::new(1 + place * 7 % 5, 14), Arm::new(2 + place * 3 % 6, 14)))
        .collect()
}

fn compared(strata: Vec<Stratum>) -> Comparison {
    let follow_ups = FollowUps { due: 12, on_time: 11 };
    Comparison {
        design: Design::Mixed,
        changed: vec!["signal".to_owned()],
        strata,
        waiting_a: 0,
        waiting_b: 0,
        window_days: 9,
        planned_looks: 1,
        follow_ups_a: follow_ups,
        follow_ups_b: follow_ups,
    }
}

/// The short form of each cycle, the details of each, and all of them pooled.
#[divan::bench]
fn compare_fifty_cycles() {
    let cycles = black_box(cycles());
    for cycle in &cycles {
        let comparison = compared(vec![*cycle]);
        let seen = verdict(&comparison);
        black_box(headline(&comparison, &seen, Titles::LETTERS));
        black_box((wilson(cycle.a, 0.05), wilson(cycle.b, 0.05)));
        black_box(superiority(*cycle, Prior::Uniform));
    }
    let pooled = compared(cycles.clone());
    black_box(headline(&pooled, &verdict(&pooled), Titles::LETTERS));
    let whole: Vec<Arm> = cycles.iter().map(|cycle| cycle.a.plus(cycle.b)).collect();
    black_box(trend_exact(&whole));
    black_box(partial_pooling(&whole));
    black_box(random_effects(&cycles, 0.05));
}

#[divan::bench]
fn verdict_of_one_cycle() -> Verdict {
    verdict(&compared(black_box(vec![Stratum::new(Arm::new(2, 14), Arm::new(6, 14))])))
}

#[divan::bench]
fn verdict_of_fifty_cycles() -> Verdict {
    verdict(&compared(black_box(cycles())))
}

#[divan::bench]
fn belief_in_one_cycle() -> Superiority {
    superiority(black_box(Stratum::new(Arm::new(2, 14), Arm::new(6, 14))), Prior::Uniform)
}

#[divan::bench]
fn sentence_of_what_would_show() -> String {
    planning_sentence(black_box(28), 0.15)
}

#[divan::bench]
fn trend_over_twelve_cycles() -> TrendTest {
    trend_exact(&black_box((0..12).map(|place| Arm::new(3 + place % 4, 28)).collect::<Vec<_>>()))
}

#[divan::bench]
fn pooling_of_fifty_cycles() -> PartialPooling {
    let whole: Vec<Arm> = cycles().iter().map(|cycle| cycle.a.plus(cycle.b)).collect();
    partial_pooling(black_box(&whole))
}

#[divan::bench]
fn a_list_of_twenty_eight() -> Vec<Side> {
    let keys: Vec<String> = (0..28).map(|number| format!("person-{number}")).collect();
    let companies: Vec<String> = (0..28).map(|number| format!("company-{}", number % 19)).collect();
    let list: Vec<Joiner<'_>> = keys
        .iter()
        .zip(&companies)
        .enumerate()
        .map(|(place, (key, company))| Joiner {
            key,
            company: Some(company),
            knows_seeker: place % 3 == 0,
        })
        .collect();
    assign(black_box(42), &[], &list)
}
