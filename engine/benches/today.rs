//! What a morning costs: open the database, read what is open, work the agenda out.
//!
//! Targets: a plan of 28 people in a few milliseconds; behind fifty ended cycles ≤ 1.1 × a fresh
//! one. Run with `cargo bench -p fortnight-engine --bench today`.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark reads the clock, makes files and prints"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fortnight_engine::calendar::{Hours, WeekdaySet};
use fortnight_engine::notebook::{Beginning, Notebook, NotebookError, Recording, Session};
use fortnight_engine::people::{Book, Entry, EntryId};
use fortnight_engine::plan::{Command, PlanId, TaskKey, agenda};
use fortnight_engine::playbook::{self, Decision, Id};
use fortnight_engine::source::SourceFile;
use fortnight_engine::store::SqliteStore;
use fortnight_engine::words::Words;
use jiff::civil::{Date, date};
use jiff::{Span, Timestamp, tz::TimeZone};

const PLAN: PlanId = PlanId(1);
const PEOPLE: usize = 28;

fn shipped(name: &str, _from: &str) -> Option<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../playbooks");
    let text = std::fs::read_to_string(root.join(format!("{name}.yaml"))).ok()?;
    Some(SourceFile::new(format!("{name}.yaml"), text))
}

fn at(day: Date) -> Timestamp {
    day.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a moment").timestamp()
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).expect("a day")
}

fn record(
    notebook: &mut Notebook<SqliteStore>,
    day: Date,
    work: impl FnMut(&mut Session) -> Result<(), NotebookError>,
) {
    let recording =
        Recording { command: "bench", plan: Some(PLAN), entries: &[], whole: false, anyway: true };
    notebook.record(&recording, at(day), work).expect("recorded");
}

fn done(session: &mut Session, task: TaskKey, on: Date) -> Result<(), NotebookError> {
    session
        .decide(&Command::Done { task, on, answers: BTreeMap::new(), text: None, channel: None })
        .map(drop)
}

/// A plan with so many cycles behind it, on the second day of the next one.
fn plan(path: &Path, cycles: u32) -> Date {
    let loaded = playbook::load(shipped("product-designer", "").expect("shipped"), &shipped);
    let playbook = loaded.playbook.expect("no error");
    let examples = playbook
        .inputs
        .iter()
        .filter_map(|input| Some((input.id.clone(), Words::new(input.example.as_deref()?))));
    let start = date(2024, 1, 1);
    let beginning = Beginning {
        inputs: examples.collect(),
        packed: loaded.packed.expect("no error"),
        playbook,
        zone: "Europe/Paris".to_owned(),
        weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
        hours: Hours::default(),
        seed: 3,
        start,
        compared: Some(("signal".to_owned(), "clear-ask".to_owned())),
        book: Book::new(),
    };
    let mut notebook = Notebook::new(SqliteStore::open(path).expect("a database"));
    let recording =
        Recording { command: "start", plan: None, entries: &[], whole: false, anyway: false };
    notebook
        .record(&recording, at(start), |session| session.start(beginning.clone(), at(start)))
        .expect("begun");
    for cycle in 1..=cycles + 1 {
        let day = later(start, i64::from(cycle - 1) * 14);
        let mut people = Vec::new();
        record(&mut notebook, day, |session| {
            people = (0..PEOPLE)
                .map(|number| {
                    let name = format!("Person {cycle} {number}");
                    let entry = Entry::person(EntryId(0), name.as_str())
                        .with("connected_on", "2023-03-12")
                        .with("context", "your talk on research debt");
                    session.add(entry)
                })
                .collect();
            let listed = Command::List { entries: people.clone(), cycle };
            session.decide(&listed).map(drop)
        });
        for entry in people.iter().take(10) {
            record(&mut notebook, day, |session| {
                done(session, TaskKey::of(cycle, Id::from("send-intro"), *entry), day)
            });
        }
        if cycle > cycles {
            return later(day, 1);
        }
        for entry in people.iter().take(3) {
            record(&mut notebook, later(day, 2), |session| {
                let on = later(day, 2);
                let (entry, fields) = (*entry, BTreeMap::new());
                let outcome = "replied".to_owned();
                let reply =
                    Command::Record { entry, outcome, on, time: None, fields, channel: None };
                session.decide(&reply)?;
                done(session, TaskKey::of(cycle, Id::from("offer-times"), entry), on)
            });
        }
        let end = later(day, 11);
        record(&mut notebook, end, |session| {
            let (why, next) = (Words::new("not clear yet"), Some(later(day, 14)));
            let (decision, option) = (Decision::Again, None);
            session.decide(&Command::Decide {
                decision,
                option,
                why,
                next,
                shown: String::new(),
            })?;
            Ok(())
        });
    }
    start
}

/// The median of twenty-one mornings after a warm-up, and how many tasks were due.
fn morning(path: &Path, today: Date) -> (Duration, usize) {
    let mut times = Vec::new();
    let mut tasks = 0;
    for _ in 0..22 {
        let begin = Instant::now();
        let notebook = Notebook::new(SqliteStore::open_read_only(path).expect("a database"));
        let open = notebook.open(PLAN, &[]).expect("a plan");
        tasks = agenda(&open.situation(at(today))).tasks.len();
        times.push(begin.elapsed());
    }
    times.remove(0);
    times.sort();
    (times[times.len() / 2], tasks)
}

fn main() {
    let folder: PathBuf =
        std::env::temp_dir().join(format!("fortnight-today-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the benchmark");
    let mut fresh = Duration::ZERO;
    for cycles in [0, 10, 50] {
        let path = folder.join(format!("{cycles}.db"));
        let today = plan(&path, cycles);
        let (time, tasks) = morning(&path, today);
        if cycles == 0 {
            fresh = time;
        }
        println!(
            "{cycles:>3} ended cycles: {time:>9.2?}, {:.2} x fresh, {tasks} open tasks",
            time.as_secs_f64() / fresh.as_secs_f64()
        );
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
