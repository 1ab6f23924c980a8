//! What came of a rehearsal.

use jiff::civil::{Date, Time};

use crate::experiment::VerdictCode;

/// A rehearsed cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct Rehearsed {
    /// Each day from the first to the last on which something happened, or to the end of the cycle.
    pub days: Vec<Day>,
    /// The last day of the cycle.
    pub end: Date,
    /// The day on which the review was answered; none where the playbook has no review, or it never
    /// came.
    pub reviewed: Option<Date>,
    /// The playbook has a review.
    pub has_review: bool,
    /// The day on which everybody messaged is counted.
    pub settles: Option<Date>,
    /// People who got a message.
    pub messaged: u32,
    /// People who answered within the days that were rehearsed.
    pub replied: u32,
    /// Talks that were held.
    pub talks: u32,
    /// What may be said at the end, where something is compared.
    pub verdict: Option<VerdictCode>,
    /// People on the side of the baseline and of the new option, where the list was split.
    pub sides: Option<(u32, u32)>,
    /// What gets in each other's way, in the order of the days.
    pub collisions: Vec<Collision>,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which one.
    pub date: Date,
    /// The day of the cycle, from 1.
    pub number: u32,
    /// The plan works on it.
    pub workday: bool,
    /// What was done, in the order of the playbook.
    pub work: Vec<Work>,
    /// Minutes of effort in all.
    pub minutes: u32,
    /// Answers that came.
    pub replies: u32,
    /// Open tasks that were put off.
    pub put_off: u32,
}

/// Tasks of one step that were done on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The position of the step.
    pub step: usize,
    /// How many tasks.
    pub tasks: u32,
    /// Minutes of effort in all.
    pub minutes: u32,
    /// How many of them were overdue.
    pub late: u32,
}

/// Something that gets in the way of something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Collision {
    /// More minutes than a day is meant to have.
    FullDay {
        /// The day.
        date: Date,
        /// Its minutes.
        minutes: u32,
    },
    /// Appointments at the same time.
    SameTime {
        /// The day.
        date: Date,
        /// The time.
        time: Time,
        /// How many.
        talks: u32,
    },
    /// Tasks done after their deadline.
    Late {
        /// The step.
        step: usize,
        /// The day.
        date: Date,
        /// How many.
        tasks: u32,
    },
    /// Tasks that were due when the cycle ended, and never done.
    LeftOver {
        /// The step.
        step: usize,
        /// How many.
        tasks: u32,
    },
    /// Messages that could not be made ready with the playbook's examples.
    NotReady {
        /// The step.
        step: usize,
        /// How many.
        tasks: u32,
    },
    /// People who joined after the list had closed, and count in no comparison (E4).
    NotCounted {
        /// How many.
        people: u32,
    },
    /// The review came after the last day of the cycle, or not at all.
    LateReview {
        /// The day.
        on: Option<Date>,
    },
}

impl Rehearsed {
    /// True where the review could be answered on or before the last day of the cycle; a playbook
    /// without a review is always in time.
    #[must_use]
    pub fn on_time(&self) -> bool {
        !self.has_review || self.reviewed.is_some_and(|on| on <= self.end)
    }

    /// The minutes of all days.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.days.iter().map(|day| day.minutes).fold(0, u32::saturating_add)
    }

    /// The day with most minutes.
    #[must_use]
    pub fn busiest(&self) -> Option<&Day> {
        self.days.iter().rev().max_by_key(|day| day.minutes)
    }
}
