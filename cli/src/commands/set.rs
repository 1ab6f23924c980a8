//! `fortnight set`: answers to the playbook's questions, and the plan's own calendar.

use std::collections::BTreeMap;

use clap::Args;
use fortnight_engine::calendar::{
    Hours, WeekdaySet, parse_range, read_days_off, show_day, show_day_with_year, zone,
};
use fortnight_engine::notebook::{NotebookError, OpenPlan, Recording};
use fortnight_engine::plan::{Accepted, Command, Note, Rejection, Usage, usage};
use fortnight_engine::words::Words;
use jiff::civil::Date;
use serde::Serialize;

use super::calendar_file;
use crate::desk::{Desk, note_recorded, plain, refusal};
use crate::failure::{CliError, Status};
use crate::render::table::{Column, Table};
use crate::render::words::count;
use crate::render::{COLUMNS, note, width};
use crate::session::Session;

/// What changes; nothing to see how everything is set.
#[derive(Debug, Args)]
pub(crate) struct Set {
    /// A question or choice of the playbook, or one of: zone, workdays, hours
    #[arg(value_name = "NAME", requires = "value")]
    name: Option<String>,
    /// The answer; "Europe/Paris", "mon to thu", "09:00 to 17:00" for the other three
    #[arg(value_name = "VALUE")]
    value: Vec<String>,
    /// Days off: "24 dec to 1 jan", one day, or a calendar file (.ics)
    #[arg(long, value_name = "DAYS OR FILE", conflicts_with_all = ["name", "value"])]
    days_off: Option<String>,
    /// What is taken of your time: a calendar file (.ics), or several; read anew each time; or none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "value", "days_off"])]
    busy: Vec<String>,
}

/// `set --json`, version 1.
#[derive(Serialize)]
struct SetData {
    version: u32,
    /// Answers by the names of their questions; nothing where one was not answered.
    inputs: BTreeMap<String, Option<String>>,
    zone: String,
    workdays: String,
    hours: String,
    /// First and last day of each stretch.
    days_off: Vec<(String, String)>,
    /// Start and end of what is taken of the seeker's time, in UTC.
    busy: Vec<(String, String)>,
}

/// A calendar file is looked at for so many days from today on.
const DAYS_AHEAD: i32 = 400;

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, set: &Set) -> Result<Status, CliError> {
    if let Some(days) = &set.days_off {
        return days_off(session, days);
    }
    if !set.busy.is_empty() {
        return super::busy::run(session, &set.busy);
    }
    let Some(name) = &set.name else { return show(session) };
    let value = &set.value.join(" ");
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let flawed = |flaw| CliError::flawed(value.clone(), flaw);
    let (command, before, now) = match name.as_str() {
        input if open.playbook.input(input).is_some() => {
            return answer(session, &mut desk, &open, input, value);
        }
        choice if open.playbook.choice(choice).is_some() => {
            return compared(session, &mut desk, &open, choice, value);
        }
        "zone" => {
            let known = zone(value).map_err(flawed)?;
            let name = known.iana_name().unwrap_or(value).to_owned();
            (Command::Zone { zone: name.clone() }, open.state.zone.clone(), name)
        }
        "workdays" => {
            let weekdays = WeekdaySet::parse(value).map_err(flawed)?;
            let before = open.state.weekdays.to_string();
            (Command::Weekdays { weekdays }, before, weekdays.to_string())
        }
        "hours" => {
            let hours = Hours::parse(value).map_err(flawed)?;
            (Command::Hours { hours }, open.state.hours.to_string(), hours.to_string())
        }
        other => return answer(session, &mut desk, &open, other, value),
    };
    let recorded =
        desk.record(session, "set", &[], false, |work| work.decide(&command).map(|a| a.facts))?;
    if recorded.value.is_empty() {
        session.say(&format!("{name} is {now} already; nothing changed."))?;
        return Ok(Status::Done);
    }
    session.say(&format!("{name} is {now} now (before: {before})."))?;
    session.say(match name.as_str() {
        "zone" => "No date moves; times of day are those of the new zone.",
        "workdays" => "What is counted in workdays follows; what was done stays.",
        _ => "Times that are offered from now on lie in these hours.",
    })?;
    Ok(Status::Done)
}

