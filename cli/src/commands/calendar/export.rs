//! `fortnight calendar export`: the plan as one iCalendar file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use fortnight_engine::calendar::parse_count;
use fortnight_engine::plan;

use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::render::ics::{self, Form, Frame};
use crate::render::words::{count, quoted};
use crate::session::Session;

/// Where to, and in which form.
#[derive(Debug, Args)]
#[command(after_long_help = EXPLANATION)]
pub(crate) struct Export {
    /// The file to write; without it, the calendar is printed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file
    #[arg(long, requires = "output")]
    force: bool,
    /// What tasks become
    #[arg(long = "as", value_enum, default_value_t, value_name = "FORM")]
    form: Tasks,
    /// How long before talks and habits to ring: minutes, or `none`
    #[arg(long, value_name = "MINUTES", default_value = "15", allow_hyphen_values = true)]
    alarm: String,
}

/// What tasks become in a calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Tasks {
    /// Tasks (VTODO), for programs that have them: Thunderbird, Evolution, Reminders, khal
    #[default]
    Tasks,
    /// Events of a whole day, for programs that show no tasks: Google, Outlook
    Events,
}

const EXPLANATION: &str = "\
In it: the tasks of the running cycle with their limits, what comes up later in it if everything is done on its day \
(marked as planned), the review, every occurrence of a habit, and every talk with its hour in UTC, which calendars show \
in the zone they are in. An open task stands on its day, and from then on on today. What was called off stays in the \
file as cancelled, so that a calendar takes it away.\n\n\
The same plan and the same day give the same bytes. Every entry keeps its UID for ever; SEQUENCE rises with what is \
recorded and with the days, so that the newer file wins.\n\n\
To keep a calendar program up to date, let it subscribe to the file, and have the file written again each morning:\n  \
fortnight calendar export --output plan.ics --force\n\
`fortnight remind --timer systemd --calendar plan.ics` prints a timer that does so.";

/// No alarm rings earlier: four weeks.
const EARLIEST: u32 = 4 * 7 * 24 * 60;

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, export: &Export) -> Result<Status, CliError> {
    let alarm = match export.alarm.trim() {
        "none" => None,
        "0" => Some(0),
        text => Some(parse_count(text, EARLIEST).map_err(|mut flaw| {
            flaw.helps = vec![format!("write minutes, 0 to {EARLIEST}, or `none`")];
            CliError::flawed(text, flaw)
        })?),
    };
    let desk = Desk::to_read(session)?;
    let open = desk.open_whole()?;
    let situation = open.situation(desk.instant);
    let entries = plan::diary(&situation);
    let newest = desk.notebook.newest().map_err(plain)?.map_or(0, |operation| operation.0);
    let recorded = desk.notebook.recorded_last().map_err(plain)?;
    let days = situation.today().since(open.state.start).map_or(0, |span| span.get_days());
    let frame = Frame {
        title: &open.playbook.title,
        plan: desk.plan,
        seed: open.state.seed,
        revision: newest.saturating_add(u64::try_from(days).unwrap_or(0)),
        stamp: recorded.unwrap_or(desk.instant),
        zone: &open.zone,
        form: match export.form {
            Tasks::Tasks => Form::Tasks,
            Tasks::Events => Form::Events,
        },
        alarm,
    };
    let text = ics::calendar(&frame, &entries);
    let Some(path) = &export.output else {
        session.print_exactly(&text)?;
        return Ok(Status::Done);
    };
    if let Err(error) = session.host.write_file(path, text.as_bytes(), export.force) {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            let name = path.display().to_string();
            return Err(CliError::refused_with(
                format!("`{name}` is there already."),
                format!("fortnight calendar export --output {} --force", quoted(&name)),
            ));
        }
        return Err(CliError::unwritable(path, &error));
    }
    session.say(&format!(
        "Written: {} ({}).",
        crate::render::safe::line(&path.display().to_string()),
        count(entries.len(), "entry", "entries")
    ))?;
    Ok(Status::Done)
}
