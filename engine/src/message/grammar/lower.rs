//! From minijinja's syntax tree to ours.
//!
//! Knows both trees. What was measured before is short and shallow, so walking it is safe.

use std::ops::Range;

use minijinja::machinery::ast::{BinOpKind, CallArg, CompareOpKind, Expr, UnaryOpKind};
use minijinja::machinery::{Span, parse_expr};
use minijinja::value::ValueKind;

use super::super::Value;
use super::super::filter::{Change, Filter, filter_names};
use super::super::flaw::TemplateFlawKind;
use super::super::tree::{Base, Comparison, Expression, Operand, Sign};
use super::Flaws;
use crate::source::Flaw;
use crate::words::Words;

/// Reads what `{{ }}` prints.
pub(super) fn printed(text: &str, range: Range<usize>, flaws: &mut Flaws) -> Option<Operand> {
    let mut lowering = Lowering { base: range.start, whole: range.clone(), flaws };
    let tree = lowering.parse(text)?;
    lowering.operand(&tree)
}

/// Reads what is true or false.
pub(super) fn condition(text: &str, range: Range<usize>, flaws: &mut Flaws) -> Option<Expression> {
    let mut lowering = Lowering { base: range.start, whole: range.clone(), flaws };
    let tree = lowering.parse(text)?;
    lowering.expression(&tree)
}

struct Lowering<'flaws> {
    /// Where the expression begins in the text.
    base: usize,
    whole: Range<usize>,
    flaws: &'flaws mut Flaws,
}

