//! Playbook tests: every story in the repository passes, and what a story can get wrong is said.

use fortnight_tests::{Sandbox, root};

/// Every story of `playbooks/` and `examples/`, through the command that coaches use.
#[test]
fn every_story_of_the_repository_passes() {
    for folder in ["playbooks", "examples"] {
        let folder = root().join(folder);
        let output = Sandbox::new().run(&format!("playbook test '{}'", folder.display()));
        println!("{}", output.both);
        let output = output.done();
        assert!(!output.talk.contains("fail") && output.talk.contains("stories pass."));
    }
}
