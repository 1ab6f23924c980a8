//! What was recorded, one thing at a time, in the words of the log and of undo.

use std::collections::BTreeMap;

use fortnight_engine::calendar::show_day;
use fortnight_engine::message::Channel;
use fortnight_engine::people::{self, Book, EntryId};
use fortnight_engine::plan::{Fact, FactKind, Sent, TaskKey};
use fortnight_engine::playbook::{Decision, Id, Playbook};
use fortnight_engine::store::{Change, Operation};
use fortnight_engine::words::Words;

use super::words::{answer, by_way, count, inside};

/// Things that come in hundreds with one command and are told as a number.
pub(crate) fn is_minor(change: &Change) -> bool {
    match change {
        Change::Person(people::Change::Added(_) | people::Change::CompanyLinked { .. }) => true,
        Change::Person(_) => false,
        Change::Plan { fact, .. } => matches!(fact.kind, FactKind::Listed { .. }),
    }
}

/// How many came with an operation: `3 entries became known`; none where nobody did.
pub(crate) fn became_known(operation: &Operation) -> Option<String> {
    let added = usize::try_from(operation.added).unwrap_or(usize::MAX);
    (added > 0).then(|| format!("{} became known", count(added, "entry", "entries")))
}

/// One change as a sentence without a full stop: `Ana Silva: a talk is booked, Thu 12 Mar 15:00`.
pub(crate) fn words(change: &Change, playbook: &Playbook, book: &Book) -> String {
    match change {
        Change::Plan { fact, .. } => of_fact(fact, playbook, book),
        Change::Person(change) => of_person(change, book),
    }
}

fn of_person(change: &people::Change, book: &Book) -> String {
    match change {
        people::Change::Added(entry) => format!("{} became known", entry.name.terminal()),
        people::Change::FieldSet { entry, field, value } => match value {
            Some(value) => format!("{}: {field} = {}", name(book, *entry), value.terminal()),
            None => format!("{}: {field} emptied", name(book, *entry)),
        },
        people::Change::DoNotContact { entry, yes: true } => {
            format!("{} is left in peace", name(book, *entry))
        }
        people::Change::DoNotContact { entry, yes: false } => {
            format!("{} may be written to again", name(book, *entry))
        }
        people::Change::CompanyLinked { entry, company } => match company {
            Some(company) => format!("{} works at {}", name(book, *entry), name(book, *company)),
            None => format!("{} belongs to no company", name(book, *entry)),
        },
        people::Change::Introduced { entry, by } => {
            format!("{} was introduced by {}", name(book, *entry), name(book, *by))
        }
        people::Change::Favour { entry, favour } => {
            let (kind, what) = (favour.kind.as_str(), favour.what.terminal());
            format!("{}: {kind} {what}", name(book, *entry)).trim_end().to_owned()
        }
        people::Change::Forgotten { entry, .. } => format!("somebody was forgotten (@{entry})"),
    }
}

