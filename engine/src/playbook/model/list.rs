//! The lists of a plan and what may happen with an entry of them.

use super::Field;
use crate::message::Bounds;
use crate::playbook::Id;

/// How long a list should be and what is noted of each entry.
#[derive(Clone, Debug, Default)]
pub struct ListRules {
    /// The advised size (L5).
    pub size: Bounds,
    /// Fields beside the standard ones.
    pub fields: Vec<Field>,
}

/// A fact about a person: answered, booked, talked, referred.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name.
    pub id: Id,
    /// How it reads after a name: "They referred you".
    pub title: String,
    /// What is asked when it is recorded.
    pub fields: Vec<Field>,
    /// The outcome that it takes back (a missed talk clears the booked one).
    pub clears: Option<Id>,
    /// It ends the person: their open tasks close (S4).
    pub ends: bool,
    /// It implies `replied` on its day, unless an earlier reply is recorded.
    pub implies_reply: bool,
    /// It exists in every playbook.
    pub built_in: bool,
}
