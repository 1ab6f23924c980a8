//! What every store must keep: one suite for all of them.
//!
//! Knows the face of a store only. It must not know how one keeps its rows.
//!
//! Each law is a function that gets a maker of empty stores, asserts, and passes on what the store
//! could not do. [`LAWS`] names them all; [`agree`] plays one random history on two stores.

mod agree;
mod laws;
pub mod samples;
mod script;

pub use agree::agree;
pub use script::Script;

use super::{Store, StoreError};

/// Makes an empty store.
pub type Fresh<'f> = &'f mut dyn FnMut() -> Box<dyn Store>;

/// A law and its name.
pub type Law = (&'static str, fn(Fresh<'_>) -> Result<(), StoreError>);

/// All laws.
pub const LAWS: &[Law] = &[
    ("an empty log has no answers", laws::empty),
    ("what is recorded is read back in its order", laws::order),
    ("undo leaves nothing behind and redo brings all of it back", laws::undo_redo),
    ("the last hundred operations come back one by one", laws::hundred),
    ("only what stands can be undone", laws::undo_once),
    ("a stale writer is refused", laws::stale),
    ("a task is done at most once", laws::at_most_once),
    ("a refused operation leaves nothing behind", laws::whole_or_not),
    ("new numbers are taken in turn", laws::numbers),
    ("a scope holds what a filter over everything holds", laws::scopes),
    ("facts about somebody are found in every plan", laws::about),
    ("people are known as their last change left them", laws::people),
    ("everybody who may be meant is found", laws::named),
    ("the newest instant stays the newest", laws::clock_behind),
    ("plans that are due are found", laws::due),
    ("a large import is listed in short", laws::large_import),
    ("an untouched log is whole", laws::whole),
    ("what is erased is gone and the rest stays", laws::erased),
    ("what was forgotten never comes back", laws::for_good),
];

/// Checks every law; the name of the one at work goes to `say` first.
///
/// # Errors
///
/// What the store could not do.
pub fn check(fresh: Fresh<'_>, mut say: impl FnMut(&str)) -> Result<(), StoreError> {
    for (name, law) in LAWS {
        say(name);
        law(fresh)?;
    }
    Ok(())
}
