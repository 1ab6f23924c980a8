//! `fortnight start PLAYBOOK`: a plan begins.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use fortnight_engine::calendar::{self, Hours, Lean, WeekdaySet, parse_day, show_day_with_year};
use fortnight_engine::diagnostic::{Code, Severity};
use fortnight_engine::notebook::{Beginning, NotebookError, Recording, Session as Work, suggest};
use fortnight_engine::people::matching::plan_import;
use fortnight_engine::plan::{Command, Note, PlanId};
use fortnight_engine::playbook::{Id, Loaded, Playbook, StepKind};
use fortnight_engine::words::Words;
use jiff::civil::{Date, Weekday};

use super::cycle::planning;
use super::today;
use crate::contacts::{self, Contacts};
use crate::desk::{Desk, failure, notebook_to_write, plain, warn_of_clock};
use crate::failure::{CliError, Status};
use crate::library::Library;
use crate::render::words::{count, inside};
use crate::render::{COLUMNS, note, width};
use crate::session::Session;
use crate::values::pair;

/// What the plan is made of.
#[derive(Debug, Args)]
pub(crate) struct Start {
    /// The playbook: its name, or the path of its file
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    /// Your contacts: LinkedIn's Connections.csv, another CSV, or a vCard file
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// An answer to a question of the playbook; may be given several times
    #[arg(long = "set", value_name = "NAME=ANSWER", value_parser = pair)]
    answers: Vec<(String, String)>,
    /// Take the playbook's examples where no answer is given
    #[arg(long)]
    sample_answers: bool,
    /// What the first cycle compares with what you do now
    #[arg(long, value_name = "CHOICE=OPTION", value_parser = pair)]
    compare: Option<(String, String)>,
    /// How many cycles with these two options you will look at; said before the first message
    #[arg(long, value_name = "NUMBER", requires = "compare")]
    looks: Option<u32>,
    /// The first day of the first cycle (default: today)
    #[arg(long = "start", value_name = "DAY")]
    first_day: Option<String>,
    /// Your time zone (default: that of this machine)
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// The days on which you work
    #[arg(long, value_name = "DAYS", default_value = "mon to fri")]
    workdays: String,
    /// The hours in which you could talk
    #[arg(long, value_name = "HOURS", default_value = "09:00 to 17:00")]
    hours: String,
}

/// What the operation came to.
struct Begun {
    plan: PlanId,
    known: usize,
    listed: usize,
    notes: Vec<Note>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, start: &Start) -> Result<Status, CliError> {
    let (playbook, packed) = load(session, &start.playbook)?;
    let zone = start.zone.clone().unwrap_or_else(|| session.host.zone.clone());
    let zone = match calendar::zone(&zone) {
        Ok(zone) => zone,
        Err(flaw) if start.zone.is_some() => return Err(CliError::flawed(zone, flaw)),
        Err(_) => jiff::tz::TimeZone::UTC,
    };
    let instant = session.moment(&zone)?;
    let today = zone.to_datetime(instant).date();
    let first_day = match &start.first_day {
        Some(text) => parse_day(text, today, Lean::Future)
            .map_err(|flaw| CliError::flawed(text.clone(), flaw))?,
        None => today,
    };
    let weekdays = WeekdaySet::parse(&start.workdays)
        .map_err(|flaw| CliError::flawed(start.workdays.clone(), flaw))?;
    let hours =
        Hours::parse(&start.hours).map_err(|flaw| CliError::flawed(start.hours.clone(), flaw))?;
    let contacts = match &start.people {
        Some(path) => Some(contacts::read(session, path, &[])?),
        None => None,
    };
    header(session, &playbook)?;
    let inputs = answers(session, start, &playbook)?;
    let compared = start.compare.clone().or_else(|| sample_choice(start, &playbook));
    let (mut notebook, database) = notebook_to_write(session)?;
    let book = notebook.everybody().map_err(plain)?;
    let beginning = Beginning {
        playbook: playbook.clone(),
        packed,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        weekdays,
        hours,
        seed: (session.host.seed)(),
        start: first_day,
        inputs,
        compared,
        book,
    };
    let anyway = session.global.anyway;
    let recording = Recording { command: "start", plan: None, entries: &[], whole: true, anyway };
    let recorded = notebook.record(&recording, instant, |work| {
        let plan = work.start(beginning.clone(), instant)?;
        if let Some(looks) = start.looks {
            work.decide(&Command::Looks { looks })?;
        }
        gather(work, plan, contacts.as_ref(), instant)
    });
    let recorded = recorded.map_err(|error| failure(error, &playbook))?;
    warn_of_clock(session, &recorded)?;
    let desk = Desk { notebook, database, plan: recorded.value.plan, instant, anyway };
    tell(session, &desk, &recorded.value, contacts.as_ref(), first_day)?;
    Ok(Status::Done)
}

