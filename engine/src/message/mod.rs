//! Messages: templates, conditions and the rules of a text.
//!
//! Knows how a text with names in it becomes a text for one person (M1, M2), when a condition
//! holds (G5), how long a text is as a reader counts it (M3), whether a follow-up repeats the first
//! message (M4), and what a channel allows. It must not know playbooks, plans or people, a clock,
//! or where a text goes.
//!
//! A template is read by [minijinja](https://docs.rs/minijinja)'s parser and kept as a small tree
//! of our own, because what a message needs is a fraction of Jinja and the rest is dangerous (R19):
//! a 119-byte template doubles a string to gigabytes, and a long chain of operators overflows the
//! stack. One evaluator judges `when`, `{% if %}` and the static check alike.

mod bounds;
mod breach;
mod channel;
mod characters;
mod check;
mod condition;
mod domain;
mod evaluate;
mod filter;
mod flaw;
mod grammar;
mod joints;
mod nearest;
mod phrases;
mod reach;
mod repeats;
mod rules;
mod sentences;
mod template;
mod tree;
mod uses;
mod value;

#[cfg(test)]
mod attacks;

pub use bounds::Bounds;
pub use breach::{Breach, BreachKind, Force};
pub use channel::Channel;
pub use characters::characters;
pub use condition::Condition;
pub use domain::Domain;
pub use filter::filters;
pub use flaw::{TemplateFlaw, TemplateFlawKind};
pub use repeats::{Repetition, repeats};
pub use rules::Rules;
pub use sentences::{Sentence, sentences};
pub use template::{LONGEST_TEXT, RenderError, Template};
pub use uses::NameUse;
pub use value::{Names, Value};
