//! M5 and the channels: a message or an answer that took another way than planned, and what was
//! recorded of it put right.

use std::collections::BTreeMap;

use fortnight_engine::message::Channel;
use fortnight_engine::plan::{Command, Note, Place, Reason, Rejection, draft, metric};
use fortnight_engine::words::Words;
use jiff::civil::Date;

use crate::story::{Story, day};

const LETTERS: &str = "
people: {size: 1 to 30, outcomes: {talked: {title: You talked}}}
cycle: {decided_by: reply_rate}
metrics:
  reply_rate: {title: Replies, out_of: send, count: replied, within: 9 days}
  on_time: {title: On time, out_of: nudge.due, count: nudge, within: 7 days of send}
messages:
  intro: {channel: linkedin, text: 'Hi {{ person.first_name }}, here is a map.'}
  nudge: {channel: linkedin, text: 'One more thing: a list.'}
  letter: {channel: email, subject: 'A map for {{ person.first_name }}', text: 'Hello again.'}
steps:
  send: {title: Send, for_each: people, send: intro}
  nudge:
    title: Nudge
    for_each: people
    send: nudge
    needs: {send: done}
    when: not person.replied
    after: 1 workday
    within: 7 days of send
  write: {title: Write, for_each: people, send: letter, needs: {send: done}, when: person.replied}
  talk: {title: Talk, for_each: people, when: person.replied, sets: talked}
  note: {title: Note, for_each: people, record: {heard: {ask: What?}}}
";

fn told() -> Story {
    let mut story = Story::new(LETTERS, &["Ana", "Ben"]);
    story.fill("Ana", "connected_on", "");
    story
}

fn by(story: &Story, task: &str, channel: Channel) -> Command {
    let Command::Done { task, on, answers, text, .. } = story.doing(task) else {
        panic!("not done")
    };
    Command::Done { task, on, answers, text, channel: Some(channel) }
}

fn correct(story: &Story, task: &str, on: Option<&str>, channel: Option<Channel>) -> Command {
    let (task, on) = (story.key(task), on.map(day));
    Command::Correct { task, on, answers: BTreeMap::new(), text: None, channel }
}

fn answered_by(story: &Story, name: &str, channel: Channel) -> Command {
    let Command::Record { entry, outcome, on, time, fields, .. } =
        story.recording(name, "replied", story.today, &[])
    else {
        panic!("no record")
    };
    Command::Record { entry, outcome, on, time, fields, channel: Some(channel) }
}

/// What went out to somebody: the day and the channel of each.
fn sent(story: &mut Story, name: &str) -> Vec<(Date, Channel)> {
    let entry = story.id(name);
    let open = story.open();
    open.state.cycles[&1].sent_to(entry).iter().map(|(on, sent)| (*on, sent.channel)).collect()
}

/// The channel of the text as it would go out now.
fn next(story: &Story, name: &str, message: &str) -> Channel {
    let entry = story.id(name);
    story.ask(|situation| {
        let cycle = &situation.state.cycles[&1];
        let member = cycle.member(entry).unwrap();
        draft(situation, Place::of(cycle, member), message).unwrap().channel
    })
}

fn tally(story: &Story, measure: &str) -> (u32, u32) {
    story.ask(|situation| {
        let metric = situation.playbook.metric(measure).unwrap();
        let cycle = &situation.state.cycles[&1];
        let tally = metric::tally(situation, cycle, metric, situation.today(), |_| true);
        (tally.count, tally.out_of)
    })
}

#[test]
fn m5_the_channel_that_a_message_took_is_kept_and_the_next_goes_there() {
    let mut story = told();
    let mail = by(&story, "send/Ana", Channel::Email);
    story.act(mail).done("send/Ben").on("2026-03-03");
    assert_eq!(sent(&mut story, "Ana"), [(day("2026-03-02"), Channel::Email)]);
    assert_eq!(next(&story, "Ana", "nudge"), Channel::Email);
    assert_eq!(next(&story, "Ben", "nudge"), Channel::LinkedIn);
    // Nobody asked her to connect, so nothing waits for it.
    story.shows(&[("nudge/Ana", "due"), ("nudge/Ben", "due")]);
}

