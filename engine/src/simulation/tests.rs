use jiff::civil::date;

use super::*;
use crate::experiment::VerdictCode;
use crate::playbook::load;
use crate::source::SourceFile;

const PLAYBOOK: &str = "
fortnight: 1
playbook: small
version: 1.0.0
title: Small
choices:
  tone: {ask: Which tone?, options: {plain: Plain, warm: Warm}}
people:
  size: 20
  fields: {context: {ask: What?, example: your talk}}
  outcomes:
    booked: {title: Booked, fields: {at: {type: datetime, ask: When?}}}
    talked: {title: Talked}
cycle: {length: 14 days, decided_by: replies}
metrics: {replies: {title: Replies, out_of: send, count: replied, within: 9 days}}
messages:
  intro:
    channel: linkedin
    by: tone
    text: {plain: 'Hi {{ person.first_name }}, about {{ person.context }}.', warm: 'Dear {{ person.first_name }}, about {{ person.context }}.'}
  nudge: {channel: linkedin, text: 'Hi {{ person.first_name }}, one more thing.'}
steps:
  pick: {title: Pick, choose: tone}
  gather: {title: Gather, collect: people, effort: 30 minutes}
  note: {title: Note, for_each: people, fill: [context], needs: gather, effort: 1 minute}
  send: {title: Send, for_each: people, send: intro, needs: note, pace: 10 per workday, effort: 4 minutes}
  nudge:
    title: Nudge
    for_each: people
    send: nudge
    needs: {send: done}
    when: not person.replied
    after: 3 workdays
    within: 7 days of send
  talk: {title: Talk, for_each: people, when: person.booked, at: person.booked.at, sets: talked, effort: 30 minutes}
  review: {title: Look, decide: [again, use, stop], at: day 14}
";

fn rehearse(change: impl Fn(&mut Setting)) -> Rehearsed {
    rehearse_in(PLAYBOOK, change)
}

fn rehearse_in(text: &str, change: impl Fn(&mut Setting)) -> Rehearsed {
    let loaded = load(SourceFile::new("small.yaml", text), &|_, _| None);
    let findings = &loaded.diagnostics;
    let playbook = loaded.playbook.unwrap_or_else(|| panic!("{findings:?}"));
    let mut setting = Setting { people: 24, ..Setting::on(date(2026, 3, 2)) };
    change(&mut setting);
    Rehearsal::of(&playbook, &loaded.packed.unwrap()).run(&setting).unwrap()
}

/// How many tasks of each step were done on a day, by the names of the steps.
fn work(rehearsed: &Rehearsed, day: usize) -> Vec<(usize, u32)> {
    rehearsed.days[day].work.iter().map(|work| (work.step, work.tasks)).collect()
}

#[test]
fn nobody_answers_and_everything_comes_on_its_day() {
    let rehearsed = rehearse(|setting| setting.rates.reply = 0.0);
    assert_eq!(work(&rehearsed, 0), [(1, 1), (2, 24), (3, 10)]);
    assert_eq!(work(&rehearsed, 1), [(3, 10)]);
    assert_eq!(work(&rehearsed, 2), [(3, 4)]);
    assert_eq!(work(&rehearsed, 3), [(4, 10)], "three workdays after Monday");
    assert_eq!(rehearsed.days[0].minutes, 30 + 24 + 40);
    assert_eq!((rehearsed.messaged, rehearsed.replied, rehearsed.talks), (24, 0, 0));
    assert_eq!(rehearsed.reviewed, Some(date(2026, 3, 13)), "the last workday, all counted");
    assert_eq!(rehearsed.settles, Some(date(2026, 3, 13)));
    assert_eq!(rehearsed.verdict, Some(VerdictCode::NoEvents));
    assert_eq!(rehearsed.sides, Some((12, 12)));
    assert!(rehearsed.on_time() && rehearsed.collisions.is_empty(), "{:?}", rehearsed.collisions);
}

#[test]
fn everybody_answers_and_nobody_is_followed_up_after_that() {
    let rehearsed = rehearse(|setting| setting.rates.reply = 1.0);
    let nudges = rehearsed.days.iter().flat_map(|day| &day.work).filter(|work| work.step == 4);
    let nudges: u32 = nudges.map(|work| work.tasks).sum();
    assert!(nudges < 16, "{nudges} follow-ups for people most of whom answered before");
    assert!(rehearsed.replied >= 20 && rehearsed.talks > 3, "{rehearsed:?}");
}

