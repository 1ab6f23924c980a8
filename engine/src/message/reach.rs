//! Whether anything can make a condition true.
//!
//! Tries it: for every name a few values stand for all it can be (each written value, something
//! on either side of it, and empty), and the evaluator judges every combination. What is found
//! false for all of them is false for every answer; where there are too many, nothing is claimed.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::{Span, civil};

use super::domain::Domain;
use super::evaluate::{day_of, holds, moment_in};
use super::filter::Filter;
use super::tree::{Base, Expression, Operand};
use super::{Names, Value};

/// The bytes of what can never be true: one part of an `and`, two that exclude each other, or all
/// of it; nothing where it can be true or is too much to try.
pub(super) fn never_holds(
    expression: &Expression,
    domain_of: &dyn Fn(&str) -> Option<Domain>,
    patience: &mut usize,
) -> Option<Range<usize>> {
    if is_never(expression, domain_of, patience) == Some(false) {
        return None;
    }
    if let Expression::All(parts) = expression {
        for part in parts {
            if is_never(part, domain_of, patience) == Some(true) {
                return Some(part.range());
            }
        }
        for (index, first) in parts.iter().enumerate() {
            for second in &parts[index + 1..] {
                let both = Expression::All(vec![first.clone(), second.clone()]);
                if is_never(&both, domain_of, patience) == Some(true) {
                    return Some(both.range());
                }
            }
        }
    }
    (is_never(expression, domain_of, patience) == Some(true)).then(|| expression.range())
}

/// Tries every combination; nothing where a name is unknown or there are too many.
fn is_never(
    expression: &Expression,
    domain_of: &dyn Fn(&str) -> Option<Domain>,
    patience: &mut usize,
) -> Option<bool> {
    let written = Written::of(expression)?;
    let mut candidates: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut combinations = 1_usize;
    for path in &written.names {
        let values = written.candidates(path, &domain_of(path)?);
        combinations = combinations.checked_mul(values.len())?;
        candidates.push((path, values));
    }
    *patience = patience.checked_sub(combinations)?;
    let mut names = Names::default();
    for (path, values) in &candidates {
        names.set(*path, values.first()?.clone());
    }
    // Counts like an odometer, so that a step sets one name and rarely more.
    let mut turns = vec![0_usize; candidates.len()];
    loop {
        if holds(expression, &names) {
            return Some(false);
        }
        let mut wheel = 0;
        loop {
            let Some((path, values)) = candidates.get(wheel) else { return Some(true) };
            turns[wheel] += 1;
            if turns[wheel] == values.len() {
                turns[wheel] = 0;
                names.replace(path, &values[0]);
                wheel += 1;
            } else {
                names.replace(path, &values[turns[wheel]]);
                break;
            }
        }
    }
}

/// What stands in an expression: its names, and the values that tell answers apart.
#[derive(Debug, Default)]
struct Written {
    names: BTreeSet<String>,
    /// Names that are more than asked for their truth: for those, empty and no differ.
    compared: BTreeSet<String>,
    numbers: Vec<f64>,
    texts: BTreeSet<String>,
    dates: BTreeSet<civil::Date>,
    moments: BTreeSet<civil::DateTime>,
    /// How many different values between two written ones may be needed at once.
    between: i32,
}

impl Written {
    /// Nothing where a filter changes values: then the written ones say little about answers.
    fn of(expression: &Expression) -> Option<Self> {
        let mut written = Self::default();
        let mut is_plain = true;
        expression.each_operand(&mut |operand| is_plain &= written.add(operand));
        let mut compares_names = false;
        expression.each_comparison(&mut |comparison| {
            compares_names |= comparison.left.name().is_some() && comparison.right.name().is_some();
            for side in [&comparison.left, &comparison.right] {
                side.each(&mut |one| written.compared.extend(one.name().map(str::to_owned)));
            }
        });
        written.numbers.sort_by(f64::total_cmp);
        written.numbers.dedup();
        let several = i32::try_from(written.names.len()).unwrap_or(i32::MAX);
        written.between = if compares_names { several.min(8) } else { 1 };
        is_plain.then_some(written)
    }

