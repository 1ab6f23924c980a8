use proptest::prelude::*;

use super::{Node, Value, parse};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile};

fn read(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let tree = parse(FileId(0), &SourceFile::new("t.yaml", text), &mut findings);
    (tree.root, findings)
}

/// Findings as `code@text-under-the-span`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (_, findings) = read(text);
    let found: Vec<_> = findings
        .iter()
        .map(|f| format!("{}@{}", f.code.slug(), &text[f.span.start..f.span.end]))
        .collect();
    assert_eq!(found, expected, "{findings:#?}");
}

/// Where `part` of the value of `a` was written.
#[track_caller]
fn check_place(text: &str, part: &str, expected: &str) {
    let (root, _) = read(text);
    let root = root.unwrap();
    let scalar = root.get("a").unwrap().as_scalar().unwrap();
    let at = scalar.text().find(part).unwrap();
    let span = scalar.place(at..at + part.len(), &SourceFile::new("t", text));
    assert_eq!(&text[span.start..span.end], expected);
    let first = text.find(expected).unwrap();
    assert_eq!(span.start, first);
}

#[test]
fn places_are_exact_in_every_style() {
    check_place("a: é one two\n", "two", "two");
    check_place("a: é one\n  two\n", "two", "two");
    check_place("a: 'it''s é wrkdays'\n", "wrkdays", "wrkdays");
    check_place("a: 'it''s é'\n", "it's", "it''s");
    check_place("a: \"\\u00e9\\t\\\"x\\\"\\\n    y wrkdays\"\n", "wrkdays", "wrkdays");
    check_place("a: \"\\ud83d\\ude00 wrkdays\"\n", "wrkdays", "wrkdays");
    check_place("a: |\n  Hé {{ nme }}\n    deeper {{ x }}\n", "x", "x");
    check_place("a: |\n  Hé {{ nme }}\n\n  last {{ oops }}\n", "oops", "oops");
    check_place("a: >-\n  Hé one\n  two\n\n  three {{ oops }}\n", "oops", "oops");
    check_place("a: |\r\n  Hé one\r\n  two\r\n", "two", "two");
}

#[test]
fn a_part_over_a_fold_covers_both_lines() {
    check_place("a: >\n  one\n  two\n", "one two", "one\n  two");
}

#[test]
fn one_break_does_not_hide_the_next() {
    check(
        "a: b: c\nd: 1\ne: 2\nf: @x\ny: 1\ng: 'x\nh: 1\n",
        &["yaml-syntax@:", "yaml-syntax@@", "yaml-syntax@'"],
    );
}

#[test]
fn what_stands_behind_a_break_is_read() {
    let (root, _) = read("a: [1, 2\nb: 3\nc: 4\n");
    let root = root.unwrap();
    assert!(root.get("b").is_some() && root.get("c").is_some());
}

#[test]
fn a_tab_is_named_and_pointed_at() {
    check("a:\n\tb: 1\n", &["tab@\t"]);
    check("a:\n  b: 1\n\tc: 2\n", &["tab@\t"]);
}

#[test]
fn unclosed_brackets_point_at_the_bracket() {
    check("a: 1\nb: [x, y\nc: 3\n", &["yaml-syntax@["]);
    check("a: 1\nb: {x: y\n", &["yaml-syntax@{"]);
}

#[test]
fn anchors_aliases_tags_and_merge_keys_are_refused_each() {
    check(
        "a: &x {b: 1}\nc: *x\nd: !foo bar\n<<: *x\ne: *nope\n",
        &[
            "anchor-or-tag@&x",
            "anchor-or-tag@*x",
            "anchor-or-tag@!foo",
            "anchor-or-tag@<<",
            "anchor-or-tag@*x",
            "anchor-or-tag@*nope",
        ],
    );
}

#[test]
fn a_second_key_shows_the_first() {
    let (_, findings) = read("a: 1\nb: 2\na: 3\n");
    assert_eq!(findings[0].labels[0].span.start, 0);
    check("a: 1\nb: 2\na: 3\n", &["duplicate-key@a"]);
}

