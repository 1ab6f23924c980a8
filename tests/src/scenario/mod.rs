//! Stories in Markdown: files, then commands and their answers, run as tests.
//!
//! Knows fenced blocks and what they mean; CONTRIBUTING.md describes the form for writers. It must
//! not know what a command does.

mod document;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::path::Path;

use document::{Block, Piece, parts};

use crate::Sandbox;

/// What became of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a story that differs is a failed test"]
pub struct Told {
    /// The document as it would be right.
    pub right: String,
    /// The blocks that differ, as they would be right, with the line on which each begins.
    pub wrong: Vec<(usize, String)>,
    /// How many commands were run.
    pub commands: usize,
}

/// Runs a story in a sandbox.
pub fn tell(text: &str, sandbox: &mut Sandbox) -> Told {
    let mut told = Told { right: String::new(), wrong: Vec::new(), commands: 0 };
    for part in parts(text) {
        let written = part.text();
        match part.block {
            None => told.right.push_str(&written),
            Some(Block::File(name)) => {
                sandbox.write(name, part.inside());
                told.right.push_str(&written);
            }
            Some(Block::Console) => {
                let right = run_block(&part.pieces(), sandbox, &mut told.commands);
                let right = part.with_inside(&right);
                if right != written {
                    told.wrong.push((part.line, right.clone()));
                }
                told.right.push_str(&right);
            }
        }
    }
    told
}

/// Runs the commands of a console block and writes down what they answer.
fn run_block(pieces: &[Piece<'_>], sandbox: &mut Sandbox, commands: &mut usize) -> String {
    let mut right = String::new();
    for piece in pieces {
        match piece {
            Piece::Now { written, wall } => {
                sandbox.set_clock(wall);
                right.push_str(written);
            }
            Piece::Zone { written, zone } => {
                sandbox.set_zone(zone);
                right.push_str(written);
            }
            Piece::Words(written) => right.push_str(written),
            Piece::Command { written, line, gap } => {
                *commands += 1;
                let output = match line.split_once(" <<< ") {
                    None => sandbox.run(line),
                    Some((line, typed)) => {
                        let typed = crate::split(typed);
                        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
                        sandbox.type_in(line, &typed, |_| ())
                    }
                };
                right.push_str(written);
                let answer = output.both.trim_end_matches('\n');
                if !answer.is_empty() {
                    right.push_str(answer);
                    right.push('\n');
                }
                let status = output.status as u8;
                // Writing to a string cannot fail.
                if status != 0 {
                    let _ = writeln!(right, "[{status}]");
                }
                right.push_str(&"\n".repeat(*gap));
            }
        }
    }
    right
}

/// Runs the story in a file of the workspace, and with `UPDATE=1` writes it as it would be right.
/// Returns how many commands were run, or what differs.
///
/// # Errors
///
/// What differs, with the blocks as they would be right.
///
/// # Panics
///
/// Where the file cannot be read or written.
pub fn check(path: &Path, sandbox: &mut Sandbox) -> Result<usize, String> {
    let full = crate::root().join(path);
    let text = std::fs::read_to_string(&full).expect("the story can be read");
    let told = tell(&text, sandbox);
    if told.wrong.is_empty() {
        return Ok(told.commands);
    }
    if crate::updating() {
        std::fs::write(&full, &told.right).expect("the story can be written");
        return Ok(told.commands);
    }
    let mut report = String::new();
    for (line, right) in &told.wrong {
        let _ = writeln!(report, "{}:{line} would be right as\n{right}", path.display());
    }
    Err(report)
}
