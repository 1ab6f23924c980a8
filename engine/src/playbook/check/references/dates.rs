//! Days that are counted from something, or stand among the facts.

use super::Follower;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::document::{AtDocument, StepDocument, clipped};
use crate::playbook::{Anchor, Available, FieldKind, Id, List};
use crate::syntax::Scalar;

impl Follower<'_, '_, '_> {
    /// `of STEP` or `of OUTCOME`.
    pub(super) fn anchor(&mut self, step: &StepDocument, name: &Scalar) -> Option<Anchor> {
        if let Some(at) = self.index.steps.get(name.text()) {
            return Some(Anchor::Step(*at));
        }
        if self.index.outcomes.contains_key(name.text()) {
            return Some(Anchor::Outcome(Id::from(name.text())));
        }
        let names =
            self.index.candidates(self.index.steps.keys().chain(self.index.outcomes.keys()));
        let message = format!(
            "`{}` counts from `{}`, and that is neither a step nor an outcome",
            step.id.text(),
            clipped(name.text())
        );
        self.unknown(
            Code::UnknownStep,
            name,
            message,
            &names,
            "write the id of a step or an outcome",
        );
        None
    }

    pub(super) fn available(
        &mut self,
        step: &StepDocument,
        for_each: Option<List>,
    ) -> Option<Available> {
        let name = match step.at.as_ref()? {
            AtDocument::Day(day) => return Some(Available::CycleDay(day.value)),
            AtDocument::Date(name) => name,
        };
        let parts: Vec<_> = name.text().split('.').collect();
        let (found, owner) = match (parts.as_slice(), for_each) {
            (["person", outcome, field], Some(List::People)) => {
                let Some(fields) = self.index.outcomes.get(outcome) else {
                    let from = "person.".len();
                    let place = self.reading.place(name, from..from + outcome.len());
                    self.outcome(&Scalar::new(*outcome, place));
                    return None;
                };
                let found = fields.get(field).map(|kind| {
                    let (outcome, field) = (Id::from(*outcome), Id::from(*field));
                    (Available::OutcomeField { outcome, field }, kind.clone())
                });
                (found, Some(fields.keys().copied().collect::<Vec<_>>()))
            }
            (["person", field], Some(List::People)) => {
                self.links.used_fields.insert((List::People, (*field).to_owned()));
                (self.entry_field(List::People, field), None)
            }
            (["company", field], Some(List::Companies)) => {
                self.links.used_fields.insert((List::Companies, (*field).to_owned()));
                (self.entry_field(List::Companies, field), None)
            }
            _ => {
                let finding = Diagnostic::new(
                    Code::UnknownField,
                    name.span(),
                    format!("`{}` is no date that this step could have", clipped(name.text())),
                )
                .help(
                    "write `day 14`, or with `for_each: people` a date such as `person.booked.at`",
                );
                self.reading.push(finding);
                return None;
            }
        };
        let Some((available, kind)) = found else {
            let last = parts.last().copied().unwrap_or_default();
            let place = self.reading.place(name, name.text().len() - last.len()..name.text().len());
            let names = owner.unwrap_or_else(|| {
                for_each
                    .map(|list| self.index.fields(list).keys().copied().collect())
                    .unwrap_or_default()
            });
            let message = format!("there is no field `{}` here", clipped(last));
            let last = Scalar::new(last, place);
            self.unknown(
                Code::UnknownField,
                &last,
                message,
                &names,
                "declare it with `type: date` or `type: datetime`",
            );
            return None;
        };
        if !matches!(kind, FieldKind::Date | FieldKind::Datetime) {
            let finding = Diagnostic::new(
                Code::WrongType,
                name.span(),
                format!("`{}` is no date", name.text()),
            )
            .help("give the field `type: date` or `type: datetime`");
            self.reading.push(finding);
        }
        Some(available)
    }

    fn entry_field(&self, list: List, field: &str) -> Option<(Available, FieldKind)> {
        let kind = self.index.fields(list).get(field)?;
        Some((Available::EntryField(Id::from(field)), kind.clone()))
    }
}
