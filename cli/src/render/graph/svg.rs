//! The graph as a picture for a browser or a printer, in one file without anything from outside.
//!
//! Steps that hang together are laid out in layers, from top to bottom; steps on their own stand in
//! rows below, since an edge to nowhere says nothing.

use std::fmt::Write as _;

use fortnight_engine::playbook::graph::{Edge, EdgeKind, Graph};
use fortnight_engine::playbook::{Playbook, Step, StepKind};
use maud::{Markup, PreEscaped, html};

use super::layout::{Layout, Size, layout};
use super::{dates, label, longest, on_way, traits};
use crate::render::safe;
use crate::render::svg::{Font, palette, px, times};
use crate::render::words::count;

const WIDTH: f64 = 236.0;
const PADDING: f64 = 12.0;
const MARGIN: f64 = 28.0;
const GAP: f64 = 30.0;
/// A page is at least so wide before cards on their own begin a new row.
const PAGE: f64 = 1100.0;
/// Pixels by which the lowest card of a stack looks out.
const STACK: f64 = 8.0;
const ID: Font = Font::plain(10.5);
const TITLE: Font = Font::bold(13.5);
const DETAIL: Font = Font::plain(11.0);
const LABEL: Font = Font::plain(10.5);
const LEADING: f64 = 1.36;

const STYLE: &str = "\
.card{fill:var(--card);stroke:var(--edge);stroke-width:1.2}.stack{fill:var(--page);stroke:var(--edge)}\
.if{stroke-dasharray:5 4;stroke:var(--soft)}.way{stroke:var(--mark);stroke-width:2.6;stroke-dasharray:none}\
.if.way{stroke-dasharray:7 4}.edge{fill:none;stroke:var(--line);stroke-width:1.4}\
.date{stroke-dasharray:2 4}.path{stroke:var(--mark);stroke-width:2.6}.join{stroke-width:3}\
.tip{fill:var(--line)}.tipway{fill:var(--mark)}\
.label{paint-order:stroke;stroke:var(--page);stroke-width:4px;stroke-linejoin:round}";

/// A step as a card: its lines, and how tall that makes it.
struct Card<'p> {
    step: &'p Step,
    title: Vec<String>,
    details: Vec<String>,
    height: f64,
}

/// The picture.
pub(crate) fn draw(playbook: &Playbook, graph: &Graph) -> String {
    let cards: Vec<Card<'_>> = playbook.steps.iter().map(|step| card(playbook, step)).collect();
    let mut picture =
        Picture { playbook, graph, cards, on_way: on_way(playbook, graph), shapes: Vec::new() };
    let (width, height) = picture.arrange();
    let foot = foot(graph, width);
    let head = TITLE.wrap(&playbook.title, width - 2.0 * MARGIN, 3);
    let top = 34.0 + times(head.len().saturating_sub(1)) * 24.0;
    let bottom = height + top + 16.0;
    let total = bottom + times(foot.len()) * 17.0 + 62.0;
    let name = format!("The steps of {}", safe::line(&playbook.title));
    let shapes = &picture.shapes;
    let document = html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"
            width=(px(width)) height=(px(total)) viewBox={ "0 0 " (px(width)) " " (px(total)) } {
            title id="title" { (name) }
            desc id="desc" { (description(playbook, graph)) }
            style { (PreEscaped(palette::STYLE)) (PreEscaped(STYLE)) }
            defs {
                (tip("tip", "tip")) (tip("tipway", "tipway"))
            }
            rect class="page" width="100%" height="100%" {}
            @for (at, line) in head.iter().enumerate() {
                text x=(px(MARGIN)) y=(px(30.0 + times(at) * 24.0)) font-size="18" font-weight="600" { (line) }
            }
            g transform={ "translate(0 " (px(top)) ")" } {
                @for shape in shapes { (shape) }
            }
            (legend(bottom))
            @for (at, line) in foot.iter().enumerate() {
                text class="soft" x=(px(MARGIN)) y=(px(bottom + 46.0 + times(at) * 17.0)) font-size="12" { (line) }
            }
        }
    };
    document.into_string() + "\n"
}

fn foot(graph: &Graph, width: f64) -> Vec<String> {
    DETAIL.wrap(&longest(graph), (width - 2.0 * MARGIN).min(900.0) * 0.9, 4)
}

