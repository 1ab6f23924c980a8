//! Evidence that may be looked at after every block.

use super::{Arm, Stratum};

/// The evidence against "no difference" over a run of blocks.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The natural logarithm of the e-value after each block.
    pub ln_path: Vec<f64>,
    /// The logarithm after the last block; 0 without blocks.
    pub ln_last: f64,
    /// A p-value that holds however often one looked and whenever one stopped.
    pub anytime_p: f64,
}

impl Evidence {
    /// The e-value after the last block; infinite beyond 10³⁰⁸.
    #[must_use]
    pub fn e_value(&self) -> f64 {
        self.ln_last.exp()
    }
}

/// The prior weight of each outcome that does best against the worst case (Turner and others).
pub const EVIDENCE_PRIOR: f64 = 0.18;

/// The e-process for a 2×2 comparison of R. Turner, A. Ly and P. Grünwald, *Generic E-variables for
/// exact sequential k-sample tests* (2024). Before each block both rates are estimated from the
/// blocks before it, as `(successes + prior) / (trials + 2 prior)`; the block then multiplies the
/// e-value by its likelihood under these rates over that under their mean. The first block can
/// show nothing. Rejecting at `1 / alpha` is wrong in at most a share alpha of all runs.
///
/// ```
/// use fortnight_engine::experiment::{Arm, EVIDENCE_PRIOR, Stratum, evidence};
///
/// let block = Stratum::new(Arm::new(0, 1), Arm::new(1, 1));
/// assert!(evidence(&[block; 12], EVIDENCE_PRIOR).anytime_p < 1e-6);
/// ```
#[must_use]
pub fn evidence(blocks: &[Stratum], prior: f64) -> Evidence {
    let prior = if prior.is_finite() { prior.clamp(1e-6, 1e6) } else { EVIDENCE_PRIOR };
    let (mut past_a, mut past_b) = ((0.0, 0.0), (0.0, 0.0));
    let (mut ln_e, mut ln_highest) = (0.0, 0.0_f64);
    let mut ln_path = Vec::with_capacity(blocks.len());
    for block in blocks {
        let rate = |past: (f64, f64)| (past.0 + prior) / (past.1 + 2.0 * prior);
        let (rate_a, rate_b) = (rate(past_a), rate(past_b));
        let all = block.a.n() + block.b.n();
        if all > 0.0 {
            let common = (block.a.n() * rate_a + block.b.n() * rate_b) / all;
            ln_e += ln_ratio(block.a, rate_a, common) + ln_ratio(block.b, rate_b, common);
        }
        ln_highest = ln_highest.max(ln_e);
        ln_path.push(ln_e);
        for (past, arm) in [(&mut past_a, block.a), (&mut past_b, block.b)] {
            past.0 += arm.x();
            past.1 += arm.n();
        }
    }
    Evidence { ln_path, ln_last: ln_e, anytime_p: (-ln_highest).exp().min(1.0) }
}

/// The logarithm of the likelihood of an arm under `rate` over that under `common`.
fn ln_ratio(arm: Arm, rate: f64, common: f64) -> f64 {
    arm.x() * (rate / common).ln() + (arm.n() - arm.x()) * ((1.0 - rate) / (1.0 - common)).ln()
}
