//! Why a task has its status, and what would change it.

use fortnight_engine::calendar::{show_day, show_day_with_year, show_time};
use fortnight_engine::message::Value;
use fortnight_engine::plan::{Change, Clause, Situation, Status, Why};
use fortnight_engine::playbook::NeedMeasure;

use super::reason;
use super::words::inside;

/// The status in one line, then what led to it, one line each.
pub(crate) fn lines(situation: &Situation<'_>, why: &Why) -> Vec<String> {
    let playbook = situation.playbook;
    let standing = &why.task.standing;
    let mut first = status(why);
    match standing.status {
        Status::Due | Status::Overdue => {}
        Status::Done
        | Status::Skipped
        | Status::Closed
        | Status::NotNeeded
        | Status::Waiting
        | Status::Scheduled
        | Status::Blocked => {
            first.push_str(": ");
            first.push_str(&reason::words(&standing.reason, playbook));
        }
    }
    let mut lines = vec![first];
    lines.extend(why.clauses.iter().filter_map(clause));
    let outcome =
        |id: &str| playbook.outcome(id).map_or_else(|| id.to_owned(), |known| inside(&known.title));
    for change in &why.changes {
        lines.push(match change {
            Change::Ends(id) => format!("would end it: {}", outcome(id)),
            Change::Starts(id) => format!("would make it needed: {}", outcome(id)),
        });
    }
    lines
}

fn status(why: &Why) -> String {
    let standing = &why.task.standing;
    let on = |day: Option<jiff::civil::Date>| {
        day.map(|day| format!(" {}", show_day_with_year(day))).unwrap_or_default()
    };
    let at = standing.time.map(|time| format!(" at {}", show_time(time))).unwrap_or_default();
    match standing.status {
        Status::Done => format!("done{}", on(standing.finished)),
        Status::Skipped => format!("skipped{}", on(standing.finished)),
        Status::Closed => "closed".to_owned(),
        Status::NotNeeded => "not needed".to_owned(),
        Status::Waiting => "waiting".to_owned(),
        Status::Scheduled => format!("planned for{}{at}", on(standing.available)),
        Status::Blocked => "not ready".to_owned(),
        Status::Overdue => format!("overdue; the limit was{}", on(standing.deadline)),
        Status::Due => format!("due since{}{at}", on(standing.available)),
    }
}

fn clause(clause: &Clause) -> Option<String> {
    Some(match clause {
        Clause::Need { title, status, on, done, measure } => {
            need(title, *status, *on, *done, *measure)
        }
        Clause::Condition { holds, values } => {
            let values: Vec<String> =
                values.iter().map(|(name, value)| format!("{name}: {}", shown(value))).collect();
            let judged = if *holds { "its condition holds" } else { "its condition does not hold" };
            format!("{judged} ({})", values.join(", "))
        }
        Clause::After { duration, of: Some(of) } => format!("{duration} after {}", inside(of)),
        Clause::After { duration, of: None } => format!("{duration} later"),
        Clause::On { day: Some(day), date } => {
            let date = date.map(|date| format!(", {}", show_day(date))).unwrap_or_default();
            format!("on day {day} of the cycle{date}")
        }
        Clause::On { day: None, date: Some(date) } => format!("on {}", show_day(*date)),
        Clause::On { day: None, date: None } => return None,
        Clause::Within { duration, of, last } => {
            let of = of.as_ref().map(|of| format!(" after {}", inside(of))).unwrap_or_default();
            let last = last.map(|last| format!(": {}", show_day(last))).unwrap_or_default();
            format!("limit {duration}{of}{last}")
        }
        Clause::Paced(pace) => format!("at most {pace}"),
        Clause::Postponed { to } => format!("you moved it to {}", show_day(*to)),
    })
}

fn need(
    title: &str,
    status: Option<Status>,
    on: Option<jiff::civil::Date>,
    done: Option<(usize, usize)>,
    measure: NeedMeasure,
) -> String {
    let wanted = match measure {
        NeedMeasure::Finished => String::new(),
        NeedMeasure::Done => " (must be done)".to_owned(),
        NeedMeasure::AtLeast(number) => format!(" (at least {number})"),
    };
    let state = match (done, status, on) {
        (Some((done, all)), _, _) => format!("{done} of {all} done"),
        (None, Some(status), Some(on)) => format!("{} {}", word(status), show_day(on)),
        (None, Some(status), None) => word(status).to_owned(),
        (None, None, _) => "nothing yet".to_owned(),
    };
    format!("after \"{title}\"{wanted}: {state}")
}

/// The word for a status on a screen.
pub(crate) fn word(status: Status) -> &'static str {
    match status {
        Status::NotNeeded => "not needed",
        Status::Scheduled => "planned",
        Status::Blocked => "not ready",
        Status::Done
        | Status::Skipped
        | Status::Closed
        | Status::Waiting
        | Status::Overdue
        | Status::Due => status.as_str(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Empty => "nothing".to_owned(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(words) => words.terminal(),
        Value::Date(day) => show_day_with_year(*day),
        Value::Moment(moment) => fortnight_engine::calendar::show_moment(*moment),
    }
}
