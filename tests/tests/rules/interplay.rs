//! Where rules meet: situations in which two or three of them speak at once.

use fortnight_engine::plan::metric::{Tally, tally};
use fortnight_engine::plan::{Command, Rejection};
use fortnight_engine::playbook::Decision;
use fortnight_engine::words::Words;

use crate::TWO_MESSAGES;
use crate::story::{Story, day, review};

/// A measure over everybody of a cycle.
#[track_caller]
fn measured(story: &Story, cycle: u32, id: &str) -> Tally {
    story.ask(|situation| {
        let cycle = &situation.state.cycles[&cycle];
        let metric = situation.playbook.metric(id).unwrap();
        tally(situation, cycle, metric, situation.today(), |_| true)
    })
}

fn habit(every: &str) -> String {
    format!(
        "people: {{size: 1 to 30}}\nmetrics: {{kept: {{title: Kept, out_of: read.due, count: \
         read}}}}\nsteps:\n  read: {{title: Read, every: \"{every}\"}}\n"
    )
}

#[test]
fn d7_a_time_that_the_clocks_skip_comes_later_by_the_gap() {
    let mut story = Story::starting(day("2026-03-23"), &habit("30 2 * * *"), &[]);
    story.on("2026-03-29").at(12);
    let task = story.task("read@2026-03-29");
    assert_eq!(task.standing.time.map(|time| time.to_string()).as_deref(), Some("03:30:00"));
    assert_eq!(measured(&story, 1, "kept").out_of, 7);
}

#[test]
fn d7_a_time_that_comes_twice_runs_once_and_real_hours_run_as_often_as_there_are() {
    for (every, before, after) in [("30 2 * * *", 6, 7), ("15 * * * *", 24 * 6, 24 * 6 + 25)] {
        let mut story = Story::starting(day("2026-10-19"), &habit(every), &[]);
        story.on("2026-10-24").at(23);
        assert_eq!(measured(&story, 1, "kept").out_of, before, "{every}");
        story.on("2026-10-25");
        assert_eq!(measured(&story, 1, "kept").out_of, after, "{every}");
    }
    let mut story = Story::starting(day("2026-03-23"), &habit("15 * * * *"), &[]);
    story.on("2026-03-29").at(23);
    assert_eq!(measured(&story, 1, "kept").out_of, 24 * 6 + 23);
}

#[test]
fn e8_a_follow_up_that_the_end_of_the_cycle_closed_never_became_due() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").on("2026-03-05").done("follow-up/Ana");
    // Ben's would be due on Wednesday 18 March, and the cycle ends on Sunday 15.
    story.on("2026-03-13").done("send-intro/Ben").on("2026-03-30");
    let on_time = measured(&story, 1, "on_time");
    assert_eq!((on_time.counted, on_time.hits), (1, 1));
}

#[test]
fn s7_only_what_happened_later_takes_a_no_back() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-09").record("Ana", "declined");
    story.shows(&[("offer-times/Ana", "closed")]);
    // Written down afterwards: they had agreed on a talk before they said no.
    let before = story.recording("Ana", "booked", day("2026-03-05"), &[("at", "2026-03-12T15:00")]);
    story.act(before).shows(&[("talk/Ana", "closed")]);
    // A talk agreed on afterwards does take it back.
    let after = story.recording("Ana", "booked", day("2026-03-09"), &[("at", "2026-03-13T15:00")]);
    story.act(after).shows(&[("talk/Ana", "scheduled")]);
}

#[test]
fn f3_a_talk_that_did_not_happen_written_down_late_does_not_clear_the_next_one() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-03");
    let first = story.recording("Ana", "booked", day("2026-03-03"), &[("at", "2026-03-04T15:00")]);
    story.act(first).on("2026-03-09");
    let next = story.recording("Ana", "booked", day("2026-03-09"), &[("at", "2026-03-12T15:00")]);
    story.act(next);
    let missed = story.recording("Ana", "missed", day("2026-03-04"), &[]);
    story.act(missed).opens("talk/Ana", "2026-03-12");
    // On the day itself, the order of recording tells.
    story.on("2026-03-12").record("Ana", "missed").shows(&[("talk/Ana", "not_needed")]);
}

