//! What is wrong with a condition whatever anybody will answer.
//!
//! Knows the tree and, through a function, what each name can be. It must not know values.

use super::domain::{Domain, Kind, is_written_date, kind_of, kind_wanted};
use super::filter::Filter;
use super::flaw::{TemplateFlaw, TemplateFlawKind};
use super::nearest::nearest;
use super::tree::{Base, Comparison, Expression, Node, Operand, Sign};
use super::{Condition, Template, Value, reach};
use crate::source::Flaw;

/// How many assignments one check may try.
const PATIENCE: usize = 20_000;

impl Condition {
    /// The mistakes that show once it is known what each name can be: options that do not exist,
    /// kinds that cannot be compared, and a condition that nothing can make true (G6).
    ///
    /// `domain_of` says what a dotted name can be; none where nobody knows, and then only what is
    /// certain is reported. A condition over very many names is given up on in silence.
    ///
    /// ```
    /// use fortnight_engine::message::{Condition, Domain};
    /// let domain_of = |name: &str| match name {
    ///     "inputs.goal" => Some(Domain::OneOf(vec!["jobs".to_owned(), "advice".to_owned()])),
    ///     _ => Some(Domain::Flag),
    /// };
    /// let flaws = Condition::compile("inputs.goal == 'jbos'").unwrap().flaws(&domain_of);
    /// assert_eq!(flaws[0].flaw.range, 15..21);
    /// assert_eq!(flaws[0].flaw.helps[0], "did you mean `jobs`?");
    /// let flaws = Condition::compile("person.booked and not person.booked").unwrap().flaws(&domain_of);
    /// assert_eq!(flaws[0].flaw.message, "nothing can make this true");
    /// ```
    pub fn flaws(&self, domain_of: &dyn Fn(&str) -> Option<Domain>) -> Vec<TemplateFlaw> {
        let mut check = Check { domain_of, flaws: Vec::new(), patience: PATIENCE };
        check.condition(self.expression());
        check.flaws
    }
}

impl Template {
    /// The same for every condition in a template, and for filters that fit no value of a name.
    pub fn flaws(&self, domain_of: &dyn Fn(&str) -> Option<Domain>) -> Vec<TemplateFlaw> {
        let mut check = Check { domain_of, flaws: Vec::new(), patience: PATIENCE };
        check.nodes(self.nodes());
        check.flaws
    }
}

struct Check<'domains> {
    domain_of: &'domains dyn Fn(&str) -> Option<Domain>,
    flaws: Vec<TemplateFlaw>,
    patience: usize,
}

impl Check<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(_) => {}
                Node::Print(operand) => operand.each(&mut |operand| self.filters(operand)),
                Node::Choose(branches) => {
                    for branch in branches {
                        if let Some(condition) = &branch.condition {
                            self.condition(condition);
                        }
                        self.nodes(&branch.nodes);
                    }
                }
            }
        }
    }

    fn condition(&mut self, expression: &Expression) {
        let before = self.flaws.len();
        expression.each_operand(&mut |operand| self.filters(operand));
        expression.each_comparison(&mut |comparison| self.comparison(comparison));
        if self.flaws.len() > before {
            return;
        }
        let Some(range) = reach::never_holds(expression, self.domain_of, &mut self.patience) else {
            return;
        };
        let flaw = Flaw::new(range, "nothing can make this true")
            .help("take it out, or ask for something that can happen");
        self.flaws.push(TemplateFlaw::new(TemplateFlawKind::NeverHolds, flaw));
    }

    fn comparison(&mut self, comparison: &Comparison) {
        let Comparison { left, sign, right } = comparison;
        if self.option(left, right) || self.option(right, left) {
            return;
        }
        let (Some(one), Some(other)) =
            (kind_of(left, self.domain_of), kind_of(right, self.domain_of))
        else {
            return;
        };
        let range = left.range.start..right.range.end;
        if one == Kind::Flag && other == Kind::Flag {
            if !matches!(sign, Sign::Equal | Sign::Unequal) {
                let flaw = Flaw::new(range, "yes and no have no order").help("write `==` or `!=`");
                self.unlike(flaw);
            }
            return;
        }
        let dates = (one == Kind::Date && is_written_date(right))
            || (other == Kind::Date && is_written_date(left));
        if one == other || dates {
            return;
        }
        let (one, other) = (one.in_words(), other.in_words());
        let message = format!("{one} is compared with {other}");
        let flaw = Flaw::new(range, message).help(if one == "a date" || other == "a date" {
            "a date is written as in \"2026-03-31\""
        } else {
            "compare a number with a number, a text with a text; yes or no stands alone"
        });
        self.unlike(flaw);
    }

    /// Reports a written text that is no option of the name beside it.
    fn option(&mut self, name: &Operand, written: &Operand) -> bool {
        let (Some(path), true) = (name.name(), name.filters.is_empty()) else { return false };
        let Base::Literal(Value::Text(words)) = &written.base else { return false };
        let Some(Domain::OneOf(options)) = (self.domain_of)(path) else { return false };
        let written_text = words.raw().trim();
        if options.iter().any(|option| option.trim() == written_text) {
            return false;
        }
        let mut flaw = Flaw::new(
            written.range.clone(),
            format!("`{path}` has no option `{}`", written_text.escape_debug()),
        );
        if let Some(near) = nearest(written_text, options.iter().map(String::as_str)) {
            flaw = flaw.help(format!("did you mean `{near}`?"));
        }
        let shown = options.iter().take(12).map(|option| format!("`{option}`"));
        let flaw = flaw.help(format!("the options are {}", shown.collect::<Vec<_>>().join(", ")));
        self.flaws.push(TemplateFlaw::new(TemplateFlawKind::UnknownOption, flaw));
        true
    }

    /// Reports a filter for dates or numbers behind something else.
    fn filters(&mut self, operand: &Operand) {
        let (Some(path), Some(Filter::Change(change))) = (operand.name(), operand.filters.first())
        else {
            return;
        };
        let (Some(wanted), Some(domain)) = (kind_wanted(*change), (self.domain_of)(path)) else {
            return;
        };
        if wanted != domain.kind() {
            let (wanted, found) = (wanted.in_words(), domain.kind().in_words());
            let message = format!("the filter is for {wanted}; `{path}` is {found}");
            self.unlike(Flaw::new(operand.range.clone(), message).help("leave the filter out"));
        }
    }

    fn unlike(&mut self, flaw: Flaw) {
        self.flaws.push(TemplateFlaw::new(TemplateFlawKind::UnlikeKinds, flaw));
    }
}

#[cfg(test)]
mod tests;
