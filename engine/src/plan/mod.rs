//! Plans: one seeker's running copy of a playbook.
//!
//! Knows facts, what may be recorded (`decide`), what follows from it (`PlanState`, `agenda`, `why`)
//! and how a cycle measures up. It must not know a clock, a file, a store or a screen.

mod fact;
mod task;

pub use fact::{Compared, Fact, FactKind, PlanId, Sent};
pub use task::{Occurrence, TaskKey};
