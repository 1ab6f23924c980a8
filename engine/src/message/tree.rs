//! A template and a condition after reading: our own small tree, which owns its text.
//!
//! Knows only what the dialect allows, so whatever is evaluated can neither loop nor grow (R19).
//! It must not know how it was read.

use std::ops::Range;

use super::Value;
use super::filter::Filter;

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Text that stands as it is.
    Text(String),
    /// `{{ … }}`.
    Print(Operand),
    /// `{% if %} … {% elif %} … {% else %} … {% endif %}`; the first branch that holds counts.
    Choose(Vec<Branch>),
}

/// One way through an `if`; without a condition it is the `else`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Branch {
    pub(super) condition: Option<Expression>,
    pub(super) nodes: Vec<Node>,
}

/// What is true or false.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// A value asked for its truth.
    Holds(Operand),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Compare(Comparison),
}

/// Two values and what lies between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Comparison {
    pub(super) left: Operand,
    pub(super) sign: Sign,
    pub(super) right: Operand,
}

/// A comparing operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value and what is done to it before it is used.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Operand {
    pub(super) base: Base,
    pub(super) filters: Vec<Filter>,
    /// The bytes of the base alone.
    pub(super) range: Range<usize>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Base {
    /// A dotted name.
    Name(String),
    Literal(Value),
}

impl Operand {
    /// The name, where the operand is one.
    pub(super) fn name(&self) -> Option<&str> {
        match &self.base {
            Base::Name(path) => Some(path),
            Base::Literal(_) => None,
        }
    }

    /// The name whose emptiness is the emptiness of the operand: one without a fallback.
    pub(super) fn bare_name(&self) -> Option<&str> {
        if self.fallback().is_some() { None } else { self.name() }
    }

    /// The first `default(…)`, if there is one.
    pub(super) fn fallback(&self) -> Option<&Self> {
        self.filters.iter().find_map(|filter| match filter {
            Filter::Default(operand) => Some(&**operand),
            Filter::Change(_) => None,
        })
    }

    /// This operand and those that stand in for it, each once.
    pub(super) fn each(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        for filter in &self.filters {
            if let Filter::Default(operand) = filter {
                operand.each(visit);
            }
        }
    }
}

impl Expression {
    /// Every operand, in the order in which they were written.
    pub(super) fn each_operand(&self, visit: &mut dyn FnMut(&Operand)) {
        match self {
            Self::Holds(operand) => operand.each(visit),
            Self::Not(inner) => inner.each_operand(visit),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_operand(visit);
                }
            }
            Self::Compare(comparison) => {
                comparison.left.each(visit);
                comparison.right.each(visit);
            }
        }
    }

    /// Every comparison, in the order in which they were written.
    pub(super) fn each_comparison(&self, visit: &mut dyn FnMut(&Comparison)) {
        match self {
            Self::Holds(_) => {}
            Self::Not(inner) => inner.each_comparison(visit),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_comparison(visit);
                }
            }
            Self::Compare(comparison) => visit(comparison),
        }
    }

    /// From the first operand to the end of the last.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Holds(operand) => operand.range.clone(),
            Self::Not(inner) => inner.range(),
            Self::All(parts) | Self::Any(parts) => {
                let start = parts.first().map_or(0, |part| part.range().start);
                let end = parts.last().map_or(0, |part| part.range().end);
                start..end.max(start)
            }
            Self::Compare(comparison) => comparison.left.range.start..comparison.right.range.end,
        }
    }
}
