//! `--json` of every command, held against what `cli/JSON.md` says of it: no key that is not
//! documented, and none of those in a table that never comes.

use std::collections::{BTreeMap, BTreeSet};

use fortnight_tests::Sandbox;
use serde_json::Value;

/// Commands that show something, each with the heading under which its document is described.
const SHOWING: &[(&str, &str)] = &[
    ("today", "`fortnight today --json`"),
    ("today --full", "`fortnight today --json`"),
    ("today --week", "`fortnight today --json`"),
    ("today --month", "`fortnight today --json`"),
    ("today --date fri", "`fortnight today --json`"),
    ("today --minutes 30", "`fortnight today --json`"),
    ("show follow-up/chiara", "`fortnight show --json`"),
    ("show send-intro/ana", "`fortnight show --json`"),
    ("show build-list", "`fortnight show --json`"),
    ("record ana", "`fortnight ana --json`"),
    ("compare", "`fortnight compare --json`"),
    ("compare --history", "`fortnight compare --history --json`"),
    ("report", "`fortnight report --json`"),
    ("report --work-search", "`fortnight report --work-search --json`"),
    ("set", "`fortnight set --json`"),
    ("people list", "`fortnight people --json`"),
    ("people list --all", "`fortnight people --json`"),
    ("people list --missing", "`fortnight people --json`"),
    ("people owed --all", "The others"),
    ("people import contacts.csv", "`fortnight people import --json`"),
    ("people import wrong.csv --yes", "`fortnight people import --json`"),
    ("companies list", "`fortnight people --json`"),
    ("message list", "`fortnight message --json`"),
    ("message show intro", "`fortnight message --json`"),
    ("message show chiara", "`fortnight message --json`"),
    ("message show ana", "`fortnight message --json`"),
    ("cycle show", "The others"),
    ("remind", "`fortnight remind --json`"),
    ("log", "The others"),
    ("log --all", "The others"),
    ("plan list", "`fortnight plan`"),
    ("plan show", "`fortnight plan`"),
    ("plan upgrade --preview", "`fortnight plan`"),
    ("playbook list", "The others"),
    ("playbook show networking", "The others"),
    ("playbook check mine.yaml", "`fortnight playbook check --json`"),
    ("playbook pack networking", "The others"),
    ("playbook pack networking --output packed.yaml", "The others"),
    ("playbook graph networking", "`fortnight playbook graph --json`"),
    ("playbook simulate networking --people 5", "`fortnight playbook simulate --json`"),
    ("playbook simulate networking --people 5 --cycles 3", "`fortnight playbook simulate --json`"),
    ("playbook test", "`fortnight playbook test --json`"),
    ("playbook when '5 workdays'", "`fortnight playbook when --json`"),
    ("playbook when 'Mon at 09:00'", "`fortnight playbook when --json`"),
    ("playbook new own", "The others"),
    (
        "share --yes --output me.fortnight",
        "`fortnight clients --json`, `clients compare --json`, `clients report --json`",
    ),
    (
        "clients add me.fortnight --as Me",
        "`fortnight clients --json`, `clients compare --json`, `clients report --json`",
    ),
    ("clients", "`fortnight clients --json`, `clients compare --json`, `clients report --json`"),
    (
        "clients compare",
        "`fortnight clients --json`, `clients compare --json`, `clients report --json`",
    ),
    (
        "clients report",
        "`fortnight clients --json`, `clients compare --json`, `clients report --json`",
    ),
    ("done send-intro/eve", "Commands that record"),
    ("skip build-list --why 'enough of them'", "Commands that record"),
    ("later follow-up/chiara fri", "Commands that record"),
    ("record ben replied", "Commands that record"),
    ("record ben replied", "Commands that record"),
    ("record ben promised tea", "Commands that record"),
    ("people add 'Zoe Lin'", "Commands that record"),
    ("people edit zoe position=Lead", "Commands that record"),
    ("people edit zoe position=Lead", "Commands that record"),
    ("people fill zoe 'context=a talk in Lyon'", "Commands that record"),
    ("people remove zoe", "Commands that record"),
    ("away fri", "Commands that record"),
    ("away 9 mar --off", "Commands that record"),
    ("set hours 09:00-17:00", "Commands that record"),
    ("plan upgrade", "Commands that record"),
    ("undo", "Commands that record"),
    ("redo", "Commands that record"),
    ("cycle stop --yes", "Commands that record"),
    ("cycle start signal=clear-ask", "Commands that record"),
    ("start company-first --sample-answers", "`fortnight today --json`"),
    ("companies add Northwind", "Commands that record"),
    ("--version --verbose", "The others"),
    ("forget dana --yes", "The others"),
];

/// Commands that ask, that need more than a line here, or that write a form of their own. Those that
/// record all say it in the one way that the lines above show.
const SILENT: &[&str] = &[
    "work",
    "decide",
    "cycle compare",
    "people export",
    "people pick",
    "companies import",
    "message set",
    "calendar export",
    "help",
    "completions",
    "man",
    "playbook schema",
    "clients remove",
];

/// Documents that hold another: as it says there.
const WITHIN: &[(&str, &str)] = &[
    ("`fortnight show --json`", "`fortnight today --json`"),
    ("`fortnight compare --history --json`", "`fortnight compare --json`"),
    ("`fortnight report --json`", "`fortnight compare --json`"),
    ("`fortnight report --json`", "`fortnight compare --history --json`"),
    ("`fortnight playbook test --json`", "`fortnight playbook check --json`"),
    ("The others", "`fortnight today --json`"),
];

