//! Rows of a file that may be somebody known: how they are told, and what a person says of them.
//!
//! Knows the words for doubts and the options that settle them. It must not know how a match is found.

use std::str::FromStr;

use clap::Args;
use fortnight_engine::people::matching::{Candidate, Doubt, ImportPlan, Proposed, Said, Unsettled};
use fortnight_engine::people::{Book, EntryId};

use super::preview::named;
use crate::failure::CliError;
use crate::render::people;
use crate::render::words::list;

/// What is said of rows in doubt.
#[derive(Debug, Args)]
pub(super) struct Doubts {
    /// Rows that are who they may be: their lines, LINE=@NUMBER where there are several, or all
    #[arg(long, value_name = "LINE", value_delimiter = ',')]
    same: Vec<Which>,
    /// Rows that may be somebody known, and are somebody new: their lines, or all
    #[arg(long, value_name = "LINE", value_delimiter = ',')]
    new: Vec<Which>,
}

/// Which rows are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    Line(usize, Option<Candidate>),
}

impl FromStr for Which {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<usize>().ok();
        let (line, who) =
            text.split_once('=').map_or((text, None), |(line, who)| (line, Some(who)));
        if line.trim().eq_ignore_ascii_case("all") && who.is_none() {
            return Ok(Self::All);
        }
        let candidate = who.map(|who| match who.trim().strip_prefix('@') {
            Some(entry) => entry.parse().ok().map(|id| Candidate::Entry(EntryId(id))),
            None => number(who).map(Candidate::Line),
        });
        match (number(line), candidate) {
            (Some(line), None) => Ok(Self::Line(line, None)),
            (Some(line), Some(Some(candidate))) => Ok(Self::Line(line, Some(candidate))),
            (None, _) | (Some(_), Some(None)) => {
                Err("say the line of a row, such as 7, or 7=@4, or all".to_owned())
            }
        }
    }
}

impl std::fmt::Display for Which {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::All => formatter.write_str("all"),
            Self::Line(line, None) => write!(formatter, "{line}"),
            Self::Line(line, Some(Candidate::Entry(id))) => write!(formatter, "{line}=@{id}"),
            Self::Line(line, Some(Candidate::Line(other))) => write!(formatter, "{line}={other}"),
        }
    }
}

impl Doubts {
    /// The options as they were given.
    pub(super) fn again(&self) -> Vec<String> {
        let given = [("--same", &self.same), ("--new", &self.new)];
        let given = given.into_iter().filter(|(_, which)| !which.is_empty());
        given
            .map(|(option, which)| {
                let which: Vec<String> = which.iter().map(ToString::to_string).collect();
                format!("{option} {}", which.join(","))
            })
            .collect()
    }

    /// Settles what was said: single rows first, then all that are left.
    pub(super) fn settle(&self, planned: &mut ImportPlan, book: &Book) -> Result<(), CliError> {
        for which in &self.same {
            if let Which::Line(line, who) = *which {
                let who = who.map_or_else(|| only(planned, book, line), Ok)?;
                one(planned, book, line, Said::Same(who))?;
            }
        }
        for which in &self.new {
            if let Which::Line(line, who) = *which {
                if who.is_some() {
                    return Err(CliError::refused_with(
                        "Somebody new is nobody who is known.".to_owned(),
                        format!("The same person: --same {which}. Somebody new: --new {line}"),
                    ));
                }
                one(planned, book, line, Said::New)?;
            }
        }
        let lines = |planned: &ImportPlan| -> Vec<usize> {
            planned.proposed.iter().map(|proposed| proposed.contact.line).collect()
        };
        if self.same.contains(&Which::All) {
            for line in lines(planned) {
                // Who may be one of several stays in doubt.
                if let Ok(who) = only(planned, book, line) {
                    one(planned, book, line, Said::Same(who))?;
                }
            }
        }
        if self.new.contains(&Which::All) {
            for line in lines(planned) {
                one(planned, book, line, Said::New)?;
            }
        }
        Ok(())
    }
}

/// The only one whom the row of that line may be.
fn only(planned: &ImportPlan, book: &Book, line: usize) -> Result<Candidate, CliError> {
    let proposed = planned.proposed.iter().find(|proposed| proposed.contact.line == line);
    let proposed = proposed.ok_or_else(|| not_in_doubt(planned, line))?;
    match proposed.candidates.as_slice() {
        [only] => Ok(*only),
        several => {
            let which: Vec<String> = several
                .iter()
                .map(|who| format!("--same {}", Which::Line(line, Some(*who))))
                .collect();
            Err(CliError::refused_with(
                format!("The row may be several: {}.", doubt(proposed, book)),
                format!("Say which: {}", which.join(", or ")),
            ))
        }
    }
}

fn one(planned: &mut ImportPlan, book: &Book, line: usize, said: Said) -> Result<(), CliError> {
    planned.settle(book, line, said).map_err(|unsettled| match unsettled {
        Unsettled::NotInDoubt => not_in_doubt(planned, line),
        Unsettled::NotThisOne => {
            let proposed = planned.proposed.iter().find(|it| it.contact.line == line);
            let may_be = proposed.map(|proposed| doubt(proposed, book)).unwrap_or_default();
            CliError::refused_with(
                "That row was not taken for this person.".to_owned(),
                format!("{may_be}. Put them together by hand: fortnight people edit"),
            )
        }
        Unsettled::InDoubtItself(first) => CliError::refused_with(
            format!("Line {line} may be the same as line {first}, which is in doubt itself."),
            format!("Say first who line {first} is: --same {first}, or --new {first}"),
        ),
    })
}

fn not_in_doubt(planned: &ImportPlan, line: usize) -> CliError {
    /// More lines than this are no help.
    const MOST: usize = 12;
    let sentence = format!("No row on line {line} is in doubt.");
    let lines: Vec<String> =
        planned.proposed.iter().take(MOST).map(|it| it.contact.line.to_string()).collect();
    let more = if planned.proposed.len() > MOST { ", …" } else { "" };
    if lines.is_empty() {
        return CliError::refused_with(
            sentence,
            "Nobody of this file is in doubt: leave --same and --new out".to_owned(),
        );
    }
    CliError::refused_with(sentence, format!("In doubt are: {}{more}", lines.join(", ")))
}

/// `line 7: Ana Silva, Miro: the same name as @4 Ana Silva, Northwind`
pub(super) fn doubt(proposed: &Proposed, book: &Book) -> String {
    let candidates: Vec<String> = proposed
        .candidates
        .iter()
        .map(|candidate| match candidate {
            Candidate::Entry(id) => match book.get(*id) {
                Some(entry) => format!("@{id} {}", people::who(entry)),
                None => format!("@{id}"),
            },
            Candidate::Line(line) => format!("line {line}"),
        })
        .collect();
    let why = match proposed.doubt {
        Doubt::NameAndCompany => "the same name as",
        Doubt::SharedEmail => "the same e-mail as",
        Doubt::TwoEntries => "e-mail and profile of",
    };
    let line = proposed.contact.line;
    format!("line {line}: {}: {why} {}", named(&proposed.contact), list(&candidates))
}
