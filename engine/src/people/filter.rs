//! Choosing people by what is known of them: `position contains "design" and knows_me`.
//!
//! Knows a small language of tests over fields. It must not know playbooks: any name may be a
//! field, and a name that nobody has fits nobody; whoever knows the fields asks for
//! [`Filter::fields`].
//!
//! ```text
//! filter = all { "or" all }          all  = one { "and" one }
//! one    = "not" one | "(" filter ")" | FIELD [ test ]
//! test   = ("contains" | "is" | "=" | "!=" | "<" | "<=" | ">" | ">=") VALUE
//! VALUE  = "text" | 'text' | word | 2024-01-31
//! ```
//!
//! A field alone asks whether it is filled. Text is compared without case and accents; where both
//! sides are dates or both are numbers, they are compared as such. A test of an empty field is
//! false, `!=` too.

use std::{cmp::Ordering, collections::BTreeSet, ops::Range};

use super::{Entry, fold, read_date};

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
        let mut parser = Parser { tokens: tokens(text)?, at: 0, end: text.len() };
        let node = parser.any(0)?;
        match parser.peek() {
            None => Ok(Self(node)),
            Some(token) => {
                Err(mistake(token.range.clone(), "Write `and` or `or` between two tests."))
            }
        }
    }

    /// True where an entry passes.
    pub fn fits(&self, entry: &Entry) -> bool {
        self.0.fits(entry)
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
                entry.field(field).is_some_and(|value| operator.holds(value.raw(), wanted))
            }
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
        let operator = match next.text.to_ascii_lowercase().as_str() {
            "and" | "or" | ")" if !next.quoted => return Ok(Node::Filled(field)),
            "contains" => Operator::Contains,
            "is" | "=" | "==" => Operator::Is,
            "!=" => Operator::IsNot,
            "<" => Operator::Below,
            "<=" => Operator::AtMost,
            ">" => Operator::Above,
            ">=" => Operator::AtLeast,
            _ => {
                let words = "Write contains, is, =, !=, <, <=, > or >= here.";
                return Err(mistake(next.range, words));
            }
        };
        self.at += 1;
        let value = self.next("Write what to compare with here: \"design\" or 2024-01-31.")?;
        if !value.quoted && !value.text.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
            return Err(mistake(value.range, "Write a text in quotes, a word or a date here."));
        }
        Ok(Node::Test(field, operator, value.text))
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
        let (length, quoted) = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '"' | '\'' => match rest[1..].find(first) {
                Some(length) => (length + 2, true),
                None => return Err(mistake(at..text.len(), "This quote is not closed.")),
            },
            '(' | ')' => (1, false),
            '<' | '>' | '=' | '!' => (1 + usize::from(rest[1..].starts_with('=')), false),
            _ => {
                let ends = |c: char| c.is_whitespace() || "()<>=!\"'".contains(c);
                (rest.find(ends).unwrap_or(rest.len()), false)
            }
        };
        let written = &rest[..length];
        let inside = if quoted { &written[1..length - 1] } else { written };
        tokens.push(Token { range: at..at + length, text: inside.to_owned(), quoted });
        at += length;
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Entry, Filter};
    use crate::people::EntryId;

    fn ana() -> Entry {
        Entry::person(EntryId(1), "Ána Silva")
            .with("position", "Senior Product Designer")
            .with("company", "Miro")
            .with("connected_on", "2024-03-12")
            .with("knows_me", "yes")
            .with("team", "9")
    }

    #[track_caller]
    fn check(filter: &str, expected: bool) {
        assert_eq!(Filter::parse(filter).map(|filter| filter.fits(&ana())), Ok(expected));
    }

    #[track_caller]
    fn refused(filter: &str, place: &str, words: &str) {
        let mistake = Filter::parse(filter).unwrap_err();
        assert_eq!((&filter[mistake.range], mistake.message.as_str()), (place, words));
    }

    #[test]
    fn text_dates_and_numbers_are_compared_as_people_mean_them() {
        check("position contains \"design\"", true);
        check("name contains ana", true);
        check("company is MIRO", true);
        check("company != Miro", false);
        check("connected_on > 2024-01-01", true);
        check("connected_on <= '12 Mar 2024'", true);
        check("connected_on < 2024-03-12", false);
        check("team < 10", true);
        check("first_name = ana", true);
    }

    #[test]
    fn a_test_of_an_empty_field_is_false() {
        check("knows_me", true);
        check("email", false);
        check("email != x", false);
        check("not email", true);
        check("nonsense contains ''", false);
    }

    #[test]
    fn and_binds_closer_than_or_and_not_closest() {
        check("email and email or knows_me", true);
        check("email and (email or knows_me)", false);
        check("not email and not (company is Adyen)", true);
        check("company is Adyen OR NOT email", true);
    }

    #[test]
    fn a_mistake_has_its_place_and_says_what_to_write() {
        refused("", "", "Write a test here: position contains \"design\".");
        refused("position has x", "has", "Write contains, is, =, !=, <, <=, > or >= here.");
        refused("position is \"x", "\"x", "This quote is not closed.");
        refused("(email", "", "A `)` is missing here.");
        refused("email is x company", "company", "Write `and` or `or` between two tests.");
        refused("position is", "", "Write what to compare with here: \"design\" or 2024-01-31.");
        refused("position > )", ")", "Write a text in quotes, a word or a date here.");
        refused("2024 > 3", "2024", "A test begins with a field: position, company, …");
        let deep = format!("{}email", "not ".repeat(900));
        assert_eq!(
            Filter::parse(&deep).unwrap_err().message,
            "This filter is nested more than 32 deep."
        );
    }

    #[test]
    fn the_fields_of_a_filter_are_told() {
        let filter = Filter::parse("a is 1 and (b or not c > 2)").unwrap();
        assert_eq!(filter.fields().into_iter().collect::<String>(), "abc");
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_a_filter_panic(
            text in "\\PC*|((not|and|or|\\(|\\)|a|is|contains|<=|!|\"é\"|') ?){0,30}",
        ) {
            match Filter::parse(&text) {
                Ok(filter) => { let _ = filter.fits(&ana()); }
                Err(mistake) => prop_assert!(text.get(mistake.range).is_some()),
            }
        }
    }
}
