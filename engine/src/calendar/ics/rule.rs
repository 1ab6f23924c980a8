//! The times that a recurrence rule gives (RFC 5545, 3.3.10): every part is a filter on the days of
//! a year, month, week or day, and on the times of a day. Civil times only: zones come later.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use super::filter::{Filter, Period};
use super::recur::{Every, Rule};
use super::values::When;
use crate::calendar::civil;

/// How many days and times may be looked at for one file, whatever its rules say.
const MOST_LOOKS: u32 = 3_000_000;

/// What is left of [`MOST_LOOKS`].
#[derive(Debug)]
pub(super) struct Budget(u32);

impl Budget {
    pub(super) fn new() -> Self {
        Self(MOST_LOOKS)
    }

    fn spend(&mut self, looks: usize) -> Result<(), &'static str> {
        let looks = u32::try_from(looks).unwrap_or(u32::MAX);
        self.0 = self
            .0
            .checked_sub(looks)
            .ok_or("it repeats too often to be told; only its first time is taken")?;
        Ok(())
    }
}

/// The times from the day `first` to the day `last` at which an event recurs that begins at
/// `start`. One of whole days (`days`) has no times of day.
pub(super) fn expand(
    rule: &Rule,
    start: DateTime,
    days: bool,
    first: Date,
    last: Date,
    budget: &mut Budget,
) -> Result<Vec<DateTime>, &'static str> {
    // A moment may lie on the day before or after where the event is; who knows zones looks closer.
    let until = match rule.until {
        None => last,
        Some(When::Day(day)) => day.min(last),
        Some(When::Wall(wall) | When::Universal(wall)) => civil::plus(wall.date(), 1).min(last),
    };
    let period = match rule.every {
        Every::Year => Period::Year,
        Every::Month => Period::Month,
        Every::Week => Period::Week,
        Every::Day => Period::Day,
        Every::Hour | Every::Minute | Every::Second if days => {
            return Err(
                "it repeats within a day, and lasts whole days; only its first time is taken",
            );
        }
        Every::Hour | Every::Minute | Every::Second => {
            return within_days(rule, start, first, until, budget);
        }
    };
    let filter = Filter::new(rule, start.date(), period);
    let times = if days { vec![start.time()] } else { times_of_day(rule, start.time()) };
    // A rule with a count must be told from its start; any other from where the answer begins.
    let skipped = match rule.count {
        Some(_) => 0,
        None => (period.count(start.date(), first, filter.week_start) / rule.interval - 1).max(0),
    };
    let mut left = rule.count.unwrap_or(u32::MAX);
    let mut found = Vec::new();
    for index in skipped.. {
        let ahead = index.saturating_mul(rule.interval);
        let Some((from, to)) = period.nth(start.date(), ahead, filter.week_start) else {
            break;
        };
        if from > until || left == 0 {
            break;
        }
        let days = filter.candidates(from, to);
        budget.spend(days.len())?;
        let chosen: Vec<Date> = days.into_iter().filter(|day| filter.takes(*day)).collect();
        budget.spend(chosen.len().saturating_mul(times.len().saturating_sub(1)))?;
        let mut chosen: Vec<DateTime> = chosen
            .into_iter()
            .flat_map(|day| times.iter().map(move |time| day.to_datetime(*time)))
            .collect();
        positions(rule, &mut chosen);
        for time in chosen {
            if time >= start && time.date() <= until && left > 0 {
                left -= 1;
                if time.date() >= first {
                    found.push(time);
                }
            }
        }
    }
    Ok(found)
}

