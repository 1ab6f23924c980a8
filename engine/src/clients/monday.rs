//! A coach's Monday morning: who needs a word, and why.

use jiff::civil::Date;

use super::{Bundle, CycleFigures};
use crate::experiment::{Arm, Side, Verdict, verdict};

/// Days without any record from which on a word helps.
const IDLE: u32 = 7;
/// With fewer people written to, no answer yet means nothing.
const FEWEST_SENT: u32 = 5;
/// So many days after the first message most answers would have begun to come.
const ANSWERS_BY: i32 = 5;
/// Figures older than this say little about today.
const STALE: i32 = 8;

/// The clients of a coach on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Monday {
    /// How many are in a cycle: it has begun, and its review is not answered.
    pub in_cycle: usize,
    /// The newest day on which one of them handed out figures.
    pub shared: Option<Date>,
    /// Who needs a word, by their place in the list, the most pressing first.
    pub talk: Vec<(usize, Concern)>,
    /// In a cycle, and nothing to say about it.
    pub fine: Vec<usize>,
    /// Between cycles, not begun, or stopped.
    pub resting: Vec<usize>,
}

/// Why somebody needs a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Concern {
    /// The review waits for an answer.
    Decision(Box<Open>),
    /// Nothing was recorded.
    Idle {
        /// For so many days of the client's own.
        days: u32,
        /// In this cycle.
        cycle: u32,
        /// On this day of it.
        day: u32,
    },
    /// Many were written to and nobody answered.
    NoReply {
        /// How many.
        sent: u32,
        /// The day from which on something can be said.
        first_call: Option<Date>,
    },
    /// The figures are old.
    Silent {
        /// The day on which they were handed out.
        shared: Date,
    },
}

/// A decision that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Since when.
    pub since: Date,
    /// What may be said, where two options ran side by side.
    pub verdict: Option<Verdict>,
    /// Everybody counted, where nothing was split.
    pub all: Arm,
}

/// Looks at what clients handed out, as of `today`. What happened after a client handed it out
/// is not known, and nothing is claimed about it.
#[must_use]
pub fn monday(clients: &[&Bundle], today: Date) -> Monday {
    let mut monday = Monday {
        in_cycle: 0,
        shared: clients.iter().map(|bundle| bundle.day).max(),
        talk: Vec::new(),
        fine: Vec::new(),
        resting: Vec::new(),
    };
    for (place, bundle) in clients.iter().enumerate() {
        let cycle = bundle.cycle_on(today).filter(|cycle| cycle.decided.is_none());
        let Some(cycle) = cycle.filter(|_| bundle.stopped.is_none()) else {
            monday.resting.push(place);
            continue;
        };
        monday.in_cycle += 1;
        match concern(bundle, cycle, today) {
            Some(concern) => monday.talk.push((place, concern)),
            None => monday.fine.push(place),
        }
    }
    // A stable sort: who is equally pressing stays in the order of the list.
    monday.talk.sort_by_key(|(_, concern)| pressing(concern));
    monday
}

fn concern(bundle: &Bundle, cycle: &CycleFigures, today: Date) -> Option<Concern> {
    if let Some(since) = cycle.review.filter(|review| *review <= bundle.day) {
        return Some(Concern::Decision(Box::new(Open {
            since,
            verdict: cycle.question(bundle.window_days).map(|question| verdict(&question)),
            all: Arm::new(cycle.all(|group| group.hits), cycle.all(|group| group.counted)),
        })));
    }
    let began = cycle.start <= bundle.day;
    if began && bundle.day <= cycle.end && bundle.idle_days >= IDLE {
        let Bundle { idle_days: days, .. } = *bundle;
        return Some(Concern::Idle { days, cycle: cycle.number, day: cycle.day });
    }
    let sent = cycle.all(|group| group.sent);
    let silent = cycle.all(|group| group.answered.saturating_add(group.late)) == 0;
    let since_first = cycle.first_sent.map_or(0, |first| days(first, bundle.day));
    if silent && sent >= FEWEST_SENT && since_first >= ANSWERS_BY {
        let first_call = cycle.settles.filter(|day| *day > today);
        return Some(Concern::NoReply { sent, first_call });
    }
    (days(bundle.day, today) >= STALE).then_some(Concern::Silent { shared: bundle.day })
}

/// What waits for the client first, then who has gone quiet, then whose messages have; within
/// each, the longest first.
fn pressing(concern: &Concern) -> (u8, i64) {
    let day = |date: Date| i64::from(days(Date::ZERO, date));
    match concern {
        Concern::Decision(open) => (0, day(open.since)),
        Concern::Idle { days, .. } => (1, -i64::from(*days)),
        Concern::NoReply { sent, .. } => (2, -i64::from(*sent)),
        Concern::Silent { shared } => (3, day(*shared)),
    }
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

impl Open {
    /// The counts of the side that did better, then those of the other; none where nothing was
    /// split.
    #[must_use]
    pub fn better_first(&self) -> Option<(Arm, Arm)> {
        let verdict = self.verdict.as_ref()?;
        let (a, b) = (verdict.counted_a, verdict.counted_b);
        Some(if verdict.direction == Some(Side::A) { (a, b) } else { (b, a) })
    }
}
