use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::experiment::{Side, VerdictCode};
use crate::plan::Compared;
use crate::playbook::{Decision, Id};

const MONDAY: Date = date(2026, 3, 9);

fn group(side: Option<Side>, hits: u32, counted: u32) -> GroupFigures {
    GroupFigures {
        side,
        knows: false,
        sent: counted,
        counted,
        waiting: 0,
        answered: hits,
        hits,
        late: 0,
        due: counted - hits,
        on_time: counted - hits,
    }
}

/// A cycle from 2 March with so many answers of so many people, first of A and then of B.
fn cycle(a: (u32, u32), b: (u32, u32)) -> CycleFigures {
    CycleFigures {
        number: 1,
        start: date(2026, 3, 2),
        end: date(2026, 3, 15),
        length: 14,
        day: 8,
        playbook: "ab".to_owned(),
        in_use: BTreeMap::new(),
        compared: Some(Compared {
            choice: "signal".into(),
            baseline: "as-today".into(),
            option: "clear-ask".into(),
            split: true,
            looks: None,
        }),
        practice: false,
        second_changes: 0,
        people: a.1 + b.1,
        first_sent: Some(date(2026, 3, 2)),
        settles: Some(date(2026, 3, 13)),
        review: None,
        decided: None,
        stopped: None,
        groups: vec![group(Some(Side::A), a.0, a.1), group(Some(Side::B), b.0, b.1)],
    }
}

fn client(number: u32, cycles: Vec<CycleFigures>) -> Bundle {
    Bundle {
        id: format!("{number:032x}"),
        operation: 7,
        made: "2026-03-09T07:00:00Z".parse().unwrap(),
        day: MONDAY,
        consent: MONDAY,
        playbook: PlaybookName {
            id: "product-designer".into(),
            version: "1.0.0".to_owned(),
            hash: "ab".to_owned(),
        },
        started: date(2026, 3, 2),
        last_recorded: Some(date(2026, 3, 8)),
        idle_days: 1,
        stopped: None,
        metric: Some("reply_rate".into()),
        window_days: 9,
        follow_up: Some("3 workdays".to_owned()),
        own_words: true,
        cycles,
    }
}

fn many(number: u32, a: (u32, u32), b: (u32, u32)) -> Vec<Bundle> {
    (0..number).map(|at| client(at, vec![cycle(a, b)])).collect()
}

fn references(clients: &[Bundle]) -> Vec<&Bundle> {
    clients.iter().collect()
}

#[test]
fn a_bundle_comes_back_as_it_was() {
    let mut other = cycle((2, 14), (6, 14));
    other.number = 2;
    other.decided =
        Some(Decided { on: MONDAY, decision: Decision::Use, option: Some("clear-ask".into()) });
    other.stopped = Some(MONDAY);
    let bundle = client(1, vec![cycle((0, 10), (1, 9)), other]);
    let text = write(&bundle);
    assert_eq!(read(text.as_bytes()), Ok(bundle.clone()));
    assert_eq!(write(&bundle), text, "the same bundle is the same bytes");
}

#[test]
fn a_bundle_that_was_edited_is_noticed() {
    let text = write(&client(1, vec![cycle((2, 14), (6, 14))]));
    let edited = text.replacen("\"hits\": 6", "\"hits\": 7", 1);
    assert_ne!(edited, text);
    assert_eq!(read(edited.as_bytes()), Err(BundleError::Changed));
    // White space and the order of keys are no change of what it says.
    assert!(read(text.replace("\n  ", "\n      ").as_bytes()).is_ok());
}

#[test]
fn other_versions_and_other_files_are_told_apart() {
    let text = write(&client(1, Vec::new()));
    let newer = text.replace("\"fortnight_bundle\": 1", "\"fortnight_bundle\": 2");
    assert_eq!(read(newer.as_bytes()), Err(BundleError::Newer { version: 2 }));
    for nonsense in ["", "{}", "[]", "\u{0}", "{\"fortnight_bundle\": \"1\"}", "name,company\n"] {
        assert_eq!(read(nonsense.as_bytes()), Err(BundleError::NotABundle), "{nonsense}");
    }
}

