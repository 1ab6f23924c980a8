//! Tasks that ask for something: fields, answers, a choice, words, a decision.

use fortnight_engine::plan::{self, check_answer, check_entry_field, declared_fields};
use fortnight_engine::playbook::{Decision, Field, Id, List, StepKind};
use fortnight_engine::words::Words;

use super::answer::{self, Key};
use super::turn::{At, act, ask, ask_about};
use super::{Sitting, Turn};
use crate::failure::CliError;
use crate::render::words::{count, inside, lacking, list};
use crate::render::{COLUMNS, rejection, width};
use crate::session::Session;

/// What may be said about a task that asked and got no answer.
const LEFT: &[Key] = &[Key::Later, Key::Skip, Key::Next];

/// What somebody said to a question.
enum Reply {
    Given(String),
    LeftOut,
    /// One of the letters that mean something at every task.
    Key(String),
    End,
}

/// A letter alone is no answer to a question: it means here what it means elsewhere.
fn is_key(given: &str) -> bool {
    let offered = [Key::Later, Key::Skip, Key::Next, Key::Undo, Key::Quit, Key::Replied];
    given.chars().count() == 1
        && matches!(answer::read(given, &offered), answer::Typed::Key(..) | answer::Typed::Help)
}

/// Asks a question until the answer is one that `check` takes.
fn question(
    session: &mut Session<'_>,
    ask: &str,
    example: Option<&str>,
    check: &dyn Fn(&str) -> Result<(), String>,
) -> Result<Reply, CliError> {
    let example = example.map(|example| format!("  (such as: {example})\n")).unwrap_or_default();
    let asked = format!("{}\n{example}>", width::wrap(ask, COLUMNS).join("\n"));
    loop {
        let Some(given) = session.line(&asked)? else { return Ok(Reply::End) };
        match given.as_str() {
            "" => return Ok(Reply::LeftOut),
            given if is_key(given) => return Ok(Reply::Key(given.to_owned())),
            given => match check(given) {
                Ok(()) => return Ok(Reply::Given(given.to_owned())),
                Err(said) => session.say(&width::wrap(&said, COLUMNS).join("\n"))?,
            },
        }
    }
}

/// A message that waits for fields: they are asked for here (M2).
pub(super) fn missing(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    names: &[String],
) -> Result<Turn, CliError> {
    let own: Vec<Id> =
        names.iter().filter_map(|name| name.strip_prefix("person.")).map(Id::from).collect();
    if own.is_empty() {
        let name = at.entry().map_or_else(|| Words::new("NAME"), |entry| entry.name.clone());
        session.say(&format!("\nThe text waits for: {}", list(&lacking(names))))?;
        for mend in crate::commands::message::mends(&name, names) {
            session.say(&width::wrap(&mend, COLUMNS).join("\n"))?;
        }
        return ask(session, at, sitting, LEFT, &mut |_, _, _| Ok(None));
    }
    session.say("The message needs this first:")?;
    fill(session, at, sitting, &own)
}

/// Fields of somebody, one after the other; each answer is recorded at once.
pub(super) fn fill(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    fields: &[Id],
) -> Result<Turn, CliError> {
    let Some(entry) = at.entry() else {
        return ask(session, at, sitting, LEFT, &mut |_, _, _| Ok(None));
    };
    let playbook = &at.open.playbook;
    let mut recorded = false;
    session.say("")?;
    if !std::mem::replace(&mut sitting.told, true) {
        session.say("Type the answer. Enter alone leaves it out; a letter alone is a key: ?")?;
    }
    for field in fields.iter().filter(|field| !plan::is_filled(playbook, entry, field)) {
        let declared = declared_fields(playbook, entry.kind).iter().find(|it| it.id == *field);
        let asked = declared.and_then(|field| field.ask.as_deref()).unwrap_or(field);
        let example = declared.and_then(|field| field.example.as_deref());
        let check = |given: &str| {
            let checked = check_entry_field(playbook, entry.kind, field, &Words::new(given));
            checked.map(|_| ()).map_err(|refused| rejection::words(&refused, playbook).sentence)
        };
        match question(session, asked, example, &check)? {
            Reply::End => return Ok(Turn::Quit),
            Reply::LeftOut => {}
            Reply::Key(key) => {
                return ask_about(session, at, sitting, LEFT, Some(key), &mut |_, _, _| Ok(None));
            }
            Reply::Given(value) => {
                let person = format!("@{}", entry.id);
                let value = format!("{field}={value}");
                // What is left of everybody else is not the point here.
                let quiet = std::mem::replace(&mut session.global.quiet, true);
                let filled = act(session, &["people", "fill", &person, &value]);
                session.global.quiet = quiet;
                if filled? {
                    session.say(&format!("Noted: {field} of {}.", entry.name.terminal()))?;
                    recorded = true;
                    sitting.recorded += 1;
                }
            }
        }
    }
    if recorded {
        return Ok(Turn::Look);
    }
    ask(session, at, sitting, LEFT, &mut |_, _, _| Ok(None))
}

