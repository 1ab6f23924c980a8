use std::fmt::Write as _;

use fortnight_engine::playbook::graph::Graph;
use fortnight_engine::playbook::{Playbook, load};
use fortnight_engine::source::SourceFile;
use unicode_width::UnicodeWidthStr as _;

use super::{dot, mermaid, svg, tree};

fn playbook(steps: &str) -> Playbook {
    let text = format!(
        "fortnight: 1\nplaybook: tiny\nversion: 1.0.0\ntitle: \"Tiny & <small>\"\npeople: {{size: 20}}\n\
         steps:\n{steps}"
    );
    let loaded = load(SourceFile::new("tiny.yaml", text), &|_, _| None);
    let findings = loaded.diagnostics;
    loaded.playbook.unwrap_or_else(|| panic!("{findings:?}"))
}

#[track_caller]
fn check(steps: &str, expected: &str) {
    let playbook = playbook(steps);
    let drawn = tree::draw(&playbook, &Graph::of(&playbook));
    let body = drawn.split_once("\n\n").unwrap().1.split("\nThe longest").next().unwrap();
    assert_eq!(body.trim_end(), expected.trim_end(), "\n{drawn}");
}

#[test]
fn a_chain_goes_straight_down_and_the_smaller_branches_stand_to_the_right() {
    check(
        "  a: {title: A}\n  b: {title: B, needs: a}\n  c: {title: C, needs: a}\n  \
           d: {title: D, needs: b}\n",
        "◆ a  A\n│\n├─● c  C\n│\n◆ b  B\n│\n◆ d  D\n",
    );
}

#[test]
fn a_step_with_several_needs_stands_once_and_names_the_others() {
    check(
        "  a: {title: A}\n  b: {title: B, needs: a}\n  c: {title: C}\n  \
           d: {title: D, needs: {c: done, b: done}, effort: 5 minutes}\n",
        "◆ a  A\n│\n◆ b  B\n│\n◆ d  D\n    5 min\n    needs b: done\n    also needs c (done)\n\n● c  C\n",
    );
}

#[test]
fn sixty_steps_in_a_row_fit_into_eighty_columns() {
    let mut steps = String::from("  s0: {title: First}\n");
    for at in 1..60 {
        let title = "a long title with many words in it that goes on and on and on, on and on";
        let _ = writeln!(steps, "  s{at}: {{title: \"{title}\", needs: s{}}}", at - 1);
        let _ = writeln!(steps, "  t{at}: {{title: T, needs: [s{at}, s{}]}}", at / 2);
    }
    let playbook = playbook(&steps);
    let drawn = tree::draw(&playbook, &Graph::of(&playbook));
    for line in drawn.lines() {
        assert!(line.width() <= 80, "{line}");
    }
    assert_eq!(
        drawn.matches("● t").count() + drawn.matches("◆ t").count(),
        59,
        "each step stands once"
    );
}

#[test]
fn names_of_every_kind_stay_inside_their_quotes() {
    let playbook = playbook("  a: {title: 'end \"; \\ <b>&`#quot'}\n  b: {title: B, needs: a}\n");
    let graph = Graph::of(&playbook);
    let dot = dot::draw(&playbook, &graph);
    assert!(dot.contains(r#"label="end \"; \\ <b>&`#quot""#), "{dot}");
    let mermaid = mermaid::draw(&playbook, &graph);
    assert!(mermaid.contains("s0[\"end #34;#59; #92; #60;b#62;#38;#96;#35;quot\"]"), "{mermaid}");
    let svg = svg::draw(&playbook, &graph);
    assert!(svg.contains("Tiny &amp; &lt;small&gt;") && !svg.contains("<b>"), "{svg}");
}