#[test]
fn m5_an_answer_without_a_word_came_on_the_channel_of_the_message() {
    let mut story = told();
    let mail = by(&story, "send/Ana", Channel::Email);
    story.act(mail).on("2026-03-03").record("Ana", "replied");
    assert_eq!(next(&story, "Ana", "nudge"), Channel::Email);
    // That she answered a mail does not connect her.
    let note = by(&story, "write/Ana", Channel::LinkedIn);
    story.on("2026-03-04").act(note);
    assert_eq!(next(&story, "Ana", "nudge"), Channel::LinkedIn);
}

#[test]
fn m5_an_answer_on_another_channel_takes_the_next_text_there_and_counts_the_same() {
    let mut story = told();
    story.done("send/Ben").on("2026-03-03");
    let phone = answered_by(&story, "Ben", Channel::Sms);
    story.act(phone);
    assert_eq!(next(&story, "Ben", "letter"), Channel::Sms);
    assert_eq!(tally(&story, "reply_rate"), (1, 1));
    story.undo();
    assert_eq!(
        (next(&story, "Ben", "letter"), tally(&story, "reply_rate")),
        (Channel::Email, (0, 1))
    );
}

#[test]
fn m5_a_text_without_a_place_for_a_subject_has_none() {
    let mut story = told();
    story.done("send/Ben").on("2026-03-03");
    let sms = answered_by(&story, "Ben", Channel::Sms);
    story.act(sms);
    story.done("write/Ben");
    let entry = story.id("Ben");
    let open = story.open();
    let (_, letter) = open.state.cycles[&1].sent_to(entry)[1];
    assert_eq!((letter.channel, &letter.subject), (Channel::Sms, &None));
}

#[test]
fn whoever_has_not_accepted_can_be_written_to_another_way() {
    let mut story = told();
    story.done("send/Ana").on("2026-03-03");
    assert_eq!(story.task("nudge/Ana").standing.reason, Reason::NotAccepted);
    let same = by(&story, "nudge/Ana", Channel::LinkedIn);
    assert!(matches!(story.refused(same), Rejection::NotOpen(_)));
    // A message that had to wait never became due, and so was not late.
    assert_eq!(tally(&story, "on_time"), (0, 0));
    let mail = by(&story, "nudge/Ana", Channel::Email);
    story.act(mail);
    assert_eq!(tally(&story, "on_time"), (1, 1));
    story.undo().record("Ana", "accepted").shows(&[("nudge/Ana", "due")]);
    assert_eq!(tally(&story, "on_time"), (0, 1));
}

#[test]
fn a_request_too_long_for_a_stranger_goes_out_by_mail() {
    let long = LETTERS.replace("here is a map.", &"here is a map, and one more. ".repeat(12));
    let mut story = Story::new(&long, &["Ana"]);
    story.fill("Ana", "connected_on", "").shows(&[("send/Ana", "blocked")]);
    let done = story.doing("send/Ana");
    assert!(matches!(story.refused(done), Rejection::NotReady { .. }));
    let mail = by(&story, "send/Ana", Channel::Email);
    story.act(mail);
    assert_eq!(sent(&mut story, "Ana")[0].1, Channel::Email);
}

