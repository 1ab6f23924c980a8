//! G: the graph.

use crate::story::{Story, day};

const CHAIN: &str = r"
people: {size: 1 to 30, fields: {topic: {ask: What?, example: maps}}}
cycle: {length: 14 days, list_closes: day 5}
messages: {intro: {channel: linkedin, text: 'Hi {{ person.first_name }}, about {{ person.topic }}.'}}
steps:
  prepare: {title: Prepare, required: optional}
  research: {title: Research, for_each: people, fill: [topic], required: optional}
  send: {title: Send, for_each: people, send: intro, needs: [prepare, research]}
  all: {title: All sent, needs: send}
  some: {title: Two sent, needs: {send: {at_least: 2}}}
  strict: {title: Strict, needs: {prepare: done}}
";

#[test]
fn g2_a_task_for_a_person_needs_that_persons_task() {
    let mut story = Story::new(CHAIN, &["Ana", "Ben"]);
    story.done("prepare").shows(&[("send/Ana", "waiting"), ("send/Ben", "waiting")]);
    story.fill("Ana", "topic", "maps");
    story.shows(&[("research/Ana", "done"), ("send/Ana", "due"), ("send/Ben", "waiting")]);
}

#[test]
fn g2_a_join_is_met_by_all_or_by_the_number_it_names() {
    let mut story = Story::new(CHAIN, &["Ana", "Ben", "Cem"]);
    for name in ["Ana", "Ben", "Cem"] {
        story.fill(name, "topic", "maps");
    }
    story.done("prepare").done("send/Ana").shows(&[("all", "waiting"), ("some", "waiting")]);
    story.done("send/Ben").shows(&[("all", "waiting"), ("some", "due")]);
    story.skip("send/Cem").on("2026-03-09").shows(&[("all", "due")]);
}

#[test]
fn g2_a_join_that_nobody_can_fill_any_more_is_met() {
    let mut story = Story::new(CHAIN, &["Ana", "Ben"]);
    story.done("prepare").fill("Ana", "topic", "maps");
    story.done("send/Ana").skip("send/Ben");
    story.shows(&[("some", "due")]);
}

#[test]
fn g2_an_empty_list_that_may_still_grow_keeps_a_join_open() {
    let mut story = Story::new(CHAIN, &[]);
    story.shows(&[("all", "waiting"), ("some", "waiting")]);
    story.on("2026-03-07").shows(&[("all", "due"), ("some", "due")]);
}

#[test]
fn g2_the_day_of_a_review_meets_all_of_its_needs() {
    let playbook = format!(
        "{CHAIN}  review: {{title: Decide, decide: [again, stop], needs: all, at: day 14}}\n"
    );
    let mut story = Story::new(&playbook, &["Ana"]);
    story
        .shows(&[("review", "scheduled")])
        .on("2026-03-13")
        .shows(&[("review", "due"), ("all", "waiting")]);
}

#[test]
fn g3_a_skipped_need_is_met_unless_it_must_be_done() {
    let mut story = Story::new(CHAIN, &["Ana"]);
    story.skip("prepare").fill("Ana", "topic", "maps");
    story.shows(&[("send/Ana", "due"), ("strict", "waiting")]);
}

#[test]
fn g3_a_step_behind_one_that_is_not_needed_is_not_switched_off() {
    let mut story = Story::new(
        r"
people: {size: 1 to 30, outcomes: {booked: {title: Booked}}}
messages: {intro: {channel: linkedin, text: Hello there.}}
steps:
  send: {title: Send, for_each: people, send: intro}
  talk: {title: Talk, for_each: people, when: person.booked}
  plain: {title: Plain, for_each: people, needs: talk}
  strict: {title: Strict, for_each: people, needs: {talk: done}}
",
        &["Ana"],
    );
    story.shows(&[("talk/Ana", "not_needed"), ("plain/Ana", "due"), ("strict/Ana", "waiting")]);
    story.done("send/Ana").record("Ana", "booked").done("talk/Ana");
    story.shows(&[("strict/Ana", "due")]);
}

#[test]
fn g4_a_join_waits_only_for_people_on_the_list_when_it_closed() {
    let mut story = Story::new(CHAIN, &["Ana"]);
    story.done("prepare").fill("Ana", "topic", "maps");
    story.done("send/Ana").on("2026-03-10").join("Zoe");
    story.shows(&[("all", "due"), ("send/Zoe", "waiting")]);
}

