//! `fortnight plan list`: the plans there are.

use fortnight_engine::calendar::show_day;
use jiff::civil::Date;
use serde::Serialize;

use crate::desk::{notebook_to_read, plain};
use crate::failure::{CliError, Status};
use crate::render::COLUMNS;
use crate::render::table::{Column, Table};
use crate::session::Session;

/// `plan list --json`, version 1.
#[derive(Serialize)]
struct PlansData {
    version: u32,
    plans: Vec<PlanData>,
}

#[derive(Serialize)]
struct PlanData {
    plan: u64,
    title: String,
    cycle: Option<u32>,
    next_due: Option<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>) -> Result<Status, CliError> {
    let (notebook, _) = notebook_to_read(session)?;
    let plans = notebook.plans().map_err(plain)?;
    let next = |day: Option<Date>| day.filter(|day| *day < Date::MAX);
    if session.global.json {
        let plans = plans.iter().map(|plan| PlanData {
            plan: plan.id.0,
            title: plan.projection.title.clone(),
            cycle: plan.projection.running_cycle,
            next_due: next(plan.projection.next_due).map(|day| day.to_string()),
        });
        session.print_json(&PlansData { version: 1, plans: plans.collect() })?;
        return Ok(Status::Done);
    }
    if plans.is_empty() {
        return Err(CliError::NoPlan);
    }
    let mut table =
        Table::new(vec![Column::NUMBER, Column::yielding(20), Column::WORDS, Column::yielding(10)])
            .indent(2);
    for plan in &plans {
        let cycle = plan.projection.running_cycle;
        table.row([
            plan.id.0.to_string(),
            plan.projection.title.clone(),
            cycle.map_or_else(|| "no cycle".to_owned(), |cycle| format!("cycle {cycle}")),
            next(plan.projection.next_due)
                .map(|day| format!("look again {}", show_day(day)))
                .unwrap_or_default(),
        ]);
    }
    session.print(&table.to_text(COLUMNS))?;
    if plans.len() > 1 {
        session.say("Commands mean the newest; another: --plan NUMBER")?;
    }
    Ok(Status::Done)
}
