//! The agenda as people read it: grouped by step, numbered, at most seven lines.

mod data;
mod lines;

use std::fmt::Write as _;

use fortnight_engine::calendar::{show_day, show_day_with_year, show_moment};
use fortnight_engine::plan::{
    Agenda, CycleSummary, Reason, Situation, Status, Task, TaskKey, moved_by_new_rules,
};
use jiff::civil::Date;

pub(crate) use data::{AgendaData, TaskData, now_in_zone};
use lines::{Line, lines};

use super::table::{Column, Table};
use super::words::{count, inside};
use super::{COLUMNS, date, width};

/// So many lines before `--full` is needed.
const MOST_LINES: usize = 7;

/// An agenda as it is printed.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    /// The text.
    pub(crate) text: String,
    /// The tasks behind each number, from 1.
    pub(crate) numbers: Vec<Vec<TaskKey>>,
}

/// Which list is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Today,
    /// Another day (D11): its lines have no numbers, for nothing can be done about them now.
    AnotherDay,
    /// What fits into the time there is.
    Part,
}

/// Lays out an agenda; `full` lists each task on a line of its own, and all of them.
pub(crate) fn page(situation: &Situation<'_>, agenda: &Agenda, full: bool) -> Printed {
    lay_out(situation, agenda, full, Which::Today)
}

/// Lays out what another day brings.
pub(crate) fn page_of_another_day(
    situation: &Situation<'_>,
    agenda: &Agenda,
    full: bool,
) -> Printed {
    lay_out(situation, agenda, full, Which::AnotherDay)
}

/// Lays out a part of today's agenda.
pub(crate) fn page_of_a_part(situation: &Situation<'_>, agenda: &Agenda, full: bool) -> Printed {
    lay_out(situation, agenda, full, Which::Part)
}

fn lay_out(situation: &Situation<'_>, agenda: &Agenda, full: bool, which: Which) -> Printed {
    let all = lines(situation, agenda, full);
    let shown = if full { all.len() } else { all.len().min(MOST_LINES) };
    let mut table = Table::new(vec![
        Column::NUMBER,
        Column::yielding(16),
        Column::yielding(10),
        Column::yielding(8),
        Column::WORDS,
    ])
    .indent(1);
    for (at, line) in all.iter().take(shown).enumerate() {
        let number = match which {
            Which::Today | Which::Part => format!("{:>2}", at + 1),
            Which::AnotherDay => " -".to_owned(),
        };
        table.row([
            number,
            line.title.clone(),
            line.who.clone(),
            line.detail.clone(),
            line.remark.clone(),
        ]);
    }
    let mut text = header(situation, agenda);
    let rows = table.lines(COLUMNS);
    let mut section = None;
    for (line, row) in all.iter().zip(&rows) {
        if section != Some(line.section) {
            text.push_str(&heading(&all, line, which));
            section = Some(line.section);
        }
        text.push_str(row);
        text.push('\n');
    }
    if shown < all.len() {
        let more = count(all.len() - shown, "more line", "more lines");
        let way = match which {
            Which::Today => ": fortnight today --full",
            Which::AnotherDay | Which::Part => " with --full",
        };
        let _ = writeln!(text, "     … {more}{way}");
    }
    if all.is_empty() {
        text.push_str(match which {
            Which::Today => "Nothing is due today.\n",
            Which::AnotherDay => "Nothing will be due.\n",
            Which::Part => "Nothing that is due fits.\n",
        });
    }
    text.push_str(&quiet(situation, agenda));
    if which == Which::Today {
        text.push_str(&moved(situation));
    }
    let numbers = all.into_iter().take(shown).map(|line| line.tasks).collect();
    Printed { text, numbers }
}

/// Today, the role, the cycle, what it compares; on two lines where one is too long.
pub(crate) fn header(situation: &Situation<'_>, agenda: &Agenda) -> String {
    let playbook = situation.playbook;
    let role = playbook.role.as_deref().unwrap_or(&playbook.title);
    let mut parts = vec![show_day_with_year(situation.today()), inside(role)];
    match &agenda.cycle {
        None => parts.push("no cycle is running (fortnight cycle start)".to_owned()),
        Some(cycle) => {
            parts.push(day_of_cycle(cycle));
            parts.extend(compared(situation, cycle));
        }
    }
    let mut lines = vec![String::new()];
    for part in parts {
        let line = lines.last().map_or(0, |line| width::of(line));
        if line > 0 && line + 3 + width::of(&part) > COLUMNS {
            lines.push(part);
        } else if let Some(last) = lines.last_mut() {
            if line > 0 {
                last.push_str(" · ");
            }
            last.push_str(&part);
        }
    }
    format!("{}\n\n", lines.join("\n"))
}

