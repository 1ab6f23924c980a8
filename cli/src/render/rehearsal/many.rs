//! Many rehearsed cycles, in words and small tables.

use std::fmt::Write as _;

use fortnight_engine::playbook::Playbook;
use fortnight_engine::simulation::{Setting, Share, Summary};
use jiff::civil::Weekday;

use super::calendar::words;
use super::{number, percent, setting as settings, time};
use crate::render::{COLUMNS, safe, width};

/// The summary.
pub(crate) fn show(playbook: &Playbook, setting: &Setting, summary: &Summary) -> String {
    let mut text = String::new();
    let head =
        [playbook.title.clone(), format!("{} cycles · {}", summary.cycles, settings(setting))];
    for line in head.iter().flat_map(|words| width::wrap(&safe::line(words), COLUMNS)) {
        text.push_str(&line);
        text.push('\n');
    }
    let of = |number: u32| share(number, summary.cycles);
    let _ = write!(text, "\n{} {}\n", width::pad("On time", 40), of(summary.on_time));
    for row in &summary.weekdays {
        let day = row.review_day.map_or_else(String::new, |day| format!(", review on day {day}"));
        let name = format!("  begun on a {}", long(row.weekday));
        let shown = share(row.on_time, row.cycles);
        let _ = writeln!(text, "{} {shown}{day}", width::pad(&name, 40));
    }
    text.push_str(
        "\n                     a tenth at most    half at most    nine tenths at most\n",
    );
    for (name, share, minutes) in [
        ("Answers", summary.replies, false),
        ("Work in all", summary.minutes, true),
        ("Fullest day", summary.fullest, true),
    ] {
        text.push_str(&row(name, share, minutes));
    }
    text.push('\n');
    for (name, cycles) in [
        (format!("A day of more than {}", time(setting.full_day)), summary.full_days),
        ("A deadline missed".to_owned(), summary.late),
        ("Two talks at one time".to_owned(), summary.same_time),
        ("Something left over at the end".to_owned(), summary.left_over),
    ] {
        let _ = writeln!(text, "{} {}", width::pad(&name, 40), of(cycles));
    }
    if !summary.verdicts.is_empty() {
        text.push_str("\nWhat may be said at the end:\n");
        for (verdict, cycles) in &summary.verdicts {
            let _ = writeln!(text, "  {} {}", width::pad(words(*verdict), 38), of(*cycles));
        }
    }
    text
}

fn row(name: &str, share: Share, minutes: bool) -> String {
    let show = |value: u32| if minutes { time(value) } else { value.to_string() };
    format!(
        "{}{}{}{}\n",
        width::pad(name, 20),
        width::pad_left(&show(share.low), 16),
        width::pad_left(&show(share.middle), 16),
        width::pad_left(&show(share.high), 23)
    )
}

/// `830 of 1000, 83 %`; no percentage of fewer than a hundred.
fn share(part: u32, whole: u32) -> String {
    if number(whole) < 100 {
        return format!("{part} of {whole}");
    }
    format!("{part} of {whole}, {}", percent(f64::from(part) / f64::from(whole)))
}

fn long(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
