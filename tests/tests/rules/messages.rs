//! M: messages.

use fortnight_engine::plan::{Command, Hindrance, Note, Place, Reason, Rejection, draft};
use fortnight_engine::playbook;
use fortnight_engine::source::SourceFile;
use fortnight_engine::words::Words;

use crate::story::{HEAD, Story};

const LETTER: &str = "
people: {size: 1 to 30, fields: {topic: {ask: What?, example: maps}}}
messages:
  intro:
    channel: linkedin
    rules: {sentences: 1 to 2, avoid: [pick your brain]}
    text: 'Hi {{ person.first_name }}, about {{ person.topic }}.'
  nudge:
    channel: linkedin
    rules: {adds_to: intro}
    text: 'One more thing about {{ person.topic }}: here is a list.'
steps:
  send: {title: Send, for_each: people, send: intro}
  nudge: {title: Nudge, for_each: people, send: nudge, needs: {send: done}, after: 1 workday}
";

#[test]
fn m1_a_template_may_use_only_names_that_the_playbook_declares() {
    let text = format!("{HEAD}{}", LETTER.replace("person.topic }}.", "person.topik }}."));
    let loaded = playbook::load(SourceFile::new("small.yaml", text), &|_, _| None);
    let finding = loaded.diagnostics.iter().find(|found| found.message.contains("topik")).unwrap();
    assert_eq!(loaded.sources.text(finding.span), "topik");
}

#[test]
fn m2_an_empty_field_blocks_the_message_and_nothing_is_sent_with_a_hole() {
    let mut story = Story::new(LETTER, &["Ana"]);
    let task = story.task("send/Ana");
    assert_eq!(task.standing.reason, Reason::Missing(vec!["person.topic".to_owned()]));
    let done = story.doing("send/Ana");
    assert!(matches!(
        story.refused(done),
        Rejection::NotReady { hindrance: Hindrance::Missing(_), .. }
    ));
    story.fill("Ana", "topic", "maps").done("send/Ana");
}

#[test]
fn m3_a_text_that_breaks_a_rule_for_this_person_is_blocked() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "what you do. Can I pick your brain? Soon? Please?");
    story.shows(&[("send/Ana", "blocked")]);
    assert!(matches!(story.task("send/Ana").standing.reason, Reason::Rules(_)));
}

#[test]
fn m3_the_seekers_own_words_may_break_a_rule_of_style() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "maps");
    let text = Words::new("Hi {{ person.first_name }}. One. Two. Three. Four.");
    story.act(Command::Word { message: "intro".into(), option: None, text });
    story.shows(&[("send/Ana", "due")]);
    let advice = story.ask(|situation| {
        let cycle = situation.running().unwrap();
        let letter = draft(situation, Place::of(cycle, &cycle.members[0]), "intro").unwrap();
        letter.advice.len()
    });
    assert_eq!(advice, 1);
}

#[test]
fn m4_a_follow_up_that_repeats_the_first_message_is_pointed_out() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "the long history of paper maps in Porto").done("send/Ana");
    story.on("2026-03-03");
    let text = Words::new("Hi Ana, about the long history of paper maps in Porto.");
    story.act(Command::Word { message: "nudge".into(), option: None, text });
    let repeats = story.ask(|situation| {
        let cycle = situation.running().unwrap();
        draft(situation, Place::of(cycle, &cycle.members[0]), "nudge").unwrap().repeats
    });
    assert!(repeats.is_some());
}

#[test]
fn m5_the_exact_text_is_kept_with_the_fact() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "maps").done("send/Ana");
    let open = story.open();
    let (_, sent) = open.state.cycles[&1].sent_to(story.id("Ana"))[0];
    assert_eq!(sent.text.raw(), "Hi Ana, about maps.");
}

