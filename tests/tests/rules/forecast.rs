//! D11: another day as it will be if everything due before is done on time. And D10's question
//! after idle workdays, and what fits into the time there is.

use fortnight_engine::plan::{
    Command, Idle, Rehearsal, Status, TaskKey, agenda, fitting, forecast, idle,
};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::TWO_MESSAGES;
use crate::story::{Story, day};

/// A bit of everything: a habit, fields to fill, a pace, a form, an optional step, a company.
const EVERYTHING: &str = r#"
people:
  size: 2 to 30
  fields: {topic: {ask: "What?", example: your talk on maps}}
cycle: {length: 14 days, decided_by: reply_rate}
metrics:
  reply_rate: {title: Reply rate, out_of: send-intro, count: replied, within: 9 days}
messages:
  intro: {channel: linkedin, text: "Hello {{ person.first_name }}, {{ person.topic }} stayed with me."}
  nudge: {channel: linkedin, text: "One more thing, {{ person.first_name }}: a list for you."}
  times: {channel: linkedin, text: "Would {{ times.first }} suit you?"}
steps:
  focus: {title: Focus, every: Mon and Wed at 09:00, effort: 60 minutes}
  list: {title: List, collect: people, effort: 20 minutes}
  write: {title: Write, write: intro, effort: 10 minutes}
  rehearse: {title: Rehearse, needs: write, required: optional}
  note: {title: Note, for_each: people, fill: [topic], needs: list, pace: 3 per workday, effort: 2 minutes}
  send-intro:
    {title: Send, for_each: people, send: intro, needs: [note, rehearse], pace: 2 per workday, effort: 4 minutes}
  follow-up:
    title: Follow up
    for_each: people
    send: nudge
    needs: {send-intro: done}
    when: not person.replied
    after: 3 workdays
    within: 7 days of send-intro
  offer-times:
    {title: Offer, for_each: people, send: times, when: person.replied, within: 1 workday}
  look: {title: Look, at: day 7, effort: 5 minutes}
  review: {title: Decide, decide: [again, use, stop], at: day 14}
"#;

