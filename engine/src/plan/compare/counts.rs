//! The counts of one cycle or one of its options, each worked out once however often it is asked for.
//!
//! Knows tallies. It must not know sides, pairs or verdicts.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::experiment::FollowUps;
use crate::plan::metric::{self, Tally};
use crate::plan::situation::Situation;
use crate::plan::state::{CycleState, Member};
use crate::playbook::{Id, Metric};

/// What is counted of a group of people who are held against another one.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::plan) struct GroupCounts {
    /// The measure that decides, over everybody.
    pub(in crate::plan) all: Tally,
    /// The same over those who know the seeker.
    pub(in crate::plan) known: Tally,
    /// Follow-ups on time.
    pub(in crate::plan) follow_ups: FollowUps,
}

/// Counts that were made already, by cycle and option; they hold for one moment of one plan.
#[derive(Debug, Default)]
pub(in crate::plan) struct Counts {
    made: RefCell<BTreeMap<(u32, Option<Id>), GroupCounts>>,
}

impl Counts {
    /// The counts of the people of a cycle who have `option`; of everybody without one.
    pub(in crate::plan) fn of<'a>(
        &self,
        situation: &Situation<'a>,
        metric: &Metric,
        cycle: &'a CycleState,
        option: Option<&Id>,
    ) -> GroupCounts {
        let key = (cycle.number, option.cloned());
        if let Some(made) = self.made.borrow().get(&key) {
            return *made;
        }
        let counts = count(situation, metric, cycle, option);
        self.made.borrow_mut().insert(key, counts);
        counts
    }
}

fn count<'a>(
    situation: &Situation<'a>,
    metric: &Metric,
    cycle: &'a CycleState,
    option: Option<&Id>,
) -> GroupCounts {
    let today = situation.today();
    let takes = |member: &Member| option.is_none() || member.option.as_ref() == option;
    let knows_me =
        |member: &Member| situation.book.get(member.entry).is_some_and(|entry| entry.knows_me);
    let fairness = situation.playbook.cycle.fairness.as_deref();
    let fairness = fairness.and_then(|id| situation.playbook.metric(id));
    let follow_ups = fairness.map(|fairness| {
        let tally = metric::tally(situation, cycle, fairness, today, takes);
        FollowUps { due: tally.counted, on_time: tally.hits }
    });
    GroupCounts {
        all: metric::tally(situation, cycle, metric, today, takes),
        known: metric::tally(situation, cycle, metric, today, |one| takes(one) && knows_me(one)),
        follow_ups: follow_ups.unwrap_or_default(),
    }
}

impl GroupCounts {
    /// Both together.
    pub(in crate::plan) fn plus(self, more: Self) -> Self {
        Self {
            all: self.all.plus(more.all),
            known: self.known.plus(more.known),
            follow_ups: FollowUps {
                due: self.follow_ups.due.saturating_add(more.follow_ups.due),
                on_time: self.follow_ups.on_time.saturating_add(more.follow_ups.on_time),
            },
        }
    }
}
