//! One finding, as plain data.

use super::{Code, Severity};
use crate::source::{Flaw, Span};

/// Something to tell the author of a playbook.
///
/// ```
/// use fortnight_engine::diagnostic::{Code, Diagnostic, Severity};
/// use fortnight_engine::source::{FileId, Span};
///
/// let place = Span::new(FileId(0), 12, 21);
/// let finding = Diagnostic::new(Code::UnknownStep, place, "no step has the id `send-into`")
///     .label("did you mean `send-intro`?")
///     .help("write `send-intro`");
/// assert_eq!(finding.severity, Severity::Error);
/// assert_eq!(finding.code.slug(), "unknown-step");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is; names the page that explains it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as one or two sentences in a coach's words.
    pub message: String,
    /// Where, as narrowly as can be said.
    pub span: Span,
    /// A word to stand beside the place; may be empty.
    pub text: String,
    /// Further places that belong to it: the first definition, the other edges of a loop.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub helps: Vec<String>,
}

/// A further place with a word about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
}

impl Diagnostic {
    /// A finding with the severity that its code usually has.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span,
            text: String::new(),
            labels: Vec::new(),
            helps: Vec::new(),
        }
    }

    /// A finding made of a flaw in a small text; `place` says where that part of the text stands.
    pub fn from_flaw(
        code: Code,
        flaw: Flaw,
        place: impl FnOnce(std::ops::Range<usize>) -> Span,
    ) -> Self {
        let mut finding = Self::new(code, place(flaw.range), flaw.message);
        finding.helps = flaw.helps;
        if let Some(at) = finding.helps.iter().position(|help| help.starts_with("did you mean")) {
            finding.text = finding.helps.remove(at);
        }
        finding
    }

    /// Puts a word beside the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a mend.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(text.into());
        self
    }

    /// Says "did you mean" beside the place, where a near name is known.
    #[must_use]
    pub fn suggest(self, near: Option<&str>) -> Self {
        match near {
            Some(name) => self.label(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}
