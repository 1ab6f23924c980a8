//! What a plan still needs to know, asked one thing after the other, and shown before it is stored.
//!
//! Knows questions at a terminal. It must not know how a plan begins.

use std::collections::BTreeMap;
use std::path::PathBuf;

use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::people::Contact;
use fortnight_engine::plan::check_answer;
use fortnight_engine::playbook::{Choice, ChoiceOption, Field, Id, Playbook};
use fortnight_engine::words::Words;
use jiff::civil::{Date, Weekday};

use crate::contacts::{self, Contacts};
use crate::failure::CliError;
use crate::render::words::{count, inside};
use crate::render::{COLUMNS, rejection, width};
use crate::session::Session;

/// What a plan begins with.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    /// An answer to each question of the playbook.
    pub(super) inputs: BTreeMap<Id, Words>,
    /// What the first cycle compares.
    pub(super) compared: Option<(String, String)>,
    /// A file of contacts.
    pub(super) contacts: Option<Contacts>,
    /// People who were typed.
    pub(super) typed: Vec<Contact>,
    /// Day 1 of the first cycle.
    pub(super) first_day: Date,
}

/// One thing that is asked.
#[derive(Clone, Copy, Debug)]
enum Topic<'p> {
    Answer(&'p Field),
    Compare(&'p Choice),
    People,
    FirstDay,
}

/// What came of a question.
enum Turn {
    Next,
    Back,
    Gone,
}

/// What somebody typed.
enum Typed {
    Line(String),
    Back,
    Gone,
}

/// Asks for what no option gave. Nothing comes back where somebody left.
pub(super) fn complete(
    session: &mut Session<'_>,
    playbook: &Playbook,
    mut settled: Settled,
    today: Date,
    asks_day: bool,
) -> Result<Option<Settled>, CliError> {
    let topics = topics(playbook, &settled, today, asks_day);
    if topics.is_empty() {
        return Ok(Some(settled));
    }
    session.say(
        "Enter takes an answer, < or ↑ goes back, Ctrl-C leaves. Nothing is stored before\n\
         you have seen all of it.\n",
    )?;
    let mut at = 0;
    while let Some(topic) = topics.get(at) {
        match ask(session, playbook, &mut settled, *topic, today)? {
            Turn::Next => at += 1,
            Turn::Back if at == 0 => session.say("This is the first question.")?,
            Turn::Back => at -= 1,
            Turn::Gone => return Ok(None),
        }
    }
    loop {
        summary(session, playbook, &settled, &topics)?;
        if session.global.yes {
            return Ok(Some(settled));
        }
        let asked = "Enter begins, a number changes that line, n leaves and stores nothing.\n>";
        let given = match typed(session, asked)? {
            Typed::Line(given) => given.to_lowercase(),
            Typed::Back => topics.len().to_string(),
            Typed::Gone => return Ok(None),
        };
        let number = given.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match (given.as_str(), number.and_then(|at| topics.get(at))) {
            ("" | "y" | "yes", _) => return Ok(Some(settled)),
            ("n" | "no" | "q", _) => return Ok(None),
            (_, Some(topic)) => {
                if let Turn::Gone = ask(session, playbook, &mut settled, *topic, today)? {
                    return Ok(None);
                }
            }
            (_, None) => session.say(&format!("There are the numbers 1 to {}.", topics.len()))?,
        }
    }
}

fn topics<'p>(
    playbook: &'p Playbook,
    settled: &Settled,
    today: Date,
    asks_day: bool,
) -> Vec<Topic<'p>> {
    let open = |input: &&Field| {
        input.ask.is_some() && input.default.is_none() && !settled.inputs.contains_key(&input.id)
    };
    let mut topics: Vec<Topic<'p>> =
        playbook.inputs.iter().filter(open).map(Topic::Answer).collect();
    if settled.compared.is_none() {
        topics
            .extend(playbook.first_choice().filter(|it| it.options.len() > 1).map(Topic::Compare));
    }
    if settled.contacts.is_none() {
        topics.push(Topic::People);
    }
    if asks_day && monday_after(today).is_some() {
        topics.push(Topic::FirstDay);
    }
    topics
}

/// The Monday that is a better first day than today, if one is.
pub(super) fn monday_after(today: Date) -> Option<Date> {
    let late = [Weekday::Thursday, Weekday::Friday, Weekday::Saturday, Weekday::Sunday];
    late.contains(&today.weekday()).then(|| today.nth_weekday(1, Weekday::Monday).ok()).flatten()
}

fn typed(session: &mut Session<'_>, asked: &str) -> Result<Typed, CliError> {
    Ok(match session.line(asked)? {
        None => Typed::Gone,
        Some(line) if line == "<" || line.starts_with('\u{1b}') => Typed::Back,
        Some(line) => Typed::Line(line),
    })
}

fn ask(
    session: &mut Session<'_>,
    playbook: &Playbook,
    settled: &mut Settled,
    topic: Topic<'_>,
    today: Date,
) -> Result<Turn, CliError> {
    match topic {
        Topic::Answer(field) => answer(session, playbook, settled, field),
        Topic::Compare(choice) => compare(session, settled, choice),
        Topic::People => people(session, playbook, settled),
        Topic::FirstDay => first_day(session, settled, today),
    }
}