/// What a reader who cannot see the picture is told.
fn description(playbook: &Playbook, graph: &Graph) -> String {
    let mut sentences = vec![format!("{}.", count(playbook.steps.len(), "step", "steps"))];
    for (at, step) in playbook.steps.iter().enumerate() {
        let needs: Vec<String> = graph
            .needs(at)
            .filter(|edge| matches!(edge.kind, EdgeKind::Need(..)))
            .map(|edge| {
                let label = label(playbook, edge);
                let title = playbook.steps.get(edge.from).map_or("", |step| &*step.title);
                if label.is_empty() { title.to_owned() } else { format!("{title} ({label})") }
            })
            .collect();
        let behind =
            if needs.is_empty() { String::new() } else { format!(", after {}", needs.join(", ")) };
        sentences.push(format!("{}{behind}.", step.title));
    }
    sentences.push(longest(graph));
    safe::line(&sentences.join(" "))
}

fn tip(id: &str, class: &str) -> Markup {
    html! {
        marker id=(id) viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
            markerUnits="userSpaceOnUse" orient="auto" { path class=(class) d="M0 0L8 4L0 8z" {} }
    }
}

fn card<'p>(playbook: &Playbook, step: &'p Step) -> Card<'p> {
    let room = WIDTH - 2.0 * PADDING;
    let title = TITLE.wrap(&step.title, room, 3);
    let mut details = DETAIL.wrap(&traits(step).join(" · "), room, 3);
    for date in dates(playbook, step) {
        details.extend(DETAIL.wrap(&date, room, 4));
    }
    let height = PADDING
        + ID.size * LEADING
        + times(title.len()) * TITLE.size * LEADING
        + times(details.len()) * DETAIL.size * LEADING
        + PADDING
        - 2.0;
    Card { step, title, details, height }
}

struct Picture<'p> {
    playbook: &'p Playbook,
    graph: &'p Graph,
    cards: Vec<Card<'p>>,
    on_way: Vec<bool>,
    shapes: Vec<Markup>,
}

