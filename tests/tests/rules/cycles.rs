//! E: cycles and experiments.

use std::collections::BTreeMap;

use fortnight_engine::plan::{Between, Command, Note, Rejection, compare};
use fortnight_engine::playbook::Decision;
use fortnight_engine::words::Words;

use crate::TWO_MESSAGES;
use crate::story::{Story, day, review};

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("Person{number:02}, Company{}", number / 2)).collect()
}

fn comparing(people: &[String]) -> Story {
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    Story::comparing(day("2026-03-02"), TWO_MESSAGES, Some(("signal", "clear-ask")), &people)
}

fn options(story: &Story) -> BTreeMap<String, usize> {
    let mut options = BTreeMap::new();
    for member in &story.open().state.cycles[&1].members {
        let option = member.option.as_ref().map_or("none".to_owned(), ToString::to_string);
        *options.entry(option).or_default() += 1;
    }
    options
}

#[test]
fn e1_one_choice_is_compared_and_a_second_change_is_refused() {
    let mut story = comparing(&names(24));
    let other = Command::Compare { choice: "signal".into(), option: "gift".into() };
    story.done("send-intro/Person00");
    assert!(matches!(
        story.refused(other.clone()),
        Rejection::SecondChange { since, .. } if since == day("2026-03-02")
    ));
    story.anyway().act(other);
    let code = story.ask(|situation| compare(situation, &Between::Within(1)).unwrap().verdict.code);
    assert_eq!(code.as_str(), "cannot_attribute");
}

#[test]
fn e1_before_the_first_message_one_may_change_ones_mind() {
    let mut story = comparing(&names(24));
    story.act(Command::Compare { choice: "signal".into(), option: "gift".into() });
    assert_eq!(options(&story), BTreeMap::from([("as-today".into(), 12), ("gift".into(), 12)]));
}

#[test]
fn e1_the_baseline_cannot_be_compared_with_itself() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let same = Command::Compare { choice: "signal".into(), option: "as-today".into() };
    assert!(matches!(story.refused(same), Rejection::SameAsBaseline { .. }));
}

#[test]
fn e2_the_list_is_split_evenly_with_companies_together() {
    let story = comparing(&names(28));
    assert_eq!(
        options(&story),
        BTreeMap::from([("as-today".into(), 14), ("clear-ask".into(), 14)])
    );
    let open = story.open();
    let mut by_company = BTreeMap::new();
    for member in &open.state.cycles[&1].members {
        let company = open.book.get(member.entry).unwrap().field("company").unwrap();
        let known = by_company.entry(company).or_insert_with(|| member.option.clone());
        assert_eq!(*known, member.option);
    }
}

#[test]
fn e2_with_fewer_than_twenty_nothing_is_split_and_the_cycle_is_practice() {
    let story = comparing(&names(12));
    assert_eq!(options(&story), BTreeMap::from([("none".into(), 12)]));
    let cycle = story.agenda().cycle.unwrap();
    assert!(cycle.practice);
}

#[test]
fn e2_an_option_once_drawn_stays_when_others_join() {
    let mut story = comparing(&names(24));
    story.done("send-intro/Person00");
    let before = story.open().state.cycles[&1].members.clone();
    story.join("Zoe, Company90");
    assert_eq!(story.open().state.cycles[&1].members[..24], before);
}

#[test]
fn e4_people_added_after_the_list_closed_are_served_and_not_counted() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.on("2026-03-06").join("Ben").on("2026-03-07").join("Cem");
    let counts: Vec<bool> =
        story.open().state.cycles[&1].members.iter().map(|member| member.counts).collect();
    assert_eq!(counts, [true, true, false]);
    story.shows(&[("send-intro/Cem", "due")]).done("send-intro/Cem").on("2026-03-30");
    let measure = story.agenda().cycle.unwrap().measure.unwrap();
    assert_eq!((measure.out_of, measure.counted), (0, 0));
}

#[test]
fn e4_somebody_messaged_in_an_earlier_cycle_is_listed_with_a_warning() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let again = Command::List { entries: vec![story.id("Ana")], cycle: 2 };
    let accepted = story.try_record(|session| session.decide(&again)).unwrap();
    assert!(
        accepted.notes.iter().any(|note| matches!(note, Note::MessagedBefore { cycle: 1, .. }))
    );
}

pub(crate) fn tally(story: &Story) -> (u32, u32, u32, u32) {
    let measure = story.agenda().cycle.unwrap().measure.unwrap();
    (measure.counted, measure.waiting, measure.hits, measure.late)
}

#[test]
fn e5_a_person_is_counted_from_the_last_day_of_the_window_reply_or_not() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben").on("2026-03-03").record("Ana", "replied");
    story.on("2026-03-10");
    assert_eq!(tally(&story), (0, 2, 0, 0), "an early reply waits as well");
    story.on("2026-03-11").record("Ben", "replied");
    assert_eq!(tally(&story), (2, 0, 2, 0), "a reply on the last day counts");
}

#[test]
fn e6_a_reply_after_the_window_is_recorded_and_counts_in_no_rate() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-12").record("Ana", "replied");
    assert_eq!(tally(&story), (1, 0, 0, 1));
}

#[test]
fn e6_an_outcome_belongs_to_the_cycle_of_the_message() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    story.on("2026-03-20").record("Ana", "replied");
    let open = story.open();
    assert!(open.state.cycles[&1].happenings.contains_key(&story.id("Ana")));
    assert!(open.state.cycles[&2].happenings.is_empty());
}

