//! What people do: who answers when, who agrees on a talk, what comes of it.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::Setting;
use super::random::Random;
use crate::people::{Entry, EntryId};
use crate::playbook::{Available, Id, Playbook};
use crate::words::Words;

/// The share of answers that have come by day 0, 1, 2, … after the message.
const BY_DAY: [f64; 13] =
    [0.15, 0.38, 0.55, 0.66, 0.74, 0.81, 0.87, 0.92, 0.96, 0.99, 0.994, 0.997, 1.0];

const DECLINES: f64 = 0.1;
const ACCEPTS: f64 = 0.6;
const MISSES: f64 = 0.05;
const LEADS_ON: f64 = 0.15;

/// Something that a person does on a day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    pub(super) entry: EntryId,
    pub(super) outcome: Id,
    pub(super) fields: BTreeMap<Id, Words>,
}

/// What is still to come.
#[derive(Debug)]
pub(super) struct Answers<'s> {
    setting: &'s Setting,
    playbook: &'s Playbook,
    /// An outcome with an appointment: the outcome, its field.
    appointment: Option<(Id, Id)>,
    due: BTreeMap<Date, Vec<Event>>,
    /// Everybody who got a message; their draws, until they were talked to.
    begun: BTreeMap<EntryId, Option<Random>>,
}

impl<'s> Answers<'s> {
    pub(super) fn of(playbook: &'s Playbook, setting: &'s Setting) -> Self {
        let appointment = playbook.steps.iter().find_map(|step| match &step.at {
            Some(Available::OutcomeField { outcome, field }) => {
                Some((outcome.clone(), field.clone()))
            }
            Some(Available::CycleDay(_) | Available::EntryField(_)) | None => None,
        });
        Self { setting, playbook, appointment, due: BTreeMap::new(), begun: BTreeMap::new() }
    }

    /// What happens up to a day, taken out.
    pub(super) fn until(&mut self, day: Date) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(first) = self.due.first_entry().filter(|first| *first.key() <= day) {
            events.extend(first.remove());
        }
        events
    }

    fn expect(&mut self, on: Date, entry: EntryId, outcome: &str, fields: BTreeMap<Id, Words>) {
        let event = Event { entry, outcome: Id::from(outcome), fields };
        self.due.entry(on).or_default().push(event);
    }

    /// Somebody got their first message: settles what they will do.
    pub(super) fn messaged(
        &mut self,
        entry: &Entry,
        option: Option<&Id>,
        connected: bool,
        on: Date,
    ) {
        if self.begun.contains_key(&entry.id) {
            return;
        }
        let mut random = Random::of(self.setting.seed ^ 0xA5A5, entry.id.0);
        let rates = &self.setting.rates;
        let known = entry.knows_me.then_some(rates.known).flatten();
        let of_option = option.and_then(|option| rates.by_option.get(option)).copied();
        let rate = known.or(of_option).unwrap_or(rates.reply);
        // The same draw whatever the rate is: a higher rate adds answers and changes none.
        let (answers, draw) = (random.chance(rate), random.unit());
        let delay = BY_DAY.iter().take_while(|share| draw >= **share).count();
        let replied = later(on, i64::try_from(delay).unwrap_or(0));
        let accepts = random.chance(ACCEPTS) || answers;
        if !connected && accepts {
            let wait = i64::from(random.below(4));
            let day = if answers { replied.min(later(on, wait)) } else { later(on, wait) };
            self.expect(day, entry.id, "accepted", BTreeMap::new());
        }
        if answers {
            let no = random.chance(DECLINES);
            self.expect(
                replied,
                entry.id,
                if no { "declined" } else { "replied" },
                BTreeMap::new(),
            );
            if !no && random.chance(rates.booking) {
                self.book(entry.id, replied, &mut random);
            }
        }
        self.begun.insert(entry.id, Some(random));
    }

    /// A talk is agreed on some days after the answer, and lies within the week after.
    fn book(&mut self, entry: EntryId, replied: Date, random: &mut Random) {
        let Some((outcome, field)) = self.appointment.clone() else { return };
        let agreed = later(replied, 1 + i64::from(random.below(3)));
        let mut day = later(agreed, 1 + i64::from(random.below(7)));
        while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            day = later(day, 1);
        }
        let (hour, half) = (9 + random.below(8), 30 * random.below(2));
        let at = Words::new(format!("{day}T{hour:02}:{half:02}"));
        self.expect(agreed, entry, &outcome, BTreeMap::from([(field, at)]));
        let missed =
            self.playbook.outcomes.iter().find(|one| one.clears.as_ref() == Some(&outcome));
        if let Some(missed) = missed.filter(|_| random.chance(MISSES)) {
            let missed = missed.id.clone();
            self.expect(day, entry, &missed, BTreeMap::new());
        }
    }

    /// Somebody was talked to: what it leads to.
    pub(super) fn talked(&mut self, entry: EntryId, on: Date) {
        let stream = self.begun.get_mut(&entry).and_then(Option::take);
        let Some(mut random) = stream else { return };
        let sets: Vec<&Id> =
            self.playbook.steps.iter().filter_map(|step| step.sets.as_ref()).collect();
        let appointment = self.appointment.as_ref().map(|(outcome, _)| outcome.clone());
        let hoped: Vec<Id> = self
            .playbook
            .outcomes
            .iter()
            .filter(|one| !one.built_in && one.clears.is_none() && !one.ends)
            .filter(|one| !sets.contains(&&one.id) && appointment.as_ref() != Some(&one.id))
            .map(|one| one.id.clone())
            .collect();
        for outcome in hoped {
            if random.chance(LEADS_ON) {
                let day = later(on, i64::from(random.below(4)));
                self.expect(day, entry, &outcome, BTreeMap::new());
            }
        }
    }
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(day)
}
