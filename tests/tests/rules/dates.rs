//! D: dates.

use fortnight_engine::calendar::WeekdaySet;
use fortnight_engine::plan::{Command, Note, Rejection, Status, moved_by_new_rules};
use jiff::civil::Date;

use crate::TWO_MESSAGES;
use crate::story::{Story, day};

fn follow_up(after: &str, within: &str) -> String {
    TWO_MESSAGES
        .replace("after: 3 workdays", &format!("after: {after}"))
        .replace("within: 7 days of send-intro", &format!("within: {within}"))
        .replacen(
            &format!("count: follow-up, within: {within}"),
            "count: follow-up, within: 7 days of send-intro",
            1,
        )
}

#[test]
fn d1_moving_to_another_zone_moves_no_date() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").opens("follow-up/Ana", "2026-03-05");
    story.act(Command::Zone { zone: "Asia/Tokyo".to_owned() }).opens("follow-up/Ana", "2026-03-05");
}

#[test]
fn d1_a_talk_is_a_moment_and_stays_one_when_the_seeker_moves() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-03");
    let booked = story.recording("Ana", "booked", day("2026-03-03"), &[("at", "2026-03-12T15:00")]);
    story.act(booked).opens("talk/Ana", "2026-03-12");
    let time = |story: &Story| story.task("talk/Ana").standing.time.map(|time| time.to_string());
    assert_eq!(time(&story).as_deref(), Some("15:00:00"));
    story.act(Command::Zone { zone: "America/New_York".to_owned() });
    // New York has summer time since Sunday, Paris has not: five hours between them.
    assert_eq!(time(&story).as_deref(), Some("10:00:00"));
    // In Auckland it is three in the morning of the next day.
    story.act(Command::Zone { zone: "Pacific/Auckland".to_owned() });
    story.opens("talk/Ana", "2026-03-13");
    assert_eq!(time(&story).as_deref(), Some("03:00:00"));
    // A midnight is a time, too.
    story.act(Command::Zone { zone: "Asia/Vladivostok".to_owned() });
    story.opens("talk/Ana", "2026-03-13");
    assert_eq!(time(&story).as_deref(), Some("00:00:00"));
    // Said once more over there, it is another moment; the same again changes nothing (F5).
    let again = story.recording("Ana", "booked", day("2026-03-03"), &[("at", "2026-03-12T15:00")]);
    story.act(&again).opens("talk/Ana", "2026-03-12");
    let accepted = story.try_record(|session| session.decide(&again)).unwrap();
    assert_eq!(accepted.notes, [Note::Known { on: day("2026-03-03") }]);
}

#[test]
fn r15_new_rules_for_clocks_keep_the_time_on_the_wall_and_are_told() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-03");
    // Recorded by a build that knew no summer time for Paris.
    let old = [("at", "2026-07-01T15:00+01:00[Europe/Paris]")];
    let booked = story.recording("Ana", "booked", day("2026-03-03"), &old);
    story.act(booked).opens("talk/Ana", "2026-07-01");
    let time = story.task("talk/Ana").standing.time;
    assert_eq!(time.map(|time| time.to_string()).as_deref(), Some("15:00:00"));
    let moved = story.ask(moved_by_new_rules);
    let told: Vec<(String, i64)> =
        moved.iter().map(|one| (one.wall.to_string(), one.by.as_mins())).collect();
    assert_eq!(told, [("2026-07-01T15:00:00".to_owned(), -60)]);
    // One that is over is no news.
    assert!(story.on("2026-07-02").ask(moved_by_new_rules).is_empty());
}

