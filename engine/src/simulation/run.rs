//! One cycle, day by day.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::Setting;
use super::answers::Answers;
use super::cast::{Cast, begin};
use super::result::{Collision, Day, Rehearsed, Work};
use super::seeker::{Finished, Seeker, at_hand};
use crate::experiment::VerdictCode;
use crate::notebook::NotebookError;
use crate::plan::{Between, Command, Completed, Status, compare, metric, resolve};
use crate::playbook::{List, Playbook, StepKind};

/// A cycle whose review does not come is followed for so many days after its end.
const LONGEST_AFTER: i64 = 42;

/// No cycle is followed for longer.
const LONGEST: i64 = 400;

pub(super) fn run(
    playbook: &Playbook,
    packed: &str,
    setting: &Setting,
) -> Result<Rehearsed, NotebookError> {
    let (open, cast) = begin(playbook, packed, setting)?;
    let mut seeker = Seeker {
        open,
        setting,
        answers: Answers::of(playbook, setting),
        cast,
        today: setting.start,
        replies: 0,
        reviewed: None,
    };
    list_at_once(&mut seeker)?;
    let has_review = playbook.steps.iter().any(|step| matches!(step.kind, StepKind::Decide(_)));
    let mut days = Vec::new();
    let mut collisions = Vec::new();
    let mut talks: BTreeMap<(Date, Time), u32> = BTreeMap::new();
    let end = loop {
        let before = seeker.replies;
        let (done, put_off) = seeker.day()?;
        let replies = seeker.replies - before;
        days.push(day(&seeker, &done, put_off, replies));
        note(&seeker, &done, days.last(), &mut talks, &mut collisions);
        let end = last_day(&seeker);
        let length = i64::try_from(days.len()).unwrap_or(LONGEST);
        let after = (seeker.today - end).get_days();
        let waits = has_review && seeker.reviewed.is_none() && i64::from(after) < LONGEST_AFTER;
        if length >= LONGEST || (seeker.today >= end && !waits) {
            break end;
        }
        let Ok(tomorrow) = seeker.today.tomorrow() else { break end };
        seeker.today = tomorrow;
    };
    left_over(&seeker, &mut collisions);
    if has_review && seeker.reviewed.is_none_or(|on| on > end) {
        collisions.push(Collision::LateReview { on: seeker.reviewed });
    }
    Ok(rehearsed(&seeker, days, end, has_review, collisions))
}

/// Lists that no step gathers are there from the beginning.
fn list_at_once(seeker: &mut Seeker<'_>) -> Result<(), NotebookError> {
    let steps = &seeker.open.playbook.steps;
    let gathered =
        |list| steps.iter().any(|step| matches!(step.kind, StepKind::Collect(of) if of == list));
    let (people, companies) = (gathered(List::People), gathered(List::Companies));
    let Cast { people: all, companies: firms } = seeker.cast.clone();
    for (gathered, entries, cycle) in [(companies, firms, 0), (people, all, 1)] {
        if !gathered && !entries.is_empty() {
            seeker.decide(&Command::List { entries, cycle })?;
        }
    }
    Ok(())
}

fn last_day(seeker: &Seeker<'_>) -> Date {
    let situation = seeker.situation();
    let cycle = situation.state.cycles.values().next();
    cycle.map_or(seeker.today, |cycle| situation.dates(cycle).end)
}

fn day(seeker: &Seeker<'_>, done: &[Finished], put_off: u32, replies: u32) -> Day {
    let situation = seeker.situation();
    let mut work: BTreeMap<usize, Work> = BTreeMap::new();
    for task in done {
        let effort = situation.playbook.steps.get(task.step).and_then(|step| step.effort);
        let entry = work.entry(task.step).or_insert(Work {
            step: task.step,
            tasks: 0,
            minutes: 0,
            late: 0,
        });
        entry.tasks += 1;
        entry.minutes = entry.minutes.saturating_add(effort.unwrap_or(0));
        entry.late += u32::from(task.late);
    }
    let order = &situation.playbook.order;
    let work: Vec<Work> = order.iter().filter_map(|step| work.remove(step)).collect();
    let number = situation.state.cycles.values().next();
    let number = number.map_or(0, |cycle| situation.dates(cycle).day_of(seeker.today));
    Day {
        date: seeker.today,
        number,
        workday: situation.work().is_workday(seeker.today),
        minutes: work.iter().map(|work| work.minutes).fold(0, u32::saturating_add),
        work,
        replies,
        put_off,
    }
}

