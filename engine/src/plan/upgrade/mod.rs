//! Another version of the playbook: what it changes, and taking it (E3).
//!
//! Knows two playbooks, the old and the new, and a plan that runs the old one. It must not know
//! where playbooks lie or how a difference is worded.

mod differences;
mod moves;
mod setup;
mod steps;
mod take;

use std::collections::BTreeMap;

pub use differences::{Difference, Sort, Subject};
pub use moves::{Days, Move};
pub use setup::changes as setup_changes;
pub use take::{Taking, take};

use super::rejection::Rejection;
use super::situation::Situation;
use crate::playbook::{Id, Playbook};

/// What another version of the playbook changes.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Everything that differs, in the order of the playbook.
    pub differences: Vec<Difference>,
    /// Steps whose id means something else in the new version: another kind, or another list.
    pub reused: Vec<Id>,
    /// Steps that may go by another name in the new version: the name before, the name now. A
    /// guess is shown and never applied.
    pub guesses: Vec<(Id, Id)>,
    /// Open tasks whose days change if it is taken today.
    pub moves: Vec<Move>,
    /// Inputs that the new version asks for and nobody has answered.
    pub missing: Vec<Id>,
}

/// Looks at another version without taking it. `renamed` are the steps that are said to go by
/// another name in it.
///
/// # Errors
///
/// A rejection where a name is not one of a step, or is that of another one.
pub fn preview(
    situation: &Situation<'_>,
    new: &Playbook,
    renamed: &BTreeMap<Id, Id>,
) -> Result<Preview, Rejection> {
    let old = situation.playbook;
    take::check_names(old, new, renamed)?;
    let mut differences = differences::playbook(old, new);
    let steps = steps::compare(old, new, renamed);
    differences.extend(steps.differences);
    let missing = new.inputs.iter().filter(|input| {
        input.default.is_none()
            && input.ask.is_some()
            && !situation.state.inputs.contains_key(&input.id)
    });
    Ok(Preview {
        differences,
        reused: steps.reused,
        guesses: steps.guesses,
        moves: moves::moves(situation, new, renamed),
        missing: missing.map(|input| input.id.clone()).collect(),
    })
}
