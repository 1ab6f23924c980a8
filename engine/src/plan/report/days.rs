//! The calendar of what was done and what came back, day by day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::plan::situation::Situation;
use crate::plan::state::{Completed, CycleState};

/// What one day held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRecord {
    /// The day.
    pub date: Date,
    /// Messages sent.
    pub sent: u32,
    /// Other tasks done.
    pub done: u32,
    /// People who answered.
    pub answered: u32,
    /// Other things that came back: talks booked, referrals.
    pub came_back: u32,
    /// A first day of a cycle.
    pub cycle: Option<u32>,
    /// A given day off or a day away.
    pub off: bool,
}

/// Every day from the first cycle to today, or to the last thing recorded; none before anything
/// began.
pub fn days(situation: &Situation<'_>) -> Vec<DayRecord> {
    let state = situation.state;
    let mut found: BTreeMap<Date, DayRecord> = BTreeMap::new();
    for cycle in state.cycles.values().filter(|cycle| cycle.start <= situation.today()) {
        day(&mut found, cycle.start).cycle = Some(cycle.number);
        tasks(cycle, &mut found);
        outcomes(situation, cycle, &mut found);
    }
    for (_, done) in state.tasks.completed.iter().filter(|(_, d)| d.how == Completed::Done) {
        day(&mut found, done.on).done += 1;
    }
    let Some((first, last)) = found.keys().next().copied().zip(found.keys().next_back().copied())
    else {
        return Vec::new();
    };
    for range in [&state.days_off, &state.away] {
        for (from, to) in range.runs() {
            let (from, to) = ((*from).max(first), (*to).min(last));
            if from > to {
                continue;
            }
            for date in from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to) {
                day(&mut found, date).off = true;
            }
        }
    }
    found.into_values().collect()
}

fn day(days: &mut BTreeMap<Date, DayRecord>, date: Date) -> &mut DayRecord {
    days.entry(date).or_insert(DayRecord {
        date,
        sent: 0,
        done: 0,
        answered: 0,
        came_back: 0,
        cycle: None,
        off: false,
    })
}

fn tasks(cycle: &CycleState, days: &mut BTreeMap<Date, DayRecord>) {
    for done in cycle.log.completed.values().filter(|done| done.how == Completed::Done) {
        let day = day(days, done.on);
        if done.sent.is_some() { day.sent += 1 } else { day.done += 1 }
    }
}

fn outcomes(situation: &Situation<'_>, cycle: &CycleState, days: &mut BTreeMap<Date, DayRecord>) {
    let (playbook, today) = (situation.playbook, situation.today());
    for happened in cycle.happenings.values() {
        if let Some(reply) = happened.reply(playbook, today) {
            day(days, reply.on).answered += 1;
        }
        for outcome in playbook.outcomes.iter().filter(|outcome| !outcome.built_in) {
            if let Some(standing) = happened.standing(playbook, &outcome.id, today) {
                day(days, standing.on).came_back += 1;
            }
        }
    }
}
