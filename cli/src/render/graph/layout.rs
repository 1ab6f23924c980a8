//! Where the cards of a graph stand: in layers, with few crossings.
//!
//! The usual four phases (K. Sugiyama, S. Tagawa, M. Toda, 1981): layers by the longest path; an edge
//! over several layers passes through each by a place of its own; the order within a layer by the
//! barycentre of the neighbours, the best of a few sweeps; then places as near to the neighbours as
//! the order allows. Knows boxes and edges by numbers. It must not know what is in them.

/// So many sweeps; more of them hardly take away another crossing.
const SWEEPS: usize = 12;

/// Pixels between two boxes of a layer.
const GAP: f64 = 30.0;

/// Pixels that an edge takes in a layer it passes through.
const LANE: f64 = 18.0;

/// A box to be placed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Pixels kept free above it, for the words on the edges that come in.
    pub(crate) above: f64,
}

/// Boxes and edges with their places, from the left upper corner.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// The left upper corner of each box.
    pub(crate) places: Vec<(f64, f64)>,
    /// The way of each edge: points where it runs straight down.
    pub(crate) ways: Vec<Vec<(f64, f64)>>,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Something in a layer: a box, or an edge on its way.
#[derive(Clone, Copy, Debug)]
struct Item {
    node: Option<usize>,
    layer: usize,
    width: f64,
    middle: f64,
}

struct Drawing<'s> {
    sizes: &'s [Size],
    items: Vec<Item>,
    /// The items of each layer, from left to right.
    rows: Vec<Vec<usize>>,
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
}

/// Lays boxes out; `layers` puts the start of every edge above its end.
pub(crate) fn layout(sizes: &[Size], edges: &[(usize, usize)], layers: &[usize]) -> Layout {
    let layers = pulled_down(edges, layers);
    let mut drawing = Drawing {
        sizes,
        items: Vec::new(),
        rows: vec![Vec::new(); layers.iter().max().map_or(0, |last| last + 1)],
        above: Vec::new(),
        below: Vec::new(),
    };
    for (node, (size, layer)) in sizes.iter().zip(&layers).enumerate() {
        drawing.add(Some(node), *layer, size.width);
    }
    let chains: Vec<Vec<usize>> =
        edges.iter().map(|(from, to)| drawing.connect(*from, *to, &layers)).collect();
    drawing.order();
    drawing.place();
    drawing.finish(edges, &chains)
}

/// A box that nothing leads to stands right above the first that it leads to.
fn pulled_down(edges: &[(usize, usize)], layers: &[usize]) -> Vec<usize> {
    let mut layers = layers.to_vec();
    let mut has_above = vec![false; layers.len()];
    let mut nearest = vec![usize::MAX; layers.len()];
    for (from, to) in edges {
        if let Some(slot) = has_above.get_mut(*to) {
            *slot = true;
        }
        let layer = layers.get(*to).copied().unwrap_or(usize::MAX);
        if let Some(slot) = nearest.get_mut(*from) {
            *slot = layer.min(*slot);
        }
    }
    for ((layer, has_above), nearest) in layers.iter_mut().zip(has_above).zip(nearest) {
        if !has_above && nearest != usize::MAX {
            *layer = nearest.saturating_sub(1);
        }
    }
    layers
}

