//! What a seeker hands out holds nobody's name, company or text, whatever stands in the plan.

use std::fmt::Write as _;

use fortnight_tests::Sandbox;

const PLAYBOOK: &str = r#"fortnight: 1
playbook: small
version: 1.0.0
title: Wistful Networking
inputs:
  known_for: {ask: "What for?", example: periwinkle}
choices:
  signal: {ask: "Which one?", options: {as-today: Quixotic today, clear-ask: Plainly asked}}
people: {size: 1 to 30, fields: {context: {ask: "What of theirs?", example: cormorant}}}
cycle: {decided_by: replies}
metrics:
  replies: {title: Replies, out_of: send-intro, count: replied, within: 9 days}
messages:
  intro:
    channel: linkedin
    by: signal
    text:
      as-today: "Salutations {{ person.first_name }}, {{ person.context }} and {{ inputs.known_for }}."
      clear-ask: "Ahoy {{ person.first_name }}, {{ person.context }}?"
steps:
  send-intro: {title: Dispatching, for_each: people, send: intro}
  keep-notes: {title: Jotting, for_each: people, needs: {send-intro: done}, record: {insight: {ask: "What?"}}}
  review: {title: Pondering, decide: [again, use, stop], at: day 14}
"#;

fn people() -> String {
    let mut text =
        String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for number in 0..24 {
        let _ = writeln!(
            text,
            "Zephyrine{number},Okonkwo{number},https://www.linkedin.com/in/zeph{number},\
             zeph{number}@xylograph.example,Xylograph{number},Taxidermist,12 Mar 2024"
        );
    }
    text
}

#[track_caller]
fn done(sandbox: &Sandbox, line: &str) {
    let output = sandbox.run(line);
    assert_eq!(output.status, fortnight_cli::Status::Done, "{line}: {}", output.both);
}

/// Every word of the plan's that could say who is who.
fn secrets() -> Vec<String> {
    let mut secrets: Vec<String> = [
        "zephyrine",
        "okonkwo",
        "xylograph",
        "taxidermist",
        "linkedin",
        "lighthouse",
        "barnacle",
        "salutations",
        "ahoy",
        "wistful",
        "quixotic",
        "plainly",
        "dispatching",
        "jotting",
        "pondering",
        "marmalade",
        "gondola",
        "heliotrope",
        "periwinkle",
        "cormorant",
        "because",
    ]
    .map(str::to_owned)
    .into();
    secrets.extend((0..24).map(|number| format!("zeph{number}")));
    secrets
}

#[test]
fn no_name_company_or_text_of_a_plan_stands_in_what_is_handed_out() {
    let sandbox = Sandbox::new();
    sandbox.write("small.yaml", PLAYBOOK);
    sandbox.write("people.csv", people());
    for (clock, line) in [
        (
            "2026-03-02T08:30",
            "start small.yaml --people people.csv --compare signal=clear-ask \
          --set known_for=lighthouse",
        ),
        ("2026-03-02T08:40", "people fill zephyrine3 context=barnacle"),
        (
            "2026-03-02T08:41",
            "message set intro --option clear-ask --text 'Heliotrope {{ person.first_name }}?'",
        ),
        ("2026-03-02T08:42", "done send-intro/zephyrine3"),
        ("2026-03-02T08:43", "done keep-notes/zephyrine3 --set insight=marmalade"),
        ("2026-03-03T08:42", "zephyrine3 replied"),
        ("2026-03-13T09:00", "decide again --why 'because of the gondola'"),
        ("2026-03-16T09:00", "people add 'Zephyrine99 Okonkwo'"),
    ] {
        sandbox.set_clock(clock);
        done(&sandbox, line);
    }
    done(&sandbox, "share --output mine.fortnight --yes");
    let text = std::fs::read_to_string(sandbox.home().join("mine.fortnight")).unwrap();
    let folded = text.to_lowercase();
    for secret in secrets() {
        assert!(!folded.contains(&secret), "`{secret}` stands in it:\n{text}");
    }
    assert!(folded.contains("signal") && folded.contains("2026-03-16"), "{text}");
    let log = sandbox.run("log");
    assert!(log.data.contains("shared with your coach"), "{}", log.data);
}

#[test]
fn a_bundle_is_the_same_bytes_for_the_same_moment() {
    let sandbox = Sandbox::new();
    sandbox.write("small.yaml", PLAYBOOK);
    done(&sandbox, "start small.yaml --set known_for=ships");
    let at = "--now 2026-03-09T08:00 share --yes --quiet";
    let copy = sandbox.home().join("fortnight-copy.db");
    std::fs::copy(sandbox.home().join(".local/share/fortnight/fortnight.db"), &copy).unwrap();
    done(&sandbox, &format!("{at} --output one.fortnight"));
    done(&sandbox, &format!("{at} --output two.fortnight --db '{}'", copy.display()));
    let read = |name: &str| std::fs::read(sandbox.home().join(name)).unwrap();
    assert_eq!(read("one.fortnight"), read("two.fortnight"));
}

#[cfg(unix)]
#[test]
fn clients_are_private_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = Sandbox::new();
    sandbox.write("small.yaml", PLAYBOOK);
    done(&sandbox, "start small.yaml --set known_for=ships");
    done(&sandbox, "share --output mine.fortnight --yes");
    done(&sandbox, "clients add mine.fortnight --as 'Mara ✨'");
    let folder = sandbox.home().join(".local/share/fortnight/clients");
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&folder) & 0o777, 0o700);
    for file in std::fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&file.unwrap().path()) & 0o777, 0o600);
    }
    let target = sandbox.write("precious.txt", "precious");
    symlink(&target, sandbox.home().join("link.fortnight")).unwrap();
    let refused = sandbox.run("share --output link.fortnight --yes");
    assert_eq!(refused.status, fortnight_cli::Status::Refused);
    done(&sandbox, "share --output link.fortnight --yes --force");
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "precious");
}