impl Lowering<'_> {
    fn parse<'text>(&mut self, text: &'text str) -> Option<Expr<'text>> {
        let part = text.get(self.whole.clone())?;
        parse_expr(part)
            .map_err(|error| {
                let reason = error.detail().unwrap_or("it is not an expression").to_owned();
                let message = format!("this cannot be read: {reason}");
                let help = "write a name, or compare two, as in `cycle.day >= 8`";
                self.flaws.syntax(self.whole.clone(), message, help);
            })
            .ok()
    }

    fn place(&self, span: Span) -> Range<usize> {
        let at = |offset: u32| {
            let offset = usize::try_from(offset).unwrap_or(usize::MAX);
            self.base.saturating_add(offset).min(self.whole.end)
        };
        at(span.start_offset)..at(span.end_offset).max(at(span.start_offset))
    }

    fn expression(&mut self, tree: &Expr<'_>) -> Option<Expression> {
        if let Expr::UnaryOp(unary) = tree
            && matches!(unary.op, UnaryOpKind::Not)
        {
            return self.expression(&unary.expr).map(|inner| Expression::Not(Box::new(inner)));
        }
        if let Some((is_all, _, _)) = joined(tree) {
            let mut parts = Vec::new();
            return self.row(tree, is_all, &mut parts).then_some(if is_all {
                Expression::All(parts)
            } else {
                Expression::Any(parts)
            });
        }
        if let Expr::BinOp(binary) = tree
            && let Some(sign) = sign_of(binary.op)
        {
            return self.comparison(&binary.left, sign, &binary.right).map(Expression::Compare);
        }
        if let Expr::Compare(chain) = tree {
            let mut left = &chain.expr;
            let mut parts = Vec::new();
            for next in &chain.ops {
                let Some(sign) = sign_of_chain(next.op) else {
                    self.forbid_whole();
                    return None;
                };
                parts.push(Expression::Compare(self.comparison(left, sign, &next.expr)?));
                left = &next.expr;
            }
            return Some(Expression::All(parts));
        }
        self.operand(tree).map(Expression::Holds)
    }

    /// The parts of a row of `and`s, or of `or`s, as one row; false where one has a mistake.
    fn row(&mut self, tree: &Expr<'_>, is_all: bool, parts: &mut Vec<Expression>) -> bool {
        if let Some((kind, left, right)) = joined(tree)
            && kind == is_all
        {
            let left_is_sound = self.row(left, is_all, parts);
            return self.row(right, is_all, parts) && left_is_sound;
        }
        let part = self.expression(tree);
        let is_sound = part.is_some();
        parts.extend(part);
        is_sound
    }

    fn comparison(&mut self, left: &Expr<'_>, sign: Sign, right: &Expr<'_>) -> Option<Comparison> {
        let left = self.operand(left);
        let right = self.operand(right);
        let comparison = Comparison { left: left?, sign, right: right? };
        for side in [&comparison.left, &comparison.right] {
            if let Base::Literal(value) = &side.base
                && value.is_empty()
            {
                let help = "to ask whether a field is filled in, write its name alone, or \
                            `not person.context`";
                let message = "an empty text equals nothing, not even an empty field";
                let flaw = Flaw::new(side.range.clone(), message).help(help);
                self.flaws.add(TemplateFlawKind::NeverHolds, flaw);
                return None;
            }
        }
        Some(comparison)
    }

    fn operand(&mut self, tree: &Expr<'_>) -> Option<Operand> {
        match tree {
            Expr::Var(_) | Expr::GetAttr(_) => {
                let Some((path, start)) = path_of(tree) else {
                    self.forbid_whole();
                    return None;
                };
                let range = self.place(start).start..self.place(tree.span()).end;
                Some(Operand { base: Base::Name(path), filters: Vec::new(), range })
            }
            Expr::Const(literal) => {
                let range = self.place(literal.span());
                let value = self.literal(&literal.value)?;
                Some(Operand { base: Base::Literal(value), filters: Vec::new(), range })
            }
            Expr::UnaryOp(unary) if matches!(unary.op, UnaryOpKind::Neg) => {
                let range = self.place(unary.span());
                let mut operand = self.operand(&unary.expr)?;
                if let (Base::Literal(Value::Number(number)), true) =
                    (&mut operand.base, operand.filters.is_empty())
                {
                    *number = -*number;
                    operand.range = range;
                    return Some(operand);
                }
                self.flaws.forbid(range, "`-` stands before numbers only", "take it out");
                None
            }
            Expr::Filter(filter) => {
                let operand = filter.expr.as_ref().and_then(|inner| self.operand(inner));
                let name = self.place(filter.span());
                let name = name.start..name.end.min(name.start + filter.name.len());
                let change = self.filter(filter.name, &filter.args, name);
                let (mut operand, change) = (operand?, change?);
                operand.filters.push(change);
                Some(operand)
            }
            Expr::UnaryOp(_) | Expr::BinOp(_) | Expr::Compare(_) => {
                self.flaws.forbid(
                    self.whole.clone(),
                    "something true or false stands where a value belongs",
                    "choose between texts with `{% if … %}…{% else %}…{% endif %}`",
                );
                None
            }
            Expr::Slice(_)
            | Expr::IfExpr(_)
            | Expr::Test(_)
            | Expr::GetItem(_)
            | Expr::Call(_)
            | Expr::List(_)
            | Expr::Tuple(_)
            | Expr::Map(_) => {
                self.forbid_whole();
                None
            }
        }
    }

    fn filter(&mut self, name: &str, args: &[CallArg<'_>], range: Range<usize>) -> Option<Filter> {
        if name == "default" || name == "d" {
            let [CallArg::Pos(argument)] = args else {
                let help = "as in `person.context | default(\"your work\")`";
                self.flaws.syntax(range, "`default` takes one value in parentheses", help);
                return None;
            };
            return self.operand(argument).map(|operand| Filter::Default(Box::new(operand)));
        }
        let Some(change) = Change::named(name) else {
            let known = filter_names().map(|name| format!("`{name}`")).collect::<Vec<_>>();
            let mut flaw = Flaw::new(range, format!("there is no filter `{name}`"));
            if let Some(near) = super::super::nearest::nearest(name, filter_names()) {
                flaw = flaw.help(format!("did you mean `{near}`?"));
            }
            let flaw = flaw.help(format!("the filters are {}", known.join(", ")));
            self.flaws.add(TemplateFlawKind::UnknownFilter, flaw);
            return None;
        };
        if args.is_empty() {
            return Some(Filter::Change(change));
        }
        self.flaws.forbid(
            range,
            format!("`{name}` takes nothing in parentheses"),
            "leave them out",
        );
        None
    }

    fn literal(&mut self, value: &minijinja::Value) -> Option<Value> {
        let kind = value.kind();
        let literal = if kind == ValueKind::Bool {
            Some(Value::Flag(value.is_true()))
        } else if kind == ValueKind::Number {
            let number = f64::try_from(value.clone()).ok().filter(|number| number.is_finite());
            number.map(Value::Number)
        } else {
            value.as_str().map(|text| Value::Text(Words::new(text)))
        };
        if let Some(Value::Text(words)) = &literal
            && words.raw().contains(is_unseen)
        {
            // Written as `\u001b`, it got past the reader of the file.
            let message = "a text here holds a character that cannot be seen";
            self.flaws.forbid(self.whole.clone(), message, "leave out what begins with `\\`");
            return None;
        }
        if literal.is_none() {
            self.forbid_whole();
        }
        literal
    }

    fn forbid_whole(&mut self) {
        let help = "write a name, or compare two, as in `cycle.day >= 8`";
        self.flaws.forbid(self.whole.clone(), "this is more than a condition may hold", help);
    }
}

