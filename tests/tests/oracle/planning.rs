//! Tables about what a comparison can show before it starts.

use crate::read::{Computed, count, number};
use fortnight_engine::experiment::{CallRegion, LookPlan, PowerRule, WorstFalseCall};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A kind of comparison: people, looks or people of the other side, and the bits of the bar.
type Kind = (u32, u32, u64);

// Many cases share a kind, and its table of calls is the slow part.
thread_local! {
    static REGIONS: RefCell<BTreeMap<Kind, (CallRegion, CallRegion)>> =
        const { RefCell::new(BTreeMap::new()) };
    static PLANS: RefCell<BTreeMap<Kind, (LookPlan, WorstFalseCall)>> =
        const { RefCell::new(BTreeMap::new()) };
}

pub(crate) fn power_mde(input: &Value) -> Computed {
    let (n_a, n_b, alpha) = (count(input, "n_a")?, count(input, "n_b")?, number(input, "alpha")?);
    let (p_a, p_b) = (number(input, "p_a")?, number(input, "p_b")?);
    let (mid_p, fisher) = REGIONS.with_borrow_mut(|regions| {
        regions
            .entry((n_a, n_b, alpha.to_bits()))
            .or_insert_with(|| {
                let region = |rule| CallRegion::new(n_a, n_b, alpha, rule).expect("few people");
                (region(PowerRule::MidP), region(PowerRule::Fisher))
            })
            .clone()
    });
    let power = mid_p.power(p_a, p_b);
    Ok(json!({
        "power_fisher": fisher.power(p_a, p_b).any,
        "power_midp": power.any,
        "power_midp_wrong_direction": if p_b >= p_a { power.for_a } else { power.for_b },
        "size_fisher": fisher.power(p_a, p_a).any,
        "size_midp": mid_p.power(p_a, p_a).any,
        "mde_up_80_fisher": fisher.smallest_rise(p_a, 0.8),
        "mde_up_80_midp": mid_p.smallest_rise(p_a, 0.8),
        "mde_up_50_midp": mid_p.smallest_rise(p_a, 0.5),
        "mde_down_80_midp": mid_p.largest_fall(p_a, 0.8),
    }))
}

pub(crate) fn looks_threshold(input: &Value) -> Computed {
    let (people, looks) = (count(input, "n_per_arm_per_look")?, count(input, "looks")?);
    let bar = number(input, "per_look_alpha")?;
    let (plan, worst) = PLANS.with_borrow_mut(|plans| {
        plans
            .entry((people, looks, bar.to_bits()))
            .or_insert_with(|| {
                let plan = LookPlan::new(people, looks, bar).expect("few people");
                let worst = plan.worst_false_call();
                (plan, worst)
            })
            .clone()
    });
    let by_look = plan.call_by_look(number(input, "p_a")?, number(input, "p_b")?);
    Ok(json!({
        "call_any": by_look.last(),
        "call_by_look": by_look,
        "max_false_call_over_p": worst.chance,
        "worst_p": worst.rate,
    }))
}
