//! Mends are applied, not only read: where a finding says what to write, remove or add, that is done
//! to the file, and the finding has to be gone, with nothing unreadable in its place.
//!
//! The broken playbooks are those of `tests/check` and of the pages in `engine/docs/codes`. A mend that
//! leaves a choice to its reader ("give it more time") is none that a program could apply.

use std::fmt::Write as _;
use std::fs;
use std::ops::Range;

use fortnight_engine::diagnostic::{Code, Diagnostic, Severity};
use fortnight_engine::playbook::{Loaded, load};
use fortnight_engine::source::SourceFile;
use fortnight_tests::{files_below, findings, root};

/// How mends begin that say what to write.
const SAYINGS: [&str; 5] = [
    "did you mean ",
    "write it as ",
    "write it with digits: ",
    "several names stand in brackets: ",
    "write ",
];

/// What somebody would do to a file who follows a mend to the letter.
#[derive(Debug)]
struct Edit {
    range: Range<usize>,
    text: String,
}

fn loaded(files: &[SourceFile], first: SourceFile) -> Loaded {
    let find = |reference: &str, _: &str| {
        let name = reference.trim_start_matches("./").trim_end_matches(".yaml");
        files.iter().find(|file| file.name() == name).cloned()
    };
    load(first, &find)
}

/// The words between the first two backticks, and what stands behind them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('`')?;
    let end = inner.find('`')?;
    Some((&inner[..end], &inner[end + 1..]))
}

/// The edit that a word about a finding asks for; none where it leaves something open.
fn edit(said: &str, finding: &Diagnostic, text: &str) -> Option<Edit> {
    let marked = finding.span.start..finding.span.end;
    if let Some(rest) = said.strip_prefix("add ") {
        let (line, to) = quoted(rest)?;
        return if to == " to the step" {
            Some(add_to_step(line, marked.start, text))
        } else {
            let (section, _) = quoted(to.strip_prefix(" to ")?)?;
            add_to_section(line, section, text)
        };
    }
    if let Some(rest) = said.strip_prefix("remove ") {
        let (line, behind) = quoted(rest)?;
        let at = text.find(line).filter(|_| behind.is_empty() && line.contains(':'))?;
        return Some(Edit { range: at..at + line.len(), text: String::new() });
    }
    let rest = SAYINGS.iter().find_map(|saying| said.strip_prefix(saying))?;
    let (meant, behind) = quoted(rest)?;
    // "`==` or `!=`", "`yes` or `no`": the first will do. "A, as in B" is an example.
    if behind.contains("as in") || finding.code == Code::UnlikeKinds {
        return None;
    }
    let key = meant.split_once(": ").map(|(key, _)| format!("{key}:"));
    let start = match key {
        // The key stands before what is marked, or is marked itself.
        Some(key) if !text[marked.clone()].starts_with(&key) => {
            let line = text[..marked.start].rfind('\n').map_or(0, |at| at + 1);
            text[line..marked.start].rfind(&key).map(|at| line + at)?
        }
        Some(_) | None => marked.start,
    };
    // What stands there in braces is replaced whole.
    let key =
        text[start..].find(':').map(|colon| start + colon + 1).filter(|_| start < marked.start);
    let rest = key.map_or("", |behind| &text[behind..]);
    let braces = rest.trim_start().starts_with('{').then(|| rest.find('}')).flatten();
    let end = key.zip(braces).map_or(marked.end, |(behind, brace)| behind + brace + 1);
    Some(Edit { range: start..end, text: meant.to_owned() })
}

/// `{title: …}` takes it before its closing brace, a block a line of its own.
fn add_to_step(line: &str, name: usize, text: &str) -> Edit {
    let end = text[name..].find('\n').map_or(text.len(), |at| name + at);
    if let Some(brace) = text[name..end].rfind('}') {
        let at = name + brace;
        return Edit { range: at..at, text: format!(", {line}") };
    }
    let indent = name - text[..name].rfind('\n').map_or(0, |at| at + 1) + 2;
    Edit { range: end..end, text: format!("\n{}{line}", " ".repeat(indent)) }
}

fn add_to_section(line: &str, section: &str, text: &str) -> Option<Edit> {
    let found = format!("\n{section}");
    let Some(at) = text.find(&found) else {
        return Some(Edit {
            range: text.len()..text.len(),
            text: format!("{section}\n  {line}\n"),
        });
    };
    let behind = at + found.len();
    let rest = text[behind..].split('\n').next().unwrap_or_default();
    if rest.trim_start().starts_with('{') {
        let at = behind + rest.find('{')? + 1;
        return Some(Edit { range: at..at, text: format!("{line}, ") });
    }
    let end = behind + rest.len();
    Some(Edit { range: end..end, text: format!("\n  {line}") })
}

/// Everything of the suites below a folder: how many mends were applied, and what did not help.
fn apply_all(
    folder: &str,
    codes: &mut std::collections::BTreeSet<&'static str>,
) -> (usize, String) {
    let mut applied = 0;
    let mut complaints = String::new();
    for path in files_below(folder, ".md") {
        let markdown = fs::read_to_string(root().join(&path)).expect("it can be read");
        for files in findings::files(&markdown) {
            let first = &files[0];
            let before = loaded(&files, first.clone());
            for finding in &before.diagnostics {
                let source = before.sources.get(finding.span.file).expect("it was loaded");
                if source.name() != first.name() {
                    continue;
                }
                let said = std::iter::once(&finding.text).chain(&finding.helps);
                let edits =
                    said.filter_map(|said| Some((said, edit(said, finding, source.text())?)));
                for (said, edit) in edits {
                    let mut text = source.text().to_owned();
                    text.replace_range(edit.range, &edit.text);
                    let after = loaded(&files, SourceFile::new(first.name(), text.as_str()));
                    applied += 1;
                    codes.insert(finding.code.slug());
                    let same = |one: &&Diagnostic| {
                        one.code == finding.code && one.message == finding.message
                    };
                    let count = |loaded: &Loaded| loaded.diagnostics.iter().filter(same).count();
                    let unreadable = |loaded: &Loaded| {
                        let errors = loaded.diagnostics.iter();
                        errors
                            .filter(|one| {
                                one.code == Code::YamlSyntax && one.severity == Severity::Error
                            })
                            .count()
                    };
                    if count(&after) >= count(&before) || unreadable(&after) > unreadable(&before) {
                        let _ = writeln!(
                            complaints,
                            "{}: {} [{}]\n    says: {said}\n    then: {}",
                            path.display(),
                            finding.message,
                            finding.code.slug(),
                            after.diagnostics.first().map_or("nothing", |one| one.message.as_str()),
                        );
                    }
                }
            }
        }
    }
    (applied, complaints)
}

#[test]
fn a_mend_done_to_the_letter_ends_its_finding() {
    let mut codes = std::collections::BTreeSet::new();
    let (suites, one) = apply_all("tests/check", &mut codes);
    let (pages, other) = apply_all("engine/docs/codes", &mut codes);
    assert!(one.is_empty() && other.is_empty(), "\n{one}{other}");
    assert!(suites + pages > 60, "{suites} and {pages} mends applied, of {codes:?}");
}
