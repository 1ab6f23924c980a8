//! Literate tests of findings: a Markdown file is a suite, a heading a case, a fenced `yaml` block
//! a file of it.
//!
//! The first block of a case is the playbook that is checked; what it extends is looked for among
//! the others, by the name after the info string (```` ```yaml base ````). At the end of a line,
//! `# error: [code] "marked" "said"` asserts a finding on that line (`warning` and `hint` likewise):
//! the first text is what the finding marks, further ones are part of what it says. Such a comment
//! alone on a line speaks of the line above. Assertions are taken out before the check, so that
//! they may stand in the text of a block as well. Every finding must be asserted.
//!
//! A block that does not begin with `fortnight:` gets the usual head, and a step if it has none. In
//! a block marked `escaped`, `\xNN` stands for that byte and `\t` for a tab.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fortnight_engine::diagnostic::Diagnostic;
use fortnight_engine::playbook::{Loaded, load};
use fortnight_engine::source::{SourceFile, Sources};
use fortnight_engine::syntax::is_forbidden;

/// What goes before a block that is part of a playbook.
const HEAD: &str = "fortnight: 1\nplaybook: example\nversion: 1.0.0\ntitle: An example\n";

/// What goes behind a block without steps.
const TAIL: &str = "steps:\n  call: {title: Call somebody}\n";

/// What a suite gave.
#[derive(Debug)]
pub struct Suite {
    /// The suite as it would be right.
    pub right: String,
    /// What was wrong, for people; empty where all is well.
    pub complaints: String,
    /// The codes of all findings.
    pub codes: Vec<&'static str>,
}

struct Block {
    /// The line of the suite behind the opening fence, from 0.
    first_line: usize,
    name: String,
    escaped: bool,
    lines: Vec<String>,
}

/// One line of a block without its assertions.
struct Line {
    text: String,
    assertions: Vec<Assertion>,
    /// It holds assertions and nothing else: they speak of the line above.
    alone: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Assertion {
    severity: String,
    code: String,
    /// What is marked, then parts of what is said.
    texts: Vec<String>,
}

/// Runs a suite.
pub fn run(markdown: &str) -> Suite {
    let lines: Vec<&str> = markdown.lines().collect();
    let mut right: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let mut complaints = String::new();
    let mut codes = Vec::new();
    for case in cases(&lines) {
        check_case(&case, &mut right, &mut complaints, &mut codes);
    }
    // A line that only held assertions which do not hold is gone.
    right.retain(|line| line != GONE);
    Suite { right: right.join("\n") + "\n", complaints, codes }
}

/// The files of each case of a suite, the one that is checked first; assertions taken out.
pub fn files(markdown: &str) -> Vec<Vec<SourceFile>> {
    let lines: Vec<&str> = markdown.lines().collect();
    let read = |block: &Block| {
        let lines: Vec<Line> = block.lines.iter().map(|line| parse(line)).collect();
        file(block, &lines).0
    };
    cases(&lines).iter().map(|case| case.iter().map(read).collect()).collect()
}

/// Stands for a line to leave out.
const GONE: &str = "\u{0}";

/// The blocks of each case.
fn cases(lines: &[&str]) -> Vec<Vec<Block>> {
    let mut cases: Vec<Vec<Block>> = vec![Vec::new()];
    let mut block: Option<Block> = None;
    for (at, line) in lines.iter().enumerate() {
        if let Some(open) = &mut block {
            if line.trim_end() == "```" {
                if let (Some(case), Some(done)) = (cases.last_mut(), block.take()) {
                    case.push(done);
                }
            } else {
                open.lines.push((*line).to_owned());
            }
        } else if line.starts_with('#') {
            cases.push(Vec::new());
        } else if let Some(words) = line.strip_prefix("```yaml") {
            let escaped = words.split_whitespace().any(|word| word == "escaped");
            let name = words.split_whitespace().find(|word| *word != "escaped");
            block = Some(Block {
                first_line: at + 1,
                name: name.unwrap_or("example").to_owned(),
                escaped,
                lines: Vec::new(),
            });
        }
    }
    cases.retain(|case| !case.is_empty());
    cases
}

fn check_case(
    case: &[Block],
    right: &mut [String],
    complaints: &mut String,
    codes: &mut Vec<&'static str>,
) {
    let parsed: Vec<Vec<Line>> =
        case.iter().map(|block| block.lines.iter().map(|line| parse(line)).collect()).collect();
    let files: Vec<(SourceFile, usize)> =
        case.iter().zip(&parsed).map(|(block, lines)| file(block, lines)).collect();
    let find = |reference: &str, _: &str| {
        let name = reference.trim_start_matches("./").trim_end_matches(".yaml");
        files.iter().map(|(file, _)| file).find(|file| file.name() == name).cloned()
    };
    let loaded = load(files[0].0.clone(), &find);
    codes.extend(loaded.diagnostics.iter().map(|finding| finding.code.slug()));
    let mut found = by_line(&loaded, &files);
    for (index, (block, lines)) in case.iter().zip(&parsed).enumerate() {
        check_block(block, index, lines, &mut found, right, complaints);
    }
    for ((block, line), rest) in found {
        for finding in rest {
            let _ = writeln!(
                complaints,
                "  file {block}, outside its lines (line {line}): {}",
                finding.message
            );
        }
    }
}

/// The findings by block and line of the block, from 0.
fn by_line<'l>(
    loaded: &'l Loaded,
    files: &[(SourceFile, usize)],
) -> BTreeMap<(usize, usize), Vec<Shown<'l>>> {
    let mut found: BTreeMap<(usize, usize), Vec<Shown<'l>>> = BTreeMap::new();
    for finding in &loaded.diagnostics {
        let Some(source) = loaded.sources.get(finding.span.file) else { continue };
        let block = files.iter().position(|(file, _)| file.name() == source.name()).unwrap_or(0);
        let line = source.position(finding.span.start).line - 1;
        // What the head or the tail is to blame for stands on the first or last line.
        let line = line.saturating_sub(files[block].1);
        found.entry((block, line)).or_default().push(Shown::new(finding, &loaded.sources));
    }
    found
}

