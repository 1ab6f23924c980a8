use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::people::{self, EntryId};
use crate::plan::FactKind;
use crate::store::contract::{Script, samples};

const KNOWN: [EntryId; 2] = [EntryId(1), EntryId(i64::MAX.unsigned_abs())];

fn there_and_back(fact: &Fact) -> Fact {
    let coded = encode_fact(&fact.kind).unwrap();
    let words: Vec<Words> = coded.words.iter().map(|words| (*words).clone()).collect();
    let beside = Beside {
        on: fact.on,
        time: fact.time,
        cycle: fact.cycle().unwrap_or(0),
        entry: fact.entry(),
        words: &words,
    };
    decode_fact(coded.kind, coded.version, &coded.body, &beside).unwrap()
}

fn decode(kind: &str, version: u32, body: &str) -> Result<Fact, StoreError> {
    let words = [Words::new("one"), Words::new("two")];
    let (on, entry) = (jiff::civil::date(2026, 3, 2), Some(EntryId(7)));
    decode_fact(kind, version, body, &Beside { on, time: None, cycle: 1, entry, words: &words })
}

/// An entry with its fields, as it is read.
fn encoded(entry: &people::Entry) -> CodedEntry<'_> {
    let mut fields = String::new();
    encode_fields(&entry.fields, &mut fields).unwrap();
    CodedEntry { fields: Some(fields.into()), ..encode_entry(entry) }
}

proptest! {
    /// The short way of texts without escapes is that of any writer of JSON.
    #[test]
    fn fields_are_a_json_object_and_come_back(
        fields in prop::collection::btree_map("[a-z\"\\\\ ]{0,3}", "[ -~\u{0}-\u{20}é\u{7f}\u{2028}😀]{0,6}", 0..5),
    ) {
        let mut entry = people::Entry::person(EntryId(1), "Ana");
        entry.fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let coded = encoded(&entry);
        let json = serde_json::to_string(&fields).unwrap();
        prop_assert_eq!(coded.fields.as_deref(), Some(json.as_str()));
        prop_assert_eq!(decode_entry(&coded).unwrap(), entry);
    }

    #[test]
    fn every_fact_comes_back_as_it_was(script in prop::collection::vec(any::<u8>(), 0..40)) {
        for kind in 0..samples::KINDS {
            let mut script = Script::new(&script);
            let kind = samples::happened(kind, &mut script, &KNOWN);
            let fact = Fact { on: samples::day(&mut script), time: Some(samples::time(&mut script)), kind };
            prop_assert_eq!(there_and_back(&fact), fact);
        }
        let fact = Fact::on(jiff::civil::Date::MIN, samples::started(&mut Script::new(&script)));
        prop_assert_eq!(there_and_back(&fact), fact);
    }

    #[test]
    fn every_person_comes_back_as_they_were(script in prop::collection::vec(any::<u8>(), 0..40)) {
        let mut script = Script::new(&script);
        let entry = samples::entry(EntryId(1), &mut script, &KNOWN);
        prop_assert_eq!(&decode_entry(&encoded(&entry)).unwrap(), &entry);
        let change = samples::person(&mut script, &KNOWN).unwrap();
        let coded = encode_change(&change).unwrap().unwrap();
        let value = coded.words.first().map(|words| (*words).clone());
        let back = decode_change(coded.kind, coded.version, &coded.body, change.entry(), value);
        prop_assert_eq!(back.unwrap(), change);
    }

    #[test]
    fn no_body_makes_reading_panic(body in "[\\[\\]{}\":,a-z0-9-]{0,30}", version in 0..3_u32) {
        for kind in ["done", "happened", "plan_started", "hours_set", "decided", "listed"] {
            let _ = decode(kind, version, &body);
            let _ = decode_change("field_set", version, &body, EntryId(1), None);
        }
    }
}