#[test]
fn d3_any_days_make_a_working_week() {
    for (weekdays, after, due) in [
        // Sunday to Thursday, as in Israel: Friday and Saturday are the weekend.
        ("sun to thu", "2026-03-03", "2026-03-08"),
        // One day a week.
        ("wed", "2026-03-02", "2026-03-18"),
        ("mon to sun", "2026-03-06", "2026-03-09"),
        ("sat and sun", "2026-03-03", "2026-03-14"),
    ] {
        let mut story = Story::new(&follow_up("3 workdays", "60 days of send-intro"), &["Ana"]);
        let weekdays = WeekdaySet::parse(weekdays).unwrap();
        story.act(Command::Weekdays { weekdays });
        story.on(after).done("send-intro/Ana").opens("follow-up/Ana", due);
    }
}

#[test]
fn d6_a_deadline_of_another_step_counts_from_the_day_that_was_done_and_moves_with_days_away() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.on("2026-03-03").done("send-intro/Ana");
    assert_eq!(story.task("follow-up/Ana").standing.deadline, Some(day("2026-03-10")));
    story.on("2026-03-11").shows(&[("follow-up/Ana", "overdue")]);
    // Said afterwards, the days away take the lateness back (D10).
    story.act(Command::Away { from: day("2026-03-09"), to: day("2026-03-10") });
    assert_eq!(story.task("follow-up/Ana").standing.deadline, Some(day("2026-03-12")));
    story.shows(&[("follow-up/Ana", "due")]);
}

#[test]
fn d7_occurrences_missed_while_away_are_closed_and_not_counted_as_missed() {
    let mut story = Story::new(HABIT, &[]);
    story.done("read@2026-03-02").on("2026-03-11");
    assert_eq!(story.agenda().missed, 2, "the 4th and the 9th; the 11th is due");
    story.act(Command::Away { from: day("2026-03-03"), to: day("2026-03-10") });
    assert_eq!(story.agenda().missed, 0);
    story.shows(&[("read@2026-03-11", "due")]);
}

#[test]
fn d2_a_cycle_of_fourteen_days_ends_on_the_second_sunday() {
    let story = Story::new(TWO_MESSAGES, &["Ana"]);
    let cycle = story.agenda().cycle.unwrap();
    assert_eq!((cycle.start, cycle.end, cycle.day), (day("2026-03-02"), day("2026-03-15"), 1));
}

#[test]
fn d2_the_review_is_due_on_the_last_workday_when_everybody_is_counted() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    // Counted from Monday 2 March + 9 days, Wednesday 11 March.
    story.done("send-intro/Ana").opens("review", "2026-03-13");
    story.on("2026-03-12").shows(&[("review", "scheduled")]);
    story.on("2026-03-13").shows(&[("review", "due")]);
}

#[test]
fn d2_else_on_the_first_workday_on_which_everybody_is() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben"]);
    // Friday 6 March + 9 days is Sunday 15 March; the first workday from then is Monday.
    story.done("send-intro/Ana").on("2026-03-06").done("send-intro/Ben");
    story.on("2026-03-13").opens("review", "2026-03-16").shows(&[("review", "scheduled")]);
    story.on("2026-03-16").shows(&[("review", "due")]);
}

#[test]
fn d3_workdays_skip_weekends_and_days_off_calendar_days_do_not() {
    let mut story = Story::new(&follow_up("5 workdays", "30 days of send-intro"), &["Ana"]);
    story.done("send-intro/Ana").opens("follow-up/Ana", "2026-03-09");
    story.act(Command::DaysOff { from: day("2026-03-04"), to: day("2026-03-05") });
    story.opens("follow-up/Ana", "2026-03-11");
    let mut story = Story::new(&follow_up("5 days", "30 days of send-intro"), &["Ana"]);
    // Five days after Monday is Saturday, which rolls to Monday (D4).
    story.done("send-intro/Ana").opens("follow-up/Ana", "2026-03-09");
}

