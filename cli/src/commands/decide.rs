//! `fortnight decide`: the answer to a review, and the next cycle.

use clap::{Args, ValueEnum};
use fortnight_engine::calendar::{Lean, parse_day, show_day};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{Between, Command, Note};
use fortnight_engine::playbook::Decision;
use fortnight_engine::words::Words;
use jiff::civil::{Date, Weekday};

use super::{compare, cycle};
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::note;
use crate::render::words::{count, inside};
use crate::session::Session;

/// What was decided, and why.
#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// What comes next
    #[arg(value_enum)]
    decision: Chosen,
    /// With `use`: the option that becomes what you do from now on
    option: Option<String>,
    /// A sentence of why, kept with the results
    #[arg(long, value_name = "SENTENCE")]
    why: Option<String>,
    /// The first day of the next cycle; else the next Monday
    #[arg(long, value_name = "DAY", conflicts_with = "no_start")]
    start: Option<String>,
    /// Decide now, begin the next cycle later
    #[arg(long)]
    no_start: bool,
}

/// The three decisions of the method (E7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Chosen {
    /// The same two options once more
    Again,
    /// Take an option into use
    Use,
    /// No further cycle
    Stop,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Decide) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open_whole()?;
    let why = match &arguments.why {
        Some(why) => why.clone(),
        None => session.ask("Why? One sentence:\n>")?.unwrap_or_default(),
    };
    let decision = match arguments.decision {
        Chosen::Again => Decision::Again,
        Chosen::Use => Decision::Use,
        Chosen::Stop => Decision::Stop,
    };
    let command = Command::Decide {
        decision,
        option: arguments.option.clone(),
        why: Words::new(why),
        next: next(&desk, &open, arguments)?,
        shown: shown(&desk, &open)?,
    };
    let written = desk.record(session, "decide", &[], true, |work| {
        let mut notes = work.decide(&command)?.notes;
        let begun = work.situation()?.upcoming().map(|cycle| cycle.number);
        if let Some(number) = begun {
            notes.extend(cycle::fill_list(work, number)?);
        }
        Ok(notes)
    })?;
    tell(session, &desk, decision, arguments.option.as_deref(), &written.value)?;
    Ok(Status::Done)
}

/// The first day of the next cycle: as given, else the first Monday from today on that lies after
/// the cycle (E7).
fn next(desk: &Desk, open: &OpenPlan, arguments: &Decide) -> Result<Option<Date>, CliError> {
    if arguments.no_start || arguments.decision == Chosen::Stop {
        return Ok(None);
    }
    let today = desk.today(open);
    if let Some(text) = &arguments.start {
        let day = parse_day(text, today, Lean::Future);
        return day.map(Some).map_err(|flaw| CliError::flawed(text.clone(), flaw));
    }
    let situation = open.situation(desk.instant);
    let end = situation.running().map(|cycle| situation.dates(cycle).end);
    let first = end.and_then(|end| end.tomorrow().ok()).map_or(today, |first| first.max(today));
    if first.weekday() == Weekday::Monday {
        return Ok(Some(first));
    }
    Ok(first.nth_weekday(1, Weekday::Monday).ok())
}

/// The verdict and the figures that the decision was made on.
fn shown(desk: &Desk, open: &OpenPlan) -> Result<String, CliError> {
    let situation = open.situation(desk.instant);
    let Some(cycle) = situation.running().map(|cycle| cycle.number) else {
        return Ok(String::new());
    };
    if open.playbook.cycle.decided_by.is_none() {
        return Ok(String::new());
    }
    let seen = compare::compare(desk, open, &Between::Within(cycle))?;
    let figures: Vec<String> = seen
        .sides
        .iter()
        .map(|side| format!("{}: {} of {}", side.label, side.tally.hits, side.tally.counted))
        .collect();
    Ok(format!(
        "{}; {}; {}",
        seen.verdict.code.as_str(),
        figures.join(", "),
        seen.headline.sentence
    ))
}

fn tell(
    session: &mut Session<'_>,
    desk: &Desk,
    decision: Decision,
    option: Option<&str>,
    notes: &[Note],
) -> Result<(), CliError> {
    let open = desk.open(&[])?;
    let situation = open.situation(desk.instant);
    match decision {
        Decision::Stop => {
            return session.print(
                "No further cycle. Everything you recorded stays: fortnight log, fortnight \
                 compare --all\n",
            );
        }
        Decision::Again => session.print("Same two once more.\n")?,
        Decision::Use => {
            let taken = open.state.cycles.values().rev().find_map(|cycle| {
                let conclusion = cycle.conclusion.as_ref()?;
                let (compared, _) = cycle.compared.as_ref()?;
                let choice = open.playbook.choice(&compared.choice)?;
                let option = conclusion.option.as_ref()?;
                choice.options.iter().find(|known| known.id == *option)
            });
            let title = taken.map_or_else(
                || option.unwrap_or("The new option").to_owned(),
                |option| inside(&option.title),
            );
            session.print(&format!("From now on: {title}.\n"))?;
        }
    }
    match situation.upcoming() {
        Some(next) => {
            let dates = situation.dates(next);
            let closes = dates.date_of(open.playbook.cycle.list_closes);
            session.print(&format!(
                "Cycle {} starts {} with {}; last day to add: {}.\n",
                next.number,
                show_day(next.start),
                count(next.members.len(), "new person", "new people"),
                show_day(closes)
            ))?;
            if next.compared.is_none() && !open.playbook.choices.is_empty() {
                session.say(&format!(
                    "What will you change next?{}",
                    cycle::ways_to_compare(&open, next)
                ))?;
            }
        }
        None => session.say("The next cycle: fortnight cycle start")?,
    }
    for said in notes {
        session.say(&note::words(said, &open.book))?;
    }
    Ok(())
}
