//! The JSON Schemas, held by an independent validator against what the reader takes and refuses.

use std::fs;
use std::sync::LazyLock;

use fortnight_engine::diagnostic::Severity;
use fortnight_engine::playbook::{self, load};
use fortnight_engine::source::SourceFile;
use fortnight_engine::story;
use fortnight_tests::{files_below, findings, root, yaml};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

static PLAYBOOK: LazyLock<Validator> = LazyLock::new(|| validator(&playbook::schema()));
static STORIES: LazyLock<Validator> = LazyLock::new(|| validator(&story::schema()));

fn validator(schema: &str) -> Validator {
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).expect("the schema is one")
}

#[track_caller]
fn valid(validator: &Validator, data: &Value, what: &str) {
    let errors: Vec<String> = validator
        .iter_errors(data)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}:\n{}", errors.join("\n"));
}

#[test]
fn every_playbook_and_every_story_of_the_repository_is_valid() {
    let mut seen = 0;
    for path in
        files_below("playbooks", ".yaml").into_iter().chain(files_below("examples", ".yaml"))
    {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let name = path.to_string_lossy();
        let (validator, file) = if name.ends_with(".test.yaml") {
            (&*STORIES, "test.schema.json")
        } else {
            (&*PLAYBOOK, "playbook.schema.json")
        };
        valid(validator, &yaml::json(&text).unwrap(), &name);
        let first = text.lines().next().unwrap();
        let schema = first.strip_prefix("# yaml-language-server: $schema=").expect(&name);
        let schema = root().join(path.parent().unwrap()).join(schema);
        assert!(schema.is_file() && schema.ends_with(file), "{name}: {first}");
        seen += 1;
    }
    assert!(seen >= 14, "{seen}");
}

/// Whatever the reader takes without an error is valid: every file of every suite.
#[test]
fn what_the_suites_accept_is_valid() {
    let shipped = |name: &str| {
        let name = format!("{name}.yaml");
        let bytes = fs::read(root().join("playbooks").join(&name)).ok()?;
        Some(SourceFile::from_bytes(name, &bytes))
    };
    let (mut taken, mut refused, mut seen_through) = (0, 0, 0);
    let suites = files_below("tests/check", ".md").into_iter();
    for path in suites.chain(files_below("engine/docs/codes", ".md")) {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        for case in findings::files(&text) {
            let find = |reference: &str, _: &str| {
                let name = reference.trim_start_matches("./").trim_end_matches(".yaml");
                case.iter().find(|file| file.name() == name).cloned().or_else(|| shipped(name))
            };
            let loaded = load(case[0].clone(), &find);
            let errors = |wanted: &[&str]| {
                loaded.diagnostics.iter().any(|one| {
                    one.severity == Severity::Error
                        && (wanted.is_empty() || wanted.contains(&one.code.slug()))
                })
            };
            if !errors(&[]) {
                for (_, file) in loaded.sources.iter() {
                    let what = format!("{}: {}", path.display(), file.text());
                    valid(&PLAYBOOK, &yaml::json(file.text()).unwrap(), &what);
                    taken += 1;
                }
            } else if case.len() == 1
                && errors(&[
                    "unknown-key",
                    "wrong-type",
                    "bad-value",
                    "bad-schedule",
                    "unknown-channel",
                ])
                && let Some(data) = yaml::json(case[0].text())
            {
                refused += 1;
                seen_through += usize::from(!PLAYBOOK.is_valid(&data));
            }
        }
    }
    assert!(taken > 30, "{taken}");
    // What hangs on other values (a list that closes after the cycle) no schema sees.
    assert!(seen_through * 10 >= refused * 6 && refused > 15, "{seen_through} of {refused}");
}

