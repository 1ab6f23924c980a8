//! The share of replies by a day, while some people are still inside their window.

use super::special::{bounded_alpha, critical_z};
use super::{Interval, Status};

/// One person of a reply curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Watched {
    /// Days from the first message to the first reply, or, without a reply, to the day up to which
    /// the person was watched.
    pub days: f64,
    /// Whether the person replied at that time.
    pub replied: bool,
}

/// Where the interval of a reply curve comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveRule {
    /// Nobody was watched.
    Nothing,
    /// The log-log interval.
    LogLog,
    /// No reply: the exact upper limit for as many people as were at risk on the day.
    ExactUpper,
    /// All who were still watched had replied: the exact lower limit for everybody.
    ExactLower,
    /// Nobody was watched up to the day: nothing is known above.
    OpenAbove,
}

impl CurveRule {
    /// The name used in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::LogLog => "log-log",
            Self::ExactUpper => "exact upper bound with n = at risk on day d",
            Self::ExactLower => "exact lower bound with n = all contacts",
            Self::OpenAbove => "upper bound 1: nobody has been watched to day d",
        }
    }
}

/// The estimate of a reply curve at one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReplyCurve {
    /// The probability of a reply by the day; `None` without people. With
    /// [`Status::NotReached`] it is a lower limit only, and no rate must be shown.
    pub replied_by: Option<f64>,
    /// The probability of no reply by the day.
    pub survival: Option<f64>,
    /// Greenwood's sum; `None` without people, or when it is infinite.
    pub greenwood: Option<f64>,
    /// The standard error of [`survival`](Self::survival).
    pub standard_error: Option<f64>,
    /// The log-log interval, where it exists.
    pub log_log: Option<Interval>,
    /// The interval to show.
    pub interval: Interval,
    /// Where [`interval`](Self::interval) comes from.
    pub rule: CurveRule,
    /// Everybody.
    pub people: usize,
    /// People watched up to the day at least, those who reply on it included.
    pub at_risk: usize,
    /// Replies up to the day, those on it included.
    pub replies: usize,
    /// What the estimate rests on.
    pub status: Status,
}

/// The estimate of E. L. Kaplan and P. Meier (1958) with the standard error of M. Greenwood (1926)
/// and the log-log interval of J. D. Kalbfleisch and R. L. Prentice (1980), turned around: it speaks
/// of replies, not of survival. On one day replies come before the end of watching, and a reply on
/// `day` counts.
///
/// ```
/// use fortnight_engine::experiment::{Watched, kaplan_meier};
///
/// let people: Vec<Watched> = [(2.0, true), (3.0, false), (9.0, false), (9.0, false)]
///     .map(|(days, replied)| Watched { days, replied })
///     .to_vec();
/// assert_eq!(kaplan_meier(&people, 9.0, 0.05).replied_by, Some(0.25));
/// ```
#[must_use]
pub fn kaplan_meier(people: &[Watched], day: f64, alpha: f64) -> ReplyCurve {
    let mut sorted: Vec<Watched> =
        people.iter().copied().filter(|one| !one.days.is_nan()).collect();
    sorted.sort_by(|one, other| one.days.total_cmp(&other.days));
    let at_risk = sorted.iter().filter(|one| one.days >= day).count();
    let replies = sorted.iter().filter(|one| one.replied && one.days <= day).count();
    let Steps { survival, greenwood } = steps(&sorted, day);
    let watched_to_day = sorted.iter().any(|one| one.days >= day);
    let status = if sorted.is_empty() {
        Status::NoData
    } else if survival <= 0.0 {
        Status::AllReplied
    } else if !watched_to_day {
        Status::NotReached
    } else if replies == 0 {
        Status::NoEvents
    } else {
        Status::Ok
    };
    let log_log = greenwood
        .filter(|sum| *sum > 0.0 && survival > 0.0)
        .map(|sum| log_log(survival, sum, critical_z(alpha)));
    let half_alpha = bounded_alpha(alpha) / 2.0;
    let (interval, rule) = match status {
        Status::AllReplied => {
            let low = half_alpha.powf(1.0 / whole(sorted.len()));
            (Interval { low, high: 1.0 }, CurveRule::ExactLower)
        }
        Status::NotReached => {
            let low = log_log.map_or(0.0, |one| one.low);
            (Interval { low, high: 1.0 }, CurveRule::OpenAbove)
        }
        Status::NoEvents => {
            let high = -(half_alpha.ln() / whole(at_risk)).exp_m1();
            (Interval { low: 0.0, high }, CurveRule::ExactUpper)
        }
        Status::Ok => (log_log.unwrap_or(Interval::PROPORTION), CurveRule::LogLog),
        Status::NoData
        | Status::NoVariation
        | Status::Boundary
        | Status::Single
        | Status::EventsWithoutExposure => (Interval::PROPORTION, CurveRule::Nothing),
    };
    let somebody = !sorted.is_empty();
    ReplyCurve {
        replied_by: somebody.then_some(1.0 - survival),
        survival: somebody.then_some(survival),
        greenwood: greenwood.filter(|_| somebody),
        standard_error: somebody.then(|| greenwood.map_or(0.0, |sum| survival * sum.sqrt())),
        log_log,
        interval,
        rule,
        people: sorted.len(),
        at_risk,
        replies,
        status,
    }
}