/// What the cycle compares is named (E1).
fn compared(
    session: &mut Session<'_>,
    desk: &mut Desk,
    open: &OpenPlan,
    choice: &str,
    option: &str,
) -> Result<Status, CliError> {
    let command = Command::Compare { choice: choice.to_owned(), option: option.to_owned() };
    let accepted = decide(session, desk, open, "set", &command, &Usage::default())?;
    if accepted.facts.is_empty() {
        session.say(&format!("The cycle compares {option} already; nothing changed."))?;
        return Ok(Status::Done);
    }
    session.say(&format!("The cycle compares {choice}: {option} now."))?;
    consequences(session, open, &accepted, 0, None)
}

/// How everything is set.
fn show(session: &mut Session<'_>) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let state = &open.state;
    if session.global.json {
        let given = |name: &str| state.inputs.get(name).map(|value| value.raw().to_owned());
        let inputs = open.playbook.inputs.iter();
        session.print_json(&SetData {
            version: 1,
            inputs: inputs.map(|input| (input.id.to_string(), given(&input.id))).collect(),
            zone: state.zone.clone(),
            workdays: state.weekdays.to_string(),
            hours: state.hours.to_string(),
            days_off: state
                .days_off
                .runs()
                .iter()
                .map(|(from, to)| (from.to_string(), to.to_string()))
                .collect(),
            busy: state
                .busy
                .spans()
                .iter()
                .map(|(from, to)| (from.to_string(), to.to_string()))
                .collect(),
        })?;
        return Ok(Status::Done);
    }
    let mut table = Table::new(vec![Column::WORDS, Column::yielding(30)]);
    for input in &open.playbook.inputs {
        let given = state.inputs.get(&input.id).map(Words::terminal);
        let value = given.or_else(|| input.default.clone()).unwrap_or_default();
        table.row([input.id.to_string(), value]);
    }
    table.row(["zone".to_owned(), state.zone.clone()]);
    table.row(["workdays".to_owned(), state.weekdays.to_string()]);
    table.row(["hours".to_owned(), state.hours.to_string()]);
    for (from, to) in state.days_off.runs() {
        table.row(["days off".to_owned(), range(*from, *to)]);
    }
    if !state.busy.is_empty() {
        table.row(["busy".to_owned(), super::busy::words(&state.busy, &open)]);
    }
    session.print(&table.to_text(COLUMNS))?;
    session.say("Change one: fortnight set NAME \"VALUE\"")?;
    Ok(Status::Done)
}

/// `Thu 24 Dec 2026 to Fri 1 Jan 2027`
fn range(from: Date, to: Date) -> String {
    match (from == to, from.year() == to.year()) {
        (true, _) => show_day_with_year(from),
        (false, true) => format!("{} to {}", show_day(from), show_day_with_year(to)),
        (false, false) => format!("{} to {}", show_day_with_year(from), show_day_with_year(to)),
    }
}

/// Days on which nothing is due, in words or from a calendar file.
fn days_off(session: &mut Session<'_>, days: &str) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let today = desk.today(&open);
    let path = std::path::Path::new(days);
    let named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics"));
    let ranges: Vec<(Date, Date)> = if named || session.host.is_file(path) {
        let bytes = calendar_file::read(session, days)?;
        let last = today.checked_add(jiff::Span::new().days(DAYS_AHEAD)).unwrap_or(today);
        let read = read_days_off(&bytes, open.state.start.min(today), last);
        if read.calendars == 0 {
            return Err(calendar_file::no_calendar(days, &bytes, "fortnight set --days-off FILE"));
        }
        calendar_file::tell_unread(session, &read.unread)?;
        if read.days.is_empty() {
            return Err(CliError::refused_with(
                "There is no whole day off in this file for the time from today on.",
                "fortnight set --days-off \"24 dec to 1 jan\"",
            ));
        }
        read.days.runs().to_vec()
    } else {
        let range = parse_range(days, today).map_err(|flaw| CliError::flawed(days, flaw))?;
        vec![(range.first(), range.last())]
    };
    let recorded = desk.record(session, "set", &[], false, |work| {
        let mut new = Vec::new();
        for (from, to) in &ranges {
            let accepted = work.decide(&Command::DaysOff { from: *from, to: *to })?;
            if !accepted.facts.is_empty() {
                new.push((*from, *to));
            }
        }
        Ok(new)
    })?;
    if recorded.value.is_empty() {
        session.say("All of these are days off already; nothing changed.")?;
        return Ok(Status::Done);
    }
    for (from, to) in &recorded.value {
        session.say(&format!("Off: {}", range(*from, *to)))?;
    }
    session
        .say("They are no workdays. The cycle keeps its length; if you are away: fortnight away")?;
    Ok(Status::Done)
}