/// What a day's list shows, in its order.
type Shown = Vec<(String, &'static str, Option<Date>, Option<Date>)>;

fn shown(agenda: &fortnight_engine::plan::Agenda) -> Shown {
    agenda
        .tasks
        .iter()
        .map(|task| {
            let standing = &task.standing;
            (task.key.to_string(), task.status().as_str(), standing.available, standing.deadline)
        })
        .collect()
}

/// Does everything that is due today, and what becomes due by that, the way a seeker does: by
/// commands. What asks for a field gets the playbook's example.
fn do_everything(story: &mut Story) -> Vec<String> {
    let mut done = Vec::new();
    for _ in 0..40 {
        let agenda = story.agenda();
        let todo: Vec<TaskKey> = agenda
            .tasks
            .iter()
            .filter(|task| task.status().is_now() || task.status() == Status::Blocked)
            .map(|task| task.key.clone())
            .collect();
        let mut changed = false;
        for key in todo {
            let step = key.step.to_string();
            if step == "review" {
                continue;
            }
            let name = key.entry.map(|id| story.name(id));
            let blocked = story
                .agenda()
                .tasks
                .iter()
                .any(|task| task.key == key && task.status() == Status::Blocked);
            if step == "note" || blocked {
                story.fill(&name.unwrap(), "topic", "your talk on maps");
            } else {
                let on = story.today;
                let answers = std::collections::BTreeMap::new();
                story.act(Command::Done {
                    task: key.clone(),
                    on,
                    answers,
                    text: None,
                    channel: None,
                });
            }
            done.push(step);
            changed = true;
        }
        if !changed {
            break;
        }
    }
    done
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    /// D11, the law: the forecast for tomorrow is the agenda of tomorrow, once everything due
    /// today was done.
    #[test]
    fn d11_the_forecast_for_tomorrow_is_tomorrows_agenda_when_all_is_done(
        people in 1_usize..6,
        events in prop::collection::vec((0_u8..4, 0_usize..6), 1..12),
    ) {
        let names: Vec<String> = (0..people).map(|at| format!("P{at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut story = Story::new(EVERYTHING, &names);
        for (event, who) in events {
            let tomorrow = story.today.tomorrow().unwrap();
            let days = story.ask(|situation| forecast(situation, tomorrow));
            prop_assert_eq!(days.len(), 2);
            let (today, then) = (&days[0], &days[1]);
            let foreseen = shown(&then.agenda);
            prop_assert_eq!(shown(&today.agenda), shown(&story.agenda()));
            if event < 3 {
                // The day goes as planned.
                    let done = do_everything(&mut story);
                    let foreseen_work: Vec<String> = today
                        .work
                        .iter()
                        .map(|task| task.key.step.to_string())
                        .filter(|step| step != "review")
                        .collect();
                    let mut sorted = (done, foreseen_work);
                    sorted.0.sort();
                    sorted.1.sort();
                    prop_assert_eq!(sorted.0, sorted.1);
                    story.today = tomorrow;
                    let review = |row: &(String, &str, Option<Date>, Option<Date>)| {
                        row.0.ends_with(":review")
                    };
                    let mut real = shown(&story.agenda());
                    real.retain(|row| !review(row));
                    let mut foreseen = foreseen;
                    foreseen.retain(|row| !review(row));
                    prop_assert_eq!(real, foreseen, "on {}", tomorrow);
            } else {
                // It does not: somebody answers, and the rest stays undone.
                    let name = names[who % names.len()];
                    let sent = story.task(&format!("send-intro/{name}")).status() == Status::Done;
                    if sent {
                        story.record(name, "replied");
                    }
                    story.today = tomorrow;
            }
        }
    }
}

#[test]
fn d11_a_forecast_records_nothing_and_says_how_much_there_is() {
    let story = Story::new(EVERYTHING, &["Ana", "Ben", "Cleo"]);
    let before = shown(&story.agenda());
    let days = story.ask(|situation| forecast(situation, day("2026-03-15")));
    assert_eq!(days.len(), 14);
    assert_eq!(shown(&story.agenda()), before);
    let monday: u32 = days[0].work.iter().filter_map(|task| task.effort).sum();
    // Focus 60, writing 10, three notes 6, two messages 8; the list of three is complete.
    assert_eq!(monday, 84);
    // The weekend brings nothing but what is named for day 7, Sunday 8 March.
    assert!(days[5].work.is_empty());
    assert_eq!(days[6].work.iter().map(|task| &*task.key.step).collect::<Vec<_>>(), ["look"]);
    // Two were written to on Monday; their follow-ups come up three workdays later.
    let thursday: Vec<&str> = days[3].work.iter().map(|task| &*task.key.step).collect();
    assert_eq!(thursday, ["follow-up", "follow-up"]);
    assert_eq!(story.ask(|situation| forecast(situation, day("2026-03-01")).len()), 0);
}

#[test]
fn d11_what_happened_is_kept_and_a_talk_that_is_booked_comes_up() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-03");
    let booked = story.recording("Ana", "booked", day("2026-03-03"), &[("at", "2026-03-06T15:00")]);
    story.act(booked);
    let days = story.ask(|situation| forecast(situation, day("2026-03-06")));
    let friday: Vec<&str> = days[3].work.iter().map(|task| &*task.key.step).collect();
    assert_eq!(friday, ["talk"]);
    let rehearsed = story.ask(|situation| {
        let mut rehearsal = Rehearsal::new(situation);
        for _ in 0..4 {
            rehearsal.work_off();
            rehearsal.sleep();
        }
        let closed = agenda(&rehearsal.situation()).closed;
        closed.iter().find(|task| &*task.key.step == "talk").map(|task| task.status().as_str())
    });
    assert_eq!(rehearsed, Some("done"));
}

fn asked(story: &Story, last: &str) -> Option<Idle> {
    story.ask(|situation| idle(situation, day(last)))
}

#[test]
fn d10_after_five_idle_workdays_it_is_asked_whether_one_was_away() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    // Tuesday to Friday and Monday are idle; Tuesday is the day one is back.
    story.on("2026-03-09");
    assert_eq!(asked(&story, "2026-03-02"), None);
    story.on("2026-03-10");
    let idle = asked(&story, "2026-03-02").unwrap();
    assert_eq!((idle.since, idle.workdays), (day("2026-03-03"), 5));
    assert_eq!((idle.overdue, idle.cycle), (0, Some((1, day("2026-03-22")))));
    story.act(Command::Away { from: day("2026-03-03"), to: day("2026-03-09") });
    assert_eq!(asked(&story, "2026-03-02"), None, "the days away are no workdays any more");
}

#[test]
fn d10_days_off_and_other_working_weeks_are_no_idle_workdays() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.act(Command::DaysOff { from: day("2026-03-05"), to: day("2026-03-05") });
    story.on("2026-03-10");
    assert_eq!(asked(&story, "2026-03-02"), None);
    story.on("2026-03-11");
    assert_eq!(asked(&story, "2026-03-02").map(|idle| idle.workdays), Some(5));
}

#[test]
fn d10_nobody_is_asked_who_had_nothing_to_do() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.act(Command::Compare { choice: "signal".into(), option: "gift".into() });
    story.done("send-intro/Ana");
    let reply = story.recording("Ana", "declined", day("2026-03-02"), &[]);
    story.act(reply).on("2026-03-12");
    assert_eq!(asked(&story, "2026-03-02"), None, "the review comes on Friday");
    // The review is due on Friday 13 March: five idle workdays later is Friday the 20th.
    story.on("2026-03-19");
    assert_eq!(asked(&story, "2026-03-02"), None);
    story.on("2026-03-20");
    assert_eq!(asked(&story, "2026-03-02").map(|idle| idle.since), Some(day("2026-03-13")));
}

#[test]
fn what_fits_is_taken_by_age_and_what_says_nothing_counts_five_minutes() {
    let mut story = Story::new(EVERYTHING, &["Ana", "Ben", "Cleo"]);
    let fits = |story: &Story, minutes: u32| {
        let fitting = fitting(&story.agenda().tasks, minutes);
        let steps: Vec<String> =
            fitting.chosen.iter().map(|task| task.key.step.to_string()).collect();
        (steps.join(" "), fitting.minutes)
    };
    // The focus hour does not fit; what is behind it does.
    assert_eq!(fits(&story, 15), ("write note note".to_owned(), 14));
    assert_eq!(fits(&story, 1), (String::new(), 0));
    story.done("write").done("rehearse").done("focus@2026-03-02");
    for name in ["Ana", "Ben", "Cleo"] {
        story.fill(name, "topic", "maps");
    }
    story.done("send-intro/Ana").on("2026-03-10");
    // Ana's follow-up is overdue since Monday; it comes before the messages of Monday a week ago.
    assert_eq!(fits(&story, 9), ("follow-up send-intro".to_owned(), 9));
}
