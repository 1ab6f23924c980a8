//! A mistake inside one small piece of text, before anybody knows where that text stands.

use std::ops::Range;

/// What is wrong with a piece of text and how to mend it, placed by bytes within that piece.
///
/// Small readers (durations, cron, templates) return flaws; whoever knows the file turns them
/// into diagnostics at their place.
///
/// ```
/// use fortnight_engine::source::Flaw;
/// let flaw = Flaw::new(2..9, "`wrkdays` is no unit of time").help("did you mean `workdays`?");
/// assert_eq!(flaw.range, 2..9);
/// assert_eq!(flaw.helps.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The bytes concerned, within the text that was read.
    pub range: Range<usize>,
    /// What is wrong, as a sentence in a coach's words.
    pub message: String,
    /// What to write instead.
    pub helps: Vec<String>,
}

impl Flaw {
    /// A flaw at `range` of the text that was read.
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), helps: Vec::new() }
    }

    /// Adds a mend.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(text.into());
        self
    }
}
