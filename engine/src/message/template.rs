//! A text with names in it, and how it becomes a text for one person.
//!
//! Knows reading and strict rendering. It must not know which names exist (the playbook checks
//! them against [`Template::names`]) or whom the text is for.

use super::evaluate::{holds, value_of};
use super::flaw::TemplateFlaw;
use super::joints::fitted;
use super::tree::Node;
use super::uses::{self, NameUse};
use super::{Names, Value, grammar};

/// The longest text a template may render to, in bytes (R19).
pub const LONGEST_TEXT: usize = 64 * 1024;

/// A text with names, conditions and filters, read and found sound.
///
/// The dialect is the small part of Jinja a letter needs: `{{ name }}` with filters, and
/// `{% if %}`, `{% elif %}`, `{% else %}`, `{% endif %}` with comparisons, `and`, `or`, `not` and
/// parentheses. A tag alone on its line leaves no empty line. There are no loops, calls or
/// arithmetic, so a rendered text is at most as long as the template and its values (R19).
///
/// ```
/// use fortnight_engine::message::{Names, RenderError, Template};
/// let template = Template::compile("Hi {{ person.first_name }}, {{ person.context }} stayed with me.")?;
/// let mut names = Names::default();
/// names.set("person.first_name", "Ana");
/// let missing = RenderError::Missing { names: vec!["person.context".to_owned()] };
/// assert_eq!(template.render(&names), Err(missing));
/// names.set("person.context", "your talk");
/// assert_eq!(template.render(&names).unwrap(), "Hi Ana, your talk stayed with me.");
/// # Ok::<(), Vec<fortnight_engine::message::TemplateFlaw>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    nodes: Vec<Node>,
    names: Vec<NameUse>,
    /// About how many bytes a text has, so that it is written without growing.
    usual_length: usize,
}

/// Why there is no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// Values that the text needs are empty (M2).
    #[error("{} still empty: {}", if names.len() == 1 { "a field is" } else { "fields are" }, names.join(", "))]
    Missing {
        /// All of them, in the order of the text, each once.
        names: Vec<String>,
    },
    /// The text would pass [`LONGEST_TEXT`].
    #[error("the text is longer than 64 KiB")]
    TooLong,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// All mistakes at once (the first twenty), each with its bytes in `text`.
    pub fn compile(text: &str) -> Result<Self, Vec<TemplateFlaw>> {
        let nodes = grammar::read_template(text)?;
        let names = uses::in_template(&nodes);
        let usual_length = text.len() + 24 * names.len();
        Ok(Self { nodes, names, usual_length })
    }

    /// Every mention of a name, in the order of the text, also in branches not taken.
    pub fn names(&self) -> &[NameUse] {
        &self.names
    }

    /// The text for these values, without white space at its end. A value fits the sentence it
    /// stands in: of two full stops one is written, and none within a sentence; "Your talk" begins
    /// with a small letter there; two lines become one.
    ///
    /// # Errors
    ///
    /// [`RenderError::Missing`] where a value that would be printed is empty and has no fallback,
    /// with all such names; [`RenderError::TooLong`] where the text passes [`LONGEST_TEXT`].
    pub fn render(&self, names: &Names) -> Result<String, RenderError> {
        let out = String::with_capacity(self.usual_length);
        let mut rendering = Rendering { names, out, missing: Vec::new(), is_behind_value: false };
        rendering.nodes(&self.nodes)?;
        if !rendering.missing.is_empty() {
            return Err(RenderError::Missing { names: rendering.missing });
        }
        let mut out = rendering.out;
        out.truncate(out.trim_end().len());
        Ok(out)
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}

struct Rendering<'names> {
    names: &'names Names,
    out: String,
    missing: Vec<String>,
    /// Whether the newest thing written is a value.
    is_behind_value: bool,
}

impl Rendering<'_> {
    fn nodes(&mut self, nodes: &[Node]) -> Result<(), RenderError> {
        for (at, node) in nodes.iter().enumerate() {
            match node {
                Node::Text(text) => {
                    self.out.push_str(self.without_second_stop(text));
                    self.is_behind_value = false;
                    self.measure()?;
                }
                Node::Print(operand) => {
                    let before = self.out.len();
                    let value = value_of(operand, self.names);
                    if let Value::Text(words) = &*value
                        && words.raw().len() > LONGEST_TEXT
                    {
                        return Err(RenderError::TooLong);
                    }
                    // What filters made of a value is what its author wants.
                    if let (Value::Text(words), true) = (&*value, operand.filters.is_empty()) {
                        let behind = match nodes.get(at + 1) {
                            Some(Node::Text(text)) => text.as_str(),
                            Some(Node::Print(_) | Node::Choose(_)) | None => "",
                        };
                        let fitted = fitted(words.raw(), &self.out, behind);
                        self.out.push_str(&fitted);
                    } else {
                        value.write_to(&mut self.out);
                    }
                    self.is_behind_value = true;
                    if self.out.len() == before {
                        let name = operand.fallback().unwrap_or(operand);
                        let name = name.name().or_else(|| operand.name()).unwrap_or_default();
                        if !self.missing.iter().any(|known| known == name) {
                            self.missing.push(name.to_owned());
                        }
                    }
                    self.measure()?;
                }
                Node::Choose(branches) => {
                    let taken = branches.iter().find(|branch| {
                        branch.condition.as_ref().is_none_or(|one| holds(one, self.names))
                    });
                    if let Some(branch) = taken {
                        self.nodes(&branch.nodes)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The text without its full stop, or a second mark of the same kind, where the value before it has brought one: "Acme Inc." at
    /// the end of a sentence, an answer that somebody wrote as one.
    fn without_second_stop<'text>(&self, text: &'text str) -> &'text str {
        match text.strip_prefix('.') {
            Some(rest)
                if self.is_behind_value
                    && !rest.starts_with('.')
                    && self.out.ends_with(['.', '!', '?', '…', '。']) =>
            {
                rest
            }
            Some(_) | None => {
                // "your work at Which?" at the end of a question.
                let same = ['?', '!'].into_iter().find(|mark| text.starts_with(*mark));
                let same = same.filter(|mark| self.is_behind_value && self.out.ends_with(*mark));
                if same.is_some() { &text[1..] } else { text }
            }
        }
    }

    fn measure(&self) -> Result<(), RenderError> {
        if self.out.len() > LONGEST_TEXT { Err(RenderError::TooLong) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
