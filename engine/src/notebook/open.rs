//! A plan as it was read: playbook, facts, people, and what other plans do with them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::NotebookError;
use crate::people::{Book, EntryId};
use crate::plan::{Elsewhere, Fact, FactKind, Now, PlanId, PlanState, Situation, TaskKey, resolve};
use crate::playbook::{self, Playbook, StepKind};
use crate::source::SourceFile;
use crate::store::{Entries, PlanRow, Scope, Store};

/// A plan with everything that an answer about it needs.
#[derive(Clone, Debug)]
pub struct OpenPlan {
    /// Which plan.
    pub id: PlanId,
    /// The playbook it is pinned to.
    pub playbook: Playbook,
    /// Its facts, folded.
    pub state: PlanState,
    /// The people and companies of its lists; everybody, where everything was asked for.
    pub book: Book,
    /// What other plans do with them.
    pub elsewhere: Elsewhere,
    /// The version of the playbook that is taken with the next cycle (E3).
    pub planned: Option<Playbook>,
    /// Its zone.
    pub zone: TimeZone,
}

impl OpenPlan {
    pub(super) fn read(
        store: &impl Store,
        plan: PlanId,
        scope: &Scope,
    ) -> Result<Self, NotebookError> {
        let recorded = store.facts(plan, scope)?;
        Self::from_facts(store, plan, scope, recorded.iter().map(|recorded| &recorded.fact))
    }

    /// The plan that these facts make.
    pub(super) fn from_facts(
        store: &impl Store,
        plan: PlanId,
        scope: &Scope,
        facts: impl Iterator<Item = impl std::borrow::Borrow<Fact>>,
    ) -> Result<Self, NotebookError> {
        let state = PlanState::fold(facts).ok_or(NotebookError::NoPlan(plan))?;
        let playbook = read_playbook(store, &state.playbook)?;
        let planned = state.planned.as_ref().map(|(hash, _)| read_playbook(store, hash));
        let planned = planned.transpose()?;
        let zone = read_zone(&state.zone)?;
        let mut read = Self {
            id: plan,
            playbook,
            state,
            book: Book::new(),
            elsewhere: Elsewhere::default(),
            planned,
            zone,
        };
        match scope {
            Scope::Everything => read.take_in(store.entries(&Entries::All)?),
            Scope::Open { entries } => read.read_people(store, entries)?,
        }
        Ok(read)
    }

    /// Reads the people that the lists name, the companies they belong to, and the named entries.
    fn read_people(
        &mut self,
        store: &impl Store,
        entries: &[EntryId],
    ) -> Result<(), NotebookError> {
        let members = self.state.cycles.values().flat_map(|cycle| &cycle.members);
        let listed = members.chain(&self.state.companies).map(|member| member.entry);
        let wanted: BTreeSet<EntryId> = listed.chain(entries.iter().copied()).collect();
        let wanted: Vec<EntryId> = wanted.into_iter().collect();
        self.take_in(store.entries(&Entries::Ids(&wanted))?);
        let missing: BTreeSet<EntryId> = self
            .book
            .iter()
            .filter_map(|entry| entry.company)
            .filter(|company| self.book.get(*company).is_none())
            .collect();
        if !missing.is_empty() {
            let missing: Vec<EntryId> = missing.into_iter().collect();
            self.take_in(store.entries(&Entries::Ids(&missing))?);
        }
        Ok(())
    }

    fn take_in(&mut self, entries: Vec<crate::people::Entry>) {
        for entry in entries {
            self.book.insert(entry);
        }
    }

    /// Looks at what other plans do with the people of this one (S6).
    pub(super) fn look_around(
        &mut self,
        store: &impl Store,
        plans: &[PlanRow],
        instant: Timestamp,
    ) -> Result<(), NotebookError> {
        if plans.len() < 2 {
            return Ok(());
        }
        let members = self.state.cycles.values().flat_map(|cycle| &cycle.members);
        let people: Vec<EntryId> = members.map(|member| member.entry).collect();
        let mut older: BTreeSet<PlanId> = BTreeSet::new();
        let mut sent: BTreeMap<(PlanId, TaskKey), Date> = BTreeMap::new();
        for (plan, recorded) in store.facts_about(&people)? {
            if plan == self.id {
                continue;
            }
            if plan < self.id {
                older.insert(plan);
            }
            if let Fact {
                on,
                kind:
                    FactKind::Done { task, sent: Some(how), .. }
                    | FactKind::Corrected { task, sent: Some(how), .. },
                ..
            } = recorded.fact
                && how.channel.sends()
            {
                // A correction comes behind what it corrects.
                sent.insert((plan, task), on);
            }
        }
        for ((_, task), on) in sent {
            let Some(entry) = task.entry else { continue };
            let last = self.elsewhere.last_sent.entry(entry).or_insert(on);
            *last = on.max(*last);
        }
        for plan in older {
            let mut other = Self::read(store, plan, &Scope::Open { entries: Vec::new() })?;
            other.look_around(store, plans, instant)?;
            self.elsewhere.ahead.extend(other.open_messages(instant));
        }
        Ok(())
    }

    /// The people to whom this plan has a message open.
    fn open_messages(&self, instant: Timestamp) -> BTreeSet<EntryId> {
        let situation = self.situation(instant);
        let resolution = resolve(&situation);
        let mut people = BTreeSet::new();
        for table in &resolution.cycles {
            for (step, column) in self.playbook.steps.iter().zip(&table.columns) {
                if !matches!(step.kind, StepKind::Send(_)) {
                    continue;
                }
                let places = table.places(&situation, step);
                let dated = places.iter().zip(&column.tasks).filter(|(_, s)| s.status.is_dated());
                people.extend(dated.filter_map(|(place, _)| place.entry()));
            }
        }
        people
    }

    /// The moment `instant` in the plan's zone.
    pub fn now(&self, instant: Timestamp) -> Now {
        Now::new(instant, &self.zone)
    }

    /// Everything that an answer is derived from, at `instant`.
    pub fn situation(&self, instant: Timestamp) -> Situation<'_> {
        let now = self.now(instant);
        Situation::new(&self.playbook, &self.state, &self.book, &self.elsewhere, now)
    }
}

/// The playbook of that content hash, as it was packed when the plan took it (E3).
pub(super) fn read_playbook(store: &impl Store, hash: &str) -> Result<Playbook, NotebookError> {
    let unreadable = || NotebookError::PlaybookUnreadable { hash: hash.to_owned() };
    let text = store.playbook(hash)?.ok_or_else(unreadable)?;
    let file = SourceFile::new("the plan's playbook", text);
    playbook::load(file, &|_, _| None).playbook.ok_or_else(unreadable)
}

pub(super) fn read_zone(name: &str) -> Result<TimeZone, NotebookError> {
    crate::calendar::zone(name).map_err(|_| NotebookError::UnknownZone { zone: name.to_owned() })
}
