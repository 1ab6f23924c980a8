//! The report as Markdown: the same content for whoever keeps notes in plain text.

use std::fmt::Write as _;

use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::plan::{CycleRecord, Stage};
use fortnight_engine::words::Words;

use super::words::{is_mixed, ways};
use super::{Page, Told, curve_words, flowing};
use crate::render::comparison::figures::{self, counted, interval, percent};
use crate::render::comparison::{confirmed, decision, made, title, trend_words, tried};
use crate::render::words::{by_way, count, inside};

/// The report as Markdown.
pub(crate) fn markdown(page: &Page<'_>) -> String {
    let report = page.report;
    let mut out = format!("# {}\n\n", plain(&report.title));
    let _ = writeln!(
        out,
        "{} · {}\n",
        super::days(report),
        count(report.history.cycles.len(), "cycle", "cycles")
    );
    for (question, answer) in &report.answers {
        let _ = writeln!(out, "- {} **{}**", plain(question), escaped(answer));
    }
    in_short(page, &mut out);
    out.push_str("\n## From the list to conversations\n\n| people | all |\n| --- | ---: |\n");
    for stage in &report.funnel {
        let _ = writeln!(out, "| {} | {} |", cell(&stage.title), stage.people);
    }
    if !report.history.cycles.is_empty() {
        cycles(page, &mut out);
    }
    if !report.curve.points.is_empty() {
        let _ = writeln!(out, "\n## How long answers take\n\n{}", curve_words(report));
    }
    calendar(page, &mut out);
    words(page, &mut out);
    let _ = writeln!(
        out,
        "\n---\n\nMade with Fortnight on {} from the playbook “{}” {}.",
        show_day_with_year(report.today),
        plain(&report.title),
        plain(&report.version)
    );
    out
}

fn in_short(page: &Page<'_>, out: &mut String) {
    let history = &page.report.history;
    out.push_str("\n## In short\n\n");
    if history.cycles.iter().all(|cycle| cycle.together.out_of == 0) {
        out.push_str("Nothing has been sent yet.\n");
        return;
    }
    for known in &history.pairs {
        let name = |id| plain(&title(page.playbook, &known.pair.choice, id));
        let said = &known.comparison.headline;
        let _ = writeln!(
            out,
            "A {} / B {}: {} {}\n",
            name(&known.pair.baseline),
            name(&known.pair.option),
            plain(&said.sentence),
            known.call.as_ref().map_or_else(|| said.advice.clone(), confirmed)
        );
    }
    if history.pairs.is_empty() {
        out.push_str("Nothing was compared.\n\n");
    }
    if history.made.all > 0 {
        let _ = writeln!(out, "{}", flowing(&made(&history.made)));
    }
    for trend in &history.trends {
        let _ = writeln!(out, "\n{}", trend_words(trend));
    }
}

fn cycles(page: &Page<'_>, out: &mut String) {
    let cycles = &page.report.history.cycles;
    out.push_str("\n## Cycle by cycle\n\n");
    if cycles.iter().any(|cycle| cycle.together.out_of > 0) {
        out.push_str("| cycle | option | answered | share | 95 % interval |\n");
        out.push_str("| --- | --- | ---: | ---: | ---: |\n");
        for cycle in cycles.iter().filter(|cycle| cycle.together.out_of > 0) {
            rows(cycle, out);
        }
    }
    for cycle in cycles {
        let days = match cycle.stage {
            Stage::Planned => format!("starts {}", show_day_with_year(cycle.start)),
            Stage::Abandoned => format!("abandoned on {}", show_day_with_year(cycle.end)),
            Stage::Running | Stage::Over => {
                format!("{} to {}", show_day(cycle.start), show_day_with_year(cycle.end))
            }
        };
        let people = count(cycle.people, "person", "people");
        let _ = writeln!(out, "\n### Cycle {} · {days} · {people}\n", cycle.number);
        let _ = writeln!(out, "- Tried: {}", plain(&tried(cycle, page.playbook)));
        let begun = matches!(cycle.stage, Stage::Running | Stage::Over);
        if let Some(seen) = cycle.comparison.as_ref().filter(|_| begun) {
            let _ = writeln!(out, "- Seen: {}", plain(&seen.headline.sentence));
        }
        if let Some(conclusion) = &cycle.conclusion {
            let decided = plain(&decision(conclusion, cycle, page.playbook));
            let _ = writeln!(out, "- Decided {}: {decided}", show_day(conclusion.on));
            if !conclusion.why.is_blank() {
                let _ = writeln!(out, "- Why: “{}”", escaped(&conclusion.why));
            }
            if !conclusion.shown.trim().is_empty() {
                let _ = writeln!(out, "- On the screen then: {}", plain(&conclusion.shown));
            }
        }
    }
}