#[test]
fn g5_a_condition_is_judged_afresh_each_time() {
    let mut story = Story::new(crate::TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").shows(&[("offer-times/Ana", "not_needed")]);
    story.record("Ana", "replied").shows(&[("offer-times/Ana", "due")]);
    story.undo().shows(&[("offer-times/Ana", "not_needed")]);
}

#[test]
fn g5_a_condition_over_measures_and_days_becomes_true_with_them() {
    let playbook = format!(
        "{}  unstick: {{title: Simplify, when: cycle.day >= 8 and metrics.reply_rate.out_of >= 2 and \
         metrics.reply_rate.count == 0, within: 2 workdays}}\n",
        crate::TWO_MESSAGES
    );
    let mut story = Story::new(&playbook, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben");
    story.on("2026-03-08").shows(&[("unstick", "not_needed")]);
    story.on("2026-03-10").opens("unstick", "2026-03-09").shows(&[("unstick", "due")]);
    assert_eq!(story.task("unstick").standing.deadline, Some(day("2026-03-11")));
    story.on("2026-03-12").shows(&[("unstick", "overdue")]);
    let in_time = story.recording("Ana", "replied", day("2026-03-11"), &[]);
    story.act(in_time).shows(&[("unstick", "not_needed")]);
}

#[test]
fn g7_a_step_once_per_plan_is_done_once_for_all_cycles() {
    let playbook = format!(
        "{}  summary: {{title: One sentence, once: plan}}\n  habit: {{title: Read}}\n",
        crate::TWO_MESSAGES
    );
    let mut story = Story::new(&playbook, &["Ana"]);
    story.done("summary").done("habit").on("2026-03-13");
    story.decide(fortnight_engine::playbook::Decision::Again, Some("2026-03-16"));
    story.on("2026-03-16").shows(&[("summary", "done"), ("habit", "due")]);
}

const COMPANIES: &str = r"
people: {size: 1 to 30}
companies: {size: 1 to 5, fields: {reason: {ask: Why?, example: They care}}}
messages: {intro: {channel: linkedin, text: Hello there.}}
steps:
  list-companies: {title: List companies, collect: companies}
  research: {title: Research, for_each: companies, needs: list-companies}
  find: {title: Find people, for_each: companies, collect: people, needs: research}
  send: {title: Send, for_each: people, send: intro, needs: research}
  wrap-up: {title: Wrap up, for_each: companies, needs: send}
";

#[test]
fn g2_people_need_their_companys_task_and_companies_need_their_peoples() {
    use fortnight_engine::people::{Entry, EntryId};
    use fortnight_engine::plan::Command;
    let mut story = Story::new(COMPANIES, &[]);
    let listed = story.try_record(|session| {
        let north = session.add(Entry::company(EntryId(0), "Northwind"));
        let south = session.add(Entry::company(EntryId(0), "Southwind"));
        session.decide(&Command::List { entries: vec![north, south], cycle: 0 })?;
        let mut ana = Entry::person(EntryId(0), "Ana").with("connected_on", "2024-01-01");
        ana.company = Some(north);
        let ana = session.add(ana);
        session.decide(&Command::List { entries: vec![ana], cycle: 1 })
    });
    listed.unwrap();
    story.shows(&[
        ("list-companies", "done"),
        ("research/Northwind", "due"),
        ("find/Northwind", "done"),
        ("find/Southwind", "waiting"),
        ("send/Ana", "waiting"),
        ("wrap-up/Northwind", "waiting"),
    ]);
    story
        .done("research/Northwind")
        .shows(&[("send/Ana", "due"), ("wrap-up/Northwind", "waiting")]);
    story.done("send/Ana").shows(&[("wrap-up/Northwind", "due")]);
    story.on("2026-03-16").shows(&[("wrap-up/Southwind", "due")]);
}

fn findings(playbook: &str) -> Vec<String> {
    use fortnight_engine::{playbook, source::SourceFile};
    let text = format!("{}{playbook}", crate::story::HEAD);
    let loaded = playbook::load(SourceFile::new("small.yaml", text), &|_, _| None);
    loaded.diagnostics.iter().map(|found| found.code.slug().to_owned()).collect()
}

#[test]
fn g1_a_loop_is_an_error() {
    let looped =
        "steps: {a: {title: A, needs: c}, b: {title: B, needs: a}, c: {title: C, needs: b}}\n";
    assert_eq!(findings(looped), ["loop"]);
}

#[test]
fn g6_a_condition_that_can_never_hold_is_found() {
    let never = "
inputs: {goal: {ask: Which?, one_of: [jobs, context]}}
steps: {a: {title: A, when: inputs.goal == 'jobs' and inputs.goal == 'context'}}
";
    assert_eq!(findings(never), ["never-true"]);
}