impl Drawing<'_> {
    fn add(&mut self, node: Option<usize>, layer: usize, width: f64) -> usize {
        let item = self.items.len();
        self.items.push(Item { node, layer, width, middle: 0.0 });
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        if let Some(row) = self.rows.get_mut(layer) {
            row.push(item);
        }
        item
    }

    /// The items that an edge runs through, both ends included.
    fn connect(&mut self, from: usize, to: usize, layers: &[usize]) -> Vec<usize> {
        let (first, last) = (layers.get(from).copied(), layers.get(to).copied());
        let mut chain = vec![from];
        for layer in first.unwrap_or(0) + 1..last.unwrap_or(0) {
            chain.push(self.add(None, layer, LANE));
        }
        chain.push(to);
        for pair in chain.windows(2) {
            if let [up, down] = pair {
                if let Some(below) = self.below.get_mut(*up) {
                    below.push(*down);
                }
                if let Some(above) = self.above.get_mut(*down) {
                    above.push(*up);
                }
            }
        }
        chain
    }

    /// Orders the layers so that few edges cross.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.rows.clone());
        for sweep in 0..SWEEPS {
            let down = sweep % 2 == 0;
            let rows: Vec<usize> = if down {
                (0..self.rows.len()).collect()
            } else {
                (0..self.rows.len()).rev().collect()
            };
            for row in rows {
                self.sort(row, down);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
            }
            if crossings == 0 {
                break;
            }
        }
        self.rows = best.1;
    }

    /// Where each item stands in its layer.
    fn ranks(&self) -> Vec<f64> {
        let mut ranks = vec![0.0; self.items.len()];
        for row in &self.rows {
            let mut at = 0.0;
            for item in row {
                if let Some(slot) = ranks.get_mut(*item) {
                    *slot = at;
                }
                at += 1.0;
            }
        }
        ranks
    }

    /// Sorts a layer by the middle of each item's neighbours; whoever has none stays.
    fn sort(&mut self, row: usize, by_above: bool) {
        let ranks = self.ranks_of_neighbours(row, by_above);
        let neighbours = if by_above { &self.above } else { &self.below };
        let Some(items) = self.rows.get_mut(row) else { return };
        let mut keyed: Vec<(f64, usize)> = items
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let near = neighbours.get(*item).map_or(&[][..], Vec::as_slice);
                let known = near.iter().filter_map(|near| ranks.get(near).copied());
                let (sum, number) = known.fold((0.0, 0.0), |(sum, n), rank| (sum + rank, n + 1.0));
                let own = super::super::svg::times(at);
                (if number > 0.0 { sum / number } else { own }, *item)
            })
            .collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        *items = keyed.into_iter().map(|(_, item)| item).collect();
    }

    fn ranks_of_neighbours(
        &self,
        row: usize,
        by_above: bool,
    ) -> std::collections::BTreeMap<usize, f64> {
        let other = if by_above { row.checked_sub(1) } else { row.checked_add(1) };
        let items = other.and_then(|other| self.rows.get(other)).map_or(&[][..], Vec::as_slice);
        items.iter().enumerate().map(|(at, item)| (*item, super::super::svg::times(at))).collect()
    }

    /// How many pairs of edges cross: between two layers, the inversions of their ends.
    fn crossings(&self) -> u64 {
        let ranks = self.ranks();
        let rank = |item: &usize| ranks.get(*item).copied().unwrap_or(0.0);
        let mut crossings = 0_u64;
        for row in &self.rows {
            let mut ends: Vec<usize> = Vec::new();
            let width = self.items.len();
            for item in row {
                let mut below: Vec<f64> =
                    self.below.get(*item).into_iter().flatten().map(rank).collect();
                below.sort_by(f64::total_cmp);
                ends.extend(below.iter().map(|rank| whole(*rank)));
            }
            crossings = crossings.saturating_add(inversions(&ends, width));
        }
        crossings
    }

    /// Moves every item towards its neighbours, as far as the order leaves room.
    fn place(&mut self) {
        for row in self.rows.clone() {
            let mut right = 0.0;
            for item in &row {
                let Some(item) = self.items.get_mut(*item) else { continue };
                item.middle = right + item.width / 2.0;
                right += item.width + GAP;
            }
        }
        for round in 0..SWEEPS {
            let rows = self.rows.len();
            for step in 0..rows {
                let row = if round % 2 == 0 { step } else { rows - 1 - step };
                self.straighten(row, round % 2 == 0, round + 2 >= SWEEPS);
            }
        }
    }

    fn straighten(&mut self, row: usize, by_above: bool, by_both: bool) {
        let Some(items) = self.rows.get(row).cloned() else { return };
        let wanted: Vec<f64> = items
            .iter()
            .map(|item| {
                let above = if by_above || by_both { self.above.get(*item) } else { None };
                let below = if !by_above || by_both { self.below.get(*item) } else { None };
                let near = above.into_iter().chain(below).flatten();
                let known = near.filter_map(|near| self.items.get(*near)).map(|near| near.middle);
                let (sum, number) = known.fold((0.0, 0.0), |(sum, n), at| (sum + at, n + 1.0));
                let own = self.items.get(*item).map_or(0.0, |item| item.middle);
                if number > 0.0 { sum / number } else { own }
            })
            .collect();
        let apart = |left: usize, right: usize| {
            let half = |at: usize| {
                let item = items.get(at).and_then(|item| self.items.get(*item));
                item.map_or(0.0, |item| item.width / 2.0)
            };
            half(left) + half(right) + GAP
        };
        // Pushed to the right as far as needed, pushed to the left as far as needed: both keep the
        // distances, and so does what lies between the two.
        let mut right = wanted.clone();
        let mut left = wanted;
        for at in 1..right.len() {
            let least = right.get(at - 1).copied().unwrap_or(0.0) + apart(at - 1, at);
            if let Some(slot) = right.get_mut(at) {
                *slot = slot.max(least);
            }
        }
        for at in (1..left.len()).rev() {
            let most = left.get(at).copied().unwrap_or(0.0) - apart(at - 1, at);
            if let Some(slot) = left.get_mut(at - 1) {
                *slot = slot.min(most);
            }
        }
        for (item, (left, right)) in items.iter().zip(left.into_iter().zip(right)) {
            if let Some(item) = self.items.get_mut(*item) {
                item.middle = f64::midpoint(left, right);
            }
        }
    }

    /// Heights of the layers, and everything from the left upper corner.
    fn finish(&self, edges: &[(usize, usize)], chains: &[Vec<usize>]) -> Layout {
        let size = |item: &Item| item.node.and_then(|node| self.sizes.get(node)).copied();
        let edge = |item: &Item, side: f64| item.middle + side * item.width / 2.0;
        let left = self.items.iter().map(|item| edge(item, -1.0)).fold(f64::INFINITY, f64::min);
        let left = if left.is_finite() { left } else { 0.0 };
        let right = self.items.iter().map(|item| edge(item, 1.0)).fold(left, f64::max);
        let mut tops = Vec::new();
        let mut y = 0.0;
        for (at, row) in self.rows.iter().enumerate() {
            let sizes = || row.iter().filter_map(|item| self.items.get(*item)).filter_map(size);
            if at > 0 {
                y += sizes().map(|size| size.above).fold(0.0, f64::max);
            }
            let height = sizes().map(|size| size.height).fold(0.0, f64::max);
            tops.push((y, y + height));
            y += height;
        }
        let row = |item: &Item| tops.get(item.layer).copied().unwrap_or_default();
        let places = self.items.iter().take(self.sizes.len());
        let places = places.map(|item| (edge(item, -1.0) - left, row(item).0)).collect();
        let ways = edges
            .iter()
            .zip(chains)
            .map(|(_, chain)| {
                let inner = chain.get(1..chain.len().saturating_sub(1)).unwrap_or_default();
                let inner = inner.iter().filter_map(|item| self.items.get(*item));
                inner
                    .flat_map(|item| {
                        let (top, bottom) = row(item);
                        [(item.middle - left, top), (item.middle - left, bottom)]
                    })
                    .collect()
            })
            .collect();
        Layout { places, ways, width: right - left, height: y }
    }
}

