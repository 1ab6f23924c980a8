//! `fortnight playbook when`: what a time in a playbook means, and the days it leads to.

use std::path::Path;

use clap::Args;
use fortnight_engine::calendar::{
    self, DaySet, Timing, WeekdaySet, WorkCalendar, changes_of_clocks, parse_count, parse_range,
    parse_start, read_days_off, resolve, show_moment,
};
use fortnight_engine::source::Flaw;
use fortnight_engine::words::Words;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::clock::Now;
use crate::commands::calendar_file;
use crate::failure::{CliError, Status};
use crate::render::when::{Answer, Found, Kind};
use crate::session::Session;

/// The time, and from when on it is looked at.
#[derive(Debug, Args)]
#[command(after_long_help = EXPLANATION)]
pub(crate) struct When {
    /// `Mon and Wed at 09:00`, `0 9 * * MON,WED`, `5 workdays`, `9 days`, `day 14`
    #[arg(value_name = "TIME", allow_hyphen_values = true)]
    time: String,
    /// The zone, by the name of a place (default: that of this machine)
    #[arg(long, value_name = "PLACE")]
    zone: Option<String>,
    /// From this day or moment on, itself included (default: now)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// How many occurrences of a schedule to list
    #[arg(
        long,
        short = 'n',
        value_name = "NUMBER",
        default_value = "5",
        allow_hyphen_values = true
    )]
    count: String,
    /// The days worked: `mon to fri`, `sun-thu`
    #[arg(long, value_name = "DAYS", default_value = "mon to fri")]
    workdays: String,
    /// Days off: a calendar file (.ics), one day, or `24 dec to 1 jan`; may be given several times
    #[arg(long, value_name = "DAYS OR FILE")]
    days_off: Vec<String>,
}

const EXPLANATION: &str = "\
A schedule lists its occurrences from --from on. A time that the clocks skip moves later by the gap; a time that \
happens twice runs the first time; a cron expression whose hour is `*` follows real hours instead. An occurrence on a \
day off is closed; a weekday without work counts, since the author wrote it (`workdays at` apart).\n\n\
A length of time counts from --from: as `after` it rolls to a workday, as `within` it does not. `day 14` is a day of \
the cycle that starts on --from. Without a time of day --from is the first moment of its day; an offset \
(2026-10-25T02:30+01:00) says which of two is meant when clocks go back.\n\n\
At most 1000 occurrences are listed; --from lies in the years 1900 to 2199, and the calendar ends with the year 9999.";

/// No list is longer.
const MOST: u32 = 1000;

/// Calendar files are looked at for so many days before and after `--from`.
const DAYS_AROUND: i64 = 20 * 366;

/// What the options say, read once.
struct Frame {
    zone: TimeZone,
    from: Timestamp,
    /// A word about `--from` where the clocks skip it or show it twice.
    note: Option<String>,
    /// Only a day was given.
    whole_day: bool,
    count: u32,
    work: WorkCalendar,
    off: DaySet,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, when: &When) -> Result<Status, CliError> {
    let timing = Timing::parse(&when.time).map_err(|flaw| CliError::flawed(&when.time, flaw))?;
    let frame = frame(session, when)?;
    let answer = answer(&timing, &frame);
    if session.global.json {
        session.print_json(&answer.data(&when.time))?;
    } else {
        session.print(&answer.page())?;
    }
    Ok(Status::Done)
}

fn frame(session: &mut Session<'_>, when: &When) -> Result<Frame, CliError> {
    let zone = match &when.zone {
        Some(name) => calendar::zone(name).map_err(|flaw| CliError::flawed(name.clone(), flaw))?,
        None => session.machine_zone(),
    };
    let count =
        parse_count(&when.count, MOST).map_err(|flaw| CliError::flawed(&when.count, flaw))?;
    let weekdays =
        WeekdaySet::parse(&when.workdays).map_err(|flaw| CliError::flawed(&when.workdays, flaw))?;
    let now = session.moment(&zone)?;
    let (from, note, whole_day) = start(when.from.as_deref(), now, &zone)?;
    let day = zone.to_datetime(from).date();
    let off = days_off(session, &when.days_off, day)?;
    let work = WorkCalendar { weekdays, days_off: off.clone() };
    Ok(Frame { zone, from, note, whole_day, count, work, off })
}

