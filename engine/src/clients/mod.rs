//! A coach over many clients: what a seeker hands out, and what many of these say together.
//!
//! Knows figures: how many were written to, counted, answered, on which days and with which options.
//! It must not know a name, a company, a text or a note: a [`Bundle`] has no place for one, and the
//! names by which a coach calls clients stay with whoever keeps them. Files and screens are the
//! host's.

mod bundle;
mod gather;
mod monday;
mod pool;
mod read;
mod report;
#[cfg(test)]
mod tests;
mod wire;

pub use bundle::{Bundle, CycleFigures, Decided, GroupFigures, PlaybookName};
pub use gather::gather;
pub use monday::{Concern, Monday, Open, monday};
pub use pool::{Each, LeftOut, Pooled, each, pool};
pub use read::{BundleError, read};
pub use report::{OptionLine, PairLine, PlaybookLine, Report, report};
pub use wire::write;
