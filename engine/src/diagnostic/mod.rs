//! Findings about a coach's text: what is wrong, where, and how to mend it.
//!
//! Knows codes, severities, places and near names. It must not know what a playbook is, and
//! nothing of how a finding is shown: that is the renderers' concern.

mod code;
mod finding;
mod nearest;

pub use code::{Code, Severity};
pub use finding::{Diagnostic, Label};
pub use nearest::nearest;
