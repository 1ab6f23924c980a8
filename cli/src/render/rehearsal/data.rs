//! A rehearsal for programs: `playbook simulate --json`, version 1.

use std::collections::BTreeMap;

use fortnight_engine::playbook::Playbook;
use fortnight_engine::simulation::{self, Collision, Day, Rehearsed, Share};
use serde::Serialize;

use super::sentence;

#[derive(Serialize)]
struct Setting<'s> {
    start: String,
    zone: &'s str,
    workdays: String,
    people: u32,
    reply_rate: f64,
    reply_rates: BTreeMap<&'s str, f64>,
    know_me: f64,
    known_reply_rate: Option<f64>,
    diligence: f64,
    full_day_minutes: u32,
    seed: u64,
}

impl<'s> Setting<'s> {
    fn of(setting: &'s simulation::Setting) -> Self {
        let rates = &setting.rates;
        Self {
            start: setting.start.to_string(),
            zone: &setting.zone,
            workdays: setting.weekdays.to_string(),
            people: setting.people,
            reply_rate: rates.reply,
            reply_rates: rates.by_option.iter().map(|(option, rate)| (&**option, *rate)).collect(),
            know_me: rates.know_me,
            known_reply_rate: rates.known,
            diligence: setting.diligence,
            full_day_minutes: setting.full_day,
            seed: setting.seed,
        }
    }
}

/// One cycle.
#[derive(Serialize)]
pub(crate) struct Cycle<'s> {
    version: u32,
    playbook: &'s str,
    title: &'s str,
    setting: Setting<'s>,
    days: Vec<DayData<'s>>,
    end: String,
    settles: Option<String>,
    reviewed: Option<String>,
    on_time: bool,
    messaged: u32,
    replied: u32,
    talks: u32,
    minutes: u32,
    split: Option<[u32; 2]>,
    verdict: Option<&'static str>,
    collisions: Vec<CollisionData<'s>>,
}

#[derive(Serialize)]
struct DayData<'s> {
    date: String,
    day: u32,
    workday: bool,
    minutes: u32,
    work: Vec<WorkData<'s>>,
    replies: u32,
    put_off: u32,
}

#[derive(Serialize)]
struct WorkData<'s> {
    step: &'s str,
    tasks: u32,
    minutes: u32,
    late: u32,
}

#[derive(Serialize)]
struct CollisionData<'s> {
    kind: &'static str,
    step: Option<&'s str>,
    date: Option<String>,
    message: String,
}

impl<'s> Cycle<'s> {
    /// The data of a rehearsed cycle.
    pub(crate) fn of(
        playbook: &'s Playbook,
        setting: &'s simulation::Setting,
        rehearsed: &'s Rehearsed,
    ) -> Self {
        Self {
            version: 1,
            playbook: &playbook.id,
            title: &playbook.title,
            setting: Setting::of(setting),
            days: rehearsed.days.iter().map(|day| self::day(playbook, day)).collect(),
            end: rehearsed.end.to_string(),
            settles: rehearsed.settles.map(|day| day.to_string()),
            reviewed: rehearsed.reviewed.map(|day| day.to_string()),
            on_time: rehearsed.on_time(),
            messaged: rehearsed.messaged,
            replied: rehearsed.replied,
            talks: rehearsed.talks,
            minutes: rehearsed.minutes(),
            split: rehearsed.sides.map(|(a, b)| [a, b]),
            verdict: rehearsed.verdict.map(fortnight_engine::experiment::VerdictCode::as_str),
            collisions: rehearsed
                .collisions
                .iter()
                .map(|one| collision(playbook, setting, one))
                .collect(),
        }
    }
}

fn id(playbook: &Playbook, step: usize) -> &str {
    playbook.steps.get(step).map_or("", |step| &*step.id)
}

fn day<'s>(playbook: &'s Playbook, day: &Day) -> DayData<'s> {
    DayData {
        date: day.date.to_string(),
        day: day.number,
        workday: day.workday,
        minutes: day.minutes,
        work: day
            .work
            .iter()
            .map(|work| WorkData {
                step: id(playbook, work.step),
                tasks: work.tasks,
                minutes: work.minutes,
                late: work.late,
            })
            .collect(),
        replies: day.replies,
        put_off: day.put_off,
    }
}

fn collision<'s>(
    playbook: &'s Playbook,
    setting: &simulation::Setting,
    collision: &Collision,
) -> CollisionData<'s> {
    let (kind, step, date) = match collision {
        Collision::FullDay { date, .. } => ("full_day", None, Some(*date)),
        Collision::SameTime { date, .. } => ("same_time", None, Some(*date)),
        Collision::Late { step, date, .. } => ("late", Some(*step), Some(*date)),
        Collision::LeftOver { step, .. } => ("left_over", Some(*step), None),
        Collision::NotReady { step, .. } => ("not_ready", Some(*step), None),
        Collision::NotCounted { .. } => ("not_counted", None, None),
        Collision::LateReview { on } => ("late_review", None, *on),
    };
    CollisionData {
        kind,
        step: step.map(|step| id(playbook, step)),
        date: date.map(|date| date.to_string()),
        message: sentence(playbook, setting, collision),
    }
}

/// Many cycles.
#[derive(Serialize)]
pub(crate) struct Summary<'s> {
    version: u32,
    playbook: &'s str,
    title: &'s str,
    setting: Setting<'s>,
    cycles: u32,
    on_time: u32,
    weekdays: Vec<WeekdayData>,
    replies: ShareData,
    minutes: ShareData,
    fullest_day_minutes: ShareData,
    with_full_day: u32,
    with_missed_deadline: u32,
    with_talks_at_one_time: u32,
    with_something_left_over: u32,
    verdicts: BTreeMap<&'static str, u32>,
}

#[derive(Serialize)]
struct WeekdayData {
    start: String,
    cycles: u32,
    on_time: u32,
    review_day: Option<u32>,
}

#[derive(Serialize)]
struct ShareData {
    tenth: u32,
    half: u32,
    nine_tenths: u32,
}

impl ShareData {
    fn of(share: Share) -> Self {
        Self { tenth: share.low, half: share.middle, nine_tenths: share.high }
    }
}

impl<'s> Summary<'s> {
    /// The data of many cycles.
    pub(crate) fn of(
        playbook: &'s Playbook,
        setting: &'s simulation::Setting,
        summary: &simulation::Summary,
    ) -> Self {
        Self {
            version: 1,
            playbook: &playbook.id,
            title: &playbook.title,
            setting: Setting::of(setting),
            cycles: summary.cycles,
            on_time: summary.on_time,
            weekdays: summary
                .weekdays
                .iter()
                .map(|row| WeekdayData {
                    start: format!("{:?}", row.weekday).to_lowercase(),
                    cycles: row.cycles,
                    on_time: row.on_time,
                    review_day: row.review_day,
                })
                .collect(),
            replies: ShareData::of(summary.replies),
            minutes: ShareData::of(summary.minutes),
            fullest_day_minutes: ShareData::of(summary.fullest),
            with_full_day: summary.full_days,
            with_missed_deadline: summary.late,
            with_talks_at_one_time: summary.same_time,
            with_something_left_over: summary.left_over,
            verdicts: summary.verdicts.iter().map(|(code, n)| (code.as_str(), *n)).collect(),
        }
    }
}
