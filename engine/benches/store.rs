//! What a day's reading, a recorded step and a large import cost in the log, against floors.
//!
//! Targets: reading a plan with fifty ended cycles ≤ 1.1 × a fresh one; recording ≤ 4 × one durable
//! SQLite transaction, without growth; matching and storing 100,000 contacts ≤ 2 × inserting the
//! parsed rows bare in one transaction (decisions 27 and 28). How long the rows take that the log
//! keeps, ready made, is shown beside it.
//! Run with `cargo bench -p fortnight-engine --bench store`, and `-- import` for that part alone.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark reads the clock, makes files and prints"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fortnight_engine::calendar::{Hours, WeekdaySet};
use fortnight_engine::message::Channel;
use fortnight_engine::people::matching::plan_import;
use fortnight_engine::people::{self, Book, Entry, EntryId, import};
use fortnight_engine::plan::{Fact, FactKind, PlanId, Sent, TaskKey};
use fortnight_engine::playbook::Decision;
use fortnight_engine::store::{
    Change, Entries, NewOperation, Projection, Scope, SqliteStore, Store,
};
use fortnight_engine::words::Words;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

const PLAN: PlanId = PlanId(1);
const PEOPLE: u64 = 28;
const TEXT: &str = "Hi Ana, your talk on research debt stayed with me since Lyon. It made me rethink how \
    we keep our notes. I am moving towards design lead roles in small teams. Would you have fifteen \
    minutes next week to tell me how Northwind works? Thank you for reading this far.";

/// The median of eleven runs after a warm-up.
fn median(mut run: impl FnMut()) -> Duration {
    run();
    let times: Vec<Duration> = (0..11)
        .map(|_| {
            let begin = Instant::now();
            run();
            begin.elapsed()
        })
        .collect();
    middle(&times)
}

/// How often this process read, and how many bytes, where the system tells.
fn reads() -> (u64, u64) {
    let counts = std::fs::File::open("/proc/self/io").map(std::io::read_to_string);
    let counts = counts.ok().and_then(Result::ok).unwrap_or_default();
    let count = |name: &str| {
        let line = counts.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
    };
    (count("syscr:"), count("rchar:"))
}

fn file(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("fortnight-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the benchmark");
    folder.join(name)
}

fn append(store: &mut dyn Store, command: &str, changes: Vec<Change>, cycle: Option<u32>) {
    let head = store.head().expect("a head");
    let mut operation = NewOperation::new(Timestamp::UNIX_EPOCH, command);
    operation.changes = changes;
    let title = "product designer".to_owned();
    let projection = Projection { title, running_cycle: cycle, ..Projection::default() };
    operation.projections.extend(cycle.map(|_| (PLAN, projection)));
    store.append(head.operation, operation).expect("an operation");
}

fn fact(on: Date, kind: FactKind) -> Change {
    Change::Plan { plan: PLAN, fact: Fact::on(on, kind) }
}

fn sent(cycle: u32, step: &str, entry: EntryId) -> FactKind {
    FactKind::Done {
        task: TaskKey::of(cycle, step.into(), entry),
        answers: BTreeMap::new(),
        sent: Some(Sent {
            message: "intro".into(),
            option: Some("today".into()),
            channel: Channel::LinkedIn,
            subject: None,
            text: TEXT.into(),
        }),
    }
}

