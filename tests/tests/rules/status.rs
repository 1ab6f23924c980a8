//! S: the status of a task.

use fortnight_engine::people::Change;
use fortnight_engine::plan::{Command, Rejection};
use fortnight_engine::playbook::Decision;

use crate::TWO_MESSAGES;
use crate::story::{Story, day};

#[test]
fn s1_every_task_has_exactly_one_status_and_why_can_tell_it() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").record("Ana", "replied").on("2026-03-04");
    let agenda = story.agenda();
    let mut keys: Vec<String> =
        agenda.tasks.iter().chain(&agenda.closed).map(|task| task.key.to_string()).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
    for task in agenda.tasks.iter().chain(&agenda.closed) {
        let why = story.ask(|situation| fortnight_engine::plan::why(situation, &task.key));
        assert_eq!(why.unwrap().task.standing, task.standing);
    }
}

#[test]
fn s1_a_choice_and_a_list_are_done_as_soon_as_the_facts_say_so() {
    let start = day("2026-03-02");
    let mut story = Story::comparing(
        start,
        "
choices: {signal: {ask: Which?, options: {a: A, b: B}}}
people: {size: 2 to 3}
cycle: {decided_by: replies}
metrics: {replies: {title: Replies, out_of: send, count: replied, within: 9 days}}
messages: {intro: {channel: linkedin, by: signal, text: {a: Hello., b: Good day.}}}
steps:
  before: {title: Before}
  pick: {title: Pick, choose: signal, needs: before}
  build: {title: List, collect: people, needs: before}
  send: {title: Send, for_each: people, send: intro}
",
        Some(("signal", "b")),
        &["Ana"],
    );
    story.shows(&[("before", "due"), ("pick", "done"), ("build", "waiting")]);
    story.join("Ben").shows(&[("build", "done")]);
}

#[test]
fn s2_what_must_be_done_cannot_be_skipped_and_other_steps_ask_for_a_reason() {
    let mut story = Story::new(
        "steps:\n  must: {title: Must, required: must}\n  plain: {title: Plain}\n  free: {title: Free, required: optional}\n",
        &[],
    );
    let skip = |story: &Story, step: &str| Command::Skip {
        task: story.key(step),
        on: story.today,
        reason: None,
    };
    let must = skip(&story, "must");
    assert!(matches!(story.refused(must), Rejection::MustBeDone { .. }));
    let plain = skip(&story, "plain");
    assert!(matches!(story.refused(plain), Rejection::ReasonNeeded { .. }));
    let free = skip(&story, "free");
    story.skip("plain").act(free).shows(&[("plain", "skipped"), ("free", "skipped")]);
}

#[test]
fn s3_a_reply_ends_the_follow_up_and_completing_it_says_so() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-05").shows(&[("follow-up/Ana", "due")]);
    story.record("Ana", "replied").shows(&[("follow-up/Ana", "not_needed")]);
    let follow_up = story.doing("follow-up/Ana");
    assert!(matches!(
        story.refused(follow_up.clone()),
        Rejection::RepliedMeanwhile { on, .. } if on == day("2026-03-05")
    ));
    story.anyway().act(follow_up).shows(&[("follow-up/Ana", "done")]);
}

#[test]
fn s3_a_reply_dated_before_a_follow_up_that_went_out_leaves_both() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-05").done("follow-up/Ana").on("2026-03-06");
    let earlier = story.recording("Ana", "replied", day("2026-03-04"), &[]);
    story.act(earlier).shows(&[("follow-up/Ana", "done"), ("offer-times/Ana", "overdue")]);
}

#[test]
fn s4_an_automatic_reply_changes_nothing() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-05").record("Ana", "auto_reply");
    story.shows(&[("follow-up/Ana", "due"), ("offer-times/Ana", "not_needed")]);
}

