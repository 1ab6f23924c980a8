//! The cycles of a report: intervals of all of them, what was tried, seen and decided in each.

use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::experiment::Side;
use fortnight_engine::plan::{CycleRecord, Measure, PairRecord, SideFigures, Stage};
use maud::{Markup, html};

use super::charts;
use super::text::{Text, text};
use super::{Page, flowing};
use crate::render::comparison::figures::{self, counted, interval, percent};
use crate::render::comparison::{decision, title, tried};
use crate::render::words::{count, inside, list, numbers};

pub(super) fn section(page: &Page<'_>) -> Markup {
    let cycles = &page.report.history.cycles;
    let counted = cycles.iter().any(|cycle| cycle.together.out_of > 0);
    html! {
        section aria-labelledby="cycles" {
            h2 id="cycles" { "Cycle by cycle" }
            @if counted { (intervals(page)) }
            @for cycle in cycles {
                (one(page, cycle))
            }
        }
    }
}

/// `A as you write today · B a clear ask · cycles 1 and 2`
pub(super) fn pair_title(page: &Page<'_>, known: &PairRecord) -> Markup {
    let cycles = known.pair.cycles();
    let name = |id| title(page.playbook, &known.pair.choice, id);
    html! {
        (option("A", &name(&known.pair.baseline))) " · " (option("B", &name(&known.pair.option)))
        " · " @if cycles.len() == 1 { "cycle " } @else { "cycles " } (numbers(cycles))
    }
}

/// The letter of a side in its colour, and what it stands for.
fn option(letter: &str, title: &str) -> Markup {
    html! { span.key.(letter) {} strong { (letter) } " " (text(title)) }
}

/// Every cycle and every pair over all its cycles, one group each: none is picked out.
fn intervals(page: &Page<'_>) -> Markup {
    let history = &page.report.history;
    html! {
        figure {
            div.scroll tabindex="0" role="group" aria-label="Answers of each cycle with their intervals" {
                table.shares {
                    caption {
                        "Answers among those counted, with 95 % intervals; the lines run from 0 % on "
                        "the left to 100 % on the right"
                    }
                    thead {
                        tr {
                            th scope="col" { span.hidden { "Option" } }
                            th scope="col" { "Answered" }
                            th scope="col" { span.hidden { "Interval, drawn" } }
                            th scope="col" { "Share" }
                        }
                    }
                    @for cycle in history.cycles.iter().filter(|one| one.together.out_of > 0) {
                        (group_of_cycle(cycle))
                    }
                    @for known in history.pairs.iter().filter(|one| one.pair.cycles().len() > 1) {
                        tbody {
                            tr { th colspan="4" scope="rowgroup" { "Together: " (pair_title(page, known)) } }
                            @for side in &known.comparison.sides { (row(side)) }
                        }
                    }
                }
            }
            @if history.cycles.iter().filter(|one| one.steadied.is_some()).count() > 1 {
                figcaption {
                    "Drawn towards each other as far as their few people warrant, the cycles stand at "
                    (text(&steadied(&history.cycles))) "."
                }
            }
        }
    }
}

/// The sides of a cycle under its name; the new side alone where two cycles were held against each
/// other, for the other one has a group of its own.
fn group_of_cycle(cycle: &CycleRecord) -> Markup {
    let own = cycle.comparison.as_ref().map(|seen| seen.sides.as_slice()).unwrap_or_default();
    let across = own.iter().any(|side| side.cycle.is_some());
    let sides: Vec<&SideFigures> =
        own.iter().filter(|side| !across || side.side == Side::B).collect();
    html! {
        tbody {
            tr {
                th colspan="4" scope="rowgroup" {
                    strong { "Cycle " (cycle.number) }
                    @if cycle.stage == Stage::Abandoned { ", abandoned" }
                    @for side in sides.iter().filter(|side| side.option.is_some()) {
                        " · " (option(side.side.as_str(), &inside(&side.label)))
                    }
                }
            }
            @for side in &sides { (row(side)) }
        }
    }
}

