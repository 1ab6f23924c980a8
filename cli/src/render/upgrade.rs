//! What another version of a playbook changes, as a page and as data.

use std::fmt::Write as _;

use fortnight_engine::calendar::show_day;
use fortnight_engine::plan::{Days, Difference, Move, Preview, Sort, Subject};
use fortnight_engine::playbook::Playbook;
use jiff::civil::Date;
use serde::Serialize;

use super::table::{Column, Table};
use super::words::count;
use super::{COLUMNS, width};

/// Everything that would change.
pub(crate) fn page(old: &Playbook, new: &Playbook, seen: &Preview) -> String {
    let mut text = format!("{} {} → {} {}\n", old.id, old.version, new.id, new.version);
    for (sort, title) in Sort::ALL.into_iter().zip(["Wording", "Timing", "Structure"]) {
        let mut table =
            Table::new(vec![Column::yielding(16), Column::WORDS, Column::yielding(20)]).indent(2);
        for difference in seen.differences.iter().filter(|one| one.sort == sort) {
            let (key, values) = values(difference);
            table.row([subject(&difference.subject), key, values]);
        }
        if !table.is_empty() {
            let _ = write!(text, "{title}\n{}", table.to_text(COLUMNS));
        }
    }
    if seen.differences.is_empty() {
        text.push_str("Nothing else differs.\n");
    }
    if !seen.moves.is_empty() {
        let mut table =
            Table::new(vec![Column::yielding(16), Column::WORDS, Column::yielding(20)]).indent(2);
        for one in &seen.moves {
            table.row([one.title.clone(), count(one.tasks, "task", "tasks"), moved(one)]);
        }
        let _ = write!(text, "If it is taken today\n{}", table.to_text(COLUMNS));
    }
    for (before, now) in &seen.guesses {
        let _ = writeln!(
            text,
            "Perhaps `{before}` is called `{now}` now? Then what you did stays done:"
        );
        let _ = writeln!(text, "  --map {before}={now}");
    }
    if !seen.missing.is_empty() {
        let asked: Vec<String> =
            seen.missing.iter().map(|input| format!("--set {input}=\"…\"")).collect();
        text.push_str(&paragraph(&format!("It asks for something new: {}", asked.join(" "))));
    }
    if !seen.reused.is_empty() {
        let ids: Vec<String> = seen.reused.iter().map(|id| format!("`{id}`")).collect();
        text.push_str(&paragraph(&format!(
            "It cannot be taken as it is: {} would mean something else under the same name.",
            super::words::list(&ids)
        )));
    }
    text
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Playbook => "playbook".to_owned(),
        Subject::People => "people".to_owned(),
        Subject::Companies => "companies".to_owned(),
        Subject::Cycle => "cycle".to_owned(),
        Subject::Input(id) => format!("input {id}"),
        Subject::Choice(id) => format!("choice {id}"),
        Subject::Outcome(id) => format!("outcome {id}"),
        Subject::Metric(id) => format!("measure {id}"),
        Subject::Message(id) => format!("message {id}"),
        Subject::Step(id) => format!("step {id}"),
    }
}

/// The key, and its values: `3 workdays → 4 workdays`.
fn values(difference: &Difference) -> (String, String) {
    let Difference { key, before, after, .. } = difference;
    let Some(key) = key else {
        return match (before, after) {
            (Some(title), None) => ("gone".to_owned(), title.clone()),
            (_, title) => ("new".to_owned(), title.clone().unwrap_or_default()),
        };
    };
    let values = match (before, after) {
        (None, None) if difference.sort == Sort::Wording => "other words".to_owned(),
        (None, None) => "changed".to_owned(),
        (Some(one), Some(other)) if one == other => format!("for {one}"),
        (one, other) => {
            let or_none =
                |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
            format!("{} → {}", or_none(one), or_none(other))
        }
    };
    ((*key).to_owned(), values)
}

fn moved(one: &Move) -> String {
    let shown = |day: Option<Date>| day.map_or_else(|| "no day yet".to_owned(), show_day);
    let day = |days: &Days| shown(days.available);
    match (&one.before, &one.after) {
        (Some(before), Some(after)) if before.available == after.available => {
            format!("limit {} → {}", shown(before.deadline), shown(after.deadline))
        }
        (Some(before), Some(after)) => format!("{} → {}", day(before), day(after)),
        (None, Some(after)) => format!("new: {}", day(after)),
        (Some(before), None) => format!("gone: {}", day(before)),
        (None, None) => String::new(),
    }
}

fn paragraph(text: &str) -> String {
    width::wrap(text, COLUMNS).join("\n") + "\n"
}

/// `plan upgrade --preview --json`, version 1.
#[derive(Serialize)]
pub(crate) struct PreviewData {
    version: u32,
    from: VersionData,
    to: VersionData,
    differences: Vec<DifferenceData>,
    moves: Vec<MoveData>,
    guesses: Vec<RenamedData>,
    reused: Vec<String>,
    missing: Vec<String>,
}

#[derive(Serialize)]
struct VersionData {
    playbook: String,
    version: String,
    hash: String,
}

#[derive(Serialize)]
struct DifferenceData {
    sort: &'static str,
    subject: String,
    key: Option<&'static str>,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Serialize)]
struct MoveData {
    step: String,
    tasks: usize,
    before: Option<DaysData>,
    after: Option<DaysData>,
}

#[derive(Serialize)]
struct DaysData {
    available: Option<String>,
    deadline: Option<String>,
}

#[derive(Serialize)]
struct RenamedData {
    before: String,
    now: String,
}

impl PreviewData {
    /// The same as data.
    pub(crate) fn of(old: &Playbook, new: &Playbook, seen: &Preview) -> Self {
        let version = |playbook: &Playbook| VersionData {
            playbook: playbook.id.to_string(),
            version: playbook.version.clone(),
            hash: playbook.hash.clone(),
        };
        let days = |days: &Days| DaysData {
            available: days.available.map(|day| day.to_string()),
            deadline: days.deadline.map(|day| day.to_string()),
        };
        let ids = |ids: &[fortnight_engine::playbook::Id]| -> Vec<String> {
            ids.iter().map(ToString::to_string).collect()
        };
        Self {
            version: 1,
            from: version(old),
            to: version(new),
            differences: seen
                .differences
                .iter()
                .map(|one| DifferenceData {
                    sort: one.sort.as_str(),
                    subject: subject(&one.subject),
                    key: one.key,
                    before: one.before.clone(),
                    after: one.after.clone(),
                })
                .collect(),
            moves: seen
                .moves
                .iter()
                .map(|one| MoveData {
                    step: one.step.to_string(),
                    tasks: one.tasks,
                    before: one.before.as_ref().map(days),
                    after: one.after.as_ref().map(days),
                })
                .collect(),
            guesses: seen
                .guesses
                .iter()
                .map(|(before, now)| RenamedData {
                    before: before.to_string(),
                    now: now.to_string(),
                })
                .collect(),
            reused: ids(&seen.reused),
            missing: ids(&seen.missing),
        }
    }
}
