//! What a seeker hands out: days, figures and the names that the playbook's author gave.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::experiment::{self, Arm, Design, FollowUps, Side, Stratum};
use crate::plan::Compared;
use crate::playbook::{Decision, Id};

/// The figures of one plan, without anything that says who is who.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// Names the plan: the same in all of its bundles, and nothing can be read out of it.
    pub id: String,
    /// The newest operation of the log when it was made: a later bundle has a higher number.
    pub operation: u64,
    /// When it was made.
    pub made: Timestamp,
    /// The same as a day in the plan's zone: everything is as known on it.
    pub day: Date,
    /// The day on which the seeker agreed to hand it out.
    pub consent: Date,
    /// The playbook in force.
    pub playbook: PlaybookName,
    /// The first day of the plan.
    pub started: Date,
    /// The day on which something was last recorded.
    pub last_recorded: Option<Date>,
    /// Days since then, those away left out.
    pub idle_days: u32,
    /// The day on which the seeker decided to go no further (E7).
    pub stopped: Option<Date>,
    /// The measure that decides.
    pub metric: Option<Id>,
    /// Its window in days.
    pub window_days: u32,
    /// How long after the first message the follow-up comes, such as `3 workdays`.
    pub follow_up: Option<String>,
    /// Some message has the seeker's own wording.
    pub own_words: bool,
    /// The cycles in their order.
    pub cycles: Vec<CycleFigures>,
}

/// A playbook by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaybookName {
    /// Its id.
    pub id: Id,
    /// The coach's own version of it.
    pub version: String,
    /// The hash of its content.
    pub hash: String,
}

/// One cycle in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct CycleFigures {
    /// Its number.
    pub number: u32,
    /// Day 1.
    pub start: Date,
    /// The last day, moved by days away (D10).
    pub end: Date,
    /// Its length in days of the seeker's own.
    pub length: u32,
    /// The cycle day when the bundle was made; 0 before it begins.
    pub day: u32,
    /// The hash of the playbook that it began with.
    pub playbook: String,
    /// The options in use when it began.
    pub in_use: BTreeMap<Id, Id>,
    /// What it compares.
    pub compared: Option<Compared>,
    /// Too few people to split (E2).
    pub practice: bool,
    /// Things that were changed while it ran, against the method's advice (E1).
    pub second_changes: u32,
    /// People on its list.
    pub people: u32,
    /// The day of the first message.
    pub first_sent: Option<Date>,
    /// The day on which everybody written to so far is counted.
    pub settles: Option<Date>,
    /// The day on which the review is due.
    pub review: Option<Date>,
    /// How it was answered.
    pub decided: Option<Decided>,
    /// The day on which the cycle was abandoned.
    pub stopped: Option<Date>,
    /// The figures, by option and by who knows the seeker.
    pub groups: Vec<GroupFigures>,
}

/// The answer to a review, without the sentence of why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The day.
    pub on: Date,
    /// What was decided.
    pub decision: Decision,
    /// The option taken into use.
    pub option: Option<Id>,
}

/// People whose replies are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupFigures {
    /// The baseline or the new option; none where nothing was split.
    pub side: Option<Side>,
    /// They know the seeker.
    pub knows: bool,
    /// Written to, and delivered.
    pub sent: u32,
    /// Those whose window has closed.
    pub counted: u32,
    /// Those still inside it.
    pub waiting: u32,
    /// Answers so far, early ones included.
    pub answered: u32,
    /// Answers among the counted.
    pub hits: u32,
    /// Answers after the window (E6).
    pub late: u32,
    /// Follow-ups that became due.
    pub due: u32,
    /// Those of them that were sent in time.
    pub on_time: u32,
}

impl Bundle {
    /// The cycle of a day: the newest that has begun by then.
    #[must_use]
    pub fn cycle_on(&self, day: Date) -> Option<&CycleFigures> {
        self.cycles.iter().rev().find(|cycle| cycle.start <= day && cycle.stopped.is_none())
    }
}

impl CycleFigures {
    /// A figure over everybody.
    pub(super) fn all(&self, figure: impl Fn(&GroupFigures) -> u32) -> u32 {
        self.groups.iter().map(figure).fold(0, u32::saturating_add)
    }

    /// A figure over one side.
    pub(super) fn of(&self, side: Side, figure: impl Fn(&GroupFigures) -> u32) -> u32 {
        let own = self.groups.iter().filter(|group| group.side == Some(side));
        own.map(figure).fold(0, u32::saturating_add)
    }

    /// Whether both options ran side by side.
    #[must_use]
    pub fn is_split(&self) -> bool {
        self.groups.iter().any(|group| group.side.is_some())
    }

    /// The counts that a comparison inside this cycle rests on: one stratum, or one for those who
    /// know the seeker and one for the others, where their share is more than fifteen points apart
    /// (experiments.md, confounds).
    #[must_use]
    pub fn strata(&self) -> Vec<Stratum> {
        let arm = |side: Side, knows: Option<bool>| {
            let own = self.groups.iter().filter(|group| {
                group.side == Some(side) && knows.is_none_or(|knows| group.knows == knows)
            });
            own.fold(Arm::default(), |sum, group| sum.plus(Arm::new(group.hits, group.counted)))
        };
        let share = |side: Side| {
            let sent = self.of(side, |group| group.sent);
            let known = self.of(side, |group| if group.knows { group.sent } else { 0 });
            (sent > 0).then(|| f64::from(known) / f64::from(sent))
        };
        let segments: &[Option<bool>] = match (share(Side::A), share(Side::B)) {
            (Some(a), Some(b)) if (a - b).abs() > 0.15 => &[Some(true), Some(false)],
            (Some(_) | None, _) => &[None],
        };
        let stratum =
            |knows: &Option<bool>| Stratum::new(arm(Side::A, *knows), arm(Side::B, *knows));
        segments.iter().map(stratum).collect()
    }

    /// The follow-ups of a side.
    #[must_use]
    pub fn follow_ups(&self, side: Side) -> FollowUps {
        FollowUps {
            due: self.of(side, |group| group.due),
            on_time: self.of(side, |group| group.on_time),
        }
    }

    /// What the comparison inside this cycle asks; none where nothing was split.
    #[must_use]
    pub fn question(&self, window_days: u32) -> Option<experiment::Comparison> {
        let compared = self.compared.as_ref().filter(|_| self.is_split())?;
        let mut changed = vec![compared.choice.to_string()];
        changed.extend((0..self.second_changes).map(|_| "another change".to_owned()));
        Some(experiment::Comparison {
            design: Design::Mixed,
            changed,
            strata: self.strata(),
            waiting_a: self.of(Side::A, |group| group.waiting),
            waiting_b: self.of(Side::B, |group| group.waiting),
            window_days,
            planned_looks: compared.looks.unwrap_or(1),
            follow_ups_a: self.follow_ups(Side::A),
            follow_ups_b: self.follow_ups(Side::B),
        })
    }
}
