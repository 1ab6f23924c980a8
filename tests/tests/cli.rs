//! The command line in process: manners that hold whatever the command.

use fortnight_cli::Status;
use fortnight_tests::Sandbox;

#[test]
fn the_first_screen_of_help_fits_a_terminal_and_names_only_what_works() {
    let sandbox = Sandbox::new();
    let screen = sandbox.run("help").done();
    assert_eq!(screen.talk, "");
    assert!(screen.data.lines().all(|line| line.chars().count() <= 80));
    assert!(screen.data.ends_with("More: fortnight help --all\n"));
    assert_eq!(screen, sandbox.run("--help").done());
}

#[test]
fn every_command_explains_itself_within_80_columns() {
    let sandbox = Sandbox::new();
    let all = sandbox.run("help --all").done().data;
    let commands: Vec<String> = all
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  "))
        // What does not fit goes on below.
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split("  ").next().map(str::to_owned))
        .collect();
    assert!(commands.len() > 1, "{all}");
    assert!(all.lines().all(|line| line.chars().count() <= 80), "{all}");
    assert!(!all.contains('…'), "{all}");
    for command in commands {
        let help = sandbox.run(&format!("help {command}")).done().data;
        assert!(help.contains("Usage: fortnight"), "{command}: {help}");
        assert_eq!(help, sandbox.run(&format!("{command} --help")).done().data);
    }
}

#[test]
fn a_word_that_is_no_command_is_refused_with_a_way_on() {
    let sandbox = Sandbox::new();
    let output = sandbox.run("help playbok").ended(Status::Refused);
    assert_eq!((output.data.as_str(), output.talk.contains("fortnight help playbook")), ("", true));
}

#[test]
fn hostile_arguments_reach_no_stream_as_they_are_r21() {
    let sandbox = Sandbox::new();
    for line in ["help '\u{1b}]0;x\u{7}'", "playbook show '\u{1b}[2J\u{202e}'", "'--\u{9b}x'"] {
        let output = sandbox.run(line);
        assert_ne!(output.status, Status::Done, "{}", output.both);
        assert_eq!(output.data, "");
    }
}

/// What somebody typed is quoted in a refusal; a line break in it begins no line that looks as if
/// the program said it.
#[test]
fn what_was_typed_begins_no_line_of_its_own_r21() {
    let sandbox = Sandbox::new();
    let typed = "'x\nUndid: everything'";
    let _begun = sandbox.run("start networking --sample-answers --yes").done();
    let _known = sandbox.run("people add 'Ana Silva, Miro'").done();
    for line in [
        "X",
        "X replied",
        "ana X",
        "ana X X",
        "ana replied X --via X",
        "ana booked --set X=X",
        "ana referred @X",
        "done X",
        "done send-intro/X --all",
        "done 1 --set X=X",
        "skip X",
        "show X",
        "later X fri",
        "later build-list X",
        "set X X",
        "set --busy X",
        "decide X",
        "cycle compare signal=X",
        "cycle show X",
        "compare X",
        "compare --measure X",
        "people X",
        "people fill X a=b",
        "people fill ana X=X",
        "people edit X a=b",
        "people import X",
        "people export --output X/X",
        "people remove X",
        "people --where X",
        "message show X",
        "message set X --text X",
        "message set nudge --text-file X",
        "calendar export --output X/X",
        "remind --timer X",
        "help X",
        "completions X",
        "man X",
        "plan show --plan X",
        "plan upgrade X",
        "playbook X",
        "playbook check X",
        "playbook when X",
        "playbook new X",
        "clients add X",
        "share --yes --output X/x",
        "report --output X/x",
        "report --work-search --csv --output X/x",
        "--db X/X ana replied",
        "--color X",
        "start X",
        "start networking --set X=X",
        "forget X",
        "log -n X",
        "--X",
    ] {
        let output = sandbox.run(&line.replace('X', typed));
        assert_ne!(output.status, Status::Done, "{line}\n{}", output.both);
        let forged = output.both.lines().any(|line| line.starts_with("Undid"));
        assert!(!forged, "{line}\n{}", output.both);
    }
}

/// Nor does the name of a file that was written.
#[test]
fn the_name_of_a_file_begins_no_line_of_its_own_r21() {
    let sandbox = Sandbox::new();
    let _begun = sandbox.run("start networking --sample-answers --yes").done();
    for line in [
        "share --yes --output X",
        "calendar export --output X",
        "report --output X.html",
        "report --work-search --csv --output X",
        "people export --output X.csv",
        "playbook graph networking --format svg --output X",
        "playbook pack networking --output X.yaml",
    ] {
        // Each has a name of its own, so that none is there already.
        let typed = format!("'{}\nUndid: everything'", line.len());
        let output = sandbox.run(&line.replace('X', &typed));
        assert_eq!(output.status, Status::Done, "{line}\n{}", output.both);
        let forged = output.both.lines().any(|line| line.starts_with("Undid"));
        assert!(!forged, "{line}\n{}", output.both);
    }
}

