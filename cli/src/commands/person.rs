//! `fortnight ana`: everything about one person.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fortnight_engine::calendar::show_day;
use fortnight_engine::message::Names;
use fortnight_engine::people::{Entry, EntryId};
use fortnight_engine::plan::{self, Happening, Happenings, Situation, owed};
use fortnight_engine::playbook::Id;
use fortnight_engine::words::Words;
use jiff::civil::Date;
use serde::Serialize;

use super::people::owed;
use super::record::words_for;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::table::{Column, Table};
use crate::render::words::{answer_beside, by_way, inside, list, place_of_work};
use crate::render::{COLUMNS, event, width};
use crate::session::Session;

/// `record PERSON --json`, version 1.
#[derive(Serialize)]
struct PersonData {
    version: u32,
    id: u64,
    name: String,
    fields: std::collections::BTreeMap<String, String>,
    do_not_contact: bool,
    history: Vec<EventData>,
    next: Vec<String>,
}

/// One thing that happened.
#[derive(Serialize)]
struct EventData {
    on: String,
    what: String,
    detail: String,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, name: &str) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open(&[])?;
    let id = naming::person(&desk, &open, name)?;
    let open = desk.open(&[id])?;
    let situation = open.situation(desk.instant);
    let Some(entry) = situation.book.get(id) else { return Err(CliError::NoPlan) };
    let history = history(&situation, id);
    let next = next(&situation, id);
    if session.global.json {
        session.print_json(&PersonData {
            version: 1,
            id: id.0,
            name: entry.name.raw().to_owned(),
            fields: entry
                .fields
                .iter()
                .map(|(name, value)| (name.to_owned(), value.raw().to_owned()))
                .collect(),
            do_not_contact: entry.do_not_contact,
            history: history
                .into_iter()
                .map(|(on, what, detail)| EventData { on: on.to_string(), what, detail })
                .collect(),
            next,
        })?;
        return Ok(Status::Done);
    }
    let mut text = width::wrap(&header(&situation, entry).join(" · "), COLUMNS).join("\n");
    text.push('\n');
    let mut table =
        Table::new(vec![Column::WORDS, Column::yielding(14), Column::yielding(10)]).indent(2);
    for (on, what, detail) in history {
        table.row([show_day(on), what, detail]);
    }
    text.push_str(&table.to_text(COLUMNS));
    if entry.do_not_contact {
        text.push_str("Does not want to be written to.\n");
    } else if !next.is_empty() {
        let _ = writeln!(text, "Next: {}", list(&next));
    }
    for one in owed(&situation, id) {
        let _ = writeln!(text, "Owed: {}, {}", owed::words(&situation, &one), owed::day(&one));
    }
    session.print(&text)?;
    Ok(Status::Done)
}

/// Name, work, whether they know the seeker, and the option drawn for them.
fn header(situation: &Situation<'_>, entry: &Entry) -> Vec<String> {
    let mut parts = vec![entry.name.terminal()];
    parts.extend(Some(place_of_work(entry)).filter(|work| !work.is_empty()));
    if entry.knows_me {
        parts.push("knows you".to_owned());
    }
    let mut cycles = situation.state.cycles_of(entry.id);
    let drawn = cycles.find_map(|cycle| {
        let option = cycle.member(entry.id)?.option.as_ref()?;
        let choice = situation.playbook.choice(&cycle.compared.as_ref()?.0.choice)?;
        choice.options.iter().find(|known| known.id == *option)
    });
    parts.extend(drawn.map(|option| inside(&option.title)));
    parts
}

