//! `fortnight playbook simulate NAME`: a cycle before anybody is written to.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use fortnight_engine::calendar::{self, Lean, WeekdaySet, parse_day};
use fortnight_engine::diagnostic::nearest;
use fortnight_engine::notebook::NotebookError;
use fortnight_engine::playbook::{Id, Playbook};
use fortnight_engine::simulation::{Rates, Rehearsal, Rehearsed, Setting, summarise};
use jiff::Span;

use crate::desk::failure;
use crate::failure::{CliError, Status};
use crate::output::Output;
use crate::render::rehearsal::{calendar as pages, data, many, svg};
use crate::session::Session;
use crate::values::pair;

/// So many cycles are rehearsed at most: an hour's work.
const MOST_CYCLES: u32 = 100_000;

/// A longer list is no cycle that a person could work through.
const MOST_PEOPLE: u32 = 500;

/// What to rehearse.
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// A playbook: its name, or the path of its file
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    /// How many people are on the list (default: the lower end of what the playbook advises)
    #[arg(long, value_name = "NUMBER", value_parser = people)]
    people: Option<u32>,
    /// How many answer, such as 0.2 or 20%; OPTION=RATE for those who get an option
    #[arg(long, value_name = "RATE", value_parser = rate, default_value = "0.2")]
    reply_rate: Vec<Rate>,
    /// The first day of the cycle (default: today)
    #[arg(long, value_name = "DAY")]
    start: Option<String>,
    /// What everything is drawn from: the same seed gives the same days
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// So many cycles, begun on each weekday in turn; shows how often they end on time
    #[arg(long, value_name = "NUMBER", value_parser = cycles)]
    cycles: Option<u32>,
    /// What the cycle compares (default: the first choice, with its second option)
    #[arg(long, value_name = "CHOICE=OPTION", value_parser = pair)]
    compare: Option<(String, String)>,
    /// How many of the people know you
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "0.3")]
    know_me: f64,
    /// How many of those who know you answer (default: as everybody else)
    #[arg(long, value_name = "RATE", value_parser = share)]
    known_reply_rate: Option<f64>,
    /// How likely it is that you do on a day what is due on it
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "1")]
    diligence: f64,
    /// More minutes than these make a day too full
    #[arg(long, value_name = "MINUTES", default_value_t = 120)]
    full_day: u32,
    /// The time zone of the plan (default: that of this machine)
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// The days on which you work
    #[arg(long, value_name = "DAYS", default_value = "mon to fri")]
    workdays: String,
    /// How to show it; --json is --format json
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
    #[command(flatten)]
    output: Output,
}

/// How a rehearsal is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A calendar for the terminal
    #[default]
    Text,
    /// A picture: steps against days
    Svg,
    /// Data for programs
    Json,
}

/// A rate, of everybody or of those who get an option.
#[derive(Clone, Debug)]
struct Rate {
    option: Option<String>,
    rate: f64,
}

fn people(text: &str) -> Result<u32, String> {
    match text.trim().parse() {
        Ok(number @ 1..=MOST_PEOPLE) => Ok(number),
        Ok(0) => Err("a list has one person at least".to_owned()),
        Ok(_) => Err(format!("at most {MOST_PEOPLE} people are rehearsed")),
        Err(_) => Err("this wants a number of people, such as 28".to_owned()),
    }
}

fn cycles(text: &str) -> Result<u32, String> {
    match text.trim().replace(['_', ','], "").parse() {
        Ok(number @ 1..=MOST_CYCLES) => Ok(number),
        Ok(0) => Err("rehearse one cycle at least".to_owned()),
        Ok(_) => Err(format!("at most {MOST_CYCLES} cycles are rehearsed")),
        Err(_) => Err("this wants a number of cycles, such as 1000".to_owned()),
    }
}

/// A share: 0.2, 20%, 20 %.
fn share(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let (number, whole) = match text.strip_suffix('%') {
        Some(number) => (number.trim(), 100.0),
        None => (text, 1.0),
    };
    match number.parse::<f64>() {
        Ok(number) if (0.0..=whole).contains(&number) => Ok(number / whole),
        Ok(number) if number.is_finite() && number > 1.0 && number <= 100.0 => Err(format!(
            "this wants a share between 0 and 1: write {} or {number}%",
            number / 100.0
        )),
        Ok(_) => Err("this wants a share between 0 and 1, or between 0% and 100%".to_owned()),
        Err(_) => Err("this wants a share, such as 0.2 or 20%".to_owned()),
    }
}

