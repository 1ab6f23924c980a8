//! R15, F7: each occurrence of a habit is due exactly once, in six simulated years: whatever sleeps,
//! whichever clock jumps, wherever the seeker moves. Told through the notebook, which reads
//! everything anew for each command, as a program that was started again does.

use std::collections::{BTreeMap, BTreeSet};

use fortnight_engine::plan::{Command, Status, TaskKey, agenda};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use proptest::prelude::*;

use crate::story::{Story, day};

const HABITS: &str = "
people: {size: 1 to 30}
cycle: {length: 366 days}
steps:
  night: {title: Night, every: daily at 02:30}
  focus: {title: Focus, every: Mon and Wed at 09:00}
  plan: {title: Plan, every: workdays at 08:30}
";

/// Zones in which it is the same day as in Paris from 8 to 18 o'clock.
const ZONES: [&str; 4] = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Europe/Lisbon"];

/// Days off that are known from the start.
const OFF: [(&str, &str); 3] =
    [("2026-04-06", "2026-04-06"), ("2026-12-24", "2027-01-03"), ("2026-05-13", "2026-05-14")];

fn is_off(date: Date) -> bool {
    OFF.iter().any(|(first, last)| day(first) <= date && date <= day(last))
}

/// The occurrences of a habit by a walk over the days, and how many of them a day off closes.
fn walked(step: &str, first: Date, last: Date) -> (BTreeSet<Date>, BTreeSet<Date>) {
    let days = first.series(1.day()).take_while(|date| *date <= last);
    let weekday = |date: Date| date.weekday();
    let falls = |date: &Date| match step {
        "night" => true,
        "focus" => matches!(weekday(*date), Weekday::Monday | Weekday::Wednesday),
        _ => !matches!(weekday(*date), Weekday::Saturday | Weekday::Sunday) && !is_off(*date),
    };
    days.filter(falls).partition(|date| !is_off(*date))
}

/// One time the lid is opened: so many days later, at an hour, with the clock off by some days, after
/// a move or not, and with some of the habits done.
type Wake = (i64, i8, i64, usize, u8);

fn wakes() -> impl Strategy<Value = Vec<Wake>> {
    let clock = prop_oneof![6 => Just(0_i64), 1 => -20_i64..0, 1 => 1_i64..20];
    prop::collection::vec((0_i64..10, 8_i8..18, clock, 0_usize..8, 0_u8..8), 60..90)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn each_occurrence_is_due_exactly_once(wakes in wakes()) {
        let start = day("2026-03-02");
        let mut story = Story::new(HABITS, &[]);
        for (first, last) in OFF {
            story.act(Command::DaysOff { from: day(first), to: day(last) });
        }
        let mut done: BTreeSet<TaskKey> = BTreeSet::new();
        let mut real = start;
        let mut latest = start;
        for (asleep, hour, clock, zone, take) in wakes {
            real = real.saturating_add(Span::new().days(asleep)).min(start + 330.days());
            story.today = real.saturating_add(Span::new().days(clock)).max(start);
            story.at(hour);
            latest = latest.max(story.today);
            if let Some(zone) = ZONES.get(zone) {
                // Moving twice to the same place changes nothing.
                drop(story.try_record(|session| {
                    session.decide(&Command::Zone { zone: (*zone).to_owned() })
                }));
            }
            let due = due_habits(&story);
            let mut steps = BTreeSet::new();
            for key in &due {
                prop_assert!(steps.insert(key.step.clone()), "two of one habit at once: {due:?}");
                prop_assert!(!done.contains(key), "{key} was done, and is due again");
                let date = key.occurrence.map(|occurrence| occurrence.date).unwrap();
                prop_assert!(date <= story.today && !is_off(date), "{key} on {}", story.today);
            }
            for (at, key) in due.into_iter().enumerate() {
                if take >> at & 1 == 0 {
                    continue;
                }
                let on = story.today;
                let command =
                    Command::Done { task: key.clone(), on, answers: BTreeMap::new(), text: None, channel: None };
                prop_assert!(story.try_record(|session| session.decide(&command)).is_ok());
                done.insert(key.clone());
                prop_assert!(!due_habits(&story).contains(&key), "{key} is due after it was done");
            }
        }
        // The clock is right again, and later than anything recorded.
        story.today = latest;
        story.at(18);
        let open = due_habits(&story);
        let missed = story.fresh(|situation| agenda(situation).missed);
        let mut closed = 0;
        for step in ["night", "focus", "plan"] {
            let (occurrences, off) = walked(step, start, latest);
            let of = |keys: &BTreeSet<TaskKey>| -> BTreeSet<Date> {
                let mine = keys.iter().filter(|key| &*key.step == step);
                mine.filter_map(|key| Some(key.occurrence?.date)).collect()
            };
            let (done, open) = (of(&done), of(&open));
            prop_assert!(done.is_subset(&occurrences), "{step}: {done:?}");
            prop_assert!(open.is_subset(&occurrences) && open.is_disjoint(&done));
            prop_assert!(off.is_disjoint(&done) && open.len() <= 1);
            closed += occurrences.len() - done.len() - open.len();
        }
        prop_assert_eq!(usize::try_from(missed).unwrap(), closed, "done, open, missed or off");
    }
}

/// The occurrences that are due now.
fn due_habits(story: &Story) -> BTreeSet<TaskKey> {
    story.fresh(|situation| {
        let tasks = agenda(situation).tasks.into_iter();
        let now = tasks.filter(|task| matches!(task.status(), Status::Due | Status::Overdue));
        now.map(|task| task.key).filter(|key| key.occurrence.is_some()).collect()
    })
}
