//! Pairs: which two options were held against each other, in which cycles, and against what a
//! single cycle is held.
//!
//! Knows which cycles belong together. It must not count anybody.

use super::setup::options;
use super::{Between, is_practice, is_split};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::CycleState;
use crate::playbook::Id;

/// Two options of a choice that cycles held against each other, whichever of them was the baseline
/// at the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The choice.
    pub choice: Id,
    /// Side A: the baseline when they were first compared.
    pub baseline: Id,
    /// Side B.
    pub option: Id,
    /// All the cycles of the pair together.
    pub between: Between,
}

impl Pair {
    /// The cycles, in the order of time.
    pub fn cycles(&self) -> &[u32] {
        match &self.between {
            Between::Pooled(cycles) | Between::Turns(cycles) => cycles,
            Between::Within(_) | Between::Cycles(..) => &[],
        }
    }

    fn is(&self, choice: &Id, one: &Id, other: &Id) -> bool {
        let same = |a: &Id, b: &Id| self.baseline == *a && self.option == *b;
        self.choice == *choice && (same(one, other) || same(other, one))
    }
}

/// The pairs that the plan's cycles compared, in the order in which they came first. Abandoned
/// cycles are left out, and so is practice, where nothing was held against anything (E2). A cycle
/// in which nothing was sent yet is named only where it is the only one of its pair.
pub fn pairs(situation: &Situation<'_>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for cycle in situation.state.cycles.values() {
        let Some((compared, _)) = &cycle.compared else { continue };
        let begun = cycle.stopped.is_none() && cycle.start <= situation.today();
        if !begun || is_practice(cycle) || compared.baseline == compared.option {
            continue;
        }
        let known = pairs
            .iter_mut()
            .find(|pair| pair.is(&compared.choice, &compared.baseline, &compared.option));
        match known.map(|pair| &mut pair.between) {
            Some(Between::Pooled(cycles)) if compared.split => cycles.push(cycle.number),
            Some(_) => {}
            None => {
                let between = if compared.split {
                    Between::Pooled(vec![cycle.number])
                } else {
                    Between::Turns(turns(situation, cycle))
                };
                pairs.push(Pair {
                    choice: compared.choice.clone(),
                    baseline: compared.baseline.clone(),
                    option: compared.option.clone(),
                    between,
                });
            }
        }
    }
    for pair in &mut pairs {
        if let Between::Pooled(cycles) | Between::Turns(cycles) = &mut pair.between {
            keep_sent(situation, cycles);
        }
    }
    pairs
}

fn keep_sent(situation: &Situation<'_>, cycles: &mut Vec<u32>) {
    let sent = |number: &u32| {
        situation.state.cycles.get(number).is_some_and(|cycle| cycle.first_sent().is_some())
    };
    if cycles.iter().any(sent) {
        cycles.retain(sent);
    }
}

/// The cycles that gave everybody one of the two options which `first` is the first to compare:
/// from the cycle that it is held against to the newest.
fn turns(situation: &Situation<'_>, first: &CycleState) -> Vec<u32> {
    let Some((compared, _)) = &first.compared else { return Vec::new() };
    let from = before(situation, first).map_or(first.number, |cycle| cycle.number);
    let whole = |cycle: &&CycleState| {
        let ran = options(situation, cycle, &compared.choice);
        !is_split(cycle)
            && cycle.stopped.is_none()
            && cycle.start <= situation.today()
            && (ran == [compared.baseline.clone()] || ran == [compared.option.clone()])
    };
    let cycles = situation.state.cycles.range(from..);
    cycles.map(|(_, cycle)| cycle).filter(whole).map(|cycle| cycle.number).collect()
}

/// The pairs of one choice.
///
/// # Errors
///
/// [`Rejection::UnknownChoice`] where the playbook has no such choice, and
/// [`Rejection::NeverCompared`] where no cycle has compared it.
pub fn pairs_of(situation: &Situation<'_>, choice: &str) -> Result<Vec<Pair>, Rejection> {
    let Some(known) = situation.playbook.choice(choice) else {
        return Err(Rejection::UnknownChoice {
            choice: choice.to_owned(),
            known: situation.playbook.choices.iter().map(|known| known.id.clone()).collect(),
        });
    };
    let of_choice: Vec<Pair> =
        pairs(situation).into_iter().filter(|pair| pair.choice == known.id).collect();
    if of_choice.is_empty() {
        let baseline = situation.state.in_use.get(&known.id);
        let options = known.options.iter().map(|option| option.id.clone());
        let first = known.options.first().map(|option| &option.id);
        let option = options.clone().find(|option| Some(option) != baseline.or(first));
        return Err(Rejection::NeverCompared { choice: known.id.clone(), option });
    }
    Ok(of_choice)
}

/// What a cycle is held against: its two options against each other; where it gave everybody the
/// new option, the cycle before it (E2).
pub fn between_for(situation: &Situation<'_>, cycle: &CycleState) -> Between {
    let whole = cycle.compared.as_ref().is_some_and(|(compared, _)| !compared.split);
    match before(situation, cycle).filter(|_| whole) {
        Some(before) => Between::Cycles(before.number, cycle.number),
        None => Between::Within(cycle.number),
    }
}

/// The newest earlier cycle that gave everybody the baseline of this one; without such a cycle the
/// newest earlier one. Abandoned cycles are passed over.
fn before<'a>(situation: &Situation<'a>, cycle: &CycleState) -> Option<&'a CycleState> {
    let earlier = || {
        let earlier = situation.state.cycles.range(..cycle.number).rev().map(|(_, cycle)| cycle);
        earlier.filter(|earlier| earlier.stopped.is_none())
    };
    let ran_baseline = |earlier: &&CycleState| {
        cycle.compared.as_ref().is_some_and(|(compared, _)| {
            options(situation, earlier, &compared.choice) == [compared.baseline.clone()]
        })
    };
    earlier().find(ran_baseline).or_else(|| earlier().next())
}