#[test]
fn s4_nobody_who_said_no_is_chased_and_a_thank_you_stays() {
    let playbook = format!(
        "{TWO_MESSAGES}  thank: {{title: Thank them, for_each: people, when: person.declined}}\n"
    );
    let mut story = Story::new(&playbook, &["Ana", "Ben", "Cem"]);
    for name in ["Ana", "Ben", "Cem"] {
        story.done(&format!("send-intro/{name}"));
    }
    story.on("2026-03-05").record("Ana", "declined").record("Ben", "not_now");
    story.record("Cem", "bounced").shows(&[
        ("follow-up/Ana", "closed"),
        ("offer-times/Ana", "closed"),
        ("thank/Ana", "due"),
        ("follow-up/Ben", "closed"),
        ("follow-up/Cem", "closed"),
        ("thank/Cem", "closed"),
    ]);
}

#[test]
fn s5_nobody_who_wants_peace_is_written_to() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let ana = story.id("Ana");
    let peace = |yes| Change::DoNotContact { entry: ana, yes };
    let set = |story: &mut Story, yes| {
        story.try_record(|session| {
            session.change(peace(yes));
            Ok(())
        })
    };
    set(&mut story, true).unwrap();
    story.shows(&[("send-intro/Ana", "closed"), ("talk/Ana", "not_needed")]);
    set(&mut story, false).unwrap();
    story.shows(&[("send-intro/Ana", "due")]);
}

const THREE_MESSAGES: &str = "
people: {size: 1 to 30, outcomes: {booked: {title: Booked}}}
messages:
  one: {channel: email, subject: One, text: One here.}
  two: {channel: email, subject: Two, text: Two here.}
  answer: {channel: email, subject: Answer, text: An answer.}
steps:
  first: {title: First, for_each: people, send: one}
  second: {title: Second, for_each: people, send: two}
  reply: {title: Answer them, for_each: people, send: answer, when: person.replied}
  call: {title: Call, for_each: people}
";

#[test]
fn s6_only_the_earliest_message_to_a_person_can_be_due() {
    let mut story = Story::new(THREE_MESSAGES, &["Ana"]);
    story.shows(&[("first/Ana", "due"), ("second/Ana", "waiting"), ("call/Ana", "due")]);
}

#[test]
fn s6_the_next_message_is_due_on_a_later_workday_unless_it_answers_a_reply() {
    let mut story = Story::new(THREE_MESSAGES, &["Ana", "Ben"]);
    story.on("2026-03-06").done("first/Ana").done("first/Ben");
    story.opens("second/Ana", "2026-03-09").shows(&[("second/Ana", "scheduled")]);
    story.skip("second/Ben").record("Ben", "replied").shows(&[("reply/Ben", "due")]);
}

#[test]
fn s7_a_closed_task_comes_back_when_its_reason_goes() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-05").record("Ana", "declined");
    story.shows(&[("offer-times/Ana", "closed")]).on("2026-03-06");
    let booked = story.recording("Ana", "booked", day("2026-03-06"), &[("at", "2026-03-12T15:00")]);
    story.act(booked).shows(&[("talk/Ana", "scheduled")]);
}

#[test]
fn s8_when_a_cycle_ends_conversations_go_on_and_silence_is_left_alone() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben", "Cem"]);
    story.done("send-intro/Ana").done("send-intro/Ben").on("2026-03-13").record("Ana", "replied");
    story.decide(Decision::Again, Some("2026-03-16")).on("2026-03-16").shows(&[
        ("1:offer-times/Ana", "due"),
        ("1:follow-up/Ben", "closed"),
        ("1:send-intro/Cem", "closed"),
        ("1:review", "done"),
    ]);
    story.on("2026-03-18").record("Ben", "replied").shows(&[("1:offer-times/Ben", "due")]);
    story.done("1:offer-times/Ben").on("2026-03-19").shows(&[("1:offer-times/Ben", "done")]);
}

#[test]
fn s8_the_review_stays_open_until_it_is_answered() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-25");
    story.shows(&[("review", "due"), ("follow-up/Ana", "closed")]);
}