/// Done, with the answers of its form.
pub(super) fn done(session: &mut Session<'_>, at: &At<'_>) -> Result<Option<Turn>, CliError> {
    let playbook = &at.open.playbook;
    let Some(step) = playbook.steps.get(at.task.position) else { return Ok(None) };
    let mut words = vec!["done".to_owned(), at.name()];
    for field in &step.record {
        let Field { id, ask, example, .. } = field;
        let asked = format!("{}  (Enter leaves it out)", ask.as_deref().unwrap_or(id));
        let check = |given: &str| {
            check_answer(field, &Words::new(given))
                .map_err(|refused| rejection::words(&refused, playbook).sentence)
        };
        match question(session, &asked, example.as_deref(), &check)? {
            Reply::End => return Ok(Some(Turn::Quit)),
            Reply::Key(key) if key.eq_ignore_ascii_case("q") => return Ok(Some(Turn::Quit)),
            // Back to the keys: nothing was recorded yet.
            Reply::Key(_) => return Ok(None),
            Reply::LeftOut => {}
            Reply::Given(value) => words.push(format!("--set={id}={value}")),
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Ok(act(session, &words)?.then_some(Turn::Look))
}

/// How far a list has come, for a step that gathers one.
pub(super) fn collected(session: &mut Session<'_>, at: &At<'_>) -> Result<(), CliError> {
    let playbook = &at.open.playbook;
    let step = playbook.steps.get(at.task.position);
    let Some(StepKind::Collect(list)) = step.map(|step| &step.kind) else { return Ok(()) };
    let situation = at.situation();
    let (known, size) = match list {
        List::People => {
            let cycle = situation.upcoming().or_else(|| situation.running());
            (cycle.map_or(0, |cycle| cycle.members.len()), Some(playbook.people.size))
        }
        List::Companies => {
            let size = playbook.companies.as_ref().map(|companies| companies.size);
            (at.open.state.companies.len(), size)
        }
    };
    let (one, many) = match list {
        List::People => ("person", "people"),
        List::Companies => ("company", "companies"),
    };
    let size = size.map(|size| format!(" (suggested: {size})")).unwrap_or_default();
    session.say(&format!("\nOn the list: {}{size}", count(known, one, many)))?;
    session.say("More of them: fortnight people import FILE, or people add \"NAME, COMPANY\"")
}

/// What the cycle compares with the baseline (E1).
pub(super) fn choose(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    choice: &Id,
) -> Result<Turn, CliError> {
    let situation = at.situation();
    let cycle = situation.upcoming().or_else(|| situation.running());
    let baseline = cycle.and_then(|cycle| situation.baseline(cycle, choice));
    let known = at.open.playbook.choice(choice);
    let options: Vec<_> = known
        .iter()
        .flat_map(|choice| &choice.options)
        .filter(|option| Some(&option.id) != baseline)
        .collect();
    session.say("")?;
    if let Some(ask) = known.and_then(|known| known.ask.as_deref()) {
        session.say(ask)?;
    }
    for (number, option) in options.iter().enumerate() {
        session.print(&format!("  {}  {}\n", number + 1, option.title))?;
    }
    loop {
        let asked = "Type its number  (Enter: not now, q: enough for now)\n>";
        let Some(given) = session.line(asked)? else { return Ok(Turn::Quit) };
        let given = given.to_lowercase();
        let by_number = given.parse::<usize>().ok().and_then(|at| options.get(at.checked_sub(1)?));
        let chosen = by_number.or_else(|| options.iter().find(|option| *option.id == *given));
        match (given.as_str(), chosen) {
            ("", _) => return ask(session, at, sitting, LEFT, &mut |_, _, _| Ok(None)),
            ("q", _) => return Ok(Turn::Quit),
            (_, Some(option)) => {
                let pair = format!("{choice}={}", option.id);
                if act(session, &["cycle", "compare", &pair])? {
                    sitting.recorded += 1;
                    return Ok(Turn::Look);
                }
            }
            (_, None) => session.say(&format!("There are the numbers 1 to {}.", options.len()))?,
        }
    }
}

/// The seeker's own words: the texts as they stand, to be changed or taken as they are.
pub(super) fn write(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    message: &Id,
) -> Result<Turn, CliError> {
    let situation = at.situation();
    let Some(known) = at.open.playbook.message(message) else { return Ok(Turn::Next) };
    let cycle = situation.upcoming().or_else(|| situation.running());
    let options = cycle.map(|cycle| situation.options_in_force(cycle, message)).unwrap_or_default();
    let title = |option: &Option<Id>| -> Option<String> {
        let choice = at.open.playbook.choice(known.by.as_ref()?)?;
        let option = choice.options.iter().find(|known| Some(&known.id) == option.as_ref())?;
        Some(inside(&option.title))
    };
    let print = |session: &mut Session<'_>, open: &fortnight_engine::notebook::OpenPlan| {
        for (number, option) in options.iter().enumerate() {
            let text = known.text_for(option.as_deref());
            let words = text.map(|text| crate::commands::message::as_it_stands(open, known, text));
            let title = title(option).map(|title| format!("{}  {title}\n", number + 1));
            session.print(&format!("\n{}", title.unwrap_or_default()))?;
            for line in width::wrap(&words.unwrap_or_default(), COLUMNS - 2) {
                session.print(&format!("{}\n", format!("  {line}").trim_end()))?;
            }
        }
        Ok::<(), CliError>(())
    };
    print(session, at.open)?;
    if options.len() > 1 {
        session.say("\ne 1 changes the first, e 2 the second; d takes them as they are.")?;
    } else {
        session.say("\ne changes it; d takes it as it is.")?;
    }
    let offered = [Key::Edit, Key::Done, Key::Later, Key::Skip, Key::Next];
    let mut changed = 0;
    let turn = ask(session, at, sitting, &offered, &mut |session, key, rest| match key {
        Key::Done => done(session, at),
        Key::Edit => {
            let chosen = match (rest.parse::<usize>(), options.len()) {
                (Err(_), 1) => options.first(),
                (Ok(number), _) => number.checked_sub(1).and_then(|at| options.get(at)),
                (Err(_), _) => None,
            };
            let Some(option) = chosen else {
                session.say(&format!("Which one? Type e 1 to e {}.", options.len()))?;
                return Ok(None);
            };
            let option = option.as_ref().map(|option| format!("--option={option}"));
            let mut words = vec!["message", "set", &**message, "--edit"];
            words.extend(option.as_deref());
            changed += usize::from(act(session, &words)?);
            Ok(None)
        }
        Key::Copy
        | Key::Open
        | Key::Sent
        | Key::Replied
        | Key::Later
        | Key::Skip
        | Key::Next
        | Key::Undo
        | Key::Quit => Ok(None),
    })?;
    sitting.recorded += changed;
    Ok(turn)
}

/// The review: the results, then one decision and a sentence of why (E7).
pub(super) fn decide(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    decisions: &[Decision],
) -> Result<Turn, CliError> {
    session.say("")?;
    if !act(session, &["compare"])? {
        return ask(session, at, sitting, LEFT, &mut |_, _, _| Ok(None));
    }
    let situation = at.situation();
    let compared = situation.running().and_then(|cycle| cycle.compared.as_ref());
    let option = compared.map_or_else(|| "OPTION".to_owned(), |(pair, _)| pair.option.to_string());
    session.say("")?;
    for decision in decisions {
        let said = match decision {
            Decision::Again => "again: the same two once more, with new people".to_owned(),
            Decision::Use => format!("use {option}: it becomes what you do from now on"),
            Decision::Stop => "stop: no further cycle".to_owned(),
        };
        session.say(&format!("  {said}"))?;
    }
    loop {
        let asked = "What comes next? Type one of these  (Enter: not now, q: enough for now)\n>";
        let Some(given) = session.line(asked)? else { return Ok(Turn::Quit) };
        match given.as_str() {
            "" => return ask(session, at, sitting, LEFT, &mut |_, _, _| Ok(None)),
            "q" => return Ok(Turn::Quit),
            given => {
                let words = given.split_whitespace();
                let line: Vec<&str> = std::iter::once("decide").chain(words).collect();
                if act(session, &line)? {
                    sitting.recorded += 1;
                    return Ok(Turn::Look);
                }
            }
        }
    }
}
