//! `fortnight cycle show`: the days and figures of a cycle.

use clap::Args;
use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::plan::{CycleSummary, summary};
use fortnight_engine::playbook::{Id, Playbook};
use serde::Serialize;

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::COLUMNS;
use crate::render::table::{Column, Table};
use crate::render::words::{count, inside};
use crate::session::Session;

/// Which cycle.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Its number; the running one without it
    #[arg(value_name = "CYCLE")]
    cycle: Option<u32>,
}

/// `cycle show --json`, version 1. Days are civil days of the plan's zone.
#[derive(Serialize)]
struct CycleData {
    version: u32,
    number: u32,
    day: u32,
    length: u32,
    start: String,
    end: String,
    list_closes: String,
    people: usize,
    compared: Option<ComparedData>,
    practice: bool,
    counted: u32,
    waiting: u32,
    settles: Option<String>,
    decided: bool,
}

/// What a cycle compares.
#[derive(Serialize)]
struct ComparedData {
    choice: String,
    baseline: String,
    option: String,
    split: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Show) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = match arguments.cycle {
        Some(_) => desk.open_whole()?,
        None => desk.open(&[])?,
    };
    let situation = open.situation(desk.instant);
    let cycle = match arguments.cycle {
        Some(number) => open.state.cycles.get(&number),
        None => situation.running(),
    };
    let Some(cycle) = cycle else {
        let known = count(open.state.cycles.len(), "cycle", "cycles");
        return Err(CliError::refused_with(
            format!("There is no such cycle; this plan has {known}."),
            "fortnight cycle start",
        ));
    };
    let seen = summary(&situation, cycle);
    if session.global.json {
        session.print_json(&data(&seen))?;
        return Ok(Status::Done);
    }
    session.print(&page(&seen, &open.playbook))?;
    Ok(Status::Done)
}

fn data(seen: &CycleSummary) -> CycleData {
    let measure = seen.measure.unwrap_or_default();
    CycleData {
        version: 1,
        number: seen.number,
        day: seen.day,
        length: seen.length,
        start: seen.start.to_string(),
        end: seen.end.to_string(),
        list_closes: seen.list_closes.to_string(),
        people: seen.people,
        compared: seen.compared.as_ref().map(|compared| ComparedData {
            choice: compared.choice.to_string(),
            baseline: compared.baseline.to_string(),
            option: compared.option.to_string(),
            split: compared.split,
        }),
        practice: seen.practice,
        counted: measure.counted,
        waiting: measure.waiting,
        settles: seen.settles.map(|day| day.to_string()),
        decided: seen.decided,
    }
}

fn page(seen: &CycleSummary, playbook: &Playbook) -> String {
    let mut table = Table::new(vec![Column::WORDS, Column::yielding(20)]).indent(2);
    let mut row = |name: &str, value: String| table.row([name.to_owned(), value]);
    let day = match seen.day {
        0 => "not begun".to_owned(),
        day if day > seen.length => "over".to_owned(),
        day => format!("day {day} of {}", seen.length),
    };
    row("Days", format!("{} to {} · {day}", show_day(seen.start), show_day_with_year(seen.end)));
    row(
        "List",
        format!(
            "{} · closes {}",
            count(seen.people, "person", "people"),
            show_day(seen.list_closes)
        ),
    );
    let compared = match &seen.compared {
        Some(compared) => {
            let title = |id: &Id| {
                let choice = playbook.choice(&compared.choice)?;
                let option = choice.options.iter().find(|option| option.id == *id)?;
                Some(inside(&option.title))
            };
            let pair = format!(
                "{} / {}",
                title(&compared.baseline).unwrap_or_default(),
                title(&compared.option).unwrap_or_default()
            );
            if seen.practice { format!("{pair} · practice, too few to split") } else { pair }
        }
        None => "nothing".to_owned(),
    };
    row("Compares", compared);
    if let Some(measure) = &seen.measure {
        row("Counted", format!("{} · {} waiting", measure.counted, measure.waiting));
    }
    if let Some(settles) = seen.settles {
        row("Everybody", format!("counted on {}", show_day(settles)));
    }
    row("Decision", if seen.decided { "made" } else { "open" }.to_owned());
    format!("Cycle {}\n{}", seen.number, table.to_text(COLUMNS))
}
