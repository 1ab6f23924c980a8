//! Taking another version of the playbook, now or with the next cycle (E3).

use std::collections::BTreeMap;

use super::NotebookError;
use super::session::Session;
use crate::plan::{Accepted, Command, Fact, FactKind, Taking, setup_changes, take};
use crate::playbook::{Decision, Id, Playbook};
use crate::words::Words;

/// Another version, and how it is taken.
#[derive(Clone, Debug)]
pub struct Upgrading {
    /// The new version, checked.
    pub playbook: Playbook,
    /// Its packed text.
    pub packed: String,
    /// Steps that go by another name in it.
    pub renamed: BTreeMap<Id, Id>,
    /// Answers to what it asks for anew.
    pub inputs: BTreeMap<Id, Words>,
    /// At once, and not with the next cycle.
    pub mid_cycle: bool,
}

impl Session {
    /// Takes another version of the playbook.
    ///
    /// # Errors
    ///
    /// A rejection, where it does not fit the plan.
    pub fn upgrade(&mut self, upgrading: &Upgrading) -> Result<Accepted, NotebookError> {
        let taking = Taking {
            playbook: &upgrading.playbook,
            renamed: &upgrading.renamed,
            inputs: &upgrading.inputs,
            mid_cycle: upgrading.mid_cycle,
        };
        let accepted = take(&self.situation()?, &taking, self.anyway())?;
        if accepted.facts.is_empty() {
            return Ok(accepted);
        }
        self.playbooks.push((upgrading.playbook.hash.clone(), upgrading.packed.clone()));
        self.take_in(&accepted.facts)?;
        let plan = self.plan_mut()?;
        if plan.state.playbook == upgrading.playbook.hash {
            plan.playbook = upgrading.playbook.clone();
        } else {
            plan.planned = Some(upgrading.playbook.clone());
        }
        Ok(accepted)
    }

    /// A version that was planned is taken before the next cycle is set up, so that what the cycle
    /// compares is held against the version it will run.
    pub(super) fn before_a_cycle(
        &mut self,
        command: &Command,
        anyway: bool,
    ) -> Result<Option<Accepted>, NotebookError> {
        if self.plan()?.planned.is_none() {
            return Ok(None);
        }
        if let Command::StartCycle { .. } = command {
            self.take_planned()?;
            return Ok(None);
        }
        let Command::Decide { decision, option, why, next: Some(next), shown } = command else {
            return Ok(None);
        };
        let review = Command::Decide {
            decision: *decision,
            option: option.clone(),
            why: why.clone(),
            next: None,
            shown: shown.clone(),
        };
        let cycle = self.situation()?.running().map(|cycle| cycle.number);
        let mut accepted = self.decide_anyway(&review, anyway)?;
        if *decision == Decision::Stop {
            return Ok(Some(accepted));
        }
        let pair = cycle.and_then(|cycle| {
            let cycle = self.plan().ok()?.state.cycles.get(&cycle)?;
            let (pair, _) = cycle.compared.as_ref()?;
            Some((pair.choice.to_string(), pair.option.to_string()))
        });
        let compared = pair.filter(|_| *decision == Decision::Again);
        let start = Command::StartCycle { start: *next, compared };
        let begun = self.decide_anyway(&start, anyway)?;
        accepted.facts.extend(begun.facts);
        accepted.notes.extend(begun.notes);
        Ok(Some(accepted))
    }

    fn take_planned(&mut self) -> Result<(), NotebookError> {
        let on = self.situation()?.today();
        let plan = self.plan_mut()?;
        let (Some((playbook, renamed)), Some(version)) =
            (plan.state.planned.clone(), plan.planned.take())
        else {
            return Ok(());
        };
        let on = on.max(plan.state.start);
        let setup = Some(setup_changes(&plan.playbook, &version, &renamed));
        plan.playbook = version;
        self.take_in(&[Fact::on(on, FactKind::PlaybookTaken { playbook, renamed, setup })])
    }
}
