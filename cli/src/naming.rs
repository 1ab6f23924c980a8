//! How people name a task or a person on the command line.
//!
//! Knows numbers last printed, keys of tasks and parts of names. It must not know what may be done
//! with what it finds.

use fortnight_engine::diagnostic::nearest;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::{Book, Entry, EntryId, Match, fold};
use fortnight_engine::plan::{Agenda, Task, TaskKey};

use crate::desk::{Desk, plain};
use crate::failure::CliError;
use crate::numbers::Numbers;
use crate::render::words::{place_of_work, typed};
use crate::session::Session;

/// So many candidates are listed; more help nobody.
const MOST_CANDIDATES: usize = 9;

/// The person or company that a word names: a part of the name, `@` and a name or number.
pub(crate) fn person(desk: &Desk, open: &OpenPlan, name: &str) -> Result<EntryId, CliError> {
    let bare = name.strip_prefix('@').unwrap_or(name);
    if let Ok(number) = bare.parse::<u64>()
        && desk.notebook.everybody().map_err(plain)?.get(EntryId(number)).is_some()
    {
        return Ok(EntryId(number));
    }
    let listed = |entry: EntryId| open.state.cycles_of(entry).next().is_some();
    let (found, book) = desk.notebook.find(bare, listed).map_err(plain)?;
    one_of(bare, found, &book)
}

/// The one entry that was found, or what to say.
pub(crate) fn one_of(name: &str, found: Match, book: &Book) -> Result<EntryId, CliError> {
    match found {
        Match::One(entry) => Ok(entry),
        Match::Several(entries) => Err(CliError::Ambiguous {
            name: name.to_owned(),
            candidates: entries.iter().take(MOST_CANDIDATES).map(|id| who(book, *id)).collect(),
        }),
        Match::None { nearest } => Err(CliError::UnknownPerson {
            name: name.to_owned(),
            near: nearest
                .iter()
                .filter_map(|id| book.get(*id))
                .map(|entry| format!("Did you mean {}?", entry.name.terminal()))
                .collect(),
        }),
    }
}

/// `Ana Silva, Northwind, design lead  (@12)`
fn who(book: &Book, id: EntryId) -> String {
    let Some(entry) = book.get(id) else { return format!("@{id}") };
    let work = place_of_work(entry);
    let work = if work.is_empty() { work } else { format!(", {work}") };
    format!("@{id}  {}{work}", entry.name.terminal())
}

/// The tasks that a word names: a number last printed, a key (`step`, `step/person`,
/// `step@2026-03-04`), or a part of a person's name or of a title that fits one task only.
pub(crate) fn tasks(
    session: &Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    agenda: &Agenda,
    name: &str,
) -> Result<Vec<TaskKey>, CliError> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
        return by_number(session, desk, agenda, name);
    }
    let all: Vec<&Task> = agenda.tasks.iter().chain(&agenda.closed).collect();
    let mut fitting = by_key(open, &all, name);
    if fitting.is_none()
        && let Some(theirs) = by_person(open, &all, name)
    {
        // `ana` is Ana before it is Dana, also where there is nothing to be done about Ana.
        if let Some(other) = idle(desk, &all, name)? {
            return Err(other);
        }
        fitting = Some(theirs);
    }
    let Some(fitting) = fitting.or_else(|| by_title(&all, name)) else {
        return Err(idle(desk, &all, name)?.unwrap_or_else(|| unknown(open, name)));
    };
    narrow(name, &fitting).map(|task| vec![task.key.clone()])
}

/// Everything that is due of a step, where the word is its id or its title.
pub(crate) fn due_of_step(open: &OpenPlan, agenda: &Agenda, name: &str) -> Option<Vec<TaskKey>> {
    let wanted = fold(name);
    let step = open.playbook.steps.iter().find(|step| *step.id == *name);
    let step = step.or_else(|| open.playbook.steps.iter().find(|step| fold(&step.title) == wanted));
    let id = &step?.id;
    let due = agenda.tasks.iter().filter(|task| task.key.step == *id && task.status().is_now());
    let keys: Vec<TaskKey> = due.map(|task| task.key.clone()).collect();
    (!keys.is_empty()).then_some(keys)
}

/// The refusal for somebody whom a name means before all others, and who has no task.
fn idle(desk: &Desk, all: &[&Task], name: &str) -> Result<Option<CliError>, CliError> {
    let bare = name.strip_prefix('@').unwrap_or(name);
    let concerned = |id: EntryId| all.iter().any(|task| task.key.entry == Some(id));
    let (found, book) = desk.notebook.find(bare, concerned).map_err(plain)?;
    let Match::One(id) = found else { return Ok(None) };
    let known = book.get(id).filter(|_| !concerned(id));
    Ok(known.map(|known| {
        CliError::refused_with(
            format!("Nothing is to be done about {}.", known.name.terminal()),
            format!("fortnight {}", typed(&known.name)),
        )
    }))
}

/// The tasks behind a number of the list last printed, whatever became of them since.
fn by_number(
    session: &Session<'_>,
    desk: &Desk,
    agenda: &Agenda,
    name: &str,
) -> Result<Vec<TaskKey>, CliError> {
    let missing = || CliError::NoSuchLine { number: name.to_owned() };
    let last = Numbers::last(session.host, &desk.database).ok_or_else(missing)?;
    let number = name.parse().map_err(|_| missing())?;
    let names = last.tasks(number).filter(|_| last.plan == desk.plan.0).ok_or_else(missing)?;
    let all = || agenda.tasks.iter().chain(&agenda.closed);
    let keys: Vec<TaskKey> = names
        .iter()
        .filter_map(|name| all().find(|task| task.key.to_string() == *name))
        .map(|task| task.key.clone())
        .collect();
    if keys.is_empty() { Err(missing()) } else { Ok(keys) }
}

