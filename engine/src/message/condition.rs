//! When a step is wanted: an expression over facts.
//!
//! Knows reading, judging and explaining. It must not know which names exist.

use super::evaluate::{deciding, holds, value_of};
use super::flaw::TemplateFlaw;
use super::tree::Expression;
use super::uses::{self, NameUse};
use super::{Names, Value, grammar};

/// An expression that holds or does not, judged afresh each time (G5).
///
/// An empty field is false, and so is an outcome that did not happen. A comparison with an empty
/// value is false whatever its sign: with no goal given, `inputs.goal != "work"` is as false as
/// `inputs.goal == "work"`, because nothing should start on the strength of a question nobody has
/// answered. Whoever wants the unanswered ones too writes `not inputs.goal == "work"`.
///
/// ```
/// use fortnight_engine::message::{Condition, Names};
/// let condition = Condition::compile("person.replied and not person.booked")?;
/// let mut names = Names::default();
/// assert!(!condition.holds(&names));
/// names.set("person.replied", true);
/// assert!(condition.holds(&names));
/// # Ok::<(), Vec<fortnight_engine::message::TemplateFlaw>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    text: String,
    expression: Expression,
    names: Vec<NameUse>,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    ///
    /// The mistakes, each with its bytes in `text`.
    pub fn compile(text: &str) -> Result<Self, Vec<TemplateFlaw>> {
        let expression = grammar::read_condition(text)?;
        let names = uses::in_condition(&expression);
        Ok(Self { text: text.trim().to_owned(), expression, names })
    }

    /// The condition as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every mention of a name, in the order in which they were written.
    pub fn names(&self) -> &[NameUse] {
        &self.names
    }

    /// Whether the condition holds for these values. Nothing is an error here.
    pub fn holds(&self, names: &Names) -> bool {
        holds(&self.expression, names)
    }

    /// The names whose values decided it, with those values, each name once: where one part of an
    /// `and` fails, that part alone; where one part of an `or` holds, that part alone.
    pub fn explain(&self, names: &Names) -> Vec<(String, Value)> {
        let mut reasons: Vec<(String, Value)> = Vec::new();
        deciding(&self.expression, names, &mut |operand| {
            let Some(name) = operand.name() else { return };
            if !reasons.iter().any(|(known, _)| known == name) {
                reasons.push((name.to_owned(), names.get(name).clone()));
                // A fallback that stepped in is a reason as well.
                if let Some(fallback) = operand.fallback()
                    && names.get(name).is_empty()
                    && let Some(second) = fallback.name()
                {
                    reasons.push((second.to_owned(), value_of(fallback, names).into_owned()));
                }
            }
        });
        reasons
    }

    pub(super) fn expression(&self) -> &Expression {
        &self.expression
    }
}

#[cfg(test)]
mod tests;
