//! Playbook tests: every story in the repository passes, and what a story can get wrong is said.

use std::fs;
use std::sync::LazyLock;

use fortnight_cli::Status;
use fortnight_engine::playbook::{Playbook, load};
use fortnight_engine::source::SourceFile;
use fortnight_engine::story::run;
use fortnight_tests::{Sandbox, root};
use proptest::prelude::*;
use proptest::sample::Index;

/// Every story of `playbooks/` and `examples/`, through the command that coaches use; and no step,
/// no condition and no text is without one.
#[test]
fn every_story_of_the_repository_passes_and_nothing_is_without_a_story() {
    for folder in ["playbooks", "examples"] {
        let folder = root().join(folder);
        let test = format!("playbook test --deny unreached '{}'", folder.display());
        let output = Sandbox::new().run(&test).done();
        assert!(!output.talk.contains("fail") && output.talk.contains("stories pass."));
        assert!(output.data.contains("every step, condition and text is reached"));
    }
}

#[test]
fn what_no_story_reaches_fails_where_that_is_wanted() {
    let sandbox = Sandbox::new();
    let playbook = "fortnight: 1\nplaybook: t\nversion: 1.0.0\ntitle: T\nsteps:\n  \
        a: {title: A}\n  b: {title: B, at: day 9}\n";
    let story = "playbook: t\ntests:\n- name: n\n  start: 2026-03-02\n  story:\n  \
        - {day: 2026-03-02, expect: {due: [a]}}\n";
    sandbox.write("t.yaml", playbook);
    sandbox.write("t.test.yaml", story);
    assert_eq!(sandbox.run("playbook test --coverage").status, Status::Done);
    let denied = sandbox.run("playbook test --deny unreached").ended(Status::Refused);
    assert!(denied.data.contains("no story reaches:\n    b\n"), "{}", denied.data);
    let denied = sandbox.run("playbook test --deny unreached --json").ended(Status::Refused);
    assert_eq!(denied.json()["files"][0]["unreached"][0], "b");
}

fn shipped(name: &str, _from: &str) -> Option<SourceFile> {
    let name = format!("{name}.yaml");
    let bytes = fs::read(root().join("playbooks").join(&name)).ok()?;
    Some(SourceFile::from_bytes(name, &bytes))
}

fn stories_of(name: &str) -> String {
    fs::read_to_string(root().join(format!("playbooks/{name}.test.yaml"))).expect("it can be read")
}

/// A story that holds fails where any expectation of a day's list is turned round: each of them
/// was looked at.
#[test]
fn an_expectation_turned_round_fails() {
    let mut turned = 0;
    for name in ["networking", "product-designer", "product-manager", "company-first"] {
        let loaded = load(shipped(name, "").unwrap(), &shipped);
        let (playbook, packed) = (loaded.playbook.unwrap(), loaded.packed.unwrap());
        let stories = stories_of(name);
        let (head, stories) = stories.split_once("\n  - name: ").unwrap();
        for story in stories.split("\n  - name: ") {
            for (at, due) in story.match_indices(" due: ") {
                let (before, after) = (&story[..at], &story[at + due.len()..]);
                let wrong = format!("{head}\n  - name: {before} not_due: {after}\n");
                let report = run(SourceFile::new("wrong.test.yaml", wrong), &playbook, &packed);
                assert!(!report.stories[0].passes(), "{name}: {before}");
                turned += usize::from(report.findings.is_empty());
            }
        }
    }
    assert!(turned > 30, "{turned}");
}

static PLAYBOOK: LazyLock<(Playbook, String, String)> = LazyLock::new(|| {
    let file = shipped("ux-researcher", "").expect("it can be read");
    let loaded = load(file, &shipped);
    let (playbook, packed) = loaded.playbook.zip(loaded.packed).expect("it has no error");
    (playbook, packed, stories_of("ux-researcher"))
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// Whatever happens to a file of stories, it is run or has findings within it.
    #[test]
    fn a_damaged_file_of_stories_has_findings_in_their_place(
        cuts in prop::collection::vec((any::<Index>(), 0_usize..40, "[ -~\n]{0,6}"), 1..4)
    ) {
        let (playbook, packed, stories) = &*PLAYBOOK;
        let mut damaged = stories.clone();
        for (at, length, instead) in cuts {
            let start = damaged.floor_char_boundary(at.index(damaged.len() + 1));
            let end = damaged.floor_char_boundary((start + length).min(damaged.len()));
            damaged.replace_range(start..end, &instead);
        }
        let length = damaged.len();
        let report = run(SourceFile::new("damaged.test.yaml", damaged), playbook, packed);
        for finding in &report.findings {
            prop_assert!(finding.span.start <= finding.span.end && finding.span.end <= length);
        }
        let unsound = report.stories.iter().any(|story| !story.sound);
        prop_assert!(!unsound || !report.findings.is_empty());
    }
}
