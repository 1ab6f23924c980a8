//! Taking another version: when, and what stands against it (E3).

use std::collections::BTreeMap;

use super::{setup, steps};
use crate::plan::decide::{Accepted, check_value, record_second_change};
use crate::plan::fact::{Fact, FactKind};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::playbook::{Id, Playbook};
use crate::words::Words;

/// What the seeker wants to take.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'t> {
    /// The new version, checked.
    pub playbook: &'t Playbook,
    /// Steps that go by another name in it.
    pub renamed: &'t BTreeMap<Id, Id>,
    /// Answers to what it asks for anew.
    pub inputs: &'t BTreeMap<Id, Words>,
    /// At once, and not with the next cycle.
    pub mid_cycle: bool,
}

/// Takes another version: with the next cycle, or at once. At once in a cycle in which something
/// was sent, it is a second change (E1); a cycle that is set up and has not begun takes it as its
/// own.
///
/// # Errors
///
/// A rejection where it is another playbook, an id means something else in it, an option in use is
/// missing from it, or an answer is wanting.
pub fn take(
    situation: &Situation<'_>,
    taking: &Taking<'_>,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let (old, new) = (situation.playbook, taking.playbook);
    let state = situation.state;
    let planned = state.planned.as_ref();
    let known = if taking.mid_cycle || planned.is_none() {
        new.hash == state.playbook && planned.is_none()
    } else {
        planned.is_some_and(|(hash, renamed)| *hash == new.hash && renamed == taking.renamed)
    };
    if known {
        return Ok(Accepted::known(situation.today()));
    }
    if new.id != old.id && !anyway {
        let (given, own) = (new.id.clone(), old.id.clone());
        return Err(Rejection::OtherPlaybook { given, own });
    }
    check_names(old, new, taking.renamed)?;
    let reused = steps::compare(old, new, taking.renamed).reused;
    if !reused.is_empty() {
        return Err(Rejection::ReusedSteps { steps: reused });
    }
    check_options(situation, new)?;
    let mut facts = inputs(situation, taking)?;
    let (playbook, renamed) = (new.hash.clone(), taking.renamed.clone());
    let upcoming = situation.upcoming().is_some();
    let mut accepted = Accepted::default();
    if taking.mid_cycle && !upcoming {
        let running = situation
            .running()
            .filter(|cycle| cycle.conclusion.is_none() && !situation.is_over(cycle));
        if let Some((cycle, since)) = running.and_then(|cycle| Some((cycle, cycle.first_sent()?))) {
            // Saying `--mid-cycle` is saying `--anyway`.
            accepted = record_second_change(situation, cycle, since, "the playbook", true)?;
        }
    }
    facts.push(Fact::on(
        situation.today().max(state.start),
        if taking.mid_cycle || upcoming {
            let setup = Some(setup::changes(old, new, taking.renamed));
            FactKind::PlaybookTaken { playbook, renamed, setup }
        } else {
            FactKind::PlaybookPlanned { playbook, renamed }
        },
    ));
    accepted.facts.extend(facts);
    Ok(accepted)
}

/// Every name before is one of the old version, every name now one of the new, each once.
pub(super) fn check_names(
    old: &Playbook,
    new: &Playbook,
    renamed: &BTreeMap<Id, Id>,
) -> Result<(), Rejection> {
    let unknown = |playbook: &Playbook, step: &Id, is_new| Rejection::UnknownStep {
        step: step.to_string(),
        known: playbook.steps.iter().map(|step| step.id.clone()).collect(),
        is_new,
    };
    for (before, now) in renamed {
        if old.step(before).is_none() {
            return Err(unknown(old, before, false));
        }
        if new.step(now).is_none() {
            return Err(unknown(new, now, true));
        }
        let twice = renamed.iter().any(|(other, same)| other != before && same == now);
        let stays = old.step(now).is_some() && !renamed.contains_key(now) && before != now;
        if twice || stays {
            return Err(Rejection::StepTaken { before: before.clone(), now: now.clone() });
        }
    }
    Ok(())
}

/// What is in use and what runs side by side must be there in the new version.
fn check_options(situation: &Situation<'_>, new: &Playbook) -> Result<(), Rejection> {
    let has = |choice: &Id, option: &Id| {
        let known = new.choice(choice);
        known.is_some_and(|choice| choice.options.iter().any(|known| known.id == *option))
    };
    let gone = |choice: &Id, option: &Id| Rejection::OptionGone {
        choice: choice.clone(),
        option: option.clone(),
    };
    for (choice, option) in &situation.state.in_use {
        if !has(choice, option) {
            return Err(gone(choice, option));
        }
    }
    let live = situation
        .state
        .cycle()
        .filter(|cycle| cycle.stopped.is_none() && cycle.conclusion.is_none());
    if let Some((compared, _)) = live.and_then(|cycle| cycle.compared.as_ref()) {
        for option in [&compared.baseline, &compared.option] {
            if !has(&compared.choice, option) {
                return Err(gone(&compared.choice, option));
            }
        }
    }
    Ok(())
}

fn inputs(situation: &Situation<'_>, taking: &Taking<'_>) -> Result<Vec<Fact>, Rejection> {
    let new = taking.playbook;
    let mut facts = Vec::new();
    for (input, value) in taking.inputs {
        let Some(field) = new.input(input) else {
            return Err(Rejection::UnknownInput {
                input: input.to_string(),
                known: new.inputs.iter().map(|known| known.id.clone()).collect(),
            });
        };
        check_value(field, value)?;
        if situation.state.inputs.get(input) != Some(value) {
            let kind = FactKind::InputSet { input: field.id.clone(), value: value.clone() };
            facts.push(Fact::on(situation.today(), kind));
        }
    }
    let open = new.inputs.iter().find(|input| {
        input.default.is_none()
            && input.ask.is_some()
            && !situation.state.inputs.contains_key(&input.id)
            && !taking.inputs.contains_key(&input.id)
    });
    match open {
        Some(input) => Err(Rejection::InputMissing { input: input.id.clone() }),
        None => Ok(facts),
    }
}
