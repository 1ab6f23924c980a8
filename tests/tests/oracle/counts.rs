//! Tables about one count.

use crate::read::{Computed, count, day, list, number, real};
use fortnight_engine::experiment::{self, Arm, Exposure, Watched};
use serde_json::{Value, json};

pub(crate) fn wilson(input: &Value) -> Computed {
    let got = experiment::wilson(
        Arm::new(count(input, "x")?, count(input, "n")?),
        number(input, "alpha")?,
    );
    Ok(json!({
        "estimate": got.estimate,
        "lo": got.interval.low,
        "hi": got.interval.high,
        "status": got.status.as_str(),
    }))
}

pub(crate) fn jeffreys(input: &Value) -> Computed {
    let got = experiment::jeffreys(
        Arm::new(count(input, "x")?, count(input, "n")?),
        number(input, "alpha")?,
    );
    Ok(json!({
        "estimate": got.estimate,
        "post_mean": got.posterior_mean,
        "lo": got.interval.low,
        "hi": got.interval.high,
        "raw_lo": got.quantiles.low,
        "raw_hi": got.quantiles.high,
        "one_minus_raw_hi": got.above_high,
        "status": got.status.as_str(),
    }))
}

pub(crate) fn poisson_rate(input: &Value) -> Computed {
    let exposure = Exposure::new(count(input, "events")?, number(input, "days")?);
    if day(input, "per_days")? != 30 {
        return Err("rates are per 30 days".to_owned());
    }
    let got = experiment::poisson_rate(exposure, number(input, "alpha")?);
    Ok(json!({
        "rate": got.estimate,
        "lo": got.interval.low,
        "hi": real(got.interval.high),
        "jeffreys_lo": got.jeffreys.low,
        "jeffreys_hi": real(got.jeffreys.high),
        "status": got.status.as_str(),
    }))
}

fn watched((days, replied): (&Value, &Value)) -> Result<Watched, String> {
    let days = days.as_f64().ok_or("`times` holds no numbers")?;
    let replied = replied.as_u64().ok_or("`replied` holds no 0 and 1")? == 1;
    Ok(Watched { days, replied })
}

pub(crate) fn kaplan_meier(input: &Value) -> Computed {
    let people = list(input, "times")?.iter().zip(list(input, "replied")?).map(watched);
    let people: Vec<Watched> = people.collect::<Result<_, String>>()?;
    let got = experiment::kaplan_meier(&people, number(input, "d")?, number(input, "alpha")?);
    Ok(json!({
        "reply_by_d": got.replied_by,
        "survival": got.survival,
        "greenwood_sum": got.greenwood,
        "se_greenwood": got.standard_error,
        "loglog_lo": got.log_log.map(|one| one.low),
        "loglog_hi": got.log_log.map(|one| one.high),
        "lo": got.interval.low,
        "hi": got.interval.high,
        "rule": got.rule.as_str(),
        "n": got.people,
        "at_risk_d": got.at_risk,
        "events_by_d": got.replies,
        "status": got.status.as_str(),
    }))
}
