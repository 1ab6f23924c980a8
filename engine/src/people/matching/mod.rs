//! Who of a file is known already (L2).
//!
//! Knows keys of identity and what an import would do. It decides nothing that a person should:
//! what is not certain is proposed. Nothing is stored here.

mod compare;
mod index;
mod planner;
mod settle;
#[cfg(test)]
mod tests;

use planner::Planner;
pub use settle::{Said, Unsettled};

use super::{Book, Contact, EntryId};
use crate::words::Words;

/// What makes a contact certainly somebody known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The same profile address.
    Profile,
    /// The same e-mail, and names with a word in common.
    Email,
    /// Everything that is said: the same name and no field that differs, where neither side has an
    /// address; for a company its name.
    Everything,
    /// Somebody said so.
    Said,
}

/// Why somebody may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The same name, and the same company or none.
    NameAndCompany,
    /// The same e-mail under a name that has nothing in common: an office's address?
    SharedEmail,
    /// The e-mail is one entry's and the profile another's.
    TwoEntries,
}

/// Somebody whom a contact may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Candidate {
    /// An entry of the book.
    Entry(EntryId),
    /// The contact on another line of the same file.
    Line(usize),
}

/// A contact that is certainly an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// As the file has it.
    pub contact: Contact,
    /// Who it is.
    pub entry: EntryId,
    /// What makes it certain.
    pub by: By,
    /// Fields that are empty in the book and not in the file.
    pub fills: Vec<(String, Words)>,
    /// Fields that the file has otherwise: a new position, a new company.
    pub differs: Vec<(String, Words)>,
    /// The book or the file says that nobody writes to them; an import never takes that away (S5).
    pub do_not_contact: bool,
}

/// A contact that may be somebody known: a person says which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// As the file has it.
    pub contact: Contact,
    /// Who it may be, at most five.
    pub candidates: Vec<Candidate>,
    /// Why.
    pub doubt: Doubt,
    /// One of them wants no contact: adding the contact as somebody new would bring them back (S5).
    pub do_not_contact: bool,
}

/// A row that repeats another one of the same file; what it adds was laid over that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The line of the row.
    pub line: usize,
    /// The line of the row that it repeats.
    pub first: usize,
    /// What makes it certain.
    pub by: By,
}

/// What an import would do; every contact is in exactly one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// Nobody knows them yet.
    pub new: Vec<Contact>,
    /// Known for certain.
    pub matched: Vec<Matched>,
    /// Perhaps known: proposed, not assumed.
    pub proposed: Vec<Proposed>,
    /// Repeated within the file.
    pub repeated: Vec<Repeated>,
}

/// Plans an import: who is new, who is known, who may be (L1, L2). Importing the same contacts
/// again adds nobody.
///
/// Takes time `n log n` and memory linear in entries and contacts.
///
/// ```
/// use fortnight_engine::people::{Book, Contact, Entry, EntryId, matching::{By, Candidate, plan_import}};
/// let ana = Entry::person(EntryId(1), "Ana Silva").with("email", "ana@example.com");
/// let book: Book = [ana].into_iter().collect();
/// let plan = plan_import(&book, vec![
///     Contact::new(2, "Ana Silva").with("email", "ANA@example.com").with("position", "Lead"),
///     Contact::new(3, "Ben Okafor"),
///     Contact::new(4, "Ana Silva"),
///     Contact::new(5, "ben okafor"),
/// ]);
/// assert_eq!((plan.matched[0].entry, plan.matched[0].by), (EntryId(1), By::Email));
/// assert_eq!(plan.matched[0].fills[0].0, "position");
/// assert_eq!(plan.new[0].name.raw(), "Ben Okafor");
/// assert_eq!(plan.proposed[0].candidates, [Candidate::Entry(EntryId(1))]);
/// assert_eq!((plan.repeated[0].line, plan.repeated[0].first), (5, 3));
/// ```
pub fn plan_import(existing: &Book, contacts: Vec<Contact>) -> ImportPlan {
    plan_import_watched(existing, contacts, &mut |_| ())
}

/// As [`plan_import`]; `told` hears now and then how many contacts are compared.
///
/// ```
/// use fortnight_engine::people::{Book, Contact, matching::plan_import_watched};
/// let contacts = (1..=5_000).map(|line| Contact::new(line, format!("Ana {line}"))).collect();
/// let mut heard = Vec::new();
/// let plan = plan_import_watched(&Book::new(), contacts, &mut |compared| heard.push(compared));
/// assert_eq!(plan.new.len(), 5_000);
/// assert!(heard.is_sorted() && heard.last() == Some(&5_000) && heard.len() > 4);
/// ```
pub fn plan_import_watched(
    existing: &Book,
    contacts: Vec<Contact>,
    told: &mut dyn FnMut(usize),
) -> ImportPlan {
    Planner::new(existing, contacts).plan(told)
}
