//! The people and companies of a rehearsal, and the plan that begins with nobody on its list.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Setting;
use super::random::Random;
use crate::calendar::Hours;
use crate::notebook::{Beginning, Notebook, NotebookError, OpenPlan, Recording};
use crate::people::{Book, Entry, EntryId, Kind};
use crate::plan::declared_fields;
use crate::playbook::{Field, FieldKind, Id, List, Playbook, StepKind};
use crate::store::MemoryStore;
use crate::words::Words;

/// The hour at which everything of a day happens: late enough for what the day brings.
const HOUR: i8 = 18;

/// More companies than these are not needed to see what collides.
const MOST_COMPANIES: u32 = 200;

/// The moment of a day.
pub(super) fn instant(zone: &TimeZone, day: Date) -> Timestamp {
    let moment = day.at(HOUR, 0, 0, 0).to_zoned(zone.clone());
    moment.map_or(Timestamp::UNIX_EPOCH, |moment| moment.timestamp())
}

/// Who is there to be put on lists.
#[derive(Clone, Debug)]
pub(super) struct Cast {
    /// In list order.
    pub(super) people: Vec<EntryId>,
    /// In list order.
    pub(super) companies: Vec<EntryId>,
}

/// A plan on its first day: everybody is known, nobody is on a list.
pub(super) fn begin(
    playbook: &Playbook,
    packed: &str,
    setting: &Setting,
) -> Result<(OpenPlan, Cast), NotebookError> {
    let (book, cast) = people(playbook, setting);
    let zone = crate::calendar::zone(&setting.zone)
        .map_err(|_| NotebookError::UnknownZone { zone: setting.zone.clone() })?;
    let asked = playbook.inputs.iter().filter(|input| input.ask.is_some());
    let beginning = Beginning {
        playbook: playbook.clone(),
        packed: packed.to_owned(),
        zone: setting.zone.clone(),
        weekdays: setting.weekdays,
        hours: Hours::default(),
        seed: setting.seed,
        start: setting.start,
        inputs: asked.map(|input| (input.id.clone(), sample(input, setting.start))).collect(),
        compared: compared(playbook, setting),
        book,
    };
    let at = instant(&zone, setting.start);
    let recording =
        Recording { command: "start", plan: None, entries: &[], whole: true, anyway: false };
    let begun = Notebook::new(MemoryStore::new()).record(&recording, at, |session| {
        session.start(beginning.clone(), at)?;
        Ok(session.plan()?.clone())
    })?;
    Ok((begun.value, cast))
}

/// What is compared: what was asked for, else the first choice that a step asks about.
fn compared(playbook: &Playbook, setting: &Setting) -> Option<(String, String)> {
    let first = || {
        let asked = playbook.first_choice()?;
        let option = asked.options.get(1)?;
        Some((asked.id.to_string(), option.id.to_string()))
    };
    setting.compared.clone().or_else(first)
}

fn people(playbook: &Playbook, setting: &Setting) -> (Book, Cast) {
    let mut book = Book::new();
    let mut next = 0;
    let mut id = || {
        next += 1;
        EntryId(next)
    };
    let wanted = playbook.companies.as_ref().map(|list| list.size);
    let wanted = wanted.map_or(0, |size| size.least.or(size.most).unwrap_or(10));
    let companies: Vec<EntryId> = (0..wanted.min(MOST_COMPANIES))
        .map(|number| {
            let company = Entry::company(id(), format!("Company {}", number + 1));
            let company_id = company.id;
            book.insert(company);
            company_id
        })
        .collect();
    let connected = !asks_whether_accepted(playbook);
    let by_company = playbook.steps.iter().any(|step| {
        matches!(step.kind, StepKind::Collect(List::People))
            && step.for_each == Some(List::Companies)
    });
    let people: Vec<EntryId> = (0..setting.people)
        .map(|number| {
            let mut random = Random::of(setting.seed, u64::from(number));
            let mut person = Entry::person(id(), format!("Person {}", number + 1));
            person.knows_me = random.chance(setting.rates.know_me);
            if connected {
                person.set("connected_on", Words::new("2024-01-15"));
            }
            let place = usize::try_from(number).unwrap_or(0);
            let place =
                if companies.is_empty() { None } else { companies.get(place % companies.len()) };
            if let Some(company) = place {
                let company = *company;
                person.company = by_company.then_some(company);
                let name = book.get(company).map(|company| company.name.clone());
                person.set("company", name.unwrap_or_else(|| Words::new("")));
            } else {
                person.set("company", Words::new(format!("Employer {}", number + 1)));
            }
            let person_id = person.id;
            book.insert(person);
            person_id
        })
        .collect();
    (book, Cast { people, companies })
}

/// Whether a condition asks who accepted a request: then nobody is connected to begin with.
fn asks_whether_accepted(playbook: &Playbook) -> bool {
    playbook
        .steps
        .iter()
        .filter_map(|step| step.when.as_ref())
        .any(|when| when.names().iter().any(|name| name.path.starts_with("person.accepted")))
}

/// The fields of an entry that are empty, with the playbook's examples.
pub(super) fn fillings(
    playbook: &Playbook,
    kind: Kind,
    fields: &[Id],
    today: Date,
) -> BTreeMap<String, Words> {
    let declared = declared_fields(playbook, kind);
    fields
        .iter()
        .map(|id| {
            let known = declared.iter().find(|field| field.id == *id);
            let value = known.map_or_else(|| standard(id, today), |field| sample(field, today));
            (id.to_string(), value)
        })
        .collect()
}

/// An answer that would do: the example, the default, or one of the kind that is asked for.
pub(super) fn sample(field: &Field, today: Date) -> Words {
    if let Some(given) = field.example.as_ref().or(field.default.as_ref()) {
        return Words::new(given.as_str());
    }
    match &field.kind {
        FieldKind::Text => Words::new("something"),
        FieldKind::Number => Words::new("1"),
        FieldKind::Date => Words::new(today.to_string()),
        FieldKind::Datetime => Words::new(format!("{today}T10:00")),
        FieldKind::YesNo => Words::new("yes"),
        FieldKind::Url => Words::new("https://example.org/"),
        FieldKind::Email => Words::new("somebody@example.org"),
        FieldKind::OneOf(words) => {
            words.first().map_or_else(|| Words::new(""), |word| Words::new(&**word))
        }
    }
}

fn standard(id: &str, today: Date) -> Words {
    match id {
        "email" => Words::new("somebody@example.org"),
        "profile" => Words::new("https://www.linkedin.com/in/somebody"),
        "connected_on" => Words::new(today.to_string()),
        "knows_me" => Words::new("yes"),
        _ => Words::new("something"),
    }
}