#[test]
fn e6_an_answer_dated_before_the_second_message_belongs_to_the_first() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let again = Command::List { entries: vec![story.id("Ana")], cycle: 2 };
    story.on("2026-03-16").act(again).on("2026-03-18").done("send-intro/Ana");
    let late = story.recording("Ana", "replied", day("2026-03-10"), &[]);
    story.on("2026-03-19").act(late);
    let open = story.open();
    assert!(open.state.cycles[&1].happenings.contains_key(&story.id("Ana")));
    assert!(open.state.cycles[&2].happenings.is_empty());
    assert_eq!(measured(&story, 1, "reply_rate").hits, 1);
}

#[test]
fn e4_nobody_counts_in_two_cycles() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let again = Command::List { entries: vec![story.id("Ana"), story.id("Ben")], cycle: 2 };
    story.on("2026-03-16").act(again);
    story.done("send-intro/Ana").done("send-intro/Ben").on("2026-03-30");
    assert_eq!(measured(&story, 1, "reply_rate").counted, 1);
    assert_eq!(measured(&story, 2, "reply_rate").counted, 1, "Ben only");
}

#[test]
fn d2_nothing_of_a_cycle_is_due_before_its_first_day() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").skip("send-intro/Ben").on("2026-03-13");
    story.decide(Decision::Again, Some("2026-03-16"));
    let next = Command::List { entries: vec![story.id("Ben")], cycle: 2 };
    story
        .act(next)
        .opens("2:send-intro/Ben", "2026-03-16")
        .shows(&[("2:send-intro/Ben", "scheduled")]);
    story.on("2026-03-16").shows(&[("2:send-intro/Ben", "due")]);
}

#[test]
fn e8_an_abandoned_cycle_has_the_days_it_had() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-04").record("Ana", "booked");
    story.on("2026-03-06").act(Command::StopCycle).on("2026-03-30");
    assert_eq!(measured(&story, 1, "booked_a_month").value, Some(30.0 / 5.0));
}

#[test]
fn d10_days_away_before_the_first_day_of_a_cycle_move_it() {
    let mut story = Story::new("steps: {look: {title: Look, at: day 3}}\n", &[]);
    story.act(Command::Away { from: day("2026-03-03"), to: day("2026-03-08") });
    story.opens("look", "2026-03-10");
    let cycle = story.agenda().cycle.unwrap();
    assert_eq!((cycle.day, cycle.end), (1, day("2026-03-21")));
}

#[test]
fn d2_a_cycle_over_a_leap_day_and_over_a_new_year() {
    for (start, end, review) in
        [("2028-02-21", "2028-03-05", "2028-03-03"), ("2026-12-28", "2027-01-10", "2027-01-08")]
    {
        let mut story = Story::starting(day(start), TWO_MESSAGES, &["Ana"]);
        story.opens("review", review);
        assert_eq!(story.agenda().cycle.unwrap().end, day(end));
    }
}

const ONE_DAY: &str = "
people: {size: 1 to 30}
messages: {hello: {channel: linkedin, text: Hello}}
cycle: {length: 1 days, list_closes: day 1}
steps:
  send: {title: Send, for_each: people, send: hello}
  keep: {title: Keep, every: daily at 09:00}
  review: {title: Review, decide: [again, stop], at: day 1}
";

#[test]
fn a_cycle_of_one_day() {
    let mut story = Story::starting(day("2026-03-07"), ONE_DAY, &["Ana"]);
    // A Saturday, and no workday in the whole cycle: its last day, then (D2).
    story.shows(&[("review", "due"), ("send/Ana", "due"), ("keep@2026-03-07", "due")]);
    story.on("2026-03-08").shows(&[("review", "due"), ("send/Ana", "closed")]);
    story.decide(Decision::Again, Some("2026-03-08")).shows(&[("review", "due")]);
}

#[test]
fn e5_an_early_decision_is_refused_whatever_it_is() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-10");
    for decision in [Decision::Again, Decision::Use, Decision::Stop] {
        let early = review(decision, None, None);
        assert!(matches!(story.refused(early), Rejection::NotSettled { .. }), "{decision:?}");
    }
}

const JOINED: &str = "
people: {size: 1 to 30}
messages: {hello: {channel: linkedin, text: Hello}}
cycle: {length: 14 days, list_closes: day 5}
steps:
  build: {title: List, collect: people}
  send: {title: Send, for_each: people, send: hello, needs: build}
  rest: {title: Rest, needs: send}
  three: {title: Three, needs: {send: {at_least: 3}}}
  all: {title: All, needs: {send: done}}