/// A question of the playbook is answered: what changes, what was sent as before, and what that
/// does to the comparison (E1).
fn answer(
    session: &mut Session<'_>,
    desk: &mut Desk,
    open: &OpenPlan,
    input: &str,
    value: &str,
) -> Result<Status, CliError> {
    let situation = open.situation(desk.instant);
    let used = usage(&situation, &format!("inputs.{input}"));
    let cycle = situation.running().map(|cycle| cycle.number);
    let before = open.state.inputs.get(input).map(Words::terminal);
    let command = Command::Set { input: input.to_owned(), value: Words::new(value.trim()) };
    let accepted = decide(session, desk, open, "set", &command, &used)?;
    if accepted.facts.is_empty() {
        session.say(&format!("{input} is that already; nothing changed."))?;
        return Ok(Status::Done);
    }
    let now = Words::new(value.trim()).terminal();
    let before = before.map(|before| format!(" (before: \"{before}\")")).unwrap_or_default();
    say(session, &format!("{input} is \"{now}\" now{before}."))?;
    if used.messages.is_empty() {
        return say(session, "No message of this cycle uses it, so no comparison is touched.");
    }
    let names: Vec<String> = used.messages.iter().map(ToString::to_string).collect();
    say(session, &format!("It stands in: {}.", names.join(", ")))?;
    consequences(session, open, &accepted, used.sent, cycle)
}

/// What a change of words means for what was sent and for the comparison.
pub(super) fn consequences(
    session: &mut Session<'_>,
    open: &OpenPlan,
    accepted: &Accepted,
    sent: usize,
    cycle: Option<u32>,
) -> Result<Status, CliError> {
    let second = accepted.notes.iter().any(|note| matches!(note, Note::SecondChange { .. }));
    match (sent, cycle) {
        (0, Some(cycle)) if !second => {
            say(
                session,
                &format!("Nothing was sent with it in cycle {cycle}, so all get the same."),
            )?;
        }
        (0, _) => {}
        (sent, _) => {
            let went = count(sent, "message went", "messages went");
            say(
                session,
                &format!("{went} out with the earlier words; what was sent stays as it was."),
            )?;
        }
    }
    for said in &accepted.notes {
        say(session, &note::words(said, &open.book))?;
    }
    Ok(Status::Done)
}

/// Records a change of words; a refusal says what would become uneven.
pub(super) fn decide(
    session: &mut Session<'_>,
    desk: &mut Desk,
    open: &OpenPlan,
    name: &str,
    command: &Command,
    used: &Usage,
) -> Result<Accepted, CliError> {
    let anyway = desk.anyway;
    let recording =
        Recording { command: name, plan: Some(desk.plan), entries: &[], whole: false, anyway };
    let recorded = desk.notebook.record(&recording, desk.instant, |work| work.decide(command));
    match recorded {
        Ok(recorded) => {
            note_recorded(session, &recorded)?;
            Ok(recorded.value)
        }
        Err(NotebookError::Rejected(rejected)) => {
            let mut error = refusal(&rejected, &open.playbook);
            if let (Rejection::SecondChange { .. }, CliError::Refused { sentence, .. }) =
                (&rejected, &mut error)
                && used.sent > 0
            {
                let went = count(used.sent, "message went", "messages went");
                *sentence = format!("{sentence} {went} out with the words as they are.");
            }
            Err(error)
        }
        Err(error) => Err(plain(error)),
    }
}

fn say(session: &mut Session<'_>, text: &str) -> Result<Status, CliError> {
    session.say(&width::wrap(text, COLUMNS).join("\n"))?;
    Ok(Status::Done)
}
