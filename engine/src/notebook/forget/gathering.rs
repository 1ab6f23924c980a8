//! Everything about one person in the log, text by text: what goes, what is cut, what may be somebody
//! else's.
//!
//! Knows whom a text is about. It must not know how a store erases.

use std::collections::BTreeSet;

use super::companies::companies_of;
use super::names::{identify, is_own, name_all};
use super::{Forgetting, Mention};
use crate::notebook::NotebookError;
use crate::people::{Book, Change, Entry, EntryId, Naming, fold};
use crate::plan::{Fact, FactKind};
use crate::store::{Erasure, Left, Place, Said, Store, Text};
use crate::words::Words;

/// Everything about the person, as the log is read through.
pub(super) struct Gathering<'s, S> {
    store: &'s S,
    book: &'s Book,
    person: Entry,
    /// The person, and the companies that go with them.
    going: BTreeSet<EntryId>,
    companies: Vec<Entry>,
    /// What names them, whatever the text is about.
    naming: Naming,
    /// What names them in texts about those whom they introduced, or who introduced them.
    among_acquaintances: Naming,
    acquaintances: BTreeSet<EntryId>,
    /// What says more of them in a text that names them: companies, now or before, where nobody else
    /// works.
    beside: Naming,
    /// Parts of their name, which may be anybody's.
    parts: Naming,
    /// Every name they ever had, folded.
    called: BTreeSet<String>,
}

impl<'s, S: Store> Gathering<'s, S> {
    pub(super) fn new(
        store: &'s S,
        book: &'s Book,
        person: Entry,
        also: &[String],
    ) -> Result<Self, NotebookError> {
        let mut names: BTreeSet<String> = also.iter().cloned().collect();
        let mut parts: BTreeSet<String> = BTreeSet::new();
        let id = person.id;
        let mut called = BTreeSet::from([fold(person.name.raw())]);
        let mut employers: Vec<Words> = person.field("company").into_iter().collect();
        let mut taken_back: Vec<(EntryId, String)> = Vec::new();
        store.texts(&mut |text| match text.said {
            Said::Entry(entry) if book.get(entry.id).is_none() => {
                taken_back.push((entry.id, fold(entry.name.raw())));
            }
            Said::Entry(entry) if entry.id == id => {
                called.insert(fold(entry.name.raw()));
                employers.extend(entry.field("company"));
                name_all(entry.name.raw(), &mut names, &mut parts);
                for (field, value) in entry.fields.iter() {
                    identify(field, value.raw(), &mut names, &mut parts);
                }
            }
            Said::Field { entry, field, value } if entry == id => {
                match field {
                    "name" => drop(called.insert(fold(value.raw()))),
                    "company" => employers.push(value.clone()),
                    _ => {}
                }
                identify(field, value.raw(), &mut names, &mut parts);
            }
            Said::Entry(_) | Said::Field { .. } | Said::Fact { .. } => {}
        })?;
        let companies = companies_of(store, book, &person, &employers)?;
        let mut going: BTreeSet<EntryId> = companies.iter().map(|company| company.id).collect();
        going.insert(id);
        // Somebody of that name who was taken back: nobody else, as far as anyone knows.
        let same = |(_, name): &(EntryId, String)| called.contains(name);
        going.extend(taken_back.into_iter().filter(same).map(|(entry, _)| entry));
        let field = |name| person.fields.get(name).map(|value| value.raw().to_owned());
        if let (Some(first), Some(last)) = (field("first_name"), field("last_name")) {
            names.insert(format!("{first} {last}"));
            names.insert(format!("{last}, {first}"));
        }
        let alone = |company: &&Words| {
            let company = fold(company.raw());
            !book.people().any(|other| {
                other.id != id && other.field("company").is_some_and(|c| fold(c.raw()) == company)
            })
        };
        let employers = employers.iter().filter(alone).map(Words::raw);
        let introduced = |entry: &&Entry| entry.introduced_by == Some(id);
        let mut acquaintances: BTreeSet<EntryId> =
            book.iter().filter(introduced).map(|entry| entry.id).collect();
        acquaintances.extend(person.introduced_by);
        let among: BTreeSet<&String> = names.iter().chain(&parts).collect();
        Ok(Self {
            store,
            book,
            going,
            companies,
            naming: Naming::new(names.iter().map(String::as_str)),
            among_acquaintances: Naming::new(among.into_iter().map(String::as_str)),
            acquaintances,
            parts: Naming::new(parts.iter().map(String::as_str)),
            beside: Naming::new(employers),
            called,
            person,
        })
    }