/// One question of the playbook, until the answer is one that it takes.
fn answer(
    session: &mut Session<'_>,
    playbook: &Playbook,
    settled: &mut Settled,
    field: &Field,
) -> Result<Turn, CliError> {
    let question = field.ask.as_deref().unwrap_or(&field.id);
    let before = settled.inputs.get(&field.id).cloned();
    let hint = match (&before, &field.example) {
        (Some(before), _) => format!("(now: {}; Enter keeps it)", before.terminal()),
        (None, Some(example)) => format!("(such as: {example})"),
        (None, None) => String::new(),
    };
    let mut asked = width::wrap(question, COLUMNS).join("\n");
    for line in width::wrap(&hint, COLUMNS - 2) {
        asked.push_str("\n  ");
        asked.push_str(&line);
    }
    asked.push_str("\n>");
    loop {
        let given = match typed(session, &asked)? {
            Typed::Line(given) => given,
            Typed::Back => return Ok(Turn::Back),
            Typed::Gone => return Ok(Turn::Gone),
        };
        if given.is_empty() {
            if before.is_some() {
                return Ok(Turn::Next);
            }
            session.say("The texts of this playbook need an answer; it can be changed later.")?;
            continue;
        }
        let given = Words::new(given);
        match check_answer(field, &given) {
            Ok(()) => {
                settled.inputs.insert(field.id.clone(), given);
                return Ok(Turn::Next);
            }
            Err(refused) => {
                let said = rejection::words(&refused, playbook).sentence;
                session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
            }
        }
    }
}

/// What the first cycle compares with what one does now.
fn compare(
    session: &mut Session<'_>,
    settled: &mut Settled,
    choice: &Choice,
) -> Result<Turn, CliError> {
    let mut options = choice.options.iter();
    let Some(baseline) = options.next() else { return Ok(Turn::Next) };
    let options: Vec<_> = options.collect();
    let mut text = width::wrap(choice.ask.as_deref().unwrap_or(&choice.id), COLUMNS);
    for (number, option) in options.iter().enumerate() {
        text.extend(entry(number + 1, &option.title));
    }
    let today = inside(&baseline.title);
    let words = if choice.split {
        format!("Half of your people get it, the other half stays as it is: {today}.")
    } else {
        format!("Everybody gets it in this cycle; as it is now: {today}.")
    };
    text.extend(width::wrap(&words, COLUMNS));
    text.push("Type its number  (Enter: not now)\n>".to_owned());
    let asked = text.join("\n");
    loop {
        let given = match typed(session, &asked)? {
            Typed::Line(given) => given,
            Typed::Back => return Ok(Turn::Back),
            Typed::Gone => return Ok(Turn::Gone),
        };
        let by_number = given.parse::<usize>().ok().and_then(|at| options.get(at.checked_sub(1)?));
        let found = by_number.or_else(|| options.iter().find(|option| *option.id == *given));
        match found {
            None if given.is_empty() => {
                settled.compared = None;
                return Ok(Turn::Next);
            }
            Some(option) => {
                settled.compared = Some((choice.id.to_string(), option.id.to_string()));
                return Ok(Turn::Next);
            }
            None => session.say(&format!("There are the numbers 1 to {}.", options.len()))?,
        }
    }
}

/// Where the people come from.
fn people(
    session: &mut Session<'_>,
    playbook: &Playbook,
    settled: &mut Settled,
) -> Result<Turn, CliError> {
    let asked = "People: [f] I have Connections.csv   [t] type a few   [l] later\n\
                 LinkedIn hides its export: Settings, Data privacy, Get a copy of your data.\n>";
    loop {
        let given = match typed(session, asked)? {
            Typed::Line(given) => given.to_lowercase(),
            Typed::Back => return Ok(Turn::Back),
            Typed::Gone => return Ok(Turn::Gone),
        };
        match given.as_str() {
            "f" | "file" => {
                if let Some(turn) = file(session, playbook, settled)? {
                    return Ok(turn);
                }
            }
            "t" | "type" => {
                if let Some(turn) = by_hand(session, settled)? {
                    return Ok(turn);
                }
            }
            "" | "l" | "later" => {
                settled.contacts = None;
                settled.typed.clear();
                return Ok(Turn::Next);
            }
            _ => session.say("Type f, t or l.")?,
        }
    }
}

/// A file of contacts, until one can be read; nothing where it is asked anew.
fn file(
    session: &mut Session<'_>,
    playbook: &Playbook,
    settled: &mut Settled,
) -> Result<Option<Turn>, CliError> {
    loop {
        let given = match typed(session, "Which file?  (Enter goes back)\n>")? {
            Typed::Line(given) if given.is_empty() => return Ok(None),
            Typed::Line(given) => given,
            Typed::Back => return Ok(None),
            Typed::Gone => return Ok(Some(Turn::Gone)),
        };
        match contacts::read(session, &path_typed(session, &given), &[], None, playbook) {
            Ok(contacts) => {
                let found = count(contacts.reading.contacts.len(), "person", "people");
                session.say(&format!("{found} in {}.", contacts.name))?;
                settled.contacts = Some(contacts);
                settled.typed.clear();
                return Ok(Some(Turn::Next));
            }
            Err(error) => session.say(&width::wrap(&error.to_string(), COLUMNS).join("\n"))?,
        }
    }
}

