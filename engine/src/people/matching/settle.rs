//! What a person says of contacts that may be somebody known (L2).

use super::{By, Candidate, ImportPlan, Matched, Repeated, compare};
use crate::people::{Book, Contact, EntryId};

/// What somebody says about a contact that was proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is this one.
    Same(Candidate),
    /// It is nobody of them.
    New,
}

/// Why something that was said could not be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// No contact of that line is in doubt.
    NotInDoubt,
    /// The contact may be somebody, but not this one.
    NotThisOne,
    /// This one is on another line that is in doubt itself.
    InDoubtItself(usize),
}

impl ImportPlan {
    /// Takes in what somebody said about the contact on `line`: it is one of those who it may be,
    /// or somebody new.
    ///
    /// # Errors
    ///
    /// Where it does not fit what is in doubt; nothing has changed then.
    ///
    /// ```
    /// use fortnight_engine::people::{Book, Contact, Entry, EntryId};
    /// use fortnight_engine::people::matching::{Candidate, Said, Unsettled, plan_import};
    /// let book: Book = [Entry::person(EntryId(1), "Ana Silva")].into_iter().collect();
    /// let ana = Contact::new(2, "Ana Silva").with("position", "Lead");
    /// let other = Contact::new(3, "Ana Silva").with("position", "Engineer");
    /// let mut plan = plan_import(&book, vec![ana, other]);
    /// assert_eq!(plan.proposed.len(), 2);
    /// assert_eq!(plan.settle(&book, 2, Said::Same(Candidate::Entry(EntryId(1)))), Ok(()));
    /// assert_eq!(plan.settle(&book, 3, Said::New), Ok(()));
    /// assert_eq!(plan.matched[0].fills[0].0, "position");
    /// assert_eq!((plan.new[0].line, plan.proposed.len()), (3, 0));
    /// assert_eq!(plan.settle(&book, 3, Said::New), Err(Unsettled::NotInDoubt));
    /// ```
    pub fn settle(&mut self, book: &Book, line: usize, said: Said) -> Result<(), Unsettled> {
        let place = self.proposed.iter().position(|proposed| proposed.contact.line == line);
        let place = place.ok_or(Unsettled::NotInDoubt)?;
        if let Said::Same(candidate) = said {
            let known = match candidate {
                Candidate::Entry(id) => book.get(id).is_some(),
                Candidate::Line(_) => true,
            };
            if !known || !self.proposed[place].candidates.contains(&candidate) {
                return Err(Unsettled::NotThisOne);
            }
        }
        if let Said::Same(Candidate::Line(first)) = said
            && self.proposed.iter().any(|proposed| proposed.contact.line == first)
        {
            return Err(Unsettled::InDoubtItself(first));
        }
        let contact = self.proposed.remove(place).contact;
        match said {
            Said::New => {
                // In the order of the file, which decides among equals.
                let place = self.new.partition_point(|other| other.line < contact.line);
                self.new.insert(place, contact);
            }
            Said::Same(Candidate::Entry(id)) => self.match_with(book, contact, id),
            Said::Same(Candidate::Line(first)) => self.repeat(book, &contact, first),
        }
        Ok(())
    }

    fn match_with(&mut self, book: &Book, contact: Contact, id: EntryId) {
        let Some(entry) = book.get(id) else { return };
        let [mut fills, differs] = compare::changes(&contact, entry);
        // What another row of the same person fills is filled once.
        let others = self.matched.iter().filter(|other| other.entry == id);
        let filled: Vec<&str> =
            others.flat_map(|other| &other.fills).map(|(field, _)| field.as_str()).collect();
        fills.retain(|(field, _)| !filled.contains(&field.as_str()));
        let do_not_contact = entry.do_not_contact || contact.do_not_contact;
        self.matched.push(Matched {
            contact,
            entry: id,
            by: By::Said,
            fills,
            differs,
            do_not_contact,
        });
    }

    /// What the contact adds is laid over the one that it repeats.
    fn repeat(&mut self, book: &Book, contact: &Contact, first: usize) {
        if let Some(kept) = self.new.iter_mut().find(|kept| kept.line == first) {
            compare::merge(kept, contact);
        } else if let Some(kept) = self.matched.iter_mut().find(|kept| kept.contact.line == first) {
            compare::merge(&mut kept.contact, contact);
            if let Some(entry) = book.get(kept.entry) {
                [kept.fills, kept.differs] = compare::changes(&kept.contact, entry);
            }
            kept.do_not_contact |= contact.do_not_contact;
        }
        self.repeated.push(Repeated { line: contact.line, first, by: By::Said });
    }
}
