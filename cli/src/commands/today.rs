//! `fortnight today`, also bare `fortnight`: what there is to do, and what waits; another day, or
//! several, if all goes as planned; what fits into the time there is.

use clap::Args;
use fortnight_engine::calendar::{Lean, parse_count, parse_day, show_day, show_day_with_year};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{self, Agenda, Idle, Rehearsal, Situation, Status as Standing};
use fortnight_engine::source::Flaw;
use jiff::Span;
use jiff::civil::Date;

use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::numbers::Numbers;
use crate::render::agenda::{self, AgendaData};
use crate::render::{COLUMNS, forecast, idle, width};
use crate::session::Session;

/// How much to show, and of which day.
#[derive(Debug, Default, Args)]
#[command(after_long_help = EXPLANATION)]
pub(crate) struct Today {
    /// Every task on a line of its own, and all of them
    #[arg(long)]
    full: bool,
    /// Another day, if all goes as planned: `fri`, `+3d`, `2026-03-13`
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    date: Option<String>,
    /// Today and the six days after it, if all goes as planned
    #[arg(long, conflicts_with_all = ["date", "full"])]
    week: bool,
    /// The same for a month
    #[arg(long, conflicts_with_all = ["date", "full", "week"])]
    month: bool,
    /// Only what fits into so many minutes, oldest obligations first
    #[arg(
        long,
        value_name = "NUMBER",
        allow_hyphen_values = true,
        conflicts_with_all = ["date", "week", "month"]
    )]
    minutes: Option<String>,
}

const EXPLANATION: &str = "\
As planned means: everything that comes up is done on its day, nobody answers in between, and no review is decided. \
Nothing is recorded by asking. With --minutes, overdue tasks come first, by their limits, then what came up first; a \
task that does not say how long it takes counts as 5 minutes.\n\n\
After five workdays on which something was due and nothing was recorded, the list waits until you have said whether you \
were away; --full shows it all the same.";

/// Nobody plans further ahead with this, in days.
const FURTHEST: i32 = 366;

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, today: &Today) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    if let Some(text) = &today.date {
        return another_day(session, &desk, &open, text, today.full);
    }
    if today.week || today.month {
        return several_days(session, &desk, &open, today.month);
    }
    if let Some(text) = &today.minutes {
        return fitting(session, &desk, &open, text, today.full);
    }
    let situation = open.situation(desk.instant);
    let idle = idle_since(&desk, &open, &situation)?;
    if let Some(idle) = idle.as_ref().filter(|_| !today.full && !session.global.json) {
        session.print(&idle::page(idle, situation.today()))?;
        return Ok(Status::Done);
    }
    print_with(session, &desk, &open, today.full, idle.as_ref())?;
    Ok(Status::Done)
}

/// Prints the agenda and keeps its numbers.
pub(crate) fn print(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    full: bool,
) -> Result<(), CliError> {
    print_with(session, desk, open, full, None)
}

fn print_with(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    full: bool,
    idle: Option<&Idle>,
) -> Result<(), CliError> {
    let situation = open.situation(desk.instant);
    let agenda: Agenda = plan::agenda(&situation);
    if session.global.json {
        return session.print_json(&AgendaData::of(desk.plan, &situation, &agenda).with_idle(idle));
    }
    let printed = agenda::page(&situation, &agenda, full);
    keep(session, desk, &printed);
    session.print(&printed.text)
}

/// Keeps the numbers of what was printed.
fn keep(session: &mut Session<'_>, desk: &Desk, printed: &agenda::Printed) {
    let lines = printed
        .numbers
        .iter()
        .map(|tasks| tasks.iter().map(ToString::to_string).collect())
        .collect();
    Numbers::new(&desk.database, desk.plan.0, lines).keep(session.host, &desk.database);
}

/// Whether the seeker comes back after idle workdays (D10).
pub(crate) fn idle_since(
    desk: &Desk,
    open: &OpenPlan,
    situation: &Situation<'_>,
) -> Result<Option<Idle>, CliError> {
    let last = desk.notebook.recorded_last().map_err(plain)?;
    let last = last.map(|instant| open.now(instant).date);
    Ok(last.and_then(|last| plan::idle(situation, last)))
}