#[test]
fn counts_that_cannot_be_are_refused_though_the_hash_fits() {
    let check = |change: fn(&mut Bundle)| {
        let mut bundle = client(1, vec![cycle((2, 14), (6, 14))]);
        change(&mut bundle);
        assert!(matches!(read(write(&bundle).as_bytes()), Err(BundleError::Broken { .. })));
    };
    check(|bundle| bundle.cycles[0].groups[0].hits = 15);
    check(|bundle| bundle.cycles[0].groups[0].waiting = u32::MAX);
    check(|bundle| bundle.cycles[0].groups[1].side = Some(Side::A));
    check(|bundle| bundle.cycles[0].end = date(2026, 3, 1));
    check(|bundle| bundle.cycles.push(bundle.cycles[0].clone()));
    check(|bundle| bundle.metric = Some("Dana Levi".into()));
    check(|bundle| bundle.playbook.version = "<b>".to_owned());
    check(|bundle| bundle.id = "../../etc/passwd".to_owned());
}

#[test]
fn monday_names_who_needs_a_word_and_counts_the_others() {
    let mut mara = client(1, vec![cycle((2, 14), (6, 14))]);
    mara.cycles[0].review = Some(date(2026, 3, 6));
    let mut jon = client(2, vec![cycle((1, 5), (1, 5))]);
    (jon.idle_days, jon.cycles[0].day) = (8, 9);
    let mut wei = client(3, vec![cycle((0, 5), (0, 4))]);
    wei.cycles[0].settles = Some(date(2026, 3, 18));
    let fine = client(4, vec![cycle((1, 9), (0, 9))]);
    let mut rests = client(5, vec![cycle((2, 14), (6, 14))]);
    rests.cycles[0].decided = Some(Decided { on: MONDAY, decision: Decision::Again, option: None });
    let clients = [wei, jon, fine, rests, mara];
    let seen = monday(&references(&clients), MONDAY);
    let who: Vec<usize> = seen.talk.iter().map(|(place, _)| *place).collect();
    assert_eq!((who, &seen.fine[..], &seen.resting[..]), (vec![4, 1, 0], &[2][..], &[3][..]));
    assert_eq!((seen.in_cycle, seen.shared), (4, Some(MONDAY)));
    let [(_, Concern::Decision(open)), (_, idle), (_, silent)] = &seen.talk[..] else {
        panic!("{:?}", seen.talk);
    };
    assert_eq!(open.since, date(2026, 3, 6));
    assert_eq!(open.verdict.as_ref().unwrap().code, VerdictCode::Lean);
    let (better, other) = open.better_first().unwrap();
    assert_eq!((better.successes, other.successes), (6, 2));
    assert_eq!(*idle, Concern::Idle { days: 8, cycle: 1, day: 9 });
    let first_call = Some(date(2026, 3, 18));
    assert_eq!(*silent, Concern::NoReply { sent: 9, first_call });
}

#[test]
fn nothing_is_claimed_about_days_after_the_figures_were_shared() {
    let mut mara = client(1, vec![cycle((2, 14), (6, 14))]);
    mara.cycles[0].review = Some(date(2026, 3, 13));
    let later = |day| monday(&[&mara], day).talk;
    assert_eq!(later(date(2026, 3, 16)), [], "she may have decided");
    let silent = Concern::Silent { shared: MONDAY };
    assert_eq!(later(date(2026, 3, 17)), [(0, silent)]);
}

#[test]
fn clients_are_strata_and_never_summed() {
    // In each client B does better; summed up, A would.
    let mut clients = many(1, (30, 60), (7, 12));
    clients.extend(many(1, (1, 12), (8, 60)));
    let pooled = pool(&references(&clients), None, 1);
    let [pair] = &pooled[..] else { panic!("{pooled:?}") };
    assert!(pair.difference().unwrap().0 > 0.0);
    assert_eq!((pair.clients.len(), pair.cycles, pair.people), (2, 2, 144));
    assert!(pair.prediction().is_none(), "from five clients on");
    let five = many(5, (3, 14), (6, 14));
    assert!(pool(&references(&five), Some("signal"), 1)[0].prediction().is_some());
    assert_eq!(pool(&references(&five), Some("hook"), 1), []);
}

#[test]
fn the_same_two_the_other_way_round_are_the_same_pair() {
    let mut turned = cycle((6, 14), (2, 14));
    let compared = turned.compared.as_mut().unwrap();
    std::mem::swap(&mut compared.baseline, &mut compared.option);
    let clients = [client(1, vec![cycle((2, 14), (6, 14))]), client(2, vec![turned])];
    let pooled = pool(&references(&clients), None, 1);
    assert_eq!((pooled.len(), pooled[0].cycles), (1, 2));
    let alike = pool(&references(&many(2, (2, 14), (6, 14))), None, 1);
    assert_eq!(pooled[0].verdict, alike[0].verdict);
}