#[test]
fn d4_a_computed_day_rolls_forward_but_not_past_its_limit() {
    // Sent on each day of a week with `after: 6 days` and a limit of 7 days: forward where the
    // limit allows it, back to the last workday before the limit otherwise.
    for (sent, due) in [
        ("2026-03-02", "2026-03-09"), // Sunday 8 rolls to Monday 9, the limit
        ("2026-03-03", "2026-03-09"),
        ("2026-03-06", "2026-03-12"),
        ("2026-03-07", "2026-03-13"),
        ("2026-03-08", "2026-03-13"), // Saturday 14 would roll to Monday 16, past Sunday 15
    ] {
        let start: Date = day("2026-03-02");
        let mut story =
            Story::starting(start, &follow_up("6 days", "7 days of send-intro"), &["Ana"]);
        story.on(sent).done("send-intro/Ana").opens("follow-up/Ana", due);
    }
}

#[test]
fn d4_never_before_the_first_workday_after_the_needed_task() {
    let mut story = Story::new(&follow_up("1 workday", "4 days of send-intro"), &["Ana"]);
    story.act(Command::DaysOff { from: day("2026-03-09"), to: day("2026-03-10") });
    // Sent on Friday with a limit on Tuesday, and Monday and Tuesday off: so Wednesday, late.
    story.on("2026-03-06").done("send-intro/Ana").opens("follow-up/Ana", "2026-03-11");
    story.on("2026-03-11").shows(&[("follow-up/Ana", "overdue")]);
}

#[test]
fn d4_days_named_in_a_playbook_never_roll() {
    let mut story = Story::new("steps: {look: {title: Look, at: day 6}}\n", &[]);
    story.opens("look", "2026-03-07").on("2026-03-07").shows(&[("look", "due")]);
}

#[test]
fn d5_offsets_count_from_the_day_it_was_really_done() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.on("2026-03-04");
    let yesterday = Command::Done {
        task: story.key("send-intro/Ana"),
        on: day("2026-03-03"),
        answers: std::collections::BTreeMap::new(),
        text: None,
        channel: None,
    };
    story.act(yesterday).opens("follow-up/Ana", "2026-03-06");
}

#[test]
fn d6_a_deadline_counts_from_the_day_the_task_became_available() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-05").record("Ana", "replied");
    assert_eq!(story.task("offer-times/Ana").standing.deadline, Some(day("2026-03-06")));
    story.on("2026-03-06").shows(&[("offer-times/Ana", "due")]);
    story.on("2026-03-07").shows(&[("offer-times/Ana", "overdue")]);
}

const HABIT: &str = "
people: {size: 1 to 30}
metrics: {kept: {title: Kept, out_of: read.due, count: read}}
steps:
  read: {title: Read, every: Mon and Wed at 09:00}
  other: {title: Other, when: metrics.kept.out_of >= 3}
";

#[test]
fn d7_the_newest_occurrence_is_due_and_missed_ones_do_not_pile_up() {
    let mut story = Story::new(HABIT, &[]);
    story.shows(&[("read@2026-03-02", "due"), ("read@2026-03-04", "scheduled")]);
    story.on("2026-03-03").shows(&[("read@2026-03-02", "due")]);
    story.on("2026-03-09").shows(&[("read@2026-03-09", "due")]);
    let agenda = story.agenda();
    assert_eq!(agenda.missed, 2);
    let open = agenda.tasks.iter().filter(|task| task.status() == Status::Due);
    assert_eq!(open.filter(|task| &*task.key.step == "read").count(), 1);
    story.shows(&[("other", "due")]);
}

#[test]
fn d7_an_occurrence_on_a_day_off_or_away_is_closed() {
    let mut story = Story::new(HABIT, &[]);
    story.done("read@2026-03-02");
    story.act(Command::DaysOff { from: day("2026-03-04"), to: day("2026-03-04") });
    story.on("2026-03-04");
    let due = story.agenda().tasks.into_iter().filter(|task| task.status().is_now());
    assert_eq!(due.filter(|task| &*task.key.step == "read").count(), 0);
}

const PACED: &str = "
people: {size: 1 to 30}
cycle: {length: 14 days}
steps:
  visit: {title: Visit, for_each: people, pace: 2 per workday, required: optional}
