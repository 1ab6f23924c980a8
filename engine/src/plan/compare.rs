//! Comparing: one cycle inside, several of the same pair together, or one cycle with another.
//!
//! Gathers the counts that the statistics ask for and hands them over. Knows who counts on which
//! side (E1, E2, E5) and which fields of the setup differ. It must not compute a number or word a
//! verdict: that is `experiment`'s.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::metric::{self, Tally};
use super::rejection::Rejection;
use super::situation::Situation;
use super::state::{CycleState, Member};
use crate::calendar::Unit;
use crate::experiment::{
    self, Arm, Design, Difference, FollowUps, Headline, Proportion, Side, Stratum, Titles, Verdict,
};
use crate::playbook::{Id, Metric};

/// What is held against what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Between {
    /// The two options inside one cycle.
    Within(u32),
    /// The two options inside each of several cycles of the same pair, put together.
    Pooled(Vec<u32>),
    /// The first cycle with the second, whatever else was different between those weeks.
    Cycles(u32, u32),
}

/// A comparison with everything that a screen, a file or a report shows of it.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What is held against what.
    pub between: Between,
    /// The measure that decides.
    pub metric: Id,
    /// Its title.
    pub title: String,
    /// The sides: A, then B; one only where nothing is compared.
    pub sides: Vec<SideFigures>,
    /// B minus A, where there are two sides with somebody counted.
    pub difference: Option<Difference>,
    /// What may be said.
    pub verdict: Verdict,
    /// The same in the words of a screen.
    pub headline: Headline,
    /// People on the lists.
    pub people: usize,
    /// Companies they work at.
    pub companies: usize,
    /// The reply window in days.
    pub window_days: u32,
    /// The day on which everybody is counted.
    pub settles: Option<Date>,
    /// Fewer than twenty people: nothing was split (E2).
    pub practice: bool,
    /// Who knows the seeker differs so much between the sides that they were compared in segments.
    pub segmented: bool,
}

/// One side in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct SideFigures {
    /// A or B.
    pub side: Side,
    /// The option, where the sides are options.
    pub option: Option<Id>,
    /// The cycle, where the sides are cycles.
    pub cycle: Option<u32>,
    /// How people read it.
    pub label: String,
    /// The measure.
    pub tally: Tally,
    /// The share with its interval.
    pub proportion: Proportion,
    /// Follow-ups on time.
    pub follow_ups: FollowUps,
    /// People messaged who know the seeker.
    pub know_me: u32,
}

/// A group of people whose replies are counted together.
struct Group<'a> {
    side: Side,
    cycle: &'a CycleState,
    option: Option<Id>,
}

impl Group<'_> {
    fn takes(&self, member: &Member) -> bool {
        self.option.is_none() || member.option == self.option
    }
}

/// Compares.
///
/// # Errors
///
/// A rejection where the playbook has no measure that decides, or there is no such cycle.
pub fn compare(situation: &Situation<'_>, between: &Between) -> Result<Comparison, Rejection> {
    let metric = situation
        .playbook
        .cycle
        .decided_by
        .as_deref()
        .and_then(|id| situation.playbook.metric(id))
        .ok_or(Rejection::NothingDecides)?;
    let numbers = match between {
        Between::Within(cycle) => vec![*cycle],
        Between::Pooled(cycles) => cycles.clone(),
        Between::Cycles(first, second) if first == second => {
            return Err(Rejection::SameCycle { cycle: *first });
        }
        Between::Cycles(first, second) => vec![*first, *second],
    };
    let mut cycles = Vec::new();
    for number in numbers {
        let known = situation.state.cycles.get(&number);
        cycles.push(known.ok_or(Rejection::UnknownCycle { cycle: number })?);
    }
    if cycles.is_empty() {
        return Err(Rejection::NoCycle);
    }
    Ok(Gathering { situation, metric, between, cycles }.compare())
}

struct Gathering<'a, 's> {
    situation: &'s Situation<'a>,
    metric: &'s Metric,
    between: &'s Between,
    cycles: Vec<&'a CycleState>,
}

