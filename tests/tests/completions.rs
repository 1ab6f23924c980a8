//! What a shell is offered: commands from the tree, people and tasks from the plan.

use std::path::Path;
use std::process::{Command, Stdio};

use fortnight_cli::Status;
use fortnight_tests::Sandbox;

/// What the real program answers; bash says in its environment which word is asked for.
fn asked(home: &Path, line: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_fortnight-under-test"))
        .env_clear()
        .envs([("FORTNIGHT_COMPLETE", "bash"), ("_CLAP_IFS", "\n"), ("TZ", "Europe/Paris")])
        .env("_CLAP_COMPLETE_INDEX", line.len().to_string())
        .env("FORTNIGHT_DB", home.join("plan.db"))
        .env("HOME", home)
        .args(["--", "fortnight"])
        .args(line)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]));
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

fn plan() -> Sandbox {
    let sandbox = Sandbox::new();
    let people = "name,company\nAna Silva,Northwind\nDana Wu,Adyen\nDana Levi,Miro\n";
    sandbox.write("people.csv", people);
    let start = "--db plan.db start product-designer --people people.csv --sample-answers";
    let _begun = sandbox.run(start).done();
    sandbox
}

#[track_caller]
fn offers(line: &[&str], wanted: &[&str]) {
    let found = asked(plan().home(), line);
    for word in wanted {
        assert!(found.iter().any(|found| found == word), "{line:?} offers {found:?}");
    }
}

#[test]
fn commands_and_people_stand_first() {
    offers(&["an"], &["ana"]);
    offers(&["wo"], &["work"]);
    offers(&["people", "fi"], &["fill"]);
}

#[test]
fn tasks_people_and_outcomes_stand_in_their_places() {
    offers(&["--now", "2026-03-02T09:00", "done", "write"], &["write-message"]);
    offers(&["people", "fill", ""], &["ana", "@2", "@3"]);
    offers(&["ana", "rep"], &["replied"]);
    offers(&["record", "ana", "pro"], &["promised"]);
    offers(&["cycle", "compare", "signal=v"], &["signal=value-first"]);
    offers(&["start", "ux"], &["ux-researcher"]);
    offers(&["help", "unknown-st"], &["unknown-step"]);
}

#[test]
fn without_a_plan_commands_are_offered_all_the_same() {
    let sandbox = Sandbox::new();
    assert!(asked(sandbox.home(), &["st"]).contains(&"start".to_owned()));
    assert!(asked(sandbox.home(), &["done", ""]).iter().all(|word| !word.contains('/')));
}

#[test]
fn each_shell_is_taught_by_a_script_that_asks_the_program() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox.run(&format!("completions {shell}")).done().data;
        assert!(script.contains("FORTNIGHT_COMPLETE") && script.contains("fortnight"), "{script}");
    }
    assert_eq!(sandbox.run("completions tcsh").status, Status::Usage);
}

#[test]
fn every_command_has_a_manual_page() {
    let sandbox = Sandbox::new();
    let page = sandbox.run("man people fill").done().data;
    assert!(page.contains(".TH FORTNIGHT-PEOPLE-FILL 1") && page.contains("\\-\\-to"), "{page}");
    assert!(sandbox.run("man").done().data.contains("fortnight\\-today"));
    let refused = sandbox.run("man poeple").ended(Status::Refused);
    assert!(refused.talk.contains("fortnight man people"), "{}", refused.talk);
    std::fs::create_dir(sandbox.home().join("pages")).unwrap();
    assert!(sandbox.run("man --output pages").done().talk.contains("pages."));
    assert!(sandbox.home().join("pages/fortnight-playbook-check.1").is_file());
    assert_eq!(sandbox.run("man --output pages").status, Status::Refused);
    assert_eq!(sandbox.run("man --output pages --force").status, Status::Done);
}
