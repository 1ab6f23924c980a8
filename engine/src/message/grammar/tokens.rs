//! Measuring one tag, token by token, before any parser sees it.
//!
//! Knows what the dialect leaves out and how to say so, and where a value or an operator has to
//! stand. Whatever passes is short and shallow.

use std::ops::Range;

use minijinja::machinery::Token;

use super::{DEEPEST, Flaws, MOST_FILTERS, MOST_TOKENS};

/// Looks at the tokens of one expression as they come.
#[derive(Debug)]
pub(super) struct Measure {
    count: usize,
    depth: usize,
    /// `not`s in a row, which nest as parentheses do.
    nots: usize,
    filters: usize,
    open: Vec<Range<usize>>,
    previous: Previous,
    start: Option<usize>,
    end: usize,
    sound: bool,
}

/// What stood before: after a value an operator has to come, after an operator a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Previous {
    Nothing,
    Value,
    Operator,
    Dot,
    Pipe,
    FilterName,
}

/// What a token is to the dialect.
enum Role {
    Value,
    Name,
    Operator,
    Not,
    Open,
    Close,
    Dot,
    Pipe,
    Minus,
    Forbidden { message: String, help: &'static str },
}

impl Measure {
    pub(super) fn new() -> Self {
        Self {
            count: 0,
            depth: 0,
            nots: 0,
            filters: 0,
            open: Vec::new(),
            previous: Previous::Nothing,
            start: None,
            end: 0,
            sound: true,
        }
    }

    /// Takes the next token; false when the tag is not worth reading further.
    pub(super) fn take(
        &mut self,
        token: &Token<'_>,
        range: Range<usize>,
        flaws: &mut Flaws,
    ) -> bool {
        self.count += 1;
        self.start.get_or_insert(range.start);
        self.end = range.end;
        if self.count > MOST_TOKENS {
            let help = "split it into several shorter ones";
            flaws.too_large(range, format!("more than {MOST_TOKENS} parts in one place"), help);
            return self.refuse();
        }
        match role(token) {
            Role::Forbidden { message, help } => {
                flaws.forbid(range, message, help);
                return self.refuse();
            }
            Role::Value => return self.value(range, flaws),
            Role::Name => match self.previous {
                Previous::Dot => self.previous = Previous::Value,
                Previous::Pipe => self.previous = Previous::FilterName,
                Previous::Nothing | Previous::Value | Previous::Operator | Previous::FilterName => {
                    return self.value(range, flaws);
                }
            },
            Role::Operator => return self.operator(range, flaws),
            Role::Minus => {
                if matches!(self.previous, Previous::Value | Previous::FilterName) {
                    let message = "there is no arithmetic here";
                    let help = "a name is written with `_`, as in `target_role`; numbers are \
                                compared as they are";
                    flaws.forbid(range, message, help);
                    return self.refuse();
                }
                self.previous = Previous::Operator;
                self.nots += 1;
                return self.is_shallow(range, flaws);
            }
            Role::Not => {
                if self.stands_behind_value() {
                    return self.two_values(range, flaws);
                }
                self.nots += 1;
                self.previous = Previous::Operator;
                return self.is_shallow(range, flaws);
            }
            Role::Open => {
                if self.previous == Previous::Value {
                    let help = "only `default(…)` takes something in parentheses";
                    flaws.forbid(range, "nothing can be called here", help);
                    return self.refuse();
                }
                if self.previous == Previous::Pipe || self.previous == Previous::Dot {
                    return self.operator(range, flaws);
                }
                self.depth += 1;
                self.open.push(range.clone());
                self.previous = Previous::Operator;
                return self.is_shallow(range, flaws);
            }
            Role::Close => {
                if self.open.pop().is_none() {
                    flaws.syntax(range, "`)` closes nothing", "take it out, or open it before");
                    return self.refuse();
                }
                if !self.stands_behind_value() {
                    return self.operator(range, flaws);
                }
                self.depth -= 1;
                self.previous = Previous::Value;
            }
            Role::Dot => {
                if self.previous != Previous::Value {
                    return self.operator(range, flaws);
                }
                self.previous = Previous::Dot;
            }
            Role::Pipe => {
                if !self.stands_behind_value() {
                    return self.operator(range, flaws);
                }
                self.filters += 1;
                self.previous = Previous::Pipe;
                if self.filters > MOST_FILTERS {
                    let message = format!("more than {MOST_FILTERS} filters behind one value");
                    flaws.too_large(range, message, "keep the ones that change something");
                    return self.refuse();
                }
            }
        }
        true
    }

