//! `fortnight report`: one page about a plan that can be shown to a coach, and the work search.

use std::path::{Path, PathBuf};

use clap::Args;
use fortnight_engine::calendar::{Lean, parse_day, show_day};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::report::{report, work_search};
use fortnight_engine::words::Words;
use jiff::civil::Date;

use super::message;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::host::GiveError;
use crate::render::report::{
    Page, ReportData, SearchData, Told, Wording, markdown, page, search_page, search_sheet,
};
use crate::render::words::{count, quoted};
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// What to tell, and where it goes.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(crate) struct Report {
    /// Write it to this file: one page for a browser, or Markdown where the name ends in .md
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Markdown instead of a page; without --output it is printed
    #[arg(long, conflicts_with_all = ["open", "work_search"])]
    markdown: bool,
    /// Leave names out: of the words that were sent only the wordings are told
    #[arg(long, conflicts_with = "work_search")]
    without_names: bool,
    /// Leave out all that was sent to people
    #[arg(long, conflicts_with = "work_search")]
    without_words: bool,
    /// Whom you turned to, when, how and with what result: what many offices for work ask for
    #[arg(long)]
    work_search: bool,
    /// With --work-search: the first day
    #[arg(long, value_name = "DAY", requires = "work_search")]
    from: Option<String>,
    /// With --work-search: the last day
    #[arg(long, value_name = "DAY", requires = "work_search")]
    to: Option<String>,
    /// With --work-search: a table for spreadsheets, also into a file
    #[arg(long, requires = "work_search", conflicts_with = "open")]
    csv: bool,
    /// Write over a file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Report) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open_whole()?;
    if arguments.work_search {
        return search(session, &desk, &open, arguments);
    }
    let situation = open.situation(desk.instant);
    let content = report(&situation);
    if session.global.json {
        session.print_json(&ReportData::of(&content))?;
        return Ok(Status::Done);
    }
    let told = match (arguments.without_words, arguments.without_names) {
        (true, _) => Told::Nothing,
        (false, true) => Told::Wordings,
        (false, false) => Told::Letters,
    };
    let wordings = wordings(&open);
    let shown = Page { report: &content, playbook: &open.playbook, wordings: &wordings, told };
    let plain = arguments.markdown || arguments.output.as_deref().is_some_and(is_markdown);
    if arguments.open && plain {
        return Err(CliError::refused_with(
            "Markdown is not for a browser.",
            "fortnight report --open",
        ));
    }
    let text = if plain { markdown(&shown) } else { page(&shown) };
    if arguments.output.is_none() && !arguments.open {
        if plain {
            session.print_page(&text)?;
            return Ok(Status::Done);
        }
        return Err(nowhere_to_go());
    }
    let path = deliver(session, arguments, &text, "report.html")?;
    let people: usize = {
        let names: std::collections::BTreeSet<_> =
            content.letters.iter().flat_map(|group| &group.letters).map(|l| l.entry).collect();
        names.len()
    };
    if told == Told::Letters && people > 0 {
        session.say(&wrapped(&format!(
            "It names {} and holds what you wrote to them. To hand it on without: \
             --without-names",
            count(people, "person", "people")
        )))?;
    }
    open_page(session, arguments, &path)?;
    Ok(Status::Done)
}

