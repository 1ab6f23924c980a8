//! Choosing people by what is known of them: `position contains "design" and knows_me`.
//!
//! Knows a small language of tests over fields. It must not know playbooks: any name may be a
//! field, and a name that nobody has fits nobody; whoever knows the fields asks for
//! [`Filter::fields`].
//!
//! ```text
//! filter = all { "or" all }          all  = one { "and" one }
//! one    = "not" one | "(" filter ")" | FIELD [ test ]
//! test   = ("contains" | "is" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "is not" | "not contains") VALUE
//!        | "is empty" | "is not empty"
//! VALUE  = "text" | 'text' | “text” | word | 2024-01-31
//! ```
//!
//! A field alone asks whether it is filled. Text is compared without case and accents; where both
//! sides are dates or both are numbers, they are compared as such, a date with a year or a month by
//! that year or month. A test of an empty field is false, `!=` too. In quotes, `\"` and `\\` stand
//! for `"` and `\`.

use std::{cmp::Ordering, collections::BTreeSet, ops::Range};

use super::{Entry, fold, read_date};
use crate::words::Words;

/// A filter that was understood.
///
/// ```
/// use fortnight_engine::people::{Entry, EntryId, filter::Filter};
/// let filter = Filter::parse("position contains \"design\" and connected_on > 2024-01-01").unwrap();
/// let ana = Entry::person(EntryId(1), "Ana")
///     .with("position", "Head of Design")
///     .with("connected_on", "2024-03-12");
/// assert!(filter.fits(&ana));
/// let mistake = Filter::parse("position has design").unwrap_err();
/// assert_eq!(&"position has design"[mistake.range], "has");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter(Node);

/// What is wrong with a filter, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes concerned.
    pub range: Range<usize>,
    /// What is wrong and what to write, as a sentence.
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Any(Vec<Self>),
    All(Vec<Self>),
    Not(Box<Self>),
    Filled(String),
    Test(String, Operator, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Contains,
    Is,
    IsNot,
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// The longest filter, in bytes, and the deepest nesting.
const LONGEST: usize = 4_000;
const DEEPEST: usize = 32;

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    ///
    /// The first [`Mistake`], placed by bytes of `text`.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        if text.len() > LONGEST {
            return Err(mistake(0..text.len(), "This filter is longer than 4,000 characters."));
        }
        let mut parser =
            Parser { tokens: tokens(text)?, at: 0, end: text.len(), behind_word: false };
        let node = parser.any(0)?;
        match parser.peek() {
            None => Ok(Self(node)),
            Some(token) => {
                // `position contains product designer`
                let words = if parser.behind_word && !token.quoted && token.text != ")" {
                    "Put quotes around several words, or write `and` or `or` between two tests."
                } else {
                    "Write `and` or `or` between two tests."
                };
                Err(mistake(token.range.clone(), words))
            }
        }
    }

    /// True where an entry passes.
    pub fn fits(&self, entry: &Entry) -> bool {
        self.0.fits(entry)
    }

    /// Each field that is compared, with what it is compared with; so that a date which is none can
    /// be told.
    pub fn comparisons(&self) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        self.0.note_comparisons(&mut found);
        found
    }

    /// The fields that it asks for, so that a misspelt one can be told.
    pub fn fields(&self) -> BTreeSet<&str> {
        let mut fields = BTreeSet::new();
        self.0.note_fields(&mut fields);
        fields
    }
}

impl Node {
    fn fits(&self, entry: &Entry) -> bool {
        match self {
            Self::Any(nodes) => nodes.iter().any(|node| node.fits(entry)),
            Self::All(nodes) => nodes.iter().all(|node| node.fits(entry)),
            Self::Not(node) => !node.fits(entry),
            Self::Filled(field) => entry.field(field).is_some_and(|value| !value.is_blank()),
            Self::Test(field, operator, wanted) => {
                value(entry, field).is_some_and(|value| operator.holds(value.raw(), wanted))
            }
        }
    }

