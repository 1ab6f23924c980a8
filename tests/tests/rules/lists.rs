//! L: lists.

use fortnight_engine::plan::{Command, Note, Rejection};

use crate::TWO_MESSAGES;
use crate::story::Story;

#[test]
fn l4_the_order_of_the_list_decides_who_comes_first() {
    let mut story = Story::new(TWO_MESSAGES, &["Zoe", "Ana"]);
    story.join("Ben");
    let tasks = story.agenda().tasks.into_iter();
    let order: Vec<String> = tasks
        .filter(|task| &*task.key.step == "send-intro")
        .filter_map(|task| task.entry.map(|(_, name)| name.raw().to_owned()))
        .collect();
    assert_eq!(order, ["Zoe", "Ana", "Ben"]);
}

#[test]
fn l5_a_short_list_is_said_once_and_goes_on() {
    let playbook = "
people: {size: 3 to 5}
steps: {build: {title: List, collect: people}, next: {title: Next, needs: build}}
";
    let mut story = Story::new(playbook, &["Ana"]);
    story.shows(&[("build", "due"), ("next", "waiting")]);
    let ana = story.id("Ana");
    let listed = story
        .try_record(|session| {
            let ben = session.add(fortnight_engine::people::Entry::person(
                fortnight_engine::people::EntryId(0),
                "Ben",
            ));
            session.decide(&Command::List { entries: vec![ana, ben], cycle: 1 })
        })
        .unwrap();
    assert!(listed.notes.contains(&Note::ShortList { people: 2, advised: 3 }));
    story.done("build").shows(&[("build", "done"), ("next", "due")]);
}

#[test]
fn l5_a_person_who_was_messaged_stays_on_the_list() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    story.done("send-intro/Ana");
    let unlist = |story: &Story, name: &str| Command::Unlist { entry: story.id(name), cycle: 1 };
    let ana = unlist(&story, "Ana");
    assert!(matches!(story.refused(ana), Rejection::AlreadyMessaged { .. }));
    let ben = unlist(&story, "Ben");
    story.act(ben);
    assert_eq!(story.open().state.cycles[&1].members.len(), 1);
}