/// The forms as they were released: a log that holds them must always be readable (R14).
#[test]
fn the_forms_of_version_one_stay_as_they_are() {
    let forms = [
        (
            "plan_started",
            r#"{"playbook":"sha256:1","zone":"Europe/Lisbon","weekdays":[1,5],"hours":{"from":"09:00:00","to":"17:30:00"},"seed":18446744073709551615}"#,
        ),
        ("input_set", r#"{"input":"target_role","value":0}"#),
        ("zone_set", r#"{"zone":"Asia/Tokyo"}"#),
        ("weekdays_set", r#"{"weekdays":[7,1,2,3,4]}"#),
        ("hours_set", r#"{"from":"08:00:00","to":"12:00:00"}"#),
        ("busy_set", r#"{"times":[[1772442000,1772445600],[1772449200,1772452800]]}"#),
        ("days_off", r#"{"from":"2026-12-24","to":"2026-12-31"}"#),
        ("away", r#"{"from":"2026-03-03","to":"2026-03-03"}"#),
        ("playbook_taken", r#"{"playbook":"sha256:2"}"#),
        ("playbook_taken", r#"{"playbook":"sha256:2","renamed":{"send":"first-message"}}"#),
        ("playbook_taken", r#"{"playbook":"sha256:2","setup":["the reply window"]}"#),
        ("playbook_planned", r#"{"playbook":"sha256:2","renamed":{"send":"first-message"}}"#),
        ("shared", r#"{"bundle":"ab12"}"#),
        (
            "cycle_started",
            r#"{"cycle":1,"start":"2026-03-02","compared":{"choice":"ask","option":"clear","baseline":"today","split":true}}"#,
        ),
        ("cycle_started", r#"{"cycle":2,"start":"2026-03-16","compared":null}"#),
        (
            "compared",
            r#"{"cycle":1,"compared":{"choice":"ask","option":"clear","baseline":"today","split":false}}"#,
        ),
        (
            "compared",
            r#"{"cycle":1,"compared":{"choice":"ask","option":"clear","baseline":"today","split":true,"looks":3}}"#,
        ),
        ("second_change", r#"{"cycle":1,"what":"the ask"}"#),
        ("cycle_stopped", r#"{"cycle":1}"#),
        ("listed", r#"{"rank":1,"option":"clear","counts":true}"#),
        ("listed", r#"{"rank":2,"counts":false}"#),
        ("unlisted", "{}"),
        (
            "done",
            r#"{"task":{"step":"send"},"answers":{"note":0},"sent":{"message":"intro","option":"clear","channel":"linkedin","text":1}}"#,
        ),
        (
            "done",
            r#"{"task":{"step":"send"},"sent":{"message":"intro","channel":"email","text":0,"subject":1}}"#,
        ),
        ("done", r#"{"task":{"step":"hour","on":"2026-03-04","at":"09:30:00"}}"#),
        (
            "corrected",
            r#"{"task":{"step":"send"},"answers":{"note":0},"sent":{"message":"intro","channel":"sms","text":1}}"#,
        ),
        ("skipped", r#"{"task":{"step":"send"},"reason":0}"#),
        ("postponed", r#"{"task":{"step":"send"},"to":"2026-03-09"}"#),
        ("worded", r#"{"message":"intro","option":"clear","text":0}"#),
        ("happened", r#"{"outcome":"replied","fields":{"what":0},"channel":"email"}"#),
        ("decided", r#"{"cycle":1,"decision":"use","option":"clear","why":0,"shown":"6 of 14"}"#),
    ];
    let mut kinds = BTreeSet::new();
    for (kind, body) in forms {
        let fact = decode(kind, 1, body).unwrap();
        let again = encode_fact(&fact.kind).unwrap();
        let weekdays = matches!(fact.kind, FactKind::WeekdaysSet { .. });
        assert_eq!(again.kind, kind);
        // A set has no order of its own: it is written from Monday on.
        assert_eq!(again.body, if weekdays { r#"{"weekdays":[1,2,3,4,7]}"# } else { body });
        kinds.insert(kind);
    }
    assert_eq!(kinds.len() as u64, samples::KINDS, "a kind has no form here");
}

#[test]
fn what_a_newer_program_wrote_is_refused_and_not_guessed() {
    for (kind, version) in [("done", 2), ("promised", 1), ("", 1), ("done", u32::MAX)] {
        let read = decode(kind, version, "{}");
        assert!(matches!(read, Err(StoreError::Newer { .. })), "{kind}: {read:?}");
        let read = decode_change(kind, version, "{}", EntryId(1), None);
        assert!(matches!(read, Err(StoreError::Newer { .. })), "{kind}: {read:?}");
    }
}

#[test]
fn what_is_broken_is_said_to_be() {
    for (kind, body) in [
        ("done", "{}"),
        ("done", r#"{"task":{"step":"send"},"mood":"good"}"#),
        ("input_set", r#"{"input":"target_role","value":2}"#),
        ("hours_set", r#"{"from":"12:00:00","to":"08:00:00"}"#),
        ("weekdays_set", r#"{"weekdays":[0]}"#),
        ("away", r#"{"from":"2026-02-30","to":"2026-03-03"}"#),
        ("happened", r#"{"outcome":"replied","channel":"fax"}"#),
        ("listed", ""),
    ] {
        let read = decode(kind, 1, body);
        assert!(matches!(read, Err(StoreError::Corrupt { .. })), "{kind} {body}: {read:?}");
    }
}

/// R24.
#[test]
fn no_words_stand_in_a_form() {
    let fact = FactKind::Done {
        task: crate::plan::TaskKey::of(1, "send".into(), EntryId(1)),
        answers: [("note".into(), Words::new("secret one"))].into(),
        sent: Some(crate::plan::Sent {
            message: "intro".into(),
            option: None,
            channel: crate::message::Channel::Email,
            subject: None,
            text: "secret two".into(),
        }),
    };
    let coded = encode_fact(&fact).unwrap();
    assert!(!coded.body.contains("secret"), "{}", coded.body);
    assert_eq!(coded.words, [&Words::new("secret one"), &Words::new("secret two")]);
    let change = people::Change::FieldSet {
        entry: EntryId(1),
        field: "note".to_owned(),
        value: Some("secret".into()),
    };
    assert_eq!(encode_change(&change).unwrap().unwrap().body, r#"{"field":"note"}"#);
}
