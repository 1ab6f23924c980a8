//! Writing down what came back from people, and whom they sent on (F5, M5).
//!
//! Knows what an answer brings with it: somebody referred becomes a person. It must not know how
//! an answer was typed.

use super::NotebookError;
use super::session::Session;
use crate::message::Channel;
use crate::people::{Change, Entry, EntryId, Favour, Kind, fold};
use crate::plan::{Command, Note, Rejection};
use crate::playbook::{FieldKind, Id, Outcome};
use crate::words::Words;
use jiff::civil::{Date, Time};
use std::collections::BTreeMap;

/// What came back, from one person or from several at once.
#[derive(Clone, Debug)]
pub struct Answer {
    /// From whom.
    pub entries: Vec<EntryId>,
    /// What.
    pub outcome: String,
    /// The day.
    pub on: Date,
    /// The time of day.
    pub time: Option<Time>,
    /// What its form asks for.
    pub fields: BTreeMap<Id, Words>,
    /// The channel, where it is another one.
    pub channel: Option<Channel>,
}

/// What became of the answer of one person.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Who.
    pub entry: EntryId,
    /// What is worth a word.
    pub notes: Vec<Note>,
    /// Whom they sent on.
    pub introduced: Option<Introduced>,
}

/// Somebody whom a person referred.
#[derive(Clone, Debug)]
pub struct Introduced {
    /// Who.
    pub entry: EntryId,
    /// The name.
    pub name: Words,
    /// They were known before.
    pub known: bool,
    /// They do not want to be written to (S5).
    pub silent: bool,
    /// They came onto a list with this.
    pub listed: bool,
    /// What is worth a word.
    pub notes: Vec<Note>,
}

/// Whether an answer names somebody who becomes a person: everybody who is known has to be looked
/// at then.
pub fn refers(outcome: &Outcome, fields: &BTreeMap<Id, Words>) -> bool {
    referred(outcome, fields).is_some()
}