impl<'a> Gathering<'a, '_> {
    fn compare(&self) -> Comparison {
        let groups = self.groups();
        let sides = self.sides(&groups);
        let segmented = Self::is_segmented(&sides);
        let strata = self.strata(&groups, segmented);
        let of = |side: Side| sides.iter().find(|figures| figures.side == side);
        let waiting = |side| of(side).map_or(0, |figures| figures.tally.waiting);
        let follow_ups = |side| of(side).map_or_else(FollowUps::default, |f| f.follow_ups);
        let question = experiment::Comparison {
            design: match self.between {
                Between::Within(_) | Between::Pooled(_) => Design::Mixed,
                Between::Cycles(..) => Design::BeforeAfter,
            },
            changed: self.changed(),
            strata,
            waiting_a: waiting(Side::A),
            waiting_b: waiting(Side::B),
            window_days: self.window_days(),
            planned_looks: 1,
            follow_ups_a: follow_ups(Side::A),
            follow_ups_b: follow_ups(Side::B),
        };
        let verdict = experiment::verdict(&question);
        let headline = experiment::headline(&question, &verdict, Titles::LETTERS);
        let difference = Self::difference(&question);
        Comparison {
            between: self.between.clone(),
            metric: self.metric.id.clone(),
            title: self.metric.title.clone(),
            difference,
            verdict,
            headline,
            people: self.people().count(),
            companies: self.companies(),
            window_days: self.window_days(),
            settles: sides.iter().filter_map(|figures| figures.tally.settles).max(),
            practice: self.cycles.iter().any(|cycle| is_practice(cycle)),
            segmented,
            sides,
        }
    }

    /// Which people stand on which side.
    fn groups(&self) -> Vec<Group<'a>> {
        if let (Between::Cycles(..), [first, second]) = (self.between, &self.cycles[..]) {
            let whole = |side, cycle: &&'a CycleState| Group { side, cycle, option: None };
            return vec![whole(Side::A, first), whole(Side::B, second)];
        }
        let mut groups = Vec::new();
        for cycle in &self.cycles {
            let split = cycle.members.iter().any(|member| member.option.is_some());
            match &cycle.compared {
                Some((compared, _)) if split => {
                    let of =
                        |side, option: &Id| Group { side, cycle, option: Some(option.clone()) };
                    groups.push(of(Side::A, &compared.baseline));
                    groups.push(of(Side::B, &compared.option));
                }
                Some((compared, _)) if compared.option != compared.baseline => {
                    groups.push(Group { side: Side::B, cycle, option: None });
                }
                Some(_) | None => groups.push(Group { side: Side::A, cycle, option: None }),
            }
        }
        groups
    }

    fn sides(&self, groups: &[Group<'a>]) -> Vec<SideFigures> {
        [Side::A, Side::B]
            .into_iter()
            .filter(|side| groups.iter().any(|group| group.side == *side))
            .map(|side| {
                let own: Vec<&Group<'a>> =
                    groups.iter().filter(|group| group.side == side).collect();
                let tally = own.iter().fold(Tally::default(), |sum, group| {
                    add(sum, self.tally(self.metric, group, |_| true))
                });
                let arm = Arm::new(tally.hits, tally.counted);
                SideFigures {
                    side,
                    option: own.first().and_then(|group| group.option.clone()),
                    cycle: matches!(self.between, Between::Cycles(..))
                        .then(|| own.first().map(|group| group.cycle.number))
                        .flatten(),
                    label: self.label(side, own.first().copied()),
                    tally,
                    proportion: experiment::wilson(arm, 0.05),
                    follow_ups: self.follow_ups(&own),
                    know_me: own.iter().map(|group| self.know_me(group)).sum(),
                }
            })
            .collect()
    }

    fn tally(&self, metric: &Metric, group: &Group<'a>, takes: impl Fn(&Member) -> bool) -> Tally {
        let today = self.situation.today();
        let side = |member: &Member| group.takes(member) && takes(member);
        metric::tally(self.situation, group.cycle, metric, today, side)
    }

    fn label(&self, side: Side, group: Option<&Group<'a>>) -> String {
        let Some(group) = group else { return side.as_str().to_owned() };
        if matches!(self.between, Between::Cycles(..)) {
            return format!("cycle {}", group.cycle.number);
        }
        let compared = group.cycle.compared.as_ref().map(|(compared, _)| compared);
        let option = group.option.clone().or_else(|| compared.map(|pair| pair.option.clone()));
        compared
            .and_then(|pair| self.situation.playbook.choice(&pair.choice))
            .and_then(|choice| {
                choice.options.iter().find(|known| Some(&known.id) == option.as_ref())
            })
            .map_or_else(|| "everyone".to_owned(), |known| known.title.clone())
    }

    fn follow_ups(&self, groups: &[&Group<'a>]) -> FollowUps {
        let fairness = self.situation.playbook.cycle.fairness.as_deref();
        let Some(metric) = fairness.and_then(|id| self.situation.playbook.metric(id)) else {
            return FollowUps::default();
        };
        let sum = groups
            .iter()
            .fold(Tally::default(), |sum, group| add(sum, self.tally(metric, group, |_| true)));
        FollowUps { due: sum.counted, on_time: sum.hits }
    }

    fn knows_me(&self, member: &Member) -> bool {
        self.situation.book.get(member.entry).is_some_and(|entry| entry.knows_me)
    }

    fn know_me(&self, group: &Group<'a>) -> u32 {
        self.tally(self.metric, group, |member| self.knows_me(member)).out_of
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

    /// One stratum for each cycle, or for each segment of it.
    fn strata(&self, groups: &[Group<'a>], segmented: bool) -> Vec<Stratum> {
        let segments: &[Option<bool>] =
            if segmented { &[Some(true), Some(false)] } else { &[None] };
        let across = matches!(self.between, Between::Cycles(..));
        let mut strata = Vec::new();
        let keys: Vec<Option<u32>> = if across {
            vec![None]
        } else {
            self.cycles.iter().map(|cycle| Some(cycle.number)).collect()
        };
        for key in keys {
            for segment in segments {
                let arm = |side| {
                    let own = groups.iter().filter(|group| {
                        group.side == side && key.is_none_or(|key| group.cycle.number == key)
                    });
                    let sum = own.fold(Tally::default(), |sum, group| {
                        add(
                            sum,
                            self.tally(self.metric, group, |member| {
                                segment.is_none_or(|warm| self.knows_me(member) == warm)
                            }),
                        )
                    });
                    Arm::new(sum.hits, sum.counted)
                };
                strata.push(Stratum::new(arm(Side::A), arm(Side::B)));
            }
        }
        strata
    }

    /// The fields of the setup in which B differs from A, in words.
    fn changed(&self) -> Vec<String> {
        let mut changed: BTreeSet<String> = BTreeSet::new();
        if let (Between::Cycles(..), [first, second]) = (self.between, &self.cycles[..]) {
            for choice in &self.situation.playbook.choices {
                let of = |cycle| setup(self.situation, cycle, &choice.id);
                if of(first) != of(second) {
                    changed.insert(choice.id.to_string());
                }
            }
            if first.playbook != second.playbook {
                changed.insert("the playbook".to_owned());
            }
        } else {
            let pairs = self.cycles.iter().filter_map(|cycle| cycle.compared.as_ref());
            changed.extend(pairs.map(|(compared, _)| compared.choice.to_string()));
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
            .filter_map(|member| {
                let entry = self.situation.book.get(member.entry)?;
                let linked = entry.company.and_then(|id| self.situation.book.get(id));
                let name = linked.map(|company| company.name.clone());
                Some(crate::people::fold(name.or_else(|| entry.field("company"))?.raw()))
            })
            .collect();
        names.len()
    }
}

/// The options of a choice that a cycle ran: both, where it compared them.
fn setup(situation: &Situation<'_>, cycle: &CycleState, choice: &Id) -> Vec<Id> {
    match &cycle.compared {
        Some((compared, _)) if compared.choice == *choice => {
            let split = cycle.members.iter().any(|member| member.option.is_some());
            let base = split.then(|| compared.baseline.clone());
            base.into_iter().chain([compared.option.clone()]).collect()
        }
        Some(_) | None => {
            let first = || {
                let known = situation.playbook.choice(choice)?;
                known.options.first().map(|option| option.id.clone())
            };
            cycle.in_use.get(choice).cloned().or_else(first).into_iter().collect()
        }
    }
}

/// A split was wanted and nothing was drawn (E2).
pub(super) fn is_practice(cycle: &CycleState) -> bool {
    cycle.compared.as_ref().is_some_and(|(compared, _)| compared.split)
        && !cycle.members.is_empty()
        && cycle.members.iter().all(|member| member.option.is_none())
}

fn add(sum: Tally, more: Tally) -> Tally {
    Tally {
        out_of: sum.out_of + more.out_of,
        counted: sum.counted + more.counted,
        waiting: sum.waiting + more.waiting,
        count: sum.count + more.count,
        hits: sum.hits + more.hits,
        late: sum.late + more.late,
        value: None,
        settles: sum.settles.max(more.settles),
    }
}
