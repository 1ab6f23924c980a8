//! Noting something about somebody, with the `fill` tasks that this completes.

use super::NotebookError;
use super::session::Session;
use crate::people::{Change, Entry, EntryId};
use crate::plan::{Command, Rejection, TaskKey, check_entry_field, is_filled, resolve};
use crate::playbook::{Id, Step, StepKind};
use crate::words::Words;
use jiff::civil::Date;

/// What became of fields that were set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The fields that have another value now, each with the one before.
    pub changed: Vec<(String, Option<Words>)>,
    /// The `fill` tasks that this completed; recorded as done on the day, so that a pace counts them (D8).
    pub done: Vec<TaskKey>,
}

impl Session {
    /// Sets fields of somebody who is known to this command; a blank value empties the field, one
    /// that stands already changes nothing (F5). Open `fill` tasks that have all they ask for now
    /// are done today: a fact of its own, since a field does not say when it was filled (S1, D8).
    ///
    /// # Errors
    ///
    /// A rejection for a field that there is not, or a value that it does not take.
    pub fn fill(
        &mut self,
        entry: EntryId,
        values: &[(String, Words)],
    ) -> Result<Filled, NotebookError> {
        let today = self.situation()?.today();
        self.fill_on(entry, values, today)
    }

    /// As [`fill`](Self::fill), noted on an earlier day and told now (F3).
    ///
    /// # Errors
    ///
    /// As [`fill`](Self::fill), and for a day in the future or before the plan began.
    pub fn fill_on(
        &mut self,
        entry: EntryId,
        values: &[(String, Words)],
        on: Date,
    ) -> Result<Filled, NotebookError> {
        let (today, start) = (self.situation()?.today(), self.plan()?.state.start);
        if on > today {
            return Err(Rejection::FutureDay { on }.into());
        }
        if on < start && on != today {
            return Err(Rejection::BeforePlan { on, start }.into());
        }
        let kind = self.known(entry)?.kind;
        let playbook = &self.plan()?.playbook;
        let checked: Result<Vec<(String, Words)>, Rejection> = values
            .iter()
            .map(|(field, value)| {
                let value = check_entry_field(playbook, kind, field, value)?;
                // An empty `knows_me` is how a no is kept.
                let no = field == "knows_me" && value.raw() == "no";
                Ok((field.clone(), if no { Words::new("") } else { value }))
            })
            .collect();
        self.complete_on(entry, &checked?, on)
    }

    /// As [`fill`](Self::fill), with values that stand as they came: an address book's.
    ///
    /// # Errors
    ///
    /// Where nobody of that number is known.
    pub fn complete(
        &mut self,
        entry: EntryId,
        values: &[(String, Words)],
    ) -> Result<Filled, NotebookError> {
        let today = self.situation()?.today();
        self.complete_on(entry, values, today)
    }

    fn complete_on(
        &mut self,
        entry: EntryId,
        values: &[(String, Words)],
        on: Date,
    ) -> Result<Filled, NotebookError> {
        let known = self.known(entry)?;
        let linked = known.company.is_some();
        let mut after = known.clone();
        let mut changes = Vec::new();
        let mut filled = Filled::default();
        for (field, value) in values {
            let before = after.field(field);
            let wanted = Some(value).filter(|value| !value.is_blank());
            if before.as_ref() == wanted {
                continue;
            }
            let change = Change::FieldSet { entry, field: field.clone(), value: wanted.cloned() };
            change.apply(&mut after);
            changes.push(change);
            filled.changed.push((field.clone(), before));
        }
        if linked && filled.changed.iter().any(|(field, _)| field == "company") {
            let company = after.field("company").map(|name| self.company(name.raw()));
            changes.push(Change::CompanyLinked { entry, company });
        }
        filled.done = self.completed_by(&filled.changed, &after)?;
        for task in &filled.done {
            let (task, answers) = (task.clone(), std::collections::BTreeMap::new());
            // Also ahead of its needs (S1).
            self.decide_anyway(
                &Command::Done { task, on, answers, text: None, channel: None },
                true,
            )?;
        }
        for change in changes {
            self.change(change);
        }
        Ok(filled)
    }

    fn known(&self, entry: EntryId) -> Result<&Entry, NotebookError> {
        let missing = || Rejection::NotListed { name: Words::new(format!("@{entry}")) };
        Ok(self.plan()?.book.get(entry).ok_or_else(missing)?)
    }

    /// The open `fill` tasks that ask for one of the changed fields and have all they ask for once
    /// the entry is as `after`.
    fn completed_by(
        &self,
        changed: &[(String, Option<Words>)],
        after: &Entry,
    ) -> Result<Vec<TaskKey>, NotebookError> {
        let situation = self.situation()?;
        let playbook = situation.playbook;
        let asks = |fields: &[Id]| {
            fields.iter().any(|field| changed.iter().any(|(changed, _)| *changed == **field))
                && fields.iter().all(|field| is_filled(playbook, after, field))
        };
        let filling =
            |step: &&(usize, &Step)| matches!(&step.1.kind, StepKind::Fill(fields) if asks(fields));
        let steps: Vec<(usize, &Step)> = playbook.steps.iter().enumerate().collect();
        let steps: Vec<&(usize, &Step)> = steps.iter().filter(filling).collect();
        let mut done = Vec::new();
        if steps.is_empty() {
            return Ok(done);
        }
        for table in &resolve(&situation).cycles {
            for (position, step) in &steps {
                let standing = table.standing(step, *position, Some(after.id));
                let open = standing.is_some_and(|standing| standing.status.is_open());
                let cycle = if step.once_per_plan { 0 } else { table.cycle.number };
                let task = TaskKey::of(cycle, step.id.clone(), after.id);
                if open && step.for_each.is_some() && !done.contains(&task) {
                    done.push(task);
                }
            }
        }
        Ok(done)
    }
}