/// D11: what will be due on another day if everything before it is done on time.
fn another_day(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    text: &str,
    full: bool,
) -> Result<Status, CliError> {
    let situation = open.situation(desk.instant);
    let today = situation.today();
    let flawed = |flaw| CliError::flawed(text, flaw);
    let day = parse_day(text, today, Lean::Future).map_err(flawed)?;
    if day == today {
        print(session, desk, open, full)?;
        return Ok(Status::Done);
    }
    let whole = 0..text.len();
    if day < today {
        let message = format!("{} has passed", show_day_with_year(day));
        return Err(flawed(Flaw::new(whole, message).help("fortnight log")));
    }
    if day > today.saturating_add(Span::new().days(FURTHEST)) {
        let message = format!("{} is more than a year ahead", show_day_with_year(day));
        return Err(flawed(Flaw::new(whole, message).help("fortnight today --month")));
    }
    let mut rehearsal = Rehearsal::new(&situation);
    while rehearsal.today() < day {
        rehearsal.work_off();
        if !rehearsal.sleep() {
            break;
        }
    }
    let then = rehearsal.situation();
    let agenda = plan::agenda(&then);
    if session.global.json {
        let data = AgendaData::of(desk.plan, &then, &agenda).said_as_forecast();
        session.print_json(&data)?;
        return Ok(Status::Done);
    }
    let printed = agenda::page_of_another_day(&then, &agenda, full);
    session.print(&printed.text)?;
    let mut words =
        "If everything before it is done on its day and nobody answers until then.".to_owned();
    if let Some(end) = beyond(&situation, day) {
        words.push_str(&end);
    }
    session.say(&width::wrap(&words, COLUMNS).join("\n"))?;
    Ok(Status::Done)
}

/// A word about days behind the end of the cycle.
fn beyond(situation: &Situation<'_>, day: Date) -> Option<String> {
    let cycle = situation.running()?;
    let end = situation.dates(cycle).end;
    (day > end).then(|| {
        format!(
            " Cycle {} ends on {}; what comes after it is decided in its review.",
            cycle.number,
            show_day(end)
        )
    })
}

fn several_days(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    month: bool,
) -> Result<Status, CliError> {
    let situation = open.situation(desk.instant);
    let today = situation.today();
    let span = if month { Span::new().months(1) } else { Span::new().weeks(1) };
    let until = today.saturating_add(span).yesterday().unwrap_or(today);
    let days = plan::forecast(&situation, until);
    if session.global.json {
        session.print_json(&forecast::ForecastData::of(desk.plan, &situation, &days))?;
        return Ok(Status::Done);
    }
    session.print(&forecast::page(&situation, &days, month))?;
    let mut words =
        "If everything is done on its day and nobody answers in between; nothing is recorded."
            .to_owned();
    if let Some(end) = beyond(&situation, until) {
        words.push_str(&end);
    }
    session.say(&width::wrap(&words, COLUMNS).join("\n"))?;
    Ok(Status::Done)
}

/// What fits into the time there is.
fn fitting(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    text: &str,
    full: bool,
) -> Result<Status, CliError> {
    /// Longer than a day is no time that somebody has today.
    const A_DAY: u32 = 24 * 60;
    let minutes = parse_count(text, A_DAY).map_err(|flaw| CliError::flawed(text, flaw))?;
    let situation = open.situation(desk.instant);
    let mut agenda = plan::agenda(&situation);
    let fitting = plan::fitting(&agenda.tasks, minutes);
    let rest: Vec<_> = agenda
        .tasks
        .iter()
        .filter(|task| !matches!(task.status(), Standing::Due | Standing::Overdue))
        .cloned()
        .collect();
    agenda.tasks.clone_from(&fitting.chosen);
    if session.global.json {
        let data = AgendaData::of(desk.plan, &situation, &agenda).with_fitting(minutes, &fitting);
        session.print_json(&data)?;
        return Ok(Status::Done);
    }
    agenda.tasks.extend(rest);
    let printed = agenda::page_of_a_part(&situation, &agenda, full);
    keep(session, desk, &printed);
    session.print(&printed.text)?;
    session.print(&forecast::fitting_words(minutes, &fitting))?;
    Ok(Status::Done)
}
