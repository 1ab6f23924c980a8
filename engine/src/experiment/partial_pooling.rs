//! How each client (or each cycle) is doing, when each has few people.

use super::Arm;
use super::quadrature::gauss_legendre;
use super::special::ln_gamma;

/// Rates that lean on each other.
#[derive(Debug, Clone, PartialEq)]
pub struct PartialPooling {
    /// The posterior mean of the rate over all units.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
    /// The posterior mean of the correlation within a unit: 0 when units are alike, 1 when each is
    /// all or nothing.
    pub correlation: f64,
    /// The rate of each unit, drawn towards the mean as far as its few people warrant.
    pub rates: Vec<f64>,
}

/// Points of the quadrature in each direction.
const ORDER: u32 = 64;
/// Points in each direction while the part that matters is looked for.
const ROUGH_ORDER: u32 = 32;
/// Up to this number, factors are multiplied one by one.
const ONE_BY_ONE: u32 = 256;
/// What is this much below the highest log-density adds nothing that is seen.
const NEGLIGIBLE: f64 = 32.0;

/// The hierarchical beta-binomial model (A. Gelman and others, *Bayesian Data Analysis*, chapter
/// 5): a unit's rate is Beta(μκ, (1 − μ)κ), with μ uniform and ρ = 1 / (1 + κ) from Beta(1, 9), which
/// expects a correlation of 0.1 within a unit. The posterior is integrated over μ = sin² θ and
/// ρ = u³, where it is smooth, and again over the part of the square where it is not negligible.
/// A unit without people gets the mean.
///
/// ```
/// use fortnight_engine::experiment::{Arm, partial_pooling};
///
/// let clients = [Arm::new(0, 5), Arm::new(6, 28), Arm::new(9, 28)];
/// let pooled = partial_pooling(&clients);
/// assert!(pooled.rates[0] > 0.05 && pooled.rates[0] < 0.2);
/// ```
#[must_use]
pub fn partial_pooling(units: &[Arm]) -> PartialPooling {
    let likelihood = Likelihood::of(units);
    let rough = gauss_legendre(ROUGH_ORDER);
    let mut square = Square { theta: (0.0, std::f64::consts::FRAC_PI_2), u: (0.0, 1.0) };
    for _ in 0..8 {
        let closer = square.worth_while(&square.points(&rough, &likelihood));
        let is_found = closer.area() > 0.8 * square.area();
        square = closer;
        if is_found {
            break;
        }
    }
    summary(units, &square.points(&gauss_legendre(ORDER), &likelihood))
}

fn summary(units: &[Arm], points: &[Point]) -> PartialPooling {
    let highest = points.iter().map(|point| point.ln_density).fold(f64::NEG_INFINITY, f64::max);
    let (mut total, mut mean, mut square, mut correlation) = (0.0, 0.0, 0.0, 0.0);
    let mut rates = vec![0.0; units.len()];
    for point in points {
        let weight = point.weight * (point.ln_density - highest).exp();
        total += weight;
        mean += weight * point.mu;
        square += weight * point.mu * point.mu;
        correlation += weight * point.rho;
        for (rate, unit) in rates.iter_mut().zip(units) {
            let pulled = unit.x() * point.rho + point.mu * (1.0 - point.rho);
            *rate += weight * pulled / (unit.n() * point.rho + 1.0 - point.rho);
        }
    }
    for value in rates.iter_mut().chain([&mut mean, &mut square, &mut correlation]) {
        *value /= total;
    }
    PartialPooling { mean, deviation: (square - mean * mean).max(0.0).sqrt(), correlation, rates }
}

#[derive(Debug, Clone, Copy)]
struct Point {
    theta: f64,
    u: f64,
    mu: f64,
    rho: f64,
    weight: f64,
    /// Prior times likelihood.
    ln_density: f64,
}

#[derive(Debug, Clone, Copy)]
struct Square {
    theta: (f64, f64),
    u: (f64, f64),
}

impl Square {
    fn area(self) -> f64 {
        (self.theta.1 - self.theta.0) * (self.u.1 - self.u.0)
    }

    fn points(self, rule: &[(f64, f64)], likelihood: &Likelihood) -> Vec<Point> {
        let mut points = Vec::with_capacity(rule.len() * rule.len());
        for &(x, weight_x) in rule {
            let theta = self.theta.0 + (self.theta.1 - self.theta.0) * x;
            let (sine, cosine) = theta.sin_cos();
            for &(y, weight_y) in rule {
                let u = self.u.0 + (self.u.1 - self.u.0) * y;
                let rho = u * u * u;
                let prior = 2.0 * sine * cosine * 3.0 * u * u * 9.0 * (1.0 - rho).powi(8);
                points.push(Point {
                    theta,
                    u,
                    mu: sine * sine,
                    rho,
                    weight: weight_x * weight_y,
                    ln_density: prior.ln() + likelihood.ln_at(sine * sine, cosine * cosine, rho),
                });
            }
        }
        points
    }