";

fn due(story: &Story, step: &str) -> Vec<String> {
    let tasks = story.agenda().tasks.into_iter();
    tasks
        .filter(|task| task.status().is_now() && &*task.key.step == step)
        .filter_map(|task| task.entry.map(|(_, name)| name.raw().to_owned()))
        .collect()
}

#[test]
fn d8_a_pace_lets_so_many_onto_a_days_list_those_done_included() {
    let mut story = Story::new(PACED, &["A", "B", "C", "D", "E"]);
    assert_eq!(due(&story, "visit"), ["A", "B"]);
    story.opens("visit/C", "2026-03-03").opens("visit/E", "2026-03-04");
    story.done("visit/A");
    assert_eq!(due(&story, "visit"), ["B"]);
    story.skip("visit/B");
    assert_eq!(due(&story, "visit"), ["C"]);
}

#[test]
fn d8_undone_ones_keep_their_place_and_the_number_never_adds_up() {
    let mut story = Story::new(PACED, &["A", "B", "C", "D", "E"]);
    story.on("2026-03-05");
    assert_eq!(due(&story, "visit"), ["A", "B"]);
    story.opens("visit/C", "2026-03-06").opens("visit/E", "2026-03-09");
    story.on("2026-03-07");
    assert_eq!(due(&story, "visit"), ["A", "B"]);
    story.opens("visit/A", "2026-03-02").opens("visit/C", "2026-03-09");
}

#[test]
fn d8_several_paces_combine_by_the_smallest() {
    let playbook = PACED.replace("2 per workday", "[2 per workday, 3 per week]");
    let mut story = Story::new(&playbook, &["A", "B", "C", "D", "E"]);
    story
        .opens("visit/C", "2026-03-03")
        .opens("visit/D", "2026-03-09")
        .opens("visit/E", "2026-03-09");
}

#[test]
fn d8_waiting_and_blocked_tasks_take_no_place() {
    let playbook = "
people: {size: 1 to 30, fields: {topic: {ask: What?, example: maps}}}
messages: {intro: {channel: linkedin, text: 'Hello, about {{ person.topic }}.'}}
steps:
  send: {title: Send, for_each: people, send: intro, pace: 1 per workday}
";
    let mut story = Story::new(playbook, &["A", "B"]);
    story.fill("B", "topic", "maps").shows(&[("send/A", "blocked"), ("send/B", "due")]);
}

#[test]
fn d9_later_moves_a_task_and_says_when_that_is_past_the_end() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    let later =
        |story: &Story, to: &str| Command::Later { task: story.key("send-intro/Ana"), to: day(to) };
    let today = later(&story, "2026-03-02");
    assert_eq!(story.refused(today), Rejection::NotLater { to: day("2026-03-02") });
    let thursday = later(&story, "2026-03-05");
    story.act(thursday).opens("send-intro/Ana", "2026-03-05");
    story.on("2026-03-05").shows(&[("send-intro/Ana", "due")]);
    let far = later(&story, "2026-03-20");
    let accepted = story.try_record(|session| session.decide(&far)).unwrap();
    assert_eq!(accepted.notes, [Note::BeyondCycle { end: day("2026-03-15") }]);
}

#[test]
fn d10_days_away_move_the_end_and_the_seekers_deadlines_but_no_reply_window() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
    story.done("send-intro/Ana").on("2026-03-10");
    story.act(Command::Away { from: day("2026-03-03"), to: day("2026-03-09") });
    let cycle = story.agenda().cycle.unwrap();
    assert_eq!((cycle.day, cycle.end), (2, day("2026-03-22")));
    // Three workdays after Monday 2 March, with the week from the 3rd to the 9th away.
    story.opens("follow-up/Ana", "2026-03-12");
    assert_eq!(story.task("follow-up/Ana").standing.deadline, Some(day("2026-03-16")));
    assert_eq!(cycle.settles, Some(day("2026-03-11")));
}
