//! Which rows the next daily reading of a plan needs. Disposable: it follows from the facts.

use jiff::Timestamp;
use jiff::civil::Date;

use super::open::OpenPlan;
use crate::message::Condition;
use crate::plan::{Situation, Status, resolve};
use crate::playbook::{List, Playbook};
use crate::store::Projection;

/// Works the projection of a plan out from what is loaded of it.
pub(super) fn projection(plan: &OpenPlan, instant: Timestamp) -> Projection {
    let situation = plan.situation(instant);
    let resolution = resolve(&situation);
    let mut conversations = Vec::new();
    let mut next_due: Option<Date> = None;
    for table in &resolution.cycles {
        let over = situation.is_over(table.cycle);
        for (step, column) in plan.playbook.steps.iter().zip(&table.columns) {
            let habits = column.habit.iter().map(|habit| &habit.standing);
            for standing in column.tasks.iter().chain(habits) {
                if let Some(day) = standing.available.filter(|_| standing.status.is_dated()) {
                    next_due = Some(next_due.map_or(day, |next| next.min(day)));
                }
            }
            if !over || step.for_each != Some(List::People) {
                continue;
            }
            for (member, standing) in table.cycle.members.iter().zip(&column.tasks) {
                let alive = standing.status.is_dated()
                    || (standing.status == Status::NotNeeded && depends_on_time(step));
                let conversation = (table.cycle.number, member.entry);
                let answered = table.cycle.happenings.contains_key(&member.entry);
                if alive && answered && !conversations.contains(&conversation) {
                    conversations.push(conversation);
                }
            }
        }
    }
    conversations.sort_unstable();
    Projection {
        title: plan.playbook.title.clone(),
        playbook: plan.state.playbook.clone(),
        running_cycle: situation.running().map(|cycle| cycle.number),
        next_due: next_day(&situation, &plan.playbook, next_due),
        conversations,
    }
}

/// The day on which somebody should look next. Measures and days of the cycle can make a step
/// needed on any day of a running cycle.
fn next_day(situation: &Situation<'_>, playbook: &Playbook, next: Option<Date>) -> Option<Date> {
    let running = situation.running().is_some_and(|cycle| !situation.is_over(cycle));
    let any_day = running && playbook.steps.iter().any(depends_on_time);
    let tomorrow = situation.today().tomorrow().ok();
    match (next, any_day) {
        (Some(next), true) => Some(tomorrow.map_or(next, |tomorrow| next.min(tomorrow))),
        (None, true) => tomorrow,
        (Some(next), false) => Some(next),
        (None, false) => Some(Date::MAX),
    }
}

fn depends_on_time(step: &crate::playbook::Step) -> bool {
    step.when.iter().flat_map(Condition::names).any(|name| {
        name.path == "today"
            || ["cycle.", "metrics."].iter().any(|room| name.path.starts_with(room))
    })
}