    /// Ends the tag, which stands at `tag`: the bytes of a sound expression, else nothing.
    pub(super) fn finish(mut self, tag: Range<usize>, flaws: &mut Flaws) -> Option<Range<usize>> {
        if !self.sound {
            return None;
        }
        if let Some(open) = self.open.pop() {
            flaws.syntax(open, "`(` is never closed", "write `)` where it ends");
            return None;
        }
        let Some(start) = self.start else {
            flaws.syntax(tag, "nothing stands here", "write a name, such as `person.first_name`");
            return None;
        };
        if !self.stands_behind_value() {
            let end = self.end;
            flaws.syntax(
                start..end,
                "this ends too early",
                "write what comes next, or cut the end",
            );
            return None;
        }
        Some(start..self.end)
    }

    /// Marks the tag as one that was already found wanting.
    pub(super) fn refuse(&mut self) -> bool {
        self.sound = false;
        false
    }

    fn stands_behind_value(&self) -> bool {
        matches!(self.previous, Previous::Value | Previous::FilterName)
    }

    fn value(&mut self, range: Range<usize>, flaws: &mut Flaws) -> bool {
        match self.previous {
            Previous::Nothing | Previous::Operator => {}
            Previous::Value | Previous::FilterName => return self.two_values(range, flaws),
            Previous::Dot => {
                flaws.syntax(range, "a name has to follow the dot", "as in `person.first_name`");
                return self.refuse();
            }
            Previous::Pipe => {
                flaws.syntax(range, "a filter has to follow `|`", "as in `person.name | upper`");
                return self.refuse();
            }
        }
        self.previous = Previous::Value;
        self.nots = 0;
        self.filters = 0;
        true
    }

    fn two_values(&mut self, range: Range<usize>, flaws: &mut Flaws) -> bool {
        let help = "join conditions with `and` or `or`; print each value with `{{ }}` of its own";
        flaws.syntax(range, "two values stand side by side", help);
        self.refuse()
    }

    fn operator(&mut self, range: Range<usize>, flaws: &mut Flaws) -> bool {
        if !self.stands_behind_value() {
            flaws.syntax(range, "a value is missing before this", "write a name or a text there");
            return self.refuse();
        }
        self.previous = Previous::Operator;
        self.nots = 0;
        true
    }

    fn is_shallow(&mut self, range: Range<usize>, flaws: &mut Flaws) -> bool {
        if self.depth + self.nots > DEEPEST {
            let help = "write it with fewer parentheses and `not`s";
            flaws.too_large(range, format!("nested more than {DEEPEST} deep"), help);
            return self.refuse();
        }
        true
    }
}

fn role(token: &Token<'_>) -> Role {
    let forbidden =
        |message: &str, help: &'static str| Role::Forbidden { message: message.to_owned(), help };
    match token {
        Token::Ident("and" | "or")
        | Token::Eq
        | Token::Ne
        | Token::Gt
        | Token::Gte
        | Token::Lt
        | Token::Lte => Role::Operator,
        Token::Ident("not") => Role::Not,
        Token::Ident("none" | "None") => forbidden(
            "there is no `none` here",
            "to ask whether a field is empty, write `not person.context`",
        ),
        Token::Ident("is") => forbidden(
            "there is no `is` here",
            "`person.context` alone is true when it is filled in",
        ),
        Token::Ident("in") => forbidden(
            "there is no `in` here",
            "compare with each: `choice.signal == \"a\" or choice.signal == \"b\"`",
        ),
        Token::Ident("if" | "else" | "elif") => forbidden(
            "`if` has a place of its own",
            "write `{% if person.context %}…{% else %}…{% endif %}`",
        ),
        Token::Ident(name) if name.starts_with("__") => {
            forbidden("no name begins with `__`", "use a name the playbook declares")
        }
        Token::Ident("true" | "false" | "True" | "False")
        | Token::Str(_)
        | Token::String(_)
        | Token::Int(_)
        | Token::Int128(_)
        | Token::Float(_) => Role::Value,
        Token::Ident(_) => Role::Name,
        Token::Minus => Role::Minus,
        Token::Dot => Role::Dot,
        Token::Pipe => Role::Pipe,
        Token::ParenOpen => Role::Open,
        Token::ParenClose => Role::Close,
        Token::Assign => forbidden("`=` compares nothing", "to compare, write `==`"),
        Token::Plus | Token::Mul | Token::Div | Token::FloorDiv | Token::Pow | Token::Mod => {
            Role::Forbidden {
                message: "there is no arithmetic here".to_owned(),
                help: "numbers are printed and compared as they are",
            }
        }
        Token::Tilde => forbidden("`~` is not needed", "write texts and names side by side"),
        Token::Comma | Token::Colon | Token::BracketOpen | Token::BracketClose => forbidden(
            "there are no lists here",
            "a name is written with dots, as in `person.first_name`",
        ),
        Token::BraceOpen | Token::BraceClose => forbidden(
            "a brace stands alone",
            "a value is printed with two: `{{ person.first_name }}`",
        ),
        Token::TemplateData(_)
        | Token::VariableStart
        | Token::VariableEnd
        | Token::BlockStart
        | Token::BlockEnd => forbidden("this does not belong here", "take it out"),
    }
}