/// A path as terminals paste it: in quotes, with a backslash before each blank, from the home `~`.
fn path_typed(session: &Session<'_>, given: &str) -> PathBuf {
    let quoted = ['"', '\'']
        .into_iter()
        .find_map(|quote| given.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)));
    let bare = quoted.map_or_else(|| given.replace("\\ ", " "), str::to_owned);
    match (bare.strip_prefix("~/"), session.host.variable("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(bare),
    }
}

/// People typed one after the other; nothing where it is asked anew.
fn by_hand(session: &mut Session<'_>, settled: &mut Settled) -> Result<Option<Turn>, CliError> {
    session.say("One person in a line: Dana Wu, Adyen, design lead. An empty line ends it.")?;
    let mut people = Vec::new();
    loop {
        let given = match typed(session, ">")? {
            Typed::Line(given) if given.is_empty() => break,
            Typed::Line(given) => given,
            Typed::Back => return Ok(None),
            Typed::Gone => return Ok(Some(Turn::Gone)),
        };
        let mut parts = given.splitn(3, ',').map(str::trim);
        let name = parts.next().unwrap_or_default();
        if name.is_empty() {
            session.say("There is no name in it.")?;
            continue;
        }
        let mut contact = Contact::new(people.len() + 1, name);
        for (field, value) in ["company", "position"].into_iter().zip(parts) {
            contact = contact.with(field, value);
        }
        people.push(contact);
    }
    if people.is_empty() {
        return Ok(None);
    }
    settled.contacts = None;
    settled.typed = people;
    Ok(Some(Turn::Next))
}

/// Late in a week, Monday is offered.
fn first_day(
    session: &mut Session<'_>,
    settled: &mut Settled,
    today: Date,
) -> Result<Turn, CliError> {
    let Some(monday) = monday_after(today) else { return Ok(Turn::Next) };
    let asked = format!(
        "When do you begin? A cycle that starts on a Monday fits the working week best.\n\
         [m] {}   [t] today, {}  (Enter: Monday)\n>",
        show_day(monday),
        show_day(today)
    );
    loop {
        let given = match typed(session, &asked)? {
            Typed::Line(given) => given.to_lowercase(),
            Typed::Back => return Ok(Turn::Back),
            Typed::Gone => return Ok(Turn::Gone),
        };
        settled.first_day = match given.as_str() {
            "" | "m" | "monday" => monday,
            "t" | "today" => today,
            _ => {
                session.say("Type m or t.")?;
                continue;
            }
        };
        return Ok(Turn::Next);
    }
}

/// A numbered line, the rest of it below its words.
fn entry(number: usize, words: &str) -> Vec<String> {
    let lines = width::wrap(words, COLUMNS - 6).into_iter().enumerate();
    let lead = |at| if at == 0 { format!("{number:>3}  ") } else { " ".repeat(5) };
    lines.map(|(at, line)| lead(at) + &line).collect()
}

/// All that was asked, with its answers.
fn summary(
    session: &mut Session<'_>,
    playbook: &Playbook,
    settled: &Settled,
    topics: &[Topic<'_>],
) -> Result<(), CliError> {
    let mut lines = vec![String::new(), "Your plan:".to_owned()];
    for (at, topic) in topics.iter().enumerate() {
        let words = match topic {
            Topic::Answer(field) => {
                let given = settled.inputs.get(&field.id).map(Words::terminal);
                format!("{}: {}", field.id.replace('_', " "), given.unwrap_or_default())
            }
            Topic::Compare(choice) => match &settled.compared {
                None => "compare: not decided yet".to_owned(),
                Some((_, option)) => {
                    let found = choice.options.iter().find(|known| *known.id == **option);
                    let baseline = choice.options.first();
                    let title = |option: &ChoiceOption| inside(&option.title);
                    format!(
                        "compare: {} / {}",
                        baseline.map(title).unwrap_or_default(),
                        found.map(title).unwrap_or_default()
                    )
                }
            },
            Topic::People => match (&settled.contacts, settled.typed.len()) {
                (Some(contacts), _) => {
                    format!("people: {} in {}", contacts.reading.contacts.len(), contacts.name)
                }
                (None, 0) => "people: later".to_owned(),
                (None, typed) => format!("people: {typed} typed"),
            },
            Topic::FirstDay => format!("starts: {}", show_day_with_year(settled.first_day)),
        };
        lines.extend(entry(at + 1, &words));
    }
    let length = playbook.cycle.length;
    let more = if topics.iter().any(|topic| matches!(topic, Topic::FirstDay)) {
        format!("The first cycle takes {length} days.")
    } else {
        let day = show_day_with_year(settled.first_day);
        format!("The first cycle starts on {day} and takes {length} days.")
    };
    lines.push(more);
    session.say(&lines.join("\n"))
}
