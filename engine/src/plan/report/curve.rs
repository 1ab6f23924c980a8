//! The reply curve: which share had answered after so many days, people inside their window
//! included (experiments.md, measures). It carries no verdict and knows no sides.

use crate::experiment::{Status, Watched, kaplan_meier};
use crate::plan::metric;
use crate::plan::situation::Situation;

/// Days beyond which no window is drawn.
const LONGEST_WINDOW: u32 = 60;

/// The reply curve of all cycles together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplyCurves {
    /// The reply window in days.
    pub window_days: u32,
    /// People written to who count.
    pub people: usize,
    /// Those of them still inside their window.
    pub waiting: usize,
    /// Replies within the window.
    pub replies: usize,
    /// Day by day, from the day of the message to the end of the window.
    pub points: Vec<CurvePoint>,
}

/// The curve on one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Days since the first message.
    pub day: u32,
    /// The share of people who had answered by then; none where nobody was watched for so long.
    pub replied: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// People watched up to this day at least.
    pub watched: usize,
}

/// The curve over everybody who counts in the measure that decides; empty without such people.
pub fn reply_curve(situation: &Situation<'_>) -> ReplyCurves {
    let decides = situation.playbook.cycle.decided_by.as_deref();
    let Some(metric) = decides.and_then(|id| situation.playbook.metric(id)) else {
        return ReplyCurves::default();
    };
    let Some(window_days) = metric::window_days(metric).filter(|days| *days > 0) else {
        return ReplyCurves::default();
    };
    let today = situation.today();
    let cycles = situation.state.cycles.values();
    let people: Vec<Watched> =
        cycles.flat_map(|cycle| metric::watched(situation, cycle, metric, today)).collect();
    let window = f64::from(window_days);
    let points = (0..=window_days.min(LONGEST_WINDOW)).map(|day| {
        let seen = kaplan_meier(&people, f64::from(day), 0.05);
        // Where nobody was watched for so long, the estimate is a lower limit and no share.
        let known = !matches!(seen.status, Status::NotReached | Status::NoData);
        CurvePoint {
            day,
            replied: seen.replied_by.filter(|_| known),
            low: seen.interval.low,
            high: seen.interval.high,
            watched: seen.at_risk,
        }
    });
    ReplyCurves {
        window_days,
        people: people.len(),
        waiting: people.iter().filter(|one| !one.replied && one.days < window).count(),
        replies: people.iter().filter(|one| one.replied && one.days <= window).count(),
        points: if people.is_empty() { Vec::new() } else { points.collect() },
    }
}
