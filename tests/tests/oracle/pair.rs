//! Tables about two sides.

use crate::read::{Computed, count, maybe, number, real, stratum, word};
use fortnight_engine::experiment::{self, Difference, Exposure, Prior};
use serde_json::{Value, json};

pub(crate) fn newcombe_diff(input: &Value) -> Computed {
    let (pair, alpha) = (stratum(input)?, number(input, "alpha")?);
    let Difference { estimate, interval, status } = experiment::newcombe(pair, alpha);
    let jeffreys = experiment::mover_jeffreys(pair, alpha).interval;
    let caffo = experiment::agresti_caffo(pair, alpha).interval;
    Ok(json!({
        "diff": estimate,
        "lo": interval.low,
        "hi": interval.high,
        "mover_jeffreys_lo": jeffreys.low,
        "mover_jeffreys_hi": jeffreys.high,
        "agresti_caffo_lo": caffo.low,
        "agresti_caffo_hi": caffo.high,
        "status": status.as_str(),
    }))
}

pub(crate) fn fisher(input: &Value) -> Computed {
    let got = experiment::fisher(stratum(input)?);
    Ok(json!({
        "p_two": got.two_sided,
        "p_less": got.at_most,
        "p_greater": got.at_least,
        "p_obs": got.observed,
        "p_central": got.central,
        "midp_central": got.mid_central,
        "midp_less": got.mid_at_most,
        "midp_greater": got.mid_at_least,
        "midp_minlike": got.mid_two_sided,
        "ln_p_two": got.ln_two_sided,
        "status": got.status.as_str(),
    }))
}

pub(crate) fn beta_binom_pba(input: &Value) -> Computed {
    let pair = stratum(input)?;
    let prior = match word(input, "prior")? {
        "jeffreys" => Prior::Jeffreys,
        "uniform" => Prior::Uniform,
        unknown => return Err(format!("unknown prior `{unknown}`")),
    };
    let got = experiment::superiority(pair, prior);
    Ok(json!({
        "p_b_gt_a": got.b_above_a,
        "p_a_gt_b": got.a_above_b,
        "mean_diff": got.mean_difference,
        "loss_choose_a": got.loss_of_a,
        "loss_choose_b": got.loss_of_b,
        "p_b_gt_a_by_5pp": experiment::exceeds_by(pair, prior, 0.05),
    }))
}

pub(crate) fn diff_credible(input: &Value) -> Computed {
    if word(input, "prior")? != "jeffreys" {
        return Err("credible intervals use Jeffreys' prior".to_owned());
    }
    let got = experiment::credible_difference(stratum(input)?, number(input, "alpha")?);
    Ok(json!({ "lo": got.low, "hi": got.high }))
}

pub(crate) fn gamma_rate_ratio(input: &Value) -> Computed {
    let side = |side: &str| -> Result<Exposure, String> {
        let events = count(input, &format!("events_{side}"))?;
        Ok(Exposure::new(events, number(input, &format!("days_{side}"))?))
    };
    let got = experiment::rate_ratio(side("a")?, side("b")?, number(input, "alpha")?);
    Ok(json!({
        "ratio": maybe(got.estimate),
        "lo": got.interval.low,
        "hi": real(got.interval.high),
        "jeffreys_lo": got.jeffreys.low,
        "jeffreys_hi": real(got.jeffreys.high),
        "jeffreys_raw_lo": got.quantiles.map(|one| one.low),
        "jeffreys_raw_hi": got.quantiles.map(|one| one.high),
        "p_b_gt_a": got.b_above_a,
        "p_exact_central": got.central,
        "p_exact_midp": got.mid_central,
        "status": got.status.as_str(),
    }))
}