/// What collided on a day.
fn note(
    seeker: &Seeker<'_>,
    done: &[Finished],
    day: Option<&Day>,
    talks: &mut BTreeMap<(Date, Time), u32>,
    collisions: &mut Vec<Collision>,
) {
    let Some(day) = day else { return };
    let date = day.date;
    if day.minutes > seeker.setting.full_day {
        collisions.push(Collision::FullDay { date, minutes: day.minutes });
    }
    for time in done.iter().filter_map(|task| Some((task.time?, task.step))) {
        let appointment = seeker.open.playbook.steps.get(time.1).is_some_and(|s| s.at.is_some());
        if appointment {
            *talks.entry((date, time.0)).or_default() += 1;
        }
    }
    for ((_, time), number) in talks.range((date, Time::MIN)..=(date, Time::MAX)) {
        if *number > 1 {
            collisions.push(Collision::SameTime { date, time: *time, talks: *number });
        }
    }
    for work in day.work.iter().filter(|work| work.late > 0) {
        collisions.push(Collision::Late { step: work.step, date, tasks: work.late });
    }
}

/// What is open at the end although its day had come.
fn left_over(seeker: &Seeker<'_>, collisions: &mut Vec<Collision>) {
    let situation = seeker.situation();
    let resolution = resolve(&situation);
    let members = situation.state.cycles.values().flat_map(|cycle| &cycle.members);
    if let Ok(people @ 1..) = u32::try_from(members.filter(|member| !member.counts).count()) {
        collisions.push(Collision::NotCounted { people });
    }
    let mut open: BTreeMap<usize, u32> = BTreeMap::new();
    for task in at_hand(&situation, &resolution) {
        *open.entry(task.step).or_default() += 1;
    }
    let left = open.into_iter().map(|(step, tasks)| Collision::LeftOver { step, tasks });
    collisions.extend(left);
    for table in &resolution.cycles {
        for (step, column) in table.columns.iter().enumerate() {
            let blocked = column.tasks.iter().filter(|one| one.status == Status::Blocked).count();
            if let Ok(tasks @ 1..) = u32::try_from(blocked) {
                collisions.push(Collision::NotReady { step, tasks });
            }
        }
    }
}

fn rehearsed(
    seeker: &Seeker<'_>,
    days: Vec<Day>,
    end: Date,
    has_review: bool,
    collisions: Vec<Collision>,
) -> Rehearsed {
    let situation = seeker.situation();
    let cycle = situation.state.cycles.values().next();
    let messaged = cycle.map_or(0, |cycle| {
        let sent = cycle.log.completed.iter().filter(|(_, done)| done.sent.is_some());
        let people: std::collections::BTreeSet<_> =
            sent.filter_map(|(task, _)| task.entry).collect();
        people.len()
    });
    let talks = cycle.map_or(0, |cycle| {
        let is_talk =
            |step: &str| situation.playbook.step(step).is_some_and(|step| step.sets.is_some());
        let done = cycle.log.completed.iter().filter(|(_, done)| done.how == Completed::Done);
        done.filter(|(task, _)| is_talk(&task.step)).count()
    });
    let compared = cycle.and_then(|cycle| cycle.compared.as_ref().map(|(pair, _)| (cycle, pair)));
    let sides = compared.and_then(|(cycle, pair)| {
        let of = |option: &crate::playbook::Id| {
            cycle.members.iter().filter(|member| member.option.as_ref() == Some(option)).count()
        };
        let (a, b) = (of(&pair.baseline), of(&pair.option));
        (a + b > 0).then(|| (count(a), count(b)))
    });
    Rehearsed {
        days,
        end,
        reviewed: seeker.reviewed,
        has_review,
        settles: cycle.and_then(|cycle| metric::settles(&situation, cycle)),
        messaged: count(messaged),
        replied: seeker.replies,
        talks: count(talks),
        verdict: compared.and_then(|(cycle, _)| verdict(&situation, cycle.number)),
        sides,
        collisions,
    }
}

fn verdict(situation: &crate::plan::Situation<'_>, cycle: u32) -> Option<VerdictCode> {
    compare(situation, &Between::Within(cycle)).ok().map(|comparison| comparison.verdict.code)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
