//! Playbooks: from text to a resolved, immutable [`Playbook`].
//!
//! Knows the language that coaches write. It must not know what happened in any plan.

mod id;
mod model;

pub use id::Id;
pub use model::*;
