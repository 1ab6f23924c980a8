//! `fortnight set --busy FILE.ics`: what is taken of the seeker's time, so that no talk is offered
//! then.

use std::path::Path;

use fortnight_engine::calendar::{BusyTimes, read_busy, show_day};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::Command;
use jiff::Span;
use jiff::civil::Date;

use super::calendar_file;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::words::count;
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// A calendar is looked at for so many days from today on: thirty workdays lie within them, also of
/// somebody who works on one day of the week.
const DAYS_AHEAD: i32 = 240;

/// Runs the command. Several files are read as one calendar.
pub(super) fn run(session: &mut Session<'_>, files: &[String]) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let mut times = BusyTimes::default();
    let is_none =
        |file: &String| file.eq_ignore_ascii_case("none") && !session.host.is_file(Path::new(file));
    if !matches!(files, [file] if is_none(file)) {
        for file in files {
            times.extend(times_in(session, &desk, &open, file)?.spans().iter().copied());
        }
    }
    let command = Command::Busy { times: times.clone() };
    let recorded =
        desk.record(session, "set", &[], false, |work| work.decide(&command).map(|a| a.facts))?;
    if recorded.value.is_empty() {
        session.say("That is known already; nothing changed.")?;
        return Ok(Status::Done);
    }
    if times.is_empty() {
        session.say("No time is taken now: talks are offered in all of your hours.")?;
        return Ok(Status::Done);
    }
    session.say(&format!("Busy: {}", words(&times, &open)))?;
    let said = "No talk is offered then. Only the times are kept, not what they are for. When your \
                calendar has changed, give the file again.";
    session.say(&width::wrap(said, COLUMNS).join("\n"))?;
    Ok(Status::Done)
}

/// The times in a calendar file.
fn times_in(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    file: &str,
) -> Result<BusyTimes, CliError> {
    let bytes = calendar_file::read(session, file)?;
    let today = desk.today(open);
    let last = today.checked_add(Span::new().days(DAYS_AHEAD)).unwrap_or(Date::MAX);
    let read = read_busy(&bytes, &open.zone, today, last);
    if read.calendars == 0 {
        return Err(calendar_file::no_calendar(file, &bytes, "fortnight set --busy FILE"));
    }
    calendar_file::tell_unread(session, &read.unread)?;
    if read.times.is_empty() && !read.unread.is_empty() {
        return Err(CliError::refused_with(
            "Nothing else in this file takes time from today on, so nothing was changed.",
            "Export the calendar again, then: fortnight set --busy FILE",
        ));
    }
    let free = match read.free {
        0 => String::new(),
        free => format!("; {free} that you marked as free left out"),
    };
    let none = if read.times.is_empty() { "; none takes time from today on" } else { "" };
    session.say(&format!("{}{free}{none}", count(read.events, "event", "events")))?;
    Ok(read.times)
}

/// `23 stretches until Thu 4 Jun`
pub(super) fn words(times: &BusyTimes, open: &OpenPlan) -> String {
    let stretches = count(times.spans().len(), "stretch", "stretches");
    let until = times.spans().last().map(|(_, end)| open.zone.to_datetime(*end).date());
    until.map_or(stretches.clone(), |until| format!("{stretches} until {}", show_day(until)))
}
