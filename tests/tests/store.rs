//! The log in a file: the contract, other people's files, several processes at once.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be prepared cannot be tested")]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use fortnight_engine::people::{self, Entry};
use fortnight_engine::plan::PlanId;
use fortnight_engine::store::contract::{self, samples};
use fortnight_engine::store::{
    Change, Entries, MemoryStore, NewOperation, OperationId, SqliteStore, Store, StoreError,
};
use proptest::prelude::*;
use tempfile::TempDir;

/// A child of a test finds its file here.
const FILE: &str = "FORTNIGHT_STORE_TEST_FILE";

/// Runs the same test in a process of its own, with the file it shall work on.
fn child(test: &str, file: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", test])
        .env(FILE, file)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// The file, where this process is such a child.
fn childs_file() -> Option<PathBuf> {
    env::var_os(FILE).map(PathBuf::from)
}

fn somewhere() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("fortnight.db");
    (folder, file)
}

/// Adds one person under the next number.
fn add(store: &mut dyn Store, name: &str) -> Result<OperationId, StoreError> {
    let head = store.head()?;
    let mut operation = NewOperation::new(samples::at(1), "people add");
    let entry = Entry::person(head.next_entry, name);
    operation.changes.push(Change::Person(people::Change::Added(entry)));
    store.append(head.operation, operation)
}

