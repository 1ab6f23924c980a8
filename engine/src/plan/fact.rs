//! Facts: what people did or what happened to them, and when.
//!
//! A fact is never computed from another one. Everything that can be derived (what is due, what is
//! overdue, how the experiment stands) is left out on purpose (F1).

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::TaskKey;
use crate::calendar::{BusyTimes, Hours, WeekdaySet};
use crate::message::Channel;
use crate::people::EntryId;
use crate::playbook::{Decision, Id};
use crate::words::Words;

/// Names one plan of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanId(pub u64);

/// Something that happened in a plan, dated in the plan's civil days (F3).
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The day on which it happened.
    pub on: Date,
    /// The time of day, where it was given.
    pub time: Option<Time>,
    /// What happened.
    pub kind: FactKind,
}

/// What may happen in a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum FactKind {
    /// The plan began. First fact of every plan.
    PlanStarted {
        /// The content hash of the playbook it runs (E3).
        playbook: String,
        /// Its IANA time zone (D1).
        zone: String,
        /// The working week (D3).
        weekdays: WeekdaySet,
        /// The hours in which talks may be offered.
        hours: Hours,
        /// What seeds every draw of this plan (F2).
        seed: u64,
    },
    /// An input was answered or changed.
    InputSet {
        /// The input.
        input: Id,
        /// The answer.
        value: Words,
    },
    /// The seeker moved to another zone; no date moves (D1).
    ZoneSet {
        /// The IANA name.
        zone: String,
    },
    /// The working week changed.
    WeekdaysSet {
        /// The days worked.
        weekdays: WeekdaySet,
    },
    /// The working hours changed.
    HoursSet {
        /// The hours in which talks may be offered.
        hours: Hours,
    },
    /// What is taken of the seeker's time, from their calendar: all of it, anew.
    BusySet {
        /// The times, without what they are for.
        times: BusyTimes,
    },
    /// Days off, given by hand or read from a calendar (D3).
    DaysOff {
        /// The first day off.
        from: Date,
        /// The last day off.
        to: Date,
    },
    /// Days away (D10): not workdays, and the cycle grows by them.
    Away {
        /// The first day away.
        from: Date,
        /// The last day away.
        to: Date,
    },
    /// Another version of the playbook was taken (E3).
    PlaybookTaken {
        /// Its content hash.
        playbook: String,
        /// Steps that go by another name in it: the name before, the name now.
        renamed: BTreeMap<Id, Id>,
        /// The fields of a setup in which it differs from the version before, in words; none in
        /// logs that are older than this was recorded.
        setup: Option<Vec<String>>,
    },
    /// Another version of the playbook is taken when the next cycle is set up (E3).
    PlaybookPlanned {
        /// Its content hash.
        playbook: String,
        /// Steps that go by another name in it: the name before, the name now.
        renamed: BTreeMap<Id, Id>,
    },
    /// A bundle without names and texts was handed out, with the seeker's consent.
    Shared {
        /// The hash of what was in it.
        bundle: String,
    },
    /// A cycle began.
    CycleStarted {
        /// Its number, from 1.
        cycle: u32,
        /// Day 1.
        start: Date,
        /// What it compares with the baseline.
        compared: Option<Compared>,
    },
    /// The `choose` step of a cycle was answered after its start (E1).
    Compared {
        /// The cycle.
        cycle: u32,
        /// What it compares with the baseline.
        compared: Compared,
    },
    /// A second thing was changed in a running cycle against the method's advice (E1).
    SecondChange {
        /// The cycle.
        cycle: u32,
        /// What was changed: the choice, input, message or playbook, in words for people.
        what: String,
    },
    /// A cycle was abandoned; it stays in the history (E7).
    CycleStopped {
        /// The cycle.
        cycle: u32,
    },
    /// Someone joined the list of a cycle.
    Listed {
        /// The cycle.
        cycle: u32,
        /// The person; companies are listed in cycle 0.
        entry: EntryId,
        /// The place in the list, from 1 (L4).
        rank: u32,
        /// The option drawn for them; a fact, never redrawn (E2).
        option: Option<Id>,
        /// False for people added after the list closed (E4).
        counts: bool,
    },
    /// Someone was taken off the list before anything was sent to them.
    Unlisted {
        /// The cycle.
        cycle: u32,
        /// The person or company.
        entry: EntryId,
    },
    /// A task was done.
    Done {
        /// The task.
        task: TaskKey,
        /// What its form recorded.
        answers: BTreeMap<Id, Words>,
        /// What was sent, for messages (M5).
        sent: Option<Sent>,
    },
    /// What was said of a task that is done was not right: this is how it was (F5).
    Corrected {
        /// The task.
        task: TaskKey,
        /// All that its form recorded.
        answers: BTreeMap<Id, Words>,
        /// What was sent, for messages (M5).
        sent: Option<Sent>,
    },
    /// A task was skipped by the person (S2).
    Skipped {
        /// The task.
        task: TaskKey,
        /// Why, where the step asks for it.
        reason: Option<Words>,
    },
    /// A task was moved to a later day (D9).
    Postponed {
        /// The task.
        task: TaskKey,
        /// The day it comes back.
        to: Date,
    },
    /// The seeker's own wording of a message, kept for the plan.
    Worded {
        /// The message.
        message: Id,
        /// The option it is for, where the message has one text per option.
        option: Option<Id>,
        /// The template text.
        text: Words,
    },
    /// An outcome of a person (replied, booked, …).
    Happened {
        /// The cycle of the message it answers (E6).
        cycle: u32,
        /// The person.
        entry: EntryId,
        /// The outcome.
        outcome: Id,
        /// What its form recorded.
        fields: BTreeMap<Id, Words>,
        /// The channel on which it came, where it differs (M5).
        channel: Option<Channel>,
    },
    /// The review was answered (E7).
    Decided {
        /// The cycle reviewed.
        cycle: u32,
        /// What comes next.
        decision: Decision,
        /// The option taken into use, for [`Decision::Use`].
        option: Option<Id>,
        /// The sentence of why.
        why: Words,
        /// The verdict and figures that were on the screen.
        shown: String,
    },
}

