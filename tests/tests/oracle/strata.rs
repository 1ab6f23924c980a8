//! Tables about several strata.

use crate::read::{Computed, count, list, maybe, number, real, strata, word};
use fortnight_engine::experiment::{self, Comparison, Design, FollowUps};
use serde_json::{Value, json};

pub(crate) fn cmh(input: &Value) -> Computed {
    let got = experiment::mantel_haenszel(&strata(input, "strata")?, number(input, "alpha")?);
    let (odds, difference) = (got.odds_ratio, got.difference);
    Ok(json!({
        "k_used": got.strata_used,
        "or_mh": maybe(odds.estimate),
        "ln_or": odds.ln_estimate,
        "se_ln_or": odds.ln_standard_error,
        "or_lo": odds.interval.low,
        "or_hi": real(odds.interval.high),
        "chi2": got.chi_square,
        "p": got.p,
        "chi2_cc": got.chi_square_corrected,
        "p_cc": got.p_corrected,
        "rd_mh": difference.estimate,
        "rd_se": difference.standard_error,
        "rd_lo": difference.interval.low,
        "rd_hi": difference.interval.high,
        "status": got.status.as_str(),
    }))
}

pub(crate) fn strat_exact(input: &Value) -> Computed {
    let got = experiment::stratified_exact(&strata(input, "strata")?);
    Ok(json!({
        "k_used": got.strata_used,
        "k_informative": got.strata_informative,
        "p_b_high": got.b_high,
        "p_b_low": got.b_low,
        "p_obs": got.observed,
        "midp_b_high": got.mid_b_high,
        "midp_b_low": got.mid_b_low,
        "p_central": got.central,
        "midp_central": got.mid_central,
        "status": got.status.as_str(),
    }))
}

pub(crate) fn verdict(input: &Value) -> Computed {
    let design = match word(input, "design")? {
        "mixed" => Design::Mixed,
        "alternating" => Design::Alternating,
        "before_after" => Design::BeforeAfter,
        unknown => return Err(format!("unknown design `{unknown}`")),
    };
    let changed = list(input, "changed")?
        .iter()
        .map(|field| field.as_str().map(str::to_owned).ok_or("`changed` holds no words"))
        .collect::<Result<_, _>>()?;
    let follow_ups = |side: &str| -> Result<FollowUps, String> {
        Ok(FollowUps {
            due: count(input, &format!("followups_due_{side}"))?,
            on_time: count(input, &format!("followups_on_time_{side}"))?,
        })
    };
    let got = experiment::verdict(&Comparison {
        design,
        changed,
        strata: strata(input, "strata")?,
        waiting_a: count(input, "waiting_a")?,
        waiting_b: count(input, "waiting_b")?,
        window_days: count(input, "window_days")?,
        planned_looks: count(input, "planned_looks")?,
        follow_ups_a: follow_ups("a")?,
        follow_ups_b: follow_ups("b")?,
    });
    Ok(json!({
        "code": got.code.as_str(),
        "direction": got.direction.map(experiment::Side::as_str),
        "p": got.p,
        "diff": got.difference,
        "lo": got.low,
        "hi": got.high,
        "bar": got.bar,
        "text": got.text,
    }))
}

pub(crate) fn dersimonian_laird(input: &Value) -> Computed {
    let got = experiment::random_effects(&strata(input, "strata")?, number(input, "alpha")?);
    let Some(pooled) = got.pooled else {
        return Ok(json!({ "status": got.status.as_str(), "k": got.clients }));
    };
    Ok(json!({
        "status": got.status.as_str(),
        "k": got.clients,
        "fixed": pooled.fixed,
        "fixed_se": pooled.fixed_error,
        "q": pooled.q,
        "q_p": pooled.q_p,
        "tau2": pooled.between,
        "i2": pooled.inconsistency,
        "est": pooled.estimate,
        "se": pooled.error,
        "lo": pooled.normal.low,
        "hi": pooled.normal.high,
        "hk_q": pooled.knapp_factor,
        "mhk_lo": pooled.interval.map(|one| one.low),
        "mhk_hi": pooled.interval.map(|one| one.high),
        "pred_lo": pooled.prediction.map(|one| one.low),
        "pred_hi": pooled.prediction.map(|one| one.high),
    }))
}

pub(crate) fn evalue_2x2(input: &Value) -> Computed {
    let got = experiment::evidence(&strata(input, "blocks")?, number(input, "gamma")?);
    Ok(json!({
        "ln_e_path": got.ln_path,
        "ln_e": got.ln_last,
        "e": real(got.e_value()),
        "anytime_p": got.anytime_p,
    }))
}
