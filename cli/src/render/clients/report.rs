//! Figures that may leave the coach.

use fortnight_engine::clients::{PairLine, Report};
use fortnight_engine::experiment::{Side, VerdictCode};
use serde::Serialize;

use super::{points, range};
use crate::render::table::{Column, Table};
use crate::render::words::count;
use crate::render::{COLUMNS, width};

/// The report as a page.
pub(crate) fn page(report: &Report) -> String {
    let mut text = match (report.clients, report.people) {
        (Some(clients), Some(people)) => {
            format!("{clients} clients · about {people} people counted\n")
        }
        (_, _) => paragraph(
            "Nothing can leave yet: it takes at least 5 clients with people counted, and none of \
             them with more than half of the people.",
        ),
    };
    if !report.playbooks.is_empty() || report.other_playbooks.is_some() {
        let mut table =
            Table::new(vec![Column::yielding(16), Column::NUMBER, Column::NUMBER]).indent(2);
        for line in &report.playbooks {
            table.row([
                line.playbook.to_string(),
                format!("{} clients", line.clients),
                format!("about {} people", line.people),
            ]);
        }
        if let Some((clients, people)) = report.other_playbooks {
            table.row([
                "others together".to_owned(),
                format!("{clients} clients"),
                format!("about {people} people"),
            ]);
        }
        text.push_str("\nBy playbook\n");
        text.push_str(&table.to_text(COLUMNS));
    }
    for pair in &report.pairs {
        text.push_str(&compared(pair));
    }
    let mut hidden = Vec::new();
    if report.hidden_playbooks > 0 {
        hidden.push(count(report.hidden_playbooks, "playbook", "playbooks"));
    }
    if report.hidden_pairs > 0 {
        hidden.push(count(report.hidden_pairs, "comparison", "comparisons"));
    }
    if report.clients.is_some() && !hidden.is_empty() {
        text.push_str(&paragraph(&format!(
            "\nNot shown: {}, with fewer than 5 clients, with more than half of the people from \
             one of them, or because another figure would follow.",
            hidden.join(" and ")
        )));
    }
    if report.clients.is_some() {
        text.push_str(&paragraph(
            "People are rounded to tens. No name, no text and no count of answers is in here.",
        ));
    }
    text
}

fn compared(pair: &PairLine) -> String {
    let [a, b] = &pair.options;
    let mut table =
        Table::new(vec![Column::yielding(16), Column::NUMBER, Column::NUMBER]).indent(2);
    for option in [a, b] {
        table.row([
            option.option.to_string(),
            format!("about {} people", option.people),
            option.rate.map(|rate| format!("about {:.0} %", rate * 100.0)).unwrap_or_default(),
        ]);
    }
    let size = pair.difference.map_or_else(String::new, |(value, interval)| {
        format!(": {} points {}", points(value), range(interval))
    });
    let better = match pair.direction {
        Some(Side::A) => &a.option,
        Some(Side::B) | None => &b.option,
    };
    let words = match pair.code {
        VerdictCode::ClearMixed | VerdictCode::ClearAlternating | VerdictCode::ClearBeforeAfter => {
            format!("Clear, {better} gets more answers{size}.")
        }
        VerdictCode::Lean => format!("Leaning towards {better}{size}."),
        VerdictCode::AboutSame => format!("About the same{size}."),
        VerdictCode::TooClose => format!("Too close to call{size}."),
        VerdictCode::Protocol => "No fair comparison: follow-ups came late.".to_owned(),
        VerdictCode::NoEvents => "No answers on either side.".to_owned(),
        VerdictCode::NoData
        | VerdictCode::CannotAttribute
        | VerdictCode::Waiting
        | VerdictCode::TooFew
        | VerdictCode::CannotCompare
        | VerdictCode::Repeat => "Too few to say anything.".to_owned(),
    };
    format!(
        "\n{}{}{}",
        paragraph(&format!(
            "Compared: {} · {} · {} clients",
            pair.playbook, pair.choice, pair.clients
        )),
        table.to_text(COLUMNS),
        paragraph(&words)
    )
}

fn paragraph(text: &str) -> String {
    let (gap, text) = text.strip_prefix('\n').map_or(("", text), |text| ("\n", text));
    format!("{gap}{}\n", width::wrap(text, COLUMNS).join("\n"))
}

/// `clients report --json`, version 1.
#[derive(Serialize)]
pub(crate) struct ReportData {
    version: u32,
    clients: Option<usize>,
    people: Option<u32>,
    playbooks: Vec<PlaybookData>,
    other_playbooks: Option<OtherData>,
    hidden_playbooks: usize,
    compared: Vec<ComparedData>,
    hidden_comparisons: usize,
}

#[derive(Serialize)]
struct PlaybookData {
    playbook: String,
    clients: u32,
    people: u32,
}

#[derive(Serialize)]
struct OtherData {
    clients: u32,
    people: u32,
}

#[derive(Serialize)]
struct ComparedData {
    playbook: String,
    choice: String,
    clients: u32,
    verdict: &'static str,
    options: Vec<OptionData>,
    difference: Option<DifferenceData>,
}

#[derive(Serialize)]
struct OptionData {
    option: String,
    people: u32,
    rate: Option<f64>,
}

#[derive(Serialize)]
struct DifferenceData {
    points: i32,
    low: i32,
    high: i32,
}

impl ReportData {
    /// The same as data. Shares are rounded to whole percents: more digits would tell counts.
    pub(crate) fn of(report: &Report) -> Self {
        Self {
            version: 1,
            clients: report.clients,
            people: report.people,
            playbooks: report
                .playbooks
                .iter()
                .map(|line| PlaybookData {
                    playbook: line.playbook.to_string(),
                    clients: line.clients,
                    people: line.people,
                })
                .collect(),
            other_playbooks: report
                .other_playbooks
                .map(|(clients, people)| OtherData { clients, people }),
            hidden_playbooks: report.hidden_playbooks,
            compared: report.pairs.iter().map(ComparedData::of).collect(),
            hidden_comparisons: report.hidden_pairs,
        }
    }
}

impl ComparedData {
    fn of(pair: &PairLine) -> Self {
        Self {
            playbook: pair.playbook.to_string(),
            choice: pair.choice.to_string(),
            clients: pair.clients,
            verdict: pair.code.as_str(),
            options: pair
                .options
                .iter()
                .map(|option| OptionData {
                    option: option.option.to_string(),
                    people: option.people,
                    rate: option.rate.map(|rate| (rate * 100.0).round() / 100.0),
                })
                .collect(),
            difference: pair.difference.map(|(value, interval)| DifferenceData {
                points: whole(value),
                low: whole(interval.low),
                high: whole(interval.high),
            }),
        }
    }
}

/// Whole points; differences lie between −100 and 100.
#[expect(clippy::cast_possible_truncation, reason = "kept within −100 to 100 first")]
fn whole(difference: f64) -> i32 {
    (difference.clamp(-1.0, 1.0) * 100.0).round() as i32
}
