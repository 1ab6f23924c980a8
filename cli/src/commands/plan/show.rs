//! `fortnight plan show`: what a plan runs on.

use std::collections::BTreeMap;

use fortnight_engine::calendar::show_day_with_year;
use fortnight_engine::notebook::OpenPlan;
use serde::Serialize;

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::table::{Column, Table};
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// `plan show --json`, version 1.
#[derive(Serialize)]
struct PlanData {
    version: u32,
    plan: u64,
    playbook: String,
    playbook_version: String,
    hash: String,
    planned_version: Option<String>,
    start: String,
    stopped: Option<String>,
    zone: String,
    workdays: String,
    hours: String,
    cycles: usize,
    in_use: BTreeMap<String, String>,
    inputs: BTreeMap<String, String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    if session.global.json {
        session.print_json(&data(&open))?;
    } else {
        session.print(&page(&open))?;
    }
    Ok(Status::Done)
}

/// The options in use, the first of a choice where nothing was decided.
fn in_use(open: &OpenPlan) -> BTreeMap<String, String> {
    let choices = open.playbook.choices.iter();
    let option = choices.filter_map(|choice| {
        let used = open.state.in_use.get(&choice.id);
        let used = used.or_else(|| choice.options.first().map(|option| &option.id))?;
        Some((choice.id.to_string(), used.to_string()))
    });
    option.collect()
}

fn data(open: &OpenPlan) -> PlanData {
    let state = &open.state;
    PlanData {
        version: 1,
        plan: open.id.0,
        playbook: open.playbook.id.to_string(),
        playbook_version: open.playbook.version.clone(),
        hash: state.playbook.clone(),
        planned_version: open.planned.as_ref().map(|planned| planned.version.clone()),
        start: state.start.to_string(),
        stopped: state.stopped.map(|day| day.to_string()),
        zone: state.zone.clone(),
        workdays: state.weekdays.to_string(),
        hours: state.hours.to_string(),
        cycles: state.cycles.len(),
        in_use: in_use(open),
        inputs: state
            .inputs
            .iter()
            .map(|(input, value)| (input.to_string(), value.raw().to_owned()))
            .collect(),
    }
}

fn page(open: &OpenPlan) -> String {
    let state = &open.state;
    let mut table = Table::new(vec![Column::WORDS, Column::yielding(20)]).indent(2);
    let mut row = |name: &str, value: &str| {
        let mut first = name.to_owned();
        for line in width::wrap(value, COLUMNS - 20) {
            table.row([std::mem::take(&mut first), line]);
        }
    };
    let short: String = state.playbook.chars().take(8).collect();
    row("Playbook", &format!("{} {} · {short}", open.playbook.id, open.playbook.version));
    if let Some(planned) = &open.planned {
        row("Next cycle", &format!("{} {}", planned.id, planned.version));
    }
    row("Begun", &show_day_with_year(state.start));
    if let Some(stopped) = state.stopped {
        row("Stopped", &show_day_with_year(stopped));
    }
    row("Cycles", &state.cycles.len().to_string());
    row("Days", &format!("{} · {} · {}", state.weekdays, state.hours, state.zone));
    for (choice, option) in in_use(open) {
        row(&choice, &option);
    }
    for (input, value) in &state.inputs {
        row(input, &value.terminal());
    }
    format!("Plan {}: {}\n{}", open.id.0, open.playbook.title, table.to_text(COLUMNS))
}