/// A plan with 28 people in each of its cycles, three facts of each person.
fn plan(path: &Path, cycles: u32) {
    let mut store = SqliteStore::open(path).expect("a new file");
    let day = date(2026, 3, 2);
    let started = FactKind::PlanStarted {
        playbook: "sha256:1".to_owned(),
        zone: "Europe/Lisbon".to_owned(),
        weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
        hours: Hours::default(),
        seed: 1,
    };
    append(&mut store, "start", vec![fact(day, started)], None);
    for cycle in 1..=cycles {
        let first = store.head().expect("a head").next_entry.0;
        let entries: Vec<EntryId> = (first..first + PEOPLE).map(EntryId).collect();
        let mut changes =
            vec![fact(day, FactKind::CycleStarted { cycle, start: day, compared: None })];
        for (rank, entry) in (1..).zip(&entries) {
            let person = Entry::person(*entry, "Ana Silva").with("position", "design lead");
            changes.push(Change::Person(people::Change::Added(person)));
            let (option, entry) = (Some("today".into()), *entry);
            changes.push(fact(day, FactKind::Listed { cycle, entry, rank, option, counts: true }));
        }
        append(&mut store, "cycle start", changes, Some(cycle));
        for entry in &entries {
            append(&mut store, "done", vec![fact(day, sent(cycle, "send", *entry))], None);
            append(&mut store, "done", vec![fact(day, sent(cycle, "follow", *entry))], None);
        }
        if cycle < cycles {
            let decided = FactKind::Decided {
                cycle,
                decision: Decision::Again,
                option: None,
                why: "more answers, not clear yet".into(),
                shown: "6 of 14 against 2 of 14".to_owned(),
            };
            append(&mut store, "decide", vec![fact(day, decided)], None);
        }
    }
}

/// What `today` asks a log.
fn read_a_day(path: &Path) {
    let store = SqliteStore::open_read_only(path).expect("the file");
    let plans = store.plans().expect("plans");
    let facts = store.facts(plans[0].id, &Scope::Open { entries: vec![] }).expect("facts");
    let listed: Vec<EntryId> = facts
        .iter()
        .filter(|recorded| matches!(recorded.fact.kind, FactKind::Listed { .. }))
        .filter_map(|recorded| recorded.fact.entry())
        .collect();
    let entries = store.entries(&Entries::Ids(&listed)).expect("entries");
    assert_eq!(entries.len() as u64, PEOPLE);
}

fn a_days_reading() {
    let floor = {
        let path = file("floor.db");
        let connection = Connection::open(&path).expect("a new file");
        connection
            .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE due (day TEXT, title TEXT); CREATE INDEX d ON due (day)")
            .expect("a table");
        for number in 0..200 {
            connection.execute("INSERT INTO due VALUES (?1, 'x')", [number % 7]).expect("a row");
        }
        drop(connection);
        median(|| {
            let connection = Connection::open(&path).expect("the file");
            let mut statement =
                connection.prepare("SELECT title FROM due WHERE day <= '1'").expect("a query");
            let found =
                statement.query_map([], |row| row.get::<_, String>(0)).expect("rows").count();
            assert!(found > 0);
        })
    };
    println!("open a file and read by an index         {floor:>10.1?}");
    let mut fresh = Duration::ZERO;
    for cycles in [1, 51] {
        let path = file(&format!("{cycles}.db"));
        plan(&path, cycles);
        let time = median(|| read_a_day(&path));
        let opening = median(|| drop(SqliteStore::open_read_only(&path).expect("the file")));
        println!("  of which opening and closing           {opening:>10.1?}");
        let before = reads();
        read_a_day(&path);
        let after = reads();
        if cycles == 1 {
            fresh = time;
        }
        println!(
            "a day's reading, {:>2} ended cycles         {time:>10.1?}   {:.2} × fresh, {:.2} × floor, {} reads, {} bytes",
            cycles - 1,
            time.as_secs_f64() / fresh.as_secs_f64(),
            time.as_secs_f64() / floor.as_secs_f64(),
            after.0 - before.0,
            after.1 - before.1,
        );
    }
}

fn recording() {
    let path = file("durable.db");
    Connection::open(&path)
        .and_then(|c| c.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER)"))
        .expect("a new file");
    let floor = median(|| {
        let connection = Connection::open(&path).expect("the file");
        connection
            .execute_batch("PRAGMA synchronous = FULL; INSERT INTO t VALUES (1)")
            .expect("a row");
    });
    println!("one durable transaction, cold            {floor:>10.1?}");
    for cycles in [1, 51] {
        let path = file(&format!("{cycles}.db"));
        let mut number = 0;
        let time = median(|| {
            number += 1;
            let mut store = SqliteStore::open(&path).expect("the file");
            let step = format!("step-{number}");
            append(
                &mut store,
                "done",
                vec![fact(date(2026, 3, 2), sent(cycles, &step, EntryId(1)))],
                Some(cycles),
            );
        });
        println!(
            "a step recorded, cold, {:>2} ended cycles   {time:>10.1?}   {:.2} × floor",
            cycles - 1,
            time.as_secs_f64() / floor.as_secs_f64(),
        );
    }
}

