//! One difference over many clients, each of whom may differ.

use super::special::{chi_square_at_least, critical_t, critical_z};
use super::{Arm, Interval, Status, Stratum};

/// The pooled difference over clients, B minus A.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RandomEffects {
    /// Clients with somebody on both sides.
    pub clients: usize,
    /// The estimates; `None` without a client.
    pub pooled: Option<PooledEffect>,
    /// [`Status::NoData`] without a client, [`Status::Single`] with one.
    pub status: Status,
}

/// The estimates over at least one client.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledEffect {
    /// The mean difference if all clients had the same.
    pub fixed: f64,
    /// Its standard error.
    pub fixed_error: f64,
    /// Cochran's Q.
    pub q: f64,
    /// The chi-square p-value of Q: small when clients differ more than by luck.
    pub q_p: f64,
    /// The variance between clients, in squared proportion units.
    pub between: f64,
    /// The share of the variation that is not luck (I²).
    pub inconsistency: f64,
    /// The mean difference over clients.
    pub estimate: f64,
    /// Its standard error.
    pub error: f64,
    /// The normal interval of the mean.
    pub normal: Interval,
    /// The variance factor of Hartung and Knapp, before it is raised to 1; from two clients on.
    pub knapp_factor: Option<f64>,
    /// The modified interval of Hartung and Knapp, **the one to show**; from two clients on.
    pub interval: Option<Interval>,
    /// Where the difference of a new client is likely to lie; from three clients on (the engine
    /// shows it from five on).
    pub prediction: Option<Interval>,
}

/// Pools the differences of clients after R. `DerSimonian` and N. Laird (1986), with variances from
/// `(x + 1/2) / (n + 1)` on each side, so that nobody's zero replies weigh without end. The
/// interval is that of J. Hartung and G. Knapp (2001) in the modification that never makes it
/// narrower than the normal variance (G. Knapp and J. Hartung, 2003; C. Röver and others, 2015).
/// The prediction interval is that of J. Higgins, S. Thompson and D. Spiegelhalter (2009). Ends are
/// not cut to −1 and 1.
///
/// ```
/// use fortnight_engine::experiment::{Arm, Stratum, random_effects};
///
/// let client = |x_a, x_b| Stratum::new(Arm::new(x_a, 28), Arm::new(x_b, 28));
/// let pooled = random_effects(&[client(3, 8), client(2, 6), client(5, 7)], 0.05).pooled.unwrap();
/// assert!(pooled.estimate > 0.1 && pooled.estimate < 0.2);
/// ```
#[must_use]
pub fn random_effects(clients: &[Stratum], alpha: f64) -> RandomEffects {
    let effects: Vec<Effect> = clients.iter().filter_map(Effect::of).collect();
    let status = match effects.len() {
        0 => Status::NoData,
        1 => Status::Single,
        _ => Status::Ok,
    };
    RandomEffects { clients: effects.len(), pooled: pool(&effects, alpha), status }
}

/// The difference of one client and its variance.
#[derive(Debug, Clone, Copy)]
struct Effect {
    difference: f64,
    variance: f64,
}

impl Effect {
    fn of(client: &Stratum) -> Option<Self> {
        let smooth = |arm: Arm| (arm.x() + 0.5) / (arm.n() + 1.0);
        let variance = |arm: Arm| smooth(arm) * (1.0 - smooth(arm)) / arm.n();
        Some(Self {
            difference: client.b.rate()? - client.a.rate()?,
            variance: variance(client.a) + variance(client.b),
        })
    }
}

/// Mean and standard error with weights `1 / (variance + between)`, and the weighted squares.
fn weighted(effects: &[Effect], between: f64) -> (f64, f64, f64) {
    let weight = |one: &Effect| 1.0 / (one.variance + between);
    let total: f64 = effects.iter().map(weight).sum();
    let mean = effects.iter().map(|one| weight(one) * one.difference).sum::<f64>() / total;
    let squares = effects.iter().map(|one| weight(one) * (one.difference - mean).powi(2)).sum();
    (mean, (1.0 / total).sqrt(), squares)
}

fn pool(effects: &[Effect], alpha: f64) -> Option<PooledEffect> {
    if effects.is_empty() {
        return None;
    }
    let freedom = f64::from(u32::try_from(effects.len() - 1).unwrap_or(u32::MAX));
    let (fixed, fixed_error, q) = weighted(effects, 0.0);
    let total: f64 = effects.iter().map(|one| 1.0 / one.variance).sum();
    let squares: f64 = effects.iter().map(|one| one.variance.powi(-2)).sum();
    let spread = total - squares / total;
    let between = if freedom > 0.0 { ((q - freedom) / spread).max(0.0) } else { 0.0 };
    let (estimate, error, knapp_squares) = weighted(effects, between);
    let around = |half: f64| Interval { low: estimate - half, high: estimate + half };
    let knapp_factor = (freedom > 0.0).then(|| knapp_squares / freedom);
    Some(PooledEffect {
        fixed,
        fixed_error,
        q,
        q_p: if freedom > 0.0 { chi_square_at_least(q, freedom) } else { 1.0 },
        between,
        inconsistency: if q > 0.0 { ((q - freedom) / q).max(0.0) } else { 0.0 },
        estimate,
        error,
        normal: around(critical_z(alpha) * error),
        knapp_factor,
        interval: knapp_factor
            .map(|factor| around(critical_t(alpha, freedom) * error * factor.max(1.0).sqrt())),
        prediction: (freedom > 1.0)
            .then(|| around(critical_t(alpha, freedom - 1.0) * error.hypot(between.sqrt()))),
    })
}