    /// The smallest square around the points that are not negligible, with a margin.
    fn worth_while(self, points: &[Point]) -> Self {
        let highest = points.iter().map(|point| point.ln_density).fold(f64::NEG_INFINITY, f64::max);
        let kept = points.iter().filter(|point| point.ln_density > highest - NEGLIGIBLE);
        let (mut theta, mut u) = ((f64::MAX, f64::MIN), (f64::MAX, f64::MIN));
        for point in kept {
            theta = (theta.0.min(point.theta), theta.1.max(point.theta));
            u = (u.0.min(point.u), u.1.max(point.u));
        }
        // The widest gap between neighbouring points of the rule.
        let margin = |range: (f64, f64)| (range.1 - range.0) * 2.5 / f64::from(ROUGH_ORDER);
        let widened = |inner: (f64, f64), outer: (f64, f64)| {
            let margin = margin(outer);
            ((inner.0 - margin).max(outer.0), (inner.1 + margin).min(outer.1))
        };
        Self { theta: widened(theta, self.theta), u: widened(u, self.u) }
    }
}

/// The beta-binomial likelihood of all units. With ρ it is a product of
/// `μ(1 − ρ) + iρ` over successes, the same with 1 − μ over failures, divided by `1 − ρ + iρ` over
/// people; each factor is counted once for all units that have it.
#[derive(Debug)]
struct Likelihood {
    successes: Factors,
    failures: Factors,
    people: Factors,
}

impl Likelihood {
    fn of(units: &[Arm]) -> Self {
        Self {
            successes: Factors::of(units.iter().map(|unit| unit.bounded().successes)),
            failures: Factors::of(units.iter().map(|unit| unit.mirrored().successes)),
            people: Factors::of(units.iter().map(|unit| unit.trials)),
        }
    }

    fn ln_at(&self, mu: f64, rest: f64, rho: f64) -> f64 {
        self.successes.ln_product(mu * (1.0 - rho), rho)
            + self.failures.ln_product(rest * (1.0 - rho), rho)
            - self.people.ln_product(1.0 - rho, rho)
    }
}

/// How often each factor `start + i step` occurs.
#[derive(Debug)]
struct Factors {
    /// For i from 0 on.
    times: Vec<f64>,
    /// Counts beyond [`ONE_BY_ONE`].
    long: Vec<f64>,
}

impl Factors {
    fn of(counts: impl Iterator<Item = u32>) -> Self {
        let (mut times, mut long) = (Vec::new(), Vec::new());
        for count in counts {
            if count > ONE_BY_ONE {
                long.push(f64::from(count));
            }
            let short = usize::try_from(count.min(ONE_BY_ONE)).unwrap_or_default();
            if times.len() < short {
                times.resize(short, 0.0);
            }
            for time in times.iter_mut().take(short) {
                *time += 1.0;
            }
        }
        Self { times, long }
    }

    fn ln_product(&self, start: f64, step: f64) -> f64 {
        let (mut sum, mut factor) = (0.0, start);
        for times in &self.times {
            sum += times * factor.ln();
            factor += step;
        }
        let first = f64::from(ONE_BY_ONE);
        for &count in &self.long {
            let base = start / step;
            sum += (count - first) * step.ln() + ln_gamma(base + count) - ln_gamma(base + first);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_people_the_prior_is_left() {
        let got = partial_pooling(&[Arm::new(0, 0)]);
        assert!((got.mean - 0.5).abs() < 1e-9 && (got.correlation - 0.1).abs() < 1e-9, "{got:?}");
        assert!((got.rates[0] - 0.5).abs() < 1e-9);
    }

    #[test]
    fn many_people_are_believed() {
        let got = partial_pooling(&[Arm::new(3_000, 10_000), Arm::new(1_000, 10_000)]);
        assert!((got.rates[0] - 0.3).abs() < 1e-3 && (got.rates[1] - 0.1).abs() < 1e-3, "{got:?}");
    }

    #[test]
    fn extremes_stay_within_bounds() {
        let units = [Arm::new(u32::MAX, u32::MAX), Arm::new(0, u32::MAX), Arm::new(0, 0)];
        let got = partial_pooling(&units);
        assert!(got.rates.iter().all(|rate| (0.0..=1.0).contains(rate)), "{got:?}");
    }
}
