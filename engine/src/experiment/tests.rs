//! Laws that hold for whatever is put in, from nobody to four billion people.

use super::*;
use proptest::prelude::*;

/// Few people mostly, and sometimes as many as there can be.
fn people() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0_u32..60, 2 => 0_u32..3000, 1 => any::<u32>()]
}

/// Any arm, also one with more successes than trials.
fn arm() -> impl Strategy<Value = Arm> {
    (people(), 0.0..1.1_f64, people()).prop_map(|(trials, share, other)| {
        let successes = (f64::from(trials) * share).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, and any number will do"
        )]
        let successes = if other % 5 == 0 { other } else { successes as u32 };
        Arm::new(successes, trials)
    })
}

fn stratum() -> impl Strategy<Value = Stratum> {
    (arm(), arm()).prop_map(|(a, b)| Stratum::new(a, b))
}

fn alpha() -> impl Strategy<Value = f64> {
    prop_oneof![8 => 0.001..0.3_f64, 1 => any::<f64>()]
}

#[track_caller]
fn check_interval(interval: Interval, bounds: Interval, estimate: Option<f64>) {
    let Interval { low, high } = interval;
    assert!(low <= high && bounds.low <= low && high <= bounds.high, "{interval:?}");
    if let Some(estimate) = estimate {
        assert!(low <= estimate + 1e-9 && estimate <= high + 1e-9, "{estimate} in {interval:?}");
    }
}

