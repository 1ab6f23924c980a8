//! What an operand is worth and whether an expression holds, given values.
//!
//! One mechanism for `when`, for `{% if %}` and for the static check. Nothing here can fail, loop
//! or grow: an expression is as long as it was written.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::civil;

use super::filter::Filter;
use super::tree::{Base, Comparison, Expression, Operand, Sign};
use super::{Names, Value};

/// The value of an operand after its filters.
pub(super) fn value_of<'out>(operand: &'out Operand, names: &'out Names) -> Cow<'out, Value> {
    let mut value = match &operand.base {
        Base::Name(path) => Cow::Borrowed(names.get(path)),
        Base::Literal(value) => Cow::Borrowed(value),
    };
    for filter in &operand.filters {
        match filter {
            Filter::Default(fallback) if value.is_empty() => value = value_of(fallback, names),
            Filter::Default(_) => {}
            Filter::Change(change) => value = Cow::Owned(change.apply(&value)),
        }
    }
    value
}

/// Whether an expression holds.
pub(super) fn holds(expression: &Expression, names: &Names) -> bool {
    match expression {
        Expression::Holds(operand) => value_of(operand, names).holds(),
        Expression::Not(inner) => !holds(inner, names),
        Expression::All(parts) => parts.iter().all(|part| holds(part, names)),
        Expression::Any(parts) => parts.iter().any(|part| holds(part, names)),
        Expression::Compare(comparison) => compare(comparison, names),
    }
}

/// A comparison with an empty value is false whatever its sign, `!=` too: nothing should start
/// on the strength of a question nobody has answered. Two kinds of value that have no order in
/// common are unequal, and neither less nor more.
fn compare(comparison: &Comparison, names: &Names) -> bool {
    let left = value_of(&comparison.left, names);
    let right = value_of(&comparison.right, names);
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let order = order(&left, &right);
    match comparison.sign {
        Sign::Equal => order == Some(Ordering::Equal),
        Sign::Unequal => order != Some(Ordering::Equal),
        Sign::Less => order == Some(Ordering::Less),
        Sign::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Sign::Greater => order == Some(Ordering::Greater),
        Sign::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// The order of two values of one kind. A day and a moment are compared as days, and a text that
/// is an ISO date counts as one beside a date.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Flag(left), Value::Flag(right)) => {
            // Yes and no are equal or not; neither is more.
            (left == right).then_some(Ordering::Equal)
        }
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right),
        (Value::Text(left), Value::Text(right)) => Some(left.raw().trim().cmp(right.raw().trim())),
        (Value::Moment(left), Value::Moment(right)) => Some(left.cmp(right)),
        (Value::Moment(left), Value::Text(text)) if moment_in(text.raw()).is_some() => {
            moment_in(text.raw()).map(|right| left.cmp(&right))
        }
        (Value::Text(text), Value::Moment(right)) if moment_in(text.raw()).is_some() => {
            moment_in(text.raw()).map(|left| left.cmp(right))
        }
        (Value::Date(_) | Value::Moment(_), _) | (_, Value::Date(_) | Value::Moment(_)) => {
            Some(day_of(left)?.cmp(&day_of(right)?))
        }
        (Value::Empty | Value::Flag(_) | Value::Number(_) | Value::Text(_), _) => None,
    }
}

/// No date is written with so many bytes.
const LONGEST_DATE: usize = 40;

/// A text such as `2026-03-02T09:00`, with a time in it.
pub(super) fn moment_in(text: &str) -> Option<civil::DateTime> {
    let text = text.trim();
    if (11..LONGEST_DATE).contains(&text.len()) { text.parse().ok() } else { None }
}

/// The day a value names, if it names one.
pub(super) fn day_of(value: &Value) -> Option<civil::Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Moment(moment) => Some(moment.date()),
        Value::Text(words) if words.raw().len() < LONGEST_DATE => words.raw().trim().parse().ok(),
        Value::Text(_) | Value::Empty | Value::Flag(_) | Value::Number(_) => None,
    }
}

/// The operands that decided an expression: all parts of what held by all of them, the first part
/// of what one part decided.
pub(super) fn deciding<'tree>(
    expression: &'tree Expression,
    names: &Names,
    visit: &mut dyn FnMut(&'tree Operand),
) {
    match expression {
        Expression::Holds(operand) => visit(operand),
        Expression::Not(inner) => deciding(inner, names, visit),
        Expression::All(parts) => match parts.iter().find(|part| !holds(part, names)) {
            Some(part) => deciding(part, names, visit),
            None => parts.iter().for_each(|part| deciding(part, names, visit)),
        },
        Expression::Any(parts) => match parts.iter().find(|part| holds(part, names)) {
            Some(part) => deciding(part, names, visit),
            None => parts.iter().for_each(|part| deciding(part, names, visit)),
        },
        Expression::Compare(comparison) => {
            visit(&comparison.left);
            visit(&comparison.right);
        }
    }
}