/// The playbook, without errors, and its packed text.
pub(crate) fn load(session: &Session<'_>, name: &str) -> Result<(Playbook, String), CliError> {
    let library = Library::of(session.host);
    let found = library.find(name)?;
    if found.not_text.is_some() {
        return Err(CliError::NotText { path: found.file.name().into() });
    }
    let Loaded { diagnostics, playbook, packed, .. } = library.load(found.file);
    playbook.zip(packed).ok_or_else(|| {
        let changed = diagnostics.iter().find(|finding| finding.code == Code::ChangedPack);
        if let Some(finding) = changed {
            let mut sentence = format!("{name}: {}.", finding.message);
            sentence.push_str(" No plan can begin with it.");
            return CliError::Refused { sentence, helps: finding.helps.clone() };
        }
        let errors =
            diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
        CliError::BrokenPlaybook { name: name.to_owned(), errors: count(errors, "error", "errors") }
    })
}

/// `Networking for product designers 1.0.0 · two-week cycles · 25 to 30 people`
fn header(session: &mut Session<'_>, playbook: &Playbook) -> Result<(), CliError> {
    let mut parts = vec![format!("{} {}", playbook.title, playbook.version)];
    parts.push(match playbook.cycle.length {
        14 => "two-week cycles".to_owned(),
        days => format!("cycles of {days} days"),
    });
    let size = &playbook.people.size;
    if let (Some(least), Some(most)) = (size.least, size.most) {
        parts.push(format!("{least} to {most} people"));
    }
    session.say(&format!("{}\n", width::wrap(&parts.join(" · "), COLUMNS).join("\n")))
}

/// An answer for each input: given, asked for, or the playbook's example.
fn answers(
    session: &mut Session<'_>,
    start: &Start,
    playbook: &Playbook,
) -> Result<BTreeMap<Id, Words>, CliError> {
    let mut answers = BTreeMap::new();
    for (name, answer) in &start.answers {
        answers.insert(Id::from(name.as_str()), Words::new(answer.as_str()));
    }
    let mut questions = Vec::new();
    let mut helps = Vec::new();
    for input in &playbook.inputs {
        if answers.contains_key(&input.id) {
            continue;
        }
        let example = input.example.as_deref().filter(|_| start.sample_answers);
        if let Some(example) = example {
            answers.insert(input.id.clone(), Words::new(example));
            continue;
        }
        let Some(question) = input.ask.as_deref().filter(|_| input.default.is_none()) else {
            continue;
        };
        let hint = input.example.as_ref().map(|example| format!("  (such as: {example})\n"));
        let asked = format!("{question}\n{}>", hint.unwrap_or_default());
        if let Some(answer) = session.ask(&asked)? {
            answers.insert(input.id.clone(), Words::new(answer));
        } else {
            questions.push(question.to_owned());
            helps.push(format!("--set {}=\"…\"", input.id));
        }
    }
    if questions.is_empty() {
        return Ok(answers);
    }
    helps.push("--sample-answers takes the playbook's examples".to_owned());
    Err(CliError::Unanswered { questions, helps })
}

