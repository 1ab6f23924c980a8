//! Files that are written by the program stay fresh: `UPDATE=1` writes them anew.

use std::fs;

use fortnight_tests::{root, updating};

#[track_caller]
fn check(path: &str, fresh: &str) {
    let full = root().join(path);
    if updating() {
        fs::write(&full, fresh).expect("the file can be written");
    }
    let kept = fs::read_to_string(&full).unwrap_or_default();
    assert!(kept == fresh, "{path} is stale: UPDATE=1 cargo test --workspace generated");
}

#[test]
fn the_generated_reference_of_the_command_line_is_fresh() {
    check("cli/REFERENCE.md", &fortnight_cli::reference());
}
