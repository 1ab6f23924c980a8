//! YAML text to a tree in which every key and value knows its place.
//!
//! Knows YAML, its pitfalls and the limits of a file. It must not know what any key means. The
//! YAML parser appears here and nowhere else, and in no public signature.

mod build;
mod complaint;
mod layout;
mod letters;
mod limits;
mod mend;
mod node;
mod place;

pub(crate) use layout::glued;
pub use letters::is_forbidden;
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_FINDINGS, MAX_NODES, MAX_TEXT};
pub use node::{Entry, Node, Scalar, Style, Tree, Value};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Encoding, FileId, SourceFile, Span};

/// Reads a file into a tree; never fails, and says everything it found wrong.
///
/// Where the YAML itself is broken, the lines concerned are left out and the rest is read; the
/// tree then says that it is not whole.
///
/// ```
/// use fortnight_engine::source::{FileId, SourceFile};
/// let file = SourceFile::new("plan.yaml", "title: One\nsteps: {call: {title: Call}}\n");
/// let mut findings = Vec::new();
/// let tree = fortnight_engine::syntax::parse(FileId(0), &file, &mut findings);
/// assert!(findings.is_empty() && tree.whole);
/// let root = tree.root.unwrap();
/// assert_eq!(root.get("title").unwrap().as_scalar().unwrap().text(), "One");
/// ```
pub fn parse(id: FileId, file: &SourceFile, findings: &mut Vec<Diagnostic>) -> Tree {
    let whole_file = |to: usize| Span::new(id, 0, file.text().floor_char_boundary(to));
    match file.encoding() {
        Encoding::Utf8 => {}
        Encoding::Utf16 => {
            let message = "this file is written in UTF-16 (some editors call it \"Unicode\")";
            findings.push(
                Diagnostic::new(Code::Encoding, whole_file(0), message)
                    .help("save it as UTF-8 and try again"),
            );
            return Tree { root: None, whole: false };
        }
        Encoding::Unknown { at } => {
            let message = "this file is not UTF-8 text: from here on bytes cannot be read";
            findings.push(
                Diagnostic::new(
                    Code::Encoding,
                    Span::new(id, at, at + '\u{fffd}'.len_utf8()),
                    message,
                )
                .help("save it as UTF-8 and try again"),
            );
            return Tree { root: None, whole: false };
        }
    }
    if file.text().len() > MAX_BYTES {
        let message = format!(
            "this file has {} bytes, and a playbook may have at most {MAX_BYTES}",
            file.text().len()
        );
        findings.push(Diagnostic::new(Code::TooLarge, whole_file(0), message));
        return Tree { root: None, whole: false };
    }
    let before = findings.len();
    let text = letters::without_forbidden(id, file.text(), findings);
    let mut tree = mend::read(id, text.as_ref(), findings);
    tree.whole &= findings.len() == before
        || findings[before..].iter().all(|finding| finding.code == Code::DuplicateKey);
    tree
}

#[cfg(test)]
mod tests;