/// `--from`: an instant where it names an offset, else what a clock on the wall of the zone shows.
fn start(
    text: Option<&str>,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<(Timestamp, Option<String>, bool), CliError> {
    let Some(text) = text else { return Ok((now, None, false)) };
    if let Some(Now::Instant(instant)) = Now::read(text) {
        let year = zone.to_datetime(instant).year();
        if (1900..=2199).contains(&year) {
            return Ok((instant, None, false));
        }
        let message = format!("the year {year} lies outside 1900 to 2199");
        return Err(CliError::flawed(text, Flaw::new(0..text.len(), message)));
    }
    let today = zone.to_datetime(now).date();
    let (wall, timed) =
        parse_start(text, today).map_err(|flaw| CliError::flawed(text.to_owned(), flaw))?;
    let (instant, shift) = resolve(zone, wall);
    let note = match shift {
        calendar::Shift::Usual => None,
        calendar::Shift::Skipped { .. } => Some(format!(
            "The clocks skip {}; counted from {}.",
            show_moment(wall),
            show_moment(zone.to_datetime(instant))
        )),
        calendar::Shift::FirstOfTwo | calendar::Shift::SecondOfTwo => Some(format!(
            "{} happens twice; counted from the first. The second: write its offset behind it.",
            show_moment(wall)
        )),
    };
    Ok((instant, note, !timed))
}

/// All days off that were named, by hand or in files.
fn days_off(session: &mut Session<'_>, named: &[String], from: Date) -> Result<DaySet, CliError> {
    let span = jiff::Span::new().days(DAYS_AROUND);
    let (first, last) = (from.saturating_sub(span), from.saturating_add(span));
    let mut off = DaySet::default();
    for days in named {
        let path = Path::new(days);
        let ics = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics"));
        if ics || session.host.is_file(path) {
            let bytes = calendar_file::read(session, days)?;
            let read = read_days_off(&bytes, first, last);
            if read.calendars == 0 {
                return Err(calendar_file::no_calendar(days, &bytes, "--days-off FILE"));
            }
            calendar_file::tell_unread(session, &read.unread)?;
            off.extend(read.days.ranges().iter().cloned());
        } else {
            let range =
                parse_range(days, from).map_err(|flaw| CliError::flawed(days.clone(), flaw))?;
            off.insert(range);
        }
    }
    Ok(off)
}

fn answer(timing: &Timing, frame: &Frame) -> Answer {
    let from = frame.from.to_zoned(frame.zone.clone());
    let day = from.date();
    let zoned = |instant: Timestamp| instant.to_zoned(frame.zone.clone());
    let whole = |day: Date| -> Zoned { zoned(calendar::first_moment(&frame.zone, day)) };
    let (kind, occurrences, closed) = match timing {
        Timing::Schedule(schedule) => {
            let wanted = usize::try_from(frame.count).unwrap_or(usize::MAX);
            let coming = schedule.coming(&frame.zone, &frame.work, &frame.off, frame.from, wanted);
            let found = |occurrence: &calendar::Occurrence| Found {
                at: zoned(occurrence.instant),
                civil: occurrence.civil,
                shift: occurrence.shift,
            };
            let open: Vec<Found> = coming.open.iter().map(found).collect();
            let shut = coming.shut.iter().map(|shut| {
                let label = shut.label.as_deref().map(|label| Words::new(label).terminal());
                (found(&shut.occurrence), label)
            });
            let ends = open.len() < wanted;
            let real_hours = schedule.follows_real_hours();
            let kind = Kind::Schedule { means: schedule.describe(), real_hours, ends };
            (kind, open, shut.collect())
        }
        Timing::Length(length) => {
            let led = length.from_day(day, &frame.work);
            let moment = (!frame.whole_day).then(|| length.from_moment(frame.from)).flatten();
            let at = moment.map_or_else(|| whole(led.due), zoned);
            let found = Found { civil: at.datetime(), at, shift: calendar::Shift::Usual };
            let kind = Kind::Length { length: length.clone(), led, timed: moment.is_some() };
            (kind, vec![found], Vec::new())
        }
        Timing::CycleDay(number) => {
            let at = whole(number.date(day));
            let found = Found { civil: at.datetime(), at, shift: calendar::Shift::Usual };
            (Kind::CycleDay(*number), vec![found], Vec::new())
        }
    };
    let last = occurrences.last().map_or(frame.from, |last| last.at.timestamp());
    // A skipped time lies behind the change that skipped it; one that is doubled, before it.
    let until = last.checked_add(jiff::SignedDuration::from_hours(25)).unwrap_or(last);
    let near = occurrences.last().is_some_and(|last| !matches!(last.shift, calendar::Shift::Usual));
    let until = if near { until } else { last };
    let changes = changes_of_clocks(&frame.zone, frame.from, until, usize::MAX);
    Answer {
        kind,
        zone: frame.zone.iana_name().unwrap_or("UTC").to_owned(),
        from,
        whole_day: frame.whole_day,
        note: frame.note.clone(),
        occurrences,
        closed,
        changes,
    }
}
