//! Undo and redo: by operation, never by describing what happened (F4).

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::open::OpenPlan;
use super::projection::projection;
use super::{Notebook, NotebookError};
use crate::plan::{Fact, FactKind, PlanId};
use crate::store::{
    Change, NewOperation, Operation, OperationId, Projection, Scope, Store, StoreError,
};

/// How far back one may look for something to undo.
const HORIZON: usize = 1000;

/// What an undo or redo turned.
#[derive(Clone, Debug)]
pub struct Turned {
    /// The operation that was taken back, or brought back, with what it had recorded.
    pub operation: Operation,
    /// The operation that does so.
    pub by: OperationId,
}

impl<S: Store> Notebook<S> {
    /// Takes the newest operation back that still stands. One in which somebody was forgotten is
    /// never taken back: [`undo_beyond`](Self::undo_beyond) takes back what was recorded before it.
    ///
    /// # Errors
    ///
    /// [`NotebookError::NothingTo`] where nothing is left; [`NotebookError::ForGood`]; where the
    /// store fails.
    pub fn undo(&mut self, instant: Timestamp) -> Result<Turned, NotebookError> {
        let operations = self.store.operations(HORIZON)?;
        let newest = operations.iter().find(|operation| stands(operation));
        if newest.is_some_and(forgets) {
            let before = newest_to_undo(&operations);
            let before = before.and_then(|(_, meant)| {
                operations.into_iter().find(|operation| operation.id == meant)
            });
            return Err(NotebookError::ForGood(before.map(Box::new)));
        }
        self.undo_beyond(instant)
    }

    /// Takes the newest operation back that still stands and can be taken back.
    ///
    /// # Errors
    ///
    /// [`NotebookError::NothingTo`] where nothing is left; where the store fails.
    pub fn undo_beyond(&mut self, instant: Timestamp) -> Result<Turned, NotebookError> {
        self.turn("undo", instant, newest_to_undo)
    }

    /// Brings the newest operation back that was taken back.
    ///
    /// # Errors
    ///
    /// As [`undo`](Self::undo).
    pub fn redo(&mut self, instant: Timestamp) -> Result<Turned, NotebookError> {
        self.turn("redo", instant, newest_to_redo)
    }

    fn turn(
        &mut self,
        command: &'static str,
        instant: Timestamp,
        pick: impl Fn(&[Operation]) -> Option<(OperationId, OperationId)>,
    ) -> Result<Turned, NotebookError> {
        loop {
            let head = self.store.head()?;
            let operations = self.store.operations(HORIZON)?;
            let (retract, meant) = pick(&operations).ok_or(NotebookError::NothingTo(command))?;
            let operation = operations
                .into_iter()
                .find(|operation| operation.id == meant)
                .ok_or(NotebookError::NothingTo(command))?;
            let mut turning = NewOperation::new(instant, command);
            turning.undoes = Some(retract);
            turning.projections = self.projections_after(&operation, command, instant)?;
            match self.store.append(head.operation, turning) {
                Ok(by) => return Ok(Turned { operation, by }),
                Err(StoreError::Stale { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Projections follow from the facts: those of the plans concerned are worked out anew, as
    /// they will be once the operation is taken back or brought back.
    fn projections_after(
        &self,
        operation: &Operation,
        command: &str,
        instant: Timestamp,
    ) -> Result<Vec<(PlanId, Projection)>, NotebookError> {
        let mut plans: BTreeMap<PlanId, Vec<&Fact>> = BTreeMap::new();
        for change in &operation.changes {
            if let Change::Plan { plan, fact } = change {
                plans.entry(*plan).or_default().push(fact);
            }
        }
        let mut projections = Vec::new();
        for (plan, turned) in plans {
            let scope = scope_for(&turned);
            let mut facts: Vec<(OperationId, Fact)> = self
                .store
                .facts(plan, &scope)?
                .into_iter()
                .filter(|recorded| recorded.operation != operation.id)
                .map(|recorded| (recorded.operation, recorded.fact))
                .collect();
            if command == "redo" {
                facts.extend(turned.into_iter().map(|fact| (operation.id, fact.clone())));
                facts.sort_by_key(|(operation, _)| *operation);
            }
            let facts = facts.iter().map(|(_, fact)| fact);
            match OpenPlan::from_facts(&self.store, plan, &scope, facts) {
                Ok(open) => projections.push((plan, projection(&open, instant))),
                // The plan itself was taken back: nothing is left to look at.
                Err(NotebookError::NoPlan(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(projections)
    }
}

/// What has to be read to see the plan without these facts, or with them: their people, or all of
/// it where cycles come and go.
fn scope_for(facts: &[&Fact]) -> Scope {
    let turns_a_cycle = facts.iter().any(|fact| {
        matches!(
            fact.kind,
            FactKind::PlaybookTaken { .. }
                | FactKind::PlaybookPlanned { .. }
                | FactKind::CycleStarted { .. }
                | FactKind::CycleStopped { .. }
                | FactKind::Decided { .. }
        )
    });
    if turns_a_cycle {
        return Scope::Everything;
    }
    Scope::Open { entries: facts.iter().filter_map(|fact| fact.entry()).collect() }
}

/// True for an operation that still stands and is no undo or redo itself.
fn stands(operation: &Operation) -> bool {
    !operation.undone && operation.undoes.is_none()
}

/// True where somebody was forgotten: nothing takes that back.
fn forgets(operation: &Operation) -> bool {
    let forgets =
        |change: &Change| matches!(change, Change::Person(crate::people::Change::Forgotten { .. }));
    operation.changes.iter().any(forgets)
}

/// The newest operation that still stands, can be taken back, and is no undo or redo itself.
pub fn newest_to_undo(operations: &[Operation]) -> Option<(OperationId, OperationId)> {
    operations
        .iter()
        .find(|operation| stands(operation) && !forgets(operation))
        .map(|operation| (operation.id, operation.id))
}

/// The newest undo that still stands, as long as nothing new was recorded after it: the retraction
/// to retract, and the operation that comes back with it.
pub fn newest_to_redo(operations: &[Operation]) -> Option<(OperationId, OperationId)> {
    let newest_own = operations.iter().find(|operation| operation.undoes.is_none());
    operations
        .iter()
        .find(|operation| operation.command == "undo" && !operation.undone)
        .filter(|undo| newest_own.is_none_or(|own| own.id < undo.id))
        .and_then(|undo| Some((undo.id, undo.undoes?)))
}
