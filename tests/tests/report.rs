//! Reports as other programs and careless hands meet them.

use std::fmt::Write as _;

use std::fs;

use fortnight_tests::{Sandbox, forbidden_words};

/// Runs what has to work.
#[track_caller]
fn done(sandbox: &Sandbox, line: &str) {
    let _output = sandbox.run(line).done();
}

/// A plan with a few people of these names, some of whom were written to.
fn plan(names: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    let mut sheet = String::from("name,company,connected_on\n");
    for name in names {
        let quoted = name.replace('"', "\"\"");
        let _ = writeln!(sheet, "\"{quoted}\",\"{quoted} & Co\",2024-03-12");
    }
    sandbox.write("people.csv", sheet);
    sandbox.write("small.yaml", PLAYBOOK);
    done(&sandbox, "start small.yaml --people people.csv --compare signal=clear-ask");
    done(&sandbox, "today");
    done(&sandbox, "done 1");
    sandbox
}

const PLAYBOOK: &str = r#"fortnight: 1
playbook: small
version: 1.0.0
title: A small plan
choices:
  signal:
    ask: "Which one?"
    options: {as-today: As you write today, clear-ask: A clear ask}
people:
  size: 2 to 30
cycle: {length: 14 days, list_closes: day 5, decided_by: reply_rate}
metrics:
  reply_rate: {title: Replies, out_of: send-intro, count: replied, within: 9 days}
messages:
  intro:
    channel: linkedin
    by: signal
    text:
      as-today: "Hi {{ person.name }}, I would like to hear about your work."
      clear-ask: "Hi {{ person.name }}, which skill matters most in your team?"
steps:
  send-intro: {title: Send it, for_each: people, send: intro}
  review: {title: Look, decide: [again, use, stop], at: day 12}
"#;

fn page(sandbox: &Sandbox, more: &str) -> String {
    done(sandbox, &format!("report --output page.html --force {more}"));
    fs::read_to_string(sandbox.home().join("page.html")).expect("as this test set it up")
}

/// The tags of a page with their attributes, and nothing between them.
fn tags(page: &str) -> Vec<&str> {
    let body = page.split_once("</style>").map_or(page, |(_, body)| body);
    body.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect()
}

#[test]
fn hostile_names_leave_the_page_as_it_is_with_harmless_ones() {
    let hostile = [
        "<script>alert(1)</script>",
        "\" onload='x",
        "</blockquote></details>",
        "&lt;b&gt;",
        "=HYPERLINK(1)",
        "Ana`",
    ];
    let harmless = ["Aaaa", "Baaa", "Caaa", "Daaa", "Eaaa", "Faaa"];
    let (one, other) = (plan(&hostile), plan(&harmless));
    let (one, other) = (page(&one, ""), page(&other, ""));
    assert_eq!(tags(&one), tags(&other));
    assert!(!one.contains("<script"));
}

#[test]
fn a_report_is_the_same_bytes_each_time_and_asks_for_nothing() {
    let sandbox = plan(&["Ana Silva", "Ben Okafor"]);
    let at = "--now 2026-03-12T10:00";
    let first = page(&sandbox, at);
    assert_eq!(first, page(&sandbox, at));
    for outside in ["http:", "https:", "src=", "@import", "url(", "<script", "<link"] {
        let body = first.replace("http-equiv", "");
        assert!(!body.contains(outside), "{outside}");
    }
    assert!(first.contains("default-src 'none'"));
    assert!(first.contains("<html lang=\"en\">"));
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let sandbox = plan(&["Ana Silva", "Ben Okafor"]);
    let page = page(&sandbox, "");
    let levels: Vec<u32> = tags(&page)
        .iter()
        .filter_map(|tag| tag.strip_prefix('h')?.split(' ').next()?.parse().ok())
        .collect();
    assert_eq!(levels.first(), Some(&1));
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
}

#[test]
fn no_page_of_any_state_promises_more_than_counts_can_show() {
    let empty = Sandbox::new();
    empty.write("small.yaml", PLAYBOOK);
    done(&empty, "start small.yaml");
    let running = plan(&["Ana Silva", "Ben Okafor"]);
    let abandoned = plan(&["Ana Silva", "Ben Okafor"]);
    done(&abandoned, "cycle stop --yes");
    for sandbox in [empty, running, abandoned] {
        for more in ["", "--now 2026-03-20T10:00"] {
            assert!(forbidden_words(&page(&sandbox, more)).is_empty());
        }
        done(&sandbox, "report --markdown");
        let _json = sandbox.run("report --json").done().json();
    }
}

#[test]
fn without_names_nobody_is_named_and_no_letter_is_told() {
    let sandbox = plan(&["Zoltán Quux", "Ben Okafor"]);
    assert!(page(&sandbox, "").contains("Zoltán Quux"));
    let page = page(&sandbox, "--without-names");
    assert!(!page.contains("Quux") && !page.contains("Okafor"));
    assert!(page.contains("{{ person.name }}"));
    done(&sandbox, "report --output a.md --without-names");
    let notes = fs::read_to_string(sandbox.home().join("a.md")).unwrap();
    assert!(!notes.contains("Quux"), "{notes}");
}

#[test]
fn r4_a_file_that_is_there_stays_without_force_and_a_link_always() {
    let sandbox = plan(&["Ana Silva", "Ben Okafor"]);
    let kept = sandbox.write("kept.html", "mine");
    let refused = sandbox.run("report --output kept.html");
    assert_eq!(refused.status as u8, 1);
    assert!(refused.both.contains("--output kept.html --force"), "{}", refused.both);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&kept, sandbox.home().join("link.html")).unwrap();
        assert_eq!(sandbox.run("report --output link.html --force").status as u8, 1);
        assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
    }
    done(&sandbox, "report --output kept.html --force");
    assert!(fs::read_to_string(&kept).unwrap().starts_with("<!DOCTYPE html>"));
    assert_eq!(sandbox.run("report --output no/such/folder.html").status as u8, 1);
}

#[test]
fn the_work_search_holds_facts_and_no_formula() {
    let sandbox = plan(&["=HYPERLINK(1)", "Ben \"B\" Okafor"]);
    done(&sandbox, "record ben replied");
    let sheet = sandbox.run("report --work-search").done().data;
    let mut lines = sheet.lines();
    assert_eq!(lines.next(), Some("date,person,employer,position,how,what,result"));
    assert!(sheet.contains(",'=HYPERLINK(1),"), "{sheet}");
    assert!(sheet.contains("\"Ben \"\"B\"\" Okafor\""), "{sheet}");
    assert!(sheet.contains("They answered (Mon 2 Mar)"), "{sheet}");
    assert_eq!(lines.count(), 2);
    for (line, part) in [
        ("report --work-search --from tomorrow", "still to come"),
        (
            "report --work-search --from \"5 mar\" --to \"2 mar\" --now 2026-03-20T10:00",
            "comes after",
        ),
        ("report --work-search --from nonsense", "nonsense"),
    ] {
        let refused = sandbox.run(line);
        assert_eq!(refused.status as u8, 1, "{line}");
        assert!(refused.both.contains(part), "{line}: {}", refused.both);
    }
    assert_eq!(sandbox.run("report --from monday").status as u8, 2);
    let before = sandbox.run("report --work-search --from \"1 jan\" --to \"1 feb\"").done();
    assert_eq!(before.data, "date,person,employer,position,how,what,result\n");
}
