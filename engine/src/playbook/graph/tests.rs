use super::*;
use crate::playbook::load;
use crate::source::SourceFile;

fn playbook(steps: &str) -> Playbook {
    let text = format!(
        "fortnight: 1\nplaybook: tiny\nversion: 1.0.0\ntitle: Tiny\npeople: {{size: 20}}\n\
         steps:\n{steps}"
    );
    let loaded = load(SourceFile::new("tiny.yaml", text), &|_, _| None);
    let findings = loaded.diagnostics;
    loaded.playbook.unwrap_or_else(|| panic!("{findings:?}"))
}

#[track_caller]
fn check(steps: &str, way: &[&str], day: u32, workdays: u32, minutes: u64) {
    let playbook = playbook(steps);
    let longest = Graph::of(&playbook).longest;
    let ids: Vec<&str> = longest.steps.iter().map(|at| &*playbook.steps[*at].id).collect();
    assert_eq!((ids.as_slice(), longest.day), (way, day));
    assert_eq!((longest.workdays, longest.minutes), (workdays, minutes));
}

#[test]
fn the_longest_way_follows_offsets_and_paces() {
    check(
        "  a: {title: A, effort: 10 minutes}\n  \
           b: {title: B, for_each: people, needs: a, pace: 5 per workday, effort: 2 minutes}\n  \
           c: {title: C, needs: a, after: 2 workdays}\n",
        &["a", "b"],
        4,
        4,
        50,
    );
}

#[test]
fn two_paces_one_behind_the_other_run_side_by_side() {
    check(
        "  a: {title: A, for_each: people, pace: 10 per workday}\n  \
           b: {title: B, for_each: people, needs: a, pace: 10 per workday}\n",
        &["a", "b"],
        2,
        2,
        0,
    );
}

#[test]
fn of_two_needs_met_on_one_day_the_one_with_more_work_is_on_the_way() {
    check(
        "  a: {title: A, effort: 5 minutes}\n  b: {title: B, effort: 60 minutes}\n  \
           c: {title: C, needs: [a, b], after: 5 workdays}\n",
        &["b", "c"],
        8,
        6,
        60,
    );
}

#[test]
fn a_day_that_is_named_ends_no_way_unless_there_is_no_other_end() {
    check("  a: {title: A, at: day 9}\n  b: {title: B}\n", &["b"], 1, 1, 0);
    check("  a: {title: A, at: day 9}\n", &["a"], 9, 7, 0);
}

#[test]
fn a_playbook_that_only_waits_for_answers_has_no_way() {
    check("  a: {title: A, for_each: people, at: person.connected_on}\n", &[], 0, 0, 0);
}

#[test]
fn a_deadline_of_another_step_is_an_edge_of_its_own_only_beside_needs() {
    let playbook = playbook(
        "  a: {title: A}\n  b: {title: B, needs: a, within: 3 days of a}\n  \
           c: {title: C, needs: b, within: 9 days of a}\n",
    );
    let graph = Graph::of(&playbook);
    let kinds: Vec<_> = graph.edges.iter().map(|edge| (edge.from, edge.to, &edge.kind)).collect();
    let plain = EdgeKind::Need(NeedMeasure::Finished, None);
    let nine = EdgeKind::Within(Duration::parse("9 days").unwrap());
    assert_eq!(kinds, [(0, 1, &plain), (1, 2, &plain), (0, 2, &nine)]);
    assert_eq!(graph.layers, [0, 1, 2]);
    assert_eq!(graph.needs(2).count(), 2);
}

#[test]
fn one_task_that_waits_for_many_is_a_join() {
    let playbook = playbook(
        "  a: {title: A, for_each: people}\n  b: {title: B, for_each: people, needs: a}\n  \
           c: {title: C, needs: {b: {at_least: 3}}}\n",
    );
    let joins: Vec<bool> = Graph::of(&playbook).edges.iter().map(|edge| edge.joins).collect();
    assert_eq!(joins, [false, true]);
}