/// The times of a rule that comes round every so many hours, minutes or seconds, as clocks count.
fn within_days(
    rule: &Rule,
    start: DateTime,
    first: Date,
    until: Date,
    budget: &mut Budget,
) -> Result<Vec<DateTime>, &'static str> {
    let unit: i64 = match rule.every {
        Every::Hour => 3_600,
        Every::Minute => 60,
        Every::Second | Every::Day | Every::Week | Every::Month | Every::Year => 1,
    };
    let step = rule.interval.saturating_mul(unit);
    let filter = Filter::new(rule, start.date(), Period::Day);
    let seconds_to = |day: Date| {
        let midnight = day.to_datetime(Time::midnight());
        start.duration_until(midnight).as_secs()
    };
    let mut index = match rule.count {
        Some(_) => 0,
        None => (seconds_to(first) / step - 1).max(0),
    };
    let mut left = rule.count.unwrap_or(u32::MAX);
    let mut found = Vec::new();
    while left > 0 {
        let ahead = SignedDuration::from_secs(index.saturating_mul(step));
        let Ok(at) = start.checked_add(ahead) else { break };
        if at.date() > until {
            break;
        }
        budget.spend(1)?;
        if !filter.takes(at.date()) {
            // The rest of the day gives nothing.
            let next = civil::plus(at.date(), 1);
            index = (seconds_to(next).saturating_add(step - 1) / step).max(index + 1);
            continue;
        }
        index += 1;
        let mut chosen = expanded(rule, at);
        positions(rule, &mut chosen);
        for time in chosen {
            if time >= start && left > 0 {
                left -= 1;
                if time.date() >= first {
                    found.push(time);
                }
            }
        }
    }
    Ok(found)
}

/// What one hour, minute or second gives: smaller parts are told one by one, its own and greater
/// ones must be among those of the rule.
fn expanded(rule: &Rule, at: DateTime) -> Vec<DateTime> {
    let fits = |of: &[i8], part: i8| of.is_empty() || of.contains(&part);
    let or_own = |of: &[i8], part: i8| if of.is_empty() { vec![part] } else { sorted(of) };
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    if !fits(&rule.hours, hour) {
        return Vec::new();
    }
    let minutes = match rule.every {
        Every::Hour => or_own(&rule.minutes, minute),
        Every::Minute | Every::Second | Every::Day | Every::Week | Every::Month | Every::Year => {
            if !fits(&rule.minutes, minute) {
                return Vec::new();
            }
            vec![minute]
        }
    };
    let seconds = if rule.every == Every::Second {
        if !fits(&rule.seconds, second) {
            return Vec::new();
        }
        vec![second]
    } else {
        or_own(&rule.seconds, second)
    };
    let of_minute = |minute: i8| {
        let time = move |second: i8| Time::new(hour, minute, second, 0).ok();
        seconds.iter().copied().filter_map(time).map(|time| at.date().to_datetime(time))
    };
    minutes.iter().flat_map(|minute| of_minute(*minute)).collect()
}

/// The times of a day that a rule gives; what it leaves open, the start of the event says.
fn times_of_day(rule: &Rule, start: Time) -> Vec<Time> {
    let or_own = |of: &[i8], part: i8| if of.is_empty() { vec![part] } else { sorted(of) };
    let (minutes, seconds) =
        (or_own(&rule.minutes, start.minute()), or_own(&rule.seconds, start.second()));
    let mut times = Vec::new();
    for hour in or_own(&rule.hours, start.hour()) {
        for minute in &minutes {
            let time = |second: &i8| Time::new(hour, *minute, *second, 0).ok();
            times.extend(seconds.iter().filter_map(time));
        }
    }
    times
}

fn sorted(parts: &[i8]) -> Vec<i8> {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// Keeps the times at the positions that `BYSETPOS` names.
fn positions(rule: &Rule, times: &mut Vec<DateTime>) {
    if rule.positions.is_empty() {
        return;
    }
    let length = i64::try_from(times.len()).unwrap_or(0);
    let mut at = 0;
    times.retain(|_| {
        at += 1;
        let wanted = |wanted: &i32| {
            let wanted = i64::from(*wanted);
            wanted == at || wanted + length + 1 == at
        };
        rule.positions.iter().any(wanted)
    });
}
