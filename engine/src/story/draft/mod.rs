//! Stories for a playbook that has none yet.
//!
//! Each is found by telling it: on each day everything that is due is looked up and done, until the
//! first message is due; then it is written down with what was due on the way. So the stories hold
//! for any playbook, and a coach sees at once what its first days look like.

mod probe;

use std::fmt::Write as _;

use jiff::civil::{Date, date};

use crate::playbook::language::{COMPANY_FIELDS, PERSON_FIELDS};
use crate::playbook::{Field, FieldKind, List, Playbook, Step, StepKind};
use probe::{Probe, Task};

/// A Monday.
const START: Date = date(2026, 3, 2);

/// Stories that hold for a playbook, as a file: what there is to do first, the way to the first
/// message, and the day of the review, as far as the playbook has them.
///
/// `packed` is the playbook's packed text.
pub fn draft(playbook: &Playbook, packed: &str) -> String {
    let id = text(&playbook.id);
    let mut head = format!(
        "# yaml-language-server: $schema=./test.schema.json\n#\n\
         # Stories of {id}, told on a clock of their own: fortnight playbook test\n\
         # {START} is a Monday. They hold of the playbook as it began; change it, and say here what must hold then.\n\
         playbook: {id}\ntests:\n",
    );
    let beginning = beginning(playbook);
    let story = |name: &str, days: &str| {
        format!("  - name: {name}\n    start: {START}\n{beginning}    story:\n{days}")
    };
    let mut stories = Vec::new();
    let probe = Probe::new(playbook, packed, &beginning, START);
    let way = way_to_the_first_message(playbook, &probe);
    stories.push(story("what there is to do on the first days", &way.first));
    if let Some(days) = &way.whole {
        stories.push(story("the way to the first message", days));
    }
    for step in playbook.steps.iter().filter(|step| matches!(step.kind, StepKind::Decide(_))) {
        if let Some(days) = day_of(step, playbook, &probe) {
            stories.push(story(&format!("the day of the {}", words(&step.id)), &days));
        }
    }
    stories.retain(|story| probe.holds(&format!("playbook: {id}\ntests:\n{story}")));
    if stories.is_empty() {
        stories.push(story("it begins", &format!("      - day: {START}\n")));
    }
    head.push_str(&stories.join("\n"));
    head
}

/// The keys of a story before its days.
fn beginning(playbook: &Playbook) -> String {
    let mut out = String::from("    zone: Europe/Paris\n");
    let examples: Vec<_> =
        playbook.inputs.iter().filter_map(|input| Some((&input.id, answer(input)?))).collect();
    if !examples.is_empty() {
        out.push_str("    inputs:\n");
        for (id, answer) in examples {
            let _ = writeln!(out, "      {}: {}", text(id), text(&answer));
        }
    }
    let compared = playbook.first_choice();
    if let Some((choice, option)) = compared.and_then(|one| Some((one, one.options.get(1)?))) {
        let _ = writeln!(out, "    choices: {{{}: {}}}", text(&choice.id), text(&option.id));
    }
    if playbook.companies.is_some() {
        out.push_str("    companies: [Northwind, Halvard Bank]\n    people:\n");
        for (name, company) in [("Ana Silva", "Northwind"), ("Ben Okafor", "Halvard Bank")] {
            let _ = writeln!(
                out,
                "      - {{name: {name}, company: {company}, connected_on: \"2024-03-12\"}}"
            );
        }
    } else {
        out.push_str("    people: [Ana Silva, Ben Okafor]\n");
    }
    out
}

/// What was found on the way.
struct Way {
    /// The first day with something due.
    first: String,
    /// All days up to the first message; none where the playbook sends none, or it is not reached.
    whole: Option<String>,
}

