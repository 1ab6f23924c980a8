//! Many clients together: what one choice did, and how each client is doing.
//!
//! Counts of different clients are never added up for a comparison: each client in each cycle is a
//! stratum of its own (experiments.md, a coach over many clients).

use super::Bundle;
use crate::experiment::{
    self, Arm, Comparison, Design, FollowUps, PartialPooling, RandomEffects, Side, Stratum, Verdict,
};
use crate::playbook::Id;

/// Two options of a choice over all clients that ran them side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// The playbook of which the choice is one.
    pub playbook: Id,
    /// The choice.
    pub choice: Id,
    /// Side A.
    pub baseline: Id,
    /// Side B.
    pub option: Id,
    /// The measure.
    pub metric: Id,
    /// The shortest and the longest reply window in days.
    pub window_days: (u32, u32),
    /// Who is in it, by their place in the list.
    pub clients: Vec<usize>,
    /// How many cycles of theirs.
    pub cycles: usize,
    /// People counted, on both sides.
    pub people: u32,
    /// What was left out, and why.
    pub left_out: LeftOut,
    /// What may be said, with the difference of Mantel and Haenszel; its counts are sums and are for
    /// no screen.
    pub verdict: Verdict,
    /// Whether it is the same for everyone.
    pub everyone: RandomEffects,
    /// Looks at this pair that were meant; each is judged by its bar.
    pub looks: u32,
}

/// Cycles that could not be taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Somebody is still inside the window.
    pub waiting: usize,
    /// More than one thing was changed (E1).
    pub changed: usize,
    /// The cycle was abandoned.
    pub stopped: usize,
    /// Nothing was split.
    pub practice: usize,
}

/// From so many clients on it is said where a new one is likely to lie.
const FEWEST_TO_PREDICT: usize = 5;

impl Pooled {
    /// The difference B minus A over strata with its 95 % interval, where one was worked out.
    #[must_use]
    pub fn difference(&self) -> Option<(f64, experiment::Interval)> {
        let Verdict { difference, low, high, .. } = &self.verdict;
        Some(((*difference)?, experiment::Interval { low: (*low)?, high: (*high)? }))
    }

    /// Where the difference of a new client is likely to lie, from five clients on.
    #[must_use]
    pub fn prediction(&self) -> Option<experiment::Interval> {
        let enough = self.clients.len() >= FEWEST_TO_PREDICT;
        self.everyone.pooled.filter(|_| enough).and_then(|pooled| pooled.prediction)
    }
}

struct Gathered {
    key: Key,
    clients: Vec<usize>,
    windows: (u32, u32),
    cycles: usize,
    strata: Vec<Stratum>,
    units: Vec<Stratum>,
    follow_ups: (FollowUps, FollowUps),
    left_out: LeftOut,
}

#[derive(Clone, PartialEq, Eq)]
struct Key {
    playbook: Id,
    choice: Id,
    baseline: Id,
    option: Id,
    metric: Id,
}

impl Key {
    /// The same two options the other way round: what was the new one is the baseline now.
    fn turned(&self) -> Self {
        Self { baseline: self.option.clone(), option: self.baseline.clone(), ..self.clone() }
    }
}

/// Compares the options of a choice, or of every choice, over all clients. Pairs come in the order
/// in which clients first ran them.
#[must_use]
pub fn pool(clients: &[&Bundle], choice: Option<&str>, looks: u32) -> Vec<Pooled> {
    let mut pairs: Vec<Gathered> = Vec::new();
    for (place, bundle) in clients.iter().enumerate() {
        let Some(metric) = &bundle.metric else { continue };
        for cycle in &bundle.cycles {
            let Some(compared) = &cycle.compared else { continue };
            if choice.is_some_and(|choice| *compared.choice != *choice) || !compared.split {
                continue;
            }
            let key = Key {
                playbook: bundle.playbook.id.clone(),
                choice: compared.choice.clone(),
                baseline: compared.baseline.clone(),
                option: compared.option.clone(),
                metric: metric.clone(),
            };
            let turned = key.turned();
            let found = pairs.iter().position(|pair| pair.key == key || pair.key == turned);
            let at = found.unwrap_or_else(|| {
                pairs.push(Gathered::new(key.clone()));
                pairs.len() - 1
            });
            if let Some(pair) = pairs.get_mut(at) {
                let is_turned = pair.key != key;
                pair.add(place, bundle.window_days, cycle, is_turned);
            }
        }
    }
    pairs.into_iter().map(|pair| pair.judged(looks)).collect()
}