/// Their keys are names that people gave.
const NAMED_BY_PEOPLE: &[&str] =
    &["fields", "choices", "inputs", "in_use", "reply_rates", "verdicts"];

/// What happens in no two weeks that a test can live through quickly, or by chance only.
const RARE: &[&str] = &["moved"];

const CONTACTS: &str = "\
First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ana,Silva,https://www.linkedin.com/in/ana,ana@example.com,Northwind,Design lead,12 Mar 2024
Ben,Okafor,https://www.linkedin.com/in/ben,ben@example.com,Miro,Designer,13 Mar 2024
Chiara,Rossi,https://www.linkedin.com/in/chiara,chiara@example.com,Adyen,Designer,14 Mar 2024
Dana,Levi,https://www.linkedin.com/in/dana,dana@example.com,Miro,Designer,15 Mar 2024
Eve,Stone,https://www.linkedin.com/in/eve,eve@example.com,Bolt,Designer,16 Mar 2024
";

/// A home in which something of everything has happened.
fn lived_in() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("contacts.csv", CONTACTS);
    sandbox.write("wrong.csv", "Name,Email Address\nAna Silva,ana@example.com\n,\nZed Zee,zed\n");
    sandbox.write("mine.yaml", "fortnight: 1\nplaybook: mine\nsteps: {a: {needs: b}}\n");
    for line in [
        "start networking --people contacts.csv --sample-answers --yes",
        "people fill --sample-answers",
        "done write-message rehearse",
        "done send-intro/ana send-intro/ben send-intro/chiara send-intro/dana",
    ] {
        let _done = sandbox.run(line).done();
    }
    sandbox.set_clock("2026-03-04T09:00");
    for line in ["ana replied", "ana promised 'an intro'", "ana booked fri 10:00", "away thu"] {
        let _done = sandbox.run(line).done();
    }
    sandbox
}

/// The words in backquotes below each heading, and the keys in the first column of its tables.
struct Documented {
    words: BTreeMap<String, BTreeSet<String>>,
    tables: BTreeMap<String, BTreeSet<String>>,
}

fn documented() -> Documented {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/JSON.md");
    let text = std::fs::read_to_string(path).expect("the document is part of the tree");
    let (mut words, mut tables) = (BTreeMap::new(), BTreeMap::new());
    let mut heading = String::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            title.clone_into(&mut heading);
        }
        let quoted = |text: &str| -> Vec<String> {
            text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
        };
        let known: &mut BTreeSet<String> = words.entry(heading.clone()).or_default();
        known.extend(quoted(line));
        if let Some(row) = line.strip_prefix("| ") {
            let first = row.split('|').next().unwrap_or_default();
            let keys: &mut BTreeSet<String> = tables.entry(heading.clone()).or_default();
            keys.extend(quoted(first));
        }
    }
    Documented { words, tables }
}

/// Every key of a document, at any depth.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                found.insert(key.clone());
                if !NAMED_BY_PEOPLE.contains(&key.as_str()) {
                    keys(value, found);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_document_is_as_described() {
    let (sandbox, documented) = (lived_in(), documented());
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    // A playbook of one's own comes before its stories are told.
    let order = |line: &str| u8::from(line.starts_with("playbook test"));
    let mut walk = SHOWING.to_vec();
    walk.sort_by_key(|(line, _)| order(line));
    for (line, heading) in walk {
        let output = sandbox.run(&format!("{line} --json"));
        let Ok(value) = serde_json::from_str::<Value>(&output.data) else {
            wrong.push(format!("{line}: no JSON\n{}", output.both));
            continue;
        };
        if value["version"] != 1 {
            wrong.push(format!("{line}: version {}", value["version"]));
        }
        let mut found = BTreeSet::new();
        keys(&value, &mut found);
        found.remove("version");
        let Some(known) = documented.words.get(heading) else {
            wrong.push(format!("{line}: no heading {heading}"));
            continue;
        };
        let within = WITHIN.iter().filter(|(outer, _)| *outer == heading);
        let mut known = known.clone();
        known.extend(within.flat_map(|(_, inner)| documented.words[*inner].clone()));
        for key in &found {
            if !known.contains(key) {
                wrong.push(format!("{line}: `{key}` is not under {heading}"));
            }
        }
        seen.entry(heading).or_default().extend(found);
    }
    for (heading, keys) in &documented.tables {
        let Some(seen) = seen.get(heading.as_str()) else { continue };
        let never = keys.iter().filter(|key| !seen.contains(*key) && !RARE.contains(&key.as_str()));
        wrong.extend(never.map(|key| format!("{heading}: `{key}` never came")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_shows_a_document_or_is_known_to_show_none() {
    let all = Sandbox::new().run("help --all").done().data;
    let commands: Vec<&str> = all
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split("  ").next())
        .collect();
    assert!(commands.len() > 40, "{all}");
    for command in commands {
        let is_shown = SHOWING
            .iter()
            .any(|(line, _)| *line == command || line.starts_with(&format!("{command} ")));
        assert!(is_shown != SILENT.contains(&command), "{command}");
    }
}
