//! `fortnight start PLAYBOOK`: a plan begins.

mod dialogue;
mod told;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use fortnight_engine::calendar::{self, Hours, Lean, WeekdaySet, parse_day};
use fortnight_engine::diagnostic::{Code, Severity};
use fortnight_engine::notebook::{
    Beginning, NotebookError, Recording, Session as Work, suggest_with,
};
use fortnight_engine::people::Contact;
use fortnight_engine::people::matching::plan_import;
use fortnight_engine::plan::{Command, Note, PlanId, Rejection, check_answer};
use fortnight_engine::playbook::{Id, Loaded, Playbook};
use fortnight_engine::words::Words;

use self::dialogue::Settled;
use crate::contacts::{self, Taken};
use crate::desk::{Desk, failure, note_recorded, notebook_to_write, plain, refusal};
use crate::failure::{CliError, Status};
use crate::library::Library;
use crate::render::words::count;
use crate::render::{COLUMNS, width};
use crate::session::Session;
use crate::values::pair;

/// What the plan is made of.
#[derive(Debug, Args)]
pub(crate) struct Start {
    /// The playbook: its name, or the path of its file; without it, the names there are
    #[arg(value_name = "PLAYBOOK")]
    playbook: Option<String>,
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
    let Some(named) = &start.playbook else { return Err(which(session)?) };
    let (playbook, packed) = load(session, named)?;
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
        Some(path) => Some(contacts::read(session, path, &[], None, &playbook)?),
        None => None,
    };
    let settled = Settled {
        inputs: given(start, &playbook)?,
        compared: start.compare.clone().or_else(|| sample_choice(start, &playbook)),
        contacts,
        typed: Vec::new(),
        first_day,
    };
    header(session, &playbook)?;
    // Whoever takes the examples tries things out, and is asked nothing.
    let asks = session.host.input_is_terminal && !start.sample_answers;
    let settled = if asks {
        let asks_day = start.first_day.is_none();
        let Some(all) = dialogue::complete(session, &playbook, settled, today, asks_day)? else {
            session.say("Nothing was stored.")?;
            return Ok(Status::Done);
        };
        all
    } else {
        unanswered(&playbook, &settled.inputs)?;
        settled
    };
    let file = settled.contacts.as_ref().map(|contacts| contacts.reading.contacts.as_slice());
    let people = file.unwrap_or(&settled.typed);
    let (mut notebook, database) = notebook_to_write(session)?;
    let book = notebook.everybody().map_err(plain)?;
    let beginning = Beginning {
        playbook: playbook.clone(),
        packed,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        weekdays,
        hours,
        seed: (session.host.seed)(),
        start: settled.first_day,
        inputs: settled.inputs.clone(),
        compared: settled.compared.clone(),
        book,
    };
    let anyway = session.global.anyway;
    let recording = Recording { command: "start", plan: None, entries: &[], whole: true, anyway };
    let recorded = notebook.record(&recording, instant, |work| {
        let plan = work.start(beginning.clone(), instant)?;
        if let Some(looks) = start.looks {
            work.decide(&Command::Looks { looks })?;
        }
        gather(work, plan, people, instant)
    });
    let recorded = recorded.map_err(|error| failure(error, &playbook))?;
    note_recorded(session, &recorded)?;
    let desk = Desk { notebook, database, plan: recorded.value.plan, instant, anyway };
    told::tell(
        session,
        &desk,
        &recorded.value,
        settled.contacts.as_ref(),
        settled.first_day,
        asks,
    )?;
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

/// `Networking for product designers 1.0.0 · two-week cycles · 25 to 30 people`, and what the
/// playbook says about itself.
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
    session.say(&format!("{}\n", width::wrap(&parts.join(" · "), COLUMNS).join("\n")))?;
    match playbook.about.as_deref().map(str::trim).filter(|about| !about.is_empty()) {
        Some(about) => session.say(&format!("{}\n", width::flow(about, COLUMNS).join("\n"))),
        None => Ok(()),
    }
}

/// The answers that were given, and with `--sample-answers` the playbook's examples.
fn given(start: &Start, playbook: &Playbook) -> Result<BTreeMap<Id, Words>, CliError> {
    let mut answers = BTreeMap::new();
    for (name, answer) in &start.answers {
        let answer = Words::new(answer.as_str());
        let known = || playbook.inputs.iter().map(|known| known.id.clone()).collect();
        let unknown = || Rejection::UnknownInput { input: name.clone(), known: known() };
        let checked = playbook.input(name).ok_or_else(unknown);
        checked
            .and_then(|field| check_answer(field, &answer))
            .map_err(|rejected| refusal(&rejected, playbook))?;
        answers.insert(Id::from(name.as_str()), answer);
    }
    for input in playbook.inputs.iter().filter(|_| start.sample_answers) {
        if let Some(example) = input.example.as_deref() {
            answers.entry(input.id.clone()).or_insert_with(|| Words::new(example));
        }
    }
    Ok(answers)
}

/// Nothing is asked where nobody is there to answer: what is missing is said with its option.
fn unanswered(playbook: &Playbook, answers: &BTreeMap<Id, Words>) -> Result<(), CliError> {
    let mut questions = vec!["Some answers are missing, and nobody is at a terminal:".to_owned()];
    let mut helps = Vec::new();
    for input in playbook.inputs.iter().filter(|input| !answers.contains_key(&input.id)) {
        let Some(question) = input.ask.as_deref().filter(|_| input.default.is_none()) else {
            continue;
        };
        questions.push(question.to_owned());
        helps.push(format!("--set {}=\"…\"", input.id));
    }
    if helps.is_empty() {
        return Ok(());
    }
    helps.push("--sample-answers takes the playbook's examples".to_owned());
    Err(CliError::Unanswered { questions, helps })
}

/// With sample answers the first cycle compares the first new option of the first choice.
fn sample_choice(start: &Start, playbook: &Playbook) -> Option<(String, String)> {
    let choice = playbook.first_choice().filter(|_| start.sample_answers)?;
    let option = choice.options.get(1)?;
    Some((choice.id.to_string(), option.id.to_string()))
}

/// Which playbook? The names that there are, each as it is typed.
fn which(session: &Session<'_>) -> Result<CliError, CliError> {
    let library = Library::of(session.host);
    let names = library.known()?.into_iter().map(|known| format!("fortnight start {}", known.name));
    let mut helps: Vec<String> = names.collect();
    helps.push("What each is for: fortnight playbook list".to_owned());
    let questions = vec!["Which playbook? A plan begins with one:".to_owned()];
    Ok(CliError::Unanswered { questions, helps })
}

/// Everybody of the file becomes known, and the best of them come onto the first list.
fn gather(
    work: &mut Work,
    plan: PlanId,
    people: &[Contact],
    instant: jiff::Timestamp,
) -> Result<Begun, NotebookError> {
    let import = plan_import(&work.plan()?.book, people.to_vec());
    let known = import.new.len() + import.matched.len() + import.proposed.len();
    let Taken { listed, notes, .. } = contacts::take_in(work, import, |work, new| {
        let open = work.plan()?;
        let situation = open.situation(instant);
        let cycle = situation.upcoming().or_else(|| situation.running());
        Ok(cycle.map(|cycle| (cycle.number, suggest_with(open, cycle, new))))
    })?;
    Ok(Begun { plan, known, listed, notes })
}
