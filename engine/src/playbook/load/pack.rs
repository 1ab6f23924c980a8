//! A playbook with all it extends as one file, and its hash.
//!
//! The text depends on the values alone, not on how they were written, so that packing what was
//! packed changes nothing. What was packed and then changed is noticed.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::write::write;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};
use crate::syntax::Node;

/// What the first line of a packed playbook begins with.
const MARK: &str = "# sha256 ";

/// A packed playbook.
pub(super) struct Packed {
    pub text: String,
    /// SHA-256 of all lines but the first, in hexadecimal.
    pub hash: String,
}

pub(super) fn pack(merged: &Node) -> Packed {
    let body = write(merged, &|_| None);
    let hash = hash(&body);
    Packed { text: format!("{MARK}{hash}\n{body}"), hash }
}

/// A file that says its hash and has another content now.
///
/// The content counts, not its form: a file whose lines end otherwise since it went by mail is
/// the same. The form counts too, so that what an earlier version packed stays what it was.
pub(super) fn changed(id: FileId, text: &str, root: &Node) -> Option<Diagnostic> {
    let marked = text.trim_start_matches('\u{feff}');
    let start = text.len() - marked.len() + MARK.len();
    let (first, body) = marked.split_once('\n')?;
    let stated = first.strip_prefix(MARK)?.trim_end();
    if stated == hash(body) {
        return None;
    }
    let content = pack(root).hash;
    if stated == content {
        return None;
    }
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    Some(
        Diagnostic::new(
            Code::ChangedPack,
            Span::new(id, start, start + stated.len()),
            format!(
                "this file was changed after it was packed: it states the hash {}…, and its content \
                 has {}…",
                short(stated),
                short(&content)
            ),
        )
        .help("get the file again from whoever packed it")
        .help("or remove this line, if the change is yours: the playbook then is yours too"),
    )
}

fn hash(body: &str) -> String {
    let mut hash = String::new();
    for byte in Sha256::digest(body.as_bytes()) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}
