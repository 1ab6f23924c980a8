//! `fortnight people export`: everybody who is known, for a spreadsheet or an address book.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use fortnight_engine::people::{Entry, Kind, STANDARD_FIELDS};
use fortnight_engine::words::Words;

use super::list;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::host::GiveError;
use crate::render::card;
use crate::render::words::count;
use crate::session::Session;

/// What to export.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file to write; without it, the contacts are printed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The kind of file (else by the name of the file, else csv)
    #[arg(long, value_enum, value_name = "KIND")]
    format: Option<Format>,
    /// Only those who fit, such as 'position contains "design" and profile'
    #[arg(long = "where", value_name = "TEST")]
    test: Option<String>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A sheet: one row for each person
    Csv,
    /// Cards for an address book, vCard 4.0
    Vcard,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, export: &Export) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open_whole()?;
    let filter = export.test.as_deref().map(|test| list::filter(&open, test, false)).transpose()?;
    let people: Vec<&Entry> = open
        .book
        .people()
        .filter(|entry| entry.kind == Kind::Person && entry.forgotten.is_none())
        .filter(|entry| filter.as_ref().is_none_or(|filter| filter.fits(entry)))
        .collect();
    let ending = export.output.as_deref().and_then(Path::extension);
    let named = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("vcf"));
    let format = export.format.unwrap_or(if named { Format::Vcard } else { Format::Csv });
    let text = match format {
        Format::Csv => csv(&people),
        Format::Vcard => people.iter().map(|entry| card::of(entry)).collect(),
    };
    let Some(path) = &export.output else {
        session.print(&text.replace("\r\n", "\n"))?;
        return Ok(Status::Done);
    };
    match session.host.give(path, text.as_bytes(), export.force) {
        Ok(()) => {}
        Err(GiveError::Exists) => {
            return Err(CliError::refused_with(
                format!("`{}` is there already.", Words::new(path.to_string_lossy()).terminal()),
                "--force writes over it",
            ));
        }
        Err(GiveError::Link) => {
            return Err(CliError::refused(format!(
                "`{}`: {}.",
                Words::new(path.to_string_lossy()).terminal(),
                GiveError::Link
            )));
        }
        Err(GiveError::System(error)) => return Err(CliError::unwritable(path, &error)),
    }
    let shown = Words::new(path.to_string_lossy()).terminal();
    session.say(&format!("{} written to {shown}", count(people.len(), "person", "people")))?;
    Ok(Status::Done)
}

/// One row for each person; a formula stays a text (M6).
fn csv(people: &[&Entry]) -> String {
    let known: BTreeSet<&str> = people.iter().flat_map(|entry| entry.fields.keys()).collect();
    let standard = STANDARD_FIELDS.iter().copied().filter(|field| *field != "knows_me");
    let more = known.iter().copied().filter(|field| !STANDARD_FIELDS.contains(field));
    let columns: Vec<&str> = standard.chain(more).collect();
    let mut text = String::new();
    let mut row = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    let heading = columns.iter().copied().chain(["knows_me", "do_not_contact"]);
    row(heading.map(|name| Words::new(name).csv()).collect());
    let yes = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
    for entry in people {
        let value = |field: &&str| match *field {
            "name" => entry.name.csv(),
            field => entry.fields.get(field).map(Words::csv).unwrap_or_default(),
        };
        let cells = columns.iter().map(value);
        row(cells.chain([yes(entry.knows_me), yes(entry.do_not_contact)]).collect());
    }
    text
}

/// A cell in quotes where it must be (RFC 4180).
fn quoted(cell: &str) -> String {
    let plain = !cell.contains([',', '"', '\n', '\r', ';', '\t']);
    if plain && cell.trim() == cell {
        return cell.to_owned();
    }
    format!("\"{}\"", cell.replace('"', "\"\""))
}
