//! A report as one page that needs nothing else: no script, no font, no picture from anywhere.
//!
//! Knows markup, style and the words of the page. It must not know facts: it is given the content.
//! The same content is the same bytes everywhere (R12).

mod calendar;
mod charts;
mod cycles;
mod data;
mod markdown;
mod search;
mod text;
mod words;

use fortnight_engine::calendar::show_day_with_year;
use fortnight_engine::plan::report::Report;
use fortnight_engine::playbook::Playbook;
use maud::{DOCTYPE, Markup, PreEscaped, html};

pub(crate) use data::{ReportData, SearchData};
pub(crate) use markdown::markdown;
pub(crate) use search::{search_page, search_sheet};
use text::{Text, text};

use super::comparison::{confirmed, made, trend_words};
use super::words::count;

/// The look of every page, with its dark and its printed form.
const STYLE: &str = include_str!("style.css");

/// Nothing is loaded from anywhere, and no script runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// How much of what was written to people goes into a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Every message to everybody.
    Letters,
    /// The wordings with gaps where names stand, and how many went out.
    Wordings,
    /// Neither.
    Nothing,
}

/// A wording with gaps, by message and option: what stands in the plan now.
pub(crate) struct Wording {
    /// The message.
    pub(crate) message: String,
    /// The option.
    pub(crate) option: Option<String>,
    /// The text.
    pub(crate) text: String,
}

/// A report with what the page needs beside it.
pub(crate) struct Page<'p> {
    /// The content.
    pub(crate) report: &'p Report,
    /// The playbook, for titles.
    pub(crate) playbook: &'p Playbook,
    /// The wordings in force.
    pub(crate) wordings: &'p [Wording],
    /// How much of the messages is told.
    pub(crate) told: Told,
}

/// A whole document around a body; a wide one is for tables with much text in them.
fn document(title: &str, wide: bool, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (text(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body.wide[wide] { (body) }
        }
    };
    page.into_string() + "\n"
}

/// The report as a page.
pub(crate) fn page(page: &Page<'_>) -> String {
    let report = page.report;
    let begun = report.history.cycles.iter().any(|cycle| cycle.together.out_of > 0);
    let body = html! {
        header { (opening(report)) }
        main {
            (in_short(page))
            @if begun || report.funnel.iter().any(|stage| stage.people > 0) {
                (funnel(report))
            }
            @if !report.history.cycles.is_empty() {
                (cycles::section(page))
            }
            @if begun {
                (reply_curve(report))
            }
            @if !report.days.is_empty() {
                section aria-labelledby="days" {
                    h2 id="days" { "Day by day" }
                    (calendar::calendar(&report.days))
                }
            }
            @if page.told != Told::Nothing && !report.letters.is_empty() {
                (words::section(page))
            }
            (how_to_read())
        }
        footer {
            p {
                "Made with Fortnight on " (show_day_with_year(report.today))
                " from the playbook “" (text(&report.title)) "” " (text(&report.version)) "."
                @if let Some(source) = &report.source { " " (text(source)) }
            }
        }
    };
    document(&format!("{} · report", report.title), false, &body)
}

fn opening(report: &Report) -> Markup {
    let cycles = report.history.cycles.len();
    html! {
        h1 { (text(&report.title)) }
        p.soft {
            (days(report))
            @if cycles > 0 { " · " (count(cycles, "cycle", "cycles")) }
            @if let Some(on) = report.stopped { " · ended on " (show_day_with_year(on)) }
        }
        @if !report.answers.is_empty() {
            dl.asked {
                @for (question, answer) in &report.answers {
                    dt { (text(question)) }
                    dd { (Text(answer)) }
                }
            }
        }
    }
}

/// `From Mon 2 Mar 2026 to Fri 3 Apr 2026`.
fn days(report: &Report) -> String {
    let (start, today) = (show_day_with_year(report.start), show_day_with_year(report.today));
    match report.start.cmp(&report.today) {
        std::cmp::Ordering::Less => format!("From {start} to {today}"),
        std::cmp::Ordering::Equal => format!("Begun today, {today}"),
        std::cmp::Ordering::Greater => format!("Begins on {start}"),
    }
}

