//! Changes of entries: what is recorded of a person, one thing at a time.

use super::{Entry, EntryId, Favour, Forgotten};
use crate::words::Words;

/// One recorded change of the people and companies known.
///
/// ```
/// use fortnight_engine::people::{Change, Entry, EntryId};
/// let mut ana = Entry::person(EntryId(1), "Ana Silva");
/// let note = Change::FieldSet {
///     entry: EntryId(1),
///     field: "note".to_owned(),
///     value: Some("met in Porto".into()),
/// };
/// note.apply(&mut ana);
/// assert_eq!(ana.field("note").unwrap().raw(), "met in Porto");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody is known from now on.
    Added(Entry),
    /// A field was set, or emptied.
    FieldSet {
        /// Whose field.
        entry: EntryId,
        /// The name of the field, as [`Entry::set`] knows it.
        field: String,
        /// The value; none empties the field.
        value: Option<Words>,
    },
    /// They are to be left in peace, or no longer (S5).
    DoNotContact {
        /// Who.
        entry: EntryId,
        /// True where nobody may write to them.
        yes: bool,
    },
    /// A person belongs to a company, or to none.
    CompanyLinked {
        /// Who.
        entry: EntryId,
        /// The company; none takes the link away.
        company: Option<EntryId>,
    },
    /// Somebody referred them.
    Introduced {
        /// Who was referred.
        entry: EntryId,
        /// Who referred them.
        by: EntryId,
    },
    /// One of the two did something for the other, or meant to.
    Favour {
        /// With whom.
        entry: EntryId,
        /// What.
        favour: Favour,
    },
    /// They were forgotten (L3): their words are erased with this change, and nothing brings them
    /// back.
    Forgotten {
        /// Who.
        entry: EntryId,
        /// As [`Forgotten::company_of`](super::Forgotten::company_of).
        company_of: Option<EntryId>,
        /// As [`Forgotten::connected`](super::Forgotten::connected).
        connected: bool,
    },
}

impl Change {
    /// Whom it changes.
    pub fn entry(&self) -> EntryId {
        match self {
            Self::Added(entry) => entry.id,
            Self::FieldSet { entry, .. }
            | Self::DoNotContact { entry, .. }
            | Self::CompanyLinked { entry, .. }
            | Self::Introduced { entry, .. }
            | Self::Favour { entry, .. }
            | Self::Forgotten { entry, .. } => *entry,
        }
    }

    /// Everybody whom it names: whom it changes, their company, who referred them.
    pub fn mentions(&self) -> impl Iterator<Item = EntryId> {
        let (company, by) = match self {
            Self::Added(entry) => (entry.company, entry.introduced_by),
            Self::FieldSet { .. } | Self::DoNotContact { .. } | Self::Favour { .. } => (None, None),
            Self::CompanyLinked { company, .. } => (*company, None),
            Self::Introduced { by, .. } => (None, Some(*by)),
            Self::Forgotten { company_of, .. } => (*company_of, None),
        };
        [Some(self.entry()), company, by].into_iter().flatten()
    }

    /// Makes the change to `entry`; one that is about another entry does nothing.
    pub fn apply(&self, entry: &mut Entry) {
        if self.entry() != entry.id {
            return;
        }
        match self {
            Self::Added(added) => entry.clone_from(added),
            Self::FieldSet { field, value, .. } => {
                entry.set(field, value.clone().unwrap_or_else(|| Words::new("")));
            }
            Self::DoNotContact { yes, .. } => entry.do_not_contact = *yes,
            Self::CompanyLinked { company, .. } => entry.company = *company,
            Self::Introduced { by, .. } => entry.introduced_by = Some(*by),
            Self::Favour { favour, .. } => entry.favours.push(favour.clone()),
            Self::Forgotten { company_of, connected, .. } => {
                entry.forget(Forgotten { company_of: *company_of, connected: *connected });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: &Change, expected: &Entry) {
        let mut ana = Entry::person(EntryId(1), "Ana").with("note", "old");
        change.apply(&mut ana);
        assert_eq!(ana, *expected);
    }

    #[test]
    fn a_change_touches_one_thing_of_its_own_entry() {
        let ana = || Entry::person(EntryId(1), "Ana").with("note", "old");
        let set = |entry, field: &str, value: Option<&str>| Change::FieldSet {
            entry: EntryId(entry),
            field: field.to_owned(),
            value: value.map(Words::new),
        };
        check(&set(1, "note", Some("new")), &ana().with("note", "new"));
        check(&set(1, "note", None), &Entry::person(EntryId(1), "Ana"));
        check(&set(1, "name", None), &ana());
        check(&set(2, "note", Some("new")), &ana());
        check(
            &Change::DoNotContact { entry: EntryId(1), yes: true },
            &Entry { do_not_contact: true, ..ana() },
        );
        check(
            &Change::CompanyLinked { entry: EntryId(1), company: Some(EntryId(7)) },
            &Entry { company: Some(EntryId(7)), ..ana() },
        );
        check(
            &Change::Introduced { entry: EntryId(1), by: EntryId(3) },
            &Entry { introduced_by: Some(EntryId(3)), ..ana() },
        );
        let mut nobody = ana();
        nobody.forget(Forgotten { company_of: Some(EntryId(1)), connected: true });
        assert_eq!((nobody.name.raw(), nobody.fields.len()), ("(forgotten)", 0));
        let forgotten =
            Change::Forgotten { entry: EntryId(1), company_of: Some(EntryId(1)), connected: true };
        check(&forgotten, &nobody);
        check(
            &Change::Added(Entry::person(EntryId(1), "Anita")),
            &Entry::person(EntryId(1), "Anita"),
        );
    }
}
