//! What is said of a calendar file that somebody gave.
//!
//! Knows what people give instead of one. It must not know what the file is wanted for.

use std::path::Path;

use fortnight_engine::calendar::{Missed, UnreadEvent};
use fortnight_engine::words::Words;

use crate::failure::CliError;
use crate::render::words::quoted;
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// So many things that could not be read are named.
const MOST_NAMED: usize = 5;

/// So much of a file shows what it is.
const BEGINNING: usize = 4_096;

/// The bytes of a calendar file.
///
/// # Errors
///
/// Where it cannot be read, also because it is an address and no file.
pub(super) fn read(session: &Session<'_>, file: &str) -> Result<Vec<u8>, CliError> {
    let lower = file.to_ascii_lowercase();
    let address = ["http://", "https://", "webcal://"].iter().any(|it| lower.starts_with(it));
    let path = Path::new(file);
    if address && !session.host.is_file(path) {
        return Err(CliError::refused_with(
            "Fortnight does not fetch calendars from the network.",
            "Save the calendar as a file (.ics) in your browser, and give that file.",
        ));
    }
    session.host.read(path).map_err(|error| CliError::unreadable(path, &error))
}

/// What a file is that holds no calendar, and what to do.
pub(super) fn no_calendar(file: &str, bytes: &[u8], command: &str) -> CliError {
    let beginning = bytes.get(..BEGINNING).unwrap_or(bytes);
    let beginning = String::from_utf8_lossy(beginning).to_ascii_uppercase();
    let file = quoted(file);
    let export = format!("Export your calendar from the program you keep it in, then: {command}");
    let (is, help) = if bytes.iter().all(u8::is_ascii_whitespace) {
        ("is empty", export)
    } else if beginning.contains("BEGIN:VCARD") {
        ("holds contacts and no calendar", format!("fortnight people import {file}"))
    } else if beginning.contains("<HTML") || beginning.contains("<!DOCTYPE HTML") {
        (
            "is a web page and no calendar: perhaps the page where one signs in",
            format!("Sign in, export the calendar as a file (.ics), then: {command}"),
        )
    } else if beginning.starts_with("PK") {
        (
            "is a packed folder (.zip)",
            format!("Unpack it; the calendar is a file in it that ends in .ics. Then: {command}"),
        )
    } else {
        ("is no calendar file (.ics)", export)
    };
    CliError::refused_with(format!("{file} {is}."), help)
}

/// Says what could not be read, each with its line.
pub(super) fn tell_unread(
    session: &mut Session<'_>,
    unread: &[UnreadEvent],
) -> Result<(), CliError> {
    for one in unread.iter().take(MOST_NAMED) {
        let title = Words::new(one.title.as_str()).terminal();
        let title = if title.trim().is_empty() { "an event".to_owned() } else { title };
        let (line, reason) = (one.line, one.reason);
        let said = match one.missed {
            Missed::Event => format!("left out: line {line}, {title} ({reason})"),
            Missed::Part => format!("read in part: line {line}, {title} ({reason})"),
            Missed::File => format!("line {line}: {reason}"),
        };
        session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
    }
    if unread.len() > MOST_NAMED {
        let more = unread.len() - MOST_NAMED;
        session.say(&format!("and {more} more that could not be read, or only in part"))?;
    }
    Ok(())
}
