//! From plain answers to lines of a terminal and documents of JSON.
//!
//! Knows widths, alignments and the form of dates. It must not know where an answer came from, nor
//! the terminal: the same answer is the same bytes everywhere (R12).

pub(crate) mod agenda;
pub(crate) mod card;
pub mod caret;
pub(crate) mod clients;
pub(crate) mod comparison;
pub mod date;
pub(crate) mod event;
pub mod finding;
pub(crate) mod forecast;
pub(crate) mod graph;
pub mod ics;
pub(crate) mod idle;
pub mod initials;
pub mod mail;
pub(crate) mod note;
pub(crate) mod people;
pub(crate) mod reason;
pub(crate) mod rehearsal;
pub(crate) mod rejection;
pub(crate) mod remind;
pub(crate) mod report;
pub mod safe;
pub(crate) mod story;
pub(crate) mod svg;
pub mod table;
pub(crate) mod timer;
pub(crate) mod upgrade;
pub(crate) mod when;
pub(crate) mod why;
pub mod width;
pub mod words;

/// The width that everything is laid out for, in columns.
pub const COLUMNS: usize = 80;