#[test]
fn a_second_document_is_refused_and_the_first_read() {
    check("a: 1\n---\nb: 2\n", &["several-documents@---"]);
    check("---\na: 1\n...\n", &[]);
}

#[test]
fn a_byte_order_mark_in_front_is_tolerated() {
    check("\u{feff}a: 1\n", &[]);
    check("a: \u{feff}1\n", &["control-character@\u{feff}"]);
}

#[test]
fn what_cannot_be_seen_is_pointed_out_and_the_rest_read() {
    check(
        "a: x\0y\nb: \u{202e}z\nb: 1\n",
        &["control-character@\0", "control-character@\u{202e}", "duplicate-key@b"],
    );
    check("a: \"x\\e[31m\"\n", &["control-character@\\e"]);
}

#[test]
fn limits_are_kept() {
    let deep = format!("a: {}{}", "[".repeat(100), "]".repeat(100));
    assert_eq!(read(&deep).1[0].code.slug(), "too-large");
    let lines: Vec<_> = (0..100).map(|n| " ".repeat(n) + "a:").collect();
    let deep = lines.join("\n");
    assert_eq!(read(&deep).1[0].code.slug(), "too-large");
    let wide = format!("a: [{}]", "1,".repeat(super::MAX_NODES));
    assert_eq!(read(&wide).1[0].code.slug(), "too-large");
    let long = format!("a: {}", "x".repeat(super::MAX_TEXT + 1));
    assert_eq!(read(&long).1[0].code.slug(), "too-large");
    let large = "#".repeat(super::MAX_BYTES + 1);
    assert_eq!(read(&large).1[0].code.slug(), "too-large");
}

#[test]
fn utf16_is_recognised() {
    let bytes: Vec<u8> = "a: 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut findings = Vec::new();
    parse(FileId(0), &SourceFile::from_bytes("t", &bytes), &mut findings);
    assert!(findings[0].message.contains("UTF-16"), "{findings:?}");
}

#[track_caller]
fn all_inside(node: &Node, text: &str) {
    let inside = |span: crate::source::Span| {
        assert!(text.get(span.start..span.end).is_some(), "{span:?}");
    };
    inside(node.span);
    match &node.value {
        Value::Null | Value::Broken => {}
        Value::Scalar(scalar) => {
            inside(scalar.span());
            let file = SourceFile::new("t", text);
            for (at, letter) in scalar.text().char_indices() {
                inside(scalar.place(at..at + letter.len_utf8(), &file));
            }
        }
        Value::List(items) => items.iter().for_each(|item| all_inside(item, text)),
        Value::Map(entries) => {
            for entry in entries {
                inside(entry.key.span());
                all_inside(&entry.value, text);
            }
        }
    }
}

#[track_caller]
fn law(text: &str) {
    let (root, findings) = read(text);
    if let Some(root) = root {
        all_inside(&root, text);
    }
    for finding in findings {
        assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?}");
        for label in finding.labels {
            assert!(text.get(label.span.start..label.span.end).is_some());
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let file = SourceFile::from_bytes("t", &bytes);
        parse(FileId(0), &file, &mut Vec::new());
        law(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn places_lie_inside_and_between_characters(text in "([a-cé:\\-'\"\\[\\]{}|>#&*!?%,~@\\\\ \n\t\r😀\u{0}\u{85}\u{a0}]|\n  |: |\\\\u00e9|- |<<){0,60}") {
        law(&text);
    }

    #[test]
    fn each_letter_of_a_block_is_found_where_it_stands(
        lines in proptest::collection::vec("[a-zé😀'\"\\\\]{1,6}", 1..5), style in "[|>]",
    ) {
        let text = format!("a: {style}\n  {}\n", lines.join("\n  "));
        let (root, _) = read(&text);
        let root = root.unwrap();
        let scalar = root.get("a").unwrap().as_scalar().unwrap();
        let file = SourceFile::new("t", text.as_str());
        for (at, letter) in scalar.text().char_indices().filter(|(_, l)| !l.is_whitespace()) {
            let span = scalar.place(at..at + letter.len_utf8(), &file);
            prop_assert_eq!(&text[span.start..span.end], letter.to_string());
        }
    }
}