#[test]
fn f5_the_day_and_the_channel_of_a_message_are_put_right_and_that_is_undone() {
    let mut story = told();
    story.on("2026-03-03").done("send/Ana").done("send/Ben").on("2026-03-04");
    let right = correct(&story, "send/Ana", Some("2026-03-02"), Some(Channel::Email));
    let accepted = story.try_record(|session| session.decide(&right)).unwrap();
    let [Note::Corrects { on, channel, reworded: false, .. }] = &accepted.notes[..] else {
        panic!("{accepted:?}")
    };
    assert_eq!((*on, *channel), (day("2026-03-03"), Some(Channel::LinkedIn)));
    assert_eq!(sent(&mut story, "Ana"), [(day("2026-03-02"), Channel::Email)]);
    story.opens("nudge/Ana", "2026-03-03").opens("nudge/Ben", "2026-03-04");
    // Corrections are corrected in turn, and the same twice changes nothing.
    let again = story.try_record(|session| session.decide(&right)).unwrap();
    assert_eq!((again.facts.len(), again.notes), (0, vec![Note::Known { on: day("2026-03-02") }]));
    let back = correct(&story, "send/Ana", None, Some(Channel::LinkedIn));
    story.act(back);
    assert_eq!(sent(&mut story, "Ana"), [(day("2026-03-02"), Channel::LinkedIn)]);
    story.undo();
    assert_eq!(sent(&mut story, "Ana"), [(day("2026-03-02"), Channel::Email)]);
    story.undo();
    assert_eq!(sent(&mut story, "Ana"), [(day("2026-03-03"), Channel::LinkedIn)]);
    story.redo();
    assert_eq!(sent(&mut story, "Ana"), [(day("2026-03-02"), Channel::Email)]);
}

#[test]
fn f5_words_and_answers_are_put_right() {
    let mut story = told();
    story.done("send/Ana").done("note/Ana");
    let task = story.key("send/Ana");
    let text = Some(Words::new("Hello Ana."));
    let answers = BTreeMap::new();
    story.act(Command::Correct { task, on: None, answers, text, channel: None });
    let task = story.key("note/Ana");
    let answers = BTreeMap::from([("heard".into(), Words::new("a bird"))]);
    story.act(Command::Correct {
        task: task.clone(),
        on: None,
        answers,
        text: None,
        channel: None,
    });
    let entry = story.id("Ana");
    let open = story.open();
    assert_eq!(open.state.cycles[&1].sent_to(entry)[0].1.text.raw(), "Hello Ana.");
    assert_eq!(open.state.completion(&task).unwrap().answers["heard"].raw(), "a bird");
}

#[test]
fn f5_an_outcome_that_a_step_sets_moves_with_its_day() {
    let mut story = told();
    story.done("send/Ben").on("2026-03-04").record("Ben", "replied").done("talk/Ben");
    let right = correct(&story, "talk/Ben", Some("2026-03-03"), None);
    story.act(right);
    let entry = story.id("Ben");
    let talked = story.ask(|situation| {
        let happenings = &situation.state.cycles[&1].happenings[&entry];
        happenings.standing(situation.playbook, "talked", situation.today()).map(|it| it.on)
    });
    assert_eq!(talked, Some(day("2026-03-03")));
}

#[test]
fn f5_a_correction_that_cannot_be_is_refused_with_what_makes_it_so() {
    let mut story = told();
    story.done("send/Ben").on("2026-03-03").record("Ben", "replied").on("2026-03-05");
    let late = correct(&story, "send/Ben", Some("2026-03-04"), None);
    let Rejection::AfterAnswer { outcome, on, .. } = story.refused(late) else { panic!("taken") };
    assert_eq!((&*outcome, on), ("replied", day("2026-03-03")));
    let future = correct(&story, "send/Ben", Some("2026-03-06"), None);
    assert!(matches!(story.refused(future), Rejection::FutureDay { .. }));
    let before = correct(&story, "send/Ben", Some("2026-03-01"), None);
    assert!(matches!(story.refused(before), Rejection::BeforePlan { .. }));
    let open = correct(&story, "send/Ana", Some("2026-03-04"), None);
    assert!(matches!(story.refused(open), Rejection::NoTask { .. }));
    story.done("note/Ben");
    for wrong in [
        correct(&story, "note/Ben", None, Some(Channel::Email)),
        by(&story, "note/Ana", Channel::Email),
    ] {
        assert!(matches!(story.refused(wrong), Rejection::NoMessage { .. }));
    }
}
