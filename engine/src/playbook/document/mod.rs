//! The playbook as written: values read, names not yet looked up, every part with its place.
//!
//! Each object is read on its own, so that one bad step does not hide the next.

mod field;
mod message;
mod outline;
mod reading;
mod step;
mod values;

pub(crate) use field::{ChoiceDocument, FieldDocument, ListDocument};
pub(crate) use message::{MessageDocument, RulesDocument, Wording};
pub(crate) use outline::{Document, EventDocument, MetricDocument};
pub(crate) use reading::{Reading, clipped, meant, unknown_key};
pub(crate) use step::{AtDocument, KindDocument, StepDocument};
pub use values::{bad_id, id_meant};
