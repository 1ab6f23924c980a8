//! F: facts and the clock.

use fortnight_engine::plan::{Command, Note, Rejection};

use crate::TWO_MESSAGES;
use crate::story::{Story, day};

fn told() -> Story {
    Story::new(TWO_MESSAGES, &["Ana", "Ben"])
}

#[test]
fn f1_any_day_can_be_asked_about_and_asking_records_nothing() {
    let mut story = told();
    story.done("send-intro/Ana");
    story.on("2026-03-20").agenda();
    story.on("2026-03-05").opens("follow-up/Ana", "2026-03-05");
    story.on("2026-03-02").shows(&[("follow-up/Ana", "scheduled"), ("send-intro/Ben", "due")]);
}

#[test]
fn f2_the_day_is_that_of_the_plans_zone() {
    let mut story = told();
    assert_eq!(story.at(0).now().date, day("2026-03-02"));
    assert_eq!(story.instant().to_string(), "2026-03-01T23:00:00Z");
}

#[test]
fn f3_yesterdays_reply_can_be_recorded_today() {
    let mut story = told();
    story.done("send-intro/Ana").on("2026-03-05");
    let late = story.recording("Ana", "replied", day("2026-03-04"), &[]);
    story.act(late).opens("offer-times/Ana", "2026-03-04");
}

#[test]
fn f3_a_day_in_the_future_or_before_the_plan_is_refused() {
    let mut story = told();
    story.done("send-intro/Ana");
    let future = story.recording("Ana", "replied", day("2026-03-03"), &[]);
    assert_eq!(story.refused(future), Rejection::FutureDay { on: day("2026-03-03") });
    let before = story.recording("Ana", "replied", day("2026-03-01"), &[]);
    assert_eq!(
        story.refused(before),
        Rejection::BeforePlan { on: day("2026-03-01"), start: day("2026-03-02") }
    );
    let booked = story.recording("Ana", "booked", day("2026-03-02"), &[("at", "2026-03-12T15:00")]);
    story.act(booked).shows(&[("talk/Ana", "scheduled")]);
}

#[test]
fn f4_undo_takes_one_operation_back_and_redo_brings_it_back() {
    let mut story = told();
    story.done("send-intro/Ana").record("Ana", "replied");
    let before = story.agenda().tasks;
    story.record("Ana", "booked").undo();
    assert_eq!(story.agenda().tasks, before);
    story.undo().shows(&[("offer-times/Ana", "not_needed"), ("follow-up/Ana", "scheduled")]);
    story.redo().redo().shows(&[("offer-times/Ana", "not_needed"), ("talk/Ana", "waiting")]);
    story.undo();
    assert_eq!(story.agenda().tasks, before);
}

#[test]
fn f5_the_same_fact_twice_changes_nothing() {
    let mut story = told();
    story.done("send-intro/Ana").record("Ana", "replied");
    let again = story.recording("Ana", "replied", day("2026-03-02"), &[]);
    let accepted = story.try_record(|session| session.decide(&again)).unwrap();
    assert_eq!(
        (accepted.facts.len(), accepted.notes),
        (0, vec![Note::Known { on: day("2026-03-02") }])
    );
    let done = story.doing("send-intro/Ana");
    let accepted = story.try_record(|session| session.decide(&done)).unwrap();
    assert_eq!(accepted.facts, []);
}

#[test]
fn f5_a_second_reply_later_changes_nothing_an_earlier_one_corrects() {
    let mut story = told();
    story.done("send-intro/Ana").on("2026-03-05").record("Ana", "replied").on("2026-03-06");
    story.record("Ana", "replied").opens("offer-times/Ana", "2026-03-05");
    let earlier = story.recording("Ana", "replied", day("2026-03-04"), &[]);
    story.act(earlier).opens("offer-times/Ana", "2026-03-04");
}

#[test]
fn f5_a_talk_that_is_moved_replaces_the_earlier_time_and_can_be_undone() {
    let mut story = told();
    story.done("send-intro/Ana").on("2026-03-09");
    let today = story.today;
    let thursday = story.recording("Ana", "booked", today, &[("at", "2026-03-12T15:00")]);
    let friday = story.recording("Ana", "booked", today, &[("at", "2026-03-13T10:00")]);
    story.act(thursday).opens("talk/Ana", "2026-03-12");
    let accepted = story.try_record(|session| session.decide(&friday)).unwrap();
    assert!(matches!(accepted.notes[..], [Note::Replaces { .. }]));
    story.opens("talk/Ana", "2026-03-13").undo().opens("talk/Ana", "2026-03-12");
}

#[test]
fn f5_what_is_impossible_is_refused_with_the_fact_that_makes_it_so() {
    let mut story = told();
    story.done("send-intro/Ana").record("Ana", "replied");
    let bounced = story.recording("Ana", "bounced", day("2026-03-02"), &[]);
    assert!(matches!(
        story.refused(bounced),
        Rejection::Contradicts { recorded, .. } if &*recorded == "replied"
    ));
    let nothing_sent = story.recording("Ben", "replied", day("2026-03-02"), &[]);
    assert!(matches!(story.refused(nothing_sent), Rejection::NothingSent { .. }));
}

#[test]
fn f6_a_task_is_completed_at_most_once() {
    let mut story = told();
    story.done("send-intro/Ana");
    let skip = Command::Skip { task: story.key("send-intro/Ana"), on: story.today, reason: None };
    assert!(matches!(story.refused(skip), Rejection::NotOpen(_)));
}

#[test]
fn f7_a_clock_behind_the_last_record_works_and_is_said() {
    let mut story = told();
    story.on("2026-03-05").done("send-intro/Ana");
    let entry = story.id("Ben");
    let peace = |session: &mut fortnight_engine::notebook::Session| {
        session.change(fortnight_engine::people::Change::DoNotContact { entry, yes: true });
        Ok(())
    };
    assert!(!story.clock_is_behind(peace));
    assert!(story.on("2026-03-04").clock_is_behind(peace));
}