/// A finding with what it marks.
struct Shown<'l> {
    finding: &'l Diagnostic,
    marked: String,
    message: String,
}

impl<'l> Shown<'l> {
    fn new(finding: &'l Diagnostic, sources: &Sources) -> Self {
        let marked = sources.text(finding.span).lines().next().unwrap_or_default().to_owned();
        Self { finding, marked, message: finding.message.clone() }
    }

    /// All that it says, for parts to be looked for.
    fn said(&self) -> String {
        let labels = self.finding.labels.iter().map(|label| label.text.as_str());
        let helps = self.finding.helps.iter().map(String::as_str);
        [self.message.as_str(), self.finding.text.as_str()]
            .into_iter()
            .chain(labels)
            .chain(helps)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn is(&self, assertion: &Assertion) -> bool {
        let mut texts = assertion.texts.iter();
        self.finding.code.slug() == assertion.code
            && self.finding.severity.word() == assertion.severity
            && texts.next().is_some_and(|marked| *marked == visible(&self.marked))
            && texts.all(|part| self.said().replace('"', "'").contains(part.as_str()))
    }

    fn assertion(&self, parts: &[String]) -> Assertion {
        let mut texts = vec![visible(&self.marked)];
        let said = self.said();
        let said = said.replace('"', "'");
        texts.extend(parts.iter().skip(1).filter(|part| said.contains(part.as_str())).cloned());
        if texts.len() == 1 && !self.finding.text.is_empty() {
            texts.push(self.finding.text.clone());
        } else if texts.len() == 1 {
            texts.push(self.message.clone());
        }
        Assertion {
            severity: self.finding.severity.word().to_owned(),
            code: self.finding.code.slug().to_owned(),
            texts,
        }
    }
}

/// Quotes and what cannot be seen are left out of what an assertion repeats.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter != '"' && !letter.is_control() && !is_forbidden(*letter))
        .collect()
}

