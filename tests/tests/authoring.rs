//! What `playbook new` writes: it checks, it passes its own stories, and its comments are right.

use std::fs;

use fortnight_cli::Status;
use fortnight_tests::{Sandbox, files_below, root};

const SHIPPED: [&str; 5] =
    ["networking", "product-designer", "product-manager", "company-first", "ux-researcher"];

#[track_caller]
fn succeeds(sandbox: &Sandbox, line: &str) {
    let output = sandbox.run(line);
    assert_eq!(output.status, Status::Done, "{line}: {}", output.both);
}

/// A new playbook has no finding, and passes stories that look at something.
#[track_caller]
fn sound(sandbox: &Sandbox, file: &str) {
    let checked = sandbox.run(&format!("playbook check {file} --deny warnings --format short"));
    assert_eq!((checked.status, checked.data.as_str()), (Status::Done, ""), "{file}");
    let tested = sandbox.run(&format!("playbook test {file} --json")).done().json();
    assert!(
        tested["passed"].as_u64().expect("as this test set it up") >= 1 && tested["failed"] == 0,
        "{tested}"
    );
    let stories = file.replace(".yaml", ".test.yaml");
    let stories = fs::read_to_string(sandbox.home().join(stories)).expect("as this test set it up");
    assert!(stories.contains("expect:"), "{stories}");
}

#[test]
fn a_playbook_from_nothing_is_sound_whatever_its_name() {
    let sandbox = Sandbox::new();
    for name in ["data-analyst", "no", "007", "ux-2", "null", "1e3", &"long-".repeat(12), "y"] {
        succeeds(&sandbox, &format!("playbook new {name}"));
        sound(&sandbox, &format!("{name}.yaml"));
    }
    let coverage = sandbox.run("playbook test data-analyst.yaml --coverage").done().data;
    assert!(coverage.contains("every step, condition and text is reached"), "{coverage}");
    let text = fs::read_to_string(sandbox.home().join("data-analyst.yaml")).unwrap();
    assert!(text.contains("\nrole: Data analyst\n") && !text.contains("NAME"), "{text}");
}

#[test]
fn a_playbook_over_any_other_is_sound_and_its_comments_can_be_taken_at_their_word() {
    let sandbox = Sandbox::new();
    let mut bases: Vec<String> = SHIPPED.map(str::to_owned).to_vec();
    for path in files_below("examples", ".yaml") {
        let path = path.to_string_lossy().into_owned();
        if !path.ends_with(".test.yaml") {
            sandbox.write(&path, fs::read(root().join(&path)).unwrap());
            bases.push(path);
        }
    }
    sandbox.write(
        "deep/in/calls.yaml",
        "fortnight: 1\nplaybook: calls\nversion: 1.0.0\n\
        title: Calls\nsteps:\n  call:\n    title: Call\n",
    );
    bases.push("./deep/in/calls.yaml".to_owned());
    fs::create_dir_all(sandbox.home().join("my/own")).unwrap();
    for (at, base) in bases.iter().enumerate() {
        succeeds(&sandbox, &format!("playbook new mine-{at} --from '{base}' --folder my/own"));
        let file = format!("my/own/mine-{at}.yaml");
        sound(&sandbox, &file);
        // With the signs of comments taken away before the further ideas, they are right too.
        let text = fs::read_to_string(sandbox.home().join(&file)).unwrap();
        let (head, ideas) = text.split_once("\n  # What else").unwrap();
        let (_, ideas) = ideas.split_once('\n').unwrap();
        let ideas = ideas.replace("\n  # ", "\n  ").replacen("  # ", "  ", 1);
        let all = format!("my/own/all-{at}.yaml");
        sandbox.write(&all, format!("{head}\n{ideas}"));
        let checked = sandbox.run(&format!("playbook check {all} --format short --deny warnings"));
        assert_eq!((checked.status, checked.data.as_str()), (Status::Done, ""), "{base}: {ideas}");
        assert!(ideas.contains("own-step:"), "{ideas}");
    }
}

/// The command that a refusal names is the right one: run, it does what was wanted.
#[track_caller]
fn refused_with_the_right_command(sandbox: &Sandbox, line: &str, said: &str) {
    let refused = sandbox.run(line).ended(Status::Refused);
    assert!(refused.talk.contains(said), "{}", refused.talk);
    let right = refused.talk.lines().find_map(|line| line.trim().strip_prefix("fortnight "));
    succeeds(sandbox, right.expect("a command is named"));
}

#[test]
fn bad_names_and_taken_files_are_refused_with_the_command_that_is_right() {
    let sandbox = Sandbox::new();
    sandbox.write("plans/x.txt", "");
    for (line, said) in [
        ("playbook new 'Data Analyst'", "cannot have capitals"),
        ("playbook new data-engineer.yaml", "cannot have `.`"),
        ("playbook new plans/seller.yaml --from networking", "is a path"),
        ("playbook new größe", "the letter `ö`"),
        ("playbook new _me", "begins with a letter"),
    ] {
        refused_with_the_right_command(&sandbox, line, said);
    }
    refused_with_the_right_command(&Sandbox::new(), "playbook new ''", "needs a name");
    let mine = sandbox.write("mine.test.yaml", "my own stories");
    let taken = "playbook new mine --from networking";
    refused_with_the_right_command(&sandbox, taken, "`mine.test.yaml` is there already");
    assert_eq!(fs::read_to_string(mine).unwrap(), "my own stories");
    assert!(!sandbox.home().join("mine.yaml").exists());
    assert!(sandbox.home().join("mine-2.yaml").exists());
    sandbox.write("broken.yaml", "fortnight: 1\nplaybook: broken\n");
    for (line, said) in [
        ("playbook new a --from netwrking", "Did you mean `networking`?"),
        ("playbook new a --from broken.yaml", "fortnight playbook check broken.yaml"),
        ("playbook new a --from nowhere.yaml", "no such file"),
        ("playbook new a --folder nowhere", "There is no folder `nowhere`"),
    ] {
        let refused = sandbox.run(line).ended(Status::Refused);
        assert!(refused.talk.contains(said), "{line}: {}", refused.talk);
        assert!(!sandbox.home().join("a.yaml").exists());
    }
}

#[test]
fn a_playbook_over_one_of_the_same_name_extends_the_programs() {
    let sandbox = Sandbox::new();
    succeeds(&sandbox, "playbook new networking --from networking");
    sound(&sandbox, "networking.yaml");
    // From now on the name means the one that lies here, and a third may rest on it.
    succeeds(&sandbox, "playbook new third --from ./networking.yaml");
    sound(&sandbox, "third.yaml");
    let text = fs::read_to_string(sandbox.home().join("third.yaml")).unwrap();
    assert!(text.contains("\nextends: ./networking.yaml\n"), "{text}");
}
