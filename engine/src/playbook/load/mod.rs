//! From files to a playbook: gather what it extends, lay it over, read, check, resolve, pack.

mod gather;
mod merge;
mod pack;
mod resolved;
mod spelling;
pub(super) mod write;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::playbook::document::Reading;
use crate::playbook::{Playbook, check};
use crate::source::{SourceFile, Sources, Span};
use crate::syntax::Node;

/// Everything that reading a playbook gives.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The files that were read, the playbook's own first.
    pub sources: Sources,
    /// All findings: errors and the rest, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// The resolved playbook; none only where there are errors.
    pub playbook: Option<Playbook>,
    /// The playbook with all it extends as one file, which loads to the same playbook and says
    /// its own hash; there whenever `playbook` is.
    pub packed: Option<String>,
    /// The merged tree, in which every part still knows the file and the bytes it came from.
    pub merged: Option<Node>,
}

impl Loaded {
    /// Whether there is an error among the findings.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Reads a playbook; never fails, and says everything it found.
///
/// `resolve` is asked for each playbook that is extended, with the reference as written and the
/// name of the file that wrote it; it returns the file, under a name that is the same whenever it
/// is the same file.
///
/// ```
/// use fortnight_engine::{playbook, source::SourceFile};
/// let text = "fortnight: 1\nplaybook: tiny\nversion: 1.0.0\ntitle: Tiny\nsteps: {call: {title: Call}}\n";
/// let loaded = playbook::load(SourceFile::new("tiny.yaml", text), &|_, _| None);
/// assert!(loaded.diagnostics.is_empty());
/// assert_eq!(&*loaded.playbook.unwrap().steps[0].id, "call");
///
/// let again = SourceFile::new("packed.yaml", loaded.packed.unwrap());
/// assert!(playbook::load(again, &|_, _| None).playbook.is_some());
/// ```
pub fn load(root: SourceFile, resolve: &dyn Fn(&str, &str) -> Option<SourceFile>) -> Loaded {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let gathered = gather::gather(root, resolve, &mut sources, &mut diagnostics);
    let mut reading = Reading::new(&sources, gathered.whole);
    let mut playbook = None;
    let mut packed = None;
    if let Some(merged) = &gathered.merged {
        let document = reading.document(merged);
        let sound = diagnostics.iter().all(|finding| finding.severity != Severity::Error);
        if let Some(document) = &document {
            playbook = check::check(document, &mut reading, sound);
        }
        if let Some(playbook) = &mut playbook {
            let text = pack::pack(merged);
            playbook.hash = text.hash;
            packed = Some(text.text);
        }
    }
    diagnostics.append(&mut reading.findings);
    without_consequences(&mut diagnostics);
    diagnostics.sort_by_key(|finding| (finding.span, finding.severity, finding.code));
    diagnostics.dedup();
    Loaded { diagnostics, playbook, packed, merged: gathered.merged, sources }
}

/// A name with a control character in it is read with a blank in its place, and then is no name:
/// the character is said, and not what follows from it.
fn without_consequences(diagnostics: &mut Vec<Diagnostic>) {
    let hidden = |finding: &&Diagnostic| finding.code == Code::ControlCharacter;
    let hidden: Vec<Span> = diagnostics.iter().filter(hidden).map(|finding| finding.span).collect();
    diagnostics.retain(|finding| {
        let holds = |hidden: &Span| {
            let span = finding.span;
            span.file == hidden.file && span.start <= hidden.end && hidden.start <= span.end
        };
        finding.code != Code::BadId || !hidden.iter().any(holds)
    });
}

#[cfg(test)]
mod tests;