#[test]
fn an_answer_is_counted_once_however_many_messages_follow() {
    let thanks =
        "  thank: {title: Thank, for_each: people, send: nudge, needs: {talk: done}}\n  review:";
    let text = PLAYBOOK.replace("  review:", thanks);
    let rehearsed = rehearse_in(&text, |setting| setting.rates.reply = 1.0);
    assert_eq!(rehearsed.replied, 24);
    let thanked = rehearsed.days.iter().flat_map(|day| &day.work).any(|work| work.step == 6);
    assert!(thanked && rehearsed.talks > 3);
}

#[test]
fn the_same_seed_gives_the_same_days_and_another_seed_others() {
    let of = |seed| rehearse(|setting| (setting.seed, setting.rates.reply) = (seed, 0.5));
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn a_higher_rate_adds_answers_and_takes_none_away() {
    let of = |rate| rehearse(|setting| setting.rates.reply = rate).replied;
    let replies = [0.0, 0.2, 0.4, 0.8, 1.0].map(of);
    assert!(replies.is_sorted() && replies[4] > replies[1], "{replies:?}");
}

#[test]
fn a_late_start_in_the_week_ends_late_and_says_so() {
    let rehearsed = rehearse(|setting| (setting.start, setting.people) = (date(2026, 3, 6), 60));
    assert!(!rehearsed.on_time());
    let late = rehearsed.collisions.iter().any(|one| matches!(one, Collision::LateReview { .. }));
    assert!(late, "{:?}", rehearsed.collisions);
}

#[test]
fn a_day_with_too_much_on_it_is_named() {
    let rehearsed = rehearse(|setting| setting.full_day = 60);
    let full = Collision::FullDay { date: date(2026, 3, 2), minutes: 94 };
    assert!(rehearsed.collisions.contains(&full), "{:?}", rehearsed.collisions);
}

#[test]
fn whoever_does_little_does_it_late() {
    let of = |diligence| {
        let rehearsed =
            rehearse(|setting| (setting.diligence, setting.rates.reply) = (diligence, 0.0));
        let late =
            rehearsed.days.iter().flat_map(|day| &day.work).map(|work| work.late).sum::<u32>();
        (late, rehearsed.days.iter().map(|day| day.put_off).sum::<u32>())
    };
    let (late, put_off) = of(0.3);
    assert_eq!(of(1.0).0, 0);
    assert!(late > 0 && put_off > 10, "{late} late, {put_off} put off");
}

#[test]
fn each_option_may_have_a_rate_of_its_own() {
    let rehearsed = rehearse(|setting| {
        setting.people = 60;
        setting.rates.reply = 0.0;
        setting.rates.by_option = [(Id::from("warm"), 1.0)].into();
    });
    assert_eq!(rehearsed.sides, Some((30, 30)));
    assert_eq!(rehearsed.replied, 30);
    assert_eq!(rehearsed.verdict, Some(VerdictCode::ClearMixed));
}

#[test]
fn an_unknown_option_or_zone_is_refused() {
    let loaded = load(SourceFile::new("small.yaml", PLAYBOOK), &|_, _| None);
    let (playbook, packed) = (loaded.playbook.unwrap(), loaded.packed.unwrap());
    let rehearsal = Rehearsal::of(&playbook, &packed);
    let setting = Setting::on(date(2026, 3, 2));
    let compared = Some(("tone".to_owned(), "loud".to_owned()));
    assert!(rehearsal.run(&Setting { compared, ..setting.clone() }).is_err());
    assert!(rehearsal.run(&Setting { zone: "Mars/Base".to_owned(), ..setting }).is_err());
}

#[test]
fn a_playbook_that_collects_nobody_has_its_list_from_the_start() {
    let text = "fortnight: 1\nplaybook: a\nversion: 1.0.0\ntitle: A\npeople: {size: 3}\n\
                steps:\n  call: {title: Call, for_each: people}\n";
    let rehearsed = rehearse_in(text, |setting| setting.people = 3);
    assert_eq!(work(&rehearsed, 0), [(0, 3)]);
    assert!(rehearsed.on_time());
}

#[test]
fn many_cycles_are_put_together_by_weekday() {
    let of = |people| {
        let cycles: Vec<Rehearsed> = (0..7)
            .map(|day| {
                rehearse(|setting| {
                    (setting.start, setting.people) = (date(2026, 3, 2 + day), people);
                })
            })
            .collect();
        summarise(&cycles)
    };
    let summary = of(24);
    assert_eq!((summary.cycles, summary.on_time, summary.weekdays.len()), (7, 7, 7));
    assert_eq!(summary.weekdays[0].review_day, Some(12));
    assert_eq!(of(60).on_time, 0, "six days of messages and nine of waiting");
}
