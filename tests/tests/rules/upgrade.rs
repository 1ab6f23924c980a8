//! E3: a newer version of the playbook.

use std::collections::BTreeMap;

use fortnight_engine::notebook::Upgrading;
use fortnight_engine::plan::{
    Accepted, Between, Command, Preview, Rejection, Sort, compare, preview,
};
use fortnight_engine::playbook::{Decision, Id};
use fortnight_engine::words::Words;

use crate::TWO_MESSAGES;
use crate::story::{Story, day, read_playbook};

fn renamed(pairs: &[(&str, &str)]) -> BTreeMap<Id, Id> {
    pairs.iter().map(|(old, new)| (Id::from(*old), Id::from(*new))).collect()
}

fn look(story: &Story, new: &str, map: &[(&str, &str)]) -> Preview {
    let (new, _) = read_playbook(new);
    story.ask(|situation| preview(situation, &new, &renamed(map)).unwrap())
}

fn try_take(
    story: &mut Story,
    new: &str,
    map: &[(&str, &str)],
    mid_cycle: bool,
) -> Result<Accepted, Rejection> {
    let (playbook, packed) = read_playbook(new);
    let inputs = BTreeMap::new();
    let upgrading = Upgrading { playbook, packed, renamed: renamed(map), inputs, mid_cycle };
    story.try_record(|session| session.upgrade(&upgrading))
}

/// Differences as `sort subject key`.
fn told(preview: &Preview) -> Vec<String> {
    let one = |found: &fortnight_engine::plan::Difference| {
        format!("{} {:?} {}", found.sort.as_str(), found.subject, found.key.unwrap_or("whole"))
    };
    preview.differences.iter().map(one).collect()
}

#[test]
fn e3_changes_are_sorted_into_wording_timing_and_structure() {
    let story = Story::new(TWO_MESSAGES, &["Ana"]);
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(TWO_MESSAGES.contains(from), "{from}");
        let seen = look(&story, &TWO_MESSAGES.replace(from, to), &[]);
        assert_eq!(told(&seen), expected, "{to}");
    };
    check("title: Send it", "title: Write", &["wording Step(Id(\"send-intro\")) title"]);
    check("here is the list", "a list", &["wording Message(Id(\"nudge\")) text"]);
    check("after: 3 workdays", "after: 4 workdays", &["timing Step(Id(\"follow-up\")) after"]);
    check("length: 14 days", "length: 21 days", &["timing Cycle length"]);
    check("within: 9 days", "within: 10 days", &["timing Metric(Id(\"reply_rate\")) within"]);
    check(
        "when: person.booked\n    at",
        "when: person.booked and person.replied\n    at",
        &["structure Step(Id(\"talk\")) when"],
    );
}

#[test]
fn e3_steps_that_are_new_gone_or_renamed_are_told_apart() {
    let story = Story::new(TWO_MESSAGES, &["Ana"]);
    let other = TWO_MESSAGES.replace("offer-times:", "offer-two-times:");
    let seen = look(&story, &other, &[]);
    let ids = renamed(&[("offer-times", "offer-two-times")]);
    assert_eq!(seen.guesses, ids.clone().into_iter().collect::<Vec<_>>());
    assert_eq!(seen.differences.len(), 2, "one gone, one new: {:?}", seen.differences);
    let seen = look(&story, &other, &[("offer-times", "offer-two-times")]);
    assert_eq!(told(&seen), ["structure Step(Id(\"offer-two-times\")) id"]);
    assert!(seen.differences.iter().all(|found| found.sort == Sort::Structure));
}

#[test]
fn e3_an_id_that_means_something_else_is_refused() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let reused = TWO_MESSAGES.replace(
        "talk:\n    title: Talk\n    for_each: people\n    when: person.booked\n    at: \
         person.booked.at\n    sets: talked",
        "talk: {title: Talk}",
    );
    assert_ne!(reused, TWO_MESSAGES);
    let rejection = try_take(&mut story, &reused, &[], false).unwrap_err();
    assert_eq!(rejection, Rejection::ReusedSteps { steps: vec!["talk".into()] });
}

