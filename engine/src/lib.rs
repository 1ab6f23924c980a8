//! Coaching plans from declarative playbooks.
//!
//! The one idea: `agenda(playbook, facts, now)` is a pure function. The log holds only what people
//! did; what is due, overdue, waiting or decided is derived on asking. The engine knows playbooks,
//! plans and experiments. It must not know a terminal, a command line, the environment, the file
//! system (but the store's own file) or what time it is.

pub mod calendar;
pub mod clients;
pub mod diagnostic;
pub mod experiment;
pub mod message;
pub mod notebook;
mod parallel;
pub mod people;
pub mod plan;
pub mod playbook;
pub mod simulation;
pub mod source;
pub mod store;
pub mod story;
pub mod syntax;
pub mod words;