impl Session {
    /// Writes an answer down, of everybody or of nobody: where it does not fit what is recorded of
    /// some, all of them are named.
    ///
    /// # Errors
    ///
    /// [`NotebookError::Rejected`] for one reason, [`NotebookError::RejectedAll`] for several.
    pub fn record(&mut self, answer: &Answer) -> Result<Vec<Answered>, NotebookError> {
        let outcome = self.plan()?.playbook.outcome(&answer.outcome).cloned();
        let named = outcome.as_ref().and_then(|known| referred(known, &answer.fields));
        if let Some(known) = &outcome
            && let Some(rejection) = self.wrong_referral(known, answer, named.as_ref())
        {
            return Err(rejection.into());
        }
        let mut answered = Vec::new();
        let mut rejections: Vec<Rejection> = Vec::new();
        for entry in &answer.entries {
            let command = Command::Record {
                entry: *entry,
                outcome: answer.outcome.clone(),
                on: answer.on,
                time: answer.time,
                fields: answer.fields.clone(),
                channel: answer.channel,
            };
            match self.decide(&command) {
                Ok(accepted) => {
                    let known = accepted.notes.iter().any(|n| matches!(n, Note::Known { .. }));
                    let introduced = match &named {
                        Some((name, company)) if !known => {
                            Some(self.introduce(*entry, name, company.as_deref())?)
                        }
                        Some(_) | None => None,
                    };
                    answered.push(Answered { entry: *entry, notes: accepted.notes, introduced });
                }
                Err(NotebookError::Rejected(rejection)) => {
                    if !rejections.contains(&rejection) {
                        rejections.push(rejection);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        match rejections.len() {
            0 => Ok(answered),
            1 => Err(NotebookError::Rejected(rejections.remove(0))),
            _ => Err(NotebookError::RejectedAll(rejections)),
        }
    }

    /// A referral to nobody, or to the very person it comes from.
    fn wrong_referral(
        &self,
        outcome: &Outcome,
        answer: &Answer,
        named: Option<&(String, Option<String>)>,
    ) -> Option<Rejection> {
        if &*outcome.id != "referred" {
            return None;
        }
        let field = outcome.fields.iter().find(|field| field.kind == FieldKind::Text)?;
        let value = answer.fields.get(&field.id).filter(|value| !value.is_blank())?.clone();
        let wrong = |wanted: &str| {
            let field = field.id.clone();
            Some(Rejection::BadValue { field, value: value.clone(), wanted: wanted.to_owned() })
        };
        let Some((name, company)) = named else {
            return wrong("a name, such as Dana Wu, Adyen");
        };
        let is_own = |by: &EntryId| {
            self.entry(*by).is_some_and(|by| {
                let there = by.field("company").map(|there| fold(there.raw()));
                let given = company.as_deref().map(fold);
                let same = there.is_none() || given.is_none() || there == given;
                same && fold(by.name.raw()) == fold(name)
            })
        };
        if answer.entries.iter().any(is_own) { wrong("somebody else") } else { None }
    }

    /// Somebody referred: known or new, introduced, and on the list of the running cycle unless
    /// they want to be left in peace (S5, E4).
    fn introduce(
        &mut self,
        by: EntryId,
        name: &str,
        company: Option<&str>,
    ) -> Result<Introduced, NotebookError> {
        let same = |entry: &&Entry| {
            let there = entry.field("company").map(|there| fold(there.raw()));
            let given = company.map(fold);
            entry.forgotten.is_none()
                && fold(entry.name.raw()) == fold(name)
                && (there.is_none() || given.is_none() || there == given)
        };
        let known = self.plan()?.book.people().filter(|entry| entry.id != by).find(same);
        let known = known.map(|entry| (entry.id, entry.introduced_by, entry.do_not_contact));
        let (entry, silent) = if let Some((entry, introduced, silent)) = known {
            if introduced.is_none() {
                self.change(Change::Introduced { entry, by });
            }
            (entry, silent)
        } else {
            let mut entry = Entry::person(EntryId(0), name);
            if let Some(company) = company {
                entry.set("company", Words::new(company));
            }
            entry.introduced_by = Some(by);
            (self.add(entry), false)
        };
        let cycle = {
            let situation = self.situation()?;
            situation.running().or_else(|| situation.upcoming()).map(|cycle| cycle.number)
        };
        let notes = match cycle.filter(|_| !silent) {
            Some(cycle) => {
                self.list_companies(&[entry])?;
                self.decide(&Command::List { entries: vec![entry], cycle })?.notes
            }
            None => Vec::new(),
        };
        let name = self.entry(entry).map_or_else(|| Words::new(name), |known| known.name.clone());
        let listed = cycle.is_some() && !silent;
        Ok(Introduced { entry, name, known: known.is_some(), silent, listed, notes })
    }

    /// Where the playbook has a list of companies, those of the people come onto it (L5).
    ///
    /// # Errors
    ///
    /// Where the command was opened without a plan.
    pub fn list_companies(&mut self, people: &[EntryId]) -> Result<(), NotebookError> {
        if self.plan()?.playbook.companies.is_none() {
            return Ok(());
        }
        let mut companies = Vec::new();
        for person in people {
            let known = self.entry(*person);
            let linked = known.and_then(|entry| entry.company);
            let named = known.and_then(|entry| entry.field("company"));
            let company = match (linked, named) {
                (Some(company), _) => company,
                (None, Some(name)) => {
                    let company = self.company(name.raw());
                    self.change(Change::CompanyLinked { entry: *person, company: Some(company) });
                    company
                }
                (None, None) => continue,
            };
            if !companies.contains(&company) {
                companies.push(company);
            }
        }
        if !companies.is_empty() {
            self.decide(&Command::List { entries: companies, cycle: 0 })?;
        }
        Ok(())
    }

    /// Writes down what two people did for each other; false where that is recorded already (F5).
    ///
    /// # Errors
    ///
    /// A rejection for a day in the future (F3), and for somebody who is no known person.
    pub fn favour(&mut self, entry: EntryId, favour: &Favour) -> Result<bool, NotebookError> {
        if favour.on > self.situation()?.today() {
            return Err(Rejection::FutureDay { on: favour.on }.into());
        }
        let known = self.entry(entry).filter(|known| known.kind == Kind::Person);
        let missing = || Rejection::NotListed { name: Words::new(format!("@{entry}")) };
        if known.ok_or_else(missing)?.favours.contains(favour) {
            return Ok(false);
        }
        self.change(Change::Favour { entry, favour: favour.clone() });
        Ok(true)
    }
}

/// A referral names somebody: `Dana Wu, Adyen`.
fn referred(outcome: &Outcome, fields: &BTreeMap<Id, Words>) -> Option<(String, Option<String>)> {
    if &*outcome.id != "referred" {
        return None;
    }
    let field = outcome.fields.iter().find(|field| field.kind == FieldKind::Text)?;
    let text = fields.get(&field.id)?.raw().trim();
    let (name, company) = match text.split_once(',') {
        Some((name, company)) => (name.trim(), Some(company.trim().to_owned())),
        None => (text, None),
    };
    (!name.is_empty()).then(|| (name.to_owned(), company.filter(|company| !company.is_empty())))
}
