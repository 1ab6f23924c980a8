//! The stories in `tests/scenario/`, run day by day.

use fortnight_tests::{Sandbox, files_below, scenario};

#[track_caller]
fn check(stories: impl IntoIterator<Item = (std::path::PathBuf, Sandbox)>) {
    let mut told = 0;
    let mut wrong = String::new();
    for (path, mut sandbox) in stories {
        match scenario::check(&path, &mut sandbox) {
            Ok(commands) => {
                assert!(commands > 0, "{} runs no command", path.display());
                told += 1;
            }
            Err(report) => wrong.push_str(&report),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}UPDATE=1 rewrites them: read them before you keep them.");
    assert!(told > 0, "no story was found");
}

#[test]
fn the_stories_in_tests_are_told_as_they_are_written() {
    check(files_below("tests/scenario", ".md").into_iter().map(|path| (path, Sandbox::new())));
}