fn row(side: &SideFigures) -> Markup {
    let tally = &side.tally;
    let share = figures::share(&side.proportion, tally.counted);
    let class = if side.option.is_some() { side.side.as_str() } else { "all" };
    let counts = counted(tally.hits, tally.counted, tally.waiting);
    html! {
        tr {
            td {
                span.key.(class) {}
                @if side.option.is_some() { (side.side.as_str()) } @else { "all" }
            }
            td { (counts) }
            td.bar {
                @if let Some(found) = share {
                    @let said = format!(
                        "{counts}: {} %, 95 % interval {}", percent(found.0), interval(found.1, found.2)
                    );
                    (charts::interval(class, &said, found))
                }
            }
            td {
                @if let Some((rate, low, high)) = share {
                    (percent(rate)) " % " span.soft.range { "(" (interval(low, high)) ")" }
                } @else {
                    span.soft { "too few" }
                }
            }
        }
    }
}

fn steadied(cycles: &[CycleRecord]) -> String {
    let values: Vec<String> = cycles
        .iter()
        .filter_map(|cycle| {
            let steadied = cycle.steadied?;
            Some(format!("{} % (cycle {})", percent(steadied), cycle.number))
        })
        .collect();
    list(&values)
}

fn one(page: &Page<'_>, cycle: &CycleRecord) -> Markup {
    let days = match cycle.stage {
        Stage::Planned => format!("starts {}", show_day_with_year(cycle.start)),
        Stage::Abandoned => {
            format!("{} to {}, abandoned", show_day(cycle.start), show_day_with_year(cycle.end))
        }
        Stage::Running | Stage::Over => {
            format!("{} to {}", show_day(cycle.start), show_day_with_year(cycle.end))
        }
    };
    let people = count(cycle.people, "person", "people");
    html! {
        article.card aria-labelledby=(format!("cycle-{}", cycle.number)) {
            h3 id=(format!("cycle-{}", cycle.number)) {
                "Cycle " (cycle.number) " " span.when { (days) " · " (people) }
            }
            dl.facts {
                dt { "Tried" }
                dd { (text(&tried(cycle, page.playbook))) }
                @if let Some(seen) = cycle.comparison.as_ref().filter(|_| told(cycle)) {
                    dt { "Seen" }
                    dd { (text(&seen.headline.sentence)) }
                }
                @if let Some(conclusion) = &cycle.conclusion {
                    dt { "Decided" }
                    dd { (show_day(conclusion.on)) ": " (text(&decision(conclusion, cycle, page.playbook))) }
                    @if !conclusion.why.is_blank() {
                        dt { "Why" }
                        dd { "“" (Text(&conclusion.why)) "”" }
                    }
                    @if !conclusion.shown.trim().is_empty() {
                        dt { "On the screen then" }
                        dd.soft { (text(&flowing(&conclusion.shown))) }
                    }
                }
            }
            @if let Some((_, measures)) = page.report.measures.iter().find(|(of, _)| *of == cycle.number)
                && told(cycle) {
                (others(cycle, measures))
            }
        }
    }
}

/// A cycle that has begun and was not given up.
fn told(cycle: &CycleRecord) -> bool {
    matches!(cycle.stage, Stage::Running | Stage::Over)
}

/// The measures on which nothing is decided.
fn others(cycle: &CycleRecord, measures: &[Measure]) -> Markup {
    let split = cycle.comparison.as_ref().is_some_and(|seen| seen.sides.len() > 1);
    html! {
        details {
            summary { "Also counted; nothing is decided on these" }
            div.scroll tabindex="0" role="group" aria-label=(format!("Other measures of cycle {}", cycle.number)) {
                table {
                    thead {
                        tr {
                            th scope="col" { "Measure" }
                            @if split { th scope="col" { "A" } th scope="col" { "B" } }
                            @else { th scope="col" { "Everybody" } }
                        }
                    }
                    tbody {
                        @for measure in measures {
                            tr {
                                th scope="row" { (text(&measure.title)) }
                                @for side in &measure.sides { td { (figures::measure(side)) } }
                                @if split && measure.sides.len() < 2 { td { "the same" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
