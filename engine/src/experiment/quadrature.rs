//! Integrals and roots of smooth functions.
//!
//! Knows three standard methods and nothing of statistics: the rule of Gauss and Legendre for
//! smooth integrands, the double-exponential rule of H. Takahasi and M. Mori (1974) for those with
//! infinite slopes at the ends, and false position with the Illinois change for roots.

/// Nodes and weights of the rule of Gauss and Legendre with `order` points on 0 to 1.
pub(super) fn gauss_legendre(order: u32) -> Vec<(f64, f64)> {
    let n = f64::from(order);
    (0..order)
        .map(|index| {
            let mut x = (std::f64::consts::PI * (f64::from(index) + 0.75) / (n + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (value, derivative) = legendre(order, x);
                slope = derivative;
                let step = value / derivative;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            (f64::midpoint(1.0, -x), 1.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// The Legendre polynomial of this order at `x`, and its derivative.
fn legendre(order: u32, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for degree in 2..=order {
        let degree = f64::from(degree);
        (before, value) =
            (value, ((2.0 * degree - 1.0) * x * value - (degree - 1.0) * before) / degree);
    }
    let n = f64::from(order);
    (value, n * (x * value - before) / (x * x - 1.0))
}

/// A point between two ends, by its distances from both: next to an end, one of them is all that
/// is left of the point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    pub(super) from_low: f64,
    pub(super) from_high: f64,
}

/// Points and weights of the double-exponential rule on an interval of length 1.
pub(super) fn double_exponential() -> Vec<(Between, f64)> {
    const STEP: f64 = 1.0 / 12.0;
    const REACH: i32 = 45;
    (-REACH..=REACH)
        .map(|index| {
            let t = f64::from(index) * STEP;
            let u = std::f64::consts::FRAC_PI_2 * t.sinh();
            // The distances are 1 / (1 + e^∓2u).
            let from_low = 1.0 / (1.0 + (-2.0 * u).exp());
            let from_high = 1.0 / (1.0 + (2.0 * u).exp());
            let weight = STEP * std::f64::consts::PI * t.cosh() * from_low * from_high;
            (Between { from_low, from_high }, weight)
        })
        .collect()
}

/// Where `function`, which rises from below 0 at `low` to above 0 at `high`, passes zero.
pub(super) fn rising_root(mut low: f64, mut high: f64, function: impl Fn(f64) -> f64) -> f64 {
    let (mut at_low, mut at_high) = (function(low), function(high));
    if at_low >= 0.0 {
        return low;
    }
    if at_high <= 0.0 {
        return high;
    }
    for round in 0..200 {
        // Every third round halves, so that a flat function cannot stall the search.
        let guess = if round % 3 == 2 {
            f64::midpoint(low, high)
        } else {
            low + (high - low) * (at_low / (at_low - at_high))
        };
        let value = function(guess);
        if value < 0.0 {
            (low, at_low) = (guess, value);
            at_high *= 0.5;
        } else {
            (high, at_high) = (guess, value);
            at_low *= 0.5;
        }
        if value == 0.0 || high - low <= 1e-13 * high.abs().max(low.abs()).max(1e-3) {
            return guess;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_is_integrated_exactly() {
        let sum: f64 = gauss_legendre(8).iter().map(|(x, weight)| weight * x.powi(15)).sum();
        assert!((sum - 1.0 / 16.0).abs() < 1e-15, "{sum}");
    }

    #[test]
    fn infinite_slopes_at_the_ends_do_no_harm() {
        let sum: f64 = double_exponential()
            .iter()
            .map(|(at, weight)| weight / (at.from_low * at.from_high).sqrt())
            .sum();
        assert!((sum - std::f64::consts::PI).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn a_root_is_found_to_all_digits() {
        let root = rising_root(0.0, 2.0, |x| x * x - 2.0);
        assert!((root - std::f64::consts::SQRT_2).abs() < 1e-13, "{root}");
    }
}