/// Control characters, and those that reorder the text around them.
fn is_unseen(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The dotted name and the place of its first part.
fn path_of(tree: &Expr<'_>) -> Option<(String, Span)> {
    let mut parts = Vec::new();
    let mut tree = tree;
    while let Expr::GetAttr(attribute) = tree {
        parts.push(attribute.name);
        tree = &attribute.expr;
    }
    let Expr::Var(variable) = tree else { return None };
    parts.push(variable.id);
    parts.reverse();
    Some((parts.join("."), variable.span()))
}

/// The two sides of an `and` (true) or `or` (false).
fn joined<'tree, 'text>(
    tree: &'tree Expr<'text>,
) -> Option<(bool, &'tree Expr<'text>, &'tree Expr<'text>)> {
    let Expr::BinOp(binary) = tree else { return None };
    let is_all = matches!(binary.op, BinOpKind::ScAnd);
    (is_all || matches!(binary.op, BinOpKind::ScOr)).then_some((
        is_all,
        &binary.left,
        &binary.right,
    ))
}

fn sign_of(kind: BinOpKind) -> Option<Sign> {
    Some(match kind {
        BinOpKind::Eq => Sign::Equal,
        BinOpKind::Ne => Sign::Unequal,
        BinOpKind::Lt => Sign::Less,
        BinOpKind::Lte => Sign::LessOrEqual,
        BinOpKind::Gt => Sign::Greater,
        BinOpKind::Gte => Sign::GreaterOrEqual,
        BinOpKind::ScAnd
        | BinOpKind::ScOr
        | BinOpKind::Add
        | BinOpKind::Sub
        | BinOpKind::Mul
        | BinOpKind::Div
        | BinOpKind::FloorDiv
        | BinOpKind::Rem
        | BinOpKind::Pow
        | BinOpKind::Concat
        | BinOpKind::In => return None,
    })
}

fn sign_of_chain(kind: CompareOpKind) -> Option<Sign> {
    Some(match kind {
        CompareOpKind::Eq => Sign::Equal,
        CompareOpKind::Ne => Sign::Unequal,
        CompareOpKind::Lt => Sign::Less,
        CompareOpKind::Lte => Sign::LessOrEqual,
        CompareOpKind::Gt => Sign::Greater,
        CompareOpKind::Gte => Sign::GreaterOrEqual,
        CompareOpKind::In | CompareOpKind::NotIn => return None,
    })
}
