//! Who gets which option.
//!
//! Knows seeds, companies, and whether somebody knows the seeker. It must not know what the
//! options are. The draw happens once, when a person joins a cycle, and its result is recorded as a
//! fact: nothing here is ever asked again about the same person (E2).

use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Side;

/// Somebody who joins the cycle and is to be given an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joiner<'a> {
    /// What names this person for ever, such as the identifier of the entry. The draw depends on
    /// it, and not on the place in the list.
    pub key: &'a str,
    /// The company, in the spelling by which companies are told apart; people of one company get
    /// the same option. `None` or empty for somebody without one.
    pub company: Option<&'a str>,
    /// Whether the person knows the seeker. The options are balanced among those who do and among
    /// those who do not.
    pub knows_seeker: bool,
}

/// Somebody who has an option already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// The company, as in [`Joiner`].
    pub company: Option<&'a str>,
    /// Whether the person knows the seeker.
    pub knows_seeker: bool,
    /// The option that was drawn.
    pub side: Side,
}

/// Draws an option for each of `joining`, in their order.
///
/// People of one company form a block and get one option: that of a member of the same company,
/// if there is one. The other blocks come one after the other, the largest first and in an
/// order that the seed shuffles, and each gets the option that leaves the sides more equal,
/// over the whole list and within those who know the seeker and those who do not; a tie is decided
/// by a coin. This is the minimisation of S. J. Pocock and R. Simon (1975) over shuffled blocks.
/// Last, blocks of this draw change sides as long as that makes them more equal. Without
/// companies the sides differ by at most one, overall and within both groups.
///
/// Order and coins are SHA-256 of the seed and the block's name, so that the same seed gives the
/// same draw on every machine and in every version, however the list is sorted.
///
/// ```
/// use fortnight_engine::experiment::{Joiner, Side, assign};
///
/// let keys: Vec<String> = (0..28).map(|number| format!("person-{number}")).collect();
/// let list: Vec<Joiner<'_>> = keys
///     .iter()
///     .enumerate()
///     .map(|(place, key)| Joiner { key, company: None, knows_seeker: place < 10 })
///     .collect();
/// let sides = assign(7, &[], &list);
/// assert_eq!(sides.iter().filter(|side| **side == Side::B).count(), 14);
/// assert_eq!(sides[..10].iter().filter(|side| **side == Side::B).count(), 5);
/// ```
#[must_use]
pub fn assign(seed: u64, members: &[Member<'_>], joining: &[Joiner<'_>]) -> Vec<Side> {
    let mut balance = Balance::default();
    let mut settled: BTreeMap<&str, Side> = BTreeMap::new();
    for member in members {
        balance.add(Block::of_one(member.knows_seeker), member.side);
        if let Some(company) = named(member.company) {
            settled.entry(company).or_insert(member.side);
        }
    }
    let blocks = blocks(seed, joining);
    let mut sides = vec![Side::A; joining.len()];
    let mut free = Vec::new();
    for block in blocks {
        if let Some(&side) = block.company.and_then(|company| settled.get(company)) {
            balance.add(block.weight, side);
            block.give(side, &mut sides);
        } else {
            free.push(block);
        }
    }
    free.sort_by_key(|block| (Reverse(block.weight), block.draw));
    let mut drawn: Vec<Side> = Vec::with_capacity(free.len());
    for block in &free {
        let side = balance.better_side(block.weight, block.coin);
        balance.add(block.weight, side);
        drawn.push(side);
    }
    balance.improve(&free, &mut drawn);
    for (block, side) in free.iter().zip(&drawn) {
        block.give(*side, &mut sides);
    }
    sides
}

/// An empty name is no name: two people without a company are not colleagues.
fn named(company: Option<&str>) -> Option<&str> {
    company.filter(|name| !name.trim().is_empty())
}

/// How many people of a block know the seeker, and how many do not. Ordered by their number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Weight {
    all: i64,
    known: i64,
    unknown: i64,
}

/// People who must get the same option.
#[derive(Debug)]
struct Block<'a> {
    company: Option<&'a str>,
    weight: Weight,
    places: Vec<usize>,
    draw: u64,
    coin: Side,
}

impl Block<'_> {
    fn of_one(knows_seeker: bool) -> Weight {
        let known = i64::from(knows_seeker);
        Weight { all: 1, known, unknown: 1 - known }
    }

    fn give(&self, side: Side, sides: &mut [Side]) {
        for &place in &self.places {
            if let Some(slot) = sides.get_mut(place) {
                *slot = side;
            }
        }
    }
}