/// A file of contacts as LinkedIn exports it: names that some share, few addresses.
fn connections(contacts: usize) -> String {
    const FIRST: [&str; 8] = ["Ana", "Ben", "Chloé", "Dana", "Emil", "Fatima", "Goran", "Søren"];
    const LAST: [&str; 8] =
        ["Silva", "Okafor", "Müller", "Petrova", "Novak", "Tanaka", "Rossi", "Larsen"];
    const POSITIONS: [&str; 3] = ["Senior product designer", "Design lead", "Recruiter"];
    let mut text =
        String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    let pick = |of: &[&'static str], number: usize| of[number % of.len()];
    for number in 0..contacts {
        let (first, last) = (pick(&FIRST, number), pick(&LAST, number / 8));
        let last = format!("{last}-{}", number / 500);
        let email = if number % 5 == 0 { format!("a.{number}@example.com") } else { String::new() };
        let (company, position) = (number % 9_973, pick(&POSITIONS, number / 7));
        let (day, year) = (1 + number % 28, 2010 + number % 15);
        writeln!(
            text,
            "{first},{last},https://www.linkedin.com/in/p-{number:x},{email},Northwind {company},{position},{day:02} Mar {year}"
        )
        .expect("a text takes lines");
    }
    text
}

/// A row of the table of entries.
type Row = [Value; 12];

/// The rows that an import left in a file.
fn rows_of(path: &Path) -> Vec<Row> {
    let connection = Connection::open(path).expect("the file");
    let mut statement = connection.prepare("SELECT * FROM entries").expect("a query");
    let row = |row: &rusqlite::Row<'_>| {
        let mut columns: Row = [const { Value::Null }; 12];
        for (place, column) in columns.iter_mut().enumerate() {
            *column = row.get(place)?;
        }
        Ok(columns)
    };
    statement.query_map([], row).expect("rows").map(|row| row.expect("a row")).collect()
}

