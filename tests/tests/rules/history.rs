//! E7, E8 and experiments.md: pairs over several cycles, what confirms a clear call, rises and falls.

use std::collections::BTreeMap;

use fortnight_engine::experiment::Side;
use fortnight_engine::people::{Entry, EntryId};
use fortnight_engine::plan::{
    Between, Command, Confirmation, History, PairRecord, Rejection, TaskKey, compare, history,
    measures, pairs, pairs_of,
};
use fortnight_engine::playbook::Decision;
use fortnight_engine::words::Words;
use jiff::civil::Date;

use crate::TWO_MESSAGES;
use crate::story::{Story, day, review};

/// The same playbook, in which late follow-ups do not matter here.
fn without_fairness() -> String {
    TWO_MESSAGES.replace(", fairness: on_time", "")
}

/// Fills the newest cycle with people, writes to all of them on its first day, and lets so many of
/// each option answer on the day after. Without a split, `a` answers come from everybody.
fn run(story: &mut Story, start: &str, people: u32, (a, b): (u32, u32)) {
    story.on(start);
    let first = day(start);
    story
        .try_record(|session| {
            let number = session.plan()?.state.cycle().map_or(1, |cycle| cycle.number);
            let entries: Vec<EntryId> = (0..people)
                .map(|one| {
                    let name = format!("Cycle{number} Person{one:03}");
                    let entry = Entry::person(EntryId(0), name.as_str());
                    session.add(entry.with("connected_on", "2024-03-12"))
                })
                .collect();
            session.decide(&Command::List { entries: entries.clone(), cycle: number })?;
            for entry in &entries {
                let task =
                    TaskKey { entry: Some(*entry), ..TaskKey::new(number, "send-intro".into()) };
                let answers = BTreeMap::new();
                session.decide(&Command::Done {
                    task,
                    on: first,
                    answers,
                    text: None,
                    channel: None,
                })?;
            }
            Ok(())
        })
        .unwrap();
    let answered = first.tomorrow().unwrap();
    story.on(&answered.to_string());
    story
        .try_record(|session| {
            let state = &session.plan()?.state;
            let cycle = state.cycle().expect("a cycle");
            let new = cycle.compared.as_ref().map(|(pair, _)| pair.option.clone());
            let drawn = |new_one: bool| {
                let new = new.as_ref();
                let takes =
                    move |option: Option<&_>| option.is_some() && (option == new) == new_one;
                let members = cycle.members.iter();
                members.filter(move |m| takes(m.option.as_ref())).map(|m| m.entry)
            };
            let everybody = cycle.members.iter().filter(|m| m.option.is_none()).map(|m| m.entry);
            let answering: Vec<EntryId> = drawn(false)
                .chain(everybody)
                .take(a as usize)
                .chain(drawn(true).take(b as usize))
                .collect();
            for entry in answering {
                session.decide(&Command::Record {
                    entry,
                    outcome: "replied".to_owned(),
                    on: answered,
                    time: None,
                    fields: BTreeMap::new(),
                    channel: None,
                })?;
            }
            Ok(())
        })
        .unwrap();
}

/// The first days of cycles, two weeks apart.
fn monday(number: u32) -> String {
    let first: Date = day("2026-03-02");
    let later = first.checked_add(jiff::Span::new().days(14 * i64::from(number - 1)));
    later.unwrap().to_string()
}

/// Answers the review on the last Friday of a cycle.
fn decide(story: &mut Story, number: u32, decision: Decision, option: Option<&str>) {
    let friday = day(&monday(number)).checked_add(jiff::Span::new().days(11)).unwrap();
    story.on(&friday.to_string());
    story.act(review(decision, option, Some(&monday(number + 1))));
}

/// Cycles of the same two options side by side, so many answers on each side.
fn cycles(people: u32, answers: &[(u32, u32)]) -> Story {
    let playbook = without_fairness();
    let mut story =
        Story::comparing(day("2026-03-02"), &playbook, Some(("signal", "clear-ask")), &[]);
    for (number, answers) in (1..).zip(answers) {
        run(&mut story, &monday(number), people, *answers);
        decide(&mut story, number, Decision::Again, None);
    }
    story
}

fn record(story: &Story) -> History {
    story.ask(history)
}

fn only_pair(story: &Story) -> PairRecord {
    let mut pairs = record(story).pairs;
    assert_eq!(pairs.len(), 1);
    pairs.remove(0)
}

#[test]
fn a_clear_call_is_confirmed_when_the_next_cycle_leans_the_same_way() {
    let story = cycles(44, &[(2, 14), (3, 12)]);
    let call = only_pair(&story).call.expect("a clear call");
    assert_eq!((call.side, call.since), (Side::B, 1));
    assert_eq!(call.confirmed, Confirmation::By(2));
}

#[test]
fn a_clear_call_is_not_confirmed_by_a_cycle_that_leans_nowhere() {
    let call = only_pair(&cycles(44, &[(2, 14), (8, 8)])).call.expect("a clear call");
    assert_eq!(call.confirmed, Confirmation::NotBy(2));
}

#[test]
fn a_clear_call_stays_open_until_the_next_cycle_is_settled() {
    let mut story = cycles(44, &[(2, 14)]);
    run(&mut story, &monday(2), 44, (2, 12));
    let call = only_pair(&story).call;
    assert_eq!(call.expect("a clear call").confirmed, Confirmation::Open);
}