    pub(super) fn forgetting(self) -> Result<Forgetting, NotebookError> {
        let mut forgetting = Forgetting {
            entry: self.person.clone(),
            companies: self.companies.clone(),
            texts: 0,
            messages: 0,
            mentions: Vec::new(),
            perhaps: Vec::new(),
            in_playbook: self.in_playbook()?,
            names: self.called.clone(),
            erasures: Vec::new(),
            changes: self.changes(),
            plans: BTreeSet::new(),
        };
        self.store.texts(&mut |text| self.judge(text, &mut forgetting))?;
        Ok(forgetting)
    }

    /// Who becomes nameless. Companies first: whose company a person's was, is asked of names.
    fn changes(&self) -> Vec<Change> {
        let company = self.person.field("company").map(|name| fold(name.raw()));
        let works_there = |entry: &&Entry| {
            entry.id != self.person.id
                && entry.forgotten.is_none()
                && entry.field("company").map(|name| fold(name.raw())) == company
        };
        let company_of = company.as_ref().map(|_| {
            self.book.people().find(works_there).map_or(self.person.id, |colleague| colleague.id)
        });
        let connected = self.person.connected_on().is_some();
        let person = Change::Forgotten { entry: self.person.id, company_of, connected };
        let companies = self.companies.iter().map(|company| Change::Forgotten {
            entry: company.id,
            company_of: None,
            connected: false,
        });
        std::iter::once(person).chain(companies).collect()
    }

    /// What becomes of a text.
    fn judge(&self, text: Text<'_>, forgetting: &mut Forgetting) {
        let (about, plan) = match (text.said, text.place) {
            (Said::Entry(entry), _) => (Some(entry.id), None),
            (Said::Field { entry, .. }, _) => (Some(entry), None),
            (Said::Fact { fact, .. }, Place::Fact { plan, .. }) => (fact.entry(), Some(plan)),
            (Said::Fact { fact, .. }, Place::Entry(_) | Place::Change { .. }) => {
                (fact.entry(), None)
            }
        };
        if about.is_some_and(|about| self.going.contains(&about)) {
            forgetting.plans.extend(plan);
            if stays(&text.said) {
                return;
            }
            if let Said::Fact {
                fact: Fact { kind: FactKind::Done { sent: Some(sent), .. }, .. },
                words,
            } = text.said
                && *words == sent.text
            {
                forgetting.messages += 1;
            }
            forgetting.texts += 1;
            forgetting.erasures.push(Erasure { place: text.place, left: None });
            return;
        }
        let close = about.is_some_and(|about| self.acquaintances.contains(&about));
        let naming = if close { &self.among_acquaintances } else { &self.naming };
        match text.said {
            Said::Entry(entry) => self.entry(text.place, entry, naming, forgetting),
            Said::Field { entry, field, value } => {
                // Whose name it is, it stays: another Ana Silva goes on being Ana Silva.
                if !is_own(field) {
                    let what = field.to_owned();
                    let mention = Mentioned { about: Some(entry), what, wording: false };
                    self.words(text.place, value, naming, mention, forgetting);
                }
            }
            Said::Fact { fact, words } => {
                let wording = matches!(fact.kind, FactKind::Worded { .. });
                let mention = Mentioned { about, what: what(&fact.kind), wording };
                if refers_to(&fact.kind, naming, words) {
                    let after = Words::new(Entry::NAMELESS);
                    forgetting.plans.extend(plan);
                    forgetting.mentions.push(mention.of(words, after.clone()));
                    let left = Some(Left::Words(after));
                    forgetting.erasures.push(Erasure { place: text.place, left });
                } else {
                    self.words(text.place, words, naming, mention, forgetting);
                }
            }
        }
    }

    /// The fields with which somebody else began.
    fn entry(&self, place: Place, entry: &Entry, naming: &Naming, forgetting: &mut Forgetting) {
        let mut left = entry.clone();
        for (field, value) in entry.fields.iter().filter(|(field, _)| !is_own(field)) {
            if let Some(cut) = self.cut(naming, value) {
                let after = Words::new(cut);
                left.fields.insert(field, after.clone());
                let mention =
                    Mentioned { about: Some(entry.id), what: field.to_owned(), wording: false };
                forgetting.mentions.push(mention.of(value, after));
            } else {
                self.perhaps(
                    value,
                    || Mentioned { about: Some(entry.id), what: field.to_owned(), wording: false },
                    forgetting,
                );
            }
        }
        if left != *entry {
            let left = Some(Left::Entry(Box::new(left)));
            forgetting.erasures.push(Erasure { place, left });
        }
    }