impl Gathered {
    fn new(key: Key) -> Self {
        Self {
            key,
            clients: Vec::new(),
            windows: (u32::MAX, 0),
            cycles: 0,
            strata: Vec::new(),
            units: Vec::new(),
            follow_ups: (FollowUps::default(), FollowUps::default()),
            left_out: LeftOut::default(),
        }
    }

    fn add(&mut self, client: usize, window: u32, cycle: &super::CycleFigures, turned: bool) {
        let reason = if cycle.stopped.is_some() {
            Some(&mut self.left_out.stopped)
        } else if !cycle.is_split() {
            // Nobody was written to yet, or there were too few to split.
            Some(if cycle.practice {
                &mut self.left_out.practice
            } else {
                &mut self.left_out.waiting
            })
        } else if cycle.second_changes > 0 {
            Some(&mut self.left_out.changed)
        } else if cycle.all(|group| group.waiting) > 0 {
            Some(&mut self.left_out.waiting)
        } else {
            None
        };
        if let Some(reason) = reason {
            *reason += 1;
            return;
        }
        if !self.clients.contains(&client) {
            self.clients.push(client);
        }
        self.windows = (self.windows.0.min(window), self.windows.1.max(window));
        self.cycles += 1;
        let turn = |one: Stratum| if turned { Stratum::new(one.b, one.a) } else { one };
        self.strata.extend(cycle.strata().into_iter().map(turn));
        let arm =
            |side| Arm::new(cycle.of(side, |group| group.hits), cycle.of(side, |g| g.counted));
        self.units.push(turn(Stratum::new(arm(Side::A), arm(Side::B))));
        let (a, b) = (cycle.follow_ups(Side::A), cycle.follow_ups(Side::B));
        let (a, b) = if turned { (b, a) } else { (a, b) };
        self.follow_ups = (plus(self.follow_ups.0, a), plus(self.follow_ups.1, b));
    }

    fn judged(self, looks: u32) -> Pooled {
        let question = Comparison {
            design: Design::Mixed,
            changed: vec![self.key.choice.to_string()],
            strata: self.strata,
            waiting_a: 0,
            waiting_b: 0,
            window_days: self.windows.1,
            planned_looks: looks.max(1),
            follow_ups_a: self.follow_ups.0,
            follow_ups_b: self.follow_ups.1,
        };
        let people = question.counted_a().plus(question.counted_b()).trials;
        Pooled {
            verdict: experiment::verdict(&question),
            everyone: experiment::random_effects(&self.units, 0.05),
            playbook: self.key.playbook,
            choice: self.key.choice,
            baseline: self.key.baseline,
            option: self.key.option,
            metric: self.key.metric,
            window_days: (self.windows.0.min(self.windows.1), self.windows.1),
            clients: self.clients,
            cycles: self.cycles,
            people,
            left_out: self.left_out,
            looks: looks.max(1),
        }
    }
}

fn plus(one: FollowUps, other: FollowUps) -> FollowUps {
    FollowUps {
        due: one.due.saturating_add(other.due),
        on_time: one.on_time.saturating_add(other.on_time),
    }
}

/// How one client is doing.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// The place in the list.
    pub client: usize,
    /// Everybody counted so far, over all cycles that were not abandoned.
    pub counted: Arm,
    /// The share, drawn towards that of all as far as few people warrant.
    pub rate: f64,
}

/// How each client is doing, in the order of the list: never a league table. Clients of whom
/// nobody is counted yet are left out. The second value is the rate over all.
#[must_use]
pub fn each(clients: &[&Bundle]) -> (Vec<Each>, Option<f64>) {
    let mut counted: Vec<(usize, Arm)> = Vec::new();
    for (place, bundle) in clients.iter().enumerate() {
        let live = bundle.cycles.iter().filter(|cycle| cycle.stopped.is_none());
        let arm = live.fold(Arm::default(), |sum, cycle| {
            sum.plus(Arm::new(cycle.all(|group| group.hits), cycle.all(|group| group.counted)))
        });
        if !arm.is_empty() {
            counted.push((place, arm));
        }
    }
    if counted.is_empty() {
        return (Vec::new(), None);
    }
    let arms: Vec<Arm> = counted.iter().map(|(_, arm)| *arm).collect();
    let PartialPooling { mean, rates, .. } = experiment::partial_pooling(&arms);
    let each = counted.into_iter().zip(rates);
    let each = each.map(|((client, counted), rate)| Each { client, counted, rate });
    (each.collect(), Some(mean))
}
