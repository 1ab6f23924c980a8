//! A rehearsed cycle as a picture: steps against days, and below them the minutes of each day.

use fortnight_engine::calendar::show_day;
use fortnight_engine::playbook::Playbook;
use fortnight_engine::simulation::{Day, Rehearsed, Setting};
use maud::{Markup, PreEscaped, html};

use super::{sentence, setting as settings, time};
use crate::render::safe;
use crate::render::svg::{Font, palette, px, times};

const CELL: f64 = 40.0;
const ROW: f64 = 26.0;
const NAMES: f64 = 230.0;
const MARGIN: f64 = 28.0;
const BARS: f64 = 90.0;
/// Room for the words over the columns.
const HEAD: f64 = 52.0;
const TITLE: Font = Font::bold(18.0);
const WORDS: Font = Font::plain(12.0);
const NAME: Font = Font::plain(12.0);
const SMALL: Font = Font::plain(10.5);

const STYLE: &str = "\
.off{fill:var(--card)}.grid{stroke:var(--edge);stroke-width:.6}.cell{fill:var(--mild);stroke:var(--mark)}\
.late{fill:var(--warm);stroke:var(--warn);stroke-width:1.6}.bar{fill:var(--mark)}.full{fill:var(--warn)}\
.number{paint-order:stroke;stroke:var(--page);stroke-width:3px}.limit{stroke:var(--warn);stroke-dasharray:5 4;stroke-width:1.2}.last{stroke:var(--ink);stroke-width:1.4}";

/// The picture.
pub(crate) fn draw(playbook: &Playbook, setting: &Setting, rehearsed: &Rehearsed) -> String {
    let rows = rows(playbook, rehearsed);
    let last = rehearsed
        .days
        .iter()
        .rposition(|day| day.date <= rehearsed.end || !day.work.is_empty() || day.replies > 0);
    let days = rehearsed.days.get(..=last.unwrap_or(0)).unwrap_or_default();
    let width = (MARGIN * 2.0 + NAMES + CELL * times(days.len())).max(760.0);
    let room = width - 2.0 * MARGIN;
    let title = TITLE.wrap(&playbook.title, room, 2);
    let head = WORDS.wrap(&settings(setting), room, 3);
    let top = 26.0 + times(title.len()) * 24.0 + times(head.len()) * 17.0 + HEAD;
    let bottom = top + times(rows.len()) * ROW;
    let foot: Vec<String> = foot(playbook, setting, rehearsed)
        .iter()
        .flat_map(|sentence| WORDS.wrap(sentence, room, 3))
        .collect();
    let bars = bottom + 22.0;
    let height = bars + BARS + 58.0 + times(foot.len()) * 17.0;
    let grid = Grid { playbook, setting, rehearsed, days, top, bottom };
    let name = format!("{}, rehearsed", safe::line(&playbook.title));
    let document = html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"
            width=(px(width)) height=(px(height)) viewBox={ "0 0 " (px(width)) " " (px(height)) } {
            title id="title" { (name) }
            desc id="desc" { (description(playbook, setting, rehearsed)) }
            style { (PreEscaped(palette::STYLE)) (PreEscaped(STYLE)) }
            rect class="page" width="100%" height="100%" {}
            @for (at, line) in title.iter().enumerate() {
                text x=(px(MARGIN)) y=(px(32.0 + times(at) * 24.0)) font-size="18" font-weight="600" { (line) }
            }
            @for (at, line) in head.iter().enumerate() {
                text class="soft" x=(px(MARGIN)) y=(px(30.0 + times(title.len()) * 24.0 + times(at) * 17.0)) font-size="12" { (line) }
            }
            (grid.columns(bars + BARS))
            @for (at, step) in rows.iter().enumerate() { (grid.row(at, *step)) }
            (grid.bars(bars))
            @for (at, line) in foot.iter().enumerate() {
                text class="soft" x=(px(MARGIN)) y=(px(bars + BARS + 44.0 + times(at) * 17.0)) font-size="12" { (line) }
            }
        }
    };
    document.into_string() + "\n"
}

/// The steps in which anything was done, in the order in which they begin.
fn rows(playbook: &Playbook, rehearsed: &Rehearsed) -> Vec<usize> {
    let mut rows: Vec<usize> = Vec::new();
    for work in rehearsed.days.iter().flat_map(|day| &day.work) {
        if !rows.contains(&work.step) && work.step < playbook.steps.len() {
            rows.push(work.step);
        }
    }
    rows
}

/// A picture is no list; the calendar in the terminal has all of them.
const MOST: usize = 12;

fn foot(playbook: &Playbook, setting: &Setting, rehearsed: &Rehearsed) -> Vec<String> {
    let mut foot = Vec::new();
    if let Some(settles) = rehearsed.settles {
        foot.push(format!("Everybody is counted on {}.", show_day(settles)));
    }
    if rehearsed.collisions.is_empty() {
        foot.push("Nothing gets in the way of anything else.".to_owned());
    }
    let collisions = rehearsed.collisions.iter().take(MOST);
    foot.extend(collisions.map(|one| sentence(playbook, setting, one)));
    if let Some(more @ 1..) = rehearsed.collisions.len().checked_sub(MOST) {
        foot.push(format!("And {more} more."));
    }
    foot
}

fn description(playbook: &Playbook, setting: &Setting, rehearsed: &Rehearsed) -> String {
    let days = rehearsed.days.iter().filter(|day| !day.work.is_empty()).map(|day| {
        let work: Vec<String> = day
            .work
            .iter()
            .map(|work| format!("{} × {}", super::title(playbook, work.step), work.tasks))
            .collect();
        format!("{}, {}: {}.", show_day(day.date), time(day.minutes), work.join(", "))
    });
    let sentences: Vec<String> =
        std::iter::once(format!("{}.", settings(setting))).chain(days).collect();
    safe::line(&sentences.join(" "))
}