";

#[test]
fn g2_a_join_over_an_empty_list_that_closed_is_met() {
    let mut story = Story::new(JOINED, &[]);
    story.shows(&[("rest", "waiting"), ("three", "waiting"), ("all", "waiting")]);
    story.on("2026-03-07").shows(&[("rest", "due"), ("three", "due"), ("all", "due")]);
}

#[test]
fn g2_a_join_is_met_when_those_left_said_no_or_want_peace() {
    let mut story = Story::new(JOINED, &["Ana", "Ben"]);
    story.done("send/Ana").shows(&[("rest", "waiting")]);
    let entry = story.id("Ben");
    let silent: Result<(), Rejection> = story.try_record(|session| {
        session.change(fortnight_engine::people::Change::DoNotContact { entry, yes: true });
        Ok(())
    });
    silent.unwrap();
    story.shows(&[("rest", "due"), ("three", "due"), ("all", "due")]);
}

#[test]
fn s4_whoever_said_no_and_sent_somebody_on_is_not_chased() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-05").record("Ana", "declined");
    story.record("Ana", "referred").shows(&[("offer-times/Ana", "closed")]);
}

#[test]
fn e8_a_talk_that_was_moved_is_booked_since_the_first_time() {
    let text = TWO_MESSAGES.replace(
        "metrics:\n",
        "metrics:\n  talks: {title: Talks, out_of: send-intro, count: booked, within: 5 days}\n",
    );
    let mut story = Story::new(&text, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben").on("2026-03-05");
    for name in ["Ana", "Ben"] {
        let on = story.today;
        let booked = story.recording(name, "booked", on, &[("at", "2026-03-09T15:00")]);
        story.act(booked);
    }
    // Ana's is moved; Ben's was in truth agreed on a day earlier, and is recorded so.
    story.on("2026-03-09");
    let moved = story.recording("Ana", "booked", story.today, &[("at", "2026-03-12T15:00")]);
    let mended = story.recording("Ben", "booked", day("2026-03-04"), &[("at", "2026-03-09T15:00")]);
    story.act(moved).act(mended).on("2026-03-13");
    let talks = measured(&story, 1, "talks");
    assert_eq!((talks.counted, talks.hits, talks.late), (2, 2, 0));
    // What did not take place is agreed on anew, too late for this measure.
    story.record("Ana", "missed");
    let anew = story.recording("Ana", "booked", story.today, &[("at", "2026-03-20T15:00")]);
    story.act(anew);
    assert_eq!(measured(&story, 1, "talks").late, 1);
}

#[test]
fn e8_a_talk_booked_after_the_cycle_is_none_of_its_days() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-18").record("Ana", "booked");
    let booked = measured(&story, 1, "booked_a_month");
    assert_eq!((booked.count, booked.late, booked.value), (0, 1, Some(0.0)));
}

#[test]
fn l5_whoever_is_written_to_in_this_cycle_leaves_the_list_of_the_next() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let next = Command::List { entries: vec![story.id("Ben")], cycle: 2 };
    story.act(next).on("2026-03-14").done("1:send-intro/Ben");
    assert!(story.open().state.cycles[&2].members.is_empty());
    story.undo();
    assert_eq!(story.open().state.cycles[&2].members.len(), 1);
}

#[test]
fn e7_the_next_cycle_starts_on_the_first_monday_after_this_one() {
    let monday = |story: &Story| story.next_monday().unwrap().to_string();
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.on("2026-03-13");
    assert_eq!(monday(&story), "2026-03-16");
    story.on("2026-03-16");
    assert_eq!(monday(&story), "2026-03-16", "decided on the Monday itself");
    story.on("2026-03-17");
    assert_eq!(monday(&story), "2026-03-23");
    story.act(Command::Away { from: day("2026-03-12"), to: day("2026-03-20") });
    assert_eq!(monday(&story), "2026-03-30", "the days away have moved the end to Tuesday 24");
}

#[test]
fn f5_what_was_skipped_may_be_done_after_all() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben").on("2026-03-05");
    story.skip("follow-up/Ana").skip("follow-up/Ben").record("Ben", "replied");
    story.on("2026-03-06").done("follow-up/Ana").shows(&[("follow-up/Ana", "done")]);
    // As if it had not been skipped: Ben has answered (S3).
    let chased = story.doing("follow-up/Ben");
    assert!(matches!(story.refused(chased), Rejection::RepliedMeanwhile { .. }));
    story.undo().shows(&[("follow-up/Ana", "skipped")]).redo();
    story.shows(&[("follow-up/Ana", "done")]);
}

