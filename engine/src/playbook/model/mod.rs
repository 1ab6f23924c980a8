//! The resolved playbook: what a plan runs on. Plain, immutable data.
//!
//! Knows what a checked playbook says. It must not know how it was written (places, inheritance,
//! mistakes) or anything that happened in a plan.

mod experiment;
mod field;
mod list;
mod message;
mod step;

use std::collections::BTreeMap;

pub use experiment::{Choice, ChoiceOption, CycleRules, Event, Metric};
pub use field::{Field, FieldKind};
pub use list::{ListRules, Outcome};
pub use message::{Message, MessageText};
pub use step::{
    After, Anchor, Available, Decision, List, Need, NeedMeasure, Required, Step, StepKind, Within,
};

use super::Id;

/// A playbook that passed every check: names resolved, texts compiled, steps in order.
#[derive(Clone, Debug)]
pub struct Playbook {
    /// Its id, such as `product-designer`.
    pub id: Id,
    /// The coach's own version, semver.
    pub version: String,
    /// The title people see.
    pub title: String,
    /// The role it is written for.
    pub role: Option<String>,
    /// Where the method comes from.
    pub source: Option<String>,
    /// Markdown, shown when a plan starts.
    pub about: Option<String>,
    /// What is asked when a plan starts, in declaration order.
    pub inputs: Vec<Field>,
    /// What cycles may compare, in declaration order.
    pub choices: Vec<Choice>,
    /// The list of people of each cycle.
    pub people: ListRules,
    /// The list of companies of the plan, where the playbook has one.
    pub companies: Option<ListRules>,
    /// Outcomes of people: those that always exist first, then the playbook's own.
    pub outcomes: Vec<Outcome>,
    /// How long a cycle is and what decides it.
    pub cycle: CycleRules,
    /// The measures, in declaration order.
    pub metrics: Vec<Metric>,
    /// The messages, in declaration order.
    pub messages: Vec<Message>,
    /// The steps, in declaration order (of the base first, where it extends one).
    pub steps: Vec<Step>,
    /// Positions in `steps`, every step after all that it needs; declaration order breaks ties (G1).
    pub order: Vec<usize>,
    /// Where each step stands in `steps`.
    pub positions: BTreeMap<Id, usize>,
    /// SHA-256 of the packed text, in hexadecimal: what a plan is pinned to (E3).
    pub hash: String,
}

impl Playbook {
    /// The step of that id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.positions.get(id).and_then(|position| self.steps.get(*position))
    }

    /// The message of that id.
    pub fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().find(|message| &*message.id == id)
    }

    /// The choice of that id.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| &*choice.id == id)
    }

    /// The choice that the first step of its kind asks about: what a cycle compares unless
    /// something else is said.
    pub fn first_choice(&self) -> Option<&Choice> {
        self.steps.iter().find_map(|step| match &step.kind {
            StepKind::Choose(choice) => self.choice(choice),
            StepKind::Task
            | StepKind::Write(_)
            | StepKind::Collect(_)
            | StepKind::Fill(_)
            | StepKind::Send(_)
            | StepKind::Decide(_)
            | StepKind::Every(_) => None,
        })
    }

    /// The outcome of that id, built in or declared.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| &*outcome.id == id)
    }

    /// The measure of that id.
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| &*metric.id == id)
    }

    /// The input of that id.
    pub fn input(&self, id: &str) -> Option<&Field> {
        self.inputs.iter().find(|input| &*input.id == id)
    }
}
