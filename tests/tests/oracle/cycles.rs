//! Tables about cycles, clients and the people in them.

use crate::read::{Computed, count, day, list, number};
use fortnight_engine::experiment::{self, Arm, Contact, DisclosureRule, Group, Windows};
use serde_json::{Value, json};

fn arms(input: &Value, name: &str) -> Result<Vec<Arm>, String> {
    list(input, name)?.iter().map(|one| Ok(Arm::new(count(one, "x")?, count(one, "n")?))).collect()
}

pub(crate) fn trend_exact(input: &Value) -> Computed {
    let got = experiment::trend_exact(&arms(input, "cycles")?);
    Ok(json!({
        "p_up": got.up,
        "p_down": got.down,
        "p_obs": got.observed,
        "midp_up": got.mid_up,
        "midp_down": got.mid_down,
        "midp_central": got.mid_central,
    }))
}

pub(crate) fn hier_beta_binomial(input: &Value) -> Computed {
    let got = experiment::partial_pooling(&arms(input, "units")?);
    Ok(json!({
        "mu_mean": got.mean,
        "mu_sd": got.deviation,
        "rho_mean": got.correlation,
        "shrunk": got.rates,
    }))
}

fn contact(input: &Value) -> Result<Contact, String> {
    let bounced = input["bounced"].as_bool().ok_or("`bounced` is not true or false")?;
    Ok(Contact {
        sent: day(input, "sent")?,
        reply: input["reply"].as_i64(),
        follow_up: input["followup"].as_i64(),
        bounced,
    })
}

pub(crate) fn maturity(input: &Value) -> Computed {
    let contacts = list(input, "contacts")?.iter().map(contact);
    let contacts: Vec<Contact> = contacts.collect::<Result<_, String>>()?;
    let windows = Windows {
        reply: day(input, "reply_window_days")?,
        follow_up_after: day(input, "followup_after_days")?,
        follow_up_grace: day(input, "followup_grace_days")?,
    };
    let got = experiment::maturity(&contacts, day(input, "today")?, windows);
    let mut counts = json!({
        "sent": got.sent,
        "bounced": got.bounced,
        "delivered": got.delivered,
        "matured": got.matured,
        "waiting": got.waiting,
        "replies_counted": got.replies_counted,
        "replies_early_not_counted": got.replies_early,
        "replies_late": got.replies_late,
        "rate": got.rate(),
        "followups_due": got.follow_ups_due,
        "followups_on_time": got.follow_ups_on_time,
        "followup_rate": got.follow_up_rate(),
    });
    // The two tempting and wrong rates: the engine has no such thing, so they are made up here to
    // see that its counts would give them, and that its own rate is another number.
    let share = |part: u32, whole: u32| (whole > 0).then(|| f64::from(part) / f64::from(whole));
    let with_early = got.replies_counted + got.replies_early;
    counts["biased_replied_over_sent"] = json!(share(with_early, got.delivered));
    counts["biased_early_in_numerator"] = json!(share(with_early, got.matured + got.replies_early));
    Ok(counts)
}

fn group(input: &Value) -> Result<Group, String> {
    Ok(Group {
        clients: count(input, "clients")?,
        people: count(input, "n")?,
        successes: count(input, "x")?,
        largest_client: count(input, "max_client_n")?,
    })
}

pub(crate) fn suppression(input: &Value) -> Computed {
    let listed = list(input, "groups")?;
    let groups = listed.iter().map(group).collect::<Result<Vec<Group>, String>>()?;
    let rule = DisclosureRule {
        fewest_clients: count(input, "min_clients")?,
        largest_share: number(input, "max_share")?,
    };
    let got = experiment::suppress(&groups, rule);
    let named = |places: &[usize]| {
        places.iter().map(|place| listed[*place]["name"].clone()).collect::<Vec<_>>()
    };
    Ok(json!({
        "shown": named(&got.shown),
        "hidden": named(&got.hidden),
        "other": got.other.map(|group| json!({
            "clients": group.clients,
            "n": group.people,
            "x": group.successes,
        })),
        "total_shown": got.total_shown,
    }))
}