#[test]
fn what_cannot_be_compared_is_left_out_and_counted() {
    let mut waiting = cycle((1, 14), (2, 14));
    (waiting.groups[0].sent, waiting.groups[0].waiting) = (15, 1);
    let mut changed = cycle((1, 14), (2, 14));
    changed.second_changes = 1;
    let mut stopped = cycle((1, 14), (2, 14));
    stopped.stopped = Some(MONDAY);
    let mut practice = cycle((1, 6), (0, 0));
    practice.practice = true;
    practice.groups = vec![group(None, 1, 12)];
    let clients: Vec<Bundle> = [waiting, changed, stopped, practice]
        .into_iter()
        .enumerate()
        .map(|(at, cycle)| client(u32::try_from(at).unwrap(), vec![cycle]))
        .collect();
    let pooled = pool(&references(&clients), None, 1);
    let left_out = LeftOut { waiting: 1, changed: 1, stopped: 1, practice: 1 };
    assert_eq!((pooled[0].left_out, pooled[0].cycles), (left_out, 0));
    assert_eq!(pooled[0].verdict.code, VerdictCode::NoData);
}

#[test]
fn each_client_is_drawn_towards_all_as_far_as_few_people_warrant() {
    let clients = [
        client(1, vec![cycle((0, 3), (0, 2))]),
        client(2, vec![cycle((3, 14), (5, 14))]),
        client(3, Vec::new()),
    ];
    let (each, mean) = each(&references(&clients));
    assert_eq!(each.len(), 2);
    assert!(each[0].rate > 0.02 && each[0].rate < each[1].rate, "{each:?}");
    assert!(mean.is_some());
}

#[test]
fn what_leaves_the_coach_needs_five_clients_and_none_above_half() {
    let four = many(4, (10, 40), (14, 40));
    assert_eq!(report(&references(&four), None, 1).clients, None);
    assert_eq!(report(&references(&four), None, 1).pairs, []);
    let five = many(5, (10, 43), (14, 44));
    let seen = report(&references(&five), None, 1);
    assert_eq!((seen.clients, seen.people), (Some(5), Some(440)));
    let [a, b] = &seen.pairs[0].options;
    assert_eq!((a.people, b.people), (220, 220), "rounded to tens");
    assert!(a.rate.unwrap() < b.rate.unwrap());
    let mut uneven = many(4, (1, 10), (2, 10));
    uneven.push(client(9, vec![cycle((30, 100), (30, 100))]));
    assert_eq!(report(&references(&uneven), None, 1).clients, None, "one has most of them");
}

#[test]
fn a_hidden_playbook_does_not_follow_from_the_total() {
    let mut clients = many(12, (3, 14), (5, 14));
    for (at, bundle) in clients.iter_mut().enumerate() {
        let id: Id = if at < 6 { "large".into() } else { "other".into() };
        bundle.playbook.id = if at == 11 { "single".into() } else { id };
    }
    let seen = report(&references(&clients), None, 1);
    let shown: Vec<&str> = seen.playbooks.iter().map(|line| &*line.playbook).collect();
    assert_eq!((shown, seen.hidden_playbooks), (vec!["large"], 2));
    assert_eq!(seen.other_playbooks, Some((6, 170)));
    let pairs: Vec<&str> = seen.pairs.iter().map(|pair| &*pair.playbook).collect();
    assert_eq!((pairs, seen.hidden_pairs), (vec!["large"], 2), "nor from what was compared");
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_damaged_bundle_is_refused_or_says_the_same(at in 0_usize..1500, letter in "[ -~]") {
        let bundle = client(1, vec![cycle((2, 14), (6, 14))]);
        let mut text = write(&bundle);
        if at < text.len() {
            text.replace_range(at..=at, &letter);
        }
        prop_assert!(read(text.as_bytes()).is_err() || read(text.as_bytes()) == Ok(bundle));
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_counts_end_in_an_answer(counts in prop::collection::vec(0_u32..1_000, 8)) {
        let arm = |at: usize| (counts[at].min(counts[at + 1]), counts[at + 1]);
        let clients =
            [client(1, vec![cycle(arm(0), arm(2))]), client(2, vec![cycle(arm(4), arm(6))])];
        let clients = references(&clients);
        let (pooled, report) = (pool(&clients, None, 4), report(&clients, None, 4));
        prop_assert_eq!(pooled.len(), report.pairs.len() + report.hidden_pairs);
        prop_assert_eq!(monday(&clients, Date::MAX).in_cycle, 2);
    }
}