fn search(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    arguments: &Report,
) -> Result<Status, CliError> {
    let today = desk.today(open);
    let from = match &arguments.from {
        Some(text) => past_day(text, today)?,
        None => open.state.start.min(today),
    };
    let to = match &arguments.to {
        Some(text) => past_day(text, today)?,
        None => today,
    };
    if to < from {
        return Err(CliError::refused_with(
            format!("{} comes after {}.", show_day(from), show_day(to)),
            format!("fortnight report --work-search --from {to} --to {from}"),
        ));
    }
    let records = work_search(&open.situation(desk.instant), from, to);
    if session.global.json {
        session.print_json(&SearchData::of(from, to, &records))?;
        return Ok(Status::Done);
    }
    let is_sheet =
        |path: &Path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    let sheet = arguments.csv || arguments.output.as_deref().is_none_or(is_sheet);
    if sheet && !arguments.open {
        let text = search_sheet(&records);
        if arguments.output.is_none() {
            session.print_page(&text)?;
        } else {
            deliver(session, arguments, &text, "work-search.csv")?;
        }
    } else {
        let role = open.state.inputs.get("target_role").filter(|role| !role.is_blank());
        let text = search_page(&records, from, to, today, role);
        let path = deliver(session, arguments, &text, "work-search.html")?;
        open_page(session, arguments, &path)?;
    }
    let found = count(records.len(), "contact", "contacts");
    session.say(&wrapped(&format!(
        "{found} from {} to {}. These are your records; whether they are enough is for the office \
         to say.",
        show_day(from),
        show_day(to)
    )))?;
    Ok(Status::Done)
}

/// A day that has come.
fn past_day(text: &str, today: Date) -> Result<Date, CliError> {
    let day = parse_day(text, today, Lean::Past)
        .map_err(|flaw| CliError::flawed(text.to_owned(), flaw))?;
    if day > today {
        return Err(CliError::refused_with(
            format!("{} is still to come: a work search tells what was done.", show_day(day)),
            "--to today",
        ));
    }
    Ok(day)
}

/// Writes the file, named or in the folder of things that may be lost, and says so.
fn deliver(
    session: &mut Session<'_>,
    arguments: &Report,
    text: &str,
    name: &str,
) -> Result<PathBuf, CliError> {
    let Some(path) = &arguments.output else {
        let folder = session.host.folders.cache.clone().ok_or(CliError::NoHome)?;
        let path = folder.join(name);
        session
            .host
            .make_private_folder(&folder)
            .and_then(|()| session.host.write_private(&path, text.as_bytes()))
            .map_err(|error| CliError::unwritable(path.clone(), &error))?;
        return Ok(path);
    };
    let shown = quoted(&path.to_string_lossy());
    session.host.give(path, text.as_bytes(), arguments.force).map_err(|error| match error {
        GiveError::Exists => CliError::refused_with(
            format!("{shown} is there already."),
            format!("--output {shown} --force writes over it"),
        ),
        GiveError::Link => CliError::refused(format!("{shown}: {error}.")),
        GiveError::System(error) => CliError::unwritable(path.clone(), &error),
    })?;
    session.say(&format!("Written: {shown}"))?;
    Ok(session.host.locate(path))
}

fn open_page(session: &mut Session<'_>, arguments: &Report, path: &Path) -> Result<(), CliError> {
    if !arguments.open {
        return Ok(());
    }
    let address = path.to_string_lossy();
    if (session.host.open_page)(&address).is_err() {
        session
            .say(&format!("No browser could be opened. The page is there: {}", quoted(&address)))?;
    }
    Ok(())
}

fn wrapped(text: &str) -> String {
    width::wrap(text, COLUMNS).join("\n")
}

fn is_markdown(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
}

fn nowhere_to_go() -> CliError {
    CliError::Refused {
        sentence: "A report is a page of its own: say where it goes.".to_owned(),
        helps: vec![
            "fortnight report --open".to_owned(),
            "fortnight report --output report.html".to_owned(),
            "fortnight report --markdown".to_owned(),
        ],
    }
}

/// The wordings in force, with gaps where names stand.
fn wordings(open: &OpenPlan) -> Vec<Wording> {
    let messages = open.playbook.messages.iter();
    messages
        .flat_map(|message| {
            message.texts.iter().map(|text| Wording {
                message: message.id.to_string(),
                option: text.option.as_ref().map(ToString::to_string),
                text: Words::new(message::as_it_stands(open, message, text)).terminal_block(),
            })
        })
        .collect()
}