fn day_of_cycle(cycle: &CycleSummary) -> String {
    if cycle.day == 0 {
        format!("cycle {} starts {}", cycle.number, show_day(cycle.start))
    } else if cycle.day > cycle.length {
        format!("cycle {}, over since {}", cycle.number, show_day(cycle.end))
    } else {
        format!("cycle {}, day {} of {}", cycle.number, cycle.day, cycle.length)
    }
}

fn compared(situation: &Situation<'_>, cycle: &CycleSummary) -> Option<String> {
    let compared = cycle.compared.as_ref()?;
    let choice = situation.playbook.choice(&compared.choice)?;
    let title = |id: &str| {
        let option = choice.options.iter().find(|option| &*option.id == id);
        option.map_or_else(|| id.to_owned(), |option| inside(&option.title))
    };
    let (a, b) = (title(&compared.baseline), title(&compared.option));
    Some(if cycle.practice { format!("practice: {b}") } else { format!("comparing: {a} / {b}") })
}

/// The words above a section.
fn heading(all: &[Line], line: &Line, which: Which) -> String {
    if line.section == Status::Overdue {
        return "Overdue\n".to_owned();
    }
    let minutes: u32 = all
        .iter()
        .filter(|other| other.section == line.section)
        .map(|other| other.minutes)
        .fold(0, u32::saturating_add);
    let word = if which == Which::AnotherDay { "Due" } else { "Today" };
    if minutes > 0 { format!("{word} · about {minutes} min\n") } else { format!("{word}\n") }
}

/// What needs nothing now: who is waited for, what comes next, what is missing.
fn quiet(situation: &Situation<'_>, agenda: &Agenda) -> String {
    let mut parts = Vec::new();
    let waiting = agenda.cycle.as_ref().and_then(|cycle| cycle.measure).map_or(0, |m| m.waiting);
    if waiting > 0 {
        parts.push(format!("{waiting} sent and waiting"));
    }
    let next = agenda
        .tasks
        .iter()
        .filter(|task| task.status() == Status::Scheduled)
        .filter_map(|task| Some((task.standing.available?, &task.title)))
        .filter(|(day, _)| *day > situation.today())
        .min_by_key(|(day, _)| *day);
    if let Some((day, title)) = next {
        parts.push(format!("next: {}, {}", inside(title), show_day(day)));
    }
    let lacking = agenda
        .tasks
        .iter()
        .filter(|task| lacks(task, false))
        .filter_map(|task| task.entry.as_ref().map(|(id, _)| *id))
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    if lacking > 0 {
        let people = count(lacking, "person lacks", "people lack");
        parts.push(format!("{people} a field (fortnight people fill)"));
    }
    let timeless = agenda.tasks.iter().filter(|task| lacks(task, true)).count();
    if timeless > 0 {
        let texts = count(timeless, "text finds", "texts find");
        parts.push(format!("{texts} no free time (fortnight set hours)"));
    }
    let broken =
        agenda.tasks.iter().filter(|task| matches!(task.standing.reason, Reason::Rules(_))).count();
    if broken > 0 {
        parts.push(format!("{} a rule", count(broken, "text breaks", "texts break")));
    }
    if agenda.missed > 0 {
        parts.push(format!("{} passed", count(agenda.missed as usize, "habit", "habits")));
    }
    if parts.is_empty() {
        return String::new();
    }
    let lines = width::wrap(&parts.join(" · "), COLUMNS - 2);
    format!("Quiet\n  {}\n", lines.join("\n  "))
}

/// Whether a text waits for a free time, or for a field.
fn lacks(task: &Task, times: bool) -> bool {
    let Reason::Missing(names) = &task.standing.reason else { return false };
    names.iter().any(|name| name.starts_with("times.") == times)
}

/// R15: appointments that keep their time on the wall, though the rules for clocks have changed.
fn moved(situation: &Situation<'_>) -> String {
    let moved = moved_by_new_rules(situation);
    if moved.is_empty() {
        return String::new();
    }
    let mut text = "Clocks: the rules have changed; these keep their time on the wall\n".to_owned();
    for one in &moved {
        let name = situation.book.get(one.entry).map_or_else(String::new, |e| e.name.terminal());
        let minutes = one.by.as_mins();
        let way = if minutes < 0 { "earlier" } else { "later" };
        let _ = writeln!(
            text,
            "  {name}, {} ({}): {} min {way} than when it was recorded",
            show_moment(one.wall),
            one.zone,
            minutes.unsigned_abs()
        );
    }
    text
}

/// A deadline behind a line.
fn limit(day: Date, today: Date) -> String {
    format!("limit {}", date::relative(day, today))
}