#[test]
fn e3_with_the_next_cycle_nothing_changes_before_and_everything_after() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana");
    let later = TWO_MESSAGES.replace("after: 3 workdays", "after: 4 workdays");
    let pinned = story.open().state.playbook.clone();
    try_take(&mut story, &later, &[], false).unwrap();
    assert_eq!(story.open().state.playbook, pinned);
    story.on("2026-03-05").shows(&[("follow-up/Ana", "due")]);
    story.on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let open = story.open();
    assert_ne!(open.state.playbook, pinned);
    assert_eq!(open.state.cycles[&1].playbook, pinned, "cycle 1 keeps what it began with");
    assert_eq!(open.state.cycles[&2].playbook, open.state.playbook);
    story.undo();
    assert_eq!(story.open().state.playbook, pinned);
    assert!(story.open().planned.is_some());
    story.redo();
    assert_ne!(story.open().state.playbook, pinned);
}

#[test]
fn e3_at_once_after_a_message_is_a_second_change_and_nothing_is_credited() {
    let people: Vec<String> = (0..24).map(|n| format!("Person{n:02}, Company{n}")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let signal = Some(("signal", "clear-ask"));
    let mut story = Story::comparing(day("2026-03-02"), TWO_MESSAGES, signal, &people);
    story.done("send-intro/Person00").on("2026-03-03");
    let other = TWO_MESSAGES.replace("here is the list", "take the list");
    try_take(&mut story, &other, &[], true).unwrap();
    let code = story.ask(|situation| compare(situation, &Between::Within(1)).unwrap().verdict.code);
    assert_eq!(code.as_str(), "cannot_attribute");
    story.undo();
    let code = story.ask(|situation| compare(situation, &Between::Within(1)).unwrap().verdict.code);
    assert_eq!(code.as_str(), "waiting");
}

#[test]
fn e3_at_once_before_the_first_message_is_no_second_change() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let other = TWO_MESSAGES.replace("here is the list", "take the list");
    try_take(&mut story, &other, &[], true).unwrap();
    let open = story.open();
    assert_eq!(open.state.cycles[&1].second_changes, Vec::<String>::new());
    assert_eq!(open.state.cycles[&1].playbook, open.playbook.hash);
}

#[test]
fn e3_what_was_done_under_a_name_counts_under_the_new_one() {
    let steps = "  goals: {title: Goals, once: plan}\n  hold: {title: Hold, needs: goals}\n";
    let playbook = format!("{TWO_MESSAGES}{steps}");
    let mut story = Story::new(&playbook, &["Ana"]);
    story.done("goals").done("send-intro/Ana");
    let other = playbook
        .replace("goals", "aims")
        .replace("send-intro", "first-message")
        .replace("hold: {title: Hold, needs: aims}", "aside: {title: Aside, needs: aims}");
    let map = [("goals", "aims"), ("send-intro", "first-message")];
    let seen = look(&story, &other, &map);
    assert_eq!(seen.guesses, [], "{:?}", seen.guesses);
    try_take(&mut story, &other, &map, true).unwrap();
    story.shows(&[("aims", "done"), ("first-message/Ana", "done"), ("aside", "due")]);
    story.on("2026-03-05").shows(&[("follow-up/Ana", "due")]);
    story.undo().undo();
}

#[test]
fn e3_the_preview_shows_which_days_move() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben").on("2026-03-03");
    let later = TWO_MESSAGES.replace("after: 3 workdays", "after: 4 workdays");
    let seen = look(&story, &later, &[]);
    let [moved] = &seen.moves[..] else { panic!("{:?}", seen.moves) };
    assert_eq!((&*moved.step, moved.tasks), ("follow-up", 2));
    let available = |days: Option<fortnight_engine::plan::Days>| days.unwrap().available.unwrap();
    assert_eq!(available(moved.before), day("2026-03-05"));
    assert_eq!(available(moved.after), day("2026-03-06"));
}