/// Does what is due, day after day, until a message is.
fn way_to_the_first_message(playbook: &Playbook, probe: &Probe<'_>) -> Way {
    const ROUNDS: usize = 40;
    let last = i32::try_from(playbook.cycle.length).unwrap_or(i32::MAX).clamp(1, 60);
    let (mut day, mut days) = (START, String::new());
    let mut way = Way { first: format!("      - day: {START}\n"), whole: None };
    let mut found_first = false;
    let mut done: Vec<Task<'_>> = Vec::new();
    for _ in 0..ROUNDS {
        let due = probe.due(&days, day);
        if !found_first && !due.is_empty() {
            found_first = true;
            way.first = format!("      - day: {day}\n        expect:\n{}", expected(&due));
        }
        let sending: Vec<_> = due.iter().filter(|task| sends(task.step)).cloned().collect();
        if let Some(first) = sending.first() {
            let same: Vec<_> =
                sending.iter().filter(|task| task.step.id == first.step.id).cloned().collect();
            let _ = write!(days, "      - day: {day}\n        expect:\n{}", expected(&same));
            let who = first.who.unwrap_or_default();
            let looks = format!(
                "          text: {{step: {}, person: {who}, has: {}}}\n",
                text(&first.step.id),
                who.split(' ').next().unwrap_or_default()
            );
            if probe.holds_of(&format!("{days}{looks}")) {
                days.push_str(&looks);
            }
            way.whole = Some(days);
            break;
        }
        let open = |task: &&Task<'_>| doable(task.step) && !done.contains(task);
        let doing: Vec<Task<'_>> = due.iter().filter(open).cloned().collect();
        let entry = deeds(day, &doing, playbook, probe, &days);
        done.extend(doing);
        if let Some(entry) = entry {
            days.push_str(&entry);
        } else if day >= START.saturating_add(jiff::Span::new().days(last)) {
            break;
        } else {
            day = day.tomorrow().unwrap_or(day);
        }
    }
    way
}

/// A day on which these tasks are done; tasks that would be refused are left out.
fn deeds(
    day: Date,
    tasks: &[Task<'_>],
    playbook: &Playbook,
    probe: &Probe<'_>,
    before: &str,
) -> Option<String> {
    let head = format!("      - day: {day}\n");
    let one = |task: &Task<'_>| match &task.step.kind {
        StepKind::Fill(fields) => filled(task, fields, playbook),
        StepKind::Task
        | StepKind::Choose(_)
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Send(_)
        | StepKind::Decide(_)
        | StepKind::Every(_) => None,
    };
    let (filling, doing): (Vec<_>, Vec<_>) =
        tasks.iter().partition(|task| matches!(task.step.kind, StepKind::Fill(_)));
    let accepted = |entry: &str| probe.holds_of(&format!("{before}{head}{entry}"));
    let mut entry = String::new();
    let done = |tasks: &[&Task<'_>]| {
        let lines = grouped(tasks.iter().copied());
        lines
            .iter()
            .fold(String::from("        done:\n"), |all, line| all + "          - " + line + "\n")
    };
    let doing: Vec<_> = doing.into_iter().filter(|task| accepted(&done(&[*task]))).collect();
    if !doing.is_empty() {
        entry.push_str(&done(&doing));
    }
    let fields: Vec<String> = filling.into_iter().filter_map(one).collect();
    let fields: Vec<String> = fields
        .into_iter()
        .filter(|line| accepted(&format!("        fill:\n          {line}\n")))
        .collect();
    if !fields.is_empty() {
        entry.push_str("        fill:\n");
        let mut known: Vec<&str> = Vec::new();
        for line in &fields {
            // One entry for each person: the fields of a second step come on the next round.
            let who = line.split(':').next().unwrap_or_default();
            if !known.contains(&who) {
                known.push(who);
                let _ = writeln!(entry, "          {line}");
            }
        }
    }
    (!entry.is_empty()).then(|| format!("{head}{entry}"))
}

