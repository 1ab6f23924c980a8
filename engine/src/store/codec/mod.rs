//! How facts and changes of people are written down, and read by every later version.
//!
//! Knows wire types, apart from the domain's own (which may change freely), each with a version,
//! and keeps people's words out of what can never be erased: a fact refers to its words by number,
//! and the words stand beside it (R24). It must not know tables or files.

mod names;
mod person;
mod read;
#[cfg(test)]
mod tests;
mod wire;
mod write;

pub(super) use names::DONE;
pub(super) use person::{
    COMPANY, CodedEntry, FORGOTTEN, PERSON, decode_change, decode_entry, encode_change,
    encode_entry, encode_fields,
};
pub(super) use read::{Beside, decode_completed, decode_fact};
pub(super) use write::encode_fact;

use super::StoreError;
use crate::plan::Fact;
use crate::words::Words;

/// Something written down: what it is, in which version of its form, and the form, which holds
/// nothing that anybody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Coded<'w> {
    pub(super) kind: &'static str,
    pub(super) version: u32,
    pub(super) body: String,
    /// The words that the body refers to, by their place here.
    pub(super) words: Vec<&'w Words>,
}

/// The texts of a fact, in the order of their slots.
pub(super) fn words_of(fact: &Fact) -> Result<Vec<&Words>, StoreError> {
    Ok(encode_fact(&fact.kind)?.words)
}

/// The same fact with another text in a slot; one that it does not have changes nothing.
pub(super) fn with_words(fact: &Fact, slot: usize, text: &Words) -> Result<Fact, StoreError> {
    let coded = encode_fact(&fact.kind)?;
    let mut words: Vec<Words> = coded.words.into_iter().cloned().collect();
    if let Some(old) = words.get_mut(slot) {
        old.clone_from(text);
    }
    let beside = Beside {
        on: fact.on,
        time: fact.time,
        cycle: fact.cycle().unwrap_or(0),
        entry: fact.entry(),
        words: &words,
    };
    decode_fact(coded.kind, coded.version, &coded.body, &beside)
}

/// The error for a kind or version that is not known here.
fn newer(what: &str, kind: &str, version: u32) -> StoreError {
    StoreError::Newer { what: format!("{what} `{kind}`, version {version}") }
}

fn corrupt(kind: &str, reason: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt { what: format!("`{kind}`: {reason}") }
}

fn to_json(kind: &str, wire: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(wire).map_err(|error| corrupt(kind, error))
}

fn from_json<'b, T: serde::Deserialize<'b>>(kind: &str, body: &'b str) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|error| corrupt(kind, error))
}