/// Contacts whose every cell tries to steer the terminal; the sandbox looks at the bytes of each run.
#[test]
fn hostile_contacts_reach_no_stream_as_they_are_r21() {
    let sandbox = Sandbox::new();
    let evil = "\u{1b}]52;c;eA==\u{7}\u{202e}\u{9b}2J {{ 7*7 }} <b>";
    let header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    let row = format!("Ana{evil},Silva,,,{evil},{evil},12 Mar 2024\n");
    sandbox.write("evil.csv", format!("{header}{row}"));
    let start = "start product-designer --people evil.csv --sample-answers --verbose";
    assert!(sandbox.run(start).done().data.contains("Today"));
    let fill = sandbox.run(&format!("people fill silva context='{evil}'"));
    assert_eq!(fill.status, Status::Done, "{}", fill.both);
    for line in ["today --full", "today --json", "people", "people --json", "silva", "log"] {
        assert!(!sandbox.run(line).done().data.is_empty(), "{line}");
    }
    let letter = sandbox.run("message show silva intro").done().data;
    assert!(letter.contains("{{ 7*7 }}"), "words of people are no template: {letter}");
}

#[test]
fn the_machines_zone_changes_no_byte_of_an_answer_r12() {
    let mut sandbox = Sandbox::new();
    let start = "start networking --sample-answers --zone Europe/Paris --now 2026-03-02T07:30:00Z";
    assert_eq!(sandbox.run(start).status, Status::Done);
    let answers = ["Europe/Paris", "Pacific/Auckland", "America/New_York"].map(|zone| {
        sandbox.set_zone(zone);
        let today = sandbox.run("today --now 2026-03-03T08:30").done();
        (today, sandbox.run("today --json --now 2026-03-03T08:30").done())
    });
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    assert!(answers[0].0.data.starts_with("Tue 3 Mar 2026"), "{}", answers[0].0.data);
}

#[test]
fn a_second_plan_is_chosen_by_number_or_title() {
    let sandbox = Sandbox::new();
    for playbook in ["product-designer", "ux-researcher"] {
        let begun = sandbox.run(&format!("start {playbook} --sample-answers"));
        assert_eq!(begun.status, Status::Done, "{}", begun.both);
    }
    let plan = |line: &str| sandbox.run(line).done().json()["plan"].clone();
    assert_eq!(plan("today --json"), 2);
    assert_eq!(plan("today --json --plan 1"), 1);
    assert_eq!(plan("today --json --plan designers"), 1);
    let unknown = sandbox.run("today --plan nobody").ended(Status::Refused);
    assert!(unknown.talk.contains("1 Networking for product designers"), "{}", unknown.talk);
}

#[test]
fn a_plan_keeps_running_when_the_file_it_came_from_is_gone() {
    let sandbox = Sandbox::new();
    let base = "fortnight: 1\nplaybook: base\nversion: 1.0.0\ntitle: Base\nsteps:\n  \
         call: {title: Call, guide: Slowly.}\n  rest: {title: Rest, needs: call}\n";
    let over = "fortnight: 1\nplaybook: mine\nextends: ./base.yaml\ntitle: Mine\nsteps:\n  \
         call: {title: Call somebody}\n";
    let files = [sandbox.write("a/base.yaml", base), sandbox.write("a/mine.yaml", over)];
    assert!(sandbox.run("start a/mine.yaml").done().data.contains("Call somebody"));
    for file in files {
        std::fs::remove_file(file).expect("it is removed");
    }
    assert!(sandbox.run("show 1").done().data.contains("Slowly."));
    assert_eq!(sandbox.run("done 1").status, Status::Done);
    let today = sandbox.run("today").done().data;
    assert!(today.contains("Rest") && !today.contains("Call somebody"), "{today}");
    assert_eq!(sandbox.run("start a/mine.yaml").status, Status::Refused);
}

#[test]
fn a_packed_playbook_is_itself_however_its_lines_end_and_not_with_another_word() {
    let sandbox = Sandbox::new();
    let packed = sandbox.run("playbook pack ux-researcher").done().data;
    sandbox.write("plain.yaml", &packed);
    sandbox.write("mailed.yaml", packed.replace('\n', "\r\n"));
    sandbox.write("noted.yaml", packed.replace("\nsteps:", "\n# the steps\nsteps:"));
    for file in ["plain.yaml", "mailed.yaml", "noted.yaml"] {
        let checked = sandbox.run(&format!("playbook check {file} --deny warnings"));
        assert!(checked.done().talk.contains("nothing to mend"), "{file}");
    }
    for (what, with) in [("\ntitle: ", "\ntitle: My "), ("# sha256 ", "# sha256 0")] {
        sandbox.write("changed.yaml", packed.replacen(what, with, 1));
        let checked = sandbox.run("playbook check changed.yaml --format short");
        let checked = checked.ended(Status::Refused).data;
        assert_eq!(checked.matches("changed-pack").count(), 1, "{checked}");
        assert_eq!(checked.lines().count(), 1, "{checked}");
        let start = sandbox.run("start changed.yaml --sample-answers").ended(Status::Refused);
        assert!(start.talk.contains("hash") && start.talk.contains("No plan can begin"));
    }
}
