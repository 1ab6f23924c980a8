//! The steps of two versions: what is new, gone, renamed, reused, or different.

use std::collections::BTreeMap;

use super::differences::{Difference, Part, Sort, Subject, ids, names, step_name, within_name};
use crate::playbook::{
    Anchor, Available, Decision, Id, List, NeedMeasure, Playbook, Required, Step, StepKind,
};

/// How much alike two titles or names must be before one is guessed to be the other.
const ALIKE: f64 = 0.8;

/// What was found among the steps.
pub(super) struct Steps {
    pub(super) differences: Vec<Difference>,
    pub(super) reused: Vec<Id>,
    pub(super) guesses: Vec<(Id, Id)>,
}

pub(super) fn compare(old: &Playbook, new: &Playbook, renamed: &BTreeMap<Id, Id>) -> Steps {
    let mut found = Steps { differences: Vec::new(), reused: Vec::new(), guesses: Vec::new() };
    let now = |id: &Id| renamed.get(id).unwrap_or(id).clone();
    let mut gone: Vec<&Step> = Vec::new();
    for before in &old.steps {
        let id = now(&before.id);
        let subject = Subject::Step(id.clone());
        let mut part = Part { subject, found: &mut found.differences };
        let Some(after) = new.step(&id) else {
            part.whole(Some(before.title.clone()), None);
            gone.push(before);
            continue;
        };
        if before.id != id {
            part.value(Sort::Structure, "id", Some(before.id.to_string()), Some(id.to_string()));
        }
        if same_meaning(before, after) {
            step(&mut part, (old, before), (new, after), &now);
        } else {
            part.value(Sort::Structure, "kind", Some(kind(before)), Some(kind(after)));
            found.reused.push(id);
        }
    }
    let known = |step: &&Step| old.steps.iter().any(|before| now(&before.id) == step.id);
    let fresh: Vec<&Step> = new.steps.iter().filter(|step| !known(step)).collect();
    for after in &fresh {
        let subject = Subject::Step(after.id.clone());
        Part { subject, found: &mut found.differences }.whole(None, Some(after.title.clone()));
    }
    found.guesses = guesses(&gone, &fresh);
    found
}

/// A step may change its words and days; what kind of thing it is and for whom makes it the same.
fn same_meaning(before: &Step, after: &Step) -> bool {
    std::mem::discriminant(&before.kind) == std::mem::discriminant(&after.kind)
        && before.for_each == after.for_each
}

/// The new step that is most like one that is gone, where it is like enough.
fn guesses(gone: &[&Step], fresh: &[&Step]) -> Vec<(Id, Id)> {
    let mut taken: Vec<&Id> = Vec::new();
    let mut guesses = Vec::new();
    for before in gone {
        let like = |after: &Step| {
            let titles = strsim::jaro_winkler(&before.title, &after.title);
            titles.max(strsim::jaro_winkler(&before.id, &after.id))
        };
        let best = fresh
            .iter()
            .filter(|after| same_meaning(before, after) && !taken.contains(&&after.id))
            .map(|after| (*after, like(after)))
            .filter(|(_, like)| *like >= ALIKE)
            .max_by(|(_, one), (_, other)| one.total_cmp(other));
        if let Some((after, _)) = best {
            taken.push(&after.id);
            guesses.push((before.id.clone(), after.id.clone()));
        }
    }
    guesses
}

