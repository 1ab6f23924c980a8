//! Beginning a plan.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::NotebookError;
use super::open::{OpenPlan, read_zone};
use super::session::Session;
use crate::calendar::{Hours, WeekdaySet};
use crate::people::Book;
use crate::plan::{Command, Elsewhere, Fact, FactKind, PlanId, PlanState, Rejection};
use crate::playbook::{Id, Playbook};
use crate::words::Words;

/// How a plan begins.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The playbook, checked.
    pub playbook: Playbook,
    /// Its packed text.
    pub packed: String,
    /// The plan's IANA time zone.
    pub zone: String,
    /// The working week.
    pub weekdays: WeekdaySet,
    /// The hours in which talks may be offered.
    pub hours: Hours,
    /// What seeds every draw.
    pub seed: u64,
    /// Day 1 of the first cycle.
    pub start: Date,
    /// Answers to the playbook's inputs.
    pub inputs: BTreeMap<Id, Words>,
    /// What the first cycle compares, where that is known.
    pub compared: Option<(String, String)>,
    /// Everybody who is known already.
    pub book: Book,
}

impl Session {
    /// Begins a plan in this session: the plan, its inputs, its first cycle. People join
    /// afterwards, in the same operation.
    ///
    /// # Errors
    ///
    /// A rejection for answers or options that do not fit; an unknown zone.
    pub fn start(
        &mut self,
        beginning: Beginning,
        instant: Timestamp,
    ) -> Result<PlanId, NotebookError> {
        let zone = read_zone(&beginning.zone)?;
        let today = zone.to_datetime(instant).date();
        let begun = FactKind::PlanStarted {
            playbook: beginning.playbook.hash.clone(),
            zone: beginning.zone.clone(),
            weekdays: beginning.weekdays,
            hours: beginning.hours,
            seed: beginning.seed,
        };
        let begun = Fact::on(today.min(beginning.start), begun);
        let id = self.next_plan;
        let state = PlanState::fold([&begun]).ok_or(NotebookError::NoPlan(id))?;
        self.playbooks.push((beginning.playbook.hash.clone(), beginning.packed));
        let open = OpenPlan {
            id,
            playbook: beginning.playbook,
            state,
            book: beginning.book,
            elsewhere: Elsewhere::default(),
            planned: None,
            zone,
        };
        self.begin(open, vec![begun]);
        for (input, value) in beginning.inputs {
            self.decide(&Command::Set { input: input.to_string(), value })?;
        }
        let known = self.plan()?.playbook.inputs.clone();
        let answered = &self.plan()?.state.inputs;
        let open = known.iter().find(|input| {
            input.default.is_none() && input.ask.is_some() && !answered.contains_key(&input.id)
        });
        if let Some(input) = open {
            return Err(Rejection::InputMissing { input: input.id.clone() }.into());
        }
        self.decide(&Command::StartCycle { start: beginning.start, compared: beginning.compared })?;
        Ok(id)
    }
}
