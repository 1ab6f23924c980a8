//! A comparison that is looked at more than once.

use super::power::{CallRegion, PowerRule, binomial};

/// The bar for the p-value at every look when `planned` looks were declared before the first one:
/// 0.05, and the per-look levels of S. J. Pocock (1977) for 2, 3 and 4. They keep the chance of a
/// false call over all looks at 5 %. More than four looks get 0.05 divided by their number, which
/// is stricter than needed; none declared counts as one.
#[must_use]
pub fn looks_bar(planned: u32) -> f64 {
    match planned {
        0 | 1 => 0.05,
        2 => 0.0294,
        3 => 0.0221,
        4 => 0.0182,
        more => 0.05 / f64::from(more),
    }
}

/// A pair of options that is looked at after every cycle, with the same number of new people on
/// each side each time; a call is made at the first look whose mid-p is at most the bar.
#[derive(Debug, Clone, PartialEq)]
pub struct LookPlan {
    people: u32,
    regions: Vec<CallRegion>,
}

/// The largest chance of a false call, and the true rate at which it occurs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorstFalseCall {
    /// The chance of a call at any look although both rates are the same.
    pub chance: f64,
    /// That rate.
    pub rate: f64,
}

/// With more people a side in all than this the sums would take too long.
const MOST_PEOPLE: u32 = 400;
/// The true rates among which the worst is sought.
const RATES: [f64; 11] = [0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

impl LookPlan {
    /// `looks` looks with `people` new people a side each, held against `bar`; `None` without people,
    /// and with more than 400 a side in all.
    ///
    /// ```
    /// use fortnight_engine::experiment::{LookPlan, looks_bar};
    ///
    /// let four_bars = LookPlan::new(14, 4, looks_bar(4)).unwrap();
    /// assert!(four_bars.worst_false_call().chance < 0.05);
    /// let careless = LookPlan::new(14, 4, 0.05).unwrap();
    /// assert!(careless.worst_false_call().chance > 0.1);
    /// ```
    #[must_use]
    pub fn new(people: u32, looks: u32, bar: f64) -> Option<Self> {
        if people == 0 || people.checked_mul(looks).is_none_or(|all| all > MOST_PEOPLE) {
            return None;
        }
        let regions = (1..=looks)
            .map(|look| CallRegion::new(people * look, people * look, bar, PowerRule::MidP))
            .collect::<Option<Vec<_>>>()?;
        Some(Self { people, regions })
    }

    /// The chance that a call was made at or before each look, when the true rates are `p_a` and
    /// `p_b`: an exact sum over the lattice of outcomes that were not called yet.
    #[must_use]
    pub fn call_by_look(&self, p_a: f64, p_b: f64) -> Vec<f64> {
        let (law_a, law_b) = (binomial(self.people, p_a), binomial(self.people, p_b));
        let mut lattice = vec![vec![1.0]];
        let mut called = 0.0;
        let mut by_look = Vec::with_capacity(self.regions.len());
        for region in &self.regions {
            lattice = grown(&lattice, &law_a, &law_b);
            called += region.take(&mut lattice);
            by_look.push(called);
        }
        by_look
    }

    /// The largest chance of a false call at any look, over true rates from 2 % to 50 %.
    #[must_use]
    pub fn worst_false_call(&self) -> WorstFalseCall {
        let mut worst = WorstFalseCall { chance: 0.0, rate: RATES[0] };
        for rate in RATES {
            let chance = self.call_by_look(rate, rate).last().copied().unwrap_or(0.0);
            if chance > worst.chance {
                worst = WorstFalseCall { chance, rate };
            }
        }
        worst
    }
}

/// The lattice after new people on both sides: first those of B along the rows, then those of A
/// over them.
fn grown(lattice: &[Vec<f64>], law_a: &[f64], law_b: &[f64]) -> Vec<Vec<f64>> {
    let width = lattice.first().map_or(0, Vec::len) + law_b.len() - 1;
    let mut next = vec![vec![0.0; width]; lattice.len() + law_a.len() - 1];
    let mut wider = vec![0.0; width];
    for (x_a, row) in lattice.iter().enumerate() {
        wider.fill(0.0);
        for (x_b, &chance) in row.iter().enumerate() {
            if chance > 0.0 {
                add_scaled(&mut wider[x_b..], law_b, chance);
            }
        }
        for (more, &chance) in law_a.iter().enumerate() {
            add_scaled(&mut next[x_a + more], &wider, chance);
        }
    }
    next
}

fn add_scaled(into: &mut [f64], list: &[f64], factor: f64) {
    for (slot, value) in into.iter_mut().zip(list) {
        *slot += factor * value;
    }
}
