//! Files of text and places in them.
//!
//! Knows names, bytes, lines and columns of the files it was handed. It must not know where they
//! came from (a disk, a binary, a test) or what they mean.

mod file;
mod flaw;
mod span;

pub use file::{Encoding, Position, SourceFile, Sources};
pub use flaw::Flaw;
pub use span::{FileId, Span};
