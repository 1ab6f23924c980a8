//! Places: which file, from which byte to which.

/// Names one file of a [`Sources`](super::Sources) collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A run of bytes in one file, end exclusive. Both ends lie on character boundaries.
///
/// ```
/// use fortnight_engine::source::{FileId, Span};
/// let span = Span::new(FileId(0), 4, 9);
/// assert_eq!(span.within(1..3), Span::new(FileId(0), 5, 7));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` to `end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start, end }
    }

    /// A part of this span, counted from its start.
    #[must_use]
    pub fn within(self, part: std::ops::Range<usize>) -> Self {
        Self::new(self.file, self.start + part.start, self.start + part.end)
    }
}
