//! `fortnight remind`: what a desktop notification or a mail of cron should say, and the timers
//! that ask for it.

use clap::{Args, ValueEnum};
use fortnight_engine::calendar::parse_time;
use fortnight_engine::plan;
use fortnight_engine::words::Words;

use super::today::idle_since;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::remind;
use crate::render::timer::{self, Timer};
use crate::session::Session;

/// What to print.
#[derive(Debug, Args)]
#[command(after_long_help = EXPLANATION)]
pub(crate) struct Remind {
    /// Print the lines that make this system ask each morning, instead
    #[arg(long, value_enum, value_name = "SYSTEM")]
    timer: Option<System>,
    /// When the timer asks
    #[arg(long, value_name = "TIME", default_value = "08:30", requires = "timer")]
    at: String,
    /// The timer also writes this calendar file again, for programs that subscribe to it
    #[arg(long, value_name = "FILE", requires = "timer")]
    calendar: Option<String>,
}

/// Who asks each morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum System {
    /// A systemd timer of the user (Linux)
    Systemd,
    /// A launchd agent (macOS)
    Launchd,
    /// A line for crontab; cron mails what is printed
    Cron,
}

/// True for a path that stands as it is in a unit, a property list and a crontab: a line break would
/// begin a line of its own there.
fn fits_in_a_line(path: &str) -> bool {
    Words::new(path).terminal() == path && !path.contains(['\u{fffe}', '\u{ffff}'])
}

const EXPLANATION: &str = "\
A line or two, and nothing at all where there is nothing to say: what is overdue, how much there is today, the talks of \
the day with their time. On days without work it speaks only of what is on that very day. Nothing is recorded.\n\n\
  fortnight remind --timer systemd     prints a unit and a timer, and where they go\n  \
  fortnight remind --timer launchd     prints a property list, and where it goes\n  \
  fortnight remind --timer cron        prints a line for `crontab -e`\n\n\
The lines by hand, at 08:30 each day:\n\n\
  crontab      30 8 * * * fortnight remind\n  \
  systemd      OnCalendar=*-*-* 08:30:00, Persistent=true: it asks on waking where the machine slept\n  \
  launchd      StartCalendarInterval with Hour 8 and Minute 30; it runs on waking too";

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Remind) -> Result<Status, CliError> {
    if let Some(system) = arguments.timer {
        let at = parse_time(&arguments.at)
            .map_err(|flaw| CliError::flawed(arguments.at.clone(), flaw))?;
        let calendar = arguments
            .calendar
            .as_ref()
            .map(|file| session.host.locate(std::path::Path::new(file)).display().to_string());
        if let Some(file) = calendar.as_ref().filter(|file| !fits_in_a_line(file)) {
            return Err(CliError::refused_with(
                format!(
                    "A timer cannot call this file: its name has a line break or another character \
                     that does something. It is `{}`.",
                    Words::new(file.as_str()).terminal()
                ),
                "--calendar plan.ics",
            ));
        }
        let timer = Timer { program: session.host.program.clone(), at, calendar };
        session.print(&match system {
            System::Systemd => timer::systemd(&timer),
            System::Launchd => timer::launchd(&timer),
            System::Cron => timer::cron(&timer),
        })?;
        return Ok(Status::Done);
    }
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let situation = open.situation(desk.instant);
    let idle = idle_since(&desk, &open, &situation)?;
    let agenda = plan::agenda(&situation);
    let reminder = remind::reminder(&situation, &agenda, idle.as_ref());
    if session.global.json {
        session.print_json(&reminder)?;
    } else {
        session.print(&reminder.text())?;
    }
    Ok(Status::Done)
}
