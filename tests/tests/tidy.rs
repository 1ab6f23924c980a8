//! Tidiness of the tree: every module says what it knows, files stay small, nothing is forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use fortnight_tests::{files_below, root};

/// Longer files are two things in one; tests apart.
const LONGEST: usize = 600;

fn sources() -> Vec<PathBuf> {
    ["engine", "cli", "tests"].iter().flat_map(|folder| files_below(folder, ".rs")).collect()
}

fn text(path: &Path) -> String {
    fs::read_to_string(root().join(path)).expect("the file can be read")
}

fn is_test(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs")
        || path.iter().any(|part| part == "tests" && path.starts_with("engine"))
        || path.starts_with("tests/tests")
}

#[track_caller]
fn check(complaint: impl Fn(&Path) -> Option<String>) {
    let wrong: Vec<String> = sources()
        .iter()
        .filter_map(|path| complaint(path).map(|words| format!("{}: {words}", path.display())))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_begins_with_what_it_is() {
    check(|path| {
        let first = text(path).lines().next().unwrap_or_default().to_owned();
        let own_words = first.strip_prefix("//! ").is_some_and(|words| words.len() > 5);
        (!own_words && !is_test(path)).then(|| "it does not begin with `//! ` and words".to_owned())
    });
}

#[test]
fn no_file_is_longer_than_600_lines() {
    check(|path| {
        let lines = text(path).lines().count();
        (lines > LONGEST && !is_test(path)).then(|| format!("{lines} lines: two things in one?"))
    });
}

#[test]
fn nothing_is_left_to_do_in_comments_and_no_test_is_switched_off() {
    // The words are put together here, so that this file does not find itself.
    let forbidden = ["TO", "FIX", "XX"].map(|start| match start {
        "TO" => format!("{start}DO"),
        "FIX" => format!("{start}ME"),
        _ => format!("{start}X"),
    });
    check(|path| {
        // A task of an iCalendar file is called so.
        let text = text(path).replace(&["VTO", "DO"].concat(), "");
        let word = forbidden.iter().find(|word| text.contains(word.as_str()));
        let off = text.contains(&["#[ig", "nore"].concat());
        word.map(|word| format!("says {word}")).or_else(|| off.then(|| "a test is off".to_owned()))
    });
}

#[test]
fn every_lint_that_is_waived_says_why() {
    check(|path| {
        let text = text(path);
        let waived = text.contains(&["#[al", "low("].concat());
        waived.then(|| "waive with #[expect(…, reason = …)]".to_owned())
    });
}

#[test]
fn every_literate_test_is_run_by_somebody() {
    // What lies in tests/ and is no Rust must be named, by its folder at least, by a test.
    let runners: String = files_below("tests", ".rs")
        .iter()
        .chain(&files_below("engine", ".rs"))
        .map(|path| text(path))
        .collect();
    let forgotten: Vec<PathBuf> = files_below("tests", "")
        .into_iter()
        .filter(|path| path.extension().is_none_or(|ending| ending != "rs" && ending != "toml"))
        .filter(|path| {
            let below = path.strip_prefix("tests").unwrap();
            let folder = below.iter().next().unwrap().to_str().unwrap();
            let named = [format!("tests/{folder}"), format!("/{folder}/"), format!("\"{folder}")];
            let snapshot = path.extension().is_some_and(|ending| ending == "snap");
            !named.iter().any(|name| runners.contains(name)) && !snapshot
        })
        .collect();
    assert!(forgotten.is_empty(), "no test reads {forgotten:?}");
}

#[test]
fn beside_the_folders_of_the_house_there_are_only_files() {
    let known =
        ["engine", "cli", "playbooks", "tests", "examples", "target"].map(std::ffi::OsString::from);
    let strange: Vec<_> = fs::read_dir(root())
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name())
        .filter(|name| !name.as_encoded_bytes().starts_with(b".") && !known.contains(name))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn the_architecture_stays_short_enough_to_read() {
    let lines = text(Path::new("ARCHITECTURE.md")).lines().count();
    assert!(lines < 300, "{lines} lines");
}
