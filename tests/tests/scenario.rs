//! The stories in `tests/scenario/` and the transcripts in `examples/`, run day by day.

use std::fs;
use std::path::Path;

use fortnight_tests::{Sandbox, files_below, forbidden_words, root, scenario, updating};

#[track_caller]
fn check(stories: impl IntoIterator<Item = (std::path::PathBuf, Sandbox)>) -> usize {
    let mut told = 0;
    let mut wrong = String::new();
    for (path, mut sandbox) in stories {
        match scenario::check(&path, &mut sandbox) {
            Ok(commands) => {
                assert!(commands > 0, "{} runs no command", path.display());
                told += 1;
                wrong.push_str(&reports(path.parent().unwrap_or(&path), &sandbox));
            }
            Err(report) => wrong.push_str(&report),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}UPDATE=1 rewrites them: read them before you keep them.");
    told
}

#[test]
fn the_stories_in_tests_are_told_as_they_are_written() {
    let stories = files_below("tests/scenario", ".md").into_iter();
    let told = check(stories.map(|path| (path, Sandbox::new())));
    assert!(told > 2, "only {told} stories were found");
}

#[test]
fn the_transcripts_of_the_examples_are_told_as_they_are_written() {
    let transcripts = files_below("examples", "transcript.md");
    let all = transcripts.len();
    let stories = transcripts.into_iter().map(|path| {
        let sandbox = Sandbox::new();
        copy_beside(path.parent().unwrap_or(&path), &sandbox);
        (path, sandbox)
    });
    assert_eq!(check(stories), all);
}

/// Reports that a transcript wrote lie beside it as it wrote them, to be looked at.
fn reports(folder: &Path, sandbox: &Sandbox) -> String {
    let mut stale = String::new();
    for name in ["report.html", "report.md"] {
        let Ok(written) = fs::read_to_string(sandbox.home().join(name)) else { continue };
        let forbidden = forbidden_words(&written);
        assert!(forbidden.is_empty(), "{name}: {forbidden:?}");
        let kept = root().join(folder).join(name);
        if !folder.starts_with("examples")
            || fs::read_to_string(&kept).ok() == Some(written.clone())
        {
            continue;
        }
        if updating() {
            fs::write(&kept, &written).expect("the example's report can be written");
        } else {
            stale.push_str(&kept.display().to_string());
            stale.push_str(" is not what the transcript writes\n");
        }
    }
    stale
}

/// The example's files lie in the sandbox where they lie in the workspace.
fn copy_beside(folder: &Path, sandbox: &Sandbox) {
    for path in files_below(&folder.to_string_lossy(), "") {
        let bytes = fs::read(root().join(&path)).expect("the example's file can be read");
        sandbox.write(&path.to_string_lossy(), bytes);
    }
}
