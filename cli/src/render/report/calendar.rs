//! The calendar of a report: a row for each week in which something happened.

use std::collections::BTreeMap;

use fortnight_engine::calendar::show_day;
use fortnight_engine::plan::report::DayRecord;
use jiff::Span;
use jiff::civil::{Date, Weekday};
use maud::{Markup, html};

use crate::render::words::count;

/// Weeks that stand open; the ones before them can be unfolded.
const OPEN_WEEKS: usize = 12;

/// Beyond so many weeks only those are shown in which something happened.
const MOST_WEEKS: usize = 160;

/// Weeks from Monday to Sunday with what each day held.
pub(super) fn calendar(days: &[DayRecord]) -> Markup {
    let mut weeks: BTreeMap<Date, BTreeMap<Date, &DayRecord>> = BTreeMap::new();
    for day in days {
        weeks.entry(monday(day.date)).or_default().insert(day.date, day);
    }
    // Quiet weeks between two others are part of the picture, as long as it stays one.
    let (first, last) = (weeks.keys().next().copied(), weeks.keys().next_back().copied());
    if let (Some(first), Some(last)) = (first, last) {
        let all = first.series(Span::new().weeks(1)).take_while(|week| *week <= last);
        let all: Vec<Date> = all.take(MOST_WEEKS + 1).collect();
        if all.len() <= MOST_WEEKS {
            for week in all {
                weeks.entry(week).or_default();
            }
        }
    }
    let weeks: Vec<_> = weeks.into_iter().collect();
    let (earlier, newest) = weeks.split_at(weeks.len().saturating_sub(OPEN_WEEKS));
    html! {
        p.legend {
            span.chip.sent { "3" } "messages sent"
            span.chip.came { "1" } "answers and what came of them"
            span.chip { "·" } "something else was done"
            span.chip { "C1" } "first day of cycle 1"
        }
        @if !earlier.is_empty() {
            details {
                summary { "Earlier: " (count(earlier.len(), "week", "weeks")) }
                (table(earlier))
            }
        }
        (table(newest))
    }
}

fn table(weeks: &[(Date, BTreeMap<Date, &DayRecord>)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Calendar" {
            table.weeks {
                colgroup { col.week; @for _ in 0..7 { col; } }
                thead {
                    tr {
                        th scope="col" { span.hidden { "Week of" } }
                        @for name in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] {
                            th scope="col" { (name) }
                        }
                    }
                }
                tbody {
                    @for (first, days) in weeks {
                        tr {
                            th scope="row" { (week_of(*first)) }
                            @for offset in 0..7 {
                                (cell(later(*first, offset), days))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(date: Date, days: &BTreeMap<Date, &DayRecord>) -> Markup {
    let day = days.get(&date).copied();
    let came = day.map_or(0, |day| day.answered + day.came_back);
    let quiet = |day: &DayRecord| day.sent == 0 && came == 0 && day.done > 0;
    html! {
        td {
            span.date { (date.day()) }
            @if let Some(day) = day {
                @if let Some(cycle) = day.cycle {
                    span.date { " C" (cycle) }
                    span.hidden { ": cycle " (cycle) " begins" }
                }
                @if day.sent > 0 {
                    span.chip.sent { (day.sent) span.hidden { " sent" } }
                }
                @if came > 0 {
                    span.chip.came { (came) span.hidden { " came back" } }
                }
                @if quiet(day) {
                    span.chip { "·" span.hidden { (day.done) " done" } }
                }
                @if day.off {
                    span.chip.off { "off" }
                }
            }
        }
    }
}

/// `2 Mar`.
fn week_of(monday: Date) -> String {
    show_day(monday).split_once(' ').map_or_else(String::new, |(_, day)| day.to_owned())
}

fn monday(date: Date) -> Date {
    let back = i64::from(date.weekday().since(Weekday::Monday));
    date.checked_sub(Span::new().days(back)).unwrap_or(date)
}

fn later(date: Date, days: i64) -> Date {
    date.checked_add(Span::new().days(days)).unwrap_or(date)
}
