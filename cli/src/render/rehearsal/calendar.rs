//! A rehearsed cycle as a calendar for the terminal.

use fortnight_engine::calendar::show_day;
use fortnight_engine::experiment::VerdictCode;
use fortnight_engine::playbook::Playbook;
use fortnight_engine::simulation::{Day, Rehearsed, Setting};

use super::{number, sentence, setting as settings, time, title};
use crate::render::words::count;
use crate::render::{COLUMNS, safe, width};

/// Columns before what a day brings.
const LEAD: usize = 27;

/// The calendar.
pub(crate) fn show(playbook: &Playbook, setting: &Setting, rehearsed: &Rehearsed) -> String {
    let mut text = String::new();
    paragraph(&playbook.title, &mut text);
    paragraph(&settings(setting), &mut text);
    text.push('\n');
    let last = rehearsed.days.iter().rposition(|day| !is_empty(day)).unwrap_or(0);
    for (at, day) in rehearsed.days.iter().enumerate() {
        if day.date <= rehearsed.end || at <= last {
            line(playbook, setting, rehearsed, day, &mut text);
        }
    }
    text.push('\n');
    for sentence in summary(rehearsed) {
        paragraph(&sentence, &mut text);
    }
    text.push('\n');
    if rehearsed.collisions.is_empty() {
        paragraph("Nothing gets in the way of anything else.", &mut text);
        return text;
    }
    paragraph("What gets in each other's way:", &mut text);
    for collision in &rehearsed.collisions {
        let lines = width::wrap(&safe::line(&sentence(playbook, setting, collision)), COLUMNS - 4);
        for (at, words) in lines.iter().enumerate() {
            text.push_str(if at == 0 { "  · " } else { "    " });
            text.push_str(words);
            text.push('\n');
        }
    }
    text
}

fn is_empty(day: &Day) -> bool {
    day.work.is_empty() && day.replies == 0
}

fn line(
    playbook: &Playbook,
    setting: &Setting,
    rehearsed: &Rehearsed,
    day: &Day,
    text: &mut String,
) {
    let full = if day.minutes > setting.full_day { "!" } else { " " };
    let minutes = if day.minutes == 0 { String::new() } else { format!("{} min", day.minutes) };
    let lead = format!(
        "{} {:>3} {} {}",
        width::pad(&show_day(day.date), 10),
        day.number,
        width::pad_left(&minutes, 8),
        full
    );
    let mut parts: Vec<String> = day
        .work
        .iter()
        .map(|work| {
            let title = title(playbook, work.step);
            if work.tasks == 1 { title.to_owned() } else { format!("{title} × {}", work.tasks) }
        })
        .collect();
    if day.replies > 0 {
        parts.push(format!("← {}", count(number(day.replies), "answer", "answers")));
    }
    if day.put_off > 0 && day.workday {
        parts.push(format!("({} put off)", day.put_off));
    }
    if day.date == rehearsed.end {
        parts.push("— end of the cycle —".to_owned());
    }
    let mut lines = Vec::new();
    for part in parts {
        lines.extend(width::wrap(&safe::line(&part), COLUMNS - LEAD));
    }
    let first = lines.first().cloned().unwrap_or_default();
    text.push_str(format!("{}{first}", width::pad(&lead, LEAD)).trim_end());
    text.push('\n');
    for more in lines.iter().skip(1) {
        text.push_str(&" ".repeat(LEAD));
        text.push_str(&width::cut(more, COLUMNS - LEAD));
        text.push('\n');
    }
}

fn summary(rehearsed: &Rehearsed) -> Vec<String> {
    let mut sentences = Vec::new();
    if rehearsed.messaged > 0 {
        sentences.push(format!(
            "{} messaged, {} answered, {} held.",
            count(number(rehearsed.messaged), "person", "people"),
            rehearsed.replied,
            count(number(rehearsed.talks), "talk", "talks"),
        ));
    }
    if let Some(day) = rehearsed.busiest().filter(|day| day.minutes > 0) {
        sentences.push(format!(
            "{} of work in all; the fullest day is {} with {}.",
            time(rehearsed.minutes()),
            show_day(day.date),
            time(day.minutes)
        ));
    }
    if let Some(settles) = rehearsed.settles {
        sentences.push(format!("Everybody is counted on {}.", show_day(settles)));
    }
    if let Some(on) = rehearsed.reviewed {
        let in_time = if rehearsed.on_time() { "on time" } else { "late" };
        sentences.push(format!(
            "The review is answered on {}, {in_time}: the cycle ends on {}.",
            show_day(on),
            show_day(rehearsed.end)
        ));
    }
    if let (Some((a, b)), Some(verdict)) = (rehearsed.sides, rehearsed.verdict) {
        sentences.push(format!("The list was split {a} and {b}. At the end: {}.", words(verdict)));
    }
    sentences
}

/// What may be said at the end, in short.
pub(super) fn words(verdict: VerdictCode) -> &'static str {
    match verdict {
        VerdictCode::NoData => "nobody was messaged",
        VerdictCode::CannotAttribute => "more than one thing differs",
        VerdictCode::Waiting => "some are still inside their reply window",
        VerdictCode::TooFew => "too few on a side to compare",
        VerdictCode::Protocol => "follow-ups were not alike on both sides",
        VerdictCode::NoEvents => "no replies on either side",
        VerdictCode::CannotCompare => "the two never ran together",
        VerdictCode::Repeat => "nothing was changed",
        VerdictCode::ClearMixed | VerdictCode::ClearAlternating => "a clear difference",
        VerdictCode::ClearBeforeAfter => "a difference that timing could explain as well",
        VerdictCode::Lean => "it leans to one side",
        VerdictCode::AboutSame => "about the same",
        VerdictCode::TooClose => "too close to call",
    }
}

fn paragraph(words: &str, text: &mut String) {
    for line in width::wrap(&safe::line(words), COLUMNS) {
        text.push_str(&line);
        text.push('\n');
    }
}
