//! Coming back: days on which something was due and nothing was recorded (D10).

use jiff::civil::Date;

use super::agenda::{agenda, summary};
use super::now::Now;
use super::situation::Situation;
use super::status::Status;
use crate::calendar::DayRange;

/// So many idle workdays, and a person is asked whether they were away.
pub const IDLE_WORKDAYS: u32 = 5;

/// Workdays without work are looked at for so long.
const LOOKED_AT: u32 = 400;

/// A stretch of idle workdays that ends yesterday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The day on which something was recorded last.
    pub last: Date,
    /// The first idle workday.
    pub since: Date,
    /// How many idle workdays there were, at least [`IDLE_WORKDAYS`].
    pub workdays: u32,
    /// What would be overdue today if all days since then had been days away.
    pub overdue: usize,
    /// The cycle, and the day on which it would then end.
    pub cycle: Option<(u32, Date)>,
}

/// Whether the seeker comes back after at least [`IDLE_WORKDAYS`] idle workdays.
///
/// A workday is idle when something was due on it and nothing was recorded since `last`, the day of
/// the newest record. Days off, days away and days with nothing to do do not count; today does not
/// either, for it is not over.
pub fn idle(situation: &Situation<'_>, last: Date) -> Option<Idle> {
    let today = situation.today();
    let yesterday = today.yesterday().ok()?;
    if last >= yesterday || situation.work().workdays_between(last, yesterday) < IDLE_WORKDAYS {
        return None;
    }
    let mut since = None;
    let mut workdays = 0;
    let mut day = situation.work().next_workday(last.tomorrow().ok()?);
    for _ in 0..LOOKED_AT {
        if day > yesterday {
            break;
        }
        if something_was_due(situation, day) {
            since = since.or(Some(day));
            workdays += 1;
        } else if workdays > 0 && workdays < IDLE_WORKDAYS {
            // A pause without work in between: what came before it is no reason to ask.
            (since, workdays) = (None, 0);
        }
        day = situation.work().next_workday(day.tomorrow().ok()?);
    }
    let since = since.filter(|_| workdays >= IDLE_WORKDAYS)?;
    if !agenda(situation).tasks.iter().any(|task| task.status().is_now()) {
        return None;
    }
    let mut state = situation.state.clone();
    state.away.insert(DayRange::new(since, yesterday)?);
    let Situation { playbook, book, elsewhere, now, .. } = situation;
    let away = Situation::new(playbook, &state, book, elsewhere, *now);
    let overdue =
        agenda(&away).tasks.iter().filter(|task| task.status() == Status::Overdue).count();
    let cycle = away.running().map(|cycle| {
        let summary = summary(&away, cycle);
        (summary.number, summary.end)
    });
    Some(Idle { last, since, workdays, overdue, cycle })
}

/// Whether something was due on a day, as far as is known by now. A habit is enough.
fn something_was_due(situation: &Situation<'_>, day: Date) -> bool {
    let Situation { playbook, state, book, elsewhere, now, .. } = situation;
    let now = Now { date: day, ..*now };
    let then = Situation::new(playbook, state, book, elsewhere, now);
    agenda(&then).tasks.iter().any(|task| task.status().is_now())
}
