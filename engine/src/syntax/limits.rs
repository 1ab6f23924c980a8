//! How large a file may be (R20).
//!
//! The limits leave room for twenty thousand steps, which a check must manage, and stop whatever
//! was made to exhaust memory or stack.

/// The bytes of a file.
pub const MAX_BYTES: usize = 4 << 20;

/// The bytes of one text in it.
pub const MAX_TEXT: usize = 64 << 10;

/// Lists and maps within each other; checked before anything recurses.
pub const MAX_DEPTH: usize = 32;

/// Findings in one reading: whoever has more reads the first ones first.
pub const MAX_FINDINGS: usize = 5_000;

/// Keys and values of a file.
pub const MAX_NODES: usize = 500_000;