#[track_caller]
fn check_probabilities(values: &[f64]) {
    assert!(values.iter().all(|value| (0.0..=1.0).contains(value)), "{values:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn intervals_of_one_share_hold_its_estimate(arm in arm(), alpha in alpha()) {
        // A belief of one per cent lies around the posterior's middle, not around the raw share.
        let is_usual = alpha <= 0.3;
        let got = wilson(arm, alpha);
        check_interval(got.interval, Interval::PROPORTION, got.estimate);
        let got = jeffreys(arm, alpha);
        check_interval(got.interval, Interval::PROPORTION, got.estimate.filter(|_| is_usual));
        check_interval(got.quantiles, Interval::PROPORTION, None);
    }

    #[test]
    fn intervals_of_a_difference_hold_its_estimate(pair in stratum(), alpha in alpha()) {
        let got = newcombe(pair, alpha);
        check_interval(got.interval, Interval::DIFFERENCE, got.estimate);
        let got = mover_jeffreys(pair, alpha);
        check_interval(got.interval, Interval::DIFFERENCE, got.estimate);
        check_interval(agresti_caffo(pair, alpha).interval, Interval::DIFFERENCE, None);
    }

    #[test]
    fn exact_tests_give_probabilities(pair in stratum()) {
        let got = fisher(pair);
        check_probabilities(&[got.at_most, got.at_least, got.observed, got.two_sided]);
        check_probabilities(&[got.central, got.mid_central]);
        prop_assert!(got.mid_central <= got.central);
        prop_assert!(got.ln_two_sided <= 0.0 && !got.ln_two_sided.is_nan());
    }

    #[test]
    fn strata_give_probabilities_and_turn_with_the_sides(
        strata in proptest::collection::vec(stratum(), 0..6), alpha in alpha(),
    ) {
        let got = stratified_exact(&strata);
        check_probabilities(&[got.b_high, got.b_low, got.observed, got.central, got.mid_central]);
        let turned: Vec<Stratum> = strata.iter().map(|one| Stratum::new(one.b, one.a)).collect();
        let back = stratified_exact(&turned);
        prop_assert!((got.mid_central - back.mid_central).abs() < 1e-6, "{got:?} {back:?}");
        let pooled = mantel_haenszel(&strata, alpha);
        check_probabilities(&[pooled.p, pooled.p_corrected]);
        let difference = pooled.difference;
        check_interval(difference.interval, Interval::DIFFERENCE, difference.estimate);
        prop_assert!(pooled.odds_ratio.interval.low <= pooled.odds_ratio.interval.high);
        let effects = random_effects(&strata, alpha).pooled;
        prop_assert!(effects.is_none_or(|one| one.estimate.is_finite() && one.error >= 0.0));
    }

    #[test]
    fn verdicts_turn_with_the_sides(
        strata in proptest::collection::vec(stratum(), 0..4),
        looks in 0_u32..7,
        waiting in 0_u32..2,
        due in (0_u32..20, 0_u32..20),
    ) {
        let there = Comparison {
            design: Design::Mixed,
            changed: vec!["signal".to_owned()],
            strata,
            waiting_a: waiting,
            waiting_b: 0,
            window_days: 9,
            planned_looks: looks,
            follow_ups_a: FollowUps { due: due.0, on_time: due.1 },
            follow_ups_b: FollowUps { due: due.1, on_time: due.0 },
        };
        let turned = there.strata.iter().map(|one| Stratum::new(one.b, one.a)).collect();
        let back = Comparison {
            strata: turned,
            waiting_a: there.waiting_b,
            waiting_b: there.waiting_a,
            follow_ups_a: there.follow_ups_b,
            follow_ups_b: there.follow_ups_a,
            ..there.clone()
        };
        let (one, other) = (verdict(&there), verdict(&back));
        prop_assert_eq!(one.code, other.code);
        prop_assert_eq!(one.direction, other.direction.map(Side::other));
        prop_assert!(!headline(&there, &one, Titles::LETTERS).sentence.is_empty());
    }

    #[test]
    fn beliefs_are_probabilities_and_losses_are_not_negative(pair in stratum(), margin: f64) {
        let got = superiority(pair, Prior::Jeffreys);
        check_probabilities(&[got.b_above_a, got.a_above_b, got.loss_of_a, got.loss_of_b]);
        check_probabilities(&[exceeds_by(pair, Prior::Uniform, margin)]);
        prop_assert!((got.b_above_a + got.a_above_b - 1.0).abs() < 1e-6, "{:?}", got);
    }

    #[test]
    fn rates_of_events_are_positive(
        events in (people(), people()), days in (any::<f64>(), 0.0..400.0_f64), alpha in alpha(),
    ) {
        let (a, b) = (Exposure::new(events.0, days.0), Exposure::new(events.1, days.1));
        for exposure in [a, b] {
            let got = poisson_rate(exposure, alpha);
            check_interval(got.interval, Interval::POSITIVE, None);
            check_interval(got.jeffreys, Interval::POSITIVE, None);
        }
        let got = rate_ratio(a, b, alpha);
        check_interval(got.interval, Interval::POSITIVE, None);
        check_probabilities(&[got.central, got.mid_central]);
        check_probabilities(&got.b_above_a.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn trends_and_evidence_give_probabilities(
        cycles in proptest::collection::vec(arm(), 0..8),
        blocks in proptest::collection::vec(stratum(), 0..8),
        prior: f64,
    ) {
        let got = trend_exact(&cycles);
        check_probabilities(&[got.up, got.down, got.observed, got.mid_central]);
        let got = evidence(&blocks, prior);
        prop_assert!(got.ln_last.is_finite());
        check_probabilities(&[got.anytime_p]);
    }

    #[test]
    fn reply_curves_stay_within_bounds(
        people in proptest::collection::vec((any::<f64>(), any::<bool>()), 0..40),
        usual in proptest::collection::vec((0.0..30.0_f64, any::<bool>()), 0..40),
        alpha in alpha(),
    ) {
        for list in [people, usual] {
            let watched: Vec<Watched> =
                list.into_iter().map(|(days, replied)| Watched { days, replied }).collect();
            let got = kaplan_meier(&watched, 14.0, alpha);
            check_interval(got.interval, Interval::PROPORTION, got.replied_by);
        }
    }

    #[test]
    fn counting_people_adds_up(
        contacts in proptest::collection::vec(
            (any::<i64>(), any::<Option<i64>>(), any::<Option<i64>>(), any::<bool>()), 0..30),
        today: i64,
        windows: (i64, i64, i64),
    ) {
        let contacts: Vec<Contact> = contacts
            .into_iter()
            .map(|(sent, reply, follow_up, bounced)| Contact { sent, reply, follow_up, bounced })
            .collect();
        let (reply, follow_up_after, follow_up_grace) = windows;
        let got = maturity(&contacts, today, Windows { reply, follow_up_after, follow_up_grace });
        prop_assert_eq!(got.sent, got.delivered + got.bounced);
        prop_assert_eq!(got.delivered, got.matured + got.waiting);
        prop_assert!(got.replies_counted + got.replies_late <= got.matured);
        prop_assert!(got.follow_ups_on_time <= got.follow_ups_due);
    }

    #[test]
    fn what_is_hidden_cannot_be_worked_out(
        groups in proptest::collection::vec((0_u32..15, 0_u32..300, 0_u32..150), 0..8),
    ) {
        let groups: Vec<Group> = groups
            .into_iter()
            .map(|(clients, people, largest)| Group {
                clients, people, successes: 0, largest_client: largest.min(people),
            })
            .collect();
        let rule = DisclosureRule::default();
        let got = suppress(&groups, rule);
        let may_be_shown = |place: &usize| {
            let group = groups[*place];
            group.clients >= 5 && group.largest_client * 2 <= group.people
        };
        prop_assert!(got.shown.iter().all(may_be_shown));
        // With something shown, the hidden rest is at least two groups and passes as one.
        if !got.shown.is_empty() && !got.hidden.is_empty() {
            prop_assert!(got.hidden.len() >= 2 && got.other.is_some());
        }
        prop_assert!(got.total_shown || got.shown.is_empty());
    }
}