fn of_fact(fact: &Fact, playbook: &Playbook, book: &Book) -> String {
    let on = show_day(fact.on);
    match &fact.kind {
        FactKind::PlanStarted { .. } => format!("plan begun: {}", playbook.title),
        FactKind::InputSet { input, value } => format!("{input} = {}", value.terminal()),
        FactKind::ZoneSet { zone } => format!("zone {zone}"),
        FactKind::WeekdaysSet { weekdays } => format!("workdays {weekdays}"),
        FactKind::HoursSet { hours } => format!("hours {hours}"),
        FactKind::BusySet { times } if times.is_empty() => "no busy times".to_owned(),
        FactKind::BusySet { times } => {
            format!("busy times: {}", count(times.spans().len(), "stretch", "stretches"))
        }
        FactKind::DaysOff { from, to } => format!("days off {}", range(*from, *to)),
        FactKind::Away { from, to } => format!("away {}", range(*from, *to)),
        FactKind::PlaybookTaken { .. } => "another version of the playbook taken".to_owned(),
        FactKind::PlaybookPlanned { .. } => {
            "another version of the playbook, from the next cycle on".to_owned()
        }
        FactKind::Shared { .. } => "figures shared with your coach, without names".to_owned(),
        FactKind::CycleStarted { cycle, start, .. } => {
            format!("cycle {cycle} starts {}", show_day(*start))
        }
        FactKind::Compared { cycle, compared } => format!(
            "cycle {cycle} compares {} with {}",
            option(playbook, &compared.choice, &compared.baseline),
            option(playbook, &compared.choice, &compared.option)
        ),
        FactKind::SecondChange { what, .. } => format!("a second change: {what}"),
        FactKind::CycleStopped { cycle } => format!("cycle {cycle} abandoned"),
        FactKind::Listed { entry, cycle, .. } => match cycle {
            0 => format!("{} on the list of companies", name(book, *entry)),
            cycle => format!("{} on the list of cycle {cycle}", name(book, *entry)),
        },
        FactKind::Unlisted { entry, .. } => format!("{} off the list", name(book, *entry)),
        FactKind::Done { task, sent, .. } => {
            let how = way(sent.as_ref(), playbook);
            format!("done on {on}: {}{how}", title(task, playbook, book))
        }
        FactKind::Corrected { task, sent, .. } => {
            let how = sent.as_ref().map(|sent| format!(", {}", by_way(sent.channel)));
            let how = how.unwrap_or_default();
            format!("corrected, done on {on}: {}{how}", title(task, playbook, book))
        }
        FactKind::Skipped { task, .. } => {
            format!("skipped on {on}: {}", title(task, playbook, book))
        }
        FactKind::Postponed { task, to } => {
            format!("{}: moved to {}", title(task, playbook, book), show_day(*to))
        }
        FactKind::Worded { message, option, text } => {
            let which = option.as_ref().map(|option| format!(" ({option})")).unwrap_or_default();
            if text.is_blank() {
                format!("the playbook's words taken for {message}{which}")
            } else {
                format!("your own words for {message}{which}")
            }
        }
        FactKind::Happened { entry, outcome, fields, channel, .. } => {
            let told = happened(playbook, outcome, fields, *channel);
            format!("{}: {told} ({on})", name(book, *entry))
        }
        FactKind::Decided { cycle, decision, option, .. } => {
            let what = match decision {
                Decision::Again => "the same two once more".to_owned(),
                Decision::Stop => "no further cycle".to_owned(),
                Decision::Use => option
                    .as_ref()
                    .map_or_else(|| "use".to_owned(), |option| format!("use {option}")),
            };
            format!("cycle {cycle} decided: {what}")
        }
    }
}

fn happened(
    playbook: &Playbook,
    outcome: &Id,
    fields: &BTreeMap<Id, Words>,
    channel: Option<Channel>,
) -> String {
    let title = playbook.outcome(outcome).map_or_else(|| outcome.to_string(), |o| inside(&o.title));
    let shown = fields.values().map(answer);
    let way = channel.map(|channel| by_way(channel).to_owned());
    let parts: Vec<String> = std::iter::once(title).chain(way).chain(shown).collect();
    parts.join(", ")
}

/// How a message went, where that is not how it was planned.
pub(crate) fn way(sent: Option<&Sent>, playbook: &Playbook) -> String {
    let other = sent.filter(|sent| {
        let planned = playbook.message(&sent.message);
        planned.is_none_or(|planned| planned.channel != sent.channel)
    });
    other.map(|sent| format!(", {}", by_way(sent.channel))).unwrap_or_default()
}

fn range(from: jiff::civil::Date, to: jiff::civil::Date) -> String {
    if from == to { show_day(from) } else { format!("{} to {}", show_day(from), show_day(to)) }
}

fn option(playbook: &Playbook, choice: &str, id: &Id) -> String {
    let known = playbook.choice(choice);
    let known = known.and_then(|choice| choice.options.iter().find(|option| option.id == *id));
    known.map_or_else(|| id.to_string(), |option| inside(&option.title))
}

fn title(task: &TaskKey, playbook: &Playbook, book: &Book) -> String {
    let step = playbook.step(&task.step).map_or_else(|| task.step.to_string(), |s| s.title.clone());
    match task.entry {
        Some(entry) => format!("{step}, {}", name(book, entry)),
        None => step,
    }
}

fn name(book: &Book, entry: EntryId) -> String {
    book.get(entry).map_or_else(|| format!("@{entry}"), |known| known.name.terminal())
}