/// What SQLite takes for the rows of an import, when nobody matches, encodes or hashes anything.
fn insert_as_kept(path: &Path, rows: &[Row]) -> Duration {
    drop(SqliteStore::open(path).expect("a new file"));
    let mut connection = Connection::open(path).expect("the file");
    connection
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA cell_size_check = ON")
        .expect("the settings of the store");
    let begin = Instant::now();
    let transaction = connection.transaction().expect("a transaction");
    {
        let mut statement = transaction
            .prepare(
                "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )
            .expect("a statement");
        for row in rows {
            statement.execute(params_from_iter(row)).expect("a row");
        }
    }
    transaction.commit().expect("the rows");
    begin.elapsed()
}

/// The one in the middle.
fn middle<T: PartialOrd + Copy>(of: &[T]) -> T {
    let mut of = of.to_vec();
    of.sort_by(|one, other| one.partial_cmp(other).expect("times are numbers"));
    of[of.len() / 2]
}

fn sums(ones: &[Duration], others: &[Duration]) -> Vec<Duration> {
    ones.iter().zip(others).map(|(one, other)| *one + *other).collect()
}

fn import() {
    const CONTACTS: usize = 100_000;
    let text = connections(CONTACTS);
    let fields =
        ["first_name", "last_name", "email", "profile", "company", "position", "connected_on"];
    let mut times: [Vec<Duration>; 6] = Default::default();
    for round in 0..15 {
        let begin = Instant::now();
        let contacts = import::read(text.as_bytes(), None, &[]).expect("contacts").contacts;
        times[0].push(begin.elapsed());
        assert_eq!(contacts.len(), CONTACTS);
        let mut connection =
            Connection::open(file(&format!("rows{round}.db"))).expect("a new file");
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, first_name TEXT, last_name TEXT, email TEXT, profile TEXT, company TEXT, position TEXT, connected_on TEXT)")
            .expect("a table");
        let begin = Instant::now();
        let transaction = connection.transaction().expect("a transaction");
        {
            let mut statement = transaction
                .prepare("INSERT INTO contacts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
                .expect("a statement");
            for (id, contact) in (1..).zip(&contacts) {
                let id: String = u64::to_string(&id);
                let others = fields.map(|field| contact.field(field).map(Words::raw));
                let row = [Some(id.as_str()), Some(contact.name.raw())].into_iter().chain(others);
                statement.execute(params_from_iter(row)).expect("a row");
            }
        }
        transaction.commit().expect("the rows");
        times[1].push(begin.elapsed());
        let mut store = SqliteStore::open(file(&format!("import{round}.db"))).expect("a new file");
        let begin = Instant::now();
        let new = plan_import(&Book::new(), contacts).new;
        times[2].push(begin.elapsed());
        assert_eq!(new.len(), CONTACTS, "all are new");
        let begin = Instant::now();
        let added = |(id, contact): (u64, people::Contact)| {
            Change::Person(people::Change::Added(contact.into_entry(EntryId(id))))
        };
        append(&mut store, "people import", (1..).zip(new).map(added).collect(), None);
        times[3].push(begin.elapsed());
        let rows = rows_of(&file(&format!("import{round}.db")));
        times[5].push(insert_as_kept(&file(&format!("kept{round}.db")), &rows));
        drop(rows);
        let contacts = import::read(text.as_bytes(), None, &[]).expect("contacts").contacts;
        let begin = Instant::now();
        let book: Book = store.entries(&Entries::All).expect("everybody").into_iter().collect();
        let again = plan_import(&book, contacts);
        times[4].push(begin.elapsed());
        assert_eq!(again.matched.len(), CONTACTS, "all are known");
    }
    let [read, rows, matched, stored, again, kept] = &times;
    println!("100,000 parsed rows inserted bare        {:>10.1?}", middle(rows));
    println!("100,000 rows inserted as they are kept   {:>10.1?}", middle(kept));
    let both = sums(matched, stored);
    for (what, times) in [
        ("reading the file", read),
        ("matching", matched),
        ("storing in one operation", stored),
        ("matching and storing", &both),
        ("reading, matching and storing", &sums(read, &both)),
        ("matching when all are known", again),
    ] {
        // Each round beside its own floor: what else the machine did then touched both.
        let [ratio, bare] = [kept, rows].map(|floor| {
            let pairs = times.iter().zip(floor);
            middle(&pairs.map(|(time, floor)| time.div_duration_f64(*floor)).collect::<Vec<_>>())
        });
        let time = middle(times);
        println!("  {what:<38} {time:>10.1?}   {ratio:.2} × rows as kept, {bare:.2} × bare rows");
    }
    let store = SqliteStore::open_read_only(file("import0.db")).expect("the file");
    let all = median(|| {
        assert_eq!(store.entries(&Entries::All).expect("all").len(), CONTACTS);
    });
    println!("  all of them read                       {all:>10.1?}");
    let one = median(|| {
        assert!(store.entries(&Entries::Named("silva")).expect("many").len() > 10_000);
    });
    println!("  an eighth of them by name              {one:>10.1?}");
    let one = median(|| {
        assert!(!store.entries(&Entries::Named("silva-199")).expect("a few").is_empty());
    });
    println!("  a few of them by name                  {one:>10.1?}");
    let log = median(|| {
        assert_eq!(store.operations(20).expect("the log").len(), 1);
    });
    println!("  the log listed                         {log:>10.1?}");
    let chain = median(|| {
        assert_eq!(store.verify().expect("a chain"), None);
    });
    println!("  the chain checked                      {chain:>10.1?}");
}

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let measures: [(&str, fn()); 3] =
        [("reading", a_days_reading), ("recording", recording), ("import", import)];
    for (name, measure) in measures {
        if only.as_ref().is_none_or(|only| only == name) {
            measure();
        }
    }
    let folder = file("x");
    if let Some(folder) = folder.parent() {
        std::fs::remove_dir_all(folder).expect("the folder can go");
    }
}