#[test]
fn e5_there_is_no_decision_before_everybody_is_counted() {
    let mut story = comparing(&names(20));
    story.done("send-intro/Person00").on("2026-03-09");
    let early = review(Decision::Again, None, Some("2026-03-16"));
    assert_eq!(
        story.refused(early),
        Rejection::NotSettled { cycle: 1, waiting: 1, on: day("2026-03-11") }
    );
}

#[test]
fn e7_using_an_option_makes_it_the_baseline_of_the_next_cycle() {
    let mut story = comparing(&names(20));
    story.on("2026-03-13");
    story.act(review(Decision::Use, Some("clear-ask"), Some("2026-03-16"))).on("2026-03-16");
    story.act(Command::Compare { choice: "signal".into(), option: "gift".into() });
    let open = story.open();
    let (compared, _) = open.state.cycles[&2].compared.clone().unwrap();
    assert_eq!((&*compared.baseline, &*compared.option), ("clear-ask", "gift"));
}

#[test]
fn e7_again_runs_the_same_pair_and_stop_ends_the_plan() {
    let mut story = comparing(&names(20));
    story.on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let open = story.open();
    assert_eq!(
        open.state.cycles[&2].compared.clone().unwrap().0,
        open.state.cycles[&1].compared.clone().unwrap().0
    );
    story.on("2026-03-27").decide(Decision::Stop, None);
    let next = Command::StartCycle { start: day("2026-03-30"), compared: None };
    assert_eq!(story.refused(next), Rejection::Stopped { on: day("2026-03-27") });
}

#[test]
fn e7_a_decision_needs_a_sentence_of_why_and_is_made_once() {
    let mut story = comparing(&names(20));
    story.on("2026-03-13");
    let silent = Command::Decide {
        decision: Decision::Again,
        option: None,
        why: Words::new(" "),
        next: None,
        shown: String::new(),
    };
    assert_eq!(story.refused(silent), Rejection::WhyNeeded);
    story.decide(Decision::Again, None);
    let twice = review(Decision::Again, None, None);
    assert_eq!(story.refused(twice), Rejection::AlreadyDecided { cycle: 1, on: day("2026-03-13") });
}

#[test]
fn s1_a_review_that_was_answered_is_done_also_when_the_next_cycle_runs() {
    let mut story = comparing(&names(20));
    story.on("2026-03-13").shows(&[("review", "due")]);
    story.decide(Decision::Again, Some("2026-03-16"));
    story.shows(&[("review", "done")]);
    story.on("2026-03-17").shows(&[("1:review", "done"), ("review", "scheduled")]);
}

#[test]
fn e7_an_abandoned_cycle_is_kept_and_another_may_begin() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-04").act(Command::StopCycle);
    story.act(Command::StartCycle { start: day("2026-03-09"), compared: None });
    let open = story.open();
    assert_eq!(open.state.cycles[&1].stopped, Some(day("2026-03-04")));
    assert_eq!(open.state.cycles[&2].start, day("2026-03-09"));
}

#[test]
fn e3_a_plan_keeps_running_the_playbook_it_began_with() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let pinned = story.open().state.playbook.clone();
    assert_eq!(story.open().playbook.hash, pinned);
    story.on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    assert_eq!(story.open().state.cycles[&2].playbook, pinned);
    let open = story.open();
    assert_eq!(open.playbook.steps.len(), 6, "read back from the log, not from a file");
}

#[test]
fn e7_a_review_that_was_answered_is_done() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.on("2026-03-13").shows(&[("review", "due")]).decide(Decision::Again, None);
    story.shows(&[("review", "done")]).undo().shows(&[("review", "due")]);
}

fn again_on(story: &mut Story, review_day: &str, next: &str) {
    story.on(review_day).decide(Decision::Again, Some(next)).on(next);
    for name in names(20) {
        story.join(&format!("{next}{name}"));
    }
}

#[test]
fn the_number_of_looks_is_said_before_the_first_message_and_goes_with_the_pair() {
    let mut story = comparing(&names(24));
    assert_eq!(story.refused(Command::Looks { looks: 9 }), Rejection::BadLooks { most: 4 });
    story.act(Command::Looks { looks: 3 }).done("send-intro/Person00");
    let late = story.refused(Command::Looks { looks: 2 });
    assert_eq!(late, Rejection::LooksTooLate { since: day("2026-03-02"), declared: Some(3) });
    again_on(&mut story, "2026-03-13", "2026-03-16");
    let (compared, _) = story.open().state.cycles[&2].compared.clone().unwrap();
    assert_eq!(compared.looks, Some(3));
}

#[test]
fn looks_that_were_not_declared_are_counted_and_judged_as_if_they_had_been() {
    let mut story = comparing(&names(24));
    again_on(&mut story, "2026-03-13", "2026-03-16");
    let (look, declared) = story.ask(|situation| {
        let seen = compare(situation, &Between::Pooled(vec![1, 2])).unwrap();
        (seen.look, seen.looks_declared)
    });
    assert_eq!((look, declared), (2, None));
}

#[test]
fn looks_without_a_comparison_mean_nothing() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let refused = story.refused(Command::Looks { looks: 2 });
    assert_eq!(refused, Rejection::NothingCompared { cycle: 1 });
}
