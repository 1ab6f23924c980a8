//! R2: an import that is killed at any moment happened whole or not at all.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const ROWS: usize = 4000;

fn fortnight(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fortnight-under-test"));
    command.env_clear().env("HOME", home).current_dir(home);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn known(home: &Path) -> usize {
    let output = fortnight(home)
        .args(["people", "--all", "--json"])
        .stdout(Stdio::piped())
        .output()
        .expect("as this test set it up");
    assert!(output.status.success());
    let people: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("as this test set it up");
    people["people"].as_array().expect("as this test set it up").len()
}

/// Waits, without sleeping, until so much of the log beside the database is written, or the child
/// has ended.
fn wait_for_log(child: &mut Child, home: &Path, bytes: u64) {
    let log = home.join(".local/share/fortnight/fortnight.db-wal");
    while child.try_wait().expect("as this test set it up").is_none() {
        if fs::metadata(&log).is_ok_and(|log| log.len() >= bytes) {
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_killed_import_happened_whole_or_not_at_all_r2() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let mut rows = String::from("First Name,Last Name,Email Address,Company\n");
    for row in 0..ROWS {
        let _ = writeln!(rows, "Ana{row},Silva{row},a{row}@example.com,Company {}", row % 90);
    }
    fs::write(home.join("contacts.csv"), rows).unwrap();
    let started =
        fortnight(home).args(["start", "networking", "--sample-answers", "--yes"]).status();
    assert!(started.unwrap().success());
    let mut outcomes = Vec::new();
    for bytes in [0, 1, 8192, 200_000, 400_000, 800_000, u64::MAX] {
        let import = ["people", "import", "contacts.csv", "--yes"];
        let mut child = fortnight(home).args(import).spawn().unwrap();
        wait_for_log(&mut child, home, bytes);
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
        let people = known(home);
        assert!(people == 0 || people == ROWS, "{people} after {bytes} bytes of log");
        outcomes.push(people);
        if people == ROWS {
            assert!(fortnight(home).arg("undo").status().unwrap().success());
            assert_eq!(known(home), 0);
        }
    }
    // The first was killed at once, and the last ran to its end.
    assert_eq!((outcomes[0], outcomes[outcomes.len() - 1]), (0, ROWS));
}