/// A rank, which was a whole number all the time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rank is a small count"
)]
fn whole(rank: f64) -> usize {
    rank as usize
}

/// How many pairs stand the wrong way round, counted with a Fenwick tree.
fn inversions(ends: &[usize], width: usize) -> u64 {
    let mut tree = vec![0_u64; width + 1];
    let mut inversions = 0_u64;
    for (seen, end) in (0_u64..).zip(ends) {
        // How many of those seen are not beyond this one.
        let mut at = end + 1;
        let mut before = 0;
        while at > 0 {
            before += tree.get(at).copied().unwrap_or(0);
            at &= at - 1;
        }
        inversions += seen - before;
        let mut at = end + 1;
        while let Some(slot) = tree.get_mut(at) {
            *slot += 1;
            at += at & at.wrapping_neg();
        }
    }
    inversions
}

#[cfg(test)]
mod tests {
    use super::{Size, inversions, layout};

    const BOX: Size = Size { width: 100.0, height: 40.0, above: 30.0 };

    #[test]
    fn crossings_are_inversions() {
        assert_eq!(inversions(&[0, 1, 2], 3), 0);
        assert_eq!(inversions(&[2, 1, 0], 3), 3);
        assert_eq!(inversions(&[1, 1, 0, 2], 3), 2);
    }

    #[test]
    fn an_order_that_crosses_is_undone() {
        // Two chains, declared crosswise.
        let layout = layout(&[BOX; 4], &[(0, 3), (1, 2)], &[0, 0, 1, 1]);
        let x = |at: usize| layout.places[at].0;
        assert_eq!(x(0) < x(1), x(3) < x(2), "{layout:?}");
    }

    #[test]
    fn no_two_boxes_overlap_and_no_edge_runs_through_a_box() {
        let edges = [(0, 1), (1, 2), (0, 2), (0, 3), (3, 2), (2, 4), (0, 4), (1, 4)];
        let layout = layout(&[BOX; 5], &edges, &[0, 1, 2, 1, 3]);
        let inside = |(x, y): (f64, f64), at: usize| {
            let (left, top) = layout.places[at];
            x > left && x < left + 100.0 && y > top && y < top + 40.0
        };
        for at in 0..5 {
            for other in (0..5).filter(|other| *other != at) {
                let (x, y) = layout.places[other];
                for corner in [(x + 1.0, y + 1.0), (x + 99.0, y + 39.0)] {
                    assert!(!inside(corner, at), "{at} lies over {other}: {layout:?}");
                }
            }
            for way in &layout.ways {
                for pair in way.chunks(2) {
                    let (x, y) = pair[0];
                    assert!(!inside((x, y + 20.0), at), "an edge runs through {at}: {layout:?}");
                }
            }
        }
    }
}