/// What the cycles show so far, with the counts that it rests on.
fn in_short(page: &Page<'_>) -> Markup {
    let history = &page.report.history;
    let newest = history
        .cycles
        .iter()
        .rev()
        .find(|cycle| cycle.comparison.as_ref().is_some_and(|_| cycle.together.out_of > 0));
    html! {
        section aria-labelledby="short" {
            h2 id="short" { "In short" }
            @if history.cycles.is_empty() {
                p.lead { "No cycle has begun yet, so there is nothing to show." }
            } @else if newest.is_none() {
                p.lead { "Nothing has been sent yet." }
            }
            @for pair in &history.pairs {
                @let said = &pair.comparison.headline;
                @if !said.sentence.is_empty() && newest.is_some() {
                    div.card {
                        p.soft { (cycles::pair_title(page, pair)) }
                        p.lead { (text(&said.sentence)) }
                        @if let Some(call) = &pair.call {
                            p { (confirmed(call)) }
                        } @else {
                            p { (text(&said.advice)) }
                        }
                    }
                }
            }
            @if history.pairs.is_empty() {
                @if let Some(cycle) = newest {
                    p.lead {
                        (cycle.together.hits) " of " (cycle.together.counted)
                        " answered in cycle " (cycle.number)
                        @if cycle.together.waiting > 0 { ", " (cycle.together.waiting) " waiting" }
                        ". "
                        @if cycle.practice {
                            "With so few people nothing was compared: this cycle was practice."
                        } @else {
                            "Nothing was compared."
                        }
                    }
                }
            }
            @if history.made.all > 0 {
                p.soft { (text(&flowing(&made(&history.made)))) }
            }
            @for trend in &history.trends {
                p { (text(&trend_words(trend))) }
            }
        }
    }
}

fn funnel(report: &Report) -> Markup {
    let cycles: Vec<u32> = report
        .funnel
        .first()
        .map_or_else(Vec::new, |stage| stage.by_cycle.iter().map(|(n, _)| *n).collect());
    html! {
        section aria-labelledby="funnel" {
            h2 id="funnel" { "From the list to conversations" }
            figure {
                (charts::funnel(&report.funnel))
                figcaption { "People over all cycles, also those who joined late and are not compared." }
            }
            details {
                summary { "The same as a table" }
                div.scroll tabindex="0" role="group" aria-label="From the list to conversations, as a table" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "People" }
                                @for cycle in &cycles { th.n scope="col" { "Cycle " (cycle) } }
                                th.n scope="col" { "All" }
                            }
                        }
                        tbody {
                            @for stage in &report.funnel {
                                tr {
                                    th scope="row" { (text(&stage.title)) }
                                    @for (_, people) in &stage.by_cycle { td.n { (people) } }
                                    td.n { (stage.people) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The reply curve, where enough people were written to for one.
fn reply_curve(report: &Report) -> Markup {
    let curve = &report.curve;
    if curve.points.is_empty() {
        return html! {};
    }
    let few = curve.people < 10;
    let drawn = curve.points.iter().filter(|point| point.replied.is_some()).count() > 1;
    html! {
        section aria-labelledby="curve" {
            h2 id="curve" { "How long answers take" }
            p { (text(&curve_words(report))) }
            @if drawn && !few {
                figure {
                    (charts::curve(curve))
                    figcaption {
                        "The share of people who had answered, day by day, with its 95 % interval. "
                        "It decides nothing, and it does not tell the options apart."
                    }
                }
                details {
                    summary { "The same as a table" }
                    table {
                        thead {
                            tr {
                                th scope="col" { "Day" }
                                th.n scope="col" { "Answered by then" }
                                th.n scope="col" { "95 % interval" }
                                th.n scope="col" { "People watched so long" }
                            }
                        }
                        tbody {
                            @for point in &curve.points {
                                tr {
                                    th scope="row" { (point.day) }
                                    td.n { (share(point.replied)) }
                                    td.n {
                                        (super::comparison::figures::interval(point.low, point.high))
                                    }
                                    td.n { (point.watched) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(
        || "–".to_owned(),
        |share| format!("{} %", super::comparison::figures::percent(share)),
    )
}

/// What the curve says in a sentence; no share where too few people stand behind it.
fn curve_words(report: &Report) -> String {
    let curve = &report.curve;
    let counts = format!(
        "{} of {} people answered within {} days",
        curve.replies, curve.people, curve.window_days
    );
    if curve.waiting == 0 {
        return format!("{counts}. All of them have had that long.");
    }
    let waiting =
        format!("{} of them are still inside their {} days", curve.waiting, curve.window_days);
    let so_far = curve.points.last().and_then(|point| point.replied);
    match so_far.filter(|_| curve.people >= 10) {
        Some(share) => format!(
            "{counts} so far, and {waiting}. If the others answer as people did until now, about {} \
             % will have answered by day {}. This is no result yet.",
            super::comparison::figures::percent(share),
            curve.window_days
        ),
        None => format!("{counts} so far, and {waiting}. It is too early for a share."),
    }
}

/// Words that stand on several lines of a terminal, in one.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn how_to_read() -> Markup {
    html! {
        section aria-labelledby="reading" {
            h2 id="reading" { "How to read this" }
            p {
                "A person is " strong { "counted" } " when the reply window after the first message "
                "is over, whether an answer came or not; until then they are "
                strong { "waiting" } ". An answer after that is kept, and counts in no rate. "
                "A “no, thank you” is an answer; an automatic reply is none."
            }
            p {
                "The line beside each count is its " strong { "95 % interval" } ": with so few people "
                "the true share can be anywhere on it. Two lines that overlap widely tell the options "
                "apart badly. Who got which option was drawn at random within each cycle, people of one "
                "company together."
            }
        }
    }
}
