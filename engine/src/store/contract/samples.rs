//! Facts, people and operations to try a store with.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};

use super::Script;
use crate::calendar::{BusyTimes, Hours, WeekdaySet};
use crate::message::Channel;
use crate::people::{self, Entry, EntryId};
use crate::plan::{Compared, Fact, FactKind, Occurrence, PlanId, Sent, TaskKey};
use crate::playbook::{Decision, Id};
use crate::store::{Change, NewOperation};
use crate::words::Words;

/// So many kinds of facts there are.
pub const KINDS: u64 = 24;

const WORDS: &[&str] = &[
    "Ana Silva",
    "",
    " ",
    "O'Brien; DROP TABLE facts; --",
    "\"quoted\\\" {\"json\": [1]}",
    "李小龍",
    "line\r\nbreak\u{2028}",
    "nul\0inside",
    "\u{1b}[2J\u{202e}",
    "👩\u{200d}💻 e\u{301}",
    "007",
    "1e3",
];

/// Somebody's words.
pub fn words(script: &mut Script<'_>) -> Words {
    Words::new(*script.pick(WORDS).unwrap_or(&"words"))
}

/// A name out of a playbook.
pub fn id(script: &mut Script<'_>) -> Id {
    Id::from(*script.pick(&["send-intro", "follow-up", "note", "x", "a_b-9"]).unwrap_or(&"x"))
}

/// A day, now and then one at the ends of the calendar.
pub fn day(script: &mut Script<'_>) -> Date {
    if script.once_in(50) {
        return if script.once_in(2) { Date::MAX } else { Date::MIN };
    }
    let first = Date::constant(2026, 3, 2);
    let days = i64::try_from(script.below(60)).unwrap_or(0);
    first.checked_add(days.days()).unwrap_or(first)
}

/// Times that are taken, now and then none.
fn busy(script: &mut Script<'_>) -> BusyTimes {
    let hour = |script: &mut Script<'_>| {
        let hours = i64::try_from(script.below(2_000)).unwrap_or(0);
        Timestamp::from_second(1_772_436_600 + hours * 3_600).unwrap_or(Timestamp::UNIX_EPOCH)
    };
    (0..script.below(4)).map(|_| (hour(script), hour(script))).collect()
}

/// A time of day, now and then to the nanosecond.
pub fn time(script: &mut Script<'_>) -> Time {
    let few =
        [Time::constant(9, 0, 0, 0), Time::midnight(), Time::MAX, Time::constant(15, 30, 12, 1)];
    *script.pick(&few).unwrap_or(&Time::MIN)
}

fn maybe<T>(script: &mut Script<'_>, make: impl FnOnce(&mut Script<'_>) -> T) -> Option<T> {
    script.once_in(2).then(|| make(script))
}

fn answers(script: &mut Script<'_>) -> BTreeMap<Id, Words> {
    (0..script.below(3)).map(|_| (id(script), words(script))).collect()
}

fn channel(script: &mut Script<'_>) -> Channel {
    *script.pick(&Channel::ALL).unwrap_or(&Channel::Email)
}

fn weekdays(script: &mut Script<'_>) -> WeekdaySet {
    WeekdaySet::ALL.iter().filter(|_| script.once_in(2)).collect()
}

fn hours(script: &mut Script<'_>) -> Hours {
    Hours::new(time(script), time(script)).unwrap_or_default()
}

fn compared(script: &mut Script<'_>) -> Compared {
    let (choice, option, baseline) = (id(script), id(script), id(script));
    Compared {
        choice,
        option,
        baseline,
        split: script.once_in(2),
        looks: maybe(script, |script| u32::try_from(script.below(5)).unwrap_or(1)),
    }
}

fn cycle(script: &mut Script<'_>) -> u32 {
    u32::try_from(script.below(4)).unwrap_or(0)
}

/// A task, of somebody out of `known` or of nobody.
pub fn task(script: &mut Script<'_>, known: &[EntryId]) -> TaskKey {
    TaskKey {
        cycle: cycle(script),
        step: id(script),
        entry: if script.once_in(3) { None } else { script.pick(known).copied() },
        occurrence: script
            .once_in(3)
            .then(|| Occurrence { date: day(script), time: maybe(script, time) }),
    }
}

