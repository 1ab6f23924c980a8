use std::fmt::Write as _;

use super::{Loaded, load};
use crate::source::SourceFile;

const HEAD: &str = "fortnight: 1\nplaybook: t\nversion: 1.0.0\ntitle: T\n";

/// Loads the first of some files, by name and text; the others may be extended.
fn read(files: &[(&str, &str)]) -> Loaded {
    let find = |name: &str| {
        let found = files.iter().find(|(known, _)| *known == name)?;
        Some(SourceFile::new(found.0, found.1))
    };
    load(find(files[0].0).unwrap(), &|reference, _| find(reference))
}

#[track_caller]
fn codes(files: &[(&str, &str)], expected: &[&str]) -> Loaded {
    let loaded = read(files);
    let found: Vec<_> = loaded.diagnostics.iter().map(|found| found.code.slug()).collect();
    assert_eq!(found, expected, "{:#?}", loaded.diagnostics);
    loaded
}

#[test]
fn a_packed_playbook_loads_to_the_same_playbook_and_hash() {
    let base = format!(
        "{HEAD}steps:\n  call: {{title: \"Call: now?\", guide: \"a\\n\\n b é \\\" \\n\"}}\n  gone: {{title: Gone}}\n"
    );
    let over = "fortnight: 1\nplaybook: o\nextends: base\nsteps:\n  gone: ~\n  call:\n    effort: 5 minutes\n  write: {title: \"0755\", needs: call}\n";
    let first = codes(&[("over", over), ("base", &base)], &[]);
    let packed = first.packed.unwrap();
    let again = codes(&[("packed", &packed)], &[]);
    assert_eq!(again.packed.as_deref(), Some(packed.as_str()));
    let (one, other) = (first.playbook.unwrap(), again.playbook.unwrap());
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    assert_eq!(one.hash.len(), 64);
    assert!(packed.contains(&one.hash));
}

#[test]
fn the_hash_follows_the_content_and_not_the_form() {
    let hash = |steps: &str| codes(&[("t", &format!("{HEAD}{steps}"))], &[]).playbook.unwrap().hash;
    let block = hash("steps:\n  call:\n    title: Call   # a comment\n");
    assert_eq!(block, hash("steps: {call: {title: 'Call'}}\n"));
    assert_ne!(block, hash("steps: {call: {title: Cal}}\n"));
}

#[test]
fn the_order_of_the_base_comes_first_and_every_part_knows_its_file() {
    let base = format!("{HEAD}steps:\n  a: {{title: A}}\n  b: {{title: B}}\n");
    let over = "fortnight: 1\nplaybook: o\nextends: base\nsteps:\n  c: {title: C}\n  a: {title: Better, tilte: x}\n";
    let loaded = read(&[("over", over), ("base", &base)]);
    let finding = &loaded.diagnostics[0];
    assert_eq!(finding.code.slug(), "unknown-key");
    assert_eq!(loaded.sources.get(finding.span.file).unwrap().name(), "over");
    let merged = loaded.merged.unwrap();
    let steps = merged.get("steps").unwrap().as_map().unwrap();
    let names: Vec<_> = steps.iter().map(|entry| entry.key.text()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let b = steps[1].value.get("title").unwrap().span;
    assert_eq!(loaded.sources.get(b.file).unwrap().name(), "base");
}

#[test]
fn a_loop_of_extends_shows_every_edge() {
    let file = |base| format!("{HEAD}extends: {base}\nsteps: {{a: {{title: A}}}}\n");
    let (x, y, z) = (file("y"), file("z"), file("x"));
    let loaded = codes(&[("x", &x), ("y", &y), ("z", &z)], &["extends-loop"]);
    assert_eq!(loaded.diagnostics[0].labels.len(), 2);
    codes(&[("x", &file("x"))], &["extends-loop"]);
    codes(&[("x", &file("nowhere"))], &["unknown-playbook"]);
}

#[test]
fn what_is_not_there_cannot_be_removed() {
    let base = format!("{HEAD}steps:\n  call: {{title: A}}\n  b: {{title: B}}\n");
    let over = "fortnight: 1\nplaybook: o\nextends: base\nsteps:\n  cal: ~\n  b:\n";
    let loaded = codes(&[("over", over), ("base", &base)], &["nothing-to-remove", "empty-text"]);
    assert_eq!(loaded.diagnostics[0].text, "did you mean `call`?");
}

#[test]
fn twenty_thousand_steps_in_a_row_need_no_deep_stack() {
    let mut text = HEAD.to_owned() + "steps:\n  s0: {title: T}\n";
    for at in 1..20_000 {
        writeln!(text, "  s{at}: {{title: T, needs: s{}}}", at - 1).unwrap();
    }
    let run = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let loaded = codes(&[("long", &text)], &[]);
        assert_eq!(loaded.playbook.unwrap().order.last(), Some(&19_999));
    });
    run.unwrap().join().unwrap();
}