impl Picture<'_> {
    /// Puts everything on the page; gives its width and height.
    fn arrange(&mut self) -> (f64, f64) {
        let groups = groups(self.graph, self.cards.len());
        let (alone, together): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
            groups.into_iter().partition(|group| group.len() == 1);
        let drawn: Vec<(Vec<usize>, Vec<Edge>, Layout)> = together
            .into_iter()
            .map(|group| {
                let (edges, layout) = self.lay_out(&group);
                (group, edges, layout)
            })
            .collect();
        let widest = drawn.iter().map(|(_, _, layout)| layout.width).fold(PAGE, f64::max);
        let (mut x, mut y, mut row) = (MARGIN, 24.0, 0.0_f64);
        let mut right = 0.0_f64;
        for (group, edges, layout) in &drawn {
            if x > MARGIN && x + layout.width > MARGIN + widest {
                (x, y, row) = (MARGIN, y + row + GAP, 0.0);
            }
            self.group(group, edges, layout, x, y);
            right = right.max(x + layout.width);
            x += layout.width + 2.0 * GAP;
            row = row.max(layout.height);
        }
        if !drawn.is_empty() {
            y += row + GAP;
        }
        if !alone.is_empty() && !drawn.is_empty() {
            self.shapes.push(html! {
                text class="soft" x=(px(MARGIN)) y=(px(y + 6.0)) font-size="12" font-weight="600" {
                    "On their own: by a day, a condition or something that happens"
                }
            });
            y += 22.0;
        }
        (x, row) = (MARGIN, 0.0);
        for at in alone.into_iter().flatten() {
            if x > MARGIN && x + WIDTH > MARGIN + widest {
                (x, y, row) = (MARGIN, y + row + GAP * 0.7, 0.0);
            }
            self.card(at, x, y);
            right = right.max(x + WIDTH);
            row = row.max(self.cards.get(at).map_or(0.0, |card| card.height));
            x += WIDTH + GAP;
        }
        (right.max(620.0) + MARGIN, y + row)
    }

    fn lay_out(&self, group: &[usize]) -> (Vec<Edge>, Layout) {
        let inside = |at: usize| group.binary_search(&at).ok();
        let edges: Vec<Edge> =
            self.graph.edges.iter().filter(|edge| inside(edge.to).is_some()).cloned().collect();
        let needs = |edge: &&Edge| matches!(edge.kind, EdgeKind::Need(..));
        let pairs: Vec<(usize, usize)> = edges
            .iter()
            .filter(needs)
            .filter_map(|edge| Some((inside(edge.from)?, inside(edge.to)?)))
            .collect();
        let sizes: Vec<Size> = group
            .iter()
            .map(|at| {
                let labels = self.graph.needs(*at).filter(|edge| !self.words(edge).is_empty());
                let above = 44.0 + 15.0 * times(labels.count().saturating_sub(1));
                let height = self.cards.get(*at).map_or(0.0, |card| card.height);
                Size { width: WIDTH, height, above }
            })
            .collect();
        let layers: Vec<usize> =
            group.iter().map(|at| self.graph.layers.get(*at).copied().unwrap_or(0)).collect();
        let kept = edges.into_iter().filter(|edge| matches!(edge.kind, EdgeKind::Need(..)));
        (kept.collect(), layout(&sizes, &pairs, &layers))
    }

    fn is_stacked(&self, at: usize) -> bool {
        self.cards.get(at).is_some_and(|card| card.step.for_each.is_some())
    }

    fn words(&self, edge: &Edge) -> String {
        match edge.kind {
            EdgeKind::Need(..) => label(self.playbook, edge),
            // The card of the step says it: such an edge may run against the layers.
            EdgeKind::After(_) | EdgeKind::Within(_) => String::new(),
        }
    }

    fn group(&mut self, group: &[usize], edges: &[Edge], layout: &Layout, x: f64, y: f64) {
        let mut labels = Vec::new();
        for (at, place) in group.iter().zip(&layout.places) {
            let into: Vec<usize> = (0..edges.len())
                .filter(|edge| edges.get(*edge).is_some_and(|e| e.to == *at))
                .collect();
            let mut arriving: Vec<(f64, usize)> = into
                .into_iter()
                .filter_map(|edge| {
                    let from = edges.get(edge)?.from;
                    let start = group.binary_search(&from).ok()?;
                    let way = layout.ways.get(edge)?;
                    let last = way.last().map(|(x, _)| *x);
                    Some((last.or_else(|| Some(layout.places.get(start)?.0 + WIDTH / 2.0))?, edge))
                })
                .collect();
            arriving.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let step = (WIDTH / (times(arriving.len()) + 1.0)).min(34.0);
            let first = WIDTH / 2.0 - step * (times(arriving.len()) - 1.0) / 2.0;
            let end = |number: usize| (x + place.0 + first + step * times(number), y + place.1);
            let mut written = 0;
            for (number, (_, edge)) in arriving.iter().enumerate().rev() {
                let Some(known) = edges.get(*edge) else { continue };
                let Some(start) = group.binary_search(&known.from).ok() else { continue };
                let Some(top) = layout.places.get(start) else { continue };
                let height = self.cards.get(known.from).map_or(0.0, |card| card.height);
                let stacked = if self.is_stacked(known.from) { STACK } else { 0.0 };
                let start = (x + top.0 + WIDTH / 2.0, y + top.1 + height + stacked);
                let way = layout.ways.get(*edge).map_or(&[][..], Vec::as_slice);
                let way: Vec<(f64, f64)> = way.iter().map(|(a, b)| (a + x, b + y)).collect();
                self.edge(known, start, &way, end(number));
                let words = self.words(known);
                if !words.is_empty() {
                    let (left, bottom) = end(number);
                    // The leftmost has the room to its left for itself.
                    let leftmost = number == 0 && arriving.len() > 1;
                    let row = if leftmost { 0.0 } else { 15.0 * times(written) };
                    let x = if leftmost { left - 7.0 } else { left + 7.0 };
                    labels.push((x, bottom - 12.0 - row, words, leftmost));
                    written += 1;
                }
            }
        }
        for (at, place) in group.iter().zip(&layout.places) {
            self.card(*at, x + place.0, y + place.1);
        }
        for (x, y, words, before) in labels {
            let anchor = if before { "end" } else { "start" };
            let words = LABEL.clip(&words, WIDTH * 0.8);
            self.shapes.push(html! {
                text class="label soft" x=(px(x)) y=(px(y)) font-size=(LABEL.size) text-anchor=(anchor) { (words) }
            });
        }
    }

    fn edge(&mut self, edge: &Edge, start: (f64, f64), way: &[(f64, f64)], end: (f64, f64)) {
        let end = (end.0, end.1 - 1.0);
        let mut path = format!("M{} {}", px(start.0), px(start.1));
        let mut at = start;
        let mut down = true;
        for point in way.iter().chain([&end]) {
            if down {
                let middle = f64::midpoint(at.1, point.1);
                let bend = [at.0, middle, point.0, middle, point.0, point.1].map(px);
                let _ = write!(path, "C{}", bend.join(" "));
            } else {
                let _ = write!(path, "L{} {}", px(point.0), px(point.1));
            }
            down = !down;
            at = *point;
        }
        let both = |at: usize| self.on_way.get(at).copied().unwrap_or(false);
        let on_way = both(edge.from)
            && both(edge.to)
            && self.graph.longest.steps.windows(2).any(|pair| pair == [edge.from, edge.to]);
        let class = format!(
            "edge{}{}",
            if on_way { " path" } else { "" },
            if edge.joins { " join" } else { "" }
        );
        let tip = if on_way { "url(#tipway)" } else { "url(#tip)" };
        self.shapes.push(html! { path class=(class) d=(path) marker-end=(tip) {} });
    }

    fn card(&mut self, at: usize, x: f64, y: f64) {
        let Some(card) = self.cards.get(at) else { return };
        let (step, height) = (card.step, px(card.height));
        let round = match step.kind {
            StepKind::Decide(_) => "2",
            StepKind::Every(_) => "18",
            StepKind::Task
            | StepKind::Choose(_)
            | StepKind::Write(_)
            | StepKind::Collect(_)
            | StepKind::Fill(_)
            | StepKind::Send(_) => "7",
        };
        let class = format!(
            "card{}{}",
            if step.when.is_some() { " if" } else { "" },
            if self.on_way.get(at).copied().unwrap_or(false) { " way" } else { "" }
        );
        let room = WIDTH - 2.0 * PADDING;
        let mut lines = Vec::new();
        let mut baseline = y + PADDING + ID.size - 2.0;
        let id = ID.clip(&step.id, room);
        lines.push(html! {
            text class="soft" x=(px(x + PADDING)) y=(px(baseline)) font-size=(ID.size) { (id) }
        });
        baseline += 3.0;
        for line in &card.title {
            baseline += TITLE.size * LEADING;
            lines.push(html! {
                text x=(px(x + PADDING)) y=(px(baseline)) font-size=(TITLE.size) font-weight="600" { (line) }
            });
        }
        baseline += 1.0;
        for line in &card.details {
            baseline += DETAIL.size * LEADING;
            lines.push(html! {
                text class="soft" x=(px(x + PADDING)) y=(px(baseline)) font-size=(DETAIL.size) { (line) }
            });
        }
        let shape = html! {
            g {
                title { (safe::line(&step.title)) }
                @if self.is_stacked(at) {
                    @for behind in [STACK, STACK / 2.0] {
                        rect class="stack" x=(px(x + behind)) y=(px(y + behind)) width=(px(WIDTH)) height=(height) rx=(round) {}
                    }
                }
                rect class=(class) x=(px(x)) y=(px(y)) width=(px(WIDTH)) height=(height) rx=(round) {}
                @for line in &lines { (line) }
            }
        };
        self.shapes.push(shape);
    }
}

