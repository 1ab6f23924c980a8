//! `calendar export`, read back by an independent reader (the `icalendar` crate): it says what the
//! agenda says, to the second, whoever is on the list (R16, R21).
//!
//! A second reader, in Python, is `tests/readers/calendar.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use fortnight_cli::Status;
use fortnight_tests::Sandbox;
use icalendar::parser::{Component, read_calendar, unfold};
use jiff::Timestamp;
use jiff::civil::Date;

/// A component of a calendar: its name, and its properties as they are written.
type Read = (String, BTreeMap<String, String>);

fn read(text: &str) -> Vec<Read> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("a reader takes the calendar");
    let one = |component: &Component<'_>| {
        let properties = component
            .properties
            .iter()
            .map(|property| (property.name.to_string(), property.val.to_string()))
            .collect();
        (component.name.to_string(), properties)
    };
    calendar.components.iter().map(one).collect()
}

const PEOPLE: [&str; 3] = ["Ana Silva", "Ben Okafor", "Cleo Roy"];

/// Runs what must work.
#[track_caller]
fn does(sandbox: &Sandbox, line: &str) {
    let output = sandbox.run(line);
    assert_eq!(output.status, Status::Done, "{line}\n{}", output.both);
}

/// A plan with three people: two were written to, and Ana has a talk on Thursday at 15:00.
fn plan(names: [&str; 3]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.set_clock("2026-03-02T08:30");
    let row = |name: &str| format!("\"{}\",Northwind,2024-03-12", name.replace('"', "\"\""));
    let rows = names.map(row).join("\n");
    sandbox.write("own.csv", format!("Name,Company,Connected On\n{rows}\n"));
    does(&sandbox, "start networking --people own.csv --sample-answers --quiet");
    does(&sandbox, "done build-list write-message rehearse");
    sandbox
}

/// Fills what is asked for and sends to the first two.
fn under_way() -> Sandbox {
    let sandbox = plan(PEOPLE);
    for name in ["ana", "ben", "cleo"] {
        does(&sandbox, &format!("people fill {name} context=\"your talk\""));
    }
    does(&sandbox, "done send-intro/ana send-intro/ben");
    sandbox.set_clock("2026-03-04T08:30");
    does(&sandbox, "ana booked thu 15:00");
    sandbox
}

fn export(sandbox: &Sandbox, options: &str) -> String {
    sandbox.run(&format!("calendar export {options}")).done().data
}

fn of_task<'r>(read: &'r [Read], uid: &str) -> &'r BTreeMap<String, String> {
    let found = read.iter().find(|(_, properties)| properties["UID"].starts_with(uid));
    assert!(found.is_some(), "nothing has the UID {uid}");
    found.map(|(_, properties)| properties).expect("it was found")
}

#[test]
fn the_calendar_says_what_the_agenda_says_to_the_second() {
    let sandbox = under_way();
    let agenda = sandbox.run("today --json --full").done().json();
    let calendar = read(&export(&sandbox, ""));
    let today: Date = "2026-03-04".parse().expect("a day");
    let mut compared = 0;
    for task in agenda["tasks"].as_array().expect("tasks") {
        let status = task["status"].as_str().expect("a status");
        let key = task["task"].as_str().expect("a name");
        if status == "waiting" {
            continue;
        }
        let uid: String = key.replace(['/', '@', ':'], ".");
        let found = of_task(&calendar, &format!("1.{uid}."));
        let day: Date = task["available"].as_str().expect("a day").parse().expect("a day");
        if let Some(time) = task["time"].as_str() {
            let wall = format!("{day}T{time}[Europe/Paris]");
            let zoned: jiff::Zoned = wall.parse().expect("a moment");
            let start = zoned.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
            assert_eq!(found["DTSTART"], start, "{key}");
            assert_eq!(found["STATUS"], "CONFIRMED", "{key}");
        } else {
            let deadline = task["deadline"].as_str().map(|day| day.parse().expect("a day"));
            let shown = day.max(today);
            let due = deadline.map_or(shown, |limit: Date| limit.max(shown));
            assert_eq!(found["DUE"], due.strftime("%Y%m%d").to_string(), "{key}");
            assert_eq!(found["STATUS"], "NEEDS-ACTION", "{key}");
        }
        compared += 1;
    }
    assert!(compared >= 5, "only {compared} tasks were compared: {agenda}");
    let talk = of_task(&calendar, "1.talk.1.");
    // Thursday 15:00 in Paris, in winter.
    assert_eq!(talk["DTSTART"], "20260305T140000Z");
    assert_eq!(talk["SUMMARY"], "Hold the conversation: Ana Silva");
    let end: Timestamp = "2026-03-05T14:30:00Z".parse().expect("a moment");
    assert!(talk["DTEND"] >= end.strftime("%Y%m%dT%H%M%SZ").to_string());
}

