//! Needs: what must come before, for one entry, for its company, or for a whole list (G2–G4).

use jiff::civil::Date;

use super::facts::works_at;
use super::judge::Judge;
use super::{CycleTable, done_by_facts};
use crate::people::EntryId;
use crate::plan::due;
use crate::plan::situation::Place;
use crate::plan::state::Member;
use crate::plan::status::{Standing, Status};
use crate::playbook::{List, Need, NeedMeasure, Step, StepKind};

/// How one need stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NeedState {
    /// Nothing is missing; the day on which that came about, where a record tells it.
    Met(Option<Date>),
    /// Something is still to come.
    Open,
}

/// How the need of a step's task stands (G2).
pub(super) fn state<'a>(
    judge: &Judge<'a, '_>,
    table: &CycleTable<'a>,
    step: &Step,
    need: &Need,
    place: Place<'a>,
) -> NeedState {
    let Some(needed) = judge.situation.playbook.steps.get(need.step) else {
        return NeedState::Met(None);
    };
    let standing = |entry| table.standing(needed, need.step, entry);
    match (step.for_each, needed.for_each) {
        (_, None) => single(judge, table, need, needed, standing(None)),
        (Some(own), Some(list)) if own == list => {
            single(judge, table, need, needed, standing(place.entry()))
        }
        (Some(List::People), Some(_)) => match judge.company_of(place) {
            Some(company) => single(judge, table, need, needed, standing(Some(company))),
            None => NeedState::Met(None),
        },
        (Some(_), Some(_)) => {
            let company = place.entry();
            join(judge, table, need, needed, |member: &Member| {
                company.is_some_and(|company| works_at(judge.situation, member.entry, company))
            })
        }
        (None, Some(_)) => join(judge, table, need, needed, |_| true),
    }
}

/// G3: finished is done, skipped, closed or not needed; `done` is only done.
fn single<'a>(
    judge: &Judge<'a, '_>,
    table: &CycleTable<'a>,
    need: &Need,
    needed: &Step,
    standing: Option<&Standing>,
) -> NeedState {
    if matches!(needed.kind, StepKind::Every(_)) {
        return habit(judge, table, need, needed);
    }
    let Some(standing) = standing else {
        return judge.known_elsewhere(need, needed);
    };
    let met = match need.measure {
        NeedMeasure::Finished => !standing.status.is_open(),
        NeedMeasure::Done | NeedMeasure::AtLeast(_) => standing.status == Status::Done,
    };
    if met { NeedState::Met(standing.finished) } else { NeedState::Open }
}

/// A habit is met by so many of its occurrences done: one, unless `at_least` says more.
fn habit<'a>(
    judge: &Judge<'a, '_>,
    table: &CycleTable<'a>,
    need: &Need,
    needed: &Step,
) -> NeedState {
    let wanted = match need.measure {
        NeedMeasure::AtLeast(count) => count,
        NeedMeasure::Done | NeedMeasure::Finished => 1,
    };
    let mut days: Vec<Date> = table
        .cycle
        .log
        .completed
        .iter()
        .filter(|(task, _)| task.step == needed.id)
        .map(|(_, done)| done.on)
        .collect();
    days.sort_unstable();
    let met = usize::try_from(wanted.max(1) - 1).ok().and_then(|index| days.get(index).copied());
    match met {
        Some(day) => NeedState::Met(Some(day)),
        None if judge.over => NeedState::Met(None),
        None => NeedState::Open,
    }
}

/// A join is met when enough are done, or when none of its tasks can still be done (G2). It waits
/// only for people who were on the list when it closed (G4).
fn join<'a>(
    judge: &Judge<'a, '_>,
    table: &CycleTable<'a>,
    need: &Need,
    needed: &Step,
    takes: impl Fn(&Member) -> bool,
) -> NeedState {
    let list = needed.for_each.unwrap_or(List::People);
    let members = due::members(judge.situation, table.cycle, list);
    let Some(column) = table.columns.get(need.step) else { return NeedState::Met(None) };
    let mut joined = Joined::default();
    for (member, standing) in members.iter().zip(&column.tasks) {
        if (member.counts || list == List::Companies) && takes(member) {
            joined.add(standing);
        }
    }
    let still_open = joined.open > 0 || judge.may_grow(list, joined.all);
    let enough = match need.measure {
        NeedMeasure::Finished => !still_open,
        NeedMeasure::Done => !still_open && joined.done.len() == joined.all,
        NeedMeasure::AtLeast(wanted) => {
            joined.done.sort_unstable();
            if let Some(day) = usize::try_from(wanted)
                .ok()
                .and_then(|wanted| joined.done.get(wanted.checked_sub(1)?))
            {
                return NeedState::Met(Some(*day));
            }
            wanted == 0
        }
    };
    if enough || !still_open { NeedState::Met(joined.last) } else { NeedState::Open }
}

#[derive(Default)]
struct Joined {
    all: usize,
    open: usize,
    done: Vec<Date>,
    last: Option<Date>,
}

impl Joined {
    fn add(&mut self, standing: &Standing) {
        self.all += 1;
        if standing.status.is_open() {
            self.open += 1;
        }
        if standing.status == Status::Done {
            self.done.extend(standing.finished);
        }
        self.last = self.last.max(standing.finished);
    }
}

impl<'a> Judge<'a, '_> {
    /// The company of a person's place, where it is on the plan's list.
    fn company_of(&self, place: Place<'a>) -> Option<EntryId> {
        let company = self.situation.entry_at(place)?.company?;
        self.situation
            .state
            .companies
            .iter()
            .any(|member| member.entry == company)
            .then_some(company)
    }

    /// A step that exists once per plan has its standing in the newest cycle's table; older ones
    /// only ask whether it was done.
    fn known_elsewhere(&self, need: &Need, needed: &Step) -> NeedState {
        let task = due::key(needed, Place::whole(self.cycle));
        match self.situation.state.completion(&task) {
            Some(done) => NeedState::Met(Some(done.on)),
            None if need.measure == NeedMeasure::Finished => NeedState::Met(None),
            None => NeedState::Open,
        }
    }

    /// Whether entries may still join a list that a join looks at: until the list is complete or
    /// closed. A list that is complete only waits for those who are on it.
    fn may_grow(&self, list: List, joined: usize) -> bool {
        if self.over {
            return false;
        }
        let closed = list == List::People && self.situation.today() > self.closes;
        if closed {
            return false;
        }
        let place = Place::whole(self.cycle);
        let mut collects = self
            .situation
            .playbook
            .steps
            .iter()
            .filter(|step| {
                step.for_each.is_none()
                    && matches!(&step.kind, StepKind::Collect(collected) if *collected == list)
            })
            .peekable();
        if collects.peek().is_none() {
            return joined == 0;
        }
        collects.any(|step| {
            self.situation.state.completion(&due::key(step, place)).is_none()
                && done_by_facts(self.situation, place, step).is_none()
        })
    }
}
