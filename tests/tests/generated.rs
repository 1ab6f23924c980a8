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

#[test]
fn the_schemas_of_playbooks_and_their_stories_are_fresh() {
    check("playbooks/playbook.schema.json", &fortnight_engine::playbook::schema());
    check("playbooks/test.schema.json", &fortnight_engine::story::schema());
}

#[test]
fn the_reference_of_the_playbook_language_is_fresh() {
    let reference = format!(
        "<!-- Written from the language's own tables by `UPDATE=1 cargo test --workspace generated`. -->\n\n\
         # The playbook language\n\n\
         A playbook is one YAML file. `fortnight playbook new NAME` writes one to begin with, `fortnight playbook check` \
         says what is wrong with it, `fortnight help CODE` why that matters.\n{}{}",
        fortnight_engine::playbook::reference(),
        fortnight_engine::story::reference()
    );
    check("playbooks/REFERENCE.md", &reference);
}
