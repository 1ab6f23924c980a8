//! E8: the measures of a cycle.

use crate::TWO_MESSAGES;
use crate::cycles::tally;
use crate::story::Story;

#[test]
fn e8_the_four_standard_measures() {
    let mut story = Story::new(TWO_MESSAGES, &["Ana", "Ben", "Cem", "Dan"]);
    for name in ["Ana", "Ben", "Cem", "Dan"] {
        story.done(&format!("send-intro/{name}"));
    }
    story.on("2026-03-03").record("Dan", "bounced").on("2026-03-04").record("Ana", "replied");
    story.on("2026-03-06").done("follow-up/Ben").record("Ana", "booked").record("Ana", "talked");
    story.record("Ana", "referred").on("2026-03-15");
    let measures = story.ask(|situation| {
        let cycle = situation.running().unwrap();
        let today = situation.today();
        ["reply_rate", "booked_a_month", "referrals", "on_time"].map(|id| {
            let metric = situation.playbook.metric(id).unwrap();
            fortnight_engine::plan::metric::tally(situation, cycle, metric, today, |_| true)
        })
    });
    let [replies, booked, referrals, on_time] = measures;
    assert_eq!((replies.hits, replies.counted), (1, 3), "a bounce leaves the rate");
    assert_eq!(booked.value, Some(30.0 / 14.0));
    assert_eq!((referrals.count, referrals.out_of, referrals.waiting), (1, 1, 1));
    assert_eq!((on_time.hits, on_time.counted), (1, 2), "Ana had answered before hers was due");
}

#[test]
fn conditions_see_the_measures_as_they_stand_today() {
    let unstick = "  unstick:\n    title: Simplify\n    when: metrics.reply_rate.counted >= 2 and \
                   metrics.reply_rate.count == 0\n  cheer:\n    title: Cheer\n    when: \
                   metrics.reply_rate.value >= 0.5\n";
    let mut story = Story::new(&format!("{TWO_MESSAGES}{unstick}"), &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben");
    story.on("2026-03-10").shows(&[("unstick", "not_needed"), ("cheer", "not_needed")]);
    story.on("2026-03-11").shows(&[("unstick", "due"), ("cheer", "not_needed")]);
    story.record("Ben", "replied").shows(&[("unstick", "not_needed"), ("cheer", "due")]);
    story.on("2026-03-13").record("Ana", "replied");
    story.shows(&[("cheer", "due")]);
    assert_eq!(tally(&story), (2, 0, 1, 1), "the late one counts in no rate");
}

#[test]
fn e8_a_playbook_may_declare_measures_of_its_own() {
    let own = TWO_MESSAGES
        .replace("metrics:\n", "metrics:\n  hours: {title: Hours, out_of: hour.due, count: hour}\n")
        .replace(
            "metrics:\n",
            "metrics:\n  accepted: {title: Accepted, out_of: send-intro, count: accepted, within: 5 \
             days}\n",
        );
    let own = format!("{own}  hour: {{title: An hour, every: Mon and Wed at 09:00}}\n");
    let mut story = Story::new(&own, &["Ana", "Ben"]);
    story.done("send-intro/Ana").done("send-intro/Ben");
    story.on("2026-03-07").record("Ana", "accepted").on("2026-03-12");
    let measures = story.ask(|situation| {
        let cycle = situation.running().unwrap();
        ["hours", "accepted"].map(|id| {
            let metric = situation.playbook.metric(id).unwrap();
            let today = situation.today();
            fortnight_engine::plan::metric::tally(situation, cycle, metric, today, |_| true)
        })
    });
    let [hours, accepted] = measures;
    assert_eq!((hours.out_of, hours.count), (4, 0), "Mon, Wed, Mon, Wed");
    assert_eq!((accepted.counted, accepted.hits, accepted.value), (2, 1, Some(0.5)));
}

#[test]
fn e8_a_follow_up_on_the_seventh_day_is_on_time_and_on_the_eighth_it_is_not() {
    for (day, hits) in [("2026-03-09", 1), ("2026-03-10", 0)] {
        let mut story = Story::new(TWO_MESSAGES, &["Ana"]);
        story.done("send-intro/Ana").on(day).done("follow-up/Ana").on("2026-03-15");
        let on_time = story.ask(|situation| {
            let cycle = situation.running().unwrap();
            let metric = situation.playbook.metric("on_time").unwrap();
            let today = situation.today();
            fortnight_engine::plan::metric::tally(situation, cycle, metric, today, |_| true)
        });
        assert_eq!((on_time.counted, on_time.hits), (1, hits), "{day}");
    }
}