/// What a cycle compares with the baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The choice.
    pub choice: Id,
    /// Its new option.
    pub option: Id,
    /// The option it is held against: the baseline when it was set.
    pub baseline: Id,
    /// Both options run side by side (E2).
    pub split: bool,
    /// How many cycles of this pair will be looked at, where that was said before the first
    /// message: each look is then judged more strictly (experiments.md, decision 6).
    pub looks: Option<u32>,
}

/// A message as it really went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub message: Id,
    /// The option whose text it was.
    pub option: Option<Id>,
    /// Where it went.
    pub channel: Channel,
    /// The subject line, for mail.
    pub subject: Option<Words>,
    /// The exact text.
    pub text: Words,
}

impl Fact {
    /// A fact of that day, without a time.
    pub fn on(on: Date, kind: FactKind) -> Self {
        Self { on, time: None, kind }
    }

    /// The cycle whose running it belongs to; none for facts about the plan as a whole, which every
    /// reading of a plan needs.
    pub fn cycle(&self) -> Option<u32> {
        match &self.kind {
            FactKind::Listed { cycle, .. }
            | FactKind::Unlisted { cycle, .. }
            | FactKind::Happened { cycle, .. } => Some(*cycle),
            FactKind::Done { task, .. }
            | FactKind::Corrected { task, .. }
            | FactKind::Skipped { task, .. }
            | FactKind::Postponed { task, .. } => Some(task.cycle),
            FactKind::PlanStarted { .. }
            | FactKind::InputSet { .. }
            | FactKind::ZoneSet { .. }
            | FactKind::WeekdaysSet { .. }
            | FactKind::HoursSet { .. }
            | FactKind::BusySet { .. }
            | FactKind::DaysOff { .. }
            | FactKind::Away { .. }
            | FactKind::PlaybookTaken { .. }
            | FactKind::PlaybookPlanned { .. }
            | FactKind::Shared { .. }
            | FactKind::CycleStarted { .. }
            | FactKind::Compared { .. }
            | FactKind::SecondChange { .. }
            | FactKind::CycleStopped { .. }
            | FactKind::Worded { .. }
            | FactKind::Decided { .. } => None,
        }
        .filter(|cycle| *cycle > 0)
    }

    /// The person or company it is about, if it is about one.
    pub fn entry(&self) -> Option<EntryId> {
        match &self.kind {
            FactKind::Listed { entry, .. }
            | FactKind::Unlisted { entry, .. }
            | FactKind::Happened { entry, .. } => Some(*entry),
            FactKind::Done { task, .. }
            | FactKind::Corrected { task, .. }
            | FactKind::Skipped { task, .. }
            | FactKind::Postponed { task, .. } => task.entry,
            FactKind::PlanStarted { .. }
            | FactKind::InputSet { .. }
            | FactKind::ZoneSet { .. }
            | FactKind::WeekdaysSet { .. }
            | FactKind::HoursSet { .. }
            | FactKind::BusySet { .. }
            | FactKind::DaysOff { .. }
            | FactKind::Away { .. }
            | FactKind::PlaybookTaken { .. }
            | FactKind::PlaybookPlanned { .. }
            | FactKind::Shared { .. }
            | FactKind::CycleStarted { .. }
            | FactKind::Compared { .. }
            | FactKind::SecondChange { .. }
            | FactKind::CycleStopped { .. }
            | FactKind::Worded { .. }
            | FactKind::Decided { .. } => None,
        }
    }
}

impl Compared {
    /// The same two the other way round: what takes its turn next where both cannot run side by
    /// side.
    #[must_use]
    pub fn turned(&self) -> Self {
        let Self { choice, option, baseline, split, looks } = self.clone();
        Self { choice, option: baseline, baseline: option, split, looks }
    }

    /// Whether both hold the same two options against each other, whichever is the baseline.
    pub fn is_same_pair(&self, other: &Self) -> bool {
        let (one, two) = (&self.baseline, &self.option);
        let as_it_stands = (one, two) == (&other.baseline, &other.option);
        self.choice == other.choice
            && (as_it_stands || (one, two) == (&other.option, &other.baseline))
    }
}
