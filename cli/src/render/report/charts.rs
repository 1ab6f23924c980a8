//! Pictures of a report, drawn as SVG without a script, each with a title and a description.
//!
//! Knows coordinates. It must not know plans: it is given counts, shares and days.

use std::fmt::Write as _;

use fortnight_engine::plan::report::{ReplyCurves, Stage};
use maud::{Markup, html};

use super::text::text;
use crate::render::comparison::figures::percent;

/// The width of the larger pictures, in units of their own.
const WIDTH: f64 = 360.0;

/// The way from the list to what came of it, as bars that begin at the left.
pub(super) fn funnel(stages: &[Stage]) -> Markup {
    let most = stages.iter().map(|stage| stage.people).max().unwrap_or(0).max(1);
    let height = 40.0 * as_number(stages.len()) + 2.0;
    let told: Vec<String> =
        stages.iter().map(|stage| format!("{} {}", stage.title, stage.people)).collect();
    html! {
        svg.chart role="img" aria-labelledby="funnel-title funnel-told"
            viewBox=(format!("0 0 {WIDTH} {height}")) {
            title id="funnel-title" { "From the list to conversations" }
            desc id="funnel-told" { (text(&told.join(", "))) }
            @for (at, stage) in stages.iter().enumerate() {
                @let top = 40.0 * as_number(at);
                @let wide = WIDTH * as_number(stage.people) / as_number(most);
                text x="0" y=(format!("{:.0}", top + 13.0)) { (text(&stage.title)) }
                text x=(format!("{WIDTH}")) y=(format!("{:.0}", top + 13.0)) text-anchor="end" {
                    (stage.people)
                }
                rect.track x="0" y=(format!("{:.0}", top + 19.0)) rx="4" height="12"
                    width=(format!("{WIDTH}")) {}
                @if stage.people > 0 {
                    rect.fill x="0" y=(format!("{:.0}", top + 19.0)) rx="4" height="12"
                        width=(format!("{:.1}", wide.max(4.0))) {}
                }
            }
        }
    }
}

/// A share with its interval on a line from 0 to 100 %.
pub(super) fn interval(side: &str, said: &str, share: (f64, f64, f64)) -> Markup {
    let (rate, low, high) = share;
    let at = |share: f64| format!("{:.1}", 6.0 + 188.0 * share.clamp(0.0, 1.0));
    html! {
        svg class=(side) role="img" viewBox="0 0 200 20" {
            title { (text(said)) }
            @for quarter in 0_u32..=4 {
                @let x = at(f64::from(quarter) / 4.0);
                line.grid x1=(x) x2=(x) y1="2" y2="18" {}
            }
            line.ci x1=(at(low)) x2=(at(high)) y1="10" y2="10" {}
            circle.dot cx=(at(rate)) cy="10" r="5.5" {}
        }
    }
}

/// The share of people who had answered by each day, with its interval behind it.
pub(super) fn curve(curve: &ReplyCurves) -> Markup {
    const LEFT: f64 = 36.0;
    const RIGHT: f64 = 350.0;
    const TOP: f64 = 10.0;
    const BOTTOM: f64 = 170.0;
    let known: Vec<_> = curve.points.iter().filter(|point| point.replied.is_some()).collect();
    let last = curve.points.last().map_or(1, |point| point.day).max(1);
    let highest = known.iter().map(|point| point.high).fold(0.1, f64::max);
    let ceiling = (highest * 10.0).ceil() / 10.0;
    let x = |day: f64| LEFT + (RIGHT - LEFT) * day / f64::from(last);
    let y = |share: f64| BOTTOM - (BOTTOM - TOP) * share / ceiling;
    let steps = |of: &dyn Fn(usize) -> f64| {
        let mut path = String::new();
        for (at, point) in known.iter().enumerate() {
            let (across, down) = (x(f64::from(point.day)), y(of(at)));
            // Writing to a string cannot fail.
            let _ = if at == 0 {
                write!(path, "M{across:.1} {down:.1}")
            } else {
                write!(path, "H{across:.1}V{down:.1}")
            };
        }
        path
    };
    let line = steps(&|at| known[at].replied.unwrap_or(0.0));
    let mut band = steps(&|at| known[at].high);
    if let Some(last) = known.last() {
        let _ = write!(band, "V{:.1}", y(last.low));
    }
    // Back along the lower ends: each holds from its day to the next.
    for point in known.iter().rev().skip(1) {
        let _ = write!(band, "V{:.1}H{:.1}", y(point.low), x(f64::from(point.day)));
    }
    band.push('Z');
    let lines = if ceiling > 0.55 { 4 } else { 2 };
    let said = known.last().map_or_else(String::new, |point| {
        format!(
            "{} % had answered by day {}, among {} people",
            percent(point.replied.unwrap_or(0.0)),
            point.day,
            curve.people
        )
    });
    html! {
        svg.chart role="img" aria-labelledby="curve-title curve-told"
            viewBox=(format!("0 0 {WIDTH} 206")) {
            title id="curve-title" { "How long answers take" }
            desc id="curve-told" { (said) }
            @for at in 0..=lines {
                @let share = ceiling * f64::from(at) / f64::from(lines);
                @let up = format!("{:.1}", y(share));
                line.grid x1=(format!("{LEFT}")) x2=(format!("{RIGHT}")) y1=(up) y2=(up) {}
                text.soft x=(format!("{}", LEFT - 6.0)) y=(format!("{:.1}", y(share) + 4.0))
                    text-anchor="end" { (percent(share)) " %" }
            }
            path.band d=(band) {}
            path.curve d=(line) {}
            @for day in (0..=last).filter(|day| last <= 10 || day % 7 == 0) {
                text.soft x=(format!("{:.1}", x(f64::from(day)))) y="187" text-anchor="middle" {
                    (day)
                }
            }
            text.soft x=(format!("{RIGHT}")) y="203" text-anchor="end" { "days after the message" }
        }
    }
}

/// Counts of people are small; the pictures stay pictures beyond that.
fn as_number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
