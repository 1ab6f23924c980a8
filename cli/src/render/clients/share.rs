//! What is in a bundle, before it is handed out.

use std::fmt::Write as _;

use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::clients::{Bundle, CycleFigures};

use crate::render::table::{Column, Table};
use crate::render::words::count;
use crate::render::{COLUMNS, width};

/// Everything that is in it, and what is not.
pub(crate) fn contents(bundle: &Bundle) -> String {
    let mut table = Table::new(vec![Column::WORDS, Column::yielding(30)]).indent(2);
    let mut row = |name: &str, value: String| {
        let mut first = name.to_owned();
        for line in width::wrap(&value, COLUMNS - 18) {
            table.row([std::mem::take(&mut first), line]);
        }
    };
    row("Playbook", format!("{} {}", bundle.playbook.id, bundle.playbook.version));
    let mut days = format!("plan begun {}", show_day_with_year(bundle.started));
    if let Some(last) = bundle.last_recorded {
        let _ = write!(days, " · last recorded {}", show_day(last));
    }
    if let Some(stopped) = bundle.stopped {
        let _ = write!(days, " · stopped {}", show_day(stopped));
    }
    row("Days", days);
    for cycle in &bundle.cycles {
        row(&format!("Cycle {}", cycle.number), figures(cycle));
    }
    row(
        "Also",
        format!(
            "the reply window ({} days){}, whether you write in your own words ({}), and that you \
             agreed",
            bundle.window_days,
            bundle
                .follow_up
                .as_ref()
                .map(|after| format!(", the follow-up ({after})"))
                .unwrap_or_default(),
            if bundle.own_words { "yes" } else { "no" }
        ),
    );
    row(
        "Not in it",
        "names, companies, addresses, texts, notes, your answers, why you decided".to_owned(),
    );
    table.to_text(COLUMNS)
}

fn figures(cycle: &CycleFigures) -> String {
    let mut parts = vec![format!("{} to {}", show_day(cycle.start), show_day(cycle.end))];
    if cycle.day > 0 && cycle.day <= cycle.length {
        parts.push(format!("day {} of {}", cycle.day, cycle.length));
    }
    if let Some(compared) = &cycle.compared {
        parts.push(format!("{}: {} / {}", compared.choice, compared.baseline, compared.option));
    }
    let (mut sent, mut counted, mut answered) = (0, 0, 0);
    for group in &cycle.groups {
        sent += group.sent;
        counted += group.counted;
        answered += group.answered + group.late;
    }
    parts.push(count(usize::try_from(cycle.people).unwrap_or(usize::MAX), "person", "people"));
    parts.push(format!("{sent} sent, {counted} counted, {answered} answered"));
    match (&cycle.decided, cycle.stopped, cycle.review) {
        (Some(decided), _, _) => parts.push(format!("decided {}", show_day(decided.on))),
        (None, Some(stopped), _) => parts.push(format!("abandoned {}", show_day(stopped))),
        (None, None, Some(review)) => parts.push(format!("decision due {}", show_day(review))),
        (None, None, None) => {}
    }
    parts.join(" · ")
}