#[test]
fn what_was_taken_into_use_and_then_held_against_the_old_way_is_still_the_same_pair() {
    let playbook = without_fairness();
    let mut story =
        Story::comparing(day("2026-03-02"), &playbook, Some(("signal", "clear-ask")), &[]);
    run(&mut story, &monday(1), 24, (1, 5));
    decide(&mut story, 1, Decision::Use, Some("clear-ask"));
    story.act(Command::Compare { choice: "signal".into(), option: "as-today".into() });
    // Now the clear ask is the baseline: its answers are the first number.
    run(&mut story, &monday(2), 24, (6, 2));
    story.on("2026-03-30");
    let pair = only_pair(&story);
    assert_eq!(pair.pair.between, Between::Pooled(vec![1, 2]));
    let hits: Vec<u32> = pair.comparison.sides.iter().map(|side| side.tally.hits).collect();
    assert_eq!(hits, [3, 11], "as today, then the clear ask");
}

#[test]
fn cycles_of_different_pairs_are_not_put_together() {
    let playbook = without_fairness();
    let mut story =
        Story::comparing(day("2026-03-02"), &playbook, Some(("signal", "clear-ask")), &[]);
    run(&mut story, &monday(1), 24, (1, 5));
    decide(&mut story, 1, Decision::Use, Some("as-today"));
    story.act(Command::Compare { choice: "signal".into(), option: "gift".into() });
    run(&mut story, &monday(2), 24, (6, 2));
    let refused = story.ask(|now| compare(now, &Between::Pooled(vec![1, 2])).err());
    assert!(matches!(refused, Some(Rejection::OtherPair { cycle: 2 })), "{refused:?}");
    let known = story.ask(|now| pairs_of(now, "signal").unwrap().len());
    assert_eq!(known, 2);
}

#[test]
fn a_rise_is_spoken_of_from_four_cycles_of_one_setup_on() {
    let rising = [(1, 1), (3, 3), (5, 5), (8, 8)];
    assert!(record(&cycles(24, &rising[..3])).trends.is_empty());
    let trends = record(&cycles(24, &rising)).trends;
    assert_eq!(trends.len(), 1);
    assert_eq!(trends[0].cycles, [1, 2, 3, 4]);
    assert_eq!(trends[0].rises(), Some(true));
}

#[test]
fn words_written_anew_between_two_cycles_are_another_setup() {
    let mut story = cycles(24, &[(1, 1), (3, 3)]);
    story.on(&monday(3)).act(Command::Word {
        message: "intro".to_owned(),
        option: Some("clear-ask".into()),
        text: Words::new("Hi {{ person.first_name }}, what would you ask me first?"),
    });
    run(&mut story, &monday(3), 24, (5, 5));
    decide(&mut story, 3, Decision::Again, None);
    run(&mut story, &monday(4), 24, (8, 8));
    story.on("2026-04-30");
    assert!(record(&story).trends.is_empty());
    let changed = story.ask(|now| compare(now, &Between::Cycles(2, 3)).unwrap());
    assert!(changed.verdict.code.as_str() != "repeat", "{:?}", changed.headline);
}

#[test]
fn options_that_cannot_run_side_by_side_are_held_against_the_cycle_before() {
    let playbook =
        without_fairness().replace("gift: A gift first}", "gift: A gift first}\n    split: no");
    let mut story = Story::new(&playbook, &[]);
    run(&mut story, &monday(1), 24, (6, 0));
    decide(&mut story, 1, Decision::Again, None);
    story.act(Command::Compare { choice: "signal".into(), option: "clear-ask".into() });
    run(&mut story, &monday(2), 24, (9, 0));
    story.on("2026-03-30");
    let pair = only_pair(&story);
    assert_eq!(pair.pair.between, Between::Turns(vec![1, 2]));
    let hits: Vec<u32> = pair.comparison.sides.iter().map(|side| side.tally.hits).collect();
    assert_eq!(hits, [6, 9]);
    let record = record(&story);
    let second = record.cycles[1].comparison.as_ref().unwrap();
    assert_eq!(second.between, Between::Cycles(1, 2));
}

#[test]
fn an_abandoned_cycle_stays_in_the_history_and_out_of_every_pair() {
    let mut story = cycles(24, &[(1, 5)]);
    run(&mut story, &monday(2), 24, (2, 6));
    story.act(Command::StopCycle);
    let record = record(&story);
    assert_eq!(record.cycles.len(), 2);
    assert_eq!(story.ask(pairs)[0].cycles(), [1]);
    assert_eq!(record.made.all, 1);
}

#[test]
fn a_choice_that_was_never_compared_is_refused_with_an_option_to_compare() {
    let story = Story::new(TWO_MESSAGES, &["Ana"]);
    let refused = story.ask(|now| pairs_of(now, "signal").err());
    assert!(
        matches!(&refused, Some(Rejection::NeverCompared { option: Some(option), .. })
            if **option == *"clear-ask"),
        "{refused:?}"
    );
}

#[test]
fn every_measure_is_given_on_both_sides_and_a_booking_needs_no_closed_window() {
    let mut story = cycles(24, &[(2, 5)]);
    story.on("2026-03-13");
    let seen = story.ask(|now| measures(now, &Between::Within(1)).unwrap());
    let ids: Vec<&str> = seen.iter().map(|measure| &*measure.id).collect();
    assert_eq!(ids, ["reply_rate", "booked_a_month", "referrals", "on_time"]);
    assert!(seen.iter().all(|measure| measure.sides.len() == 2));
    assert_eq!(seen.iter().filter(|measure| measure.decides).count(), 1);
}
