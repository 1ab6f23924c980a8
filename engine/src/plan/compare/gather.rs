//! From cycles to counts on two sides, in strata, with the fields that differ.

use std::collections::BTreeSet;

use super::counts::{Counts, GroupCounts};
use super::setup::{differences, options};
use super::{Between, Comparison, SideFigures, is_practice, is_split};
use crate::calendar::Unit;
use crate::experiment::{self, Arm, Design, Difference, FollowUps, Side, Stratum, Titles};
use crate::plan::fact::Compared;
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::{CycleState, Member};
use crate::playbook::{Id, Metric};

/// A group of people whose replies are counted together.
pub(super) struct Group<'a> {
    /// The side on which they stand.
    pub(super) side: Side,
    /// Their cycle.
    pub(super) cycle: &'a CycleState,
    /// The option they were drawn for; none where everybody of the cycle is meant.
    pub(super) option: Option<Id>,
}

pub(super) struct Gathering<'a, 's> {
    situation: &'s Situation<'a>,
    metric: &'s Metric,
    between: &'s Between,
    cycles: Vec<&'a CycleState>,
    /// The pair as its first cycle named it: A is its baseline, B its option.
    pair: Option<&'a Compared>,
    counts: &'s Counts,
}

impl<'a, 's> Gathering<'a, 's> {
    pub(super) fn new(
        situation: &'s Situation<'a>,
        metric: &'s Metric,
        between: &'s Between,
        cycles: Vec<&'a CycleState>,
        counts: &'s Counts,
    ) -> Result<Self, Rejection> {
        let pair_of = |cycle: &&'a CycleState| cycle.compared.as_ref().map(|(pair, _)| pair);
        let pair = cycles.iter().find_map(pair_of);
        if let (Between::Pooled(_), Some(pair)) = (between, pair) {
            let same = |other: &Compared| {
                let sides = |pair: &Compared| {
                    let (a, b) = (pair.baseline.clone(), pair.option.clone());
                    (a.clone().min(b.clone()), a.max(b))
                };
                pair.choice == other.choice && sides(pair) == sides(other)
            };
            let strange = cycles.iter().find(|cycle| !pair_of(cycle).is_some_and(same));
            if let Some(strange) = strange {
                return Err(Rejection::OtherPair { cycle: strange.number });
            }
        }
        Ok(Self { situation, metric, between, cycles, pair, counts })
    }

    pub(super) fn compare(&self) -> Comparison {
        let groups = self.groups();
        let sides = self.sides(&groups);
        let segmented = Self::is_segmented(&sides);
        let question = self.question(&groups, &sides);
        let verdict = experiment::verdict(&question);
        let headline = experiment::headline(&question, &verdict, Titles::LETTERS);
        Comparison {
            between: self.between.clone(),
            metric: self.metric.id.clone(),
            title: self.metric.title.clone(),
            difference: Self::difference(&question),
            verdict,
            headline,
            people: self.people().count(),
            companies: self.companies(),
            window_days: self.window_days(),
            settles: sides.iter().filter_map(|figures| figures.tally.settles).max(),
            looks_declared: self.looks_declared(),
            look: self.look(),
            practice: self.cycles.iter().any(|cycle| is_practice(cycle)),
            segmented,
            uneven: Self::is_uneven(&sides),
            sides,
        }
    }

    /// Whether a clear call is possible at all: its interval leaves zero out. Costs no exact test.
    pub(super) fn might_be_clear(&self) -> bool {
        let groups = self.groups();
        let question = self.question(&groups, &self.sides(&groups));
        Self::difference(&question).is_some_and(|found| found.interval.excludes_zero())
    }

    /// What is asked of the statistics.
    fn question(&self, groups: &[Group<'a>], sides: &[SideFigures]) -> experiment::Comparison {
        let of = |side: Side| sides.iter().find(|figures| figures.side == side);
        let waiting = |side| of(side).map_or(0, |figures| figures.tally.waiting);
        let follow_ups = |side| of(side).map_or_else(FollowUps::default, |f| f.follow_ups);
        experiment::Comparison {
            design: self.design(groups),
            changed: self.changed(),
            strata: self.strata(groups, Self::is_segmented(sides)),
            waiting_a: waiting(Side::A),
            waiting_b: waiting(Side::B),
            window_days: self.window_days(),
            planned_looks: self.looks_declared().unwrap_or(1).max(self.look()),
            follow_ups_a: follow_ups(Side::A),
            follow_ups_b: follow_ups(Side::B),
        }
    }

    /// What was said before the first of these cycles.
    fn looks_declared(&self) -> Option<u32> {
        self.cycles.iter().find_map(|cycle| cycle.compared.as_ref())?.0.looks
    }

    /// Several cycles of one pair put together are that many looks at it.
    fn look(&self) -> u32 {
        match self.between {
            Between::Pooled(cycles) => u32::try_from(cycles.len()).unwrap_or(u32::MAX).max(1),
            Between::Within(_) | Between::Cycles(..) | Between::Turns(_) => 1,
        }
    }

    /// Which people stand on which side.
    pub(super) fn groups(&self) -> Vec<Group<'a>> {
        if let (Between::Cycles(..), [first, second]) = (self.between, &self.cycles[..]) {
            let whole = |side, cycle: &&'a CycleState| Group { side, cycle, option: None };
            return vec![whole(Side::A, first), whole(Side::B, second)];
        }
        let mut groups = Vec::new();
        for cycle in &self.cycles {
            match (&cycle.compared, self.pair) {
                (Some((compared, _)), _) if is_split(cycle) => {
                    for option in [&compared.baseline, &compared.option] {
                        let option = Some(option.clone());
                        groups.push(Group { side: self.side_of(option.as_ref()), cycle, option });
                    }
                }
                (_, Some(pair)) => {
                    let ran = options(self.situation, cycle, &pair.choice);
                    groups.push(Group { side: self.side_of(ran.first()), cycle, option: None });
                }
                (_, None) => groups.push(Group { side: Side::A, cycle, option: None }),
            }
        }
        groups
    }