/// As a command does: who came too late looks again.
fn add_in_the_crowd(file: &Path, name: &str) {
    let mut store = SqliteStore::open(file).unwrap();
    loop {
        match add(&mut store, name) {
            Ok(_) => return,
            Err(StoreError::Stale { .. } | StoreError::Busy) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

fn names(store: &dyn Store) -> Vec<String> {
    let entries = store.entries(&Entries::All).unwrap();
    entries.into_iter().map(|entry| entry.name.raw().to_owned()).collect()
}

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn the_log_in_a_file_keeps_the_contract() {
    let folder = TempDir::new().unwrap();
    let mut number = 0;
    let mut fresh = || -> Box<dyn Store> {
        number += 1;
        Box::new(SqliteStore::open(folder.path().join(format!("{number}.db"))).unwrap())
    };
    let mut at_work = String::new();
    contract::check(&mut fresh, |law| law.clone_into(&mut at_work))
        .unwrap_or_else(|error| panic!("{at_work}: {error}"));
    assert_eq!(number, contract::LAWS.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn a_file_says_what_memory_says(script in prop::collection::vec(any::<u8>(), 0..300)) {
        let (_folder, file) = somewhere();
        let mut store = SqliteStore::open(file).unwrap();
        contract::agree(&script, &mut MemoryStore::new(), &mut store).unwrap();
    }
}

/// R17, R18.
#[test]
fn a_file_of_something_else_is_refused_and_stays_as_it_was() {
    let (folder, file) = somewhere();
    add(&mut SqliteStore::open(&file).unwrap(), "Ana").unwrap();
    let ours = fs::read(&file).unwrap();
    let patched = |at: usize, number: u32| {
        let mut bytes = ours.clone();
        bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
        bytes
    };
    let nobodys = {
        let mut bytes = patched(60, 0);
        bytes[68..72].fill(0);
        bytes
    };
    let refused = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let writing = SqliteStore::open(&file).map(drop).unwrap_err();
        let reading = SqliteStore::open_read_only(&file).map(drop).unwrap_err();
        assert_eq!(writing, reading);
        assert_eq!(fs::read(&file).unwrap(), bytes);
        writing
    };
    let not_ours = StoreError::NotADatabase { path: file.clone() };
    assert_eq!(refused(b"name,email\nAna,ana@example.com\n"), not_ours);
    assert_eq!(refused(&[0; 8192]), not_ours);
    assert_eq!(refused(b"x"), not_ours);
    assert_eq!(refused(&ours[..99]), not_ours);
    assert_eq!(refused(&patched(68, 0)), not_ours);
    assert_eq!(refused(&patched(68, 0x1234_5678)), not_ours);
    assert_eq!(refused(&nobodys), not_ours);
    for newer in [2, 3, 0x7fff_ffff] {
        assert!(matches!(refused(&patched(60, newer)), StoreError::Newer { .. }));
    }
    assert!(matches!(SqliteStore::open(folder.path()).map(drop), Err(StoreError::Io { .. })));
    let below = file.join("below.db");
    assert!(matches!(SqliteStore::open(below).map(drop), Err(StoreError::Io { .. })));
}

#[test]
fn a_newer_log_that_a_killed_program_left_behind_stays_as_it_was() {
    let (folder, file) = somewhere();
    add(&mut SqliteStore::open(&file).unwrap(), "Ana").unwrap();
    let mut newer = fs::read(&file).unwrap();
    newer[60..64].copy_from_slice(&9_u32.to_be_bytes());
    fs::write(&file, newer).unwrap();
    fs::write(folder.path().join("fortnight.db-wal"), [7; 5000]).unwrap();
    let before = bytes(folder.path());
    assert!(matches!(SqliteStore::open(&file).map(drop), Err(StoreError::Newer { .. })));
    assert!(matches!(SqliteStore::open_read_only(&file).map(drop), Err(StoreError::Newer { .. })));
    let mut after = bytes(folder.path());
    after.remove(&folder.path().join("fortnight.db-shm"));
    assert!(after == before, "{:?}", after.keys());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// R17.
    #[test]
    fn a_damaged_file_is_an_error_and_no_panic(
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let (_folder, file) = somewhere();
        let mut store = SqliteStore::open(&file).unwrap();
        for name in ["Ana", "Ben", "Chiara"] {
            add(&mut store, name).unwrap();
        }
        drop(store);
        let mut bytes = fs::read(&file).unwrap();
        for (spot, byte) in spots {
            let at = spot.index(bytes.len());
            bytes[at] = byte;
        }
        fs::write(&file, bytes).unwrap();
        if let Ok(mut store) = SqliteStore::open(&file) {
            let _ = store.entries(&Entries::All);
            let _ = store.operations(9);
            let _ = store.verify();
            let _ = add(&mut store, "Dana");
        }
    }
}

#[test]
fn an_empty_file_becomes_a_log() {
    let (_folder, file) = somewhere();
    fs::write(&file, b"").unwrap();
    assert_eq!(names(&SqliteStore::open_read_only(&file).unwrap()), [] as [&str; 0]);
    assert_eq!(fs::read(&file).unwrap(), b"");
    add(&mut SqliteStore::open(&file).unwrap(), "Ana").unwrap();
    assert_eq!(names(&SqliteStore::open(&file).unwrap()), ["Ana"]);
}

/// R7.
#[test]
fn reading_changes_nothing_and_makes_nothing() {
    let (folder, file) = somewhere();
    let missing = folder.path().join("no").join("such.db");
    let mut reader = SqliteStore::open_read_only(&missing).unwrap();
    assert_eq!(reader.operations(9).unwrap(), []);
    assert!(matches!(add(&mut reader, "Ana"), Err(StoreError::ReadOnly { .. })));
    assert_eq!(bytes(folder.path()).len(), 0);

    add(&mut SqliteStore::open(&file).unwrap(), "Ana").unwrap();
    let before = (bytes(folder.path()), fs::metadata(&file).unwrap().modified().unwrap());
    assert_eq!(before.0.len(), 1, "a closed log is one file");
    let mut reader = SqliteStore::open_read_only(&file).unwrap();
    assert_eq!(names(&reader), ["Ana"]);
    assert_eq!(reader.verify().unwrap(), None);
    assert!(matches!(add(&mut reader, "Ben"), Err(StoreError::ReadOnly { .. })));
    drop(reader);
    let after = (bytes(folder.path()), fs::metadata(&file).unwrap().modified().unwrap());
    assert!(after == before);
}

#[test]
fn a_reader_sees_one_moment_and_holds_no_writer_up() {
    let (_folder, file) = somewhere();
    let mut writer = SqliteStore::open(&file).unwrap();
    add(&mut writer, "Ana").unwrap();
    let reader = SqliteStore::open_read_only(&file).unwrap();
    add(&mut writer, "Ben").unwrap();
    assert_eq!(names(&reader), ["Ana"]);
    assert_eq!(names(&SqliteStore::open_read_only(&file).unwrap()), ["Ana", "Ben"]);
    drop(writer);
    assert_eq!(reader.operations(9).unwrap().len(), 1);
}

/// R1, R2, R7: what was acknowledged is there, also while it stands in the journal only.
#[test]
fn a_killed_writer_loses_nothing_that_was_said_to_be_done() {
    if let Some(file) = childs_file() {
        let mut store = SqliteStore::open(file).unwrap();
        add(&mut store, "Ana").unwrap();
        add(&mut store, "Ben").unwrap();
        std::process::abort();
    }
    let (folder, file) = somewhere();
    let name = "a_killed_writer_loses_nothing_that_was_said_to_be_done";
    assert!(!child(name, &file).wait().unwrap().success());
    let journal = folder.path().join("fortnight.db-wal");
    let before = (fs::read(&file).unwrap(), fs::read(&journal).unwrap());
    assert!(!before.1.is_empty());
    assert_eq!(names(&SqliteStore::open_read_only(&file).unwrap()), ["Ana", "Ben"]);
    assert!((fs::read(&file).unwrap(), fs::read(&journal).unwrap()) == before);
    assert_eq!(names(&SqliteStore::open(&file).unwrap()), ["Ana", "Ben"]);
    assert!(!journal.exists(), "the next writer tidies up");
}

/// R5, R6.
#[test]
fn sixteen_processes_that_begin_at_once_lose_nothing_and_double_nothing() {
    const EACH: usize = 4;
    if let Some(file) = childs_file() {
        for number in 0..EACH {
            add_in_the_crowd(&file, &format!("{} {number}", std::process::id()));
        }
        return;
    }
    let (_folder, file) = somewhere();
    let name = "sixteen_processes_that_begin_at_once_lose_nothing_and_double_nothing";
    let children: Vec<Child> = (0..16).map(|_| child(name, &file)).collect();
    let mut expected = Vec::new();
    for mut child in children {
        expected.extend((0..EACH).map(|number| format!("{} {number}", child.id())));
        assert!(child.wait().unwrap().success());
    }
    let store = SqliteStore::open(&file).unwrap();
    let mut found = names(&store);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(store.head().unwrap().operation, Some(OperationId(16 * EACH as u64)));
    assert_eq!(store.verify().unwrap(), None);
}

/// R6.
#[test]
fn sixteen_threads_lose_nothing_and_double_nothing() {
    let (_folder, file) = somewhere();
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let file = &file;
            scope.spawn(move || add_in_the_crowd(file, &format!("{thread:02}")));
        }
    });
    let store = SqliteStore::open(&file).unwrap();
    let mut found = names(&store);
    found.sort();
    assert_eq!(found, (0..16).map(|thread| format!("{thread:02}")).collect::<Vec<_>>());
    assert_eq!(store.verify().unwrap(), None);
}

