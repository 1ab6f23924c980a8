//! How a text leaves, in process: drafts, pages, editors, and a sitting that ends anywhere.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use fortnight_cli::{Host, Status};
use fortnight_tests::{Output, Sandbox};

/// A plan on the day of the first messages.
fn begun() -> Sandbox {
    let sandbox = Sandbox::new();
    let rows = "Name,Company,Connected On,URL,Email\n\
                Ana Silva,Northwind,2024-03-12,https://www.linkedin.com/in/ana,ana@example.com\n\
                Ben Okafor,Miro,2024-03-12,javascript:alert(1),\n\
                Chiara Rossi,Lumenta,2024-03-12,file:///etc/passwd,not an address\n";
    sandbox.write("own.csv", rows);
    for line in [
        "start product-designer --sample-answers --people own.csv",
        "people fill --sample-answers",
        "done write-message rehearse build-list",
    ] {
        assert_eq!(sandbox.run(line).status, Status::Done, "{line}");
    }
    sandbox
}

#[test]
fn a_draft_is_written_once_and_to_one_checked_address() {
    let sandbox = begun();
    let written = sandbox.run("show send-intro/ana --eml ana.eml").done();
    assert!(written.talk.contains("Draft written: ana.eml"), "{}", written.both);
    let draft = std::fs::read_to_string(sandbox.home().join("ana.eml")).unwrap();
    assert!(draft.starts_with("X-Unsent: 1\r\n") && draft.contains("<ana@example.com>"), "{draft}");
    let again = sandbox.run("show send-intro/ana --eml ana.eml").ended(Status::Refused);
    assert!(again.talk.contains("--force"), "{}", again.talk);
    assert_eq!(sandbox.run("show send-intro/ana --eml ana.eml --force").status, Status::Done);
    for who in ["ben", "chiara"] {
        let refused = sandbox.run(&format!("show send-intro/{who} --eml {who}.eml"));
        assert_eq!(refused.status, Status::Refused, "{}", refused.both);
        assert!(!sandbox.home().join(format!("{who}.eml")).exists());
    }
    let data = sandbox.run("show send-intro/ana --json").done().json();
    assert_eq!(data["profile"], "https://www.linkedin.com/in/ana");
    assert!(data["mailto"].as_str().unwrap().starts_with("mailto:ana@example.com?body=Hi%20Ana"));
}

#[test]
fn only_checked_addresses_of_the_web_are_opened() {
    let sandbox = begun();
    let opened: Rc<RefCell<Vec<String>>> = Rc::default();
    for who in ["ana", "ben", "chiara"] {
        let seen = Rc::clone(&opened);
        let output = sandbox.type_in(&format!("show send-intro/{who} --open"), &[], |host| {
            host.open_page = Box::new(move |page| {
                seen.borrow_mut().push(page.to_owned());
                Ok(())
            });
        });
        assert_eq!(output.status == Status::Done, who == "ana", "{}", output.both);
    }
    assert_eq!(*opened.borrow(), ["https://www.linkedin.com/in/ana"]);
}

/// Runs a line with an editor that writes `left` into its file and ends as `ends`.
fn edited(sandbox: &Sandbox, line: &str, left: &'static str, ends: bool) -> Output {
    sandbox.type_in(line, &[], |host: &mut Host| {
        host.environment.insert("EDITOR".into(), "editor".into());
        host.run_program = Box::new(move |_, arguments| {
            let file = arguments.last().map(Path::new).expect("a file");
            if !left.is_empty() {
                std::fs::write(file, left).expect("it is written");
            }
            Ok(ends)
        });
    })
}

#[test]
fn what_the_editor_left_is_what_was_sent_m5() {
    let sandbox = begun();
    let failed = edited(&sandbox, "done send-intro/ana --edit", "other words", false);
    assert_eq!(failed.status, Status::Refused, "{}", failed.both);
    let emptied = edited(&sandbox, "done send-intro/ana --edit", "\n", true);
    assert_eq!(emptied.status, Status::Refused, "{}", emptied.both);
    assert!(sandbox.run("message show ana").done().data.starts_with("Hi Ana"));
    let words = "Hi Ana! Two words.\n\nBest,\nMe\n";
    let done = edited(&sandbox, "done send-intro/ana --edit", words, true).done();
    assert!(done.data.contains("A word about the text"), "{}", done.both);
    assert_eq!(sandbox.run("message show ana intro").done().data, words);
    let same = edited(&sandbox, "done send-intro/ben --edit", "", true).done();
    assert!(same.talk.contains("as it was"), "{}", same.both);
}

/// Each answer is recorded at once: however many of them are typed before the end, the log holds
/// what was said so far.
#[test]
fn a_sitting_that_ends_anywhere_loses_nothing() {
    let typed = ["s", "e", "r sat", "l tomorrow", "k", "no time", "n", "s", "d", "u", "q"];
    let mut before = 0;
    for length in 0..=typed.len() {
        let sandbox = begun();
        let output = sandbox.type_in("work", &typed[..length], |_| ());
        assert_eq!(output.status, Status::Done, "{}", output.both);
        let log = sandbox.run("log --json").done().json();
        let recorded = log["operations"].as_array().expect("operations").len();
        assert!(recorded >= before, "{length}: {recorded} after {before}");
        before = recorded;
    }
    assert!(before > 6, "{before}");
}
