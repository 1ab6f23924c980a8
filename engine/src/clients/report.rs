//! Figures that leave the coach: enough clients in each, none that can be worked out.

use std::collections::BTreeMap;

use super::Bundle;
use super::pool::{Pooled, pool};
use crate::experiment::{
    Arm, DisclosureRule, Group, Interval, Side, VerdictCode, partial_pooling, rounded_to_tens,
    suppress,
};
use crate::playbook::Id;

/// A report over all clients.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How many clients there are, where that may be said.
    pub clients: Option<usize>,
    /// People counted, rounded to tens.
    pub people: Option<u32>,
    /// By playbook; what may not be shown is left out.
    pub playbooks: Vec<PlaybookLine>,
    /// Playbooks that may not be shown on their own, where they may be shown together.
    pub other_playbooks: Option<(u32, u32)>,
    /// Playbooks that are not shown.
    pub hidden_playbooks: usize,
    /// What was compared; pairs with too few clients are left out.
    pub pairs: Vec<PairLine>,
    /// Pairs that are not shown.
    pub hidden_pairs: usize,
}

/// One playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaybookLine {
    /// Its id.
    pub playbook: Id,
    /// How many clients run it.
    pub clients: u32,
    /// People counted, rounded to tens.
    pub people: u32,
}

/// Two options over clients.
#[derive(Clone, Debug, PartialEq)]
pub struct PairLine {
    /// The playbook of which the choice is one.
    pub playbook: Id,
    /// The choice.
    pub choice: Id,
    /// How many clients ran both.
    pub clients: u32,
    /// What may be said.
    pub code: VerdictCode,
    /// The side that did better, where one did.
    pub direction: Option<Side>,
    /// The common difference with its interval, where one was worked out.
    pub difference: Option<(f64, Interval)>,
    /// The two options.
    pub options: [OptionLine; 2],
}

/// One option over clients.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionLine {
    /// Its id.
    pub option: Id,
    /// People counted, rounded to tens.
    pub people: u32,
    /// The rate over clients, drawn together; from a hundred people on.
    pub rate: Option<f64>,
}

/// With fewer people a share says more than it knows.
const FEWEST_FOR_A_RATE: u32 = 100;

/// People of each client in some group.
type Shares = BTreeMap<usize, u32>;

fn group(shares: &Shares) -> Group {
    let present = shares.values().filter(|people| **people > 0);
    Group {
        clients: u32::try_from(present.clone().count()).unwrap_or(u32::MAX),
        people: present.clone().fold(0, |sum, people| sum.saturating_add(*people)),
        successes: 0,
        largest_client: present.copied().max().unwrap_or(0),
    }
}

fn allowed(group: Group) -> bool {
    suppress(&[group], DisclosureRule::default()).shown == [0]
}

/// The figures that may leave the coach.
#[must_use]
pub fn report(clients: &[&Bundle], choice: Option<&str>, looks: u32) -> Report {
    let counted = |bundle: &Bundle| {
        let live = bundle.cycles.iter().filter(|cycle| cycle.stopped.is_none());
        live.map(|cycle| cycle.all(|group| group.counted)).fold(0, u32::saturating_add)
    };
    let mut all = Shares::new();
    let mut playbooks: BTreeMap<Id, Shares> = BTreeMap::new();
    for (place, bundle) in clients.iter().enumerate() {
        all.insert(place, counted(bundle));
        let own = playbooks.entry(bundle.playbook.id.clone()).or_default();
        own.insert(place, counted(bundle));
    }
    let total = group(&all);
    let total_shown = allowed(total);
    // A client runs one playbook, so that clients of several groups may be added up.
    let groups: Vec<Group> = playbooks.values().map(group).collect();
    let seen = suppress(&groups, DisclosureRule::default());
    let shown = playbooks.keys().zip(&groups).enumerate();
    let shown = shown.filter(|(place, _)| seen.shown.contains(place));
    let pooled = pool(clients, choice, looks);
    // A pair of a playbook that is hidden would tell its people.
    let is_shown = |playbook: &Id| {
        let place = playbooks.keys().position(|known| known == playbook);
        place.is_some_and(|place| seen.shown.contains(&place))
    };
    let pairs: Vec<PairLine> = pooled
        .iter()
        .filter(|pair| is_shown(&pair.playbook))
        .filter_map(|pair| line(clients, pair))
        .collect();
    Report {
        clients: total_shown.then_some(clients.len()),
        people: total_shown.then(|| rounded_to_tens(total.people)),
        playbooks: shown
            .map(|(_, (playbook, group))| PlaybookLine {
                playbook: playbook.clone(),
                clients: group.clients,
                people: rounded_to_tens(group.people),
            })
            .collect(),
        other_playbooks: seen.other.map(|other| (other.clients, rounded_to_tens(other.people))),
        hidden_playbooks: seen.hidden.len(),
        hidden_pairs: pooled.len() - pairs.len(),
        pairs,
    }
}

/// A pair, if both of its options may be shown: with one of them hidden, the other would tell it.
fn line(clients: &[&Bundle], pair: &Pooled) -> Option<PairLine> {
    let mut shares = [Shares::new(), Shares::new()];
    let mut arms = [Vec::new(), Vec::new()];
    for place in &pair.clients {
        let bundle = clients.get(*place)?;
        for cycle in &bundle.cycles {
            let Some(compared) = &cycle.compared else { continue };
            let usable = compared.choice == pair.choice
                && cycle.stopped.is_none()
                && cycle.second_changes == 0
                && cycle.is_split()
                && cycle.all(|group| group.waiting) == 0;
            if !usable {
                continue;
            }
            for (side, option) in [(Side::A, &compared.baseline), (Side::B, &compared.option)] {
                let at = match option {
                    option if *option == pair.baseline => 0,
                    option if *option == pair.option => 1,
                    _ => continue,
                };
                let people = cycle.of(side, |group| group.counted);
                let share = shares.get_mut(at)?.entry(*place).or_default();
                *share = share.saturating_add(people);
                arms.get_mut(at)?.push(Arm::new(cycle.of(side, |group| group.hits), people));
            }
        }
    }
    let [a, b] = [group(&shares[0]), group(&shares[1])];
    if !allowed(a) || !allowed(b) {
        return None;
    }
    let option = |option: &Id, group: Group, arms: &[Arm]| OptionLine {
        option: option.clone(),
        people: rounded_to_tens(group.people),
        rate: (group.people >= FEWEST_FOR_A_RATE).then(|| partial_pooling(arms).mean),
    };
    Some(PairLine {
        playbook: pair.playbook.clone(),
        choice: pair.choice.clone(),
        clients: u32::try_from(pair.clients.len()).unwrap_or(u32::MAX),
        code: pair.verdict.code,
        direction: pair.verdict.direction,
        difference: pair.difference(),
        options: [option(&pair.baseline, a, &arms[0]), option(&pair.option, b, &arms[1])],
    })
}