/// R23.
#[cfg(unix)]
#[test]
fn the_file_and_its_folders_are_the_owners_alone_under_any_umask() {
    use std::os::unix::fs::PermissionsExt as _;

    if let Some(file) = childs_file() {
        let mut store = SqliteStore::open(file).unwrap();
        add(&mut store, "Ana").unwrap();
        // The journals beside the file are looked at, too.
        std::process::abort();
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let name = "the_file_and_its_folders_are_the_owners_alone_under_any_umask";
    for umask in ["000", "022", "077", "777"] {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("data").join("fortnight").join("log.db");
        let ended = Command::new("sh")
            .args(["-c", "umask $1; exec \"$2\" --exact $3", "sh", umask])
            .arg(env::current_exe().unwrap())
            .arg(name)
            .env(FILE, &file)
            .output()
            .unwrap();
        assert!(!ended.status.success());
        assert_eq!(mode(&folder.path().join("data")), 0o700, "{umask}");
        let files = bytes(&folder.path().join("data").join("fortnight"));
        assert_eq!(files.len(), 3);
        for path in files.keys() {
            assert_eq!(mode(path), 0o600, "{umask} {}", path.display());
        }
    }
    let (_folder, file) = somewhere();
    fs::write(&file, b"").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    add(&mut SqliteStore::open(&file).unwrap(), "Ana").unwrap();
    assert_eq!(mode(&file), 0o600);
}

/// Names of files are bytes, and some mean something to SQLite.
#[test]
fn odd_names_of_files_work() {
    if let Some(file) = childs_file() {
        env::set_current_dir(file).unwrap();
        add(&mut SqliteStore::open(":memory:").unwrap(), ":memory:").unwrap();
        return;
    }
    let folder = TempDir::new().unwrap();
    assert!(child("odd_names_of_files_work", folder.path()).wait().unwrap().success());
    for name in ["a b%20?mode=memory#x.db", "file:x.db", "ünïcödé '\".db", ":memory:"] {
        let file = folder.path().join(name);
        if !file.exists() {
            add(&mut SqliteStore::open(&file).unwrap(), name).unwrap();
        }
        assert_eq!(names(&SqliteStore::open_read_only(&file).unwrap()), [name]);
        assert!(file.is_file(), "{name}");
    }
    assert_eq!(bytes(folder.path()).len(), 4);
}

#[test]
fn facts_survive_closing() {
    let (_folder, file) = somewhere();
    let mut memory = MemoryStore::new();
    let mut script = contract::Script::new(b"closing");
    let day = samples::day(&mut script);
    let begin = fortnight_engine::plan::Fact::on(day, samples::started(&mut script));
    for minute in 0..5 {
        let plan = PlanId(minute + 1);
        let operation = samples::operation(minute, plan, [begin.clone()]);
        let head = memory.head().unwrap().operation;
        memory.append(head, operation.clone()).unwrap();
        SqliteStore::open(&file).unwrap().append(head, operation).unwrap();
    }
    let store = SqliteStore::open_read_only(&file).unwrap();
    assert_eq!(store.operations(9).unwrap(), memory.operations(9).unwrap());
    assert_eq!(store.plans().unwrap(), memory.plans().unwrap());
}
