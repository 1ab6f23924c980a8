//! The pages of `engine/docs/codes`: one for each code, and their examples hold.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use fortnight_engine::diagnostic::Code;
use fortnight_tests::{files_below, findings, root, updating};

const FOLDER: &str = "engine/docs/codes";

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<String> = files_below(FOLDER, ".md")
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.slug().to_owned()).collect();
    assert_eq!(pages, codes);
}

#[test]
fn the_examples_of_the_pages_give_the_findings_they_show() {
    let mut complaints = String::new();
    for code in Code::ALL {
        let path = root().join(FOLDER).join(format!("{}.md", code.slug()));
        let text = fs::read_to_string(&path).expect("it can be read");
        let suite = findings::run(&text);
        if !suite.codes.contains(&code.slug()) {
            let _ = writeln!(complaints, "{}: its example does not show it", code.slug());
        }
        if !suite.complaints.is_empty() {
            let _ = write!(complaints, "{}\n{}", code.slug(), suite.complaints);
            if updating() {
                fs::write(&path, suite.right).expect("it can be written");
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}\nUPDATE=1 writes it so; read it first");
}

#[test]
fn every_page_says_what_why_and_how_to_mend_it() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {}\n", code.slug())), "{}", code.slug());
        for heading in ["## Why it matters", "## Example", "## The mend"] {
            assert!(page.contains(&format!("\n{heading}\n")), "{}: {heading}", code.slug());
        }
    }
}
