//! Findings in playbooks: the suites in `tests/check`, the shipped playbooks, hostile files.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use fortnight_engine::diagnostic::Severity;
use fortnight_engine::playbook::load;
use fortnight_engine::source::SourceFile;
use fortnight_tests::{files_below, findings, root, updating};

fn shipped(reference: &str, _from: &str) -> Option<SourceFile> {
    let name = format!("{}.yaml", reference.trim_start_matches("./").trim_end_matches(".yaml"));
    let bytes = fs::read(root().join("playbooks").join(&name)).ok()?;
    Some(SourceFile::from_bytes(name, &bytes))
}

/// Runs every suite below a folder; gives the codes of all findings.
#[track_caller]
fn check(folder: &str) -> BTreeSet<&'static str> {
    let mut complaints = String::new();
    let mut codes = BTreeSet::new();
    for path in files_below(folder, ".md") {
        let text = fs::read_to_string(root().join(&path)).expect("it can be read");
        let suite = findings::run(&text);
        codes.extend(suite.codes);
        if !suite.complaints.is_empty() {
            let _ = write!(complaints, "{}\n{}", path.display(), suite.complaints);
            if updating() {
                fs::write(root().join(&path), suite.right).expect("it can be written");
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}\nUPDATE=1 writes it so; read it first");
    codes
}

#[test]
fn every_finding_of_the_suites_is_asserted_and_every_assertion_holds() {
    let codes = check("tests/check");
    assert!(codes.len() > 20, "{codes:?}");
}

#[test]
fn the_shipped_playbooks_have_no_error_and_no_warning() {
    let names =
        ["networking", "product-designer", "product-manager", "company-first", "ux-researcher"];
    for name in names {
        let loaded = load(shipped(name, "").unwrap(), &shipped);
        let bad: Vec<_> =
            loaded.diagnostics.iter().filter(|one| one.severity != Severity::Hint).collect();
        assert!(bad.is_empty(), "{name}: {bad:#?}");
        assert!(loaded.playbook.is_some(), "{name}");
    }
}

/// A hostile text is read in a small stack and ends with a finding of that code.
#[track_caller]
fn hostile(text: String, code: &str) {
    let read = move || {
        let loaded = load(SourceFile::from_bytes("hostile", text.as_bytes()), &|_, _| None);
        loaded.diagnostics.iter().map(|one| one.code.slug()).collect::<Vec<_>>()
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(read).expect("a thread");
    let codes = thread.join().expect("it ends");
    assert!(codes.contains(&code), "{codes:?}");
}

const HEAD: &str = "fortnight: 1\nplaybook: t\nversion: 1.0.0\ntitle: T\n";

#[test]
fn hostile_files_end_with_a_clear_finding() {
    hostile("[".repeat(1 << 20), "too-large");
    hostile("{a: ".repeat(1 << 18), "too-large");
    hostile("- ".repeat(1 << 19), "too-large");
    hostile("x".repeat((4 << 20) + 1), "too-large");
    hostile(format!("{HEAD}about: {}", "x ".repeat(1 << 19)), "too-large");
    hostile("\0".repeat(1 << 16), "control-character");
    hostile("\"".repeat(1 << 16), "yaml-syntax");
    hostile("a: &a [x]\n".to_owned() + &"b: [*a, *a]\n".repeat(50), "anchor-or-tag");
    hostile(format!("{HEAD}steps: {{c\u{7}: {{title: T}}}}"), "control-character");
    hostile(format!("{HEAD}steps: {{с: {{title: T}}}}"), "bad-id");
}

#[test]
fn a_circle_of_five_thousand_steps_is_shown() {
    let mut text = format!("{HEAD}steps:\n  s0: {{title: T, needs: s4999}}\n");
    for at in 1..5_000 {
        let _ = writeln!(text, "  s{at}: {{title: T, needs: s{}}}", at - 1);
    }
    hostile(text, "loop");
}