/// The tasks of a step, or the one of it for an entry or an occurrence.
fn by_key<'t>(open: &OpenPlan, all: &[&'t Task], name: &str) -> Option<Vec<&'t Task>> {
    let (cycle, rest) = match name.split_once(':') {
        Some((number, rest)) => (Some(number.parse::<u32>().ok()?), rest),
        None => (None, name),
    };
    let in_cycle = |task: &&&Task| cycle.is_none_or(|cycle| task.key.cycle == cycle);
    let exact: Vec<&Task> =
        all.iter().filter(in_cycle).filter(|task| task.key.short() == rest).copied().collect();
    if !exact.is_empty() {
        return Some(exact);
    }
    let (step, entry) = match rest.split_once('/') {
        Some((step, entry)) => (step, Some(entry)),
        None => (rest, None),
    };
    let of_step = all.iter().filter(in_cycle).filter(|task| *task.key.step == *step);
    let fitting: Vec<&Task> = match entry {
        None => of_step.copied().collect(),
        Some(entry) => {
            let wanted = fold(entry.strip_prefix('@').unwrap_or(entry));
            let tasks: Vec<&Task> = of_step.clone().copied().collect();
            let meant = |known: &Entry| tasks.iter().any(|task| task.key.entry == Some(known.id));
            // `ana` is Ana before it is Dana.
            if let Match::One(id) = open.book.find_among(&wanted, meant) {
                return Some(tasks.into_iter().filter(|task| task.key.entry == Some(id)).collect());
            }
            let named = |task: &&&Task| {
                task.entry.as_ref().is_some_and(|(id, name)| {
                    entry == id.to_string() || fold(name.raw()).contains(&wanted)
                })
            };
            of_step.filter(named).copied().collect()
        }
    };
    let known = open.playbook.step(step).is_some();
    (known && !fitting.is_empty()).then_some(fitting)
}

/// The tasks of the person of that name.
fn by_person<'t>(open: &OpenPlan, all: &[&'t Task], name: &str) -> Option<Vec<&'t Task>> {
    let bare = name.strip_prefix('@').unwrap_or(name);
    let concerned = |id: EntryId| all.iter().any(|task| task.key.entry == Some(id));
    let Match::One(id) = open.book.find_among(bare, |entry| concerned(entry.id)) else {
        return None;
    };
    let fitting: Vec<&Task> =
        all.iter().filter(|task| task.key.entry == Some(id)).copied().collect();
    (!fitting.is_empty()).then_some(fitting)
}

/// The tasks whose title or step holds the words.
fn by_title<'t>(all: &[&'t Task], name: &str) -> Option<Vec<&'t Task>> {
    let wanted = fold(name);
    let fitting: Vec<&Task> = all.iter().filter(|task| holds(task, &wanted)).copied().collect();
    (!wanted.is_empty() && !fitting.is_empty()).then_some(fitting)
}

fn holds(task: &Task, wanted: &str) -> bool {
    fold(&task.title).contains(wanted) || fold(&task.key.step).contains(wanted)
}

/// The one task meant: the only one, the only one to be done now, the only open one.
fn narrow<'t>(name: &str, fitting: &[&'t Task]) -> Result<&'t Task, CliError> {
    let only = |takes: &dyn Fn(&Task) -> bool| {
        let mut taken = fitting.iter().filter(|task| takes(task));
        taken.next().filter(|_| taken.next().is_none()).copied()
    };
    only(&|_| true)
        .or_else(|| only(&|task| task.status().is_now()))
        .or_else(|| only(&|task| task.status().is_open()))
        .ok_or_else(|| {
            let open: Vec<&&Task> = fitting.iter().filter(|task| task.status().is_open()).collect();
            let shown = if open.is_empty() { fitting.iter().collect() } else { open };
            CliError::Ambiguous {
                name: name.to_owned(),
                candidates: shown.iter().take(MOST_CANDIDATES).map(|task| line(task)).collect(),
            }
        })
}

/// `follow-up/12  Follow up once · Ben Okafor (due)`
fn line(task: &Task) -> String {
    let who = task.entry.as_ref().map(|(_, name)| format!(" · {}", name.terminal()));
    format!(
        "{}  {}{} ({})",
        task.key.short(),
        task.title,
        who.unwrap_or_default(),
        crate::render::why::word(task.status())
    )
}

fn unknown(open: &OpenPlan, name: &str) -> CliError {
    let steps = open.playbook.steps.iter().map(|step| &*step.id);
    let step = name.split(['/', '@']).next().unwrap_or(name);
    let mut near: Vec<String> =
        nearest(step, steps).map(|near| format!("Did you mean `{near}`?")).into_iter().collect();
    if let Match::None { nearest } = open.book.find(name) {
        near.extend(
            nearest
                .iter()
                .filter_map(|id| open.book.get(*id))
                .map(|entry| format!("Did you mean {}?", entry.name.terminal())),
        );
    }
    near.push("fortnight today --full".to_owned());
    CliError::UnknownTask { name: name.to_owned(), near }
}

/// True for a word that can only mean a person.
pub(crate) fn is_person(word: &str) -> bool {
    word.starts_with('@')
}