struct Steps {
    survival: f64,
    /// `None` when a step left nobody, so that the sum is infinite.
    greenwood: Option<f64>,
}

/// The curve up to `day`, over people sorted by time.
fn steps(sorted: &[Watched], day: f64) -> Steps {
    let mut steps = Steps { survival: 1.0, greenwood: Some(0.0) };
    let mut rest = sorted;
    while let Some(first) = rest.first().filter(|one| one.days <= day) {
        let same = rest.iter().take_while(|one| one.days <= first.days);
        let (ended, replied) =
            same.fold((0, 0), |sum, one| (sum.0 + 1, sum.1 + usize::from(one.replied)));
        let (here, gone) = (whole(rest.len()), whole(replied));
        if replied > 0 {
            steps.survival *= (here - gone) / here;
            steps.greenwood = steps
                .greenwood
                .filter(|_| replied < rest.len())
                .map(|sum| sum + gone / (here * (here - gone)));
        }
        rest = rest.get(ended..).unwrap_or_default();
    }
    steps
}

fn log_log(survival: f64, greenwood: f64, z: f64) -> Interval {
    let power = (z * greenwood.sqrt() / survival.ln()).exp();
    // S to a power is 1 less the reply probability; `exp_m1` keeps the digits of small ones.
    let replied = |power: f64| -(power * survival.ln()).exp_m1();
    Interval { low: replied(power), high: replied(1.0 / power) }
}

/// A number of people as a real number; beyond 2⁵³ of them the last digits would go.
fn whole(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(list: &[(f64, bool)]) -> Vec<Watched> {
        list.iter().map(|&(days, replied)| Watched { days, replied }).collect()
    }

    #[track_caller]
    fn check(list: &[(f64, bool)], expected: (Status, f64, f64)) {
        let got = kaplan_meier(&people(list), 14.0, 0.05);
        assert_eq!(got.status, expected.0, "{got:?}");
        assert!((got.interval.low - expected.1).abs() < 1e-12, "{got:?}");
        assert!((got.interval.high - expected.2).abs() < 1e-12, "{got:?}");
    }

    #[test]
    fn each_fall_back_has_its_own_interval() {
        check(&[], (Status::NoData, 0.0, 1.0));
        check(&[(3.0, false); 28], (Status::NotReached, 0.0, 1.0));
        check(&[(2.0, true); 5], (Status::AllReplied, 0.478_176_249_895_018_5, 1.0));
        check(&[(1.0, true)], (Status::AllReplied, 0.025, 1.0));
    }

    #[test]
    fn a_reply_on_the_day_counts_and_one_after_it_does_not() {
        let by_day = |days| kaplan_meier(&people(&[(days, true), (20.0, false)]), 14.0, 0.05);
        assert_eq!(by_day(14.0).replies, 1);
        assert_eq!(by_day(14.1).replies, 0);
    }

    #[test]
    fn days_that_are_no_numbers_are_left_out() {
        assert_eq!(kaplan_meier(&people(&[(f64::NAN, true)]), 14.0, 0.05).status, Status::NoData);
    }
}