    /// B is the option that the pair names as the new one; whatever else stands on side A.
    fn side_of(&self, option: Option<&Id>) -> Side {
        match self.pair {
            Some(pair) if Some(&pair.option) == option && pair.option != pair.baseline => Side::B,
            Some(_) | None => Side::A,
        }
    }

    fn design(&self, groups: &[Group<'a>]) -> Design {
        match self.between {
            Between::Within(_) | Between::Pooled(_) => Design::Mixed,
            Between::Cycles(..) => Design::BeforeAfter,
            Between::Turns(_) => Design::of_switches(switches(groups)),
        }
    }

    fn counts(&self, group: &Group<'a>) -> GroupCounts {
        self.counts.of(self.situation, self.metric, group.cycle, group.option.as_ref())
    }

    fn sides(&self, groups: &[Group<'a>]) -> Vec<SideFigures> {
        [Side::A, Side::B]
            .into_iter()
            .filter(|side| groups.iter().any(|group| group.side == *side))
            .map(|side| {
                let own: Vec<&Group<'a>> =
                    groups.iter().filter(|group| group.side == side).collect();
                let counts = own
                    .iter()
                    .fold(GroupCounts::default(), |sum, group| sum.plus(self.counts(group)));
                let arm = Arm::new(counts.all.hits, counts.all.counted);
                let across = matches!(self.between, Between::Cycles(..));
                let option = if across { None } else { self.option_of(side, &own) };
                SideFigures {
                    side,
                    label: self.label(side, option.as_ref(), own.first().copied()),
                    option,
                    cycle: own.first().filter(|_| across).map(|group| group.cycle.number),
                    tally: counts.all,
                    proportion: experiment::wilson(arm, 0.05),
                    follow_ups: counts.follow_ups,
                    know_me: counts.known.out_of,
                }
            })
            .collect()
    }

    /// The option of a side; none where nothing was split and nothing took turns.
    fn option_of(&self, side: Side, groups: &[&Group<'a>]) -> Option<Id> {
        let named = matches!(self.between, Between::Turns(_))
            || groups.iter().any(|group| group.option.is_some());
        let pair = self.pair.filter(|_| named)?;
        Some(match side {
            Side::A => pair.baseline.clone(),
            Side::B => pair.option.clone(),
        })
    }

    fn label(&self, side: Side, option: Option<&Id>, group: Option<&Group<'a>>) -> String {
        let Some(group) = group else { return side.as_str().to_owned() };
        if matches!(self.between, Between::Cycles(..)) {
            return format!("cycle {}", group.cycle.number);
        }
        let option = option.or_else(|| self.pair.map(|pair| &pair.option));
        self.pair
            .and_then(|pair| self.situation.playbook.choice(&pair.choice))
            .and_then(|choice| choice.options.iter().find(|known| Some(&known.id) == option))
            .map_or_else(|| "everyone".to_owned(), |known| known.title.clone())
    }

    /// More than fifteen points apart in who knows the seeker: compared inside the two segments.
    fn is_segmented(sides: &[SideFigures]) -> bool {
        let [a, b] = sides else { return false };
        let share = |figures: &SideFigures| {
            (figures.tally.out_of > 0)
                .then(|| f64::from(figures.know_me) / f64::from(figures.tally.out_of))
        };
        matches!((share(a), share(b)), (Some(a), Some(b)) if (a - b).abs() > 0.15)
    }

    /// One side has more than a fifth more people than the other.
    fn is_uneven(sides: &[SideFigures]) -> bool {
        let [a, b] = sides else { return false };
        let (few, many) = (a.tally.out_of.min(b.tally.out_of), a.tally.out_of.max(b.tally.out_of));
        u64::from(many) * 5 > u64::from(few) * 6
    }

    /// One stratum for each cycle, or for each segment of it; one for each change of turns; a single
    /// one before and after.
    fn strata(&self, groups: &[Group<'a>], segmented: bool) -> Vec<Stratum> {
        blocks(self.between, groups)
            .iter()
            .flat_map(|block| {
                let sum = |side| {
                    let own = block.iter().filter(|group| group.side == side);
                    own.fold(GroupCounts::default(), |sum, group| sum.plus(self.counts(group)))
                };
                let (a, b) = (sum(Side::A), sum(Side::B));
                if segmented {
                    let known = Stratum::new(known(a), known(b));
                    vec![known, Stratum::new(unknown(a), unknown(b))]
                } else {
                    vec![Stratum::new(everybody(a), everybody(b))]
                }
            })
            .collect()
    }

    /// The fields of the setup in which B differs from A, in words.
    fn changed(&self) -> Vec<String> {
        let mut changed: BTreeSet<String> = BTreeSet::new();
        match (self.between, &self.cycles[..]) {
            (Between::Cycles(..), [first, second]) => {
                changed.extend(differences(self.situation, first, second));
            }
            (Between::Turns(_), cycles) => {
                for two in cycles.windows(2) {
                    if let [first, second] = two {
                        changed.extend(differences(self.situation, first, second));
                    }
                }
            }
            (Between::Within(_) | Between::Pooled(_) | Between::Cycles(..), cycles) => {
                let pairs = cycles.iter().filter_map(|cycle| cycle.compared.as_ref());
                changed.extend(pairs.map(|(compared, _)| compared.choice.to_string()));
            }
        }
        for cycle in &self.cycles {
            changed.extend(cycle.second_changes.iter().cloned());
        }
        changed.into_iter().collect()
    }

    fn difference(question: &experiment::Comparison) -> Option<Difference> {
        let informative: Vec<Stratum> =
            question.strata.iter().copied().filter(|stratum| stratum.has_both_arms()).collect();
        match informative[..] {
            [] => None,
            [only] => Some(experiment::newcombe(only, 0.05)),
            _ => Some(experiment::mantel_haenszel(&informative, 0.05).difference.as_difference()),
        }
    }

    fn window_days(&self) -> u32 {
        let within = self.metric.within.as_ref().map(|within| within.duration);
        within.map_or(0, |duration| match duration.unit {
            Unit::Weeks => duration.amount.saturating_mul(7),
            Unit::Days | Unit::Workdays => duration.amount,
            Unit::Minutes | Unit::Hours => 0,
        })
    }

    fn people(&self) -> impl Iterator<Item = &'a Member> {
        self.cycles.iter().flat_map(|cycle| &cycle.members).filter(|member| member.counts)
    }

    fn companies(&self) -> usize {
        let names: BTreeSet<String> = self
            .people()
            .filter_map(|member| self.situation.book.company_key(member.entry))
            .collect();
        names.len()
    }
}

/// How often the options changed places from one cycle to the next.
fn switches(groups: &[Group<'_>]) -> u32 {
    let changes = groups.windows(2).filter(|two| two[0].side != two[1].side).count();
    u32::try_from(changes).unwrap_or(u32::MAX)
}

/// The groups that are held against each other directly.
fn blocks<'g, 'a>(between: &Between, groups: &'g [Group<'a>]) -> Vec<Vec<&'g Group<'a>>> {
    let by_cycle = || {
        let mut blocks: Vec<Vec<&Group<'a>>> = Vec::new();
        for group in groups {
            match blocks.last_mut().filter(|block| block[0].cycle.number == group.cycle.number) {
                Some(block) => block.push(group),
                None => blocks.push(vec![group]),
            }
        }
        blocks
    };
    match between {
        Between::Within(_) | Between::Pooled(_) => by_cycle(),
        Between::Cycles(..) => vec![groups.iter().collect()],
        Between::Turns(_) if Design::of_switches(switches(groups)) == Design::BeforeAfter => {
            vec![groups.iter().collect()]
        }
        Between::Turns(_) => {
            let mut blocks: Vec<Vec<&Group<'a>>> = Vec::new();
            for group in groups {
                match blocks.last_mut() {
                    Some(block) if block.len() == 1 && block[0].side != group.side => {
                        block.push(group);
                    }
                    _ => blocks.push(vec![group]),
                }
            }
            blocks
        }
    }
}

fn everybody(counts: GroupCounts) -> Arm {
    Arm::new(counts.all.hits, counts.all.counted)
}

fn known(counts: GroupCounts) -> Arm {
    Arm::new(counts.known.hits, counts.known.counted)
}

fn unknown(counts: GroupCounts) -> Arm {
    let (all, known) = (counts.all, counts.known);
    Arm::new(all.hits.saturating_sub(known.hits), all.counted.saturating_sub(known.counted))
}