#[test]
fn a_yaml_1_1_reader_understands_every_playbook_and_every_story_alike() {
    for path in
        files_below("playbooks", ".yaml").into_iter().chain(files_below("examples", ".yaml"))
    {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let strange = yaml::strange_to_yaml_1_1(&text);
        assert!(strange.is_empty(), "{}: {strange:?}", path.display());
    }
    for name in ["data-analyst", "no", "007", "12", "1e3"] {
        let (playbook, stories) = playbook::starter::whole(name);
        assert_eq!(yaml::strange_to_yaml_1_1(&playbook), [""; 0]);
        assert_eq!(yaml::strange_to_yaml_1_1(&stories), [""; 0]);
    }
    for text in [
        "a: on",
        "no: 1",
        "a: 0755",
        "a: 12:30",
        "a: 1_000",
        "a: [0x1f]",
        "2026-03-02: a",
        "a: +1",
        "a: 1.50",
    ] {
        assert_eq!(yaml::strange_to_yaml_1_1(text).len(), 1, "{text}");
    }
    for text in [
        "a: yes",
        "a: 2026-03-02",
        "a: 12",
        "version: 1.0.0",
        "a: '12:30'",
        "a: 3-5 b",
        "a: \"on\"",
    ] {
        assert_eq!(yaml::strange_to_yaml_1_1(text), [""; 0], "{text}");
    }
}

const HEAD: &str = "fortnight: 1\nplaybook: t\nversion: 1.0.0\ntitle: T\n";
const STEPS: &str = "steps: {a: {title: A}}\n";

#[test]
fn broken_playbooks_are_invalid() {
    let with_steps = [
        "tilte: T\n",
        "about: [a]\n",
        "inputs: {a: {aks: x}}\n",
        "inputs: {a-b: {ask: x}}\n",
        "inputs: {a: {type: txt}}\n",
        "inputs: {a: {one_of: b}}\n",
        "inputs: {a: {rules: {sentence: 1}}}\n",
        "inputs: {a: {rules: {sentences: one}}}\n",
        "inputs: {a: {rules: {characters: at moist 3}}}\n",
        "inputs: {a: {rules: {avoid: one}}}\n",
        "choices: {a: {options: {x: X}}}\n",
        "choices: {a: {options: {x: X, y: [Y]}}}\n",
        "choices: {a: {options: {x: X, y: Y}, splitt: no}}\n",
        "choices: {a: {options: {x: X, y: Y}, split: never}}\n",
        "people: {sise: 3}\n",
        "people: {size: 3-5}\n",
        "people: {fields: {a: {tpye: date}}}\n",
        "people: {outcomes: {a: {endss: yes}}}\n",
        "people: {outcomes: {a: {ends: maybe}}}\n",
        "companies: {outcomes: {}}\n",
        "cycle: {lenght: 14 days}\n",
        "cycle: {length: 14 workdays}\n",
        "cycle: {length: 14}\n",
        "cycle: {list_closes: 5}\n",
        "metrics: {a: {cuont: replied}}\n",
        "metrics: {a: {title: A}}\n",
        "metrics: {a: {count: replied, within: 9 dayz}}\n",
        "metrics: {a: {count: replied, per: 30 minutes}}\n",
        "messages: {a: {channel: fax, text: x}}\n",
        "messages: {a: {chanel: sms, text: x}}\n",
        "messages: {a: {channel: sms}}\n",
        "messages: {a: {channel: sms, text: {x: {txt: y}}}}\n",
        "messages: {a: {channel: sms, text: [x]}}\n",
        "messages: {a: {channel: sms, text: ' '}}\n",
        "extends: [a]\n",
        "role: ~\n",
        "version: \"1.0\"\n",
        "fortnight: 2\n",
        "playbook: T\n",
    ];
    for broken in with_steps {
        let key = format!("\n{}:", broken.split(':').next().unwrap());
        let head: String = format!("\n{HEAD}")
            .split_inclusive('\n')
            .filter(|line| !format!("\n{line}").starts_with(&key))
            .collect();
        let text = format!("{head}{broken}{STEPS}");
        invalid(&PLAYBOOK, &text);
        let loaded = load(SourceFile::new("t", text.as_str()), &|_, _| None);
        assert!(loaded.has_errors(), "the reader takes {text}");
    }
    let steps = [
        "{}",
        "[a]",
        "{A: {title: T}}",
        "{a: T}",
        "{a: {guide: T}}",
        "{a: {title: T, need: b}}",
        "{a: {title: T, needs: {b: {at_least: 0}}}}",
        "{a: {title: T, needs: {b: {at_most: 1}}}}",
        "{a: {title: T, needs: {b: started}}}",
        "{a: {title: T, for_each: persons}}",
        "{a: {title: T, checklist: one}}",
        "{a: {title: T, decide: again}}",
        "{a: {title: T, decide: [agian]}}",
        "{a: {title: T, decide: []}}",
        "{a: {title: T, after: 3}}",
        "{a: {title: T, after: 3 workday of}}",
        "{a: {title: T, after: 3 days after b}}",
        "{a: {title: T, at: 14}}",
        "{a: {title: T, at: day 0}}",
        "{a: {title: T, at: people.x}}",
        "{a: {title: T, within: soon}}",
        "{a: {title: T, pace: 0 per day}}",
        "{a: {title: T, pace: 10 a day}}",
        "{a: {title: T, pace: [10 per day, 3]}}",
        "{a: {title: T, once: cycle}}",
        "{a: {title: T, required: yes}}",
        "{a: {title: T, effort: 3 days}}",
        "{a: {title: T, effort: 20min}}",
        "{a: {title: T, every: Mon and Wed}}",
        "{a: {title: T, every: Mno at 09:00}}",
        "{a: {title: T, every: Mon at 9}}",
        "{a: {title: T, every: 0 9 * *}}",
        "{a: {title: T, every: '@dayly'}}",
        "{a: {title: T, record: {x: {asks: y}}}}",
        "{a: {title: T, fill: {x: y}}}",
    ];
    for broken in steps {
        invalid(&PLAYBOOK, &format!("{HEAD}steps: {broken}\n"));
    }
    for missing in ["fortnight", "playbook", "version", "title", "steps"] {
        let text: String = format!("{HEAD}{STEPS}")
            .split_inclusive('\n')
            .filter(|line| !line.starts_with(missing))
            .collect();
        invalid(&PLAYBOOK, &text);
    }
}

