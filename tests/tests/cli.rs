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
        .filter_map(|line| line.split("  ").next().map(str::to_owned))
        .collect();
    assert!(commands.len() > 1, "{all}");
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
