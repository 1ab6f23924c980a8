//! What two people did for each other.
//!
//! Knows who gave and who got. It must not know what is owed: that also follows from talks and
//! messages, which belong to plans.

use jiff::civil::Date;

use crate::words::Words;

/// Something that one of the two did or meant to do for the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Favour {
    /// The day.
    pub on: Date,
    /// Who, and whether it is done.
    pub kind: FavourKind,
    /// What; blank where only the thanks count.
    pub what: Words,
}

/// Which way a favour goes, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FavourKind {
    /// The seeker offered it.
    Offered,
    /// The seeker promised it, and owes it.
    Promised,
    /// The seeker gave it.
    Gave,
    /// The seeker got it from them.
    Got,
    /// The seeker thanked them.
    Thanked,
}

impl FavourKind {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Offered, Self::Promised, Self::Gave, Self::Got, Self::Thanked];

    /// The word for it, in commands, data and the log.
    ///
    /// ```
    /// use fortnight_engine::people::FavourKind;
    /// for kind in FavourKind::ALL {
    ///     assert_eq!(FavourKind::parse(kind.as_str()), Some(*kind));
    /// }
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Promised => "promised",
            Self::Gave => "gave",
            Self::Got => "got",
            Self::Thanked => "thanked",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}