#[test]
fn m5_whoever_is_not_connected_gets_one_request_until_it_is_accepted() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "maps").fill("Ana", "connected_on", "").done("send/Ana");
    story.on("2026-03-04").shows(&[("nudge/Ana", "waiting")]);
    assert_eq!(story.task("nudge/Ana").standing.reason, Reason::NotAccepted);
    story.record("Ana", "accepted").shows(&[("nudge/Ana", "due")]);
}

/// What a command that says "done" with these words notes about them.
fn advice(story: &Story, task: &str, text: &str) -> Vec<String> {
    let Command::Done { task, on, answers, .. } = story.doing(task) else { return Vec::new() };
    let done = Command::Done { task, on, answers, text: Some(Words::new(text)), channel: None };
    let notes = story
        .ask(|situation| fortnight_engine::plan::decide(situation, &done, false).unwrap().notes);
    notes
        .into_iter()
        .flat_map(|note| if let Note::Advice { sentences } = note { sentences } else { Vec::new() })
        .collect()
}

#[test]
fn m3_edited_words_are_recorded_whatever_they_break_with_a_word_about_it() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "maps");
    assert_eq!(
        advice(&story, "send/Ana", "Hi Ana. One. Two."),
        ["3 sentences; the rule is 1 to 2"]
    );
    assert_eq!(advice(&story, "send/Ana", "Hi Ana, here are two maps."), Vec::<String>::new());
    let broken = "what you do. Can I pick your brain? Soon? Please?";
    story.fill("Ana", "topic", broken).shows(&[("send/Ana", "blocked")]);
    assert_eq!(advice(&story, "send/Ana", "Hi Ana, here are two maps."), Vec::<String>::new());
}

#[test]
fn m4_edited_words_that_repeat_the_first_message_are_pointed_out_too() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "the long history of paper maps in Porto").done("send/Ana");
    story.on("2026-03-03");
    let said =
        advice(&story, "nudge/Ana", "Hi Ana, about the long history of paper maps in Porto!");
    assert_eq!(said, ["1 sentence repeats `intro`; the rule is to add something"]);
}

#[test]
fn m5_no_empty_words_were_ever_sent() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "maps");
    for text in ["", " \n", &"a".repeat(70_000)] {
        let Command::Done { task, on, answers, .. } = story.doing("send/Ana") else { return };
        let done = Command::Done { task, on, answers, text: Some(Words::new(text)), channel: None };
        assert!(matches!(story.refused(done), Rejection::BadValue { .. }));
    }
}

#[test]
fn m5_what_was_sent_yesterday_is_the_text_of_yesterday() {
    let letter = "
people: {size: 1 to 30}
messages:
  times: {channel: linkedin, text: 'Would {{ times.first }} or {{ times.second }} suit you?'}
steps:
  offer: {title: Offer, for_each: people, send: times}
";
    let mut story = Story::new(letter, &["Ana"]);
    let Command::Done { task, on: today, .. } = story.doing("offer/Ana") else { return };
    story.on("2026-03-03");
    story.act(Command::Done {
        task,
        on: today,
        answers: std::collections::BTreeMap::new(),
        text: None,
        channel: None,
    });
    let open = story.open();
    let (_, sent) = open.state.cycles[&1].sent_to(story.id("Ana"))[0];
    let yesterday = "Would Wednesday 4 March at 10:00 or Thursday 5 March at 15:00 suit you?";
    assert_eq!(sent.text.raw(), yesterday);
}

#[test]
fn m6_text_of_people_is_data_wherever_it_goes() {
    let mut story = Story::new(LETTER, &["Ana"]);
    story.fill("Ana", "topic", "{{ 7 * 7 }} {% if %} \u{1b}[2J\u{202e}=1+1");
    let text = story.ask(|situation| {
        let cycle = situation.running().unwrap();
        draft(situation, Place::of(cycle, &cycle.members[0]), "intro").unwrap().text
    });
    assert!(text.raw().contains("{{ 7 * 7 }} {% if %} \u{1b}[2J\u{202e}=1+1"));
    for out in [text.terminal(), text.letter(), text.mail_header(), text.html_text()] {
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out:?}");
    }
}
