//! What can be wrong with a template or a condition before any value is known.

use crate::source::Flaw;

/// A mistake in a template or condition; its range counts bytes of the text that was compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFlaw {
    /// Which kind of mistake.
    pub kind: TemplateFlawKind,
    /// Where, what, and what to write instead.
    pub flaw: Flaw,
}

/// The kinds of mistake in a template or condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplateFlawKind {
    /// It cannot be read: something is not closed, not opened, or out of place.
    Syntax,
    /// A filter that does not exist.
    UnknownFilter,
    /// Something template languages know and this one leaves out on purpose (R19).
    Forbidden,
    /// More text, parts or nesting than a template may have (R19).
    TooLarge,
    /// Compares with an option that does not exist.
    UnknownOption,
    /// Compares or filters two kinds of value that have nothing in common.
    UnlikeKinds,
    /// A condition that no answer can make true (G6).
    NeverHolds,
}

impl TemplateFlaw {
    pub(super) fn new(kind: TemplateFlawKind, flaw: Flaw) -> Self {
        Self { kind, flaw }
    }
}
