//! What the workspace's tests share: a sandbox in which commands run in process, and the readers
//! of literate tests.
//!
//! Knows the command line only from outside. It must not know how the engine reaches an answer.

pub mod characteristics;
pub mod findings;
mod sandbox;
pub mod scenario;
mod shell;
mod workspace;
pub mod yaml;

pub use sandbox::{Output, Sandbox, forbidden_words};
pub use shell::split;
pub use workspace::{files_below, root, updating};
