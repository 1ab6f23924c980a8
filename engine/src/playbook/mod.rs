//! Playbooks: from text to a resolved, immutable [`Playbook`].
//!
//! Knows the language that coaches write. It must not know what happened in any plan.

mod check;
mod document;
mod id;
pub mod language;
mod load;
mod model;

pub use id::Id;
pub use load::{Loaded, load};
pub use model::*;