/// `Ana Silva: {context: your talk}`.
fn filled(task: &Task<'_>, fields: &[crate::playbook::Id], playbook: &Playbook) -> Option<String> {
    let (declared, standard) = match task.step.for_each? {
        List::People => (Some(&playbook.people), PERSON_FIELDS),
        List::Companies => (playbook.companies.as_ref(), COMPANY_FIELDS),
    };
    let mut pairs = Vec::new();
    for id in fields {
        let field = declared.and_then(|list| list.fields.iter().find(|field| field.id == *id));
        let value = match field {
            Some(field) => answer(field).or_else(|| Some(invented(&field.kind)))?,
            None => standard.iter().find(|(name, _)| *name == &**id)?.1.to_owned(),
        };
        pairs.push(format!("{}: {}", text(id), text(&value)));
    }
    Some(format!("{}: {{{}}}", task.who?, pairs.join(", ")))
}

/// The day on which the review comes when nobody was written to.
fn day_of(step: &Step, playbook: &Playbook, probe: &Probe<'_>) -> Option<String> {
    let id = text(&step.id);
    let entry = |day: Date, key: &str| {
        format!("      - day: {day}\n        expect:\n          {key}: [{id}]\n")
    };
    let length = i64::from(playbook.cycle.length.min(366)) + 14;
    let days = (0..length).map(|days| START.saturating_add(jiff::Span::new().days(days)));
    let first = days.into_iter().find(|day| probe.holds_of(&entry(*day, "due")))?;
    let before = first.yesterday().ok().filter(|day| *day >= START);
    let before = before.map(|day| entry(day, "not_due")).unwrap_or_default();
    Some(before + &entry(first, "due"))
}

/// Steps that a story can do; a habit is no way to anything.
fn doable(step: &Step) -> bool {
    match step.kind {
        StepKind::Task | StepKind::Write(_) | StepKind::Collect(_) | StepKind::Fill(_) => true,
        StepKind::Choose(_) | StepKind::Send(_) | StepKind::Decide(_) | StepKind::Every(_) => false,
    }
}

fn sends(step: &Step) -> bool {
    matches!(step.kind, StepKind::Send(_))
}

/// The lines under `expect` for what is due.
fn expected(tasks: &[Task<'_>]) -> String {
    let lines = grouped(tasks);
    lines
        .iter()
        .fold(String::from("          due:\n"), |all, line| all + "            - " + line + "\n")
}

/// `build-list`, or `personalise: [Ana Silva, Ben Okafor]`.
fn grouped<'t>(tasks: impl IntoIterator<Item = &'t Task<'t>>) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for task in tasks {
        match groups.iter_mut().find(|(id, _)| *id == &*task.step.id) {
            Some((_, names)) => names.extend(task.who),
            None => groups.push((&task.step.id, task.who.into_iter().collect())),
        }
    }
    let line = |(id, names): (&str, Vec<&str>)| {
        if names.is_empty() { text(id) } else { format!("{}: [{}]", text(id), names.join(", ")) }
    };
    groups.into_iter().map(line).collect()
}

fn answer(field: &Field) -> Option<String> {
    field.example.clone().or_else(|| field.default.clone())
}

fn invented(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text => "something",
        FieldKind::Number => "3",
        FieldKind::Date => "2026-03-12",
        FieldKind::Datetime => "2026-03-12 15:00",
        FieldKind::YesNo => "yes",
        FieldKind::Url => "https://example.org",
        FieldKind::Email => "ana.silva@example.org",
        FieldKind::OneOf(words) => {
            return words.first().map(ToString::to_string).unwrap_or_default();
        }
    }
    .to_owned()
}

/// The name of a step as words.
fn words(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// A text as a value of YAML, also within `{}`; plain only where it is a text to every reader.
fn text(text: &str) -> String {
    const WORDS: &[&str] = &["yes", "no", "on", "off", "true", "false", "null", "y", "n"];
    let plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" _-".contains(&byte))
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
