//! Findings in playbooks: the suites in `tests/check`, the shipped playbooks, hostile files.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use fortnight_engine::diagnostic::Severity;
use fortnight_engine::playbook::language::{Kind, Object, PLAYBOOK};
use fortnight_engine::playbook::load;
use fortnight_engine::source::SourceFile;
use fortnight_tests::{files_below, findings, root, updating};
use proptest::prelude::*;

const NAMES: [&str; 5] =
    ["networking", "product-designer", "product-manager", "company-first", "ux-researcher"];

fn shipped(reference: &str, _from: &str) -> Option<SourceFile> {
    let name = format!("{}.yaml", reference.trim_start_matches("./").trim_end_matches(".yaml"));
    let bytes = fs::read(root().join("playbooks").join(&name)).ok()?;
    Some(SourceFile::from_bytes(name, &bytes))
}

/// Runs every suite below a folder; gives the codes of all findings.
#[track_caller]
fn check(folder: &str) -> BTreeSet<&'static str> {
    let mut complaints = String::new();
    let mut codes = BTreeSet::new();
    for path in files_below(folder, ".md") {
        let text = fs::read_to_string(root().join(&path)).expect("it can be read");
        let suite = findings::run(&text);
        codes.extend(suite.codes);
        if !suite.complaints.is_empty() {
            let _ = write!(complaints, "{}\n{}", path.display(), suite.complaints);
            if updating() {
                fs::write(root().join(&path), suite.right).expect("it can be written");
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}\nUPDATE=1 writes it so; read it first");
    codes
}

#[test]
fn every_finding_of_the_suites_is_asserted_and_every_assertion_holds() {
    let codes = check("tests/check");
    assert!(codes.len() > 20, "{codes:?}");
}

#[test]
fn the_shipped_playbooks_have_no_error_and_no_warning() {
    for name in NAMES {
        let loaded = load(shipped(name, "").unwrap(), &shipped);
        let bad: Vec<_> =
            loaded.diagnostics.iter().filter(|one| one.severity != Severity::Hint).collect();
        assert!(bad.is_empty(), "{name}: {bad:#?}");
        assert!(loaded.playbook.is_some(), "{name}");
    }
}

#[test]
fn a_shipped_playbook_packs_into_one_file_that_loads_to_the_same() {
    for name in NAMES {
        let first = load(shipped(name, "").unwrap(), &shipped);
        let packed = first.packed.unwrap();
        let again = load(SourceFile::new("packed.yaml", packed.as_str()), &|_, _| None);
        assert_eq!(again.packed.as_deref(), Some(packed.as_str()), "{name}");
        let (one, other) = (first.playbook.unwrap(), again.playbook.unwrap());
        assert_eq!(one.hash, other.hash, "{name}");
        assert_eq!(format!("{one:?}"), format!("{other:?}"), "{name}");
    }
}

/// What `show --resolved` prints loads to the same playbook, for all there are.
#[test]
fn a_resolved_playbook_loads_to_the_same_and_names_the_place_of_every_key() {
    let mut files: Vec<SourceFile> =
        NAMES.iter().map(|name| shipped(name, "").expect("it is there")).collect();
    for path in files_below("examples", ".yaml") {
        if !path.to_string_lossy().ends_with(".test.yaml") {
            let bytes = fs::read(root().join(&path)).expect("it can be read");
            files.push(SourceFile::from_bytes(path.to_string_lossy(), &bytes));
        }
    }
    for file in files {
        let first = load(file, &shipped);
        let text = first.resolved().expect("it could be read");
        let keys = text.lines().filter(|line| line.contains(": ") || line.ends_with(':'));
        assert!(keys.count() > 20);
        let again = load(SourceFile::new("resolved.yaml", text.as_str()), &|_, _| None);
        let (one, other) = (first.playbook.unwrap(), again.playbook.unwrap());
        assert_eq!(one.hash, other.hash, "{text}");
        assert_eq!(format!("{one:?}"), format!("{other:?}"), "{}", one.id);
        for line in text.lines().filter(|line| line.contains("  # ")) {
            let (file, number) =
                line.rsplit_once("# ").and_then(|(_, place)| place.rsplit_once(':')).unwrap();
            let (id, _) = first.sources.iter().find(|(_, source)| source.name() == file).unwrap();
            let key = line.trim_start().split(':').next().unwrap().trim_matches('"');
            let source = first.sources.get(id).unwrap();
            let written = source.text().lines().nth(number.parse::<usize>().unwrap() - 1).unwrap();
            assert!(written.contains(key), "{line}: {written}");
        }
    }
}

#[test]
fn the_playbooks_of_the_examples_have_no_error_and_no_warning() {
    for path in files_below("examples", ".yaml") {
        if path.to_string_lossy().ends_with(".test.yaml") {
            continue;
        }
        let bytes = fs::read(root().join(&path)).expect("it can be read");
        let loaded = load(SourceFile::from_bytes(path.to_string_lossy(), &bytes), &shipped);
        let bad: Vec<_> =
            loaded.diagnostics.iter().filter(|one| one.severity != Severity::Hint).collect();
        assert!(bad.is_empty(), "{}: {bad:#?}", path.display());
    }
}

/// A hostile text is read in a small stack and ends with a finding of that code.
#[track_caller]
fn hostile(text: String, code: &str) {
    let read = move || {
        let loaded = load(SourceFile::from_bytes("hostile", text.as_bytes()), &|_, _| None);
        loaded.diagnostics.iter().map(|one| one.code.slug()).collect::<BTreeSet<_>>()
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(read).expect("a thread");
    let codes = thread.join().expect("it ends");
    assert!(codes.contains(code), "{codes:?}");
}

const HEAD: &str = "fortnight: 1\nplaybook: t\nversion: 1.0.0\ntitle: T\n";

#[test]
fn hostile_files_end_with_a_clear_finding() {
    hostile("[".repeat(1 << 20), "too-large");
    hostile("{a: ".repeat(1 << 18), "too-large");
    hostile("- ".repeat(1 << 19), "too-large");
    hostile("x".repeat((4 << 20) + 1), "too-large");
    hostile(format!("{HEAD}about: {}", "x ".repeat(1 << 19)), "too-large");
    hostile("\0".repeat(1 << 16), "control-character");
    hostile("\"".repeat(1 << 16), "yaml-syntax");
    hostile("a: &a [x]\n".to_owned() + &"b: [*a, *a]\n".repeat(50), "anchor-or-tag");
    hostile(format!("{HEAD}steps: {{c\u{7}: {{title: T}}}}"), "control-character");
    hostile(format!("{HEAD}steps: {{с: {{title: T}}}}"), "bad-id");
}

#[test]
fn a_circle_of_five_thousand_steps_is_shown() {
    let mut text = format!("{HEAD}steps:\n  s0: {{title: T, needs: s4999}}\n");
    for at in 1..5_000 {
        let _ = writeln!(text, "  s{at}: {{title: T, needs: s{}}}", at - 1);
    }
    hostile(text, "loop");
}

#[test]
fn thousands_of_mistakes_take_no_longer_than_as_many_lines() {
    let lines = |line: &dyn Fn(u32) -> String| (0..8_000).map(line).collect::<Vec<_>>().join("\n");
    let steps = lines(&|at| format!("  step-{at}: {{title: T, needs: stp-{at}}}"));
    hostile(format!("{HEAD}steps:\n{steps}\n"), "unknown-step");
    let names = lines(&|at| format!("  i{at}: {{ask: A}}"));
    let guides = lines(&|at| format!("  s{at}: {{title: T, guide: \"{{{{ inputs.x{at} }}}}\"}}"));
    hostile(format!("{HEAD}inputs:\n{names}\nsteps:\n{guides}\n"), "unknown-name");
    let needs = vec!["a"; 100_000].join(", ");
    hostile(
        format!("{HEAD}steps:\n  a: {{title: A}}\n  b: {{title: B, needs: [{needs}]}}\n"),
        "duplicate-key",
    );
    hostile(format!("{HEAD}steps:\n{}\n", "  a: {title: T}\n".repeat(20_000)), "duplicate-key");
}

/// What loading an edited playbook must keep to: it ends, and every place lies in its file.
#[track_caller]
fn places_lie_inside(bytes: &[u8]) {
    let loaded = load(SourceFile::from_bytes("edited", bytes), &shipped);
    for finding in &loaded.diagnostics {
        let labels = finding.labels.iter().map(|label| label.span);
        for span in std::iter::once(finding.span).chain(labels) {
            let file = loaded.sources.get(span.file).expect("a file of this reading");
            assert!(file.text().get(span.start..span.end).is_some(), "{finding:?}");
        }
    }
    assert_eq!(loaded.playbook.is_none(), loaded.has_errors());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_edited_playbook_is_read_to_its_end(
        which in 0..NAMES.len(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), 0..6_usize, any::<u8>()), 1..6),
    ) {
        let file = shipped(NAMES[which], "").expect("it is shipped");
        let mut bytes = file.text().as_bytes().to_vec();
        for (place, edit, byte) in edits {
            let at = place.index(bytes.len());
            let line = |bytes: &[u8]| {
                let start = bytes[..at].iter().rposition(|one| *one == b'\n').map_or(0, |one| one + 1);
                let end = bytes[at..].iter().position(|one| *one == b'\n').map_or(bytes.len(), |one| at + one + 1);
                start..end
            };
            match edit {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                3 => drop(bytes.drain(line(&bytes))),
                4 => {
                    let copied = bytes[line(&bytes)].to_vec();
                    let to = line(&bytes).end;
                    bytes.splice(to..to, copied);
                }
                _ => {
                    let start = line(&bytes).start;
                    bytes.splice(start..start, *b"  ");
                }
            }
        }
        places_lie_inside(&bytes);
    }
}