fn rows(cycle: &CycleRecord, out: &mut String) {
    let Some(seen) = &cycle.comparison else { return };
    for side in &seen.sides {
        let tally = &side.tally;
        let label = match &side.option {
            Some(_) => format!("{} {}", side.side.as_str(), inside(&side.label)),
            None => inside(&side.label),
        };
        let (share, range) = match figures::share(&side.proportion, tally.counted) {
            Some((rate, low, high)) => (format!("{} %", percent(rate)), interval(low, high)),
            None => ("–".to_owned(), "–".to_owned()),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {share} | {range} |",
            cycle.number,
            cell(&label),
            counted(tally.hits, tally.counted, tally.waiting)
        );
    }
}

fn calendar(page: &Page<'_>, out: &mut String) {
    let shown = page
        .report
        .days
        .iter()
        .filter(|day| day.sent + day.answered + day.came_back > 0 || day.cycle.is_some());
    let mut table = String::new();
    for day in shown {
        let mut parts = Vec::new();
        if let Some(cycle) = day.cycle {
            parts.push(format!("cycle {cycle} begins"));
        }
        if day.sent > 0 {
            parts.push(format!("{} sent", day.sent));
        }
        if day.answered > 0 {
            parts.push(format!("{} answered", day.answered));
        }
        if day.came_back > 0 {
            parts.push(format!("{} more came back", day.came_back));
        }
        let _ = writeln!(table, "| {} | {} |", show_day_with_year(day.date), parts.join(", "));
    }
    if !table.is_empty() {
        let _ =
            writeln!(out, "\n## Day by day\n\n| day | what |\n| --- | --- |\n{}", table.trim_end());
    }
}

fn words(page: &Page<'_>, out: &mut String) {
    if page.told == Told::Nothing || page.report.letters.is_empty() {
        return;
    }
    out.push_str("\n## The words that were sent\n");
    for group in &page.report.letters {
        let option = group.option_title.as_deref().map(inside);
        let option = option.map(|option| format!(" · {}", plain(&option))).unwrap_or_default();
        let _ = writeln!(
            out,
            "\n### Cycle {} · {}{option} · {} · {}\n",
            group.cycle,
            plain(&group.title),
            count(group.letters.len(), "message", "messages"),
            ways(group)
        );
        if page.told == Told::Wordings {
            let wording = page.wordings.iter().find(|wording| {
                wording.message == *group.message
                    && wording.option.as_deref() == group.option.as_deref()
            });
            if let Some(wording) = wording {
                quote(&Words::new(wording.text.as_str()), out);
            }
            continue;
        }
        for letter in &group.letters {
            let way = if is_mixed(group) { by_way(letter.channel) } else { "" };
            let parts = [escaped(&letter.name), show_day(letter.on), way.to_owned()];
            let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let _ = writeln!(out, "{}\n", said.join(", "));
            quote(&letter.text, out);
        }
    }
}

fn quote(text: &Words, out: &mut String) {
    for line in text.terminal_block().trim_end().lines() {
        let _ = writeln!(out, "> {}", escaped(&Words::new(line)));
    }
    out.push('\n');
}

/// Text of people in one line in which no markup begins.
fn escaped(words: &Words) -> String {
    let mut escaped = String::new();
    for character in words.terminal().trim().chars() {
        if "\\`*_{}[]<>#|~!&".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    // What would begin a list, a heading or a rule at the start of a line.
    match escaped.chars().next() {
        Some('-' | '+' | '=') => format!("\\{escaped}"),
        Some(first) if first.is_ascii_digit() => match escaped.find(['.', ')']) {
            Some(at) if escaped[..at].bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("{}\\{}", &escaped[..at], &escaped[at..])
            }
            Some(_) | None => escaped,
        },
        Some(_) | None => escaped,
    }
}

/// Text of a playbook or of this program in one line.
fn plain(text: &str) -> String {
    escaped(&Words::new(text))
}

/// The same within a table.
fn cell(text: &str) -> String {
    plain(text)
}