/// The blocks of a list.
fn blocks<'a>(seed: u64, joining: &[Joiner<'a>]) -> Vec<Block<'a>> {
    let mut of_company: BTreeMap<&str, usize> = BTreeMap::new();
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for (place, joiner) in joining.iter().enumerate() {
        let company = named(joiner.company);
        let next = blocks.len();
        let index = company.map_or(next, |company| *of_company.entry(company).or_insert(next));
        if index == next {
            let (draw, coin) = draw(seed, company.is_some(), company.unwrap_or(joiner.key));
            blocks.push(Block { company, weight: Weight::default(), places: vec![], draw, coin });
        }
        if let Some(block) = blocks.get_mut(index) {
            let one = Block::of_one(joiner.knows_seeker);
            block.weight.all += one.all;
            block.weight.known += one.known;
            block.weight.unknown += one.unknown;
            block.places.push(place);
        }
    }
    blocks
}

/// The place of a block in the shuffled order, and its coin.
fn draw(seed: u64, is_company: bool, name: &str) -> (u64, Side) {
    let mut hasher = Sha256::new();
    hasher.update(b"fortnight assignment 1\0");
    hasher.update(seed.to_le_bytes());
    hasher.update([u8::from(is_company)]);
    hasher.update(name.as_bytes());
    let digest = hasher.finalize();
    let order = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let is_odd = digest.last().is_some_and(|byte| byte % 2 == 1);
    (order, if is_odd { Side::B } else { Side::A })
}

/// How many more people side B has than side A: of those who know the seeker, and of those who do
/// not.
#[derive(Debug, Clone, Copy, Default)]
struct Balance {
    known: i64,
    unknown: i64,
}

impl Balance {
    fn add(&mut self, weight: Weight, side: Side) {
        let sign = match side {
            Side::A => -1,
            Side::B => 1,
        };
        self.known += sign * weight.known;
        self.unknown += sign * weight.unknown;
    }

    fn moved(mut self, weight: Weight, from: Side) -> Self {
        self.add(weight, from.other());
        self.add(weight, from.other());
        self
    }

    /// Zero when everything is equal. The whole list counts as much as both groups together, and
    /// one large gap counts more than two small ones.
    fn inequality(self) -> i64 {
        let all = self.known + self.unknown;
        all * all + self.known * self.known + self.unknown * self.unknown
    }

    fn better_side(self, weight: Weight, coin: Side) -> Side {
        let with = |side| {
            let mut after = self;
            after.add(weight, side);
            after.inequality()
        };
        match with(Side::A).cmp(&with(Side::B)) {
            std::cmp::Ordering::Less => Side::A,
            std::cmp::Ordering::Greater => Side::B,
            std::cmp::Ordering::Equal => coin,
        }
    }

    /// Moves one block, or exchanges two, as long as that makes the sides more equal. Each step
    /// lowers a whole number that cannot pass zero, so it ends; [`MOST_STEPS`] bounds the time.
    fn improve(&mut self, blocks: &[Block<'_>], drawn: &mut [Side]) {
        for _ in 0..MOST_STEPS {
            let Some((first, second)) = self.best_step(blocks, drawn) else { return };
            for place in [Some(first), second].into_iter().flatten() {
                if let (Some(block), Some(side)) = (blocks.get(place), drawn.get_mut(place)) {
                    *self = self.moved(block.weight, *side);
                    *side = side.other();
                }
            }
        }
    }

    /// The block to move, or the two to exchange, that helps most; the earliest of equal ones.
    fn best_step(self, blocks: &[Block<'_>], drawn: &[Side]) -> Option<(usize, Option<usize>)> {
        let mut best = (self.inequality(), None);
        // Blocks of one weight on one side are alike: only the first of each kind is tried.
        let mut kinds: BTreeMap<(Weight, Side), usize> = BTreeMap::new();
        for (place, (block, side)) in blocks.iter().zip(drawn).enumerate() {
            kinds.entry((block.weight, *side)).or_insert(place);
        }
        for (&(weight, side), &place) in &kinds {
            let moved = self.moved(weight, side);
            if moved.inequality() < best.0 {
                best = (moved.inequality(), Some((place, None)));
            }
            for (&(other_weight, other_side), &other) in &kinds {
                let both = moved.moved(other_weight, other_side);
                if other_side != side && both.inequality() < best.0 {
                    best = (both.inequality(), Some((place, Some(other))));
                }
            }
        }
        best.1
    }
}

/// Steps of improvement at most; a list of hundreds needs fewer than ten.
const MOST_STEPS: usize = 100;

#[cfg(test)]
mod tests;