#[test]
fn broken_stories_are_invalid() {
    let story =
        |keys: &str| format!("playbook: t\ntests:\n- {{name: n, start: 2026-03-02{keys}}}\n");
    valid(&STORIES, &yaml::json(&story(", story: []")).unwrap(), "the smallest");
    let days = [
        "{dya: 2026-03-02}",
        "{day: 2 March}",
        "{day: 2026-13-02}",
        "{day: 2026-03-02, done: {a: {b: c}}}",
        "{day: 2026-03-02, done: [A]}",
        "{day: 2026-03-02, expect: {du: [a]}}",
        "{day: 2026-03-02, expect: {verdict: good}}",
        "{day: 2026-03-02, expect: {metrics: {a: {sum: 1}}}}",
        "{day: 2026-03-02, expect: {metrics: {a: {count: one}}}}",
        "{day: 2026-03-02, expect: {text: {step: a, has: b}}}",
        "{day: 2026-03-02, expect: {text: {step: a, person: b, hat: c}}}",
        "{day: 2026-03-02, refused: {fill: {}}}",
        "{day: 2026-03-02, decide: {why: x}}",
        "{day: 2026-03-02, decide: maybe}",
        "{day: 2026-03-02, cycle: {}}",
        "{day: 2026-03-02, cycle: {compare: {a: b, c: d}}}",
        "{day: 2026-03-02, away: 2026-03-02 until 2026-03-04}",
        "{day: 2026-03-02, record: [a]}",
        "{day: 2026-03-02, fill: {people: x}}",
        "{day: 2026-03-02, add: {persons: [a]}}",
    ];
    for day in days {
        invalid(&STORIES, &story(&format!(", story: [{day}]")));
    }
    for keys in [
        "",
        ", story: {}",
        ", story: [], peple: [a]",
        ", story: [], people: a",
        ", story: [], people: [{company: b}]",
        ", story: [], workdays: Mon till Fri",
        ", story: [], inputs: [a]",
        ", story: [], choices: {a: [b]}",
    ] {
        invalid(&STORIES, &story(keys));
    }
    invalid(&STORIES, "tests: []\n");
    invalid(&STORIES, "playbook: t\n");
    invalid(&STORIES, "playbook: t\ntests: []\nmore: 1\n");
}