const PACED: &str = "
people: {size: 1 to 30}
cycle: {length: 28 days}
steps:
  visit: {title: Visit, for_each: people, pace: 2 per week, required: optional}
";

#[test]
fn d8_a_pace_per_week_counts_from_monday_and_what_was_not_done_keeps_its_place() {
    let mut story = Story::starting(day("2026-03-04"), PACED, &["A", "B", "C", "D", "E"]);
    story.shows(&[("visit/B", "due"), ("visit/C", "scheduled")]);
    story.opens("visit/C", "2026-03-09").opens("visit/E", "2026-03-16");
    story.done("visit/A").on("2026-03-09");
    story.shows(&[("visit/B", "due"), ("visit/C", "due"), ("visit/D", "scheduled")]);
    story.opens("visit/D", "2026-03-16").opens("visit/E", "2026-03-16");
}

#[test]
fn d9_a_task_moved_past_its_limit_is_late_when_it_comes_back() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-05").record("Ana", "replied");
    let later = Command::Later { task: story.key("offer-times/Ana"), to: day("2026-03-10") };
    story.act(later).on("2026-03-09").shows(&[("offer-times/Ana", "scheduled")]);
    story.on("2026-03-10").shows(&[("offer-times/Ana", "overdue")]);
    // What was moved and became superfluous meanwhile does not come back.
    let booked = story.recording("Ana", "booked", day("2026-03-10"), &[("at", "2026-03-12T15:00")]);
    story.act(booked).shows(&[("offer-times/Ana", "not_needed")]);
}

#[test]
fn d10_days_away_at_the_end_move_the_review_and_the_closing_of_the_list() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana");
    story.act(Command::Away { from: day("2026-03-12"), to: day("2026-03-13") });
    story.opens("review", "2026-03-17");
    story.act(Command::Away { from: day("2026-03-04"), to: day("2026-03-05") });
    let cycle = story.agenda().cycle.unwrap();
    assert_eq!((cycle.end, cycle.list_closes), (day("2026-03-19"), day("2026-03-08")));
    story.opens("review", "2026-03-19");
    // The same days once more, inside a longer stretch: they count once.
    story.act(Command::Away { from: day("2026-03-03"), to: day("2026-03-06") });
    assert_eq!(story.agenda().cycle.unwrap().end, day("2026-03-21"));
}

#[test]
fn s5_peace_while_a_reply_is_awaited_leaves_the_counts_alone() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben");
    let entry = story.id("Ana");
    let silent: Result<(), Rejection> = story.try_record(|session| {
        session.change(fortnight_engine::people::Change::DoNotContact { entry, yes: true });
        Ok(())
    });
    silent.unwrap();
    story.on("2026-03-05").shows(&[("follow-up/Ana", "closed"), ("follow-up/Ben", "due")]);
    let follow_up = story.doing("follow-up/Ana");
    assert!(matches!(story.refused(follow_up), Rejection::NotOpen(_)));
    story.on("2026-03-11");
    assert_eq!(measured(&story, 1, "reply_rate").counted, 2);
    // An answer may still come, and a talk is no message.
    let booked = story.recording("Ana", "booked", day("2026-03-11"), &[("at", "2026-03-12T15:00")]);
    story.act(booked).shows(&[("talk/Ana", "scheduled"), ("offer-times/Ana", "closed")]);
}

#[test]
fn e2_all_at_one_company_get_one_option_and_nothing_is_claimed() {
    let names: Vec<String> =
        (0..24).map(|number| format!("Person{number:02}, Northwind")).collect();
    let people: Vec<&str> = names.iter().map(String::as_str).collect();
    let signal = Some(("signal", "clear-ask"));
    let mut story = Story::comparing(day("2026-03-02"), TWO_MESSAGES, signal, &people);
    let open = story.open();
    let first = open.state.cycles[&1].members[0].option.clone();
    assert!(first.is_some());
    assert!(open.state.cycles[&1].members.iter().all(|member| member.option == first));
    for number in 0..24 {
        story.done(&format!("send-intro/Person{number:02}"));
    }
    story.on("2026-03-12");
    let code = story.ask(|situation| {
        let between = fortnight_engine::plan::Between::Within(1);
        fortnight_engine::plan::compare(situation, &between).unwrap().verdict.code
    });
    assert_eq!(code.as_str(), "too_few");
}