/// What was sent and what came back, oldest first. What a day brought is told in the order in which
/// it can have come: what was done unasked, the answer, what the answer called for, what came of it.
fn history(situation: &Situation<'_>, id: EntryId) -> Vec<(Date, String, String)> {
    let mut history = Vec::new();
    for cycle in situation.state.cycles.values() {
        for (key, completion) in &cycle.log.completed {
            if key.entry != Some(id) {
                continue;
            }
            let position = situation.playbook.positions.get(&key.step).copied();
            let step = position.and_then(|position| situation.playbook.steps.get(position));
            let title = step.map_or_else(|| key.step.to_string(), |step| inside(&step.title));
            let title = title + &event::way(completion.sent.as_ref(), situation.playbook);
            let sent = completion.sent.as_ref().map(|sent| format!("\"{}\"", sent.text.terminal()));
            let answers = completion.answers.values().map(Words::terminal);
            let detail = sent.into_iter().chain(answers).collect::<Vec<_>>().join(" · ");
            let called_for =
                position.is_some_and(|position| waits_for_an_answer(situation, position));
            let turn = (if called_for { 2 } else { 0 }, position);
            history.push((completion.on, turn, title, detail));
        }
        let Some(happenings) = cycle.happenings.get(&id) else { continue };
        for (outcome, happening) in standing(situation, happenings) {
            let known = situation.playbook.outcome(outcome);
            let title = known.map_or_else(|| outcome.to_string(), |known| inside(&known.title));
            let way = happening.channel.map(|channel| format!(", {}", by_way(channel)));
            let title = title + &way.unwrap_or_default();
            let fields = happening.fields.values().map(|value| answer_beside(value, happening.on));
            let came_of_it = known.is_some_and(|known| known.implies_reply && !known.ends);
            let turn = (if came_of_it { 3 } else { 1 }, None);
            history.push((happening.on, turn, title, fields.collect::<Vec<_>>().join(", ")));
        }
    }
    let favours = situation.book.get(id).into_iter().flat_map(|entry| &entry.favours);
    history.extend(favours.map(|favour| {
        let what = favour.what.terminal();
        (favour.on, (4, None), words_for(favour.kind).to_owned(), what)
    }));
    history.sort_by_key(|(on, turn, _, _)| (*on, *turn));
    history.into_iter().map(|(on, _, what, detail)| (on, what, detail)).collect()
}

/// What came back, without what a later record put right (F5): the earliest reply, a talk as it was
/// moved last. What was called off stays, for it was so; automatic replies may be many.
fn standing<'h>(situation: &Situation<'_>, happenings: &'h Happenings) -> Vec<&'h (Id, Happening)> {
    let recorded = happenings.recorded();
    let clears = |id: &Id| situation.playbook.outcome(id)?.clears.clone();
    let days = || recorded.iter().filter(|(id, _)| &**id == "replied").map(|(_, it)| it.on);
    // Where a later one put the first right, that stands.
    let today = situation.today();
    let first = happenings.reply(situation.playbook, today).map(|first| first.on);
    let replied = first.filter(|first| days().any(|on| on == *first)).or_else(|| days().min());
    let stands = |at: usize, (id, happening): &(Id, Happening)| match &**id {
        "auto_reply" => true,
        // Each person that somebody sends on is a fact of its own.
        "referred" => {
            let mut later = recorded.iter().skip(at + 1).filter(|(other, _)| other == id);
            let says_more =
                |it: &Happening| happening.fields.is_empty() || it.fields == happening.fields;
            !later.any(|(_, it)| says_more(it))
        }
        "replied" => {
            let first =
                recorded.iter().position(|(other, it)| other == id && it.on == happening.on);
            Some(happening.on) == replied && first == Some(at)
        }
        _ => {
            let mut later = recorded.iter().skip(at + 1).map(|(other, _)| other);
            let next = later.find(|other| *other == id || clears(other).as_ref() == Some(id));
            next.is_none_or(|next| next != id)
        }
    };
    recorded.iter().enumerate().filter(|(at, one)| stands(*at, one)).map(|(_, one)| one).collect()
}

/// True for a step that only an outcome calls for, or that comes behind one.
fn waits_for_an_answer(situation: &Situation<'_>, position: usize) -> bool {
    let steps = &situation.playbook.steps;
    let mut open = vec![position];
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    while let Some(position) = open.pop() {
        let Some(step) = steps.get(position).filter(|_| seen.insert(position)) else { continue };
        if step.when.as_ref().is_some_and(|when| !when.holds(&Names::default())) {
            return true;
        }
        let same = |need: &usize| steps.get(*need).is_some_and(|it| it.for_each == step.for_each);
        open.extend(step.needs.iter().map(|need| need.step).filter(same));
    }
    false
}

/// What is to be done for them, now or on a known day.
fn next(situation: &Situation<'_>, id: EntryId) -> Vec<String> {
    let agenda = plan::agenda(situation);
    agenda
        .tasks
        .iter()
        .filter(|task| task.key.entry == Some(id) && task.status().is_dated())
        .map(|task| {
            let later = task.standing.available.filter(|day| *day > situation.today());
            let day = later.map(|day| format!(", {}", show_day(day))).unwrap_or_default();
            format!("{}{day}", inside(&task.title))
        })
        .collect()
}