fn rate(text: &str) -> Result<Rate, String> {
    let (option, rate) = match text.split_once('=') {
        Some((option, rate)) if !option.trim().is_empty() => (Some(option.trim().to_owned()), rate),
        Some(_) => return Err("this wants OPTION=RATE, such as clear-ask=0.3".to_owned()),
        None => (None, text),
    };
    Ok(Rate { option, rate: share(rate)? })
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, simulate: &Simulate) -> Result<Status, CliError> {
    let (_, playbook, packed) = super::sound(session, &simulate.playbook, "rehearsed")?;
    let setting = setting(session, simulate, &playbook)?;
    let rehearsal = Rehearsal::of(&playbook, &packed);
    let json = session.global.json || simulate.format == Format::Json;
    let document = if let Some(cycles) = simulate.cycles {
        let all = several(session, &rehearsal, &setting, cycles);
        let all = all.map_err(|error| failure(error, &playbook))?;
        let summary = summarise(&all);
        if simulate.format == Format::Svg {
            let help = "Leave out --cycles for the picture of one cycle";
            return Err(CliError::refused_with("Many cycles make no picture.", help));
        }
        if json {
            return hand_out(session, simulate, &data::Summary::of(&playbook, &setting, &summary));
        }
        many::show(&playbook, &setting, &summary)
    } else {
        let rehearsed = rehearsal.run(&setting).map_err(|error| failure(error, &playbook))?;
        if json {
            return hand_out(session, simulate, &data::Cycle::of(&playbook, &setting, &rehearsed));
        }
        match simulate.format {
            Format::Svg => svg::draw(&playbook, &setting, &rehearsed),
            Format::Text | Format::Json => pages::show(&playbook, &setting, &rehearsed),
        }
    };
    if !simulate.output.file(session, &document)? {
        session.print_page(&document)?;
    }
    Ok(Status::Done)
}

fn hand_out(
    session: &mut Session<'_>,
    simulate: &Simulate,
    data: &impl serde::Serialize,
) -> Result<Status, CliError> {
    let text = serde_json::to_string_pretty(data).map_err(std::io::Error::from)?;
    if !simulate.output.file(session, &(text + "\n"))? {
        session.print_json(data)?;
    }
    Ok(Status::Done)
}

/// Cycles with seeds one after the other, begun on each of the seven days from the first in turn.
fn several(
    session: &Session<'_>,
    rehearsal: &Rehearsal<'_>,
    setting: &Setting,
    cycles: u32,
) -> Result<Vec<Rehearsed>, NotebookError> {
    let steps = usize::try_from(cycles).ok();
    let progress = session.host.progress(steps, "Rehearsing", !session.global.quiet);
    let mut all = Vec::new();
    for number in 0..cycles {
        let ahead = Span::new().days(i64::from(number % 7));
        let start = setting.start.checked_add(ahead).unwrap_or(setting.start);
        let seed = setting.seed.wrapping_add(u64::from(number));
        let one = Setting { start, seed, ..setting.clone() };
        all.push(rehearsal.run(&one)?);
        progress.step();
    }
    Ok(all)
}

fn setting(
    session: &mut Session<'_>,
    simulate: &Simulate,
    playbook: &Playbook,
) -> Result<Setting, CliError> {
    let name = simulate.zone.clone().unwrap_or_else(|| session.host.zone.clone());
    let (zone, name) = match calendar::zone(&name) {
        Ok(zone) => (zone, name),
        Err(flaw) if simulate.zone.is_some() => return Err(CliError::flawed(name, flaw)),
        Err(_) => (jiff::tz::TimeZone::UTC, "UTC".to_owned()),
    };
    let instant = session.moment(&zone)?;
    let today = zone.to_datetime(instant).date();
    let start = match &simulate.start {
        Some(text) => parse_day(text, today, Lean::Future)
            .map_err(|flaw| CliError::flawed(text.clone(), flaw))?,
        None => today,
    };
    let weekdays = WeekdaySet::parse(&simulate.workdays)
        .map_err(|flaw| CliError::flawed(simulate.workdays.clone(), flaw))?;
    let size = playbook.people.size;
    let advised = size.least.or(size.most).unwrap_or(28).clamp(1, MOST_PEOPLE);
    Ok(Setting {
        start,
        zone: name,
        weekdays,
        people: simulate.people.unwrap_or(advised),
        rates: Rates {
            know_me: simulate.know_me,
            known: simulate.known_reply_rate,
            ..rates(&simulate.reply_rate, playbook)?
        },
        diligence: simulate.diligence,
        compared: simulate.compare.clone(),
        full_day: simulate.full_day,
        seed: simulate.seed,
    })
}

fn rates(given: &[Rate], playbook: &Playbook) -> Result<Rates, CliError> {
    let mut rates = Rates::default();
    let mut by_option = BTreeMap::new();
    let known: Vec<&str> = playbook
        .choices
        .iter()
        .flat_map(|choice| choice.options.iter().map(|option| &*option.id))
        .collect();
    for Rate { option, rate } in given {
        let Some(option) = option else {
            rates.reply = *rate;
            continue;
        };
        if !known.contains(&option.as_str()) {
            let help = match nearest(option, known.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None if known.is_empty() => "This playbook compares nothing".to_owned(),
                None => format!("The options are {}", known.join(", ")),
            };
            let sentence = format!("No option of this playbook is called `{option}`.");
            return Err(CliError::refused_with(sentence, help));
        }
        by_option.insert(Id::from(option.as_str()), *rate);
    }
    Ok(Rates { by_option, ..rates })
}