    fn note_comparisons<'n>(&'n self, found: &mut Vec<(&'n str, &'n str)>) {
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.note_comparisons(found);
                }
            }
            Self::Not(node) => node.note_comparisons(found),
            Self::Test(field, operator, wanted) if *operator != Operator::Contains => {
                found.push((field, wanted));
            }
            Self::Filled(_) | Self::Test(..) => {}
        }
    }

    fn note_fields<'n>(&'n self, fields: &mut BTreeSet<&'n str>) {
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.note_fields(fields);
                }
            }
            Self::Not(node) => node.note_fields(fields),
            Self::Filled(field) | Self::Test(field, _, _) => {
                fields.insert(field);
            }
        }
    }
}

/// The value of a field, as a test sees it: whether somebody knows the seeker is yes or no.
fn value(entry: &Entry, field: &str) -> Option<Words> {
    match field {
        "knows_me" => Some(Words::new(if entry.knows_me { "yes" } else { "no" })),
        _ => entry.field(field),
    }
}

/// A year or a month, to which dates are compared as far as it goes: `2024`, `2024-03`.
pub fn is_year_or_month(text: &str) -> bool {
    let text = text.trim();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        None => text.len() == 4 && digits(text),
        Some((year, month)) => {
            year.len() == 4
                && digits(year)
                && month.len() == 2
                && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
        }
    }
}

impl Operator {
    fn holds(self, value: &str, wanted: &str) -> bool {
        let order = compare(value, wanted);
        match self {
            Self::Contains => fold(value).contains(&fold(wanted)),
            Self::Is => order == Ordering::Equal,
            Self::IsNot => order != Ordering::Equal,
            Self::Below => order == Ordering::Less,
            Self::AtMost => order != Ordering::Greater,
            Self::Above => order == Ordering::Greater,
            Self::AtLeast => order != Ordering::Less,
        }
    }
}

fn compare(value: &str, wanted: &str) -> Ordering {
    if let (Some(value), Some(wanted)) = (read_date(value), read_date(wanted)) {
        return value.cmp(&wanted);
    }
    let (plain, start) = (value.trim(), wanted.trim());
    if let (true, Some(date)) = (is_year_or_month(start), read_date(plain)) {
        return date.to_string()[..start.len()].cmp(start);
    }
    let number = |text: &str| text.trim().parse::<f64>().ok();
    if let (Some(value), Some(wanted)) = (number(value), number(wanted)) {
        return value.total_cmp(&wanted);
    }
    fold(value).cmp(&fold(wanted))
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    range: Range<usize>,
    text: String,
    quoted: bool,
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    end: usize,
    /// The newest test was with a word that has no quotes around it.
    behind_word: bool,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Takes the next token where it is this bare word.
    fn take(&mut self, word: &str) -> bool {
        let here =
            self.peek().is_some_and(|token| !token.quoted && token.text.eq_ignore_ascii_case(word));
        self.at += usize::from(here);
        here
    }

    fn next(&mut self, missing: &str) -> Result<Token, Mistake> {
        let token = self.peek().cloned();
        self.at += 1;
        token.ok_or_else(|| mistake(self.end..self.end, missing))
    }

    fn any(&mut self, depth: usize) -> Result<Node, Mistake> {
        let mut nodes = vec![self.all(depth)?];
        while self.take("or") {
            nodes.push(self.all(depth)?);
        }
        Ok(Node::Any(nodes))
    }

    fn all(&mut self, depth: usize) -> Result<Node, Mistake> {
        let mut nodes = vec![self.one(depth)?];
        while self.take("and") {
            nodes.push(self.one(depth)?);
        }
        Ok(Node::All(nodes))
    }

    fn one(&mut self, depth: usize) -> Result<Node, Mistake> {
        if depth > DEEPEST {
            let range = self.peek().map_or(self.end..self.end, |token| token.range.clone());
            return Err(mistake(range, "This filter is nested more than 32 deep."));
        }
        if self.take("not") {
            return Ok(Node::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.take("(") {
            let node = self.any(depth + 1)?;
            let closing = self.next("A `)` is missing here.")?;
            return match closing.text.as_str() {
                ")" if !closing.quoted => Ok(node),
                _ => Err(mistake(closing.range, "Write `and`, `or` or `)` here.")),
            };
        }
        let field = self.next("Write a test here: position contains \"design\".")?;
        if field.quoted || !field.text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(mistake(field.range, "A test begins with a field: position, company, …"));
        }
        self.test(field.text)
    }

    fn test(&mut self, field: String) -> Result<Node, Mistake> {
        let Some(next) = self.peek().cloned() else { return Ok(Node::Filled(field)) };
        self.behind_word = false;
        let operator = match next.text.to_ascii_lowercase().as_str() {
            _ if next.quoted => None,
            "and" | "or" | ")" => return Ok(Node::Filled(field)),
            "contains" => Some(Operator::Contains),
            "is" | "=" | "==" => Some(Operator::Is),
            "!=" | "<>" => Some(Operator::IsNot),
            "<" => Some(Operator::Below),
            "<=" => Some(Operator::AtMost),
            ">" => Some(Operator::Above),
            ">=" => Some(Operator::AtLeast),
            "not" if self.is_word(1, "contains") => {
                self.at += 1;
                Some(Operator::Contains)
            }
            _ => None,
        };
        let Some(mut operator) = operator else {
            let words = "Write contains, is, =, !=, <, <=, > or >= here.";
            return Err(mistake(next.range, words));
        };
        let negated = next.text.eq_ignore_ascii_case("not");
        self.at += 1;
        if next.text.eq_ignore_ascii_case("is") && self.take("not") {
            operator = Operator::IsNot;
        }
        if next.text.eq_ignore_ascii_case("is") && self.take("empty") {
            let filled = Node::Filled(field);
            return Ok(match operator {
                Operator::IsNot => filled,
                Operator::Is
                | Operator::Contains
                | Operator::Below
                | Operator::AtMost
                | Operator::Above
                | Operator::AtLeast => Node::Not(Box::new(filled)),
            });
        }
        let value = self.next("Write what to compare with here: \"design\" or 2024-01-31.")?;
        if !value.quoted && !value.text.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
            return Err(mistake(value.range, "Write a text in quotes, a word or a date here."));
        }
        self.behind_word = !value.quoted;
        if negated {
            // Of an empty field every test is false, this one too.
            let contains = Node::Test(field.clone(), operator, value.text);
            return Ok(Node::All(vec![Node::Filled(field), Node::Not(Box::new(contains))]));
        }
        Ok(Node::Test(field, operator, value.text))
    }

    /// Whether the token so far ahead is this bare word.
    fn is_word(&self, ahead: usize, word: &str) -> bool {
        let token = self.tokens.get(self.at + ahead);
        token.is_some_and(|token| !token.quoted && token.text.eq_ignore_ascii_case(word))
    }
}