fn check_block(
    block: &Block,
    index: usize,
    lines: &[Line],
    found: &mut BTreeMap<(usize, usize), Vec<Shown<'_>>>,
    right: &mut [String],
    complaints: &mut String,
) {
    // Lines of the block that are in the file, with those that only speak of them.
    let mut number = 0;
    let mut at = 0;
    while at < lines.len() {
        let behind = lines[at + 1..].iter().take_while(|line| line.alone).count();
        let group = &lines[at..=at + behind];
        let asserted: Vec<Assertion> =
            group.iter().flat_map(|line| line.assertions.iter().cloned()).collect();
        let findings = found.remove(&(index, number)).unwrap_or_default();
        let mut open = asserted.clone();
        let mut unexpected = false;
        for finding in &findings {
            match open.iter().position(|assertion| finding.is(assertion)) {
                Some(place) => {
                    open.remove(place);
                }
                None => unexpected = true,
            }
        }
        if unexpected || !open.is_empty() {
            let parts: Vec<Assertion> = findings
                .iter()
                .map(|finding| {
                    let before =
                        asserted.iter().find(|one| one.code == finding.finding.code.slug());
                    finding.assertion(before.map_or(&[][..], |one| &one.texts))
                })
                .collect();
            let line = block.first_line + at;
            let mut shown = group[0].text.clone();
            for assertion in parts {
                let _ = write!(shown, "  {}", assertion.written());
            }
            let _ = writeln!(complaints, "  line {}: it would be right as\n    {shown}", line + 1);
            for finding in &findings {
                let _ = writeln!(complaints, "      ({})", finding.said().replace('\n', " | "));
            }
            right[line] = shown;
            for gone in &mut right[line + 1..=line + behind] {
                GONE.clone_into(gone);
            }
        }
        number += 1;
        at += behind + 1;
    }
}

impl Assertion {
    fn written(&self) -> String {
        let texts: Vec<_> =
            self.texts.iter().map(|text| format!("\"{}\"", text.replace('"', "'"))).collect();
        format!("# {}: [{}] {}", self.severity, self.code, texts.join(" "))
    }
}

/// Takes the assertions off a line.
fn parse(line: &str) -> Line {
    let start =
        ["# error: [", "# warning: [", "# hint: ["].iter().filter_map(|mark| line.find(mark)).min();
    let Some(start) = start else {
        return Line { text: line.to_owned(), assertions: Vec::new(), alone: false };
    };
    let text = line[..start].trim_end().to_owned();
    let mut assertions = Vec::new();
    for part in line[start..].split("# ").filter(|part| !part.trim().is_empty()) {
        let Some((severity, rest)) = part.split_once(": [") else { continue };
        let Some((code, texts)) = rest.split_once(']') else { continue };
        assertions.push(Assertion {
            severity: severity.to_owned(),
            code: code.to_owned(),
            texts: texts.split('"').skip(1).step_by(2).map(str::to_owned).collect(),
        });
    }
    let alone = text.trim().is_empty();
    Line { text, assertions, alone }
}

/// The file of a block, and how many lines stand before the block's first.
fn file(block: &Block, lines: &[Line]) -> (SourceFile, usize) {
    let mut text = String::new();
    let whole = lines.iter().any(|line| line.text.starts_with("fortnight:")) || block.escaped;
    let mut before = 0;
    if !whole {
        text.push_str(&HEAD.replace("example", &block.name));
        before = HEAD.lines().count();
    }
    for line in lines.iter().filter(|line| !line.alone) {
        text.push_str(&line.text);
        text.push('\n');
    }
    if !whole && !lines.iter().any(|line| line.text.starts_with("steps:")) {
        text.push_str(TAIL);
    }
    let file = if block.escaped {
        SourceFile::from_bytes(block.name.as_str(), &unescape(&text))
    } else {
        SourceFile::new(block.name.as_str(), text)
    };
    (file, before)
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let digits = rest.get(at + 2..at + 4).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (rest.get(at + 1..at + 2), digits) {
            (Some("x"), Some(byte)) => {
                bytes.push(byte);
                rest = &rest[at + 4..];
            }
            (Some("t"), _) => {
                bytes.push(b'\t');
                rest = &rest[at + 2..];
            }
            _ => {
                bytes.push(b'\\');
                rest = &rest[at + 1..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