/// The first of a group, as far as it is known.
fn root(home: &mut [usize], mut at: usize) -> usize {
    while let Some(above) = home.get(at).copied().filter(|above| *above != at) {
        let grand = home.get(above).copied().unwrap_or(above);
        if let Some(slot) = home.get_mut(at) {
            *slot = grand;
        }
        at = above;
    }
    at
}

/// The steps that hang together by needs, each group and all groups in declaration order.
fn groups(graph: &Graph, steps: usize) -> Vec<Vec<usize>> {
    let mut home: Vec<usize> = (0..steps).collect();
    for edge in graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Need(..))) {
        let (from, to) = (root(&mut home, edge.from), root(&mut home, edge.to));
        if let Some(slot) = home.get_mut(from.max(to)) {
            *slot = from.min(to);
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<usize>> =
        std::collections::BTreeMap::new();
    for at in 0..steps {
        groups.entry(root(&mut home, at)).or_default().push(at);
    }
    groups.into_values().collect()
}

fn legend(y: f64) -> Markup {
    let entries = [
        (" way", false, "on the longest way"),
        (" if", false, "while its condition holds"),
        ("", true, "one for each person or company"),
    ];
    let mut x = MARGIN;
    let mut shapes = Vec::new();
    for (class, stack, words) in entries {
        shapes.push(html! {
            @if stack { rect class="stack" x=(px(x + 4.0)) y=(px(y + 12.0)) width="22" height="14" rx="4" {} }
            rect class={ "card" (class) } x=(px(x)) y=(px(y + 8.0)) width="22" height="14" rx="4" {}
            text class="soft" x=(px(x + 32.0)) y=(px(y + 19.0)) font-size="11" { (words) }
        });
        x += 32.0 + DETAIL.width(words) + 26.0;
    }
    html! { g { @for shape in &shapes { (shape) } } }
}
