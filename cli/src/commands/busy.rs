//! `fortnight set --busy FILE.ics`: what is taken of the seeker's time, so that no talk is offered
//! then.

use std::path::Path;

use fortnight_engine::calendar::{BusyTimes, read_busy, show_day};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::Command;
use fortnight_engine::words::Words;
use jiff::Span;
use jiff::civil::Date;

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::words::{count, quoted};
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// A calendar is looked at for so many days from today on: no talk is offered later.
const DAYS_AHEAD: i32 = 120;

/// So many events that could not be read are named.
const MOST_NAMED: usize = 5;

/// Runs the command.
pub(super) fn run(session: &mut Session<'_>, file: &str) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let times = if file.eq_ignore_ascii_case("none") && !session.host.is_file(Path::new(file)) {
        BusyTimes::default()
    } else {
        times_in(session, &desk, &open, file)?
    };
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
    let path = Path::new(file);
    let bytes = session.host.read(path).map_err(|error| CliError::unreadable(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::NotText { path: path.into() })?;
    if !text.to_ascii_uppercase().contains("BEGIN:VCALENDAR") {
        return Err(CliError::refused_with(
            format!("{} is no calendar file (.ics).", quoted(file)),
            "Export your calendar from the program you keep it in, then: fortnight set --busy FILE",
        ));
    }
    let today = desk.today(open);
    let last = today.checked_add(Span::new().days(DAYS_AHEAD)).unwrap_or(Date::MAX);
    let read = read_busy(&text, &open.zone, today, last);
    for event in read.unread.iter().take(MOST_NAMED) {
        let title = Words::new(event.title.as_str()).terminal();
        let title = if title.trim().is_empty() { "an event".to_owned() } else { title };
        let said = format!("left out: {title} ({})", event.reason);
        session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
    }
    if read.unread.len() > MOST_NAMED {
        session.say(&format!("left out: {} more", read.unread.len() - MOST_NAMED))?;
    }
    if read.times.is_empty() {
        return Err(CliError::refused_with(
            "There is no event in this file that takes time from today on.",
            "fortnight set --busy none forgets the times that are known",
        ));
    }
    let free = match read.free {
        0 => String::new(),
        free => format!("; {free} that you marked as free left out"),
    };
    session.say(&format!("{}{free}", count(read.events, "event", "events")))?;
    Ok(read.times)
}

/// `23 stretches until Thu 4 Jun`
pub(super) fn words(times: &BusyTimes, open: &OpenPlan) -> String {
    let stretches = count(times.spans().len(), "stretch", "stretches");
    let until = times.spans().last().map(|(_, end)| open.zone.to_datetime(*end).date());
    until.map_or(stretches.clone(), |until| format!("{stretches} until {}", show_day(until)))
}