fn step(
    part: &mut Part<'_>,
    old: (&Playbook, &Step),
    new: (&Playbook, &Step),
    now: &impl Fn(&Id) -> Id,
) {
    let ((_, before), (_, after)) = (old, new);
    part.value(Sort::Wording, "title", Some(before.title.clone()), Some(after.title.clone()));
    part.words(Sort::Wording, "guide", &before.guide, &after.guide);
    part.words(Sort::Wording, "checklist", &before.checklist, &after.checklist);
    part.value(Sort::Timing, "after", after_name(old), after_name(new));
    part.value(Sort::Timing, "at", at_name(before), at_name(after));
    let within = |(playbook, step): (&Playbook, &Step)| {
        step.within.as_ref().map(|within| within_name(playbook, within))
    };
    part.value(Sort::Timing, "within", within(old), within(new));
    let pace = |step: &Step| {
        let paces: Vec<String> = step.pace.iter().map(ToString::to_string).collect();
        (!paces.is_empty()).then(|| paces.join(", "))
    };
    part.value(Sort::Timing, "pace", pace(before), pace(after));
    let effort = |step: &Step| step.effort.map(|minutes| format!("{minutes} minutes"));
    part.value(Sort::Timing, "effort", effort(before), effort(after));
    let sort = match after.kind {
        StepKind::Every(_) => Sort::Timing,
        StepKind::Task
        | StepKind::Choose(_)
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Fill(_)
        | StepKind::Send(_)
        | StepKind::Decide(_) => Sort::Structure,
    };
    part.value(sort, kind_key(after), Some(payload(before)), Some(payload(after)));
    let needs = |(playbook, step): (&Playbook, &Step), now: &dyn Fn(&Id) -> Id| {
        let need = |need: &crate::playbook::Need| {
            let id = now(&Id::from(step_name(playbook, need.step).as_str()));
            match need.measure {
                NeedMeasure::Finished => id.to_string(),
                NeedMeasure::Done => format!("{id}: done"),
                NeedMeasure::AtLeast(number) => format!("{id}: at least {number}"),
            }
        };
        let needs: Vec<String> = step.needs.iter().map(need).collect();
        (!needs.is_empty()).then(|| needs.join(", "))
    };
    part.value(Sort::Structure, "needs", needs(old, now), needs(new, &Id::clone));
    part.words(Sort::Structure, "when", &before.when, &after.when);
    part.value(Sort::Structure, "record", names(&before.record), names(&after.record));
    let sets = |step: &Step| step.sets.as_ref().map(ToString::to_string);
    part.value(Sort::Structure, "sets", sets(before), sets(after));
    let required = |step: &Step| {
        Some(
            match step.required {
                Required::Must => "must",
                Required::UnlessReason => "unless_reason",
                Required::Optional => "optional",
            }
            .to_owned(),
        )
    };
    part.value(Sort::Structure, "required", required(before), required(after));
    let once = |step: &Step| Some(if step.once_per_plan { "plan" } else { "cycle" }.to_owned());
    part.value(Sort::Structure, "once", once(before), once(after));
}

fn after_name((playbook, step): (&Playbook, &Step)) -> Option<String> {
    let after = step.after.as_ref()?;
    Some(match &after.of {
        Some(Anchor::Step(at)) => format!("{} of {}", after.duration, step_name(playbook, *at)),
        Some(Anchor::Outcome(outcome)) => format!("{} of {outcome}", after.duration),
        None => after.duration.to_string(),
    })
}

fn at_name(step: &Step) -> Option<String> {
    step.at.as_ref().map(|at| match at {
        Available::CycleDay(day) => format!("day {day}"),
        Available::OutcomeField { outcome, field } => format!("person.{outcome}.{field}"),
        Available::EntryField(field) => format!("field {field}"),
    })
}

/// What kind of step it is, and for whom.
fn kind(step: &Step) -> String {
    let whom = match step.for_each {
        Some(List::People) => " for each of the people",
        Some(List::Companies) => " for each of the companies",
        None => "",
    };
    format!("{}{whom}", kind_key(step))
}

fn kind_key(step: &Step) -> &'static str {
    match step.kind {
        StepKind::Task => "a task",
        StepKind::Choose(_) => "choose",
        StepKind::Write(_) => "write",
        StepKind::Collect(_) => "collect",
        StepKind::Fill(_) => "fill",
        StepKind::Send(_) => "send",
        StepKind::Decide(_) => "decide",
        StepKind::Every(_) => "every",
    }
}

fn payload(step: &Step) -> String {
    match &step.kind {
        StepKind::Task => String::new(),
        StepKind::Choose(id) | StepKind::Write(id) | StepKind::Send(id) => id.to_string(),
        StepKind::Collect(List::People) => "people".to_owned(),
        StepKind::Collect(List::Companies) => "companies".to_owned(),
        StepKind::Fill(fields) => ids(fields),
        StepKind::Every(schedule) => schedule.to_string(),
        StepKind::Decide(decisions) => {
            let word = |decision: &Decision| match decision {
                Decision::Again => "again",
                Decision::Use => "use",
                Decision::Stop => "stop",
            };
            decisions.iter().map(word).collect::<Vec<_>>().join(", ")
        }
    }
}
