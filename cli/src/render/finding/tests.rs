use fortnight_engine::diagnostic::{Code, Diagnostic};
use fortnight_engine::source::{FileId, SourceFile, Sources, Span};
use proptest::prelude::*;

use super::{FindingData, human, short};

fn sources(text: &str) -> Sources {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("plan.yaml", text));
    sources
}

fn finding(start: usize, end: usize) -> Diagnostic {
    Diagnostic::new(Code::UnknownStep, Span::new(FileId(0), start, end), "no step has this id")
}

#[track_caller]
fn check(text: &str, finding: &Diagnostic, expected: &str) {
    let shown = human(finding, &sources(text), false);
    assert_eq!(shown.as_str(), expected, "\n{}", shown.as_str());
}

#[test]
fn a_finding_shows_its_line_with_carets_under_the_word() {
    check(
        "steps:\n  review:\n    needs: {send-into: done}\n",
        &finding(29, 38).label("did you mean `send-intro`?").help("write `send-intro`"),
        "\
error: no step has this id (unknown-step)
 --> plan.yaml:3:13
  |
3 |     needs: {send-into: done}
  |             ^^^^^^^^^ did you mean `send-intro`?
  |
  = help: write `send-intro`
",
    );
}

#[test]
fn a_place_far_away_is_shown_too_and_what_lies_between_is_left_out() {
    let text = format!("first: 1\n{}first: 2\n", "other: 0\n".repeat(30));
    let second = text.len() - 9;
    check(
        &text,
        &finding(second, second + 5).also(Span::new(FileId(0), 0, 5), "first here"),
        "\
error: no step has this id (unknown-step)
  --> plan.yaml:32:1
   |
 1 | first: 1
   | ----- first here
...
32 | first: 2
   | ^^^^^
",
    );
}

#[test]
fn nothing_in_a_file_can_steer_the_terminal_r21() {
    check(
        "a: \u{1b}]0;x\u{7} \u{9b}31m bad\n",
        &finding(16, 19).label("\u{202e}here\n"),
        "\
error: no step has this id (unknown-step)
 --> plan.yaml:1:16
  |
1 | a: ␛]0;x␇ �31m bad
  |                ^^^ �here
",
    );
}

#[test]
fn a_finding_is_one_line_in_the_short_form() {
    let text = "steps:\n  é: {send-into: done}\n";
    assert_eq!(
        short(&finding(14, 23), &sources(text)),
        "plan.yaml:2:7: error: no step has this id (unknown-step)"
    );
}

#[test]
fn a_finding_is_data_with_the_places_of_all_its_words() {
    let finding = finding(0, 5).label("did you mean `stops`?").help("write `stops`");
    let data = serde_json::to_value(FindingData::of(&finding, &sources("steps: 1\n"))).unwrap();
    assert_eq!(
        data,
        serde_json::json!({
            "code": "unknown-step", "severity": "error", "message": "no step has this id",
            "file": "plan.yaml", "line": 1, "column": 1, "end_line": 1, "end_column": 6,
            "labels": [{
                "file": "plan.yaml", "line": 1, "column": 1, "end_line": 1, "end_column": 6,
                "text": "did you mean `stops`?",
            }],
            "helps": ["write `stops`"],
        })
    );
}

proptest! {
    #[test]
    fn any_place_in_any_text_can_be_shown(
        text in "(\\PC|[\n\t\r\u{1b}\u{9b}\u{202e}é]){0,60}",
        start in 0_usize..200, end in 0_usize..200, other in 0_usize..200,
    ) {
        let finding = finding(start, end).also(Span::new(FileId(0), other, end), "there");
        let shown = human(&finding, &sources(&text), false);
        let steers = |character: char| character != '\n' && character.is_control();
        prop_assert!(!shown.as_str().contains(steers), "{shown:?}");
    }
}