struct Grid<'r> {
    playbook: &'r Playbook,
    setting: &'r Setting,
    rehearsed: &'r Rehearsed,
    days: &'r [Day],
    top: f64,
    bottom: f64,
}

/// Where a day's column begins.
fn across(at: usize) -> f64 {
    MARGIN + NAMES + CELL * times(at)
}

impl Grid<'_> {
    /// The days over the columns, days without work as a band, the last day of the cycle as a line.
    fn columns(&self, bottom: f64) -> Markup {
        let mut shapes = Vec::new();
        for (at, day) in self.days.iter().enumerate() {
            let x = across(at);
            let middle = px(x + CELL / 2.0);
            let shown = show_day(day.date);
            let mut words = shown.split(' ');
            let weekday = words.next().unwrap_or_default().to_owned();
            let date: Vec<&str> = words.collect();
            shapes.push(html! {
                @if !day.workday {
                    rect class="off" x=(px(x)) y=(px(self.top)) width=(px(CELL)) height=(px(bottom - self.top)) {}
                }
                line class="grid" x1=(px(x)) y1=(px(self.top)) x2=(px(x)) y2=(px(bottom)) {}
                text x=(middle) y=(px(self.top - 32.0)) font-size="11" text-anchor="middle" font-weight="600" { (weekday) }
                text class="soft" x=(middle) y=(px(self.top - 19.0)) font-size=(SMALL.size) text-anchor="middle" { (date.join(" ")) }
                text class="soft" x=(middle) y=(px(self.top - 6.0)) font-size=(SMALL.size) text-anchor="middle" { (day.number) }
            });
            if day.date == self.rehearsed.end {
                let edge = px(x + CELL);
                shapes.push(html! {
                    line class="last" x1=(edge) y1=(px(self.top - 42.0)) x2=(edge) y2=(px(bottom)) {}
                });
            }
        }
        html! { g { @for shape in &shapes { (shape) } } }
    }

    fn row(&self, at: usize, step: usize) -> Markup {
        let y = self.top + ROW * times(at);
        let name = NAME.clip(super::title(self.playbook, step), NAMES - 12.0);
        let right = across(self.days.len());
        let cells: Vec<Markup> = self
            .days
            .iter()
            .enumerate()
            .filter_map(|(at, day)| {
                let work = day.work.iter().find(|work| work.step == step)?;
                let class = if work.late > 0 { "cell late" } else { "cell" };
                Some(html! {
                    rect class=(class) x=(px(across(at) + 3.0)) y=(px(y + 3.0)) width=(px(CELL - 6.0)) height=(px(ROW - 6.0)) rx="4" {}
                    text x=(px(across(at) + CELL / 2.0)) y=(px(y + ROW / 2.0 + 4.0)) font-size="11" text-anchor="middle" { (work.tasks) }
                })
            })
            .collect();
        html! {
            g {
                title { (safe::line(super::title(self.playbook, step))) }
                line class="grid" x1=(px(MARGIN)) y1=(px(y)) x2=(px(right)) y2=(px(y)) {}
                text x=(px(MARGIN)) y=(px(y + ROW / 2.0 + 4.0)) font-size=(NAME.size) { (name) }
                @for cell in &cells { (cell) }
            }
        }
    }

    /// Minutes of each day as bars, with a line where a day is too full, and the answers below.
    fn bars(&self, top: f64) -> Markup {
        let most = self.days.iter().map(|day| day.minutes).max().unwrap_or(0);
        let scale = f64::from(most.max(self.setting.full_day).max(1));
        let base = top + BARS;
        let limit = base - BARS * 0.82 * f64::from(self.setting.full_day) / scale;
        let right = across(self.days.len());
        let bars: Vec<Markup> = self
            .days
            .iter()
            .enumerate()
            .map(|(at, day)| {
                let height = BARS * 0.82 * f64::from(day.minutes) / scale;
                let class = if day.minutes > self.setting.full_day { "full" } else { "bar" };
                let middle = px(across(at) + CELL / 2.0);
                html! {
                    @if day.minutes > 0 {
                        rect class=(class) x=(px(across(at) + 8.0)) y=(px(base - height)) width=(px(CELL - 16.0)) height=(px(height)) {}
                        text class="number" x=(middle) y=(px(base - height - 4.0)) font-size=(SMALL.size) text-anchor="middle" { (day.minutes) }
                    }
                    @if day.replies > 0 {
                        text class="mark" x=(middle) y=(px(base + 16.0)) font-size="11" font-weight="600" text-anchor="middle" { "+" (day.replies) }
                    }
                }
            })
            .collect();
        html! {
            g {
                line class="grid" x1=(px(MARGIN)) y1=(px(self.bottom)) x2=(px(right)) y2=(px(self.bottom)) {}
                line class="grid" x1=(px(MARGIN)) y1=(px(base)) x2=(px(right)) y2=(px(base)) {}
                line class="limit" x1=(px(MARGIN + NAMES)) y1=(px(limit)) x2=(px(right)) y2=(px(limit)) {}
                text class="soft" x=(px(MARGIN)) y=(px(base - 4.0)) font-size=(NAME.size) { "Minutes" }
                text class="soft" x=(px(MARGIN)) y=(px(limit + 4.0)) font-size=(SMALL.size) { "too full above " (self.setting.full_day) }
                text class="soft" x=(px(MARGIN)) y=(px(base + 16.0)) font-size=(NAME.size) { "Answers" }
                @for bar in &bars { (bar) }
            }
        }
    }
}