    fn add(&mut self, operand: &Operand) -> bool {
        match &operand.base {
            Base::Name(path) => {
                self.names.insert(path.clone());
            }
            Base::Literal(value) => match value {
                Value::Number(number) => self.numbers.push(*number),
                Value::Text(words) => {
                    self.texts.insert(words.raw().trim().to_owned());
                    self.moments.extend(moment_in(words.raw()));
                    self.dates.extend(day_of(value));
                }
                Value::Empty | Value::Flag(_) | Value::Date(_) | Value::Moment(_) => {}
            },
        }
        if !operand.filters.is_empty() {
            self.compared.extend(operand.name().map(str::to_owned));
        }
        operand.filters.iter().all(|filter| matches!(filter, Filter::Default(_)))
    }

    /// A few values that stand for all a name can be.
    fn candidates(&self, path: &str, domain: &Domain) -> Vec<Value> {
        let mut values = vec![Value::Empty];
        match domain {
            Domain::Flag if self.compared.contains(path) => {
                values.extend([Value::Flag(false), Value::Flag(true)]);
            }
            Domain::Flag => values.push(Value::Flag(true)),
            Domain::OneOf(options) => {
                values.extend(options.iter().map(|option| Value::from(option.as_str())));
            }
            Domain::Number => values.extend(self.numbers().into_iter().map(Value::Number)),
            Domain::Between { least, most } => {
                let inside =
                    self.numbers().into_iter().filter(|number| (least..=most).contains(&number));
                values.extend(inside.chain([*least, *most]).map(Value::Number));
            }
            Domain::Text => {
                values.extend(self.texts().iter().map(|text| Value::from(text.as_str())));
            }
            Domain::Date => values.extend(self.dates()),
        }
        values
    }

    /// The written numbers, some between each two, and some outside.
    fn numbers(&self) -> Vec<f64> {
        let steps = (1..=self.between).map(f64::from);
        let (Some(first), Some(last)) = (self.numbers.first(), self.numbers.last()) else {
            return std::iter::once(0.0).chain(steps).collect();
        };
        let far = f64::from(self.between) + 1.0;
        let mut numbers = self.numbers.clone();
        numbers.push(0.0);
        for step in steps {
            let away = step * first.abs().max(last.abs()).max(1.0);
            numbers.extend([first - away, last + away]);
            numbers.extend(
                self.numbers.windows(2).map(|pair| pair[0] + (pair[1] - pair[0]) * step / far),
            );
        }
        numbers
    }

    /// The written texts, some that come right behind each, and some before and behind all.
    fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.texts.iter().cloned().collect();
        for step in 1..=self.between {
            let step = usize::try_from(step).unwrap_or(1);
            texts.push("!".repeat(step));
            texts.push("\u{10ffff}".repeat(step));
            texts.extend(self.texts.iter().map(|text| format!("{text}{}", "!".repeat(step))));
        }
        texts
    }

    /// The written days and moments with their neighbours, or a few days where none is written.
    fn dates(&self) -> Vec<Value> {
        let mut dates = self.dates.clone();
        dates.extend(self.moments.iter().map(|moment| moment.date()));
        if dates.is_empty() {
            dates.insert(civil::date(2026, 1, 1));
        }
        let mut values: Vec<Value> = Vec::new();
        for date in dates {
            for step in -self.between..=self.between {
                let Ok(near) = date.checked_add(Span::new().days(step)) else { continue };
                values.push(Value::Date(near));
            }
        }
        for moment in &self.moments {
            for step in -self.between..=self.between {
                let Ok(near) = moment.checked_add(Span::new().seconds(step)) else { continue };
                values.push(Value::Moment(near));
            }
        }
        // Two moments of one day have an order that days do not have.
        if let Some(Value::Date(day)) = values.first().cloned()
            && self.between > 1
        {
            values.extend(
                (0..self.between)
                    .map(|hour| Value::Moment(day.at(i8::try_from(hour).unwrap_or(0), 0, 0, 0))),
            );
        }
        values
    }
}
