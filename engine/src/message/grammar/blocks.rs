//! From a row of tags to a tree: which text stands inside which `if`.
//!
//! Knows `if`, `elif`, `else` and `endif`, and how to name what the dialect leaves out. It keeps
//! its own stack, so depth costs no recursion.

use std::ops::Range;

use super::super::tree::{Branch, Expression, Node};
use super::tags::{Piece, Rest};
use super::{DEEPEST, Flaws, lower};

/// An `if` that is not closed yet.
struct Open {
    tag: Range<usize>,
    done: Vec<Branch>,
    /// The condition of the branch being read; none in the `else`.
    condition: Option<Expression>,
    is_else: bool,
    outside: Vec<Node>,
}

/// Puts the pieces into their places.
pub(super) fn nest(text: &str, pieces: Vec<Piece>, flaws: &mut Flaws) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(range) => {
                if let Some(part) = text.get(range).filter(|part| !part.is_empty()) {
                    nodes.push(Node::Text(part.to_owned()));
                }
            }
            Piece::Print(expression) => {
                let operand = expression.and_then(|range| lower::printed(text, range, flaws));
                nodes.extend(operand.map(Node::Print));
            }
            Piece::Block { tag, keyword, expression } => {
                let word = text.get(keyword.clone()).unwrap_or_default();
                match word {
                    "if" => {
                        let condition = condition(text, expression, flaws);
                        if open.len() == DEEPEST {
                            let message = format!("`if` nests more than {DEEPEST} deep");
                            flaws.too_large(tag.clone(), message, "join conditions with `and`");
                        }
                        let outside = std::mem::take(&mut nodes);
                        let done = Vec::new();
                        open.push(Open { tag, done, condition, is_else: false, outside });
                    }
                    "elif" | "else" => {
                        let next = condition(text, expression, flaws);
                        let Some(block) = open.last_mut() else {
                            let message = format!("`{word}` stands outside of any `if`");
                            flaws.syntax(tag, message, "begin with `{% if … %}`");
                            continue;
                        };
                        if block.is_else {
                            let message = format!("`{word}` stands behind `else`");
                            flaws.syntax(tag, message, "`else` comes last, once");
                        }
                        let nodes = std::mem::take(&mut nodes);
                        block.done.push(Branch { condition: block.condition.take(), nodes });
                        block.condition = next;
                        block.is_else |= word == "else";
                    }
                    "endif" => {
                        let Some(block) = open.pop() else {
                            let help = "take it out, or begin with `{% if … %}`";
                            flaws.syntax(tag, "`endif` closes nothing", help);
                            continue;
                        };
                        nodes = close(block, nodes);
                    }
                    _ => foreign(word, keyword, flaws),
                }
            }
        }
    }
    while let Some(block) = open.pop() {
        flaws.syntax(
            block.tag.clone(),
            "this `if` is never closed",
            "write `{% endif %}` where it ends",
        );
        nodes = close(block, nodes);
    }
    nodes
}

fn condition(text: &str, expression: Rest, flaws: &mut Flaws) -> Option<Expression> {
    match expression {
        Rest::Sound(range) => lower::condition(text, range, flaws),
        Rest::Nothing | Rest::Flawed => None,
    }
}

/// The nodes around a block with the block behind them.
fn close(block: Open, nodes: Vec<Node>) -> Vec<Node> {
    let mut branches = block.done;
    branches.push(Branch { condition: block.condition, nodes });
    let mut outside = block.outside;
    outside.push(Node::Choose(branches));
    outside
}

fn foreign(word: &str, place: Range<usize>, flaws: &mut Flaws) {
    let help = match word {
        "for" | "endfor" => "write out what you want to say: a message is for one person",
        "set" | "endset" | "with" | "endwith" => "use the name itself where you need it",
        "include" | "import" | "from" | "extends" | "block" | "endblock" | "macro" | "endmacro"
        | "call" | "endcall" => "write the text here, where its readers see it",
        "filter" | "endfilter" => "put the filter behind the value: `{{ person.name | upper }}`",
        _ => "the only tags are `if`, `elif`, `else` and `endif`",
    };
    flaws.forbid(place, format!("there is no `{word}` here"), help);
}