#[track_caller]
fn invalid(validator: &Validator, text: &str) {
    let data = yaml::json(text).expect("it is YAML");
    assert!(!validator.is_valid(&data), "valid: {text}");
}

/// Words that small values are made of, right and wrong.
fn small() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "at",
        "most",
        "least",
        "to",
        "5",
        "0",
        "10",
        "007",
        "99999",
        "1000000",
        "1000001",
        "days",
        "day",
        "DAY",
        "Workdays",
        "wor\u{212a}day",
        "week",
        "minutes",
        "hours",
        "of",
        "a",
        "b-c",
        "per",
        "Mon",
        "and",
        "Tue,",
        "mon-fri",
        "Wed",
        "–",
        "on",
        "every",
        "daily",
        "workdays",
        "09:00",
        "9:30",
        "3pm",
        "7:30 am",
        "24:00",
        "*",
        "*/15",
        "1-5",
        "MON,WED",
        "@daily",
        "@Hourly",
        "person.x.at",
        "person.met",
        "company.x",
        "a.due",
        "replied",
        "1.0.0",
        "true",
        "+5",
        "day 14",
        "0 9 * * MON",
        "Mon at 09:00",
        "sat & sun at 10:00",
        "2 weeks",
        "\u{a0}",
    ];
    prop::collection::vec(prop::sample::select(WORDS), 1..6).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    /// A small value that the reader takes at its key is valid there.
    #[test]
    fn a_small_value_that_the_reader_takes_is_valid(value in small(), at in 0_usize..14, list: bool) {
        let pointer = [
            "/version", "/people/size", "/cycle/length", "/cycle/list_closes", "/metrics/m/within",
            "/metrics/m/out_of", "/metrics/n/per", "/steps/a/after", "/steps/a/at", "/steps/a/within",
            "/steps/a/pace", "/steps/a/effort", "/steps/h/every", "/messages/x/rules/characters",
        ][at];
        let mut playbook = json!({
            "fortnight": 1, "playbook": "t", "version": "1.0.0", "title": "T",
            "people": {
                "size": "3",
                "outcomes": {"x": {"title": "X", "fields": {"at": {"type": "datetime", "ask": "When?"}}}},
                "fields": {"met": {"type": "date", "ask": "When?"}}
            },
            "cycle": {"length": "14 days", "list_closes": "day 5"},
            "metrics": {
                "m": {"title": "M", "count": "replied", "out_of": "a", "within": "9 days"},
                "n": {"title": "N", "count": "replied", "per": "30 days"}
            },
            "messages": {"x": {"channel": "phone", "rules": {"characters": "5"}, "text": "Hello"}},
            "steps": {
                "a": {"title": "A", "for_each": "people"},
                "b-c": {"title": "B"},
                "h": {"title": "H"}
            }
        });
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let value = if list && key == "pace" { json!([value, "3 per day"]) } else { Value::from(value) };
        playbook.pointer_mut(parent).unwrap()[key] = value.clone();
        let loaded = load(SourceFile::new("t", playbook.to_string()), &|_, _| None);
        let said = |code: &str| loaded.diagnostics.iter().any(|one| one.code.slug() == code);
        let readable = !said("bad-value") && !said("empty-text") && !said("bad-schedule") && !said("unknown-field")
            && !said("unknown-event") && !said("unknown-step");
        prop_assert!(!readable || PLAYBOOK.is_valid(&playbook), "{pointer}: {value}");
    }
}
