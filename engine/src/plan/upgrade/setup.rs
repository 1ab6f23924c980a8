//! What another version changes in the setup of a cycle: the reply window, when a message follows
//! another, the words that go out (semantics.md, words).
//!
//! Recorded when the version is taken, so that cycles before and after it are held against each
//! other for what truly differs, and one that only mends a title makes no difference.

use std::collections::{BTreeMap, BTreeSet};

use super::differences::{event_name, within_name};
use crate::playbook::{After, Anchor, Id, Message, Metric, Playbook, Step, StepKind};

/// The fields of the setup that differ between two versions, in words. `renamed` are steps that go
/// by another name in the new one.
pub fn changes(old: &Playbook, new: &Playbook, renamed: &BTreeMap<Id, Id>) -> Vec<String> {
    let mut changed = BTreeSet::new();
    let name = |step: String| renamed.get(&*step).map_or(step, ToString::to_string);
    let (before, after) = (deciding(old), deciding(new));
    let window = |playbook: &Playbook, metric: Option<&Metric>| {
        metric?.within.as_ref().map(|within| within_name(playbook, within))
    };
    if window(old, before) != window(new, after) {
        changed.insert("the reply window".to_owned());
    }
    let counted =
        |playbook: &Playbook, metric: Option<&Metric>, name: &dyn Fn(String) -> String| {
            let metric = metric?;
            let out_of = metric.out_of.as_ref().map(|event| name(event_name(playbook, event)));
            Some((out_of, name(event_name(playbook, &metric.count))))
        };
    if counted(old, before, &name) != counted(new, after, &|step| step) {
        changed.insert("what is counted".to_owned());
    }
    let old_days: BTreeMap<String, Option<String>> =
        sending(old).map(|step| (name(step.id.to_string()), days(old, step, &name))).collect();
    let new_days: BTreeMap<String, Option<String>> =
        sending(new).map(|step| (step.id.to_string(), days(new, step, &|step| step))).collect();
    for step in old_days.keys().chain(new_days.keys()) {
        if old_days.get(step) != new_days.get(step) {
            changed.insert(format!("the day of {step}"));
        }
    }
    for message in old.messages.iter().chain(&new.messages) {
        let (before, after) = (old.message(&message.id), new.message(&message.id));
        if !before.zip(after).is_some_and(|(before, after)| same_words(before, after)) {
            changed.insert(format!("the words of {}", message.id));
        }
    }
    changed.into_iter().collect()
}

fn deciding(playbook: &Playbook) -> Option<&Metric> {
    playbook.metric(playbook.cycle.decided_by.as_deref()?)
}

fn sending(playbook: &Playbook) -> impl Iterator<Item = &Step> {
    playbook.steps.iter().filter(|step| matches!(step.kind, StepKind::Send(_)))
}

/// How long after what a message follows.
fn days(playbook: &Playbook, step: &Step, name: &dyn Fn(String) -> String) -> Option<String> {
    let After { duration, of } = step.after.as_ref()?;
    let of = of.as_ref().map(|of| match of {
        Anchor::Step(at) => name(super::differences::step_name(playbook, *at)),
        Anchor::Outcome(outcome) => outcome.to_string(),
    });
    Some(format!("{duration} {}", of.unwrap_or_default()))
}

/// Whether each option that both versions know goes out with the same words, the same way. An
/// option that is new or gone changes nothing for the others.
fn same_words(old: &Message, new: &Message) -> bool {
    let kept = old.texts.iter().filter_map(|before| {
        let after = new.texts.iter().find(|after| after.option == before.option)?;
        Some((before, after))
    });
    let mut kept = kept.peekable();
    old.channel == new.channel
        && old.by == new.by
        && kept.peek().is_some()
        && kept.all(|(one, two)| one.text == two.text && one.subject == two.subject)
}
