//! Clients as a coach sees them, and what a seeker hands out.
//!
//! Knows words and columns. It must not know where figures came from.

mod monday;
mod pooled;
mod report;
mod share;

pub(crate) use monday::{MondayData, page as monday_page};
pub(crate) use pooled::{PooledData, each_page, pooled_page};
pub(crate) use report::{ReportData, page as report_page};
pub(crate) use share::contents;

use fortnight_engine::experiment::Interval;

/// Whole points with their sign: `+12`.
fn points(difference: f64) -> String {
    let rounded = (difference * 100.0).round();
    let sign = if rounded < 0.0 { "−" } else { "+" };
    format!("{sign}{:.0}", rounded.abs())
}

/// `(+4 to +20)`.
fn range(interval: Interval) -> String {
    format!("({} to {})", points(interval.low), points(interval.high))
}