#[test]
fn e3_an_option_in_use_must_be_there() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.act(Command::Compare { choice: "signal".into(), option: "gift".into() });
    let without = TWO_MESSAGES.replace(", gift: A gift first", "").replace(
        "      gift: \"Hi {{ person.first_name }}, I made a list that may help you. May I send \
         it?\"\n",
        "",
    );
    let refused = try_take(&mut story, &without, &[], false).unwrap_err();
    let gone = Rejection::OptionGone { choice: "signal".into(), option: "gift".into() };
    assert_eq!(refused, gone);
}

#[test]
fn e3_what_is_asked_anew_is_answered_before_it_is_taken() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let asks = format!("inputs: {{city: {{ask: \"Where?\", example: Lyon}}}}\n{TWO_MESSAGES}")
        .replace(
            "One more thing, {{ person.first_name }}",
            "One more thing from {{ inputs.city }}, {{ person.first_name }}",
        );
    assert_eq!(look(&story, &asks, &[]).missing, [Id::from("city")]);
    let refused = try_take(&mut story, &asks, &[], false).unwrap_err();
    assert_eq!(refused, Rejection::InputMissing { input: "city".into() });
    let (playbook, packed) = read_playbook(&asks);
    let inputs = BTreeMap::from([(Id::from("city"), Words::new("Lyon"))]);
    let renamed = BTreeMap::new();
    let upgrading = Upgrading { playbook, packed, renamed, inputs, mid_cycle: false };
    story.try_record(|session| session.upgrade(&upgrading)).unwrap();
    assert_eq!(story.open().state.inputs["city"], Words::new("Lyon"));
}

#[test]
fn e3_a_cycle_that_is_set_up_and_has_not_begun_takes_it_as_its_own() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-13").decide(Decision::Again, Some("2026-03-16"));
    let other = TWO_MESSAGES.replace("here is the list", "take the list");
    try_take(&mut story, &other, &[], false).unwrap();
    let open = story.open();
    assert_eq!(open.state.cycles[&2].playbook, open.playbook.hash);
    assert_ne!(open.state.cycles[&1].playbook, open.playbook.hash);
}

/// What a version changes in the setup, and the verdict on two cycles before and after it.
#[track_caller]
fn changed_by(new: &str) -> (Vec<String>, &'static str) {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana");
    try_take(&mut story, new, &[], false).unwrap();
    story.on("2026-03-13").decide(Decision::Again, Some("2026-03-16")).on("2026-03-16");
    story.join("Ben").done("send-intro/Ben");
    let code =
        story.ask(|situation| compare(situation, &Between::Cycles(1, 2)).unwrap().verdict.code);
    (story.open().state.setups.concat(), code.as_str())
}

#[test]
fn e1_a_version_changes_the_setup_by_as_many_fields_as_it_does() {
    for (from, to, changed) in [
        ("title: Follow up\n", "title: Follow up once\n", vec![]),
        ("gift: A gift first}", "gift: A gift to begin with}", vec![]),
        ("after: 3 workdays", "after: 4 workdays", vec!["the day of follow-up"]),
        (
            "count: replied, within: 9 days",
            "count: replied, within: 8 days",
            vec!["the reply window"],
        ),
        ("here is the list", "take the list", vec!["the words of nudge"]),
    ] {
        let new = TWO_MESSAGES.replace(from, to);
        assert_ne!(new, TWO_MESSAGES, "{from}");
        let (seen, code) = changed_by(&new);
        assert_eq!(
            (seen, code),
            (changed.iter().map(ToString::to_string).collect(), "waiting"),
            "{to}"
        );
    }
    let two = TWO_MESSAGES.replace("after: 3 workdays", "after: 4 workdays");
    let two = two.replace("here is the list", "take the list");
    let (seen, code) = changed_by(&two);
    assert_eq!((seen.len(), code), (2, "cannot_attribute"), "nothing can be credited");
}
