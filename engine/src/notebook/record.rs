//! Writing down what came back from people, and whom they sent on (F5, M5).
//!
//! Knows what an answer brings with it: somebody referred becomes a person. It must not know how
//! an answer was typed.

use super::NotebookError;
use super::session::Session;
use crate::message::Channel;
use crate::people::{Change, Entry, EntryId, Favour, Kind, fold};
use crate::plan::{Command, Fact, FactKind, Note, Rejection, TaskKey, agenda};
use crate::playbook::{FieldKind, Id, Outcome, Step};
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
    /// Whom a referral is to, where it is said which of those known.
    pub referred: Option<EntryId>,
}

/// What became of the answer of one person.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Who.
    pub entry: EntryId,
    /// What is worth a word.
    pub notes: Vec<Note>,
    /// The form as it was recorded: a time as it will be on the wall (D1). None where nothing was.
    pub fields: Option<BTreeMap<Id, Words>>,
    /// The task that was done with it.
    pub done: Option<TaskKey>,
    /// Whom they sent on.
    pub introduced: Option<Introduced>,
}

/// Whom a referral names: `Dana Wu <dana@example.com>, Adyen`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: Option<String>,
    /// Where they work.
    pub company: Option<String>,
}

impl Referral {
    /// Reads a name, with an address in angle brackets and a company behind a comma where they are
    /// given; nothing where there is no name.
    ///
    /// ```
    /// use fortnight_engine::notebook::Referral;
    /// let dana = Referral::read("Dana Wu <dana@adyen.example>, Adyen").expect("a name");
    /// assert_eq!(dana.name, "Dana Wu");
    /// assert_eq!(dana.email.as_deref(), Some("dana@adyen.example"));
    /// assert_eq!(dana.company.as_deref(), Some("Adyen"));
    /// assert_eq!(Referral::read(", Adyen"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let bracketed = || {
            let (before, rest) = text.split_once('<')?;
            let (address, after) = rest.split_once('>')?;
            let address = Words::new(address.trim()).mail_address()?;
            Some((format!("{before} {after}"), address))
        };
        let (text, email) = match bracketed() {
            Some((text, address)) => (text, Some(address)),
            None => (text.to_owned(), None),
        };
        let (name, company) = match text.split_once(',') {
            Some((name, company)) => (some(name), some(company)),
            None => (some(&text), None),
        };
        Some(Self { name: name?, email, company })
    }

    /// True for somebody whom it can name: of the same address, else of the same name and not of
    /// another company.
    pub fn fits(&self, entry: &Entry) -> bool {
        if entry.forgotten.is_some() || entry.kind != Kind::Person {
            return false;
        }
        let fields = ["email", "other_emails"].into_iter().filter_map(|name| entry.field(name));
        let addresses: Vec<String> = fields
            .flat_map(|it| it.raw().split_whitespace().map(fold).collect::<Vec<_>>())
            .collect();
        if let Some(given) = self.email.as_deref().map(fold)
            && !addresses.is_empty()
        {
            return addresses.contains(&given);
        }
        let there = entry.field("company").map(|there| fold(there.raw()));
        let given = self.company.as_deref().map(fold);
        fold(entry.name.raw()) == fold(&self.name)
            && (there.is_none() || given.is_none() || there == given)
    }
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
                        Some(referral) if !known => {
                            Some(self.introduce(*entry, referral, answer.referred)?)
                        }
                        Some(_) | None => None,
                    };
                    let fields = recorded(&accepted.facts);
                    let done = if known { None } else { self.held(*entry, answer)? };
                    let notes = accepted.notes;
                    answered.push(Answered { entry: *entry, notes, fields, done, introduced });
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

    /// The task that asks for what has just been recorded (`sets`): whoever says that they talked
    /// need not say once more that the talk was held.
    fn held(&mut self, entry: EntryId, answer: &Answer) -> Result<Option<TaskKey>, NotebookError> {
        let situation = self.situation()?;
        let sets = |step: &Step| step.sets.as_ref().is_some_and(|sets| **sets == *answer.outcome);
        if !situation.playbook.steps.iter().any(sets) {
            return Ok(None);
        }
        let asked = agenda(&situation).tasks.into_iter().find(|task| {
            let step = situation.playbook.steps.get(task.position);
            task.key.entry == Some(entry) && task.status().is_now() && step.is_some_and(sets)
        });
        let Some(task) = asked.map(|task| task.key) else { return Ok(None) };
        let kind = FactKind::Done { task: task.clone(), answers: BTreeMap::new(), sent: None };
        self.take_in(&[Fact::on(answer.on, kind)])?;
        Ok(Some(task))
    }

    /// A referral to nobody, or to the very person it comes from.
    fn wrong_referral(
        &self,
        outcome: &Outcome,
        answer: &Answer,
        named: Option<&Referral>,
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
        let Some(referral) = named else {
            return wrong("a name, such as Dana Wu, Adyen");
        };
        let is_own = |by: &EntryId| match answer.referred {
            Some(referred) => referred == *by,
            None => self.entry(*by).is_some_and(|by| referral.fits(by)),
        };
        if answer.entries.iter().any(is_own) { wrong("somebody else") } else { None }
    }

    /// Somebody referred: known or new, introduced, and on the list of the running cycle unless
    /// they want to be left in peace (S5, E4).
    fn introduce(
        &mut self,
        by: EntryId,
        referral: &Referral,
        which: Option<EntryId>,
    ) -> Result<Introduced, NotebookError> {
        let Referral { name, email, company } = referral;
        let same = |entry: &&Entry| match which {
            Some(which) => entry.id == which,
            None => referral.fits(entry),
        };
        let known = self.plan()?.book.people().filter(|entry| entry.id != by).find(same);
        let known = known.map(|entry| (entry.id, entry.introduced_by, entry.do_not_contact));
        let (entry, silent) = if let Some((entry, introduced, silent)) = known {
            if introduced.is_none() {
                self.change(Change::Introduced { entry, by });
            }
            (entry, silent)
        } else {
            let mut entry = Entry::person(EntryId(0), name.as_str());
            if let Some(company) = company {
                entry.set("company", Words::new(company.as_str()));
            }
            if let Some(email) = email {
                entry.set("email", Words::new(email.as_str()));
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
        let name =
            self.entry(entry).map_or_else(|| Words::new(name.as_str()), |known| known.name.clone());
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
fn referred(outcome: &Outcome, fields: &BTreeMap<Id, Words>) -> Option<Referral> {
    if &*outcome.id != "referred" {
        return None;
    }
    let field = outcome.fields.iter().find(|field| field.kind == FieldKind::Text)?;
    Referral::read(fields.get(&field.id)?.raw())
}

/// The form of the outcome among what was decided.
fn recorded(facts: &[Fact]) -> Option<BTreeMap<Id, Words>> {
    facts.iter().find_map(|fact| {
        let FactKind::Happened { fields, .. } = &fact.kind else { return None };
        Some(fields.clone())
    })
}