#[test]
fn d2_a_cycle_without_anybody_has_its_review_all_the_same() {
    let mut story = Story::new(TWO_MESSAGES, &[]);
    story.opens("review", "2026-03-13").on("2026-03-13").shows(&[("review", "due")]);
    story.decide(Decision::Again, Some("2026-03-16")).on("2026-03-20");
    story.opens("review", "2026-03-27").shows(&[("1:review", "done")]);
}

#[test]
fn g7_once_per_plan_goes_on_between_two_cycles_and_is_met_in_the_second() {
    let text = "
people: {size: 1 to 30}
cycle: {length: 14 days}
steps:
  profile: {title: Profile, once: plan}
  week: {title: Week, needs: profile}
  review: {title: Decide, decide: [again, stop], at: day 14}
";
    let mut story = Story::new(text, &["Ana"]);
    story.shows(&[("week", "waiting")]).on("2026-03-13").decide(Decision::Again, None);
    story.on("2026-03-18").shows(&[("profile", "due"), ("week", "closed")]).done("profile");
    let next = Command::StartCycle { start: day("2026-03-23"), compared: None };
    story.act(next).on("2026-03-23").shows(&[("week", "due"), ("profile", "done")]);
}

#[test]
fn e7_stop_may_be_taken_back_by_a_new_cycle() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.on("2026-03-13").decide(Decision::Stop, None).on("2026-03-30");
    let next = Command::StartCycle { start: day("2026-03-30"), compared: None };
    assert_eq!(story.refused(&next), Rejection::Stopped { on: day("2026-03-13") });
    story.anyway().act(next);
    assert_eq!(story.open().state.stopped, None);
    story.undo();
    assert_eq!(story.open().state.stopped, Some(day("2026-03-13")));
}

const COMPANIES: &str = "
people: {size: 1 to 30}
companies: {size: 1 to 10}
messages: {hello: {channel: linkedin, text: Hello}}
cycle: {length: 14 days, list_closes: day 5}
steps:
  look: {title: Look, for_each: companies}
  find: {title: Find somebody, for_each: companies, collect: people, needs: look}
  send: {title: Send, for_each: people, send: hello, needs: look}
  sum: {title: Sum up, for_each: companies, needs: send}
";

#[test]
fn l5_a_company_with_one_person_has_its_people_and_one_without_waits_until_the_list_closes() {
    let mut story = Story::new(COMPANIES, &[]);
    let (one, two) = story
        .try_record(|session| {
            let (one, two) = (session.company("Northwind"), session.company("Miro"));
            session.decide(&Command::List { entries: vec![one, two], cycle: 0 })?;
            Ok((one, two))
        })
        .unwrap();
    assert_ne!(one, two);
    story.shows(&[("look/Northwind", "due"), ("find/Northwind", "waiting")]);
    story.done("look/Northwind").done("look/Miro").shows(&[("find/Miro", "due")]);
    story
        .try_record(|session| {
            let mut ana = fortnight_engine::people::Entry::person(one, "Ana");
            ana.company = Some(one);
            let ana = session.add(ana.with("connected_on", "2024-03-12"));
            session.decide(&Command::List { entries: vec![ana], cycle: 1 })
        })
        .unwrap();
    story.shows(&[
        ("find/Northwind", "done"),
        ("find/Miro", "due"),
        ("send/Ana", "due"),
        ("sum/Northwind", "waiting"),
        ("sum/Miro", "waiting"),
    ]);
    story.done("send/Ana").shows(&[("sum/Northwind", "due"), ("sum/Miro", "waiting")]);
    story.on("2026-03-07").shows(&[("sum/Miro", "due")]);
}

#[test]
fn s4_whoever_asked_for_later_comes_back_once() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben").on("2026-03-05");
    for name in ["Ana", "Ben"] {
        let not_now = story.recording(name, "not_now", story.today, &[("until", "2026-03-20")]);
        story.act(not_now);
    }
    // Ben said later, and then no.
    story.on("2026-03-06").record("Ben", "declined");
    story.on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let next = |story: &Story, number: u32| {
        let open = story.open();
        let cycle = &open.state.cycles[&number];
        fortnight_engine::notebook::suggest(&open, cycle)
    };
    let ana = story.id("Ana");
    assert_eq!(next(&story, 2), [ana]);
    story.act(Command::List { entries: vec![ana], cycle: 2 }).on("2026-03-20");
    story.done("send-intro/Ana").on("2026-03-30").decide(Decision::Again, Some("2026-03-30"));
    assert_eq!(next(&story, 3), [], "nobody is chased");
}

