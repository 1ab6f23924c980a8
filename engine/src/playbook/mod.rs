//! Playbooks: from text to a resolved, immutable [`Playbook`].
//!
//! Knows the language that coaches write. It must not know what happened in any plan.

mod check;
mod document;
pub mod graph;
mod id;
pub mod language;
mod load;
mod model;
mod reference;
pub(crate) mod schema;
pub mod starter;

pub use document::{bad_id, id_meant};
pub use id::Id;
pub use load::{Loaded, load};
pub use model::*;
pub use reference::reference;
pub use schema::schema;
