//! People and companies: entries, the book that holds them, readers of contact files, matching.
//!
//! Knows names, addresses, dates and how the same person is recognised. It must not know plans,
//! playbooks, where bytes came from or what is done with an entry.

mod book;
mod change;
mod contact;
mod dates;
mod entry;
mod favour;
mod fields;
pub mod filter;
mod fold;
mod greeting;
pub mod identity;
pub mod import;
mod lookalike;
pub mod matching;
mod months;
mod naming;
mod rank;
mod titles;

pub use book::{Book, Match};
pub use change::Change;
pub use contact::Contact;
pub use dates::read_date;
pub use entry::{Entry, EntryId, Forgotten, Kind, STANDARD_FIELDS, says_no, says_yes};
pub use favour::{Favour, FavourKind};
pub use fields::Fields;
pub use fold::fold;
pub use lookalike::{lookalike, lookalikes};
pub use naming::Naming;
pub use rank::rank;
