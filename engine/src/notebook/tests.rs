//! The main job on the shipped playbook, through the in-memory store.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::calendar::{Hours, WeekdaySet};
use crate::people::Entry;
use crate::plan::{Between, Command, Status, TaskKey, agenda, compare};
use crate::playbook::{Decision, Id};
use crate::source::SourceFile;
use crate::store::MemoryStore;
use crate::words::Words;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn shipped(name: &str) -> Option<SourceFile> {
    let text = match name {
        "product-designer" => include_str!("../../../playbooks/product-designer.yaml"),
        "networking" => include_str!("../../../playbooks/networking.yaml"),
        _ => return None,
    };
    Some(SourceFile::new(format!("{name}.yaml"), text))
}

fn begun(people: u64) -> (Notebook<MemoryStore>, PlanId) {
    let loaded =
        crate::playbook::load(shipped("product-designer").expect("shipped"), &|name, _| {
            shipped(name)
        });
    assert!(!loaded.has_errors(), "{:?}", loaded.diagnostics);
    let playbook = loaded.playbook.expect("no errors");
    let inputs: BTreeMap<Id, Words> = playbook
        .inputs
        .iter()
        .filter_map(|input| Some((input.id.clone(), Words::new(input.example.as_deref()?))))
        .collect();
    let beginning = Beginning {
        playbook,
        packed: loaded.packed.expect("no errors"),
        zone: "Europe/Paris".to_owned(),
        weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
        hours: Hours::default(),
        seed: 7,
        start: date(2026, 3, 2),
        inputs,
        compared: Some(("signal".to_owned(), "clear-ask".to_owned())),
        book: Book::new(),
    };
    let mut notebook = Notebook::new(MemoryStore::new());
    let recording =
        Recording { command: "start", plan: None, entries: &[], whole: false, anyway: false };
    let instant = at("2026-03-02T07:30:00Z");
    let started = notebook
        .record(&recording, instant, |session| {
            let plan = session.start(beginning.clone(), instant)?;
            let entries: Vec<EntryId> = (0..people)
                .map(|number| {
                    let entry = Entry::person(EntryId(0), format!("Person {number:02}").as_str())
                        .with("connected_on", "2024-03-12")
                        .with("company", format!("Company {}", number / 2))
                        .with("context", "your talk on research debt");
                    session.add(entry)
                })
                .collect();
            session.decide(&Command::List { entries, cycle: 1 })?;
            Ok(plan)
        })
        .expect("accepted");
    (notebook, started.value)
}

fn act(notebook: &mut Notebook<MemoryStore>, plan: PlanId, instant: &str, command: &Command) {
    let recording =
        Recording { command: "test", plan: Some(plan), entries: &[], whole: false, anyway: false };
    notebook
        .record(&recording, at(instant), |session| session.decide(command))
        .unwrap_or_else(|error| panic!("{command:?}: {error:?}"));
}

fn done(step: &str, entry: Option<EntryId>, on: jiff::civil::Date) -> Command {
    let task = TaskKey { entry, ..TaskKey::new(1, Id::from(step)) };
    Command::Done { task, on, answers: BTreeMap::new(), text: None, channel: None }
}

#[test]
fn two_weeks_from_the_first_message_to_a_decision() {
    let (mut notebook, plan) = begun(28);
    let first_day = "2026-03-02T08:00:00Z";
    for step in ["write-message", "rehearse"] {
        act(&mut notebook, plan, first_day, &done(step, None, date(2026, 3, 2)));
    }
    for (day, instant) in [(2, first_day), (3, "2026-03-03T08:00:00Z"), (4, "2026-03-04T08:00:00Z")]
    {
        let open = notebook.open(plan, &[]).expect("reads");
        let due: Vec<EntryId> = agenda(&open.situation(at(instant)))
            .tasks
            .iter()
            .filter(|task| &*task.key.step == "send-intro" && task.status() == Status::Due)
            .filter_map(|task| task.key.entry)
            .collect();
        assert_eq!(due.len(), if day == 4 { 8 } else { 10 }, "day {day}");
        for entry in due {
            act(&mut notebook, plan, instant, &done("send-intro", Some(entry), date(2026, 3, day)));
        }
    }
    let open = notebook.open(plan, &[]).expect("reads");
    let now = at("2026-03-06T08:00:00Z");
    let situation = open.situation(now);
    let follow_ups = agenda(&situation)
        .tasks
        .iter()
        .filter(|task| &*task.key.step == "follow-up" && task.status() == Status::Due)
        .count();
    assert_eq!(follow_ups, 20, "three workdays after Monday is Thursday, after Tuesday Friday");
    let comparison = compare(&situation, &Between::Within(1)).expect("compares");
    assert_eq!(comparison.verdict.code.as_str(), "waiting");
    assert_eq!(comparison.sides.len(), 2);
    assert_eq!(comparison.settles, Some(date(2026, 3, 13)));
    let too_early = Command::Decide {
        decision: Decision::Again,
        option: None,
        why: Words::new("not clear yet"),
        next: Some(date(2026, 3, 16)),
        shown: String::new(),
    };
    let recording = Recording {
        command: "decide",
        plan: Some(plan),
        entries: &[],
        whole: false,
        anyway: false,
    };
    let refused = notebook.record(&recording, now, |session| session.decide(&too_early));
    assert!(refused.is_err());
    act(&mut notebook, plan, "2026-03-13T08:00:00Z", &too_early);
    let open = notebook.open(plan, &[]).expect("reads");
    assert_eq!(open.state.cycles.len(), 2);
}

#[test]
fn a_filled_field_completes_its_fill_task_on_the_day_of_filling_d8() {
    let (mut notebook, plan) = begun(0);
    let instant = at("2026-03-04T09:00:00Z");
    let recording =
        Recording { command: "test", plan: Some(plan), entries: &[], whole: true, anyway: false };
    let filled = notebook
        .record(&recording, instant, |session| {
            let ana = session.add(Entry::person(EntryId(0), "Ana"));
            session.decide(&Command::List { entries: vec![ana], cycle: 1 })?;
            let note = session.fill(ana, &[("note".to_owned(), Words::new("met in Porto"))])?;
            assert!(note.done.is_empty());
            let wrong = session.fill(ana, &[("emial".to_owned(), Words::new("a@b.example"))]);
            assert!(matches!(wrong, Err(NotebookError::Rejected(_))), "{wrong:?}");
            let wrong = session.fill(ana, &[("email".to_owned(), Words::new("nowhere"))]);
            assert!(matches!(wrong, Err(NotebookError::Rejected(_))), "{wrong:?}");
            let context = [("context".to_owned(), Words::new("your talk"))];
            let filled = session.fill(ana, &context)?;
            assert_eq!(session.fill(ana, &context)?, Filled::default());
            Ok(filled)
        })
        .expect("accepted")
        .value;
    let task = TaskKey::of(1, "personalise".into(), filled.done[0].entry.expect("a person"));
    assert_eq!(filled.done, std::slice::from_ref(&task));
    let open = notebook.open(plan, &[]).expect("opened");
    assert_eq!(open.state.completion(&task).expect("done").on, date(2026, 3, 4));
}
