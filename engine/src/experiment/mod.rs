//! What may be said about thirty people: estimates, intervals, exact tests, and the rules that
//! turn them into a verdict.
//!
//! Knows counts (how many people, how many of them replied), days and seeds, and the statistics
//! that belong to them. It must not know playbooks, plans, people's names, dates of a calendar or
//! how anything is laid out: everything here is a pure function from numbers to numbers, and from
//! numbers to the sentence that is true of them.
//!
//! Three conventions hold everywhere:
//!
//! - **A is the baseline, B the new option.** Differences are B minus A, ratios B over A.
//! - `alpha` is two-sided: 0.05 stands for a 95 % interval. It is kept within `1e-12..=0.99`.
//! - Nobody counted is not 0 %: an estimate that does not exist is `None`, and its interval is
//!   everything that was possible before anybody was asked.
//!
//! Counts are `u32`. Sums of them, and every product in the formulas, then stay exact or far
//! inside the range of `f64`, and every loop ends: that is how inputs are bounded.

mod arm;
mod assignment;
mod evidence;
mod fisher;
mod headline;
mod interval;
mod jeffreys;
mod kaplan_meier;
mod looks;
mod mantel_haenszel;
mod mass;
mod maturity;
mod newcombe;
mod partial_pooling;
mod planning;
mod poisson;
mod posterior;
mod power;
mod quadrature;
mod random_effects;
mod rate_ratio;
mod special;
mod status;
mod stratified;
mod suppression;
mod trend;
mod verdict;
mod wilson;

#[cfg(test)]
mod tests;

pub use arm::{Arm, Side, Stratum};
pub use assignment::{Joiner, Member, assign};
pub use evidence::{EVIDENCE_PRIOR, Evidence, evidence};
pub use fisher::{FisherTest, fisher};
pub use headline::{Headline, NextMove, Titles, headline};
pub use interval::Interval;
pub use jeffreys::{JeffreysInterval, jeffreys};
pub use kaplan_meier::{CurveRule, ReplyCurve, Watched, kaplan_meier};
pub use looks::{LookPlan, WorstFalseCall, looks_bar};
pub use mantel_haenszel::{MantelHaenszel, OddsRatio, PooledDifference, mantel_haenszel};
pub use maturity::{Contact, Maturity, Windows, maturity};
pub use newcombe::{Difference, agresti_caffo, mover_jeffreys, newcombe};
pub use partial_pooling::{PartialPooling, partial_pooling};
pub use planning::{planning_sentence, smallest_clear_rise, what_would_show};
pub use poisson::{DAYS_OF_A_RATE, Exposure, Rate, poisson_rate};
pub use posterior::{Prior, Superiority, credible_difference, exceeds_by, superiority};
pub use power::{CallRegion, MOST_FOR_EXACT_POWER, Power, PowerRule};
pub use random_effects::{PooledEffect, RandomEffects, random_effects};
pub use rate_ratio::{RateRatio, rate_ratio};
pub use status::Status;
pub use stratified::{StratifiedTest, stratified_exact};
pub use suppression::{Disclosure, DisclosureRule, Group, rounded_to_tens, suppress};
pub use trend::{TrendTest, trend_exact};
pub use verdict::{Comparison, Design, FollowUps, Verdict, VerdictCode, verdict};
pub use wilson::{Proportion, wilson};