    /// The text without them, where it names them.
    fn cut(&self, naming: &Naming, words: &Words) -> Option<String> {
        let cut = naming.cut(words.raw(), Entry::NAMELESS)?;
        Some(self.beside.cut(&cut, Entry::NAMELESS).unwrap_or(cut))
    }

    fn words(
        &self,
        place: Place,
        words: &Words,
        naming: &Naming,
        mention: Mentioned,
        forgetting: &mut Forgetting,
    ) {
        let Some(cut) = self.cut(naming, words) else {
            self.perhaps(words, || mention, forgetting);
            return;
        };
        if let Place::Fact { plan, .. } = place {
            forgetting.plans.insert(plan);
        }
        let after = Words::new(cut);
        forgetting.mentions.push(mention.of(words, after.clone()));
        forgetting.erasures.push(Erasure { place, left: Some(Left::Words(after)) });
    }

    fn perhaps(
        &self,
        words: &Words,
        mention: impl FnOnce() -> Mentioned,
        forgetting: &mut Forgetting,
    ) {
        if self.parts.cut(words.raw(), "").is_some() {
            forgetting.perhaps.push(mention().of(words, words.clone()));
        }
    }

    fn in_playbook(&self) -> Result<bool, NotebookError> {
        for plan in self.store.plans()? {
            let text = self.store.playbook(&plan.projection.playbook)?.unwrap_or_default();
            if self.naming.cut(&text, "").is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What a text is, before it is known what becomes of it.
struct Mentioned {
    about: Option<EntryId>,
    what: String,
    wording: bool,
}

impl Mentioned {
    fn of(self, before: &Words, after: Words) -> Mention {
        let Self { about, what, wording } = self;
        Mention { about, what, wording, before: before.clone(), after }
    }
}

/// A referral to the person says where they work, too, whoever else works there.
fn refers_to(kind: &FactKind, naming: &Naming, words: &Words) -> bool {
    let is_referral =
        matches!(kind, FactKind::Happened { outcome, .. } if &**outcome == "referred");
    let name = words.raw().split([',', '<']).next().unwrap_or_default();
    let cut = || naming.cut(name.trim(), Entry::NAMELESS);
    is_referral && cut().is_some_and(|cut| cut.trim() == Entry::NAMELESS)
}

/// What says nothing of anybody and keeps counts as they were: days, times, yes and no.
fn stays(said: &Said<'_>) -> bool {
    let plain = |words: &Words| {
        let text = words.raw().trim();
        ["yes", "no", "true", "false"].contains(&text)
            || text.parse::<jiff::civil::Date>().is_ok()
            || text.parse::<jiff::civil::DateTime>().is_ok()
    };
    match said {
        Said::Entry(_) => false,
        Said::Field { field, .. } => *field == "knows_me",
        Said::Fact { words, .. } => plain(words),
    }
}

/// What a text of a fact belongs to.
fn what(kind: &FactKind) -> String {
    match kind {
        FactKind::InputSet { input, .. } => input.to_string(),
        FactKind::Worded { message, .. } => message.to_string(),
        FactKind::Done { task, .. }
        | FactKind::Corrected { task, .. }
        | FactKind::Skipped { task, .. } => task.step.to_string(),
        FactKind::Happened { outcome, .. } => outcome.to_string(),
        FactKind::Decided { cycle, .. } => format!("the decision of cycle {cycle}"),
        FactKind::PlanStarted { .. }
        | FactKind::ZoneSet { .. }
        | FactKind::WeekdaysSet { .. }
        | FactKind::HoursSet { .. }
        | FactKind::BusySet { .. }
        | FactKind::DaysOff { .. }
        | FactKind::Away { .. }
        | FactKind::PlaybookTaken { .. }
        | FactKind::PlaybookPlanned { .. }
        | FactKind::Shared { .. }
        | FactKind::CycleStarted { .. }
        | FactKind::Compared { .. }
        | FactKind::SecondChange { .. }
        | FactKind::CycleStopped { .. }
        | FactKind::Listed { .. }
        | FactKind::Unlisted { .. }
        | FactKind::Postponed { .. } => String::new(),
    }
}