fn mistake(range: Range<usize>, message: &str) -> Mistake {
    Mistake { range, message: message.to_owned() }
}

/// Words, quoted texts, signs.
fn tokens(text: &str) -> Result<Vec<Token>, Mistake> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if let Some(close) = closing(first) {
            let Some((inside, length)) = quoted(rest, close) else {
                return Err(mistake(at..text.len(), "This quote is not closed."));
            };
            tokens.push(Token { range: at..at + length, text: inside, quoted: true });
            at += length;
            continue;
        }
        let length = match first {
            '(' | ')' => 1,
            '<' if rest[1..].starts_with('>') => 2,
            '<' | '>' | '=' | '!' => 1 + usize::from(rest[1..].starts_with('=')),
            _ => {
                let ends = |c: char| c.is_whitespace() || "()<>=!\"'“”„«»".contains(c);
                rest.find(ends).unwrap_or(rest.len()).max(first.len_utf8())
            }
        };
        let word = rest[..length].to_owned();
        tokens.push(Token { range: at..at + length, text: word, quoted: false });
        at += length;
    }
    Ok(tokens)
}

/// The quotes that close what this one opens; word processors and other languages have their own.
fn closing(quote: char) -> Option<&'static [char]> {
    match quote {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '“' | '”' => Some(&['”', '“']),
        '„' => Some(&['“', '”']),
        '‘' | '’' => Some(&['’', '‘']),
        '«' => Some(&['»']),
        '»' => Some(&['«']),
        _ => None,
    }
}

/// What stands in quotes at the beginning of a text, and how long it is with them.
fn quoted(text: &str, close: &[char]) -> Option<(String, usize)> {
    let mut inside = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if close.contains(&letter) {
            return Some((inside, at + letter.len_utf8()));
        }
        let escaped = letters.peek().filter(|(_, next)| *next == '\\' || close.contains(next));
        match escaped.filter(|_| letter == '\\') {
            Some((_, next)) => {
                inside.push(*next);
                letters.next();
            }
            None => inside.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests;