#[test]
fn every_entry_has_what_the_standard_asks_for_and_lines_are_short() {
    let sandbox = under_way();
    for options in ["", "--as events", "--alarm none", "--as events --alarm 0"] {
        let text = export(&sandbox, options);
        assert!(text.ends_with("END:VCALENDAR\r\n"), "{options}");
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let calendar = read(&text);
        let uids: BTreeSet<&String> = calendar.iter().map(|(_, found)| &found["UID"]).collect();
        assert_eq!(uids.len(), calendar.len(), "UIDs are not shared");
        for (name, found) in &calendar {
            assert!(found.contains_key("DTSTAMP") && found.contains_key("SEQUENCE"), "{found:?}");
            match name.as_str() {
                "VEVENT" => assert!(found["DTSTART"] < found["DTEND"], "{found:?}"),
                "VTODO" => {
                    let start = found.get("DTSTART");
                    assert!(start.is_none_or(|start| *start < found["DUE"]), "{found:?}");
                }
                other => panic!("{other} is neither an event nor a task"),
            }
        }
        let tasks = calendar.iter().filter(|(name, _)| name == "VTODO").count();
        assert_eq!(tasks == 0, options.contains("events"), "{options}");
        assert_eq!(text.contains("BEGIN:VALARM"), !options.contains("none"), "{options}");
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes_on_every_machine() {
    let mut sandbox = under_way();
    let before = export(&sandbox, "--now 2026-03-04T09:00");
    sandbox.set_zone("America/New_York");
    sandbox.set_variable("LANG", "de_DE.UTF-8");
    sandbox.set_variable("TZ", "Asia/Tokyo");
    sandbox.set_clock("2026-03-05T11:11");
    assert_eq!(export(&sandbox, "--now 2026-03-04T09:00"), before);
    does(&sandbox, "calendar export --output plan.ics --now 2026-03-04T09:00");
    let written = std::fs::read(sandbox.home().join("plan.ics")).expect("it was written");
    assert_eq!(written, before.as_bytes());
}

#[test]
fn what_moves_keeps_its_uid_and_rises_and_what_is_off_says_so() {
    let sandbox = under_way();
    let sequence =
        |found: &BTreeMap<String, String>| -> u64 { found["SEQUENCE"].parse().expect("a number") };
    let first = read(&export(&sandbox, ""));
    let first = of_task(&first, "1.talk.1.");
    does(&sandbox, "ana booked fri 10:00");
    let second = read(&export(&sandbox, ""));
    let second = of_task(&second, "1.talk.1.");
    assert_eq!(first["UID"], second["UID"]);
    assert_eq!(second["DTSTART"], "20260306T090000Z");
    assert!(sequence(second) > sequence(first));
    // Undo moves it back, and that is a change too.
    does(&sandbox, "undo");
    let third = read(&export(&sandbox, ""));
    let third = of_task(&third, "1.talk.1.");
    assert_eq!(third["DTSTART"], first["DTSTART"]);
    assert!(sequence(third) > sequence(second));
    does(&sandbox, "ana missed");
    let fourth = read(&export(&sandbox, ""));
    assert_eq!(of_task(&fourth, "1.talk.1.")["STATUS"], "CANCELLED");
    // Her follow-up was planned once, and is off since she answered.
    assert_eq!(of_task(&fourth, "1.follow-up.1.")["STATUS"], "CANCELLED");
    // The days go on, and an open task stands on today until it is done.
    sandbox.set_clock("2026-03-05T08:30");
    let fifth = read(&export(&sandbox, "--as events"));
    let cleo = of_task(&fifth, "1.send-intro.3.");
    assert_eq!(cleo["DTSTART"], "20260305");
    assert!(sequence(cleo) > sequence(of_task(&fourth, "1.send-intro.3.")));
}

#[test]
fn a_talk_is_the_same_moment_after_moving_to_another_zone() {
    // D1, R16.
    let sandbox = under_way();
    let before = read(&export(&sandbox, ""));
    does(&sandbox, "set zone America/New_York");
    let after = read(&export(&sandbox, ""));
    assert_eq!(of_task(&before, "1.talk.1.")["DTSTART"], of_task(&after, "1.talk.1.")["DTSTART"]);
    let agenda = sandbox.run("today --json --date thu").done().json();
    let tasks = agenda["tasks"].as_array().expect("tasks");
    let talk = tasks.iter().find(|task| task["step"] == "talk").expect("the talk");
    assert_eq!((&talk["available"], &talk["time"]), (&"2026-03-05".into(), &"09:00".into()));
    // One that is agreed on there is on the wall there.
    does(&sandbox, "ben booked fri 15:00");
    let later = read(&export(&sandbox, ""));
    assert_eq!(of_task(&later, "1.talk.2.")["DTSTART"], "20260306T200000Z");
}

#[test]
fn days_off_call_habits_off_and_away_moves_the_review() {
    let sandbox = under_way();
    let before = read(&export(&sandbox, ""));
    assert_eq!(of_task(&before, "1.focus-hour.2026-03-09.")["STATUS"], "CONFIRMED");
    assert_eq!(of_task(&before, "1.review.")["DUE"], "20260313");
    does(&sandbox, "away 9 mar to 13 mar");
    let after = read(&export(&sandbox, ""));
    assert_eq!(of_task(&after, "1.focus-hour.2026-03-09.")["STATUS"], "CANCELLED");
    assert_eq!(of_task(&after, "1.review.")["DUE"], "20260320");
}

/// Names that would be markup, formulas or lines of their own elsewhere.
const HOSTILE: [&str; 3] = [
    "Ana\nEND:VEVENT\nBEGIN:VEVENT",
    "Ben; \"B\", \\n =1+1 \u{202e}evil\u{1b}[2J",
    "Ćleo 李小龍 👩‍👩‍👧‍👦 ÄÖÜ with a name that is far longer than any line of a calendar file may ever be",
];

#[test]
fn hostile_names_give_the_same_structure_as_plain_ones() {
    // R21
    let names = |read: &[Read]| -> Vec<(String, Vec<String>)> {
        read.iter().map(|(name, found)| (name.clone(), found.keys().cloned().collect())).collect()
    };
    let plain = plan(["AAAA", "BBBB", "CCCC"]);
    let hostile = plan(HOSTILE);
    let (plain, hostile) = (export(&plain, ""), export(&hostile, ""));
    assert_eq!(names(&read(&plain)), names(&read(&hostile)));
    for line in hostile.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
    }
    let unfolded = hostile.replace("\r\n ", "");
    assert!(unfolded.contains("Ben\\; \"B\"\\, \\\\n =1+1"), "{unfolded}");
}

#[test]
fn a_timer_names_no_file_that_would_begin_a_line_of_its_own() {
    // R21
    let sandbox = Sandbox::new();
    for system in ["systemd", "launchd", "cron"] {
        for name in
            ["a\n* * * * * evil", "a\r\nExecStart=evil", "a\u{1b}[2J", "a\u{202e}", "a\u{fffe}"]
        {
            let words = ["remind", "--timer", system, "--calendar", name].map(OsString::from);
            let refused = sandbox.run_arguments(&words).ended(Status::Refused);
            assert!(refused.data.is_empty() && refused.talk.contains("timer"), "{}", refused.both);
        }
        let words = ["remind", "--timer", system, "--calendar", "a; b's \"50%\" $c.ics"];
        let _ = sandbox.run_arguments(&words.map(OsString::from)).done();
    }
}