#[test]
fn s6_a_talking_note_is_never_sent_and_a_message_may_follow_on_the_same_day() {
    let text = "
people: {size: 1 to 30}
messages:
  note: {channel: phone, text: Ask about the team.}
  thanks: {channel: email, subject: Thanks, text: Thank you for the call.}
steps:
  call: {title: Call, for_each: people, send: note}
  thank: {title: Thank them, for_each: people, send: thanks, needs: {call: done}}
";
    let mut story = Story::new(text, &["Ana"]);
    story.shows(&[("call/Ana", "due"), ("thank/Ana", "waiting")]);
    story.done("call/Ana").shows(&[("thank/Ana", "due")]);
}

#[test]
fn e1_an_answer_in_place_of_a_default_is_a_second_change_once_something_was_sent() {
    let text = "inputs: {offer: {ask: What?, default: a list}}\n".to_owned()
        + &TWO_MESSAGES
            .replace("I would like to hear about your work", "I have {{ inputs.offer }}");
    let text = text.replace("which skill matters most in your team?", "{{ inputs.offer }}?");
    let text = text.replace("I made a list that may help you.", "I made {{ inputs.offer }}.");
    let mut story = Story::new(&text, &["Ana"]);
    let set = |words: &str| Command::Set { input: "offer".into(), value: Words::new(words) };
    story.act(set("a map")).undo().done("send-intro/Ana");
    assert!(matches!(story.refused(set("a map")), Rejection::SecondChange { .. }));
}

#[test]
fn e2_the_twentieth_person_makes_it_a_comparison_for_all() {
    let names: Vec<String> = (0..19).map(|number| format!("Person{number:02}")).collect();
    let people: Vec<&str> = names.iter().map(String::as_str).collect();
    let signal = Some(("signal", "clear-ask"));
    let mut story = Story::comparing(day("2026-03-02"), TWO_MESSAGES, signal, &people);
    let drawn = |story: &Story| {
        let members = story.open().state.cycles[&1].members.clone();
        members.iter().filter(|member| member.option.is_some()).count()
    };
    assert_eq!(drawn(&story), 0);
    story.join("Zoe");
    assert_eq!(drawn(&story), 20);
    // One who comes after the list closed gets an option and counts nowhere.
    story.on("2026-03-09").join("Late");
    assert_eq!(drawn(&story), 21);
    story.done("send-intro/Late").on("2026-03-30");
    assert_eq!(measured(&story, 1, "reply_rate").out_of, 0);
    // Somebody written to before there were twenty: it stays practice.
    let mut story = Story::comparing(day("2026-03-02"), TWO_MESSAGES, signal, &people);
    story.done("send-intro/Person00").join("Zoe");
    assert_eq!(drawn(&story), 0);
}

#[test]
fn d5_what_follows_a_text_counts_from_the_day_on_which_it_was_written() {
    let text = format!(
        "{TWO_MESSAGES}  write: {{title: Write, write: nudge}}\n  rehearse: {{title: Rehearse, needs: \
         write, after: 1 workday}}\n"
    );
    let mut story = Story::new(&text, &["Ana"]);
    let word = Command::Word {
        message: "nudge".into(),
        option: None,
        text: Words::new("My own words, {{ person.first_name }}."),
    };
    story.on("2026-03-05").act(word).shows(&[("write", "done")]).opens("rehearse", "2026-03-06");
}

#[test]
fn d6_a_condition_that_comes_and_goes_counts_from_the_last_time_it_came() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-03").record("Ana", "replied");
    let booked = story.recording("Ana", "booked", day("2026-03-04"), &[("at", "2026-03-05T15:00")]);
    story.on("2026-03-04").act(booked).shows(&[("offer-times/Ana", "not_needed")]);
    story.on("2026-03-09").record("Ana", "missed").opens("offer-times/Ana", "2026-03-09");
    story.on("2026-03-10").shows(&[("offer-times/Ana", "due")]);
    story.on("2026-03-11").shows(&[("offer-times/Ana", "overdue")]);
}