/// With sample answers the first cycle compares the first new option of the first choice.
fn sample_choice(start: &Start, playbook: &Playbook) -> Option<(String, String)> {
    let chosen = playbook.steps.iter().find_map(|step| match &step.kind {
        StepKind::Choose(choice) => playbook.choice(choice),
        StepKind::Task
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Fill(_)
        | StepKind::Send(_)
        | StepKind::Decide(_)
        | StepKind::Every(_) => None,
    });
    let choice = chosen.filter(|_| start.sample_answers)?;
    let option = choice.options.get(1)?;
    Some((choice.id.to_string(), option.id.to_string()))
}

/// Everybody of the file becomes known, and the best of them come onto the first list.
fn gather(
    work: &mut Work,
    plan: PlanId,
    contacts: Option<&Contacts>,
    instant: jiff::Timestamp,
) -> Result<Begun, NotebookError> {
    let mut known = 0;
    if let Some(contacts) = contacts {
        let import = plan_import(&work.plan()?.book, contacts.reading.contacts.clone());
        known = import.new.len() + import.matched.len() + import.proposed.len();
        contacts::take_in(work, import)?;
    }
    let open = work.plan()?;
    let situation = open.situation(instant);
    let cycle = situation.upcoming().or_else(|| situation.running());
    let entries = cycle.map(|cycle| suggest(open, cycle)).unwrap_or_default();
    let number = cycle.map_or(1, |cycle| cycle.number);
    let listed = entries.len();
    let mut notes = Vec::new();
    if !entries.is_empty() {
        work.list_companies(&entries)?;
        notes = work.decide(&Command::List { entries, cycle: number })?.notes;
    }
    Ok(Begun { plan, known, listed, notes })
}

/// What was read, what the cycle compares, and what is due today.
fn tell(
    session: &mut Session<'_>,
    desk: &Desk,
    begun: &Begun,
    contacts: Option<&Contacts>,
    first_day: Date,
) -> Result<(), CliError> {
    let open = desk.open(&[])?;
    if let Some(contacts) = contacts {
        contacts::tell(session, contacts, begun.known)?;
        let people = count(begun.listed, "person is", "people are");
        session.say(&format!("{people} on the list of cycle 1. Change it: fortnight people"))?;
    } else {
        session
            .say("Nobody is on the list yet: fortnight people import FILE, or people add NAME")?;
    }
    for said in &begun.notes {
        session.say(&note::words(said, &open.book))?;
    }
    let situation = open.situation(desk.instant);
    let cycle = situation.upcoming().or_else(|| situation.running());
    let split = cycle.is_some_and(|cycle| cycle.members.iter().any(|m| m.option.is_some()));
    if let Some((compared, _)) = cycle.and_then(|cycle| cycle.compared.as_ref()).filter(|_| split) {
        let title = |id: &Id| {
            let choice = open.playbook.choice(&compared.choice)?;
            let option = choice.options.iter().find(|option| option.id == *id)?;
            Some(inside(&option.title))
        };
        let (a, b) = (title(&compared.baseline), title(&compared.option));
        let words = format!(
            "Half of your people get your message {}, half get {}. You will see which gets more \
             answers. One cycle can give a hint; being sure usually takes two.",
            a.unwrap_or_default(),
            b.unwrap_or_default()
        );
        session.say(&format!("\n{}", width::wrap(&words, COLUMNS).join("\n")))?;
        if let Some(cycle) = cycle {
            planning::say(session, cycle)?;
        }
    }
    let today = desk.today(&open);
    if first_day > today {
        session.say(&format!("The first cycle starts on {}.", show_day_with_year(first_day)))?;
    } else if matches!(first_day.weekday(), Weekday::Thursday | Weekday::Friday) {
        session.say("A cycle that starts on a Monday fits the working week best: --start mon")?;
    }
    session.say("")?;
    today::print(session, desk, &open, false)?;
    let way = if session.host.input_is_terminal {
        "fortnight work"
    } else {
        "fortnight show 1, then fortnight done 1"
    };
    session.say(&format!("Next: {way}"))
}
