//! A step as written.

mod exclusions;
mod kind;
mod needs;

use super::field::FieldDocument;
use super::reading::{Group, Owner, Reading};
use super::values::{At, NameForm, Offset, words_of};
use crate::calendar::{CycleDay, Pace, Schedule};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::language::STEP;
use crate::playbook::{Decision, NeedMeasure, Required};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar};

/// A step.
#[derive(Clone, Debug)]
pub(crate) struct StepDocument {
    pub id: Scalar,
    pub title: Option<Scalar>,
    pub source: Option<Scalar>,
    pub guide: Option<Scalar>,
    pub checklist: Vec<Scalar>,
    pub kind: KindDocument,
    pub needs: Vec<NeedDocument>,
    pub for_each: Option<Scalar>,
    pub when: Option<Scalar>,
    pub after: Option<Offset>,
    pub at: Option<AtDocument>,
    pub within: Option<Offset>,
    pub pace: Vec<At<Pace>>,
    pub once: Option<Span>,
    pub record: Vec<FieldDocument>,
    pub sets: Option<Scalar>,
    pub required: Required,
    pub effort: Option<u32>,
}

/// What kind of step it is.
#[derive(Clone, Debug)]
pub(crate) enum KindDocument {
    Task,
    Choose(Scalar),
    Write(Scalar),
    Collect(Scalar),
    Fill(Vec<Scalar>),
    Send(Scalar),
    Decide(Vec<Decision>),
    Every(At<Schedule>),
    /// The key is there and its value cannot be read.
    Broken,
}

/// An edge.
#[derive(Clone, Debug)]
pub(crate) struct NeedDocument {
    pub step: Scalar,
    pub measure: NeedMeasure,
}

/// The day a step becomes due.
#[derive(Clone, Debug)]
pub(crate) enum AtDocument {
    Day(At<u32>),
    /// A dotted name, such as `person.booked.at`.
    Date(Scalar),
}

impl Reading<'_> {
    /// All steps.
    pub(super) fn steps(&mut self, node: &Node) -> Vec<StepDocument> {
        let entries = self.declared(node, "a step", NameForm::Id);
        let steps: Vec<_> = entries.into_iter().map(|entry| self.step(entry)).collect();
        let mut reviews = steps.iter().filter(|step| matches!(step.kind, KindDocument::Decide(_)));
        if let Some(first) = reviews.next() {
            for second in reviews {
                let message = "a cycle has one review, and this is a second";
                self.push(
                    Diagnostic::new(Code::KeysExclude, second.id.span(), message)
                        .also(first.id.span(), "the first one is here")
                        .help(
                            "keep one of them; what is only looked at is a step without `decide`",
                        ),
                );
            }
        }
        steps
    }

    fn step(&mut self, entry: &Entry) -> StepDocument {
        let mut step = StepDocument {
            id: entry.key.clone(),
            title: None,
            source: None,
            guide: None,
            checklist: Vec::new(),
            kind: KindDocument::Task,
            needs: Vec::new(),
            for_each: None,
            when: None,
            after: None,
            at: None,
            within: None,
            pace: Vec::new(),
            once: None,
            record: Vec::new(),
            sets: None,
            required: Required::UnlessReason,
            effort: None,
        };
        let owner = Owner::named("step", &entry.key);
        let Some(group) = self.open(&entry.value, &STEP, owner) else {
            step.kind = KindDocument::Broken;
            return step;
        };
        step.title = group.text("title").cloned();
        step.source = group.text("source").cloned();
        step.guide = group.text("guide").cloned();
        step.checklist = self.texts(&group, "checklist");
        step.kind = self.kind(&group);
        step.needs = group.node("needs").map(|node| self.needs(node)).unwrap_or_default();
        step.for_each = group.text("for_each").cloned();
        step.when = group.text("when").cloned();
        step.after = self.offset(&group, "after");
        step.at = group.text("at").and_then(|text| self.at(text));
        step.within = self.offset(&group, "within");
        step.pace = self.paces(&group);
        step.once = group
            .text("once")
            .and_then(|text| self.one_of(text, "once", words_of(&STEP, "once")))
            .map(|once| once.span);
        step.record = self.fields(group.node("record"), "a field", NameForm::Id);
        step.sets = group.text("sets").cloned();
        step.required = self.required(&group);
        step.effort = self.effort(&group);
        self.exclusions(&group);
        step
    }

    fn at(&mut self, text: &Scalar) -> Option<AtDocument> {
        let is_name = text.text().contains('.') && !text.text().contains(' ');
        if is_name {
            return Some(AtDocument::Date(text.clone()));
        }
        let day =
            self.small(Code::BadValue, text, |text| CycleDay::parse(text).map(CycleDay::number))?;
        Some(AtDocument::Day(day))
    }

    fn paces(&mut self, group: &Group<'_>) -> Vec<At<Pace>> {
        let texts = self.texts(group, "pace");
        texts.iter().filter_map(|text| self.small(Code::BadValue, text, Pace::parse)).collect()
    }

    fn required(&mut self, group: &Group<'_>) -> Required {
        let found = group
            .text("required")
            .and_then(|text| self.one_of(text, "required", words_of(&STEP, "required")));
        match found.map(|found| found.value) {
            Some("must") => Required::Must,
            Some("optional") => Required::Optional,
            Some(_) | None => Required::UnlessReason,
        }
    }

    fn effort(&mut self, group: &Group<'_>) -> Option<u32> {
        let found = self.duration(group, "effort")?;
        if found.value.minutes().is_none() {
            self.push(
                Diagnostic::new(
                    Code::BadValue,
                    found.span,
                    format!(
                        "`effort` is time spent at it, and {} is a stretch of the calendar",
                        found.value
                    ),
                )
                .help("write it in minutes or hours, such as `20 minutes`"),
            );
        }
        found.value.minutes()
    }
}