/// The names of all keys of the language.
fn keys(object: &'static Object, names: &mut BTreeSet<&'static str>) {
    for key in object.keys {
        let new = names.insert(key.name);
        if let Kind::Object(inner) | Kind::Map(inner) = key.kind
            && new
        {
            keys(inner, names);
        }
    }
}

#[test]
fn each_misspelt_key_is_one_finding_with_the_right_suggestion() {
    let mut names = BTreeSet::new();
    keys(&PLAYBOOK, &mut names);
    let (mut tried, mut offset) = (0, 0);
    let file = shipped("product-designer", "").unwrap();
    for line in file.text().split_inclusive('\n') {
        let at = offset + line.len() - line.trim_start().len();
        offset += line.len();
        let name = line.trim_start().split(':').next().unwrap_or_default();
        if name.len() < 4 || !names.contains(name) {
            continue;
        }
        let wrong = format!("{}{}{}{}", &name[..1], &name[2..3], &name[1..2], &name[3..]);
        if wrong == name {
            continue;
        }
        let mut text = file.text().to_owned();
        text.replace_range(at..at + name.len(), &wrong);
        let loaded = load(SourceFile::new("edited", text), &shipped);
        let mut bad = loaded.diagnostics.iter().filter(|one| one.severity != Severity::Hint);
        let found = bad.next().unwrap_or_else(|| panic!("`{wrong}` is not found"));
        assert_eq!(bad.next(), None, "{wrong}: {found:?}");
        let is_name = found.code.slug() != "unknown-key";
        assert!(is_name || found.text == format!("did you mean `{name}`?"), "{found:?}");
        assert_eq!(found.span.start, at, "{found:?}");
        tried += 1;
    }
    assert!(tried > 60, "{tried}");
}