/// Something that happened, of the kind of that number below [`KINDS`], about somebody out of
/// `known`. Plans begin by [`started`] only: number 0 sets an input instead.
pub fn happened(kind: u64, script: &mut Script<'_>, known: &[EntryId]) -> FactKind {
    let entry = script.pick(known).copied().unwrap_or(EntryId(1));
    match kind {
        1 => FactKind::ZoneSet { zone: "Europe/Paris".to_owned() },
        2 => FactKind::WeekdaysSet { weekdays: weekdays(script) },
        3 => FactKind::HoursSet { hours: hours(script) },
        22 => FactKind::BusySet { times: busy(script) },
        4 => FactKind::DaysOff { from: day(script), to: day(script) },
        5 => FactKind::Away { from: day(script), to: day(script) },
        6 => FactKind::PlaybookTaken {
            playbook: "sha256:ab".to_owned(),
            renamed: BTreeMap::from([(id(script), id(script))]),
            setup: maybe(script, |_| vec!["the reply window".to_owned()]),
        },
        7 => FactKind::CycleStarted {
            cycle: cycle(script),
            start: day(script),
            compared: maybe(script, compared),
        },
        8 => FactKind::Compared { cycle: cycle(script), compared: compared(script) },
        9 => FactKind::SecondChange { cycle: cycle(script), what: "the ask".to_owned() },
        10 => FactKind::CycleStopped { cycle: cycle(script) },
        11 => FactKind::Listed {
            cycle: cycle(script),
            entry,
            rank: u32::MAX,
            option: maybe(script, id),
            counts: script.once_in(2),
        },
        12 => FactKind::Unlisted { cycle: cycle(script), entry },
        13 => FactKind::Done {
            task: task(script, known),
            answers: answers(script),
            sent: maybe(script, sent),
        },
        14 => FactKind::Skipped { task: task(script, known), reason: maybe(script, words) },
        15 => FactKind::Postponed { task: task(script, known), to: day(script) },
        16 => {
            FactKind::Worded { message: id(script), option: maybe(script, id), text: words(script) }
        }
        17 => FactKind::Happened {
            cycle: cycle(script),
            entry,
            outcome: id(script),
            fields: answers(script),
            channel: maybe(script, channel),
        },
        18 => FactKind::Decided {
            cycle: cycle(script),
            decision: *script
                .pick(&[Decision::Again, Decision::Use, Decision::Stop])
                .unwrap_or(&Decision::Stop),
            option: maybe(script, id),
            why: words(script),
            shown: "6 of 14 against 2 of 14".to_owned(),
        },
        19 => {
            FactKind::PlaybookPlanned { playbook: "sha256:ab".to_owned(), renamed: BTreeMap::new() }
        }
        21 => FactKind::Corrected {
            task: task(script, known),
            answers: answers(script),
            sent: maybe(script, sent),
        },
        20 => FactKind::Shared { bundle: "ab".to_owned() },
        _ => FactKind::InputSet { input: id(script), value: words(script) },
    }
}

fn sent(script: &mut Script<'_>) -> Sent {
    Sent {
        message: id(script),
        option: maybe(script, id),
        channel: channel(script),
        subject: maybe(script, words),
        text: words(script),
    }
}

/// A plan begins.
pub fn started(script: &mut Script<'_>) -> FactKind {
    FactKind::PlanStarted {
        playbook: "sha256:cd".to_owned(),
        zone: "Asia/Kathmandu".to_owned(),
        weekdays: weekdays(script),
        hours: hours(script),
        seed: u64::MAX - script.below(3),
    }
}

/// A fact of any kind but the beginning of a plan.
pub fn fact(script: &mut Script<'_>, known: &[EntryId]) -> Fact {
    let kind = script.below(KINDS);
    let kind = happened(kind, script, known);
    Fact { on: day(script), time: maybe(script, time), kind }
}

/// A person or company of that number.
pub fn entry(number: EntryId, script: &mut Script<'_>, known: &[EntryId]) -> Entry {
    let name = words(script);
    let mut entry =
        if script.once_in(4) { Entry::company(number, name) } else { Entry::person(number, name) };
    for field in ["email", "note", "knows_me", "odd \" field"] {
        if script.once_in(2) {
            entry.set(field, words(script));
        }
    }
    entry.company = maybe(script, |script| script.pick(known).copied()).flatten();
    entry.introduced_by = maybe(script, |script| script.pick(known).copied()).flatten();
    entry.do_not_contact = script.once_in(4);
    entry.knows_me = script.once_in(2);
    entry
}

/// A change of somebody out of `known`.
pub fn person(script: &mut Script<'_>, known: &[EntryId]) -> Option<people::Change> {
    let entry = *script.pick(known)?;
    Some(match script.below(6) {
        5 => {
            let kind = *script.pick(people::FavourKind::ALL)?;
            let favour = people::Favour { on: day(script), kind, what: words(script) };
            people::Change::Favour { entry, favour }
        }
        0 => people::Change::DoNotContact { entry, yes: script.once_in(2) },
        1 => {
            let company = maybe(script, |script| script.pick(known).copied()).flatten();
            people::Change::CompanyLinked { entry, company }
        }
        2 => people::Change::Introduced { entry, by: *script.pick(known)? },
        _ => people::Change::FieldSet {
            entry,
            field: (*script.pick(&["name", "email", "note", "knows_me"])?).to_owned(),
            value: maybe(script, words),
        },
    })
}

/// An instant so many minutes into the story.
pub fn at(minute: u64) -> Timestamp {
    let minute = i64::try_from(minute).unwrap_or(0);
    Timestamp::UNIX_EPOCH.checked_add(minute.minutes()).unwrap_or(Timestamp::MAX)
}

/// An operation that records these facts of one plan.
pub fn operation(minute: u64, plan: PlanId, facts: impl IntoIterator<Item = Fact>) -> NewOperation {
    let mut operation = NewOperation::new(at(minute), "record");
    operation.changes.extend(facts.into_iter().map(|fact| Change::Plan { plan, fact }));
    operation
}
